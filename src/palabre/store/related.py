"""Which texts tell what another one tells: those that are evidence of the same records.

Takes a connection inside a transaction (`Store.ask` gives it one).
"""

from __future__ import annotations

import sqlalchemy as sa

from palabre.store.schema import record_facet


def telling_the_same(
    connection: sa.Connection, dossier_id: str, doc: str, *, limit: int = 12
) -> tuple[tuple[str, int], ...]:
    """Return the documents that tell of the same commitments and meetings as one, and of how many, the most first."""
    its, others = record_facet.alias("its"), record_facet.alias("others")
    number = sa.func.count().label("number")
    asked = (
        sa.select(others.c.value, number)
        .join(its, sa.and_(its.c.dossier_id == others.c.dossier_id, its.c.record_id == others.c.record_id))
        .where(
            its.c.dossier_id == dossier_id,
            its.c.facet == "document",
            its.c.value == doc,
            others.c.facet == "document",
            others.c.value != doc,
        )
        .group_by(others.c.value)
        .order_by(number.desc(), others.c.value)
        .limit(limit)
    )
    return tuple((str(row.value), int(row.number)) for row in connection.execute(asked))
