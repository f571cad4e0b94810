"""The same person, state or body across documents and spellings.

A person is never recognised by a first name or an office alone: a full name meets another full name (accents, hyphens,
transliteration), or a surname meets the one full name of that surname that fits. What stays doubtful stays apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
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
    from collections.abc import Callable, Iterable, Sequence

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
    _of: Callable[[str, str], str | None]

    def resolve(self, doc: str, actor: str | None) -> str | None:
        """Return the id of the record an actor of one document belongs to; the id itself when it has none."""
        if actor is None:
            return None
        return self._of(doc, actor) or actor


@dataclass(frozen=True, slots=True)
class Profile:
    """What the documents that describe an actor in one way (`id`, `kind`, `acts_for`) say of it.

    `names` counts how often each spelling is given; `offices` are pairs of a document and an office.
    """

    id: str
    kind: ActorKind
    acts_for: tuple[str, ...]
    names: Mapping[str, int]
    docs: tuple[str, ...]
    offices: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Return what tells this profile from others."""
        return profile_key(self)


def profile_key(entry: ActorEntry | Profile) -> str:
    """Return the key of the profile that an entry belongs to."""
    return "|".join((entry.kind, entry.id, ",".join(entry.acts_for)))


def profiles_of(members: Iterable[tuple[str, ActorEntry]], known: Iterable[Profile] = ()) -> list[Profile]:
    """Return the profiles that entries, each with its document's id, add to those `known`; in order of their keys."""
    kept = {p.key: p for p in known}
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    docs: defaultdict[str, set[str]] = defaultdict(set)
    offices: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    first: dict[str, ActorEntry | Profile] = {}
    for doc, entry in members:
        key = profile_key(entry)
        first.setdefault(key, kept.get(key, entry))
        names[key].update({entry.id, *entry.names} if entry.kind is ActorKind.PERSON else set(entry.names))
        docs[key].add(doc)
        if entry.office:
            offices[key].add((doc, entry.office))
    for key, its in first.items():
        if isinstance(its, Profile):
            names[key].update(its.names)
            docs[key].update(its.docs)
            offices[key].update(its.offices)
        counted = dict(sorted(names[key].items()))
        kept[key] = Profile(
            its.id, its.kind, its.acts_for, counted, tuple(sorted(docs[key])), tuple(sorted(offices[key]))
        )
    return [kept[k] for k in sorted(kept)]


def merge_actors(documents: Sequence[ReadDocument]) -> Actors:
    """Return every actor of `documents` once, with all spellings."""
    profiles = profiles_of((d.document.id, e) for d in documents for e in d.annotations.actors if e.matters)
    people = [p for p in profiles if p.kind is ActorKind.PERSON]
    others = [p for p in profiles if p.kind is not ActorKind.PERSON]
    of: dict[tuple[str, str], str] = {}
    records = []
    for its in people_among(people) + others_among(others):
        record = actor_record(its)
        records.append(record)
        for profile in its:
            for doc in profile.docs:
                of[doc, profile.id] = min(record.id, of.get((doc, profile.id), record.id))
    ordered = tuple(sorted(records, key=lambda r: (r.kind, r.id)))
    return Actors(ordered, lambda doc, actor: of.get((doc, actor)))


def family_of(entry: ActorEntry | Profile) -> str:
    """Return the key that all spellings of a person's surname share."""
    return sound(person_name(entry.id, is_family_first(entry.acts_for)).family)


