"""`/d/{dossier}/subscribe`: how to follow the calendar from another program; `/calendar/KEY.ics`: a personal address.

Where a team shares the workbench a calendar program cannot sign in: each person may have one secret address for each
dossier, shown once, that opens its calendar and nothing else. It can be revoked, and ends with the person's role.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from palabre.app.people import Role, calendar_of, new_calendar_key
from palabre.errors import NotFound
from palabre.store import people
from palabre.ui.web.access import needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text
from palabre.ui.web.pages.meetings import calendar_file

router = APIRouter()
open_router = APIRouter()
"""What is answered without signing in: the address is the key."""


@router.get("/d/{dossier}/subscribe")
def subscribe(request: Request) -> Response:
    """Show how to follow the calendar."""
    return _page(Visit.in_dossier(request))


@router.post("/d/{dossier}/subscribe")
def change(request: Request) -> Response:
    """Make a new address, shown once, or revoke the one there is."""
    visit = Visit.in_dossier(request)
    person = needs(visit, Role.READER)
    form: FormData = request.state.form
    if person.roles is None:
        return _page(visit)
    if text(form, "what") == "revoke":
        visit.store.tell(people.drop_keys, person.name, people.CALENDAR, visit.here.id)
        return _page(visit, revoked=True)
    key = new_calendar_key(visit.store, person.name, visit.here)
    return _page(visit, address=f"{_root(request)}/calendar/{key}.ics?lang={visit.words.lang}")


@open_router.get("/calendar/{key}.ics")
def personal(request: Request) -> Response:
    """Give the calendar that a personal address opens. Raises NotFound for any other."""
    visit = Visit.of(request)
    found = calendar_of(visit.store, request.path_params["key"])
    if found is None:
        raise NotFound("this address opens no calendar, or no longer does.")
    visit.dossier = found
    visit.desk.keeper.fresh(found)
    return calendar_file(visit)


def _page(visit: Visit, *, address: str = "", revoked: bool = False) -> Response:
    person = visit.extra["person"]
    team = person.roles is not None
    since = visit.store.ask(people.keys_since, person.name, people.CALENDAR, visit.here.id) if team else None
    plain = "" if team else _root(visit.request) + visit.link("calendar.ics", lang=visit.words.lang)
    return visit.page("subscribe.html", address=address or plain, secret=bool(address), since=since, revoked=revoked)


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"
