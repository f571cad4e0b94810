"""Contradictions between accounts, field by field, with the documents on each side. (Assembled from the detectors.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.records import Conflict
    from palabre.reconcile.actors import Actors
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.items import ProgressItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.progress import ProgressLink


@dataclass(frozen=True)
class Compared:
    """What the detectors look at: the documents, and what has been found to be the same across them."""

    documents: Sequence[ReadDocument]
    copies: Copies
    actors: Actors
    meetings: Sequence[MeetingGroup]
    commitments: Sequence[CommitmentGroup]
    progress: Mapping[str, Sequence[tuple[ProgressItem, ProgressLink]]]
    lang: str


def find_conflicts(compared: Compared) -> tuple[Conflict, ...]:
    """Return what the accounts say differently."""
    return ()
