"""The words that rows of clutter show, by what kind they are of. It looks at one row alone, and condemns none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import LANGUAGES, table
from palabre.text.needles import Needles

_BULLETS = "-–—>»«|[]()*•→▶►▸▷➤➜➡👉☞🔴📌🔗 \ufe0f"


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of clutter and its words, all languages together."""

    name: str
    opens: tuple[str, ...]
    whole: frozenset[str]
    holds: tuple[str, ...]
    closing: bool
    heads: bool
    long: bool
    patterns: tuple[re.Pattern[str], ...]


_NAMES = (
    "share",
    "related",
    "lists",
    "comments",
    "newsletter",
    "paywall",
    "advert",
    "cookies",
    "footer",
    "tags",
    "counter",
)


@lru_cache(maxsize=1)
def _families() -> tuple[Family, ...]:
    out = []
    for name in _NAMES:
        tables = [table(lang, "clutter").get(name, {}) for lang in LANGUAGES]
        out.append(
            Family(
                name,
                tuple(sorted({w for t in tables for w in t.get("opens", ())})),
                frozenset(w for t in tables for w in t.get("whole", ())),
                tuple(sorted({w for t in tables for w in t.get("holds", ())})),
                any(t.get("closing", False) for t in tables),
                any(t.get("heads", False) for t in tables),
                any(t.get("long", False) for t in tables),
                tuple(re.compile(p + r"\Z") for t in tables for p in t.get("patterns", ())),
            )
        )
    return tuple(out)


@lru_cache(maxsize=1)
def _openings() -> dict[str, tuple[tuple[str, Family], ...]]:
    """The opening phrases by their first four letters, so that a row is compared with few of them."""
    out: dict[str, list[tuple[str, Family]]] = {}
    for family in _families():
        for phrase in family.opens:
            out.setdefault(phrase[:1], []).append((phrase, family))
    return {key: tuple(sorted(found, key=lambda f: -len(f[0]))) for key, found in out.items()}


@lru_cache(maxsize=1)
def _any_shape() -> re.Pattern[str]:
    """What matches whatever the pattern of any family does: most rows match none."""
    return re.compile("|".join(f"(?:{p.pattern})" for f in _families() for p in f.patterns) or "(?!)")


@lru_cache(maxsize=1)
def _any_held() -> Needles:
    """What finds the words that rows of any family hold."""
    return Needles(phrase for family in _families() for phrase in family.holds)


def by_words(key: str, length: int, *, prose: bool = False) -> Family | None:
    """Return the family whose words a row (or a part of it) of `length` code points shows, or None."""
    bare = key.strip(" .:!*-–—>»«|[]()")
    shaped = _any_shape().match(bare) is not None
    for family in _families():
        if key in family.whole or bare in family.whole:
            return family
        if shaped and any(pattern.match(bare) for pattern in family.patterns):
            return family
    trimmed = key.lstrip(_BULLETS)
    for start in {key, trimmed}:
        for phrase, family in _openings().get(start[:1], ()):
            if start.startswith(phrase) and length <= (2000 if family.long else 300):
                after = start[len(phrase) : len(phrase) + 1]
                if not after.isalnum() or not phrase[-1].isalnum():
                    return family
    if length <= 160 and not prose and _any_held().find(key):
        for family in _families():
            if any(phrase in key for phrase in family.holds):
                return family
    return None
