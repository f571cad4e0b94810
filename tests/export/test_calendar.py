"""The calendar: what other programs will read of it, for every kind of date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from palabre.export.calendar_ics import write_calendar
from palabre.lang.interface import Words
from palabre.model.documents import Document
from palabre.model.dossier import Cadence, Dossier
from palabre.model.records import Commitment, Evidence, Meeting, Register
from palabre.model.spans import Span
from palabre.model.vocabulary import Firmness, FollowUpStatus, MeetingStatus, Sector
from tests.reconcile.accounts import account

TODAY = dt.date(2025, 6, 1)
BOTH = ("TUR", "MLI")
DOSSIER = Dossier("essai", "Essai, deuxième ; « dossier »", BOTH, Cadence.parse("P1Y"), BOTH)
TEXT = "La Turquie livrera dix tracteurs au Mali, a promis son ministre."
DOCUMENT = account("a", TEXT, "2025-05-01", outlet="Le Courrier du Karité").document
SAID = (Evidence("ac-aaaaaaaaaa", DOCUMENT.id, Span(0, 40)),)


def promise(deadline: str | None, **values: object) -> Commitment:
    made = Commitment(
        id="c-aaaaaaaaaa",
        mentions=SAID,
        promisor=("TUR",),
        beneficiary=("MLI",),
        action="livrer dix tracteurs, puis deux ; enfin \\ trois",
        sector=Sector.AGRICULTURE,
        firmness=Firmness.PLEDGED,
        deadline=deadline,
        amount=None,
        status=FollowUpStatus.ANNOUNCED,
        events=(),
        origins=1,
        official=False,
        vague=False,
        confidence=0.8,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def meeting(date: str | None, status: str = "held", **values: object) -> Meeting:
    made = Meeting("m-aaaaaaaaaa", SAID, date, "Gao", BOTH, MeetingStatus(status), "réunion", None, 1)
    return replace(made, **values)  # type: ignore[arg-type]


def written(*records: Commitment | Meeting, dossier: Dossier = DOSSIER, document: Document = DOCUMENT) -> str:
    register = Register(
        commitments=tuple(r for r in records if isinstance(r, Commitment)),
        meetings=tuple(r for r in records if isinstance(r, Meeting)),
    )
    return write_calendar(dossier, {document.id: document}, register, TODAY, Words("fr"))


def read(text: str) -> list[Event]:
    return [e for e in Calendar.from_ical(text).walk("VEVENT") if isinstance(e, Event)]


def said(event: Event, name: str) -> str:
    """Return a property as text."""
    return str(event[name])


@pytest.mark.parametrize(
    ("value", "first", "after", "status"),
    [
        ("2025-06-30", "2025-06-30", "2025-07-01", "CONFIRMED"),
        ("2025-12-31", "2025-12-31", "2026-01-01", "CONFIRMED"),
        ("2025-04-03/2025-04-04", "2025-04-03", "2025-04-05", "CONFIRMED"),
        ("2024-02", "2024-02-01", "2024-03-01", "TENTATIVE"),
        ("2026", "2026-01-01", "2027-01-01", "TENTATIVE"),
        ("2025-06-30~", "2025-06-30", "2025-07-01", "TENTATIVE"),
        ("2025-06/2025-09", "2025-06-01", "2025-10-01", "TENTATIVE"),
        ("../2028-12-31", "2028-12-31", "2029-01-01", "TENTATIVE"),
        ("2025-01-15/..", "2025-01-15", "2025-01-16", "TENTATIVE"),
    ],
)
def test_dates_become_whole_days_and_doubt_is_said(value: str, first: str, after: str, status: str) -> None:
    (event,) = read(written(promise(value)))
    assert (event.start, event.end) == (dt.date.fromisoformat(first), dt.date.fromisoformat(after))
    assert said(event, "status") == status
    assert ("approximativement" in said(event, "description")) is (status == "TENTATIVE")


@pytest.mark.parametrize("value", [None, "202X", "20XX", "9999-12-31", "bientôt"])
def test_what_has_no_day_stays_out(value: str | None) -> None:
    assert read(written(promise(value), meeting(value))) == []


def test_a_meeting_says_where_who_and_whether_it_was_held() -> None:
    (held,) = read(written(meeting("2025-05-14", session=2), dossier=Dossier("d", "D", BOTH)))
    assert said(held, "summary") == "Session 2, réunion (Turquie, Mali)"
    assert (said(held, "location"), said(held, "status"), said(held, "transp")) == ("Gao", "CONFIRMED", "TRANSPARENT")
    assert "Le Courrier du Karité" in said(held, "description")
    assert said(read(written(meeting("2025-07-14", "planned")))[0], "status") == "TENTATIVE"


def test_a_commitment_dropped_is_cancelled_and_a_mere_wish_stays_out() -> None:
    dropped = promise("2025-09-01", status=FollowUpStatus.CANCELLED)
    assert said(read(written(dropped))[0], "status") == "CANCELLED"
    assert read(written(promise("2025-09-01", vague=True))) == []


def test_the_next_session_is_tentative_and_says_whose_turn_it_is() -> None:
    events = read(written(meeting("2025-05-14", session=1)))
    assert len(events) == 2
    assert events[1].start == dt.date(2026, 5, 14)
    assert said(events[1], "status") == "TENTATIVE"
    assert "Mali" in said(events[1], "description")
    assert len(read(written(meeting("2025-05-14", session=1), dossier=Dossier("d", "D", BOTH)))) == 1


def test_uids_come_from_the_records_and_the_dossier() -> None:
    events = read(written(promise("2025-09-01"), meeting("2025-05-14")))
    uids = [str(e["uid"]) for e in events]
    assert len(set(uids)) == 2
    assert all(DOSSIER.id in uid for uid in uids)
    assert {uid.partition("@")[0] for uid in uids} == {"m-aaaaaaaaaa", "c-aaaaaaaaaa-deadline"}
    assert written(promise("2025-09-01")) == written(promise("2025-09-01"))


def test_lines_are_those_the_format_wants() -> None:
    text = written(promise("2025-09-01", action="é" * 300), meeting("2025-05-14"))
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert said(read(text)[1], "summary").endswith("é" * 300)
    assert "livrer dix tracteurs, puis deux ; enfin \\ trois" in said(
        read(written(promise("2025-09-01")))[0], "summary"
    )


def test_an_empty_dossier_gives_an_empty_calendar() -> None:
    assert read(written()) == []
    assert str(Calendar.from_ical(written())["x-wr-calname"]) == DOSSIER.title


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_words_can_be_read_back(action: str, place: str) -> None:
    text = written(promise("2025-09-01", action=action), meeting("2025-05-14", place=place, title=action))
    assert len(read(text)) == 2
