"""Keeps the records of dossiers up to date behind the pages: at once when that is quick, else while they are read."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from palabre.app.dossiers import refresh, sort_documents
from palabre.errors import PalabreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from palabre.model.dossier import Dossier
    from palabre.store.store import Store

PATIENCE = 3.0
"""Seconds a page waits for records that are being computed, before it shows the former ones."""
_LOG = logging.getLogger("palabre.web")


class Keeper:
    """Recomputes the records of a dossier after its documents or decisions changed: one dossier at a time, once."""

    def __init__(
        self,
        store: Store,
        patience: float = PATIENCE,
        *,
        after: Callable[[Dossier], object] = lambda _: None,
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`patience` is how many seconds `fresh` waits; `after` is called with each dossier whose records are new.

        `turn` is held while records are computed: other processes wait for it, and then find the work done.
        """
        self._store = store
        self._after = after
        self._turn = turn
        self._patience = patience
        self._lock = threading.Lock()
        self._running: dict[str, Future[None]] = {}
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="records")

    def fresh(self, dossier: Dossier) -> bool:
        """Tell whether the records are those of the present documents and decisions, after waiting a little if not.

        Raises NoDossier.
        """
        if not self._store.is_stale(dossier):
            return True
        with self._lock:
            running = self._running.get(dossier.id)
            first = running is None
            if running is None:
                running = self._running[dossier.id] = self._pool.submit(self._refresh, dossier)
        try:
            # Those who come while the work goes on do not wait as long: the page would pile up.
            running.result(timeout=self._patience if first else self._patience / 10)
        except Late:
            return False
        return not self._store.is_stale(dossier)

    def _refresh(self, dossier: Dossier) -> None:
        try:
            with self._turn():
                if self._store.is_stale(dossier):
                    refresh(self._store, dossier)
                    sort_documents(self._store, dossier)
        except PalabreError as error:
            _LOG.error("the records of %s were not computed: %s", dossier.name, error)
            return
        finally:
            with self._lock:
                self._running.pop(dossier.id, None)
        self._look_at(dossier)

    def warm(self, more: Callable[[Dossier], object] = lambda _: None) -> None:
        """Call `after`, then `more`, with every dossier there is, behind the pages."""
        self._pool.submit(self._look_at, None, more)

    def _look_at(self, dossier: Dossier | None, more: Callable[[Dossier], object] = lambda _: None) -> None:
        """Call `after` and `more` with a dossier, or with each: pages can do without, whatever happens here."""
        try:
            for one in self._store.dossiers() if dossier is None else (dossier,):
                self._after(one)
                more(one)
        except Exception:
            _LOG.exception("the records could not be looked at before they are asked for")

    def close(self) -> None:
        """Wait for what is being computed."""
        self._pool.shutdown(wait=True, cancel_futures=True)
