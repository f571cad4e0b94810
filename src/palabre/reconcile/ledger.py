"""Mentions of one kind kept with what links them, so that those of one more document change only what they touch.

A ledger holds what `blocked_pairs` and a comparison give for all its mentions, and keeps it exactly so as mentions
come: the links gained are compared, those lost because a blocking key became crowded are dropped. It groups nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from palabre.reconcile.grouping import CROWD, Link, blocked_pairs, held_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

T = TypeVar("T")
V = TypeVar("V")


class Blocks:
    """Blocking keys with the ids that hold them, in the order of `blocked_pairs`."""

    def __init__(self) -> None:
        """Start without ids."""
        self._keys: dict[str, frozenset[str]] = {}
        self._order: dict[str, str] = {}
        self._holders: dict[str, list[tuple[str, str]]] = {}

    def fill(self, keys: Mapping[str, Iterable[str]], order: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Take all ids at once, and yield the pairs that meet. Only for blocks without ids."""
        self._keys = {i: frozenset(its) for i, its in keys.items()}
        self._order = {i: order.get(i, "") for i in keys}
        held = held_by(self._keys, self._order)
        self._holders = {key: [(self._order[i], i) for i in ids] for key, ids in held.items()}
        return blocked_pairs(self._keys, self._order)

    def add(self, its: str, keys: Iterable[str], day: str) -> tuple[set[str], list[tuple[str, str]]]:
        """Take one id more; return the ids it meets, and the pairs of others that may meet no more."""
        self._keys[its] = frozenset(keys)
        self._order[its] = day
        met: set[str] = set()
        doubtful: list[tuple[str, str]] = []
        place = (day, its)
        reach = CROWD // 2
        for key in self._keys[its]:
            held = self._holders.setdefault(key, [])
            at = bisect_left(held, place)
            before = len(held)
            held.insert(at, place)
            if before < CROWD:
                met.update(i for _, i in held)
                continue
            weak = key.startswith("~")
            if before == CROWD:
                # The key has become crowded: those far from each other meet through it no more.
                ids = [i for _, i in held if i != its]
                doubtful += [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 if weak else n + reach :]]
            elif not weak:
                for n in range(max(0, at - reach), at):
                    if n + reach + 1 < len(held):
                        doubtful.append((held[n][1], held[n + reach + 1][1]))
            if not weak:
                met.update(i for _, i in held[max(0, at - reach) : at + reach + 1])
        met.discard(its)
        return met, doubtful

    def meet(self, a: str, b: str) -> bool:
        """Tell whether two ids are a pair of `blocked_pairs`."""
        for key in self._keys[a] & self._keys[b]:
            held = self._holders[key]
            if len(held) <= CROWD:
                return True
            if not key.startswith("~"):
                places = (bisect_left(held, (self._order[i], i)) for i in (a, b))
                if abs(next(places) - next(places)) <= CROWD // 2:
                    return True
        return False

    def near(self, its: str) -> set[str]:
        """Return the ids that `its` meets."""
        met: set[str] = set()
        reach = CROWD // 2
        for key in self._keys[its]:
            held = self._holders[key]
            if len(held) <= CROWD:
                met.update(i for _, i in held)
            elif not key.startswith("~"):
                at = bisect_left(held, (self._order[its], its))
                met.update(i for _, i in held[max(0, at - reach) : at + reach + 1])
        met.discard(its)
        return met


class Ledger(Generic[T, V]):
    """Items by id with the links between them. `compare` is asked of two items, the smaller id first."""

    def __init__(self, compare: Callable[[T, T], V | None], day: Callable[[T], str], doc: Callable[[T], str]) -> None:
        """`day` orders crowded keys, `doc` tells the document of an item."""
        self._compare = compare
        self._day = day
        self._doc = doc
        self._blocks = Blocks()
        self.items: dict[str, T] = {}
        self.by_doc: defaultdict[str, list[str]] = defaultdict(list)
        self.links: defaultdict[str, dict[str, V]] = defaultdict(dict)

    def take(self, items: Mapping[str, T], keys: Mapping[str, Iterable[str]]) -> set[str]:
        """Take new items with their keys; return the ids that are new or whose links changed."""
        first = not self.items
        self.items.update(items)
        for i, item in items.items():
            self.by_doc[self._doc(item)].append(i)
        if first:
            for pair in self._blocks.fill(keys, {i: self._day(item) for i, item in items.items()}):
                self._ask(*pair)
            return set(items)
        touched = set(items)
        doubtful: list[tuple[str, str]] = []
        gained: set[tuple[str, str]] = set()
        for i in sorted(items):
            met, lost = self._blocks.add(i, keys[i], self._day(items[i]))
            gained.update((i, o) if i < o else (o, i) for o in met)
            doubtful += lost
        for pair in gained:
            # Items taken together may already stand too far from each other.
            if self._blocks.meet(*pair):
                self._ask(*pair)
        for a, b in doubtful:
            if b in self.links.get(a, ()) and not self._blocks.meet(a, b):
                self._forget(a, b)
                touched |= {a, b}
        return touched

    def ask_again(self, ids: Iterable[str]) -> set[str]:
        """Compare these items anew with those they meet; return the ids whose links changed."""
        touched: set[str] = set()
        for i in ids:
            for other in self._blocks.near(i):
                before = self.links.get(i, {}).get(other)
                self._ask(min(i, other), max(i, other))
                if self.links.get(i, {}).get(other) != before:
                    touched |= {i, other}
        return touched

    def _ask(self, a: str, b: str) -> None:
        link = self._compare(self.items[a], self.items[b])
        if link is None:
            self._forget(a, b)
        else:
            self.links[a][b] = link
            self.links[b][a] = link

    def _forget(self, a: str, b: str) -> None:
        self.links.get(a, {}).pop(b, None)
        self.links.get(b, {}).pop(a, None)


def reached(ledger: Ledger[T, Link], touched: Iterable[str], doubt: float, ties: Mapping[str, set[str]]) -> set[str]:
    """Return the ids that links of at least `doubt`, or people's decisions (`ties`), lead to from those touched."""
    out: set[str] = set()
    waiting = list(touched)
    while waiting:
        i = waiting.pop()
        if i in out:
            continue
        out.add(i)
        waiting += [o for o, link in ledger.links.get(i, {}).items() if link.score >= doubt and o not in out]
        waiting += [o for o in ties.get(i, ()) if o in ledger.items and o not in out]
    return out


def links_among(ledger: Ledger[T, Link], ids: set[str]) -> list[Link]:
    """Return each link between two of `ids` once."""
    return [link for i in sorted(ids) for o, link in ledger.links.get(i, {}).items() if i < o and o in ids]
