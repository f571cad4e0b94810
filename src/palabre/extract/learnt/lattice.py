"""The likeliest labels of a sentence's units and how likely each is, given what each weighs alone and after another.

A linear-chain conditional random field at work (Lafferty, McCallum and Pereira 2001, for the model; Rabiner 1989, for
the two algorithms). It knows no language, no feature, and not where weights come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.extract.learnt.model import Matrix

OUTSIDE = "O"
"""The label of units that belong to nothing; others are `B-X` for the first unit of an X and `I-X` for the rest."""


@dataclass(frozen=True, eq=False)
class Lattice:
    """Labels, and what it weighs that one follows another: `steps[from, to]`."""

    labels: tuple[str, ...]
    steps: Matrix

    @cached_property
    def _outside(self) -> int:
        return self.labels.index(OUTSIDE)

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
