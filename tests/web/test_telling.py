"""What people know of a text that is there: its day, its title. Relative dates in it are read again from that day."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from palabre.app.people import Role, add_person
from palabre.store.store import Store
from tests.web.desk_forms import hidden, post, served
from tests.web.test_adding_exporting import add, result

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

TEXT = "Le Mali s'est engagé jeudi dernier à livrer dix camions à la Russie en juin prochain."


def test_a_text_without_a_day_is_given_one_and_read_again(desk: TestClient, own: Path) -> None:
    page = result(desk, add(desk, {"text": TEXT}, []))
    found = re.search(r'href="(/d/aes/t/d-\w+)"', page)
    assert found
    place = found[1]
    page = desk.get(place).text
    assert "Nobody says when this text was published" in page
    assert "June 2025" not in page
    form = hidden(page, 'name="published"')
    answer = post(desk, f"{place}/about", form | {"published": "2025-04-05", "title": "Des camions <b>"})
    assert answer.status_code == 303
    page = desk.get(place).text
    assert "Nobody says when" not in page
    assert "June 2025" in page
    assert "Des camions &lt;b&gt;" in page
    with Store.open(own) as store:
        (doc,) = (d for d in store.documents(store.dossier("aes")) if d.text.strip() == TEXT)
    assert f"/d/aes/t/{doc.id}" == place
    assert (doc.meta.published, doc.meta.title) == (dt.date(2025, 4, 5), "Des camions <b>")


@pytest.mark.parametrize("day", ["", "demain", "2999-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused(desk: TestClient, own: Path, day: str) -> None:
    with Store.open(own) as store:
        doc = store.documents(store.dossier("aes"))[0]
    form = hidden(desk.get(f"/d/aes/t/{doc.id}").text, 'name="published"')
    assert post(desk, f"/d/aes/t/{doc.id}/about", form | {"published": day}).status_code == 400
    with Store.open(own) as store:
        assert store.document(doc.id).meta == doc.meta


def test_what_markup_and_manifest_said_stays(desk: TestClient, own: Path) -> None:
    with Store.open(own) as store:
        before = {d.id: d.meta for d in store.documents(store.dossier("aes")) if d.meta.published}
    for its in list(before)[:3]:
        form = hidden(desk.get(f"/d/aes/t/{its}").text, 'name="published"')
        sent = form | {"published": "2025-05-01", "title": before[its].title or ""}
        assert post(desk, f"/d/aes/t/{its}/about", sent).status_code == 303
        with Store.open(own) as store:
            now = store.document(its).meta
        assert (now.outlet, now.author, now.url, now.title) == (
            before[its].outlet, before[its].author, before[its].url, before[its].title,
        )  # fmt: skip
        assert now.published == dt.date(2025, 5, 1)


def test_a_reader_does_not_say_when_a_text_was_published(own: Path) -> None:
    with Store.open(own) as store:
        add_person(store, "lea", "un mot de passe assez long", Role.ANALYST, store.dossier("aes"))
        doc = store.documents(store.dossier("aes"))[0]
    with served(own) as desk:
        form = hidden(desk.get("/login").text)
        post(desk, "/login", form | {"name": "lea", "password": "un mot de passe assez long"})
        page = desk.get(f"/d/aes/t/{doc.id}").text
        assert 'name="published"' not in page
        form = hidden(page)
        assert post(desk, f"/d/aes/t/{doc.id}/about", form | {"published": "2025-05-01"}).status_code == 403
