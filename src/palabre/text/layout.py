"""The rows of a page as credits and clutter see them: their words, folded, and whether they read as running prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 600
"""Rows longer than this are prose: their words are not folded nor looked up."""

_INNER_STOP = re.compile(r"[.!?…][»”\"’)]?[ \u00a0\u202f]+[«“\"]?[ \u00a0\u202f]?[^\W\d_a-zà-ÿ]")
BROKEN_OFF = re.compile(r"(?<![.!?»”…\s\[])\s*\[?(?:\.{3}|…)[\] ]*\Z")
"""How a sentence is broken off: « de la […] », while « de la loi. […] » leaves out others."""
_ENDS = frozenset(".!?…:»”\"'’)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `words` as they stand, `key` folded, `prose` when it reads as a sentence or more of an article."""

    span: Span
    words: str
    key: str
    prose: bool

    @property
    def stopped(self) -> bool:
        """Tell whether the row ends as a sentence does."""
        return self.words.rstrip("»”\"'’) \u00a0\u202f")[-1:] in (".", "!", "?", "…")


def rows_of(text: str, spans: Iterable[Span]) -> tuple[Row, ...]:
    """Return the rows at `spans` of `text`."""
    out = []
    for span in spans:
        words = span.text(text)
        key = folded(words) if len(words) <= LONGEST else ""
        out.append(Row(span, words, key, _is_prose(words)))
    return tuple(out)


def _is_prose(words: str) -> bool:
    if len(words) > LONGEST:
        return True
    if len(words) < 80:
        return False
    parts = words.split()
    lower = sum(part[0].islower() for part in parts)
    if len(parts) < 10 or lower < 0.4 * len(parts):
        return False
    if words[-1] == ")" and len(words) < 120 and words[-2] not in ".!?…»”":
        return False  # a title that ends in its source: « … (RFI) »
    if words[-1] in "»”" and words[0] not in "«“" and len(words) < 120 and words[-2:-1] not in ".!?…\u00a0 ":
        return False  # a title that ends in words quoted
    if words[-1] in "?!" and len(words) < 120 and _INNER_STOP.search(words.replace("…", ",")) is None:
        return False  # a title that asks, or a question of an interview
    return words[-1] in _ENDS or len(words) >= 250 or (len(words) >= 120 and _INNER_STOP.search(words) is not None)


def first_prose(rows: tuple[Row, ...]) -> int:
    """Return the index of the first row of prose, or the number of rows when there is none."""
    return next((i for i, row in enumerate(rows) if row.prose), len(rows))


def last_prose(rows: tuple[Row, ...]) -> int:
    """Return the index of the last row of prose, or -1."""
    return next((i for i in range(len(rows) - 1, -1, -1) if rows[i].prose), -1)


def teasers_from(rows: tuple[Row, ...]) -> int:
    """Return the index of the first row of the run, two rows at least, that ends a page in words broken off (« … »)."""
    start = len(rows)
    while start > 0 and BROKEN_OFF.search(rows[start - 1].words):
        start -= 1
    return start if len(rows) - start >= 2 and first_prose(rows) < start else len(rows)


def without(span: Span, taken: Iterable[Span], text: str) -> list[Span]:
    """Return what is left of `span` once the sorted spans `taken` are cut out of it, trimmed, empty rests left out."""
    out: list[Span] = []
    start = span.start
    for cut in taken:
        if cut.end <= start:
            continue
        if cut.start >= span.end:
            break
        if cut.start > start:
            out.append(Span(start, cut.start))
        start = max(start, cut.end)
    if start < span.end:
        out.append(Span(start, span.end))
    trimmed = [rest.trimmed(text, " \t\r\n\u00a0\u202f\u2009\ufeff\x0b\x0c\u0085\u2028\u2029") for rest in out]
    return [rest for rest in trimmed if len(rest)]
