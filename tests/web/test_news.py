"""What is new since the last visit: it stays through one sitting, for each person of a team as for one alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from palabre.app.dossiers import sort_documents
from palabre.app.people import Role, add_person
from palabre.app.sittings import EVERY, PAUSE, Sitting, now_sitting, sitting_of, written
from palabre.model.judgements import Verdict
from palabre.model.vocabulary import Sector
from palabre.register.themes import new_themes
from palabre.store import attendance, schema
from palabre.store.store import Store
from palabre.store.themes import named_first, promised_first
from tests.web.desk_forms import copy_of, first_commitment, hidden, post, served

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
SECRET = "un mot de passe assez long"


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """Return a database whose texts came on two days: three of them in May 2026, the others in January."""
    path = copy_of(filled, tmp_path)
    with Store.open(path) as store:
        dossier = store.dossier("aes")
        late = [d.id for d in store.documents(dossier)][:3]
        store.tell(_add_on, late)
    return path


def _add_on(connection: sa.Connection, late: list[str]) -> None:
    its = schema.dossier_document
    connection.execute(sa.update(its).values(added_at="2026-01-01T00:00:00Z"))
    connection.execute(sa.update(its).where(its.c.document_id.in_(late)).values(added_at="2026-05-01T00:00:00Z"))


def moved_back(path: Path, name: str, before: str | None, last: str) -> None:
    """Have a person's last sitting be at another time."""
    with Store.open(path) as store:
        store.tell(attendance.attend, name, store.dossier("aes").id, before, last)


def enter(client: TestClient, name: str) -> None:
    form = hidden(client.get("/login").text, 'name="password"')
    assert post(client, "/login", {**form, "name": name, "password": SECRET}).status_code == 303


def test_a_sitting_lasts_as_long_as_pages_follow_one_another() -> None:
    sitting = now_sitting(None, NOON)
    assert sitting == Sitting(None, "2026-05-04T12:00:00Z")
    assert now_sitting(sitting, NOON + EVERY) is sitting
    later = NOON
    for _ in range(30):
        later += PAUSE
        sitting = now_sitting(sitting, later)
        assert sitting == Sitting(None, written(later))
    after = now_sitting(sitting, later + PAUSE + dt.timedelta(seconds=1))
    assert after.before == written(later)
    # A clock that was wrong does not freeze the sitting for good.
    assert now_sitting(Sitting("2026-01-01T00:00:00Z", "2031-01-01T00:00:00Z"), NOON).last == written(NOON)


@pytest.mark.parametrize("last", ["", "nonsense", "2026-05-04", "2026-05-04T12:00:00", "0001-01-01T00:00:00+14:00"])
def test_what_a_browser_brings_may_be_anything(last: str) -> None:
    assert sitting_of("", last) is None
    assert now_sitting(Sitting(None, last), NOON) == Sitting(None, written(NOON))


def test_news_stay_through_one_sitting(own: Path) -> None:
    with Store.open(own) as store:
        for name in ("ana", "lea"):
            add_person(store, name, SECRET, Role.ANALYST, store.dossier("aes"))
    moved_back(own, "ana", "2026-01-15T10:00:00Z", "2026-04-20T10:00:00Z")
    with served(own) as ana, served(own) as lea:
        enter(ana, "ana")
        enter(lea, "lea")
        for page in ("/d/aes", "/d/aes", "/d/aes/register", "/d/aes"):
            html = ana.get(page).text
            assert page != "/d/aes" or "Since your visit of 20 April 2026" in html
        assert "3 documents" in ana.get("/d/aes/news").text.replace("\xa0", " ")
        # Another browser of the same person knows as much; another person has news of their own.
        with served(own) as phone:
            enter(phone, "ana")
            assert "Since your visit of 20 April 2026" in phone.get("/d/aes").text
        assert "Since your visit" not in lea.get("/d/aes").text
        assert "In 7 days" in lea.get("/d/aes/news").text


