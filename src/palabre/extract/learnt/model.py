"""A linear model at work: what the features of something weigh for each label.

Weights come from `tools/train_learnt.py`; this module only applies them. It knows no language and no feature.
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


def key_of(feature: str) -> int:
    """Return the number a feature is known by: its CRC-32, so that the model holds no words."""
    return zlib.crc32(feature.encode())


@dataclass(frozen=True, eq=False)
class Linear:
    """Labels, and the weights of features: `rows[keys[feature]]`, one column a label."""

    labels: tuple[str, ...]
    keys: Mapping[int, int]
    rows: Matrix

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


def _between(weights: Matrix, starts: Places, ends: Places) -> Matrix:
    """Return the sums of `weights[start:end]`, for each pair."""
    total = np.zeros((len(weights) + 1, weights.shape[1]), dtype=np.float64)
    np.cumsum(weights, axis=0, out=total[1:])
    out: Matrix = (total[ends] - total[starts]).astype(np.float32)
    return out
