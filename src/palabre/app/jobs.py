"""Reads texts in several processes, this one among them, and gives the results back in the order of the texts.

It opens no file. Few texts wait at any time, so that memory does not grow with their number; an interrupt stops every
process at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from palabre.errors import BadValue, InputError, PipelineError
from palabre.model.documents import RawDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from palabre.model.documents import Document, Metadata, ReadDocument

CHUNK_TEXTS = 8
CHUNK_POINTS = 60_000
"""Texts are read by the handful: at most so many, until they hold this many code points."""

WAITING = 2
"""Handfuls given to each other process ahead; when all have so many, this one reads the next."""

AHEAD = 24
"""Handfuls read or being read, at the most, ahead of the oldest that is waited for."""

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""What makes numpy compute on one core: several processes that each take all cores get in each other's way."""

_MOST = 61
"""The most processes that every system allows one pool."""


class Reads(Protocol):
    """What reads texts."""

    def read_raws(self, raws: Sequence[RawDocument], known: Mapping[str, Metadata]) -> list[ReadDocument | Document]:
        """Return texts with their annotations; without them those `known`, by id, with the same metadata."""
        ...


def number_of_jobs(asked: int) -> int:
    """Return how many processes to read with: 0 stands for one to each core. Raises BadValue when negative."""
    if asked < 0:
        raise BadValue(str(asked), "not a number of processes (0 for one to each core)")
    return min(asked or cores(), _MOST)


def cores() -> int:
    """Return how many cores this process may run on."""
    # What this process may run on, which in a container is less than what the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    texts: Iterable[RawDocument | InputError],
    jobs: int,
    made: Callable[[], Reads],
    known: Mapping[str, Metadata],
    warn: Callable[[RawDocument], None],
) -> Iterator[ReadDocument | Document | InputError]:
    """Yield what is read of each text, in the order of the texts; errors stay where they stand.

    `jobs` is 2 or more. `made` makes what reads, in each process: it is sent to them. `warn` is called with each text
    before its result is yielded. Raises PipelineError when a process dies.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    left = iter(texts)
    chunks = chain(handfuls(islice(left, 1)), handfuls(left))
    read_here = _read_with(made(), known)
    first = next(chunks, [])
    # A copy of this process once it has read a text has nothing to load.
    ready = read_here(first) if _copies_are_safe() else None
    context = multiprocessing.get_context("fork" if ready is not None and _copies_are_safe() else "spawn")
    most = WAITING * (jobs - 1)
    ahead = list(islice(chunks, most))
    # This process reads as well; copies are all made at once: no more of them than there is work for.
    others = max(1, min(jobs - 1, len(ahead)))
    pool = ProcessPoolExecutor(others, mp_context=context, initializer=_begin, initargs=(made, dict(known)))
    waiting: deque[tuple[list[RawDocument | InputError], Future[list[ReadDocument | Document]]]] = deque()
    before = set(multiprocessing.active_children())

    def give(chunk: list[RawDocument | InputError]) -> None:
        with _interrupts_held(), _no_main():
            waiting.append((chunk, pool.submit(_read, texts_of(chunk))))

    try:
        for chunk in ahead:
            give(chunk)
        # Read here while the other processes begin.
        yield from in_place(first, (ready or read_here(first)).result(), warn)
        for chunk in chunks:
            if sum(not future.done() for _, future in waiting) < most or _size(chunk) > CHUNK_POINTS:
                give(chunk)
            else:
                waiting.append((chunk, read_here(chunk)))
            while waiting and (waiting[0][1].done() or len(waiting) > AHEAD):
                oldest, future = waiting.popleft()
                yield from in_place(oldest, future.result(), warn)
        while waiting:
            oldest, future = waiting.popleft()
            yield from in_place(oldest, future.result(), warn)
        pool.shutdown()
    except BrokenProcessPool as error:
        raise PipelineError("a reading process has stopped, for want of memory perhaps: --jobs 1 needs less") from error
    finally:
        # Only what was cut short is still there. Waited for: the interpreter would wake a thread that is closing.
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _copies_are_safe() -> bool:
    """Tell whether this process may be copied as it stands: what another thread holds would be held for ever."""
    return sys.platform == "linux" and threading.active_count() == 1


def texts_of(chunk: list[RawDocument | InputError]) -> list[RawDocument]:
    """Return the texts of a handful, errors left out."""
    return [item for item in chunk if isinstance(item, RawDocument)]


def _size(chunk: list[RawDocument | InputError]) -> int:
    return sum(len(text.text) for text in texts_of(chunk))


def _read_with(
    reader: Reads, known: Mapping[str, Metadata]
) -> Callable[[list[RawDocument | InputError]], Future[list[ReadDocument | Document]]]:
    """Return what reads a handful of texts at once, in this process."""

    def read_here(chunk: list[RawDocument | InputError]) -> Future[list[ReadDocument | Document]]:
        future: Future[list[ReadDocument | Document]] = Future()
        future.set_result(reader.read_raws(texts_of(chunk), known))
        return future

    return read_here


def handfuls(items: Iterable[RawDocument | InputError]) -> Iterator[list[RawDocument | InputError]]:
    """Yield the items a handful at a time, in order."""
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


def in_place(
    chunk: list[RawDocument | InputError],
    read: Iterable[ReadDocument | Document],
    warn: Callable[[RawDocument], None],
) -> Iterator[ReadDocument | Document | InputError]:
    """Yield what was made of the texts of a handful, errors where they stand; `warn` is called before each result."""
    results = iter(read)
    for item in chunk:
        if isinstance(item, RawDocument):
            warn(item)
            yield next(results)
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


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the program's main module while processes are started: they would import the whole of it, and need none."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_reader: Reads | None = None
"""Of a reading process: how it reads. Set once, when it begins."""
_known: Mapping[str, Metadata] = {}


def _begin(made: Callable[[], Reads], known: Mapping[str, Metadata]) -> None:
    """Make a new process ready to read."""
    global _reader, _known
    _reader, _known = made(), known
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this process when the one that started it is gone: it was killed, and its files would stay open here."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(texts: list[RawDocument]) -> list[ReadDocument | Document]:
    """Read a handful of texts, in a process made ready by `_begin`."""
    assert _reader is not None
    return _reader.read_raws(texts, _known)
