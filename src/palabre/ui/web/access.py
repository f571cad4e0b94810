"""Who stands at the desk and what they may do, settled before any page: the person, their role, the form's token.

Without any account the workbench is one person's own, on their machine: nobody signs in. As soon as there is one,
every page asks who it is. Every form carries a token made from the browser's own key, and must come from our pages.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from anyio import to_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from palabre.app.judging import signature
from palabre.app.people import SESSION_LASTS, Role, who
from palabre.errors import BadValue, NoDossier
from palabre.store import people
from palabre.ui.web.attending import attend
from palabre.ui.web.desk import Visit
from palabre.ui.web.kept import AsBefore, look, on_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from palabre.model.dossier import Dossier

SESSION_COOKIE = "palabre-session"
BROWSER_COOKIE = "palabre-browser"
MOST_FIELDS = 300
MOST_FILES = 200
MOST_PART = 3_000_000
MOST_BODY = 40_000_000
"""Bounds of a form: fields, files, bytes of one field, bytes of all."""


class MustSignIn(Exception):
    """A page was asked for by nobody we know."""


class Refused(Exception):
    """What was asked is not for this person, or the form is not one of ours. `key` says it (`access.KEY`)."""

    def __init__(self, key: str, status: int = 403) -> None:
        self.key = key
        self.status = status
        super().__init__(key)


@dataclass(frozen=True)
class Person:
    """Who asks. `name` signs decisions; `roles` is by dossier id, None for the one person of a laptop.

    `admin` is one who keeps everybody's account.
    """

    name: str
    roles: Mapping[str, str] | None
    admin: bool = False

    @property
    def keeps_people(self) -> bool:
        """Tell whether the person has others' rights to keep."""
        return self.roles is not None and (self.admin or Role.EDITOR.value in self.roles.values())

    def role(self, dossier: Dossier) -> Role | None:
        """Return the role in a dossier, None for no access to it."""
        if self.roles is None:
            return Role.EDITOR
        return Role(self.roles[dossier.id]) if dossier.id in self.roles else None

    def may(self, dossier: Dossier, needed: Role) -> bool:
        """Tell whether the person may do in a dossier what `needed` may."""
        role = self.role(dossier)
        return role is not None and role.may(needed)


async def gate(request: Request) -> None:
    """Stand before every page: raise MustSignIn or Refused, or leave in the visit who asks and a token for forms.

    Raises AsBefore when the page is kept. A form's fields are left in `request.state.form`.
    """
    await to_thread.run_sync(_let_in, request, limiter=request.app.state.doors)
    if request.method not in ("GET", "HEAD"):
        await _check_form(request)


def _let_in(request: Request) -> None:
    visit = Visit.of(request)
    if not visit.desk.present("any account", lambda: visit.store.ask(people.any_account)):
        if not request.app.state.alone:
            raise Refused("no_accounts")
        key = request.cookies.get(BROWSER_COOKIE, "")
        if not 20 <= len(key) <= 100:
            key = secrets.token_urlsafe(32)
            visit.finish.append(lambda made: keep_cookie(request, made, BROWSER_COOKIE, key))
        visit.extra |= {"person": Person(own_name(visit), None), "team": False, "token": form_token(key)}
    else:
        key = request.cookies.get(SESSION_COOKIE, "")
        found = who(visit.store, people.SESSION, key)
        if found is None:
            raise MustSignIn
        visit.extra |= {"person": Person(found.name, found.roles, found.admin), "team": True, "token": form_token(key)}
    name = request.path_params.get("dossier")
    if name is not None:
        known = admit(visit, str(name))
        if known is not None and request.method == "GET":
            attend(visit, known)
    look(request)


def own_name(visit: Visit) -> str:
    """Return how the one person of a laptop signs, empty when nothing says who they are: they can read all the same."""
    try:
        return signature(visit.desk.settings.author)
    except BadValue:
        return ""


def admit(visit: Visit, name: str) -> Dossier | None:
    """Return the dossier of that name, None without one. Refuses one the person has no role in as one not there."""
    person: Person = visit.extra["person"]
    try:
        known = visit.desk.present(("dossier", name), lambda: visit.store.dossier(name))
    except NoDossier:
        known = None
    if person.roles is not None and (known is None or person.role(known) is None):
        raise Refused("no_dossier", 404)
    return known


def visible(visit: Visit, dossiers: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
    """Return those of the dossiers that the person may read."""
    person: Person = visit.extra["person"]
    return tuple(d for d in dossiers if person.role(d))


def needs(visit: Visit, role: Role) -> Person:
    """Return the person, who may do in this dossier what `role` may. Raises Refused, BadValue without a name."""
    person: Person = visit.extra["person"]
    if not person.may(visit.here, role):
        raise Refused(f"needs_{role.value}")
    if not person.name:
        raise BadValue("PALABRE_AUTHOR", "say who decides")
    return person


def form_token(key: str) -> str:
    """Return the token forms carry for a browser's key, from which the key cannot be found."""
    return hashlib.sha256(b"form " + key.encode("utf-8", "replace")).hexdigest()


async def _check_form(request: Request) -> None:
    if not same_origin(request):
        raise Refused("foreign_form")
    request.state.form = form = await read_form(request)
    sent = form.get("token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), _token(request).encode()):
        raise Refused("old_form")


def _token(request: Request) -> str:
    return str(Visit.of(request).extra.get("token", ""))


def same_origin(request: Request) -> bool:
    """Tell whether a form was sent by a page of ours, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is not None:
        # A server behind another that speaks TLS does not know which scheme the browser sees.
        return _host_of(origin) == request.headers.get("host", "").lower()
    referer = request.headers.get("referer")
    return referer is None or _host_of(referer) == request.headers.get("host", "").lower()


def _host_of(address: str) -> str | None:
    """Return the host an address names, or None for what is no address."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return None


async def read_form(request: Request) -> FormData:
    """Return a form's fields, within bounds. Raises Refused for one that is too large."""
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise Refused("no_length", 411)
    if len(length) > 12 or int(length) > MOST_BODY:
        raise Refused("too_large", 413)
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_PART)
    except HTTPException as error:
        raise Refused("too_large", 413) from error


def keep_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Give the browser a cookie no script can read, sent back to this server alone."""
    response.set_cookie(
        name,
        value,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def local(address: str | None, otherwise: str) -> str:
    """Return an address of this server to go back to, `otherwise` for anything else."""
    address = address or ""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain and "\\" not in address else otherwise


def on_stranger(request: Request, _: Exception) -> Response:
    """Lead who is not signed in to the door, and back afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    asked = f"?next={quote(here, safe='')}" if request.method == "GET" and here != "/" else ""
    return RedirectResponse(f"/login{asked}", status_code=303)


def on_refused(request: Request, error: Exception) -> Response:
    """Say why not, in one sentence."""
    assert isinstance(error, Refused)
    visit = Visit.of(request)
    return visit.page("error.html", status=error.status, sentence=visit.words(f"access.{error.key}"))


HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Exception], Response]], ...] = (
    (MustSignIn, on_stranger),
    (Refused, on_refused),
    (AsBefore, on_kept),
)
