"""Dates as people type them, to the EDTF that records hold: `2025-06`, « 3 avril 2025 », « avril 2025 », `03/04/2025`.

Only what can be read in one way: a day comes before its month, as the interface writes it in either language.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from babel.dates import get_month_names

from palabre.lang.interface import INTERFACES
from palabre.model.edtf import parse_or_none
from palabre.text.names import fold

_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d]+)\.? (\d{4})")


def typed_date(typed: str) -> str | None:
    """Return the EDTF of a date as typed, None for what is none."""
    value = " ".join(typed.split())
    if parse_or_none(value) is not None:
        return value
    if found := _FIGURES.fullmatch(value):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(value):
        month = _months().get(fold(found[2]))
        if month is not None:
            return _day(int(found[3]), month, int(found[1])) if found[1] else f"{found[3]}-{month:02}"
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the number of each month by its names, whole and short, in the languages of the interface."""
    out: dict[str, int] = {}
    for lang in INTERFACES:
        for width in ("wide", "abbreviated"):
            out |= {fold(name.rstrip(".")): number for number, name in get_month_names(width, locale=lang).items()}
    return out
