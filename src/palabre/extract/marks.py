"""Pairs quotation marks: where quoted words begin and end. It does not judge whether they are somebody's.

« », “ ”, " ", '' '', several paragraphs long, nested, mismatched or never closed. Linear in the length of the text:
nesting is looked at over a bounded number of marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.reading import Reading

_MARK = re.compile(r"''|’’|‘‘|``|<<|>>|[«»“”„\"‟]")
_OPENING = frozenset("«“„‟") | {"<<", "‘‘", "``"}
_CLOSERS = {
    "«": ("»", ">>"),
    "<<": (">>", "»"),
    "“": ("”", "‟"),
    "„": ("“", "”"),
    "‟": ("”",),
    "‘‘": ("’’", "''"),
    "``": ("''", "’’"),
    '"': ('"',),
    "''": ("''", "’’"),
    "’’": ("’’", "''"),
    "”": ("”",),
}
_STRAIGHT = frozenset({'"', "''", "’’", "”"})
_DEEPEST = 64
_LONGEST = 8
"""How many paragraphs a quotation may run over."""
_KINDS = frozenset({"paragraph", "title", "heading"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between marks: `span` without the marks, `outer` with them; `closed` is false when the end is a guess."""

    span: Span
    outer: Span
    mark: str
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    mark: str
    block: int


def quoted_spans(reading: Reading) -> tuple[Quoted, ...]:
    """Return the quoted stretches of the article's blocks, in order, none inside another."""
    blocks = [b for b in reading.blocks if b.kind in _KINDS]
    marks = [
        _Mark(m.start(), m.end(), m[0], n)
        for n, b in enumerate(blocks)
        for m in _MARK.finditer(reading.text, *_bounds(b.span))
    ]
    ends = [b.span for b in blocks]
    out: list[Quoted] = []
    i = 0
    while i < len(marks):
        mark = marks[i]
        if not _opens(reading.text, mark):
            i += 1
            continue
        j, closed = _close(reading.text, marks, i, ends)
        if j is None:
            if mark.mark in ("«", "“"):
                end = _guess(reading, mark, ends[mark.block], marks, i)
                if end > mark.end:
                    out.append(_quoted(reading.text, mark, end, end, False))
            i += 1
            continue
        out.append(_quoted(reading.text, mark, marks[j].start, marks[j].end, closed))
        i = j + 1
    return tuple(q for q in out if len(q.span))


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _quoted(text: str, mark: _Mark, end: int, outer: int, closed: bool) -> Quoted:
    return Quoted(Span(mark.end, end).trimmed(text), Span(mark.start, outer), mark.mark, closed)


def _opens(text: str, mark: _Mark) -> bool:
    """Tell whether a mark can open a quotation where it stands."""
    if mark.mark in _OPENING:
        return not _ends_words(text, mark)
    if mark.mark not in _STRAIGHT:
        return False
    after = text[mark.end : mark.end + 1]
    before = text[mark.start - 1 : mark.start]
    if mark.mark == "”":
        return bool(after) and after.isalnum() and (not before or before.isspace() or before in "(:’'")
    return bool(after) and not (before.isalnum() and (after.isspace() or after in ",.;:!?)"))


def _ends_words(text: str, mark: _Mark) -> bool:
    """Tell whether an opening mark stands where one closes: a comma or a stop follows (« ce matin « , a dit X)."""
    return text[mark.end : mark.end + 3].lstrip(" \u00a0\u202f")[:1] in (",", ".", ";", ")")


