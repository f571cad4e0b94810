"""Who speaks, as it is found, and the small words that tell a subject from what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.model.spans import Span


@dataclass(frozen=True)
class Voice:
    """Who speaks: the name (empty for nobody), where it stands, the verb or word that says so, how sure that is."""

    name: str
    span: Span | None
    cue: Span | None
    sure: float


@dataclass(frozen=True)
class SubjectWords:
    """The small words that tell a subject from what stands around it."""

    indefinite: frozenset[str]
    definite: frozenset[str]
    titles: frozenset[str]
    governing: frozenset[str]
    around: frozenset[str]
    breaking: frozenset[str]
    persons: frozenset[str]
    latter: frozenset[str]
    bodies: frozenset[str]
    """Nouns that take up a body already spoken of."""


@lru_cache(maxsize=8)
def subject_words(lang: str) -> SubjectWords:
    """Return the words of a language."""
    data = table(lang, "quotes")["subject"]
    names = ("indefinite", "definite", "titles", "governing", "around", "breaking", "persons", "latter", "bodies")
    return SubjectWords(*(frozenset(fold(w) for w in data.get(name, ())) for name in names))
