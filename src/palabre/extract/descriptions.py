"""Resolves what stands for actors without naming them: « les trois pays », « la partie malienne », « il ».

Only what the text's own parties decide is resolved; the rest is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palabre.extract.cast import Cast
    from palabre.extract.scanning import Line


def find_descriptions(lines: list[Line], cast: Cast, lang: str) -> None:
    """Add to the lines the descriptions and pronouns that stand for known actors."""
