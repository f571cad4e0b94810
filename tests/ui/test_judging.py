"""Decisions as a person takes them: kept, shown with their author, withdrawn; they outlive new texts and readings."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from palabre.app.dossiers import opened, refresh
from palabre.model.annotations import Annotations, CommitmentMention
from palabre.model.documents import ReadDocument
from palabre.model.dossier import Dossier
from palabre.model.judgements import Judgement, Verdict
from palabre.model.records import Register
from palabre.model.spans import Span
from palabre.store.store import Store
from tests.reconcile.accounts import account, commitment, meeting, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.conftest import Ran

    Palabre = Callable[..., Ran]

BOTH = ("TUR", "MLI")
DOSSIER = Dossier("essai", "Essai", BOTH)
FORCE = "formera la force conjointe"


def texts() -> tuple[ReadDocument, ...]:
    """Return three accounts: one promise told twice, a second promise, a meeting."""
    return (
        account(
            "a",
            f"À Ankara, la Turquie {FORCE}. Un hôpital sera bâti à Gao.",
            "2024-05-15",
            commitments=[
                commitment(FORCE, ["TUR"], ["MLI"], sector="defence", action="former la force conjointe"),
                commitment("Un hôpital sera bâti à Gao", ["TUR"], ["MLI"], sector="health", action="bâtir un hôpital"),
            ],
            meetings=[meeting("À Ankara", date="2024-05-14", place="Ankara", parties=BOTH)],
        ),
        account(
            "b",
            "Ankara promet la formation de la force unifiée.",
            "2024-05-16",
            commitments=[
                commitment("la formation de la force unifiée", ["TUR"], ["MLI"], sector="defence", firmness="agreed")
            ],
        ),
        account(
            "c",
            "La Turquie livrera des semences au Mali.",
            "2024-06-01",
            commitments=[
                commitment("livrera des semences", ["TUR"], ["MLI"], sector="agriculture", action="livrer des semences")
            ],
        ),
    )


def fill(documents: Iterable[ReadDocument]) -> None:
    with Store.open("palabre.db") as store:
        if not store.dossiers():
            store.create_dossier(DOSSIER)
        store.add_documents(DOSSIER, documents)


@pytest.fixture
def desk(palabre: Palabre) -> Palabre:
    """Return the program with a small dossier in its store."""
    fill(texts())
    return palabre


def listed(palabre: Palabre) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = json.loads(palabre("register", "--all", "--json").out)
    return out


def of_sector(palabre: Palabre, sector: str) -> list[dict[str, Any]]:
    return [c for c in listed(palabre) if c["sector"] == sector]


def judged(palabre: Palabre, *arguments: str) -> str:
    """Take a decision and return its id."""
    run = palabre("judge", *arguments, "--author", "A. Diallo", "--json")
    assert run.status == 0, run.err
    its: str = json.loads(run.out)["id"]
    return its


def test_a_correction_changes_the_record_and_says_who_made_it(desk: Palabre) -> None:
    (before,) = of_sector(desk, "health")
    run = desk("judge", "correct", before["id"], "--field", "deadline", "--value", "2026-03",
               "--author", "A. Diallo", "--reason", "dit au téléphone")  # fmt: skip
    assert run.status == 0
    assert "mars 2026" in run.out
    (after,) = of_sector(desk, "health")
    assert after == {**before, "deadline": "2026-03"} | {"overdue": after["overdue"]}
    shown = desk("show", before["id"]).out
    assert "A. Diallo" in shown
    assert "dit au téléphone" in shown


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("promisor", "Turquie, Mali", ["MLI", "TUR"]),
        ("beneficiary", "", []),
        ("sector", "agriculture", "agriculture"),
        ("sector", "éducation et formation", "education"),
        ("firmness", "signé", "signed"),
        ("status", "tenu", "delivered"),
        ("deadline", "2025-06/2025-09", "2025-06/2025-09"),
        ("action", "construire un hôpital", "construire un hôpital"),
        ("amount", "2 millions d'euros", "2 millions d'euros"),
        ("vague", "oui", True),
    ],
)
def test_every_kind_of_field_can_be_corrected(desk: Palabre, field: str, typed: str, kept: object) -> None:
    (before,) = of_sector(desk, "health")
    judged(desk, "correct", before["id"], "--field", field, "--value", typed)
    after = next(c for c in listed(desk) if c["id"] == before["id"])
    value = after[field]
    assert (sorted(value) if isinstance(value, list) else value) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("deadline", "bientôt"),
        ("deadline", "2025-13"),
        ("sector", "magie"),
        ("promisor", "Atlantide"),
        ("promisor", ""),
        ("action", " "),
        ("vague", "peut-être"),
        ("colour", "bleu"),
        ("place", "Gao"),
    ],
)
def test_a_wrong_value_or_field_is_refused_in_one_sentence(desk: Palabre, field: str, typed: str) -> None:
    (record,) = of_sector(desk, "health")
    run = desk("judge", "correct", record["id"], "--field", field, "--value", typed)
    assert run.status == 1
    assert run.err.count("\n") == 1
    assert (typed.strip() or field) in run.err or field in run.err
    assert json.loads(desk("judge", "list", "--all", "--json").out) == []


def test_a_meeting_is_corrected_too(desk: Palabre) -> None:
    (before,) = json.loads(desk("meetings", "--json").out)
    judged(desk, "correct", before["id"], "--field", "date", "--value", "2024-05-13")
    judged(desk, "correct", before["id"], "--field", "status", "--value", "annoncée")
    (after,) = json.loads(desk("meetings", "--json").out)
    assert (after["date"], after["status"]) == ("2024-05-13", "planned")


def test_split_then_merge_again(desk: Palabre) -> None:
    (one,) = of_sector(desk, "defence")
    assert len(one["mentions"]) == 2
    judged(desk, "split", one["mentions"][0]["id"])
    two = of_sector(desk, "defence")
    assert [len(c["mentions"]) for c in two] == [1, 1]
    judged(desk, "merge", two[0]["id"], two[1]["id"])
    assert of_sector(desk, "defence") == [one]


def test_reject_hides_and_withdraw_brings_back(desk: Palabre) -> None:
    (record,) = of_sector(desk, "agriculture")
    its = judged(desk, "reject", record["id"])
    assert of_sector(desk, "agriculture") == []
    assert "A. Diallo" in desk("show", record["id"]).out
    gone = desk("judge", "withdraw", its[:7], "--author", "B. Keïta")
    assert gone.status == 0
    assert of_sector(desk, "agriculture") == [record]
    assert json.loads(desk("judge", "list", "--json").out) == []
    (kept,) = json.loads(desk("judge", "list", "--all", "--json").out)
    assert (kept["id"], kept["withdrawn_by"]) == (its, "B. Keïta")
    assert "B. Keïta" in desk("judge", "list", "--all").out
    assert "déjà" in desk("judge", "withdraw", its).out


def test_a_report_of_progress_is_linked_to_a_commitment(desk: Palabre) -> None:
    report = account(
        "p", "Le premier camion est arrivé à Gao.", "2024-09-01", moves=[progress("camion est arrivé", about="camion")]
    )
    fill([report])
    (seeds,) = of_sector(desk, "agriculture")
    (alone,) = [c["about"] for c in json.loads(desk("todo", "--json").out) if c["why"] == ["unlinked"]]
    assert alone.startswith("ap-")
    its = judged(desk, "link", alone, seeds["id"])
    (moved,) = of_sector(desk, "agriculture")
    assert (moved["status"], moved["events"][-1]["doc"]) == ("under_way", "p")
    assert not [c for c in json.loads(desk("todo", "--json").out) if c["why"] == ["unlinked"]]
    assert "rattaché" in desk("show", seeds["id"]).out
    (health,) = of_sector(desk, "health")
    judged(desk, "link", alone, health["id"])
    assert [of_sector(desk, s)[0]["status"] for s in ("agriculture", "health")] == ["announced", "under_way"]
    for wrong in ((alone,), (seeds["id"], health["id"]), (alone, seeds["id"], health["id"])):
        assert desk("judge", "link", *wrong).status == 1
    desk("judge", "withdraw", its)
    judged(desk, "reject", alone)
    assert of_sector(desk, "health")[0]["status"] == "announced"
    assert not [c for c in json.loads(desk("todo", "--json").out) if c["why"] == ["unlinked"]]


def test_rejecting_a_passage_leaves_the_rest_of_its_record(desk: Palabre) -> None:
    (record,) = of_sector(desk, "defence")
    gone = record["mentions"][0]["id"]
    judged(desk, "reject", gone)
    (after,) = of_sector(desk, "defence")
    assert [m["id"] for m in after["mentions"]] == [m["id"] for m in record["mentions"] if m["id"] != gone]


def test_what_means_nothing_is_refused(desk: Palabre) -> None:
    health, seeds = of_sector(desk, "health")[0]["id"], of_sector(desk, "agriculture")[0]["id"]
    met = json.loads(desk("meetings", "--json").out)[0]["id"]
    for arguments in (
        ("merge", health),
        ("merge", health, health),
        ("merge", health, met),
        ("split", seeds),
        ("confirm", "c-zzzzzzzzzz"),
        ("confirm",),
        ("confirm", "essai"),
        ("confirm", health, "--field", "action", "--value", "rien"),
        ("correct", health, seeds, "--field", "amount", "--value", "1"),
        ("correct", health, "--field", "amount"),
        ("withdraw", health),
    ):
        run = desk("judge", *arguments)
        assert run.status == 1, arguments
        assert run.err.count("\n") == 1, arguments
    assert desk("judge", "celebrate", health).status == 2
    assert json.loads(desk("judge", "list", "--all", "--json").out) == []


def test_the_author_is_asked_then_set_then_the_user(desk: Palabre, monkeypatch: pytest.MonkeyPatch) -> None:
    health = of_sector(desk, "health")[0]["id"]

    def author(*more: str) -> str:
        name: str = json.loads(desk("judge", "confirm", health, "--json", *more).out)["author"]
        return name

    monkeypatch.setattr("getpass.getuser", lambda: "moi")
    assert author() == "moi"
    monkeypatch.setenv("PALABRE_AUTHOR", "Comité de suivi")
    assert author() == "Comité de suivi"
    assert author("--author", "A. Diallo") == "A. Diallo"

    def nobody() -> str:
        raise OSError

    monkeypatch.delenv("PALABRE_AUTHOR")
    monkeypatch.setattr("getpass.getuser", nobody)
    assert desk("judge", "confirm", health).status == 1


def decisions_on(register_json: list[dict[str, Any]], palabre: Palabre) -> None:
    """Correct the hospital, reject the seeds, split the force."""
    by_sector = {c["sector"]: c for c in register_json}
    judged(palabre, "correct", by_sector["health"]["id"], "--field", "deadline", "--value", "2026")
    judged(palabre, "reject", by_sector["agriculture"]["id"])
    judged(palabre, "split", by_sector["defence"]["mentions"][1]["id"])


def test_decisions_survive_a_document_more(desk: Palabre) -> None:
    decisions_on(listed(desk), desk)
    before = listed(desk)
    more = account(
        "d",
        "L'hôpital de Gao sera bâti par la Turquie, répète la radio. Une route suivra.",
        "2024-07-01",
        commitments=[
            commitment("L'hôpital de Gao sera bâti", ["TUR"], ["MLI"], sector="health", action="bâtir un hôpital"),
            commitment("Une route suivra", ["TUR"], ["MLI"], sector="transport", action="ouvrir une route"),
        ],
    )
    fill([more])
    after = listed(desk)
    assert len(after) == len(before) + 1
    (health,) = [c for c in after if c["sector"] == "health"]
    assert (len(health["mentions"]), health["deadline"]) == (2, "2026")
    assert [c for c in after if c["sector"] == "agriculture"] == []
    assert [len(c["mentions"]) for c in after if c["sector"] == "defence"] == [1, 1]


def test_decisions_survive_another_reading(desk: Palabre) -> None:
    """A better reader takes « la Turquie » in: the passages have other ids, the decisions still hold."""
    decisions_on(listed(desk), desk)
    with Store.open("palabre.db") as store:
        for read in texts():
            found = read.annotations
            wider = tuple(_wider(c) for c in found.commitments)
            store.replace_annotations(read.document.id, Annotations(commitments=wider, meetings=found.meetings))
        refresh(store, DOSSIER)
    after = listed(desk)
    starts = {c.span.start for read in texts() for c in read.annotations.commitments}
    assert {m["start"] for c in after for m in c["mentions"]} != starts
    assert [c["deadline"] for c in after if c["sector"] == "health"] == ["2026"]
    assert [c for c in after if c["sector"] == "agriculture"] == []
    assert [len(c["mentions"]) for c in after if c["sector"] == "defence"] == [1, 1]
    assert "A. Diallo" in desk("show", next(c["id"] for c in after if c["sector"] == "health")).out


def _wider(found: CommitmentMention) -> CommitmentMention:
    return replace(found, span=Span(max(0, found.span.start - 3), found.span.end))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_texts_and_decisions_come_changes_nothing(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    first = _register(tmp_path / "first.db", texts(), ())
    mentions = {c.sector.value: [e.id for e in c.mentions] for c in first.commitments}
    made = [
        Judgement(
            "j-1", Verdict.CORRECT, tuple(mentions["health"]), "A.", "2025-01-01T00:00:00Z", "", "deadline", "2026"
        ),
        Judgement("j-2", Verdict.REJECT, tuple(mentions["agriculture"]), "A.", "2025-01-02T00:00:00Z"),
        Judgement("j-3", Verdict.SPLIT, (mentions["defence"][0],), "B.", "2025-01-03T00:00:00Z"),
        Judgement(
            "j-4", Verdict.CORRECT, tuple(mentions["health"]), "B.", "2025-01-04T00:00:00Z", "", "amount", "2 M€"
        ),
    ]
    expected = _register(tmp_path / "second.db", texts(), made)
    steps: list[ReadDocument | Judgement] = [*texts(), *made]
    rng.shuffle(steps)
    with Store.open(tmp_path / "third.db") as store:
        store.create_dossier(DOSSIER)
        for step in steps:
            if isinstance(step, Judgement):
                store.add_judgement(DOSSIER, step)
            else:
                store.add_document(DOSSIER, step)
            if rng.random() < 0.5:
                refresh(store, DOSSIER)
        assert opened(store, None, "fr").register == expected


def _register(path: Path, documents: Iterable[ReadDocument], made: Iterable[Judgement]) -> Register:
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
        store.add_documents(DOSSIER, documents)
        for judgement in made:
            store.add_judgement(DOSSIER, judgement)
        return opened(store, None, "fr").register
