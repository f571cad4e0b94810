"""What people decided: added, withdrawn, never deleted. Must not begin transactions.

A change of what nothing is computed from (a note, a reply) leaves the dossier's revision as it is. `Store.ask` asks the
questions of pages: those about one record, the trail page by page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import BadValue, NotFound
from palabre.model.judgements import SILENT
from palabre.store import documents, rows
from palabre.store.schema import judgement, judgement_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.model.judgements import Judgement, Verdict

_AT_ONCE = 400
"""Ids put into one question."""
_TOUCHING = sa.select(judgement).where(
    judgement.c.dossier_id == sa.bindparam("dossier"),
    judgement.c.id.in_(
        sa.select(judgement_target.c.judgement_id).where(
            judgement_target.c.dossier_id == sa.bindparam("dossier"),
            judgement_target.c.suffix.in_(sa.bindparam("suffixes", expanding=True)),
        )
    ),
)


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
            author=made.author,
        )
    )
    targets = rows.target_rows(dossier_id, made)
    if targets:
        connection.execute(sa.insert(judgement_target), targets)
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
    return _read(connection, asked.order_by(judgement.c.made_at, judgement.c.id))


def touching(connection: sa.Connection, dossier_id: str, ids: Iterable[str]) -> tuple[Judgement, ...]:
    """Return the judgements, withdrawn ones too, that may be about what has one of these ids, in the order made.

    A mention and the record named after it are taken for one, and so is anything else whose id ends like theirs:
    who asks knows which of them mean the same.
    """
    suffixes = sorted({its.rpartition("-")[2] for its in ids})
    found: dict[str, Judgement] = {}
    for at in range(0, len(suffixes), _AT_ONCE):
        asked = {"dossier": dossier_id, "suffixes": suffixes[at : at + _AT_ONCE]}
        found |= {made.id: made for made in map(_judgement, connection.execute(_TOUCHING, asked))}
    return tuple(sorted(found.values(), key=lambda made: (made.made_at, made.id)))


def targets_since(
    connection: sa.Connection, dossier_id: str, since: str, but: Sequence[Verdict] = ()
) -> frozenset[str]:
    """Return what judgements made from an instant on (ISO 8601, UTC) are about, those withdrawn and `but` left out."""
    same = sa.and_(
        judgement.c.dossier_id == judgement_target.c.dossier_id, judgement.c.id == judgement_target.c.judgement_id
    )
    asked = (
        sa.select(judgement_target.c.target)
        .join(judgement, same)
        .where(
            judgement.c.dossier_id == dossier_id,
            judgement.c.made_at >= since,
            judgement.c.withdrawn_at.is_(None),
            judgement.c.verdict.not_in([verdict.value for verdict in but]),
        )
    )
    return frozenset(connection.scalars(asked))


def trail(
    connection: sa.Connection,
    dossier_id: str,
    *,
    author: str | None = None,
    verdict: str | None = None,
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[Judgement, ...]:
    """Return some of the judgements, withdrawn ones too, the latest first; of one person or verdict when asked."""
    asked = sa.select(judgement).where(*_by(dossier_id, author, verdict))
    latest = asked.order_by(judgement.c.made_at.desc(), judgement.c.id.desc())
    return _read(connection, latest.limit(limit).offset(offset))


def count(connection: sa.Connection, dossier_id: str, *, author: str | None = None, verdict: str | None = None) -> int:
    """Return how many judgements there are, withdrawn ones too; those of one person or verdict when asked."""
    asked = sa.select(sa.func.count()).select_from(judgement).where(*_by(dossier_id, author, verdict))
    return int(connection.execute(asked).scalar_one())


def authors(connection: sa.Connection, dossier_id: str) -> tuple[str, ...]:
    """Return who decided anything, in order."""
    asked = sa.select(judgement.c.author).where(judgement.c.dossier_id == dossier_id).distinct()
    return tuple(sorted(name for name in connection.scalars(asked) if name is not None))


def verdicts(connection: sa.Connection, dossier_id: str) -> tuple[str, ...]:
    """Return what was decided, each verdict once, in order."""
    asked = sa.select(judgement.c.verdict).where(judgement.c.dossier_id == dossier_id).distinct()
    return tuple(sorted(connection.scalars(asked)))


def one(connection: sa.Connection, dossier_id: str, its: str) -> Judgement | None:
    """Return the judgement of this id, withdrawn or not; None without one."""
    asked = sa.select(judgement).where(judgement.c.dossier_id == dossier_id, judgement.c.id == its)
    return next(iter(_read(connection, asked)), None)


def _by(dossier_id: str, author: str | None, verdict: str | None) -> list[sa.ColumnElement[bool]]:
    out = [judgement.c.dossier_id == dossier_id]
    if author is not None:
        out.append(judgement.c.author == author)
    if verdict is not None:
        out.append(judgement.c.verdict == verdict)
    return out


def _read(connection: sa.Connection, asked: sa.Select[tuple[object, ...]]) -> tuple[Judgement, ...]:
    return tuple(map(_judgement, connection.execute(asked)))


def _judgement(row: sa.Row[tuple[object, ...]]) -> Judgement:
    return rows.judgement_of(row.payload, row.withdrawn_at, row.withdrawn_by)


def standing(connection: sa.Connection, dossier_id: str, verdict: Verdict) -> tuple[Judgement, ...]:
    """Return the judgements of one kind that stand, in the order they were made."""
    asked = sa.select(judgement).where(
        judgement.c.dossier_id == dossier_id, judgement.c.verdict == verdict.value, judgement.c.withdrawn_at.is_(None)
    )
    return _read(connection, asked.order_by(judgement.c.made_at, judgement.c.id))
