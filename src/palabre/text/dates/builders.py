"""Builds the unresolved form of an expression from the words that a pattern of the grammar has named.

Each builder takes the values of the pattern's groups and gives a form, or None when the words cannot be that date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from palabre.text.dates.forms import Block, Form, Holiday, Nth, Point, Range, Season, Shift

Parts = dict[str, Any]


def point(parts: Parts) -> Point | None:
    """Build a point from the groups `day`, `month`, `year`, `wd`, `last`, `next`, `this`, `of`, `part`."""
    day, shift = parts.get("day"), None
    if parts.get("iso"):
        year, month, *rest = parts["iso"]
        return _valid(Point(year, month, rest[0] if rest else None, parts.get("wd") if rest else None))
    if parts.get("of"):
        if parts["of"] != "year":
            return None
        if parts.keys() & {"told", "msame", "yf", "yg"}:
            # « en mai de la même année », « de l'année suivante »
            shift = -1 if "yg" in parts else 1 if "yf" in parts else None
            told = Point(None, parts.get("month"), day, parts.get("wd"), year_shift=shift, year_told=True)
            return _valid(replace(told, part=parts.get("part")))
        shift = -1 if "yl" in parts else 1 if "yn" in parts else 0
    direction = -1 if "last" in parts else 1 if "next" in parts else 0
    named = Point(
        parts.get("year") or parts.get("y2"),
        parts.get("month"),
        day,
        parts.get("wd"),
        direction,
        shift,
        "this" in parts,
        parts.get("part"),
    )
    return _valid(named)


def weekday(parts: Parts) -> Form | None:
    """« hier, mercredi » is yesterday; « jeudi 48 heures » names no day of the month."""
    if "today" in parts:
        return Shift("day", parts["today"])
    if not 1 <= parts.get("day", 1) <= 31:
        parts = {k: v for k, v in parts.items() if k != "day"}
    if "foll" in parts:
        return Point(weekday=parts["wd"], from_text=True)
    if "later" in parts:
        return Point(weekday=parts["wd"], later=parts["later"])
    return point(parts)


def _valid(point: Point) -> Point | None:
    if point.month is not None and not 1 <= point.month <= 12:
        return None
    longest = 31 if point.month in (None, 1, 3, 5, 7, 8, 10, 12) else 29 if point.month == 2 else 30
    if point.day is not None and not 1 <= point.day <= longest:
        return None
    return point


def interval(parts: Parts) -> Form | None:
    """« du 3 au 5 avril », « les 3 et 4 avril », « 2015-2020 »: the groups that end in 1 are the first point."""
    first = {k[:-1]: v for k, v in parts.items() if k.endswith("1")}
    last = {k: v for k, v in parts.items() if not k.endswith("1")}
    left, right = point(first), point(last)
    if left is None or right is None:
        return None
    if right.day is not None and right.month is None:
        right = replace(right, month=left.month)
    if right.day is None and right.month is None and right.year is not None and right.year < 100:
        right = replace(right, year=(left.year or 0) // 100 * 100 + right.year)
    if left.year and right.year and (left.year, left.month or 0) > (right.year, right.month or 12):
        return None
    letters = parts["letters"]
    return Range(left, right, listed="&" in letters and not letters.startswith("b"))


def relative(parts: Parts) -> Form | None:
    """« le mois prochain », « cette année », « la semaine suivante »."""
    count = -1 if "last" in parts or "prev" in parts else 1 if "next" in parts or "foll" in parts else 0
    from_text = "prev" in parts or "foll" in parts or "there" in parts or "same" in parts
    unit = parts["unit"]
    if unit == "day" and count and not from_text:
        return None
    return Shift(unit, count, from_text, parts.get("part"))


def ago(parts: Parts) -> Form | None:
    """« il y a trois ans », « dans deux mois », « un an plus tard »."""
    count, unit = parts["n"], parts["unit"]
    if unit not in ("day", "week", "month", "year"):
        return None
    if unit == "week":
        count, unit = 7 * count, "day"
    before = "ago" in parts or "earlier" in parts
    return Shift(unit, -count if before else count, "earlier" in parts or "later" in parts)


def same_month(parts: Parts) -> Form | None:
    """« le même mois de l'an passé »: the month that the text has named, a year before."""
    return Shift("month", -12, from_text=True) if parts["unit"] == "month" else None


def deictic(parts: Parts) -> Form | None:
    """« hier », « demain »."""
    return Shift("day", parts["v"])


def today(_: Parts) -> Form | None:
    """« ce matin », « cet après-midi »."""
    return Shift("day", 0)


def deictic_text(parts: Parts) -> Form | None:
    """« la veille », « le lendemain »."""
    return Shift("day", parts["v"], from_text=True)


def digits(parts: Parts) -> Form | None:
    """« 24 12 14 »."""
    year = parts.get("year")
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    return _valid(Point(year, parts["month"], parts["day"]))