def people_among(profiles: Iterable[Profile]) -> list[list[Profile]]:
    """Return the people that profiles are of. Surnames are looked at one by one."""
    by_family: defaultdict[str, list[tuple[PersonName, Profile]]] = defaultdict(list)
    for profile in profiles:
        name = person_name(profile.id, is_family_first(profile.acts_for))
        by_family[family_of(profile)].append((name, profile))
    out: list[list[Profile]] = []
    for key in sorted(by_family):
        full: list[list[tuple[PersonName, Profile]]] = []
        alone: list[tuple[PersonName, Profile]] = []
        ordered = sorted(by_family[key], key=lambda p: (-len(p[0].given), p[0].given, p[1].id, p[1].acts_for))
        for name, profile in ordered:
            if not name.full:
                alone.append((name, profile))
                continue
            home = next((g for g in full if all(_same_person(name, profile, n, p) for n, p in g[:3])), None)
            if home is None:
                full.append([(name, profile)])
            else:
                home.append((name, profile))
        leftover: list[tuple[PersonName, Profile]] = []
        for name, profile in alone:
            fits = [g for g in full if any(_fits(profile, p) for _, p in g)]
            if len(fits) == 1 and (len(full) == 1 or profile.acts_for):
                fits[0].append((name, profile))
            else:
                leftover.append((name, profile))
        out += [[p for _, p in g] for g in full]
        out += _alone(leftover)
    return out


def _alone(profiles: Sequence[tuple[PersonName, Profile]]) -> list[list[Profile]]:
    """Surnames without any first name: one and the same when they speak for the same side."""
    groups: list[list[Profile]] = []
    for _, profile in profiles:
        home = next((g for g in groups if all(_fits(profile, p) for p in g[:3])), None)
        if home is None:
            groups.append([profile])
        else:
            home.append(profile)
    return groups


def _same_person(a: PersonName, ap: Profile, b: PersonName, bp: Profile) -> bool:
    if not (same_spelling(a.family, b.family) and _given_fit(a.given, b.given)):
        return False
    # A full name may speak for a body here and its state there; not for two states.
    return _fits(ap, bp) or not (_state(ap) and _state(bp))


def _state(profile: Profile) -> bool:
    return any(len(a) == 3 and pycountry.countries.get(alpha_3=a) is not None for a in profile.acts_for)


def _fits(a: Profile, b: Profile) -> bool:
    """Tell whether two people do not speak for different sides."""
    return not a.acts_for or not b.acts_for or bool(set(a.acts_for) & set(b.acts_for))


def other_keys(entry: ActorEntry | Profile) -> list[str]:
    """Return what makes two states or bodies one: their id, an acronym, a long name."""
    keys = ["id:" + same_party(entry.id)]
    if entry.kind is not ActorKind.STATE:
        for name in entry.names:
            words = name_words(name)
            # A single common word (« la commission ») names nobody; an acronym or a longer name does.
            if len(words) >= 3 or (len(words) == 1 and name.isupper() and len(name) >= 3):
                keys.append("name:" + " ".join(words))
    return keys


def others_among(profiles: Sequence[Profile]) -> list[list[Profile]]:
    """Return the states and bodies that profiles are of."""
    parent: dict[str, str] = {}

    def top(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for profile in profiles:
        own, *names = other_keys(profile)
        home = top(own)
        for name in names:
            low, high = sorted((home, top(name)))
            parent[high] = low
            home = low
    groups: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        groups[top("id:" + same_party(profile.id))].append(profile)
    return [groups[k] for k in sorted(groups)]


def actor_record(profiles: Sequence[Profile]) -> Actor:
    """Return the record of one actor."""
    kind = min(p.kind for p in profiles)
    spelled: Counter[str] = Counter()
    for profile in profiles:
        spelled.update(profile.names)
    ids = sorted({same_party(p.id) for p in profiles})
    if kind is ActorKind.PERSON:
        # The fullest name, then the most common spelling, the one with accents first.
        ids.sort(key=lambda i: (-len(name_words(i)), -spelled[i], i.isascii(), i))
        name = ids[0]
    else:
        ids.sort(key=lambda i: (not i.isupper(), len(i), i))
        name = min(spelled, key=lambda n: (-spelled[n], -len(n), n), default=ids[0])
    docs, *more = (p.docs for p in profiles)
    offices = tuple(sorted({o for p in profiles for o in p.offices}))
    acts_for = tuple(sorted({a for p in profiles for a in p.acts_for}))
    whole = tuple(sorted(set(docs).union(*more))) if more else docs
    return Actor(ids[0], kind, name, tuple(sorted(spelled)), whole, offices, acts_for)
