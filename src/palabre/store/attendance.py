"""When people were in dossiers, and what came since. Must not begin transactions.

`Store.tell` makes the changes, `Store.ask` the questions. Instants are ISO 8601, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa

from palabre.model.judgements import Judgement
from palabre.store import rows
from palabre.store.people import account_id
from palabre.store.schema import attendance, dossier_document, judgement, record, record_facet

MOST = 2000
"""Documents whose records are looked up as new: when more came, so did nearly everything."""


def attended(connection: sa.Connection, name: str, dossier_id: str) -> tuple[str | None, str] | None:
    """Return the end of a person's sitting before in a dossier, and the last page of this one; None on a first visit.

    Raises NotFound when nobody has an account of that name.
    """
    asked = sa.select(attendance.c.before, attendance.c.last).where(*_of(connection, name, dossier_id))
    row = connection.execute(asked).first()
    return (row.before, row.last) if row is not None else None


def attend(connection: sa.Connection, name: str, dossier_id: str, before: str | None, last: str) -> None:
    """Write down when a person was in a dossier, in place of what was known. Raises NotFound."""
    connection.execute(sa.delete(attendance).where(*_of(connection, name, dossier_id)))
    its = account_id(connection, name)
    connection.execute(sa.insert(attendance).values(account_id=its, dossier_id=dossier_id, before=before, last=last))


def _of(connection: sa.Connection, name: str, dossier_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return attendance.c.account_id == account_id(connection, name), attendance.c.dossier_id == dossier_id


def told_of_since(connection: sa.Connection, dossier_id: str, since: str) -> tuple[tuple[str, bool], ...]:
    """Return the commitments that documents added after an instant tell of, and whether only they do.

    Those nobody told of before first, then by their usual order. Nothing when more than MOST documents came.
    """
    listed = dossier_document.c
    fresh = sa.select(listed.document_id).where(listed.dossier_id == dossier_id, listed.added_at > since)
    docs = connection.scalars(fresh.limit(MOST + 1)).all()
    if len(docs) > MOST:
        return ()
    facet = record_facet.c
    of_documents = (facet.dossier_id == dossier_id, facet.facet == "document")
    told = sa.select(facet.record_id).where(*of_documents, facet.value.in_(docs)).distinct()
    of_before = sa.and_(listed.dossier_id == dossier_id, listed.document_id == facet.value, listed.added_at <= since)
    before = sa.exists().where(*of_documents, facet.record_id == record.c.id, of_before)
    asked = (
        sa.select(record.c.id, sa.not_(before).label("only"))
        .where(
            record.c.dossier_id == dossier_id,
            record.c.kind == "commitments",
            record.c.vague.is_(False),
            record.c.id.in_(told),
        )
        .order_by(before, record.c.place)
    )
    return tuple((str(row.id), bool(row.only)) for row in connection.execute(asked))


def decided_since(
    connection: sa.Connection, dossier_id: str, since: str, but: str, limit: int
) -> tuple[int, tuple[Judgement, ...]]:
    """Return how many decisions others than `but` made after an instant, and the latest of them, withdrawn ones out."""
    asked = sa.select(judgement).where(
        judgement.c.dossier_id == dossier_id,
        judgement.c.made_at > since,
        judgement.c.withdrawn_at.is_(None),
        sa.func.coalesce(judgement.c.author, "") != but,
    )
    number = int(connection.execute(sa.select(sa.func.count()).select_from(asked.subquery())).scalar_one())
    latest = connection.execute(asked.order_by(judgement.c.made_at.desc(), judgement.c.id.desc()).limit(limit))
    return number, tuple(rows.judgement_of(row.payload, row.withdrawn_at, row.withdrawn_by) for row in latest)
