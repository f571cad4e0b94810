"""Reads whole days out of headers, bylines and addresses, to date a document. Dates in prose are read elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import LANGUAGES, table
from palabre.model.spans import Span
from palabre.text.folding import folded

_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<iso>\d{4})-(?P<iso_m>\d{1,2})-(?P<iso_d>\d{1,2})"
    r"|(?P<d>\d{1,2})(?P<sep>[./-])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<y>\d{4})"
    r"|(?<!\w)(?P<d2>[0-3]\d)/(?P<m2>[01]\d)/(?P<y2>\d{2}))(?![\d/-])"
)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BEFORE_YEAR = 60
"""Code points before the year within which the rest of a day is written."""
_URL_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day as written at `span`."""

    span: Span
    date: dt.date


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: number for lang in LANGUAGES for name, number in table(lang, "metadata").get("months", {}).items()}


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    return {name: i for lang in LANGUAGES for i, name in enumerate(table(lang, "metadata").get("weekdays", ()))}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    weekday = "|".join(_weekdays())
    this = "|".join(word for lang in LANGUAGES for word in table(lang, "metadata").get("this", ()))
    lead = rf"(?P<lead>(?:\b(?:{weekday})\b[ \u00a0\u202f]*,?[ \u00a0\u202f]*)?(?:\ble[ \u00a0\u202f]+)?)"
    month = r"(?P<{}>[^\W\d_]{{3,10}})\.?"
    gap = r"[ \u00a0\u202f]+"
    day_first = (
        rf"{lead}(?<!\d)(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?{gap}(?:of{gap})?"
        rf"{month.format('m')},?{gap}(?P<y>\d{{4}})(?!\d)"
    )
    month_first = (
        rf"(?:(?P<lead2>\b(?:{weekday})\b,?{gap}))?\b{month.format('m2')}{gap}"
        rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?{gap}(?P<y2>\d{{4}})(?!\d)"
    )
    whole = re.compile(f"{day_first}|{month_first}", re.IGNORECASE)
    near = re.compile(
        rf"\b(?:{this}){gap}(?:(?P<w>{weekday})(?:,|{gap}){{1,2}})?(?P<d>\d{{1,2}})(?:er)?{gap}"
        rf"{month.format('m')}(?:{gap}(?P<y>\d{{4}}))?",
        re.IGNORECASE,
    )
    return whole, near


def days(text: str, span: Span) -> tuple[Day, ...]:
    """Return the whole days written within `span`, in order: « 3 avril 2025 », `02.04.2025`, « June 13, 2025 »."""
    years = [year.span() for year in _FOUR_DIGITS.finditer(text, span.start, span.end)]
    if not years and text.count("/", span.start, span.end) < 2:
        return ()
    whole, _ = _patterns()
    out = []
    done = span.start
    for start, end in years:
        match = whole.search(text, max(done, start - _BEFORE_YEAR), min(span.end, end + 1))
        if match is None:
            continue
        done = match.end()
        day, month, year = match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"]
        date = _date(int(year), _months().get(folded(month), 0), int(day))
        if date:
            out.append(Day(Span(*match.span()), date))
    for match in _NUMERIC.finditer(text, span.start, span.end):
        if match["y2"]:
            date = _date(
                (2000 if int(match["y2"]) < 70 else 1900) + int(match["y2"]), int(match["m2"]), int(match["d2"])
            )
        elif match["iso"]:
            date = _date(int(match["iso"]), int(match["iso_m"]), int(match["iso_d"]))
        else:
            date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        if date:
            out.append(Day(Span(*match.span()), date))
    return tuple(sorted(out, key=lambda found: found.span))


def url_day(url: str) -> dt.date | None:
    """Return the day an address holds (`/20250402/`, `/2025/04/02/`), or None."""
    for match in _URL_DAY.finditer(url[:2000]):
        date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        if date:
            return date
    return None


def day_said(text: str, header: dt.date | None) -> dt.date | None:
    """Return the day the text calls this one (« ce jeudi 3 avril »), or None when it names none or no clear year.

    `header` is the first day of the month a collection's header files the text under. Without a year beside the day,
    the year is that header's; without header, the only one from the latest year named in the text to the next in
    which the weekday fits. A weekday that contradicts the day leaves it out.
    """
    _, near = _patterns()
    found: set[dt.date] = set()
    for match in near.finditer(text[:20000]):
        month, weekday = _months().get(folded(match["m"]), 0), match["w"] and _weekdays()[folded(match["w"])]
        if match["y"]:
            years = [int(match["y"])]
        elif header is not None:
            years = [header.year, header.year - 1]
        elif weekday is not None:
            named = [int(y) for y in _YEAR.findall(text[:20000])]
            years = [max(named), max(named) + 1] if named else []
        else:
            years = []
        dates = [
            d
            for d in (_date(y, month, int(match["d"])) for y in years)
            if d and (weekday is None or d.weekday() == weekday)
        ]
        if header is not None:
            dates = [d for d in dates if -31 <= (header - d).days <= 62]
        if len(dates) == 1 or (dates and header is not None):
            found.add(dates[0])
    return found.pop() if len(found) == 1 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
