"""What the features of many sentences weigh for each label, all sentences at once: `Chain.scores`, many times as fast.

Sentences are laid end to end. The place of a feature among a model's weights is remembered by the words it is made of,
so its name is made once, when it is first met.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from palabre.extract.learnt.features import BAGS, EDGE, STRETCHES, TEMPLATES
from palabre.extract.learnt.model import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from palabre.extract.learnt.features import Features, Reaches
    from palabre.extract.learnt.model import Chain, Matrix

    Weights = npt.NDArray[np.float64]

_REMEMBERED = 10_000
"""Features of one name whose places are remembered; a text without end does not fill the memory."""


class _Places(dict[Any, int]):
    """The places of the features of one name in a model, by the words they are made of; those not learnt have -1."""

    def __init__(self, name: str, model: Chain, *, several: bool) -> None:
        """`several` tells that a feature is made of several words, and known by a tuple of them."""
        super().__init__()
        self._name, self._keys, self._several = name, model.keys, several

    def __missing__(self, words: Any) -> int:
        name = self._name.format(*words) if self._several else self._name.format(words)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[words] = place = self._keys.get(key_of(name), -1)
        return place


class Scorer:
    """Weighs the features of sentences with one model."""

    def __init__(self, model: Chain) -> None:
        """`model` was learnt of features named after `TEMPLATES`, `STRETCHES` and `BAGS`."""
        self._model = model
        self._templates = tuple(_Places(name, model, several=len(parts) > 1) for name, parts in TEMPLATES)
        self._bags = tuple(_Places(name, model, several=False) for name in BAGS)
        self._stretches = tuple(_Places(name, model, several=False) for name in STRETCHES)
        self._summed: tuple[dict[frozenset[str], Weights], ...] = tuple({} for _ in STRETCHES)

    @cached_property
    def _weights(self) -> Weights:
        """The weights of each feature, with a row of zeros at the end for those that nobody learnt."""
        nothing = np.zeros((1, len(self._model.labels)))
        weights: Weights = np.concatenate([self._model.rows.astype(np.float64), nothing])
        return weights

    def scores(self, sentences: Sequence[Features]) -> list[Matrix]:
        """Return for each sentence what its units' features weigh for each label, shape (units, labels)."""
        lengths = list(map(len, sentences))
        total = sum(lengths)
        if not total:
            return [np.zeros((0, len(self._model.labels)), dtype=np.float32) for _ in sentences]
        starts = [0, *accumulate(lengths)]
        out = self._alone(sentences, lengths, total)
        for kind in range(len(STRETCHES)):
            stretches = [(s, reach) for s in sentences for reach in dict.fromkeys(s.stretches[kind])]
            weighed = np.array([self._tenses(kind, s, *reach) for s, reach in stretches])
            out += weighed.repeat([last - first for _, (first, last) in stretches], axis=0)
        whole: Matrix = out.astype(np.float32)
        stems = list(chain.from_iterable(s.columns["stem"][EDGE:-EDGE] for s in sentences))
        for i, places in enumerate(self._bags):
            first, last = _reaches([s.bags[i] for s in sentences], starts, total)
            summed = np.zeros((total + 1, len(self._model.labels)))
            np.cumsum(self._weights[_found(places, stems, total)], axis=0, out=summed[1:])
            whole += (summed[last] - summed[first]).astype(np.float32)
        return [whole[a:b] for a, b in pairwise(starts)]

    def _alone(self, sentences: Sequence[Features], lengths: Sequence[int], total: int) -> Weights:
        """Return what the features made of a few entries around each unit weigh."""
        columns = {
            column: list(chain.from_iterable(s.columns[column] for s in sentences))
            for column in dict.fromkeys(column for _, parts in TEMPLATES for column, _ in parts)
        }
        # The features of the edges between sentences are looked up as well, and left out of the sum.
        many = total + 2 * EDGE * (len(lengths) - 1)
        inside = np.concatenate([np.arange(n) + a for n, a in zip(lengths, _shifted(lengths), strict=True)])
        found = np.empty((len(TEMPLATES), total), dtype=np.intp)
        for row, places, (_, parts) in zip(found, self._templates, TEMPLATES, strict=True):
            entries = [columns[column][EDGE + at : EDGE + at + many] for column, at in parts]
            row[:] = _found(places, entries[0] if len(parts) == 1 else zip(*entries, strict=True), many)[inside]
        weighed: Weights = self._weights[found].sum(axis=0)
        return weighed

    def _tenses(self, kind: int, sentence: Features, first: int, last: int) -> Weights:
        """Return what the tenses of a stretch of units weigh, each once."""
        tenses = frozenset(sentence.columns["tense"][EDGE + first : EDGE + last])
        weighed = self._summed[kind].get(tenses)
        if weighed is None:
            places = [self._stretches[kind][tense] for tense in sorted(tenses)]
            self._summed[kind][tenses] = weighed = self._weights[places].sum(axis=0)
        return weighed


def _shifted(lengths: Sequence[int]) -> list[int]:
    """Return where the units of each sentence begin when there are edges between sentences."""
    return [n + 2 * EDGE * i for i, n in enumerate(accumulate([0, *lengths[:-1]]))]


def _found(places: _Places, entries: Any, many: int) -> npt.NDArray[np.intp]:
    return np.fromiter(map(places.__getitem__, entries), np.intp, many)


def _reaches(
    its: Sequence[Reaches], starts: Sequence[int], total: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the reach of each unit begins and ends when sentences that begin at `starts` are laid end to end."""
    pairs = np.fromiter(chain.from_iterable(chain.from_iterable(its)), np.intp, 2 * total).reshape(total, 2)
    pairs += np.repeat(starts[:-1], np.diff(starts))[:, None]
    return pairs[:, 0], pairs[:, 1]
