"""Figures claimed: amounts, multiples, percentages and counts, with their unit, what they measure and who says so.

A claim is kept as a claim: nothing is added up, converted or compared here. Dates, years and rankings are no figures.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import Line
from palabre.lang.pack import pack_for, table
from palabre.model.annotations import FigureClaim

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading

_DIGITS = r"\d{1,3}(?:[   .,']\d{3})+(?:[.,]\d{1,3})?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"
_BEFORE = 24
"""Code points before a figure in which « plus de » or « environ » may stand."""
_ALL_ONE = 3
"""Amounts of one money after which a sum without a name is taken to be of that money."""
_SMALL = 10
_HUNDRED = 100
_MANY = 1000
_YEARS = 2200
"""Below this, a number in bare digits may be a year."""
_EDGES = ' ,;:.()«»"“”-–•'
_CLAUSES = re.compile(r"[;:«»\"()]|, ")
_JOINTS = re.compile(r"[;:«»\"]|, |\) (?:et|and) |\) |^(?:et|and) ")
_BACK = 5
"""Clauses before a figure in which what it measures is looked for."""
_WORDS = 12
"""Words that « what it measures » is cut to."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    currencies: Mapping[str, str]
    prefixes: Mapping[str, str]
    verbs: Mapping[str, float]
    divide: frozenset[str]
    approximate: tuple[tuple[str, str], ...]
    after_about: tuple[str, ...]
    decimal: str
    light: frozenset[str]
    stop: re.Pattern[str]
    of: re.Pattern[str]
    never: re.Pattern[str]
    short: frozenset[str]
    rounded: frozenset[str]
    said_of: re.Pattern[str]
    sums: frozenset[str]
    no_things: frozenset[str]
    naming: frozenset[str]
    opening: frozenset[str]
    measured: frozenset[str]
    parts: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


@lru_cache(maxsize=8)
def _lexicon(lang: str) -> _Lexicon | None:
    data = table(lang, "figures")
    if not data:
        return None
    prefixes = data.get("prefixes", {})
    words = _any(list(data["numbers"]))
    number = rf"(?:{_DIGITS}|(?:{words})(?:[- ](?:et )?(?:{words}))*(?![\w-]))"
    money = rf"(?:de |d')?(?P<currency>{_any(list(data['currencies']))})(?!\w)"
    counted = rf"(?:(?:de |d')|[a-zà-ÿ-]{{2,14}} )?(?P<thing>{_any(data['counts']['things'])})(?!\w)"
    many = rf"(?:(?:{_any(data['counts'].get('adjectives', []))}) )*(?P<many>[a-zà-ÿœ'-]{{3,}}[sx])(?!\w)"
    linked = data.get("linked", "")
    multiples = data["multiples"]
    half = rf"(?P<half> {data.get('half', '(?!)')}(?!\w))?"
    pattern = re.compile(
        rf"(?<![\w.,-])(?:(?P<by>{multiples['by']}) (?P<factor>{number})"
        rf"|(?P<verb>{_any(list(multiples['verbs']))})(?!\w)"
        rf"|(?P<prefix>{_any(list(prefixes))}) ?(?P<sum>{number})(?: ?(?P<psum>{_any(list(data['scales']))})(?!\w))?"
        rf"|(?P<number>{number})(?: ?{linked}(?P<scale>{_any(list(data['scales']))})(?!\w){half})?"
        rf" ?(?:(?P<percent>{data['percent']['words']})|(?P<times>{multiples['times']})|{money}|{counted}|{many}"
        r"|(?P<bare>)))"
    )
    approximate = [(w, k) for k in ("more_than", "less_than", "about") for w in data["approximate"][k]]
    return _Lexicon(
        pattern,
        {k: float(v) for k, v in data["numbers"].items()},
        {k: float(v) for k, v in data["scales"].items()},
        data["currencies"],
        prefixes,
        {k: float(v) for k, v in multiples["verbs"].items()},
        frozenset(multiples["divide"]),
        tuple(sorted(approximate, key=lambda p: -len(p[0]))),
        tuple(data["approximate"]["after_about"]),
        data["decimal"],
        frozenset(data["measures"]["light"]),
        re.compile(data["measures"]["stop"]),
        re.compile(data["measures"]["of"]),
        re.compile(rf"(?:{data['measures']['never']})(?!\w)"),
        frozenset(data["short_scales"]),
        frozenset(data["approximate"].get("rounded", ())),
        re.compile(rf" ?{data['measures']['partitive']}(?P<thing>[a-zà-ÿœ-]{{3,}})"),
        frozenset(data["measures"]["sums"]),
        frozenset(data["counts"].get("never", ())),
        frozenset(data["counts"].get("naming", ())),
        frozenset(data["measures"].get("opening", ())),
        frozenset(data["counts"].get("measured", ())),
        re.compile(rf"(?:{words})(?![^\W_])"),
    )


