"""The whole path by keyboard alone, in a real browser: add a text, read, decide, undo, take the table away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.desk_forms import standing
from tests.web.test_browser import CHROMIUM, browser, serving, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
TEXT = "Le ministre Tartempion s'est engagé à livrer deux cents tracteurs à Poudreville avant mars 2025."

__all__ = ["browser"]


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


DROP = """() => {
  const dropped = new DataTransfer();
  for (const n of [1, 2, 3]) {
    dropped.items.add(new File([`Le ministre Tartempion a promis ${n} ponts à Gao.`], `pont ${n} <b>.txt`));
  }
  dropped.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])], "image.txt"));
  const form = document.querySelector("form.adding");
  const told = { dataTransfer: dropped, bubbles: true, cancelable: true };
  form.dispatchEvent(new DragEvent("dragover", told));
  form.dispatchEvent(new DragEvent("drop", told));
}"""


def test_files_are_dropped_on_the_form(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    _, troubles = watched(page)
    page.goto(f"{site}/d/aes/add")
    page.evaluate(DROP)
    chosen = page.locator("[data-chosen-files] li")
    chosen.nth(4).wait_for()
    assert "4 files chosen" in chosen.first.inner_text()
    assert "pont 1 <b>.txt" in chosen.nth(1).inner_text()
    page.locator("form.adding button").click()
    page.wait_for_url("**/add/*")
    page.locator("main a.button").first.wait_for(timeout=60_000)
    rows = page.locator("tbody tr")
    assert rows.count() == 4
    assert rows.filter(has_text="an image, not a text").count() == 1
    assert page.locator(".tag.delivered").count() == 3
    assert troubles == []
    context.close()


PICK = """words => {
  const line = [...document.querySelectorAll("[data-at]")].find((p) => p.textContent.includes(words));
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const at = (offset) => {
    for (const node of nodes) {
      if (offset <= node.data.length) return [node, offset];
      offset -= node.data.length;
    }
  };
  const start = line.textContent.indexOf(words);
  const range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(start + words.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_words_chosen_in_a_text_are_added(browser: Browser, site: str, own: Path) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    _, troubles = watched(page)
    # A character outside of the basic plane counts for one, as in Python.
    page.goto(f"{site}/d/aes/add")
    page.locator("#text").fill(
        "\U0001f333 Sous l'arbre. Promis juré : \U0001f333 un puits à Poudreville, dès mai 2027. Fin."
    )
    page.locator("form.adding button").click()
    page.locator("main td a").click()
    page.wait_for_load_state("load")
    page.evaluate(PICK, "un puits à Poudreville")
    page.locator(".missed.ready").wait_for()
    assert page.locator("[data-how]").inner_text() == "un puits à Poudreville"
    page.locator("#missed button").click()
    assert page.locator("main mark").inner_text() == "un puits à Poudreville"
    page.locator("[name='to.promisor']").fill("Mali")
    page.locator("[name='to.action']").fill("creuser un puits")
    page.locator("[name='to.sector']").select_option("agriculture")
    page.locator("[name='to.firmness']").select_option("pledged")
    page.locator("form.correction button").click()
    page.locator(".found .k-commitments").filter(has_text="added by").wait_for()
    assert [j[0] for j in standing(own)] == ["add"]
    page.goto(f"{site}/d/aes/register?q=puits")
    assert "creuser un puits" in page.locator("tbody").inner_text().lower()
    assert troubles == []
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
