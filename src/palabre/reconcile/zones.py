"""Where a document speaks of one of its meetings: the sentence of the mention, and the rest for its main meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.spans import Span, merged
from palabre.reconcile.items import sentence_around
from palabre.reconcile.phrases import phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.items import MeetingItem


@dataclass(frozen=True)
class Zone:
    """The part of a document that speaks of one meeting. `main` when it is the meeting the text is about."""

    item: MeetingItem
    sentence: Span
    main: bool
    aside: tuple[Span, ...]
    """Spans of other meetings and of boilerplate."""

    @property
    def read(self) -> ReadDocument:
        """Return the document."""
        return self.item.read

    def near(self, cues: Iterable[str]) -> tuple[Span, ...]:
        """Return where one of `cues` stands in the sentence of the mention."""
        return self._found(cues, self.sentence)

    def anywhere(self, cues: Iterable[str]) -> tuple[Span, ...]:
        """Return where one of `cues` stands in what the document says of this meeting."""
        if not self.main:
            return self.near(cues)
        return self._found(cues, Span(0, len(self.read.document.text)))

    def _found(self, cues: Iterable[str], within: Span) -> tuple[Span, ...]:
        text = within.text(self.read.document.text)
        spans = (s.shifted(within.start) for s in phrases_in(text, cues))
        return tuple(s for s in spans if not any(a.touches(s) for a in self.aside))


def zone_of(item: MeetingItem) -> Zone:
    """Return the zone of a meeting's mention."""
    read, own = item.read, item.found
    text = read.document.text
    others = [m for m in read.annotations.meetings if m.span != own.span]
    dated = [m for m in read.annotations.meetings if m.date is not None]
    first = min(dated or read.annotations.meetings, key=lambda m: m.span)
    clutter = [b.span for b in read.annotations.boilerplate]
    aside = merged([*(m.span for m in others if not m.span.contains(own.span)), *clutter])
    return Zone(item, sentence_around(text, own.span), first.span == own.span, aside)
