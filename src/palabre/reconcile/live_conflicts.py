"""Contradictions that come and go with the records they are about: what `settled` would make of all of them.

Each source (a meeting, a commitment, a body's names, two values of one unit) has the conflicts found of it. What a new
document changes is settled again with what has the same id or tells of the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.records import Conflict
from palabre.reconcile.conflicts import FIGURE, precedence, spans_told, stands
from palabre.reconcile.shelves import moved, put, united

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from palabre.reconcile.shelves import Place, Shelves


class LiveConflicts:
    """The conflicts found so far, by source."""

    def __init__(self, shelves: Shelves, rejected: Callable[[str], bool]) -> None:
        """`rejected` tells, by a conflict's id, that people said it is none."""
        self._rejected = rejected
        self._found = shelves.values("conflicts.found", list[Conflict])
        self._by_id = shelves.places("conflicts.id")
        self._by_doc = shelves.places("conflicts.doc")
        self._figures_by_doc = shelves.places("conflicts.figure")
        self._records = shelves.records("conflicts")
        self._dirty: set[str] = set()

    def put(self, source: str, found: Sequence[Conflict]) -> None:
        """Put what was found of a source in place of what was before; `settle` then brings the records up to date."""
        before = self._found.get(source, [])
        if list(found) == before:
            return
        for place, of in ((self._by_id, _ids), (self._by_doc, _docs), (self._figures_by_doc, _figure_docs)):
            moved(place, _under(of(before), source), _under(of(found), source))
        put(self._found, source, list(found))
        self._dirty.update(_ids(before), _ids(found))
        near = united(self._figures_by_doc, {*_docs(before), *_docs(found)})
        self._dirty.update(i for s in near for i in _ids(self._found[s]))

    def settle(self) -> None:
        """Bring the records up to date with what was put."""
        for its in sorted(self._dirty):
            some = [c for s in sorted(united(self._by_id, [its])) for c in self._found[s] if c.id == its]
            docs = _figure_docs(some)
            told = spans_told(c for s in sorted(united(self._by_doc, docs)) for c in self._found[s]) if docs else {}
            kept = next((c for c in sorted(some, key=precedence) if stands(c, told)), None)
            if kept is None or self._rejected(its):
                self._records.pop(its, None)
            elif self._records.get(its) != kept:
                self._records[its] = kept
        self._dirty.clear()


def _under(keys: Iterable[str], source: str) -> dict[str, Place]:
    return dict.fromkeys(keys, ("", source))


def _ids(found: Iterable[Conflict]) -> set[str]:
    return {c.id for c in found}


def _docs(found: Iterable[Conflict]) -> set[str]:
    return {e.doc for c in found if c.field != FIGURE for side in c.values for e in side.evidence}


def _figure_docs(found: Iterable[Conflict]) -> set[str]:
    return {e.doc for c in found if c.field == FIGURE for side in c.values for e in side.evidence}
