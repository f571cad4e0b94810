"""What became of each commitment: dated, cited events, and the status they leave it in.

Events come from the reports of the promise itself (made, made firmer, its amount or deadline changed), from reports of
progress, and from meetings that were promised and then held. Overdue is computed for a day that is asked, never kept.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from palabre.model.edtf import Edtf, Precision, last_day, parse_or_none, sort_key
from palabre.model.records import FollowUp
from palabre.model.vocabulary import FollowUpStatus, MeetingStatus, ProgressStatus
from palabre.reconcile.commitments import about_of
from palabre.reconcile.figures import amount_of
from palabre.reconcile.items import expanded
from palabre.reconcile.meetings import best_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.records import Brief, Commitment
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.items import CommitmentItem, ProgressItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.progress import ProgressLink

_ORDER = tuple(FollowUpStatus)
_OF_PROGRESS = {
    ProgressStatus.UNDER_WAY: FollowUpStatus.UNDER_WAY,
    ProgressStatus.DELIVERED: FollowUpStatus.DELIVERED,
    ProgressStatus.STALLED: FollowUpStatus.STALLED,
    ProgressStatus.CANCELLED: FollowUpStatus.CANCELLED,
}
ENDED = (FollowUpStatus.DELIVERED, FollowUpStatus.CANCELLED)


def told_on(item: CommitmentItem | ProgressItem) -> str | None:
    """Return the day a text tells of: its publication, else the day of the meeting it reports last before the words."""
    if item.published is not None:
        return item.published
    return meeting_day(item)


def meeting_day(item: CommitmentItem | ProgressItem) -> str | None:
    """Return the day of the held meeting told nearest before the words (else the first in the text), or None."""
    held = [
        m
        for m in item.read.annotations.meetings
        if m.status is MeetingStatus.HELD and (d := parse_or_none(m.date)) is not None and not d.is_interval
    ]
    before = [m for m in held if m.span.start <= item.found.span.start]
    chosen = before[-1] if before else (held[0] if held else None)
    return chosen.date if chosen is not None and chosen.date is not None and len(chosen.date) == 10 else None


def made_on(items: Sequence[CommitmentItem]) -> str | None:
    """Return the day a promise was made: that of the meeting it was made at, else its first publication."""
    days = []
    for item in items:
        meeting, published = meeting_day(item), item.published
        if meeting and (published is None or 0 <= _days(meeting, published) <= 7):
            days.append(meeting)
        elif published:
            days.append(published)
    return min(days, default=None)


def _days(early: str, late: str) -> int:
    return (dt.date.fromisoformat(late) - dt.date.fromisoformat(early)).days


def events_of(
    group: CommitmentGroup,
    progress: Sequence[tuple[ProgressItem, ProgressLink]],
    meetings: Sequence[MeetingGroup],
) -> tuple[FollowUp, ...]:
    """Return the events of one commitment in order of date, those without a date first.

    `progress` holds the reports linked to it; `meetings` those its parties held.
    """
    made = made_on(group.items)
    moved = [_progress_event(item, link, made) for item, link in progress]
    moved += _meeting_events(group, meetings)
    first_move = min((e.date for e in moved if e.date), default=None)
    events = _announcements(group, first_move) + moved
    return tuple(sorted(events, key=_event_key))


def _event_key(event: FollowUp) -> tuple[str, int, str]:
    date = event.date or ""
    return (date and sort_key(date)[1], _ORDER.index(event.status), event.evidence.id)


def _announcements(group: CommitmentGroup, first_move: str | None) -> list[FollowUp]:
    """The first report, then each that makes the promise firmer or changes it; other reports of it repeat it."""
    ordered = sorted(group.items, key=lambda i: (told_on(i) is None, told_on(i) or "", i.found.firmness.rank, i.id))
    out: list[FollowUp] = []
    firmest = -1
    amount: str | None = None
    for item in ordered:
        found = item.found
        date = told_on(item)
        if firmest < 0:
            why = "made"
        elif found.firmness.rank > firmest:
            why = "firmer"
        elif found.amount and amount and _other_amount(item, amount):
            why = "amount_changed"
        else:
            why = "repeated"
        if why == "repeated" and (first_move is None or date is None or date >= first_move):
            # Once a promise has moved, hearing of it again is no event.
            firmest = max(firmest, found.firmness.rank)
            if first_move is not None:
                continue
        firmest = max(firmest, found.firmness.rank)
        amount = found.amount or amount
        out.append(FollowUp(item.evidence, date, FollowUpStatus.ANNOUNCED, found.action, why))
    return out


def _other_amount(item: CommitmentItem, amount: str) -> bool:
    new, old = amount_of(item.found.amount, item.lang), amount_of(amount, item.lang)
    return new is not None and old is not None and new.excludes(old)


def _progress_event(item: ProgressItem, link: ProgressLink, made: str | None) -> FollowUp:
    """A date told with a progress may be that of the promise: it counts from the day the promise was made on."""
    date, told = parse_or_none(item.found.date), told_on(item)
    first = date.earliest if date else None
    since = made is None or (first is not None and first.isoformat() >= made)
    until = told is None or (first is not None and first.isoformat() <= told)
    dated = item.found.date if date is not None and date.precision is Precision.DAY and since and until else told
    return FollowUp(item.evidence, dated, _OF_PROGRESS[item.found.status], item.found.about, link.why)


def waits_for(group: CommitmentGroup) -> tuple[bool, bool]:
    """Tell whether a commitment is kept by one meeting (a visit, a session), and by each of a regular dialogue."""
    concepts = frozenset().union(*(about_of(i).concepts() for i in group.items))
    regular = "regular" in concepts and "meeting" in concepts
    once = "visit" in concepts or ("meeting" in concepts and any(i.found.deadline for i in group.items))
    return once, regular


def held_on(meeting: MeetingGroup) -> Edtf | None:
    """Return when a meeting was: the date its record shows, not the first of a month that a vaguer account names."""
    best = parse_or_none(best_date([i.found.date for i in meeting.items]))
    return best if best is not None and best.earliest is not None else None


def first_day(meeting: MeetingGroup) -> dt.date | None:
    """Return the first day a meeting may have been on, None when no account dates it."""
    day = held_on(meeting)
    return day.earliest if day is not None else None


def _meeting_events(group: CommitmentGroup, meetings: Sequence[MeetingGroup]) -> list[FollowUp]:
    """Meetings that were promised and then held: a visit is delivered, a regular dialogue is under way."""
    once, regular = waits_for(group)
    if not (regular or once):
        return []
    made = made_on(group.items)
    parties = frozenset().union(*(expanded(i.found.promisor) | expanded(i.found.beneficiary) for i in group.items))
    deadlines = [d for i in group.items if (d := parse_or_none(i.found.deadline)) is not None]
    own = {i.doc for i in group.items}
    out = []
    for meeting in meetings:
        days = [d for i in meeting.items if (d := parse_or_none(i.found.date)) is not None and d.earliest]
        held = [i for i in meeting.items if i.found.status is MeetingStatus.HELD and i.doc not in own]
        # The meeting at which a promise is made does not keep it; one announced by the same text may.
        here = [i for i in meeting.items if i.doc in own]
        if here and (regular or any(i.found.status is MeetingStatus.HELD for i in here)):
            continue
        named = frozenset().union(*(expanded(i.found.parties) for i in meeting.items))
        day = held_on(meeting)
        first = day.earliest if day is not None else None
        if day is None or first is None or not held or made is None or len(parties) < 2 or not parties <= named:
            continue
        if first.isoformat() <= made:
            continue
        if once and not regular and not any(d.compatible(other) for d in deadlines for other in days):
            continue
        status = FollowUpStatus.UNDER_WAY if regular else FollowUpStatus.DELIVERED
        told = min(held, key=lambda i: (i.published or "9", i.id))
        dated = first.isoformat() if day.precision is Precision.DAY else day.value
        out.append(FollowUp(told.evidence, dated, status, told.found.title or "", "meeting_held"))
    return out


def status_of(events: Sequence[FollowUp]) -> FollowUpStatus:
    """Return where the events leave a commitment: the last that is more than an announcement, else announced."""
    moved = [e for e in events if e.status is not FollowUpStatus.ANNOUNCED]
    return moved[-1].status if moved else FollowUpStatus.ANNOUNCED


def overdue(commitment: Commitment | Brief, as_of: dt.date) -> bool:
    """Tell whether the deadline has passed on `as_of` with nothing that says it was kept or dropped."""
    day = last_day(commitment.deadline)
    return day is not None and day < as_of and commitment.status not in ENDED
