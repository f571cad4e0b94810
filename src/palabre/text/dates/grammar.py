"""Recognises calendar expressions: patterns over the letters of `lexicon.py`, each with the form it builds.

Longer and surer patterns come first; a word belongs to one expression only. Source of the approach: cascaded finite
patterns over word classes, as in HeidelTime (Strötgen and Gertz, 2010), written here over one letter a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from palabre.text.dates.forms import Block, Expression, Form, Holiday, Nth, Point, Range, Season, Shift
from palabre.text.dates.lexicon import Lexicon, Mark
from palabre.text.sieve import Sieve

Parts = dict[str, Any]
Builder = Callable[[Parts], Form | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over letters, with named groups, and what to build from the values of those groups.

    `order` keeps a rule to languages that write « 3 avril » (`day`), « April 3 » (`month`), or all (``); `lean` to
    texts that lean to the `future`. A rule without a builder takes words out of the reach of the others.
    """

    name: str
    pattern: re.Pattern[str]
    build: Builder | None
    order: str = ""
    lean: str = ""


_REL = r"(?:(?P<last>L)|(?P<next>X))"
_YEAR = r"(?:d?D?U?(?P<year>Y)|d(?:D(?P<msame>m)?|(?P<cur>T))?(?P<of>U)(?:(?P<yl>L)|(?P<yn>X)|(?P<told>t)|c)?)"
_DAY = r"(?P<day>[NoO])"


def _point(parts: Parts) -> Point | None:
    """Build a point from the groups `day`, `month`, `year`, `wd`, `last`, `next`, `this`, `of`, `part`."""
    day, shift = parts.get("day"), None
    if parts.get("iso"):
        year, month, *rest = parts["iso"]
        return _valid(Point(year, month, rest[0] if rest else None, parts.get("wd") if rest else None))
    if parts.get("of"):
        if parts["of"] != "year":
            return None
        if "told" in parts or "msame" in parts:
            return _valid(Point(None, parts.get("month"), day, parts.get("wd"), part=parts.get("part"), year_told=True))
        shift = -1 if "yl" in parts else 1 if "yn" in parts else 0
    direction = -1 if "last" in parts else 1 if "next" in parts else 0
    point = Point(
        parts.get("year") or parts.get("y2"),
        parts.get("month"),
        day,
        parts.get("wd"),
        direction,
        shift,
        "this" in parts,
        parts.get("part"),
    )
    return _valid(point)


def _weekday(parts: Parts) -> Form | None:
    """« hier, mercredi » is yesterday; « jeudi 48 heures » names no day of the month."""
    if "today" in parts:
        return Shift("day", parts["today"])
    if not 1 <= parts.get("day", 1) <= 31:
        parts = {k: v for k, v in parts.items() if k != "day"}
    if "foll" in parts:
        return Point(weekday=parts["wd"], from_text=True)
    if "later" in parts:
        return Point(weekday=parts["wd"], later=parts["later"])
    return _point(parts)


def _valid(point: Point) -> Point | None:
    if point.month is not None and not 1 <= point.month <= 12:
        return None
    longest = 31 if point.month in (None, 1, 3, 5, 7, 8, 10, 12) else 29 if point.month == 2 else 30
    if point.day is not None and not 1 <= point.day <= longest:
        return None
    return point


def _range(parts: Parts) -> Form | None:
    first = {k[:-1]: v for k, v in parts.items() if k.endswith("1")}
    last = {k: v for k, v in parts.items() if not k.endswith("1")}
    left, right = _point(first), _point(last)
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


def _relative(parts: Parts) -> Form | None:
    count = -1 if "last" in parts or "prev" in parts else 1 if "next" in parts or "foll" in parts else 0
    from_text = "prev" in parts or "foll" in parts or "there" in parts or "same" in parts
    unit = parts["unit"]
    if unit == "day" and count and not from_text:
        return None
    return Shift(unit, count, from_text, parts.get("part"))


