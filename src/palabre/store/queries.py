"""Questions pages ask about commitments: which fit, how many of each sort, the worst first.

Each function takes a connection inside a transaction (`Store.ask` gives it one). What fits and in which order is
worked out over columns (`counting.Known`), which are read once for many questions; only the records shown are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import numpy as np
import sqlalchemy as sa

from palabre.model.records import Brief, Commitment
from palabre.store import counting, rows
from palabre.store.choosing import CHECKS, ENDED, MANY, OVERDUE, SILENT_DAYS, SORTS, WEIGHTS, Choice, Judged, Wanted
from palabre.store.schema import record, record_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Sequence

    from palabre.store.counting import Known

__all__ = [
    "CHECKS", "ENDED", "MANY", "OVERDUE", "SILENT_DAYS", "SORTS", "WEIGHTS", "Facets", "Judged", "Listed",
    "Wanted", "briefly", "commitments", "due_after", "facets", "lines", "months",
]  # fmt: skip

MOST_VALUES = 40
"""Values of a facet that are counted for a page, the most frequent first."""
_AT_ONCE = 400
"""Ids put into one question."""
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_WHOLE = sa.select(record.c.payload).where(record.c.dossier_id == sa.bindparam("dossier"), record.c.id.in_(_IDS))
_LINES = sa.select(record_line.c.payload).where(
    record_line.c.dossier_id == sa.bindparam("dossier"), record_line.c.record_id.in_(_IDS)
)
_ABOUT = (
    sa.select(record.c.about, sa.func.count())
    .where(
        record.c.dossier_id == sa.bindparam("dossier"),
        record.c.about.in_(_IDS),
        record.c.kind == "conflicts",
        record.c.variety == "contradiction",
    )
    .group_by(record.c.about)
)


C = TypeVar("C", Commitment, Brief)


@dataclass(frozen=True, slots=True)
class Listed(Generic[C]):
    """One commitment of a list: how many contradictions are about it, and why it is worth a check on the day asked."""

    commitment: C
    contradictions: int
    checks: tuple[str, ...]
    overdue: bool
    docs: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many commitments have each value, for every facet: with all that is wanted but that facet's own choice.

    `matrix` counts by (sector, status) what fits all that is wanted but sector and status; there, what is overdue is
    so and nothing else. `all` is how many fit.
    """

    counts: dict[str, tuple[tuple[str, int], ...]]
    matrix: dict[tuple[str, str], int]
    all: int


def commitments(
    connection: sa.Connection,
    dossier_id: str,
    wanted: Wanted,
    as_of: dt.date,
    *,
    sort: str = "sector",
    limit: int = 50,
    offset: int = 0,
    known: Known | None = None,
    judged: Judged | None = None,
    only: Collection[str] | None = None,
) -> tuple[Listed[Commitment], ...]:
    """Return some of the commitments that fit, sorted, with all they rest on; an unknown sort is that by sector.

    `only` are ids to keep to. `known` is what `counting.known` returned for the same words and sort, `judged` what the
    day makes of its columns, when they were asked before.
    """
    page = _Page(sort, limit, offset, known, judged, only)
    return _listed(connection, dossier_id, wanted, as_of, page, _commitments)


def briefly(
    connection: sa.Connection,
    dossier_id: str,
    wanted: Wanted,
    as_of: dt.date,
    *,
    sort: str = "sector",
    limit: int = 50,
    offset: int = 0,
    known: Known | None = None,
    judged: Judged | None = None,
    only: Collection[str] | None = None,
) -> tuple[Listed[Brief], ...]:
    """Return the same as lines of a list show them."""
    page = _Page(sort, limit, offset, known, judged, only)
    return _listed(connection, dossier_id, wanted, as_of, page, _briefs)


class _Page(NamedTuple):
    sort: str
    limit: int
    offset: int
    known: Known | None
    judged: Judged | None
    only: Collection[str] | None


def _listed(
    connection: sa.Connection,
    dossier_id: str,
    wanted: Wanted,
    as_of: dt.date,
    page: _Page,
    read_with: Callable[[sa.Connection, str, list[str]], dict[str, C]],
) -> tuple[Listed[C], ...]:
    sort, limit, offset, known, judged, only = page
    known = counting.known(connection, dossier_id, wanted.words, sort) if known is None else known
    judged = Judged(known.columns, as_of) if judged is None else judged
    choice = Choice(known, wanted, judged)
    held = known.columns
    ordered = choice.ordered(sort)
    if only is not None:
        kept = np.zeros(len(held), dtype=bool)
        kept[[held.places[its] for its in only if its in held.places]] = True
        ordered = ordered[kept[ordered]]
    shown = ordered[offset : offset + limit]
    ids = [held.ids[place] for place in shown]
    read = read_with(connection, dossier_id, ids)
    disputed = _contradictions(connection, dossier_id, [held.ids[place] for place in shown[held.contradicted[shown]]])
    # Taken out of the columns together: one by one it would take as long as reading them.
    met = zip(*(judged.checks[code][shown].tolist() for code in CHECKS), strict=True)
    late, docs = judged.checks[OVERDUE][shown].tolist(), held.docs[shown].tolist()
    return tuple(
        Listed(
            commitment=read[its],
            contradictions=disputed.get(its, 0),
            checks=tuple(compress(CHECKS, those)),
            overdue=overdue,
            docs=number,
        )
        for its, those, overdue, number in zip(ids, met, late, docs, strict=True)
        if its in read
    )


