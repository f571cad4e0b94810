"""Adds texts behind the pages, one after the other, and tells how far it is. Few wait at any time.

How far each addition is stands where every process of the server can look: whichever is asked knows.
"""

from __future__ import annotations

import logging
import pickle
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.app.adding import add_handed
from palabre.app.reading import Reader
from palabre.errors import InputError, PalabreError, StoreBusy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.app.adding import Handed
    from palabre.app.dossiers import Added
    from palabre.model.dossier import Dossier
    from palabre.ui.web.desk import Desk

MOST_WAITING = 6
MOST_KEPT = 60
"""Additions that wait or go on; and those whose result can still be looked at."""
PATIENCE = 1.5
"""Seconds a page waits for an addition to end before it shows how far it is."""
BEAT = 3.0
"""Seconds between two signs of life of what goes on."""
_LOOK = 0.03
_STOPPED = "the addition has stopped; the server's log says why."
_LOG = logging.getLogger("palabre.web")


@dataclass(frozen=True, slots=True)
class Addition:
    """One addition: `total` texts, what became of those that are done, and what stopped it if something did.

    The documents in `results` come without their text; `halted` tells that somebody asked it to stop.
    """

    id: str
    total: int
    results: tuple[Added, ...]
    over: bool
    stopped: PalabreError | None
    halted: bool = False

    @property
    def left(self) -> int:
        """Return how many texts were not read, of an addition that is over."""
        return self.total - len(self.results) if self.over else 0

    @property
    def counts(self) -> dict[str, int]:
        """Return how many were added, known before, left out."""
        failed = sum(r.error is not None for r in self.results)
        added = sum(r.new for r in self.results)
        return {"added": added, "known": len(self.results) - failed - added, "failed": failed}


class Adder:
    """Reads and adds what people hand over, in the order they do."""

    def __init__(self, desk: Desk) -> None:
        """`desk` has the database, the settings and what processes share."""
        self._desk = desk
        self._passing = desk.passing
        self._going: set[str] = set()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="adding")
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._beating: threading.Thread | None = None

    def begin(self, dossier: Dossier, handed: Sequence[Handed], refused: Sequence[InputError] = ()) -> str:
        """Begin to add texts and return the addition's id; `refused` are those that were not even taken.

        Raises StoreBusy when too many wait.
        """
        from palabre.app.dossiers import Added

        its = secrets.token_hex(8)
        total = len(handed) + len(refused)
        if not self._passing.begin(its, dossier.id, total, most=MOST_WAITING, kept=MOST_KEPT):
            raise StoreBusy("too many texts are being added at this moment; try again in a minute.")
        for error in refused:
            self._keep(its, Added(error.source, error=error))
        self._going.add(its)
        with self._lock:
            if self._beating is None:
                self._beating = threading.Thread(target=self._beat, name="adding-beats", daemon=True)
                self._beating.start()
        self._pool.submit(self._add, its, dossier, handed)
        return its

    def get(self, dossier: Dossier, its: str) -> Addition | None:
        """Return an addition to this dossier by its id, after waiting a little for its end; None when forgotten."""
        end = time.monotonic() + PATIENCE
        while True:
            found = self._passing.look(its)
            if found is None or found.about != dossier.id:
                return None
            if found.over or time.monotonic() >= end:
                break
            time.sleep(_LOOK)
        # Written by a process of this server, in a folder nobody else can write to.
        results = tuple(pickle.loads(r) for r in found.results)
        stopped = PalabreError(_STOPPED) if found.killed else pickle.loads(found.ending) if found.ending else None
        return Addition(its, found.total, results, found.over, stopped, found.halted)

    def halt(self, dossier: Dossier, its: str) -> bool:
        """Have an addition to this dossier stop after the text that is being read; False when it is forgotten.

        What it added stays.
        """
        found = self._passing.look(its)
        if found is None or found.about != dossier.id:
            return False
        self._passing.halt(its)
        return True

    def _add(self, its: str, dossier: Dossier, handed: Sequence[Handed]) -> None:
        stopped: PalabreError | None = None
        try:
            if self._passing.is_halted(its):
                return
            reader = Reader(self._desk.settings)
            for result in add_handed(self._desk.store, dossier, reader, handed):
                self._keep(its, result)
                if self._closing.is_set() or self._passing.is_halted(its):
                    return
        except PalabreError as error:
            stopped = error
        except Exception:
            _LOG.exception("an addition to %s has stopped", dossier.name)
            stopped = PalabreError(_STOPPED)
        finally:
            self._going.discard(its)
            self._passing.end(its, None if stopped is None else pickle.dumps(stopped))

    def _keep(self, its: str, result: Added) -> None:
        bare = None if result.document is None else replace(result.document, text="")
        self._passing.step(its, pickle.dumps(replace(result, document=bare)))

    def _beat(self) -> None:
        while not self._closing.wait(BEAT):
            for its in tuple(self._going):
                self._passing.beat(its)

    def close(self) -> None:
        """End after the text that is being read: what was told as added is safe."""
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._beating is not None:
            self._beating.join()