def _ago(parts: Parts) -> Form | None:
    count, unit = parts["n"], parts["unit"]
    if unit not in ("day", "week", "month", "year"):
        return None
    if unit == "week":
        count, unit = 7 * count, "day"
    before = "ago" in parts or "earlier" in parts
    return Shift(unit, -count if before else count, "earlier" in parts or "later" in parts)


def _same_month(parts: Parts) -> Form | None:
    """« le même mois de l'an passé »: the month that the text has named, a year before."""
    return Shift("month", -12, from_text=True) if parts["unit"] == "month" else None


def _deictic(parts: Parts) -> Form | None:
    return Shift("day", parts["v"])


def _today(_: Parts) -> Form | None:
    """« ce matin », « cet après-midi »."""
    return Shift("day", 0)


def _deictic_text(parts: Parts) -> Form | None:
    return Shift("day", parts["v"], from_text=True)


def _digits(parts: Parts) -> Form | None:
    year = parts.get("year")
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    return _valid(Point(year, parts["month"], parts["day"]))


def _bare_day(parts: Parts) -> Form | None:
    """« le 3 avril à Paris, le 5 à Rome »: a day whose month the words before have given."""
    return _valid(Point(day=parts["day"]))


def _next_to(parts: Parts) -> Form | None:
    """« le lendemain du 13 février », « à la veille du 3 avril »: that day, shifted."""
    point = _point(parts)
    if point is None or point.day is None:
        return None
    return replace(point, week_shift=parts["v"])


def _nth(parts: Parts) -> Form | None:
    if "q" in parts:
        ordinal, months = parts["q"]
        return Nth(ordinal, "quarter" if months == 3 else "half", Point(parts["year"]))
    ordinal = -1 if "fin" in parts else parts["nth"]
    unit = parts["unit"]
    if unit not in ("quarter", "half", "fortnight", "week", "weekend", "day"):
        return None
    limit = {"quarter": 4, "half": 2, "fortnight": 2, "week": 5, "weekend": 5, "day": 31}.get(unit, 0)
    point = _point({k: v for k, v in parts.items() if k not in ("unit", "nth")})
    if not ordinal <= limit or point is None:
        return None
    if unit in ("fortnight", "week", "weekend", "day") and point.month is None:
        return None
    if ordinal == -1 and point.month is None and point.year is None and point.year_shift is None:
        return None
    return Nth(ordinal, unit, point)


def _first_months(parts: Parts) -> Form | None:
    """« les cinq premiers mois de l'année », « de 2021 »: from January on."""
    last = _point({**parts, "month": parts["n"]}) if parts["unit"] == "month" and 2 <= parts["n"] <= 12 else None
    return Range(Point(month=1), last) if last is not None else None


def _nth_weekday(parts: Parts) -> Form | None:
    ordinal = -1 if "fin" in parts else parts["nth"]
    of: Form | None
    if "unit" in parts:
        of = _relative(parts) if parts["unit"] == "month" else None
    else:
        of = _point({k: v for k, v in parts.items() if k not in ("wd", "nth")})
    return Nth(ordinal, "weekday", of, parts["wd"]) if isinstance(of, Point | Shift) and -1 <= ordinal <= 5 else None


def _weekday_of_week(parts: Parts) -> Form | None:
    if parts["unit"] != "week":
        return None
    shift = -1 if "last" in parts else 1 if "next" in parts or "foll" in parts else 0
    return Point(weekday=parts["wd"], week_shift=shift)


def _week_of(parts: Parts) -> Form | None:
    point = _point(parts)
    return Nth(0, "week", point) if parts["unit"] == "week" and point else None


def _decade(parts: Parts) -> Form | None:
    if parts.get("unit", "year") != "year":
        return None
    year = parts.get("decade") or parts.get("year")
    if year is None:
        year = 1900 + parts["n"] if parts["n"] >= 20 else None
    return Block(year, "decade") if year is not None and year % 10 == 0 else None


def _century(parts: Parts) -> Form | None:
    told = parts["unit"] == "century" and 1 <= parts["n"] <= 22
    return Block((parts["n"] - 1) * 100, "century") if told else None


