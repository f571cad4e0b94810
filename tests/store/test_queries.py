"""What pages ask of the database is what one would count over the records by hand."""

from __future__ import annotations

import datetime as dt
import runpy
from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.register.checks import WEIGHTS
from palabre.register.follow_up import overdue
from palabre.store import Store, counting, listings, queries
from palabre.store.listings import Picked
from palabre.store.queries import Wanted
from palabre.store.rows import counted as rows_counted
from palabre.store.rows import label
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from palabre.model.records import Commitment, Register
    from palabre.store.counting import Known

TODAY = dt.date(2021, 6, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("queries") / "p.db"
    runpy.run_path(str(ROOT / "bench" / "large_store.py"))["make"](path, 120, 60)
    return Store.open(path)


@pytest.fixture(scope="module")
def register(store: Store) -> Register:
    found = store.register(store.dossier())
    assert found is not None
    return found


def _status(register: Register) -> list[tuple[str, str]]:
    firm = [c for c in register.commitments if not c.vague]
    return [(c.sector.value, "overdue" if overdue(c, TODAY) else c.status.value) for c in firm]


def test_the_matrix_counts_every_commitment_once(store: Store, register: Register) -> None:
    found = store.ask(queries.facets, store.dossier().id, Wanted(), TODAY)
    assert found.matrix == Counter(_status(register))
    assert found.all == len(_status(register))
    assert dict(found.counts["sector"]) == Counter(s for s, _ in _status(register))
    firm = [c for c in register.commitments if not c.vague]
    assert dict(found.counts["promisor"]) == Counter(p for c in firm for p in set(c.promisor))
    assert dict(found.counts["beneficiary"]) == Counter(p for c in firm for p in set(c.beneficiary))
    disputed = {c.about for c in register.conflicts if c.kind == "contradiction"}
    ended = ("delivered", "cancelled")
    checks = dict(found.counts["check"])
    assert checks["contradicted"] == sum(c.id in disputed and c.status not in ended for c in firm)
    assert checks["no_deadline"] == sum(c.deadline is None and c.status not in ended for c in firm)
    assert checks["no_beneficiary"] == sum(not c.beneficiary and c.status not in ended for c in firm)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(wishes=True),
        Wanted(sector=("health", "energy")),
        Wanted(status=("overdue", "delivered")),
        Wanted(firmness=("signed",), promisor=("RUS", "MLI")),
        Wanted(origins=(2, 3)),
        Wanted(check=("overdue", "contradicted")),
        Wanted(since=dt.date(2018, 1, 1), until=dt.date(2020, 12, 31)),
        Wanted(words="barrage"),
        Wanted(outlet=("Journal 7", "Journal 8", "Journal 9")),
        Wanted(words='"rien du tout" -barrage'),
    ],
)
def test_the_list_is_what_the_counts_say(store: Store, wanted: Wanted) -> None:
    its = store.dossier().id
    counted = store.ask(queries.facets, its, wanted, TODAY)
    listed = store.ask(queries.commitments, its, wanted, TODAY, limit=500)
    assert len(listed) == counted.all
    assert len({r.commitment.id for r in listed}) == len(listed)
    for row in listed:
        c = row.commitment
        assert row.overdue == overdue(c, TODAY) or c.vague
        assert wanted.wishes or not c.vague
        assert not wanted.sector or c.sector in wanted.sector
        assert not wanted.firmness or c.firmness in wanted.firmness
        assert not wanted.promisor or set(c.promisor) & set(wanted.promisor)
        assert not wanted.origins or min(c.origins, 3) in wanted.origins
        assert not wanted.check or set(row.checks) & set(wanted.check)
    pages = [store.ask(queries.commitments, its, wanted, TODAY, limit=7, offset=at) for at in range(0, 70, 7)]
    assert [r.commitment.id for page in pages for r in page][: len(listed)] == [r.commitment.id for r in listed]
    briefly = store.ask(queries.briefly, its, wanted, TODAY, limit=500)
    assert [(b.checks, b.overdue, b.docs, b.contradictions) for b in briefly] == [
        (r.checks, r.overdue, r.docs, r.contradictions) for r in listed
    ]
    for brief, row in zip(briefly, listed, strict=True):
        line, whole = brief.commitment, row.commitment
        same = (f.name for f in fields(line) if f.name != "events")
        assert all(getattr(line, name) == getattr(whole, name) for name in same)
        assert [e.date for e in line.events] == [e.date for e in whole.events]


def test_sorts_put_what_is_unknown_last(store: Store) -> None:
    its = store.dossier().id
    for sort in ("due", "-due"):
        rows = store.ask(queries.commitments, its, Wanted(), TODAY, sort=sort, limit=500)
        days = [r.commitment.deadline for r in rows]
        known = [d for d in days if d]
        assert days == [*known, *([None] * (len(days) - len(known)))]
        assert known == sorted(known, reverse=sort.startswith("-"))


def _keys(sort: str, item: Commitment, checks: tuple[str, ...], docs: int) -> tuple[Any, ...]:
    """Return what a sort orders by, the order of ids aside: numbers that grow, or texts."""
    sign = -1 if sort.startswith("-") else 1

    def day(value: str | None) -> tuple[Any, ...]:
        number = dt.date.fromisoformat(value).toordinal() if value else 0
        return value is None, sign * number

    moved = max((e.date for e in item.events if e.date), default=item.made_on)
    match sort.removeprefix("-"):
        case "due":
            return day(item.deadline)
        case "made":
            return day(item.made_on)
        case "moved":
            return day(moved)
        case "firmness":
            return (sign * item.firmness.rank,)
        case "status":
            return (sign * list(FollowUpStatus).index(item.status),)
        case "origins":
            return (sign * item.origins,)
        case "docs":
            return (sign * docs,)
        case "check":
            weights = [queries.WEIGHTS[code] for code in checks]
            return -sign * max(weights, default=0), -sign * sum(weights)
        case _:
            sectors = sorted({s.value for s in Sector})
            return (sign * sectors.index(item.sector.value), item.vague, -item.firmness.rank, item.made_on or "")


