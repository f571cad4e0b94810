"""Recognises calendar expressions: patterns over the letters of `lexicon.py`, each with the form it builds.

Longer and surer patterns come first; a word belongs to one expression only. Source of the approach: cascaded finite
patterns over word classes, as in HeidelTime (Strötgen and Gertz, 2010), written here over one letter a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from palabre.text.dates import builders
from palabre.text.dates.builders import Parts
from palabre.text.dates.forms import Expression, Form
from palabre.text.dates.lexicon import Lexicon, Mark
from palabre.text.sieve import Sieve

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
_YEAR = (
    r"(?:d?D?U?(?P<year>Y)|d(?:D(?P<msame>m)?|(?P<cur>T))?(?P<of>U)"
    r"(?:(?P<yl>L)|(?P<yn>X)|(?P<told>t)|(?P<yf>f)|(?P<yg>g)|c)?)"
)
_DAY = r"(?P<day>[NoO])"


def _rule(name: str, pattern: str, build: Builder | None, order: str = "", lean: str = "") -> Rule:
    return Rule(name, re.compile(pattern), build, order, lean)


_LEAD = r"(?:(?P<today>V),?)?(?:D?v,?)?D?(?P<this>T)?m?"
RULES: tuple[Rule, ...] = (
    # Habits and lengths of time: taken out first, they are no dates.
    _rule("habit", r"E[NnqO]?(?:[UpW]|D)(?:&?D?W)*G?", None),
    _rule("after day", r"D?(?P<v>v)dD?(?:(?P<wd>W),?)?" + _DAY + r"(?P<month>M)(?P<year>Y)?", builders.next_to, "day"),
    _rule("iso", _LEAD + r"(?:(?P<wd>W)G?,?)?D?(?P<iso>I)(?![-./]?[NY])", builders.point),
    _rule("week of", r"D?(?P<unit>U)d(?:(?P<wd>W),?)?" + _DAY + r"(?P<month>M)(?P<year>Y)?", builders.week_of, "day"),
    # What is said to an assistant: « 17 02 », « le 2/3 », « 24 12 14 ».
    _rule("digits", r"D?" + _DAY + r"/?(?P<month>N)(?:/?(?P<year>[YN]))?(?![/NY])", builders.digits, "day", "future"),
    _rule("short digits", r"(?:(?P<wd>W),?)?[Dda](?P<day>N)/(?P<month>N)(?![-/.NYM])", builders.point, "day"),
    # From … to …
    _rule(
        "day list", r"DW?(?P<day1>[No])(?:,W?N){1,5}&W?" + _DAY + r"(?P<month>M)(?P<year>Y)?", builders.interval, "day"
    ),
    _rule(
        "day range",
        r"[db]?D?(?:W,?)?(?P<day1>[NoO])(?:D?(?P<month1>M)(?P<year1>Y)?)?[a&/-]D?(?:a?D?)(?:W,?)?"
        + _DAY
        + r"(?P<month>M)"
        r"(?:(?P<year>Y)|" + _REL + r")?",
        builders.interval,
        "day",
    ),
    _rule(
        "day range",
        r"[db]?D?(?:W,?)?(?P<day1>[No])d?(?P<month1>M)?[a&-]D?(?:W,?)?(?P<day>[No])d?(?P<month>M)(?:,?(?P<year>Y))?",
        builders.interval,
        "month",
    ),
    _rule(
        "day range",
        r"[db]?(?P<month1>M)(?P<day1>[No])(?:,?(?P<year1>Y),?)?[a&-](?P<month>M)?(?P<day>[No])(?!M)(?:,?(?P<year>Y))?",
        builders.interval,
        "month",
    ),
    _rule(
        "day",
        _LEAD + r"(?:(?P<wd>W)G?,?)?D?" + _DAY + r"d?(?P<month>M)" + rf"(?:{_YEAR}|,(?P<y2>Y)(?=[|]|$))?{_REL}?",
        builders.point,
        "day",
    ),
    _rule("day", _LEAD + r"(?:(?P<wd>W),?)?D?" + _DAY + r"d?(?P<month>M)(?:,?(?P<year>Y))?", builders.point, "month"),
    _rule("day", _LEAD + r"(?:(?P<wd>W),?)?(?P<month>M)" + r"(?P<day>[No])(?:,?(?P<year>Y))?", builders.point, "month"),
    _rule("day", r"(?P<month>M)(?P<day>[No]),(?P<year>Y)", builders.point, "day"),
    _rule(
        "month range",
        r"bD?P?(?P<month1>M)(?:d?(?P<year1>Y))?&D?P?(?P<month>M)(?:d?(?P<year>Y)|" + _REL + ")?",
        builders.interval,
    ),
    _rule(
        "month range",
        r"d?P?(?P<month1>M)(?:d?(?P<year1>Y))?[-a/]P?(?P<month>M)(?:d?(?P<year>Y)|" + _REL + ")?",
        builders.interval,
    ),
    _rule("year range", r"b(?:D?U|D?P)?(?P<year1>Y)&(?:D?P)?(?P<year>Y)", builders.interval),
    _rule("year range", r"d?P(?P<year1>Y)[-a]P(?P<year>Y)(?![-/NY])", builders.interval),
    _rule("year range", r"d?(?:D?U)?(?P<year1>Y)[-a/](?P<year>Y)(?![-/NY])", builders.interval),
    _rule("year range", r"(?P<year1>Y)[-/](?P<year>N)(?![-/NY])", builders.interval),
    # Weeks, fortnights, quarters, halves, nth days
    _rule("quarter", r"(?P<q>Q)(?P<year>Y)", builders.nth),
    _rule(
        "nth weekday",
        r"D?(?:(?P<nth>[Oo])|(?P<fin>L))(?P<wd>W)d?D?(?:U?d?(?P<month>M)(?P<year>Y)?|(?P<unit>U)" + _REL + ")",
        builders.nth_weekday,
    ),
    _rule(
        "nth", r"D?(?:(?P<nth>[Oo])|(?P<fin>L))(?P<unit>U)(?:d?D?U?d?(?P<month>M))?" + rf"(?:{_YEAR})?", builders.nth
    ),
    _rule("months", rf"D(?P<n>[Nn])O(?P<unit>U)(?:{_YEAR}|d[DT]U)", builders.first_months, "day"),
    _rule("week day", r"(?P<wd>W)G?(?:d?[DT]?)(?P<unit>U)(?:" + _REL + r"|(?P<foll>f))?", builders.weekday_of_week),
    # Parts of months and years
    _rule(
        "month",
        r"(?:D?(?P<part>P)(?:d?[DT]?(?:Ud?)?)?|[DT]?Ud)?(?P<this>T)?m?(?P<month>M)" + rf"(?:{_YEAR})?{_REL}?",
        builders.point,
        "day",
    ),
    _rule(
        "month",
        r"(?P<part>P)?(?:(?P<last>L)|(?P<next>X)|(?P<this>T))?(?P<month>M)" + rf",?(?:{_YEAR})?",
        builders.point,
        "month",
    ),
    _rule("part of", r"D?(?P<part>P)d?[DT]?(?P<unit>U)(?:" + _REL + r"|c)?(?!Y)", builders.part_of),
    _rule("year", r"D?(?P<part>P)-?(?:d?D?U?)(?P<year>Y)(?![-/][YN])", builders.year),
    # Decades, centuries, seasons, feasts
    _rule("decade", r"D?(?:Pd)?[Dd]?(?P<unit>p)(?P<year>Y)", builders.decade),
    _rule("decade", r"D?(?:Pd)?[Dd](?P<unit>[Up])(?P<n>[Nn])(?![NnUpq])", builders.decade),
    _rule("decade", r"D(?P<unit>U)(?P<year>Y)(?![-/][YN])", builders.decade),
    _rule("decade", r"D?(?P<decade>C)", builders.decade),
    _rule("century", r"D?(?P<n>[Ro])(?P<unit>U)", builders.century),
    _rule("season", r"(?:[Da]|(?P<this>T))(?P<season>S)(?:d?(?P<year>Y)|" + _REL + ")?", builders.season),
    _rule("season", r"(?P<season>S)(?:d?(?P<year>Y))", builders.season),
    _rule("season", _REL + r"(?P<season>S)", builders.season, "month"),
    _rule("holiday", r"D?(?P<holiday>H)(?:(?P<year>Y)|" + _REL + ")?", builders.holiday),
    # Away from today, or from a day of the text
    _rule("ago", r"(?P<ago>A)(?P<n>[NnO])(?P<unit>[Up])", builders.ago, "day"),
    _rule("ago", r"(?P<n>[Nn])(?P<unit>[Up])(?P<ago>B)", builders.ago),
    _rule("in", r"i(?P<n>[Nn])(?P<unit>[Up])", builders.ago),
    _rule("later", r"(?P<n>[Nn])(?P<unit>[Up])(?:(?P<later>z|Z(?=[,.|]|$))|(?P<earlier>y))", builders.ago),
    _rule("length", r"[DTE]?[Nnq]?[lxLX]?[p]|D?[Nn][lxLX]?[UpS]|D[lx]U|[Nnq][lxLX]?[Up]", None),
    _rule("unit", r"a(?P<unit>U)" + _REL, builders.relative, "day"),
    _rule("unit", r"[Da]?(?P<same>m)(?P<unit>U)dD?U(?P<yl>L)", builders.same_month, "day"),
    _rule(
        "day of month",
        r"D(?P<day>[No])(?:d(?:D?(?P<same>m))?(?P<unit>U)(?:" + _REL + r"|c|P)?|(?P<part>P)(?=[|,.)a_]|$))(?!M)",
        builders.day_of_month,
        "day",
    ),
    _rule("unit", r"(?:[Dd]|(?P<cur>T))(?P<unit>U)(?:" + _REL + r"|(?P<foll>f)|(?P<prev>g)|c)", builders.relative),
    _rule("unit", r"(?:(?P<last>L)|(?P<next>X))(?P<unit>U)", builders.relative, "month"),
    _rule("unit", r"T(?P<unit>U)(?P<there>t)", builders.relative),
    _rule("unit", r"D(?P<same>m)(?P<unit>U)", builders.relative),
    _rule("unit", r"T(?P<same>m)(?P<unit>U)", builders.relative),
    _rule("unit", r"T(?P<unit>U)h?(?!Y)", builders.relative),
    # Days of the week
    _rule("weekday range", r"[db]?(?P<wd1>W)G?[a&-](?P<wd>W)G?(?:" + _REL + ")?(?!N)", builders.interval),
    _rule(
        "weekday",
        r"(?:(?P<today>V),?)?(?:D?v,?)?D?(?P<this>T)?m?(?P<wd>W)(?P<day>[No])?(?!M)G?(?:"
        + _REL
        + r"|(?P<foll>f)|(?P<later>w))?",
        builders.weekday,
        "day",
    ),
    _rule(
        "weekday",
        r"(?:(?P<today>V),?)?(?:(?P<this>T)|(?P<last>L)|(?P<next>X))?(?P<wd>W)(?!M)G?",
        builders.weekday,
        "month",
    ),
    _rule("bare day", r"D(?P<day>[No])(?=[|,.a&)]|$)", builders.bare_day, "day"),
    _rule("from text", r"D?(?P<v>v)G?", builders.deictic_text),
    _rule("deictic", r"(?P<v>V)G?", builders.deictic),
    _rule("unit", r"TG", builders.today),
    _rule("year", r"[DT]?(?P<unit>U)(?P<year>Y)(?![-/][YN])", builders.year),
    _rule("year", r"(?P<year>Y)", builders.year),
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
