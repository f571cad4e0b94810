"""Dossiers made and changed from their pages: by whom, with what, told in words when it will not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.app.people import Role, add_person
from palabre.store.store import Store
from tests.web.desk_forms import hidden, post, served

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

SECRET = "un mot de passe assez long"


def made(client: TestClient, **fields: str) -> tuple[int, str]:
    form = hidden(client.get("/dossiers/new").text, 'name="parties"')
    answer = post(client, "/dossiers/new", {**form, **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_dossier_is_made_from_a_title(own: Path) -> None:
    with served(own) as client:
        status, place = made(
            client, title="Dialogue Ghana – Togo", parties="Ghana, TGO", cadence="P6M", hosts="Togo, Ghana"
        )
        assert (status, place) == (303, "/d/dialogue-ghana-togo/add")
        assert client.get("/d/dialogue-ghana-togo").status_code == 200
        assert "Dialogue Ghana – Togo" in client.get("/").text
        assert made(client, title="Dialogue Ghana – Togo")[0] == 400
        assert made(client, title="  ")[0] == 400
        status, page = made(client, title="Autre", parties="Ghana, Nulle-Part")
        assert status == 400
        assert "Nulle-Part" in page
        assert 'value="Autre"' in page
        assert made(client, title="Autre", name="a/b")[0] == 400
        assert made(client, title="Autre", cadence="souvent")[0] == 400
    with Store.open(own) as store:
        found = store.dossier("dialogue-ghana-togo")
    assert (found.parties, found.hosts) == (("GHA", "TGO"), ("TGO", "GHA"))
    assert found.cadence is not None
    assert found.cadence.value == "P6M"


def test_what_a_dossier_follows_is_changed(own: Path) -> None:
    with served(own) as client:
        page = client.get("/d/aes/settings").text
        assert 'value="Russia, AES"' in page
        form = hidden(page, 'name="parties"')
        changed = {"title": "Sahel – Russie", "parties": "Russia, AES", "cadence": "P2Y", "hosts": ""}
        assert post(client, "/d/aes/settings", {**form, **changed}).headers["location"] == "/d/aes"
        assert post(client, "/d/aes/settings", {**form, **changed, "parties": "Personne"}).status_code == 400
        assert "Sahel – Russie" in client.get("/d/aes").text
        assert "every 2 years" in client.get("/d/aes").text
    with Store.open(own) as store:
        found = store.dossier("aes")
    assert (found.title, found.parties, found.hosts) == ("Sahel – Russie", ("RUS", "AES"), ())


def test_in_a_team_editors_make_and_change_dossiers(own: Path) -> None:
    with Store.open(own) as store:
        for name, role in (("eda", Role.EDITOR), ("ana", Role.ANALYST)):
            add_person(store, name, SECRET, role, store.dossier("aes"))
    with served(own) as eda, served(own) as ana:
        for client, name in ((eda, "eda"), (ana, "ana")):
            form = hidden(client.get("/login").text, 'name="password"')
            post(client, "/login", {**form, "name": name, "password": SECRET})
        assert made(eda, title="Un autre")[0] == 303
        assert eda.get("/d/un-autre/add").status_code == 200
        assert ana.get("/d/un-autre").status_code == 404
        assert "/dossiers/new" not in ana.get("/").text
        assert ana.get("/dossiers/new").status_code == 403
        token = hidden(ana.get("/").text, 'action="/logout"')["token"]
        assert post(ana, "/dossiers/new", {"token": token, "title": "Le mien"}).status_code == 403
        assert ana.get("/d/aes/settings").status_code == 403
        assert post(ana, "/d/aes/settings", {"token": token, "title": "x"}).status_code == 403
    with Store.open(own) as store:
        assert {d.title for d in store.dossiers()} == {"Dialogue AES – Russie", "Un autre"}
