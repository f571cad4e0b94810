"""Questions pages ask about commitments: which fit, how many of each sort, the worst first. All work is the database's.

Each function takes a connection inside a transaction (`Store.ask` gives it one) and reads only what is shown: counting
goes over one index, never over the records themselves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa

from palabre.model.vocabulary import Firmness, FollowUpStatus
from palabre.store import rows, searching
from palabre.store.counting import NO_DAY, Codes, Columns, columns
from palabre.store.schema import document, record, record_facet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.records import Commitment
    from palabre.store.counting import Mask

CHECKS = ("overdue", "contradicted", "question", "silent", "one_origin", "no_beneficiary", "no_deadline")
"""Reasons to check a commitment, the gravest first."""
WEIGHTS = dict(zip(CHECKS, (5, 5, 3, 2, 2, 1, 1), strict=True))
SILENT_DAYS = 180
OVERDUE = "overdue"
"""A status that is computed: the deadline has passed and nothing says the commitment was kept or dropped."""
ENDED = (FollowUpStatus.DELIVERED, FollowUpStatus.CANCELLED)
SORTS = ("sector", "due", "made", "moved", "firmness", "status", "origins", "docs", "what", "check")
"""What commitments can be sorted by; `-` before it turns the order round."""
MANY = 3
"""The greatest number of origins told apart: `3` stands for three or more."""
MOST_VALUES = 40
"""Values of a facet that are counted for a page, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commitments: within a field any of its values will do, and every field that has some must fit.

    `status` may hold `overdue`; `origins` numbers, 3 for three or more; `check` codes of CHECKS; `since` and `until`
    bound the day the promise was made; `words` is a search; `wishes` brings those nobody could check as well.
    """

    promisor: tuple[str, ...] = ()
    beneficiary: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    firmness: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    origins: tuple[int, ...] = ()
    check: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""
    wishes: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One commitment of a list: how many contradictions are about it, and why it is worth a check on the day asked."""

    commitment: Commitment
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
) -> tuple[Listed, ...]:
    """Return some of the commitments that fit, sorted; an unknown sort is that by sector."""
    checks = _checks(as_of)
    columns = [record.c.id, record.c.payload, record.c.docs, _contradictions().label("contradictions")]
    asked = sa.select(*columns, *(met.label(f"is_{code}") for code, met in checks.items()))
    asked = asked.where(*_conditions(connection, dossier_id, wanted, as_of))
    ordered = asked.order_by(*_order(sort, as_of), record.c.id).limit(limit).offset(offset)
    found = connection.execute(ordered).mappings().all()
    read = rows.register_of(("commitments", row["payload"]) for row in found).commitments
    return tuple(
        Listed(
            commitment=item,
            contradictions=row["contradictions"],
            checks=tuple(code for code in CHECKS if row[f"is_{code}"]),
            overdue=bool(row["is_overdue"]),
            docs=row["docs"] or 0,
        )
        for item, row in zip(read, found, strict=True)
    )


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
    connection: sa.Connection, dossier_id: str, wanted: Wanted, as_of: dt.date, *, held: Columns | None = None
) -> Facets:
    """Count the commitments that fit, by every facet. `held` are the dossier's columns when they were read before."""
    held = columns(connection, dossier_id) if held is None else held
    late = held.due.where(lambda day: NO_DAY < day < as_of.isoformat())
    late &= ~held.status.holding([s.value for s in ENDED])
    checks = _checks_met(held, late, as_of)
    status = held.status.codes.copy()
    names = (*held.status.names, OVERDUE)
    status[late] = len(names) - 1
    standing = Codes(names, status)
    origins = Codes.of([str(n) for n in np.minimum(held.origins, MANY)])
    masks: dict[str, Mask] = {}
    for name, column in (("sector", held.sector), ("status", standing), ("firmness", held.firmness)):
        if getattr(wanted, name):
            masks[name] = column.holding(getattr(wanted, name))
    for name, several in (("promisor", held.promisor), ("beneficiary", held.beneficiary), ("outlet", held.outlet)):
        if getattr(wanted, name):
            masks[name] = several.holding(getattr(wanted, name), len(held))
    if wanted.origins:
        masks["origins"] = origins.holding(map(str, wanted.origins))
    if wanted.check:
        masks["check"] = np.any([checks[code] for code in wanted.check if code in checks], axis=0)
    base = _within(connection, dossier_id, wanted, held)

    def but(*left_out: str) -> Mask:
        out = base.copy()
        for name, mask in masks.items():
            if name not in left_out:
                out &= mask
        return out

    counts = {
        "sector": _ordered(held.sector.tally(but("sector"))),
        "status": _ordered(standing.tally(but("status"))),
        "firmness": _ordered(held.firmness.tally(but("firmness"))),
        "origins": _ordered(origins.tally(but("origins"))),
        "check": _ordered({code: int((met & but("check")).sum()) for code, met in checks.items()}),
        "promisor": _ordered(held.promisor.tally(but("promisor")))[:MOST_VALUES],
        "beneficiary": _ordered(held.beneficiary.tally(but("beneficiary")))[:MOST_VALUES],
        "outlet": _ordered(held.outlet.tally(but("outlet")))[:MOST_VALUES],
    }
    matrix = {}
    for place, sector in enumerate(held.sector.names):
        of = standing.tally(but("sector", "status") & (held.sector.codes == place))
        matrix.update({(sector, code): number for code, number in of.items()})
    return Facets(counts, matrix, int(but().sum()))


