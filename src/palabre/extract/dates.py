"""Dates of one reading: every calendar expression of the article with its EDTF value. Must not judge what they date."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for
from palabre.model.annotations import DateMention
from palabre.model.spans import Span, merged
from palabre.text.dates import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from palabre.text.reading import Reading

_MARKS = re.compile('[«»“”"\\n]')


def find_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Return the dates of a reading, sorted by span, none overlapping another; spans are offsets in its text.

    Relative expressions are counted from `reading.meta.published`; without it they are left out, unless the text opens
    with a full date. Dates inside boilerplate are left out.
    """
    found = find(
        reading.text,
        pack_for(reading.lang),
        reading.meta.published,
        quoted=_quotations(reading.text),
        aside=_inside([b.span for b in reading.boilerplate]),
    )
    return tuple(
        DateMention(Span(d.start, d.end), d.resolved.value, d.resolved.weekday_conflict, d.rule) for d in found
    )


def _inside(spans: Iterable[Span]) -> Callable[[int], bool]:
    """Return a test of whether an offset lies in one of `spans`."""
    edges = [edge for span in merged(spans) for edge in (span.start, span.end)]
    return lambda at: bisect_right(edges, at) % 2 == 1


def _quotations(text: str) -> Callable[[int], bool]:
    """Return a test of whether an offset lies between « and », “ and ”, or two " of one line."""
    edges: list[int] = []
    closing = ""
    for match in _MARKS.finditer(text):
        mark = match.group()
        if closing and (mark == closing or (mark == "\n" and closing == '"')):
            edges.append(match.start())
            closing = ""
        elif not closing and mark in _CLOSING:
            edges.append(match.start())
            closing = _CLOSING[mark]
    return lambda at: bisect_right(edges, at) % 2 == 1


_CLOSING = {"«": "»", "“": "”", '"': '"'}