def test_a_long_sitting_spent_on_other_pages_is_one_sitting(own: Path) -> None:
    with Store.open(own) as store:
        add_person(store, "ana", SECRET, Role.ANALYST, store.dossier("aes"))
    recent = dt.datetime.now(dt.UTC) - EVERY - dt.timedelta(minutes=2)
    moved_back(own, "ana", "2026-04-20T10:00:00Z", written(recent))
    with served(own) as ana:
        enter(ana, "ana")
        ana.get("/d/aes/register")
        with Store.open(own) as store:
            kept = store.ask(attendance.attended, "ana", store.dossier("aes").id)
        assert kept is not None
        assert kept[0] == "2026-04-20T10:00:00Z"
        assert kept[1] > written(recent)
        assert "Since your visit of 20 April 2026" in ana.get("/d/aes").text


def test_alone_the_browser_remembers(own: Path) -> None:
    with served(own) as client:
        assert "Since your visit" not in client.get("/d/aes").text
        (name,) = [c for c in client.cookies if c.startswith("palabre-seen-")]
        client.cookies.set(name, "~2026-04-20T10:00:00Z")
        for page in ("/d/aes/register", "/d/aes", "/d/aes"):
            html = client.get(page).text
        assert "Since your visit of 20 April 2026" in html
        client.cookies.delete(name)
        client.cookies.set(name, "nonsense~more")
        assert client.get("/d/aes").status_code == 200


def test_news_tell_new_commitments_from_those_told_of_again(own: Path) -> None:
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        its = store.register(dossier)
        assert its is not None
        late = {d.id for d in store.documents(dossier)[:3]}
        told = dict(store.ask(attendance.told_of_since, dossier.id, "2026-04-20T00:00:00Z"))
        shown = {c.id: {e.doc for e in c.mentions} | {e.evidence.doc for e in c.events} for c in its.commitments
                 if not c.vague}  # fmt: skip
        assert told == {i: docs <= late for i, docs in shown.items() if docs & late}
        assert set(told.values()) == {True, False}
        assert store.ask(attendance.told_of_since, dossier.id, "2027-01-01T00:00:00Z") == ()


def test_others_decisions_are_news(own: Path) -> None:
    with served(own, author="zoé") as zoe:
        form = hidden(zoe.get(f"/d/aes/c/{first_commitment(own)}").text, 'value="confirm"')
        assert post(zoe, "/d/aes/decide", form).status_code == 303
        # One's own are none.
        assert "decision by others" not in zoe.get("/d/aes/news?days=7").text
    with served(own, author="awa") as awa:
        html = awa.get("/d/aes/news?days=7").text.replace("\xa0", " ")
        assert "1 decision by others" in html
        assert "zoé" in html
        assert "Since 1 January 2026" in awa.get("/d/aes/news?since=2026-01-01").text
    with Store.open(own) as store:
        number, made = store.ask(attendance.decided_since, store.dossier("aes").id, "2026-01-01", "awa", 1)
        assert (number, made[0].verdict) == (1, Verdict.CONFIRM)


def test_new_themes_are_those_of_the_whole_register(own: Path) -> None:
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        its = store.register(dossier)
        assert its is not None
        documents = tuple(store.read_documents(dossier))
        sort_documents(store, dossier)
        for day in (None, dt.date(2025, 4, 3), dt.date(2025, 6, 1), dt.date(2025, 12, 1)):
            meetings = its.meetings
            if day is not None:
                # The last session may have been on another day.
                last = next(m for m in reversed(meetings) if m.session is not None)
                meetings = (*(m for m in meetings if m.session is None), replace(last, date=day.isoformat()))
            whole = new_themes(replace(its, meetings=meetings), documents)
            assert whole.since is not None
            named = store.ask(named_first, dossier.id, whole.since)
            promised = store.ask(promised_first, dossier.id, whole.since)
            assert {s.value for s in whole.named} == named - {Sector.MULTI.value}
            assert {s.value for s in whole.promised} == promised - {Sector.MULTI.value}
    with served(own) as client:
        assert "New themes" in client.get("/d/aes/coverage").text