def _season(parts: Parts) -> Form | None:
    direction = -1 if "last" in parts else 1 if "next" in parts else 0
    return Season(parts["season"], parts.get("year"), direction, "this" in parts)


def _holiday(parts: Parts) -> Form | None:
    return Holiday(parts["holiday"], parts.get("year"), -1 if "last" in parts else 1 if "next" in parts else 0)


def _year(parts: Parts) -> Form | None:
    if parts.get("unit", "year") != "year":
        return None
    return Point(parts["year"], part=parts.get("part"))


def _part_of(parts: Parts) -> Form | None:
    if parts["unit"] not in ("week", "month", "year", "quarter", "half", "decade"):
        return None
    shift = _relative(parts)
    return replace(shift, part=parts["part"]) if isinstance(shift, Shift) else None


def _rule(name: str, pattern: str, build: Builder | None, order: str = "", lean: str = "") -> Rule:
    return Rule(name, re.compile(pattern), build, order, lean)


_LEAD = r"(?:(?P<today>V),?)?(?:D?v,?)?D?(?P<this>T)?m?"
RULES: tuple[Rule, ...] = (
    # Habits and lengths of time: taken out first, they are no dates.
    _rule("habit", r"E[NnqO]?(?:[UpW]|D)(?:&?D?W)*G?", None),
    _rule("after day", r"D?(?P<v>v)dD?(?:(?P<wd>W),?)?" + _DAY + r"(?P<month>M)(?P<year>Y)?", _next_to, "day"),
    _rule("iso", _LEAD + r"(?:(?P<wd>W)G?,?)?D?(?P<iso>I)(?![-./]?[NY])", _point),
    _rule("week of", r"D?(?P<unit>U)d(?:(?P<wd>W),?)?" + _DAY + r"(?P<month>M)(?P<year>Y)?", _week_of, "day"),
    # What is said to an assistant: « 17 02 », « le 2/3 », « 24 12 14 ».
    _rule("digits", r"D?" + _DAY + r"/?(?P<month>N)(?:/?(?P<year>[YN]))?(?![/NY])", _digits, "day", "future"),
    _rule("short digits", r"(?:(?P<wd>W),?)?[Dda](?P<day>N)/(?P<month>N)(?![-/.NY])", _point, "day"),
    # From … to …
    _rule("day list", r"DW?(?P<day1>[No])(?:,W?N){1,5}&W?" + _DAY + r"(?P<month>M)(?P<year>Y)?", _range, "day"),
    _rule(
        "day range",
        r"[db]?D?(?:W,?)?(?P<day1>[NoO])(?:D?(?P<month1>M)(?P<year1>Y)?)?[a&-]D?(?:a?D?)(?:W,?)?"
        + _DAY
        + r"(?P<month>M)"
        r"(?:(?P<year>Y)|" + _REL + r")?",
        _range,
        "day",
    ),
    _rule(
        "day range",
        r"[db]?D?(?:W,?)?(?P<day1>[No])d?(?P<month1>M)?[a&-]D?(?:W,?)?(?P<day>[No])d?(?P<month>M)(?:,?(?P<year>Y))?",
        _range,
        "month",
    ),
    _rule(
        "day range",
        r"[db]?(?P<month1>M)(?P<day1>[No])(?:,?(?P<year1>Y),?)?[a&-](?P<month>M)?(?P<day>[No])(?!M)(?:,?(?P<year>Y))?",
        _range,
        "month",
    ),
    _rule(
        "day",
        _LEAD + r"(?:(?P<wd>W)G?,?)?D?" + _DAY + r"d?(?P<month>M)" + rf"(?:{_YEAR}|,(?P<y2>Y)(?=[|]|$))?{_REL}?",
        _point,
        "day",
    ),
    _rule("day", _LEAD + r"(?:(?P<wd>W),?)?D?" + _DAY + r"d?(?P<month>M)(?:,?(?P<year>Y))?", _point, "month"),
    _rule("day", _LEAD + r"(?:(?P<wd>W),?)?(?P<month>M)" + r"(?P<day>[No])(?:,?(?P<year>Y))?", _point, "month"),
    _rule("month range", r"b(?P<month1>M)(?:d?(?P<year1>Y))?&(?P<month>M)(?:d?(?P<year>Y)|" + _REL + ")?", _range),
    _rule("month range", r"d?(?P<month1>M)(?:d?(?P<year1>Y))?[-a](?P<month>M)(?:d?(?P<year>Y)|" + _REL + ")?", _range),
    _rule("year range", r"b(?:D?U)?(?P<year1>Y)&(?P<year>Y)", _range),
    _rule("year range", r"d?(?:D?U)?(?P<year1>Y)[-a/](?P<year>Y)(?![-/NY])", _range),
    _rule("year range", r"(?P<year1>Y)[-/](?P<year>N)(?![-/NY])", _range),
    # Weeks, fortnights, quarters, halves, nth days
    _rule("quarter", r"(?P<q>Q)(?P<year>Y)", _nth),
    _rule(
        "nth weekday",
        r"D?(?:(?P<nth>[Oo])|(?P<fin>L))(?P<wd>W)d?D?(?:U?d?(?P<month>M)(?P<year>Y)?|(?P<unit>U)" + _REL + ")",
        _nth_weekday,
    ),
    _rule("nth", r"D?(?:(?P<nth>[Oo])|(?P<fin>L))(?P<unit>U)(?:d?D?U?d?(?P<month>M))?" + rf"(?:{_YEAR})?", _nth),
    _rule("months", rf"D(?P<n>[Nn])O(?P<unit>U)(?:{_YEAR}|d[DT]U)", _first_months, "day"),
    _rule("week day", r"(?P<wd>W)G?(?:d?[DT]?)(?P<unit>U)(?:" + _REL + r"|(?P<foll>f))?", _weekday_of_week),
    # Parts of months and years
    _rule(
        "month",
        r"(?:D?(?P<part>P)(?:d?[DT]?(?:Ud?)?)?|[DT]?Ud)?(?P<this>T)?m?(?P<month>M)" + rf"(?:{_YEAR})?{_REL}?",
        _point,
        "day",
    ),
    _rule(
        "month",
        r"(?P<part>P)?(?:(?P<last>L)|(?P<next>X)|(?P<this>T))?(?P<month>M)" + rf",?(?:{_YEAR})?",
        _point,
        "month",
    ),
    _rule("part of", r"D?(?P<part>P)d?[DT]?(?P<unit>U)(?:" + _REL + r"|c)?(?!Y)", _part_of),
    _rule("year", r"D?(?P<part>P)-?(?:d?D?U?)(?P<year>Y)(?![-/][YN])", _year),
    # Decades, centuries, seasons, feasts
    _rule("decade", r"D?(?:Pd)?D?(?P<unit>p)(?P<year>Y)", _decade),
    _rule("decade", r"D(?P<unit>p)(?P<n>[Nn])(?![NnUpq])", _decade),
    _rule("decade", r"D?(?P<decade>C)", _decade),
    _rule("century", r"D?(?P<n>[Ro])(?P<unit>U)", _century),
    _rule("season", r"(?:D|(?P<this>T))(?P<season>S)(?:d?(?P<year>Y)|" + _REL + ")?", _season),
    _rule("season", r"(?P<season>S)(?:d?(?P<year>Y))", _season),
    _rule("season", _REL + r"(?P<season>S)", _season, "month"),
    _rule("holiday", r"D?(?P<holiday>H)(?:(?P<year>Y)|" + _REL + ")?", _holiday),
    # Away from today, or from a day of the text
    _rule("ago", r"(?P<ago>A)(?P<n>[NnO])(?P<unit>[Up])", _ago, "day"),
    _rule("ago", r"(?P<n>[Nn])(?P<unit>[Up])(?P<ago>B)", _ago),
    _rule("in", r"i(?P<n>[Nn])(?P<unit>[Up])", _ago),
    _rule("later", r"(?P<n>[Nn])(?P<unit>[Up])(?:(?P<later>z|Z(?=[,.|]|$))|(?P<earlier>y))", _ago),
    _rule("length", r"[DTE]?[Nnq]?[lxLX]?[p]|D?[Nn][lxLX]?[UpS]|D[lx]U|[Nnq][lxLX]?[Up]", None),
    _rule("unit", r"a(?P<unit>U)" + _REL, _relative, "day"),
    _rule("unit", r"[Da]?(?P<same>m)(?P<unit>U)dD?U(?P<yl>L)", _same_month, "day"),
    _rule("unit", r"(?:D|(?P<cur>T))(?P<unit>U)(?:" + _REL + r"|(?P<foll>f)|(?P<prev>g)|c)", _relative),
    _rule("unit", r"(?:(?P<last>L)|(?P<next>X))(?P<unit>U)", _relative, "month"),
    _rule("unit", r"T(?P<unit>U)(?P<there>t)", _relative),
    _rule("unit", r"D(?P<same>m)(?P<unit>U)", _relative),
    _rule("unit", r"T(?P<same>m)(?P<unit>U)", _relative),
    _rule("unit", r"T(?P<unit>U)h?(?!Y)", _relative),
    # Days of the week
    _rule("weekday range", r"[db]?(?P<wd1>W)G?[a&-](?P<wd>W)G?(?:" + _REL + ")?(?!N)", _range),
    _rule(
        "weekday",
        r"(?:(?P<today>V),?)?(?:D?v,?)?D?(?P<this>T)?m?(?P<wd>W)(?P<day>[No])?(?!M)G?(?:"
        + _REL
        + r"|(?P<foll>f)|(?P<later>w))?",
        _weekday,
        "day",
    ),
    _rule("weekday", r"(?:(?P<today>V),?)?(?:(?P<this>T)|(?P<last>L)|(?P<next>X))?(?P<wd>W)(?!M)G?", _weekday, "month"),
    _rule("bare day", r"D(?P<day>[No])(?=[|,.a&)]|$)", _bare_day, "day"),
    _rule("from text", r"D?(?P<v>v)G?", _deictic_text),
    _rule("deictic", r"(?P<v>V)G?", _deictic),
    _rule("unit", r"TG", _today),
    _rule("year", r"[DT]?(?P<unit>U)(?P<year>Y)(?![-/][YN])", _year),
    _rule("year", r"(?P<year>Y)", _year),
)


