"""One scenario for every kind of store: what is put in comes out, and the revisions tell what is out of date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from palabre.errors import BadValue, NoDossier, NotFound, NotText
from palabre.model.annotations import Annotations
from palabre.model.documents import Document, Known, ReadDocument
from palabre.model.ids import same_content
from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import mention_ids
from palabre.model.records import Register
from palabre.store import Store, StoredMention, judging, listings
from tests.store.samples import (
    DOSSIER,
    FOUND,
    OTHER,
    READ,
    READ_ENGLISH,
    at,
    commitment,
    document,
    listed,
    proof,
    register,
    small,
)


def _in_memory(_folder: Path) -> Store:
    return Store.open(":memory:")


def _in_file(folder: Path) -> Store:
    return Store.open(f"sqlite:///{folder / 'registre.db'}")


STORES: tuple[Callable[[Path], Store], ...] = (_in_memory, _in_file)
"""How to open an empty store of each kind."""


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with request.param(tmp_path) as made:
        yield made


@pytest.fixture
def full(store: Store) -> Store:
    store.create_dossier(DOSSIER)
    store.add_document(DOSSIER, READ)
    store.add_document(DOSSIER, READ_ENGLISH)
    store.save_register(DOSSIER, register(), store.revision(DOSSIER))
    return store


def test_dossiers_are_kept_and_named(store: Store) -> None:
    with pytest.raises(NoDossier, match="no dossier yet"):
        store.dossier()
    store.create_dossier(DOSSIER)
    assert store.dossier() == DOSSIER
    store.create_dossier(OTHER)
    assert store.dossiers() == (DOSSIER, OTHER)
    assert store.dossier("Monts") == OTHER
    with pytest.raises(NoDossier, match="lacs, monts"):
        store.dossier()
    with pytest.raises(NoDossier, match=r"named mers .*lacs, monts"):
        store.dossier("mers")
    with pytest.raises(BadValue):
        store.create_dossier(replace(DOSSIER, title="Autre"))
    assert store.update_dossier(replace(DOSSIER, title="Autre"))
    assert not store.update_dossier(replace(DOSSIER, title="Autre"))
    assert store.dossier("lacs").title == "Autre"


def test_a_document_comes_back_equal(store: Store) -> None:
    store.create_dossier(DOSSIER)
    assert store.add_document(DOSSIER, READ, extractor="7")
    assert list(store.read_documents(DOSSIER)) == [READ]
    assert store.documents(DOSSIER) == (READ.document,)
    assert store.document(READ.document.id[:6]) == READ.document
    assert store.annotations(READ.document.id) == FOUND
    assert store.read_by(DOSSIER) == {READ.document.id: "7"}
    assert list(store.added(DOSSIER)) == [READ.document.id]
    with pytest.raises(NotFound):
        store.document("d-zzzz")


def test_adding_twice_changes_nothing(store: Store) -> None:
    store.create_dossier(DOSSIER)
    assert store.add_document(DOSSIER, READ)
    revision = store.revision(DOSSIER)
    assert not store.add_document(DOSSIER, READ)
    elsewhere = replace(READ, document=replace(READ.document, path="ailleurs/deux.txt", name="deux"))
    assert not store.add_document(DOSSIER, elsewhere)
    assert store.revision(DOSSIER) == revision
    assert list(store.read_documents(DOSSIER)) == [READ]


def test_a_text_may_belong_to_two_dossiers(store: Store) -> None:
    store.create_dossier(DOSSIER)
    store.create_dossier(OTHER)
    assert store.add_document(DOSSIER, READ)
    assert store.add_document(OTHER, READ)
    assert store.documents(OTHER) == store.documents(DOSSIER) == (READ.document,)
    before = store.revision(OTHER)
    assert store.replace_annotations(READ.document.id, Annotations())
    assert store.revision(OTHER) == before + 1


def test_a_new_reading_replaces_the_last_unless_it_knows_less(store: Store) -> None:
    store.create_dossier(DOSSIER)
    store.add_document(DOSSIER, READ)
    untold = ReadDocument(document(published=None, published_by=None), Annotations())
    assert not store.add_document(DOSSIER, untold)
    assert list(store.read_documents(DOSSIER)) == [READ]
    told = ReadDocument(document(outlet="Le Canton", outlet_by=Known.GIVEN), Annotations())
    assert store.add_document(DOSSIER, told)
    assert list(store.read_documents(DOSSIER)) == [told]


def test_documents_come_in_an_order_of_their_own(store: Store) -> None:
    store.create_dossier(DOSSIER)
    reads = [small(n) for n in (3, 1, 2)]
    assert store.add_documents(DOSSIER, [*reads, READ]) == (True, True, True, True)
    assert [d.name for d in store.documents(DOSSIER)] == ["un", "t1", "t2", "t3"]


def test_any_text_is_kept_as_it_is(store: Store) -> None:
    store.create_dossier(DOSSIER)
    for text in ("", "\0a\0", "\ufeff\u202e𝔘\U0010ffff\r\n", "«" * 100_000):
        read = ReadDocument(replace(small(1).document, id=f"d-{len(text)}", text=text), Annotations())
        assert store.add_document(DOSSIER, read)
        assert store.document(f"d-{len(text)}").text == text
    assert [f for f in store.check() if f.kind != "stale"] == []


def test_half_a_surrogate_pair_is_refused_in_a_text_and_shown_in_a_name(store: Store) -> None:
    store.create_dossier(DOSSIER)
    bad = small(1).document
    with pytest.raises(NotText, match="surrogate"):
        store.add_document(DOSSIER, ReadDocument(replace(bad, text="a\ud800"), Annotations()))
    titled = replace(bad, meta=replace(bad.meta, title="\udce9"))
    with pytest.raises(NotText, match="surrogate"):
        store.add_document(DOSSIER, ReadDocument(titled, Annotations()))
    assert store.documents(DOSSIER) == ()
    assert store.add_document(DOSSIER, ReadDocument(replace(bad, name="caf\udce9"), Annotations()))
    assert store.documents(DOSSIER)[0].name == "caf\\udce9"


def test_nothing_is_added_to_a_dossier_that_is_not_there(store: Store) -> None:
    with pytest.raises(NoDossier):
        store.add_document(DOSSIER, READ)
    with pytest.raises(NoDossier):
        store.save_register(DOSSIER, Register(), 0)
    with pytest.raises(NotFound):
        store.document(READ.document.id)


def test_the_register_comes_back_equal(full: Store) -> None:
    assert full.register(DOSSIER) == listed(register())
    assert not full.is_stale(DOSSIER)
    assert full.check() == []


def test_only_what_differs_of_a_register_changes(full: Store) -> None:
    old = register()
    third = commitment(proof(READ, "commitments", 1), action="tout autre chose")
    new = replace(old, commitments=(third, old.commitments[0]), statements=())
    assert full.save_register(DOSSIER, new, full.revision(DOSSIER))
    assert full.register(DOSSIER) == listed(new)
    assert full.check() == []
    assert not full.search(DOSSIER, '"autre chose" -tout')
    assert full.save_register(DOSSIER, Register(), full.revision(DOSSIER))
    assert full.register(DOSSIER) == Register()
    assert full.check() == []


def test_records_know_when_they_are_stale(full: Store) -> None:
    revision = full.revision(DOSSIER)
    assert full.add_document(DOSSIER, small(1))
    assert full.is_stale(DOSSIER)
    assert [f.kind for f in full.check()] == ["stale"]
    assert full.save_register(DOSSIER, Register(), revision + 1)
    assert not full.is_stale(DOSSIER)
    assert not full.save_register(DOSSIER, register(), revision), "an older computation came late"
    assert full.register(DOSSIER) == Register()


def test_two_records_of_one_id_are_a_fault_that_changes_nothing(full: Store) -> None:
    one = register().commitments[0]
    with pytest.raises(ValueError, match="two records"):
        full.save_register(DOSSIER, Register(commitments=(one, one)), full.revision(DOSSIER))
    assert full.register(DOSSIER) == listed(register())


def test_actors_of_one_name_are_kept_apart(full: Store) -> None:
    one = register().actors[0]
    other = replace(one, acts_for=("BBB",))
    full.save_register(DOSSIER, Register(actors=(one, other)), full.revision(DOSSIER))
    assert full.register(DOSSIER) == Register(actors=(one, other))
    assert full.find(DOSSIER, one.id).item == one
    assert full.find(DOSSIER, f"{one.id}#2").item == other
    assert [hit.id for hit in full.search(DOSSIER, "tamarin") if hit.kind == "actors"] == [one.id, one.id]
    assert full.check() == []


def test_before_any_computation_there_is_no_register(store: Store) -> None:
    store.create_dossier(DOSSIER)
    assert store.register(DOSSIER) is None
    assert store.is_stale(DOSSIER)


def test_ids_lead_to_what_they_name(full: Store) -> None:
    kept = register()
    first = kept.commitments[0]
    assert full.find(DOSSIER, first.id).item == first
    assert full.find(DOSSIER, f" {first.id[:7].upper()} ").item == first
    assert full.find(DOSSIER, first.id.partition("-")[2]).item == first
    assert full.find(DOSSIER, READ.document.id).item == READ.document
    assert full.find(DOSSIER, DOSSIER.id).item == DOSSIER
    assert full.find(DOSSIER, kept.origins[0].id).item == kept.origins[0]
    assert full.find(DOSSIER, kept.conflicts[0].id).kind == "conflicts"


def test_actors_are_found_by_id_or_name(full: Store) -> None:
    kept = register().actors[0]
    for asked in (kept.id, "odile tamarin", " Tamarin ", "TAMARIN"):
        assert full.find(DOSSIER, asked).item == kept
    twin = replace(kept, id="Jean Tamarin", name="Jean Tamarin")
    full.save_register(DOSSIER, Register(actors=(kept, twin)), full.revision(DOSSIER))
    with pytest.raises(NotFound, match="Jean Tamarin, Odile Tamarin"):
        full.find(DOSSIER, "tamarin")
    assert full.find(DOSSIER, "jean tamarin").item == twin


def test_a_mention_leads_to_its_record(full: Store) -> None:
    kept = register()
    english = proof(READ_ENGLISH, "commitments").id
    found = full.find(DOSSIER, english)
    assert (found.item, found.mention) == (kept.commitments[0], english)
    assert full.find(DOSSIER, proof(READ, "progress").id).item == kept.commitments[0]
    assert full.find(DOSSIER, proof(READ, "meetings").id).item == kept.meetings[0]


def test_what_no_record_tells_of_is_found_as_it_stands(full: Store) -> None:
    date = mention_ids(READ.document.id, FOUND)["dates"][0]
    found = full.find(DOSSIER, date)
    assert found.item == StoredMention(date, "dates", READ.document.id, at("3 avril 2025"), FOUND.dates[0])


def test_a_former_record_leads_to_the_one_that_tells_of_it_now(full: Store) -> None:
    former = same_content("c", proof(READ_ENGLISH, "commitments").id)
    assert full.find(DOSSIER, former).item == register().commitments[0]
    assert full.find(DOSSIER, former[:8]).item == register().commitments[0]
    origin = same_content("o", READ_ENGLISH.document.id)
    assert full.find(DOSSIER, origin).item == register().origins[0]


def test_an_unknown_or_ambiguous_id_is_told_so(full: Store) -> None:
    for unknown in ("c-7777777777", "zz-aaaa", "x", "pas un id", "", "-", "d-é", "c-%", "'; --", "c" * 10_000):
        with pytest.raises(NotFound):
            full.find(DOSSIER, unknown)
    with pytest.raises(NotFound, match="several ids"):
        full.find(DOSSIER, "c-")


def test_another_dossiers_things_are_not_found(full: Store) -> None:
    full.create_dossier(OTHER)
    for its in (READ.document.id, register().commitments[0].id, proof(READ, "dates").id):
        with pytest.raises(NotFound):
            full.find(OTHER, its)
    assert full.search(OTHER, "centrales") == ()


def test_an_id_survives_a_new_reading_that_cuts_the_words_otherwise(full: Store) -> None:
    longer = replace(FOUND.commitments[0], span=at("Les États des Lacs se sont engagés, le 3 avril 2025, à financer"))
    new = replace(FOUND, commitments=(longer,))
    assert full.replace_annotations(READ.document.id, new, extractor="9")
    assert full.annotations(READ.document.id) == new
    was, now = (mention_ids(READ.document.id, found)["commitments"][0] for found in (FOUND, new))
    assert full.mentions_now([was]) == {was: now}
    assert full.mentions_now([now, now]) == {now: now}
    assert full.mentions_now(["ac-7777777777", was]) == {was: now}
    revised = replace(register(), commitments=(commitment(replace(proof(READ, "commitments"), id=now)),))
    full.save_register(DOSSIER, replace(revised, conflicts=()), full.revision(DOSSIER))
    assert full.find(DOSSIER, was).item == revised.commitments[0]
    assert full.find(DOSSIER, same_content("c", was)).item == revised.commitments[0]
    assert full.replace_annotations(READ.document.id, FOUND)
    assert full.mentions_now([was]) == {was: was}
    assert not full.replace_annotations(READ.document.id, FOUND, extractor="10")
    assert full.read_by(DOSSIER)[READ.document.id] == "10"


def test_judgements_are_withdrawn_and_never_deleted(full: Store) -> None:
    made = Judgement(
        "j-aaaaaaaaaa", Verdict.CORRECT, ("ac-x",), "Léa", "2025-05-01T10:00:00Z", "lu", "deadline", "2026"
    )
    later = Judgement("j-bbbbbbbbbb", Verdict.MERGE, ("ac-x", "ac-y"), "Léa", "2025-05-02T10:00:00Z")
    revision = full.revision(DOSSIER)
    assert full.add_judgement(DOSSIER, later)
    assert full.add_judgement(DOSSIER, made)
    assert not full.add_judgement(DOSSIER, made)
    with pytest.raises(BadValue):
        full.add_judgement(DOSSIER, replace(made, value="2027"))
    assert full.judgements(DOSSIER) == (made, later)
    assert full.revision(DOSSIER) == revision + 2
    assert full.is_stale(DOSSIER)
    assert full.withdraw_judgement(DOSSIER, made.id, "Paul", "2025-06-01T00:00:00Z")
    assert not full.withdraw_judgement(DOSSIER, made.id, "Paul")
    assert full.judgements(DOSSIER) == (later,)
    gone = replace(made, withdrawn_at="2025-06-01T00:00:00Z", withdrawn_by="Paul")
    assert full.judgements(DOSSIER, withdrawn=True) == (gone, later)
    assert full.find(DOSSIER, made.id).item == gone
    assert full.revision(DOSSIER) == revision + 3
    with pytest.raises(NotFound):
        full.withdraw_judgement(DOSSIER, "j-cccccccccc", "Paul")


def test_decisions_are_found_by_what_they_are_about_and_by_whom(full: Store) -> None:
    its = DOSSIER.id
    made = [
        Judgement("j-aaaaaaaaaa", Verdict.CONFIRM, ("ac-x", "ac-y"), "Léa", "2025-05-01T10:00:00Z"),
        Judgement("j-bbbbbbbbbb", Verdict.NOTE, ("ac-y",), "Zoé", "2025-05-02T10:00:00Z", "lu"),
        Judgement("j-cccccccccc", Verdict.REJECT, ("ac-z",), "Léa", "2025-05-03T10:00:00Z"),
    ]
    for judgement in made:
        full.add_judgement(DOSSIER, judgement)
    assert full.ask(judging.touching, its, ["c-y"]) == tuple(made[:2])
    assert full.ask(judging.touching, its, ["c-y", "ac-z"]) == tuple(made)
    assert full.ask(judging.touching, its, []) == ()
    assert full.ask(judging.trail, its) == tuple(made[::-1])
    assert full.ask(judging.trail, its, limit=1, offset=1) == (made[1],)
    assert full.ask(judging.trail, its, author="Léa") == (made[2], made[0])
    assert (full.ask(judging.count, its), full.ask(judging.count, its, author="Zoé")) == (3, 1)
    assert full.ask(judging.authors, its) == ("Léa", "Zoé")
    assert full.ask(judging.one, its, "j-bbbbbbbbbb") == made[1]
    assert full.ask(judging.one, its, "j-dddddddddd") is None
    since = "2025-05-02T00:00:00Z"
    assert full.ask(judging.targets_since, its, since) == {"ac-y", "ac-z"}
    full.withdraw_judgement(DOSSIER, made[2].id, "Paul", "2025-06-01T00:00:00Z")
    assert full.ask(judging.targets_since, its, since, but=(Verdict.NOTE,)) == frozenset()
    assert [j.withdrawn_by for j in full.ask(judging.touching, its, ["ac-z"])] == ["Paul"]
    assert full.ask(judging.trail, OTHER.id) == ()


def test_lists_follow_what_is_known_of_a_document(full: Store) -> None:
    before = {s.id: s for s in full.ask(listings.sources, DOSSIER.id)}
    known = replace(READ.document.meta, published=dt.date(2031, 1, 2), outlet=None, agency="Agence des Lacs")
    full.add_document(DOSSIER, replace(READ, document=replace(READ.document, meta=known)))
    rows = full.ask(listings.sources, DOSSIER.id, order="-published")
    assert {s.id for s in rows} == set(before)
    assert (rows[0].id, rows[0].published, rows[0].outlet) == (READ.document.id, known.published, "Agence des Lacs")
    assert full.ask(listings.days, DOSSIER.id)[1] == known.published
    assert [s.id for s in full.ask(listings.sources, DOSSIER.id, outlet="Agence des Lacs")] == [READ.document.id]
    assert full.ask(listings.count_sources, DOSSIER.id, outlet="La Voix des Lacs") == 0
    assert full.documents(DOSSIER)[0].id == READ.document.id


def test_a_failure_within_a_batch_leaves_nothing_of_it(store: Store) -> None:
    store.create_dossier(DOSSIER)
    bad = Document("d-bad", "b", "b", "\udfff", "text/plain", small(1).document.meta)
    with pytest.raises(NotText):
        store.add_documents(DOSSIER, [small(1), ReadDocument(bad, Annotations())])
    assert store.documents(DOSSIER) == ()
    assert store.revision(DOSSIER) == 0
    assert store.check() == []
