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

_MOST = 18


def rest_of_office(line: Line, start: int, end: int, lang: str) -> bool:
    """Tell whether tokens `[start, end)` can go on with the function that ends at `start`; empty ones can."""
    if end - start > _MOST:
        return False
    if start == end:
        return True
    first, words = line.norm(start), office_words(lang)
    if first not in words.links and not (first.isalpha() and first.islower() and len(first) > 3):
        return False
    for k in range(start, end):
        norm = line.norm(k)
        owner = line.owner.get(k)
        if owner is not None:
            if owner.kind is ActorKind.PERSON and owner.form is not MentionForm.OFFICE:
                return False
            continue
        if norm in words.closed or not norm[0].isalpha():
            return False
        # After a small word what may be a verb is a noun or an adjective.
        small = norm in words.small or line.norm(k - 1) in words.small
        if not small and not line.upper(k) and is_finite(line.tokens, k, lang):
            return False
        if fold(norm).endswith(("ant", "er")) and line.norm(k - 1) in ("en", "pour", "à", "de"):
            return False  # « en saluant », « pour signer »
    return line.norm(end - 1) not in words.small


def named_in(line: Line, start: int, end: int) -> tuple[str, ...]:
    """Return the ids of the first state or body among tokens `[start, end)`, or nothing."""
    for k in range(start, end):
        owner = line.owner.get(k)
        if owner is not None and owner.kind is not ActorKind.PERSON and not owner.place and len(owner.ids) == 1:
            return owner.ids
    return ()
