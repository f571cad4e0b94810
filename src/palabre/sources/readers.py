"""Which reader takes which bytes: an explicit tuple, tried in order. A new kind of source is one `Reader` more."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.errors import NotText
from palabre.model.documents import Metadata, RawDocument
from palabre.sources.decoding import decode, looks_binary
from palabre.sources.html import is_page, read_page

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of source. `suits` tells whether it takes a file, by its ending (dot, lower case) and first bytes.

    `read` makes the document from (bytes, name, path) and raises NotText when no text can be taken.
    """

    name: str
    suits: Callable[[str, bytes], bool]
    read: Callable[[bytes, str, str], RawDocument]


FOREIGN: tuple[tuple[str, tuple[str, ...], tuple[bytes, ...]], ...] = (
    ("a PDF; this version does not read PDF yet", (".pdf",), (b"%PDF",)),
    ("an RTF document; this version does not read RTF", (".rtf",), (b"{\\rtf",)),
    (
        "a word processor's document; this version does not read those yet",
        (".doc", ".docx", ".odt"),
        (b"\xd0\xcf\x11\xe0",),
    ),
    ("an e-mail; this version does not read e-mail yet", (".eml", ".msg", ".mbox"), ()),
    ("a web archive; this version does not read WARC yet", (".warc", ".mhtml", ".maff"), (b"WARC/",)),
    ("a feed; this version does not read RSS or Atom yet", (".rss", ".atom"), (b"<rss", b"<feed")),
    (
        "an archive; take the texts out of it first",
        (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar"),
        (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"),
    ),
    (
        "an image, not a text",
        (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".ico", ".svg"),
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"<svg"),
    ),
    (
        "a sound or a film, not a text",
        (".mp3", ".mp4", ".ogg", ".wav", ".avi", ".mov", ".webm", ".m4a", ".flac"),
        (b"ID3", b"OggS", b"RIFF", b"\x1aE\xdf\xa3", b"fLaC"),
    ),
    ("a database, not a text", (".db", ".sqlite", ".sqlite3"), (b"SQLite format 3\0",)),
    ("a program, not a text", (".exe", ".dll", ".so", ".pyc"), (b"\x7fELF", b"MZ\x90")),
)
"""What is known and not read here: the cause to show, the endings, the first bytes."""


def _foreign(suffix: str, data: bytes) -> str | None:
    """Return why bytes of a kind known but not read are refused, or None."""
    head = data[:64].lstrip()
    for cause, _, openings in FOREIGN:
        if any(head.startswith(opening) for opening in openings):
            return cause
    if data[4:8] == b"ftyp":
        return "a sound or a film, not a text"
    for cause, endings, openings in FOREIGN:
        # A text named .pdf is read as the text it is; a kind without first bytes of its own goes by its ending.
        if suffix in endings and (not openings or looks_binary(data)):
            return cause
    return None


def _read_page(data: bytes, name: str, path: str) -> RawDocument:
    page, meta = read_page(data)
    if not any(c.isalnum() for c in page.text):
        raise NotText(path, "an HTML page without any text to take")
    return RawDocument(name, path, page.text, "text/html", meta, page.warnings)


def _read_plain(data: bytes, name: str, path: str) -> RawDocument:
    plain = decode(data)
    if not any(c.isalnum() for c in plain.text):
        raise NotText(path, "no words in it")
    # Offsets are those of the whole file: the mark that opens a UTF-8 file stays in its text.
    mark = "\ufeff" if data.startswith(codecs.BOM_UTF8) else ""
    return RawDocument(name, path, mark + plain.text, "text/plain", Metadata(), plain.warnings)


def _suits_page(suffix: str, data: bytes) -> bool:
    return not looks_binary(data) and (
        is_page(data[:8192]) or (suffix in (".html", ".htm", ".xhtml") and b"<" in data[:8192])
    )


READERS: tuple[Reader, ...] = (
    Reader("html", _suits_page, _read_page),
    Reader("plain", lambda _suffix, data: not looks_binary(data), _read_plain),
)
"""The readers, first fit first. URLs, feeds, PDF, e-mail and WARC take their place before `plain`."""


def capture(data: bytes, name: str, path: str, suffix: str) -> RawDocument:
    """Return the document that `data` holds. `suffix` is the file's ending with its dot; the bytes weigh more.

    Raises NotText for what is empty, binary, or of a kind that is not read.
    """
    if not data.strip():
        raise NotText(path, "an empty file")
    cause = _foreign(suffix.lower(), data)
    if cause is not None:
        raise NotText(path, cause)
    for reader in READERS:
        if reader.suits(suffix.lower(), data):
            return reader.read(data, name, path)
    raise NotText(path, "binary data, not a text")
