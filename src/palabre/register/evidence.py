"""The words behind a record: each source's sentence, with the outlet and the day. Formatting is left to the views."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for
from palabre.model.spans import Span
from palabre.text.segmentation import sentences_in_turn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from palabre.model.documents import Document
    from palabre.model.records import Evidence, Origin

LONGEST_CONTEXT = 600
"""Code points shown around the words when their sentence is longer than that."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words at a span in their sentence: `before + words + after` is the text as it stands in the document."""

    evidence: Evidence
    document: Document
    before: str
    words: str
    after: str
    origin: str | None
    copy_of: str | None
    """Name of the document this one copies, or None."""

    @property
    def outlet(self) -> str | None:
        """Return the outlet, the agency, or None when the text names neither."""
        return self.document.meta.outlet or self.document.meta.agency

    @property
    def published(self) -> dt.date | None:
        """Return the day of publication where known."""
        return self.document.meta.published


def sentence_around(text: str, span: Span, lang: str | None) -> Span:
    """Return the sentence (or sentences) of `text` that hold `span`, within its line.

    A sentence too long to show is cut to `LONGEST_CONTEXT` code points around the span.
    """
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = Span(start, len(text) if end < 0 else end)
    # Those after the words need not be looked for.
    until = takewhile(lambda s: s.start <= span.end, sentences_in_turn(text, line, pack_for(lang)))
    holding = [s for s in until if s.touches(span)]
    whole = Span(min(s.start for s in holding), max(s.end for s in holding)) if holding else span
    whole = Span(min(whole.start, span.start), max(whole.end, span.end))
    room = max(0, LONGEST_CONTEXT - len(span)) // 2
    return Span(max(whole.start, span.start - room), min(whole.end, span.end + room))


def passages(
    evidence: Iterable[Evidence],
    documents: Mapping[str, Document],
    origins: Iterable[Origin],
    *,
    most: int | None = None,
) -> tuple[Passage, ...]:
    """Return the passage of each evidence, official texts first, then by day, then by document name.

    `documents` is by document id; `most` is how many of the first are wanted. Raises KeyError for evidence in a
    document that is not there.
    """
    by_doc = {doc: origin for origin in origins for doc in origin.docs}
    # Put in order before their sentences are looked for, which is what takes time.
    first = sorted(evidence, key=lambda e: _order(e, documents[e.doc], by_doc.get(e.doc)))[:most]
    return tuple(_passage(e, documents, by_doc.get(e.doc)) for e in first)


def _order(evidence: Evidence, document: Document, origin: Origin | None) -> tuple[bool, bool, str, str, int]:
    official = origin is not None and origin.kind == "communique"
    copied = origin is not None and origin.first != evidence.doc
    day = document.meta.published.isoformat() if document.meta.published else "9999"
    return (not official, copied, day, document.name, evidence.span.start)


def _passage(evidence: Evidence, documents: Mapping[str, Document], origin: Origin | None) -> Passage:
    document = documents[evidence.doc]
    around = sentence_around(document.text, evidence.span, document.meta.lang)
    copy_of = documents[origin.first].name if origin and origin.first != evidence.doc else None
    return Passage(
        evidence=evidence,
        document=document,
        before=document.text[around.start : evidence.span.start],
        words=evidence.span.text(document.text),
        after=document.text[evidence.span.end : around.end],
        origin=origin.id if origin else None,
        copy_of=copy_of,
    )
