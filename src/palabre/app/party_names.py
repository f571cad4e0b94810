"""The actor id of a party that somebody types: a country by code or name, a body by acronym or name, in any tongue."""

from __future__ import annotations

from functools import lru_cache

import pycountry

from palabre.extract.gazetteer import bodies, canonical, gazetteer
from palabre.lang.interface import INTERFACES, Words
from palabre.lang.pack import LANGUAGES
from palabre.model.spans import Span
from palabre.text.tokens import tokens


def known_party(typed: str) -> str | None:
    """Return the actor id of what was typed (« RUS », « Russie », « Alliance of Sahel States »), or None."""
    code = typed.strip().upper()
    if pycountry.countries.get(alpha_3=code) is not None:
        return code
    for body in bodies():
        if body.casefold() == typed.strip().casefold():
            return body
    for lang in LANGUAGES:
        words = tokens(typed, Span(0, len(typed)), lang)
        if not words:
            continue
        for end, known in gazetteer(lang).names.match(words, 0):
            if end == len(words) and len(known.ids) == 1 and known.sort != "capital":
                return canonical(known.ids[0])
    return _shown().get(_evened(typed))


@lru_cache(maxsize=1)
def _shown() -> dict[str, str]:
    """Return the code of each country by the names the interface shows it under: what a form shows can be sent back."""
    codes = [country.alpha_3 for country in pycountry.countries]
    return {_evened(Words(lang).actor(code)): code for code in codes for lang in INTERFACES}


def _evened(name: str) -> str:
    return " ".join(name.replace("\u2019", "'").split()).casefold()
