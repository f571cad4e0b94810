"""What the processes of one server share while it runs: tries at the door, work that goes on, what is made once.

A small database of its own, in a folder that goes with the server: losing it loses nothing anybody was told is safe.
Must not know what the work is about.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SILENCE = 30.0
"""Seconds after which work that nobody says goes on any more has stopped: the process that did it was killed."""
MOST_TRIES = 10_000
"""Names and addresses whose tries are counted; the one that tried longest ago is forgotten first."""
MOST_MADE = 8
"""Things made once for all processes that are kept."""
_WAIT = 15.0
_TABLES = """
CREATE TABLE IF NOT EXISTS try (
  who TEXT PRIMARY KEY, failed INTEGER NOT NULL, until REAL NOT NULL, last INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ix_try_last ON try (last);
CREATE TABLE IF NOT EXISTS work (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT NOT NULL, total INTEGER NOT NULL,
  over INTEGER NOT NULL, ending BLOB, beat REAL NOT NULL, halted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS done (number INTEGER PRIMARY KEY, work TEXT NOT NULL, result BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS ix_done_work ON done (work, number);
CREATE TABLE IF NOT EXISTS made (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, what TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Work:
    """Work that goes on or is over: `about` what, how many steps it has, what came of those that are done.

    `ending` is what was left at its end; `killed` tells that it stopped without one, `halted` that it was told to stop.
    """

    about: str
    total: int
    results: tuple[bytes, ...]
    over: bool
    ending: bytes | None
    killed: bool
    halted: bool


class Passing:
    """The database that processes share; every method may be called by several threads and processes at once."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """`folder` is that of all the processes; None keeps everything in this one. `clock` gives seconds."""
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._connection = self._opened("passing.db")
        if folder is not None:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_TABLES)

    def _opened(self, name: str) -> sqlite3.Connection:
        place = ":memory:" if self._folder is None else str(self._folder / name)
        return sqlite3.connect(place, timeout=_WAIT, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait until no other thread or process has the turn of that name, and have it; it ends with the process."""
        with self._lock:
            mine = self._turns.setdefault(name, threading.Lock())
        with mine, closing(self._opened(f"{name}.turn")) as held:
            while True:
                try:
                    held.execute("BEGIN EXCLUSIVE")
                except sqlite3.OperationalError:
                    continue  # somebody else has it for longer than a connection waits
                break
            yield

    def once(self, key: str, make: Callable[[], str]) -> str:
        """Return what `make` made of that key, in this process or another: only one of them makes it.

        The last few are kept.
        """
        made = self._made(key)
        if made is None:
            with self.turn("made"):
                made = self._made(key)
                if made is None:
                    made = make()
                    with self._writing() as connection:
                        connection.execute("INSERT INTO made (key, what) VALUES (?, ?)", (key, made))
                        few = "(SELECT max(number) FROM made) - ?"
                        connection.execute(f"DELETE FROM made WHERE number <= {few}", (MOST_MADE,))
        return made

    def _made(self, key: str) -> str | None:
        with self._lock:
            row = self._connection.execute("SELECT what FROM made WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # Tries at the door

    def until(self, who: Sequence[str]) -> float:
        """Return the instant before which none of these may try again, 0 when they all may."""
        asked = f"SELECT max(until) FROM try WHERE who IN ({','.join('?' * len(who))})"
        with self._lock:
            found = self._connection.execute(asked, tuple(who)).fetchone()[0]
        return float(found or 0.0)

    def tried(self, who: Sequence[str], until: Callable[[int], float]) -> None:
        """Count a failure of each; `until` says from how many failures when the next try may be."""
        with self._writing() as connection:
            for its in who:
                last = connection.execute("SELECT coalesce(max(last), 0) + 1 FROM try").fetchone()[0]
                row = connection.execute("SELECT failed FROM try WHERE who = ?", (its,)).fetchone()
                failed = (row[0] if row else 0) + 1
                connection.execute("INSERT OR REPLACE INTO try VALUES (?, ?, ?, ?)", (its, failed, until(failed), last))
            oldest = "SELECT who FROM try ORDER BY last DESC LIMIT -1 OFFSET ?"
            connection.execute(f"DELETE FROM try WHERE who IN ({oldest})", (MOST_TRIES,))

    def forgive(self, who: Sequence[str]) -> None:
        """Forget the failures of these."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM try WHERE who = ?", [(its,) for its in who])

    # Work

    def begin(self, its: str, about: str, total: int, *, most: int, kept: int) -> bool:
        """Note that work of so many steps begins; False, and nothing noted, when `most` others go on.

        Of works that are over, the last `kept` are remembered.
        """
        now = self._clock()
        with self._writing() as connection:
            asked = "SELECT count(*) FROM work WHERE NOT over AND beat > ?"
            if connection.execute(asked, (now - SILENCE,)).fetchone()[0] >= most:
                return False
            connection.execute(
                "INSERT INTO work (id, about, total, over, beat) VALUES (?, ?, ?, 0, ?)", (its, about, total, now)
            )
            connection.execute(
                "DELETE FROM work WHERE (over OR beat <= ?) AND number <= (SELECT max(number) FROM work) - ?",
                (now - SILENCE, kept),
            )
            connection.execute("DELETE FROM done WHERE work NOT IN (SELECT id FROM work)")
        return True

    def step(self, its: str, result: bytes) -> None:
        """Keep what came of one step."""
        with self._writing() as connection:
            connection.execute("INSERT INTO done (work, result) VALUES (?, ?)", (its, result))

    def beat(self, its: str) -> None:
        """Say that work still goes on."""
        with self._writing() as connection:
            connection.execute("UPDATE work SET beat = ? WHERE id = ?", (self._clock(), its))

    def halt(self, its: str) -> None:
        """Ask work to stop after the step it is at; whoever does it looks whether it should."""
        with self._writing() as connection:
            connection.execute("UPDATE work SET halted = 1 WHERE id = ? AND NOT over", (its,))

    def is_halted(self, its: str) -> bool:
        """Tell whether work was asked to stop."""
        with self._lock:
            row = self._connection.execute("SELECT halted FROM work WHERE id = ?", (its,)).fetchone()
        return row is not None and bool(row[0])

    def end(self, its: str, ending: bytes | None = None) -> None:
        """Note that work is over, with what is left to say of its end."""
        with self._writing() as connection:
            connection.execute("UPDATE work SET over = 1, ending = ? WHERE id = ?", (ending, its))

    def look(self, its: str) -> Work | None:
        """Return how far work is, None when it is not remembered."""
        with self._lock:
            asked = "SELECT about, total, over, ending, beat, halted FROM work WHERE id = ?"
            row = self._connection.execute(asked, (its,)).fetchone()
            if row is None:
                return None
            done = self._connection.execute("SELECT result FROM done WHERE work = ? ORDER BY number", (its,)).fetchall()
        killed = not row[2] and row[4] <= self._clock() - SILENCE
        return Work(row[0], row[1], tuple(r[0] for r in done), bool(row[2]) or killed, row[3], killed, bool(row[5]))
