"""The reading pages: what they show, what their addresses ask for, where their links lead."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from palabre.app.dossiers import add_documents, new_dossier
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.store import listings
from palabre.store.listings import Picked
from palabre.store.related import telling_the_same
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.web.conftest import BASE
from tests.web.desk_forms import served
from tests.web.pages import addresses

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 300_000


class Seen(HTMLParser):
    """What a page holds: links, ids, and what the policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.headings: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "a" and held.get("href"):
            self.links.append(str(held["href"]))
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        inline = [name for name in held if name == "style" or name.startswith("on")]
        if inline or tag in ("iframe", "object", "embed", "style", "img") or (tag == "script" and "src" not in held):
            self.forbidden.append(f"{tag} {inline}")


@pytest.fixture(scope="module")
def every(filled: Path) -> dict[str, str]:
    with Store.open(filled) as store:
        return addresses(store)


@pytest.fixture(scope="module")
def answers(filled: Path, every: dict[str, str]) -> dict[tuple[str, str], str]:
    """Return the HTML of every page in both languages."""
    out = {}
    for lang in ("fr", "en"):
        with TestClient(create_app(Settings(store=str(filled), lang=lang)), base_url=BASE) as client:
            for name, address in every.items():
                answer = client.get(address)
                assert answer.status_code == (404 if name == "missing" else 200), (name, answer.text[:500])
                out[name, lang] = answer.text
    return out


def test_every_page_is_whole(answers: dict[tuple[str, str], str]) -> None:
    for (name, lang), html in answers.items():
        seen = Seen(html)
        assert f'<html lang="{lang}">' in html
        assert seen.forbidden == [], name
        assert seen.headings.count("h1") == 1, name
        assert len(seen.ids) == len(set(seen.ids)), (name, [i for i in seen.ids if seen.ids.count(i) > 1])
        assert len(html.encode()) < LARGEST, name
        inside = [link[1:] for link in seen.links if link.startswith("#")]
        assert [i for i in inside if i not in seen.ids] == [], name
        assert "http://" not in html.replace("http://127.0.0.1", ""), name


def test_links_lead_somewhere(client: TestClient, answers: dict[tuple[str, str], str]) -> None:
    links = {link.partition("#")[0] for (_, lang), html in answers.items() if lang == "fr" for link in Seen(html).links}
    tried = [link for link in sorted(links) if link.startswith("/") and not re.search("/export|/nowhere", link)]
    kinds: dict[str, list[str]] = {}
    for link in tried:
        kinds.setdefault(re.sub(r"(/[a-z]-)[a-z2-7]{10}", r"\1", link.partition("?")[0]), []).append(link)
    assert len(kinds) > 12
    for some in kinds.values():
        for link in some[:6]:
            assert client.get(link).status_code == 200, link


def test_the_register_answers_its_address(client: TestClient) -> None:
    def shown(query: str) -> tuple[set[str], int]:
        html = client.get(f"/d/aes/register?{query}").text
        found = re.search(r'<p class="lead">(\d+)', html)
        assert found is not None
        return set(re.findall(r'name="id" value="(c-\w+)"', html)), int(found[1])

    everything, number = shown("")
    assert len(everything) == number > 10
    signed, _ = shown("firmness=signed")
    agreed, _ = shown("firmness=agreed")
    assert signed
    assert shown("firmness=signed&firmness=agreed")[0] == signed | agreed
    assert shown("promisor=RUS&sector=defence")[0] <= shown("promisor=RUS")[0] < everything
    assert shown("wishes=1")[0] >= everything
    assert shown("q=formation")[0] < everything
    assert shown("origins=3")[0] | shown("origins=1")[0] | shown("origins=2")[0] == everything
    assert shown("status=overdue&as_of=2030-01-01")[0]
    assert not shown("status=overdue&as_of=1999-01-01")[0]
    assert shown("since=1990-01-01&until=1990-12-31") == (set(), 0)
    # What makes no sense is left out.
    assert shown("firmness=xx&sort=zz&page=-3&size=abc&since=hier&origins=99")[0] == everything
    small, same = shown("size=4&page=2")
    assert len(small) == 4
    assert same == number
    assert not shown("size=4&page=9999")[0]


def test_the_register_sorts_both_ways(client: TestClient) -> None:
    def order(sort: str) -> list[str]:
        return re.findall(r'name="id" value="(c-\w+)"', client.get(f"/d/aes/register?sort={sort}").text)

    for name in ("due", "made", "moved", "firmness", "status", "origins", "docs", "what", "check", "sector"):
        up, down = order(name), order(f"-{name}")
        assert sorted(up) == sorted(down)
    assert order("what") != order("-what")


