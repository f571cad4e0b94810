"""`/guide` and `/d/{dossier}/guide`: what the pages show, what their words mean, what the keys do.

And every address of a dossier that no page has, so that who took a wrong turn is still at home.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from palabre.model.vocabulary import Firmness, FollowUpStatus
from palabre.store.queries import OVERDUE
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.review import KEYS

router = APIRouter()
last_router = APIRouter()
"""Stands after all others."""

WORDS = ("origin", "official", "contradiction", "variant", "silent", "not_looked", "wish")
"""Words of the pages that the guide explains (`guide.NAME`, `guide.NAME_how`)."""


@router.get("/guide")
def guide(request: Request) -> Response:
    """Show the guide outside any dossier."""
    return _page(Visit.of(request))


@router.get("/d/{dossier}/guide")
def guide_here(request: Request) -> Response:
    """Show the guide in the frame of the dossier that is being read."""
    return _page(Visit.in_dossier(request))


def _page(visit: Visit) -> Response:
    statuses = [*(s.value for s in FollowUpStatus), OVERDUE]
    return visit.page("guide.html", firmness=[f.value for f in Firmness], statuses=statuses, terms=WORDS, keys=KEYS)


@last_router.get("/d/{dossier}/{rest:path}")
def nowhere(request: Request) -> Response:
    """Show that there is no such page, in the frame of the dossier."""
    visit = Visit.in_dossier(request)
    rest = str(request.path_params["rest"])
    if rest.endswith("/") or not rest:
        return RedirectResponse(visit.link(*filter(None, rest.split("/"))), status_code=307)
    raise HTTPException(404)
