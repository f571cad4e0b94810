"""Finds bodies a text names that no table knows: by their head noun, by an acronym in brackets, by a word beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.extract.scanning import Line

if TYPE_CHECKING:
    from palabre.text.reading import Reading


def learn_acronyms(reading: Reading, lang: str) -> dict[str, str]:
    """Return the acronyms the text introduces in brackets after a long name, each with its id."""
    return {}


def find_bodies(line: Line, lang: str) -> None:
    """Add the bodies named by their head noun."""
