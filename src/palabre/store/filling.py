"""Filling the shelves of a dossier (`shelves.py`) with what was compared at once, and telling what they are of.

They belong to one revision of the dossier and to the rules that made them. Must not begin or end transactions.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from palabre.store.schema import shelf, shelf_place, shelf_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from palabre.reconcile.shelves import InMemory

_BULK = 20_000
_MADE, _TOKEN = "made", "token"


@dataclass(frozen=True, slots=True)
class Made:
    """The revision of the dossier that shelves are of, and the version of the rules that made them."""

    revision: int
    rules: str


@dataclass(frozen=True, slots=True)
class Filling:
    """Shelves that are being filled: the number of each, by name, and what tells that they are still ours."""

    ids: Mapping[str, int]
    token: str


@lru_cache(maxsize=64)
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what turns values of a type into JSON and back."""
    return TypeAdapter(kind)


def made(connection: sa.Connection, dossier_id: str) -> Made | None:
    """Return what the shelves of a dossier are of, None when it has none."""
    its = _shelf_id(connection, dossier_id, _MADE)
    value: str | None = None if its is None else connection.scalar(_value_of(its, _MADE))
    return None if value is None else adapter(Made).validate_json(value)


def clear(connection: sa.Connection, dossier_id: str) -> None:
    """Empty the shelves of a dossier."""
    ids = list(connection.scalars(sa.select(shelf.c.id).where(shelf.c.dossier_id == dossier_id)))
    for table in (shelf_value, shelf_place):
        connection.execute(sa.delete(table).where(table.c.shelf_id.in_(ids)))
    connection.execute(sa.delete(shelf).where(shelf.c.id.in_(ids)))


def begin(connection: sa.Connection, dossier_id: str, kept: InMemory) -> Filling:
    """Empty the shelves of a dossier, and begin to fill them with what was kept in memory: in several transactions.

    There are many rows, and others may want to write meanwhile. Whoever begins after us takes the work over.
    """
    clear(connection, dossier_id)
    names = (_MADE, *sorted({*kept.all_values, *kept.all_places}))
    filling = Filling({name: new_shelf(connection, dossier_id, name) for name in names}, secrets.token_hex(8))
    token = {"shelf_id": filling.ids[_MADE], "key": _TOKEN, "value": filling.token}
    connection.execute(sa.insert(shelf_value), token)
    return filling


def portions(kept: InMemory, filling: Filling) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    """Yield all rows of what was kept in memory, each handful with its table."""
    for name, values in sorted(kept.all_values.items()):
        its, dump = filling.ids[name], adapter(kept.kinds[name]).dump_json
        told = ({"shelf_id": its, "key": key, "value": dump(value).decode()} for key, value in sorted(values.items()))
        yield from ((shelf_value, some) for some in handfuls(told))
    for name, places in sorted(kept.all_places.items()):
        its = filling.ids[name]
        stand = ({"shelf_id": its, "key": key, "day": day, "owner": i} for key, (day, i) in sorted(places.rows()))
        yield from ((shelf_place, some) for some in handfuls(stand))


def put(connection: sa.Connection, filling: Filling, table: sa.Table, rows_of: list[dict[str, Any]]) -> bool:
    """Put some rows on the shelves; tell whether they are still ours to fill."""
    if not _is_ours(connection, filling):
        return False
    connection.execute(sa.insert(table), rows_of)
    return True


def end(connection: sa.Connection, dossier_id: str, filling: Filling, of: Made) -> None:
    """Tell what the shelves are of, once all is on them and they are still ours."""
    if _is_ours(connection, filling):
        tell(connection, dossier_id, of)


def _is_ours(connection: sa.Connection, filling: Filling) -> bool:
    found: str | None = connection.scalar(_value_of(filling.ids[_MADE], _TOKEN))
    return found == filling.token


def tell(connection: sa.Connection, dossier_id: str, of: Made) -> None:
    """Tell what the shelves of a dossier are of."""
    its = _shelf_id(connection, dossier_id, _MADE) or new_shelf(connection, dossier_id, _MADE)
    connection.execute(sa.delete(shelf_value).where(shelf_value.c.shelf_id == its))
    value = adapter(Made).dump_json(of).decode()
    connection.execute(sa.insert(shelf_value).values(shelf_id=its, key=_MADE, value=value))


def handfuls(told: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield rows a handful at a time."""
    waiting = iter(told)
    while some := list(islice(waiting, _BULK)):
        yield some


def _shelf_id(connection: sa.Connection, dossier_id: str, name: str) -> int | None:
    return connection.scalar(sa.select(shelf.c.id).where(shelf.c.dossier_id == dossier_id, shelf.c.name == name))


def new_shelf(connection: sa.Connection, dossier_id: str, name: str) -> int:
    """Make a shelf and return its number."""
    done = connection.execute(sa.insert(shelf).values(dossier_id=dossier_id, name=name))
    assert done.inserted_primary_key is not None
    its: int = done.inserted_primary_key[0]
    return its


def _value_of(shelf_id: int, key: str) -> sa.Select[Any]:
    return sa.select(shelf_value.c.value).where(shelf_value.c.shelf_id == shelf_id, shelf_value.c.key == key)
