"""Pages are kept while nothing is written, and nobody sees what was made for somebody else or for another state."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest

from palabre.app.judging import decide
from palabre.app.people import Role, add_person, sign_in
from palabre.app.sittings import written
from palabre.export.calendar_ics import write_calendar
from palabre.model.judgements import Verdict
from palabre.store import attendance
from palabre.store.store import Store
from palabre.ui.web import ahead
from palabre.ui.web.access import SESSION_COOKIE
from palabre.ui.web.ahead import look_ahead
from palabre.ui.web.desk import Visit
from palabre.ui.web.kept_pages import KeptPages
from tests.web.desk_forms import first_commitment, hidden, post, served
from tests.web.pages import addresses

if TYPE_CHECKING:
    from pathlib import Path

KEPT = {
    "register.html", "commitment.html", "meeting.html", "meetings.html", "document.html", "sources.html",
    "compare.html", "compare_accounts.html", "compare_texts.html", "coverage.html", "actors.html", "actor.html",
    "statements.html", "conflicts.html", "conflict.html", "search.html", "decisions.html", "overview.html", "news.html",
    "review.html", "month.html", "export.html",
}  # fmt: skip
"""What is not made again."""
SECRET = "un mot de passe assez long"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the templates pages were made from, as they are made."""
    out: list[str] = []
    page = Visit.page

    def counted(visit: Visit, template: str, **content: object) -> object:
        out.append(template)
        return page(visit, template, **content)  # type: ignore[arg-type]

    monkeypatch.setattr(Visit, "page", counted)
    return out


def test_a_page_is_made_once_and_stays_the_same(own: Path, made: list[str]) -> None:
    with served(own) as client:
        client.get("/d/aes")  # records are brought up to date
        pages = {name: path for name, path in addresses(Store.open(own)).items() if name != "missing"}
        kept = [p for p in pages.values() if p.startswith("/d/") and p.split("?")[0].split("/")[3:4] != []]
        for _ in range(2):  # the first time, the page of sectors writes down those of texts
            first = {path: client.get(path).text for path in kept}
        made.clear()
        assert {path: client.get(path).text for path in kept} == first
        assert not KEPT & set(made)


def test_what_is_written_is_seen_at_once_whoever_writes_it(own: Path, made: list[str]) -> None:
    with served(own) as client, Store.open(own) as other:
        dossier, commitment = other.dossier(), first_commitment(own)
        path = f"/d/aes/c/{commitment}"
        assert "vu ailleurs" not in client.get(path).text
        decide(other, dossier, Verdict.NOTE, [commitment], author="zoé", reason="vu ailleurs")
        assert "vu ailleurs" in client.get(path).text
        assert "vu ailleurs" in client.get("/d/aes/decisions").text
        form = hidden(client.get(path).text, 'value="confirm"')
        assert post(client, "/d/aes/decide", {**form, "reason": "vu ici"}).status_code == 303
        assert "vu ici" in client.get(path).text
        for _ in range(20):  # records are still being written down
            made.clear()
            client.get(path)
            if not made:
                break
        assert made == []


def test_each_browser_has_its_own_token_in_the_pages_kept(own: Path) -> None:
    with served(own) as one, served(own) as other:
        other.app = one.app
        path = f"/d/aes/c/{first_commitment(own)}"
        tokens = [hidden(client.get(path).text, 'value="confirm"')["token"] for client in (one, other, one, other)]
        assert tokens[:2] == tokens[2:]
        assert tokens[0] != tokens[1]
        form = hidden(other.get(path).text, 'value="confirm"')
        assert post(one, "/d/aes/decide", form).status_code == 403
        assert post(other, "/d/aes/decide", form).status_code == 303


def test_each_person_sees_what_is_theirs(own: Path, made: list[str]) -> None:
    with Store.open(own) as store:
        for name, role in (("lea", Role.READER), ("ana", Role.ANALYST)):
            add_person(store, name, SECRET, role, store.dossier())
        keys = {name: sign_in(store, name, SECRET) or "" for name in ("lea", "ana")}
        path = f"/d/aes/c/{first_commitment(own)}"
    with served(own) as client:
        for key in keys.values():
            # That a person is here is written down once, with their first page.
            client.get("/d/aes", headers={"cookie": f"{SESSION_COOKIE}={key}"})
        for _ in range(2):
            seen = {n: client.get(path, headers={"cookie": f"{SESSION_COOKIE}={keys[n]}"}).text for n in keys}
            assert "ana" in seen["ana"]
            assert 'value="confirm"' in seen["ana"]
            assert 'value="confirm"' not in seen["lea"]
        assert made.count("commitment.html") == 2
        assert client.get(path).headers["location"].startswith("/login")


