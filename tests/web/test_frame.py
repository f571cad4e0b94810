"""What holds for every page: who is answered, what the browser is forbidden, the language, the errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from palabre.app.settings import Settings
from palabre.lang.interface import INTERFACES, TABLES
from palabre.lang.pack import table
from palabre.store.store import Store
from palabre.ui.web import create_app
from palabre.ui.web.guards import LOOPBACK, allowed_hosts
from tests.web.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", ["/", "/nowhere", "/d/none", "/static/desk.css"])
def test_every_answer_ties_the_browsers_hands(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1].evil"])
def test_foreign_hosts_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_the_loopback_answers_to_its_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_hosts_by_address() -> None:
    assert allowed_hosts("127.0.0.1") == LOOPBACK
    assert allowed_hosts("::1", "desk.example, ") == LOOPBACK | {"desk.example"}
    assert allowed_hosts("0.0.0.0") is None
    assert allowed_hosts("0.0.0.0", "desk.example") == LOOPBACK | {"desk.example"}


def test_the_language_is_asked_for_and_kept(filled: Path) -> None:
    with TestClient(create_app(Settings(store=str(filled))), base_url=BASE) as client:
        assert '<html lang="fr">' in client.get("/", headers={"Accept-Language": "ru"}).text
        assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
        assert '<html lang="en">' in client.get("/?lang=en").text
        assert '<html lang="en">' in client.get("/").text
        assert '<html lang="fr">' in client.get("/?lang=fr").text
        assert '<html lang="fr">' in client.get("/?lang=xx").text


def test_errors_say_what_to_do(client: TestClient) -> None:
    for path in ("/nowhere", "/d/<script>alert(1)</script>", "/d/aucun"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<h1>" in answer.text
        assert "<script>alert" not in answer.text
        assert 'href="/"' in answer.text
    assert client.post("/").status_code == 405


def test_without_a_dossier_the_page_says_how_to_begin(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(store=str(tmp_path / "p.db"))), base_url=BASE) as client:
        assert "palabre init" in client.get("/").text


def test_a_fault_of_ours_is_said_without_its_details(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Store) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Store, "dossiers", broken)
    with TestClient(create_app(Settings(store=str(filled))), base_url=BASE, raise_server_exceptions=False) as client:
        answer = client.get("/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_both_languages_have_the_same_words() -> None:
    for name in TABLES:
        french, english = (table(lang, name) for lang in INTERFACES)
        assert {(s, k) for s, words in french.items() for k in words} == {
            (s, k) for s, words in english.items() for k in words
        }
    sections = [section for name in TABLES for section in table("fr", name)]
    assert len(sections) == len(set(sections))
