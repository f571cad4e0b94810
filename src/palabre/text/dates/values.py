"""EDTF values and the days they cover: the calendar's arithmetic. Knows nothing of words or of the day it is."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Resolved:
    """An EDTF value; `first` and `last` are the days it covers, narrower than the value for « fin juin ».

    `weekday_conflict` is the weekday named (0 = Monday) when it contradicts the day.
    """

    value: str
    first: dt.date
    last: dt.date
    weekday_conflict: int | None = None


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


def between(first: Resolved, last: Resolved) -> Resolved | None:
    """Return the interval from one value to another, or None when it would end before it begins."""
    if first.first > last.last:
        return None
    if first.value == last.value:
        return first
    conflict = first.weekday_conflict if first.weekday_conflict is not None else last.weekday_conflict
    return Resolved(f"{first.value}/{last.value}", first.first, last.last, conflict)


def narrowed(found: Resolved, part: str | None) -> Resolved:
    """Narrow a week, month or year to its beginning, middle or end; the value stays (« fin juin » is June)."""
    if part in (None, "whole"):
        return found
    first, last = found.first, found.last
    days = (last - first).days + 1
    if days <= 7:
        bounds = {"early": (0, 1), "mid": (2, 3), "late": (3, 6)}
        low, high = bounds[part or "early"]
        return replace(found, first=first + dt.timedelta(low), last=first + dt.timedelta(high))
    if days <= 31:
        low, high = {"early": (1, 5), "mid": (10, 19), "late": (21, days)}[part or "early"]
        return replace(found, first=first.replace(day=low), last=first.replace(day=high))
    if days >= 365:
        months = {"early": (1, 2), "mid": (5, 8), "late": (11, 12)}[part or "early"]
        return replace(found, first=first.replace(month=months[0]), last=of_month(first.year, months[1]).last)
    third = days // 3
    low, high = {"early": (0, third), "mid": (third, 2 * third), "late": (2 * third, days - 1)}[part or "early"]
    return replace(found, first=first + dt.timedelta(low), last=first + dt.timedelta(high))


def week_of(day: dt.date) -> Resolved:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - dt.timedelta(day.weekday())
    return of_days(monday, monday + dt.timedelta(6))


def moved_month(year: int, month: int, count: int) -> Resolved:
    """Return the month that lies `count` months from the one given."""
    index = year * 12 + month - 1 + count
    return of_month(index // 12, index % 12 + 1)


def months_from(year: int, month: int, count: int) -> Resolved | None:
    """Return the interval of `count` months that begins with the one given."""
    return between(of_month(year, month), moved_month(year, month, count - 1))


def of_season(year: int, season: int) -> Resolved:
    """Return the value of a season of a year, 1 for spring to 4 for winter, which ends in the next year."""
    days = months_from(year, 3 * season, 3)
    if days is None:
        raise ValueError(f"no such season: {season}")
    return replace(days, value=f"{year:04}-{20 + season}")


def of_block(index: int, digits: int) -> Resolved:
    """Return the value of a decade (`digits` 1: 199 is 199X) or century (`digits` 2: 18 is 18XX)."""
    size = 10**digits
    first, last = dt.date(max(index * size, 1), 1, 1), dt.date(index * size + size - 1, 12, 31)
    return Resolved(f"{index:0{4 - digits}}" + "X" * digits, first, last)


def away(unit: str, count: int, anchor: dt.date) -> Resolved | None:
    """Return the day, week, month, … that lies `count` of them away from the one that holds `anchor`."""
    match unit:
        case "day":
            return of_day(anchor + dt.timedelta(count))
        case "week":
            return week_of(anchor + dt.timedelta(7 * count))
        case "weekend":
            saturday = anchor + dt.timedelta(5 - anchor.weekday() + 7 * count)
            return of_days(saturday, saturday + dt.timedelta(1))
        case "month":
            return moved_month(anchor.year, anchor.month, count)
        case "quarter" | "half":
            months = 3 if unit == "quarter" else 6
            index = anchor.year * (12 // months) + (anchor.month - 1) // months + count
            return months_from(index * months // 12, index * months % 12 + 1, months)
        case "year":
            return of_year(anchor.year + count)
        case "decade":
            return of_block(anchor.year // 10 + count, 1)
        case "century":
            return of_block(anchor.year // 100 + count, 2)
    return None


def nth_in_month(ordinal: int, unit: str, weekday: int, first: dt.date, last: dt.date) -> Resolved | None:
    """Return the `ordinal`-th (-1 the last) fortnight, day, week, weekend or weekday of the month `first` to `last`."""
    if unit == "fortnight":
        middle = first.replace(day=15)
        return of_days(first, middle) if ordinal == 1 else of_days(middle + dt.timedelta(1), last)
    if unit == "day":
        return of_day(last if ordinal < 0 else first.replace(day=ordinal))
    if ordinal > 0:
        day = first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (ordinal - 1))
    else:
        day = last - dt.timedelta((last.weekday() - weekday) % 7)
        if unit == "week" and (last - day).days < 6:
            day -= dt.timedelta(7)
    if day > last:
        return None
    if unit == "weekday":
        return of_day(day)
    return of_days(day, day + dt.timedelta(1 if unit == "weekend" else 6))


def easter(year: int) -> dt.date:
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