def _close(text: str, marks: Sequence[_Mark], i: int, ends: Sequence[Span]) -> tuple[int | None, bool]:
    """Return the index of the mark that closes mark `i`, and whether it is of the right kind."""
    opening = marks[i]
    closers = _CLOSERS.get(opening.mark, ())
    nests = opening.mark in ("«", "<<")
    depth, block = 1, opening.block
    inner = False
    last: int | None = None
    for j in range(i + 1, min(len(marks), i + _DEEPEST)):
        mark = marks[j]
        while mark.block > block:
            if mark.block - opening.block > _LONGEST or not _continues(text, marks, i, j, block, ends):
                return _mismatched(text, marks, i), False
            block += 1
        if mark.mark == opening.mark and mark.mark in _OPENING and _ends_words(text, mark):
            return j, True
        if mark.mark in closers:
            if opening.mark in _STRAIGHT and _reopens(text, mark):
                if mark.start == ends[mark.block].start:
                    continue
                return None, False
            if mark.start == ends[mark.block].start and mark.block > opening.block:
                continue  # a closing mark that opens each paragraph of one quotation
            depth -= 1
            if depth <= 0 or not nests:
                return j, True
            last = j
        elif nests and mark.mark == opening.mark:
            if mark.start == ends[mark.block].start:
                continue
            depth, inner = depth + 1, True
    if inner and last is not None and marks[last].block == opening.block and not _inner_stop(text, marks, i):
        return last, True  # one mark closes both the quotation and the one inside it
    if inner:
        return None, False
    return _mismatched(text, marks, i), False


def _inner_stop(text: str, marks: Sequence[_Mark], i: int) -> bool:
    """Tell whether a sentence ends between an opening mark and the next mark: it was rather left open there."""
    words = text[marks[i].end : marks[i + 1].start]
    return any(stop in words for stop in (". ", "! ", "? ", ".\u00a0"))


def _reopens(text: str, mark: _Mark) -> bool:
    """Tell whether a straight mark met while one is open opens another: a space before it, a letter after."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return (not before or before.isspace() or before == "(") and after.isalnum()


def _continues(text: str, marks: Sequence[_Mark], i: int, j: int, block: int, ends: Sequence[Span]) -> bool:
    """Tell whether a quotation left open at the end of `block` goes on in the next paragraph."""
    opening = marks[i]
    if opening.mark in _STRAIGHT and _closes_ahead(text, marks, i, j):
        return True
    head = text[ends[block + 1].start : ends[block + 1].start + 2]
    if head[:1] in ("«", "»", "“", '"') and (head[:1] == opening.mark or opening.mark == "«"):
        return True
    return opening.mark in ("«", "“") and marks[j].mark in _CLOSERS[opening.mark]


def _closes_ahead(text: str, marks: Sequence[_Mark], i: int, j: int) -> bool:
    """Tell whether a straight mark left open at the end of its line is closed on the next: « …la paix", a dit X »."""
    opening, closing = marks[i], marks[j]
    if j != i + 1 or closing.block != opening.block + 1 or closing.mark not in _CLOSERS[opening.mark]:
        return False
    before, after = text[closing.start - 1 : closing.start], text[closing.end : closing.end + 1]
    return text[opening.end : opening.end + 1].isupper() and not before.isspace() and after == ","


def _mismatched(text: str, marks: Sequence[_Mark], i: int) -> int | None:
    """Return the first mark of another kind, in the same paragraph, that can close mark `i`."""
    opening = marks[i]
    for j in range(i + 1, min(len(marks), i + 8)):
        mark = marks[j]
        if mark.block != opening.block or mark.mark == opening.mark:
            return None
        after, before = text[mark.end : mark.end + 1], text[mark.start - 1 : mark.start]
        if mark.mark in ("»", "”", '"', "''", "’’") and not (mark.mark in '"' and before.isspace() and after.isalnum()):
            return j
        if mark.mark in _OPENING:
            return None
    return None


def _guess(reading: Reading, mark: _Mark, block: Span, marks: Sequence[_Mark], i: int) -> int:
    """Return where a quotation that is never closed ends: with its paragraph or its sentence."""
    limit = block.end
    if i + 1 < len(marks) and marks[i + 1].block == mark.block:
        limit = marks[i + 1].start
    if mark.start == block.start:
        return limit
    sentence = reading.sentence_at(mark.end)
    return min(limit, sentence.span.end) if sentence is not None else mark.end
