"""`palabre serve`: reports over HTTP on this machine, made anew at each visit."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from palabre.ui.cli.serve import make_server
from palabre.ui.cli.session import open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Ran


@pytest.fixture
def site(palabre: Callable[..., Ran], tmp_path: Path) -> Iterator[str]:
    assert palabre("init", "deux mots", "--title", "<b>Titre</b>").status == 0
    (tmp_path / "t.txt").write_text("Le 3 mai 2024, le Chili a promis de livrer dix navires au Ghana.\n")
    assert palabre("add", "t.txt").status == 0
    server = make_server(open_session(None, None, "fr"), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def _get(url: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_the_list_leads_to_each_report(site: str) -> None:
    status, page, headers = _get(f"{site}/")
    assert status == 200
    assert 'href="/deux%20mots"' in page
    assert "<b>Titre</b>" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, page, _ = _get(f"{site}/deux%20mots")
    assert status == 200
    assert "<mark>" in page
    assert "Chili" in page


def test_an_unknown_dossier_is_said(site: str) -> None:
    status, page, _ = _get(f"{site}/<script>")
    assert status == 404
    assert "<script>" not in page


def test_a_port_that_is_taken_is_said(palabre: Callable[..., Ran], site: str) -> None:
    port = site.rpartition(":")[2]
    run = palabre("serve", "--port", port)
    assert run.status == 1
    assert port in run.err
    assert run.err.count("\n") == 1
