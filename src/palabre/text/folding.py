"""One way of comparing words that differ in case, accents and typography. Offsets are not kept: for look-ups only.

A search index folds further (`text.words`): it drops all that is neither letter nor digit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTERS = dict(
    zip("œæßøłđðþħı", ("oe", "ae", "ss", "o", "l", "d", "d", "th", "h", "i"), strict=True),
)
"""Letters that no decomposition parts into a plain letter and a mark, and what they are compared as."""

_TYPOGRAPHY = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", **LETTERS}


class _Folding(dict[int, str]):
    """What each lower-case character is compared as, worked out when first met (`str.translate` asks by code point)."""

    def __missing__(self, code: int) -> str:
        plain = _TYPOGRAPHY.get(chr(code), chr(code))
        apart = unicodedata.normalize("NFKD", plain)
        self[code] = plain if plain.isascii() else "".join(c for c in apart if not unicodedata.combining(c))
        return self[code]


_FOLDING = _Folding()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` in lower case without accents or ligatures, with plain apostrophes and hyphens."""
    low = word.lower()
    return low.translate(_FOLDING) if not low.isascii() or "`" in low else low


def folded(words: str) -> str:
    """Return several words folded, with single spaces between them and none around."""
    return " ".join(fold(words).split())
