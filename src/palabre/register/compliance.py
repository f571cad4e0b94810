"""Commitments scored −1, 0 or +1, as an optional view: the status says more, and nothing else rests on the score.

The scale is that of the compliance reports of the G20 Research Group (University of Toronto): +1 for a commitment
fully kept, 0 for work in progress or kept in part, −1 for one that was not. What is not due yet, and of which nothing
is heard, has no score: nobody can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.vocabulary import FollowUpStatus
from palabre.register.follow_up import overdue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from palabre.model.records import Commitment

_SCORES = {
    FollowUpStatus.DELIVERED: 1,
    FollowUpStatus.UNDER_WAY: 0,
    FollowUpStatus.PARTLY_DELIVERED: 0,
    FollowUpStatus.STALLED: -1,
    FollowUpStatus.SUSPENDED: -1,
    FollowUpStatus.CANCELLED: -1,
}


def score(commitment: Commitment, as_of: dt.date) -> int | None:
    """Return +1, 0 or −1, or None for a commitment that cannot be judged on the day `as_of`, mere wishes among them."""
    if commitment.vague:
        return None
    if commitment.status is FollowUpStatus.ANNOUNCED:
        return -1 if overdue(commitment, as_of) else None
    return _SCORES[commitment.status]


def mean_score(commitments: Iterable[Commitment], as_of: dt.date) -> tuple[float, int] | None:
    """Return the mean of the scores and how many there are, or None when there is none."""
    scores = [s for c in commitments if (s := score(c, as_of)) is not None]
    return (sum(scores) / len(scores), len(scores)) if scores else None
