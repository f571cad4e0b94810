"""The register's records: kept whole with the revision of the dossier they were computed from.

Only what differs is written, so that a document more touches the records it concerns. Must not begin transactions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.model.records import Commitment
from palabre.store import rows, searching, sqlite
from palabre.store.schema import dossier, metadata, record, record_facet, record_line, record_mention, search_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.records import Register

_CHUNK = 500
_MANY = 2000
"""Records written at once that change how the rows of a database are spread."""


def save(connection: sa.Connection, dossier_id: str, register: Register, revision: int) -> bool:
    """Put a register in place of the last one; tell whether it was taken.

    It is not when records computed from a later revision are already there. Raises ValueError when two records have
    the same id, save actors of one name.
    """
    kept = connection.scalar(sa.select(dossier.c.register_revision).where(dossier.c.id == dossier_id))
    if kept is not None and kept > revision:
        return False
    new: dict[str, tuple[rows.Record, dict[str, object]]] = {}
    for item, row in rows.record_rows(dossier_id, register):
        key = str(row["id"])
        if key in new:
            raise ValueError(f"two records have the id {key}")
        new[key] = item, row
    asked = sa.select(record.c.id, record.c.payload).where(record.c.dossier_id == dossier_id)
    old = {row.id: row.payload for row in connection.execute(asked)}
    changed = [new[i] for i, (_, row) in new.items() if old.get(i) != row["payload"]]
    _drop(connection, dossier_id, [i for i in old if i not in new])
    _write(connection, dossier_id, changed, {str(row["id"]) for _, row in changed} & old.keys())
    connection.execute(sa.update(dossier).where(dossier.c.id == dossier_id).values(register_revision=revision))
    if len(changed) > _MANY:
        sqlite.learn(connection, metadata.tables)
    return True


def change(
    connection: sa.Connection, dossier_id: str, kind: str, new: Mapping[str, rows.Record], gone: Sequence[str]
) -> None:
    """Put records of a kind, by the ids of their rows, in place of those before; take those `gone` away."""
    _drop(connection, dossier_id, list(gone))
    known: set[str] = set()
    ids = list(new)
    for at in range(0, len(ids), _CHUNK):
        its = sa.select(record.c.id).where(record.c.dossier_id == dossier_id, record.c.id.in_(ids[at : at + _CHUNK]))
        known.update(connection.scalars(its))
    _write(connection, dossier_id, [(r, rows.record_row(dossier_id, kind, i, r)) for i, r in new.items()], known)


def some(connection: sa.Connection, dossier_id: str, kind: str, ids: Sequence[str]) -> dict[str, rows.Record]:
    """Return the records of a kind whose rows have these ids (a chunk of them), by id."""
    of_kind = sa.and_(record.c.dossier_id == dossier_id, record.c.kind == kind)
    asked = sa.select(record.c.id, record.c.payload).where(of_kind, record.c.id.in_(ids))
    return {row.id: rows.record_of(kind, row.payload) for row in connection.execute(asked)}


def _drop(connection: sa.Connection, dossier_id: str, ids: list[str]) -> None:
    for at in range(0, len(ids), _CHUNK):
        some = ids[at : at + _CHUNK]
        searching.drop(connection, sa.and_(search_entry.c.dossier_id == dossier_id, search_entry.c.owner.in_(some)))
        connection.execute(sa.delete(record).where(record.c.dossier_id == dossier_id, record.c.id.in_(some)))


def _write(
    connection: sa.Connection, dossier_id: str, items: Sequence[tuple[rows.Record, dict[str, object]]], known: set[str]
) -> None:
    """Write records, each with its row; those whose ids are `known` are there in a former state."""
    new = [(str(row["id"]), item, row) for item, row in items if row["id"] not in known]
    indexed = [(str(row["kind"]), key, item) for key, item, row in new]
    if new:
        connection.execute(sa.insert(record), [row for _, _, row in new])
        links = [link for _, item, _ in new for link in rows.mention_rows(dossier_id, item)]
        if links:
            connection.execute(sa.insert(record_mention), links)
        _insert_facets(connection, dossier_id, [(key, item) for key, item, _ in new])
        _insert_lines(connection, dossier_id, [(key, item) for key, item, _ in new])
    for item, row in items:
        key = str(row["id"])
        if key not in known:
            continue
        its = sa.and_(record.c.dossier_id == dossier_id, record.c.id == key)
        former = connection.execute(sa.select(record.c.kind, record.c.label, record.c.payload).where(its)).one()
        connection.execute(sa.update(record).where(its).values(**{k: v for k, v in row.items() if k != "dossier_id"}))
        _exchange(connection, record_mention, dossier_id, key, rows.mention_rows(dossier_id, item))
        _exchange(connection, record_facet, dossier_id, key, rows.facet_rows(dossier_id, key, item))
        before = rows.record_of(former.kind, former.payload)
        if _line(before) != _line(item):
            line = sa.and_(record_line.c.dossier_id == dossier_id, record_line.c.record_id == key)
            connection.execute(sa.delete(record_line).where(line))
            _insert_lines(connection, dossier_id, [(key, item)])
        if not searching.is_indexed_alike(connection, dossier_id, key, before, item):
            searching.drop(connection, sa.and_(search_entry.c.dossier_id == dossier_id, search_entry.c.owner == key))
            indexed.append((str(row["kind"]), key, item))
    searching.index_records(connection, dossier_id, indexed)


def _exchange(
    connection: sa.Connection, table: sa.Table, dossier_id: str, key: str, wanted: Sequence[Mapping[str, object]]
) -> None:
    """Have the rows of a record in a table be those `wanted`, writing only what differs."""
    columns = [c for c in table.primary_key.columns if c.name not in ("dossier_id", "record_id")]
    its = sa.and_(table.c.dossier_id == dossier_id, table.c.record_id == key)
    old = {tuple(row) for row in connection.execute(sa.select(*columns).where(its))}
    new = {tuple(row[c.name] for c in columns): row for row in wanted}
    for gone in sorted(old - new.keys()):
        connection.execute(sa.delete(table).where(its, *(c == v for c, v in zip(columns, gone, strict=True))))
    come = [row for values, row in new.items() if values not in old]
    if come:
        connection.execute(sa.insert(table), come)


def _insert_facets(connection: sa.Connection, dossier_id: str, items: list[tuple[str, rows.Record]]) -> None:
    facets = [row for key, item in items for row in rows.facet_rows(dossier_id, key, item)]
    if facets:
        connection.execute(sa.insert(record_facet), facets)


def _insert_lines(connection: sa.Connection, dossier_id: str, items: list[tuple[str, rows.Record]]) -> None:
    of_items = [(key, line) for key, item in items if (line := _line(item)) is not None]
    if of_items:
        lines = [{"dossier_id": dossier_id, "record_id": key, "payload": line} for key, line in of_items]
        connection.execute(sa.insert(record_line), lines)


def _line(item: rows.Record) -> str | None:
    return rows.line_of(item) if isinstance(item, Commitment) else None


def recount(connection: sa.Connection) -> None:
    """Fill in again what records are filtered, sorted and counted by, from their payloads."""
    connection.execute(sa.delete(record_facet))
    its = sa.and_(record.c.dossier_id == sa.bindparam("of_dossier"), record.c.id == sa.bindparam("of_id"))
    after = ("", "")
    while True:
        asked = sa.select(record.c.dossier_id, record.c.id, record.c.kind, record.c.payload)
        later = sa.tuple_(record.c.dossier_id, record.c.id) > sa.tuple_(*map(sa.literal, after))
        kept = connection.execute(asked.where(later).order_by(record.c.dossier_id, record.c.id).limit(_CHUNK)).all()
        if not kept:
            return
        read = [(row.dossier_id, row.id, rows.record_of(row.kind, row.payload)) for row in kept]
        values = [{"of_dossier": d, "of_id": i, **rows.counted(item, i)} for d, i, item in read]
        connection.execute(sa.update(record).where(its), values)
        for dossier_id in dict.fromkeys(d for d, _, _ in read):
            _insert_facets(connection, dossier_id, [(i, item) for d, i, item in read if d == dossier_id])
        after = kept[-1].dossier_id, kept[-1].id


def load(connection: sa.Connection, dossier_id: str) -> Register | None:
    """Return the register last saved, or None before there is any."""
    if connection.scalar(sa.select(dossier.c.register_revision).where(dossier.c.id == dossier_id)) is None:
        return None
    asked = sa.select(record.c.kind, record.c.payload).where(record.c.dossier_id == dossier_id)
    found = connection.execute(asked.order_by(record.c.kind, record.c.place))
    return rows.register_of((row.kind, row.payload) for row in found)
