"""Views of the register under a name: each has its address, belongs to a person, is shared when its owner says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.desk_forms import hidden, post, served
from tests.web.test_people import enter, team

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

__all__ = ["team"]
QUERY = "sector=energy&status=overdue&sort=due"


def keep(desk: TestClient, name: str, query: str = QUERY, **more: str) -> str:
    form = hidden(desk.get(f"/d/aes/register?{query}").text, 'name="name"')
    answer = post(desk, "/d/aes/views", {**form, "name": name, **more})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_view_has_its_own_address(own: Path) -> None:
    with served(own) as desk:
        address = keep(desk, "Énergie <b>en retard</b>", QUERY + "&page=3&lang=fr&view=x&nonsense=1")
        assert address.startswith("/d/aes/views/v-")
        there = desk.get(address).headers["location"]
        assert there == f"/d/aes/register?{QUERY}&view={address.rpartition('/')[2]}"
        page = desk.get(there).text
        assert "<h1>Énergie &lt;b&gt;en retard&lt;/b&gt;</h1>" in page
        # Kept in the database: another browser of the same laptop has it too.
    with served(own) as other:
        assert address in other.get("/d/aes/register").text
        # The same name holds another view once it is kept again; the address stays.
        assert keep(other, "Énergie <b>en retard</b>", "sector=energy") == address
        assert "status" not in other.get(address).headers["location"]


def test_a_view_goes(own: Path) -> None:
    with served(own) as desk:
        address = keep(desk, "À ôter")
        form = {**hidden(desk.get("/d/aes/register").text, "/views/drop"), "id": address.rpartition("/")[2]}
        assert post(desk, "/d/aes/views/drop", form).status_code == 303
        assert desk.get(address).status_code == 404
        assert address not in desk.get("/d/aes/register").text
        form = hidden(desk.get(f"/d/aes/register?{QUERY}").text, 'name="name"')
        assert post(desk, "/d/aes/views", {**form, "name": " \n "}).status_code == 400


def test_views_of_a_team(team: Path) -> None:
    with served(team) as ana, served(team) as lea, served(team) as eda:
        for desk, name in ((ana, "ana"), (lea, "lea"), (eda, "eda")):
            assert enter(desk, name) == 303
        mine, ours = keep(ana, "La mienne"), keep(ana, "La nôtre", "sector=energy", shared="1")
        listed = lea.get("/d/aes/register").text
        assert ours in listed
        assert mine not in listed
        assert lea.get(mine).status_code == 404
        assert lea.get(ours).status_code == 303
        # A reader keeps views too, but for herself; two people may use one name.
        hers = keep(lea, "La nôtre", shared="1")
        assert hers != ours
        assert ana.get(hers).status_code == 404
        # Only its owner or an editor makes a shared view go.
        drop = {**hidden(lea.get("/d/aes/register").text, "/views/drop"), "id": ours.rpartition("/")[2]}
        assert post(lea, "/d/aes/views/drop", drop).status_code == 403
        drop = {**hidden(eda.get("/d/aes/register").text, "/views/drop"), "id": ours.rpartition("/")[2]}
        assert post(eda, "/d/aes/views/drop", drop).status_code == 303
        assert ana.get(ours).status_code == 404
        assert ana.get(mine).status_code == 303
