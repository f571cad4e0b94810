"""Gives a recognised form its EDTF value, from the day of publication and the dates the text has named before.

Pure: the same form and setting give the same value. Unresolvable forms give None; nothing is guessed without an anchor.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from palabre.text.dates.forms import Block, Form, Holiday, Nth, Point, Range, Season, Shift


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
    that names none (« en 2024 et … en novembre »). `years` maps (month, day) to the year the text gives it elsewhere.
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


@dataclass(frozen=True, slots=True)
class Resolved:
    """An EDTF value; `first` and `last` are the days it covers, narrower than the value for « fin juin ».

    `weekday_conflict` is the weekday named (0 = Monday) when it contradicts the day.
    """

    value: str
    first: dt.date
    last: dt.date
    weekday_conflict: int | None = None


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
                return _block(form)
            case Season():
                return _season(form, at)
            case Holiday():
                return _holiday(form, at)
    except (ValueError, OverflowError):
        return None


def of_day(day: dt.date) -> Resolved:
    """Return the value of one day."""
    return Resolved(day.isoformat(), day, day)


def of_month(year: int, month: int) -> Resolved:
    """Return the value of one month."""
    first = dt.date(year, month, 1)
    return Resolved(f"{year:04}-{month:02}", first, first.replace(day=monthrange(year, month)[1]))


def of_year(year: int) -> Resolved:
    """Return the value of one year."""
    return Resolved(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def of_days(first: dt.date, last: dt.date) -> Resolved:
    """Return the value of an interval of days (one day when both are the same)."""
    return of_day(first) if first == last else Resolved(f"{first}/{last}", first, last)


def _between(first: Resolved, last: Resolved) -> Resolved | None:
    if first.first > last.last:
        return None
    if first.value == last.value:
        return first
    return Resolved(
        f"{first.value}/{last.value}", first.first, last.last, first.weekday_conflict or last.weekday_conflict
    )


def _narrowed(found: Resolved, part: str | None) -> Resolved:
    """Narrow the days of a month or year to its beginning, middle or end; the value stays (« fin juin » is June)."""
    if part in (None, "whole"):
        return found
    first, last = found.first, found.last
    days = (last - first).days + 1
    if days <= 7:
        bounds = {"early": (0, 1), "mid": (2, 3), "late": (3, 6)}
        low, high = bounds[part or "early"]
        return of_days(first + dt.timedelta(low), first + dt.timedelta(high))
    if days <= 31:
        low, high = {"early": (1, 5), "mid": (10, 19), "late": (21, days)}[part or "early"]
        return replace(found, first=first.replace(day=low), last=first.replace(day=high))
    if days >= 365:
        months = {"early": (1, 2), "mid": (5, 8), "late": (11, 12)}[part or "early"]
        return replace(found, first=first.replace(month=months[0]), last=of_month(first.year, months[1]).last)
    third = days // 3
    low, high = {"early": (0, third), "mid": (third, 2 * third), "late": (2 * third, days - 1)}[part or "early"]
    return replace(found, first=first + dt.timedelta(low), last=first + dt.timedelta(high))


def _choose(candidates: list[Resolved], at: Setting, direction: int, strict: bool = False) -> Resolved | None:
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
    else:
        found = None
    return None if found is None else _narrowed(found, point.part)


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
        return _choose(options, at, point.direction or 1) if point.direction else _choose(options, at, 0)
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
    return _choose(options, replace(at, tense=Tense.PAST), 0)


def _weekday(point: Point, at: Setting) -> Resolved | None:
    anchor, weekday = at.anchor, point.weekday or 0
    if anchor is None:
        return None
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
    if at.tense is Tense.PAST and not (point.this and back > 4):
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
    return _between(left, right)


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
            return _moved_month(at.month[0], at.month[1], form.count)
        if form.unit == "year" and at.year is not None:
            return of_year(at.year + form.count)
        if form.unit == "week" and base is not None:
            return _week(base + dt.timedelta(7 * form.count))
        return _shift(replace(form, from_text=False), at) if at.lean == "future" else None
    if at.anchor is None:
        return None
    found = _away(form.unit, form.count, at.anchor)
    return None if found is None else _narrowed(found, form.part)


def _away(unit: str, count: int, anchor: dt.date) -> Resolved | None:
    match unit:
        case "day":
            return of_day(anchor + dt.timedelta(count))
        case "week":
            return _week(anchor + dt.timedelta(7 * count))
        case "weekend":
            saturday = anchor + dt.timedelta(5 - anchor.weekday() + 7 * count)
            return of_days(saturday, saturday + dt.timedelta(1))
        case "month":
            return _moved_month(anchor.year, anchor.month, count)
        case "quarter" | "half":
            months = 3 if unit == "quarter" else 6
            index = anchor.year * (12 // months) + (anchor.month - 1) // months + count
            return _months(index * months // 12, index * months % 12 + 1, months)
        case "year":
            return of_year(anchor.year + count)
        case "decade":
            return _block(Block((anchor.year // 10 + count) * 10, "decade"))
        case "century":
            return _block(Block((anchor.year // 100 + count) * 100, "century"))
    return None


def _week(day: dt.date) -> Resolved:
    monday = day - dt.timedelta(day.weekday())
    return of_days(monday, monday + dt.timedelta(6))


def _moved_month(year: int, month: int, count: int) -> Resolved:
    index = year * 12 + month - 1 + count
    return of_month(index // 12, index % 12 + 1)


def _months(year: int, month: int, count: int) -> Resolved | None:
    return _between(of_month(year, month), _moved_month(year, month, count - 1))


def _nth(form: Nth, at: Setting) -> Resolved | None:
    if form.unit in ("quarter", "half"):
        months = 3 if form.unit == "quarter" else 6
        ordinal = form.ordinal if form.ordinal > 0 else 12 // months
        month = (ordinal - 1) * months + 1
        year = _year_of(form.of, at)
        if year is not None:
            return _months(year, month, months)
        options = list(_candidates(at, lambda y: _months(y, month, months) or of_year(y)))
        if at.tense or at.lean == "future":
            return _choose(options, at, form.of.direction)
        return _choose(options, replace(at, tense=Tense.PAST), form.of.direction)
    of = _point(replace(form.of, weekday=None), at)
    if of is None:
        return None
    if form.ordinal == 0:
        return _week(of.first)
    return _nth_in_month(form, of.first, of.last)


def _nth_in_month(form: Nth, first: dt.date, last: dt.date) -> Resolved | None:
    if form.unit == "fortnight":
        middle = first.replace(day=15)
        return of_days(first, middle) if form.ordinal == 1 else of_days(middle + dt.timedelta(1), last)
    if form.unit == "day":
        return of_day(last if form.ordinal < 0 else first.replace(day=form.ordinal))
    weekday = (
        form.weekday if form.unit == "weekday" and form.weekday is not None else 5 if form.unit == "weekend" else 0
    )
    if form.ordinal > 0:
        day = first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (form.ordinal - 1))
    else:
        day = last - dt.timedelta((last.weekday() - weekday) % 7)
        if form.unit == "week" and (last - day).days < 6:
            day -= dt.timedelta(7)
    if day > last:
        return None
    if form.unit == "weekday":
        return of_day(day)
    return of_days(day, day + dt.timedelta(1 if form.unit == "weekend" else 6))


def _block(form: Block) -> Resolved:
    size, marks = (10, "X") if form.unit == "decade" else (100, "XX")
    start = form.year // size * size
    first = dt.date(max(start, 1), 1, 1)
    return Resolved(f"{start // size:0{4 - len(marks)}}{marks}", first, dt.date(start + size - 1, 12, 31))


def _season(form: Season, at: Setting) -> Resolved | None:
    month = (3, 6, 9, 12)[form.season - 1]
    if form.year is not None:
        return _months(form.year, month, 3)
    options = list(_candidates(at, lambda y: _months(y, month, 3) or of_year(y)))
    if form.this and at.tense is not Tense.PAST:
        return _choose(options, replace(at, tense=Tense.FUTURE), 0)
    if at.tense or form.direction or at.lean == "future":
        return _choose(options, at, form.direction)
    return _choose(options, at, 0)


def _holiday(form: Holiday, at: Setting) -> Resolved | None:
    def on(year: int) -> Resolved:
        if form.rule.startswith("easter"):
            return of_day(_easter(year) + dt.timedelta(int(form.rule[7:])))
        month, day = form.rule.split("-")
        return of_day(dt.date(year, int(month), int(day)))

    if form.year is not None:
        return on(form.year)
    return _choose(_candidates(at, on), at, form.direction)


def _easter(year: int) -> dt.date:
    """Western Easter. Source: the anonymous Gregorian computus (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)
