"""What the database's errors mean: each becomes one of `palabre.errors`, with a sentence that names the file.

What is no fault of the disk, the file or another process (a broken rule of ours) is left as it is, to be seen.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from pydantic import ValidationError

from palabre.errors import StoreBusy, StoreDamaged, StoreError, StoreFull

if TYPE_CHECKING:
    from collections.abc import Iterator

_LITTLE = 64 * 1024
"""Bytes left on a disk below which an error of writing is put down to its being full."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(path: str | Path) -> Iterator[None]:
    """Turn the errors of the block into errors of the store at `path`."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        meaning = _meaning(error.orig, path)
        if meaning is None:
            raise
        raise meaning from error
    except sqlite3.Error as error:
        meaning = _meaning(error, path)
        if meaning is None:
            raise
        raise meaning from error
    except (ValidationError, JSONDecodeError) as error:
        raise StoreDamaged(
            f"{path}: a row of this database does not hold what Palabre writes; `palabre doctor` says more.",
            path,
        ) from error
    except OSError as error:
        raise of_system(error, path) from error


def of_system(error: OSError, path: str | Path) -> StoreError:
    """Return the store's error for one of the operating system."""
    if error.errno in _NO_ROOM:
        return _full(path)
    cause = error.strerror or str(error)
    return StoreError(f"{path}: the register's database cannot be written there ({cause}).", path)


def _full(path: str | Path) -> StoreFull:
    return StoreFull(
        f"{path}: the disk is full; what was reported added is safe, the rest was left out. Make room and run again.",
        path,
    )


def _no_room_left(path: str | Path) -> bool:
    try:
        return shutil.disk_usage(Path(path).parent).free < _LITTLE
    except OSError:
        return False


def _meaning(error: BaseException | None, path: str | Path) -> StoreError | None:
    if not isinstance(error, sqlite3.Error):
        return None
    name = getattr(error, "sqlite_errorname", None) or ""
    # Where SQLite makes a file beside the database, a full disk shows as a file that cannot be opened or written.
    besides = name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and _no_room_left(path)
    if name.startswith("SQLITE_FULL") or besides:
        return _full(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return StoreBusy(f"{path}: another process is writing to this database; try again in a moment.", path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")) or "decode to UTF-8" in str(error):
        return StoreDamaged(f"{path}: not a database of Palabre, or a broken one ({error}).", path)
    if name.startswith("SQLITE_READONLY"):
        return StoreError(f"{path}: this database cannot be written to; check its permissions.", path)
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"{path}: this database cannot be opened; check its folder and permissions.", path)
    if name.startswith(("SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_TOOBIG")):
        return StoreError(f"{path}: the disk could not be read or written ({error}).", path)
    return None
