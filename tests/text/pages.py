"""Pages of plain text, read."""

from __future__ import annotations

from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def read(text: str, given: Metadata | None = None) -> Reading:
    """Read a page with what was given of it."""
    return read_text(RawDocument("page", "page.txt", text, "text/plain", given or Metadata()))
