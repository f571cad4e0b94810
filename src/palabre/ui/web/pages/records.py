"""`/d/{dossier}/c/{id}` and `/m/{id}`: one commitment, one meeting; `/r/{id}` leads from any id to its page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Role
from palabre.app.views import deciding, linking
from palabre.app.views import records as content
from palabre.errors import NotFound
from palabre.model.records import Actor, Commitment, Conflict, Meeting, Origin, Statement
from palabre.store.store import Found
from palabre.ui.web.access import needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import state_of

router = APIRouter()


@router.get("/d/{dossier}/c/{id}")
def commitment(request: Request) -> Response:
    """Show one commitment."""
    visit = Visit.in_dossier(request)
    found = _found(visit)
    if not isinstance(found.item, Commitment) or found.id != request.path_params["id"]:
        return RedirectResponse(address(visit, found), status_code=303)
    return visit.page("commitment.html", v=content.commitment(visit.asking, found.item))


@router.get("/d/{dossier}/c/{id}/link")
def link_report(request: Request) -> Response:
    """Show reports of progress that may be about a commitment, for somebody to say which is."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.ANALYST)
    found = _found(visit)
    if not isinstance(found.item, Commitment):
        raise NotFound(f"{found.id}: no such commitment")
    words = request.query_params.get("q", "")[:500]
    rows = linking.reports(visit.asking, found.item, words)
    state = deciding.seen(state_of(visit, (found.id,)))
    return visit.page("link.html", c=found.item, rows=rows, words=words, state=state)


@router.get("/d/{dossier}/m/{id}")
def meeting(request: Request) -> Response:
    """Show one meeting."""
    visit = Visit.in_dossier(request)
    found = _found(visit)
    if not isinstance(found.item, Meeting) or found.id != request.path_params["id"]:
        return RedirectResponse(address(visit, found), status_code=303)
    return visit.page("meeting.html", v=content.meeting(visit.asking, found.item))


@router.get("/d/{dossier}/r/{id}")
def record(request: Request) -> Response:
    """Go to the page of whatever has this id, or the beginning of one."""
    visit = Visit.in_dossier(request)
    return RedirectResponse(address(visit, _found(visit)), status_code=303)


def _found(visit: Visit) -> Found:
    return visit.store.find(visit.here, visit.request.path_params["id"])


def address(visit: Visit, found: Found) -> str:
    """Return the address of the page that shows what an id led to. Raises NotFound when none does."""
    item = found.item
    if isinstance(item, Commitment):
        return visit.link("c", found.id)
    if isinstance(item, Meeting):
        return visit.link("m", found.id)
    if isinstance(item, Actor):
        return visit.link("actors", found.id)
    if isinstance(item, Statement):
        return visit.link("statements", speaker=item.speaker or "") + f"#{item.id}"
    if isinstance(item, Conflict):
        return visit.link("conflicts") + f"#{item.id}"
    if isinstance(item, Origin):
        return visit.link("t", item.first)
    if found.kind == "document":
        return visit.link("t", found.id)
    if found.kind == "mention":
        return visit.link("t", getattr(item, "doc", ""), at=getattr(getattr(item, "span", None), "start", None))
    if found.kind == "dossier":
        return visit.link()
    raise NotFound(f"{found.id}: no page shows this.")
