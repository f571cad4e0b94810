"""`/`: the dossiers of this database."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.ui.web.desk import Visit

router = APIRouter()


@router.get("/")
def dossiers(request: Request) -> Response:
    """Show every dossier with its figures."""
    visit = Visit.of(request)
    return visit.page("dossiers.html", dossiers=visit.store.dossiers())
