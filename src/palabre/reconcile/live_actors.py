"""Actors of documents that come one by one: only the families of names that a new document touches are looked at.

At every moment they are what `merge_actors` would give for all documents so far. A family is what may be one actor:
the people whose surnames sound alike, or the states and bodies that an id, an acronym or a long name leads to.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.model.records import row_id
from palabre.model.vocabulary import ActorKind
from palabre.reconcile.actors import (
    Actors,
    Profile,
    actor_record,
    family_of,
    other_keys,
    others_among,
    people_among,
    profile_key,
    profiles_of,
)
from palabre.reconcile.shelves import put

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.annotations import ActorEntry
    from palabre.model.documents import ReadDocument
    from palabre.model.records import Actor
    from palabre.reconcile.shelves import Shelves

PEOPLE, OTHERS = "p:", "q:"
"""How the key of a family begins; people come first where several actors have one id."""


class LiveActors:
    """The actors of the documents taken so far; `actors` resolves, and has no records."""

    def __init__(self, shelves: Shelves) -> None:
        """`shelves` hold the documents, and what was found of those taken before."""
        self._documents = shelves.documents
        self._families = shelves.values("actors.family", list[Profile])
        self._home = shelves.values("actors.home", str)
        self._record_of = shelves.values("actors.record", str)
        self._holders = shelves.values("actors.holders", dict[str, int])
        self._records = shelves.records("actors")
        self.actors = Actors((), self._of)

    def _of(self, doc: str, actor: str) -> str | None:
        entries = (e for e in self._documents[doc].annotations.actors if e.id == actor and e.matters)
        return min((r for e in entries if (r := self._record_of.get(profile_key(e)))), default=None)

    def family(self, entry: ActorEntry | Profile) -> str:
        """Return the key of the family an entry belongs to."""
        if entry.kind is ActorKind.PERSON:
            return PEOPLE + family_of(entry)
        return OTHERS + self._top(other_keys(entry)[0])

    def body(self, family: str) -> Actor | None:
        """Return the record of a family of states and bodies, which is one actor; None when there is none."""
        profiles = self._families.get(family)
        return actor_record(profiles) if profiles and not family.startswith(PEOPLE) else None

    def take(self, documents: Sequence[ReadDocument]) -> tuple[frozenset[tuple[str, str]], Mapping[str, set[str]]]:
        """Take new documents.

        Return the actors, as (document, its own id for them), whose record's id changed; and the families touched,
        each with those that became one with it.
        """
        come: defaultdict[str, list[tuple[str, ActorEntry]]] = defaultdict(list)
        joined: defaultdict[str, set[str]] = defaultdict(set)
        for read in documents:
            for entry in read.annotations.actors:
                if entry.matters:
                    if entry.kind is not ActorKind.PERSON:
                        self._join(other_keys(entry), come, joined)
                    come[self.family(entry)].append((read.document.id, entry))
        changed: set[tuple[str, str]] = set()
        named: set[str] = set()
        for family in sorted(come):
            before = [self._families.pop(f, []) for f in (family, *sorted(joined[family]))]
            named.update(
                *(self._named(p, -1, f) for p, f in zip(before, (family, *sorted(joined[family])), strict=True))
            )
            profiles = profiles_of(come[family], [p for its in before for p in its])
            self._families[family] = profiles
            named.update(self._named(profiles, 1, family))
            changed |= self._resolve(profiles, family)
        for its in sorted(named):
            self._list(its)
        return frozenset(changed), {f: joined[f] for f in come}

    def _top(self, key: str) -> str:
        while (above := self._home.get(key, key)) != key:
            key = above
        return key

    def _join(
        self,
        keys: Sequence[str],
        come: defaultdict[str, list[tuple[str, ActorEntry]]],
        joined: defaultdict[str, set[str]],
    ) -> None:
        least, *others = sorted({self._top(k) for k in keys})
        for other in others:
            self._home[other] = least
            old, new = OTHERS + other, OTHERS + least
            joined[new] |= {old, *joined.pop(old, ())}
            come[new] += come.pop(old, [])

    def _groups(self, profiles: Sequence[Profile], family: str) -> list[list[Profile]]:
        return people_among(profiles) if family.startswith(PEOPLE) else others_among(profiles)

    def _named(self, profiles: Sequence[Profile], sign: int, family: str) -> set[str]:
        """Count the actors of a family, by id, among those who have the id (`sign` 1), or no more (-1)."""
        out: set[str] = set()
        for its in self._groups(profiles, family):
            record = actor_record(its)
            out.add(record.id)
            holders = dict(self._holders.get(record.id, {}))
            holders[family] = holders.get(family, 0) + sign
            put(self._holders, record.id, {f: n for f, n in sorted(holders.items()) if n})
        return out

    def _resolve(self, profiles: Sequence[Profile], family: str) -> set[tuple[str, str]]:
        changed: set[tuple[str, str]] = set()
        for its in self._groups(profiles, family):
            record = actor_record(its)
            for profile in its:
                if self._record_of.get(profile.key) != record.id:
                    self._record_of[profile.key] = record.id
                    changed.update((doc, profile.id) for doc in profile.docs)
        return changed

    def _list(self, its: str) -> None:
        """Bring the records of the actors of one id up to date: the second has `#2` after it."""
        records = [
            r
            for family in sorted(self._holders.get(its, {}))
            for group in self._groups(self._families[family], family)
            if (r := actor_record(group)).id == its
        ]
        records.sort(key=lambda r: r.kind)
        for n, record in enumerate(records, 1):
            key = row_id(its, n)
            if self._records.get(key) != record:
                self._records[key] = record
        n = len(records) + 1
        while self._records.pop(row_id(its, n), None) is not None:
            n += 1
