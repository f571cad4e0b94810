"""The framework of a dialogue: its sessions numbered, the rhythm promised and kept, whose turn it is to host.

A session is a held meeting of all the dossier's parties, regular or in the margins of another event. Nothing is
assumed of the rhythm when neither the dossier nor the texts give one.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none, sort_key
from palabre.model.vocabulary import MeetingStatus
from palabre.reconcile.items import expanded
from palabre.reconcile.places import state_of
from palabre.register.coverage import sectors_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.dossier import Cadence, Dossier
    from palabre.model.records import Meeting

GRACE_DAYS = 45
"""A session held so long after its day still kept the rhythm."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session: its number, where it stood, who hosted and whose turn it was.

    `due` is the day by which the rhythm asked for it and `kept` whether it was met; both None for the first session
    or without a rhythm. `host` and `turn` are actor ids, None when not known; `turn_kept` compares them.
    """

    meeting: str
    number: int
    date: str | None
    place: str | None
    regular: bool
    host: str | None
    turn: str | None
    turn_kept: bool | None
    due: str | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Framework:
    """The dialogue's framework: sessions so far, the cadence (ISO 8601) and what comes next.

    `next_due` is the day by which the next session is expected, `next_host` whose turn it is, `late_by` the days past
    `next_due` on the day asked (None when it is not late); `planned` are meetings announced and not yet held.
    """

    sessions: tuple[SessionRow, ...]
    cadence: str | None
    next_due: str | None
    next_host: str | None
    late_by: int | None
    planned: tuple[str, ...]


def is_session(meeting: Meeting, dossier: Dossier | None) -> bool:
    """Tell whether a meeting is a session of the dossier: held, and all the dossier's parties at it.

    Ministers of another field than foreign affairs hold none, unless the dossier's title names their field.
    """
    if dossier is None or len(dossier.parties) < 2 or meeting.status is not MeetingStatus.HELD:
        return False
    parties = expanded(dossier.parties)
    if meeting.ministers is not None and meeting.ministers not in sectors_in(dossier.title, None):
        return False
    return parties <= expanded(meeting.parties) and parse_or_none(meeting.date) is not None


def numbered(meetings: Sequence[Meeting], dossier: Dossier | None) -> tuple[Meeting, ...]:
    """Return the meetings by date, undated ones last, the dossier's sessions with their number (1 for the first)."""
    ordered = sorted(meetings, key=lambda m: (*sort_key(m.date), m.id))
    out = []
    number = 0
    for meeting in ordered:
        if is_session(meeting, dossier):
            number += 1
            out.append(replace(meeting, session=number))
        else:
            out.append(replace(meeting, session=None))
    return tuple(out)


def after(day: dt.date, cadence: Cadence) -> dt.date:
    """Return the day one period after `day`; the last day of a shorter month stands for one it lacks.

    A day past the end of the calendar (year 9999) is the last one it has.
    """
    month = day.month - 1 + cadence.months
    year, month = day.year + month // 12, month % 12 + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    moved = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    left = (dt.date.max - moved).days
    return moved + dt.timedelta(days=min(cadence.days, left))


def framework(meetings: Sequence[Meeting], dossier: Dossier, as_of: dt.date) -> Framework:
    """Return the framework of `dossier` as its numbered `meetings` show it on the day `as_of`."""
    rows: list[SessionRow] = []
    regular_before: dt.date | None = None
    turn = 0
    for meeting in meetings:
        if meeting.session is None:
            continue
        date = parse_or_none(meeting.date)
        day = date.earliest if date else None
        due = after(regular_before, dossier.cadence) if regular_before and dossier.cadence else None
        regular = meeting.margins_of is None
        host = _host(meeting, dossier)
        its_turn = _turn(dossier, turn) if regular else None
        rows.append(
            SessionRow(
                meeting=meeting.id,
                number=meeting.session,
                date=meeting.date,
                place=meeting.place,
                regular=regular,
                host=host,
                turn=its_turn,
                turn_kept=(host == its_turn) if host and its_turn else None,
                due=due.isoformat() if due else None,
                kept=(day <= due + dt.timedelta(days=GRACE_DAYS)) if due and day else None,
            )
        )
        # A session in the margins of another event keeps the dialogue going, but takes nobody's turn.
        if day is not None:
            regular_before = day
        if regular:
            turn += 1
    next_due = after(regular_before, dossier.cadence) if regular_before and dossier.cadence else None
    late = (as_of - next_due).days if next_due else 0
    planned = tuple(
        m.id for m in meetings if m.status is MeetingStatus.PLANNED and expanded(dossier.parties) <= expanded(m.parties)
    )
    return Framework(
        sessions=tuple(rows),
        cadence=dossier.cadence.value if dossier.cadence else None,
        next_due=next_due.isoformat() if next_due else None,
        next_host=_turn(dossier, turn),
        late_by=late if late > 0 else None,
        planned=planned,
    )


def _turn(dossier: Dossier, number: int) -> str | None:
    return dossier.hosts[number % len(dossier.hosts)] if dossier.hosts else None


def _host(meeting: Meeting, dossier: Dossier) -> str | None:
    """Return which of the hosts received: the one whose country the place lies in (a group's member counts for it)."""
    state = state_of(meeting.place)
    if state is None:
        return None
    return next((h for h in (*dossier.hosts, *dossier.parties) if state in expanded((h,))), None)
