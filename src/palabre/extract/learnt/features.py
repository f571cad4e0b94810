"""What the model of clauses looks at in each unit of a sentence: words near it, tenses, the clause it stands in.

Features are names, made of what stands in columns, one entry a unit; two runs give the same ones. What the rules found
is among them: the model learns how far to trust it. Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from palabre.extract.learnt.units import Unit
    from palabre.model.spans import Span

WINDOW = 8
"""Units to each side whose stems are seen as a bag."""
EDGE = 2
"""Entries before the first unit and after the last one in every column."""
_BEFORE, _AFTER = ("<<", "<"), (">", ">>")
_FINITE = frozenset({"fut", "cond", "aux", "impf"})
_HARD = frozenset(';:()«»"“”–—.!?…')

Part = tuple[str, int]
"""A column and which of its entries: that of the unit itself (0), of the one before (-1), of the one after (1), …"""
TEMPLATES: tuple[tuple[str, tuple[Part, ...]], ...] = (
    ("w:{}", (("word", 0),)),
    ("s:{}", (("stem", 0),)),
    ("s-:{}", (("stem", -1),)),
    ("s+:{}", (("stem", 1),)),
    ("s=:{}", (("stem", -2),)),
    ("s#:{}", (("stem", 2),)),
    ("a:{}|{}", (("stem", -1), ("stem", 0))),
    ("b:{}|{}", (("stem", 0), ("stem", 1))),
    ("c:{}|{}", (("stem", -2), ("stem", -1))),
    ("d:{}|{}", (("stem", 1), ("stem", 2))),
    ("e:{}|{}|{}", (("stem", -1), ("stem", 0), ("stem", 1))),
    ("f-:{}|{}", (("ending", -1), ("ending", 0))),
    ("f+:{}|{}", (("ending", 0), ("ending", 1))),
    ("q:{}", (("quoted", 0),)),
    ("c:{}", (("cue", 0),)),
    ("r3:{}|{}|{}", (("mark", -1), ("mark", 0), ("mark", 1))),
    ("any:{}", (("any", 0),)),
    ("{}", (("near", 0),)),
    ("t3:{}|{}|{}", (("tense", -1), ("tense", 0), ("tense", 1))),
    ("t-:{}|{}|{}", (("tense", -2), ("tense", -1), ("tense", 0))),
    ("t+:{}|{}|{}", (("tense", 0), ("tense", 1), ("tense", 2))),
    ("tl:{}", (("verb before", 0),)),
    ("tr:{}", (("verb after", 0),)),
)
"""The features of a unit that are made of a few entries around it: what they are called, and of which."""
STRETCHES = ("tc:{}", "th:{}")
"""The features made of the tenses of a stretch of units: from comma to comma, from harder mark to harder mark."""
BAGS = ("l:{}", "g:{}", "h-:{}", "h+:{}")
"""The features made of stems around a unit: of a window before and after, of its clause before and after."""
Reaches = tuple[tuple[int, int], ...]
"""For each unit, from which unit on and before which one of its sentence something reaches."""


def marks_of(units: Sequence[Unit], spans: Iterable[tuple[Span, str]]) -> list[str]:
    """Return for each unit the name of the first of `spans` (code points of the text) that holds it, or ""."""
    out = [""] * len(units)
    for span, name in spans:
        for i, unit in enumerate(units):
            if not out[i] and span.start <= unit.start < span.end:
                out[i] = name
    return out


@dataclass(frozen=True, slots=True)
class Features:
    """What the features of a sentence's units are made of.

    `columns` have `EDGE` entries before those of the units and after them; `stretches` are those of `STRETCHES`, the
    first of which are clauses.
    """

    columns: Mapping[str, Sequence[str]]
    stretches: tuple[Reaches, ...]

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.stretches[0])

    def rows(self) -> list[list[str]]:
        """Return all the features of each unit, as a trainer wants them."""
        return [[*self._of(i)] for i in range(len(self))]

    def _of(self, unit: int) -> Iterator[str]:
        for name, parts in TEMPLATES:
            yield name.format(*(self.columns[column][EDGE + unit + at] for column, at in parts))
        for name, reaches in zip(STRETCHES, self.stretches, strict=True):
            yield from map(name.format, sorted(set(self._there("tense", *reaches[unit]))))
        first, last = self.stretches[0][unit]
        window = (max(0, unit - WINDOW), unit), (unit + 1, min(len(self), unit + 1 + WINDOW))
        for name, reach in zip(BAGS, (*window, (first, unit), (unit + 1, last)), strict=True):
            yield from map(name.format, self._there("stem", *reach))

    def _there(self, column: str, first: int, last: int) -> Sequence[str]:
        return self.columns[column][EDGE + first : EDGE + last]


def features_of(units: Sequence[Unit], ruled: Sequence[str], cues: Sequence[str], near: str = "") -> Features:
    """Return the features of each unit; `ruled` and `cues` say what the rules took it for, one entry a unit.

    `near` says what they took the sentences before and after for.
    """
    n = len(units)
    before, after = _finite(units)
    columns = {
        "word": [u.word for u in units],
        "stem": [u.stem for u in units],
        "ending": [u.ending for u in units],
        "tense": [u.tense for u in units],
        "quoted": ["1" if u.quoted else "0" for u in units],
        "mark": ruled,
        "cue": cues,
        "any": ["1" if any(ruled) else "0"] * n,
        "near": [near] * n,
        "verb before": before,
        "verb after": after,
    }
    return Features(
        {name: (*_BEFORE, *column, *_AFTER) for name, column in columns.items()},
        (_cut(units, _HARD | {","}), _cut(units, _HARD)),
    )


def _finite(units: Sequence[Unit]) -> tuple[list[str], list[str]]:
    """Return the tense of the last finite verb before each unit, and of the first after it."""
    before, after, last = [], [], ""
    for unit in units:
        before.append(last)
        if unit.tense in _FINITE:
            last = unit.tense
    last = ""
    for unit in reversed(units):
        after.append(last)
        if unit.tense in _FINITE:
            last = unit.tense
    return before, after[::-1]


def _cut(units: Sequence[Unit], marks: frozenset[str]) -> Reaches:
    out: list[tuple[int, int]] = []
    first = 0
    for i, unit in enumerate(units):
        if unit.word in marks and i > first:
            out.extend([(first, i)] * (i - first))
            first = i
    out.extend([(first, len(units))] * (len(units) - first))
    return tuple(out)
