"""What the model of clauses looks at in each unit of a sentence: words near it, tenses, the clause it stands in.

Features are names; two runs give the same ones. What the rules found is among them: the model learns how far to trust
it. Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.extract.learnt.units import Unit
    from palabre.model.spans import Span

_WINDOW = 8
"""Units to each side whose stems are seen as a bag."""
_FINITE = frozenset({"fut", "cond", "aux", "impf"})
_HARD = frozenset(';:()«»"“”–—.!?…')
_EDGE = ("<<", "<", ">", ">>")


def marks_of(units: Sequence[Unit], spans: Iterable[tuple[Span, str]]) -> list[str]:
    """Return for each unit the name of the first of `spans` (code points of the text) that holds it, or ""."""
    out = [""] * len(units)
    for span, name in spans:
        for i, unit in enumerate(units):
            if not out[i] and span.start <= unit.start < span.end:
                out[i] = name
    return out


@dataclass(frozen=True, slots=True)
class Bag:
    """Features that units share: unit `i` has `names[a:b]`, `(a, b)` being `reach[i]`."""

    names: tuple[str, ...]
    reach: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a sentence's units: those of each alone, and those shared with the units around it."""

    own: tuple[tuple[str, ...], ...]
    bags: tuple[Bag, ...]

    def rows(self) -> list[list[str]]:
        """Return all the features of each unit, as a trainer wants them."""
        return [
            [*own, *(name for bag in self.bags for name in bag.names[bag.reach[i][0] : bag.reach[i][1]])]
            for i, own in enumerate(self.own)
        ]


def features_of(units: Sequence[Unit], ruled: Sequence[str], cues: Sequence[str], near: str = "") -> Features:
    """Return the features of each unit; `ruled` and `cues` say what the rules took it for, one entry a unit.

    `near` says what they took the sentences before and after for.
    """
    n = len(units)
    stems = [*_EDGE[:2], *(u.stem for u in units), *_EDGE[2:]]
    tense = [*_EDGE[:2], *(u.tense for u in units), *_EDGE[2:]]
    ends = [_EDGE[1], *(u.ending for u in units), _EDGE[2]]
    marks = [_EDGE[1], *ruled, _EDGE[2]]
    any_rule = "any:1" if any(ruled) else "any:0"
    before, after = _finite(units)
    clauses, reaches = _cut(units, _HARD | {","}), _cut(units, _HARD)
    kinds, wider = _tenses("tc", units, clauses), _tenses("th", units, reaches)
    own: list[tuple[str, ...]] = []
    for i, unit in enumerate(units):
        s2, s1, s0, t1, t2 = stems[i : i + 5]
        e2, e1, e0, f1, f2 = tense[i : i + 5]
        own.append(
            (
                "w:" + unit.word,
                "s:" + s0,
                "s-:" + s1,
                "s+:" + t1,
                "s=:" + s2,
                "s#:" + t2,
                f"a:{s1}|{s0}",
                f"b:{s0}|{t1}",
                f"c:{s2}|{s1}",
                f"d:{t1}|{t2}",
                f"e:{s1}|{s0}|{t1}",
                f"f-:{ends[i]}|{ends[i + 1]}",
                f"f+:{ends[i + 1]}|{ends[i + 2]}",
                "q:1" if unit.quoted else "q:0",
                "c:" + cues[i],
                f"r3:{marks[i]}|{marks[i + 1]}|{marks[i + 2]}",
                any_rule,
                near,
                f"t3:{e1}|{e0}|{f1}",
                f"t-:{e2}|{e1}|{e0}",
                f"t+:{e0}|{f1}|{f2}",
                before[i],
                after[i],
                *kinds[clauses[i]],
                *wider[reaches[i]],
            )
        )
    return Features(
        tuple(own),
        (
            Bag(tuple("l:" + u.stem for u in units), tuple((max(0, i - _WINDOW), i) for i in range(n))),
            Bag(tuple("g:" + u.stem for u in units), tuple((i + 1, min(n, i + 1 + _WINDOW)) for i in range(n))),
            Bag(tuple("h-:" + u.stem for u in units), tuple((a, i) for i, (a, _) in enumerate(clauses))),
            Bag(tuple("h+:" + u.stem for u in units), tuple((i + 1, b) for i, (_, b) in enumerate(clauses))),
        ),
    )


def _tenses(
    name: str, units: Sequence[Unit], reaches: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the tenses of each stretch of units, each once."""
    return {(a, b): tuple(sorted({f"{name}:{u.tense}" for u in units[a:b]})) for a, b in set(reaches)}


def _finite(units: Sequence[Unit]) -> tuple[list[str], list[str]]:
    """Return the tense of the last finite verb before each unit, and of the first after it."""
    before, after, last = [], [], "tl:"
    for unit in units:
        before.append(last)
        if unit.tense in _FINITE:
            last = "tl:" + unit.tense
    last = "tr:"
    for unit in reversed(units):
        after.append(last)
        if unit.tense in _FINITE:
            last = "tr:" + unit.tense
    return before, after[::-1]


def _cut(units: Sequence[Unit], marks: frozenset[str]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    first = 0
    for i, unit in enumerate(units):
        if unit.word in marks and i > first:
            out.extend([(first, i)] * (i - first))
            first = i
    out.extend([(first, len(units))] * (len(units) - first))
    return out
