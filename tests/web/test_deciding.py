"""Decisions made from pages: kept, seen, taken back; never lost when two people decide of one record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from palabre.app.judging import decide
from palabre.errors import Outdated
from palabre.model.judgements import Verdict
from palabre.store import listings
from palabre.store.listings import Picked
from palabre.store.store import Store
from tests.web.desk_forms import first_commitment, hidden, post, second_commitment, served, standing, token

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient


def test_a_commitment_is_confirmed_corrected_noted_and_all_taken_back(desk: TestClient, own: Path) -> None:
    its = first_commitment(own)
    page = desk.get(f"/d/aes/c/{its}").text
    answer = post(desk, "/d/aes/decide", hidden(page, 'value="confirm"'))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/d/aes/c/")
    page = desk.get(f"/d/aes/c/{its}").text
    fields = hidden(page, 'value="correct"')
    changed = {**fields, "to.deadline": "2026-03", "to.action": "construire « deux » ponts & un quai", "reason": "vu"}
    for name in ("sector", "firmness", "status", "promisor", "vague"):
        changed[f"to.{name}"] = fields[f"was.{name}"]
    assert post(desk, "/d/aes/decide", changed).status_code == 303
    shown = desk.get(f"/d/aes/c/{its}").text
    assert "construire « deux » ponts &amp; un quai" in shown
    assert "March 2026" in shown
    note = hidden(shown, 'value="note"') | {"reason": "<script>alert(1)</script> rappeler le ministère"}
    assert post(desk, "/d/aes/decide", note).status_code == 303
    assert ("confirm", "awa", None, None) in standing(own)
    assert ("correct", "awa", "deadline", "2026-03") in standing(own)
    trail = desk.get("/d/aes/decisions").text
    assert "<script>alert" not in trail
    assert "rappeler le ministère" in trail
    with Store.open(own) as store:
        ids = [j.id for j in store.judgements(store.dossier("aes"))]
    for one in ids:
        assert post(desk, "/d/aes/withdraw", {"token": token(desk), "id": one}).status_code == 303
    assert standing(own) == []
    assert "<h1>construire «\xa0deux\xa0» ponts" in shown
    assert "<h1>construire «\xa0deux\xa0» ponts" not in desk.get(f"/d/aes/c/{its}").text
    assert "withdrawn by awa" in desk.get("/d/aes/decisions").text


def test_parties_are_corrected_by_the_names_the_form_shows(desk: TestClient, own: Path) -> None:
    with Store.open(own) as store:
        found = store.ask(listings.records, store.dossier("aes").id, Picked("commitments"), limit=100)
        its = next(c.id for c in found if "NovaWind" in getattr(c, "promisor", ()))
    page = desk.get(f"/d/aes/c/{its}").text
    assert 'name="to.promisor" value="NovaWind, Rosatom"' in page
    fields = hidden(page, 'value="correct"')
    same = {k.replace("was.", "to."): v for k, v in fields.items() if k.startswith("was.")}
    changed = {**fields, **same, "to.promisor": "Rosatom, Russia, NovaWind"}
    assert post(desk, "/d/aes/decide", changed).status_code == 303
    assert [(j[0], j[2], j[3]) for j in standing(own)] == [("correct", "promisor", "Rosatom,RUS,NovaWind")]
    page = desk.get(f"/d/aes/c/{its}").text
    assert "Rosatom, Russia" in page
    wrong = {**hidden(page, 'value="correct"'), **same, "to.promisor": "Personne du tout"}
    answer = post(desk, "/d/aes/decide", wrong)
    assert answer.status_code == 400
    assert "Personne du tout" in answer.text


def test_who_comes_second_sees_what_the_first_decided(desk: TestClient, own: Path) -> None:
    its = first_commitment(own)
    page = desk.get(f"/d/aes/c/{its}").text
    fields = hidden(page, 'value="correct"')
    same = {f"to.{k.removeprefix('was.')}": v for k, v in fields.items() if k.startswith("was.")}
    with served(own, "binta") as other:
        theirs = other.get(f"/d/aes/c/{its}").text
        form = hidden(theirs, 'value="correct"')
        assert post(other, "/d/aes/decide", {**form, **same, "to.deadline": "2027-01"}).status_code == 303
    mine = {"to.deadline": "2026-05", "to.sector": "nuclear", "reason": "le communiqué"}
    clash = post(desk, "/d/aes/decide", {**fields, **same, **mine})
    assert clash.status_code == 409
    assert 'name="to.sector" value="civil nuclear"' in clash.text
    assert "binta" in clash.text
    assert "January 2027" in clash.text
    assert "2026-05" in clash.text
    assert "le communiqué" in clash.text
    assert [j[1] for j in standing(own)] == ["binta"]
    again = (
        hidden(clash.text, 'name="seen"') | mine | {"id": its, "to.sector": "civil nuclear", "to.deadline": "May 2026"}
    )
    assert post(desk, "/d/aes/decide", again).status_code == 303
    assert {("correct", "awa", "deadline", "2026-05"), ("correct", "awa", "sector", "nuclear")} <= set(standing(own))


def test_of_several_corrections_all_are_kept_or_none(desk: TestClient, own: Path) -> None:
    its = first_commitment(own)
    fields = hidden(desk.get(f"/d/aes/c/{its}").text, 'value="correct"')
    wrong = {**fields, "to.amount": "3 millions", "to.deadline": "bientôt"}
    answer = post(desk, "/d/aes/decide", wrong)
    assert answer.status_code == 400
    assert "3 millions" in answer.text
    assert standing(own) == []


def test_a_decision_of_another_record_is_no_conflict(desk: TestClient, own: Path) -> None:
    one, other = first_commitment(own), second_commitment(own)
    page, second = desk.get(f"/d/aes/c/{one}").text, desk.get(f"/d/aes/c/{other}").text
    assert post(desk, "/d/aes/decide", hidden(page, 'value="confirm"')).status_code == 303
    assert post(desk, "/d/aes/decide", hidden(second, 'value="confirm"')).status_code == 303
    assert len(standing(own)) == 2


def test_records_are_merged_split_and_rejected(desk: TestClient, own: Path) -> None:
    one, other = first_commitment(own), second_commitment(own)
    form = hidden(desk.get(f"/d/aes/c/{one}").text, 'value="merge"')
    merged = post(desk, "/d/aes/decide", {**form, "id": [one, other]})
    assert merged.status_code == 303
    assert "Withdraw" in desk.get(merged.headers["location"]).text
    joined = desk.get(f"/d/aes/r/{other}").headers["location"]
    assert joined == desk.get(f"/d/aes/r/{one}").headers["location"]
    page = desk.get(joined).text
    splitting = hidden(page, 'value="split"')
    mention = page.split('type="checkbox" name="id" value="a')[1].split('"')[0]
    assert post(desk, "/d/aes/decide", {**splitting, "id": f"a{mention}"}).status_code == 303
    third = first_commitment(own, most_mentions=True)
    rejecting = hidden(desk.get(f"/d/aes/c/{third}").text, 'value="reject"')
    gone = post(desk, "/d/aes/decide", {**rejecting, "reason": "une question de journaliste"})
    assert gone.status_code == 303
    assert "une question de journaliste" in desk.get(gone.headers["location"]).text
    assert desk.get(f"/d/aes/c/{third}").headers["location"].startswith("/d/aes/t/")
    assert [j[0] for j in standing(own)] == ["merge", "split", "reject"]
    # A page left open on what is gone says so, and loses nothing.
    late = post(desk, "/d/aes/decide", rejecting | {"verdict": "confirm"})
    assert late.status_code == 409
    assert "no longer there" in late.text


def test_a_decision_made_for_another_state_is_not_kept(own: Path) -> None:
    its = first_commitment(own)
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        before = store.revision(dossier)
        decide(store, dossier, Verdict.CONFIRM, [its], author="awa", revision=before)
        with pytest.raises(Outdated):
            decide(store, dossier, Verdict.NOTE, [its], author="binta", reason="vu", revision=before)
        assert [j.author for j in store.judgements(dossier)] == ["awa"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"verdict": "destroy"}, 400),
        ({"verdict": "note", "reason": " "}, 400),
        ({"verdict": "correct", "to.deadline": "un jour"}, 400),
        ({"verdict": "correct", "to.promisor": "Atlantide"}, 400),
        ({"verdict": "correct", "to.id": "c-1"}, 400),
        ({"verdict": "correct"}, 400),
        ({"verdict": "confirm", "id": "c-nowhere"}, 409),
        ({"verdict": "confirm", "id": "\x00\ud7ff<b>"}, 409),
        ({"verdict": "confirm", "seen": "x"}, 409),
        ({"verdict": "merge"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    desk: TestClient, own: Path, fields: dict[str, str], status: int
) -> None:
    its = first_commitment(own)
    base = hidden(desk.get(f"/d/aes/c/{its}").text, 'value="confirm"')
    answer = post(desk, "/d/aes/decide", {**base, **fields})
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert standing(own) == []


FOREIGN: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"token": ""}, {}),
    ({"token": "0" * 64}, {}),
    ({}, {"Origin": "http://evil.example"}),
    ({}, {"Origin": "http://127.0.0.1:9999"}),
    ({}, {"Origin": "null"}),
    ({}, {"Sec-Fetch-Site": "cross-site"}),
    ({}, {"Sec-Fetch-Site": "same-site"}),
]


@pytest.mark.parametrize(("fields", "headers"), FOREIGN)
@pytest.mark.parametrize("path", ["decide", "withdraw", "review", "review/undo", "add"])
def test_a_form_of_another_site_does_nothing(
    desk: TestClient, own: Path, fields: dict[str, str], headers: dict[str, str], path: str
) -> None:
    base = hidden(desk.get(f"/d/aes/c/{first_commitment(own)}").text, 'value="confirm"')
    assert post(desk, f"/d/aes/{path}", {**base, **fields}, headers=headers).status_code == 403
    assert standing(own) == []


def test_a_browser_without_its_key_is_refused(desk: TestClient, own: Path) -> None:
    base = hidden(desk.get(f"/d/aes/c/{first_commitment(own)}").text, 'value="confirm"')
    desk.cookies.clear()
    assert post(desk, "/d/aes/decide", base).status_code == 403


def test_one_goes_back_to_pages_of_ours_alone(desk: TestClient, own: Path) -> None:
    base = hidden(desk.get(f"/d/aes/c/{first_commitment(own)}").text, 'value="confirm"')
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y"):
        answer = post(desk, "/d/aes/decide", {**base, "verdict": "note", "reason": back, "back": back})
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/d/aes/r/")
        page = desk.get(f"/d/aes/c/{first_commitment(own)}").text
        base = hidden(page, 'value="confirm"')


def test_a_report_of_progress_is_linked_from_the_commitment(own: Path) -> None:
    its = first_commitment(own)
    with served(own) as desk:
        assert f"/d/aes/c/{its}/link" in desk.get(f"/d/aes/c/{its}").text
        page = desk.get(f"/d/aes/c/{its}/link", params={"q": "Moscou"}).text
        form = hidden(page, 'type="radio"')
        report = re.findall(r'type="radio" name="id" value="(ap-[a-z2-7]+)"', page)[0]
        before = desk.get(f"/api/v1/dossiers/aes/commitments/{its}").json()["events"]
        # Both ids go in the form, as a browser sends them.
        fields = {**form, "reason": "même chantier", "id": [form["id"], report]}
        assert post(desk, "/d/aes/decide", fields).headers["location"] == f"/d/aes/c/{its}"
        after = desk.get(f"/api/v1/dossiers/aes/commitments/{its}").json()["events"]
        assert len(after) == len(before) + 1
        assert report not in desk.get(f"/d/aes/c/{its}/link", params={"q": "Moscou"}).text
        assert desk.get("/d/aes/c/c-nowhere/link").status_code == 404


def test_the_trail_is_taken_away_whole(own: Path) -> None:
    its = first_commitment(own)
    with served(own) as desk:
        page = desk.get(f"/d/aes/c/{its}").text
        post(desk, "/d/aes/decide", hidden(page, 'value="confirm"'))
        page = desk.get(f"/d/aes/c/{its}").text
        post(desk, "/d/aes/decide", hidden(page, 'value="note"') | {"reason": "=SUM(A1)"})
        post(desk, "/d/aes/withdraw", hidden(desk.get(f"/d/aes/c/{its}").text, "/withdraw"))
        every = desk.get("/d/aes/decisions?format=csv")
        assert re.search(r'filename="aes-decisions-[-0-9]+\.csv"', every.headers["content-disposition"])
        lines = every.text.splitlines()
        assert len(lines) == 3
        assert "'=SUM(A1)" in every.text
        notes = desk.get("/d/aes/decisions?verdict=note&format=json").json()
        assert [(j["verdict"], j["author"], j["reason"]) for j in notes] == [("note", "awa", "=SUM(A1)")]
        told = desk.get("/api/v1/dossiers/aes/decisions?verdict=confirm").json()
        assert told["total"] == 1
        assert (told["items"][0]["author"], told["items"][0]["withdrawn_by"]) == ("awa", "awa")
        assert "=SUM(A1)" not in desk.get("/d/aes/decisions?verdict=confirm").text


def test_a_contradiction_is_decided_on_its_own_page(own: Path) -> None:
    with Store.open(own) as store:
        register = store.register(store.dossier("aes"))
        assert register is not None
        its = register.conflicts[0].id
    with served(own) as desk:
        address = f"/d/aes/conflicts/{its}"
        page = desk.get(address).text
        assert address in desk.get("/d/aes/conflicts").text
        assert post(desk, "/d/aes/decide", hidden(page, 'value="confirm"')).status_code == 303
        assert "awa" in desk.get(address).text
        page = desk.get(address).text
        assert post(desk, "/d/aes/decide", hidden(page, 'value="reject"')).status_code == 303
        assert its not in desk.get("/d/aes/conflicts").text


def test_the_level_of_a_meeting_is_chosen_among_those_known(own: Path) -> None:
    with Store.open(own) as store:
        its = store.ask(listings.records, store.dossier("aes").id, Picked("meetings"), limit=1)[0]
    with served(own) as client:
        page = client.get(f"/d/aes/m/{its.id}").text
        form = hidden(page, 'name="to.level"')
        names = ("date", "place", "parties", "status", "title", "margins_of")
        fields = {f"to.{n}": form.get(f"was.{n}", "") for n in names}
        assert '<option value="expert">experts</option>' in page
        assert post(client, "/d/aes/decide", {**form, **fields, "to.level": "expert"}).status_code == 303
        assert '<option value="expert" selected>experts</option>' in client.get(f"/d/aes/m/{its.id}").text
    assert standing(own) == [("correct", "awa", "level", "expert")]
