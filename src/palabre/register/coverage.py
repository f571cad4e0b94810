"""What the documents cover, sector by sector: mentioned, promised, moving, delivered; and where nothing is promised.

*Nothing found* and *not looked at* are told apart: a sector without a word is in no row; `last_seen` says up to when
the documents were looked at. Sectors of passages without a commitment come from the concepts they name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.reconcile.items import expanded
from palabre.reconcile.words import features

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.records import Commitment, Register

_MOVING = (FollowUpStatus.UNDER_WAY, FollowUpStatus.PARTLY_DELIVERED)
_DONE = (FollowUpStatus.DELIVERED,)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One sector: how many documents name it, how many commitments stand in each state, and which they are.

    `mentioned` counts documents; `wished`, `promised` (pledged, agreed or signed), `moving`, `delivered` and `stuck`
    (stalled, suspended, cancelled) count commitments; `commitments` holds their ids.
    """

    sector: Sector
    mentioned: int
    docs: tuple[str, ...]
    wished: int
    promised: int
    moving: int
    delivered: int
    stuck: int
    commitments: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Tell whether the sector is talked about without anything promised in it."""
        return self.mentioned > 0 and self.promised == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sectors met, in the order of the vocabulary, and the days between which documents were looked at."""

    rows: tuple[CoverageRow, ...]
    first_seen: dt.date | None
    last_seen: dt.date | None


@lru_cache(maxsize=1)
def _sector_of_concept() -> Mapping[str, Sector]:
    return {str(c): Sector(s) for c, s in table("fr", "concepts").get("sector", {}).items()}


def sectors_in(words: str, lang: str | None) -> frozenset[Sector]:
    """Return the sectors that words (a line, a quotation) name by their concepts; beyond 20,000 characters unread."""
    sector_of = _sector_of_concept()
    return frozenset(sector_of[c] for c in features(words[:20_000], lang or "fr").concepts() if c in sector_of)


def sectors_named(read: ReadDocument) -> frozenset[Sector]:
    """Return the sectors a document's article names, boilerplate left out."""
    text = read.document.text
    out: set[Sector] = {c.sector for c in read.annotations.commitments}
    at = 0
    for clutter in (*sorted(b.span for b in read.annotations.boilerplate), None):
        end = clutter.start if clutter else len(text)
        for line in text[at:end].splitlines():
            out |= sectors_in(line, read.document.meta.lang)
        at = max(at, clutter.end) if clutter else at
    return frozenset(out)


def coverage(
    register: Register, documents: Sequence[ReadDocument], *, party: str | None = None, since: dt.date | None = None
) -> Coverage:
    """Return what `documents` cover. `party` keeps what it promises or receives; `since` a first day."""
    kept = [d for d in documents if since is None or (d.document.meta.published or since) >= since]
    naming: dict[Sector, list[str]] = {}
    for read in sorted(kept, key=lambda d: d.document.id):
        for sector in sectors_named(read):
            naming.setdefault(sector, []).append(read.document.id)
    chosen = [c for c in register.commitments if _concerns(c, party) and (since is None or _since(c, since))]
    days = sorted(d.document.meta.published for d in documents if d.document.meta.published)
    rows = []
    for sector in Sector:
        of = [c for c in chosen if c.sector is sector]
        docs = tuple(naming.get(sector, ()))
        if not of and not docs:
            continue
        rows.append(_row(sector, docs, of))
    return Coverage(tuple(rows), days[0] if days else None, days[-1] if days else None)


def _row(sector: Sector, docs: tuple[str, ...], of: Sequence[Commitment]) -> CoverageRow:
    moving = sum(c.status in _MOVING for c in of)
    delivered = sum(c.status in _DONE for c in of)
    announced = sum(c.status is FollowUpStatus.ANNOUNCED for c in of)
    return CoverageRow(
        sector=sector,
        mentioned=len(docs),
        docs=docs,
        wished=sum(c.firmness.rank == 0 for c in of),
        promised=sum(c.firmness.rank > 0 for c in of),
        moving=moving,
        delivered=delivered,
        stuck=len(of) - moving - delivered - announced,
        commitments=tuple(c.id for c in of),
    )


def _concerns(commitment: Commitment, party: str | None) -> bool:
    return party is None or bool(
        expanded((party,)) & (expanded(commitment.promisor) | expanded(commitment.beneficiary))
    )


def _since(commitment: Commitment, since: dt.date) -> bool:
    return (commitment.made_on or "9") >= since.isoformat()
