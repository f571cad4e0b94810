"""Goes through the paths a user names (files, folders, `-` for standard input) and yields the texts they hold.

A path that cannot be used is yielded as the error that says so, and the run goes on. Nothing is read twice.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from palabre.errors import InputError, NotText, UnreadableFile
from palabre.model.documents import Known, Metadata, RawDocument
from palabre.sources.readers import capture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from palabre.sources.manifest import Manifest

MAX_BYTES = 5_000_000
"""A file above this size is refused before it is read: no article or communiqué is that long."""

SKIPPED_IN_FOLDERS: tuple[str, ...] = (
    ".csv", ".tsv", ".json", ".jsonl", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".py", ".js", ".css", ".db", ".sqlite",
    ".sqlite3", ".db-wal", ".db-shm", ".db-journal", ".log", ".lock", ".bak", ".tmp",
)  # fmt: skip
"""Endings of tables (manifests among them), settings, programs, databases: passed over in a folder, read if named."""


def read_paths(
    paths: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    manifest: Manifest | None = None,
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[RawDocument | InputError]:
    """Yield a document for each text among `paths`, folders in sorted order, an InputError for each that is none.

    `published` dates every text; a manifest's rows stand in for it, and win over what a page's markup says. A
    manifest's own faults come first, its rows that matched no text last. `stdin` stands in for standard input.
    """
    if manifest is not None:
        yield from manifest.faults
    used: set[int] = set()
    seen: set[str] = set()
    for path in paths:
        for item in _walk(str(path), seen, max_bytes, stdin, manifest.path if manifest else None):
            if isinstance(item, InputError):
                yield item
                continue
            row = manifest.row_for(item.path) if manifest is not None else None
            if row is not None:
                used.add(row.number)
            yield replace(
                item, given=_given(item.given, row.meta if row else None, published if manifest is None else None)
            )
    if manifest is not None:
        yield from manifest.unmatched(used)


def _given(markup: Metadata, row: Metadata | None, published: dt.date | None) -> Metadata:
    """Return what is given of a text: the manifest's row or the day of the whole run over the page's markup."""
    if row is not None:
        return Metadata(
            lang=row.lang or markup.lang,
            published=row.published or markup.published,
            title=row.title or markup.title,
            author=row.author or markup.author,
            outlet=row.outlet or markup.outlet,
            url=row.url or markup.url,
            published_by=row.published_by or markup.published_by,
            title_by=row.title_by or markup.title_by,
            author_by=row.author_by or markup.author_by,
            outlet_by=row.outlet_by or markup.outlet_by,
        )
    if published is not None:
        return replace(markup, published=published, published_by=Known.GIVEN)
    return markup


def _walk(
    path: str, seen: set[str], max_bytes: int, stdin: BinaryIO | None, manifest: str | None
) -> Iterator[RawDocument | InputError]:
    if path == "-":
        yield from _one(lambda: _standard_input(stdin or sys.stdin.buffer, max_bytes))
        return
    if not path:
        yield UnreadableFile(path, "an empty path")
        return
    try:
        where = Path(path)
        is_folder = where.is_dir()
    except (OSError, ValueError) as error:
        yield UnreadableFile(path, _cause(error))
        return
    if not is_folder:
        yield from _file(path, seen, max_bytes)
        return
    if _real(path) in seen:
        return
    texts = 0
    for item in _folder(where, seen, manifest, max_bytes):
        texts += 1
        yield item
    if not texts:
        yield NotText(path, "a folder without texts")


def _folder(folder: Path, seen: set[str], manifest: str | None, max_bytes: int) -> Iterator[RawDocument | InputError]:
    """Yield the texts of a folder and of those below it; one met twice (a loop of links) is not gone into again."""
    if _real(str(folder)) in seen:
        return
    seen.add(_real(str(folder)))
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableFile(str(folder), _cause(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = str(folder / entry.name)
        if Path(path).is_dir():
            yield from _folder(Path(path), seen, manifest, max_bytes)
        elif not entry.name.lower().endswith(SKIPPED_IN_FOLDERS) and (
            manifest is None or _real(path) != _real(manifest)
        ):
            yield from _file(path, seen, max_bytes)


def _file(path: str, seen: set[str], max_bytes: int) -> Iterator[RawDocument | InputError]:
    real = _real(path)
    if real in seen:
        return
    seen.add(real)
    yield from _one(lambda: _read(path, max_bytes))


def _one(read: Callable[[], RawDocument]) -> Iterator[RawDocument | InputError]:
    try:
        yield read()
    except InputError as error:
        yield error


def _read(path: str, max_bytes: int) -> RawDocument:
    try:
        state = Path(path).stat()
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableFile(path, "neither a file nor a folder")
        if state.st_size > max_bytes:
            raise NotText(path, _too_large(max_bytes))
        with Path(path).open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, _cause(error, path)) from error
    if len(data) > max_bytes:
        raise NotText(path, _too_large(max_bytes))
    return capture(data, Path(path).stem, path, Path(path).suffix)


def _standard_input(stream: BinaryIO, max_bytes: int) -> RawDocument:
    try:
        data = stream.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFile("-", _cause(error)) from error
    if len(data) > max_bytes:
        raise NotText("-", _too_large(max_bytes))
    return capture(data, "stdin", "-", "")


def _too_large(max_bytes: int) -> str:
    return f"larger than {max_bytes / 1_000_000:g} MB"


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _cause(error: OSError | ValueError, path: str | None = None) -> str:
    """Return why a path cannot be read, in a few words."""
    if path is not None and isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "a link to nothing"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "it cannot be read"
