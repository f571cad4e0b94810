"""Cue phrases found in a text: whole words, without case or the kind of apostrophe, accents kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAME_LENGTH = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "})


@lru_cache(maxsize=64)
def evened(text: str) -> str:
    """Return `text` in lower case with plain apostrophes and spaces, of the same length."""
    text = text.translate(_SAME_LENGTH)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=512)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    # An elided word (« plus d'… ») is followed by the next one at once.
    ends = ((evened(p), "" if p[-1:] in "'’" else r"(?!\w)") for p in ordered)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) + end for p, end in ends) + ")")


def phrases_in(text: str, phrases: Iterable[str]) -> tuple[Span, ...]:
    """Return the spans of `text` where one of `phrases` stands, the longest at each place."""
    wanted = tuple(phrases)
    if not wanted:
        return ()
    return tuple(Span(m.start(), m.end()) for m in _pattern(wanted).finditer(evened(text)))
