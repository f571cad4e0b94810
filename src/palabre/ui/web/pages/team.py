"""`/people`: who may sign in and what they may do in each dossier, kept by editors and administrators; the trail of it.

What one sees is what one keeps: an editor the dossiers they edit and whom these are open to, an administrator all.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Role, found_team, invite, new_link
from palabre.errors import BadValue, Forbidden, InputError, NotFound
from palabre.model.dossier import Dossier
from palabre.store import people, rights
from palabre.store.people import Account
from palabre.store.rights import Seen
from palabre.ui.sentences import sentence_of
from palabre.ui.web import asked
from palabre.ui.web.access import SESSION_COOKIE, Person, Refused, keep_cookie
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()

CHANGES = {
    "sign_out": rights.sign_out,
    "suspend": rights.suspend,
    "resume": rights.resume,
    "close": rights.close,
}
"""What is done to an account in one step, by what the form asks for."""
NO_ROLE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list: their roles in the dossiers one keeps, and how many other dossiers are open to them."""

    account: Account
    roles: tuple[tuple[Dossier, Role], ...]
    elsewhere: int
    sessions: int
    seen: str | None


@router.get("/people")
def everybody(request: Request) -> Response:
    """Show who may sign in; where nobody needs to, how a team would."""
    visit = Visit.of(request)
    if not visit.extra["team"]:
        return visit.page("found.html", problem="", name="")
    return _list(visit)


@router.post("/people")
def ask_in(request: Request) -> Response:
    """Open a dossier to a person by name, or make the first account of all."""
    visit = Visit.of(request)
    form: FormData = request.state.form
    if text(form, "what") == "found":
        return _found(visit, form)
    by = _keeper(visit)
    name = text(form, "name")
    dossier = next((d for d in _kept(visit) if d.id == text(form, "dossier")), None)
    if dossier is None:
        raise Refused("no_dossier", 404)
    try:
        plain = people.checked_name(name)
        key = invite(visit.store, by.name, plain, dossier, _role(text(form, "role")))
    except (InputError, Forbidden) as error:
        return _list(visit, problem=sentence_of(error, visit.words), name=name[:100], status=_status(error))
    known = visit.store.ask(people.account_named, plain)
    assert known is not None
    if key is None:
        return RedirectResponse(f"/people/{known.id}", status_code=303)
    return _one(visit, known, link=_address(request, key))


@router.get("/people/{id}")
def person(request: Request) -> Response:
    """Show one person's rights."""
    visit = Visit.of(request)
    return _one(visit, _whom(visit))


@router.post("/people/{id}")
def change(request: Request) -> Response:
    """Change one person's rights."""
    visit = Visit.of(request)
    whom, by = _whom(visit), _keeper(visit)
    form: FormData = request.state.form
    what = text(form, "what")
    try:
        if what == "role":
            asked_for = text(form, "role")
            dossier = next((d for d in _kept(visit) if d.id == text(form, "dossier")), None)
            if dossier is None:
                raise Refused("no_dossier", 404)
            role = None if asked_for == NO_ROLE else _role(asked_for).value
            visit.store.tell(rights.give_role, by.name, whom.id, dossier.id, role)
        elif what == "link":
            return _one(visit, whom, link=_address(request, new_link(visit.store, by.name, whom.id)))
        elif what in ("admin", "no_admin"):
            visit.store.tell(rights.make_admin, by.name, whom.id, what == "admin")
        elif what in CHANGES:
            visit.store.tell(CHANGES[what], by.name, whom.id)
        else:
            raise BadValue(what[:40], "not something that can be done to an account")
    except Forbidden as error:
        return _one(visit, whom, problem=sentence_of(error, visit.words), status=403)
    gone = what == "close" or (whom.name == by.name and what == "role")
    return RedirectResponse("/people" if gone else f"/people/{whom.id}", status_code=303)


