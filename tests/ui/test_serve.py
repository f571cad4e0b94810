"""`palabre serve`: the workbench comes up on the address asked for, and says so when it cannot."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

from palabre.ui.cli.serve import bound
from palabre.ui.cli.session import open_session
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran


def test_the_workbench_comes_up_and_stops(palabre: Callable[..., Ran], tmp_path: Path) -> None:
    assert palabre("init", "deux mots", "--title", "<b>Titre</b>").status == 0
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert address is not None, said
            with urllib.request.urlopen(address[0], timeout=20) as answer:
                page = answer.read().decode()
            assert 'href="/d/deux%20mots"' in page
            assert "<b>Titre</b>" not in page
        finally:
            server.terminate()
            server.wait(20)


def test_answers_do_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    session = open_session(str(tmp_path / "palabre.db"), None, "fr")
    with bound(session, "127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP  # what asyncio turns the wait off by


def test_a_port_that_is_taken_is_said(palabre: Callable[..., Ran]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = palabre("serve", "--port", port)
    assert run.status == 1
    assert port in run.err
    assert run.err.count("\n") == 1