def _commitments(connection: sa.Connection, dossier_id: str, ids: list[str]) -> dict[str, Commitment]:
    payloads = _payloads(connection, _WHOLE, dossier_id, ids)
    found = rows.register_of(("commitments", payload) for payload in payloads)
    return {item.id: item for item in found.commitments}


def _briefs(connection: sa.Connection, dossier_id: str, ids: list[str]) -> dict[str, Brief]:
    payloads = _payloads(connection, _LINES, dossier_id, ids)
    return {item.id: item for item in rows.briefs_of(payloads)}


def _payloads(
    connection: sa.Connection, asked: sa.Select[tuple[Any]], dossier_id: str, ids: list[str]
) -> Iterator[str]:
    for at in range(0, len(ids), _AT_ONCE):
        yield from connection.scalars(asked, {"dossier": dossier_id, "ids": ids[at : at + _AT_ONCE]}).all()


def _contradictions(connection: sa.Connection, dossier_id: str, ids: list[str]) -> dict[str, int]:
    """Return how many contradictions are about each of these."""
    out: dict[str, int] = {}
    for at in range(0, len(ids), _AT_ONCE):
        found = connection.execute(_ABOUT, {"dossier": dossier_id, "ids": ids[at : at + _AT_ONCE]})
        out |= {str(its): int(number) for its, number in found.all()}
    return out


def lines(connection: sa.Connection, dossier_id: str, ids: Sequence[str]) -> tuple[Brief, ...]:
    """Return the commitments of these ids as lines of a list show them, in that order; one not there is left out."""
    found = _briefs(connection, dossier_id, list(ids))
    return tuple(found[its] for its in ids if its in found)


def due_after(connection: sa.Connection, dossier_id: str, as_of: dt.date, *, limit: int = 6) -> tuple[Commitment, ...]:
    """Return the commitments whose deadline comes next, from the day asked on; those that have ended left out."""
    asked = sa.select(record.c.payload).where(
        record.c.dossier_id == dossier_id,
        record.c.kind == "commitments",
        record.c.vague.is_(False),
        record.c.due >= as_of.isoformat(),
        record.c.status.not_in([s.value for s in ENDED]),
    )
    found = connection.scalars(asked.order_by(record.c.due, record.c.id).limit(limit))
    return rows.register_of(("commitments", payload) for payload in found).commitments


def facets(
    connection: sa.Connection,
    dossier_id: str,
    wanted: Wanted,
    as_of: dt.date,
    *,
    known: Known | None = None,
    judged: Judged | None = None,
) -> Facets:
    """Count the commitments that fit, by every facet. `known` and `judged` are as for `commitments`."""
    known = counting.known(connection, dossier_id, wanted.words) if known is None else known
    judged = Judged(known.columns, as_of) if judged is None else judged
    choice = Choice(known, wanted, judged)
    held, but = known.columns, choice.fitting
    counts = {
        "sector": _ordered(held.sector.tally(but("sector"))),
        "status": _ordered(judged.standing.tally(but("status"))),
        "firmness": _ordered(held.firmness.tally(but("firmness"))),
        "origins": _ordered(judged.origins.tally(but("origins"))),
        "check": _ordered({code: int((met & but("check")).sum()) for code, met in judged.checks.items()}),
        "promisor": _ordered(held.promisor.tally(but("promisor")))[:MOST_VALUES],
        "beneficiary": _ordered(held.beneficiary.tally(but("beneficiary")))[:MOST_VALUES],
        "outlet": _ordered(held.outlet.tally(but("outlet")))[:MOST_VALUES],
    }
    matrix = held.sector.tally_with(judged.standing, but("sector", "status"))
    return Facets(counts, matrix, int(but().sum()))


def _ordered(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((v, n) for v, n in counts.items() if n), key=lambda item: (-item[1], item[0])))


def months(connection: sa.Connection, dossier_id: str) -> tuple[tuple[str, int], ...]:
    """Return how many commitments were made in each month (YYYY-MM), in order; wishes are left out."""
    month = sa.func.substr(record.c.day, 1, 7)
    asked = sa.select(month, sa.func.count()).where(
        record.c.dossier_id == dossier_id,
        record.c.kind == "commitments",
        record.c.day.is_not(None),
        record.c.vague.is_(False),
    )
    return tuple((str(name), int(count)) for name, count in connection.execute(asked.group_by(month).order_by(month)))
