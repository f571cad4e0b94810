"""Which sectors are new from a day on: first named in a text, first promised in. Reads columns alone, no record.

Takes a connection inside a transaction (`Store.ask` gives it one).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from palabre.store.schema import document_sector, dossier_document, record

if TYPE_CHECKING:
    import datetime as dt


def named_first(connection: sa.Connection, dossier_id: str, since: dt.date) -> frozenset[str]:
    """Return the sectors that a document published from a day on names, and no other does; undated ones are earlier."""
    listed = dossier_document.c
    asked = (
        sa.select(document_sector.c.sector)
        .join(dossier_document, listed.document_id == document_sector.c.document_id)
        .where(listed.dossier_id == dossier_id, document_sector.c.sector != "")
        .group_by(document_sector.c.sector)
    )
    return frozenset(connection.scalars(asked.having(_earliest(listed.published) >= since)))


def promised_first(connection: sa.Connection, dossier_id: str, since: dt.date) -> frozenset[str]:
    """Return the sectors something was promised in from a day on, and nothing before; wishes are left out."""
    asked = (
        sa.select(record.c.sector)
        .where(record.c.dossier_id == dossier_id, record.c.kind == "commitments", record.c.vague.is_(False))
        .group_by(record.c.sector)
    )
    day = since.isoformat()
    return frozenset(s for s in connection.scalars(asked.having(_earliest(record.c.day) >= day)) if s)


def _earliest(of: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the earliest day of a group, nothing when one of them is not known: that proves nothing new."""
    return sa.case((sa.func.count() == sa.func.count(of), sa.func.min(of)))
