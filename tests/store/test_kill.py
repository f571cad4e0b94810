"""A process killed at any moment loses nothing it had reported, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from palabre.model.records import Register
from palabre.store import Store
from tests.store.samples import DOSSIER, commitment, proof, small

KILLS = 60
PER_RUN = 10_000
"""Numbers of documents kept for each run."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")


def _add(path: Path, run: int, say: Callable[[str], None]) -> None:
    with Store.open(path) as store:
        say("ready")
        for number in range(run * PER_RUN, (run + 1) * PER_RUN):
            store.add_document(DOSSIER, small(number))
            say(str(number))


def _add_and_compute(path: Path, run: int, say: Callable[[str], None]) -> None:
    with Store.open(path) as store:
        say("ready")
        for number in range(run * PER_RUN, (run + 1) * PER_RUN):
            store.add_document(DOSSIER, small(number))
            say(str(number))
            revision = store.revision(DOSSIER)
            read = list(store.read_documents(DOSSIER))
            records = Register(commitments=tuple(commitment(proof(r, "commitments"), action="signer") for r in read))
            store.save_register(DOSSIER, records, revision)


def _make(path: Path, run: int, say: Callable[[str], None]) -> None:
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
    _add(path, run, say)


def _killed(
    work: Callable[[Path, int, Callable[[str], None]], None], path: Path, run: int, after: float, done: int = 0
) -> list[int]:
    """Start `work` in a process of its own, kill it; return what it had reported.

    It is killed `after` seconds past its start, or past its report that `done` documents are in.
    """
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            work(path, run, lambda word: void(os.write(into, f"{word}\n".encode())))
        finally:
            os._exit(1)
    os.close(into)
    said = b""
    if work is not _make:  # the barrier: its time runs from the moment the store is open
        while said.count(b"\n") < done + 1:
            more = os.read(out, 1 << 16)
            assert more, "the process ended by itself"
            said += more
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(out, 1 << 16):
        said += more
    os.close(out)
    words = said.decode().split("\n")[:-1]  # a last word without its line's end was not wholly reported
    return [int(word) for word in words if word != "ready"]


def void(_: int) -> None:
    """Take a number and give nothing."""


def _whole(path: Path, reported: set[int]) -> set[int]:
    """Check that all reported is there, whole, and nothing half there; return the numbers of what is there."""
    with Store.open(path) as store:
        read = {int(r.document.name[1:]): r for r in store.read_documents(DOSSIER)}
        assert reported <= set(read)
        assert all(r == small(number) for number, r in read.items())
        assert store.revision(DOSSIER) == len(read)
        assert [f for f in store.check() if f.kind != "stale"] == []
    return set(read)


def test_killing_while_adding(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    chance = random.Random(time.time_ns())
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
    reported: set[int] = set()
    for run in range(KILLS):
        reported |= set(_killed(_add, path, run, chance.uniform(0, 0.04), chance.randrange(4)))
        if run % 6 == 0:
            _whole(path, reported)
    there = _whole(path, reported)
    assert len(reported) > KILLS // 2, "the processes had time to add"
    assert len(there - reported) <= KILLS, "at most one document a run was committed and not reported yet"
    with Store.open(path) as store:
        for number in chance.sample(sorted(there), 25):
            assert small(number).document.id in {hit.id for hit in store.search(DOSSIER, f"cantons {number}")}


def test_killing_between_adding_and_computing(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    chance = random.Random(time.time_ns())
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
    reported: set[int] = set()
    for run in range(12):
        reported |= set(_killed(_add_and_compute, path, run, chance.uniform(0, 0.08), chance.randrange(3)))
        _whole(path, reported)
        with Store.open(path) as store:
            register = store.register(DOSSIER)
            count = len(register.commitments) if register else None
            assert store.is_stale(DOSSIER) == (count != len(store.documents(DOSSIER)))


def test_killing_while_the_database_is_made(tmp_path: Path) -> None:
    chance = random.Random(time.time_ns())
    for run in range(12):
        path = tmp_path / f"{run}.db"
        reported = set(_killed(_make, path, run, chance.uniform(0, 0.2)))
        with Store.open(path) as store:
            if not store.dossiers():
                store.create_dossier(DOSSIER)
        _whole(path, reported)
