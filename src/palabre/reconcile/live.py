"""Copies and actors of documents that come one by one: only what a new document touches is worked out again.

At every moment they are what `find_copies` and `merge_actors` would give for all documents so far.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palabre.model.vocabulary import ActorKind
from palabre.reconcile.actors import Actors, Member, actor_record, family_of, other_keys, others_among, people_among
from palabre.reconcile.copies import CROWD, OFFICIAL, Copies, article_words, compare, find_copies, origins_among
from palabre.text.fingerprints import fingerprints, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.records import Actor, Origin
    from palabre.reconcile.copies import CopyPair
    from palabre.text.fingerprints import Passage

HEADS = 3
"""Documents that stand for the crowd that holds a fingerprint: those of least id."""


@dataclass(frozen=True)
class CopiesTouched:
    """`origins` are the documents whose origin changed, `apart` those that are no longer compared with another."""

    origins: frozenset[str]
    apart: frozenset[str]


class LiveCopies:
    """The copies among the documents taken so far; `copies` is kept up to date in place (without its tuples)."""

    def __init__(self) -> None:
        """Start without documents."""
        self._by_id: dict[str, ReadDocument] = {}
        self._marks: dict[str, tuple[int, ...]] = {}
        self._lengths: dict[str, int] = {}
        self._holders: defaultdict[int, list[str]] = defaultdict(list)
        self._pairs: defaultdict[str, dict[str, CopyPair]] = defaultdict(dict)
        self._origins: dict[str, Origin] = {}
        self._origin_of: dict[str, str] = {}
        self._passages: dict[tuple[str, str], tuple[Passage, ...]] = {}
        self._official: set[str] = set()
        self.copies = Copies((), self._origin_of, (), self._passages, self._official)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Return all origins, by id."""
        return tuple(self._origins[i] for i in sorted(self._origins))

    def take(self, documents: Sequence[ReadDocument]) -> CopiesTouched:
        """Take new documents."""
        if not self._by_id:
            for pair in find_copies(documents).pairs:
                self._keep(pair)
            for read in sorted(documents, key=lambda d: d.document.id):
                self._enter(read)
                for mark in self._marks[read.document.id]:
                    self._holders[mark].append(read.document.id)
            return CopiesTouched(self._settle(set(self._by_id)), frozenset())
        touched: set[str] = set()
        apart: set[str] = set()
        for read in documents:
            lost = self._add(read)
            apart |= lost
            touched |= {read.document.id, *lost}
        return CopiesTouched(self._settle(touched), frozenset(apart))

    def _enter(self, read: ReadDocument) -> None:
        its = read.document.id
        words = article_words(read)
        self._by_id[its] = read
        self._marks[its] = fingerprints(words)
        self._lengths[its] = len(words)

    def _add(self, read: ReadDocument) -> set[str]:
        its = read.document.id
        self._enter(read)
        met: dict[str, int] = {}
        doubtful: set[tuple[str, str]] = set()
        for mark in self._marks[its]:
            docs = self._holders[mark]
            before = len(docs)
            insort(docs, its)
            near = [d for d in docs if d != its] if before < CROWD or its in docs[:HEADS] else docs[:HEADS]
            for doc in near:
                met[doc] = met.get(doc, 0) + 1
            # A crowd of now, or one with another at its head: some meet through it no more.
            left = (
                docs if before == CROWD else docs[HEADS : HEADS + 1] if before > CROWD and its in docs[:HEADS] else []
            )
            doubtful.update((d, o) for d in left for o in self._pairs.get(d, ()))
        words = article_words(read)
        for other in sorted(d for d, count in met.items() if count >= 2):
            other_words = article_words(self._by_id[other])
            if its < other:
                pair = compare(read, self._by_id[other], words, other_words, places_of(words))
            else:
                pair = compare(self._by_id[other], read, other_words, words, places_of(other_words))
            if pair is not None:
                self._keep(pair)
        lost: set[str] = set()
        for a, b in doubtful:
            if b in self._pairs[a] and self._met(a, b) < 2:
                del self._pairs[a][b], self._pairs[b][a]
                self._passages.pop((min(a, b), max(a, b)))
                lost |= {a, b}
        return lost

    def _met(self, a: str, b: str) -> int:
        shared = set(self._marks[a]) & set(self._marks[b])
        heads = (self._holders[m][:HEADS] for m in shared if len(self._holders[m]) > CROWD)
        crowded = sum(1 for _ in filter(lambda m: len(self._holders[m]) > CROWD, shared))
        return len(shared) - crowded + sum(1 for its in heads if a in its or b in its)

    def _keep(self, pair: CopyPair) -> None:
        self._pairs[pair.left][pair.right] = pair
        self._pairs[pair.right][pair.left] = pair
        self._passages[pair.left, pair.right] = pair.passages

    def _settle(self, touched: set[str]) -> frozenset[str]:
        """Work out the origins of all that copying leads to from `touched`, and of what was one with it."""
        reached: set[str] = set()
        waiting = list(touched)
        while waiting:
            doc = waiting.pop()
            if doc in reached:
                continue
            reached.add(doc)
            waiting += self._pairs.get(doc, ())
            origin = self._origins.get(self._origin_of.get(doc, ""))
            waiting += origin.docs if origin else ()
        before = {d: (self._origin_of.get(d), self._origin_of.get(d) in self._official) for d in reached}
        for origin_id in {o for o, _ in before.values() if o is not None}:
            del self._origins[origin_id]
            self._official.discard(origin_id)
        pairs = [p for d in sorted(reached) for o, p in sorted(self._pairs.get(d, {}).items()) if d < o]
        for origin in origins_among({d: self._by_id[d] for d in sorted(reached)}, self._lengths, pairs):
            self._origins[origin.id] = origin
            self._origin_of.update(dict.fromkeys(origin.docs, origin.id))
            if origin.kind == OFFICIAL:
                self._official.add(origin.id)
        return frozenset(d for d in reached if before[d] != (self._origin_of[d], self._origin_of[d] in self._official))


