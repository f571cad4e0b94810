"""Tells from the words around an expression whether it looks back or ahead; no parser, a few words each side.

The nearest verb of the same clause decides: « a signé mardi », « recevra jeudi », « prévu le 3 mai », « réuni samedi ».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.text.dates.lexicon import Mark
from palabre.text.dates.resolve import Tense

_REACH = 14
"""How many words to look at on either side."""


@dataclass(frozen=True)
class TenseWords:
    """The words and endings of one language that tell past from future."""

    future: frozenset[str]
    past: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    future_endings: tuple[str, ...]
    future_not: frozenset[str]
    past_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    not_participle: frozenset[str]


@lru_cache(maxsize=8)
def tense_words(lang: str) -> TenseWords:
    """Return the tense words of a language (a code of `lang.pack.LANGUAGES`)."""
    raw = table(lang, "dates")["tense"]
    return TenseWords(
        frozenset(raw["future"]),
        frozenset(raw["past"]),
        frozenset(raw["have"]),
        frozenset(raw["be"]),
        frozenset(raw["between"]),
        tuple(raw["future_endings"]),
        frozenset(raw["future_not"]),
        tuple(raw["past_endings"]),
        tuple(raw["participle_endings"]),
        frozenset(raw["not_participle"]),
    )


def tense_at(marks: Sequence[Mark], first: int, last: int, words: TenseWords) -> Tense:
    """Return the tense of the words around the expression that goes from mark `first` to mark `last`."""
    left = _look(marks, range(first - 1, max(-1, first - 1 - _REACH), -1), words)
    right = _look(marks, range(last + 1, min(len(marks), last + 1 + _REACH)), words)
    if left is None and right is None:
        return Tense.UNKNOWN
    # A verb after the expression must be clearly nearer: what stands before governs it.
    if left is None or (right is not None and right[0] + 2 < left[0]):
        return right[1] if right is not None else Tense.UNKNOWN
    return left[1]


def _look(marks: Sequence[Mark], places: range, words: TenseWords) -> tuple[int, Tense] | None:
    commas = 0
    for distance, i in enumerate(places):
        mark = marks[i]
        if mark.letter == "|" or mark.norm in (".", "!", "?", ";", "…") or (mark.norm == ":" and places.step < 0):
            return None
        if mark.letter == "," or mark.norm in '«»"“”()':
            commas += 1
        found = _verb(marks, i, words)
        if found is not None:
            return distance + 2 * commas, found
    return None


def _verb(marks: Sequence[Mark], i: int, words: TenseWords) -> Tense | None:
    mark = marks[i]
    norm = mark.norm
    if mark.letter not in "_G":
        return Tense.FUTURE if norm in words.future else None
    if norm in words.future:
        return Tense.FUTURE
    if norm in words.past:
        return Tense.PAST
    before = _before(marks, i, words)
    if _participle(norm, words):
        if before in words.have:
            return Tense.PAST
        if before in words.be:
            return Tense.PAST
        return Tense.PAST if len(norm) > 4 and norm.endswith(words.participle_endings[:4]) else None
    if len(norm) > 3 and norm.endswith(words.future_endings) and norm not in words.future_not:
        return Tense.FUTURE
    if len(norm) > 4 and norm.endswith(words.past_endings):
        return Tense.PAST
    return None


def _before(marks: Sequence[Mark], i: int, words: TenseWords) -> str:
    for j in range(i - 1, max(-1, i - 4), -1):
        if marks[j].norm not in words.between:
            return marks[j].norm
    return ""


def _participle(norm: str, words: TenseWords) -> bool:
    return len(norm) > 1 and norm.endswith(words.participle_endings) and norm not in words.not_participle
