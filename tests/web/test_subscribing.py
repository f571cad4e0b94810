"""The calendar followed from another program: a personal secret address, for one dossier, that can be revoked."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from palabre.store import people
from palabre.store.store import Store
from tests.web.desk_forms import copy_of, hidden, post, served
from tests.web.test_people import enter, team

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

__all__ = ["team"]
ADDRESS = re.compile(r'value="(http://[^"]*/calendar/[^"]+)"')


def made(desk: TestClient) -> str:
    form = hidden(desk.get("/d/aes/subscribe").text, 'value="make"')
    found = ADDRESS.search(post(desk, "/d/aes/subscribe", form).text)
    assert found is not None
    return found[1].partition("8000")[2]


def test_alone_the_calendar_has_a_plain_address(filled: Path, tmp_path: Path) -> None:
    with served(copy_of(filled, tmp_path)) as desk:
        page = desk.get("/d/aes/subscribe").text
        assert "http://127.0.0.1:8000/d/aes/calendar.ics?lang=en" in page
        assert 'value="make"' not in page
        assert desk.get("/calendar/anything.ics").status_code == 404


def test_a_secret_address_opens_one_calendar_and_nothing_else(team: Path) -> None:
    with served(team) as ana, served(team) as stranger:
        assert enter(ana, "ana") == 303
        address = made(ana)
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/calendar")
        assert answer.text.startswith("BEGIN:VCALENDAR")
        assert "set-cookie" not in answer.headers
        assert stranger.get("/d/aes/calendar.ics").status_code == 303
        key = address.rpartition("/")[2].partition(".ics")[0]
        assert stranger.get("/api/v1/dossiers", headers={"Authorization": f"Bearer {key}"}).status_code == 401
        assert stranger.get("/", cookies={"palabre-session": key}).status_code == 303
        # Shown once; only its digest is kept.
        assert key not in ana.get("/d/aes/subscribe").text
    with sqlite3.connect(team) as connection:
        kept = [value for row in connection.execute("SELECT * FROM account_key") for value in row]
    assert key not in kept


def test_an_address_is_replaced_and_revoked(team: Path) -> None:
    with served(team) as ana, served(team) as stranger:
        assert enter(ana, "ana") == 303
        first, second = made(ana), made(ana)
        assert stranger.get(first).status_code == 404
        assert stranger.get(second).status_code == 200
        form = hidden(ana.get("/d/aes/subscribe").text, 'value="revoke"')
        assert "revoked" in post(ana, "/d/aes/subscribe", form).text
        assert stranger.get(second).status_code == 404


@pytest.mark.parametrize("closed", [True, False])
def test_an_address_ends_with_the_role(team: Path, closed: bool) -> None:
    with served(team) as lea, served(team) as stranger:
        assert enter(lea, "lea") == 303
        address = made(lea)
        assert stranger.get(address).status_code == 200
        with Store.open(team) as store:
            if closed:
                store.tell(people.close_account, "lea")
            else:
                store.tell(people.give_role, "lea", store.dossier("aes").id, None)
        assert stranger.get(address).status_code == 404
