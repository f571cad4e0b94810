"""The same documents and decisions give the same register, in whatever order they come."""

from __future__ import annotations

import random
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.model.documents import ReadDocument
from palabre.model.dossier import Cadence, Dossier
from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import mention_ids
from palabre.model.records import Register
from palabre.register.build import build_register
from tests.reconcile.accounts import account, commitment, meeting, person, progress

BOTH = ("TUR", "MLI")
DOSSIER = Dossier("essai", "Essai", BOTH, Cadence.parse("P1Y"), BOTH)


@lru_cache(maxsize=1)
def samples() -> tuple[ReadDocument, ...]:
    held = {"date": "2024-05-14", "place": "Ankara", "parties": BOTH}
    second = {"date": "2025-05-19", "place": "Bamako", "parties": BOTH}
    return (
        account(
            "a",
            "Réunion d'Ankara, mardi. La Turquie formera la force conjointe. Un hôpital sera bâti à Gao.",
            "2024-05-15",
            meetings=[meeting("Réunion d'Ankara", **held)],
            commitments=[
                commitment("formera la force conjointe", ["TUR"], ["MLI"], sector="defence", action="former la force"),
                commitment("Un hôpital sera bâti à Gao", ["TUR"], ["MLI"], sector="health", action="bâtir un hôpital"),
            ],
            people=[person("Leyla Demir", acts_for=["TUR"])],
        ),
        account(
            "b",
            "La réunion d'Ankara est finie. Ankara promet la formation de la force unifiée, selon Mme Demir.",
            "2024-05-16",
            meetings=[meeting("La réunion d'Ankara", **{**held, "date": "2024-05"})],
            commitments=[
                commitment("la formation de la force unifiée", ["TUR"], ["MLI"], sector="defence", firmness="agreed")
            ],
            people=[person("Demir", acts_for=["TUR"])],
        ),
        account(
            "c",
            "Les premiers stagiaires de la force conjointe ont commencé leur formation en Turquie, dit le Mali.",
            "2024-09-01",
            moves=[progress("stagiaires de la force conjointe ont commencé leur formation", parties=BOTH)],
        ),
        account(
            "d",
            "À Gao, l'hôpital bâti par la Turquie a ouvert. La deuxième réunion s'est tenue à Bamako hier.",
            "2025-05-20",
            meetings=[meeting("La deuxième réunion s'est tenue à Bamako", **second)],
            moves=[progress("l'hôpital bâti par la Turquie a ouvert", "delivered", parties=BOTH)],
        ),
        account(
            "e",
            "Rappel. Les deux pays veulent renforcer leurs liens.",
            None,
            commitments=[commitment("veulent renforcer leurs liens", BOTH, BOTH, firmness="intended", vague=True)],
        ),
    )  # fmt: skip


def built(*judgements: Judgement, documents: tuple[ReadDocument, ...] | None = None) -> Register:
    return build_register(samples() if documents is None else documents, dossier=DOSSIER, judgements=judgements)


def mention(doc: str, field: str, index: int = 0) -> str:
    (read,) = (d for d in samples() if d.document.name == doc)
    return mention_ids(read.document.id, read.annotations)[field][index]


def decision(verdict: Verdict, *targets: str, day: int = 1, **values: str | None) -> Judgement:
    return Judgement(f"j-{verdict}-{day}", verdict, targets, "A.", f"2025-01-{day:02d}T00:00:00Z", **values)  # type: ignore[arg-type]


def docs_of(register: Register, target: str) -> set[str]:
    """Return the names of the documents of the commitment that holds a mention (empty when there is none)."""
    names = {d.document.id: d.document.name for d in samples()}
    for record in register.commitments:
        if any(e.id == target for e in record.mentions):
            return {names[e.doc] for e in record.mentions}
    return set()


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)), st.permutations(range(3)))
def test_order_changes_nothing(order: list[int], order_of_decisions: list[int]) -> None:
    made = (
        decision(Verdict.CONFIRM, mention("a", "commitments"), day=1),
        decision(Verdict.CORRECT, mention("b", "commitments"), day=2, field="deadline", value="2026-01"),
        decision(Verdict.REJECT, mention("e", "commitments"), day=3),
    )
    documents = samples()
    shuffled = build_register(
        [documents[i] for i in order], dossier=DOSSIER, judgements=[made[i] for i in order_of_decisions]
    )
    assert shuffled == built(*made)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_order_changes_nothing_in_a_crowd(seed: int) -> None:
    rng = random.Random(seed)
    documents = list(crowd())
    rng.shuffle(documents)
    assert build_register(documents) == build_register(crowd())