def _checks_met(held: Columns, late: Mask, as_of: dt.date) -> dict[str, Mask]:
    """Return which commitments meet each check: the like of `_checks`, over columns."""
    live = ~held.status.holding([s.value for s in ENDED]) & ~held.vague
    silent = (as_of - dt.timedelta(days=SILENT_DAYS)).isoformat()
    received = np.zeros(len(held), dtype=bool)
    received[held.beneficiary.rows] = True
    met = {
        "overdue": late,
        "contradicted": held.contradicted,
        "question": held.doubtful,
        "silent": held.moved.where(lambda day: NO_DAY < day < silent),
        "one_origin": held.unsupported,
        "no_beneficiary": ~received,
        "no_deadline": held.undated,
    }
    return {code: met[code] & live for code in CHECKS}


def _within(connection: sa.Connection, dossier_id: str, wanted: Wanted, held: Columns) -> Mask:
    """Return which commitments fit what is wanted besides the facets: wishes, period, words."""
    out = np.ones(len(held), dtype=bool) if wanted.wishes else ~held.vague
    if wanted.since:
        since = wanted.since.isoformat()
        out &= held.day.where(lambda day: day >= since)
    if wanted.until:
        until = wanted.until.isoformat()
        out &= held.day.where(lambda day: NO_DAY < day <= until)
    if wanted.words.strip():
        found = searching.holding(connection, dossier_id, "commitments", wanted.words, record.c.id)
        asked = sa.select(record.c.id).where(record.c.dossier_id == dossier_id, record.c.kind == "commitments", found)
        said = np.zeros(len(held), dtype=bool)
        said[[held.places[its] for its in connection.scalars(asked) if its in held.places]] = True
        out &= said
    return out


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


def _conditions(
    connection: sa.Connection, dossier_id: str, wanted: Wanted, as_of: dt.date
) -> list[sa.ColumnElement[bool]]:
    out = [record.c.dossier_id == dossier_id, record.c.kind == "commitments"]
    if not wanted.wishes:
        out.append(record.c.vague.is_(False))
    if wanted.sector:
        out.append(record.c.sector.in_(wanted.sector))
    if wanted.firmness:
        out.append(record.c.firmness.in_(wanted.firmness))
    if wanted.status:
        late = _overdue(as_of)
        plain = [s for s in wanted.status if s != OVERDUE]
        either = [sa.and_(record.c.status.in_(plain), sa.not_(late))] if plain else []
        out.append(sa.or_(*either, *([late] if OVERDUE in wanted.status else [])))
    if wanted.origins:
        few = [n for n in wanted.origins if n < MANY]
        many = [record.c.origins >= MANY] if any(n >= MANY for n in wanted.origins) else []
        out.append(sa.or_(record.c.origins.in_(few), *many))
    if wanted.check:
        checks = _checks(as_of)
        out.append(sa.or_(*(checks[code] for code in wanted.check if code in checks)))
    if wanted.since:
        out.append(record.c.day >= wanted.since.isoformat())
    if wanted.until:
        out.append(record.c.day <= wanted.until.isoformat())
    for name in ("promisor", "beneficiary"):
        values = getattr(wanted, name)
        if values:
            out.append(record.c.id.in_(_holding(dossier_id, name).where(record_facet.c.value.in_(values))))
    if wanted.outlet:
        told = _holding(dossier_id, "document").join(document, document.c.id == record_facet.c.value)
        named = sa.func.coalesce(document.c.outlet, document.c.agency, "").in_(wanted.outlet)
        out.append(record.c.id.in_(told.where(named)))
    if wanted.words.strip():
        out.append(searching.holding(connection, dossier_id, "commitments", wanted.words, record.c.id))
    return out


