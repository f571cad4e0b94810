"""Tells, in one scan of a line, which of many patterns may stand in it: only those are worth trying.

Whatever a pattern matches holds one of a few strings (« a promis de » one of `promis`, `promet`); those of all patterns
are looked for at once. A pattern of which no such string can be told is always worth trying, so the answer never leaves
out a match. It knows no word itself.

Working those strings out takes a second for a language's patterns: those of its tables are kept beside this module
(`sieved.json`, written by `tools/keep_sieves.py`), each under a checksum of its pattern; others are worked out.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from palabre.text.needles import Needles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST = 64
"""Strings that one part of a pattern may stand for and still be counted out."""
_WIDE = 8
"""Characters of a class that are counted out."""
_RARER = 1.1
"""How much rarer a string is, on a logarithmic scale, for each letter more."""
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_NOTHING = frozenset({""})
KEPT = "sieved.json"
"""The file of strings that need not be worked out: checksum of a pattern, then what `needed` returns."""


class Sieve:
    """Patterns that are looked for in one line after another. Each is compiled when it is first worth trying."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """`patterns` are regular expressions that tell case apart. Raises `re.error` for one that is none."""
        self._sources = tuple(patterns)
        self._compiled: dict[int, re.Pattern[str]] = {}
        always: list[int] = []
        holders: dict[str, list[int]] = {}
        kept = _kept()
        for index, pattern in enumerate(self._sources):
            key = checksum(pattern)
            strings = kept[key] if key in kept else needed(pattern)
            if strings is None:
                always.append(index)
            for string in sorted(strings or ()):
                holders.setdefault(string, []).append(index)
        self._always = tuple(always)
        self._holders = tuple(map(tuple, holders.values()))
        self._needles = Needles(holders)

    @property
    def sources(self) -> tuple[str, ...]:
        """The patterns, in their order."""
        return self._sources

    def worth_trying(self, words: str) -> list[int]:
        """Return the places, in order, of the patterns that may match somewhere in `words`."""
        found = set(self._always)
        for string, _, _ in self._needles.find(words):
            found.update(self._holders[string])
        return sorted(found)

    def matches(self, words: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield every match in `words` with the place of its pattern: pattern by pattern, each from the left."""
        for index in self.worth_trying(words):
            for match in self.pattern(index).finditer(words):
                yield index, match

    def pattern(self, index: int) -> re.Pattern[str]:
        """Return the pattern of that place."""
        found = self._compiled.get(index)
        if found is None:
            found = self._compiled[index] = re.compile(self._sources[index])
        return found


def checksum(pattern: str) -> str:
    """Return what a pattern is known by where strings are kept."""
    return hashlib.blake2b(pattern.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def _kept() -> dict[str, list[str] | None]:
    path = resources.files("palabre.text").joinpath(KEPT)
    kept: dict[str, list[str] | None] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return kept


def needed(pattern: str) -> frozenset[str] | None:
    """Return strings of which every match of `pattern`, or the text it looks around at, holds at least one.

    None when there are none to be told; empty when the pattern matches nothing. Raises `re.error`.
    """
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return None
    part = _of_all(tree)
    if part.impossible:
        return frozenset()
    best = part.best
    if best is None:
        return None
    out: list[str] = []
    for string in sorted(best, key=lambda s: (len(s), s)):
        if not any(shorter in string for shorter in out):
            out.append(string)
    return frozenset(out)


@dataclass(frozen=True)
class _Part:
    """A part of a pattern: all it can be, when that is little; and sets of which any match holds one string."""

    all: frozenset[str] | None
    sets: tuple[frozenset[str], ...] = ()

    @property
    def impossible(self) -> bool:
        return self.all == frozenset()

    @cached_property
    def best(self) -> frozenset[str] | None:
        """The set whose strings are met least often; none is empty."""
        known = [*self.sets, self.all] if self.all is not None else self.sets
        return min((s for s in known if "" not in s), key=_often, default=None)


_ANYTHING = _Part(None)
_EMPTY = _Part(_NOTHING)


def _often(strings: Iterable[str]) -> float:
    return sum(math.exp(-_RARER * len(s)) for s in strings)


def _of_all(items: Iterable[tuple[Any, Any]]) -> _Part:
    """Return what is known of parts that follow one another."""
    sets: list[frozenset[str]] = []
    run, whole, letters = _NOTHING, True, ""
    for kind, value in items:
        if kind.name == "LITERAL":
            letters += chr(value)
            continue
        if letters:
            run, letters = frozenset(a + letters for a in run), ""
        part = _of_one(kind.name, value)
        if part.impossible:
            return part
        sets += part.sets
        if part.all is not None and len(run) * len(part.all) <= _MOST:
            run = frozenset(a + b for a in run for b in part.all)
        else:
            sets.append(run)
            whole = False
            run = part.all or _NOTHING
    if letters:
        run = frozenset(a + letters for a in run)
    if whole:
        return _Part(run, tuple(sets))
    best = _Part(run, tuple(sets)).best
    return _Part(None, (best,) if best is not None else ())


def _of_one(kind: str, value: Any) -> _Part:
    """Return what is known of one part; anything unheard of may match anything."""
    if kind == "IN":
        return _of_class(value)
    if kind == "SUBPATTERN":
        return _ANYTHING if value[1] & re.IGNORECASE else _of_all(value[3])
    if kind == "ATOMIC_GROUP":
        return _of_all(value)
    if kind == "BRANCH":
        return _of_either([_of_all(branch) for branch in value[1]])
    if kind in _REPEATS:
        return _repeated(*value)
    if kind == "AT":
        return _EMPTY
    if kind == "ASSERT":
        # What is looked at must stand there too, but is no part of what follows on.
        part = _of_all(value[1])
        return part if part.impossible else _Part(_NOTHING, (part.best,) if part.best is not None else ())
    if kind == "ASSERT_NOT":
        return _EMPTY if len(value[1]) else _Part(frozenset())
    return _Part(frozenset()) if kind == "FAILURE" else _ANYTHING


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Part:
    out: set[str] = set()
    for kind, value in members:
        if kind.name == "LITERAL":
            out.add(chr(value))
        elif kind.name == "RANGE" and value[1] - value[0] < _WIDE:
            out.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return _ANYTHING
    return _Part(frozenset(out)) if len(out) <= _WIDE else _ANYTHING


def _of_either(parts: Sequence[_Part]) -> _Part:
    parts = [p for p in parts if not p.impossible]
    everything: set[str] = set()
    for part in parts:
        if part.all is None:
            break
        everything |= part.all
    else:
        if len(everything) <= _MOST:
            return _Part(frozenset(everything))
    bests = [p.best for p in parts]
    known = [b for b in bests if b is not None]
    return _Part(None, (frozenset().union(*known),)) if len(known) == len(bests) else _ANYTHING


def _repeated(least: int, most: Any, items: Iterable[tuple[Any, Any]]) -> _Part:
    part = _of_all(items)
    if least == 0:
        if part.impossible:
            return _EMPTY
        return _Part(part.all | {""}) if most == 1 and part.all is not None and len(part.all) < _MOST else _ANYTHING
    if part.impossible or most == 1:
        return part
    return _Part(None, (part.best,) if part.best is not None else ())
