"""`/d/{dossier}`: the overview."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.app.views.overview import overview as content_of
from palabre.model.vocabulary import FollowUpStatus, Sector
from palabre.store.queries import OVERDUE
from palabre.ui.web.desk import A_YEAR, Visit
from palabre.ui.web.drawing import line_of_time

router = APIRouter()

AWAY = dt.timedelta(minutes=30)
"""A reader who comes back after so long makes another visit."""
COLUMNS = (*(s.value for s in FollowUpStatus), OVERDUE)


@router.get("/d/{dossier}")
def overview(request: Request) -> Response:
    """Show where a dossier stands."""
    visit = Visit.in_dossier(request)
    cookie = f"palabre-seen-{visit.here.id}"
    now = dt.datetime.now(dt.UTC)
    since, seen = _last_visit(request.cookies.get(cookie), now)
    found = content_of(visit.asking, since)
    used = [status for status in COLUMNS if any(s == status for _, s in found.matrix)]
    page = visit.page(
        "overview.html",
        o=found,
        line=line_of_time(found.timeline, visit.today, visit.words),
        sectors=[s.value for s in Sector if any(sector == s for sector, _ in found.matrix)],
        statuses=used,
        most=max(found.matrix.values(), default=1),
    )
    page.set_cookie(cookie, seen, max_age=A_YEAR, httponly=True, samesite="lax")
    return page


def _last_visit(cookie: str | None, now: dt.datetime) -> tuple[str | None, str]:
    """Return the instant of the visit before this one, None on the first, and what to remember of this one.

    The cookie holds two instants: the end of the visit before, and the last page of this one.
    """
    before, _, last = (cookie or "").partition("~")
    moment = _instant(last)
    if moment is None:
        return None, f"~{_written(now)}"
    if now - moment > AWAY:
        before = _written(moment)
    start = _instant(before)
    return (_written(start) if start else None), f"{before if start else ''}~{_written(now)}"


def _instant(value: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _written(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
