"""The search page: all kinds together or one kind, what each result is known by, what to do when there is none."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from palabre.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient


def tabs(html: str) -> dict[str, int]:
    """Return the number each tab of a search tells, by the kind it leads to; that of all kinds under an empty name."""
    found = re.search(r'<nav class="views".*?</nav>', html, re.DOTALL)
    assert found
    links = re.findall(r'href="[^"]*?(?:kind=(\w+))?"[^>]*>[^<]*<span class="num">(\d+)', found[0])
    return {kind: int(number) for kind, number in links}


def test_results_are_counted_and_kept_to_one_kind(client: TestClient) -> None:
    page = client.get("/d/aes/search?q=Moscou").text
    counted = tabs(page)
    assert counted[""] == sum(number for kind, number in counted.items() if kind)
    assert {"commitments", "meetings", "document"} <= set(counted)
    for kind, number in counted.items():
        if kind:
            one = client.get(f"/d/aes/search?q=Moscou&kind={kind}").text
            assert len(re.findall(r'<a class="row"', one)) == number
            assert tabs(one) == counted


def test_a_kind_that_is_none_shows_everything(client: TestClient) -> None:
    everything = client.get("/d/aes/search?q=Moscou").text.count('<a class="row"')
    assert client.get("/d/aes/search?q=Moscou&kind=%3Cb%3E").text.count('<a class="row"') == everything


def test_a_kind_without_results_leads_back_to_all(client: TestClient) -> None:
    page = client.get("/d/aes/search?q=Balafon&kind=commitments").text
    assert "Rien sous" in page
    assert 'href="/d/aes/search?q=Balafon"' in page


def test_a_statement_is_known_by_who_speaks_and_a_text_by_more_than_its_title(client: TestClient) -> None:
    page = client.get("/d/aes/search?q=contrat&kind=statements").text
    assert "<b>Idrissa Balafon</b>" in page
    text = client.get("/d/aes/search?q=Moscou&kind=document").text
    shown = re.search(
        r"Nucléaire civil\xa0: Ouagadougou et Moscou signent</b></a>\s*<blockquote>(.*?)<footer>", text, re.DOTALL
    )
    assert shown
    assert "et Moscou signent" not in re.sub("</?mark>", "", shown[1])


def test_a_contradiction_is_found_in_the_readers_language(client: TestClient, filled: Path) -> None:
    english = client.get("/d/aes/search?q=Moscou&kind=conflicts&lang=en").text
    client.cookies.clear()
    french = client.get("/d/aes/search?q=Moscou&kind=conflicts").text
    with Store.open(filled) as store:
        hits = store.search(store.dossier("aes"), "Moscou", kind="conflicts")
    assert hits
    for hit in hits:
        assert hit.name.split(" (")[0] in unescape(french)
        assert hit.name.split(" (")[0] not in unescape(english)
