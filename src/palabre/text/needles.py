"""Looks for many strings at once: one pass over a text, however many they are (Aho and Corasick, 1975)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALVES = re.compile("[\ud800-\udfff]")


class Needles:
    """Strings to look for in one text after another; case and accents tell them apart. None is empty."""

    def __init__(self, strings: Iterable[str]) -> None:
        """`strings` are known by their places, from 0."""
        self._automaton = AhoCorasick(list(strings))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return (place of the string, start, end) wherever one stands in `text`, those that overlap too, by end."""
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            # Half a character (U+D800 to U+DFFF), which the library cannot take; no string holds one.
            return self._automaton.find_matches_as_indexes(_HALVES.sub("\ufffd", text), overlapping=True)
