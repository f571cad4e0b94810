"""What people decided: added, withdrawn, never deleted. Must not begin transactions.

A change of what nothing is computed from (a note, a reply) leaves the dossier's revision as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import BadValue, NotFound
from palabre.model.judgements import SILENT
from palabre.store import documents, rows
from palabre.store.schema import judgement

if TYPE_CHECKING:
    from palabre.model.judgements import Judgement, Verdict


def add(connection: sa.Connection, dossier_id: str, made: Judgement) -> bool:
    """Add a judgement; tell whether it was not there yet. Raises BadValue when another one has its id."""
    asked = sa.select(judgement).where(judgement.c.dossier_id == dossier_id, judgement.c.id == made.id)
    row = connection.execute(asked).first()
    if row is not None:
        if rows.judgement_of(row.payload, made.withdrawn_at, made.withdrawn_by) != made:
            raise BadValue(made.id, "another decision has this id")
        return False
    connection.execute(
        sa.insert(judgement).values(
            dossier_id=dossier_id,
            id=made.id,
            verdict=made.verdict.value,
            made_at=made.made_at,
            withdrawn_at=made.withdrawn_at,
            withdrawn_by=made.withdrawn_by,
            payload=rows.judgement_json(made),
        )
    )
    if made.verdict not in SILENT:
        documents.bump(connection, [dossier_id])
    return True


def withdraw(connection: sa.Connection, dossier_id: str, its: str, by: str, at: str) -> bool:
    """Withdraw a judgement; tell whether it stood until now. Raises NotFound."""
    of = sa.and_(judgement.c.dossier_id == dossier_id, judgement.c.id == its)
    row = connection.execute(sa.select(judgement.c.withdrawn_at, judgement.c.verdict).where(of)).first()
    if row is None:
        raise NotFound(f"{its}: no decision has this id.")
    if row.withdrawn_at is not None:
        return False
    connection.execute(sa.update(judgement).where(of).values(withdrawn_at=at, withdrawn_by=by))
    if row.verdict not in SILENT:
        documents.bump(connection, [dossier_id])
    return True


def listed(connection: sa.Connection, dossier_id: str, withdrawn: bool) -> tuple[Judgement, ...]:
    """Return the judgements of a dossier in the order they were made, those withdrawn only when asked."""
    asked = sa.select(judgement).where(judgement.c.dossier_id == dossier_id)
    if not withdrawn:
        asked = asked.where(judgement.c.withdrawn_at.is_(None))
    found = connection.execute(asked.order_by(judgement.c.made_at, judgement.c.id))
    return tuple(rows.judgement_of(row.payload, row.withdrawn_at, row.withdrawn_by) for row in found)


def standing(connection: sa.Connection, dossier_id: str, verdict: Verdict) -> tuple[Judgement, ...]:
    """Return the judgements of one kind that stand, in the order they were made."""
    asked = sa.select(judgement).where(
        judgement.c.dossier_id == dossier_id, judgement.c.verdict == verdict.value, judgement.c.withdrawn_at.is_(None)
    )
    found = connection.execute(asked.order_by(judgement.c.made_at, judgement.c.id))
    return tuple(rows.judgement_of(row.payload, row.withdrawn_at, row.withdrawn_by) for row in found)