def find_figures(reading: Reading, found: Annotations) -> tuple[FigureClaim, ...]:
    """Return the figures a text claims, sorted by span, none overlapping another or a date.

    `found` holds dates, quotes and statements. An amount's unit is an ISO 4217 code where the words tell it, else the
    words; a count's unit is the thing counted; percentages have `%`, multiples no unit.
    """
    lex = _lexicon(pack_for(reading.lang))
    if lex is None:
        return ()
    dates = sorted(d.span for d in found.dates)
    starts = [d.start for d in dates]
    out: list[FigureClaim] = []
    money: str | None = None
    block = -1
    sums: list[str] = []
    for sentence in reading.sentences:
        line = Line.of(reading, sentence)
        # « 175 millions de dollars … La deuxième apporte 130 millions »: a paragraph names its money once.
        money, block = (money if sentence.block == block else None), sentence.block
        for match in lex.pattern.finditer(line.norm):
            claim = _claim(line, match, lex, money)
            if claim is None or reading.in_boilerplate(claim.span):
                continue
            near = bisect_right(starts, claim.span.end)
            if any(d.touches(claim.span) and claim.kind == "count" for d in dates[max(0, near - 2) : near]):
                continue
            if claim.kind == "amount":
                money = claim.unit or money
                last = out[-1] if out and sentence.span.start <= out[-1].span.start else None
                if claim.unit is None and money is None and last is not None and last.kind == "count":
                    # « 30 millions de doses, dont 4 millions seront livrées »
                    claim = replace(claim, kind="count", unit=last.unit)
                else:
                    # A text that has named one money only means it further down as well.
                    only = sums[0] if len(sums) >= _ALL_ONE and len(set(sums)) == 1 else None
                    claim = replace(claim, unit=money or only)
                    sums += [claim.unit] if claim.unit else []
            out.append(_claimed(claim, found))
    return tuple(out)


def _claim(line: Line, match: re.Match[str], lex: _Lexicon, money: str | None) -> FigureClaim | None:
    start, end = match.span()
    unit: str | None = None
    if match["by"]:
        value = _value(match["factor"], None, lex)
        kind = "multiple"
        if value and any(match["by"].startswith(w) for w in lex.divide):
            value = 1 / value
    elif match["verb"]:
        kind, value = "multiple", lex.verbs[match["verb"]]
    elif match["prefix"]:
        kind, unit, value = "amount", lex.prefixes[match["prefix"]], _value(match["sum"], match["psum"], lex)
    else:
        value = _value(match["number"], match["scale"], lex, match["thing"] in lex.measured or bool(match["percent"]))
        if match["half"] and value is not None:
            value += 0.5 * lex.scales[match["scale"]]
        if match["percent"]:
            kind, unit = "percentage", "%"
        elif match["times"]:
            kind = "multiple"
        elif match["currency"]:
            kind, unit = "amount", lex.currencies[match["currency"]]
        elif match["thing"]:
            kind, unit = "count", match["thing"]
        elif match["many"] and not match["scale"] and _counts_many(match, value, lex):
            kind, unit = "count", match["many"]
        elif match["scale"] and lex.scales[match["scale"]] >= 1e6 and match["scale"] not in lex.short:
            # « 80 milliards » with its money named before: an amount whose unit is not told here; but « cinq millions
            # de lampes » counts lamps.
            kind = "amount"
            end = match.end("half") if match["half"] else match.end("scale")
            of = lex.said_of.match(line.norm, end)
            if of and money is None and of["thing"] not in lex.sums:
                kind, unit, end = "count", line.raw[of.start("thing") : of.end()], of.end()
        else:
            return None
        if kind == "count" and value is not None and value < _SMALL:
            # « les trois pays », « dans les 6 pays » name them, they count nothing.
            before = line.norm[:start].split()[-1:]
            if not match["number"][0].isdigit() or (before and before[0] in lex.naming):
                return None
    if value is None:
        return None
    end = start + len(line.norm[start:end].rstrip())
    return FigureClaim(
        span=line.at(start, end),
        kind=kind,
        value=value,
        unit=unit,
        measures=_measures(line, start, end, lex, kind),
        approximate="about" if match["number"] in lex.rounded else _approximate(line, start, end, lex),
    )


def _counts_many(match: re.Match[str], value: float | None, lex: _Lexicon) -> bool:
    """Tell whether a number of a thousand or more counts the plural noun after it; « 2024 » alone may be a year."""
    if value is None or value < _MANY or match["many"] in lex.no_things or not match["number"][0].isdigit():
        return False
    return not (match["number"].isdigit() and value < _YEARS)


