"""Documents, what was found in them, and the dossiers they belong to: the queries, inside a transaction given.

Must not begin or end transactions. Nothing here changes a document's text.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from palabre.errors import BadValue, NoDossier, NotFound, NotText
from palabre.model.documents import Document, Known, Metadata, ReadDocument
from palabre.store import rows, searching, sqlite
from palabre.store.schema import (
    annotation,
    document,
    document_sector,
    dossier,
    dossier_document,
    former_annotation,
    reading,
    record,
    search_entry,
    setting,
)
from palabre.text.words import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from palabre.model.annotations import Annotations
    from palabre.model.dossier import Dossier

CHUNK = 200
"""Documents read in one query."""


# Asked by nearly every page, and put together once: that takes longer than the answer.
_REVISIONS = sa.select(dossier.c.revision, dossier.c.register_revision).where(dossier.c.id == sa.bindparam("dossier"))
_LOAD = sa.select(document).where(document.c.id.in_(sa.bindparam("ids", expanding=True)))
_FOUND_IN = (
    sa.select(annotation.c.document_id, annotation.c.kind, annotation.c.payload)
    .where(annotation.c.document_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(annotation.c.document_id, annotation.c.kind, annotation.c.ordinal)
)
_REST = sa.select(reading.c.document_id, reading.c.rest).where(
    reading.c.document_id.in_(sa.bindparam("ids", expanding=True))
)


def now() -> str:
    """Return this instant, in UTC, as ISO 8601 to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def create_dossier(connection: sa.Connection, made: Dossier) -> None:
    """Add a dossier. Raises BadValue when one of that name is there."""
    if connection.execute(sa.select(dossier.c.id).where(dossier.c.name == made.name)).first():
        raise BadValue(made.name, "there is already a dossier of that name")
    values = {"id": made.id, "name": made.name, "payload": rows.dossier_json(made), "revision": 0, "created_at": now()}
    connection.execute(sa.insert(dossier).values(**values))


def update_dossier(connection: sa.Connection, made: Dossier) -> bool:
    """Give a dossier other parties, cadence, hosts or title; tell whether anything changed. Raises NoDossier."""
    payload = rows.dossier_json(made)
    row = connection.execute(sa.select(dossier.c.payload).where(dossier.c.id == made.id)).first()
    if row is None:
        raise NoDossier(f"there is no dossier named {made.name}.")
    if row.payload == payload:
        return False
    connection.execute(sa.update(dossier).where(dossier.c.id == made.id).values(payload=payload))
    bump(connection, [made.id])
    return True


def dossiers(connection: sa.Connection) -> tuple[Dossier, ...]:
    """Return all dossiers, by name."""
    return tuple(rows.dossier_of(p) for p in connection.scalars(sa.select(dossier.c.payload).order_by(dossier.c.name)))


