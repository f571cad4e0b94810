"""Use case of texts handed over (pasted, uploaded) rather than named by a path: read each and add it to a dossier.

Nothing handed over is written to a file or run; nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from palabre import __version__
from palabre.app.addresses import is_address
from palabre.app.dossiers import Added, KnownTexts
from palabre.errors import BadValue, InputError, NotText
from palabre.extract.annotator import EXTRACTORS_VERSION
from palabre.model.documents import Document, Known, Metadata
from palabre.sources.readers import capture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from palabre.app.reading import Reader
    from palabre.model.documents import RawDocument
    from palabre.model.dossier import Dossier
    from palabre.store.store import Store

LONGEST_FIELD = 500
"""Code points of a name, a title, an outlet, an address."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One text as handed over: the name of its file, its bytes, and what is said of it."""

    name: str
    data: bytes
    given: Metadata


def said(published: dt.date | None, outlet: str, url: str, title: str = "") -> Metadata:
    """Return what a person says of a text; an empty value says nothing. Raises BadValue for what is no address."""
    address = url.strip()
    if address and not is_address(address):
        raise BadValue(address[:80], "not an address that begins with http:// or https://")
    if len(address) > 2000:
        raise BadValue(f"{address[:80]}…", "an address of more than 2000 characters")
    name, outlet = one_line(title), one_line(outlet)
    return Metadata(
        published=published,
        outlet=outlet or None,
        title=name or None,
        url=address or None,
        published_by=Known.GIVEN if published else None,
        outlet_by=Known.GIVEN if outlet else None,
        title_by=Known.GIVEN if name else None,
    )


def file_name(name: str) -> str:
    """Return a file's own name, without folders, on one line."""
    return one_line(PurePosixPath(name.replace("\\", "/")).name) or "?"


def one_line(value: str) -> str:
    """Return a name or a title on one line, of printable characters, no longer than it may be."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:LONGEST_FIELD]


def add_handed(store: Store, dossier: Dossier, reader: Reader, handed: Iterable[Handed]) -> Iterator[Added]:
    """Read each text and add it, one transaction each; yields what became of it once it is committed.

    A text that is there already with the same metadata, read by these very extractors, is not read again.
    """
    version = f"{__version__}+{EXTRACTORS_VERSION}"
    read_by = store.read_by(dossier)
    known = KnownTexts(store, {its for its, by in read_by.items() if by == version})
    for item in handed:
        name = file_name(item.name)
        try:
            if len(item.data) > reader.settings.max_bytes:
                raise NotText(name, f"larger than {reader.settings.max_bytes / 1_000_000:g} MB")
            raw = _told(capture(item.data, PurePosixPath(name).stem, name, PurePosixPath(name).suffix), item.given)
            read = reader.read_raw(raw, known)
            if isinstance(read, Document):
                yield Added(name, document=read)
            else:
                yield Added(name, new=store.add_document(dossier, read, extractor=version), document=read.document)
        except InputError as error:
            yield Added(name, error=error)


def _told(raw: RawDocument, given: Metadata) -> RawDocument:
    """Return a captured text with what the person says of it over what its markup does."""
    fields = ("published", "outlet", "title", "url", "published_by", "outlet_by", "title_by")
    return replace(raw, given=replace(raw.given, **{f: v for f in fields if (v := getattr(given, f)) is not None}))
