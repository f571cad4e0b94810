"""`/d/{dossier}/search`: words in texts and records; `/conflicts`: what accounts say differently, and each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from palabre.app.dossiers import KEPT_LANGUAGE
from palabre.app.views import deciding
from palabre.app.views.records import disputes
from palabre.errors import NotFound
from palabre.model.records import Conflict
from palabre.store import listings, searching
from palabre.store.listings import Picked
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import state_of

if TYPE_CHECKING:
    from palabre.store import Hit

router = APIRouter()

MOST_HITS = 40
KINDS = ("contradiction", "variant")
FOUND = ("commitments", "meetings", "statements", "conflicts", "actors", "document")
"""The kinds a search can be kept to, in the order their tabs stand."""


@router.get("/d/{dossier}/search")
def search(request: Request) -> Response:
    """Show what holds the words asked for, all of it or one kind."""
    visit = Visit.in_dossier(request)
    words = request.query_params.get("q", "")[:500]
    kind = request.query_params.get("kind")
    kind = kind if kind in FOUND else None
    asks = bool(words.strip())
    hits = visit.store.search(visit.here, words, MOST_HITS, kind) if asks else ()
    counts = visit.asking.ask(searching.kinds, words) if asks else {}
    sources = visit.asking.ask(listings.sources, ids=list({h.doc for h in hits if h.doc}), limit=MOST_HITS)
    return visit.page(
        "search.html",
        hits=hits,
        words=words,
        kind=kind,
        kinds=[k for k in FOUND if counts is None or counts.get(k) or k == kind],
        counts=counts,
        told=_told(visit, hits),
        named={s.id: s for s in sources},
        most=MOST_HITS,
    )


def _told(visit: Visit, hits: tuple[Hit, ...]) -> dict[str, str]:
    """Return what the contradictions found are about, in the reader's language: the index has that of the database."""
    ids = [h.id for h in hits if h.kind == "conflicts"] if visit.words.lang != KEPT_LANGUAGE else []
    found = visit.asking.ask(listings.of_ids, "conflicts", ids) if ids else ()
    return {c.id: visit.asking.told(c).what for c in found if isinstance(c, Conflict)}


@router.get("/d/{dossier}/conflicts")
def conflicts(request: Request) -> Response:
    """Show contradictions, or what differs without contradiction."""
    visit = Visit.in_dossier(request)
    kind = request.query_params.get("kind")
    kind = kind if kind in KINDS else KINDS[0]
    page = asked.paging(request.query_params, 15)
    picked = Picked("conflicts", variety=kind)
    some = visit.asking.conflicts(picked, limit=page.size, offset=page.offset)
    counts = visit.asking.know(listings.tally, "conflicts")
    return visit.page(
        "conflicts.html", rows=disputes(visit.asking, some), kind=kind, kinds=KINDS, counts=counts, paging=page
    )


@router.get("/d/{dossier}/conflicts/{id}")
def conflict(request: Request) -> Response:
    """Show one contradiction alone."""
    visit = Visit.in_dossier(request)
    found = visit.store.find(visit.here, request.path_params["id"])
    if not isinstance(found.item, Conflict):
        raise NotFound(f"{request.path_params['id']}: no such contradiction")
    told = visit.asking.told(found.item)
    made = state_of(visit, (told.id,))
    rows = disputes(visit.asking, (told,))
    return visit.page("conflict.html", rows=rows, conflict=told, decisions=made, state=deciding.seen(made))
