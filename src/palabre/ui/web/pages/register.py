"""`/d/{dossier}/register`: the commitments in a table; the address holds every choice."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.store import views
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.views import LONGEST_NAME, may_drop, plain_query, reader

router = APIRouter()

READY: tuple[tuple[str, str], ...] = (
    ("overdue", "status=overdue&sort=due"),
    ("to_check", "check=contradicted&check=question&check=overdue&sort=check"),
    ("signed", "firmness=signed&firmness=agreed&sort=-made"),
    ("one_origin", "origins=1&sort=-made"),
    ("moved", "status=under_way&status=partly_delivered&status=delivered&sort=-moved"),
)
"""Views that are always there: a name and what it asks for."""
SORTED_BY = {
    "what": "what",
    "sector": "sector",
    "firmness": "firmness",
    "status": "status",
    "deadline": "due",
    "made": "made",
    "moved": "moved",
    "sources": "origins",
    "check": "check",
}
"""The sort of each column that has one."""


@router.get("/d/{dossier}/register")
def register(request: Request) -> Response:
    """Show the commitments that fit what is asked."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    wanted, sort, page = asked.wanted(params), asked.sort(params), asked.paging(params)
    facets = visit.asking.facets(wanted)
    saved = visit.store.ask(views.saved, visit.here.id, reader(visit))
    query = plain_query(request.url.query)
    shown = next((v for v in saved if v.id == params.get("view")), None)
    shown = shown or next((v for v in saved if v.query == query), None)
    rows = visit.asking.briefly(wanted, sort=sort, limit=page.size, offset=page.offset)
    return visit.page(
        "register.html",
        rows=rows,
        facets=facets,
        wanted=wanted,
        sort=sort,
        paging=page,
        columns=asked.columns(params),
        all_columns=asked.COLUMNS,
        usual=asked.USUAL,
        filters=asked.FILTERS,
        ready=READY,
        sorted_by=SORTED_BY,
        chosen=[(name, value) for name in asked.FILTERS for value in getattr(wanted, name)],
        query=query,
        saved=[(v, may_drop(visit, v), v.owner == reader(visit)) for v in saved],
        view=shown,
        changed=shown is not None and shown.query != query,
        longest=LONGEST_NAME,
    )
