"""Which sector a clause is about and how firmly it binds, by what was learnt of its words and of those around it.

What the tables name is among the features, in the clause, beside it, before it and in the whole text: the model learns
how far each is to be believed. Nothing here knows a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from palabre.extract.learnt.clauses import clause_features
from palabre.extract.learnt.units import forms, stem_of
from palabre.extract.learnt.weights import FIRMNESS, SECTOR, learnt
from palabre.extract.sectors import sector_weights
from palabre.model.spans import Span
from palabre.model.vocabulary import Firmness, Sector
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from palabre.extract.learnt.model import Linear
    from palabre.extract.learnt.units import Forms, Unit

LIKELY = 0.6
"""A chance from which what was learnt of sectors counts more than what the rules say."""
_PREFIX = 5
_LONGEST = 600
"""Code points of a clause, and of what stands around it, that are looked at."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a clause: words (lower case, ' for ’), and what each sector weighs in the whole text."""

    sentence: str = ""
    before: str = ""
    title: str = ""
    text: Mapping[Sector, float] | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A clause, `units[first:last]` of its sentence, with the units of the sentences before, the nearest first."""

    units: Sequence[Unit]
    first: int
    last: int
    before: Sequence[Sequence[Unit]]


def likelier_sector(words: str, around: Around, lang: str, said: Sector) -> Sector:
    """Return the sector of a clause (lower case, ' for ’), given the one that the tables say."""
    model, known = learnt(lang, SECTOR), forms(lang)
    if model is None or known is None:
        return said
    label, chance = _likeliest(model, model.weighed(sector_features(words, around, known)))
    return Sector(label) if chance >= LIKELY else said


def firmness_of(bound: Bound, lang: str) -> Firmness:
    """Return how firmly a clause binds for which no rule has words; a pledge where nothing was learnt."""
    model, known = learnt(lang, FIRMNESS), forms(lang)
    if model is None or known is None:
        return Firmness.PLEDGED
    return Firmness(_likeliest(model, model.scores([firmness_features(bound, known)])[0])[0])


def _likeliest(model: Linear, scores: np.ndarray) -> tuple[str, float]:
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    return model.labels[best], float(chances[best] / chances.sum())


def sector_features(words: str, around: Around, known: Forms) -> dict[str, float]:
    """Return what the model looks at, with what each counts.

    Stems of the clause, pairs of them, beginnings of words, and what the tables name in it; then what part of all that
    the tables name each sector has beside the clause, in the sentence before, in the title and in the whole text.
    """
    words = words[:_LONGEST]
    found = [t.norm for t in tokens(words, Span(0, len(words)), known.lang) if t.norm[0].isalpha()]
    said = [w for w in found if w not in known.small]
    stems = [stem_of(w, known.lang) for w in said]
    weights = sector_weights(words, known.lang)
    order = sorted(weights, key=lambda s: (-weights[s], s.value))
    out = ["bias", *("i:" + s for s in stems)]
    out += [f"ii:{a}|{b}" for a, b in pairwise(stems)]
    out += ["p:" + w[:_PREFIX] for w in said if len(w) > _PREFIX]
    out += [f"h{i}:{s}" for i, s in enumerate(stems[:3])]
    out += [f"W{i}:{s.value}" for i, s in enumerate(order[:2])]
    out += ["W:" + s.value for s in order]
    if order:
        out.append(f"top:{order[0].value}|{min(9, int(weights[order[0]]))}")
    if len(order) > 1:
        out.append(f"both:{order[0].value}|{order[1].value}")
    features = dict.fromkeys(out, 1.0)
    layers = (
        ("s", sector_weights(around.sentence[: 2 * _LONGEST], known.lang)),
        ("b", sector_weights(around.before[:_LONGEST], known.lang)),
        ("h", sector_weights(around.title[:_LONGEST], known.lang)),
        ("t", around.text or {}),
    )
    for name, worth in layers:
        total = sum(worth.values())
        features |= {f"{name}~{sector.value}": weight / total for sector, weight in worth.items()}
    return features


def firmness_features(bound: Bound, known: Forms) -> list[str]:
    """Return what the model looks at: the clause, and the words that tell of texts and deals near it."""
    before = bound.before[0] if bound.before else ()
    out = clause_features(bound.units, before, bound.first, bound.last, known)
    places = (
        ("l", bound.units[: bound.first]),
        ("t", bound.units[bound.last :]),
        *((f"b{i}", units) for i, units in enumerate(bound.before)),
    )
    for name, units in places:
        out += [f"k{name}:{begins}" for begins in dict.fromkeys(_binding(units, known))]
    return list(dict.fromkeys(out))


def _binding(units: Sequence[Unit], known: Forms) -> Iterator[str]:
    """Yield how those words begin that tell of texts and deals."""
    for unit in units:
        if not unit.word.startswith(known.binding):
            continue
        yield next(begins for begins in known.binding if unit.word.startswith(begins))
