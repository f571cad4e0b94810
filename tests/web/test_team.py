"""People and their rights kept from the page: who may, links that serve once, the last editor, the trail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from palabre.app.dossiers import new_dossier
from palabre.app.people import Role, add_person, behind_link, new_link, new_token, set_admin, sign_in, suspend
from palabre.errors import Forbidden
from palabre.store import people, rights
from palabre.store.rights import Seen
from palabre.store.store import Store
from tests.web.desk_forms import copy_of, hidden, post, served

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient
    from httpx import Response

SECRET = "un mot de passe assez long"
OTHER = "encore un autre mot de passe"


@pytest.fixture
def team(filled: Path, tmp_path: Path) -> Path:
    """Return a database of two dossiers: eda edits the first, zoe the second, ana reads both, rex administers."""
    path = copy_of(filled, tmp_path)
    with Store.open(path) as store:
        store.create_dossier(new_dossier("autre", "Un autre dossier", "FRA", None, None))
        aes, autre = store.dossier("aes"), store.dossier("autre")
        for name, role, dossier in (
            ("eda", Role.EDITOR, aes), ("lea", Role.READER, aes), ("zoe", Role.EDITOR, autre),
            ("ana", Role.READER, aes), ("rex", None, None),
        ):  # fmt: skip
            add_person(store, name, SECRET, role, dossier)
        store.tell(people.give_role, "ana", autre.id, "reader")
        set_admin(store, "rex", True)
    return path


def enter(client: TestClient, name: str, password: str = SECRET) -> int:
    form = hidden(client.get("/login").text, 'name="password"')
    return post(client, "/login", {**form, "name": name, "password": password}).status_code


def of(path: Path, name: str) -> str:
    with Store.open(path) as store:
        known = store.ask(people.account_named, name)
    assert known is not None
    return known.id


def do(client: TestClient, path: Path, name: str, what: str, **fields: str) -> Response:
    """Do something to an account as its page does."""
    token = hidden(client.get("/account").text, 'value="password"')["token"]
    return post(client, f"/people/{of(path, name)}", {"token": token, "what": what, **fields})


def asked_in(client: TestClient, path: Path, name: str, dossier: str, role: str) -> Response:
    token = hidden(client.get("/account").text, 'value="password"')["token"]
    with Store.open(path) as store:
        its = store.dossier(dossier).id
    return post(client, "/people", {"token": token, "what": "invite", "name": name, "dossier": its, "role": role})


def link_in(page: str) -> str:
    found = re.search(r'value="https?://[^/"]+(/welcome/[^"]+)"', page)
    assert found is not None
    return found.group(1)


def chosen(client: TestClient, link: str, password: str) -> Response:
    form = hidden(client.get(link).text, 'name="fresh"')
    return post(client, link, {**form, "fresh": password, "again": password})


def roles(path: Path, name: str) -> dict[str, str]:
    with Store.open(path) as store:
        known = store.ask(people.account_named, name)
        names = store.ask(people.dossier_names)
    return {names[d]: r for d, r in known.roles.items()} if known else {}


def test_somebody_is_invited_and_comes_in(team: Path) -> None:
    with served(team) as eda, served(team) as bob:
        enter(eda, "eda")
        answer = asked_in(eda, team, "Bob", "aes", "analyst")
        assert answer.status_code == 200
        link = link_in(answer.text)
        assert link not in eda.get(f"/people/{of(team, 'bob')}").text
        assert enter(bob, "bob", "") == 403
        # Looking does not use the link up; a password that will not do does not either.
        assert chosen(bob, link, "court").status_code == 400
        assert chosen(bob, link, OTHER).headers["location"] == "/"
        assert bob.get("/d/aes").status_code == 200
        assert bob.get("/d/autre").status_code == 404
        assert bob.get(link).status_code == 404
        assert enter(bob, "bob", OTHER) == 303
        # Somebody who has a password needs no link.
        again = asked_in(eda, team, "bob", "aes", "reader")
        assert again.status_code == 303
    assert roles(team, "bob") == {"aes": "reader"}


def test_what_one_sees_is_what_one_keeps(team: Path) -> None:
    with served(team) as lea, served(team) as eda, served(team) as rex:
        for client, name in ((lea, "lea"), (eda, "eda"), (rex, "rex")):
            enter(client, name)
        assert lea.get("/people").status_code == 403
        assert 'href="/people"' not in lea.get("/d/aes").text
        assert 'href="/people"' in eda.get("/d/aes").text
        page = eda.get("/people").text
        assert "ana" in page
        assert "zoe" not in page
        assert "Un autre dossier" not in page
        assert eda.get(f"/people/{of(team, 'zoe')}").status_code == 404
        assert "Un autre dossier" not in eda.get(f"/people/{of(team, 'ana')}").text
        assert asked_in(eda, team, "lea", "autre", "reader").status_code == 404
        everybody = rex.get("/people").text
        assert "zoe" in everybody
        assert "Un autre dossier" in everybody
        # To administer is not to read.
        assert rex.get("/d/aes").status_code == 404


def test_an_editor_keeps_whole_accounts_only_where_all_is_theirs(team: Path) -> None:
    with served(team) as eda, served(team) as rex:
        enter(eda, "eda")
        enter(rex, "rex")
        for what in ("link", "sign_out", "suspend", "close", "admin"):
            assert do(eda, team, "ana", what).status_code == 403, what
        assert do(eda, team, "lea", "admin").status_code == 403
        with Store.open(team) as store:
            aes = store.dossier("aes").id
            set_admin(store, "lea", True)
        assert do(eda, team, "lea", "link").status_code == 403
        assert do(rex, team, "ana", "link").status_code == 200
        assert do(eda, team, "ana", "role", dossier=aes, role="analyst").status_code == 303
        assert do(eda, team, "ana", "role", dossier=aes, role="chief").status_code == 400
        assert do(eda, team, "ana", "nonsense").status_code == 400
    assert roles(team, "ana") == {"aes": "analyst", "autre": "reader"}


def test_a_link_of_somebody_who_lost_the_right_opens_nothing(team: Path) -> None:
    with Store.open(team) as store:
        lea, eda = store.ask(people.account_id, "lea"), "eda"
        key = new_link(store, eda, lea)
        assert behind_link(store, key) is not None
        # What is given since by another is not given to who made the link.
        store.tell(people.give_role, "lea", store.dossier("autre").id, "reader")
        assert behind_link(store, key) is None
        with pytest.raises(Forbidden):
            new_link(store, eda, lea)
        store.tell(people.give_role, "lea", store.dossier("autre").id, None)
        newer = new_link(store, eda, lea)
        assert behind_link(store, key) is None
        suspend(store, "eda", True)
        assert behind_link(store, newer) is None
        assert behind_link(store, "x" * 500) is None


def test_an_invitation_not_yet_taken_gets_nothing_elsewhere(team: Path) -> None:
    with served(team) as eda, served(team) as zoe:
        enter(eda, "eda")
        enter(zoe, "zoe")
        asked_in(eda, team, "bob", "aes", "reader")
        assert asked_in(zoe, team, "bob", "autre", "editor").status_code == 403
    assert roles(team, "bob") == {"aes": "reader"}


def test_the_last_editor_stays(team: Path) -> None:
    with Store.open(team) as store:
        aes = store.dossier("aes").id
    with served(team) as eda, served(team) as rex:
        enter(eda, "eda")
        enter(rex, "rex")
        assert do(eda, team, "eda", "role", dossier=aes, role="reader").status_code == 403
        assert do(eda, team, "eda", "role", dossier=aes, role="none").status_code == 403
        assert do(eda, team, "eda", "suspend").status_code == 403
        for what in ("suspend", "close"):
            refused = do(rex, team, "eda", what)
            assert refused.status_code == 403
            assert "last editor of aes" in refused.text
        assert do(rex, team, "rex", "no_admin").status_code == 403
        # An editor who has not come yet, or is suspended, is not one to count on.
        asked_in(eda, team, "bob", "aes", "editor")
        assert do(eda, team, "eda", "role", dossier=aes, role="reader").status_code == 403
        assert do(eda, team, "lea", "role", dossier=aes, role="editor").status_code == 303
        assert do(rex, team, "lea", "suspend").status_code == 303
        assert do(eda, team, "eda", "role", dossier=aes, role="reader").status_code == 403
        assert do(rex, team, "lea", "resume").status_code == 303
        assert do(eda, team, "eda", "role", dossier=aes, role="reader").status_code == 303
        assert eda.get("/people").status_code == 403
    assert roles(team, "eda") == {"aes": "reader"}


def test_a_suspended_account_opens_nothing_and_keeps_its_roles(team: Path) -> None:
    with Store.open(team) as store:
        token = new_token(store, "lea")
    bearer = {"Authorization": f"Bearer {token}"}
    with served(team) as eda, served(team) as lea, served(team) as program:
        enter(eda, "eda")
        enter(lea, "lea")
        assert program.get("/api/v1/dossiers", headers=bearer).status_code == 200
        assert do(eda, team, "lea", "suspend").status_code == 303
        assert lea.get("/d/aes").status_code == 303
        assert program.get("/api/v1/dossiers", headers=bearer).status_code == 401
        assert enter(lea, "lea") == 403
        assert do(eda, team, "lea", "link").status_code == 403
        assert do(eda, team, "lea", "resume").status_code == 303
        assert enter(lea, "lea") == 303
        assert lea.get("/d/aes").status_code == 200
        # Keys that were taken away do not come back.
        assert program.get("/api/v1/dossiers", headers=bearer).status_code == 401
        assert do(eda, team, "lea", "sign_out").status_code == 303
        assert lea.get("/d/aes").status_code == 303
        assert do(eda, team, "lea", "close").status_code == 303
        assert enter(lea, "lea") == 403
    assert roles(team, "lea") == {}


def test_a_password_changed_by_a_link_ends_what_was_open(team: Path) -> None:
    with served(team) as eda, served(team) as lea, served(team) as elsewhere:
        enter(eda, "eda")
        enter(elsewhere, "lea")
        link = link_in(do(eda, team, "lea", "link").text)
        assert elsewhere.get("/d/aes").status_code == 200
        assert chosen(lea, link, OTHER).status_code == 303
        assert elsewhere.get("/d/aes").status_code == 303
        assert enter(elsewhere, "lea") == 403


def test_links_are_not_guessed(team: Path) -> None:
    with served(team) as client:
        seen = [client.get(f"/welcome/{n}").status_code for n in range(8)]
        assert seen[0] == 404
        assert seen[-1] == 429


def test_forms_of_other_pages_change_nothing(team: Path) -> None:
    with served(team) as eda:
        enter(eda, "eda")
        its = of(team, "lea")
        assert post(eda, f"/people/{its}", {"what": "suspend"}).status_code == 403
        foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        token = hidden(eda.get("/account").text, 'value="password"')["token"]
        sent = {"token": token, "what": "suspend"}
        assert post(eda, f"/people/{its}", sent, headers=foreign).status_code == 403
        assert (
            post(eda, "/people", {"what": "found", "name": "x", "password": SECRET, "again": SECRET}).status_code == 403
        )
        assert post(eda, "/people", {"token": token, "what": "found", "name": "x", "password": SECRET,
                                     "again": SECRET}).status_code == 400  # fmt: skip
    with Store.open(team) as store:
        assert store.ask(people.account_named, "x") is None


def test_everything_done_to_rights_is_in_the_trail(team: Path) -> None:
    with served(team) as eda:
        enter(eda, "eda")
        asked_in(eda, team, "bob", "aes", "reader")
        do(eda, team, "lea", "sign_out")
        page = eda.get("/people").text
        assert "bob: invited" in page
        assert "lea: sessions ended" in page
        assert "in the terminal" in page
        assert "Un autre dossier" not in page
    with Store.open(team) as store:
        latest = store.ask(rights.trail, Seen(), limit=3)
        assert [(e.author, e.what, e.whom, e.role) for e in latest] == [
            ("eda", "signed_out", "lea", None), ("eda", "role", "bob", "reader"), ("eda", "invited", "bob", "reader"),
        ]  # fmt: skip
        assert store.ask(rights.count, Seen(("bob",))) == 2


def test_one_person_changes_so_many_accounts_in_an_hour(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "MOST_IN_AN_HOUR", 3)
    with served(team) as eda:
        enter(eda, "eda")
        answers = [do(eda, team, "lea", "link").status_code for _ in range(4)]
        assert answers == [200, 200, 200, 403]


def test_alone_one_founds_a_team(filled: Path, tmp_path: Path) -> None:
    path = copy_of(filled, tmp_path)
    with served(path) as client, served(path) as other:
        form = hidden(client.get("/people").text, 'value="found"')
        bad = {**form, "name": "awa", "password": SECRET, "again": "autre chose encore"}
        assert post(client, "/people", bad).status_code == 400
        assert post(client, "/people", {**form, "name": "a b", "password": SECRET, "again": SECRET}).status_code == 400
        assert other.get("/d/aes").status_code == 200
        good = {**form, "name": "awa", "password": SECRET, "again": SECRET}
        assert post(client, "/people", good).headers["location"] == "/people"
        assert "administrator" in client.get("/people").text
        assert client.get("/d/aes/add").status_code == 200
        assert other.get("/d/aes").status_code == 303
        with Store.open(path) as store, pytest.raises(Forbidden):
            store.tell(rights.found, "second", "x", "editor")


def test_a_person_ends_their_other_sessions(team: Path) -> None:
    with served(team) as here, served(team) as there:
        enter(here, "lea")
        enter(there, "lea")
        form = hidden(here.get("/account").text, 'value="no_sessions"')
        assert post(here, "/account", form).status_code == 303
        assert here.get("/d/aes").status_code == 200
        assert there.get("/d/aes").status_code == 303
        with Store.open(team) as store:
            assert sign_in(store, "lea", SECRET) is not None
