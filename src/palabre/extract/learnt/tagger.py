"""A small neural network at work: what each unit of a sentence weighs as part of a clause, by itself and those around.

A few networks learnt apart from each other are asked, and the mean of their answers taken, which is surer than any of
them. Each adds up what it knows of a unit (its word's vector, stem, tense, what the rules took it for) and passes it
through convolutions that see farther and farther (residual, dilated: Yu and Koltun 2016; Strubell and others 2017, for
words). Weights come from `tools/train_tagger.py`; this module only applies them, with numpy. It knows no language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from palabre.extract.learnt.model import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from palabre.extract.learnt.features import Features
    from palabre.extract.learnt.lattice import Lattice
    from palabre.extract.learnt.model import Matrix
    from palabre.extract.learnt.words import WordVectors

    Places = npt.NDArray[np.intp]

SMALLEST = 1e-5
"""What keeps the norm of nothing from being nought."""
COLUMNS = ("tense", "mark", "cue", "near", "quoted")
"""What is known of a unit beside its word and stem, in the order in which it is added up."""
_REMEMBERED = 50_000


@dataclass(frozen=True, eq=False)
class Layer:
    """A convolution over a unit and those `reach` before and after it, what is added, and what its norm is made."""

    reach: int
    before: Matrix
    here: Matrix
    after: Matrix
    bias: Matrix
    norm: Matrix


@dataclass(frozen=True, eq=False)
class Member:
    """One network: what turns what is known of a unit into numbers, the layers, and what gives weights to labels."""

    word: Matrix
    unknown: Matrix
    stem: Matrix
    stem_in: Matrix
    columns: tuple[Matrix, ...]
    bias: Matrix
    layers: tuple[Layer, ...]
    out: Matrix
    out_bias: Matrix


@dataclass(frozen=True, eq=False)
class Tagger:
    """Networks, what they know words by, and the lattice that makes labels of weights.

    `stems` gives the place of a stem by its key, `names` that of what else is known of a unit, one mapping for each of
    `COLUMNS`; place 0 is that of all others.
    """

    lattice: Lattice
    vectors: WordVectors
    stems: Mapping[int, int]
    names: tuple[Mapping[str, int], ...]
    members: tuple[Member, ...]
    _known: dict[str, int] = field(default_factory=dict, repr=False)

    def scores(self, sentences: Sequence[Features]) -> list[Matrix]:
        """Return for each sentence what its units weigh for each label, shape (units, labels)."""
        starts = [0, *accumulate(map(len, sentences))]
        total = starts[-1]
        if not total:
            return [np.zeros((0, len(self.lattice.labels)), dtype=np.float32) for _ in sentences]
        words, stems, columns = self._places(sentences, total)
        vectors = self.vectors.vectors(words)
        # Sentences lie end to end, so far from each other that none sees the next.
        gap = max((layer.reach for m in self.members for layer in m.layers), default=0)
        at = np.arange(total) + np.repeat(np.arange(len(sentences)) * gap, np.diff(starts))
        inside = np.zeros((total + gap * len(sentences), 1), dtype=np.float32)
        inside[at] = 1.0
        out = np.zeros((total, len(self.lattice.labels)), dtype=np.float32)
        for member in self.members:
            known = vectors @ member.word + member.stem[stems] @ member.stem_in + member.bias
            known[words == 0] += member.unknown
            for table, places in zip(member.columns, columns, strict=True):
                known += table[places]
            out += _seen(member, known, at, inside)
        out /= len(self.members)
        return [out[a:b] for a, b in pairwise(starts)]

    def _places(self, sentences: Sequence[Features], total: int) -> tuple[Places, Places, list[Places]]:
        """Return where what is known of each unit stands: of its word, of its stem, of the rest by `COLUMNS`."""
        units = list(chain.from_iterable(s.units for s in sentences))
        tenses, marks, cues, nears, quoted = self.names
        words = np.fromiter((self.vectors.place(u.word) for u in units), np.intp, total)
        stems = np.fromiter((self._stem(u.stem) for u in units), np.intp, total)
        columns = (
            (tenses.get(u.tense, 0) for u in units),
            (marks.get(m, 0) for s in sentences for m in s.marks),
            (cues.get(c, 0) for s in sentences for c in s.cues),
            (near for s in sentences for near in [nears.get(s.near, 0)] * len(s)),
            (quoted.get("1", 0) if u.quoted else 0 for u in units),
        )
        return words, stems, [np.fromiter(column, np.intp, total) for column in columns]

    def _stem(self, stem: str) -> int:
        place = self._known.get(stem)
        if place is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[stem] = place = self.stems.get(key_of(stem), 0)
        return place


def _seen(member: Member, known: Matrix, at: Places, inside: Matrix) -> Matrix:
    """Return what a network gives the labels of units that stand at `at` among rows of which `inside` are 1."""
    rows = np.zeros((len(inside), known.shape[1]), dtype=np.float32)
    rows[at] = np.maximum(known, 0.0)
    for layer in member.layers:
        far = layer.reach
        more = rows @ layer.here + layer.bias
        more[far:] += rows[:-far] @ layer.before
        more[:-far] += rows[far:] @ layer.after
        np.maximum(more, 0.0, out=more)
        rows += more
        size = np.sqrt(np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1] + SMALLEST)
        rows *= inside / size
        rows *= layer.norm
    out: Matrix = rows[at] @ member.out + member.out_bias
    return out
