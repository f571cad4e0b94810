"""The words that rows of clutter show, by what kind they are of. It looks at one row alone, and condemns none.

`clutter.toml` lists words, `clutter_shapes.toml` the patterns of what has too many ways of being said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import LANGUAGES, table
from palabre.text.needles import Needles

_BULLETS = "-–—>»|[]()*•→▶►▸▷➤➜➡👉☞🔴📌🔗 \ufe0f"


_LONGEST = 300
"""Code points of the longest row whose words are looked up, but for notices on cookies."""
_SENTENCES = frozenset({"notice", "comments", "newsletter", "paywall", "cookies", "advert", "footer"})
"""The kinds whose patterns may match whole sentences."""
_PART = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of clutter and its words, all languages together."""

    name: str
    opens: tuple[str, ...]
    starts: tuple[str, ...]
    whole: frozenset[str]
    heading: frozenset[str]
    holds: tuple[str, ...]
    closing: bool
    heads: bool
    long: bool
    patterns: tuple[re.Pattern[str], ...]


_NAMES = (
    "share",
    "more",
    "related",
    "lists",
    "comments",
    "newsletter",
    "paywall",
    "advert",
    "cookies",
    "notice",
    "footer",
    "tags",
    "counter",
)


@lru_cache(maxsize=1)
def _families() -> tuple[Family, ...]:
    out = []
    for name in _NAMES:
        tables = [table(lang, "clutter").get(name, {}) for lang in LANGUAGES]
        listed = [p for t in tables for p in t.get("patterns", ())]
        out.append(
            Family(
                name,
                tuple(sorted({w for t in tables for w in t.get("opens", ())})),
                tuple(sorted({w for t in tables for w in t.get("starts", ())})),
                frozenset(w for t in tables for w in t.get("whole", ())),
                frozenset(w for t in tables for w in t.get("heading", ())),
                tuple(sorted({w for t in tables for w in t.get("holds", ())})),
                any(t.get("closing", False) for t in tables),
                any(t.get("heads", False) for t in tables),
                any(t.get("long", False) for t in tables),
                tuple(re.compile(rf"(?:{p})\Z") for p in (*listed, *_shapes(name))),
            )
        )
    return tuple(out)


def _shapes(name: str) -> list[str]:
    """Return the patterns of one family, the names of parts replaced by what they stand for."""
    out = []
    for lang in LANGUAGES:
        shapes = table(lang, "clutter_shapes")
        parts: dict[str, str] = shapes.get("parts", {})
        for line in shapes.get(name, {}).get("patterns", ()):
            for part in _PART.findall(line):
                line = line.replace(f"<{part}>", parts[part])
            out.append(line)
    return out


@lru_cache(maxsize=1)
def _openings() -> dict[str, tuple[tuple[str, Family, bool], ...]]:
    """The opening phrases by their first letter, and whether they open clutter in a whole sentence too."""
    out: dict[str, list[tuple[str, Family, bool]]] = {}
    for family in _families():
        for phrase in family.opens:
            out.setdefault(phrase[:1], []).append((phrase, family, True))
        for phrase in family.starts:
            out.setdefault(phrase[:1], []).append((phrase, family, False))
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
    bare = key.strip(" .:!*-–—>»«|[]()•·▪►")
    shaped = length <= _LONGEST and _any_shape().match(bare) is not None
    for family in _families():
        if key in family.whole or bare in family.whole or bare in family.heading:
            return family
        if shaped and (not prose or family.name in _SENTENCES) and any(p.match(bare) for p in family.patterns):
            return family
    sentence = key.rstrip("\"' )")[-1:] in (".", "?", "…")
    trimmed = key.lstrip(_BULLETS)
    for start in {key, trimmed}:
        for phrase, family, always in _openings().get(start[:1], ()):
            if not start.startswith(phrase) or length > (2000 if family.long else _LONGEST):
                continue
            after = start[len(phrase) : len(phrase) + 1]
            if (always or not sentence) and (not after.isalnum() or not phrase[-1].isalnum()):
                return family
    if length <= 160 and not prose and _any_held().find(key):
        for family in _families():
            if any(phrase in key for phrase in family.holds):
                return family
    return None


def is_heading(key: str) -> bool:
    """Tell whether a row is a single word or so that can head a part of an article as well (« Réactions »)."""
    bare = key.strip(" .:!*-–—>»«|[]()•·▪►")
    return any(bare in family.heading for family in _families())
