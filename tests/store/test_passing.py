"""What the processes of one server share while it runs: each sees what the others did, and does without the dead."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from palabre.store import passing
from palabre.store.passing import Passing

if TYPE_CHECKING:
    from pathlib import Path


def test_work_is_seen_by_all_and_forgotten_in_time(tmp_path: Path) -> None:
    one, other = Passing(tmp_path), Passing(tmp_path)
    assert one.begin("a", "d", 3, most=2, kept=2)
    one.step("a", b"first")
    other.step("a", b"second")
    seen = other.look("a")
    assert seen is not None
    assert (seen.about, seen.total, seen.results, seen.over, seen.ending) == (
        "d",
        3,
        (b"first", b"second"),
        False,
        None,
    )
    assert other.begin("b", "d", 1, most=2, kept=2)
    assert not one.begin("c", "d", 1, most=2, kept=2)
    assert one.look("c") is None
    one.end("a", b"why")
    one.end("b")
    seen = other.look("a")
    assert seen is not None
    assert (seen.over, seen.ending, seen.killed) == (True, b"why", False)
    for its in "cd":
        assert other.begin(its, "d", 1, most=2, kept=2)
        other.end(its)
    assert one.look("a") is None
    assert one.look("d") is not None
    one.close()
    other.close()


def test_work_is_asked_to_stop_by_any_process(tmp_path: Path) -> None:
    one, other = Passing(tmp_path), Passing(tmp_path)
    assert one.begin("a", "d", 3, most=2, kept=2)
    assert not one.is_halted("a")
    other.halt("a")
    assert one.is_halted("a")
    seen = one.look("a")
    assert seen is not None
    assert (seen.halted, seen.over) == (True, False)
    assert not one.is_halted("unknown")
    one.end("a")
    one.begin("b", "d", 1, most=2, kept=2)
    one.end("b")
    other.halt("b")
    seen = one.look("b")
    assert seen is not None
    assert not seen.halted
    one.close()
    other.close()


def test_work_of_a_process_that_was_killed_is_over() -> None:
    now = [100.0]
    one = Passing(clock=lambda: now[0])
    assert one.begin("a", "d", 3, most=1, kept=5)
    now[0] += passing.SILENCE / 2
    one.beat("a")
    now[0] += passing.SILENCE / 2 + 1
    seen = one.look("a")
    assert seen is not None
    assert not seen.over
    assert not one.begin("b", "d", 3, most=1, kept=5)
    now[0] += passing.SILENCE
    seen = one.look("a")
    assert seen is not None
    assert seen.over
    assert seen.killed
    assert one.begin("b", "d", 3, most=1, kept=5)


def test_tries_are_counted_together_and_the_oldest_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "MOST_TRIES", 4)
    one, other = Passing(tmp_path), Passing(tmp_path)
    one.tried(("ana", "here"), float)
    other.tried(("ana",), float)
    assert one.until(("ana", "nobody")) == 2.0
    assert other.until(("here",)) == 1.0
    other.forgive(("ana",))
    assert one.until(("ana",)) == 0.0
    for n in range(4):
        one.tried((str(n),), float)
    assert other.until(("here",)) == 0.0
    assert other.until(("0",)) == 1.0
    one.close()
    other.close()


@pytest.mark.parametrize("apart", [True, False])
def test_one_has_the_turn_at_a_time(tmp_path: Path, apart: bool) -> None:
    one = Passing(tmp_path if apart else None)
    other = Passing(tmp_path) if apart else one
    began, may_end, order = threading.Event(), threading.Event(), []

    def first() -> None:
        with one.turn("records"):
            began.set()
            may_end.wait(20)
            order.append("first")

    def second() -> None:
        with other.turn("records"):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert began.wait(20)
    threads[1].start()
    with other.turn("something else"):
        order.append("else")
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert order == ["else", "first", "second"]


def test_what_is_made_for_all_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "MOST_MADE", 2)
    one, other = Passing(tmp_path), Passing(tmp_path)
    asked: list[str] = []

    def make() -> str:
        asked.append("made")
        return f"é{len(asked)}"

    assert [one.once("a", make), other.once("a", make), one.once("b", make)] == ["é1", "é1", "é2"]
    other.once("c", make)
    assert one.once("a", make) == "é4"
    one.close()
    other.close()
