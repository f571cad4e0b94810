"""What pages do for who works in them all day, in a real browser: choosing lines, opening cells, one form at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.test_browser import CHROMIUM, browser, every, reader, serving, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

__all__ = ["browser", "every"]


@pytest.fixture(scope="module")
def site(filled: Path) -> Iterator[str]:
    yield from serving(filled)


def test_what_can_be_done_with_chosen_lines_stays_in_view(browser: Browser, site: str) -> None:
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    _, troubles = watched(page)
    page.goto(f"{site}/d/aes/register")
    boxes = page.locator("tbody input[name=id]")
    button = page.locator("[data-chosen]")
    assert not button.is_visible()
    boxes.nth(1).click()
    assert page.evaluate("scrollY") == 0
    box = button.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    boxes.nth(4).click(modifiers=["Shift"])
    assert button.inner_text() == "Exporter la sélection (4)"
    boxes.nth(2).click(modifiers=["Shift"])
    assert button.inner_text() == "Exporter la sélection (1)"
    page.get_by_role("button", name="Ne rien choisir").click()
    assert not button.is_visible()
    assert page.locator("tbody input[name=id]:checked").count() == 0
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    button.click()
    page.wait_for_url("**/export?id=**")
    assert troubles == []
    context.close()


def test_all_cells_open_and_only_what_differs_stays(browser: Browser, site: str, every: dict[str, str]) -> None:
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    _, troubles = watched(page)
    page.goto(site + every["accounts"])
    closed = page.locator("table.accounts details:not([open])")
    assert closed.count() > 0
    page.get_by_role("button", name="Ouvrir toutes les cases").click()
    assert closed.count() == 0
    page.get_by_role("button", name="Refermer les cases").click()
    assert page.locator("table.accounts details[open]").count() == 0
    rows = page.locator("table.accounts tbody tr")
    differing = page.locator("table.accounts tbody tr.disputed").count()
    assert 0 < differing < rows.count()
    page.get_by_label("seulement ce qui diffère").check()
    assert sum(row.is_visible() for row in rows.all()) == differing
    assert troubles == []
    context.close()


def test_all_layers_at_once(browser: Browser, site: str, every: dict[str, str]) -> None:
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    page.goto(site + every["document"])
    boxes = page.locator(".layers input[name=show]")
    page.get_by_role("button", name="aucune", exact=True).click()
    assert page.locator(".layers input[name=show]:checked").count() == 0
    assert page.url.count("hide=") == boxes.count()
    page.get_by_role("button", name="toutes", exact=True).click()
    assert page.locator(".layers input[name=show]:checked").count() == boxes.count()
    assert "hide=" not in page.url
    context.close()


@pytest.mark.parametrize("kind", ["commitment", "meeting"])
def test_one_form_of_decision_at_a_time(browser: Browser, site: str, every: dict[str, str], kind: str) -> None:
    context = reader(browser, site, "fr", 390)
    page = context.new_page()
    page.goto(site + every[kind])
    page.get_by_role("link", name="Décider").click()
    for name in ("Écarter…", "Corriger…", "Noter…"):
        page.locator("summary", has_text=name).click()
        assert page.locator("details.ask[open]").count() == 1
        assert page.locator("details.ask[open] summary").inner_text() == name
    context.close()


def test_on_a_narrow_screen_the_next_session_comes_first(browser: Browser, site: str) -> None:
    context = reader(browser, site, "fr", 390)
    page = context.new_page()
    page.goto(f"{site}/d/aes")
    tops = [page.locator(f"#{name}").bounding_box() for name in ("intro", "next", "where", "check", "due")]
    places = [box["y"] for box in tops if box is not None]
    assert len(places) == len(tops)
    assert places == sorted(places)
    context.close()
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    page.goto(f"{site}/d/aes")
    beside, where = page.locator("#next").bounding_box(), page.locator("#where").bounding_box()
    assert beside is not None
    assert where is not None
    assert beside["x"] > where["x"]
    assert abs(beside["y"] - where["y"]) < 10
    context.close()
