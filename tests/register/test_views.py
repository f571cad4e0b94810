"""Follow-up, framework, coverage and pages: what they tell of a small dossier."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from palabre.model.documents import ReadDocument
from palabre.model.dossier import Cadence, Dossier
from palabre.model.records import Commitment
from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.register.build import build_register
from palabre.register.coverage import coverage
from palabre.register.follow_up import overdue
from palabre.register.sessions import after, framework
from palabre.register.themes import new_themes
from tests.reconcile.accounts import account, commitment, meeting, progress
from tests.register.test_build import BOTH, DOSSIER, built, samples

TODAY = dt.date(2025, 6, 1)


def only(*documents: ReadDocument) -> Commitment:
    (record,) = build_register(documents).commitments
    return record


def promise(name: str, published: str, firmness: str = "pledged", **values: Any) -> ReadDocument:
    words = "livrer dix autobus électriques à la ville"
    made = commitment(words, ["TUR"], ["MLI"], sector="transport", firmness=firmness, action="livrer", **values)
    return account(name, f"Il s'agit, selon {name}, de {words}.", published, commitments=[made])


def test_a_promise_made_firmer_then_repeated() -> None:
    record = only(
        promise("a", "2024-01-10", "intended"), promise("b", "2024-02-10", "signed"), promise("c", "2024-03-10")
    )
    assert [(e.why, e.date) for e in record.events] == [
        ("made", "2024-01-10"),
        ("firmer", "2024-02-10"),
        ("repeated", "2024-03-10"),
    ]
    assert (record.firmness, record.status, record.made_on) == ("signed", "announced", "2024-01-10")


def test_a_revised_sum_replaces_the_former() -> None:
    first = promise("a", "2024-01-10", amount="2 millions d'euros")
    second = promise("b", "2024-09-10", amount="3 millions d'euros")
    record = only(first, second)
    assert record.amount == "3 millions d'euros"
    assert [a for _, _, a in record.amount_history] == ["2 millions d'euros", "3 millions d'euros"]
    assert [e.why for e in record.events] == ["made", "amount_changed"]


def test_progress_of_other_parties_or_before_the_promise_moves_nothing() -> None:
    def bus(name: str, day: str, parties: tuple[str, ...]) -> ReadDocument:
        words = "les dix autobus électriques de la ville ont été livrés"
        return account(name, f"Selon {name}, {words}.", day, moves=[progress(words, "delivered", parties=parties)])

    made = promise("a", "2024-01-10")
    assert only(made, bus("b", "2024-08-01", BOTH)).status == "delivered"
    assert only(made, bus("b", "2024-08-01", ("CHN", "SEN"))).status == "announced"
    assert only(made, bus("b", "2023-08-01", BOTH)).status == "announced"


def test_a_visit_announced_then_held() -> None:
    announced = account(
        "a",
        "Le président se rendra à Ankara en juin pour une visite.",
        "2024-04-02",
        commitments=[commitment("se rendra à Ankara en juin pour une visite", ["MLI"], ["TUR"], deadline="2024-06")],
    )
    held = account(
        "b",
        "La visite à Ankara s'est achevée.",
        "2024-06-20",
        meetings=[meeting("La visite à Ankara", date="2024-06-18", place="Ankara", parties=BOTH)],
    )
    record = only(announced, held)
    assert (record.status, record.events[-1].why, record.events[-1].date) == ("delivered", "meeting_held", "2024-06-18")
    assert only(announced).status == "announced"


def test_a_meeting_held_is_dated_as_its_own_record_is() -> None:
    promised = account(
        "a",
        "Les ministres sont convenus de tenir des consultations chaque année.",
        "2024-04-03",
        commitments=[commitment("tenir des consultations chaque année", BOTH, BOTH)],
    )
    held = account(
        "b",
        "Les ministres ont tenu leurs consultations à Ankara.",
        "2024-08-14",
        meetings=[meeting("consultations à Ankara", date="2024-08-14", place="Ankara", parties=BOTH)],
    )
    vague = account(
        "c",
        "La rencontre des ministres à Ankara, en août, reste en mémoire.",
        "2024-09-25",
        meetings=[meeting("rencontre des ministres à Ankara, en août", date="2024-08", place="Ankara", parties=BOTH)],
    )
    record = only(promised, held, vague)
    assert [(e.why, e.date) for e in record.events][-1] == ("meeting_held", "2024-08-14")
    assert only(promised, vague).events[-1].date == "2024-08"


def test_overdue_is_worked_out_for_a_day() -> None:
    record = only(promise("a", "2024-01-10", deadline="2024-06"))
    assert not overdue(record, dt.date(2024, 6, 30))
    assert overdue(record, dt.date(2024, 7, 1))
    assert not overdue(replace(record, status=FollowUpStatus.DELIVERED), dt.date(2024, 7, 1))
    assert not overdue(replace(record, deadline=None), dt.date(2030, 1, 1))


def test_the_framework() -> None:
    frame = framework(built().meetings, DOSSIER, TODAY)
    first, second = frame.sessions
    assert (first.number, first.host, first.turn, first.turn_kept, first.due) == (1, "TUR", "TUR", True, None)
    assert (second.number, second.host, second.turn_kept, second.due, second.kept) == (
        2,
        "MLI",
        True,
        "2025-05-14",
        True,
    )
    assert (frame.next_due, frame.next_host, frame.late_by) == ("2026-05-19", "TUR", None)
    assert framework(built().meetings, DOSSIER, dt.date(2026, 5, 29)).late_by == 10


def test_ministers_of_another_field_hold_no_session() -> None:
    def met(name: str, words: str, day: str, lang: str = "fr") -> ReadDocument:
        text = f"{words}, selon {name}."
        return account(name, text, day, meetings=[meeting(words, date=day, parties=BOTH)], lang=lang)

    documents = (
        met("a", "Les ministres de la Défense se sont réunis", "2025-05-20"),
        met("b", "Les ministres des Affaires étrangères et les ministres de la Défense se sont vus", "2025-06-20"),
        met("c", "The defence ministers met", "2025-07-20", "en"),
        met("d", "Les ministres se sont réunis", "2025-08-20"),
    )
    told = build_register(documents, dossier=DOSSIER).meetings
    assert [(m.ministers, m.session) for m in told] == [("defence", None), (None, 1), ("defence", None), (None, 2)]
    of_defence = replace(DOSSIER, title="Dialogue de défense")
    assert [m.session for m in build_register(documents, dossier=of_defence).meetings] == [1, 2, 3, 4]


def test_a_session_in_the_margins_takes_nobodys_turn() -> None:
    first, second = (m for m in built().meetings if m.session)
    frame = framework((replace(first, margins_of="assemblée générale"), second), DOSSIER, TODAY)
    assert [s.turn for s in frame.sessions] == [None, "TUR"]
    assert frame.sessions[1].turn_kept is False


def test_without_a_rhythm_nothing_is_due() -> None:
    frame = framework(built().meetings, Dossier("d", "D", BOTH), TODAY)
    assert (frame.cadence, frame.next_due, frame.next_host, frame.late_by) == (None, None, None, None)


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [("2024-01-31", "P1M", "2024-02-29"), ("2024-11-30", "P3M", "2025-02-28"), ("2024-05-01", "P2W", "2024-05-15")],
)
def test_one_period_later(day: str, period: str, expected: str) -> None:
    assert after(dt.date.fromisoformat(day), Cadence.parse(period)).isoformat() == expected


def test_coverage_tells_sectors_with_and_without_promises() -> None:
    fishing = account("f", "Les ministres ont parlé de l'école et des engrais.", "2025-05-20")
    documents = [*samples(), fishing]
    table = coverage(built(documents=tuple(documents)), documents)
    rows = {r.sector: r for r in table.rows}
    assert rows[Sector.AGRICULTURE].silent
    assert (rows[Sector.HEALTH].promised, rows[Sector.HEALTH].delivered, rows[Sector.HEALTH].silent) == (1, 1, False)
    assert rows[Sector.DEFENCE].moving == 1
    assert Sector.MINING not in rows
    assert (table.first_seen, table.last_seen) == (dt.date(2024, 5, 15), dt.date(2025, 5, 20))
    assert not coverage(built(), samples(), party="SEN").rows[0].commitments


def test_new_themes_are_sectors_first_promised_in_since_the_last_session() -> None:
    new = account(
        "n",
        "À Bamako, la Turquie livrera des engrais.",
        "2025-05-21",
        commitments=[commitment("livrera des engrais", ["TUR"], ["MLI"], sector="agriculture")],
    )
    documents = (*samples(), new)
    found = new_themes(built(documents=documents), documents)
    assert (found.since, found.promised) == (dt.date(2025, 5, 19), (Sector.AGRICULTURE,))
    assert new_themes(build_register(()), ()).since is None
