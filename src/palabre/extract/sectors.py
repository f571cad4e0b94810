"""Which sector some words speak of: a vocabulary with weights, nothing learnt.

The words of the action weigh most, the rest of the clause less, the sentence around it least. This module must not
look for commitments, and knows no language: the vocabulary is `lang/xx/sectors.toml`, one entry per DAC sector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.model.vocabulary import Sector

_WORTH = {"strong": 3.0, "plain": 2.0, "weak": 0.75}
_NEAR = 60
"""Code points of an action within which its object is named."""
_TALK = 0.8
"""What diplomacy's words count against any other sector's: states talk of everything they do."""
_LONGEST = 4000
"""No clause is longer; more than that is a text without full stops, and its first part is enough."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    pattern: re.Pattern[str]
    worth: Mapping[str, tuple[tuple[Sector, float], ...]]


@lru_cache(maxsize=8)
def _vocabulary(lang: str) -> _Vocabulary:
    worth: dict[str, list[tuple[Sector, float]]] = {}
    for name, lists in table(lang, "sectors").items():
        for strength, stems in lists.items():
            for stem in stems:
                worth.setdefault(stem, []).append((Sector(name), _WORTH[strength]))
    # Longest first, so that « aide alimentaire » is taken before « aide ».
    stems = sorted(worth, key=lambda s: (-len(s), s))
    parts = [re.escape(s[:-1]) + r"(?!\w)" if s.endswith("=") else re.escape(s) for s in stems]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(f"({p})" for p in parts) + ")") if parts else re.compile(r"(?!)")
    return _Vocabulary(pattern, {str(i + 1): tuple(worth[s]) for i, s in enumerate(stems)})


def sector_weights(words: str, lang: str, weight: float = 1.0) -> dict[Sector, float]:
    """Return what each sector named in `words` (lower case, ' for ’) weighs, times `weight`; {} when none is."""
    out: dict[Sector, float] = {}
    vocabulary = _vocabulary(lang)
    seen: set[str] = set()
    for match in vocabulary.pattern.finditer(words[:_LONGEST]):
        key = str(match.lastindex)
        # The same word said again tells nothing new.
        if key in seen:
            continue
        seen.add(key)
        # What comes first is what is acted upon; what comes later is said about it.
        near = 1.3 if match.start() < _NEAR else 1.0
        for sector, value in vocabulary.worth[key]:
            tempered = _TALK if sector is Sector.DIPLOMACY else 1.0
            out[sector] = out.get(sector, 0.0) + value * weight * near * tempered
    return out


def named_sectors(words: str, lang: str, *, firmly: bool = True) -> tuple[Sector, ...]:
    """Return the sectors that `words` names outright, in the order they come, each once (a list of fields).

    With `firmly` only words that name a sector by themselves count; without it, those that point to one too.
    """
    out: list[Sector] = []
    least = _WORTH["strong" if firmly else "plain"]
    vocabulary = _vocabulary(lang)
    for match in vocabulary.pattern.finditer(words[:_LONGEST]):
        for sector, value in vocabulary.worth[str(match.lastindex)]:
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
