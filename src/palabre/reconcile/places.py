"""Places compared: a city lies in its country, a capital stands for it. Names are compared without case or accents."""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry
from babel import Locale

from palabre.lang.pack import LANGUAGES, pack_for, table
from palabre.model.spans import Span
from palabre.reconcile.phrases import phrases_in
from palabre.text.fingerprints import plain_word


@lru_cache(maxsize=8_192)
def plain_place(place: str) -> str:
    """Return a place's name in plain words."""
    return " ".join(plain_word(w) for w in place.replace("-", " ").replace("’", "'").split())


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    out: dict[str, str] = {}
    for lang in LANGUAGES:
        for code, name in Locale(lang).territories.items():
            state = pycountry.countries.get(alpha_2=code) if len(code) == 2 else None
            if state is not None:
                out[plain_place(name)] = state.alpha_3
        for state_id, names in table(lang, "states").get("aliases", {}).items():
            out.update({plain_place(n): state_id for n in names})
    return out


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    out: dict[str, str] = {}
    for lang in LANGUAGES:
        for state, cities in table(lang, "states").get("capitals", {}).items():
            out.update({plain_place(c): state for c in cities})
    return out | _countries()


def state_of(place: str | None) -> str | None:
    """Return the state a place is or lies in, or None when it is not known."""
    return _states().get(plain_place(place)) if place else None


def is_country(place: str) -> bool:
    """Tell whether a place's name is that of a country."""
    return plain_place(place) in _countries()


def same_place(a: str | None, b: str | None) -> float | None:
    """Return 1.0 for one place, 0.7 when one lies in the other, 0.0 for two places; None when one is not known."""
    if not a or not b:
        return None
    if plain_place(a) == plain_place(b):
        return 1.0
    if state_of(a) is not None and state_of(a) == state_of(b):
        # Two names of one capital (Moscou, Moscow), or a capital and its country.
        return 0.7 if is_country(a) or is_country(b) else 0.9
    if is_country(a) != is_country(b) and (state_of(a) is None or state_of(b) is None):
        # A city we have no country for: nothing can be said.
        return None
    return 0.0


def finest(places: list[str]) -> str | None:
    """Return the place named most often, a city before a country."""
    if not places:
        return None
    counts: dict[str, int] = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    return min(counts, key=lambda p: (is_country(p), -counts[p], p))


@lru_cache(maxsize=4)
def _names(lang: str) -> tuple[str, ...]:
    pack = pack_for(lang)
    names = {str(n) for n in Locale(pack).territories.values()}
    for part in ("aliases", "capitals"):
        for written in table(pack, "states").get(part, {}).values():
            names.update(written)
    return tuple(sorted(names))


def places_in(text: str, lang: str) -> tuple[Span, ...]:
    """Return where countries and capitals are named in a short text."""
    return tuple(s for s in phrases_in(text, _names(lang)) if s.text(text)[:1].isupper())


_SITE = re.compile(r"([^\W_]+)\s+((?:(?=[^\W\d_])[A-ZÀ-ÖØ-Þ][\w'’-]+[ -]?)+)")


def sites_in(text: str, lang: str, leave_out: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the towns a short text names after « à », in plain words; no capital, country or party.

    `leave_out` holds plain words that name the parties and what else is no place.
    """
    before = table(pack_for(lang), "reconcile").get("site", {}).get("before", ())
    named = (plain_place(m[2]) for m in _SITE.finditer(text) if m[1].casefold() in before)
    return frozenset(n for n in named if state_of(n) is None and not leave_out & set(n.split()))
