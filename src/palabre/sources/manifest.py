"""Reads the table that dates and names texts: `path,published`, and if wanted `url`, `outlet`, `title`, `author`."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from palabre.errors import BadManifest, UnreadableFile
from palabre.model.documents import Known, Metadata
from palabre.sources.decoding import decode, looks_binary

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: tuple[str, ...] = ("path", "published", "url", "outlet", "title", "author", "lang")
"""The columns that are read; others are left alone."""

_FRENCH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row: its number in the file (the header is 1), the path as written and what it says of that text."""

    number: int
    path: str
    meta: Metadata


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says, and its faults, each a BadManifest that names the row."""

    path: str
    rows: tuple[ManifestRow, ...]
    faults: tuple[BadManifest, ...] = ()

    def row_for(self, path: str) -> ManifestRow | None:
        """Return the row of the file at `path`: by path (from the manifest's folder, or as given), then its name."""
        by_path, by_name = _lookup(self)
        target = Path(path)
        at = by_path.get(path) or by_path.get(_absolute(target))
        if at is not None:
            return at
        named = [*by_name.get(target.name, ()), *(by_name.get(target.stem, ()) if target.stem != target.name else ())]
        bare = [row for row in named if Path(row.path).name == row.path]
        found = bare or named
        return found[0] if len(found) == 1 else None

    def unmatched(self, used: Iterable[int]) -> tuple[BadManifest, ...]:
        """Return a fault for each row whose number is not among those `used`."""
        seen = set(used)
        return tuple(
            BadManifest(self.path, f"row {row.number}: no text named “{row.path}” among those given")
            for row in self.rows
            if row.number not in seen
        )


def read_manifest(path: str | Path) -> Manifest:
    """Return the manifest at `path`; what is wrong in its rows is in `faults` and the other rows stand.

    Raises UnreadableFile when it cannot be read, BadManifest when it has no header with a column `path`.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or "it cannot be read") from error
    if looks_binary(data):
        raise BadManifest(str(path), "not a table of text")
    text = decode(data).text
    header = text.lstrip().partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=header.count)
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if "path" not in names:
        raise BadManifest(str(path), "its first row names no column “path”")
    faults: list[BadManifest] = []
    if "published" not in names:
        faults.append(BadManifest(str(path), "its first row names no column “published”: no text is dated by it"))
    rows: list[ManifestRow] = []
    seen: dict[str, int] = {}
    reader = csv.reader(text.lstrip().splitlines(), delimiter=delimiter)
    next(reader, None)
    first = 1 + text[: len(text) - len(text.lstrip())].count("\n")
    try:
        for cells in reader:
            number = first + reader.line_num - 1
            if not any(cell.strip() for cell in cells):
                continue
            values = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
            where = values.get("path")
            if where is None:
                faults.append(BadManifest(str(path), f"row {number}: no path"))
            elif where in seen:
                faults.append(
                    BadManifest(
                        str(path), f"row {number}: “{where}” stands in row {seen[where]} already; that one is kept"
                    )
                )
            else:
                seen[where] = number
                meta, fault = _meta(values)
                if fault:
                    faults.append(BadManifest(str(path), f"row {number}: {fault}"))
                rows.append(ManifestRow(number, where, meta))
    except csv.Error as error:
        faults.append(
            BadManifest(str(path), f"row {first + reader.line_num - 1}: {error}; the rows after it are not read")
        )
    return Manifest(str(path), tuple(rows), tuple(faults))


def day_of(value: str) -> dt.date | None:
    """Return the day written as `2025-04-03` (a time may follow) or `03/04/2025`, or None when it is no day."""
    match = _FRENCH_DAY.match(value)
    try:
        if match:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        return dt.datetime.fromisoformat(value).date() if len(value) > 10 else dt.date.fromisoformat(value)
    except ValueError:
        return None


def _meta(values: dict[str, str]) -> tuple[Metadata, str | None]:
    given = {name: values.get(name) for name in ("url", "outlet", "title", "author", "lang")}
    meta = Metadata(
        lang=given["lang"],
        title=given["title"],
        author=given["author"],
        outlet=given["outlet"],
        url=given["url"],
        title_by=Known.GIVEN if given["title"] else None,
        author_by=Known.GIVEN if given["author"] else None,
        outlet_by=Known.GIVEN if given["outlet"] else None,
    )
    written = values.get("published")
    if written is None:
        return meta, None
    day = day_of(written)
    if day is None:
        return meta, f"“{written}” is not a day such as 2025-04-03"
    return replace(meta, published=day, published_by=Known.GIVEN), None


@lru_cache(maxsize=4)
def _lookup(manifest: Manifest) -> tuple[dict[str, ManifestRow], dict[str, list[ManifestRow]]]:
    """Return the rows by path (as written, then absolute, the first row first) and by file name: built once."""
    folder = Path(manifest.path).parent
    by_path: dict[str, ManifestRow] = {}
    by_name: dict[str, list[ManifestRow]] = {}
    for row in manifest.rows:
        by_name.setdefault(Path(row.path).name, []).append(row)
        for where in (row.path, _absolute(folder / row.path), _absolute(Path(row.path))):
            by_path.setdefault(where, row)
    return by_path, by_name


def _absolute(path: Path) -> str:
    return str(path.absolute().resolve()) if "\0" not in str(path) else str(path)
