"""Which sector a clause is about and how firmly it binds, by what was learnt of its words and of those around it.

Two models weigh sectors. One looks at features, among them what the tables name in the clause, beside it, before it and
in the whole text: it learns how far each is to be believed. The other hears words by their vectors, so that those that
no passage held tell something too. Nothing here knows a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.extract.learnt.clauses import clause_features
from palabre.extract.learnt.units import forms, stem_of
from palabre.extract.learnt.weights import FIRMNESS, SECTOR, learnt, listeners_of
from palabre.extract.sectors import sector_weights
from palabre.model.spans import Span
from palabre.model.vocabulary import Firmness, Sector
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from palabre.extract.learnt.units import Forms, Unit

FEATURES = 0.7
"""The part of what features say; the rest is what words say by their vectors."""
SAID = 1.0
"""What is added to the sector that the tables say."""
_PREFIX = 5
_LONGEST = 600
"""Code points of a clause, and of what stands around it, that are looked at."""
HEARD = (24, 24, 24, 12, 64)
"""Words that are heard: of a clause, of the rest of its sentence, of the sentence before, of the title, of the text."""
_BEGINNING = 3_000
"""Code points of a text that are its beginning."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a clause: words (lower case, ' for ’), and what each sector weighs in the whole text.

    `begins` are the words that the text begins with, as `beginning` tells them.
    """

    sentence: str = ""
    before: str = ""
    title: str = ""
    text: Mapping[Sector, float] | None = None
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A clause, `units[first:last]` of its sentence, with the units of the sentences before, the nearest first."""

    units: Sequence[Unit]
    first: int
    last: int
    before: Sequence[Sequence[Unit]]


def likelier_sector(words: str, around: Around, lang: str, said: Sector) -> Sector:
    """Return the sector of a clause (lower case, ' for ’), given the one that the tables say.

    Both models weigh every sector, in the order of their names.
    """
    model, known = learnt(lang, SECTOR), forms(lang)
    if model is None or known is None:
        return said
    scores = model.weighed(sector_features(words, around, known))
    listeners = listeners_of(lang)
    if listeners is not None:
        scores = FEATURES * scores + (1 - FEATURES) * listeners.weighed(places_of(words, around, known))
    scores[model.labels.index(said)] += SAID
    return Sector(model.labels[int(scores.argmax())])


def places_of(words: str, around: Around, known: Forms) -> tuple[tuple[str, ...], ...]:
    """Return the words that are heard: of the clause, beside it, before it, in the title, in the whole text."""
    places = (words[:_LONGEST], around.sentence[: 2 * _LONGEST], around.before[:_LONGEST], around.title)
    return *(_heard(place, known, most) for place, most in zip(places, HEARD[:-1], strict=True)), around.begins


def beginning(text: str, lang: str) -> tuple[str, ...]:
    """Return the words that a text (lower case, ' for ’) begins with; none where nothing was learnt of the language."""
    known = forms(lang)
    return _heard(text[:_BEGINNING], known, HEARD[-1]) if known is not None else ()


def _heard(words: str, known: Forms, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_telling(words, known)))[:most]


def _telling(words: str, known: Forms) -> list[str]:
    """Return the words of `words` that are not small ones."""
    found = (t.norm for t in tokens(words, Span(0, len(words)), known.lang))
    return [w for w in found if w[0].isalpha() and w not in known.small]


def firmness_of(bound: Bound, lang: str) -> Firmness:
    """Return how firmly a clause binds for which no rule has words; a pledge where nothing was learnt."""
    model, known = learnt(lang, FIRMNESS), forms(lang)
    if model is None or known is None:
        return Firmness.PLEDGED
    scores = model.scores([firmness_features(bound, known)])[0]
    return Firmness(model.labels[int(scores.argmax())])


def sector_features(words: str, around: Around, known: Forms) -> dict[str, float]:
    """Return what the model looks at, with what each counts.

    Stems of the clause, pairs of them, beginnings of words, and what the tables name in it; then what part of all that
    the tables name each sector has beside the clause, in the sentence before, in the title and in the whole text.
    """
    words = words[:_LONGEST]
    said = _telling(words, known)
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
