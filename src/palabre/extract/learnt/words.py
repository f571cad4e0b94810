"""What words mean, as far as numbers tell it: those met in the same company have vectors that point the same way.

The vectors are made by `tools/keep_words.py` of vectors under CC0; this module only looks them up. They stand under
checksums of words, so that the file holds no words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from palabre.extract.learnt.model import key_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from palabre.extract.learnt.model import Matrix

_REMEMBERED = 50_000
"""Words whose place is remembered; then it begins again."""


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Vectors, of which several words share one: `table[rows[i]] * scale` is that of the word whose key is `keys[i]`.

    `keys` go up. Place 0 is that of all words that have none; place `row + 1` that of the others.
    """

    keys: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint16]
    table: npt.NDArray[np.int8]
    scale: float
    _known: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def width(self) -> int:
        """The numbers in a vector."""
        return int(self.table.shape[1])

    def place(self, word: str) -> int:
        """Return the place of the vector of a word in small letters, 0 where there is none."""
        place = self._known.get(word)
        if place is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[word] = place = self._looked_up(word)
        return place

    def _looked_up(self, word: str) -> int:
        if not word[:1].isalpha():
            return 0
        key = key_of(word)
        at = int(np.searchsorted(self.keys, np.uint32(key)))
        return int(self.rows[at]) + 1 if at < len(self.keys) and self.keys[at] == key else 0

    def vectors(self, places: npt.NDArray[np.intp]) -> Matrix:
        """Return the vectors at `places`, shape (places, width); zeros at place 0."""
        out: Matrix = self.table[places - 1].astype(np.float32)
        out[places == 0] = 0.0
        out *= np.float32(self.scale)
        return out
