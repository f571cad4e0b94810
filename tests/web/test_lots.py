"""More files than one sending takes, in a real browser: sent in lots, stopped, resumed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from palabre.store.store import Store
from tests.web.test_browser import CHROMIUM, axe, browser, serious, serving, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Page, Route

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

__all__ = ["axe", "browser"]


@pytest.fixture
def site(own: Path) -> Iterator[str]:
    yield from serving(own)


def texts(number: int) -> list[FilePayload]:
    return [
        {
            "name": f"{n:03} <b>.txt",
            "mimeType": "text/plain",
            "buffer": f"Le ministre Tartempion a promis {n} ponts à Gao.".encode(),
        }
        for n in range(number)
    ]


def status(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def test_a_large_folder_goes_in_lots(browser: Browser, site: str, own: Path, axe: str) -> None:
    context = browser.new_context(locale="en", viewport={"width": 390, "height": 900})
    page = context.new_page()
    requests, troubles = watched(page)
    page.goto(f"{site}/d/aes/add")
    bad: list[FilePayload] = [
        {"name": "image.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 40},
        {"name": "long.txt", "mimeType": "text/plain", "buffer": b"mot " * 1_500_000},
    ]
    page.locator("#files").set_input_files([*texts(230), *bad])
    assert "232 files chosen" in page.locator("[data-chosen-files] li").first.inner_text()
    # By keyboard alone, from the field to the end.
    page.locator("#title").fill("Un titre qui n'est celui d'aucun fichier")
    page.locator("form.adding button").focus()
    page.keyboard.press("Enter")
    page.locator("[data-after]").wait_for(timeout=120_000)
    assert status(page) == "232 of 232: 230 added, 0 already there, 2 left out."
    assert page.evaluate("document.activeElement.id") == "delivery-head"
    errors = page.locator("[data-errors] tbody tr")
    assert errors.count() == 2
    assert errors.filter(has_text="image.txt").filter(has_text="an image, not a text").count() == 1
    assert errors.filter(has_text="long.txt").filter(has_text="more than 5 MB").count() == 1
    assert sum(url.endswith("/d/aes/add") for url in requests) > 6
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page, axe) == []
    assert troubles == []
    with Store.open(own) as store:
        found = [d for d in store.documents(store.dossier("aes")) if "<b>" in d.name]
    assert len(found) == 230
    assert {d.meta.title for d in found if d.meta.title and d.meta.title.startswith("Un titre")} == set()
    context.close()


def test_a_delivery_is_stopped_and_resumed(browser: Browser, site: str, own: Path) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{site}/d/aes/add")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and len(held) < 2:
            held.append(route)
        else:
            route.continue_()

    page.route("**/d/aes/add", hold)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#files").set_input_files(texts(130))
    page.locator("form.adding button").click()
    page.locator("[data-stop]").focus()
    while len(held) < 2:
        page.wait_for_timeout(20)
    page.keyboard.press("Enter")
    assert page.locator("[data-stop]").is_disabled()
    for route in held:
        route.continue_()
    page.locator("[data-resume]").wait_for(timeout=60_000)
    # What had been sent is told to stop as well: each lot after the text it is at, when it is not over already.
    assert len([url for url in asked if url.endswith("/stop")]) == 2
    told = re.fullmatch(r"Stopped: (\d+) files were not read", page.locator("#delivery-head").inner_text())
    assert told
    left = int(told[1])
    assert 50 <= left <= 130
    assert status(page).startswith(f"{130 - left} of 130: {130 - left} added")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-after]").wait_for(timeout=60_000)
    assert status(page).startswith("130 of 130: 130 added, 0 already there")
    assert not page.locator("[data-resume]").is_visible()
    context.close()


def test_a_session_that_ended_stops_the_delivery_and_says_so(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{site}/d/aes/add")
    page.locator("#files").set_input_files(texts(60))
    page.evaluate("document.querySelector('form.adding input[name=token]').value = 'old'")
    page.locator("form.adding button").click()
    page.locator("[data-resume]").wait_for()
    assert "open for too long" in page.locator("[data-problem]").inner_text()
    assert page.locator("#delivery-head").inner_text() == "Stopped: 60 files were not read"
    context.close()
