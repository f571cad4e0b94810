"""Tells a full clause from a fragment by its words alone: has it a finite verb of its own?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.speech import er_forms
from palabre.lang.pack import table
from palabre.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.reading import Token


@dataclass(frozen=True)
class ClauseWords:
    """A language's subjects, subordinators and finite verbs."""

    subjects: frozenset[str]
    subordinators: frozenset[str]
    finite: frozenset[str]
    not_finite: frozenset[str]
    present: frozenset[str]


@lru_cache(maxsize=8)
def clause_words(lang: str) -> ClauseWords:
    """Return the words of a language."""
    data = table(lang, "quotes")
    grammar = data["grammar"]
    present: set[str] = set()
    for infinitive in data.get("verbs", {}).get("er", "").split():
        present.update(fold(f) for f in er_forms(infinitive)[4:6])
    for infinitive in grammar.get("present", "").split():
        if infinitive.endswith("er"):
            present.update(fold(f) for f in er_forms(infinitive)[4:6])
    return ClauseWords(
        frozenset(grammar["subjects"]),
        frozenset(grammar["subordinators"]),
        frozenset(fold(w) for w in grammar["finite"].split()),
        frozenset(fold(w) for w in grammar["not_finite"]),
        frozenset(present),
    )


_NOT_VERB_BEFORE = frozenset(
    [
        "le",
        "la",
        "l'",
        "les",
        "un",
        "une",
        "de",
        "d'",
        "du",
        "des",
        "en",
        "à",
        "au",
        "aux",
        "par",
        "pour",
        "sur",
        "cette",
        "ce",
        "cet",
        "son",
        "sa",
        "ses",
        "notre",
        "votre",
        "leur",
        "nos",
        "leurs",
        "sans",
        "avec",
        "plus",
        "très",
        "bien",
        "aussi",
        "si",
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "et",
        "ou",
    ]
)


def is_finite(words: Sequence[Token], k: int, lang: str) -> bool:
    """Tell whether token `k` looks like a finite verb, from its form and the word before it."""
    table_ = clause_words(lang)
    norm = words[k].norm
    before = words[k - 1].norm if k else ""
    if not norm[0].isalpha():
        return False
    plain = fold(norm)
    if plain in table_.finite:
        # « a » is the verb, « à » is not; « sont », « est » need no help
        if norm == "à" or (
            norm in ("est", "as", "fait", "porte", "compte", "reste", "offre", "lutte", "marche", "met")
            and before in _NOT_VERB_BEFORE
        ):
            return False
        return not (plain in ("sommes", "dit", "soit", "vu") and before in _NOT_VERB_BEFORE)
    if lang != "fr" or plain in table_.not_finite or before in _NOT_VERB_BEFORE:
        return False
    if plain in table_.present:
        return True
    return _ending(norm, before)


def _ending(norm: str, before: str) -> bool:
    if len(norm) < 5:
        return False
    if norm.endswith(
        (
            "aient",
            "eront",
            "iront",
            "era",
            "dra",
            "tra",
            "rra",
            "vra",
            "ira",
            "dront",
            "tront",
            "rront",
            "erons",
            "irons",
            "erait",
            "eraient",
            "erions",
        )
    ):
        return True
    if norm.endswith("ons") and before in ("nous", "y", "en", "le", "la", "les", "vous", "l'"):
        return True
    if norm.endswith("ait") and not norm.endswith("rait"):
        return True
    if norm.endswith("ent") and not norm.endswith("ment"):
        return before.endswith(("s", "x")) or before in ("ils", "elles", "qui", "se", "y", "en", "s'")
    return (
        before in ("il", "elle", "on", "je", "j'", "qui", "se", "s'", "ça", "cela", "ne", "n'") and norm[-1] in "etsd"
    )


def has_main_verb(words: Sequence[Token], lang: str) -> bool:
    """Tell whether the words hold a finite verb that belongs to no subordinate clause."""
    table_ = clause_words(lang)
    waiting = 0
    k = 0
    while k < len(words) and words[k].norm in ("que", "qu'", "«", '"', "…", "(", "...", ")"):
        k += 1
    first = k
    while k < len(words):
        norm = words[k].norm
        if (
            norm in table_.subordinators
            and not (norm in ("s'", "si", "comme", "that", "as") and k == first)
            and norm != "s'"
        ):
            waiting = 1
        elif norm in (".", ";", "!", "?"):
            waiting = 0
        elif is_finite(words, k, lang):
            if not waiting:
                return True
            waiting = 0
        k += 1
    return False
