"""What a passage is about, as weighted features that can be compared across documents and languages.

Features are concepts (from the language's `concepts` table: « force conjointe » and « force unifiée » are one), the
stems of the other content words, and numbers. Names of the parties are left out: they are compared as parties.
Stems: Porter's Snowball algorithms, M. F. Porter (2001), through `snowballstemmer`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer

from palabre.lang.pack import pack_for, table
from palabre.reconcile.phrases import evened
from palabre.reconcile.places import sites_in
from palabre.text.fingerprints import plain_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W_]+")
_ALGORITHM = {"fr": "french", "en": "english"}
STEM_WEIGHT = 0.3
"""What a shared word outside the concepts is worth, against 1 for a concept."""
NUMBER_WEIGHT = 0.8
SHORTEST = 4
"""Shorter words outside the concepts say nothing."""


@dataclass(frozen=True, slots=True)
class Features:
    """The weighted features of one passage.

    `sites` are the towns it names as where something is, in plain words; `texts` tells that it counts texts without
    telling them apart (« plusieurs accords »).
    """

    weights: Mapping[str, float]
    sites: frozenset[str] = frozenset()
    texts: bool = False

    @property
    def total(self) -> float:
        """Return the sum of the weights."""
        return sum(self.weights.values())

    @property
    def tells_of_texts(self) -> bool:
        """Tell whether an agreement is named, one or several."""
        return self.texts or "c:agreement" in self.weights

    def concepts(self) -> frozenset[str]:
        """Return the names of the concepts met."""
        return frozenset(k[2:] for k in self.weights if k.startswith("c:"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two passages are (0.0 to 1.0), how much they share in weight, and through what."""

    score: float
    shared_weight: float
    shared: tuple[str, ...]


@lru_cache(maxsize=4)
def _stemmer(lang: str) -> Any:
    return snowballstemmer.stemmer(_ALGORITHM.get(lang, "french"))


@lru_cache(maxsize=131_072)
def stem(word: str, lang: str) -> str:
    """Return the stem of a word (any case), without accents."""
    return plain_word(_stemmer(lang).stemWord(word.casefold()))


@dataclass(frozen=True, slots=True)
class _Concepts:
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By first stem: (stems of the phrase, concept), longest first."""


@lru_cache(maxsize=8)
def _concepts(lang: str) -> _Concepts:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept, phrases in table(lang, "concepts").get("words", {}).items():
        for phrase in phrases:
            # « port= » asks for the word itself: its stem is that of another word (« porter »).
            exact = phrase.endswith("=")
            stems = tuple(("=" + plain_word(w)) if exact else stem(w, lang) for w in _WORD.findall(phrase))
            if stems:
                found.setdefault(stems[0], []).append((stems, concept))
    return _Concepts({k: tuple(sorted(set(v), key=lambda p: (-len(p[0]), p))) for k, v in found.items()})


@lru_cache(maxsize=1)
def concept_weights() -> Mapping[str, float]:
    """Return what each concept is worth; those not named are worth 1."""
    return {str(k): float(v) for k, v in table("fr", "concepts").get("weight", {}).items()}


@lru_cache(maxsize=8)
def _empty(lang: str) -> frozenset[str]:
    words = table(lang, "reconcile").get("empty_words", {}).get("words", ())
    return frozenset(plain_word(w) for w in words)


@lru_cache(maxsize=8)
def _several(lang: str) -> re.Pattern[str] | None:
    cue = table(lang, "sectors").get("marks", {}).get("several")
    return re.compile(cue, re.IGNORECASE) if cue else None


@lru_cache(maxsize=65_536)
def features(text: str, lang: str, leave_out: frozenset[str] = frozenset()) -> Features:
    """Return what `text` is about. `leave_out` holds plain words (no case, no accents) that name the parties."""
    pack = pack_for(lang)
    words = list(_WORD.findall(text))
    stems = [stem(w, pack) for w in words]
    concepts, empty = _concepts(pack), _empty(pack)
    weights: dict[str, float] = {}
    worth = concept_weights()
    i = 0
    while i < len(words):
        plain = plain_word(words[i])
        exact = concepts.phrases.get("=" + plain, ())
        matched = [c for _, c in exact]
        length = 1 if exact else 0
        for phrase, concept in concepts.phrases.get(stems[i], ()):
            if len(phrase) < length:
                break
            if tuple(stems[i : i + len(phrase)]) == phrase:
                length = len(phrase)
                matched.append(concept)
        if matched:
            # A word may belong to several concepts; each is met.
            weights.update(("c:" + c, worth.get(c, 1.0)) for c in matched)
            i += length
            continue
        if plain.isdigit():
            # Neither a year, nor the second half of « 5 000 ».
            if not (len(plain) == 4 and plain[:2] in ("19", "20")) and len(plain) > 1 and plain[0] != "0":
                weights["n:" + plain] = NUMBER_WEIGHT
        elif len(plain) >= SHORTEST and plain not in empty and plain not in leave_out:
            weights["w:" + stems[i]] = STEM_WEIGHT
        i += 1
    several = _several(pack)
    return Features(
        weights, sites_in(text, lang, leave_out), several is not None and bool(several.search(evened(text)))
    )


def likeness(a: Features, b: Features) -> Likeness:
    """Compare two passages: the cosine of their weighted features, and the features they share, heaviest first."""
    shared = sorted(a.weights.keys() & b.weights.keys(), key=lambda k: (-a.weights[k], k))
    dot = sum(a.weights[k] * b.weights[k] for k in shared)
    norm = (_square(a.weights.values()) * _square(b.weights.values())) ** 0.5
    weight = sum(min(a.weights[k], b.weights[k]) for k in shared)
    return Likeness(dot / norm if norm else 0.0, weight, tuple(shared))


def _square(values: Iterable[float]) -> float:
    return sum(v * v for v in values)
