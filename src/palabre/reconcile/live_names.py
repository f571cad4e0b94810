"""How bodies are called, as documents come: what `conflicts_of_names` would find in all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.model.vocabulary import ActorKind
from palabre.reconcile.conflicts_of_names import Named, finding_of, named_in
from palabre.reconcile.live_actors import PEOPLE
from palabre.reconcile.shelves import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.compared import Finding
    from palabre.reconcile.live_actors import LiveActors
    from palabre.reconcile.shelves import Shelves


class LiveNames:
    """The long names that documents give bodies, by family of names (`LiveActors`) and document."""

    def __init__(self, shelves: Shelves, actors: LiveActors) -> None:
        """`actors` must have taken the documents first."""
        self._documents = shelves.documents
        self._told = shelves.values("names.told", dict[str, list[Named]])
        self._actors = actors

    def take(
        self,
        documents: Sequence[ReadDocument],
        families: Mapping[str, set[str]],
        of_origins: Sequence[str],
    ) -> Iterator[tuple[str, list[Finding]]]:
        """Take new documents; yield what is found now of each source that may have changed.

        `families` are those the documents touch, each with those that became one with it; `of_origins` the documents
        whose origin changed.
        """
        new = {read.document.id: self._named_in(read) for read in documents}
        come: defaultdict[str, dict[str, list[Named]]] = defaultdict(dict)
        for doc, its in new.items():
            for family, told in its.items():
                come[family][doc] = told
        touched: set[str] = set()
        for family in sorted(f for f in families if not f.startswith(PEOPLE)):
            known = [self._told.get(f, {}) for f in (family, *sorted(families[family]))]
            by_doc = {doc: its for some in known for doc, its in some.items()}
            # A document that named what was two bodies names one now: its names are looked at together.
            for doc in {d for n, some in enumerate(known) for d in some if any(d in o for o in known[n + 1 :])}:
                by_doc[doc] = self._named_in(self._documents[doc]).get(family, [])
            by_doc.update(come[family])
            for other in families[family]:
                self._told.pop(other, None)
                yield f"names:{other}", []
            put(self._told, family, {d: its for d, its in sorted(by_doc.items()) if its})
            touched.add(family)
        for doc in of_origins:
            touched.update(new[doc] if doc in new else self._named_in(self._documents[doc]))
        for family in sorted(touched):
            yield f"names:{family}", self._findings(family)

    def _findings(self, family: str) -> list[Finding]:
        told = [n for its in self._told.get(family, {}).values() for n in its]
        if len({n.name for n in told}) < 2:
            return []
        body = self._actors.body(family)
        finding = finding_of(body.id, told) if body is not None and body.kind is ActorKind.BODY else None
        return [] if finding is None else [finding]

    def _named_in(self, read: ReadDocument) -> dict[str, list[Named]]:
        """Return the long names that a document gives, by family."""
        names: defaultdict[str, set[str]] = defaultdict(set)
        for entry in read.annotations.actors:
            if entry.matters and entry.kind is not ActorKind.PERSON:
                names[self._actors.family(entry)].update(entry.names)
        return {family: told for family, its in names.items() if (told := named_in(read, its))}