def test_columns_can_be_chosen(client: TestClient) -> None:
    html = client.get("/d/aes/register?col=what&col=made&col=id").text
    head = html[html.index("<thead>") : html.index("</thead>")]
    assert head.count('scope="col"') == 4
    assert "quoi" in head
    assert "secteur" not in head


def test_facets_count_what_they_lead_to(client: TestClient) -> None:
    html = client.get("/d/aes/register?firmness=agreed").text
    found = re.findall(r'name="sector" value="(\w+)"[^>]*><span>[^<]*</span><span class="num soft">(\d+)', html)
    assert found
    for sector, number in found:
        page = client.get(f"/d/aes/register?firmness=agreed&sector={sector}").text
        assert len(re.findall(r'name="id" value="c-', page)) == int(number)


def test_an_id_leads_to_its_page(client: TestClient, filled: Path) -> None:
    with Store.open(filled) as store:
        dossier = store.dossier()
        for kind in ("commitments", "meetings", "statements", "conflicts", "origins", "actors"):
            some = store.ask(listings.records, dossier.id, Picked(kind), limit=3)
            for record in some:
                assert client.get(f"/d/aes/r/{record.id}").status_code == 200
                for mention in getattr(record, "mentions", ())[:2]:
                    assert client.get(f"/d/aes/r/{mention.id}").status_code == 200
    assert client.get("/d/aes/c/c-zzzzzzzzzz").status_code == 404
    assert client.get("/d/aes/m/%00").status_code == 404
    assert client.get("/d/aes/t/d-aaaaaaaaaa").status_code == 404


def test_a_document_shows_its_whole_text_and_its_marks(client: TestClient, filled: Path) -> None:
    with Store.open(filled) as store:
        documents = store.documents(store.dossier())
        for document in documents[:6]:
            html = client.get(f"/d/aes/t/{document.id}").text
            article = html[html.index("data-text>") + 10 : html.index("</article>")]
            words = re.sub(r"<[^>]+>", "", article.replace("</p>", "\n"))
            plain = unescape(words)
            assert [line.strip() for line in plain.splitlines() if line.strip()] == [
                line.strip() for line in document.text.split("\n") if line.strip()
            ]
            assert 'class="s k-' in article


def test_layers_can_be_off_without_scripts(client: TestClient, every: dict[str, str]) -> None:
    html = client.get(f"{every['document']}?hide=dates&hide=nonsense").text
    assert 'class="text off-dates"' in html