@lru_cache(maxsize=1)
def crowd() -> tuple[ReadDocument, ...]:
    rng = random.Random(7)
    objects = [
        "un port à Gao",
        "une route vers Kidal",
        "la force conjointe",
        "un barrage sur le fleuve",
        "deux hôpitaux",
    ]
    verbs = ["bâtira", "financera", "construira", "équipera", "soutiendra"]
    out = []
    for n in range(24):
        words = f"{rng.choice(verbs)} {rng.choice(objects)}"
        day = f"2024-0{rng.randint(1, 6)}-{rng.randint(10, 28)}"
        text = f"La Turquie {words}, écrit le journal numéro {n}. La rencontre du {day} l'a montré."
        made = commitment(words, ["TUR"], rng.choice([["MLI"], ["NER"], ["AES"]]), sector="multi")
        met = meeting(f"La rencontre du {day}", date=day, parties=("TUR", rng.choice(["MLI", "NER", "AES"])))
        out.append(account(f"n{n}", text, day, commitments=[made], meetings=[met]))
    return tuple(out)


def test_a_document_given_twice_counts_once() -> None:
    assert build_register([*samples(), *samples()], dossier=DOSSIER) == built()


def test_records_are_named_after_a_mention_of_theirs() -> None:
    register = built()
    named = [(c.id, c.mentions) for c in register.commitments]
    named += [(m.id, m.mentions) for m in register.meetings]
    named += [(s.id, s.mentions) for s in register.statements]
    for record_id, mentions in named:
        assert record_id.rpartition("-")[2] == min(e.id.rpartition("-")[2] for e in mentions)


def test_every_mention_is_in_exactly_one_record() -> None:
    for register in (built(), build_register(crowd())):
        ids = [e.id for c in register.commitments for e in c.mentions]
        assert len(ids) == len(set(ids))


def test_the_promise_its_accounts_and_what_moved() -> None:
    register = built()
    assert docs_of(register, mention("a", "commitments")) == {"a", "b"}
    force = next(c for c in register.commitments if c.sector == "defence")
    hospital = next(c for c in register.commitments if c.sector == "health")
    assert (force.status, force.firmness, force.origins) == ("under_way", "agreed", 2)
    assert [e.why for e in force.events][:2] == ["made", "firmer"]
    assert (hospital.status, hospital.events[-1].date) == ("delivered", "2025-05-20")


def test_sessions_are_numbered() -> None:
    assert [(m.session, m.place) for m in built().meetings] == [(1, "Ankara"), (2, "Bamako")]


def test_split_and_merge() -> None:
    a, b = mention("a", "commitments"), mention("b", "commitments")
    split = decision(Verdict.SPLIT, b)
    assert docs_of(built(split), a) == {"a"}
    assert docs_of(built(split), b) == {"b"}
    assert docs_of(built(split, decision(Verdict.MERGE, a, b, day=2)), a) == {"a", "b"}
    hospital = mention("a", "commitments", 1)
    assert docs_of(built(decision(Verdict.MERGE, b, hospital)), hospital) >= {"a", "b"}


def test_reject_confirm_and_correct() -> None:
    wish = mention("e", "commitments")
    assert docs_of(built(decision(Verdict.REJECT, wish)), wish) == set()
    target = mention("b", "commitments")
    register = built(
        decision(Verdict.CONFIRM, target), decision(Verdict.CORRECT, target, day=2, field="deadline", value="2026-01")
    )
    record = next(c for c in register.commitments if any(e.id == target for e in c.mentions))
    assert (record.confidence, record.deadline, record.questions) == (1.0, "2026-01", ())


def test_a_wrong_value_in_a_correction_changes_nothing() -> None:
    target = mention("b", "commitments")
    for field, value in (("deadline", "bientôt"), ("sector", "magie"), ("firmness", ""), ("colour", "bleu")):
        assert built(decision(Verdict.CORRECT, target, field=field, value=value)) == built()


def test_a_withdrawn_decision_counts_no_more() -> None:
    target = mention("b", "commitments")
    gone = Judgement("j", Verdict.SPLIT, (target,), "A.", "2025-01-01T00:00:00Z", withdrawn_at="2025-01-02T00:00:00Z")
    assert built(gone) == built()


def test_decisions_survive_new_documents_and_name_a_record_by_its_id() -> None:
    record = next(c for c in built().commitments if c.sector == "defence")
    chosen = decision(Verdict.CORRECT, record.id, field="action", value="former l'armée")
    fewer = build_register(samples()[:2], judgements=[chosen])
    more = built(chosen)
    assert {c.action for c in fewer.commitments if c.sector == "defence"} == {"former l'armée"}
    assert {c.action for c in more.commitments if c.sector == "defence"} == {"former l'armée"}


def test_actors_are_one() -> None:
    assert [a.name for a in built().actors] == ["Leyla Demir"]


def test_nothing_in_nothing_out() -> None:
    assert build_register([]) == Register()
