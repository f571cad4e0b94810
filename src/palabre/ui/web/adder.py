"""Adds texts behind the pages, one after the other, and tells how far it is. Few wait at any time."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
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
_LOG = logging.getLogger("palabre.web")


@dataclass
class Addition:
    """One addition: `total` texts, what became of those that are done, and what stopped it if something did."""

    id: str
    dossier: Dossier
    total: int
    results: list[Added] = field(default_factory=list)
    stopped: PalabreError | None = None
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many were added, known before, left out."""
        done = list(self.results)
        failed = sum(r.error is not None for r in done)
        added = sum(r.new for r in done)
        return {"added": added, "known": len(done) - failed - added, "failed": failed}


class Adder:
    """Reads and adds what people hand over, in the order they do."""

    def __init__(self, desk: Desk) -> None:
        """`desk` has the database and the settings."""
        self._desk = desk
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Addition] = OrderedDict()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="adding")
        self._closing = False

    def begin(self, dossier: Dossier, handed: Sequence[Handed], refused: Sequence[InputError] = ()) -> Addition:
        """Begin to add texts; `refused` are those that were not even taken. Raises StoreBusy when too many wait."""
        from palabre.app.dossiers import Added

        made = Addition(secrets.token_hex(8), dossier, len(handed) + len(refused))
        made.results += [Added(e.source, error=e) for e in refused]
        with self._lock:
            if sum(not a.over.is_set() for a in self._kept.values()) >= MOST_WAITING:
                raise StoreBusy("too many texts are being added at this moment; try again in a minute.")
            self._kept[made.id] = made
            for its in [i for i, a in self._kept.items() if a.over.is_set()][: max(0, len(self._kept) - MOST_KEPT)]:
                del self._kept[its]
        self._pool.submit(self._add, made, handed)
        return made

    def get(self, dossier: Dossier, its: str) -> Addition | None:
        """Return an addition to this dossier by its id, after waiting a little for its end; None when forgotten."""
        with self._lock:
            found = self._kept.get(its)
        if found is None or found.dossier.id != dossier.id:
            return None
        end = time.monotonic() + PATIENCE
        found.over.wait(max(0.0, end - time.monotonic()))
        return found

    def _add(self, made: Addition, handed: Sequence[Handed]) -> None:
        try:
            reader = Reader(self._desk.settings)
            for result in add_handed(self._desk.store, made.dossier, reader, handed):
                made.results.append(result)
                if self._closing:
                    return
        except PalabreError as error:
            made.stopped = error
        except Exception:
            _LOG.exception("an addition to %s has stopped", made.dossier.name)
            made.stopped = PalabreError("the addition has stopped; the server's log says why.")
        finally:
            made.over.set()

    def close(self) -> None:
        """End after the text that is being read: what was told as added is safe."""
        self._closing = True
        self._pool.shutdown(wait=True, cancel_futures=True)
