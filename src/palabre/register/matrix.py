"""Sectors against where their commitments stand, on the day asked: one commitment is counted once, under one state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.register.coverage import coverage
from palabre.register.follow_up import overdue
from palabre.register.themes import discussed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.records import Commitment, Register

STATES: tuple[str, ...] = ("wished", "announced", "moving", "delivered", "stuck", "overdue")
"""Where a commitment can stand, in the order of the columns; `wished` are those nobody could check."""

_STATE_OF = {
    FollowUpStatus.ANNOUNCED: "announced",
    FollowUpStatus.UNDER_WAY: "moving",
    FollowUpStatus.PARTLY_DELIVERED: "moving",
    FollowUpStatus.DELIVERED: "delivered",
    FollowUpStatus.STALLED: "stuck",
    FollowUpStatus.SUSPENDED: "stuck",
    FollowUpStatus.CANCELLED: "stuck",
}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One sector: documents that name it, statements that talk about it, commitments in each of `STATES`."""

    sector: Sector
    mentioned: int
    discussed: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many commitments the sector has, wishes left out."""
        return sum(self.counts[1:])


def state_of(commitment: Commitment, as_of: dt.date) -> str:
    """Return the one of `STATES` that a commitment stands in on the day `as_of`."""
    if commitment.vague:
        return "wished"
    return "overdue" if overdue(commitment, as_of) else _STATE_OF[commitment.status]


def matrix(register: Register, documents: Sequence[ReadDocument], as_of: dt.date) -> tuple[MatrixRow, ...]:
    """Return the sectors met, those with most commitments first, then those most named."""
    found = coverage(register, documents)
    talked = discussed(register, {d.document.id: d.document for d in documents}) if documents else {}
    rows = []
    for row in found.rows:
        states = [state_of(c, as_of) for c in register.commitments if c.sector is row.sector]
        counts = tuple(states.count(s) for s in STATES)
        rows.append(MatrixRow(row.sector, row.mentioned, len(talked.get(row.sector, ())), counts))
    order = list(Sector)
    return tuple(sorted(rows, key=lambda r: (-r.total, -r.mentioned, order.index(r.sector))))
