"""Figures told differently of one thing, as documents come: what `conflicts_of_figures` would find in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.reconcile.conflicts_of_figures import (
    Told,
    apart,
    far_apart,
    figure_keys,
    figures_told,
    findings_among,
    values_of,
)
from palabre.reconcile.grouping import Link
from palabre.reconcile.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.compared import Finding
    from palabre.reconcile.shelves import Shelves


class LiveFigures:
    """The figures of the documents taken so far that are told apart, by unit and values."""

    def __init__(self, shelves: Shelves, origin_of: Callable[[str], str | None]) -> None:
        """`origin_of` gives the origin of a document, and is kept up to date."""
        self._origin_of = origin_of
        self._ledger: Ledger[Told] = Ledger(
            "figures", shelves, _told_in, figure_keys, self._apart, far=far_apart, watched=True
        )
        self._pairs = shelves.places("figures.pairs")
        self._values: dict[str, set[tuple[str, float]]] = {}

    def _apart(self, a: Told, b: Told) -> Link | None:
        for doc in (a.read.document.id, b.read.document.id):
            if doc not in self._values:
                self._values[doc] = values_of(self._ledger.of_doc(doc).values()).get(doc, set())
        return Link(a.id, b.id, 1.0, "apart") if apart(a, b, self._origin_of, self._values) else None

    def take(
        self, documents: Sequence[ReadDocument], of_origins: Sequence[str], *, first: bool
    ) -> Iterator[tuple[str, list[Finding]]]:
        """Take the figures of new documents; yield what is found now of each source that has changed.

        `of_origins` are the documents whose origin changed, `first` says that none were taken before.
        """
        ledger = self._ledger
        ledger.take(documents, first=first)
        again = ledger.at(of_origins)
        if not first:
            ledger.ask_again(again)
        changed = {self._source(*pair) for i in again for o in ledger.links(i) for pair in [(min(i, o), max(i, o))]}
        for (a, b), (before, after) in sorted(ledger.changed.items()):
            source = self._source(a, b)
            changed.add(source)
            place = ("", f"{a} {b}")
            if before is None and after is not None:
                self._pairs.add(source, place)
            elif before is not None and after is None:
                self._pairs.drop(source, place)
        ledger.changed.clear()
        for source in sorted(changed):
            pairs = (pair.split(" ") for _, pair in self._pairs.all(source))
            yield source, list(findings_among((ledger[a], ledger[b]) for a, b in pairs))

    def _source(self, a: str, b: str) -> str:
        left, right = self._ledger[a], self._ledger[b]
        low, high = sorted((left.figure.value, right.figure.value))
        return f"figures:{left.unit}|{low!r}|{high!r}"


def _told_in(read: ReadDocument) -> Mapping[str, Told]:
    return {t.id: t for t in figures_told(read)}
