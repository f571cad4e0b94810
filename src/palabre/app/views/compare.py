"""Accounts side by side: those of one meeting by origin, fact by fact; and two texts, passage by passage."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from palabre.app.views.records import promised_at
from palabre.model.edtf import parse_or_none
from palabre.model.mentions import COMMITMENT, MEETING, ids_of
from palabre.model.records import Evidence
from palabre.model.spans import Span
from palabre.model.vocabulary import MeetingStatus
from palabre.reconcile.items import expanded
from palabre.reconcile.places import same_place
from palabre.text.fingerprints import shared_passages, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.app.views.asking import Asking
    from palabre.model.annotations import CommitmentMention, MeetingMention
    from palabre.model.documents import Document
    from palabre.model.records import Commitment, Meeting, Origin
    from palabre.register.evidence import Passage

FACTS = ("date", "place", "parties", "status", "title", "level", "margins_of")
"""The facts of a meeting that are compared."""
MOST_COLUMNS = 8
MOST_DOCUMENTS = 24
MOST_PROMISES = 14
LONGEST = 120_000
"""Code points of each of two texts that are compared."""


class Answer(StrEnum):
    """How one origin answers to one fact as the register has it."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of one fact: values as codes (EDTF, actor ids, words), and the passage that says so."""

    answer: Answer
    values: tuple[str, ...] = ()
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One origin: its documents' names and outlets, first its fullest."""

    origin: str | None
    kind: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its code, or the commitment it is, what the register holds, and a cell for each column."""

    fact: str
    held: str | None
    commitment: Commitment | None
    cells: tuple[Cell, ...]

    @property
    def disputed(self) -> bool:
        """Tell whether some origin differs."""
        return any(c.answer is Answer.DIFFERS for c in self.cells)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one meeting. `hidden` is how many origins are not shown."""

    meeting: Meeting
    columns: tuple[Column, ...]
    rows: tuple[FactRow, ...]
    hidden: int


def accounts(asking: Asking, meeting: Meeting) -> Accounts:
    """Return what each origin says of a meeting, and of what was promised there."""
    docs = list(dict.fromkeys(e.doc for e in meeting.mentions))
    origins = asking.origins(docs)
    groups = _columns(docs, origins)
    shown = groups[:MOST_COLUMNS]
    some = [doc for _, _, its in shown for doc in its][:MOST_DOCUMENTS]
    texts = asking.documents(some)
    found = asking.annotations_of(some)
    told: dict[str, list[tuple[Evidence, MeetingMention]]] = {}
    wanted = {e.id: e for e in meeting.mentions}
    for doc in some:
        for its, item in zip(ids_of(MEETING, doc, found[doc].meetings), found[doc].meetings, strict=True):
            if its in wanted:
                told.setdefault(doc, []).append((wanted[its], item))
    promises = promised_at(asking, meeting, MOST_PROMISES)
    made = {
        its: item
        for doc in some
        for its, item in zip(ids_of(COMMITMENT, doc, found[doc].commitments), found[doc].commitments, strict=True)
    }
    evidence = {e.id: (e,) for several in told.values() for e, _ in several}
    evidence |= {e.id: (e,) for c in promises for e in c.mentions if e.doc in texts}
    words = {key: next(iter(p), None) for key, p in asking.passages_of(evidence).items()}
    rows = [_fact_row(fact, meeting, shown, told, words) for fact in FACTS]
    rows += [_promise_row(c, shown, made, words) for c in promises]
    columns = tuple(Column(o, kind, tuple(texts[d] for d in its if d in texts)) for o, kind, its in shown)
    kept = tuple(r for r in rows if any(c.answer is not Answer.SILENT for c in r.cells))
    return Accounts(meeting, columns, kept, len(groups) - len(shown))


def _columns(docs: Sequence[str], origins: Iterable[Origin]) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """Return the origins behind documents, official ones first, then those most carried."""
    of = {doc: origin for origin in origins for doc in origin.docs}
    groups: dict[str, list[str]] = {}
    for doc in docs:
        groups.setdefault(of[doc].id if doc in of else doc, []).append(doc)
    out: list[tuple[str | None, str, tuple[str, ...]]] = []
    for key, its in groups.items():
        origin = of.get(its[0])
        first = [d for d in its if origin and d == origin.first]
        ordered = tuple(dict.fromkeys([*first, *its]))
        out.append((key if origin else None, origin.kind if origin else "report", ordered))
    return sorted(out, key=lambda g: (g[1] != "communique", g[1] != "agency", -len(g[2]), g[2][0]))


def _fact_row(
    fact: str,
    meeting: Meeting,
    columns: Sequence[tuple[str | None, str, tuple[str, ...]]],
    told: dict[str, list[tuple[Evidence, MeetingMention]]],
    words: dict[str, Passage | None],
) -> FactRow:
    held = _value(getattr(meeting, fact))
    cells = []
    for _, _, docs in columns:
        said = [(e, v) for doc in docs for e, m in told.get(doc, ()) if (v := _value(getattr(m, fact)))]
        if not said:
            cells.append(Cell(Answer.SILENT))
            continue
        # An origin that says it right once says so; what it says otherwise is shown where nothing agrees.
        agreeing = [(e, v) for e, v in said if _agree(fact, held, v)]
        shown = agreeing or said
        values = tuple(dict.fromkeys(v for _, v in shown))
        finest = max(shown, key=lambda item: len(item[1]))
        answer = Answer.AGREES if agreeing else Answer.DIFFERS
        cells.append(Cell(answer, values[:3], words.get(finest[0].id)))
    return FactRow(fact, held, None, tuple(cells))


