"""`/d/{dossier}/meetings`: meetings and what comes next; `/calendar.ics`: the same to subscribe to; `/coverage`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.app.views import lists
from palabre.app.views.month import YEARS, month
from palabre.app.views.overview import frame
from palabre.export.calendar_ics import write_calendar
from palabre.model.vocabulary import MeetingStatus
from palabre.store import listings
from palabre.store.listings import Picked
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.lang.interface import Words
    from palabre.ui.web.desk import Desk

router = APIRouter()


@router.get("/d/{dossier}/meetings")
def meetings(request: Request) -> Response:
    """Show the meetings, the latest first."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    page = asked.paging(params)
    status = params.get("status")
    party = params.get("party") or None
    only = params.get("sessions") == "1"
    picked = Picked(
        "meetings",
        status=status if status in [s.value for s in MeetingStatus] else None,
        facet=("party", party) if party else None,
        session=True if only else None,
        words=params.get("q", "")[:500],
    )
    rows = visit.asking.meetings(picked, order="-day", limit=page.size, offset=page.offset)
    return visit.page(
        "meetings.html",
        rows=rows,
        picked=picked,
        party=party,
        paging=page,
        count=visit.asking.know(listings.count, picked),
        frame=frame(visit.asking),
        parties=visit.asking.know(listings.values, "meetings", "party", 40),
    )


@router.get("/d/{dossier}/calendar")
def one_month(request: Request) -> Response:
    """Show one month: the one asked for (YYYY-MM), else this one."""
    visit = Visit.in_dossier(request)
    first = asked.day(f"{request.query_params.get('month', '')}-01") or visit.today
    view = month(visit.asking, (first if first.year in YEARS else dt.date.today()).replace(day=1))
    latest = None
    if not view.count:
        last = visit.asking.meetings(Picked("meetings", until=first, undated=False), order="-day", limit=1)
        latest = (last[0].date or "")[:7] if last else None
    return visit.page("month.html", v=view, latest=latest if latest and asked.day(f"{latest}-01") else None)


@router.get("/d/{dossier}/calendar.ics")
def calendar(request: Request) -> Response:
    """Give the calendar of meetings and deadlines."""
    return calendar_file(Visit.in_dossier(request))


def calendar_file(visit: Visit) -> Response:
    """Return the calendar of the dossier that is visited."""
    return Response(calendar_of(visit.desk, visit.asking, visit.words), media_type="text/calendar; charset=utf-8")


def calendar_of(desk: Desk, asking: Asking, words: Words) -> str:
    """Return the calendar of a dossier, written once a day, whichever process is asked."""
    key = (asking.dossier.id, asking.revision, "ics", asking.today, words.lang)

    def written() -> str:
        documents, register = lists.dated(asking)
        return write_calendar(asking.dossier, documents, register, asking.today, words)

    return asking.memory.get((*key, asking.dossier), lambda: desk.passing.once(repr((key, asking.dossier)), written))


@router.get("/d/{dossier}/coverage")
def coverage(request: Request) -> Response:
    """Show which sectors are named, promised in, moving, silent."""
    visit = Visit.in_dossier(request)
    return visit.page("coverage.html", v=lists.coverage(visit.asking))
