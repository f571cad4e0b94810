"""Groups mentions that are one thing: greedy, by the best links first, under constraints. It scores nothing itself.

The result depends on the links and constraints alone, never on the order they came in: links are taken by score, then
by ids. A link that would put together two mentions known to be different is left out, and becomes a question when it
was strong.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions that may be one thing: `score` 0.0 to 1.0 and the reasons, as codes."""

    left: str
    right: str
    score: float
    why: str

    @property
    def pair(self) -> tuple[str, str]:
        """Return both ids, the smaller first."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


@dataclass(frozen=True, slots=True)
class Ties:
    """What people decided: pairs that are one thing, and pairs that are not (by mention id)."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of mention ids, the links that made them, and those left as questions."""

    groups: tuple[tuple[str, ...], ...]
    used: tuple[Link, ...]
    questions: tuple[Link, ...]

    def by_group(self) -> Iterator[tuple[tuple[str, ...], tuple[Link, ...], tuple[Link, ...]]]:
        """Yield each group with the links that made it and the questions that concern it."""
        home = {i: n for n, ids in enumerate(self.groups) for i in ids}
        used: defaultdict[int, list[Link]] = defaultdict(list)
        questions: defaultdict[int, list[Link]] = defaultdict(list)
        for link in self.used:
            used[home[link.left]].append(link)
        for link in self.questions:
            for n in {home[link.left], home[link.right]}:
                questions[n].append(link)
        for n, ids in enumerate(self.groups):
            yield ids, tuple(used[n]), tuple(questions[n])


def group(
    ids: Sequence[str],
    links: Iterable[Link],
    ties: Ties,
    *,
    threshold: float,
    doubt: float,
    compatible: Callable[[frozenset[str], frozenset[str]], bool],
) -> Grouped:
    """Return the groups of `ids`.

    Links of at least `threshold` join, those between `doubt` and `threshold` become questions. `compatible` is asked
    before two groups join. What people decided goes before all of it.
    """
    known = set(ids)
    parent = {i: i for i in ids}
    members: dict[str, frozenset[str]] = {i: frozenset((i,)) for i in ids}
    apart: Mapping[str, set[str]] = _neighbours(ties.apart)

    def top(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(a: str, b: str) -> None:
        a, b = sorted((top(a), top(b)))
        if a != b:
            parent[b] = a
            members[a] |= members.pop(b)

    def forbidden(a: frozenset[str], b: frozenset[str]) -> bool:
        few, many = (a, b) if len(a) <= len(b) else (b, a)
        return any(apart.get(i, frozenset()) & many for i in few)

    for left, right in sorted(ties.same):
        if left in known and right in known:
            join(left, right)
    used: list[Link] = []
    open_links: list[Link] = []
    for link in sorted(links, key=lambda e: (-e.score, e.pair)):
        a, b = top(link.left), top(link.right)
        if a == b:
            if link.score >= threshold:
                used.append(link)
            continue
        if forbidden(members[a], members[b]):
            continue
        if link.score >= threshold and compatible(members[a], members[b]):
            join(a, b)
            used.append(link)
        elif link.score >= doubt:
            open_links.append(link)
    questions = [
        e
        for e in open_links
        if top(e.left) != top(e.right) and not forbidden(members[top(e.left)], members[top(e.right)])
    ]
    groups = sorted(tuple(sorted(m)) for m in members.values())
    return Grouped(tuple(groups), tuple(used), tuple(questions))


def _neighbours(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    out: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return out


CROWD = 60
"""Ids that one blocking key may bring together, each with each."""


def blocked_pairs(
    keys: Mapping[str, Iterable[str]], order: Mapping[str, str] | None = None, crowd: int = CROWD
) -> Iterator[tuple[str, str]]:
    """Yield once each pair of ids, the smaller first, that share a blocking key.

    A key held by more than `crowd` ids pairs each with the next few only, in the order of `order` (a day, as a rule)
    then of the ids: cost stays near-linear, and what is near in time meets. A key that begins with `~` is dropped when
    it is held by more. No more than the pairs of one id are held at a time.
    """
    holders = held_by(keys, order)
    crowded = {k for k, ids in holders.items() if len(ids) > crowd}
    reached: defaultdict[str, int] = defaultdict(int)
    for left in _in_order(keys, order):
        rights: set[str] = set()
        for key in set(keys[left]):
            at = reached[key] = reached[key] + 1
            if key not in crowded:
                rights.update(holders[key][at:])
            elif not key.startswith("~"):
                rights.update(holders[key][at : at + crowd // 2])
        for right in sorted(rights):
            yield (left, right) if left < right else (right, left)


def held_by(keys: Mapping[str, Iterable[str]], order: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Return the ids that hold each blocking key, in the order of `order`, then of the ids."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for i in _in_order(keys, order):
        for key in set(keys[i]):
            holders[key].append(i)
    return dict(holders)


def _in_order(keys: Iterable[str], order: Mapping[str, str] | None) -> list[str]:
    return sorted(keys, key=lambda i: (order.get(i, "") if order else "", i))