def _found(visit: Visit, form: FormData) -> Response:
    name, password = text(form, "name"), text(form, "password")
    problem = "" if password == text(form, "again") else visit.words("account.not_the_same")
    if not problem:
        try:
            key = found_team(visit.store, name, password)
        except (InputError, Forbidden) as error:
            problem = sentence_of(error, visit.words)
        else:
            made = RedirectResponse("/people", status_code=303)
            keep_cookie(visit.request, made, SESSION_COOKIE, key)
            return made
    return visit.page("found.html", status=400, problem=problem, name=name[:100])


def _keeper(visit: Visit) -> Person:
    """Return the person at the desk, who keeps others' rights. Raises Refused."""
    person: Person = visit.extra["person"]
    if not person.keeps_people:
        raise Refused("needs_keeper")
    return person


def _kept(visit: Visit) -> tuple[Dossier, ...]:
    """Return the dossiers whose roles the person at the desk keeps."""
    by = _keeper(visit)
    return tuple(d for d in visit.store.dossiers() if by.admin or by.role(d) is Role.EDITOR)


def _accounts(visit: Visit) -> tuple[Account, ...]:
    by, kept = _keeper(visit), {d.id for d in _kept(visit)}
    found = visit.store.ask(people.accounts)
    return tuple(a for a in found if by.admin or a.name == by.name or kept & set(a.roles))


def _whom(visit: Visit) -> Account:
    its = visit.request.path_params["id"]
    found = next((a for a in _accounts(visit) if a.id == its), None)
    if found is None:
        raise NotFound(f"{its[:80]}: nobody has an account of that name.")
    return found


def _list(visit: Visit, *, problem: str = "", name: str = "", status: int = 200) -> Response:
    by, kept, accounts = _keeper(visit), _kept(visit), _accounts(visit)
    sessions, seen = visit.store.ask(people.sessions), visit.store.ask(rights.last_seen)
    wanted = Seen() if by.admin else Seen(tuple(a.name for a in accounts), tuple(d.id for d in kept))
    page = asked.paging(visit.request.query_params, 25)
    return visit.page(
        "people.html",
        status=status,
        lines=[_line(a, kept, sessions, seen) for a in accounts],
        kept=kept,
        roles=list(Role),
        me=by.name,
        problem=problem,
        name=name,
        titles={d.id: d.title for d in visit.store.dossiers()},
        trail=visit.store.ask(rights.trail, wanted, limit=page.size, offset=page.offset),
        events=visit.store.ask(rights.count, wanted),
        paging=page,
    )


def _line(account: Account, kept: tuple[Dossier, ...], sessions: dict[str, int], seen: dict[str, str]) -> Line:
    roles = tuple((d, Role(account.roles[d.id])) for d in kept if d.id in account.roles)
    elsewhere = len(account.roles) - len(roles)
    return Line(account, roles, elsewhere, sessions.get(account.id, 0), seen.get(account.id))


def _one(visit: Visit, whom: Account, *, link: str = "", problem: str = "", status: int = 200) -> Response:
    by, kept = _keeper(visit), _kept(visit)
    # What was just changed is shown as it is now.
    whom = visit.store.ask(people.account_of, whom.id) or whom
    me = visit.store.ask(people.account_named, by.name)
    wanted = Seen((whom.name,), None if by.admin else tuple(d.id for d in kept))
    return visit.page(
        "person.html",
        status=status,
        line=_line(whom, kept, visit.store.ask(people.sessions), visit.store.ask(rights.last_seen)),
        kept=[(d, whom.roles.get(d.id, NO_ROLE)) for d in kept],
        roles=[NO_ROLE, *Role],
        may=me is not None and rights.keeps(me, whom),
        by=by,
        since=visit.store.ask(people.keys_since, whom.name, people.LINK),
        link=link,
        problem=problem,
        titles={d.id: d.title for d in visit.store.dossiers()},
        trail=visit.store.ask(rights.trail, wanted, limit=50),
    )


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        raise BadValue(value[:40], f"not one of {', '.join(r.value for r in Role)}") from error


def _status(error: Exception) -> int:
    return 403 if isinstance(error, Forbidden) else 400


def _address(request: Request, key: str) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}/welcome/{key}"
