"""The records of meetings with the number of each session, as meetings come and go: what `numbered` would give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.register.order import meeting_place
from palabre.register.sessions import is_session

if TYPE_CHECKING:
    from palabre.model.dossier import Dossier
    from palabre.model.records import Meeting
    from palabre.reconcile.shelves import Shelves

ALL = "all"


class LiveSessions:
    """The records of meetings; those that are sessions stand in order of their dates."""

    def __init__(self, shelves: Shelves, dossier: Dossier | None) -> None:
        """`dossier` tells whose sessions are counted."""
        self._dossier = dossier
        self._records = shelves.records("meetings")
        self._sessions = shelves.places("meetings.session")
        self._moved = False

    def put(self, record: Meeting) -> None:
        """Keep the record of a meeting; `settle` then numbers the sessions."""
        before: Meeting | None = self._records.get(record.id)
        session = is_session(record, self._dossier)
        was = before is not None and before.session is not None
        if before is not None and was and session and meeting_place(before) == meeting_place(record):
            record = replace(record, session=before.session)
        else:
            if before is not None and was:
                self._sessions.drop(ALL, (meeting_place(before), before.id))
            if session:
                self._sessions.add(ALL, (meeting_place(record), record.id))
            self._moved = self._moved or was or session
        if before != record:
            self._records[record.id] = record

    def drop(self, its: str) -> None:
        """Forget a meeting."""
        before: Meeting = self._records.pop(its)
        if before.session is not None:
            self._sessions.drop(ALL, (meeting_place(before), its))
            self._moved = True

    def settle(self) -> None:
        """Number the sessions that another has come before, or no longer does."""
        if self._moved:
            for number, (_, its) in enumerate(self._sessions.all(ALL), 1):
                record: Meeting = self._records[its]
                if record.session != number:
                    self._records[its] = replace(record, session=number)
        self._moved = False
