"""Chronologies: lines that a date opens, and headings that give such lines their year.

« 2000 » alone on a line, then « 15 août : … », « 14 oct : … »; or « 2 février 1989 : … le 15 mai ».
"""

from __future__ import annotations

from collections.abc import Iterable

from palabre.text.dates.forms import Expression, Form, Point, Range

_AFTER = ":–—-"
"""What follows the date that opens an entry."""


def years_told(text: str, expressions: Iterable[Expression]) -> dict[int, int]:
    """Return, by the start of each expression that names a month and no year, the year its line or heading gives it."""
    told: dict[int, int] = {}
    section: int | None = None
    line: tuple[int, int] | None = None  # where the line of an entry ends, and its year
    for e in expressions:
        point = _last(e.form)
        if point is None:
            continue
        before, after = around(text, e)
        opens = not any(c.isalnum() for c in before)
        entry = opens and after.lstrip()[:1] in _AFTER and bool(after.strip())
        if point.year:
            if opens and not any(c.isalnum() for c in after):
                section = point.year if point.day is None else section
            elif entry:
                line = (e.end + len(after), point.year)
            continue
        if not point.month or point.direction or point.year_shift is not None:
            continue
        if entry and section is not None:
            line = (e.end + len(after), section)
        if line is not None and e.start < line[0]:
            told[e.start] = line[1]
    return told


def around(text: str, e: Expression) -> tuple[str, str]:
    """Return what stands before and after an expression on its line."""
    start, end = text.rfind("\n", 0, e.start) + 1, text.find("\n", e.end)
    return text[start : e.start], text[e.end : len(text) if end < 0 else end]


def _last(form: Form) -> Point | None:
    point = form.last if isinstance(form, Range) else form
    return point if isinstance(point, Point) else None
