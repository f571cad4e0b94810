"""Hostile texts stay texts: on every page, nothing of theirs becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi.testclient import TestClient

from palabre.app.settings import Settings
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.web.conftest import BASE
from tests.web.hostile import PAYLOADS
from tests.web.pages import addresses

if TYPE_CHECKING:
    from pathlib import Path

OURS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "svg",
        "path",
        "form",
        "label",
        "input",
        "div",
        "nav",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "main",
        "p",
        "footer",
        "section",
        "article",
        "aside",
        "table",
        "caption",
        "tfoot",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "b",
        "strong",
        "code",
        "pre",
        "blockquote",
        "mark",
        "sup",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "legend",
        "button",
        "select",
        "option",
        "datalist",
        "time",
        "textarea",
        "kbd",
        "progress",
        "hr",
        "br",
        "noscript",
        "line",
        "text",
        "rect",
        "circle",
    ]
)
ASKED = (
    "register?q={}", "register?promisor={}", "search?q={}", "statements?speaker={}", "actors?q={}", "sources?outlet={}",
    "meetings?party={}", "conflicts/{}", "c/{}", "t/{}", "compare?meeting={}",
)  # fmt: skip


class Markup(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS or (tag == "textarea" and "name" not in dict(attrs)):
            self.faults.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "xlink:href"):
                self.faults.append(f"{tag} {name}")
            if name in ("href", "src", "action") and not (value or "").startswith(("/", "#", "?")):
                self.faults.append(f"{tag} {name}={value}")
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "inline")


def test_there_are_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_page_lets_a_text_become_markup(hostile: Path) -> None:
    with Store.open(hostile) as store:
        every = addresses(store)
    with TestClient(create_app(Settings(store=str(hostile), lang="fr")), base_url=BASE) as client:
        for name, address in every.items():
            answer = client.get(address)
            assert answer.status_code == (404 if name == "missing" else 200), name
            markup = Markup(answer.text)
            assert markup.faults == [], (name, markup.faults[:5])
            assert all(src.startswith("/static/") for src in markup.scripts), name


def test_what_is_asked_stays_text(filled: Path) -> None:
    with TestClient(create_app(Settings(store=str(filled), lang="fr")), base_url=BASE) as client:
        for payload in PAYLOADS[::3]:
            for path in ASKED:
                answer = client.get("/d/aes/" + path.format(quote(payload, safe="")))
                assert answer.status_code in (200, 303, 400, 404), (path, payload)
                assert Markup(answer.text).faults == [], (path, payload)
