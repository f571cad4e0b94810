"""The interface's words in French and English, from tables `TABLES` of `lang/xx/`. Codes in, words out; no logic."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel.core import Locale
from babel.dates import format_date

from palabre.lang.pack import shared_table, table
from palabre.model.dossier import Cadence
from palabre.model.edtf import Precision, parse_or_none

INTERFACES: tuple[str, ...] = ("fr", "en")
"""Languages of the interface; the first is the default."""

TABLES: tuple[str, ...] = ("interface", "workbench", "deciding", "team", "guide")
"""The tables of words (`lang/xx/NAME.toml`): shared, the workbench's own, what is done in it.

No section is in two of them.
"""

_HIGH_MARKS = re.compile(r" ([:;?!»%])")
_HELD_SPACES = re.compile(r"(?<=\S) (?=[:;?!»%])|(?<=«) (?=\S)|(?<=\d) (?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one interface language."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence at `key` (`section.name`) with `values` put in. Raises KeyError for an unknown key."""
        return _sentence(self.lang, key).format(**values) if values else _bare(self.lang, key)

    def count(self, key: str, number: int) -> str:
        """Return « 3 engagements »: the table holds `one` and `many` forms separated by `|`."""
        one, _, many = self(key).partition("|")
        # French counts zero with one, English with many.
        single = number == 1 or (number == 0 and self.lang == "fr")
        return f"{self.number(number)}\u00a0{one if single else many}"

    def noun(self, key: str, number: int) -> str:
        """Return the counted noun alone: « engagements »."""
        return self.count(key, number).partition("\u00a0")[2]

    def period(self, cadence: Cadence) -> str:
        """Return a cadence in words: « tous les ans », « tous les 6 mois »."""
        for unit, number in (("years", cadence.months / 12), ("months", cadence.months), ("weeks", cadence.days / 7)):
            if number >= 1 and number == int(number) and not (unit != "weeks" and cadence.days):
                return self._each(unit, int(number))
        return cadence.value if cadence.months else self._each("days", cadence.days)

    def _each(self, unit: str, number: int) -> str:
        one, _, many = str(_table(self.lang)["period"][unit]).partition("|")
        return one if number == 1 else many.format(n=number)

    def translate(self, sentence: str) -> str:
        """Return an error's English sentence in the interface's language, as it is when the table lacks it.

        The table `errors` holds templates with `{}` for what varies; the longest one that fits is used.
        """
        for pattern, template in _translations(self.lang):
            match = pattern.fullmatch(sentence)
            if match:
                return _typeset(template, self.lang).format(*match.groups())
        return sentence

    def label(self, kind: str, code: str | None) -> str:
        """Return the words for a code of a closed vocabulary (`sector`, `defence`), or the code when it has none."""
        return "" if code is None else _label(self.lang, kind, str(code))

    def language(self, code: str) -> str:
        """Return the name of a language in the interface's: « français » for fr; the code when it has none."""
        return str(Locale(self.lang).languages.get(code, code))

    def decimal(self, value: float) -> str:
        """Return a number to one decimal place: « 0,8 »."""
        return f"{value:.1f}".replace(".", "," if self.lang == "fr" else ".")

    def number(self, value: int) -> str:
        """Return a whole number with the thousands set apart as the language does."""
        return f"{value:,}".replace(",", "\u202f" if self.lang == "fr" else ",")

    def date(self, value: str | dt.date | None) -> str:
        """Return an EDTF value (or a day) in words: « 3 avril 2025 », « avril 2025 », « du 3 au 4 avril 2025 »."""
        if value is None:
            return self("date.unknown")
        if isinstance(value, dt.date):
            return self._day(value)
        if "/" in value:
            first, _, last = value.partition("/")
            if first in ("", ".."):
                return self("date.until", last=self.date(last))
            if last in ("", ".."):
                return self("date.since", first=self.date(first))
            return self("date.range", first=self.date(first), last=self.date(last))
        parsed = parse_or_none(value)
        if parsed is None or parsed.earliest is None:
            return value
        if parsed.precision is Precision.DAY:
            return self._day(parsed.earliest)
        if parsed.precision is Precision.MONTH:
            return format_date(parsed.earliest, "MMMM y", locale=self.lang)
        if parsed.precision is Precision.YEAR and len(value) == 7:
            return f"{_season(self.lang, int(value[5:]) - 20)} {value[:4]}"
        if parsed.precision is Precision.DECADE:
            return self("date.decade", year=parsed.earliest.year)
        if parsed.precision is Precision.CENTURY:
            return self("date.century", number=parsed.earliest.year // 100 + 1)
        return value

    def _day(self, day: dt.date) -> str:
        return _day(self.lang, day)

    def weekday(self, day: dt.date) -> str:
        """Return the name of a day's weekday: « lundi »."""
        return format_date(day, "EEEE", locale=self.lang)

    def quoted(self, said: str) -> str:
        """Return words between the quotation marks of the language, as they are."""
        return f"«\u00a0{said}\u00a0»" if self.lang == "fr" else f"\u201c{said}\u201d"

    @staticmethod
    def held(said: str) -> str:
        """Return a title or a few words of a text, held together where they must not part at the end of a line.

        Nothing else changes: a space before a colon, within « » or inside a number becomes one that does not break.
        """
        return _held(said)

    def actor(self, actor_id: str) -> str:
        """Return the everyday name of an actor id: « Russie » for RUS, the acronym or the name for others."""
        if len(actor_id) == 3 and actor_id.isupper():
            name = _territory(self.lang, actor_id)
            if name:
                return name
        return actor_id

    def beneficiaries(self, promisor: tuple[str, ...], beneficiary: tuple[str, ...]) -> str:
        """Return to whom a commitment is made: « entre eux » when the parties bind each other, « ses membres » for a
        group that binds itself.
        """
        if promisor and set(promisor) == set(beneficiary):
            if len(promisor) > 1:
                return self("say.mutual")
            if promisor[0] in shared_table("bodies").get("members", {}):
                return self("say.members")
        return self.actors(beneficiary)

    def state(self, status: str, *, late: bool) -> str:
        """Return where a commitment stands: « en panne, en retard » when its deadline has passed too."""
        if not late:
            return self.label("status", status)
        overdue = self.label("status", "overdue")
        return overdue if status == "announced" else f"{self.label('status', status)}, {overdue}"

    def actors(self, ids: tuple[str, ...]) -> str:
        """Return several actors' names joined by commas, or a dash when there is none."""
        return ", ".join(self.actor(i) for i in ids) if ids else "—"


@lru_cache(maxsize=8)
def _season(lang: str, number: int) -> str:
    return next((name for name, n in table(lang, "dates")["seasons"].items() if n == number), "")


@lru_cache(maxsize=4096)
def _sentence(lang: str, key: str) -> str:
    section, _, name = key.partition(".")
    return _typeset(str(_table(lang)[section][name]), lang)


@lru_cache(maxsize=4096)
def _label(lang: str, kind: str, code: str) -> str:
    words = _table(lang).get(kind, {}).get(code)
    # A code that has no words may be anything a text said: it stays as it is.
    return code if words is None else _typeset(str(words), lang)


@lru_cache(maxsize=8192)
def _held(said: str) -> str:
    return _HELD_SPACES.sub("\u00a0", said)


@lru_cache(maxsize=4096)
def _bare(lang: str, key: str) -> str:
    return _sentence(lang, key).format()


@lru_cache(maxsize=8192)
def _day(lang: str, day: dt.date) -> str:
    if lang == "fr" and day.day == 1:
        return "1er " + format_date(day, "MMMM y", locale="fr")
    return format_date(day, "d MMMM y", locale="fr" if lang == "fr" else "en_GB")


@lru_cache(maxsize=8)
def _table(lang: str) -> dict[str, Any]:
    return {section: words for name in TABLES for section, words in table(lang, name).items()}


@lru_cache(maxsize=8)
def _translations(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = [(str(row["en"]), str(row[lang])) for row in table(lang, "errors").get("sentence", ())]
    rows.sort(key=lambda row: -len(row[0]))
    return tuple((re.compile("(.*)".join(map(re.escape, en.split("{}"))), re.DOTALL), here) for en, here in rows)


@lru_cache(maxsize=1024)
def _territory(lang: str, alpha3: str) -> str | None:
    import pycountry

    country = pycountry.countries.get(alpha_3=alpha3)
    return Locale(lang).territories.get(country.alpha_2) if country else None


def _typeset(text: str, lang: str) -> str:
    if lang != "fr":
        return text
    return _HIGH_MARKS.sub("\u00a0\\1", text).replace("« ", "«\u00a0").replace("'", "’")
