"""Turns bytes into text: tells binaries apart, finds the encoding, evens out line ends. It knows no file, no format."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

FALLBACK_ENCODINGS: tuple[str, ...] = ("cp1252", "cp1251", "koi8_r", "mac_roman", "cp437")
"""Tried by likelihood when the bytes are not UTF-8: Western and Cyrillic text as it was written before it."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its line ends as LF and without byte order mark, and what had to be guessed or replaced."""

    text: str
    warnings: tuple[str, ...] = ()


def looks_binary(data: bytes) -> bool:
    """Tell whether the bytes are no text in any encoding that is read here: they hold NULs or many control codes."""
    head = data[:8192]
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16_without_mark(head):
        return False
    if b"\0" in data:
        return True
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in head)
    return control > 0.1 * len(head)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `data`: by its byte order mark, as UTF-8, as it declares itself, else as is likeliest.

    A text that is UTF-8 but for a few broken bytes keeps to UTF-8, each broken byte replaced by U+FFFD and a warning.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            notes = () if encoding == "utf-8" else (f"read as {encoding[:6].upper()}",)
            return Decoded(_lines(text), notes + _replaced(text, text.count("\ufffd")))
    try:
        return Decoded(_lines(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    encoding16 = _utf16_without_mark(data[:8192])
    if encoding16:
        text = data.decode(encoding16, "replace")
        return Decoded(_lines(text), ("read as UTF-16", *_replaced(text, text.count("\ufffd"))))
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(not c.isascii() for c in text) - broken
    if broken <= 0.1 * sound:
        return Decoded(_lines(text), _replaced(text, broken))
    encoding = _declared(data, declared) or _likeliest(data)
    text = data.decode(encoding, "replace")
    return Decoded(_lines(text), (f"not UTF-8; read as {encoding}", *_replaced(text, text.count("\ufffd"))))


def _replaced(text: str, count: int) -> tuple[str, ...]:
    return (f"{count} broken characters were replaced",) if count else ()


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _utf16_without_mark(head: bytes) -> str | None:
    """Return the UTF-16 byte order in which one byte of each pair is mostly NUL, or None."""
    if len(head) < 16:
        return None
    pairs = len(head) // 2
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and odd < 0.05 * pairs else None


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        data.decode(declared)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return declared.lower()


def _likeliest(data: bytes) -> str:
    from charset_normalizer import from_bytes  # takes a tenth of a second to load, and is seldom needed

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(FALLBACK_ENCODINGS)).best()
    return best.encoding if best is not None else "cp1252"