@dataclass
class _Family:
    """The entries that may be of one actor, and the records made of them."""

    members: list[Member] = field(default_factory=list)
    records: list[Actor] = field(default_factory=list)


class LiveActors:
    """The actors of the documents taken so far."""

    def __init__(self) -> None:
        """Start without documents."""
        self._people: defaultdict[str, _Family] = defaultdict(_Family)
        self._others: dict[str, _Family] = {}
        self._home: dict[str, str] = {}
        self._of: dict[tuple[str, str], str] = {}
        self.actors = Actors((), self._of)

    @property
    def records(self) -> tuple[Actor, ...]:
        """Return all actors, as `merge_actors` orders them."""
        people = [r for key in sorted(self._people) for r in self._people[key].records]
        others = [r for key in sorted(self._others) for r in self._others[key].records]
        return tuple(sorted(people + others, key=lambda r: (r.kind, r.id)))

    def take(self, documents: Sequence[ReadDocument]) -> frozenset[tuple[str, str]]:
        """Take new documents; return the actors, as (document, its own id for them), whose record's id changed."""
        families: set[str] = set()
        homes: set[str] = set()
        for read in documents:
            for entry in read.annotations.actors:
                if not entry.matters:
                    continue
                if entry.kind is ActorKind.PERSON:
                    family = family_of(entry)
                    self._people[family].members.append((read.document.id, entry))
                    families.add(family)
                else:
                    homes.add(self._join(other_keys(entry)))
                    self._others[self._top(other_keys(entry)[0])].members.append((read.document.id, entry))
        changed: set[tuple[str, str]] = set()
        for key in families:
            changed |= self._made(self._people[key], people=True)
        for key in {self._top(h) for h in homes}:
            changed |= self._made(self._others[key], people=False)
        return frozenset(changed)

    def _top(self, key: str) -> str:
        while self._home.setdefault(key, key) != key:
            key = self._home[key]
        return key

    def _join(self, keys: Sequence[str]) -> str:
        tops = sorted({self._top(k) for k in keys})
        family = self._others.setdefault(tops[0], _Family())
        for other in tops[1:]:
            self._home[other] = tops[0]
            gone = self._others.pop(other, None)
            if gone is not None:
                family.members += gone.members
        return tops[0]

    def _made(self, family: _Family, *, people: bool) -> set[tuple[str, str]]:
        family.members.sort(key=lambda m: (m[1].id, m[0]))
        groups = people_among(family.members) if people else others_among(family.members)
        family.records = [actor_record(its) for its in groups]
        changed = set()
        for record, its in zip(family.records, groups, strict=True):
            for doc, entry in its:
                if self._of.get((doc, entry.id)) != record.id:
                    self._of[doc, entry.id] = record.id
                    changed.add((doc, entry.id))
        return changed
