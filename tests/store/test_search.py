"""Search: inflections, accents and elisions do not matter, and the words that match are shown where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.model.annotations import Annotations
from palabre.model.documents import ReadDocument
from palabre.model.records import Register
from palabre.store import Hit, Store, sqlite
from tests.store.samples import (
    DOSSIER,
    ENGLISH,
    OTHER,
    READ,
    READ_ENGLISH,
    TEXT,
    commitment,
    document,
    proof,
    register,
    small,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store.open(":memory:")
    made.create_dossier(DOSSIER)
    made.add_documents(DOSSIER, (READ, READ_ENGLISH, small(1), small(2)))
    made.save_register(DOSSIER, register(), made.revision(DOSSIER))
    return made


def _document(store: Store, words: str, read: ReadDocument = READ) -> Hit | None:
    return next((h for h in store.search(DOSSIER, words) if h.id == read.document.id), None)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("etat", ["États"]),
        ("l'état", ["États"]),
        ("L’ÉTAT", ["États"]),
        ("engagement", ["engagés", "engagement"]),
        ("engagements", ["engagés", "engagement"]),
        ("oeuvres", ["œuvre"]),
        ("centrale electrique", ["centrales", "électriques"]),
        ('"centrale électrique"', ["centrales électriques"]),
        ("«centrale électrique»", ["centrales électriques"]),
        ("financ*", ["financer"]),
        ("l'engagem*", ["engagement"]),
        ('"deux centrale', ["deux centrales"]),
        ("États -guerre", ["États"]),
        ("etats-des-lacs", ["États des Lacs"]),
    ],
)
def test_words_are_found_whatever_their_form(store: Store, words: str, marked: list[str]) -> None:
    hit = _document(store, words)
    assert hit is not None
    assert [mark.text(TEXT) for mark in hit.marks] == marked
    assert hit.excerpt == hit.span.text(TEXT)
    assert [m.text(hit.excerpt) for m in hit.marks_in_excerpt] == marked


@pytest.mark.parametrize(
    "words",
    [
        '"électriques centrales"',
        "états -lacs",
        "états guerre",
        'états -"deux centrales"',
        "gagement",
        "*",
        "-états",
        "'",
    ],
)
def test_what_is_not_asked_for_is_not_found(store: Store, words: str) -> None:
    assert _document(store, words) is None


def test_each_language_is_searched_after_its_own_rules(store: Store) -> None:
    hit = _document(store, "pledge minister", READ_ENGLISH)
    assert hit is not None
    assert [m.text(ENGLISH) for m in hit.marks] == ["pledged", "minister"]


def test_a_title_is_found_though_it_is_not_in_the_text(store: Store) -> None:
    hit = _document(store, "voix des lacs")
    assert hit is not None
    assert hit.doc == READ.document.id


def test_records_are_found_by_their_words_and_those_of_their_sources(store: Store) -> None:
    hit = next(h for h in store.search(DOSSIER, "centrales financer") if h.kind == "commitments")
    assert hit.doc == READ.document.id
    assert {m.text(TEXT) for m in hit.marks} == {"financer", "centrales"}
    plants = next(h for h in store.search(DOSSIER, "plant") if h.kind == "commitments")
    assert (plants.id, plants.doc) == (hit.id, READ_ENGLISH.document.id)
    label = next(h for h in store.search(DOSSIER, "tamarin ministre") if h.kind == "actors")
    assert label.doc is None
    assert [m.text(label.title) for m in label.marks] == ["Tamarin", "Tamarin", "ministre"]


def test_each_thing_is_found_once(store: Store) -> None:
    hits = store.search(DOSSIER, "œuvre")
    assert len({(h.kind, h.id) for h in hits}) == len(hits) >= 2


def test_the_best_come_first_and_no_more_than_asked(store: Store) -> None:
    hits = store.search(DOSSIER, "accord", 1)
    assert len(hits) == 1
    everything = store.search(DOSSIER, "les", 50)
    assert [h.score for h in everything] == sorted(h.score for h in everything)
    assert store.search(DOSSIER, "accord", 0) == ()


def test_what_is_read_anew_is_found_by_its_new_title() -> None:
    with Store.open(":memory:") as store:
        store.create_dossier(DOSSIER)
        store.add_document(DOSSIER, ReadDocument(document(title="Ancien titre"), Annotations()))
        store.add_document(DOSSIER, ReadDocument(document(title="Nouvelle manchette"), Annotations()))
        assert store.search(DOSSIER, "manchettes")
        assert not store.search(DOSSIER, "ancien")


def test_the_index_is_made_again_as_it_was() -> None:
    with Store.open(":memory:") as store:
        store.create_dossier(DOSSIER)
        store.create_dossier(OTHER)
        store.add_documents(DOSSIER, (READ, READ_ENGLISH))
        store.add_document(OTHER, READ)
        store.save_register(DOSSIER, register(), 2)
        store.save_register(OTHER, Register(commitments=(commitment(proof(READ, "commitments")),)), 1)
        before = [store.search(d, "centrale") for d in (DOSSIER, OTHER)]
        store.rebuild_search()
        assert [store.search(d, "centrale") for d in (DOSSIER, OTHER)] == before
        assert [{h.kind for h in found} for found in before] == [{"document", "commitments"}] * 2
        assert store.check() == []


@pytest.mark.parametrize(
    "query",
    ['"', '""', "AND", "NOT", "a OR", "NEAR(a, 2)", "head:etat", "^etat", "etat)", "(", "{a b}", "--", "-", "-*", "*a",
     "a**", "\0", "etat\0", "'; DROP TABLE document; --", '"' * 5000, "mot " * 5000, "x" * 100_000, "-a " * 100],
)  # fmt: skip
def test_no_query_is_an_error(store: Store, query: str) -> None:
    store.search(DOSSIER, query)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="ab\"*-'« ()^:{}+etaé", max_size=30))
def test_any_query_gets_an_answer_whose_marks_stand_in_the_text(query: str) -> None:
    for hit in _SHARED.search(DOSSIER, query):
        text = _SHARED.document(hit.doc).text if hit.doc else hit.title
        assert hit.span.text(text) == hit.excerpt
        assert all(0 <= m.start < m.end <= len(text) for m in hit.marks)


_SHARED = Store.open(":memory:")
_SHARED.create_dossier(DOSSIER)
_SHARED.add_documents(DOSSIER, (READ, READ_ENGLISH))
_SHARED.save_register(DOSSIER, register(), 2)


def test_other_dossiers_that_hold_the_words_better_hide_nothing(tmp_path: Path) -> None:
    # The best hundred hits are another dossier's: those of this one are looked for further down.
    with Store.open(tmp_path / "p.db") as made:
        made.create_dossier(DOSSIER)
        made.create_dossier(OTHER)
        made.add_documents(OTHER, [ReadDocument(document(f"Barrage {n} barrage."), Annotations()) for n in range(100)])
        long = " ".join(f"mot{n}" for n in range(200))
        mine = [ReadDocument(document(f"{long} {n} barrage {long}"), Annotations()) for n in range(3)]
        made.add_documents(DOSSIER, mine)
        found = made.search(DOSSIER, "barrages", limit=2)
        assert [h.id for h in found] == sorted(r.document.id for r in mine)[:2]
        assert [h.marks[0].text(r.document.text) for r in mine for h in found if h.id == r.document.id] == [
            "barrage"
        ] * 2
        assert {h.id for h in made.search(DOSSIER, "barrage")} == {r.document.id for r in mine}
        assert len(made.search(OTHER, "barrage", limit=30)) == 30
        assert made.search(DOSSIER, "introuvable") == ()


def test_of_very_many_entries_those_named_so_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "MOST_RANKED", 6)
    monkeypatch.setattr(sqlite, "RANKED", 5)
    with Store.open(":memory:") as made:
        made.create_dossier(DOSSIER)
        plain = [ReadDocument(document(f"Un pont, texte {n}."), Annotations()) for n in range(30)]
        titled = document("Un pont, bien titré.")
        titled = replace(titled, meta=replace(titled.meta, title="Le pont"))
        # The one whose title holds the word came first: it is found among those that came last all the same.
        made.add_documents(DOSSIER, (ReadDocument(titled, Annotations()), *plain))
        found = made.search(DOSSIER, "pont", 4)
        assert found[0].id == titled.id
        assert len({hit.id for hit in found}) == 4
        assert {h.id for h in made.search(DOSSIER, "pont texte", 3)} <= {read.document.id for read in plain}
        assert [h.id for h in made.search(DOSSIER, "pont 7", 4)] == [plain[7].document.id]
