"""`/d/{dossier}`: the overview; `/d/{dossier}/news`: all that came since the last visit, or since a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.app.sittings import written
from palabre.app.views.news import news as news_of
from palabre.app.views.overview import overview as content_of
from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.store import attendance
from palabre.store.queries import OVERDUE
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.drawing import line_of_time

if TYPE_CHECKING:
    from palabre.app.views.overview import Overview

router = APIRouter()

COLUMNS = (*(s.value for s in FollowUpStatus), OVERDUE)
SPANS = (1, 7, 30)
"""Days of which one may ask what came."""
MOST_NEWS = 100
"""New things of each kind shown on the page of news."""


@router.get("/d/{dossier}")
def overview(request: Request) -> Response:
    """Show where a dossier stands."""
    visit = Visit.in_dossier(request)
    found = content_of(visit.asking, visit.since, visit.extra["person"].name)
    return visit.page("overview.html", o=found, drawn=lambda: _drawn(visit, found))


def _drawn(visit: Visit, found: Overview) -> dict[str, Any]:
    """Return what the part of the page that is the same for everybody is drawn from; called when it is made."""
    sectors, statuses = {sector for sector, _ in found.matrix}, {status for _, status in found.matrix}
    return {
        "line": line_of_time(found.timeline, visit.today, visit.words),
        "sectors": [s.value for s in Sector if s.value in sectors],
        "statuses": [status for status in COLUMNS if status in statuses],
        "most": max(found.matrix.values(), default=1),
    }


@router.get("/d/{dossier}/news")
def news(request: Request) -> Response:
    """Show all that came since the last visit, in so many `days`, or since a day."""
    visit = Visit.in_dossier(request)
    days = asked.number(request.query_params.get("days"))
    day = asked.day(request.query_params.get("since"))
    since = visit.since
    if day is not None:
        since = f"{day}T00:00:00Z"
    elif days in SPANS or since is None:
        days = days if days in SPANS else SPANS[1]
        since = written(visit.hour - dt.timedelta(days=days))
    else:
        days = None
    found = news_of(visit.asking, since, visit.extra["person"].name, MOST_NEWS)
    return visit.page("news.html", n=found, days=days, day=day, last=visit.since, spans=SPANS, most=attendance.MOST)
