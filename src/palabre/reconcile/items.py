"""Mentions with their document at hand: the common coin of all comparisons across documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from palabre.lang.pack import shared_table
from palabre.model.annotations import CommitmentMention, MeetingMention, ProgressMention
from palabre.model.mentions import mention_ids
from palabre.model.records import Evidence
from palabre.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.model.documents import ReadDocument


class Spanned(Protocol):
    """Anything found at a span."""

    @property
    def span(self) -> Span:
        """Return where it was found."""
        ...


T = TypeVar("T", bound=Spanned)

SMALL_GROUP = 6
"""A group of more members than this is a party of its own: its members do not each take part in what it does."""


@dataclass(frozen=True)
class Item(Generic[T]):
    """One mention: its id, what was found, and the document that holds it."""

    id: str
    found: T
    read: ReadDocument

    @property
    def doc(self) -> str:
        """Return the document's id."""
        return self.read.document.id

    @property
    def words(self) -> str:
        """Return the words of the mention."""
        return self.found.span.text(self.read.document.text)

    @property
    def lang(self) -> str:
        """Return the document's language, French when nothing says it."""
        return self.read.document.meta.lang or "fr"

    @property
    def published(self) -> str | None:
        """Return the day the document was published, as EDTF, or None."""
        day = self.read.document.meta.published
        return day.isoformat() if day else None

    @property
    def evidence(self) -> Evidence:
        """Return the words as evidence."""
        return Evidence(self.id, self.doc, self.found.span)

    @property
    def sentence(self) -> Span:
        """Return the sentence (or sentences) that hold the mention."""
        return sentence_around(self.read.document.text, self.found.span)


MeetingItem = Item[MeetingMention]
CommitmentItem = Item[CommitmentMention]
ProgressItem = Item[ProgressMention]


def items_of(documents: Iterable[ReadDocument], field: str) -> tuple[Item[T], ...]:
    """Return every mention of one kind (`meetings`, `commitments`, `progress`, …), sorted by id."""
    out: list[Item[T]] = []
    for read in documents:
        ids = mention_ids(read.document.id, read.annotations)[field]
        out += [Item(i, found, read) for i, found in zip(ids, getattr(read.annotations, field), strict=True)]
    return tuple(sorted(out, key=lambda item: item.id))


def evidence_of(items: Iterable[Item[T]]) -> tuple[Evidence, ...]:
    """Return the evidence of several mentions, by document and place."""
    return tuple(sorted((i.evidence for i in items), key=lambda e: (e.doc, e.span, e.id)))


def days_of(items: Iterable[Item[T]]) -> dict[str, str]:
    """Return the day each mention's document was published, by the mention's id; "" when it is not known."""
    return {i.id: i.published or "" for i in items}


_ENDS = frozenset(".!?\n\r…")
_REACH = 600


def sentence_around(text: str, span: Span) -> Span:
    """Return the span widened to the ends of the sentences it stands in, at most 600 code points each way."""
    start = span.start
    while start > 0 and span.start - start < _REACH and not _ends_before(text, start):
        start -= 1
    end = span.end
    while end < len(text) and end - span.end < _REACH and not _ends_before(text, end + 1):
        end += 1
    return Span(start, end)


def _ends_before(text: str, at: int) -> bool:
    """Tell whether a sentence ends with the character before `at`."""
    mark = text[at - 1 : at]
    if mark not in _ENDS:
        return False
    if mark in "\n\r":
        return True
    following = text[at : at + 1]
    # An abbreviation (« M. Diop ») or a decimal does not end a sentence.
    if following and not following.isspace() and following not in "»”\"'’)":
        return following.isupper()
    return not (mark == "." and at >= 2 and text[at - 2].isupper() and (at < 3 or not text[at - 3].isalpha()))


@lru_cache(maxsize=1)
def _groups() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    members = {
        str(body): frozenset(state for state, _, until in rows if not until)
        for body, rows in shared_table("bodies").get("members", {}).items()
    }
    small = {body: states for body, states in members.items() if 0 < len(states) <= SMALL_GROUP}
    return small, dict(shared_table("reconcile")["same"])


def same_party(actor: str) -> str:
    """Return the id an actor goes by in comparisons (`Africa` and `Afrique` are one)."""
    return _groups()[1].get(actor, actor)


def expanded(parties: Iterable[str]) -> frozenset[str]:
    """Return the parties with groups replaced by their members."""
    groups, same = _groups()
    out: set[str] = set()
    for party in parties:
        party = same.get(party, party)
        out |= groups.get(party, {party})
    return frozenset(out)


def folded(parties: Iterable[str]) -> tuple[str, ...]:
    """Return the parties with a group's name in place of its members when all are there, sorted."""
    out = set(expanded(parties))
    for group, members in sorted(_groups()[0].items()):
        if members <= out:
            out = (out - members) | {group}
    return tuple(sorted(out))


def most_common(values: Sequence[str | None]) -> str | None:
    """Return the value given most often, the smallest among equals; None when there is none."""
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None
