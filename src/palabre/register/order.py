"""The order in which records of one kind are listed, as a text to sort by: it tells of one record alone."""

from __future__ import annotations

from palabre.model.edtf import sort_key
from palabre.model.records import Actor, Commitment, Conflict, Meeting, Origin, Statement
from palabre.reconcile.compared import CONTRADICTION

BETWEEN = "\x01"
"""Comes before any character that a part holds, so that parts sort as a tuple of them would."""
Record = Origin | Actor | Meeting | Statement | Commitment | Conflict


def place_of(record: Record, row_id: str) -> str:
    """Return what sorts a record among those of its kind, by code points.

    `row_id` is the record's id, or for the second actor of one id that with `#2` after it.
    """
    match record:
        case Meeting():
            return meeting_place(record) + BETWEEN + record.id
        case Commitment():
            return BETWEEN.join((record.made_on or "9", record.id))
        case Statement():
            return min((e.id for e in record.mentions), default=record.id)
        case Actor():
            number = row_id.removeprefix(record.id).removeprefix("#") or "1"
            return BETWEEN.join((record.kind, record.id, f"{int(number):06d}"))
        case Conflict():
            settled = "0" if record.kind == CONTRADICTION else "1"
            return BETWEEN.join((settled, record.field, record.what, record.id))
        case Origin():
            return record.id


def meeting_place(meeting: Meeting) -> str:
    """Return what sorts meetings by date, those without one last."""
    known, day = sort_key(meeting.date)
    return f"{known}{day}"
