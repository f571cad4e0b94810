"""Documents as captured, and what is known about them besides their text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from palabre.model.annotations import Annotations
from palabre.model.ids import content_id
from palabre.model.spans import Span


class Known(StrEnum):
    """Where a piece of metadata comes from, firmest first."""

    GIVEN = "given"  # the user or a manifest said so
    MARKUP = "markup"  # the page's own metadata (meta tags, JSON-LD)
    TEXT = "text"  # words of the text say so
    GUESSED = "guessed"  # worked out (language)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document. Every field is None when nothing says it.

    `published` is a day. `published_by`, `outlet_by`, `author_by`, `title_by` tell where each comes from.
    `agency` is the press agency or outlet a text credits (« Source : », « avec AFP »).
    """

    lang: str | None = None
    published: dt.date | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    dateline: str | None = None
    published_by: Known | None = None
    title_by: Known | None = None
    author_by: Known | None = None
    outlet_by: Known | None = None
    title_span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A text as a source gave it, before any reading: its text, what the source itself knows, and its name.

    `name` is the file's name without its ending; `path` as the user gave it (`-` for standard input).
    `media_type` is `text/plain`, `text/html`, … `given` holds what the user, a manifest or the markup said.
    """

    name: str
    path: str
    text: str
    media_type: str
    given: Metadata
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One text as captured, never changed once stored. `id` is `d-…`, made from the text and where it appeared.

    Where it appeared is its URL, else the outlet the user names for it: what the text itself says adds nothing.
    """

    id: str
    name: str
    path: str
    text: str
    media_type: str
    meta: Metadata

    @classmethod
    def of(cls, raw: RawDocument, meta: Metadata) -> Document:
        """Build a document from a captured text and the metadata settled for it."""
        where = meta.url or (meta.outlet if meta.outlet_by is Known.GIVEN else None)
        return cls(document_id(raw.text, where), raw.name, raw.path, raw.text, raw.media_type, meta)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with what one reading found in it: what the register is made from."""

    document: Document
    annotations: Annotations


def document_id(text: str, where: str | None) -> str:
    """Return the id of a captured text: the same text from the same place is one document, wherever its file lies."""
    return content_id("d", text, where)
