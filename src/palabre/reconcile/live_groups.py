"""Which mentions are one thing, as groups that are made again when a link of theirs changes. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from palabre.reconcile.grouping import Link
from palabre.reconcile.ledger import Ledger, Mentioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.reconcile.shelves import Shelves

T = TypeVar("T", bound=Mentioned)


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """The ids of a group's mentions, the links that made it and the questions left."""

    items: tuple[str, ...]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]


class LiveGroups(Generic[T]):
    """The groups of the mentions of a ledger, by id."""

    def __init__(self, name: str, shelves: Shelves, ledger: Ledger[T]) -> None:
        """`name` is that of the ledger."""
        self.ledger = ledger
        self._home = shelves.values(f"{name}.home", str)
        self._kept = shelves.values(f"{name}.group", KeptGroup)

    def home(self, its: str) -> str | None:
        """Return the id of the group that holds a mention, or None."""
        return self._home.get(its)

    def items(self, group_id: str) -> tuple[T, ...]:
        """Return the mentions of a group."""
        return self.parts(group_id)[0]

    def parts(self, group_id: str) -> tuple[tuple[T, ...], tuple[Link, ...], tuple[Link, ...]]:
        """Return the mentions of a group, the links that made it and the questions left."""
        return self._parts(self._kept[group_id])

    def _parts(self, kept: KeptGroup) -> tuple[tuple[T, ...], tuple[Link, ...], tuple[Link, ...]]:
        self.ledger.want(kept.items)
        return tuple(self.ledger[i] for i in kept.items), kept.links, kept.questions

    def docs(self, group_ids: Iterable[str]) -> set[str]:
        """Return the documents that hold mentions of these groups."""
        return {self.ledger.doc(i) for g in group_ids for i in self._kept[g].items}

    def holding(self, ids: Iterable[str]) -> list[str]:
        """Return the ids of the groups that hold these mentions, in order."""
        return sorted({home for i in ids if (home := self._home.get(i)) is not None})

    def replace(
        self,
        ids: Iterable[str],
        come: Iterable[tuple[str, Sequence[T], Sequence[Link], Sequence[Link]]],
    ) -> tuple[dict[str, tuple[tuple[T, ...], tuple[Link, ...], tuple[Link, ...]]], set[str]]:
        """Put groups (id, mentions, links, questions) in place of those that hold the mentions `ids`.

        Return, by id, the parts of the groups that went or changed, and the ids of those that are new or changed: a
        group that is as it was before is in neither.
        """
        before = {g: self._kept[g] for g in self.holding(ids)}
        after = {g: KeptGroup(tuple(i.id for i in items), tuple(made), tuple(left)) for g, items, made, left in come}
        changed = {g for g, kept in after.items() if before.get(g) != kept}
        gone = {g: self._parts(kept) for g, kept in before.items() if after.get(g) != kept}
        for group_id in gone.keys() - after.keys():
            del self._kept[group_id]
        for group_id in sorted(changed):
            self._kept[group_id] = after[group_id]
            for i in after[group_id].items:
                if self._home.get(i) != group_id:
                    self._home[i] = group_id
        return gone, changed
