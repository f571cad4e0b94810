"""A linear-chain conditional random field at work: which units belong to what, and how surely.

Weights come from `tools/train_learnt.py`; this module only applies them (Lafferty, McCallum and Pereira 2001, for the
model; Rabiner 1989, for the two algorithms). It knows no language and no feature.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from palabre.extract.learnt.features import Bag

    Matrix = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int64]

_REMEMBERED = 200_000
"""Features whose place is remembered; a text without end does not fill the memory."""
OUTSIDE = "O"
"""The label of units that belong to nothing; others are `B-X` for the first unit of an X and `I-X` for the rest."""


def key_of(feature: str) -> int:
    """Return the number a feature is known by: its CRC-32, so that the model holds no words."""
    return zlib.crc32(feature.encode())


@dataclass(frozen=True)
class Chain:
    """Labels, the weights of features (`rows[keys[feature]]`, one column a label), and of one label after another."""

    labels: tuple[str, ...]
    keys: Mapping[int, int]
    rows: Matrix
    steps: Matrix

    @cached_property
    def _known(self) -> dict[str, int]:
        """Features met before, with their places; -1 for those that nobody learnt."""
        return {}

    @cached_property
    def _padded(self) -> Matrix:
        """The rows with one of zeros at the end, for features that nobody learnt."""
        nothing = np.zeros((1, len(self.labels)), dtype=np.float32)
        padded: Matrix = np.concatenate([self.rows, nothing])
        return padded

    @cached_property
    def _outside(self) -> int:
        return self.labels.index(OUTSIDE)

    def scores(self, features: Sequence[Sequence[str]], bags: Sequence[Bag] = ()) -> Matrix:
        """Return what each unit's features weigh for each label, shape (units, labels); `bags` are shared ones."""
        if not len(features):
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        places = [place for row in features for place in self._places(row)]
        lengths = np.cumsum([0, *map(len, features)])
        out = _between(self._padded[places], lengths[:-1], lengths[1:])
        for bag in bags:
            weights = self._padded[self._places(bag.names)]
            out += _between(weights, [a for a, _ in bag.reach], [b for _, b in bag.reach])
        return out

    def _places(self, row: Sequence[str]) -> list[int]:
        """Return the rows of features; that of one nobody learnt is the last of the padded ones, of nothing."""
        known = self._known
        found = list(map(known.get, row))
        if None in found:
            for i, place in enumerate(found):
                if place is None:
                    found[i] = at = self.keys.get(key_of(row[i]), -1)
                    if len(known) < _REMEMBERED:
                        known[row[i]] = at
        return found  # type: ignore[return-value]  # none is left

    def best(self, scores: Matrix, reserve: float = 0.0) -> tuple[str, ...]:
        """Return the likeliest labels of a sentence, `reserve` taken off what « outside » weighs (Viterbi)."""
        if not len(scores):
            return ()
        scores = scores.copy()
        scores[:, self._outside] -= reserve
        total = scores[0]
        back = np.zeros(scores.shape, dtype=np.int64)
        for i in range(1, len(scores)):
            through = total[:, None] + self.steps
            back[i] = through.argmax(axis=0)
            total = through.max(axis=0) + scores[i]
        path = [int(total.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        return tuple(self.labels[i] for i in reversed(path))

    def chances(self, scores: Matrix) -> Matrix:
        """Return how likely each label is at each unit, rows adding up to one (forward and backward)."""
        n = len(scores)
        if not n:
            return scores
        ahead = np.empty_like(scores)
        behind = np.zeros_like(scores)
        ahead[0] = scores[0]
        for i in range(1, n):
            ahead[i] = scores[i] + _added(ahead[i - 1][:, None] + self.steps, 0)
        for i in range(n - 2, -1, -1):
            behind[i] = _added((scores[i + 1] + behind[i + 1])[None, :] + self.steps, 1)
        both = ahead + behind
        out: Matrix = np.exp(both - _added(both, 1)[:, None])
        return out


def _between(weights: Matrix, starts: Sequence[int] | Places, ends: Sequence[int] | Places) -> Matrix:
    """Return the sums of `weights[start:end]`, for each pair."""
    total = np.zeros((len(weights) + 1, weights.shape[1]), dtype=np.float64)
    np.cumsum(weights, axis=0, out=total[1:])
    out: Matrix = (total[np.asarray(ends)] - total[np.asarray(starts)]).astype(np.float32)
    return out


def _added(values: Matrix, axis: int) -> Matrix:
    """Return the logarithm of the sum of exponentials along an axis."""
    top = values.max(axis=axis, keepdims=True)
    out: Matrix = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return out


def runs(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the runs of units that belong together: (first, after the last, what), in order."""
    out: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        mark, _, what = label.partition("-")
        if mark == OUTSIDE:
            continue
        if mark == "I" and out and out[-1][1] == i and out[-1][2] == what:
            out[-1] = (out[-1][0], i + 1, what)
        else:
            out.append((i, i + 1, what))
    return out
