"""What is kept of the comparison of a dossier's documents: the shelves of `reconcile/shelves.py`, in the database.

What is not asked for is not read. `filling.py` puts on them what was compared at once. Must not begin or end
transactions.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlalchemy as sa

from palabre.model.documents import ReadDocument
from palabre.store import documents, records, rows
from palabre.store.filling import adapter, handfuls, new_shelf, tell
from palabre.store.schema import dossier, shelf, shelf_place, shelf_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from palabre.reconcile.shelves import Place
    from palabre.store.filling import Made

V = TypeVar("V")
_CHUNK = 500

_SOME_VALUES = sa.select(shelf_value.c.key, shelf_value.c.value).where(
    shelf_value.c.shelf_id == sa.bindparam("shelf_id"), shelf_value.c.key.in_(sa.bindparam("keys", expanding=True))
)
_ONE_VALUE = sa.select(shelf_value.c.key, shelf_value.c.value).where(
    shelf_value.c.shelf_id == sa.bindparam("shelf_id"), shelf_value.c.key == sa.bindparam("its")
)
_PLACE = shelf_place.c
_RANKED = (
    sa.select(
        _PLACE.key,
        _PLACE.day,
        _PLACE.owner,
        sa.func.row_number().over(partition_by=_PLACE.key, order_by=(_PLACE.day, _PLACE.owner)).label("rank"),
    )
    .where(_PLACE.shelf_id == sa.bindparam("shelf_id"), _PLACE.key.in_(sa.bindparam("keys", expanding=True)))
    .subquery()
)
_FIRST_PLACES = (
    sa.select(_RANKED.c.key, _RANKED.c.day, _RANKED.c.owner)
    .where(_RANKED.c.rank <= sa.bindparam("most"))
    .order_by(_RANKED.c.key, _RANKED.c.rank)
)


class _Cached(Generic[V]):
    """A mapping that reads a value when it is asked for, and remembers what was put."""

    def __init__(self, read: Callable[[list[str]], Mapping[str, V]]) -> None:
        self._read_some = read
        self._known: dict[str, V | None] = {}
        self.dirty: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or `default`."""
        if key not in self._known:
            self.want([key])
        value = self._known[key]
        return default if value is None else value

    def __getitem__(self, key: str) -> V:
        """Return a value. Raises KeyError."""
        value: V | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a value."""
        return self.get(str(key)) is not None

    def __setitem__(self, key: str, value: V) -> None:
        """Keep a value."""
        self._known[key] = value
        self.dirty.add(key)

    def __delitem__(self, key: str) -> None:
        """Forget a value. Raises KeyError."""
        self[key]
        self._known[key] = None
        self.dirty.add(key)

    def pop(self, key: str, default: Any = None) -> Any:
        """Forget a value and return it, or `default`."""
        value = self.get(key)
        if value is None:
            return default
        del self[key]
        return value

    def update(self, values: Mapping[str, V]) -> None:
        """Keep several values."""
        for key, value in values.items():
            self[key] = value

    def want(self, keys: Iterable[str]) -> None:
        """Have these values at hand."""
        some = sorted(set(keys) - self._known.keys())
        for at in range(0, len(some), _CHUNK):
            chunk = some[at : at + _CHUNK]
            self._known.update(dict.fromkeys(chunk))
            self._known.update(self._read_some(chunk))

    def changed(self) -> tuple[dict[str, V], list[str]]:
        """Return what was put, and the keys of what was forgotten, since the beginning."""
        known = {key: self._known[key] for key in sorted(self.dirty)}
        return {k: v for k, v in known.items() if v is not None}, [k for k, v in known.items() if v is None]


class _Values(_Cached[V]):
    def __init__(self, connection: sa.Connection, shelf_id: int, kind: Any) -> None:
        super().__init__(self._read)
        self._connection, self._shelf_id, self._adapter = connection, shelf_id, adapter(kind)

    def _read(self, keys: list[str]) -> Mapping[str, V]:
        if len(keys) == 1:
            found = self._connection.execute(_ONE_VALUE, {"shelf_id": self._shelf_id, "its": keys[0]})
        else:
            found = self._connection.execute(_SOME_VALUES, {"shelf_id": self._shelf_id, "keys": keys})
        return {key: self._adapter.validate_json(value) for key, value in found}

    def write(self) -> None:
        new, gone = self.changed()
        keys = [*new, *gone]
        of = shelf_value.c.shelf_id == self._shelf_id
        for at in range(0, len(keys), _CHUNK):
            self._connection.execute(sa.delete(shelf_value).where(of, shelf_value.c.key.in_(keys[at : at + _CHUNK])))
        dump = self._adapter.dump_json
        told = ({"shelf_id": self._shelf_id, "key": k, "value": dump(v).decode()} for k, v in new.items())
        for some in handfuls(told):
            self._connection.execute(sa.insert(shelf_value), some)


class _Records(_Cached[rows.Record]):
    def __init__(self, connection: sa.Connection, dossier_id: str, kind: str) -> None:
        super().__init__(lambda keys: records.some(connection, dossier_id, kind, keys))
        self._connection, self._dossier_id, self._kind = connection, dossier_id, kind

    def write(self) -> None:
        new, gone = self.changed()
        records.change(self._connection, self._dossier_id, self._kind, new, gone)


class _Places:
    """Ids in order under keys; what is added is written at once."""

    def __init__(self, connection: sa.Connection, shelf_id: int) -> None:
        self._connection, self._shelf_id = connection, shelf_id
        self._first: dict[tuple[str, int], list[Place]] = {}
        self._asked: dict[str, set[int]] = {}
        its = shelf_place.c
        of = sa.and_(its.shelf_id == shelf_id, its.key == sa.bindparam("of_key"))
        day, owner = sa.bindparam("of_day", type_=sa.Text), sa.bindparam("of_owner", type_=sa.Text)
        here = sa.tuple_(its.day, its.owner)
        there = sa.tuple_(day, owner)
        most = sa.bindparam("most", type_=sa.Integer)
        chosen = sa.select(its.day, its.owner).where(of)
        self._all = chosen.order_by(its.day, its.owner)
        self._few = self._all.limit(most)
        self._after = chosen.where(here > there).order_by(its.day, its.owner).limit(most)
        self._before = chosen.where(here < there).order_by(its.day.desc(), its.owner.desc()).limit(most)
        self._drop = sa.delete(shelf_place).where(of, its.day == day, its.owner == owner)

    def fill(self, places: Iterable[tuple[str, Place]]) -> None:
        for key, place in places:
            self.add(key, place)

    def add(self, key: str, place: Place) -> None:
        for most in self._asked.get(key, ()):
            known = self._first[key, most]
            insort(known, place)
            del known[most:]
        row = {"shelf_id": self._shelf_id, "key": key, "day": place[0], "owner": place[1]}
        self._connection.execute(sa.insert(shelf_place), row)

    def drop(self, key: str, place: Place) -> None:
        for most in self._asked.pop(key, ()):
            del self._first[key, most]
        self._connection.execute(self._drop, {"of_key": key, "of_day": place[0], "of_owner": place[1]})

    def want(self, keys: Iterable[str], most: int) -> None:
        some = sorted(key for key in set(keys) if (key, most) not in self._first)
        for at in range(0, len(some), _CHUNK):
            chunk = some[at : at + _CHUNK]
            for key in chunk:
                self._first[key, most] = []
                self._asked.setdefault(key, set()).add(most)
            asked = {"shelf_id": self._shelf_id, "keys": chunk, "most": most}
            for key, day, owner in self._connection.execute(_FIRST_PLACES, asked):
                self._first[key, most].append((day, owner))

    def first(self, key: str, most: int) -> list[Place]:
        known = self._first.get((key, most))
        if known is None:
            known = self._first[key, most] = self._ask(self._few, of_key=key, most=most)
            self._asked.setdefault(key, set()).add(most)
        return list(known)

    def before(self, key: str, place: Place, most: int) -> list[Place]:
        return self._ask(self._before, of_key=key, of_day=place[0], of_owner=place[1], most=most)[::-1]

    def after(self, key: str, place: Place, most: int) -> list[Place]:
        return self._ask(self._after, of_key=key, of_day=place[0], of_owner=place[1], most=most)

    def all(self, key: str) -> list[Place]:
        return self._ask(self._all, of_key=key)

    def _ask(self, asked: sa.Select[Any], **values: object) -> list[Place]:
        return [(row[0], row[1]) for row in self._connection.execute(asked, values)]


class _Texts:
    """The documents, read when they are asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[str, ReadDocument] = {}

    def __getitem__(self, doc_id: str) -> ReadDocument:
        if doc_id not in self._known:
            self.want([doc_id])
        return self._known[doc_id]

    def want(self, ids: Iterable[str]) -> None:
        some = sorted(set(ids) - self._known.keys())
        for at in range(0, len(some), documents.CHUNK):
            chunk = some[at : at + documents.CHUNK]
            found = documents.load_annotations(self._connection, chunk)
            for document in documents.load(self._connection, chunk):
                self._known[document.id] = ReadDocument(document, found[document.id])

    def keep(self, new: Iterable[ReadDocument]) -> None:
        self._known.update((read.document.id, read) for read in new)


