"""Pages are kept while nothing is written, and nobody sees what was made for somebody else or for another state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from palabre.app.judging import decide
from palabre.app.people import Role, add_person, sign_in
from palabre.export.calendar_ics import write_calendar
from palabre.model.judgements import Verdict
from palabre.store.store import Store
from palabre.ui.web import ahead
from palabre.ui.web.access import SESSION_COOKIE
from palabre.ui.web.ahead import look_ahead
from palabre.ui.web.desk import Visit
from palabre.ui.web.kept import KeptPages
from tests.web.desk_forms import copy_of, first_commitment, hidden, post, served
from tests.web.pages import addresses

if TYPE_CHECKING:
    from pathlib import Path

KEPT = {
    "register.html", "commitment.html", "meeting.html", "meetings.html", "document.html", "sources.html",
    "compare.html", "compare_accounts.html", "compare_texts.html", "coverage.html", "actors.html", "actor.html",
    "statements.html", "conflicts.html", "conflict.html", "search.html", "decisions.html",
}  # fmt: skip
"""What is not made again."""
SECRET = "un mot de passe assez long"


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    return copy_of(filled, tmp_path)


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
