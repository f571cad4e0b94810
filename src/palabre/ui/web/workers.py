"""Runs the workbench on a socket, in this process or in several that take its connections in turn.

Several processes share the database, and a folder for what lasts as long as the server (`store.passing`). They end
with the process that started them, however it ends.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import threading
from functools import partial
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.supervisors import Multiprocess

from palabre.app.jobs import cores
from palabre.store import opening
from palabre.ui.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from fastapi import FastAPI

    from palabre.app.settings import Settings

MOST_CHOSEN = 4
"""Processes that are taken unasked, at the most: each needs memory of its own."""
LARGE = 100_000_000
"""Bytes of a database from which on several processes pay: two thousand documents or so."""
PATIENCE = 60
"""Seconds a process may be busy without a sign of life before it is ended and another put in its place."""
TURN = 0.002
"""Seconds a thread works before another's turn.

A page asks the database fifty times and has to wait for its turn after each: with the usual five milliseconds, a long
export makes every other page wait for a quarter of a second.
"""


def number_of_workers(asked: int, settings: Settings) -> int:
    """Return how many processes to serve with; 0 leaves it to the size of the database and the number of cores.

    Raises BadValue for the URL of another kind of database.
    """
    path = opening.place(settings.store)
    if path is None:
        return 1  # a database in memory is that of one process
    if asked:
        return asked
    large = path.is_file() and path.stat().st_size >= LARGE
    return min(cores(), MOST_CHOSEN) if large else 1


def run(listening: socket, settings: Settings, host: str, workers: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted or told to end; `ready` is called once the database is known to open.

    Raises what `create_app` does.
    """
    if workers == 1:
        app = _settled(create_app(settings, host=host))
        ready()
        uvicorn.Server(_config(app)).run(sockets=[listening])
        return
    # Opened once before: what is wrong is said here and now, an older database is brought up to this version.
    create_app(settings, host=host).state.desk.close()
    ready()
    with tempfile.TemporaryDirectory(prefix="palabre-") as folder:
        made = _config(partial(_worker, settings, host, Path(folder)), workers=workers, factory=True)
        Multiprocess(made, sockets=[listening]).run()


def _config(app: FastAPI | Callable[[], FastAPI], workers: int = 1, factory: bool = False) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=factory,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_worker_healthcheck=PATIENCE,
    )


def _worker(settings: Settings, host: str, folder: Path) -> FastAPI:
    """Return the workbench of one process among several, which ends when the one that started it has."""
    started_by = parent_process()
    if started_by is not None:
        threading.Thread(target=_end_after, args=(started_by.sentinel,), name="orphan", daemon=True).start()
    return _settled(create_app(settings, host=host, shared=folder))


def _settled(app: FastAPI) -> FastAPI:
    """Return the workbench of a process that will do nothing else."""
    sys.setswitchinterval(TURN)
    # What is loaded stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    return app


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