def bare_day(parts: Parts) -> Form | None:
    """« le 3 avril à Paris, le 5 à Rome »: a day whose month the words before have given."""
    return _valid(Point(day=parts["day"]))


def next_to(parts: Parts) -> Form | None:
    """« le lendemain du 13 février », « à la veille du 3 avril »: that day, shifted."""
    day = point(parts)
    if day is None or day.day is None:
        return None
    return replace(day, week_shift=parts["v"])


def nth(parts: Parts) -> Form | None:
    """« au premier trimestre », « T3 2023 », « la dernière semaine de mai »."""
    if "q" in parts:
        ordinal, months = parts["q"]
        return Nth(ordinal, "quarter" if months == 3 else "half", Point(parts["year"]))
    ordinal = -1 if "fin" in parts else parts["nth"]
    unit = parts["unit"]
    if unit not in ("quarter", "half", "fortnight", "week", "weekend", "day"):
        return None
    limit = {"quarter": 4, "half": 2, "fortnight": 2, "week": 5, "weekend": 5, "day": 31}.get(unit, 0)
    of = point({k: v for k, v in parts.items() if k not in ("unit", "nth")})
    if not ordinal <= limit or of is None:
        return None
    if unit in ("fortnight", "week", "weekend", "day") and of.month is None:
        return None
    if ordinal == -1 and of.month is None and of.year is None and of.year_shift is None:
        return None
    return Nth(ordinal, unit, of)


def day_of_month(parts: Parts) -> Form | None:
    """« le 12 du mois dernier », « le 5 courant »."""
    if parts.get("unit", "month") != "month" or parts.get("part", "whole") != "whole":
        return None
    count = -1 if "last" in parts else 1 if "next" in parts else 0
    return Nth(parts["day"], "day", Shift("month", count, from_text="same" in parts))


def first_months(parts: Parts) -> Form | None:
    """« les cinq premiers mois de l'année », « de 2021 »: from January on."""
    last = point({**parts, "month": parts["n"]}) if parts["unit"] == "month" and 2 <= parts["n"] <= 12 else None
    return Range(Point(month=1), last) if last is not None else None


def nth_weekday(parts: Parts) -> Form | None:
    """« le premier lundi de mai »."""
    ordinal = -1 if "fin" in parts else parts["nth"]
    of: Form | None
    if "unit" in parts:
        of = relative(parts) if parts["unit"] == "month" else None
    else:
        of = point({k: v for k, v in parts.items() if k not in ("wd", "nth")})
    return Nth(ordinal, "weekday", of, parts["wd"]) if isinstance(of, Point | Shift) and -1 <= ordinal <= 5 else None


def weekday_of_week(parts: Parts) -> Form | None:
    """« lundi de la semaine prochaine »."""
    if parts["unit"] != "week":
        return None
    shift = -1 if "last" in parts else 1 if "next" in parts or "foll" in parts else 0
    return Point(weekday=parts["wd"], week_shift=shift)


def week_of(parts: Parts) -> Form | None:
    """« la semaine du 6 octobre »."""
    day = point(parts)
    return Nth(0, "week", day) if parts["unit"] == "week" and day else None


def decade(parts: Parts) -> Form | None:
    """« les années 1990 », « les années 90 », « la décennie 2010 »."""
    several = "C" in parts["letters"] or "p" in parts["letters"]
    if parts.get("unit", "year") != ("year" if several else "decade"):
        return None
    year = parts.get("decade") or parts.get("year")
    if year is None:
        year = 1900 + parts["n"] if parts["n"] >= 20 else None
    return Block(year, "decade") if year is not None and year % 10 == 0 else None


def century(parts: Parts) -> Form | None:
    """« le XXe siècle »."""
    told = parts["unit"] == "century" and 1 <= parts["n"] <= 22
    return Block((parts["n"] - 1) * 100, "century") if told else None


def season(parts: Parts) -> Form | None:
    """« cet été », « l'hiver 2020 »."""
    direction = -1 if "last" in parts else 1 if "next" in parts else 0
    return Season(parts["season"], parts.get("year"), direction, "this" in parts)


def holiday(parts: Parts) -> Form | None:
    """« à Noël », « Pâques 2024 »."""
    return Holiday(parts["holiday"], parts.get("year"), -1 if "last" in parts else 1 if "next" in parts else 0)


def year(parts: Parts) -> Form | None:
    """« en 2024 », « l'année 2024 »."""
    if parts.get("unit", "year") != "year":
        return None
    return Point(parts["year"], part=parts.get("part"))


def part_of(parts: Parts) -> Form | None:
    """« la fin de l'année », « en début de semaine »."""
    if parts["unit"] not in ("week", "month", "year", "quarter", "half", "decade"):
        return None
    shift = relative(parts)
    return replace(shift, part=parts["part"]) if isinstance(shift, Shift) else None
