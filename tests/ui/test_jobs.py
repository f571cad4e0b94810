"""Several processes give what one gives: the same output in the same order, errors where they stand, a clean stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from palabre.app.jobs import CHUNK_TEXTS, in_processes, number_of_jobs
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.errors import BadValue, InputError
from palabre.model.documents import Metadata, RawDocument, ReadDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Ran

TEXTS = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts with one in the middle that is none."""
    where = tmp_path / "textes"
    where.mkdir()
    for n in range(TEXTS):
        text = f"Le {n + 1} mai 2024, le Chili s'est engagé à livrer {n + 2} navires au Ghana. Il l'a redit hier.\n"
        (where / f"t{n:02}.txt").write_text(text, encoding="utf-8")
    (where / "t07.txt").write_bytes(b"\x7fELF\x00\x01\x02\x00" * 400)
    return where


def test_annotate_gives_the_same(palabre: Callable[..., Ran], folder: Path) -> None:
    one = palabre("annotate", str(folder), str(folder / "nulle-part"))
    two = palabre("annotate", "--jobs", "2", str(folder), str(folder / "nulle-part"))
    assert one.out.count("\n") == TEXTS - 1
    assert (two.out, two.err, two.status) == (one.out, one.err, one.status)
    assert "t07.txt" in two.err
    assert "nulle-part" in two.err
    assert two.status == 3


def test_add_gives_the_same_and_knows_what_is_there(palabre: Callable[..., Ran], folder: Path) -> None:
    assert palabre("--store", "deux.db", "init", "d").status == 0
    added = palabre("--store", "deux.db", "add", "--jobs", "2", str(folder))
    assert added.status == 3
    assert added.out.count("ajouté ") == TEXTS - 1
    again = palabre("--store", "deux.db", "add", str(folder))
    assert "ajouté " not in again.out
    assert again.err == added.err


def test_reconcile_gives_the_same(palabre: Callable[..., Ran], folder: Path) -> None:
    few = [str(folder / f"t{n:02}.txt") for n in range(6, 9)]
    assert palabre("reconcile", "-j", "2", *few) == palabre("reconcile", *few)


def test_texts_read_together_or_one_by_one_give_the_same() -> None:
    said = (
        "Réunis à Accra, les ministres, qui avaient longtemps hésité, ont promis que le Chili livrerait {0} navires.",
        "Le port, dont les travaux avancent, sera agrandi par le Ghana d'ici à 2030, et les quais seront refaits.",
        "Oui.",
    )
    raws = [
        RawDocument(f"t{n}", f"t{n}", f"{said[n % 3]} {said[n % 2]}".format(n), "text/plain", Metadata())
        for n in range(7)
    ]
    reader = Reader(Settings())
    together = reader.read_raws(raws, {})
    assert together == [reader.read_raw(raw, {}) for raw in raws]
    known = {item.id: item.meta for item in (r.document for r in together if isinstance(r, ReadDocument))}
    assert reader.read_raws(raws[:2], known) == [r.document for r in together[:2] if isinstance(r, ReadDocument)]
    assert reader.read_raws([], {}) == []


def test_number_of_jobs() -> None:
    assert number_of_jobs(0) >= 1
    assert number_of_jobs(1) == 1
    assert number_of_jobs(10_000) < 100
    with pytest.raises(BadValue):
        number_of_jobs(-1)


def test_a_negative_number_is_refused(palabre: Callable[..., Ran], folder: Path) -> None:
    assert palabre("annotate", "--jobs", "-1", str(folder)).status == 2


def test_texts_are_not_all_taken_at_once() -> None:
    taken = 0

    def texts() -> Iterator[RawDocument | InputError]:
        nonlocal taken
        for n in range(200):
            taken += 1
            yield RawDocument(f"t{n}", f"t{n}", "Le Chili aidera le Ghana.", "text/plain", Metadata())

    results = in_processes(texts(), 2, partial(Reader, Settings()), {}, lambda raw: None)
    next(results)
    assert taken <= 6 * CHUNK_TEXTS
    results.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("killed", [False, True])
def test_no_process_outlives_an_interrupt_or_the_one_that_began(folder: Path, killed: bool) -> None:
    for n in range(TEXTS, 400):
        (folder / f"u{n}.txt").write_text(f"Le {n % 28 + 1} mai, le Chili a promis {n} navires au Ghana. " * 200)
    start = "from palabre.ui.cli.main import run\nif __name__ == '__main__':\n    run()"
    command = [sys.executable, "-c", start, "annotate", "--jobs", "2", str(folder)]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Where the tests run in the background the shell has them ignore interrupts, and so would their child.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )
    assert running.stdout is not None
    assert running.stdout.readline(), "nothing was read"
    if killed:
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=90)[1].decode()
    assert running.returncode == (-signal.SIGKILL if killed else 130)
    assert "Traceback" not in said
    for _ in range(50):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a reading process is still there")
