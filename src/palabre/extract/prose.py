"""Tells sentences of the article from its titles, credits and clutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palabre.text.reading import Reading

_NO_PROSE = ("title", "heading", "byline", "credit", "boilerplate")
_LONG_HEADING = 100
"""A block taken for a heading that is longer than this, in code points, is a sentence."""


def is_prose(reading: Reading, block: int) -> bool:
    """Tell whether a block holds sentences of the article: titles repeat the body, and long « headings » are none."""
    if not 0 <= block < len(reading.blocks):
        return True
    where = reading.blocks[block]
    return where.kind not in _NO_PROSE or (where.kind == "heading" and len(where.span) >= _LONG_HEADING)
