"""Tells by their shape whether a few words of a credit are a person's name or an outlet's. It looks no name up."""

from __future__ import annotations

import re

from palabre.text.credit_words import credit_words
from palabre.text.folding import folded

DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,7}(?:/\S*)?\Z", re.IGNORECASE)
"""A site's address."""

_NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'.\u0300-\u036f-]*\Z")


def has_body(name: str) -> bool:
    """Tell whether a name holds a word that bodies are named with (« agence », « ministère »)."""
    return any(w in credit_words().bodies for w in re.findall(r"\w+", folded(name)))


def is_agency(name: str) -> bool:
    """Tell whether what stands between brackets in a dateline is an agency: « Kampala (Ouganda) » names a country."""
    known, key = credit_words(), folded(name)
    if key in known.unnamed or key in known.states:
        return False
    return key in known.agencies or has_body(name) or (name.isupper() and name.isalpha() and len(name) <= 6)


def person(name: str, *, alone: bool) -> bool:
    """Tell whether `name` looks like a person's: capitalised words, two at least unless `alone`, and particles."""
    parts = name.replace("\u00a0", " ").split()
    if not 1 <= len(parts) <= 7 or len(name) > 60:
        return False
    particles = credit_words().particles
    capital = [p for p in parts if _NAME_WORD.match(p.rstrip(",")) and folded(p) not in particles]
    if len(capital) + sum(folded(p) in particles for p in parts) < len(parts):
        return False
    return len(capital) >= (1 if alone else 2) and not has_body(name) and not any(c.isdigit() for c in name)


def outlet(name: str) -> bool:
    """Tell whether `name` can be an outlet's: at most seven words, a capital or a site's address first, no sentence."""
    if not name or len(name) > 60 or name[-1] in "!?…":
        return False
    if DOMAIN.match(name):
        return True
    particles = credit_words().particles
    parts = [p for p in (_elided(p) for p in name.split()) if folded(p) not in particles] or name.split()
    capitals = sum(p[0].isupper() for p in parts)
    return (
        len(parts) <= 7
        and (name[0].isupper() or name[0].isdigit())
        and capitals >= len(parts) / 2
        and any(c.isalpha() for c in name)
    )


def _elided(word: str) -> str:
    """Return a word without the article or preposition elided before it: « d'Afrique » gives `Afrique`."""
    before, mark, after = word.replace("’", "'").partition("'")
    return after if mark and after and len(before) <= 2 else word
