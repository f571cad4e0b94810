"""A dossier in the store that new documents are added to holds what computing everything gives, at small cost."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.app import dossiers
from palabre.app.dossiers import refresh
from palabre.model.judgements import Verdict
from palabre.model.records import Register
from palabre.register.build import build_register
from palabre.register.incremental import LiveRegister
from palabre.store import documents as documents_of_store
from palabre.store import filling, schema
from palabre.store.store import Store
from tests.register.test_build import DOSSIER, decision, mention, samples
from tests.register.test_incremental import crowded

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from invented import Inventor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from palabre.model.documents import Document, ReadDocument
    from palabre.model.judgements import Judgement
    from palabre.reconcile.shelves import InMemory


@pytest.fixture(autouse=True)
def kept_from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "KEPT_FROM", 1)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as made:
        made.create_dossier(DOSSIER)
        yield made


def same(store: Store, documents: Sequence[ReadDocument], *judgements: Judgement) -> None:
    """The records are those of computing everything."""
    whole = build_register(documents, dossier=DOSSIER, judgements=judgements)
    got = store.register(DOSSIER)
    assert not store.is_stale(DOSSIER)
    assert got is not None
    for name in (f.name for f in fields(Register)):
        assert getattr(got, name) == getattr(whole, name), name


def everything(store: Store) -> dict[str, list[str]]:
    """Return all rows that the records and what is kept of comparisons come to, without the numbers of rows."""

    def asked(connection: sa.Connection) -> dict[str, list[str]]:
        out = {}
        shelf, value, place = schema.shelf, schema.shelf_value, schema.shelf_place
        named = shelf.c.name
        for table in (schema.record, schema.record_line, schema.record_facet, schema.record_mention):
            out[table.name] = sorted(map(repr, connection.execute(sa.select(table))))
        entry = schema.search_entry
        out["search"] = sorted(map(repr, connection.execute(sa.select(entry.c.kind, entry.c.owner, entry.c.lang))))
        join = sa.select(named, value.c.key, value.c.value).join(shelf, shelf.c.id == value.c.shelf_id)
        # Ids that lead from one name to another do so by other ways, depending on the order of the documents.
        rows = connection.execute(join.where(named.not_in(("actors.home", "made"))))
        out["values"] = sorted(f"{name} {key} {json.dumps(json.loads(its), sort_keys=True)}" for name, key, its in rows)
        join = sa.select(named, place.c.key, place.c.day, place.c.owner).join(shelf, shelf.c.id == place.c.shelf_id)
        out["places"] = sorted(map(repr, connection.execute(join)))
        return out

    return store.ask(asked)


def as_if_new(documents: Sequence[ReadDocument], *judgements: Judgement) -> dict[str, list[str]]:
    with Store.open(":memory:") as store:
        store.create_dossier(DOSSIER)
        for read in documents:
            store.add_document(DOSSIER, read)
        for judgement in judgements:
            store.add_judgement(DOSSIER, judgement)
        refresh(store, DOSSIER)
        return everything(store)


def added_one_by_one(
    store: Store, documents: Sequence[ReadDocument], first: int, every: int, *judgements: Judgement
) -> None:
    store.add_documents(DOSSIER, documents[:first])
    refresh(store, DOSSIER)
    if first == 0:
        # An empty dossier has nothing to go on from.
        first = 1
        store.add_document(DOSSIER, documents[0])
        refresh(store, DOSSIER)
    with patch.object(dossiers, "build_register") as whole, patch.object(Store, "read_documents") as all_read:
        for n, read in enumerate(documents[first:], first + 1):
            store.add_document(DOSSIER, read)
            refresh(store, DOSSIER)
            if n % every == 0 or n == len(documents):
                same(store, documents[:n], *judgements)
    assert not whole.called
    assert not all_read.called


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(len(samples()))), st.integers(1, 3))
def test_the_store_holds_what_computing_everything_gives(order: list[int], first: int) -> None:
    documents = [samples()[n] for n in order]
    with Store.open(":memory:") as store:
        store.create_dossier(DOSSIER)
        added_one_by_one(store, documents, first, 1)
        assert everything(store) == as_if_new(documents)


def test_decisions_hold_and_a_change_begins_anew(store: Store) -> None:
    made = (
        decision(Verdict.MERGE, mention("a", "commitments", 0), mention("e", "commitments")),
        decision(Verdict.SPLIT, mention("b", "commitments"), day=2),
        decision(Verdict.LINK, mention("c", "progress"), mention("a", "commitments", 1), day=3),
        decision(Verdict.REJECT, mention("a", "meetings"), day=4),
    )
    for seed in range(2):
        shuffled = list(samples())
        random.Random(seed).shuffle(shuffled)
        with Store.open(":memory:") as other:
            other.create_dossier(DOSSIER)
            for judgement in made:
                other.add_judgement(DOSSIER, judgement)
            added_one_by_one(other, shuffled, seed, 1, *made)
            assert everything(other) == as_if_new(shuffled, *made)
            late = decision(Verdict.REJECT, mention("b", "commitments"), day=5)
            other.add_judgement(DOSSIER, late)
            refresh(other, DOSSIER)
            same(other, shuffled, *made, late)
            other.withdraw_judgement(DOSSIER, late.id, "A. Diallo")
            refresh(other, DOSSIER)
            same(other, shuffled, *made)


@pytest.mark.parametrize("seed", range(2))
def test_crowds_and_many_documents(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    crowded(monkeypatch)
    documents = list({d.document.id: d for d in Inventor(45, seed + 20).documents()}.values())
    random.Random(seed).shuffle(documents)
    added_one_by_one(store, documents, 30, 15)
    assert everything(store) == as_if_new(documents)


def test_several_at_once_are_taken_in_turns(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "_TAKEN_AT_ONCE", 3)
    documents = list({d.document.id: d for d in Inventor(24, 7).documents()}.values())
    store.add_documents(DOSSIER, documents[:12])
    refresh(store, DOSSIER)
    store.add_documents(DOSSIER, documents[12:])
    with patch.object(Store, "read_documents") as all_read:
        refresh(store, DOSSIER)
    assert not all_read.called
    same(store, documents)
    assert everything(store) == as_if_new(documents)


def test_another_reading_is_seen(store: Store) -> None:
    store.add_documents(DOSSIER, samples()[:3])
    refresh(store, DOSSIER)
    read = samples()[0]
    other = replace(read, annotations=replace(read.annotations, meetings=()))
    store.replace_annotations(read.document.id, other.annotations)
    store.add_document(DOSSIER, samples()[3])
    refresh(store, DOSSIER)
    same(store, [other, *samples()[1:4]])


def test_other_rules_begin_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add_documents(DOSSIER, samples()[:3])
    refresh(store, DOSSIER)
    monkeypatch.setattr(dossiers, "RULES", "of tomorrow")
    store.add_document(DOSSIER, samples()[3])
    with patch.object(dossiers, "LiveRegister", wraps=LiveRegister) as begun:
        refresh(store, DOSSIER)
    assert begun.call_count == 1
    assert everything(store)["places"] == as_if_new(samples()[:4])["places"]


def test_what_was_kept_and_cannot_be_read_is_made_again(store: Store) -> None:
    documents = list({d.document.id: d for d in Inventor(24, 5).documents()}.values())
    store.add_documents(DOSSIER, documents[:-1])
    refresh(store, DOSSIER)
    store.tell(lambda c: c.execute(sa.text("UPDATE shelf_value SET value = '{' WHERE key <> 'made'")))
    store.add_document(DOSSIER, documents[-1])
    refresh(store, DOSSIER)
    same(store, documents)
    assert everything(store) == as_if_new(documents)


def test_only_what_a_document_can_concern_is_read(store: Store) -> None:
    documents = list({d.document.id: d for d in Inventor(80, 3).documents()}.values())
    store.add_documents(DOSSIER, documents[:-1])
    refresh(store, DOSSIER)
    store.add_document(DOSSIER, documents[-1])
    read: set[str] = set()
    load = documents_of_store.load

    def watched(connection: sa.Connection, ids: Sequence[str]) -> list[Document]:
        read.update(ids)
        return load(connection, ids)

    with patch.object(documents_of_store, "load", watched):
        refresh(store, DOSSIER)
    assert documents[-1].document.id in read
    assert len(read) < len(documents) / 2


def test_a_small_dossier_keeps_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add_documents(DOSSIER, samples()[:3])
    refresh(store, DOSSIER)
    assert everything(store)["places"]
    monkeypatch.setattr(dossiers, "KEPT_FROM", 50)
    store.add_judgement(DOSSIER, decision(Verdict.CONFIRM, mention("a", "commitments")))
    refresh(store, DOSSIER)
    assert not everything(store)["places"]
    same(store, samples()[:3])


def test_what_another_began_to_keep_is_left_to_it(store: Store) -> None:
    store.add_documents(DOSSIER, samples()[:3])
    begun = filling.portions
    others = iter([True])

    def overtaken(kept: InMemory, ours: filling.Filling) -> Iterator[tuple[sa.Table, list[dict[str, object]]]]:
        for portion in begun(kept, ours):
            yield portion
            if next(others, False):
                refresh(store, DOSSIER)

    with patch.object(filling, "portions", overtaken):
        refresh(store, DOSSIER)
    same(store, samples()[:3])
    assert everything(store) == as_if_new(samples()[:3])
    store.add_document(DOSSIER, samples()[3])
    with patch.object(Store, "read_documents") as all_read:
        refresh(store, DOSSIER)
    assert not all_read.called
    same(store, samples()[:4])
