"""Dates of one reading: every calendar expression of the article with its EDTF value. Must not judge what they date."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for
from palabre.model.annotations import DateMention
from palabre.model.spans import Span
from palabre.text.dates import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from palabre.text.reading import Reading

_MARKS = re.compile("[«»“”]")


def find_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Return the dates of a reading, sorted by span, none overlapping another; spans are offsets in its text.

    Relative expressions are counted from `reading.meta.published`; without it they are left out, unless the text opens
    with a full date. Dates inside boilerplate are left out.
    """
    found = find(reading.text, pack_for(reading.lang), reading.meta.published, quoted=_quotations(reading.text))
    out = []
    for date in found:
        span = Span(date.start, date.end)
        if not reading.in_boilerplate(span):
            out.append(DateMention(span, date.resolved.value, date.resolved.weekday_conflict, date.rule))
    return tuple(out)


def _quotations(text: str) -> Callable[[int], bool]:
    """Return a test of whether an offset lies between « and », or “ and ”."""
    edges: list[int] = []
    for match in _MARKS.finditer(text):
        opens = match.group() in "«“"
        if opens == (len(edges) % 2 == 0):
            edges.append(match.start())
    return lambda at: bisect_right(edges, at) % 2 == 1
