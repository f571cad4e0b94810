"""`/`: the dossiers of this database."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.app.views.lists import dossier_line
from palabre.ui.web.access import visible
from palabre.ui.web.desk import Visit

router = APIRouter()


@router.get("/")
def dossiers(request: Request) -> Response:
    """Show every dossier with its figures."""
    visit = Visit.of(request)
    lines = [dossier_line(visit.asked_of(dossier)) for dossier in visible(visit, visit.store.dossiers())]
    return visit.page("dossiers.html", lines=lines)