def _value(words: str | None, scale: str | None, lex: _Lexicon, measured: bool = False) -> float | None:
    """Return the number that digits or words write, times its scale; `measured` makes « 1,575 » a fraction.

    None where there is none, or one beyond any that can be told.
    """
    number = _number(words, lex, scaled=bool(scale), measured=measured) if words else None
    value = None if number is None else number * lex.scales.get(scale or "", 1.0)
    return value if value is not None and math.isfinite(value) else None


def _number(words: str, lex: _Lexicon, *, scaled: bool, measured: bool) -> float | None:
    if words in lex.numbers:
        return lex.numbers[words]
    if words[0].isalpha():
        total = group = 0.0
        for part in lex.parts.findall(words):
            # « trois mille | deux cents », « quatre-vingt | cinq »
            number = lex.numbers[part]
            if number >= _MANY:
                total, group = total + (group or 1.0) * number, 0.0
            else:
                group = (group or 1.0) * number if number == _HUNDRED else group + number
        return (total + group) or None
    digits = re.sub(r"[   ']", "", words)
    whole, mark, rest = digits.rpartition(lex.decimal)
    other = "." if lex.decimal == "," else ","
    if (mark and len(rest) != 3) or (mark and other in whole):
        digits = whole.replace(other, "") + "." + rest
    elif mark and (scaled or measured):
        digits = f"{whole}.{rest}"
    elif not mark and other in digits and (scaled or len(digits.rpartition(other)[2]) != 3):
        digits = digits.replace(other, ".")
    else:
        digits = digits.replace(other, "").replace(lex.decimal, "")
    try:
        return float(digits)
    except ValueError:
        return None


def _approximate(line: Line, start: int, end: int, lex: _Lexicon) -> str | None:
    before = line.norm[max(0, start - _BEFORE) : start].rstrip()
    for words, kind in lex.approximate:
        if before.endswith(words) and not before[: -len(words)][-1:].isalnum():
            return kind
    after = line.norm[end : end + 20].strip()
    return "about" if any(after.startswith(w) for w in lex.after_about) else None


def _measures(line: Line, start: int, end: int, lex: _Lexicon, kind: str) -> str | None:
    """Return the words that say what is measured.

    « de financements » after the figure, else the clause before it (its subject, for a percentage), else what follows.
    """
    after = line.norm[end:]
    of = lex.of.match(after.lstrip())
    if of:
        first = end + len(after) - len(after.lstrip()) + of.end()
        stop = lex.stop.search(line.norm, first)
        words = line.raw[first : stop.start() if stop else len(line.norm)].split()[:_WORDS]
        if words and not lex.never.match(line.norm, first):
            return " ".join(words).strip(_EDGES)
    before = line.norm[:start].rstrip()
    if before.endswith("("):
        # « L'Asie (3,4%) et l'Europe (2,1%) »: each figure goes with the name before its bracket.
        return _clause(line, max((m.end() for m in _JOINTS.finditer(before)), default=0), len(before) - 1, lex, kind)
    edges = [0, *(m.end() for m in _CLAUSES.finditer(line.norm, 0, start)), start]
    for first, last in zip(reversed(edges[:-1][-_BACK:]), reversed(edges[1:][-_BACK:]), strict=True):
        found = _clause(line, first, last, lex, kind)
        if found:
            return found
    stop = _CLAUSES.search(line.norm, end)
    words = line.raw[end : stop.start() if stop else len(line.norm)].split()[:_WORDS]
    return " ".join(words).strip(_EDGES) or None


def _clause(line: Line, first: int, last: int, lex: _Lexicon, kind: str) -> str | None:
    """Return a clause without the light words at its ends, cut to a few words, or None when no full word is left."""
    norm, raw = line.norm[first:last].split(), line.raw[first:last].split()
    while norm and (norm[-1].strip(_EDGES) in lex.light or not norm[-1].strip(_EDGES)):
        norm.pop()
    raw = raw[: len(norm)]
    while norm and (norm[0] in lex.opening or not norm[0].strip(_EDGES)):
        norm, raw = norm[1:], raw[1:]
    if not any(
        len(w) > 2 and w.replace("-", "").isalpha() and w not in lex.light and w not in lex.opening
        for w in (n.rpartition("'")[2] for n in norm)
    ):
        return None
    kept = raw[:_WORDS] if kind in ("percentage", "multiple") else raw[-_WORDS:]
    return " ".join(kept).strip(_EDGES) or None


def _claimed(claim: FigureClaim, found: Annotations) -> FigureClaim:
    quote = found.quote_at(claim.span.start)
    who = quote.speaker if quote is not None else None
    if who is None:
        said = [s for s in found.statements if s.span.touches(claim.span) and s.speaker]
        who = said[0].speaker if said else None
    if who is None:
        return claim
    return replace(claim, claimant=who)
