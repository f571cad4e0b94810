"""Reads texts in several processes and gives the results back in the order of the texts. It opens no file.

Few texts wait at any time, so that memory does not grow with their number; an interrupt stops every process at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING

from palabre.errors import BadValue, InputError, PipelineError
from palabre.model.documents import RawDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from palabre.app.reading import Reader
    from palabre.app.settings import Settings
    from palabre.model.documents import Document, Metadata, ReadDocument

CHUNK_TEXTS = 8
CHUNK_POINTS = 60_000
"""A process is given texts by the handful: at most so many, until they hold this many code points."""

WAITING = 2
"""Handfuls given to each process ahead of what has been asked for."""

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""What makes numpy compute on one core: several processes that each take all cores get in each other's way."""

_MOST = 61
"""The most processes that every system allows one pool."""


def number_of_jobs(asked: int) -> int:
    """Return how many processes to read with: 0 stands for one to each core. Raises BadValue when negative."""
    if asked < 0:
        raise BadValue(str(asked), "not a number of processes (0 for one to each core)")
    return min(asked or _cores(), _MOST)


def _cores() -> int:
    # What this process may run on, which in a container is less than what the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    texts: Iterable[RawDocument | InputError],
    jobs: int,
    settings: Settings,
    known: Mapping[str, Metadata],
    warn: Callable[[RawDocument], None],
) -> Iterator[ReadDocument | Document | InputError]:
    """Yield what `Reader.read_raw` makes of each text, in the order of the texts; errors stay where they stand.

    `warn` is called with each text before its result is yielded. Raises PipelineError when a process dies.
    """
    items = iter(texts)
    opening = list(islice(items, 2))
    context = multiprocessing.get_context("spawn")
    jobs = 1 if len(opening) < 2 else jobs
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(settings, dict(known)))
    waiting: deque[tuple[list[RawDocument | InputError], Future[list[ReadDocument | Document]]]] = deque()
    before = set(multiprocessing.active_children())
    try:
        for chunk in _chunks(chain(opening, items)):
            texts_in = [t for t in chunk if isinstance(t, RawDocument)]
            with _interrupts_held():
                waiting.append((chunk, pool.submit(_read, texts_in)))
            if len(waiting) > WAITING * jobs:
                yield from _results(*waiting.popleft(), warn)
        while waiting:
            yield from _results(*waiting.popleft(), warn)
        pool.shutdown()
    except BrokenProcessPool as error:
        raise PipelineError("a reading process has stopped, for want of memory perhaps: --jobs 1 needs less") from error
    finally:
        # Only what was cut short is still there.
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()


def _chunks(items: Iterable[RawDocument | InputError]) -> Iterator[list[RawDocument | InputError]]:
    chunk: list[RawDocument | InputError] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text) if isinstance(item, RawDocument) else 0
        if len(chunk) >= CHUNK_TEXTS or size >= CHUNK_POINTS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _results(
    chunk: list[RawDocument | InputError],
    future: Future[list[ReadDocument | Document]],
    warn: Callable[[RawDocument], None],
) -> Iterator[ReadDocument | Document | InputError]:
    read = iter(future.result())
    for item in chunk:
        if isinstance(item, RawDocument):
            warn(item)
            yield next(read)
        else:
            yield item


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts back while processes are started, which hold them back for good: only the first one answers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


_reader: Reader | None = None
"""Of a reading process: how it reads. Set once, when it begins."""
_known: Mapping[str, Metadata] = {}


def _begin(settings: Settings, known: Mapping[str, Metadata]) -> None:
    """Make a new process ready to read."""
    from palabre.app.reading import Reader

    global _reader, _known
    _reader, _known = Reader(settings), known


def _read(texts: list[RawDocument]) -> list[ReadDocument | Document]:
    """Read a handful of texts, in a process made ready by `_begin`."""
    assert _reader is not None
    return [_reader.read_raw(text, _known) for text in texts]