class StoredShelves:
    """The shelves of a dossier, of the revision `made` tells. `write` keeps what has changed."""

    fresh = False

    def __init__(self, connection: sa.Connection, dossier_id: str) -> None:
        """Use the shelves there are, in the transaction of the connection."""
        self._connection, self._dossier_id = connection, dossier_id
        self.documents = _Texts(connection)
        self._values: dict[str, _Values[Any]] = {}
        self._places: dict[str, _Places] = {}
        self._records: dict[str, _Records] = {}
        asked = sa.select(shelf.c.name, shelf.c.id).where(shelf.c.dossier_id == dossier_id)
        self._ids: dict[str, int] = {row.name: row.id for row in connection.execute(asked)}

    def _shelf(self, name: str) -> int:
        return self._ids.get(name) or new_shelf(self._connection, self._dossier_id, name)

    def values(self, name: str, kind: type[V]) -> _Values[V]:
        """Return the mapping of a name."""
        if name not in self._values:
            self._values[name] = _Values(self._connection, self._shelf(name), kind)
        return self._values[name]

    def places(self, name: str) -> _Places:
        """Return the places of a name."""
        if name not in self._places:
            self._places[name] = _Places(self._connection, self._shelf(name))
        return self._places[name]

    def records(self, kind: str) -> _Records:
        """Return the records of a kind."""
        if kind not in self._records:
            self._records[kind] = _Records(self._connection, self._dossier_id, kind)
        return self._records[kind]

    def write(self, of: Made) -> None:
        """Keep what has changed; the records are then those of the same revision."""
        for values in self._values.values():
            values.write()
        for kept in self._records.values():
            kept.write()
        tell(self._connection, self._dossier_id, of)
        its = sa.update(dossier).where(dossier.c.id == self._dossier_id)
        self._connection.execute(its.values(register_revision=of.revision))
