"""How names are compared and looked up: folding, parts of a word, and a trie of names. It knows no name itself.

Names are matched without accents, case, hyphens or apostrophes; where capitals matter, the caller's entry says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from palabre.text.folding import fold as fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.reading import Token

T = TypeVar("T")

MOST_COMMON = 50_000
"""Words that are remembered to name nothing."""

_PART = re.compile(r"[^\W_]+(?:\+)?")


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, ...]:
    """Return the folded pieces of a word or name: « Côte d'Ivoire » gives `cote`, `d`, `ivoire`."""
    return tuple(_PART.findall(fold(word)))


def key(name: str) -> str:
    """Return what two spellings of one name have in common: folded pieces joined by spaces."""
    return " ".join(parts(name))


def is_upper(text: str, token: Token) -> bool:
    """Tell whether a token opens with a capital letter."""
    return text[token.start].isupper()


@dataclass
class Trie(Generic[T]):
    """Names by their folded pieces; the longest match at a place wins. Time grows with the words looked at only."""

    _root: dict[str, list[tuple[tuple[str, ...], T]]] = field(default_factory=dict)
    _cold: set[str] = field(default_factory=set)
    """Words met that open no name: most words are, and are asked about again and again."""

    def add(self, name: str, value: T) -> None:
        """Enter a name; a name without letters or digits is left out."""
        pieces = parts(name)
        if pieces:
            self._cold.clear()
            entries = self._root.setdefault(pieces[0], [])
            entries.append((pieces, value))
            entries.sort(key=lambda e: -len(e[0]))

    def opens(self, norm: str) -> bool:
        """Tell whether a token may open a name."""
        first = parts(norm)
        return bool(first) and first[0] in self._root

    def match(self, tokens: Sequence[Token], at: int) -> list[tuple[int, T]]:
        """Return (index past the last token, value) of the entries that stand at token `at`, longest first."""
        norm = tokens[at].norm
        if norm in self._cold:
            return []
        first = parts(norm)
        entries = self._root.get(first[0]) if first else None
        if entries is None:
            if len(self._cold) < MOST_COMMON:
                self._cold.add(norm)
            return []
        found = []
        for pieces, value in entries:
            end = _reach(tokens, at, pieces)
            if end is not None:
                found.append((end, value))
        return found


def _reach(tokens: Sequence[Token], at: int, pieces: tuple[str, ...]) -> int | None:
    done = 0
    while done < len(pieces):
        if at >= len(tokens):
            return None
        if done and tokens[at].norm in ("/", "&"):  # « l'ABC/D12 » is one body, « Orsin & Fils » one house
            at += 1
            continue
        here = parts(tokens[at].norm)
        if not here or pieces[done : done + len(here)] != here:
            return None
        done += len(here)
        at += 1
    return at
