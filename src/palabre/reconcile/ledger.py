"""Mentions of one kind kept with what links them, so that those of one more document change only what they touch.

A ledger holds what `blocked_pairs` and a comparison give for all its mentions, and keeps it exactly so as mentions
come: the links gained are compared, those lost because a blocking key became crowded are dropped. It groups nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from palabre.reconcile.grouping import CROWD, Link, blocked_pairs
from palabre.reconcile.shelves import put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.shelves import Place, Shelves


class Mentioned(Protocol):
    """Anything found in a document, with an id of its own."""

    @property
    def id(self) -> str:
        """Return its id."""
        ...

    @property
    def read(self) -> ReadDocument:
        """Return the document that holds it."""
        ...


T = TypeVar("T", bound=Mentioned)


class Ledger(Generic[T]):
    """Items by id with the links between them. `compare` is asked of two items, the smaller id first."""

    def __init__(
        self,
        name: str,
        shelves: Shelves,
        found: Callable[[ReadDocument], Mapping[str, T]],
        keys: Callable[[T], Iterable[str]],
        compare: Callable[[T, T], Link | None],
        *,
        far: Callable[[Place, Place], bool] = lambda _a, _b: False,
        watched: bool = False,
    ) -> None:
        """`found` gives the items of a document, `keys` the blocking keys of one.

        `far` tells by their places alone that two items are never linked, which saves reading them; `watched` fills
        `changed`.
        """
        self._far, self._watched = far, watched
        self._documents = shelves.documents
        self._found, self._keys_of, self._compare = found, keys, compare
        self._holders = shelves.places(f"{name}.keys")
        self._doc_of = shelves.values(f"{name}.doc", str)
        self._links = shelves.values(f"{name}.links", dict[str, Link])
        self._items: dict[str, Mapping[str, T]] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self.changed: dict[tuple[str, str], tuple[Link | None, Link | None]] = {}
        """Pairs whose link has changed, with what it was before and is now, until somebody empties it."""

    def __contains__(self, its: str) -> bool:
        """Tell whether an item was taken."""
        return its in self._doc_of

    def __getitem__(self, its: str) -> T:
        """Return an item that was taken. Raises KeyError."""
        return self.of_doc(self._doc_of[its])[its]

    def doc(self, its: str) -> str:
        """Return the document that holds an item that was taken."""
        return self._doc_of[its]

    def of_doc(self, doc: str) -> Mapping[str, T]:
        """Return the items of a document, by id."""
        its = self._items.get(doc)
        if its is None:
            its = self._items[doc] = self._found(self._documents[doc])
        return its

    def at(self, docs: Iterable[str]) -> list[str]:
        """Return the ids of the items of these documents."""
        return [i for d in docs for i in self.of_doc(d)]

    def links(self, its: str) -> Mapping[str, Link]:
        """Return the links of an item, by the id of the other."""
        return self._links.get(its, {})

    def want(self, ids: Iterable[str]) -> None:
        """Have the documents of these items at hand."""
        ids = list(ids)
        self._doc_of.want(ids)
        self._documents.want([d for i in ids if (d := self._doc_of[i]) not in self._items])

    def take(self, documents: Iterable[ReadDocument], *, first: bool) -> set[str]:
        """Take the items of new documents; return the ids that are new or whose links changed.

        `first` says that none were taken before.
        """
        items: dict[str, T] = {}
        for read in documents:
            its = self._items[read.document.id] = self._found(read)
            items.update(its)
            self._doc_of.update(dict.fromkeys(its, read.document.id))
        if first:
            return self._fill(items)
        touched = set(items)
        self._holders.want({key for item in items.values() for key in self._keys_for(item)}, CROWD + 1)
        doubtful = [pair for i in sorted(items) for pair in self._enter(items[i])]
        near = {i: self._near(i) for i in sorted(items)}
        self.want({o for its in near.values() for o in its})
        for i, others in near.items():
            for other in sorted(others):
                if other not in items or i < other:
                    self._ask(i, other)
        self.want({i for a, b in doubtful if b in self.links(a) for i in (a, b)})
        for a, b in doubtful:
            if b in self.links(a) and not self._meet(a, b):
                self._keep(a, b, None)
                touched |= {a, b}
        return touched

    def _fill(self, items: Mapping[str, T]) -> set[str]:
        keys = {i: self._keys_for(item) for i, item in items.items()}
        days = {i: _day(item) for i, item in items.items()}
        self._holders.fill((key, (days[i], i)) for i, its in keys.items() for key in its)
        links: dict[str, dict[str, Link]] = {}
        for a, b in blocked_pairs(keys, days):
            link = self._compare(items[a], items[b])
            if link is not None:
                links.setdefault(a, {})[b] = link
                links.setdefault(b, {})[a] = link
                if self._watched:
                    self.changed[a, b] = None, link
        self._links.update(links)
        return set(items)

    def _keys_for(self, item: T) -> frozenset[str]:
        keys = self._keys.get(item.id)
        if keys is None:
            keys = self._keys[item.id] = frozenset(self._keys_of(item))
        return keys

    def _enter(self, item: T) -> list[tuple[str, str]]:
        """Put an item under its keys; return the pairs of others that may meet no more."""
        doubtful: list[tuple[str, str]] = []
        place = (_day(item), item.id)
        reach = CROWD // 2
        for key in sorted(self._keys_for(item)):
            few = self._holders.first(key, CROWD + 1)
            self._holders.add(key, place)
            weak = key.startswith("~")
            if len(few) == CROWD:
                # The key has become crowded: those far from each other meet through it no more.
                ids = [i for _, i in few]
                doubtful += [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 if weak else n + reach :]]
            elif len(few) > CROWD and not weak:
                # What stood just within reach across the new place no longer does.
                earlier = self._holders.before(key, place, reach)
                later = self._holders.after(key, place, reach)
                offset = reach - len(earlier)
                doubtful += [
                    (i, later[n + offset][1]) for n, (_, i) in enumerate(earlier) if 0 <= n + offset < len(later)
                ]
        return doubtful

    def _meet(self, a: str, b: str) -> bool:
        """Tell whether two ids are a pair of `blocked_pairs`."""
        left, right = self[a], self[b]
        low, high = sorted(((_day(left), a), (_day(right), b)))
        reach = CROWD // 2
        for key in self._keys_for(left) & self._keys_for(right):
            if len(self._holders.first(key, CROWD + 1)) <= CROWD:
                return True
            if not key.startswith("~") and high in self._holders.after(key, low, reach):
                return True
        return False

    def _near(self, its: str) -> set[str]:
        """Return the ids that `its` meets, save those too far away to be linked."""
        met: set[Place] = set()
        item = self[its]
        place: Place = (_day(item), its)
        reach = CROWD // 2
        for key in self._keys_for(item):
            few = self._holders.first(key, CROWD + 1)
            if len(few) <= CROWD:
                met.update(few)
            elif not key.startswith("~"):
                met.update(self._holders.before(key, place, reach))
                met.update(self._holders.after(key, place, reach))
        return {there[1] for there in met if there[1] != its and not self._far(there, place)}

    def ask_again(self, ids: Iterable[str]) -> set[str]:
        """Compare these items anew with those they meet; return the ids whose links changed."""
        touched: set[str] = set()
        for i in ids:
            near = self._near(i)
            self.want(near)
            for other in sorted(near):
                if self._ask(i, other):
                    touched |= {i, other}
        return touched

    def _ask(self, a: str, b: str) -> bool:
        low, high = (a, b) if a < b else (b, a)
        return self._keep(a, b, self._compare(self[low], self[high]))

    def _keep(self, a: str, b: str, link: Link | None) -> bool:
        """Keep a link in place of the one before, None for none; tell whether that changed anything."""
        before = self.links(a).get(b)
        if before == link:
            return False
        for i, other in ((a, b), (b, a)):
            its = {o: e for o, e in self.links(i).items() if o != other}
            if link is not None:
                its[other] = link
            put(self._links, i, its)
        if self._watched:
            pair = (a, b) if a < b else (b, a)
            self.changed[pair] = self.changed.get(pair, (before, None))[0], link
        return True

    def reached(self, touched: Iterable[str], doubt: float, ties: Callable[[str], Iterable[str]]) -> set[str]:
        """Return the ids that links of at least `doubt`, or people's decisions (`ties`), lead to from those touched."""
        out: set[str] = set()
        waiting = set(touched)
        while waiting:
            out |= waiting
            self._links.want(waiting)
            linked = {o for i in waiting for o, link in self.links(i).items() if link.score >= doubt}
            waiting = (linked | {o for i in waiting for o in ties(i) if o in self}) - out
        self.want(out)
        return out

    def links_among(self, ids: set[str]) -> list[Link]:
        """Return each link between two of `ids` once."""
        return [link for i in sorted(ids) for o, link in self.links(i).items() if i < o and o in ids]


def _day(item: Mentioned) -> str:
    published = item.read.document.meta.published
    return published.isoformat() if published else ""
