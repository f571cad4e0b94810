"""Turns errors into the one sentence the user reads, in the interface's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.errors import InputError, PalabreError

if TYPE_CHECKING:
    from palabre.lang.interface import Words


def sentence_of(error: PalabreError, words: Words) -> str:
    """Return one sentence that names the file or value and the cause."""
    if isinstance(error, InputError):
        return f"{error.source}{words('report.colon')}{words.translate(error.cause)}"
    return words.translate(str(error))