def test_the_calendar_can_be_subscribed_to(client: TestClient) -> None:
    answer = client.get("/d/aes/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.count("BEGIN:VEVENT") > 4
    assert 'href="/d/aes/subscribe"' in client.get("/d/aes/meetings").text
    assert 'href="/d/aes/calendar.ics"' in client.get("/d/aes/subscribe").text


def test_an_empty_dossier_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with Store.open(path) as store:
        store.create_dossier(new_dossier("vide", None, "", None, None))
    with TestClient(create_app(Settings(store=str(path), lang="fr")), base_url=BASE) as client:
        for page in ("", "/register", "/meetings", "/coverage", "/sources", "/compare", "/statements", "/actors",
                     "/conflicts", "/search", "/calendar.ics"):  # fmt: skip
            answer = client.get(f"/d/vide{page}")
            assert answer.status_code == 200, page
        assert "palabre -d vide add" in client.get("/d/vide").text


def test_a_document_added_meanwhile_is_in_the_records(tmp_path: Path) -> None:
    from palabre.app.dossiers import add_documents
    from palabre.app.reading import Reader

    path = tmp_path / "p.db"
    settings = Settings(store=str(path), lang="fr")
    (tmp_path / "t.txt").write_text(
        "Le 3 mai 2024, le Chili a promis de livrer dix navires au Ghana.\n", encoding="utf-8"
    )
    with Store.open(path) as store, TestClient(create_app(settings), base_url=BASE) as client:
        dossier = new_dossier("essai", None, "", None, None)
        store.create_dossier(dossier)
        assert "dix navires" not in client.get("/d/essai/register").text
        reader = Reader.of(settings, published=None, manifest=None, warn=lambda *_: None)
        assert all(a.new for a in add_documents(store, dossier, reader, [str(tmp_path / "t.txt")]))
        assert "dix navires" in client.get("/d/essai/register").text


def test_a_month_shows_what_falls_on_its_days(client: TestClient) -> None:
    page = client.get("/d/aes/calendar?month=2025-04").text
    assert "<h1>avril 2025</h1>" in page
    day = page[page.index('datetime="2025-04-03"') :]
    assert 'class="met held"' in day[: day.index("</td>")]
    assert 'href="/d/aes/calendar?month=2025-03"' in page
    assert 'href="/d/aes/calendar?month=2025-05"' in page
    due = client.get("/d/aes/calendar?month=2025-09&as_of=2026-01-01").text
    there = due[due.index('datetime="2025-09-30"') :]
    assert 'class="due late"' in there[: there.index("</td>")]
    # A deadline known to the month stands apart: no day is made up.
    loose = client.get("/d/aes/calendar?month=2025-05").text
    assert "mai 2025" in loose[loose.index('id="loose"') :]
    for month in ("0001-01", "9999-12", "2025-13", "x", ""):
        assert client.get("/d/aes/calendar", params={"month": month}).status_code == 200


def test_an_empty_dossier_says_what_to_do_next(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with Store.open(path) as store:
        store.create_dossier(new_dossier("vide", None, "RUS,AES", None, None))
    with served(path) as desk:
        for page in ("", "/register", "/conflicts", "/meetings", "/coverage", "/sources", "/compare", "/statements",
                     "/actors", "/review"):  # fmt: skip
            text = desk.get(f"/d/vide{page}").text
            assert 'href="/d/vide/add"' in text[text.index("<main") :], page
            assert "palabre -d vide add" in text
            assert text.count("<h1") == 1
        for page in ("add", "export", "decisions", "calendar", "subscribe", "search?q=x"):
            assert desk.get(f"/d/vide/{page}").status_code == 200


def test_a_text_is_compared_with_those_that_tell_the_same(client: TestClient, filled: Path) -> None:
    with Store.open(filled) as store:
        dossier = store.dossier("aes")
        its = store.register(dossier)
        assert its is not None
        told = [{e.doc for e in c.mentions} for c in its.commitments]
        told += [{e.doc for e in m.mentions} for m in its.meetings]
        doc = max({d for docs in told for d in docs}, key=lambda d: sum(d in docs for docs in told))
        same = dict(store.ask(telling_the_same, dossier.id, doc))
        shared = {d for docs in told if doc in docs for d in docs} - {doc}
        assert shared <= set(same)
    page = client.get(f"/d/aes/compare?a={doc}").text
    for other in list(same)[:12]:
        assert f"/d/aes/compare?a={doc}&amp;b={other}" in page
    found = client.get(f"/d/aes/compare?a={doc}&q=uranium").text
    assert "Uranium" in found
    assert f'href="/d/aes/compare?a={doc}"' in client.get(f"/d/aes/t/{doc}").text
    assert client.get("/d/aes/compare?a=d-rien").status_code == 404


def test_a_wrong_address_in_a_dossier_keeps_its_frame(client: TestClient) -> None:
    page = client.get("/d/aes/nulle/part")
    assert page.status_code == 404
    assert 'class="menu"' in page.text
    assert 'href="/d/aes">' in page.text
    assert client.get("/d/aes/register/").status_code == 200
    assert client.get("/d/nul/part").status_code == 404


def test_the_guide_is_one_step_away_from_every_page(client: TestClient, answers: dict[tuple[str, str], str]) -> None:
    for (name, _), html in answers.items():
        assert re.search(r'href="(/d/aes)?/guide"', html), name
    for lang, words in (("fr", ["tenu en partie", "origine indépendante"]), ("en", ["pledged", "not looked at"])):
        page = client.get(f"/d/aes/guide?lang={lang}").text
        assert all(word in page for word in words)


def test_lists_that_are_empty_say_why_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    settings = Settings(store=str(path), lang="fr")
    with Store.open(path) as store:
        made = new_dossier("calme", "", "RUS,AES", None, None)
        store.create_dossier(made)
        reader = Reader.of(settings, published=None, manifest=None, warn=lambda *_: None)
        (tmp_path / "t.txt").write_text("Il a fait beau hier. Les enfants jouaient au ballon.", encoding="utf-8")
        assert [a.error for a in add_documents(store, made, reader, [str(tmp_path / "t.txt")])] == [None]
    with TestClient(create_app(settings), base_url=BASE) as client:
        for page in ("meetings", "statements", "actors", "coverage"):
            html = client.get(f"/d/calme/{page}").text
            assert 'class="empty"' in html
            assert 'href="/d/calme/sources"' in html.split('class="empty"')[1], page
            assert "Ce dossier est vide" not in html
        assert "Toutes les questions" not in client.get("/d/calme/review").text
        assert "Rien à trancher" in client.get("/d/calme/review").text
