"""`/d/{dossier}/views`: views of the register kept under a name; `/views/{id}` is the address of one.

A view belongs to who keeps it; once shared, everybody in the dossier has it.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Role
from palabre.errors import BadValue
from palabre.store import views
from palabre.store.views import SavedView
from palabre.ui.web import asked
from palabre.ui.web.access import Person, Refused
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()

LONGEST_NAME = 60
LONGEST_QUERY = 4000
KEPT = (*asked.FILTERS, "since", "until", "q", "wishes", "sort", "col", "size")
"""What of the register's address makes a view."""


@router.get("/d/{dossier}/views/{id}")
def view(request: Request) -> Response:
    """Lead to the register as a view shows it."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    found = visit.store.ask(views.saved_as, visit.here.id, request.path_params["id"], reader(visit))
    joined = f"{found.query}&" if found.query else ""
    return RedirectResponse(f"{visit.link('register')}?{joined}view={found.id}", status_code=303)


@router.post("/d/{dossier}/views")
def keep(request: Request) -> Response:
    """Keep what the register shows under a name, in place of one's own view of that name."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    form: FormData = request.state.form
    name = " ".join("".join(c if c.isprintable() else " " for c in text(form, "name")).split())[:LONGEST_NAME]
    if not name:
        raise BadValue(visit.words("register.save_as"), "a view needs a name")
    shared = text(form, "shared") == "1" and visit.may_decide
    its = visit.store.tell(
        views.keep, visit.here.id, reader(visit), name, plain_query(text(form, "query")[:LONGEST_QUERY]), shared
    )
    return RedirectResponse(visit.link("views", its), status_code=303)


@router.post("/d/{dossier}/views/drop")
def drop(request: Request) -> Response:
    """Forget a view: one's own, or any as an editor."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    found = visit.store.ask(views.saved_as, visit.here.id, text(request.state.form, "id"), reader(visit))
    if not may_drop(visit, found):
        raise Refused("not_yours_view")
    visit.store.tell(views.drop, visit.here.id, found.id)
    return RedirectResponse(visit.link("register"), status_code=303)


def reader(visit: Visit) -> str:
    """Return whose views are the person's own: nobody's in particular where one is alone."""
    person: Person = visit.extra["person"]
    return person.name if person.roles is not None else ""


def may_drop(visit: Visit, found: SavedView) -> bool:
    """Tell whether the person may forget a view."""
    return found.owner == reader(visit) or visit.may(Role.EDITOR.value)


def plain_query(query: str) -> str:
    """Return what of a register's address makes a view, written in one way."""
    return urlencode([(k, v) for k, v in parse_qsl(query) if k in KEPT])
