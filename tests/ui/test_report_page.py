"""The report as a reader sees it, in a real browser: both widths, both languages, nothing fetched, nothing executed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.conftest import Ran

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")

HOSTILE = (
    "<script>document.title='pris'</script> Accord <img src=x onerror=\"document.title='pris'\">\n\n"
    'Le 3 mai 2024, le ministre chilien <b>Ugo Marchand</b> a promis de livrer dix navires "><svg onload=alert(1)> '
    "au Ghana. « <iframe src='javascript:alert(1)'></iframe> Nous livrerons tout au Ghana », a dit Ugo Marchand.\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture
def report(palabre: Callable[..., Ran], tmp_path: Path) -> Callable[[str], Path]:
    def make(lang: str) -> Path:
        palabre("init", "essai", "--parties", "RUS,AES", "--cadence", "P1Y", "--title", "Essai <i>un</i>")
        palabre("add", str(SAMPLE), "--manifest", str(SAMPLE / "manifest.csv"))
        (tmp_path / "<b>hostile.txt").write_text(HOSTILE, encoding="utf-8")
        palabre("add", "<b>hostile.txt")
        assert palabre("report", "--out", "r.html", "--lang", lang).status == 0
        return tmp_path / "r.html"

    return make


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Return two lists that fill as the page lives: what it asks for, and what goes wrong in it."""
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return asked, troubles


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_in_a_browser(browser: Browser, report: Callable[[str], Path], lang: str) -> None:
    path = report(lang)
    assert path.stat().st_size < 600_000
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        asked, troubles = watched(page)
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert troubles == []
        assert page.get_attribute("html", "lang") == lang
        assert "pris" not in page.title()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("script, iframe, img, object, embed").count() == 0
        # Every link leads somewhere in the page, and every source's words are marked.
        for target in page.eval_on_selector_all("a[href^='#']", "links => links.map(l => l.hash.slice(1))"):
            assert page.locator(f"[id='{target}']").count() == 1
        assert page.locator("mark").count() > 20
        page.close()


def test_the_evidence_opens_by_keyboard(browser: Browser, report: Callable[[str], Path]) -> None:
    page = browser.new_page()
    page.goto(report("fr").as_uri())
    summary = page.locator("article.card summary").first
    summary.focus()
    quoted = page.locator("article.card blockquote").first
    assert not quoted.is_visible()
    page.keyboard.press("Enter")
    assert quoted.is_visible()
    page.close()