def _holding(dossier_id: str, facet: str) -> sa.Select[tuple[str]]:
    return sa.select(record_facet.c.record_id).where(
        record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet
    )


def _overdue(as_of: dt.date) -> sa.ColumnElement[bool]:
    return sa.and_(
        record.c.due.is_not(None), record.c.due < as_of.isoformat(), record.c.status.not_in([s.value for s in ENDED])
    )


def _contradictions() -> sa.ScalarSelect[int]:
    other = record.alias("conflict")
    return (
        sa.select(sa.func.count())
        .where(
            other.c.dossier_id == record.c.dossier_id,
            other.c.about == record.c.id,
            other.c.kind == "conflicts",
            other.c.variety == "contradiction",
        )
        .correlate(record)
        .scalar_subquery()
    )


def _checks(as_of: dt.date) -> dict[str, sa.ColumnElement[bool]]:
    """Return what each check asks of a commitment; one that has ended, or is a mere wish, needs none."""
    live = sa.and_(record.c.status.not_in([s.value for s in ENDED]), record.c.vague.is_(False))
    silent = (as_of - dt.timedelta(days=SILENT_DAYS)).isoformat()
    beneficiary = _holding_of_row("beneficiary")
    met = {
        "overdue": _overdue(as_of),
        "contradicted": _contradictions() > 0,
        "question": record.c.doubts > 0,
        "silent": sa.func.coalesce(record.c.moved, record.c.day) < silent,
        "one_origin": sa.and_(record.c.origins < 2, record.c.official.is_(False), record.c.confidence < 1.0),
        "no_beneficiary": sa.not_(beneficiary),
        "no_deadline": record.c.date.is_(None),
    }
    return {code: sa.func.coalesce(sa.and_(live, met[code]), False) for code in CHECKS}


def _holding_of_row(facet: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        record_facet.c.dossier_id == record.c.dossier_id,
        record_facet.c.record_id == record.c.id,
        record_facet.c.facet == facet,
    )


def _order(sort: str, as_of: dt.date) -> list[sa.ColumnElement[Any]]:
    name, down = sort.lstrip("-"), sort.startswith("-")
    firmness = _rank(record.c.firmness, [f.value for f in Firmness])
    if name == "check":
        weight = sum((sa.case((met, WEIGHTS[code]), else_=0) for code, met in _checks(as_of).items()), sa.literal(0))
        return [weight.asc() if down else weight.desc()]
    keys: dict[str, sa.ColumnElement[Any]] = {
        "due": record.c.due,
        "made": record.c.day,
        "moved": sa.func.coalesce(record.c.moved, record.c.day),
        "firmness": firmness,
        "status": _rank(record.c.status, [s.value for s in FollowUpStatus]),
        "origins": record.c.origins,
        "docs": record.c.docs,
        "what": sa.func.lower(record.c.label),
    }
    if name not in keys:
        first = record.c.sector.desc() if down else record.c.sector.asc()
        return [first, record.c.vague, firmness.desc(), record.c.day]
    # What is not known comes last whichever way the rest is sorted.
    return [keys[name].is_(None), keys[name].desc() if down else keys[name].asc()]


def _rank(column: sa.ColumnElement[Any], codes: Sequence[str]) -> sa.ColumnElement[Any]:
    return sa.case({code: place for place, code in enumerate(codes)}, value=column, else_=None)
