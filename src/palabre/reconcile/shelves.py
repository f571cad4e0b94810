"""Where what has been compared is kept, so that one document more need only look up what it can concern.

Two kinds of shelves, each known by a name: `Values`, a mapping from text to a value, and `Places`, which hold ids in
order under keys. Those here are in memory; a store may keep them in a database, where what is not asked for is not
read. A value taken from a shelf is never changed in place: what changes is put back under its key.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from palabre.model.documents import ReadDocument

T = TypeVar("T")
V = TypeVar("V")

Place = tuple[str, str]
"""Where an id stands under a key: a day (or another text that comes first in the order), then the id."""


class Values(Protocol[V]):
    """Values by key."""

    @overload
    def get(self, key: str, /) -> V | None: ...
    @overload
    def get(self, key: str, default: T, /) -> V | T: ...
    def __getitem__(self, key: str, /) -> V:
        """Return a value. Raises KeyError."""
        ...

    def __contains__(self, key: object, /) -> bool:
        """Tell whether there is a value."""
        ...

    def __setitem__(self, key: str, value: V, /) -> None:
        """Keep a value."""
        ...

    def __delitem__(self, key: str, /) -> None:
        """Forget a value. Raises KeyError."""
        ...

    @overload
    def pop(self, key: str, /) -> V: ...
    @overload
    def pop(self, key: str, default: V, /) -> V: ...
    @overload
    def pop(self, key: str, default: T, /) -> V | T: ...
    def update(self, values: Mapping[str, V], /) -> None:
        """Keep several values."""
        ...

    def want(self, keys: Iterable[str], /) -> None:
        """Have the values of these keys at hand: they will be asked for."""
        ...


class Places(Protocol):
    """Ids in order under keys."""

    def fill(self, rows: Iterable[tuple[str, Place]]) -> None:
        """Add many places at once, each with its key."""
        ...

    def add(self, key: str, place: Place) -> None:
        """Add a place that is not there yet."""
        ...

    def drop(self, key: str, place: Place) -> None:
        """Take a place away."""
        ...

    def want(self, keys: Iterable[str], most: int) -> None:
        """Have the first `most` places of these keys at hand: they will be asked for."""
        ...

    def first(self, key: str, most: int) -> list[Place]:
        """Return the first `most` places of a key, in order."""
        ...

    def before(self, key: str, place: Place, most: int) -> list[Place]:
        """Return the last `most` places that come before `place`, in order."""
        ...

    def after(self, key: str, place: Place, most: int) -> list[Place]:
        """Return the first `most` places that come after `place`, in order."""
        ...

    def all(self, key: str) -> list[Place]:
        """Return all places of a key, in order."""
        ...


class Texts(Protocol):
    """The documents, by id."""

    def __getitem__(self, doc_id: str) -> ReadDocument:
        """Return a document with what was found in it. Raises KeyError."""
        ...

    def want(self, ids: Iterable[str]) -> None:
        """Have these documents at hand: they will be asked for."""
        ...

    def keep(self, documents: Iterable[ReadDocument]) -> None:
        """Take new documents."""
        ...


class Shelves(Protocol):
    """All that is kept of one dossier. Asked twice for one name, each method returns the same shelf."""

    @property
    def fresh(self) -> bool:
        """Tell whether nothing was kept before."""
        ...

    @property
    def documents(self) -> Texts:
        """Return the documents taken so far."""
        ...

    def values(self, name: str, kind: type[V]) -> Values[V]:
        """Return the mapping of a name; `kind` is the type of its values, which JSON can hold."""
        ...

    def places(self, name: str) -> Places:
        """Return the places of a name."""
        ...

    def records(self, kind: str) -> Values[Any]:
        """Return the records of a kind (a field of `Register`) by the id of their row."""
        ...


class PlacesInMemory:
    """Ids in order under keys, held in memory."""

    def __init__(self) -> None:
        """Start without keys."""
        self._held: defaultdict[str, list[Place]] = defaultdict(list)

    def fill(self, rows: Iterable[tuple[str, Place]]) -> None:
        """Add many places at once."""
        touched: set[str] = set()
        for key, place in rows:
            self._held[key].append(place)
            touched.add(key)
        for key in touched:
            self._held[key].sort()

    def add(self, key: str, place: Place) -> None:
        """Add a place."""
        insort(self._held[key], place)

    def drop(self, key: str, place: Place) -> None:
        """Take a place away."""
        held = self._held[key]
        del held[bisect_left(held, place)]
        if not held:
            del self._held[key]

    def want(self, keys: Iterable[str], most: int) -> None:
        """Do nothing: they are all there."""

    def first(self, key: str, most: int) -> list[Place]:
        """Return the first places of a key."""
        return self._held.get(key, [])[:most]

    def before(self, key: str, place: Place, most: int) -> list[Place]:
        """Return the places just before one."""
        held = self._held.get(key, [])
        at = bisect_left(held, place)
        return held[max(0, at - most) : at]

    def after(self, key: str, place: Place, most: int) -> list[Place]:
        """Return the places just after one."""
        held = self._held.get(key, [])
        at = bisect_right(held, place)
        return held[at : at + most]

    def all(self, key: str) -> list[Place]:
        """Return all places of a key."""
        return list(self._held.get(key, ()))

    def rows(self) -> Iterable[tuple[str, Place]]:
        """Return all there is."""
        return ((key, place) for key, held in self._held.items() for place in held)


class ValuesInMemory(dict[str, V]):
    """Values by key, all at hand."""

    def want(self, keys: Iterable[str]) -> None:
        """Do nothing: they are all there."""


class TextsInMemory(dict[str, "ReadDocument"]):
    """The documents, all at hand."""

    def want(self, ids: Iterable[str]) -> None:
        """Do nothing: they are all there."""

    def keep(self, documents: Iterable[ReadDocument]) -> None:
        """Take new documents."""
        self.update((read.document.id, read) for read in documents)


class InMemory:
    """Shelves that last as long as the program."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.documents: Texts = TextsInMemory()
        self.all_values: dict[str, ValuesInMemory[Any]] = {}
        self.kinds: dict[str, Any] = {}
        self.all_places: dict[str, PlacesInMemory] = {}
        self.all_records: dict[str, ValuesInMemory[Any]] = {}

    @property
    def fresh(self) -> bool:
        """Tell whether nothing was kept before."""
        return not self.all_records.get("origins")

    def values(self, name: str, kind: type[V]) -> Values[V]:
        """Return the mapping of a name."""
        self.kinds[name] = kind
        return self.all_values.setdefault(name, ValuesInMemory())

    def places(self, name: str) -> PlacesInMemory:
        """Return the places of a name."""
        return self.all_places.setdefault(name, PlacesInMemory())

    def records(self, kind: str) -> Values[Any]:
        """Return the records of a kind."""
        return self.all_records.setdefault(kind, ValuesInMemory())


def united(places: Places, keys: Iterable[str]) -> set[str]:
    """Return the ids that stand under any of these keys."""
    return {its for key in keys for _, its in places.all(key)}


def put(values: Values[V], key: str, value: V | None) -> None:
    """Keep a value under a key; one that says nothing (None, or empty) is taken away."""
    if value:
        values[key] = value
    else:
        values.pop(key, None)


def moved(places: Places, before: Mapping[str, Place], after: Mapping[str, Place]) -> None:
    """Put places, by key, in place of those before; what stays is left alone."""
    for key, place in before.items():
        if after.get(key) != place:
            places.drop(key, place)
    for key, place in after.items():
        if before.get(key) != place:
            places.add(key, place)
