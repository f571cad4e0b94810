"""Where a team shares the workbench: who gets in, what each may do, how often one may try."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from palabre.app.dossiers import new_dossier
from palabre.app.people import Doorkeeper, Role, add_person, new_token, set_password, sign_in
from palabre.app.settings import Settings
from palabre.errors import BadValue, NotFound
from palabre.store import people
from palabre.store.passing import Passing
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.web.desk_forms import copy_of, first_commitment, hidden, post, served, standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi.testclient import TestClient

    from tests.conftest import Ran

SECRET = "un mot de passe assez long"


@pytest.fixture
def team(filled: Path, tmp_path: Path) -> Path:
    path = copy_of(filled, tmp_path)
    with Store.open(path) as store:
        store.create_dossier(new_dossier("autre", "Un autre dossier", "FRA", None, None))
        aes = store.dossier("aes")
        for name, role in (("lea", Role.READER), ("ana", Role.ANALYST), ("eda", Role.EDITOR)):
            add_person(store, name, SECRET, role, aes)
        add_person(store, "nul", SECRET, None, None)
    return path


def enter(client: TestClient, name: str, password: str = SECRET, after: str = "/") -> int:
    form = hidden(client.get("/login", params={"next": after}).text, 'name="password"')
    return post(client, "/login", {**form, "name": name, "password": password}).status_code


def test_nobody_reads_anything_without_signing_in(team: Path) -> None:
    with served(team) as client:
        for path in ("/", "/d/aes", "/d/aes/register", "/d/aes/decisions", "/d/aes/export?format=csv", "/d/nowhere"):
            answer = client.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login")
        assert client.get("/d/aes/c/x").headers["location"] == "/login?next=%2Fd%2Faes%2Fc%2Fx"
        assert post(client, "/d/aes/decide", {"verdict": "confirm"}).headers["location"] == "/login"
        assert client.get("/api/v1/dossiers").status_code == 401
        assert client.get("/static/desk.css").status_code == 200
        assert "default-src 'none'" in client.get("/login").headers["content-security-policy"]


def test_the_door_opens_to_a_password_and_leads_back(team: Path) -> None:
    with served(team) as client:
        form = hidden(client.get("/login?next=/d/aes/register").text, 'name="password"')
        answer = post(client, "/login", {**form, "name": " Ana ", "password": SECRET})
        assert answer.headers["location"] == "/d/aes/register"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        page = client.get("/d/aes/register").text
        assert "ana" in page
        leaving = hidden(page, 'action="/logout"')
        kept = client.cookies["palabre-session"]
        assert post(client, "/logout", {"token": "wrong"}).status_code == 403
        assert client.get("/d/aes").status_code == 200
        assert post(client, "/logout", leaving).status_code == 303
        client.cookies.set("palabre-session", kept)
        assert client.get("/d/aes").status_code == 303
        for foreign in ("https://evil.example", "//evil.example/x"):
            form = hidden(client.get("/login", params={"next": foreign}).text, 'name="password"')
            assert form["next"] == "/"


def test_wrong_passwords_are_told_alike_and_slowed_down(team: Path) -> None:
    with served(team) as client:
        said = []
        for name in ("ana", "nobody", "nul\x00", ""):
            form = hidden(client.get("/login").text, 'name="password"')
            answer = post(client, "/login", {**form, "name": name, "password": "faux" * 4})
            assert answer.status_code == 403
            said.append(answer.text.split('role="alert">')[1].split("<")[0])
        assert len(set(said)) == 1
        assert [enter(client, "ana", "faux") for _ in range(2)] == [403, 429]
        assert enter(client, "ana") == 429


def test_a_doorkeeper_counts_and_forgets() -> None:
    now = [0.0]
    keeper = Doorkeeper(Passing(), lambda: now[0])
    for _ in range(keeper.FREE):
        assert keeper.wait("a") == 0
        keeper.failed("a")
    assert keeper.wait("a", "b") == 2
    assert keeper.wait("b") == 0
    now[0] = 2.5
    assert keeper.wait("a") == 0
    for _ in range(40):
        keeper.failed("a")
    assert keeper.wait("a") == keeper.LONGEST_WAIT
    keeper.passed("a")
    assert keeper.wait("a") == 0


@pytest.mark.parametrize(
    ("name", "decides", "adds", "reads"),
    [("lea", 403, 403, 200), ("ana", 303, 403, 200), ("eda", 303, 303, 200), ("nul", 404, 404, 404)],
)
def test_roles(team: Path, name: str, decides: int, adds: int, reads: int) -> None:
    its = first_commitment(team)
    with served(team) as client:
        assert enter(client, name) == 303
        home = client.get("/").text
        assert ("/d/aes" in home) is (reads == 200)
        assert "autre" not in home
        page = client.get(f"/d/aes/c/{its}")
        assert page.status_code == reads
        assert ('value="confirm"' in page.text) is (decides == 303)
        its_token = hidden(home, 'action="/logout"')["token"]
        seen = hidden(page.text, 'value="confirm"')["seen"] if decides == 303 else ""
        form = {"token": its_token, "verdict": "confirm", "id": its, "seen": seen}
        assert post(client, "/d/aes/decide", form).status_code == decides
        assert len(standing(team)) == (decides == 303)
        text = {"token": its_token, "text": "Un ministre invente une promesse de pont."}
        assert post(client, "/d/aes/add", text).status_code == adds
        assert client.get("/d/aes/review").status_code == reads
        assert client.get("/d/aes/export?format=json").status_code == reads
        # A dossier one has no role in is like one that is not there, its name included.
        hidden_one, missing = client.get("/d/autre"), client.get("/d/rien")
        assert (hidden_one.status_code, missing.status_code) == (404, 404)
        assert "Un autre dossier" not in hidden_one.text
        assert "autre" not in missing.text
        assert client.get("/api/v1/dossiers/autre").status_code == 404


def test_readers_are_not_shown_the_page_that_adds_texts(team: Path) -> None:
    with served(team) as client:
        for name, shown in (("lea", False), ("eda", True), ("lea", False)):
            assert enter(client, name) == 303
            assert ('href="/d/aes/add"' in client.get("/d/aes/register").text) is shown


def test_ones_own_decisions_are_ones_own(team: Path) -> None:
    its = first_commitment(team)
    with served(team) as eda, served(team) as ana:
        enter(eda, "eda")
        enter(ana, "ana")
        assert post(eda, "/d/aes/decide", hidden(eda.get(f"/d/aes/c/{its}").text, 'value="confirm"')).status_code == 303
        with Store.open(team) as store:
            made = store.judgements(store.dossier("aes"))[0]
        assert made.author == "eda"
        own = {"id": made.id, "token": hidden(ana.get("/").text, "/logout")["token"]}
        assert post(ana, "/d/aes/withdraw", own).status_code == 403
        # The token of one browser opens nothing in another.
        own["token"] = hidden(eda.get("/").text, "/logout")["token"]
        assert post(ana, "/d/aes/withdraw", own).status_code == 403
        assert post(eda, "/d/aes/withdraw", own).status_code == 303


def test_accounts_are_closed_and_passwords_changed_with_their_sessions(team: Path) -> None:
    with Store.open(team) as store:
        key = sign_in(store, "ana", SECRET)
        assert key is not None
        set_password(store, "ana", "un tout autre mot de passe")
        assert sign_in(store, "ana", SECRET) is None
        with served(team) as client:
            client.cookies.set("palabre-session", key)
            assert client.get("/d/aes").status_code == 303
            assert enter(client, "ana", "un tout autre mot de passe") == 303
            store.tell(people.close_account, "ana")
            assert client.get("/d/aes").status_code == 303
        with pytest.raises(NotFound):
            set_password(store, "ana", SECRET)
        kept = store.ask(people.accounts)
        assert "ana" not in [a.name for a in kept]
        assert all(a.password is not None and a.password.startswith("$argon2id$") for a in kept)
        add_person(store, "ana", SECRET, Role.READER, store.dossier("aes"))
        with pytest.raises(BadValue):
            add_person(store, "ANA", SECRET, None, None)
        for bad in ("", "a b", "x" * 81, "a\x00"):
            with pytest.raises(BadValue):
                add_person(store, bad, SECRET, None, None)
        with pytest.raises(BadValue):
            add_person(store, "court", "court", None, None)


def test_tokens_open_the_programs_interface_alone(team: Path) -> None:
    with Store.open(team) as store:
        former, token = new_token(store, "lea"), new_token(store, "lea")
    with served(team) as client:
        bearer = {"Authorization": f"Bearer {token}"}
        assert [d["name"] for d in client.get("/api/v1/dossiers", headers=bearer).json()] == ["aes"]
        assert client.get("/api/v1/dossiers/aes/commitments", headers=bearer).status_code == 200
        assert client.get("/api/v1/dossiers/autre", headers=bearer).status_code == 404
        assert client.get("/d/aes", headers=bearer).status_code == 303
        for wrong in (f"Bearer {former}", "Bearer ", "Bearer x", f"Basic {token}", "Bearer " + "é" * 10):
            answer = client.get("/api/v1/dossiers", headers={"Authorization": wrong.encode()})
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_others_reach_needs_accounts(filled: Path, team: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example"):
        with pytest.raises(BadValue, match="palabre user add"):
            create_app(Settings(store=str(filled)), host=host)
    create_app(Settings(store=str(team)), host="0.0.0.0").state.desk.close()


def test_accounts_from_the_terminal(palabre: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    palabre("init", "aes", "--parties", "RUS,AES")
    assert "Personne n’a de compte" in palabre("user", "list").out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
    assert palabre("user", "add", "Ana", "--role", "analyst", "--dossier", "aes").status == 0
    assert "aes (analyste)" in palabre("user", "list").out
    monkeypatch.setattr("sys.stdin", io.StringIO("court\n"))
    short = palabre("user", "add", "bea", "--dossier", "aes")
    assert (short.status, "caractères" in short.err) == (1, True)
    assert palabre("user", "role", "ana", "--role", "chef").status == 1
    assert palabre("user", "role", "ana", "--role", "editor").status == 0
    assert palabre("user", "token", "ana").out.startswith("palabre_")
    assert palabre("user", "token", "bea").status == 1
    assert palabre("user", "password").status == 1
    assert palabre("user", "admin", "ana").status == 0
    assert palabre("user", "suspend", "ana").status == 0
    assert "aes (éditeur), administre, suspendu" in " ".join(palabre("user", "list").out.split())
    assert palabre("user", "resume", "ana").status == 0
    assert palabre("user", "admin", "ana", "--role", "none").status == 0
    (kept,) = json.loads(palabre("user", "list", "--json").out)
    assert (kept["admin"], kept["suspended_at"]) == (False, None)
    assert palabre("user", "suspend", "bea").status == 1
    assert palabre("user", "remove", "ana").status == 0
    assert "Personne n’a de compte" in palabre("user", "list").out
    refused = palabre("serve", "--host", "0.0.0.0", "--port", "0")
    assert (refused.status, "créez d’abord des comptes" in refused.err.replace("'", "’")) == (1, True)


def test_a_person_keeps_their_own_account(team: Path) -> None:
    with served(team) as ana, served(team) as elsewhere:
        assert enter(ana, "ana") == 303
        assert enter(elsewhere, "ana") == 303
        page = ana.get("/account").text
        assert "analyst" in page
        form = hidden(page, 'name="fresh"')
        wrong = {**form, "password": "pas celui-là", "fresh": "un autre secret", "again": "un autre secret"}
        assert post(ana, "/account", wrong).status_code == 403
        right = {**form, "password": SECRET, "fresh": "un autre secret", "again": "un autre secret"}
        assert post(ana, "/account", {**right, "again": "autre chose"}).status_code == 400
        assert post(ana, "/account", {**right, "fresh": "court", "again": "court"}).status_code == 400
        done = post(ana, "/account", right)
        assert done.status_code == 200
        # This browser stays in with a session of its own; the others are out.
        assert ana.get("/d/aes").status_code == 200
        assert elsewhere.get("/d/aes").status_code == 303
        assert enter(elsewhere, "ana") == 403
        assert enter(elsewhere, "ana", "un autre secret") == 303
        token_form = hidden(done.text, 'value="token"')
        shown = re.findall(r'value="(palabre_[^"]+)"', post(ana, "/account", token_form).text)[0]
        asked = {"Authorization": f"Bearer {shown}"}
        with served(team) as program:
            assert program.get("/api/v1/dossiers", headers=asked).status_code == 200
            assert shown not in ana.get("/account").text
            form = hidden(ana.get("/account").text, 'value="no_token"')
            assert post(ana, "/account", form).status_code == 303
            assert program.get("/api/v1/dossiers", headers=asked).status_code == 401


def test_alone_there_is_no_account(filled: Path, tmp_path: Path) -> None:
    with served(copy_of(filled, tmp_path)) as desk:
        assert desk.get("/account").status_code == 404
