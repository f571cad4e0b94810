"""The same person, state or body across documents and spellings.

A person is never recognised by a first name or an office alone: a full name meets another full name (accents, hyphens,
transliteration), or a surname meets the one full name of that surname that fits. What stays doubtful stays apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pycountry
from rapidfuzz.distance import JaroWinkler

from palabre.lang.pack import shared_table
from palabre.model.records import Actor
from palabre.model.vocabulary import ActorKind
from palabre.reconcile.items import same_party
from palabre.text.fingerprints import plain_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.annotations import ActorEntry
    from palabre.model.documents import ReadDocument

_WORD = re.compile(r"[^\W_]+")
CLOSE = 0.9
"""Jaro-Winkler similarity from which two spellings of one word are taken as the same name."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in plain words: `family` the surname, `given` the words before (or after) it."""

    given: tuple[str, ...]
    family: str

    @property
    def full(self) -> bool:
        """Tell whether a first name is known."""
        return bool(self.given)


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str], dict[str, str]]:
    data = shared_table("reconcile")
    names = data["names"]
    return (
        frozenset(names["titles"]),
        frozenset(names["particles"]),
        frozenset(names["family_first"]),
        dict(data["cyrillic"]),
    )


@lru_cache(maxsize=16_384)
def name_words(name: str) -> tuple[str, ...]:
    """Return the plain words of a name, in Latin letters, without titles or particles."""
    titles, particles, _, cyrillic = _names()
    words = []
    for word in _WORD.findall(name.casefold()):
        latin = plain_word("".join(cyrillic.get(c, c) for c in word))
        words.append(latin)
    kept = [w for w in words if w not in titles and w not in particles]
    return tuple(kept or words)


@lru_cache(maxsize=16_384)
def person_name(name: str, family_first: bool) -> PersonName:
    """Read a person's name. `family_first` for states where the surname comes first."""
    words = name_words(name)
    if not words:
        return PersonName((), "")
    if family_first and len(words) > 1:
        return PersonName(words[1:], words[0])
    return PersonName(words[:-1], words[-1])


def is_family_first(acts_for: Sequence[str]) -> bool:
    """Tell whether those a person speaks for write the family name first."""
    return any(a in _names()[2] for a in acts_for)


@lru_cache(maxsize=65_536)
def same_spelling(a: str, b: str) -> bool:
    """Tell whether two plain words are spellings of one name (Sangare, Sangaré; Lavrov, Lavroff)."""
    if a == b:
        return True
    shortest = min(len(a), len(b))
    if shortest < 4 or sound(a)[:1] != sound(b)[:1]:
        return False
    return sound(a) == sound(b) or (shortest >= 5 and float(JaroWinkler.similarity(a, b)) >= CLOSE + 0.04)


