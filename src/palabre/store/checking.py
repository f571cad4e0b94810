"""What `palabre doctor` asks of a database: is the file sound, does everything point where it should, is it up to date.

Only reads. A row that cannot be read is a finding, not an error.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.store import documents, rows, searching, sqlite
from palabre.store.schema import (
    annotation,
    document,
    dossier,
    dossier_document,
    reading,
    record,
    search_entry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.model.spans import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    `kind`: file (the database file or a link between its tables), text (a document whose text is not the one stored),
    span (a passage outside its text), row (a row that cannot be read), search (the index is not in step), stale
    (records older than their dossier), schema. `subject` is the id or name it is about; `message` one sentence.
    `broken` is false for what one run of the usual commands puts right.
    """

    kind: str
    subject: str
    message: str
    broken: bool = True


def check(connection: sa.Connection, schema: str) -> list[Finding]:
    """Return everything found wrong; `schema` is the step this version works with."""
    found = [Finding("file", "database", f"{words}.") for words in sqlite.troubles(connection)]
    step = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if step != schema:
        found.append(Finding("schema", str(step), f"the schema is {step}, this version works with {schema}."))
    found += _texts(connection)
    found += _spans(connection)
    found += _records(connection)
    found += _search(connection)
    found += _stale(connection)
    return found


def _texts(connection: sa.Connection) -> Iterator[Finding]:
    ids = list(connection.scalars(sa.select(document.c.id).order_by(document.c.id)))
    read = set(connection.scalars(sa.select(reading.c.document_id)))
    held = set(connection.scalars(sa.select(dossier_document.c.document_id)))
    for at in range(0, len(ids), documents.CHUNK):
        some = ids[at : at + documents.CHUNK]
        unread = _unread(connection, some)
        for row in connection.execute(sa.select(document).where(document.c.id.in_(some))).mappings():
            its = row["id"]
            text = row["text"]
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != row["sha256"] or len(text) != row["length"]:
                yield Finding("text", its, f"the text of {its} is not the one that was stored.")
            if its not in held:
                yield Finding("row", its, f"the document {its} belongs to no dossier.")
            if its not in read:
                yield Finding("row", its, f"the document {its} has no reading.")
                continue
            try:
                rows.document_of(row)
            except ValueError:
                unread.add(its)
            if its in unread:
                yield Finding("row", its, f"what is stored about {its} cannot be read.")


def _unread(connection: sa.Connection, ids: list[str]) -> set[str]:
    """Return which of these documents have annotations that cannot be read, looking at each only when some have."""
    try:
        documents.load_annotations(connection, ids)
    except ValueError:
        return set(ids) if len(ids) == 1 else {its for one in ids for its in _unread(connection, [one])}
    return set()


def _spans(connection: sa.Connection) -> Iterator[Finding]:
    asked = (
        sa.select(annotation.c.id, annotation.c.document_id)
        .join(document, document.c.id == annotation.c.document_id)
        .where(
            sa.or_(
                annotation.c.start_at < 0,
                annotation.c.end_at < annotation.c.start_at,
                annotation.c.end_at > document.c.length,
            )
        )
        .order_by(annotation.c.id)
    )
    for row in connection.execute(asked):
        yield Finding("span", row.id, f"{row.id} lies outside the text of {row.document_id}.")


def _records(connection: sa.Connection) -> Iterator[Finding]:
    lengths = {row.id: row.length for row in connection.execute(sa.select(document.c.id, document.c.length))}
    asked = sa.select(record.c.id, record.c.kind, record.c.payload).order_by(record.c.dossier_id, record.c.id)
    for row in connection.execute(asked):
        try:
            proofs = list(rows.evidence(rows.record_of(row.kind, row.payload)))
        except (ValueError, json.JSONDecodeError, AttributeError):
            yield Finding("row", row.id, f"the record {row.id} cannot be read.")
            continue
        for _, proof in proofs:
            if not _within(proof.span, lengths.get(proof.doc)):
                yield Finding("span", row.id, f"{row.id} rests on words that are not in {proof.doc}.")


def _within(span: Span, length: int | None) -> bool:
    return length is not None and span.end <= length


def _search(connection: sa.Connection) -> Iterator[Finding]:
    message = "the full-text index is not in step with what is stored; it can be made again."
    indexed = sa.exists().where(search_entry.c.owner == document.c.id, search_entry.c.kind == searching.DOCUMENT)
    missing = sa.select(sa.func.count()).select_from(document).where(~indexed)
    listed = sa.exists().where(search_entry.c.owner == record.c.id, search_entry.c.dossier_id == record.c.dossier_id)
    unlisted = sa.select(sa.func.count()).select_from(record).where(~listed)
    astray = (
        sa.select(sa.func.count())
        .select_from(search_entry)
        .where(search_entry.c.kind == searching.DOCUMENT, search_entry.c.owner.not_in(sa.select(document.c.id)))
    )
    count = sum(connection.execute(asked).scalar_one() for asked in (missing, unlisted, astray))
    count += sqlite.out_of_step(connection)
    if count or not searching.analysed_alike(connection):
        yield Finding("search", f"{count}", message)


def _stale(connection: sa.Connection) -> Iterator[Finding]:
    for row in connection.execute(sa.select(dossier).order_by(dossier.c.name)):
        if row.register_revision != row.revision and (row.register_revision is not None or row.revision > 0):
            yield Finding(
                "stale", row.name, f"the records of {row.name} are older than its documents or decisions.", broken=False
            )
