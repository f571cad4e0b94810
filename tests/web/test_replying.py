"""Right of reply: a party's answer stands beside the record, changes nothing of it, is withdrawn and never deleted."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from palabre.app.dossiers import opened
from palabre.app.judging import decide
from palabre.app.replying import LONGEST_WORDS, checked_reply
from palabre.errors import BadValue
from palabre.model.judgements import Verdict
from palabre.store.store import Store
from tests.web.desk_forms import first_commitment, hidden, post, served

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

WORDS = "Le calendrier convenu est tenu.\n<script>alert(1)</script>"
FIELDS = {
    "reply.party": "Russie",
    "reply.speaker": "Zoé Tartempion, porte-parole",
    "reply.words": WORDS,
    "reply.said_on": "2025-06-02",
    "reply.source": "Lettre reçue par la rédaction",
    "reply.url": "https://example.org/lettre",
}


def answered(desk: TestClient, its: str, **changed: str) -> int:
    page = desk.get(f"/d/aes/c/{its}").text
    fields = hidden(page, 'name="reply.words"') | FIELDS | {f"reply.{k}": v for k, v in changed.items()}
    return post(desk, "/d/aes/decide", fields).status_code


def test_a_reply_stands_beside_the_record(own: Path) -> None:
    its = first_commitment(own)
    with Store.open(own) as store:
        before = opened(store, "aes", "fr").register
    with served(own) as desk:
        assert answered(desk, its) == 303
        page = desk.get(f"/d/aes/c/{its}").text
        assert "Zoé Tartempion, porte-parole" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        # Addresses that texts or people give are shown, never followed by a click made in passing.
        assert "https://example.org/lettre" in page
        assert 'href="https' not in page
        assert "written down by awa" in page
        kept = desk.get(f"/api/v1/dossiers/aes/commitments/{its}").json()["replies"]
        assert [(r["party"], r["words"], r["said_on"], r["recorded_by"]) for r in kept] == [
            ("RUS", WORDS, "2025-06-02", "awa")
        ]
        table = list(
            csv.DictReader(io.StringIO(desk.get("/d/aes/export?format=csv&columns=all").text.removeprefix("\ufeff")))
        )
        replied = [row for row in table if row["replies of the parties"]]
        assert [row["id"] for row in replied] == [its]
        assert "Lettre reçue par la rédaction" in replied[0]["replies of the parties"]
        data = desk.get("/d/aes/export?format=json").json()
        assert [len(c["replies"]) for c in data if c["id"] == its] == [1]
        assert "Zoé Tartempion" in desk.get("/d/aes/export?format=html").text
    with Store.open(own) as store:
        assert opened(store, "aes", "fr").register == before


def test_a_reply_or_a_note_has_nothing_computed_anew(own: Path) -> None:
    its = first_commitment(own)
    with Store.open(own) as store, served(own) as desk:
        dossier = store.dossier("aes")
        before = store.revision(dossier)
        answered(desk, its)
        note = hidden(desk.get(f"/d/aes/c/{its}").text, 'value="note"') | {"reason": "à relancer"}
        assert post(desk, "/d/aes/decide", note).status_code == 303
        for made in store.judgements(dossier):
            store.withdraw_judgement(dossier, made.id, "awa")
        assert store.revision(dossier) == before
        assert not store.is_stale(dossier)


def test_a_reply_is_withdrawn_and_stays_in_the_trail(own: Path) -> None:
    its = first_commitment(own)
    with served(own) as desk:
        answered(desk, its)
        page = desk.get(f"/d/aes/c/{its}").text
        made = hidden(page[page.index('class="reply"') :], "/withdraw")
        assert post(desk, "/d/aes/withdraw", made).status_code == 303
        page = desk.get(f"/d/aes/c/{its}").text
        assert 'class="reply"' not in page
        trail = desk.get("/d/aes/decisions").text
        assert "Le calendrier convenu est tenu." in trail
        assert "withdrawn by awa" in trail
        assert desk.get(f"/api/v1/dossiers/aes/commitments/{its}").json()["replies"] == []


def test_a_reply_answers_no_question(own: Path) -> None:
    with served(own) as desk:
        asked = desk.get("/d/aes/review").text
        its = hidden(asked, 'value="confirm"')["id"]
        total = asked.count("<kbd>j</kbd>")
        if its.startswith("c-"):
            answered(desk, its)
        assert hidden(desk.get("/d/aes/review").text, 'value="confirm"')["id"] == its
        assert desk.get("/d/aes/review").text.count("<kbd>j</kbd>") == total


def test_a_reply_needs_its_party_words_day_and_source(own: Path) -> None:
    its = first_commitment(own)
    with served(own) as desk:
        for name, wrong in (
            ("party", " "),
            ("words", "\n"),
            ("said_on", "hier"),
            ("source", ""),
            ("url", "javascript:1"),
        ):
            assert answered(desk, its, **{name: wrong}) == 400, name
    with Store.open(own) as store:
        assert store.judgements(store.dossier("aes")) == ()
    with pytest.raises(BadValue, match="more than"):
        checked_reply("RUS", "x" * (LONGEST_WORDS + 1), "2025", "Lettre")


def test_only_commitments_are_replied_to(own: Path) -> None:
    reply = checked_reply("Rosatom", "Non.", "2025-06", "Communiqué")
    assert reply.party == "Rosatom"
    with Store.open(own) as store:
        register = opened(store, "aes", "fr").register
        dossier = store.dossier("aes")
        with pytest.raises(BadValue):
            decide(store, dossier, Verdict.REPLY, [register.meetings[0].id], author="awa", reply=reply)
        with pytest.raises(BadValue):
            decide(store, dossier, Verdict.REPLY, [register.commitments[0].id], author="awa")
        with pytest.raises(BadValue):
            decide(store, dossier, Verdict.CONFIRM, [register.commitments[0].id], author="awa", reply=reply)
