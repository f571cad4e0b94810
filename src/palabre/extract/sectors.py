"""Which sector some words speak of: a vocabulary with weights, nothing learnt.

The words of the action weigh most, the rest of the clause less, the sentence around it least. This module must not
look for commitments, and knows no language: the vocabulary is `lang/xx/sectors.toml`, one entry per DAC sector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.model.vocabulary import Sector

_WORD = re.compile(r"(?<![\w])[^\W_]")
_KEY = 2
"""Letters by which stems are looked up; no stem is shorter."""
_WORTH = {"strong": 3.0, "plain": 2.0, "weak": 0.75}
_NEAR = 60
"""Code points of an action within which its object is named."""
_TALK = 0.8
"""What diplomacy's words count against any other sector's: states talk of everything they do."""
_LONGEST = 4000
"""No clause is longer; more than that is a text without full stops, and its first part is enough."""


@dataclass(frozen=True, slots=True)
class _Stem:
    words: str
    whole: bool
    worth: tuple[tuple[Sector, float], ...]


@lru_cache(maxsize=8)
def _vocabulary(lang: str) -> Mapping[str, tuple[_Stem, ...]]:
    """Return the stems of a language by their first letters, longest first: « aide alimentaire » before « aide »."""
    worth: dict[str, list[tuple[Sector, float]]] = {}
    for name, lists in table(lang, "sectors").items():
        for strength, stems in lists.items():
            for stem in stems:
                worth.setdefault(stem, []).append((Sector(name), _WORTH[strength]))
    found: dict[str, list[_Stem]] = {}
    for stem in sorted(worth, key=lambda s: (-len(s), s)):
        words = stem.removesuffix("=")
        found.setdefault(words[:_KEY], []).append(_Stem(words, stem.endswith("="), tuple(worth[stem])))
    return {key: tuple(stems) for key, stems in found.items()}


def _named(words: str, lang: str) -> Iterator[tuple[int, _Stem]]:
    """Yield the stems that stand in `words`, in order, with where; none inside another."""
    vocabulary = _vocabulary(lang)
    words = words[:_LONGEST]
    free = 0
    for match in _WORD.finditer(words):
        start = match.start()
        if start < free:
            continue
        for stem in vocabulary.get(words[start : start + _KEY], ()):
            end = start + len(stem.words)
            if words.startswith(stem.words, start) and not (stem.whole and words[end : end + 1].isalnum()):
                yield start, stem
                free = end
                break


def sector_weights(words: str, lang: str, weight: float = 1.0) -> dict[Sector, float]:
    """Return what each sector named in `words` (lower case, ' for ’) weighs, times `weight`; {} when none is."""
    out: dict[Sector, float] = {}
    seen: set[str] = set()
    for start, stem in _named(words, lang):
        # The same word said again tells nothing new.
        if stem.words in seen:
            continue
        seen.add(stem.words)
        # What comes first is what is acted upon; what comes later is said about it.
        near = 1.3 if start < _NEAR else 1.0
        for sector, value in stem.worth:
            tempered = _TALK if sector is Sector.DIPLOMACY else 1.0
            out[sector] = out.get(sector, 0.0) + value * weight * near * tempered
    return out


def named_sectors(words: str, lang: str, *, firmly: bool = True) -> tuple[Sector, ...]:
    """Return the sectors that `words` names outright, in the order they come, each once (a list of fields).

    With `firmly` only words that name a sector by themselves count; without it, those that point to one too.
    """
    out: list[Sector] = []
    least = _WORTH["strong" if firmly else "plain"]
    for _, stem in _named(words, lang):
        for sector, value in stem.worth:
            if value >= least and sector is not Sector.MULTI and sector not in out:
                out.append(sector)
    return tuple(out)


def sector_of(layers: Iterable[tuple[str, float]], lang: str) -> Sector:
    """Return the one sector of something said.

    `layers` are words (lower case, ' for ’) with what they count, the action's own first. `MULTI` when its first two
    layers name three sectors or more outright; `DIPLOMACY` when nothing else is named: dialogue is what states do.
    """
    total: dict[Sector, float] = {}
    layers = tuple(layers)
    for rank, (words, weight) in enumerate(layers):
        here = sector_weights(words, lang, weight)
        named = [s for s in named_sectors(words, lang) if s is not Sector.DIPLOMACY]
        if len(named) >= 3 and (rank == 0 or max(total.values(), default=0.0) < _WORTH["plain"]):
            return Sector.MULTI
        for sector, value in here.items():
            total[sector] = total.get(sector, 0.0) + value
        # Context decides only where the words themselves say nothing firm.
        if rank < len(layers) - 1 and total and max(total.values()) >= _WORTH["plain"] * layers[0][1]:
            break
    if not total:
        return Sector.DIPLOMACY
    order = list(Sector)
    return max(total, key=lambda s: (total[s], s is not Sector.MULTI, -order.index(s)))