def _promise_row(
    commitment: Commitment,
    columns: Sequence[tuple[str | None, str, tuple[str, ...]]],
    made: dict[str, CommitmentMention],
    words: dict[str, Passage | None],
) -> FactRow:
    cells = []
    for _, _, docs in columns:
        said = [e for e in commitment.mentions if e.doc in docs and e.id in made]
        if not said:
            cells.append(Cell(Answer.SILENT))
            continue
        firmest = max(said, key=lambda e: (made[e.id].firmness.rank, e.id))
        firmness = made[firmest.id].firmness
        answer = Answer.AGREES if firmness is commitment.firmness else Answer.DIFFERS
        cells.append(Cell(answer, (firmness.value,), words.get(firmest.id)))
    return FactRow("commitment", commitment.firmness.value, commitment, tuple(cells))


def _value(value: object) -> str | None:
    if isinstance(value, tuple):
        return ",".join(sorted(value)) or None
    return str(value) if value else None


def _agree(fact: str, held: str | None, said: str) -> bool:
    if held is None:
        return True
    if fact == "date":
        a, b = parse_or_none(held), parse_or_none(said)
        return a is None or b is None or a.compatible(b)
    if fact == "parties":
        a_few, more = expanded(tuple(held.split(","))), expanded(tuple(said.split(",")))
        return more <= a_few or a_few <= more
    if fact == "place":
        return same_place(held, said) != 0.0
    if fact == "status" and said == MeetingStatus.PLANNED:
        # What was written before the meeting could only announce it.
        return True
    if fact in ("title", "margins_of"):
        # Names of a meeting differ from one account to the next without saying otherwise.
        return True
    return held == said


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; `shared` is the number of the passage it belongs to, None when the other text lacks it."""

    text: str
    shared: int | None


@dataclass(frozen=True, slots=True)
class Facing:
    """What stands face to face: a shared passage (`shared` is its number), or what each text has between two."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    shared: int | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts. `common` is the part of each that the other holds, 0.0 to 1.0; `cut` tells that one was too long."""

    left: Document
    right: Document
    rows: tuple[Facing, ...]
    passages: int
    common: tuple[float, float]
    cut: bool


def aligned(left: Document, right: Document) -> Aligned:
    """Return two texts face to face, the passages they share numbered in the order of the left one."""
    a, b = left.text[:LONGEST], right.text[:LONGEST]
    found = sorted(shared_passages(words_of(a), words_of(b)), key=lambda p: p.left)
    pairs = [_whole(a, b, p.left, p.right) for p in found]
    in_order = _rising([r.start for _, r in pairs])
    left_marks = [(p[0], n) for n, p in enumerate(pairs, 1)]
    right_marks = sorted((p[1], n) for n, p in enumerate(pairs, 1))
    rows = []
    here = there = 0
    for place in in_order:
        one, other = pairs[place]
        rows.append(_between(a, b, Span(here, one.start), Span(there, other.start), left_marks, right_marks))
        rows.append(Facing((Piece(one.text(a), place + 1),), (Piece(other.text(b), place + 1),), place + 1))
        here, there = one.end, other.end
    rows.append(_between(a, b, Span(here, len(a)), Span(there, len(b)), left_marks, right_marks))
    lengths = sum(len(p) for p, _ in pairs), sum(len(p) for _, p in pairs)
    shares = lengths[0] / max(1, len(a)), lengths[1] / max(1, len(b))
    kept = tuple(r for r in rows if any(p.text.strip() for p in (*r.left, *r.right)))
    return Aligned(left, right, kept, len(pairs), shares, len(left.text) > LONGEST or len(right.text) > LONGEST)


def _whole(a: str, b: str, left: Span, right: Span) -> tuple[Span, Span]:
    """Return a shared passage with the punctuation that follows it on both sides."""
    end = 0
    while True:
        here, there = left.end + end, right.end + end
        if here >= len(a) or there >= len(b) or a[here] != b[there] or a[here].isalnum() or a[here] == "\n":
            return Span(left.start, here), Span(right.start, there)
        end += 1


def _rising(starts: Sequence[int]) -> list[int]:
    """Return the places of the longest rising run of `starts` (patience sorting), in order."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, start in enumerate(starts):
        at = bisect_left(tops, start)
        before.append(places[at - 1] if at else None)
        if at == len(tops):
            tops.append(start)
            places.append(place)
        else:
            tops[at], places[at] = start, place
    out: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        out.append(last)
        last = before[last]
    return out[::-1]


def _between(
    a: str, b: str, here: Span, there: Span, left: Sequence[tuple[Span, int]], right: Sequence[tuple[Span, int]]
) -> Facing:
    return Facing(_pieces(a, here, left), _pieces(b, there, right), None)


def _pieces(text: str, within: Span, marks: Sequence[tuple[Span, int]]) -> tuple[Piece, ...]:
    """Return a run of a text; passages shared in another order are marked inside it."""
    out = []
    at = within.start
    for span, number in marks:
        if within.contains(span) and span.start >= at:
            out += [Piece(text[at : span.start], None), Piece(span.text(text), number)]
            at = span.end
    out.append(Piece(text[at : within.end], None))
    return tuple(p for p in out if p.text)
