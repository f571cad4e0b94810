"""The nouns and pronouns of a language that stand for actors without naming them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from palabre.lang.pack import table
from palabre.text.names import fold


@dataclass(frozen=True)
class Stand:
    """A language's nouns that stand for actors."""

    groups: frozenset[str]
    people: frozenset[str]
    everybody: frozenset[str]
    numbers: dict[str, int]
    sides: frozenset[str]
    body_nouns: frozenset[str]
    subject: frozenset[str]
    subjects: frozenset[str]
    impersonal: frozenset[str]
    impersonal_after: frozenset[str]
    continent: frozenset[str]
    before: frozenset[str]
    country: frozenset[str]
    after_body: frozenset[str]

    @cached_property
    def openers(self) -> frozenset[str]:
        """Every word that a description may open with, but for the nouns of bodies."""
        return frozenset({"both", *self.numbers, *self.sides, *self.before, *self.everybody, *self.continent})


@lru_cache(maxsize=8)
def stand_words(lang: str) -> Stand:
    """Return the nouns of a language."""
    data = table(lang, "actors")
    says, pronouns = data["descriptions"], data["pronouns"]
    return Stand(
        frozenset(says["groups"]),
        frozenset(says["people"]),
        frozenset(says["all"]),
        {str(k): int(v) for k, v in says["numbers"].items()},
        frozenset(says["sides"]),
        frozenset(fold(w) for w in says["body_nouns"]),
        frozenset(says["subject"]),
        frozenset(says["subjects"]),
        frozenset(pronouns["impersonal"]),
        frozenset(pronouns["impersonal_after"]),
        frozenset(pronouns["continent"]),
        frozenset(pronouns["people_before"]),
        frozenset(says["country"]),
        frozenset(says["after_body"].split()),
    )
