"""Words that no extractor understood: a person says what they are, and the records are made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from palabre.app.dossiers import opened
from palabre.app.judging import decide
from palabre.app.marking import FORMS, add_words, places_of, whole_words
from palabre.errors import BadValue
from palabre.model.judgements import Verdict
from palabre.model.spans import Span
from palabre.store.store import Store
from tests.web.desk_forms import hidden, post, served

if TYPE_CHECKING:
    from pathlib import Path

    from palabre.model.dossier import Dossier

VALUES = {
    "commitments": {
        "promisor": "Russie",
        "beneficiary": "Mali",
        "action": "tracer une route",
        "deadline": "2026-05",
        "sector": "transport",
        "firmness": "pledged",
    },
    "meetings": {"parties": "RUS, MLI", "date": "2025-05-04", "place": "Gao", "status": "held", "title": "colloque"},
    "progress": {"about": "la route", "status": "under_way", "parties": "Russie", "date": "2025-06"},
    "quotes": {"speaker": "Ugo Marchand"},
    "statements": {"speaker": "Ugo Marchand"},
}


def missed(store: Store, dossier: Dossier) -> tuple[str, Span, str]:
    """Return a document and a sentence of it in which nothing was found."""
    for read in store.read_documents(dossier):
        found = read.annotations
        for span in places_of(read.document.text, "Dont acte.") or places_of(read.document.text, "Relisons nos notes."):
            busy: tuple[Any, ...] = (
                *found.commitments,
                *found.meetings,
                *found.progress,
                *found.quotes,
                *found.statements,
            )
            if not any(item.span.touches(span) for item in busy):
                return read.document.id, span, span.text(read.document.text)
    raise AssertionError("the sample has changed")


@pytest.mark.parametrize("kind", list(FORMS))
def test_what_is_added_is_in_the_register_until_it_is_withdrawn(own: Path, kind: str) -> None:
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        before = opened(store, "aes", "fr").register
        doc, span, _ = missed(store, dossier)
        made = add_words(store, dossier, doc, span, kind, VALUES[kind], author="awa")
        after = opened(store, "aes", "fr").register
        # A report of progress that moves no known commitment waits to be linked.
        assert (after == before) == (kind == "progress")
        if kind != "progress":
            field = {"quotes": "statements"}.get(kind, kind)
            new = [r for r in getattr(after, field) if any(e.doc == doc and e.span == span for e in r.mentions)]
            assert len(new) == 1
            assert store.find(dossier, made.targets[0]).id == new[0].id
        # A person may decide of it as of anything else.
        if kind == "commitments":
            assert (new[0].promisor, new[0].deadline, new[0].action) == (("RUS",), "2026-05", "tracer une route")
            decide(store, dossier, Verdict.CORRECT, [new[0].id], author="ana", field="deadline", value="2027")
            assert [c.deadline for c in opened(store, "aes", "fr").register.commitments if c.id == new[0].id] == [
                "2027"
            ]
        store.withdraw_judgement(dossier, made.id, "awa")
        assert opened(store, "aes", "fr").register == before


def test_what_cannot_be_added(own: Path) -> None:
    with Store.open(own) as store:
        dossier = store.dossier("aes")
        doc, span, _ = missed(store, dossier)
        known = next(r for r in store.read_documents(dossier) if r.annotations.commitments)
        there = known.annotations.commitments[0].span
        for its, place, kind, typed in (
            (doc, span, "commitments", {"promisor": "Russie"}),
            (doc, span, "commitments", {**VALUES["commitments"], "sector": ""}),
            (doc, span, "commitments", {**VALUES["commitments"], "promisor": "Atlantide"}),
            (doc, span, "meetings", {**VALUES["meetings"], "date": "hier"}),
            (doc, span, "actors", {}),
            (doc, Span(span.start, span.start), "quotes", {}),
            (doc, Span(10**7, 10**7 + 5), "quotes", {}),
            (known.document.id, there, "commitments", VALUES["commitments"]),
        ):
            with pytest.raises(BadValue):
                add_words(store, dossier, its, place, kind, typed, author="awa")
        assert store.judgements(dossier) == ()


def test_words_are_taken_whole() -> None:
    text = "Il a promis, dit-on, dix navires.\n"
    for start, end, words in (
        (6, 10, "promis"),
        (5, 12, "promis,"),
        (4, 4, ""),
        (0, len(text), text.strip()),
        (27, 33, "navires."),
    ):
        assert whole_words(text, Span(start, end)).text(text) == words


def test_from_the_words_to_the_record(own: Path) -> None:
    with Store.open(own) as store:
        doc, span, words = missed(store, store.dossier("aes"))
    with served(own) as desk:
        page = desk.get(f"/d/aes/t/{doc}").text
        assert 'id="missed"' in page
        base = f"/d/aes/t/{doc}/add"
        assert "not in the text" in desk.get(base, params={"words": "absent words"}).text
        # Words that stand once need no place; those that stand twice are asked for.
        page = desk.get(base, params={"words": words}).text
        form = hidden(page, 'name="kind"')
        assert (form["start"], form["end"]) == (str(span.start), str(span.end))
        several = desk.get(base, params={"words": "a"}).text
        assert "several times" in several
        fields = form | {f"to.{k}": v for k, v in VALUES["commitments"].items()}
        wrong = post(desk, base, fields | {"to.promisor": "Atlantide"})
        assert wrong.status_code == 400
        assert "tracer une route" in wrong.text
        done = post(desk, base, fields)
        assert done.headers["location"] == f"/d/aes/t/{doc}?at={span.start}#w{span.start}"
        page = desk.get(done.headers["location"]).text
        assert "added by awa" in page
        assert "tracer une route" in desk.get("/d/aes/register?q=tracer").text
        trail = desk.get("/d/aes/decisions").text
        assert "added: a commitment" in trail
        back = hidden(trail, "/withdraw")
        post(desk, "/d/aes/withdraw", back)
        assert words.split()[0] in desk.get("/d/aes/decisions").text
        assert "tracer une route" not in desk.get(f"/d/aes/t/{doc}").text
        assert desk.get(base, params={"start": "5", "end": "99999999"}).status_code == 200
        assert desk.get("/d/aes/t/d-nowhere/add").status_code == 404
