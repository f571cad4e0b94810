"""Everything of a dossier that has a date, in one list: meetings, promises, what moved, deadlines, the next session.

What was expected and passed without a report is marked; that depends on the day asked and is never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none, sort_key
from palabre.model.vocabulary import FollowUpStatus, MeetingStatus
from palabre.register.follow_up import overdue
from palabre.register.sessions import framework

if TYPE_CHECKING:
    import datetime as dt

    from palabre.model.dossier import Dossier
    from palabre.model.records import Commitment, Meeting, Register

MEETING, MADE, EVENT, DEADLINE, NEXT = "meeting", "made", "event", "deadline", "next_session"
"""Kinds of entries."""

UNREPORTED, OVERDUE, LATE = "unreported", "overdue", "late"
"""Marks: a meeting announced whose day passed without a report, a deadline that passed, a session that is late."""

_QUIET = frozenset({"made", "repeated", "meeting_held"})
"""Reasons of events told elsewhere in the list: the promise itself, hearing of it again, the meeting that kept it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list.

    `date` is EDTF; `about` the record's id, None for the next session; `code` a status (of the meeting, the event or
    the commitment due), `firmer` or `amount_changed`; `text` the words of the record; `session` the meeting's number.
    """

    date: str
    kind: str
    about: str | None
    code: str
    text: str
    parties: tuple[str, ...] = ()
    place: str | None = None
    session: int | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The list by date, and the ids of the meetings and commitments that have none."""

    entries: tuple[Entry, ...]
    undated: tuple[str, ...]


def agenda(register: Register, dossier: Dossier, as_of: dt.date) -> Agenda:
    """Return what has a date, oldest first, judged on the day `as_of`. Mere wishes stay out."""
    entries = [_meeting(m, as_of) for m in register.meetings if parse_or_none(m.date) is not None]
    undated = [m.id for m in register.meetings if parse_or_none(m.date) is None]
    for commitment in register.commitments:
        if commitment.vague:
            continue
        its = _of_commitment(commitment, as_of)
        entries += its
        if not its:
            undated.append(commitment.id)
    frame = framework(register.meetings, dossier, as_of)
    if frame.next_due is not None:
        host = (frame.next_host,) if frame.next_host else ()
        mark = LATE if frame.late_by else None
        entries.append(Entry(frame.next_due, NEXT, None, "planned", "", host, mark=mark))
    order = (MEETING, MADE, EVENT, DEADLINE, NEXT)
    entries.sort(key=lambda e: (*sort_key(e.date), order.index(e.kind), e.about or "", e.code))
    return Agenda(tuple(entries), tuple(sorted(undated)))


def unreported(meeting: Meeting, as_of: dt.date) -> bool:
    """Tell whether a meeting was announced for days that have all passed, with no account of it."""
    date = parse_or_none(meeting.date)
    if meeting.status is not MeetingStatus.PLANNED or date is None or date.latest is None:
        return False
    return date.latest < as_of


def _meeting(meeting: Meeting, as_of: dt.date) -> Entry:
    return Entry(
        date=meeting.date or "",
        kind=MEETING,
        about=meeting.id,
        code=meeting.status.value,
        text=meeting.title or "",
        parties=meeting.parties,
        place=meeting.place,
        session=meeting.session,
        mark=UNREPORTED if unreported(meeting, as_of) else None,
    )


def _of_commitment(commitment: Commitment, as_of: dt.date) -> list[Entry]:
    who = commitment.promisor
    out: list[Entry] = []
    if commitment.made_on:
        made = FollowUpStatus.ANNOUNCED.value
        out.append(Entry(commitment.made_on, MADE, commitment.id, made, commitment.action, who))
    for event in commitment.events:
        if event.date is None or event.why in _QUIET:
            continue
        if event.status is FollowUpStatus.ANNOUNCED and event.date <= (commitment.made_on or ""):
            continue  # another account of the same day is no change
        code = event.why if event.status is FollowUpStatus.ANNOUNCED else event.status.value
        out.append(Entry(event.date, EVENT, commitment.id, code, event.about or commitment.action, who))
    if parse_or_none(commitment.deadline) is not None:
        mark = OVERDUE if overdue(commitment, as_of) else None
        due = commitment.deadline or ""
        out.append(Entry(due, DEADLINE, commitment.id, commitment.status.value, commitment.action, who, mark=mark))
    return out
