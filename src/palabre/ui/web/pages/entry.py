"""`/login`, `/logout`, `/welcome/KEY` (a link that serves once): who is at the desk, where a team shares it."""

from __future__ import annotations

import hmac
import secrets

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Doorkeeper, behind_link, choose_password, sign_in, sign_out
from palabre.errors import BadValue, NotFound
from palabre.store import people
from palabre.ui.sentences import sentence_of
from palabre.ui.web.access import (
    BROWSER_COOKIE,
    SESSION_COOKIE,
    Refused,
    form_token,
    keep_cookie,
    local,
    read_form,
    same_origin,
)
from palabre.ui.web.desk import Visit

router = APIRouter()


@router.get("/login")
def login(request: Request) -> Response:
    """Show the door; where nobody has an account there is none."""
    visit = Visit.of(request)
    after = local(request.query_params.get("next"), "/")
    if not visit.store.ask(people.any_account):
        return RedirectResponse(after, status_code=303)
    return _door(visit, after)


@router.post("/login")
async def enter(request: Request) -> Response:
    """Let in who knows their password."""
    visit = Visit.of(request)
    if not same_origin(request):
        raise Refused("foreign_form")
    form = await _form(request)
    return await run_in_threadpool(_enter, visit, *(str(form.get(f, "")) for f in ("name", "password", "next")))


async def _form(request: Request) -> FormData:
    """Return the fields of a form that carries the token of this very browser. Raises Refused."""
    form = await read_form(request)
    key = request.cookies.get(BROWSER_COOKIE, "")
    if not key or not hmac.compare_digest(str(form.get("token", "")).encode(), form_token(key).encode()):
        raise Refused("old_form")
    return form


def _enter(visit: Visit, name: str, password: str, after: str) -> Response:
    request = visit.request
    keeper: Doorkeeper = request.app.state.doorkeeper
    after = local(after, "/")
    tried = (f"name {name.strip().casefold()[:100]}", f"from {request.client.host if request.client else ''}")
    wait = keeper.wait(*tried)
    if wait:
        made = _door(visit, after, name=name[:100], wait=wait, status=429)
        made.headers["Retry-After"] = str(wait)
        return made
    key = sign_in(visit.store, name, password)
    if key is None:
        keeper.failed(*tried)
        return _door(visit, after, name=name[:100], wrong=True, status=403)
    keeper.passed(tried[0])
    answer = RedirectResponse(after, status_code=303)
    keep_cookie(request, answer, SESSION_COOKIE, key)
    return answer


@router.get("/welcome/{key}")
def welcome(request: Request) -> Response:
    """Show where who was given a link chooses their password. Looking at it does not use it up."""
    return _threshold(Visit.of(request))


@router.post("/welcome/{key}")
async def choose(request: Request) -> Response:
    """Keep the password chosen, and let its person in."""
    visit = Visit.of(request)
    if not same_origin(request):
        raise Refused("foreign_form")
    form = await _form(request)
    return await run_in_threadpool(_choose, visit, str(form.get("fresh", "")), str(form.get("again", "")))


def _choose(visit: Visit, fresh: str, again: str) -> Response:
    if fresh != again:
        return _threshold(visit, problem=visit.words("account.not_the_same"))
    try:
        session = choose_password(visit.store, visit.request.path_params["key"], fresh)
    except BadValue as error:
        return _threshold(visit, problem=sentence_of(error, visit.words))
    answer = RedirectResponse("/", status_code=303)
    keep_cookie(visit.request, answer, SESSION_COOKIE, session)
    return answer


def _threshold(visit: Visit, problem: str = "") -> Response:
    """Return the page of a link. Raises NotFound for one that serves no more, Refused after many of those."""
    request = visit.request
    keeper: Doorkeeper = request.app.state.doorkeeper
    tried = f"link from {request.client.host if request.client else ''}"
    if keeper.wait(tried):
        raise Refused("wait_links", 429)
    whom = behind_link(visit.store, request.path_params["key"])
    if whom is None:
        keeper.failed(tried)
        raise NotFound("this link serves no more: ask for another one.")
    content = {"name": whom.name, "first": whom.password is None, "problem": problem}
    return _with_key(visit, "welcome.html", content, 400 if problem else 200)


@router.post("/logout")
async def leave(request: Request) -> Response:
    """End the session of this browser."""
    visit = Visit.of(request)
    if not same_origin(request):
        raise Refused("foreign_form")
    form = await read_form(request)
    key = request.cookies.get(SESSION_COOKIE, "")
    if key and not hmac.compare_digest(str(form.get("token", "")).encode(), form_token(key).encode()):
        raise Refused("old_form")
    await run_in_threadpool(sign_out, visit.store, key)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _door(
    visit: Visit, after: str, *, name: str = "", wrong: bool = False, wait: int = 0, status: int = 200
) -> Response:
    return _with_key(visit, "login.html", {"after": after, "name": name, "wrong": wrong, "wait": wait}, status)


def _with_key(visit: Visit, template: str, content: dict[str, object], status: int) -> Response:
    """Return a page whose form carries the token of this browser, which is given a key if it has none."""
    key = visit.request.cookies.get(BROWSER_COOKIE, "")
    fresh = not 20 <= len(key) <= 100
    key = secrets.token_urlsafe(32) if fresh else key
    made = visit.page(template, status=status, token=form_token(key), **content)
    if fresh:
        keep_cookie(visit.request, made, BROWSER_COOKIE, key)
    return made