def bump(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Make the revision of these dossiers grow by one."""
    connection.execute(sa.update(dossier).where(dossier.c.id.in_(ids)).values(revision=dossier.c.revision + 1))


def revisions(connection: sa.Connection, dossier_id: str, name: str) -> tuple[int, int | None]:
    """Return a dossier's revision and that of its records, None before there are any. Raises NoDossier."""
    row = connection.execute(_REVISIONS, {"dossier": dossier_id}).first()
    if row is None:
        raise NoDossier(f"there is no dossier named {name}.")
    return row.revision, row.register_revision


def add(connection: sa.Connection, dossier_id: str, read: ReadDocument, extractor: str) -> bool:
    """Add a document with what was found in it; tell whether that changed anything.

    Raises NotText for a text that cannot be written down.
    """
    doc = read.document
    try:
        changed = _store(connection, read, extractor)
    except UnicodeEncodeError as error:
        raise NotText(doc.path, "holds half a surrogate pair, which is no character") from error
    member = sa.select(dossier_document.c.revision).where(
        dossier_document.c.dossier_id == dossier_id, dossier_document.c.document_id == doc.id
    )
    if connection.execute(member).first() is not None:
        return changed
    bump(connection, [dossier_id])
    revision = sa.select(dossier.c.revision).where(dossier.c.id == dossier_id).scalar_subquery()
    connection.execute(
        sa.insert(dossier_document).values(
            dossier_id=dossier_id, document_id=doc.id, added_at=now(), revision=revision, **_in_lists(doc.id)
        )
    )
    return True


def _in_lists(doc_id: str) -> dict[str, Any]:
    """Return what lists are ordered and filtered by, as the document has it."""
    held = {
        "name": document.c.name,
        "published": document.c.published,
        "outlet": sa.func.coalesce(sa.func.nullif(document.c.outlet, ""), document.c.agency, ""),
    }
    return {name: sa.select(column).where(document.c.id == doc_id).scalar_subquery() for name, column in held.items()}


def _store(connection: sa.Connection, read: ReadDocument, extractor: str) -> bool:
    doc = read.document
    known = connection.execute(sa.select(document).where(document.c.id == doc.id)).mappings().first()
    if known is None:
        connection.execute(sa.insert(document).values(**rows.document_row(doc)))
        _insert_reading(connection, doc.id, read.annotations, extractor)
        searching.index_document(connection, doc)
        return True
    before = rows.document_of(known)
    if _knows_less(doc.meta, before.meta):
        return False
    if before.meta != doc.meta:
        changes = rows.meta_columns(doc.meta)
        connection.execute(sa.update(document).where(document.c.id == doc.id).values(**changes))
        everywhere = sa.update(dossier_document).where(dossier_document.c.document_id == doc.id)
        connection.execute(everywhere.values(**_in_lists(doc.id)))
        searching.drop_document(connection, doc.id)
        searching.index_document(connection, doc)
    replaced = replace_annotations(connection, doc.id, read.annotations, extractor)
    if before.meta != doc.meta and not replaced:
        bump(connection, holders(connection, doc.id))
    return replaced or before.meta != doc.meta


def _knows_less(new: Metadata, old: Metadata) -> bool:
    """Tell whether the user had said something of this document that a new reading of it was not told."""
    return any(
        getattr(old, f"{name}_by") is Known.GIVEN and getattr(new, f"{name}_by") is not Known.GIVEN
        for name in ("published", "title", "author", "outlet")
    )


def holders(connection: sa.Connection, doc_id: str) -> list[str]:
    """Return the ids of the dossiers that hold a document."""
    asked = sa.select(dossier_document.c.dossier_id).where(dossier_document.c.document_id == doc_id)
    return list(connection.scalars(asked))


def replace_annotations(connection: sa.Connection, doc_id: str, found: Annotations, extractor: str) -> bool:
    """Put what a new reading found in place of what the last one did; tell whether it differs. Raises NotFound."""
    asked = sa.select(reading.c.rest, reading.c.extractor).where(reading.c.document_id == doc_id)
    before = connection.execute(asked).first()
    if before is None:
        raise NotFound(f"no document has the id {doc_id}.")
    of_doc = annotation.c.document_id == doc_id
    old = connection.execute(sa.select(annotation).where(of_doc)).mappings().all()
    new, rest = rows.annotation_rows(doc_id, found)
    key = ("kind", "ordinal", "id", "start_at", "end_at", "payload")
    same = {tuple(row[k] for k in key) for row in old} == {tuple(row[k] for k in key) for row in new}
    if same and rest == before.rest:
        if before.extractor != extractor:
            seen = sa.update(reading).where(reading.c.document_id == doc_id)
            connection.execute(seen.values(extractor=extractor, read_at=now()))
        return False
    present = {row["id"] for row in new}
    lost = [
        {name: row[name] for name in ("id", "document_id", "kind", "start_at", "end_at")}
        for row in old
        if row["start_at"] is not None and row["id"] not in present
    ]
    connection.execute(sa.delete(reading).where(reading.c.document_id == doc_id))
    back = [row["id"] for row in (*new, *lost)]
    for at in range(0, len(back), 500):
        connection.execute(sa.delete(former_annotation).where(former_annotation.c.id.in_(back[at : at + 500])))
    if lost:
        connection.execute(sa.insert(former_annotation), lost)
    _insert_reading(connection, doc_id, found, extractor)
    bump(connection, holders(connection, doc_id))
    return True


def _insert_reading(connection: sa.Connection, doc_id: str, found: Annotations, extractor: str) -> None:
    items, rest = rows.annotation_rows(doc_id, found)
    connection.execute(sa.insert(reading).values(document_id=doc_id, extractor=extractor, read_at=now(), rest=rest))
    if items:
        connection.execute(sa.insert(annotation), items)


def document_ids(connection: sa.Connection, dossier_id: str) -> list[str]:
    """Return the ids of a dossier's documents: by day of publication, those without one last, then name and id."""
    asked = (
        sa.select(dossier_document.c.document_id)
        .where(dossier_document.c.dossier_id == dossier_id)
        .order_by(
            dossier_document.c.published.asc().nulls_last(), dossier_document.c.name, dossier_document.c.document_id
        )
    )
    return list(connection.scalars(asked))


def since(connection: sa.Connection, dossier_id: str, revision: int) -> list[tuple[str, int]]:
    """Return the documents that came to a dossier after a revision, each with the one it made, in order."""
    its = dossier_document.c
    asked = sa.select(its.document_id, its.revision).where(its.dossier_id == dossier_id, its.revision > revision)
    return [(row.document_id, row.revision) for row in connection.execute(asked.order_by(its.revision))]


def load(connection: sa.Connection, ids: Sequence[str]) -> list[Document]:
    """Return the documents of these ids (a chunk of them), in the same order; an unknown id is left out."""
    some = connection.execute(_LOAD, {"ids": list(ids)}).mappings().all() if ids else ()
    found = {row["id"]: rows.document_of(row) for row in some}
    return [found[i] for i in ids if i in found]


def reindex(connection: sa.Connection) -> None:
    """Make the whole index of the search again from the documents and records."""
    sqlite.drop_all_words(connection)
    connection.execute(sa.delete(search_entry))
    ids = list(connection.scalars(sa.select(document.c.id).order_by(document.c.id)))
    for at in range(0, len(ids), CHUNK):
        for doc in load(connection, ids[at : at + CHUNK]):
            searching.index_document(connection, doc)
    holders = list(connection.scalars(sa.select(record.c.dossier_id).distinct()))
    for dossier_id in holders:
        kept = connection.execute(
            sa.select(record.c.kind, record.c.id, record.c.payload).where(record.c.dossier_id == dossier_id)
        ).all()
        searching.index_records(
            connection, dossier_id, [(row.kind, row.id, rows.record_of(row.kind, row.payload)) for row in kept]
        )
    connection.execute(sa.delete(setting).where(setting.c.name == searching.ANALYSIS))
    connection.execute(sa.insert(setting).values(name=searching.ANALYSIS, value=VERSION))


def load_annotations(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Annotations]:
    """Return what was found in these documents (a chunk of them), by id."""
    items: dict[str, list[tuple[str, str]]] = {}
    for doc_id, kind, payload in connection.execute(_FOUND_IN, {"ids": list(ids)}):
        items.setdefault(doc_id, []).append((kind, payload))
    rest = connection.execute(_REST, {"ids": list(ids)})
    return {doc_id: rows.annotations_of(kept, items.get(doc_id, ())) for doc_id, kept in rest}


def memberships(connection: sa.Connection, dossier_id: str) -> dict[str, str]:
    """Return when each document of a dossier was added (ISO 8601, UTC), by id."""
    asked = sa.select(dossier_document.c.document_id, dossier_document.c.added_at)
    found = connection.execute(asked.where(dossier_document.c.dossier_id == dossier_id))
    return {row.document_id: row.added_at for row in found}


def read_by(connection: sa.Connection, dossier_id: str) -> dict[str, str]:
    """Return the version of the extractors that read each document of a dossier, by id."""
    asked = (
        sa.select(reading.c.document_id, reading.c.extractor)
        .join(dossier_document, dossier_document.c.document_id == reading.c.document_id)
        .where(dossier_document.c.dossier_id == dossier_id)
    )
    found: Iterator[Any] = iter(connection.execute(asked))
    return {row.document_id: row.extractor for row in found}


def whole_id(connection: sa.Connection, its: str) -> str:
    """Return the whole id of the document that `its` is the id of, or the beginning of its id. Raises NotFound."""
    start = its.strip().lower()
    start = start if start.startswith("d-") else f"d-{start}"
    asked = sa.select(document.c.id).where(document.c.id >= start, document.c.id < f"{start}{{").limit(6)
    found = list(connection.scalars(asked.order_by(document.c.id)))
    if start in found or len(found) == 1:
        return start if start in found else found[0]
    if not found:
        raise NotFound(f"{its}: no document has this id.")
    raise NotFound(f"{its}: several documents have ids that begin like this ({', '.join(found[:5])}); give more of it.")


def unsorted(connection: sa.Connection, dossier_id: str) -> tuple[str, ...]:
    """Return the ids of a dossier's documents whose sectors are not kept."""
    known = sa.exists().where(document_sector.c.document_id == dossier_document.c.document_id)
    asked = sa.select(dossier_document.c.document_id).where(dossier_document.c.dossier_id == dossier_id, ~known)
    return tuple(connection.scalars(asked.order_by(dossier_document.c.document_id)))


def keep_sectors(connection: sa.Connection, sectors: Mapping[str, Iterable[str]]) -> None:
    """Keep which sectors documents name, by id; a document that is not there is left out."""
    for doc_id, named in sectors.items():
        connection.execute(sa.delete(document_sector).where(document_sector.c.document_id == doc_id))
        if connection.execute(sa.select(reading.c.document_id).where(reading.c.document_id == doc_id)).first():
            values = [{"document_id": doc_id, "sector": sector} for sector in ("", *sorted(set(named)))]
            connection.execute(sa.insert(document_sector), values)
