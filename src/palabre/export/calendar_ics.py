"""The dossier's calendar as iCalendar (RFC 5545): meetings, deadlines, the next session expected.

Every entry lasts whole days, and its end is the day after the last, as the format wants. A date known to the month
or the year only becomes a span of that length marked tentative; one without a first or a last day stands on the day
that is known. What has no such day stays out. No time zone, no alarm, no attendee: nobody is invited by a register.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from palabre import __version__
from palabre.model.edtf import Precision, parse_or_none
from palabre.model.vocabulary import FollowUpStatus, MeetingStatus
from palabre.register.evidence import passages
from palabre.register.sessions import framework

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.lang.interface import Words
    from palabre.model.documents import Document
    from palabre.model.dossier import Dossier
    from palabre.model.edtf import Edtf
    from palabre.model.records import Commitment, Evidence, Meeting, Register

MOST_PASSAGES = 3
"""Sentences quoted in the description of an entry."""

_DECADES = (Precision.CENTURY, Precision.DECADE)


def write_calendar(
    dossier: Dossier, documents: Mapping[str, Document], register: Register, as_of: dt.date, words: Words
) -> str:
    """Return the calendar, lines ended by CRLF. `documents` is by id; `as_of` dates it and tells what is expected.

    Its entries keep their UIDs from one writing to the next as long as the records keep their ids.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Palabre//Palabre {__version__}//{words.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _clean(dossier.title))
    calendar.add("name", _clean(dossier.title))
    source = _Source(dossier, documents, register, as_of, words)
    events = [source.meeting(m) for m in register.meetings]
    events += [source.deadline(c) for c in register.commitments if not c.vague and c.deadline]
    events.append(source.next_session())
    kept = [e for e in events if e is not None]
    for _, _, event in sorted(kept, key=lambda e: e[:2]):
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


_Entry = tuple[dt.date, str, Event]
"""An entry after its first day and its UID, which put it in its place."""


class _Source:
    """Makes the entries of one dossier."""

    def __init__(
        self, dossier: Dossier, documents: Mapping[str, Document], register: Register, as_of: dt.date, words: Words
    ) -> None:
        self.dossier, self.documents, self.register, self.as_of, self.words = dossier, documents, register, as_of, words
        self._origins = {doc: origin for origin in register.origins for doc in origin.docs}

    def meeting(self, record: Meeting) -> _Entry | None:
        """Return a meeting on its days; tentative when it is only announced, or its day is not known."""
        words = self.words
        days = parse_or_none(record.date)
        name = record.title or words("record.meeting")
        if record.session is not None:
            name = f"{words('say.session_number', number=record.session)}, {name}"
        if record.parties:
            name += f" ({words.actors(record.parties)})"
        planned = record.status is MeetingStatus.PLANNED
        told = [f"{words('column.status')}{words('report.colon')}{words.label('meeting', record.status)}"]
        event = self._event(record.id, name, days, tentative=planned, told=told, evidence=record.mentions)
        if event is not None and record.place:
            event[2].add("location", _clean(record.place))
        return event

    def deadline(self, record: Commitment) -> _Entry | None:
        """Return the deadline of a commitment; cancelled with it when it was dropped."""
        words = self.words
        who = f"{words.actors(record.promisor)}{words('report.colon')}" if record.promisor else ""
        name = f"{words('entry.deadline')} – {who}{record.action}"
        told = [
            f"{words('column.firmness')}{words('report.colon')}{words.label('firmness', record.firmness)}",
            f"{words('column.status')}{words('report.colon')}{words.label('status', record.status)}",
        ]
        dropped = record.status is FollowUpStatus.CANCELLED
        days = parse_or_none(record.deadline)
        uid = f"{record.id}-deadline"
        return self._event(uid, name, days, told=told, evidence=record.mentions, cancelled=dropped)

    def next_session(self) -> _Entry | None:
        """Return the next session the rhythm asks for, which nobody has announced: always tentative."""
        words = self.words
        frame = framework(self.register.meetings, self.dossier, self.as_of)
        if frame.next_due is None:
            return None
        name = f"{words('report.next_session')} ({self.dossier.title})"
        told = [words("say.host_turn", host=words.actor(frame.next_host))] if frame.next_host else []
        if self.dossier.cadence:
            told.append(f"{words('report.cadence')}{words('report.colon')}{words.period(self.dossier.cadence)}")
        return self._event("next-session", name, parse_or_none(frame.next_due), tentative=True, told=told)

    def _event(
        self,
        uid: str,
        name: str,
        days: Edtf | None,
        *,
        tentative: bool = False,
        cancelled: bool = False,
        told: Sequence[str] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> _Entry | None:
        first, last = (days.earliest, days.latest) if days else (None, None)
        if days is None or days.precision in _DECADES or last == dt.date.max:
            return None
        first, last = first or last, last or first
        assert first is not None and last is not None
        loose = days.precision < Precision.DAY or days.value[-1] in "~?%." or days.value.startswith(".")
        event = Event()
        whole = f"{uid}@{self.dossier.id}.palabre"
        event.add("uid", whole)
        event.add("dtstamp", dt.datetime.combine(self.as_of, dt.time(), dt.UTC))
        event.add("dtstart", first)
        event.add("dtend", last + dt.timedelta(days=1))
        event.add("summary", _clean(name[:1].upper() + name[1:]))
        lines = list(told)
        if loose:
            lines.insert(0, self.words("calendar.loose", date=self.words.date(days.value)))
        event.add("description", _clean("\n".join([*lines, *self._quoted(evidence)]), lines=True))
        event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if tentative or loose else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PUBLIC")
        return first, whole, event

    def _quoted(self, evidence: tuple[Evidence, ...]) -> list[str]:
        words = self.words
        out = []
        origins = {o.id: o for e in evidence if (o := self._origins.get(e.doc)) is not None}
        for passage in passages(evidence, self.documents, origins.values(), most=MOST_PASSAGES):
            outlet = passage.outlet or words("say.unknown_outlet")
            date = words.date(passage.published) if passage.published else words("say.unknown_date")
            said = " ".join(passage.words.split())
            out.append(words("calendar.quoted", outlet=outlet, date=date, words=said))
        return out


def _clean(text: str, *, lines: bool = False) -> str:
    """Return the text without control characters, which no calendar may hold; line breaks stay where `lines`."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" or (lines and c == "\n") else " " for c in text).strip()