def test_reasons_to_check_weigh_in_lists_what_they_weigh_in_questions() -> None:
    assert {code: WEIGHTS[code] for code in queries.CHECKS} == queries.WEIGHTS


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in queries.SORTS for sign in ("", "-")])
def test_every_sort_is_the_order_one_would_give_by_hand(store: Store, register: Register, sort: str) -> None:
    its, wanted = store.dossier().id, Wanted(wishes=True)
    rows = store.ask(queries.commitments, its, wanted, TODAY, sort=sort, limit=500)
    by_id = sorted(rows, key=lambda r: r.commitment.id)
    assert len(by_id) == len(register.commitments)
    if sort.endswith("what"):
        words = [label(r.commitment).lower() for r in rows]
        assert words == sorted(words, reverse=sort.startswith("-"))
    else:
        by_hand = sorted(by_id, key=lambda r: _keys(sort, r.commitment, r.checks, r.docs))
        assert [r.commitment.id for r in rows] == [r.commitment.id for r in by_hand]
    known = counting_known(store, sort)
    again = store.ask(queries.commitments, its, wanted, TODAY, sort=sort, limit=7, offset=20, known=known)
    assert again == rows[20:27]


def counting_known(store: Store, sort: str) -> Known:
    return store.ask(counting.known, store.dossier().id, "", sort)


@pytest.mark.parametrize("order", [o for o in listings.ORDERS if o != "label"])
def test_every_order_of_records_puts_what_is_unknown_last(store: Store, register: Register, order: str) -> None:
    its = store.dossier().id
    for kind in ("meetings", "commitments", "statements"):
        rows = store.ask(listings.records, its, Picked(kind), order=order, limit=500)
        ids = store.ask(listings.in_order, its, Picked(kind), order=order)
        if kind != "actors":  # of whom several may have one id: their rows' are others
            assert [r.id for r in rows] == list(ids)
        assert store.ask(listings.of_these, its, kind, ids) == rows
        assert {r.id for r in rows} == {r.id for r in getattr(register, kind)}
        place = {r.id: n for n, r in enumerate(getattr(register, kind))}
        held = {r.id: rows_counted(r, r.id)[order.lstrip("-")] for r in rows} if order != "place" else {}
        sign = -1 if order.startswith("-") else 1

        def key(record: Any, held: dict[str, Any] = held, sign: int = sign, place: dict[str, int] = place) -> Any:
            value = held.get(record.id)
            day = dt.date.fromisoformat(value).toordinal() if isinstance(value, str) else value
            return (bool(held) and value is None, sign * (day or 0), place[record.id])

        assert list(rows) == sorted(rows, key=key)


def test_months_and_deadlines(store: Store, register: Register) -> None:
    its = store.dossier().id
    firm = [c for c in register.commitments if not c.vague]
    assert dict(store.ask(queries.months, its)) == Counter((c.made_on or "")[:7] for c in firm)
    due = store.ask(queries.due_after, its, TODAY, limit=500)
    live = [
        c for c in firm if c.deadline and c.deadline >= TODAY.isoformat() and c.status not in ("delivered", "cancelled")
    ]
    assert [c.id for c in due] == [c.id for c in sorted(live, key=lambda c: (c.deadline or "", c.id))]


def test_lists_of_other_records(store: Store, register: Register) -> None:
    its = store.dossier().id
    everything = store.ask(listings.records, its, Picked("meetings"), order="-day", limit=100)
    assert [m.id for m in everything] == [
        m.id for m in sorted(register.meetings, key=lambda m: m.date or "", reverse=True)
    ] or len({m.date for m in register.meetings}) < len(register.meetings)
    russian = store.ask(listings.records, its, Picked("meetings", facet=("party", "RUS")), limit=100)
    assert {m.id for m in russian} == {m.id for m in register.meetings if "RUS" in m.parties}
    assert store.ask(listings.count, its, Picked("statements")) == len(register.statements)
    assert dict(store.ask(listings.values, its, "statements", "speaker", 500)) == Counter(
        s.speaker for s in register.statements
    )
    assert store.ask(listings.tally, its, "conflicts") == {"contradiction": len(register.conflicts)}
    mention = register.commitments[0].mentions[0]
    assert store.ask(listings.telling, its, [mention.id])[mention.id][1] == register.commitments[0].id
    of_doc = [o.docs for o in register.origins if mention.doc in o.docs]
    assert [o.docs for o in store.ask(listings.origins_of, its, [mention.doc])] == of_doc


def test_lists_of_documents(store: Store) -> None:
    its = store.dossier().id
    assert store.ask(listings.count_sources, its) == 120
    first, last, _ = store.ask(listings.days, its)
    rows = store.ask(listings.sources, its, order="published", limit=200)
    assert (rows[0].published, rows[-1].published) == (first, last)
    assert sum(number for _, number, _, _ in store.ask(listings.outlets, its)) == 120
    assert store.ask(listings.count_sources, its, outlet="Journal 7") == 1
    assert sum(store.ask(listings.sectors_named, its).values()) == 120
    assert store.unsorted(store.dossier()) == ()