_SOUNDS = (
    ("tsch", "tch"), ("shch", "tch"), ("sch", "ch"), ("sh", "ch"), ("kh", "h"), ("ph", "f"), ("ff", "f"), ("ou", "u"),
    ("oo", "u"), ("dj", "j"), ("zh", "j"), ("gu", "g"), ("ck", "k"), ("qu", "k"), ("w", "v"), ("y", "i"), ("ei", "e"),
    ("ii", "i"), ("ij", "i"), ("th", "t"), ("ss", "s"), ("c", "k"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return a rough key of how a name sounds, so that transliterations meet (Sergueï, Sergei)."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    out = [c for n, c in enumerate(word) if n == 0 or c != word[n - 1]]
    return "".join(out).rstrip("e")


def _given_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether first names fit: one of each meets, or one is the other's initial."""
    for x in a:
        for y in b:
            if same_spelling(x, y) or (min(len(x), len(y)) == 1 and x[0] == y[0]):
                return True
    return False


@dataclass(frozen=True)
class Actors:
    """Actors across documents, and the record that each document's own id belongs to."""

    records: tuple[Actor, ...]
    _of: Mapping[tuple[str, str], str]

    def resolve(self, doc: str, actor: str | None) -> str | None:
        """Return the id of the record an actor of one document belongs to; the id itself when it has none."""
        if actor is None:
            return None
        return self._of.get((doc, actor), actor)


def merge_actors(documents: Sequence[ReadDocument]) -> Actors:
    """Return every actor of `documents` once, with all spellings."""
    entries = sorted(
        ((d.document.id, entry) for d in documents for entry in d.annotations.actors if entry.matters),
        key=lambda pair: (pair[1].id, pair[0]),
    )
    of: dict[tuple[str, str], str] = {}
    people = [(doc, e) for doc, e in entries if e.kind is ActorKind.PERSON]
    others = [(doc, e) for doc, e in entries if e.kind is not ActorKind.PERSON]
    groups = people_among(people) + others_among(others)
    records = []
    for members in groups:
        record = actor_record(members)
        records.append(record)
        of.update(((doc, e.id), record.id) for doc, e in members)
    return Actors(tuple(sorted(records, key=lambda r: (r.kind, r.id))), of)


def family_of(entry: ActorEntry) -> str:
    """Return the key that all spellings of a person's surname share."""
    return sound(person_name(entry.id, is_family_first(entry.acts_for)).family)


Member = tuple[str, "ActorEntry"]


def people_among(entries: Sequence[Member]) -> list[list[Member]]:
    """Return the people that entries (sorted by id, then document) are of. Surnames are looked at one by one."""
    by_family: defaultdict[str, list[tuple[PersonName, Member]]] = defaultdict(list)
    for doc, entry in entries:
        name = person_name(entry.id, is_family_first(entry.acts_for))
        by_family[family_of(entry)].append((name, (doc, entry)))
    out: list[list[Member]] = []
    for key in sorted(by_family):
        full: list[list[tuple[PersonName, Member]]] = []
        alone: list[tuple[PersonName, Member]] = []
        ordered = sorted(by_family[key], key=lambda p: (-len(p[0].given), p[0].given, p[1][1].id, p[1][0]))
        for name, member in ordered:
            if not name.full:
                alone.append((name, member))
                continue
            home = next((g for g in full if all(_same_person(name, member, n, m) for n, m in g[:3])), None)
            if home is None:
                full.append([(name, member)])
            else:
                home.append((name, member))
        leftover: list[tuple[PersonName, Member]] = []
        for name, member in alone:
            fits = [g for g in full if any(_fits(member[1], m[1]) for _, m in g)]
            if len(fits) == 1 and (len(full) == 1 or member[1].acts_for):
                fits[0].append((name, member))
            else:
                leftover.append((name, member))
        out += [[m for _, m in g] for g in full]
        out += _alone(leftover)
    return out


def _alone(entries: Sequence[tuple[PersonName, Member]]) -> list[list[Member]]:
    """Surnames without any first name: one and the same when they speak for the same side."""
    groups: list[list[Member]] = []
    for _, member in entries:
        home = next((g for g in groups if all(_fits(member[1], m[1]) for m in g[:3])), None)
        if home is None:
            groups.append([member])
        else:
            home.append(member)
    return groups


def _same_person(a: PersonName, am: Member, b: PersonName, bm: Member) -> bool:
    if not (same_spelling(a.family, b.family) and _given_fit(a.given, b.given)):
        return False
    # A full name may speak for a body here and its state there; not for two states.
    return _fits(am[1], bm[1]) or not (_state(am[1]) and _state(bm[1]))


def _state(entry: ActorEntry) -> bool:
    return any(len(a) == 3 and pycountry.countries.get(alpha_3=a) is not None for a in entry.acts_for)


def _fits(a: ActorEntry, b: ActorEntry) -> bool:
    """Tell whether two people do not speak for different sides."""
    return not a.acts_for or not b.acts_for or bool(set(a.acts_for) & set(b.acts_for))


def other_keys(entry: ActorEntry) -> list[str]:
    """Return what makes two states or bodies one: their id, an acronym, a long name."""
    keys = ["id:" + same_party(entry.id)]
    if entry.kind is not ActorKind.STATE:
        for name in entry.names:
            words = name_words(name)
            # A single common word (« la commission ») names nobody; an acronym or a longer name does.
            if len(words) >= 3 or (len(words) == 1 and name.isupper() and len(name) >= 3):
                keys.append("name:" + " ".join(words))
    return keys


def others_among(entries: Sequence[Member]) -> list[list[Member]]:
    """Return the states and bodies that entries (sorted by id, then document) are of."""
    parent: dict[str, str] = {}

    def top(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for _, entry in entries:
        own, *names = other_keys(entry)
        home = top(own)
        for name in names:
            low, high = sorted((home, top(name)))
            parent[high] = low
            home = low
    groups: defaultdict[str, list[Member]] = defaultdict(list)
    for doc, entry in entries:
        groups[top("id:" + same_party(entry.id))].append((doc, entry))
    return [groups[k] for k in sorted(groups)]


def actor_record(members: Sequence[Member]) -> Actor:
    """Return the record of one actor."""
    kind = min(e.kind for _, e in members)
    spelled: dict[str, set[str]] = defaultdict(set)
    for doc, entry in members:
        for name in (entry.id, *entry.names) if kind is ActorKind.PERSON else entry.names:
            spelled[name].add(doc)
    ids = sorted({same_party(e.id) for _, e in members})
    if kind is ActorKind.PERSON:
        # The fullest name, then the most common spelling, the one with accents first.
        ids.sort(key=lambda i: (-len(name_words(i)), -len(spelled[i]), i.isascii(), i))
        name = ids[0]
    else:
        ids.sort(key=lambda i: (not i.isupper(), len(i), i))
        name = min(spelled, key=lambda n: (-len(spelled[n]), -len(n), n), default=ids[0])
    offices = sorted({(doc, e.office) for doc, e in members if e.office})
    acts_for = tuple(sorted({a for _, e in members for a in e.acts_for}))
    docs = tuple(sorted({doc for doc, _ in members}))
    return Actor(ids[0], kind, name, tuple(sorted(spelled)), docs, tuple(offices), acts_for)
