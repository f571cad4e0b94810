"""What the model of clauses looks at in each unit of a sentence: the word, its tense, and what the rules took it for.

The model learns from the last how far to trust the rules. Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.extract.learnt.units import Unit
    from palabre.model.spans import Span


@dataclass(frozen=True, slots=True)
class Features:
    """A sentence as the model sees it, each sequence with one entry a unit.

    `marks` is what the rules took a unit for, or ""; `cues` the rule whose words it is among, or ""; `near` what they
    took the sentences before and after for.
    """

    units: Sequence[Unit]
    marks: Sequence[str]
    cues: Sequence[str]
    near: str = ""

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.units)


def marks_of(units: Sequence[Unit], spans: Iterable[tuple[Span, str]]) -> list[str]:
    """Return for each unit the name of the first of `spans` (code points of the text) that holds it, or ""."""
    out = [""] * len(units)
    for span, name in spans:
        for i, unit in enumerate(units):
            if not out[i] and span.start <= unit.start < span.end:
                out[i] = name
    return out
