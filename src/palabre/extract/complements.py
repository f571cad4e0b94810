"""Reads on past a function's known words: « le directeur | de cabinet civil de la Présidence, X ».

`offices` stops where its tables end; here the words between a function and a name are weighed: the rest of its
complement, or the words of a clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.extract.clauses import is_finite
from palabre.extract.offices import office_words
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.extract.scanning import Line

_LINKS = frozenset(
    {"de", "du", "des", "d'", "à", "au", "aux", "en", "pour", "chargé", "chargée", "auprès", "près", "of"}
)
_SMALL = _LINKS | {"la", "le", "les", "l'", "et", "sur", "and", "the", "son", "sa", "leur"}
_MOST = 18


def rest_of_office(line: Line, start: int, end: int, lang: str) -> bool:
    """Tell whether tokens `[start, end)` can go on with the function that ends at `start`; empty ones can."""
    if end - start > _MOST:
        return False
    if start == end:
        return True
    first, closed = line.norm(start), office_words(lang).closed
    if first not in _LINKS and not (first.isalpha() and first.islower() and len(first) > 3):
        return False
    for k in range(start, end):
        norm = line.norm(k)
        owner = line.owner.get(k)
        if owner is not None:
            if owner.kind is ActorKind.PERSON and owner.form is not MentionForm.OFFICE:
                return False
            continue
        if norm in closed or not norm[0].isalpha():
            return False
        if not line.upper(k) and norm not in _SMALL and is_finite(line.tokens, k, lang) and not _noun(line, k):
            return False
        if fold(norm).endswith(("ant", "er")) and line.norm(k - 1) in ("en", "pour", "à", "de"):
            return False  # « en saluant », « pour signer »
    return line.norm(end - 1) not in _SMALL


def _noun(line: Line, k: int) -> bool:
    """Tell whether a word that may be a verb follows a small word that only nouns and adjectives follow."""
    return line.norm(k - 1) in _SMALL


def named_in(line: Line, start: int, end: int) -> tuple[str, ...]:
    """Return the ids of the first state or body among tokens `[start, end)`, or nothing."""
    for k in range(start, end):
        owner = line.owner.get(k)
        if owner is not None and owner.kind is not ActorKind.PERSON and not owner.place and len(owner.ids) == 1:
            return owner.ids
    return ()
