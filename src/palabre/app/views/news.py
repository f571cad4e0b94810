"""What came into a dossier since an instant: texts, the commitments they tell of, what others decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.store import attendance, listings, queries

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.judgements import Judgement
    from palabre.model.records import Brief
    from palabre.store.listings import Source


@dataclass(frozen=True, slots=True)
class News:
    """What came since an instant (ISO 8601, UTC): how many of each kind, and the first of them.

    `fresh` are commitments only the new texts tell of, `again` those that older texts told of as well.
    """

    since: str
    documents: int
    latest: tuple[Source, ...]
    fresh_all: int
    fresh: tuple[Brief, ...]
    again_all: int
    again: tuple[Brief, ...]
    decisions_all: int
    decisions: tuple[Judgement, ...]

    @property
    def anything(self) -> bool:
        """Tell whether anything came."""
        return bool(self.documents or self.decisions_all)


def news(asking: Asking, since: str, reader: str, most: int) -> News:
    """Return what came since an instant, at most so many of each kind; `reader` knows of their own decisions."""
    key = (asking.dossier.id, asking.now, asking.revision, "news", since, most)
    came = (
        _came(asking, since, most) if asking.now is None else asking.memory.get(key, lambda: _came(asking, since, most))
    )
    number, decisions = asking.ask(attendance.decided_since, since, reader, most)
    return replace(came, decisions_all=number, decisions=decisions)


def _came(asking: Asking, since: str, most: int) -> News:
    """Return what is the same for whoever reads it."""
    documents = asking.ask(listings.count_sources, added_after=since)
    told = asking.ask(attendance.told_of_since, since) if documents else ()
    fresh, again = [its for its, only in told if only], [its for its, only in told if not only]
    return News(
        since=since,
        documents=documents,
        latest=asking.ask(listings.sources, added_after=since, order="-added", limit=most) if documents else (),
        fresh_all=len(fresh),
        fresh=asking.ask(queries.lines, fresh[:most]),
        again_all=len(again),
        again=asking.ask(queries.lines, again[:most]),
        decisions_all=0,
        decisions=(),
    )
