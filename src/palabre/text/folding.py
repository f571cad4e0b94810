"""One way of comparing words that differ in case, accents and typography. Offsets are not kept: for look-ups only."""

from __future__ import annotations

import unicodedata

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
)


def folded(words: str) -> str:
    """Return `words` in lower case without accents, with plain apostrophes and hyphens and single spaces."""
    plain = words.translate(_TYPOGRAPHY)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.lower().split())
