"""Every page in a real browser: both widths, both languages; nothing fetched elsewhere, nothing executed, no fault.

The accessibility checks need axe-core, which is fetched by npm into a temporary folder: without npm, or the package,
they are skipped.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from palabre.app.people import Role, add_person, set_admin
from palabre.app.settings import Settings
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.web.desk_forms import copy_of
from tests.web.pages import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()


def serving(path: Path) -> Iterator[str]:
    """Serve the workbench on a database, on a free port, until told to go on."""
    import uvicorn

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=str(path))), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def site(filled: Path) -> Iterator[str]:
    yield from serving(filled)


@pytest.fixture(scope="module")
def every(filled: Path) -> dict[str, str]:
    with Store.open(filled) as store:
        return addresses(store)


def reader(browser: Browser, site: str, lang: str, width: int) -> BrowserContext:
    """Return somebody's browser: a language and a width."""
    made = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    made.add_cookies([{"name": "palabre-lang", "value": lang, "url": site}])
    return made


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Return two lists that fill as the page lives: what it asks for, and what goes wrong in it."""
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(f"dialog {dialog.message}"))
    return asked, troubles


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page(browser: Browser, site: str, every: dict[str, str], lang: str, width: int) -> None:
    context = reader(browser, site, lang, width)
    page = context.new_page()
    asked, troubles = watched(page)
    for name, address in every.items():
        page.goto(site + address)
        if name == "missing":
            # The browser itself says in its console that the page is not there.
            troubles.clear()
        assert troubles == [], (name, troubles)
        assert page.get_attribute("html", "lang") == lang
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("main h1").count() == 1, name
    assert [url for url in asked if not url.startswith(f"{site}/")] == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_texts_do_nothing(browser: Browser, hostile: Path, width: int) -> None:
    with Store.open(hostile) as store:
        every = addresses(store)
    served = serving(hostile)
    site = next(served)
    context = reader(browser, site, "fr", width)
    page = context.new_page()
    asked, troubles = watched(page)
    for name, address in every.items():
        page.goto(site + address)
        if name == "missing":
            troubles.clear()
        for mark in page.locator("[data-n]").all()[:5]:
            mark.hover()
        assert troubles == [], (name, troubles)
        assert page.title() != "pris"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert [url for url in asked if not url.startswith(f"{site}/")] == []
    context.close()
    next(served, None)


def test_layers_and_what_was_understood(browser: Browser, site: str, every: dict[str, str]) -> None:
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    _, troubles = watched(page)
    page.goto(site + every["document"])
    mark = page.locator(".text .k-actors").first
    mark.focus()
    card = page.locator(".card")
    assert card.is_visible()
    assert "acteur" in card.inner_text().lower()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.locator(".layers input[value=actors]").uncheck()
    assert "hide=actors" in page.url
    assert "off-actors" in str(page.get_attribute(".text", "class"))
    page.reload()
    assert not page.locator(".layers input[value=actors]").is_checked()
    assert troubles == []
    context.close()


def test_the_register_by_keyboard(browser: Browser, site: str) -> None:
    context = reader(browser, site, "fr", 1280)
    page = context.new_page()
    page.goto(f"{site}/d/aes/register")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    everything = page.locator("tbody tr").count()
    pick = page.locator("details.pick", has=page.locator("input[name=firmness]"))
    pick.locator("summary").focus()
    page.keyboard.press("Enter")
    box = pick.locator("input[value=signed]")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**firmness=signed**")
    assert 0 < page.locator("tbody tr").count() < everything
    # The view is kept under a name, has an address of its own, and is found again.
    page.locator("details.keep summary").focus()
    page.keyboard.press("Enter")
    page.locator("#view").fill("Ce qui est <b>signé</b>")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=v-**")
    assert page.locator("main h1").inner_text() == "Ce qui est <b>signé</b>"
    page.goto(f"{site}/d/aes/register")
    page.get_by_role("link", name="Ce qui est <b>signé</b>").click()
    assert "firmness=signed" in page.url
    page.locator("tbody input[name=id]").first.check()
    assert page.locator("[data-chosen]").is_visible()
    context.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=90)
        return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    except (OSError, subprocess.SubprocessError):
        pytest.skip("npm cannot give axe-core here")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_serious_fault_of_accessibility(
    browser: Browser, site: str, every: dict[str, str], axe: str, width: int
) -> None:
    context = reader(browser, site, "fr", width)
    page = context.new_page()
    faults = []
    for name, address in every.items():
        page.goto(site + address)
        faults += [(name, *found) for found in serious(page, axe)]
    assert faults == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_door_and_the_account_of_a_team(
    browser: Browser, filled: Path, tmp_path: Path, axe: str, width: int
) -> None:
    path = copy_of(filled, tmp_path)
    with Store.open(path) as store:
        add_person(store, "ana", "un mot de passe assez long", Role.EDITOR, store.dossier("aes"))
        add_person(store, "une-personne-au-nom-vraiment-tres-long@organisation.example", "x" * 12, None, None)
        set_admin(store, "ana", True)
    served = serving(path)
    site = next(served)
    context = reader(browser, site, "fr", width)
    page = context.new_page()
    asked, troubles = watched(page)
    page.goto(f"{site}/d/aes/subscribe")
    page.locator("#name").fill("ana")
    page.locator("#password").fill("un mot de passe assez long")
    faults = [("login", *found) for found in serious(page, axe)]
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Faire mon adresse").click()
    page.locator("#ics").wait_for()
    pages = [
        ("subscribe", ""), ("account", "/account"), ("views", "/d/aes/register?sector=energy"), ("people", "/people"),
    ]  # fmt: skip
    page.goto(f"{site}/people")
    page.locator("section[aria-labelledby=invite] #name").fill("bob")
    page.keyboard.press("Enter")
    link = page.locator("#address").input_value()
    faults += [("invited", *found) for found in serious(page, axe)]
    pages += [("person", page.locator("main form.role").first.get_attribute("action") or ""), ("welcome", link)]
    page.goto(f"{site}/d/aes/subscribe")
    for name, address in pages:
        if address:
            page.goto(address if address.startswith("http") else site + address)
        assert page.locator("main h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        faults += [(name, *found) for found in serious(page, axe)]
    assert faults == []
    assert troubles == []
    assert [url for url in asked if not url.startswith(f"{site}/")] == []
    context.close()
    next(served, None)


def serious(page: Page, axe: str) -> list[tuple[str, str, str]]:
    """Return the serious faults of accessibility of a page: the rule, the element, what is wrong."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200])
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
