"""`/account`: one's own account where a team shares the workbench: roles, password, token, addresses of calendars."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Doorkeeper, digest, new_token, set_password, sign_in
from palabre.errors import BadValue, NotFound
from palabre.store import people
from palabre.ui.sentences import sentence_of
from palabre.ui.web.access import SESSION_COOKIE, Person, form_token, keep_cookie
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()


@router.get("/account")
def account(request: Request) -> Response:
    """Show one's own account."""
    return _page(Visit.of(request))


@router.post("/account")
def change(request: Request) -> Response:
    """Change the password, make or revoke the token, revoke the address of a calendar, end other sessions."""
    visit = Visit.of(request)
    name = _name(visit)
    form: FormData = request.state.form
    what = text(form, "what")
    if what == "password":
        return _password(visit, name, form)
    if what == "token":
        return _page(visit, token=new_token(visit.store, name))
    if what == "no_token":
        visit.store.tell(people.drop_keys, name, people.TOKEN)
    elif what == "no_sessions":
        here = visit.request.cookies.get(SESSION_COOKIE, "")
        visit.store.tell(people.drop_other_sessions, name, digest(here))
    elif what == "no_calendar":
        visit.store.tell(people.drop_keys, name, people.CALENDAR, text(form, "dossier")[:80])
    else:
        raise BadValue(what[:40], "not something that can be done to an account")
    return RedirectResponse("/account", status_code=303)


def _password(visit: Visit, name: str, form: FormData) -> Response:
    """Give oneself another password: it takes the present one, and ends every other session."""
    keeper: Doorkeeper = visit.request.app.state.doorkeeper
    tried = f"name {name}"
    if wait := keeper.wait(tried):
        return _page(visit, problem=visit.words("access.wait", seconds=visit.words.number(wait)), status=429)
    fresh = text(form, "fresh")
    if fresh != text(form, "again"):
        return _page(visit, problem=visit.words("account.not_the_same"), status=400)
    if sign_in(visit.store, name, text(form, "password")) is None:
        keeper.failed(tried)
        return _page(visit, problem=visit.words("account.wrong"), status=403)
    try:
        set_password(visit.store, name, fresh, by=name)
    except BadValue as error:
        return _page(visit, problem=sentence_of(error, visit.words), status=400)
    key = sign_in(visit.store, name, fresh)
    answer = _page(visit, done=visit.words("account.changed"), key=key or "")
    if key:
        keep_cookie(visit.request, answer, SESSION_COOKIE, key)
    return answer


def _name(visit: Visit) -> str:
    person: Person = visit.extra["person"]
    if person.roles is None:
        raise NotFound("nobody has an account here: the workbench is one person's own.")
    return person.name


def _page(
    visit: Visit, *, status: int = 200, problem: str = "", done: str = "", token: str = "", key: str = ""
) -> Response:
    name = _name(visit)
    person: Person = visit.extra["person"]
    if key:
        # The session is another one: so are the tokens of its forms.
        visit.extra["token"] = form_token(key)
    dossiers = [d for d in visit.store.dossiers() if person.role(d)]
    known = visit.store.ask(people.account_named, name)
    sessions = visit.store.ask(people.sessions).get(known.id, 1) if known is not None else 1
    calendars = [(d, visit.store.ask(people.keys_since, name, people.CALENDAR, d.id)) for d in dossiers]
    return visit.page(
        "account_page.html",
        status=status,
        name=name,
        roles=[(d, person.role(d)) for d in dossiers],
        since=visit.store.ask(people.keys_since, name, people.TOKEN),
        calendars=[(d, day) for d, day in calendars if day],
        others=max(0, sessions - 1),
        problem=problem,
        done=done,
        shown=token,
    )
