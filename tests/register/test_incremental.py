"""Documents that come one by one give the register that all of them give at once."""

from __future__ import annotations

import random
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from palabre.model.documents import ReadDocument
from palabre.model.judgements import Addition, Judgement, Verdict
from palabre.model.records import Register
from palabre.model.spans import Span
from palabre.reconcile import copies, grouping, ledger, live, live_progress, progress
from palabre.reconcile.added import added_id
from palabre.reconcile.shelves import InMemory
from palabre.register.build import build_register
from palabre.register.incremental import LiveRegister, register_in
from tests.register.test_build import DOSSIER, decision, mention, samples

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from invented import Inventor


def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys crowded by a few, so that a small dossier has crowds."""
    for room in (grouping, ledger):
        monkeypatch.setattr(room, "CROWD", 4)
    monkeypatch.setattr(grouping.blocked_pairs, "__defaults__", (None, 4))
    for room in (copies, live):
        monkeypatch.setattr(room, "CROWD", 5)
    for room in (progress, live_progress):
        monkeypatch.setattr(room, "CROWD", 3)


def same(documents: list[ReadDocument], first: int, *judgements: Judgement, every: int = 1) -> None:
    kept = InMemory()
    live_register = LiveRegister(kept, dossier=DOSSIER, judgements=judgements)
    live_register.take(documents[:first])
    for n, read in enumerate(documents[first:], first + 1):
        live_register.take([read])
        if n % every == 0 or n == len(documents):
            whole = build_register(documents[:n], dossier=DOSSIER, judgements=judgements)
            got = register_in(kept)
            for name in (f.name for f in fields(Register)):
                assert getattr(got, name) == getattr(whole, name), (n, name)


@pytest.mark.parametrize("seed", range(6))
def test_real_kinds_of_records_in_any_order(seed: int) -> None:
    shuffled = list(samples())
    random.Random(seed).shuffle(shuffled)
    same(shuffled, 0)


def test_what_people_added_holds_as_documents_come() -> None:
    made = []
    for day, (name, kind, words, values) in enumerate(
        (
            ("a", "commitments", "Réunion", {"promisor": "TUR", "beneficiary": "MLI", "action": "former la force",
                                             "sector": "defence", "firmness": "agreed"}),
            ("a", "progress", "Gao", {"about": "l'hôpital", "status": "delivered", "parties": "TUR"}),
            ("a", "meetings", "mardi", {"date": "2024-05-14", "place": "Ankara", "parties": "TUR,MLI"}),
        ),
        1,
    ):  # fmt: skip
        document = next(d.document for d in samples() if d.document.name == name)
        at = document.text.index(words)
        added = Addition(kind, document.id, Span(at, at + len(words)), tuple(values.items()))
        made.append(replace(decision(Verdict.ADD, added_id(added), day=day), added=added))
    plain = build_register(samples(), dossier=DOSSIER)
    more = build_register(samples(), dossier=DOSSIER, judgements=made)
    held = {e.id for c in more.commitments for e in c.mentions} - {e.id for c in plain.commitments for e in c.mentions}
    assert held == {made[0].targets[0]}
    assert {e.id for m in more.meetings for e in m.mentions} >= {made[2].targets[0]}
    for seed in range(4):
        shuffled = list(samples())
        random.Random(seed).shuffle(shuffled)
        same(shuffled, seed % 3, *made)


def test_decisions_hold_as_documents_come() -> None:
    made = (
        decision(Verdict.MERGE, mention("a", "commitments", 0), mention("e", "commitments")),
        decision(Verdict.SPLIT, mention("b", "commitments"), day=2),
        decision(Verdict.LINK, mention("c", "progress"), mention("a", "commitments", 1), day=3),
    )
    for seed in range(6):
        shuffled = list(samples())
        random.Random(seed).shuffle(shuffled)
        same(shuffled, seed % 3, *made)


@pytest.mark.parametrize("seed", range(2))
def test_many_documents_in_any_order(seed: int) -> None:
    documents = list({d.document.id: d for d in Inventor(60, seed).documents()}.values())
    random.Random(seed).shuffle(documents)
    same(documents, 40, every=7)


@pytest.mark.parametrize("seed", range(3))
def test_crowds_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    crowded(monkeypatch)
    documents = list({d.document.id: d for d in Inventor(60, seed + 10).documents()}.values())
    random.Random(seed).shuffle(documents)
    same(documents, 20 * seed, every=12)
