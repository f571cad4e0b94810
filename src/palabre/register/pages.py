"""The typed content of each page, for the terminal and the report alike. No formatting, and no language but codes.

Each function takes a register (and the documents behind it) and returns frozen rows in the order they are to be shown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.errors import NotFound
from palabre.model.edtf import last_day, parse_or_none, sort_key
from palabre.model.vocabulary import Firmness, FollowUpStatus, MeetingStatus, Sector
from palabre.reconcile.compared import CONTRADICTION
from palabre.reconcile.judged import key
from palabre.register.evidence import Passage, passages
from palabre.register.follow_up import ENDED, overdue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import Document, ReadDocument
    from palabre.model.records import Commitment, Conflict, Evidence, FollowUp, Meeting, Register


@dataclass(frozen=True, slots=True)
class Summary:
    """What a dossier holds, in figures. Days are None when no document has a date."""

    documents: int
    origins: int
    copies: int
    meetings_held: int
    meetings_planned: int
    commitments: int
    vague: int
    by_status: tuple[tuple[FollowUpStatus, int], ...]
    by_sector: tuple[tuple[Sector, int], ...]
    overdue: int
    contradictions: int
    variants: int
    first_published: dt.date | None
    last_published: dt.date | None


def summary(register: Register, documents: Sequence[ReadDocument], as_of: dt.date) -> Summary:
    """Return the figures of a dossier on the day `as_of`; vague wishes are counted apart from commitments."""
    firm = [c for c in register.commitments if not c.vague]
    days = sorted(d.document.meta.published for d in documents if d.document.meta.published)
    held = sum(m.status is MeetingStatus.HELD for m in register.meetings)
    contradictions = sum(c.kind == CONTRADICTION for c in register.conflicts)
    return Summary(
        documents=len({d.document.id for d in documents}),
        origins=len(register.origins),
        copies=sum(len(o.docs) - 1 for o in register.origins),
        meetings_held=held,
        meetings_planned=len(register.meetings) - held,
        commitments=len(firm),
        vague=len(register.commitments) - len(firm),
        by_status=tuple((s, n) for s in FollowUpStatus if (n := sum(c.status is s for c in firm))),
        by_sector=tuple((s, n) for s in Sector if (n := sum(c.sector is s for c in firm))),
        overdue=sum(overdue(c, as_of) for c in firm),
        contradictions=contradictions,
        variants=len(register.conflicts) - contradictions,
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
    )


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One commitment in the register's table. `docs` counts documents, `origins` independent ones."""

    id: str
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None
    amount: str | None
    status: FollowUpStatus
    overdue: bool
    made_on: str | None
    last_event: str | None
    docs: int
    origins: int
    official: bool
    vague: bool
    contradictions: int


def register_rows(
    register: Register, as_of: dt.date, *, sector: Sector | None = None, vague: bool = True
) -> tuple[RegisterRow, ...]:
    """Return the commitments by sector, firmest first within each. `vague=False` leaves mere wishes out."""
    disputed = _contradictions(register)
    chosen = [c for c in register.commitments if (sector is None or c.sector is sector) and (vague or not c.vague)]
    order = list(Sector)
    chosen.sort(key=lambda c: (order.index(c.sector), c.vague, -c.firmness.rank, *sort_key(c.made_on), c.id))
    return tuple(
        RegisterRow(
            id=c.id,
            promisor=c.promisor,
            beneficiary=c.beneficiary,
            action=c.action,
            sector=c.sector,
            firmness=c.firmness,
            deadline=c.deadline,
            amount=c.amount,
            status=c.status,
            overdue=overdue(c, as_of),
            made_on=c.made_on,
            last_event=c.events[-1].date if c.events else None,
            docs=len({e.doc for e in c.mentions}),
            origins=c.origins,
            official=c.official,
            vague=c.vague,
            contradictions=disputed.get(c.id, 0),
        )
        for c in chosen
    )


def _contradictions(register: Register) -> Mapping[str, int]:
    out: dict[str, int] = {}
    for conflict in register.conflicts:
        if conflict.about is not None and conflict.kind == CONTRADICTION:
            out[conflict.about] = out.get(conflict.about, 0) + 1
    return out


