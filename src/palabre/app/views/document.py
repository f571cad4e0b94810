"""One document as it was read: its text cut where marks begin and end, and what was understood at each mark.

A text too long for one page is cut into parts, at the ends of lines. Offsets are code points in the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.model.judgements import Verdict
from palabre.model.mentions import mention_ids
from palabre.model.spans import Span
from palabre.reconcile.added import added_id, additions, annotations_with
from palabre.store import judging, listings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from palabre.app.views.asking import Asking
    from palabre.model.annotations import Annotations
    from palabre.model.documents import Document
    from palabre.model.judgements import Judgement
    from palabre.model.records import Origin
    from palabre.store.listings import Source

LAYERS = (
    "commitments", "progress", "meetings", "quotes", "statements", "actors", "dates", "figures", "shared", "clutter",
)  # fmt: skip
"""The kinds of marks, in the order they are offered."""
_FIELDS = {"actors": "mentions", "clutter": "boilerplate"}
PART = 24_000
"""Code points of one part of a long text."""
_STRETCH = 2_000
"""Code points a part may be longer for, to end with its line."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was understood at one mark. `item` is the annotation; for `shared`, the other document and its span there.

    `record` is the kind and id of the record that tells of it, None without one; `cue` the words that triggered it;
    `added` the decision by which somebody added it.
    """

    number: int
    layer: str
    span: Span
    item: object
    words: str
    cue: str | None = None
    id: str | None = None
    record: tuple[str, str] | None = None
    added: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks. `notes` are numbers of notes; `begins` where one begins, if one does.

    `at` is where the run begins in the whole text.
    """

    text: str
    layers: tuple[str, ...]
    notes: tuple[int, ...]
    begins: int | None
    at: int = 0


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One part of a document: `paragraphs` are lines of segments; `counts` marks of each layer in the whole text."""

    document: Document
    origin: Origin | None
    copies: tuple[Source, ...]
    paragraphs: tuple[tuple[Segment, ...], ...]
    notes: tuple[Note, ...]
    counts: dict[str, int]
    part: int
    parts: int
    added: str | None
    remarks: tuple[str, ...]


def document(asking: Asking, its: Document, *, part: int | None = None, at: int | None = None) -> DocumentView:
    """Return one part of a document: the one asked for, from 1, or that which holds the offset `at`."""
    bounds = parts_of(its.text)
    if part is None:
        part = next((n for n, b in enumerate(bounds, 1) if at is not None and b.start <= at < b.end), 1)
    part = min(max(1, part), len(bounds))
    window = bounds[part - 1]
    standing = asking.ask(judging.standing, Verdict.ADD)
    made = [j for j in standing if j.added is not None and j.added.doc == its.id]
    people = {added_id(j.added): j for j in made if j.added is not None}
    found = annotations_with(asking.store.annotations(its.id), additions(made).get(its.id, ()))
    origin = next(iter(asking.origins([its.id])), None)
    everything = list(_marks(its, found, origin))
    counts = {layer: sum(m[0] == layer for m in everything) for layer in LAYERS}
    here = [m for m in everything if m[1].touches(window) or (not len(m[1]) and m[1].start == window.start)]
    records = asking.ask(listings.telling, [m[3] for m in here if m[3]])
    notes = tuple(
        Note(
            number,
            layer,
            span,
            item,
            span.text(its.text)[:300],
            _cue(item, its.text),
            mention,
            records[mention][:2] if mention in records else None,
            people.get(mention) if mention else None,
        )
        for number, (layer, span, item, mention) in enumerate(here, 1)
    )
    kin = [d for d in origin.docs if d != its.id] if origin else []
    copies = asking.ask(listings.sources, ids=kin[:50], order="published", limit=50) if kin else ()
    mine = asking.ask(listings.sources, ids=[its.id], limit=1)
    return DocumentView(
        document=its,
        origin=origin,
        copies=copies,
        paragraphs=tuple(segments(its.text, window, notes)),
        notes=notes,
        counts=counts,
        part=part,
        parts=len(bounds),
        added=mine[0].added if mine else None,
        remarks=found.notes,
    )


def parts_of(text: str) -> tuple[Span, ...]:
    """Return the parts a text is shown in: at least one, each ending with a line where one ends near."""
    out: list[Span] = []
    start = 0
    while start < len(text) or not out:
        end = min(len(text), start + PART)
        if end < len(text):
            line = text.find("\n", end, end + _STRETCH)
            end = end if line < 0 else line + 1
        out.append(Span(start, end))
        start = end
    return tuple(out)


def segments(text: str, window: Span, notes: Iterable[Note]) -> Iterator[tuple[Segment, ...]]:
    """Yield the lines of a part of a text, each cut where a mark begins or ends; lines without a word are left out."""
    some = sorted(notes, key=lambda n: (n.span.start, -n.span.end, n.number))
    cuts = sorted(
        {
            window.start,
            window.end,
            *(c for n in some for c in (n.span.start, n.span.end) if window.start < c < window.end),
        }
    )
    opened: list[Note] = []
    waiting = 0
    line: list[Segment] = []
    for start, end in pairwise(cuts):
        opened = [n for n in opened if n.span.end > start]
        begin: int | None = None
        while waiting < len(some) and some[waiting].span.start <= start:
            note = some[waiting]
            waiting += 1
            if note.span.end > start:
                opened.append(note)
                begin = note.span.start
        layers = tuple(layer for layer in LAYERS if any(n.layer == layer for n in opened))
        numbers = tuple(n.number for n in opened)
        # A mark may run over several lines: each line is a paragraph of its own.
        at = start
        for place, piece in enumerate(text[start:end].split("\n")):
            if place:
                yield from _kept(line)
                line = []
            if piece:
                line.append(Segment(piece, layers, numbers, begin, at))
                begin = None
            at += len(piece) + 1
    yield from _kept(line)


def _kept(line: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    if any(s.text.strip() for s in line):
        yield tuple(line)


def _marks(
    document: Document, found: Annotations, origin: Origin | None
) -> Iterator[tuple[str, Span, object, str | None]]:
    ids = mention_ids(document.id, found)
    for layer in LAYERS:
        if layer == "shared":
            yield from ((layer, here, other, None) for here, other in _shared(document.id, origin))
            continue
        field = _FIELDS.get(layer, layer)
        for item, mention in zip(getattr(found, field), ids[field], strict=True):
            yield layer, item.span, item, mention


def _shared(doc: str, origin: Origin | None) -> Iterator[tuple[Span, tuple[str, Span]]]:
    """Yield the passages a document shares with the others of its origin: here, and where in which document."""
    for other, there, first in origin.shared if origin else ():
        if other == doc:
            yield there, (origin.first if origin else "", first)
        elif origin and doc == origin.first:
            yield first, (other, there)


def _cue(item: object, text: str) -> str | None:
    cue = getattr(item, "cue", None)
    return cue.text(text)[:120] if isinstance(cue, Span) else None
