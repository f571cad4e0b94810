"""The words of bylines, sources and dates of publication, every language's together: pages mix them. Data only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import LANGUAGES, table

_HEADER = re.compile(r"\s*(?:{})[ :=]+(\d{{4}})-(\d{{2}})(?:-(\d{{2}}))?(?=\s)")


@dataclass(frozen=True, slots=True)
class CreditWords:
    """The tables of every language together: pages mix them."""

    labels: frozenset[str]
    label_order: tuple[str, ...]
    """The labels, longest first; the next two tell at once whether a row opens or ends with any."""
    label_heads: tuple[str, ...]
    label_tails: tuple[str, ...]
    updates: tuple[str, ...]
    filler: frozenset[str]
    by: tuple[str, ...]
    by_heads: tuple[str, ...]
    """What tells at once whether a row opens with any of those; so for `source_heads`."""
    by_weak: frozenset[str]
    desks: frozenset[str]
    roles: tuple[str, ...]
    source: tuple[str, ...]
    source_heads: tuple[str, ...]
    source_weak: frozenset[str]
    photo: tuple[str, ...]
    particles: frozenset[str]
    joins: tuple[str, ...]
    bodies: frozenset[str]
    header: re.Pattern[str]
    label_start: re.Pattern[str]
    unnamed: frozenset[str]
    other: tuple[str, ...]
    sections: frozenset[str]
    photo_opens: tuple[str, ...]
    editions: tuple[str, ...]
    mastheads: frozenset[str]
    at: tuple[str, ...]
    widgets: frozenset[str]
    agencies: frozenset[str]
    states: frozenset[str]


@lru_cache(maxsize=1)
def credit_words() -> CreditWords:
    """Return the words, read once; phrases longest first."""
    tables = [table(lang, "metadata") for lang in LANGUAGES]

    def all_of(name: str) -> list[str]:
        return sorted({str(w) for t in tables for w in t.get(name, ())}, key=lambda w: (-len(w), w))

    strong = [w for w in all_of("date_labels") if len(w) > 4 and w != "date"]
    strong += [w for w in all_of("by") if w.endswith((" par", " by"))]
    marks = "|".join(re.escape(w).replace("e", "[eéè]").replace("a", "[aà]") for w in strong)
    labels = {w for label in all_of("date_labels") for w in (label, label.removesuffix(" le").removesuffix(" on"))}
    return CreditWords(
        frozenset(labels),
        tuple(sorted(labels, key=lambda w: (-len(w), w))),
        tuple(f"{w} " for w in labels),
        tuple(f" {w}" for w in labels),
        tuple(w.removesuffix(" le").removesuffix(" on") for w in all_of("update_labels")),
        frozenset(all_of("date_filler")),
        tuple(all_of("by")),
        tuple(f"{w}{mark}" for w in all_of("by") for mark in " :"),
        frozenset(all_of("by_weak")),
        frozenset(all_of("desks")),
        tuple(all_of("roles")),
        tuple(all_of("source")),
        tuple(f"{w}{mark}" for w in all_of("source") for mark in " :"),
        frozenset(all_of("source_weak")),
        tuple(all_of("photo")),
        frozenset(all_of("particles")),
        tuple(all_of("with")),
        frozenset(all_of("bodies")),
        re.compile(_HEADER.pattern.format("|".join(all_of("index_header")))),
        re.compile(rf"(?<=\s)(?:{marks})(?:\s?:)?\s", re.IGNORECASE),
        frozenset(all_of("unnamed")),
        tuple(mark for w in all_of("other_labels") for mark in (f"{w}:", f"{w} :")),
        frozenset(w for lang in LANGUAGES for w in table(lang, "clutter").get("menu", {}).get("words", ())),
        tuple(all_of("photo_opens")),
        tuple(all_of("editions")),
        frozenset(all_of("mastheads")),
        tuple(f"{w} " for w in all_of("at")),
        frozenset(w for lang in LANGUAGES for w in table(lang, "clutter").get("share", {}).get("whole", ())),
        frozenset(all_of("agencies")),
        frozenset(all_of("states")),
    )
