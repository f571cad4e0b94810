"""Turns a text into marked words: each word, number or mark gets one letter that says what it can be in a date.

The grammar (`grammar.py`) is written over those letters, so it is the same for every language; the words come from
`lang/xx/dates.toml`. Nothing here knows what day it is.

Letters: N number 1-31 · n number in words · O ordinal word · o ordinal in digits · R Roman ordinal · Y year ·
q other number · M month · W weekday · U unit · p unit in the plural · S season · H holiday · P part (début, fin) ·
V day from today · v day from a day of the text · w « en huit » · D determiner · T « ce » · m « même » · L last ·
X next · l, x their plurals · f following · g preceding · c « en cours » · t « -là » · h « -ci » · d of · a to ·
b between · & and · i « dans » · A, B ago · z later · Z later, when it ends a clause · y earlier · G time of day ·
E every · C decade in one word · Q quarter or half in one word ·
I whole date in digits · , . - / ( ) marks · | end of a line · _ anything else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from palabre.lang.pack import table


class Mark(NamedTuple):
    """One word or mark: offsets in the text, its letter, lower-cased words, and the value the language table gives.

    A named tuple, for a text has thousands.
    """

    start: int
    end: int
    letter: str
    norm: str
    value: int | str | tuple[int, ...] | None = None
    capital: bool = False


@dataclass(frozen=True)
class Lexicon:
    """One language's words for dates. `entries` maps a word or phrase to its letter and value.

    `month_first` is for languages that write « April 3 », `capitals` for those whose months and weekdays have one.
    """

    lang: str
    month_first: bool
    capitals: bool
    entries: dict[str, tuple[str, int | str | None]]
    short: dict[str, tuple[str, int]]
    scanner: re.Pattern[str]
    year_in: frozenset[str]
    year_in_only: frozenset[str]
    year_not_after: frozenset[str]
    year_not_before: frozenset[str]
    not_edition: frozenset[str]
    raw: dict[str, Any] = field(repr=False)


_CLASSES = {
    "determiner": "D",
    "this": "T",
    "same": "m",
    "there": "t",
    "here": "h",
    "last": "L",
    "next": "X",
    "last_plural": "l",
    "next_plural": "x",
    "following": "f",
    "preceding": "g",
    "current": "c",
    "of": "d",
    "to": "a",
    "between": "b",
    "and": "&",
    "in": "i",
    "ago": "A",
    "ago_after": "B",
    "later": "z",
    "later_alone": "Z",
    "earlier": "y",
    "daytime": "G",
    "every": "E",
}
_VALUED = {
    "months": "M",
    "weekdays": "W",
    "ordinals": "O",
    "numbers": "n",
    "units": "U",
    "units_plural": "p",
    "seasons": "S",
    "holidays": "H",
    "parts": "P",
    "deictic": "V",
    "deictic_text": "v",
    "days_later": "w",
}
_SHORT_YEAR = 40
_ROMAN = {"i": 1, "v": 5, "x": 10}

_NUMERIC = r"""
  (?P<url>(?:https?://|www\.)[^\s<>"»]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64})
| (?=[\dIVXTQSH])(?:(?P<iso>(?<![\w./-])(?:1[89]|20|21)\d\d(?P<cut>[-/.])\d{1,2}(?P=cut)\d{1,2}(?=T\d|(?![\w/-])))
| (?P<dmy>(?<![\w/-])\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/-]))
| (?P<ym>(?<![\w./-])(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])(?![\w/-]))
| (?P<my>(?<![\w./-])(?:0[1-9]|1[0-2])/(?:19|20|21)\d\d(?![\w/-]))
| (?P<quantity>(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?
  |(?<!\w)\d+[.,:]\d+\w*|(?<!\w)\d+[ \u00a0\u202f]?%)
| (?P<decade>(?<!\w)(?:1[5-9]|20)\d0s(?!\w))
| (?P<quarter>(?<!\w)(?-i:[TQSH])[1-4](?!\w))
| (?P<roman>(?<!\w)(?-i:[IVX]{1,5})(?:e|ème|ᵉ)(?!\w))
| (?P<ordinal>(?<!\w)\d{1,2}(?:er|ère|re|e|è|ème|eme|nd|nde|st|rd|th)(?!\w))
| (?P<number>(?<!\w)\d+(?!\w)))
"""


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _pattern_of(phrase: str) -> str:
    return r"[ \u00a0\u202f]".join(re.escape(part).replace("'", "['’]") for part in phrase.split(" "))


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """Return the date words of a language (a code of `lang.pack.LANGUAGES`), ready to mark texts with."""
    raw = table(lang, "dates")
    entries: dict[str, tuple[str, int | str | None]] = {}
    for name, letter in _VALUED.items():
        for word, value in raw.get(name, {}).items():
            entries.setdefault(word, (letter, value))
    for name, letter in _CLASSES.items():
        for word in raw.get("classes", {}).get(name, ()):
            entries.setdefault(word, (letter, None))
    for word in list(entries):
        entries.setdefault(_plain(word), entries[word])
    phrases = {w for w in entries if not w.isalpha()} | {w for w in raw["classes"]["year_in"] if not w.isalpha()}
    phrases |= {w for w in raw["tense"]["future"] if not w.isalpha()}
    centuries = "|".join(sorted(w for w, (_, v) in entries.items() if v == "century" and w.isalpha())) or "(?!)"
    elisions = "|".join(raw.get("elisions", ())) or "(?!)"
    plain_phrases = [p for p in phrases if not p.rstrip("'").isalpha()]
    phrase = "|".join(_pattern_of(p) for p in sorted(plain_phrases, key=lambda p: (-len(p), p))) or "(?!)"
    opens = "".join(sorted({re.escape(p[0]) for p in plain_phrases})) or "_"
    # White space is taken with what stands before it, and few letters open a phrase: most places need few trials.
    scanner = re.compile(
        rf"(?:{_NUMERIC}| (?=[{opens}])(?P<phrase>(?<!\w)(?:{phrase})(?!\w))"
        rf"| (?P<elided>(?<!\w)(?:{elisions})['’])"
        rf"| (?P<small_roman>(?<!\w)[ivx]{{1,5}}(?:e|ème)(?=[ \u00a0\u202f](?:{centuries})(?!\w)))"
        r"| (?P<word>[^\W\d_]+(?:-[^\W\d_]+)*) | (?P<line>\n[^\S\n]*(?:\n\s*)?) | (?P<mark>[^\w\s]) | (?P<rest>[\w]+))"
        r"[^\S\n]*",
        re.VERBOSE | re.IGNORECASE,
    )
    short = {w: ("M", v) for w, v in raw.get("months_short", {}).items()}
    short |= {w: ("W", v) for w, v in raw.get("weekdays_short", {}).items()}
    years = raw["years"]
    return Lexicon(
        lang,
        bool(raw.get("month_first")),
        bool(raw.get("capitals")),
        entries,
        short | {_plain(w): v for w, v in short.items()},
        scanner,
        frozenset(raw["classes"]["year_in"]),
        frozenset(raw["years"].get("in_only", ())),
        frozenset(years["not_after"]),
        frozenset(years["not_before"]),
        frozenset(years["not_edition"]),
        raw,
    )


_DASHES = {"-": "-", "–": "-", "—": "-", "/": "/", ",": ",", ".": ".", "(": "(", ")": ")", "&": "&"}


def marks_of(text: str, lex: Lexicon) -> list[Mark]:
    """Return the marked words of `text` in order; white space is left out, ends of lines are kept."""
    out: list[Mark] = []
    for match in lex.scanner.finditer(text):
        kind = match.lastgroup or "rest"
        start, end = match.span(kind)
        words = match[kind]
        if kind in ("word", "phrase", "elided"):
            _add_words(out, start, end, words, lex)
        elif kind == "mark":
            out.append(Mark(start, end, _DASHES.get(words, "_"), words))
        elif kind == "line":
            out.append(_line_end(out, start, end, words, text))
        else:
            out.append(_number(kind, start, end, words, lex))
    return _with_short_years(_with_short_forms(out, lex))


def _with_short_years(marks: list[Mark]) -> list[Mark]:
    """« février 89 »: two digits too high for a day, after a month and before no noun, are a year."""
    for i, mark in enumerate(marks):
        if mark.letter == "N" and isinstance(mark.value, int) and mark.value >= _SHORT_YEAR and i:
            after = marks[i + 1].letter if i + 1 < len(marks) else "|"
            counted = i + 2 < len(marks) and marks[i + 2].letter in "NY"  # « en juin 50, 60 ou 70 »
            if marks[i - 1].letter == "M" and not counted and (after in "|,.-&)(/" or marks[i + 1].norm in ":;»"):
                marks[i] = mark._replace(letter="Y", value=1900 + mark.value)
    return marks


def _add_words(out: list[Mark], start: int, end: int, words: str, lex: Lexicon) -> None:
    norm = words.lower().replace("’", "'")
    if len(norm) != len(words):
        norm = words
    found = lex.entries.get(norm)
    if found is None and "-" in norm[1:-1]:
        # A hyphen inside: « Russie-Afrique » is one word, « janvier-mars », « lundi-mardi » or « mi-mars » are not.
        parts = norm.split("-")
        if any(lex.entries.get(p, "_")[0] in "MWP" for p in parts) or lex.entries.get(parts[-1], "_")[0] in "th":
            at = start
            for i, part in enumerate(parts):
                if i and out[-1].letter != "P" and lex.entries.get(part, "_")[0] not in "th":
                    out.append(Mark(at - 1, at, "-", "-"))
                letter, value = lex.entries.get(part, ("_", None))
                out.append(Mark(at, at + len(part), letter, part, value))
                at += len(part) + 1
            return
        tens = _tens_and_units(parts, lex)
        if tens is not None:
            out.append(Mark(start, end, "n", norm, tens))
            return
    letter, value = found or ("_", None)
    if lex.capitals and letter in "MW" and words[0].islower():
        letter, value = "_", None
    out.append(Mark(start, end, letter, norm, value, words[0].isupper()))


def _tens_and_units(parts: list[str], lex: Lexicon) -> int | None:
    """Return the number of « vingt-cinq », « quarante-deux »; None for words that are no such number."""
    found = [lex.entries.get(p, ("_", None)) for p in parts]
    values = [v for letter, v in found if letter == "n" and isinstance(v, int)]
    if len(values) != len(parts) or len(values) != 2 or not 20 <= values[0] <= 60 or not 1 <= values[1] <= 19:
        return None
    return sum(values)


def _line_end(out: list[Mark], start: int, end: int, words: str, text: str) -> Mark:
    """A single line break after a long line is wrapping, and says nothing; any other ends the line."""
    before = text.rfind("\n", 0, start)
    wrapped = words.count("\n") == 1 and 60 <= start - before <= 100
    return Mark(start, end, "~" if wrapped else "|", "\n")


def _number(kind: str, start: int, end: int, words: str, lex: Lexicon) -> Mark:
    norm = words.lower()
    if kind == "iso":
        year, month, day = (int(p) for p in re.split(r"[./-]", words))
        return Mark(start, end, "I", norm, (year, month, day))
    if kind == "dmy":
        first, second, year = (int(p) for p in re.split(r"[./-]", words))
        if len(words) - max(words.rfind(c) for c in "./-") == 3:
            year += 2000 if year < 70 else 1900
        return Mark(start, end, "I", norm, (year, second, first))
    if kind in ("ym", "my"):
        a, b = (int(p) for p in re.split(r"[/-]", words))
        return Mark(start, end, "I", norm, (max(a, b), min(a, b)))
    if kind == "decade":
        return Mark(start, end, "C", norm, int(words[:4]))
    if kind == "quarter":
        return Mark(start, end, "Q", norm, (int(words[1]), 3 if words[0] in "TtQq" else 6))
    if kind in ("roman", "small_roman"):
        return Mark(start, end, "R", norm, _roman(norm.rstrip("eèmᵉ")))
    if kind == "ordinal":
        return Mark(start, end, "o", norm, int(re.match(r"\d+", words).group()))  # type: ignore[union-attr]
    if kind == "number" and len(words) <= 4:
        value = int(words)
        if len(words) == 4 and 1000 <= value <= 2199:
            return Mark(start, end, "Y", norm, value)
        if len(words) <= 2:
            return Mark(start, end, "N", norm, value)
    return Mark(start, end, "q" if kind != "url" else "_", norm)


def _roman(norm: str) -> int:
    total = 0
    values = [_ROMAN[c] for c in norm if c in _ROMAN]
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total


def _with_short_forms(marks: list[Mark], lex: Lexicon) -> list[Mark]:
    """Settle « sept. », « 5 juil », « lun. »: short forms count with a full stop after, or a day number before."""
    if not any(mark.norm in lex.short for mark in marks):
        return [m for m in marks if m.letter != "~"]
    out: list[Mark] = []
    skip = False
    for i, mark in enumerate(marks):
        if skip:
            skip = False
            continue
        form = lex.short.get(mark.norm)
        if form is not None and mark.letter in "_n":
            after = marks[i + 1] if i + 1 < len(marks) else None
            stop = after is not None and after.letter == "." and after.start == mark.end
            day_before = form[0] == "M" and bool(out) and out[-1].letter in "No"
            bare = form[0] == "W" and not (out and out[-1].norm in lex.raw.get("short", {}).get("not_after", ()))
            near = stop and (bare or day_before or (i + 2 < len(marks) and marks[i + 2].letter in "YN"))
            if day_before or near:
                out.append(Mark(mark.start, after.end if stop and after else mark.end, form[0], mark.norm, form[1]))
                skip = stop
                continue
        out.append(mark)
    return [m for m in out if m.letter != "~"]
