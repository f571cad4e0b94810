"""Which sector a clause is about, by what was learnt: for words that no table of sectors holds.

The tables come first; what they name is among the features. Nothing here knows a language.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from palabre.extract.learnt.units import forms, stem_of
from palabre.extract.learnt.weights import SECTOR, learnt
from palabre.extract.sectors import sector_weights
from palabre.model.spans import Span
from palabre.model.vocabulary import Sector
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from palabre.extract.learnt.units import Forms

SURE = 0.97
"""A chance from which what was learnt counts more than the tables."""
LIKELY = 0.5
"""A chance from which it counts where the tables name nothing, or two sectors alike."""
_NAMED, _APART = 2.0, 1.0
"""What a sector named outright weighs, and by how much it outweighs another."""
_PREFIX = 5
_LONGEST = 600
"""Code points of a clause that are looked at."""


def likelier(words: str, lang: str, said: Sector) -> Sector:
    """Return the sector of a clause (lower case, ' for ’), given the one that the tables say."""
    model, known = learnt(lang, SECTOR), forms(lang)
    if model is None or known is None:
        return said
    scores = model.scores([sector_features(words, known)])[0]
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    chance = float(chances[best] / chances.sum())
    weights = sorted(sector_weights(words[:_LONGEST], lang).values(), reverse=True)
    plain = not weights or (weights[0] >= _NAMED and len(weights) > 1 and weights[0] - weights[1] < _APART)
    return Sector(model.labels[best]) if chance >= (LIKELY if plain else SURE) else said


def sector_features(words: str, known: Forms) -> list[str]:
    """Return what the model looks at: stems, pairs of them, beginnings of words, and what the tables name."""
    words = words[:_LONGEST]
    found = [t.norm for t in tokens(words, Span(0, len(words)), known.lang) if t.norm[0].isalpha()]
    said = [w for w in found if w not in known.small]
    stems = [stem_of(w, known.lang) for w in said]
    weights = sector_weights(words, known.lang)
    order = sorted(weights, key=lambda s: (-weights[s], s.value))
    out = ["bias", *dict.fromkeys("i:" + s for s in stems)]
    out += [f"ii:{a}|{b}" for a, b in pairwise(stems)]
    out += ["p:" + w[:_PREFIX] for w in said if len(w) > _PREFIX]
    out += [f"h{i}:{s}" for i, s in enumerate(stems[:3])]
    out += [f"W{i}:{s.value}" for i, s in enumerate(order[:2])]
    out += ["W:" + s.value for s in order]
    if order:
        out.append(f"top:{order[0].value}|{min(9, int(weights[order[0]]))}")
    if len(order) > 1:
        out.append(f"both:{order[0].value}|{order[1].value}")
    return out