def test_each_person_has_their_own_news(own: Path, made: list[str]) -> None:
    days = {"lea": "2000-01-01T00:00:00Z", "ana": "2999-01-01T00:00:00Z"}
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        for name, before in days.items():
            add_person(store, name, SECRET, Role.ANALYST, dossier)
            store.tell(attendance.attend, name, dossier.id, before, written(dt.datetime.now(dt.UTC)))
        keys = {name: sign_in(store, name, SECRET) or "" for name in days}
        decide(store, dossier, Verdict.NOTE, [first_commitment(own)], author="lea", reason="vu par léa")
    with served(own) as client:
        for _ in range(2):
            for path, template in (("/d/aes", "overview.html"), ("/d/aes/news", "news.html")):
                seen = {n: client.get(path, headers={"cookie": f"{SESSION_COOKIE}={keys[n]}"}).text for n in keys}
                assert "1 January 2000" in seen["lea"]
                assert "1 January 2999" in seen["ana"]
                assert "1 January 2999" not in seen["lea"]
                assert made.count(template) == 2
        # What one decided is no news to them, and news to the other.
        week = {n: client.get("/d/aes/news?days=7", headers={"cookie": f"{SESSION_COOKIE}={keys[n]}"}) for n in keys}
        assert "vu par léa" in week["ana"].text
        assert "vu par léa" not in week["lea"].text


def test_parts_of_a_page_are_made_again_when_anything_is_written(own: Path) -> None:
    with served(own) as client, Store.open(own) as other:
        whole = client.get("/d/aes").text
        # Another page of the same parts, which is not kept.
        assert client.get("/d/aes?nothing=1").text.replace("?nothing=1&amp;", "?") == whole
        before = other.dossier("aes")
        decide(other, before, Verdict.REJECT, [first_commitment(own)], author="zoé")
        for _ in range(50):
            after = client.get("/d/aes").text
            if not other.is_stale(before):
                break
            time.sleep(0.1)
        known = other.register(before)
        assert known is not None
        after = client.get("/d/aes").text
        assert f"<b>{sum(not c.vague for c in known.commitments)}</b>commitments" in after
        assert after != whole


def test_what_looks_back_some_days_is_made_again_in_another_hour(
    own: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(own) as client:
        client.get("/d/aes/coverage")  # writes down the sectors of texts
        made.clear()
        for hour in (9, 9, 9, 10, 10):
            now = dt.datetime(2030, 1, 1, hour, tzinfo=dt.UTC)
            monkeypatch.setattr(Visit, "hour", now)
            for path in ("/d/aes/news?days=1", "/d/aes/review", "/d/aes/coverage"):
                assert client.get(path).status_code == 200
        assert made.count("news.html") == made.count("review.html") == 2
        assert made.count("coverage.html") <= 1


def test_language_day_and_host_make_other_pages(own: Path) -> None:
    with served(own) as client:
        path = f"/d/aes/c/{first_commitment(own)}"
        english = client.get(path)
        french = client.get(path, params={"lang": "fr"})
        assert 'lang="fr"' in french.text
        assert 'lang="en"' in english.text
        assert "palabre-lang=fr" in client.get(path, params={"lang": "fr"}).headers["set-cookie"]
        client.cookies.delete("palabre-lang")
        assert client.get(path).text == english.text
        later = client.get(path, params={"as_of": "2035-01-01"}).text
        assert "2035" in later
        assert client.get(path, params={"as_of": "2035-01-01"}).text == later


def test_pages_go_when_there_are_too_many_and_when_the_database_changes() -> None:
    pages = KeptPages(most=100)
    for number in range(5):
        pages.put(1, number, "token", b"x" * 30 + b"token")
    assert pages.get(1, 0, "token") is None
    assert pages.get(1, 4, "other") == b"x" * 30 + b"other"
    pages.put(2, 9, "token", b"new")
    assert pages.get(1, 4, "other") is None
    assert pages.get(2, 9, "other") == b"new"


def test_a_large_dossier_is_looked_at_ahead(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []

    def counted(*given: Any) -> str:
        written.append(given)
        return write_calendar(*given)

    monkeypatch.setattr("palabre.ui.web.pages.meetings.write_calendar", counted)
    with served(own) as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        look_ahead(desk, desk.store.dossier("aes"))
        assert not written  # a small one is not
        client.get("/d/aes")
        monkeypatch.setattr(ahead, "LARGE", 1)
        look_ahead(desk, desk.store.dossier("aes"))
        assert len(written) == 1
        told = client.get("/d/aes/calendar.ics?lang=en").text
        assert len(written) == 1
        assert told.startswith("BEGIN:VCALENDAR")
