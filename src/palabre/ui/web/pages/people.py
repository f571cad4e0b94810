"""`/d/{dossier}/actors`: who takes part, and each actor's page; `/statements`: who said what."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from palabre.app.views import lists
from palabre.model.records import Actor
from palabre.model.vocabulary import ActorKind, StatementForm
from palabre.store import listings
from palabre.store.listings import Picked
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.records import address

router = APIRouter()


@router.get("/d/{dossier}/actors")
def actors(request: Request) -> Response:
    """Show the actors, those most named first."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    page = asked.paging(params, 60)
    kind = params.get("kind")
    kind = kind if kind in [k.value for k in ActorKind] else None
    picked = Picked("actors", variety=kind, words=params.get("q", "")[:500])
    return visit.page(
        "actors.html",
        rows=visit.asking.actors(picked, order="-docs", limit=page.size, offset=page.offset),
        kinds=visit.asking.know(listings.tally, "actors"),
        kind=kind,
        words=picked.words,
        paging=page,
        count=visit.asking.know(listings.count, picked),
    )


@router.get("/d/{dossier}/actors/{id}")
def actor(request: Request) -> Response:
    """Show one actor."""
    visit = Visit.in_dossier(request)
    found = visit.store.find(visit.here, request.path_params["id"])
    if not isinstance(found.item, Actor):
        return RedirectResponse(address(visit, found), status_code=303)
    return visit.page("actor.html", v=lists.actor(visit.asking, found.item))


@router.get("/d/{dossier}/statements")
def statements(request: Request) -> Response:
    """Show what was said, by one speaker when one is asked for."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    page = asked.paging(params, 25)
    speaker = params.get("speaker")
    form = params.get("form")
    form = form if form in [f.value for f in StatementForm] else None
    words = params.get("q", "")[:500]
    return visit.page(
        "statements.html",
        v=lists.statements(visit.asking, speaker, words, form, page.size, page.offset),
        speaker=speaker,
        words=words,
        form=form,
        forms=[f.value for f in StatementForm],
        paging=page,
    )
