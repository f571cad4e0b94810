"""Numbers and amounts of money as a text writes them: « 45,76 milliards d'euros », « vingt-cinq », « $295.6 billion ».

Values are read to be compared with each other, never added. Works on digits and on number words of the language's
`reconcile` table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for, table
from palabre.model.spans import Span
from palabre.reconcile.phrases import evened, phrases_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?(?!\w)|(?<![\w.,])\d{1,15}(?:[.,]\d+)?(?![\w])")
_JOIN = re.compile(r"[ -](?:et[ -])?|-et-")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at a span: `currency` ISO 4217 or None, `approximate` just_over, more_than, less_than,
    about or None.

    `noun` is the first word after the number (and its unit of thousands), in lower case.
    """

    span: Span
    value: float
    currency: str | None
    approximate: str | None
    noun: str | None = None

    def excludes(self, other: Figure) -> bool:
        """Tell whether both figures cannot be so of one thing."""
        low, high = self.bounds()
        other_low, other_high = other.bounds()
        return high < other_low or other_high < low

    def bounds(self) -> tuple[float, float]:
        """Return the least and greatest value the words allow; a flat figure allows one part in a hundred."""
        match self.approximate:
            case "just_over":
                return self.value, self.value * 1.05
            case "more_than":
                # Who writes « plus de cinquante » does not mean two hundred.
                return self.value, self.value * 1.5
            case "less_than":
                return self.value * 0.8, self.value
            case "about":
                return self.value * 0.93, self.value * 1.07
            case _:
                return self.value * 0.99, self.value * 1.01


@dataclass(frozen=True, slots=True)
class _Tables:
    numbers: Mapping[str, int]
    currencies: Mapping[str, str]
    approximate: Mapping[str, tuple[str, ...]]
    links: frozenset[str]


@lru_cache(maxsize=4)
def _tables(lang: str) -> _Tables:
    data = table(pack_for(lang), "reconcile")
    currencies = {evened(name): code for code, names in data.get("currencies", {}).items() for name in names}
    return _Tables(
        {evened(k): int(v) for k, v in data.get("numbers", {}).items()},
        currencies,
        {k: tuple(v) for k, v in data.get("approximate", {}).items()},
        frozenset(data.get("number_links", {}).get("words", ("de", "d", "of"))),
    )


@lru_cache(maxsize=2_048)
def figures_in(text: str, lang: str) -> tuple[Figure, ...]:
    """Return the numbers of `text`, in order, with their currency when one follows (or its sign comes before)."""
    tables = _tables(lang)
    even = evened(text)
    out: list[Figure] = []
    at = 0
    for start, end, value in _numbers(even, tables):
        if start < at:
            continue
        end, value = _multiplied(even, end, value, tables)
        currency, unit_end = _currency(even, start, end, tables)
        noun = None if currency else _noun(even, end, tables)
        about = _approximate(even, start, tables)
        if about is None and even[start:end].endswith(("aine", "aines")):
            # « une quarantaine », « des dizaines »: a round number by its very form.
            about = "about"
        out.append(Figure(Span(start, unit_end), value, currency, about, noun))
        at = unit_end
    return tuple(out)


def _numbers(even: str, tables: _Tables) -> list[tuple[int, int, float]]:
    found = [(m.start(), m.end(), _digits(m[0])) for m in _DIGITS.finditer(even)]
    words = list(_WORD.finditer(even))
    i = 0
    while i < len(words):
        if words[i][0] not in tables.numbers:
            i += 1
            continue
        following = words[i + 1][0] if i + 1 < len(words) else ""
        if tables.numbers[words[i][0]] == 1 and 10 <= tables.numbers.get(following, 0) <= 100:
            # « une cinquantaine »: the article counts nothing.
            i += 1
        j, total, part = i, 0.0, 0.0
        end = words[i].end()
        while j < len(words):
            word = words[j][0]
            if j > i and not _JOIN.fullmatch(even[end : words[j].start()]):
                break
            if word == "et" and 20 <= part <= 80 and j + 1 < len(words) and words[j + 1][0] in ("un", "une", "onze"):
                end = words[j].end()
                j += 1
                continue
            if word not in tables.numbers:
                break
            number = tables.numbers[word]
            if number >= 1000:
                total += (part or 1) * number
                part = 0.0
            elif number == 100 or (number == 20 and part == 4):
                part = (part or 1) * number
            else:
                part += number
            end = words[j].end()
            j += 1
        # A bare article (« un », « une ») is no figure; nor is a multiplier after digits, which they take along.
        if not (j == i + 1 and tables.numbers[words[i][0]] <= 1) and not _follows_digits(even, words[i].start(), found):
            found.append((words[i].start(), end, total + part))
        i = max(j, i + 1)
    return sorted(found)


def _follows_digits(even: str, start: int, found: list[tuple[int, int, float]]) -> bool:
    return any(end <= start and not even[end:start].strip() for _, end, _ in found[-400:] if start - end < 3)


def _digits(written: str) -> float:
    compact = written.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}", compact) or re.fullmatch(r"\d{1,3}\.\d{3}", compact):
        return float(re.sub(r"[.,]", "", compact))
    if re.fullmatch(r"\d{1,3},\d{3}", compact):
        return float(compact.replace(",", ""))
    whole, _, rest = compact.replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}.{rest}") if whole else float(compact.replace(",", "."))


def _multiplied(even: str, end: int, value: float, tables: _Tables) -> tuple[int, float]:
    match = re.compile(r"[ -]*([^\W\d_]+)").match(even, end)
    if match and tables.numbers.get(match[1], 0) >= 1000:
        return match.end(1), value * tables.numbers[match[1]]
    return end, value


def _currency(even: str, start: int, end: int, tables: _Tables) -> tuple[str | None, int]:
    if start and even[start - 1] in _SIGNS:
        return _SIGNS[even[start - 1]], end
    rest = even[end : end + 40]
    sign = re.match(r" ?([$€£¥])", rest)
    if sign:
        return _SIGNS[sign[1]], end + sign.end()
    match = re.match(r" ?(?:de |d'|of )?", rest)
    lead = match.end() if match else 0
    for name in sorted(tables.currencies, key=lambda n: (-len(n), n)):
        if rest.startswith(name, lead) and not rest[lead + len(name) : lead + len(name) + 1].isalpha():
            return tables.currencies[name], end + lead + len(name)
    return None, end


def _noun(even: str, end: int, tables: _Tables) -> str | None:
    for match in re.compile(r"[^\W\d_]+").finditer(even, end, end + 40):
        if even[end : match.start()].strip(" '-"):
            return None
        if match[0] not in tables.links:
            return match[0]
        end = match.end()
    return None


def _approximate(even: str, start: int, tables: _Tables) -> str | None:
    before = even[max(0, start - 24) : start]
    for kind, cues in tables.approximate.items():
        spans = phrases_in(before, cues)
        if spans and not before[spans[-1].end :].strip(" '$€£¥"):
            return kind
    after = even[start : start + 60]
    if phrases_in(after, ("environ", "à peu près")) and kind_after(after):
        return "about"
    return None


def kind_after(words: str) -> bool:
    """Tell whether an « environ » that follows a figure belongs to it (« 45 milliards d'euros environ »)."""
    return re.match(r"[\d ,.]+(?:[^\W\d_]+[ ']){1,4}environ\b", words) is not None


def amount_of(written: str | None, lang: str) -> Figure | None:
    """Return the first figure of an amount as written, or None."""
    if not written:
        return None
    found = figures_in(written, lang)
    return found[0] if found else None
