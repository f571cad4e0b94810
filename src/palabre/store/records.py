"""The register's records: kept whole with the revision of the dossier they were computed from.

Only what differs is written, so that a document more touches the records it concerns. Must not begin transactions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.store import rows, searching, sqlite
from palabre.store.schema import dossier, metadata, record, record_facet, record_mention, search_entry

if TYPE_CHECKING:
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
    asked = sa.select(record.c.id, record.c.kind, record.c.ordinal, record.c.payload)
    old = {row.id: row for row in connection.execute(asked.where(record.c.dossier_id == dossier_id))}
    changed = [i for i, (_, row) in new.items() if i not in old or old[i].payload != row["payload"]]
    gone = [i for i in old if i not in new]
    _drop(connection, dossier_id, [*gone, *(i for i in changed if i in old)])
    if changed:
        connection.execute(sa.insert(record), [new[i][1] for i in changed])
        links = [link for i in changed for link in rows.mention_rows(dossier_id, new[i][0])]
        if links:
            connection.execute(sa.insert(record_mention), links)
        _insert_facets(connection, dossier_id, [(i, new[i][0]) for i in changed])
        searching.index_records(connection, dossier_id, [(str(new[i][1]["kind"]), i, new[i][0]) for i in changed])
    touched = set(changed)
    moved = [
        {"its": i, "place": row["ordinal"]}
        for i, (_, row) in new.items()
        if i not in touched and old[i].ordinal != row["ordinal"]
    ]
    if moved:
        its = sa.and_(record.c.dossier_id == dossier_id, record.c.id == sa.bindparam("its"))
        connection.execute(sa.update(record).where(its).values(ordinal=sa.bindparam("place")), moved)
    connection.execute(sa.update(dossier).where(dossier.c.id == dossier_id).values(register_revision=revision))
    if len(changed) > _MANY:
        sqlite.learn(connection, metadata.tables)
    return True


def _drop(connection: sa.Connection, dossier_id: str, ids: list[str]) -> None:
    for at in range(0, len(ids), _CHUNK):
        some = ids[at : at + _CHUNK]
        searching.drop(connection, sa.and_(search_entry.c.dossier_id == dossier_id, search_entry.c.owner.in_(some)))
        connection.execute(sa.delete(record).where(record.c.dossier_id == dossier_id, record.c.id.in_(some)))


def _insert_facets(connection: sa.Connection, dossier_id: str, items: list[tuple[str, rows.Record]]) -> None:
    facets = [row for key, item in items for row in rows.facet_rows(dossier_id, key, item)]
    if facets:
        connection.execute(sa.insert(record_facet), facets)


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
        values = [{"of_dossier": d, "of_id": i, **rows.counted(item)} for d, i, item in read]
        connection.execute(sa.update(record).where(its), values)
        for dossier_id in dict.fromkeys(d for d, _, _ in read):
            _insert_facets(connection, dossier_id, [(i, item) for d, i, item in read if d == dossier_id])
        after = kept[-1].dossier_id, kept[-1].id


def load(connection: sa.Connection, dossier_id: str) -> Register | None:
    """Return the register last saved, or None before there is any."""
    if connection.scalar(sa.select(dossier.c.register_revision).where(dossier.c.id == dossier_id)) is None:
        return None
    asked = sa.select(record.c.kind, record.c.payload).where(record.c.dossier_id == dossier_id)
    found = connection.execute(asked.order_by(record.c.kind, record.c.ordinal))
    return rows.register_of((row.kind, row.payload) for row in found)
