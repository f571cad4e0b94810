"""Copies among documents that come one by one: only what a new document touches is worked out again.

At every moment they are what `find_copies` would give for all documents so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.reconcile.copies import (
    CROWD,
    OFFICIAL,
    Copies,
    CopyPair,
    article_words,
    compare,
    find_copies,
    origins_among,
)
from palabre.reconcile.shelves import put
from palabre.text.fingerprints import fingerprints, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.records import Origin
    from palabre.reconcile.shelves import Shelves, Values
    from palabre.text.fingerprints import Passage

HEADS = 3
"""Documents that stand for the crowd that holds a fingerprint: those of least id."""


@dataclass(frozen=True)
class CopiesTouched:
    """`origins` are the documents whose origin changed, `apart` those that are no longer compared with another."""

    origins: frozenset[str]
    apart: frozenset[str]


class _Passages:
    """What `Copies` asks of the passages that two documents share."""

    def __init__(self, pairs: Values[dict[str, CopyPair]]) -> None:
        self._pairs = pairs

    def __call__(self, doc: str, other: str) -> tuple[Passage, ...] | None:
        found = self._pairs.get(doc, {}).get(other)
        return found.passages if found is not None and found.left == doc else None


class _Official:
    """The ids of the origins that are official texts."""

    def __init__(self, origins: Values[Origin]) -> None:
        self._origins = origins

    def __contains__(self, its: object) -> bool:
        origin = self._origins.get(str(its))
        return origin is not None and origin.kind == OFFICIAL


class LiveCopies:
    """The copies among the documents taken so far; `copies` is kept up to date in place (without its tuples)."""

    def __init__(self, shelves: Shelves) -> None:
        """`shelves` hold the documents, and what was found of those taken before."""
        self._documents = shelves.documents
        self._marks = shelves.places("copies.marks")
        self._pairs = shelves.values("copies.pairs", dict[str, CopyPair])
        self._origin_of = shelves.values("copies.origin", str)
        self._origins = shelves.records("origins")
        self.copies = Copies((), self._origin_of, (), _Passages(self._pairs), _Official(self._origins))

    def take(self, documents: Sequence[ReadDocument], *, first: bool) -> CopiesTouched:
        """Take new documents; `first` says that none were taken before."""
        if first:
            return CopiesTouched(self._fill(documents), frozenset())
        touched: set[str] = set()
        apart: set[str] = set()
        for read in documents:
            lost = self._add(read)
            apart |= lost
            touched |= {read.document.id, *lost}
        return CopiesTouched(self._settle(touched), frozenset(apart))

    def _fill(self, documents: Sequence[ReadDocument]) -> frozenset[str]:
        pairs: dict[str, dict[str, CopyPair]] = {}
        for pair in find_copies(documents).pairs:
            pairs.setdefault(pair.left, {})[pair.right] = pair
            pairs.setdefault(pair.right, {})[pair.left] = pair
        self._pairs.update(pairs)
        self._marks.fill((m, ("", read.document.id)) for read in documents for m in _marks(read))
        return self._settle({read.document.id for read in documents})

    def _add(self, read: ReadDocument) -> set[str]:
        its = read.document.id
        met: dict[str, int] = {}
        doubtful: set[tuple[str, str]] = set()
        marks = sorted(_marks(read))
        self._marks.want(marks, CROWD + 1)
        for mark in marks:
            docs = [d for _, d in self._marks.first(mark, CROWD + 1)]
            self._marks.add(mark, ("", its))
            heads = [d for _, d in self._marks.first(mark, CROWD + 1)[: HEADS + 1]]
            if len(docs) < CROWD:
                near = docs
            elif its in heads[:HEADS]:
                near = [d for _, d in self._marks.all(mark) if d != its]
            else:
                near = heads[:HEADS]
            for doc in near:
                met[doc] = met.get(doc, 0) + 1
            # A crowd of now, or one with another at its head: some meet through it no more.
            if len(docs) >= CROWD:
                left = docs if len(docs) == CROWD else heads[HEADS:] if its in heads[:HEADS] else []
                doubtful.update((d, o) for d in left for o in self._pairs.get(d, {}))
        words = article_words(read)
        close = sorted(d for d, count in met.items() if count >= 2)
        self._documents.want(close)
        for other in close:
            there = self._documents[other]
            other_words = article_words(there)
            if its < other:
                pair = compare(read, there, words, other_words, places_of(words))
            else:
                pair = compare(there, read, other_words, words, places_of(other_words))
            if pair is not None:
                self._keep(its, other, pair)
        lost: set[str] = set()
        for a, b in sorted(doubtful):
            if b in self._pairs.get(a, {}) and self._met(a, b) < 2:
                self._keep(a, b, None)
                lost |= {a, b}
        return lost

    def _met(self, a: str, b: str) -> int:
        """Return how many fingerprints bring two documents together."""
        count = 0
        for mark in _marks(self._documents[a]) & _marks(self._documents[b]):
            docs = [d for _, d in self._marks.first(mark, CROWD + 1)]
            count += len(docs) <= CROWD or a in docs[:HEADS] or b in docs[:HEADS]
        return count

    def _keep(self, a: str, b: str, pair: CopyPair | None) -> None:
        for doc, other in ((a, b), (b, a)):
            its = {o: p for o, p in self._pairs.get(doc, {}).items() if o != other}
            if pair is not None:
                its[other] = pair
            put(self._pairs, doc, its)

    def _settle(self, touched: set[str]) -> frozenset[str]:
        """Work out the origins of all that copying leads to from `touched`, and of what was one with it."""
        reached: set[str] = set()
        waiting = list(touched)
        while waiting:
            doc = waiting.pop()
            if doc in reached:
                continue
            reached.add(doc)
            waiting += self._pairs.get(doc, {})
            origin = self._origins.get(self._origin_of.get(doc, ""))
            waiting += origin.docs if origin else ()
        official = self.copies.official
        before = {d: (self._origin_of.get(d), official({d})) for d in reached}
        kept = {o: self._origins[o] for o, _ in before.values() if o is not None}
        self._documents.want(reached)
        by_id = {d: self._documents[d] for d in sorted(reached)}
        pairs = [p for d in sorted(reached) for o, p in sorted(self._pairs.get(d, {}).items()) if d < o]
        made = {o.id: o for o in origins_among(by_id, {d: len(article_words(r)) for d, r in by_id.items()}, pairs)}
        for gone in kept.keys() - made.keys():
            del self._origins[gone]
        for its, origin in made.items():
            if kept.get(its) != origin:
                self._origins[its] = origin
            for doc in origin.docs:
                if before[doc][0] != its:
                    self._origin_of[doc] = its
        return frozenset(d for d in reached if before[d] != (self._origin_of[d], official({d})))


def _marks(read: ReadDocument) -> set[str]:
    return {f"{m:x}" for m in fingerprints(article_words(read))}
