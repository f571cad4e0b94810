"""Where things stand in the drawings of pages; the templates draw them. Units are those of the drawing's own box."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from palabre.model.edtf import Precision, parse_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.app.views.overview import Timeline
    from palabre.lang.interface import Words
    from palabre.model.records import Meeting

WIDTH = 760
MARGIN = 14
AXIS = 66
"""Height of the line of time; meetings stand above it, bars hang below."""
TALLEST = 34
LEVELS = 4
"""Meetings of one week drawn one above the other; the rest share the highest place."""
DAYS_APART = 366 * 3


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting on the line of time."""

    x: float
    y: float
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Column:
    """The commitments made in a month: `first` and `last` are its days."""

    x: float
    width: float
    height: float
    number: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Tick:
    """A month's name under the line of time."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """The whole drawing; `today` is where the day asked stands, None when it lies outside; `top` is where it begins."""

    dots: tuple[Dot, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    top: float


def line_of_time(timeline: Timeline, today: dt.date, words: Words) -> Line | None:
    """Return the drawing of a timeline, None when fewer than two days are known."""
    dated = [(day, m) for m in timeline.meetings if (day := _day(m.date)) is not None]
    months = [(dt.date(int(name[:4]), int(name[5:7]), 1), number) for name, number in timeline.months]
    known = [d for d, _ in dated] + [d for d, _ in months]
    if len(set(known)) < 2:
        return None
    last = _next_month(max(known))
    first = max(min(known), last - dt.timedelta(days=DAYS_APART)).replace(day=1)
    scale = (WIDTH - 2 * MARGIN) / (last - first).days

    def x(day: dt.date) -> float:
        return round(MARGIN + scale * (day - first).days, 1)

    stacked: dict[int, int] = {}
    dots = []
    for day, meeting in sorted((d for d in dated if d[0] >= first), key=lambda d: (d[0], d[1].id)):
        place = round(x(day) / 13)
        level = stacked[place] = stacked.get(place, -1) + 1
        dots.append(Dot(x(day), AXIS - 12 - 14 * min(level, LEVELS - 1), meeting))
    inside = [(month, number) for month, number in months if month >= first]
    most = max((number for _, number in inside), default=1)
    columns = []
    for month, number in inside:
        end = _next_month(month)
        columns.append(
            Column(
                x(month) + 1,
                max(2.0, round(x(end) - x(month) - 2, 1)),
                round(max(3.0, TALLEST * number / most), 1),
                number,
                month,
                end - dt.timedelta(days=1),
            )
        )
    return Line(
        tuple(dots),
        tuple(columns),
        tuple(_ticks(first, last, x, words)),
        x(today) if first <= today < last else None,
        # No empty place above what stands highest.
        min((dot.y for dot in dots), default=AXIS) - 14,
    )


def _ticks(first: dt.date, last: dt.date, x: object, words: Words) -> Sequence[Tick]:
    assert callable(x)
    step = max(1, round((last - first).days / 30.4 / 8))
    out = []
    month, number = first, 0
    while month < last:
        if number % step == 0:
            named = "MMM y" if number == 0 or month.month <= step else "MMM"
            out.append(Tick(x(month), format_date(month, named, locale=words.lang)))
        month, number = _next_month(month), number + 1
    return out


def _day(value: str | None) -> dt.date | None:
    parsed = parse_or_none(value)
    return parsed.earliest if parsed is not None and parsed.precision >= Precision.MONTH else None


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
