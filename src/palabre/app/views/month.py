"""One month of a dossier: the meetings held and announced, what falls due, the session expected; day by day.

What is known to the month or the year only stands apart: no day is made up for it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.app.views.overview import frame
from palabre.model.edtf import Precision, parse_or_none
from palabre.register.follow_up import overdue
from palabre.store import agenda
from palabre.store.listings import Picked

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.records import Brief, Meeting

MOST = 200
DAY = dt.timedelta(days=1)
YEARS = range(1000, 9999)
"""The years that have months here: a calendar's first and last days have none beside them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar: a meeting, or a deadline (`late` when it has passed and nothing says it was kept)."""

    meeting: Meeting | None = None
    deadline: Brief | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day with what falls on it; `expected` when the next session is due on it. `outside`: of another month."""

    day: dt.date
    entries: tuple[Entry, ...]
    expected: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month by weeks, Monday first; `loose` is what is known to the month or the year only."""

    first: dt.date
    weeks: tuple[tuple[Day, ...], ...]
    loose: tuple[Entry, ...]
    before: dt.date
    after: dt.date
    count: int


def month(asking: Asking, first: dt.date) -> MonthView:
    """Return the month that begins on `first`, a day of a year of YEARS."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    meetings = asking.meetings(Picked("meetings", since=first, until=last, undated=False), order="day", limit=MOST)
    due = asking.know(agenda.due_between, first, last, limit=MOST)
    placed: dict[dt.date, list[Entry]] = {}
    loose: list[Entry] = []
    for meeting in meetings:
        _put(placed, loose, meeting.date, Entry(meeting=meeting), first_day=True)
    for record in due:
        _put(
            placed, loose, record.deadline, Entry(deadline=record, late=overdue(record, asking.today)), first_day=False
        )
    expected = frame(asking).next_due
    weeks = []
    at = first - dt.timedelta(days=first.weekday())
    while at <= last:
        days = [at + dt.timedelta(days=n) for n in range(7)]
        weeks.append(
            tuple(
                Day(d, tuple(placed.get(d, ())), d == expected and first <= d <= last, not first <= d <= last)
                for d in days
            )
        )
        at += dt.timedelta(days=7)
    count = len(meetings) + len(due)
    return MonthView(first, tuple(weeks), tuple(loose), (first - DAY).replace(day=1), last + DAY, count)


def _put(
    placed: dict[dt.date, list[Entry]], loose: list[Entry], date: str | None, entry: Entry, *, first_day: bool
) -> None:
    known = parse_or_none(date)
    day = None if known is None else known.earliest if first_day else known.latest
    if known is None or day is None or known.precision is not Precision.DAY:
        loose.append(entry)
    else:
        placed.setdefault(day, []).append(entry)