@dataclass(frozen=True, slots=True)
class EventRow:
    """One change of status with the words that tell of it."""

    event: FollowUp
    passage: Passage


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Everything known of one commitment: each source's words, what has moved, what accounts say differently.

    `looked_until` is the day of the last document of the dossier: after it nothing was looked at.
    """

    commitment: Commitment
    sources: tuple[Passage, ...]
    events: tuple[EventRow, ...]
    conflicts: tuple[Conflict, ...]
    overdue: bool
    days_left: int | None
    looked_until: dt.date | None


def find_commitment(register: Register, wanted: str) -> Commitment:
    """Return the commitment of an id: its own or that of any of its mentions. Raises NotFound."""
    for commitment in register.commitments:
        if key(wanted) in {key(commitment.id), *(key(e.id) for e in commitment.mentions)}:
            return commitment
    raise NotFound(f"{wanted}: no such commitment")


def commitment_page(
    register: Register, documents: Sequence[ReadDocument], wanted: str, as_of: dt.date
) -> CommitmentPage:
    """Return the page of one commitment on the day `as_of`. Raises NotFound."""
    commitment = find_commitment(register, wanted)
    by_id = {d.document.id: d.document for d in documents}
    deadline = last_day(commitment.deadline)
    open_still = commitment.status not in ENDED
    days = [d.meta.published for d in by_id.values() if d.meta.published]
    return CommitmentPage(
        commitment=commitment,
        sources=passages(commitment.mentions, by_id, register.origins),
        events=tuple(EventRow(e, _one(e.evidence, by_id, register)) for e in commitment.events),
        conflicts=tuple(c for c in register.conflicts if c.about == commitment.id),
        overdue=overdue(commitment, as_of),
        days_left=(deadline - as_of).days if deadline and open_still else None,
        looked_until=max(days, default=None),
    )


def _one(evidence: Evidence, documents: Mapping[str, Document], register: Register) -> Passage:
    return passages((evidence,), documents, register.origins)[0]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with its accounts. `expected` tells a planned meeting whose day has passed without a report."""

    meeting: Meeting
    docs: int
    passed_unreported: bool
    contradictions: int


def meetings_page(register: Register, as_of: dt.date) -> tuple[MeetingRow, ...]:
    """Return the meetings by date, undated ones last."""
    disputed = _contradictions(register)
    return tuple(
        MeetingRow(m, len({e.doc for e in m.mentions}), _passed(m, as_of), disputed.get(m.id, 0))
        for m in register.meetings
    )


def _passed(meeting: Meeting, as_of: dt.date) -> bool:
    date = parse_or_none(meeting.date)
    return (
        meeting.status is MeetingStatus.PLANNED and date is not None and date.latest is not None and date.latest < as_of
    )


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One value, the names of its documents, how many origins and whether one is official, and the words."""

    value: str
    documents: tuple[str, ...]
    origins: int
    official: bool
    sources: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One contradiction or variant, its best supported side first (official texts, then origins)."""

    conflict: Conflict
    sides: tuple[ConflictSide, ...]


def conflicts_page(
    register: Register, documents: Sequence[ReadDocument], *, variants: bool = True
) -> tuple[ConflictRow, ...]:
    """Return what accounts say differently, contradictions first; `variants=False` leaves the rest out."""
    by_id = {d.document.id: d.document for d in documents}
    rows = []
    for conflict in register.conflicts:
        if not variants and conflict.kind != CONTRADICTION:
            continue
        sides = sorted(conflict.values, key=lambda s: (not s.official, -s.origins, s.value))
        rows.append(
            ConflictRow(
                conflict,
                tuple(
                    ConflictSide(
                        s.value,
                        tuple(sorted(by_id[d].name for d in s.docs)),
                        s.origins,
                        s.official,
                        passages(s.evidence, by_id, register.origins),
                    )
                    for s in sides
                ),
            )
        )
    return tuple(rows)
