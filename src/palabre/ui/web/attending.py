"""When the person at the desk was last in a dossier: every page of it tells, the overview and the news ask.

Where a team shares the workbench it is kept in the database for each person; alone on a machine, in the browser.
Not being able to write it down never keeps anybody from a page.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from palabre.app.sittings import Sitting, now_sitting, sitting_of
from palabre.errors import PalabreError
from palabre.store import attendance
from palabre.ui.web.desk import A_YEAR, Visit

if TYPE_CHECKING:
    from starlette.responses import Response

    from palabre.model.dossier import Dossier
    from palabre.store.store import Store

MOST = 2000
"""Sittings kept in memory."""
_LOG = logging.getLogger("palabre.web")


class Attendance:
    """Who is where, kept in memory so that the database is not asked with each page."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Sitting] = OrderedDict()
        self._lock = threading.Lock()

    def tell(self, store: Store, name: str, dossier: str, now: dt.datetime) -> Sitting | None:
        """Return a person's sitting in a dossier, of which a page is asked for now, and have it written down."""
        key = (name, dossier)
        with self._lock:
            held = self._kept.get(key)
        if held is not None and now_sitting(held, now) is held:
            return held
        # Another process may have written it since.
        known = store.ask(attendance.attended, name, dossier)
        former = Sitting(*known) if known is not None else None
        sitting = now_sitting(former, now)
        if sitting is not former:
            try:
                store.tell(attendance.attend, name, dossier, sitting.before, sitting.last)
            except PalabreError as error:
                _LOG.warning("when %s was here is not written down: %s", name, error)
        with self._lock:
            self._kept[key] = sitting
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return sitting


def attend(visit: Visit, dossier: Dossier) -> None:
    """Note that a page of a dossier is asked for, and leave in the visit since when things are new (`visit.since`)."""
    now = dt.datetime.now(dt.UTC)
    person = visit.extra["person"]
    if person.roles is not None:
        kept: Attendance = visit.request.app.state.attendance
        sitting = kept.tell(visit.store, person.name, dossier.id, now)
    else:
        former = _brought(visit, dossier)
        sitting = now_sitting(former, now)
        if sitting is not former:
            visit.finish.append(lambda made: _give(made, dossier, sitting))
    visit.since = sitting.before if sitting is not None else None


def _brought(visit: Visit, dossier: Dossier) -> Sitting | None:
    before, _, last = visit.request.cookies.get(_cookie(dossier), "").partition("~")
    return sitting_of(before, last)


def _give(made: Response, dossier: Dossier, sitting: Sitting) -> None:
    value = f"{sitting.before or ''}~{sitting.last}"
    made.set_cookie(_cookie(dossier), value, max_age=A_YEAR, httponly=True, samesite="lax")


def _cookie(dossier: Dossier) -> str:
    return f"palabre-seen-{dossier.id}"
