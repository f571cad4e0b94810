"""Gives a recognised form its EDTF value, from the day of publication and the dates the text has named before.

Pure: the same form and setting give the same value. Unresolvable forms give None; nothing is guessed without an anchor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from palabre.text.dates.forms import Block, Form, Holiday, Nth, Point, Range, Season, Shift
from palabre.text.dates.values import (
    Resolved,
    away,
    between,
    easter,
    months_from,
    moved_month,
    narrowed,
    nth_in_month,
    of_block,
    of_day,
    of_days,
    of_month,
    of_season,
    of_year,
    week_of,
)


class Tense(IntEnum):
    """What the words around an expression say of its time."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is resolved against.

    `anchor` is « today » (the publication, or the day a quotation was spoken), None when unknown. `day`, `month`,
    `year` are the last ones the text named. `near_year` is a year that the words just before give a month or day
    that names none (« en 2024 et … en novembre »), `only_year` the one year named in the whole text.
    `lean` is `past` (the press) or `future` (a voice assistant).
    """

    anchor: dt.date | None
    tense: Tense = Tense.UNKNOWN
    lean: str = "past"
    day: dt.date | None = None
    month: tuple[int, int] | None = None
    year: int | None = None
    near_year: int | None = None
    only_year: int | None = None


def resolve_form(form: Form, at: Setting) -> Resolved | None:
    """Return what `form` means in that setting, or None when it cannot be told (or is out of the calendar)."""
    try:
        match form:
            case Point():
                return _point(form, at)
            case Range():
                return _range(form, at)
            case Shift():
                return _shift(form, at)
            case Nth():
                return _nth(form, at)
            case Block():
                return of_block(*((form.year // 10, 1) if form.unit == "decade" else (form.year // 100, 2)))
            case Season():
                return _season(form, at)
            case Holiday():
                return _holiday(form, at)
    except (ValueError, OverflowError):
        return None


def _choose(candidates: list[Resolved], at: Setting, direction: int) -> Resolved | None:
    """Choose among values that differ by a whole cycle (year, month, week), oldest first.

    `direction` is « dernier » or « prochain »; else the tense decides, else the nearest, else the lean.
    """
    anchor = at.anchor
    if anchor is None or not candidates:
        return None
    side = direction or (1 if at.lean == "future" else int(at.tense))
    if direction:
        past = [c for c in candidates if c.last < anchor]
        future = [c for c in candidates if c.first > anchor]
    else:
        past = [c for c in candidates if c.first <= anchor]
        future = [c for c in candidates if c.last >= anchor]
    if side < 0:
        return past[-1] if past else None
    if side > 0:
        return future[0] if future else None
    return min(candidates, key=lambda c: (_distance(c, anchor), c.first))


def _distance(found: Resolved, anchor: dt.date) -> int:
    if found.first <= anchor <= found.last:
        return 0
    return min(abs((found.first - anchor).days), abs((found.last - anchor).days))


def _candidates(at: Setting, make: Callable[[int], Resolved], reach: int = 2) -> list[Resolved]:
    """Make one candidate for each year around the anchor; years where the day does not exist are left out."""
    out = []
    if at.anchor is not None:
        for year in range(at.anchor.year - reach, at.anchor.year + reach + 1):
            try:
                out.append(make(year))
            except ValueError:
                continue
    return out


def _year_of(point: Point, at: Setting) -> int | None:
    if point.year is not None:
        return point.year
    if point.year_told:
        return None if at.year is None else at.year + (point.year_shift or 0)
    if point.year_shift is not None and at.anchor is not None:
        return at.anchor.year + point.year_shift
    return None


def _point(point: Point, at: Setting) -> Resolved | None:
    if point.day is not None and point.month is not None:
        found = _full_day(point, at)
    elif point.month is not None:
        found = _month(point, at)
    elif point.weekday is not None:
        found = _weekday(point, at)
    elif point.year is not None:
        found = of_year(point.year)
    elif point.day is not None and at.anchor is not None and at.lean == "future":
        found = _next_such_day(point.day, at.anchor)
    else:
        found = None
    return None if found is None else narrowed(found, point.part)


def _next_such_day(day: int, anchor: dt.date) -> Resolved | None:
    """« le 16 », said to an assistant: the first day of that number from today on."""
    days = (anchor + dt.timedelta(step) for step in range(62))
    return next((of_day(d) for d in days if d.day == day), None)


def _full_day(point: Point, at: Setting) -> Resolved | None:
    month, day = point.month or 1, point.day or 1
    year = _year_of(point, at)
    if year is None and not point.direction:
        year = at.near_year or (at.only_year if at.anchor is None else None)
    if year is not None:
        found: Resolved | None = of_day(dt.date(year, month, day))
    else:
        # A weekday that fits one of the years settles it; the tense matters less for a day close by.
        options = _candidates(at, lambda y: of_day(dt.date(y, month, day)), 8 if (month, day) == (2, 29) else 2)
        found = _nearby_day(options, point, at)
    if found is None:
        return None
    if point.week_shift is not None:
        return of_day(found.first + dt.timedelta(point.week_shift))
    if point.weekday is not None and found.first.weekday() != point.weekday:
        return replace(found, weekday_conflict=point.weekday)
    return found


def _nearby_day(options: list[Resolved], point: Point, at: Setting) -> Resolved | None:
    anchor = at.anchor
    if anchor is None:
        return None
    if point.direction or at.lean == "future":
        return _choose(options, at, point.direction)
    near = [o for o in options if abs((o.first - anchor).days) <= 62]
    if near:
        return min(near, key=lambda o: abs((o.first - anchor).days))
    if point.weekday is not None:
        fitting = [o for o in options if o.first.weekday() == point.weekday and abs((o.first - anchor).days) <= 366]
        if len(fitting) == 1:
            return fitting[0]
    return _choose(options, at, 0)


def _month(point: Point, at: Setting) -> Resolved | None:
    month = point.month or 1
    year = _year_of(point, at)
    if year is None and not point.direction:
        year = at.near_year or (at.only_year if at.anchor is None else None)
    if year is not None:
        return of_month(year, month)
    options = _candidates(at, lambda y: of_month(y, month))
    if point.this or point.direction or at.tense or at.lean == "future":
        return _choose(options, at, point.direction)
    past, ahead = (_choose(options, replace(at, tense=side), 0) for side in (Tense.PAST, Tense.FUTURE))
    # Nothing tells: news leans to the past, but « en mai » said in April is not of the year before.
    if at.anchor and past and ahead and _distance(past, at.anchor) > 240 and _distance(ahead, at.anchor) <= 92:
        return ahead
    return past


def _weekday(point: Point, at: Setting) -> Resolved | None:
    anchor, weekday = at.anchor, point.weekday or 0
    if point.from_text and at.day is not None:
        return of_day(at.day + dt.timedelta((weekday - at.day.weekday() - 1) % 7 + 1))
    if anchor is None or (point.from_text and at.lean == "past"):
        return None
    if point.later is not None:
        return of_day(anchor + dt.timedelta((weekday - anchor.weekday()) % 7 + point.later))
    if point.from_text:
        point = replace(point, week_shift=1)
    if point.week_shift is not None:
        monday = anchor - dt.timedelta(anchor.weekday()) + dt.timedelta(7 * point.week_shift)
        return of_day(monday + dt.timedelta(weekday))
    if point.day is not None:
        found = _weekday_with_number(point.day, weekday, at)
        if found is not None:
            return found
    back = (anchor.weekday() - weekday) % 7
    if point.direction < 0:
        return of_day(anchor - dt.timedelta(back or 7))
    if point.direction > 0:
        return of_day(anchor + dt.timedelta(7 - back))
    if at.lean == "future":
        return of_day(anchor + dt.timedelta(7 - back))
    if at.tense is Tense.PAST:
        return of_day(anchor - dt.timedelta(back))
    if at.tense is Tense.FUTURE and not (point.this and 0 < back < 3):
        return of_day(anchor + dt.timedelta(-back % 7))
    return of_day(anchor - dt.timedelta(back if back <= 3 else back - 7))


def _weekday_with_number(day: int, weekday: int, at: Setting) -> Resolved | None:
    """« jeudi 15 »: the nearest such day; None when there is none within two months (it was no day number)."""
    if at.anchor is None:
        return None
    reach = 366 if at.lean == "future" else 62
    steps = range(reach) if at.lean == "future" else sorted(range(-reach, reach), key=abs)
    for step in steps:
        candidate = at.anchor + dt.timedelta(step)
        if candidate.day == day and candidate.weekday() == weekday:
            return of_day(candidate)
    return None


def _range(form: Range, at: Setting) -> Resolved | None:
    first, last = form.first, form.last
    if last.day is not None and last.month is None and last.weekday is None:
        return None
    if last.weekday is not None and last.day is None:
        return _weekday_range(form, at)
    right = _point(replace(last, weekday=None), at)
    if right is None:
        return None
    year = first.year
    month = first.month if first.month is not None else last.month
    if year is None and month is not None:
        year = right.last.year - (1 if (month, first.day or 1) > (right.last.month, right.last.day) else 0)
    left = _point(Point(year, month, first.day), at)
    if left is None:
        return None
    if form.listed and first.month is not None and first.day is None:
        return None
    return between(left, right)


def _weekday_range(form: Range, at: Setting) -> Resolved | None:
    right = _weekday(form.last, at)
    if right is None or form.first.weekday is None:
        return None
    back = (right.first.weekday() - form.first.weekday) % 7
    return of_days(right.first - dt.timedelta(back), right.first)


def _shift(form: Shift, at: Setting) -> Resolved | None:
    if form.from_text:
        base = at.day
        if form.unit == "day":
            if base is None:
                base = at.anchor if at.lean == "future" else None
            return None if base is None else of_day(base + dt.timedelta(form.count))
        if form.unit == "month" and at.month is not None:
            return moved_month(at.month[0], at.month[1], form.count)
        if form.unit == "year" and at.year is not None:
            return of_year(at.year + form.count)
        if form.unit == "week" and base is not None:
            return week_of(base + dt.timedelta(7 * form.count))
        return _shift(replace(form, from_text=False), at) if at.lean == "future" else None
    if at.anchor is None:
        return None
    found = away(form.unit, form.count, at.anchor)
    if found and form.unit == "weekend" and not form.count and at.tense is Tense.PAST and found.first > at.anchor:
        found = away(form.unit, -1, at.anchor)  # « réunis ce week-end », read on a Wednesday
    return None if found is None else narrowed(found, form.part)


def _nth(form: Nth, at: Setting) -> Resolved | None:
    if form.unit in ("quarter", "half"):
        months = 3 if form.unit == "quarter" else 6
        ordinal = form.ordinal if form.ordinal > 0 else 12 // months
        month = (ordinal - 1) * months + 1
        if isinstance(form.of, Shift):
            return None
        year = _year_of(form.of, at)
        if year is not None:
            return months_from(year, month, months)
        options = list(_candidates(at, lambda y: months_from(y, month, months) or of_year(y)))
        if at.tense or at.lean == "future":
            return _choose(options, at, form.of.direction)
        return _choose(options, replace(at, tense=Tense.PAST), form.of.direction)
    of = _shift(form.of, at) if isinstance(form.of, Shift) else _point(replace(form.of, weekday=None), at)
    if of is None:
        return None
    if form.ordinal == 0:
        return week_of(of.first)
    weekday = form.weekday if form.weekday is not None else 5 if form.unit == "weekend" else 0
    return nth_in_month(form.ordinal, form.unit, weekday, of.first, of.last)


def _season(form: Season, at: Setting) -> Resolved | None:
    if form.year is not None:
        return of_season(form.year, form.season)
    options = _candidates(at, lambda y: of_season(y, form.season))
    if form.this and at.tense is not Tense.PAST:
        return _choose(options, replace(at, tense=Tense.FUTURE), 0)
    if at.tense or form.direction or at.lean == "future":
        return _choose(options, at, form.direction)
    return _choose(options, at, 0)


def _holiday(form: Holiday, at: Setting) -> Resolved | None:
    def on(year: int) -> Resolved:
        if form.rule.startswith("easter"):
            return of_day(easter(year) + dt.timedelta(int(form.rule[7:])))
        month, day = form.rule.split("-")
        return of_day(dt.date(year, int(month), int(day)))

    if form.year is not None:
        return on(form.year)
    return _choose(_candidates(at, on), at, form.direction)
