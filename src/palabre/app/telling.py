"""Use case of what people know of a text that is there: the day it was published, its title. It is read again with it.

The text does not change, nor its id, which is why where it appeared (its address, its outlet) is not told here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre import __version__
from palabre.errors import BadValue
from palabre.extract.annotator import EXTRACTORS_VERSION
from palabre.model.documents import Known, Metadata, RawDocument, ReadDocument

if TYPE_CHECKING:
    import datetime as dt

    from palabre.app.reading import Reader
    from palabre.model.documents import Document
    from palabre.model.dossier import Dossier
    from palabre.store.store import Store

EARLIEST_YEAR = 1800
_OUTSIDE = (Known.GIVEN, Known.MARKUP)
"""Where metadata come from that the text alone would not give again."""


def tell(
    store: Store, dossier: Dossier, reader: Reader, document: Document, published: dt.date, title: str, today: dt.date
) -> bool:
    """Keep when a text was published, and its title unless that is empty; tell whether that changed anything.

    Raises BadValue for a day to come, or one before there were newspapers.
    """
    if not published.year >= EARLIEST_YEAR or published > today:
        raise BadValue(published.isoformat(), "not a day a text can have been published on")
    given = replace(_said(document.meta), published=published, published_by=Known.GIVEN)
    if title:
        given = replace(given, title=title, title_by=Known.GIVEN)
    raw = RawDocument(document.name, document.path, document.text, document.media_type, given)
    read = reader.read_raw(raw, {})
    assert isinstance(read, ReadDocument)
    return store.add_document(dossier, read, extractor=f"{__version__}+{EXTRACTORS_VERSION}")


def _said(meta: Metadata) -> Metadata:
    """Return what of a text's metadata its words alone do not say."""
    return Metadata(
        url=meta.url,
        **{
            name: value
            for field in ("published", "title", "author", "outlet")
            if getattr(meta, f"{field}_by") in _OUTSIDE
            for name, value in ((field, getattr(meta, field)), (f"{field}_by", getattr(meta, f"{field}_by")))
        },
    )
