"""Dates as EDTF level 0/1 strings, and what can be asked of them.

The values Palabre writes: a day `2025-04-03`, a month `2025-06`, a season `2025-21` (21 to 24, spring to winter, read
as three months), a year `2023`, a decade `202X`, a century `20XX`, a closed interval of two of those
`2025-04-03/2025-04-04`, and open ends `2025-01/..` or `../2028-12-31`. A trailing `~`, `?` or `%` (about, uncertain,
both) is read and kept. Source: Extended Date/Time Format, ISO 8601-2:2019.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%])?\Z")


SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The codes of the seasons, and the month each begins with in the north."""


class Precision(IntEnum):
    """How fine a date is; a greater value is finer."""

    CENTURY = 0
    DECADE = 1
    YEAR = 2
    MONTH = 3
    DAY = 4


@dataclass(frozen=True, slots=True)
class Edtf:
    """One EDTF value and the days it covers, both ends included; an open end is None."""

    value: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    is_interval: bool = False

    def covers(self, other: Edtf) -> bool:
        """Tell whether every day of `other` is one of this value's (so `2023` covers `2023-09`)."""
        early = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        late = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return early and late

    def compatible(self, other: Edtf) -> bool:
        """Tell whether both can be true of one event: they share at least one day."""
        if self.latest and other.earliest and self.latest < other.earliest:
            return False
        return not (other.latest and self.earliest and other.latest < self.earliest)


@lru_cache(maxsize=8192)
def parse(value: str) -> Edtf:
    """Read an EDTF string of the forms above. Raises ValueError for any other."""
    if "/" in value:
        left, _, right = value.partition("/")
        first = None if left in ("", "..") else _point(left)
        last = None if right in ("", "..") else _point(right)
        if first is None and last is None:
            raise ValueError(f"not an EDTF date: {value!r}")
        earliest = first.earliest if first else None
        latest = last.latest if last else None
        if earliest and latest and latest < earliest:
            raise ValueError(f"an interval that ends before it begins: {value!r}")
        precision = min(p.precision for p in (first, last) if p)
        return Edtf(value, earliest, latest, precision, is_interval=True)
    return _point(value)


def parse_or_none(value: str | None) -> Edtf | None:
    """Read an EDTF string, or return None when there is none or it is not one."""
    if not value:
        return None
    try:
        return parse(value)
    except ValueError:
        return None


def _point(value: str) -> Edtf:
    match = _POINT.match(value)
    if match is None:
        raise ValueError(f"not an EDTF date: {value!r}")
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        if month:
            raise ValueError(f"not an EDTF date: {value!r}")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if low == 0:
            low = 1
        precision = Precision.DECADE if year.count("X") == 1 else Precision.CENTURY
        return Edtf(value, dt.date(low, 1, 1), dt.date(high, 12, 31), precision)
    number = int(year)
    if number == 0:
        raise ValueError(f"no year zero here: {value!r}")
    if day:
        the_day = dt.date(number, int(month), int(day))
        return Edtf(value, the_day, the_day, Precision.DAY)
    if month and int(month) in SEASONS:
        opens = SEASONS[int(month)]
        closes = dt.date(number + 1, 2, 1) if opens == 12 else dt.date(number, opens + 2, 1)
        last = calendar.monthrange(closes.year, closes.month)[1]
        return Edtf(value, dt.date(number, opens, 1), closes.replace(day=last), Precision.YEAR)
    if month:
        if not 1 <= int(month) <= 12:
            raise ValueError(f"no such month: {value!r}")
        last = calendar.monthrange(number, int(month))[1]
        return Edtf(value, dt.date(number, int(month), 1), dt.date(number, int(month), last), Precision.MONTH)
    return Edtf(value, dt.date(number, 1, 1), dt.date(number, 12, 31), Precision.YEAR)


def of_day(day: dt.date) -> str:
    """Return a day as EDTF."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def of_month(year: int, month: int) -> str:
    """Return a month as EDTF."""
    return f"{year:04d}-{month:02d}"


def of_year(year: int) -> str:
    """Return a year as EDTF."""
    return f"{year:04d}"


def interval(start: str, end: str) -> str:
    """Return `start/end`, or the single value when both are equal. Raises ValueError when it runs backwards."""
    return start if start == end else parse(f"{start}/{end}").value


def last_day(value: str | None) -> dt.date | None:
    """Return the last day a value allows (a deadline « en juin » ends on 30 June), or None."""
    parsed = parse_or_none(value)
    return parsed.latest if parsed else None


def sort_key(value: str | None) -> tuple[int, str]:
    """Return a key that sorts values by their first day, unknown ones last."""
    parsed = parse_or_none(value)
    if parsed is None:
        return (1, value or "")
    first = parsed.earliest or parsed.latest
    return (0, f"{first.isoformat() if first else ''} {value}")
