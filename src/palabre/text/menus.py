"""Tells the rows that name a site's sections, by their words alone: menus, paths, a section above a title."""

from __future__ import annotations

import re
from functools import lru_cache

from palabre.lang.pack import LANGUAGES, table
from palabre.text.folding import folded

_TRAIL = re.compile(r"\s*(?:[>›»→|]|\s/\s|::|\\)+\s*")
_LONGEST_TRAIL = 260
"""Code points."""
_FIRST = ("accueil", "home", "vous etes ici", "page d'accueil", "a la une")


@lru_cache(maxsize=1)
def menu_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of sections that menus hold, and those of them that say nothing by themselves."""
    tables = [table(lang, "clutter").get("menu", {}) for lang in LANGUAGES]
    return frozenset(w for t in tables for w in t.get("words", ())), frozenset(
        w for t in tables for w in t.get("weak", ())
    )


def is_menu(key: str, words: str) -> bool:
    """Tell whether a row is a run of section names."""
    vocabulary, weak = menu_words()
    parts = [p.strip(".,:;/|>-–") for p in key.split()]
    parts = [p for p in parts if p]
    known = [p for p in parts if p in vocabulary]
    telling = [p for p in known if p not in weak]
    if not telling or words.rstrip()[-1:] in ".!?…»”":
        return False
    if len(parts) <= 3:
        return len(known) == len(parts) and len(telling) >= min(2, len(parts))
    capitals = sum(w[0].isupper() for w in words.split())
    return len(telling) >= 3 and len(known) >= 0.6 * len(parts) and capitals >= 0.55 * len(parts)


def is_section_name(words: str) -> bool:
    """Tell whether a few words all name sections: « Économie », « Afrique de l'Ouest » does not."""
    vocabulary, weak = menu_words()
    parts = [p.strip(".,:;/|>-–") for p in folded(words).split()]
    return 0 < len(parts) <= 3 and all(p in vocabulary for p in parts) and any(p not in weak for p in parts)


def is_slashed(words: str) -> bool:
    """Tell whether a row is a path written with slashes: `Home / Ministries / …`, or ends in one."""
    parts = [folded(p).strip(" .") for p in words.strip().split("/")]
    if len(parts) < 3 or any(len(p) > 45 for p in parts[:-1]):
        return False
    return not parts[-1] or parts[0] in menu_words()[0]


def is_trail(words: str) -> bool:
    """Tell whether a row is the path from the site's first page to the article, however long its last part."""
    if len(words) > _LONGEST_TRAIL:
        return False
    parts = [folded(p).strip(" .") for p in _TRAIL.split(words.strip())]
    return (
        3 <= len(parts) <= 7
        and parts[0].startswith(_FIRST)
        and len(parts[0]) <= 30
        and all(len(p) <= 45 for p in parts[:-1])
    )


def is_section(words: str) -> bool:
    """Tell whether a row names a section and its part: `Afrique / Grands Lacs`."""
    first, mark, second = words.partition(" / ")
    short = len(words) <= 60 and "/" not in second and not any(c.isdigit() for c in words)
    return bool(mark) and short and folded(first) in menu_words()[0]
