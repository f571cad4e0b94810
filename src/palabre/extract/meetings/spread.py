"""How long a meeting lasts: « pour deux jours », « du 3 au 5 », « commencé mercredi ». Dates in, one EDTF value out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from palabre.lang.pack import pack_for, table
from palabre.model.edtf import Precision, interval, of_day, parse_or_none

if TYPE_CHECKING:
    from palabre.model.annotations import DateMention
    from palabre.model.spans import Span
    from palabre.text.reading import Reading

LONGEST_DAYS = 14
DAYS_BEFORE = 24
DAYS_AFTER = 90
"""Code points around a cue within which its length is told."""
REACH = 30
"""Code points between a word that says a beginning or an end and its date."""


@dataclass(frozen=True, slots=True)
class _Words:
    begin: tuple[str, ...]
    end: tuple[str, ...]
    numbers: dict[str, int]
    nth: tuple[tuple[str, int], ...]
    durations: tuple[re.Pattern[str], ...]
    hours: frozenset[str]


@lru_cache(maxsize=8)
def _words(lang: str) -> _Words:
    data: dict[str, Any] = table(pack_for(lang), "meetings")["spread"]
    return _Words(
        tuple(data["begin"]),
        tuple(data["end"]),
        {str(k): int(v) for k, v in data["numbers"].items()},
        tuple((str(k), int(v)) for k, v in data["nth"].items()),
        tuple(re.compile(p) for p in data["patterns"]),
        frozenset(data["hours"]),
    )


def spread(reading: Reading, clause: Span, cue: Span, date: DateMention, dates: list[DateMention]) -> str:
    """Return the date of the meeting at `cue`, told in `clause`: an interval when it lasts several days."""
    words = _words(reading.lang)
    ends = {_role(reading, d, words): d for d in dates if clause.contains(d.span)}
    first, last = ends.get("begin"), ends.get("end")
    if first and last and _day(first.value) and _day(last.value):
        a, b = _day(first.value), _day(last.value)
        if a and b and a < b and (b - a).days <= LONGEST_DAYS:
            return interval(first.value, last.value)
    day = _day(date.value)
    near = reading.text[max(clause.start, cue.start - DAYS_BEFORE) : min(clause.end, cue.end + DAYS_AFTER)].casefold()
    nth = next((n for phrase, n in words.nth if phrase in near), None)
    if day is not None and nth is not None:
        return interval(of_day(day - dt.timedelta(days=nth - 1)), date.value)
    days = _days(near, words)
    if day is None or days is None:
        return date.value
    more = dt.timedelta(days=days - 1)
    if _role(reading, date, words) == "end":
        return interval(of_day(day - more), date.value)
    return interval(date.value, of_day(day + more))


def role(reading: Reading, date: DateMention) -> str:
    """Return `begin` or `end` when the words before a date say it is the first or last day of something, else empty."""
    return _role(reading, date, _words(reading.lang))


def _role(reading: Reading, date: DateMention, words: _Words) -> str:
    before = reading.text[max(0, date.span.start - REACH) : date.span.start].casefold().replace("’", "'")
    begin = max((before.rfind(w) for w in words.begin), default=-1)
    end = max((before.rfind(w) for w in words.end), default=-1)
    if begin < 0 and end < 0:
        return ""
    return "end" if end > begin else "begin"


def _days(text: str, words: _Words) -> int | None:
    match = next((m for p in words.durations if (m := p.search(text)) is not None), None)
    if match is None:
        return None
    number = int(match["n"]) if match["n"].isdigit() else words.numbers.get(match["n"], 0)
    days = -(-number // 24) if match["unit"] in words.hours else number
    return days if 2 <= days <= LONGEST_DAYS else None


def _day(value: str) -> dt.date | None:
    parsed = parse_or_none(value)
    if parsed is None or parsed.precision is not Precision.DAY or parsed.is_interval:
        return None
    return parsed.earliest
