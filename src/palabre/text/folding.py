"""One way of comparing words that differ in case, accents and typography. Offsets are not kept: for look-ups only."""

from __future__ import annotations

import unicodedata

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
)

_MARKS = dict.fromkeys(range(0x0300, 0x0370))


def folded(words: str) -> str:
    """Return `words` in lower case without accents, with plain apostrophes and hyphens and single spaces."""
    plain = words.translate(_TYPOGRAPHY)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).translate(_MARKS)
    return " ".join(plain.lower().split())
