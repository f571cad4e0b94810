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

    Matrix = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int64]

_REMEMBERED = 200_000
"""Features whose place is remembered; a text without end does not fill the memory."""
OUTSIDE = "O"
"""The label of units that belong to nothing; others are `B-X` for the first unit of an X and `I-X` for the rest."""


def key_of(feature: str) -> int:
    """Return the number a feature is known by: its CRC-32, so that the model holds no words."""
    return zlib.crc32(feature.encode())


@dataclass(frozen=True, eq=False)
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

    def scores(self, features: Sequence[Sequence[str]]) -> Matrix:
        """Return what each unit's features weigh for each label, shape (units, labels)."""
        if not len(features):
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        places = [place for row in features for place in self._places(row)]
        lengths = np.cumsum([0, *map(len, features)])
        return _between(self._padded[places], lengths[:-1], lengths[1:])

    def weighed(self, features: Mapping[str, float]) -> Matrix:
        """Return what features that count more or less weigh together for each label, shape (labels,)."""
        worth = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        out: Matrix = worth @ self._padded[self._places(list(features))]
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

    def best(self, sentences: Sequence[Matrix], reserve: float = 0.0) -> list[tuple[str, ...]]:
        """Return the likeliest labels of each sentence, given its scores, `reserve` off those of « outside » (Viterbi).

        Sentences are worked on together, a unit of each at a time; what stands beside one does not tell on it.
        """
        order, counts, scores = _laid_side_by_side(sentences, len(self.labels))
        scores[:, :, self._outside] -= reserve
        back = np.zeros(scores.shape, dtype=np.int64)
        total = scores[:1].copy()
        for i in range(1, len(scores)):
            through = total[0, : counts[i], :, None] + self.steps
            back[i, : counts[i]] = through.argmax(axis=1)
            total[0, : counts[i]] = through.max(axis=1) + scores[i, : counts[i]]
        paths = np.zeros(scores.shape[:2], dtype=np.int64)
        label = total.argmax(axis=2)[0] if len(total) else np.zeros(0, dtype=np.int64)
        for i in range(len(scores) - 1, -1, -1):
            some = slice(counts[i])
            paths[i, some] = label[some]
            label[some] = back[i, np.arange(counts[i]), label[some]]
        out: list[tuple[str, ...]] = [()] * len(sentences)
        for at, n in enumerate(order):
            out[n] = tuple(self.labels[label] for label in paths[: len(sentences[n]), at].tolist())
        return out

    def chances(self, sentences: Sequence[Matrix]) -> list[Matrix]:
        """Return how likely each label is at each unit of sentences, given their scores (forward and backward).

        Rows add up to one. Sentences are worked on together, as for `best`.
        """
        order, counts, scores = _laid_side_by_side(sentences, len(self.labels))
        ahead = scores.copy()
        behind = np.zeros_like(scores)
        for i in range(1, len(scores)):
            ahead[i, : counts[i]] += _added(ahead[i - 1, : counts[i], :, None] + self.steps, 1)
        for i in range(len(scores) - 2, -1, -1):
            after = (scores[i + 1] + behind[i + 1])[: counts[i + 1]]
            behind[i, : counts[i + 1]] = _added(after[:, None, :] + self.steps, 2)
        both = ahead + behind
        chances = np.exp(both - _added(both, 2)[:, :, None])
        out = list(sentences)
        for at, n in enumerate(order):
            out[n] = chances[: len(sentences[n]), at]
        return out


def _laid_side_by_side(sentences: Sequence[Matrix], labels: int) -> tuple[list[int], list[int], Matrix]:
    """Return the sentences' places from the longest on, how many have a unit i, and their scores.

    Scores have the shape (units of the longest, sentences, labels), zeros where a sentence has ended.
    """
    order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
    longest = max(map(len, sentences), default=0)
    counts = [sum(len(sentences[n]) > i for n in order) for i in range(longest)]
    side_by_side = np.zeros((longest, len(order), labels), dtype=np.float32)
    for at, n in enumerate(order):
        side_by_side[: len(sentences[n]), at] = sentences[n]
    return order, counts, side_by_side


def _between(weights: Matrix, starts: Places, ends: Places) -> Matrix:
    """Return the sums of `weights[start:end]`, for each pair."""
    total = np.zeros((len(weights) + 1, weights.shape[1]), dtype=np.float64)
    np.cumsum(weights, axis=0, out=total[1:])
    out: Matrix = (total[ends] - total[starts]).astype(np.float32)
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
