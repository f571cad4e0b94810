"""What the features of many sentences weigh for each label, all sentences at once: `Chain.scores`, many times as fast.

Sentences are laid end to end. Features made of the same words under several names (« the stem before », « the stem
after ») are looked up once for all, and their names made once, when the words are first met.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from palabre.extract.learnt.features import BAGS, EDGE, STRETCHES, TEMPLATES, WINDOW
from palabre.extract.learnt.model import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from palabre.extract.learnt.features import Features
    from palabre.extract.learnt.model import Chain, Matrix

    Weights = npt.NDArray[np.float64]
    Places = npt.NDArray[np.intp]

_REMEMBERED = 50_000
"""Words, or several together, whose places are remembered for each way to put them together; then it begins again."""


class _Places(dict[Any, int]):
    """Where the features made of some words under several names stand in a model: words to a row of `rows`.

    A row has one column a name; features that nobody learnt have the place -1.
    """

    def __init__(self, names: Sequence[str], model: Chain, *, several: bool) -> None:
        """`several` tells that features are made of several words, and known by a tuple of them."""
        super().__init__()
        self._names, self._keys, self._several = names, model.keys, several
        self.rows = np.empty((256, len(names)), dtype=np.intp)

    def __missing__(self, words: Any) -> int:
        self[words] = row = len(self)
        if row == len(self.rows):
            self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])
        made = [name.format(*words) if self._several else name.format(words) for name in self._names]
        self.rows[row] = [self._keys.get(key_of(name), -1) for name in made]
        return row

    def of(self, entries: Iterable[Any], many: int) -> Places:
        """Return the places of the features of each entry, shape (many, names)."""
        if len(self) + many > _REMEMBERED:
            self.clear()
        rows = np.fromiter(map(self.__getitem__, entries), np.intp, many)
        return self.rows[rows]


class Scorer:
    """Weighs the features of sentences with one model."""

    def __init__(self, model: Chain) -> None:
        """`model` was learnt of features named after `TEMPLATES`, `STRETCHES` and `BAGS`."""
        self._model = model
        shapes: dict[tuple[tuple[str, int], ...], list[tuple[str, int]]] = {}
        for name, parts in TEMPLATES:
            first = parts[0][1]
            shapes.setdefault(tuple((column, at - first) for column, at in parts), []).append((name, first))
        self._shapes = [
            (shape, [first for _, first in its], _Places([n for n, _ in its], model, several=len(shape) > 1))
            for shape, its in shapes.items()
        ]
        self._bags = _Places(BAGS, model, several=False)
        self._stretches = [_Places([name], model, several=False) for name in STRETCHES]
        self._summed: list[dict[frozenset[str], Weights]] = [{} for _ in STRETCHES]

    @cached_property
    def _weights(self) -> Weights:
        """The weights of each feature, with a row of zeros at the end for those that nobody learnt."""
        nothing = np.zeros((1, len(self._model.labels)))
        weights: Weights = np.concatenate([self._model.rows.astype(np.float64), nothing])
        return weights

    def scores(self, sentences: Sequence[Features]) -> list[Matrix]:
        """Return for each sentence what its units' features weigh for each label, shape (units, labels)."""
        starts = [0, *accumulate(map(len, sentences))]
        total = starts[-1]
        if not total:
            return [np.zeros((0, len(self._model.labels)), dtype=np.float32) for _ in sentences]
        out = self._alone(sentences, starts)
        for kind in range(len(STRETCHES)):
            stretches = [(s, reach) for s in sentences for reach in dict.fromkeys(s.stretches[kind])]
            weighed = np.array([self._tenses(kind, s, *reach) for s, reach in stretches])
            out += weighed.repeat([last - first for _, (first, last) in stretches], axis=0)
        whole: Matrix = out.astype(np.float32)
        stems = chain.from_iterable(s.columns["stem"][EDGE:-EDGE] for s in sentences)
        summed = np.zeros((total + 1, len(BAGS), len(self._model.labels)))
        np.cumsum(self._weights[self._bags.of(stems, total)], axis=0, out=summed[1:])
        for i, (first, last) in enumerate(_reaches(sentences, starts)):
            whole += (summed[last, i] - summed[first, i]).astype(np.float32)
        return [whole[a:b] for a, b in pairwise(starts)]

    def _alone(self, sentences: Sequence[Features], starts: Sequence[int]) -> Weights:
        """Return what the features made of a few entries around each unit weigh."""
        columns = {
            column: list(chain.from_iterable(s.columns[column] for s in sentences))
            for column in dict.fromkeys(column for shape, _, _ in self._shapes for column, _ in shape)
        }
        # Sentences stand here with their edges: so many entries of others stand before the first unit of each.
        shift = np.repeat(np.arange(len(sentences)) * 2 * EDGE + EDGE, np.diff(starts))
        units = np.arange(starts[-1]) + shift
        found: list[Places] = []
        for shape, firsts, places in self._shapes:
            entries = [columns[column][at:] for column, at in shape]
            many = len(entries[-1])
            there = places.of(entries[0] if len(shape) == 1 else zip(*entries, strict=False), many)
            found.extend(there[units + first, i] for i, first in enumerate(firsts))
        weighed: Weights = self._weights[np.array(found)].sum(axis=0)
        return weighed

    def _tenses(self, kind: int, sentence: Features, first: int, last: int) -> Weights:
        """Return what the tenses of a stretch of units weigh, each once."""
        tenses = frozenset(sentence.columns["tense"][EDGE + first : EDGE + last])
        weighed = self._summed[kind].get(tenses)
        if weighed is None:
            places = self._stretches[kind].of(sorted(tenses), len(tenses))
            self._summed[kind][tenses] = weighed = self._weights[places[:, 0]].sum(axis=0)
        return weighed


def _reaches(sentences: Sequence[Features], starts: Sequence[int]) -> Iterator[tuple[Places, Places]]:
    """Yield where each of `BAGS` begins and ends for each unit, of sentences that begin at `starts` end to end."""
    total = starts[-1]
    begins, ends = (np.repeat(places, np.diff(starts)) for places in (starts[:-1], starts[1:]))
    clauses = np.fromiter(
        chain.from_iterable(chain.from_iterable(s.stretches[0] for s in sentences)), np.intp, 2 * total
    ).reshape(total, 2)
    unit = np.arange(total)
    yield np.maximum(begins, unit - WINDOW), unit
    yield unit + 1, np.minimum(ends, unit + 1 + WINDOW)
    yield clauses[:, 0] + begins, unit
    yield unit + 1, clauses[:, 1] + begins