@lru_cache(maxsize=1)
def _sieve() -> Sieve:
    return Sieve([rule.pattern.pattern for rule in RULES])


def recognise(marks: Sequence[Mark], lex: Lexicon, lean: str = "past") -> list[Expression]:
    """Return the expressions found among `marks`, in order, none overlapping another; years may yet be refused."""
    letters = "".join(m.letter for m in marks)
    taken = bytearray(len(letters))
    out: list[Expression] = []
    order = "month" if lex.month_first else "day"
    for place in _sieve().worth_trying(letters):
        rule = RULES[place]
        if (rule.order and rule.order != order) or (rule.lean and rule.lean != lean):
            continue
        for match in rule.pattern.finditer(letters):
            start, end = match.span()
            if start == end or any(taken[start:end]):
                continue
            if rule.build is None:
                taken[start:end] = b"\1" * (end - start)
                continue
            parts = {n: _value(marks[match.start(n)]) for n in match.groupdict() if match.start(n) >= 0}
            parts["letters"] = match.group()
            form = rule.build(parts)
            if form is None:
                continue
            taken[start:end] = b"\1" * (end - start)
            out.append(Expression(marks[start].start, marks[end - 1].end, form, rule.name, start, end - 1))
    out.sort(key=lambda e: e.start)
    return out


def _value(mark: Mark) -> Any:
    return mark.value if mark.value is not None else mark.norm
