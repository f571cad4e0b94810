"""What words that stand in several places weigh together for each label: a small network at work.

Each word is known by its vector (`words.py`). In each place the words that matter most are listened to most (attention,
Bahdanau, Cho and Bengio 2015); what the places say is put together by one hidden layer. Several networks are asked, and
the mean of what they say counts. Weights come from `tools/train_sectors.py`; nothing here knows a language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.extract.learnt.model import Matrix
    from palabre.extract.learnt.words import WordVectors

LENGTH = 3.0
"""How long vectors are made: what counts is where they point."""
SMALLEST = 1e-6
_REMEMBERED = 500
"""Groups of words whose sum is remembered: those around one clause stand around the next one too."""


@dataclass(frozen=True, eq=False)
class Listener:
    """One network: what words say, how much each place listens to them, what the places say together."""

    word: Matrix
    heed: Matrix
    hidden: Matrix
    hidden_bias: Matrix
    out: Matrix
    out_bias: Matrix


@dataclass(frozen=True, eq=False)
class Pooled:
    """Labels, vectors of words, and the networks that listen to them."""

    labels: tuple[str, ...]
    vectors: WordVectors
    listeners: tuple[Listener, ...]
    _heard: dict[tuple[int, tuple[str, ...]], tuple[Matrix, ...]] = field(default_factory=dict, repr=False)

    def weighed(self, places: Sequence[tuple[str, ...]]) -> Matrix:
        """Return what the words (small letters) of each place weigh together for each label, shape (labels,)."""
        heard = [self._heard_in(i, words) for i, words in enumerate(places)]
        total = np.zeros(len(self.labels), dtype=np.float32)
        for n, listener in enumerate(self.listeners):
            said = np.concatenate([place[n] for place in heard])
            hidden = np.maximum(said @ listener.hidden + listener.hidden_bias, 0.0)
            total += hidden @ listener.out + listener.out_bias
        return total / np.float32(len(self.listeners))

    def _heard_in(self, place: int, words: tuple[str, ...]) -> tuple[Matrix, ...]:
        """Return for each network what it hears of the words of a place."""
        heard = self._heard.get((place, words))
        if heard is None:
            if len(self._heard) >= _REMEMBERED:
                self._heard.clear()
            self._heard[place, words] = heard = self._listened(place, words)
        return heard

    def _listened(self, place: int, words: tuple[str, ...]) -> tuple[Matrix, ...]:
        if not words:
            return tuple(np.zeros(one.word.shape[1], dtype=np.float32) for one in self.listeners)
        rows = self.vectors.vectors(np.array([self.vectors.place(w) for w in words]))
        rows *= LENGTH / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), SMALLEST)
        out = []
        for one in self.listeners:
            said = np.tanh(rows @ one.word)
            heed = said @ one.heed[place]
            parts = np.exp(heed - heed.max())
            heard: Matrix = (parts / parts.sum()) @ said
            out.append(heard)
        return tuple(out)
