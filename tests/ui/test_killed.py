"""A process killed at any moment loses nothing it reported, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from palabre.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

KILLS = 50
TEXTS = 12
LONGEST = 0.9
"""Seconds after which an `add` is killed at the latest; it takes about that long from start to end."""
BETWEEN = 0.02
"""Seconds, at most, from the report of a text to a kill: about what the next one takes."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_random_points(palabre: Callable[..., Ran], tmp_path: Path) -> None:
    from palabre.ui.cli.main import run

    folder = tmp_path / "textes"
    folder.mkdir()
    for n in range(TEXTS):
        text = f"Le {n + 1} mai 2024, le Chili a promis de livrer {n + 2} navires au Ghana. Le ministre l'a redit."
        (folder / f"t{n:02}.txt").write_text(text, encoding="utf-8")
    # The pipeline is loaded before the fork, so that the kills fall on the work and not on the start.
    assert palabre("annotate", str(folder / "t00.txt")).status == 0
    chance = random.Random(20250403)
    seen_partial = seen_whole = 0
    for attempt in range(KILLS):
        store, log = tmp_path / f"s{attempt}.db", tmp_path / f"log{attempt}"
        assert palabre("--store", str(store), "init", "d").status == 0
        child = os.fork()
        if child == 0:
            out = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
            os.dup2(out, 1)
            os.dup2(out, 2)
            import sys

            sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
            try:
                run(["--store", str(store), "add", str(folder)])
            finally:
                os._exit(0)
        if attempt % 4:
            # Wherever the work goes fast or slowly, the kill falls within it: after so many texts, and a little later.
            _wait(log, chance.randrange(TEXTS))
            time.sleep(chance.uniform(0, BETWEEN))
        else:
            time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        reported = [line.split()[1] for line in _lines(log) if line.startswith("ajouté ")]
        with Store.open(store) as kept:
            there = {d.path for d in kept.documents(kept.dossier())}
            assert set(reported) <= there
            assert not [f for f in kept.check() if f.broken], attempt
        seen_partial += 0 < len(there) < TEXTS
        seen_whole += len(there) == TEXTS
        again = palabre("--store", str(store), "add", str(folder))
        assert again.status == 0
        assert palabre("--store", str(store), "doctor").status == 0
    # The kills must have fallen where they can hurt for the test to mean anything.
    assert seen_partial >= 5


def _wait(log: Path, reported: int) -> None:
    """Wait until so many texts are reported added, or for as long as that may take at the most."""
    end = time.monotonic() + 10 * LONGEST
    while time.monotonic() < end and sum(line.startswith("ajouté ") for line in _lines(log)) < reported:
        time.sleep(0.001)


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
