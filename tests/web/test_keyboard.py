"""The whole path by keyboard alone, in a real browser: add a text, read, decide, undo, take the table away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.desk_forms import copy_of, standing
from tests.web.test_browser import CHROMIUM, browser, serving, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
TEXT = "Le ministre Tartempion s'est engagé à livrer deux cents tracteurs à Poudreville avant mars 2025."

__all__ = ["browser"]


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    return copy_of(filled, tmp_path)


@pytest.fixture
def site(own: Path) -> Iterator[str]:
    yield from serving(own)


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement !== null && document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def pressed(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    before = page.evaluate("performance.timeOrigin")
    page.keyboard.press(key)
    page.wait_for_function("t => performance.timeOrigin !== t && document.readyState === 'complete'", arg=before)


def asked(page: Page) -> str:
    return page.locator("#asked").inner_text()


def test_from_a_text_to_a_table_without_a_mouse(browser: Browser, site: str, own: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="en")
    page = context.new_page()
    requests, troubles = watched(page)
    # Add.
    page.goto(f"{site}/d/aes/add")
    tab_to(page, "#text")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "#title")
    page.keyboard.insert_text("Des tracteurs pour Poudreville")
    tab_to(page, "form.adding button")
    pressed(page, "Enter")
    page.wait_for_selector(".tag.delivered", timeout=60_000)
    # Read.
    tab_to(page, "main td a")
    pressed(page, "Enter")
    assert "deux cents tracteurs" in page.locator("main").inner_text()
    # Decide.
    page.goto(f"{site}/d/aes/review")
    first = asked(page)
    page.mouse.wheel(0, 5000)
    assert standing(own) == []
    pressed(page, "j")
    second = asked(page)
    pressed(page, "k")
    assert asked(page) == first != second
    assert standing(own) == []
    pressed(page, "u")
    assert asked(page) == second
    assert standing(own) == []
    pressed(page, "k")
    pressed(page, "y")
    assert asked(page) == second
    assert [j[0] for j in standing(own)] == ["confirm"]
    pressed(page, "n")
    assert [j[0] for j in standing(own)] == ["confirm", "reject"]
    # Undo, one after the other, back to where it began.
    pressed(page, "z")
    assert [j[0] for j in standing(own)] == ["confirm"]
    assert asked(page) == second
    pressed(page, "z")
    assert standing(own) == []
    assert asked(page) == first
    # Correct a field; what is typed in it is text, not commands.
    page.keyboard.press("e")
    tab_to(page, "[name='to.conditions'], [name='to.margins_of']")
    page.keyboard.insert_text("y n z")
    page.keyboard.press("y")
    page.keyboard.press("Escape")
    assert page.locator("#edit[open]").count() == 0
    page.keyboard.press("e")
    tab_to(page, "#edit button")
    pressed(page, "Enter")
    assert [(j[0], j[3]) for j in standing(own)] == [("correct", "y n zy")]
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1
    # Take away.
    page.goto(f"{site}/d/aes/register")
    tab_to(page, "main a.button[href*='export']")
    pressed(page, "Enter")
    tab_to(page, "a[href*='format=csv']")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"aes-\d{4}-\d\d-\d\d\.csv", waiting.value.suggested_filename)
    assert troubles == []
    assert [url for url in requests if not url.startswith(f"{site}/")] == []
    context.close()


def test_the_review_works_without_scripts(browser: Browser, site: str, own: Path) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{site}/d/aes/review")
    first = asked(page)
    page.locator("button[data-key=y]").click()
    assert asked(page) != first
    assert [j[0] for j in standing(own)] == ["confirm"]
    page.locator("button[data-key=z]").click()
    assert asked(page) == first
    assert standing(own) == []
    context.close()


def test_nothing_sticks_out_on_a_telephone(browser: Browser, site: str) -> None:
    for lang in ("fr", "en"):
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale=lang)
        page = context.new_page()
        _, troubles = watched(page)
        for path in ("review", "decisions", "add", "export"):
            page.goto(f"{site}/d/aes/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            assert page.locator("main h1").count() == 1
        assert troubles == []
        context.close()
