"""Questions the calendar's pages ask: what falls due between two days.

Takes a connection inside a transaction (`Store.ask` gives it one) and reads no more than it returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.store import queries
from palabre.store.schema import record

if TYPE_CHECKING:
    import datetime as dt

    from palabre.model.records import Brief


def due_between(
    connection: sa.Connection, dossier_id: str, first: dt.date, last: dt.date, *, limit: int = 200
) -> tuple[Brief, ...]:
    """Return the commitments whose deadline ends between two days (both included), in order; wishes are left out."""
    asked = sa.select(record.c.id).where(
        record.c.dossier_id == dossier_id,
        record.c.kind == "commitments",
        record.c.vague.is_(False),
        record.c.due >= first.isoformat(),
        record.c.due <= last.isoformat(),
    )
    ids = connection.scalars(asked.order_by(record.c.due, record.c.id).limit(limit)).all()
    return queries.lines(connection, dossier_id, ids)
