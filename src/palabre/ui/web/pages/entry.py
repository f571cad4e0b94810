"""`/login` and `/logout`: who is at the desk, where a team shares it."""

from __future__ import annotations

import hmac
import secrets

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Doorkeeper, sign_in, sign_out
from palabre.store import people
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
    form = await read_form(request)
    key = request.cookies.get(BROWSER_COOKIE, "")
    if not key or not hmac.compare_digest(str(form.get("token", "")).encode(), form_token(key).encode()):
        raise Refused("old_form")
    return await run_in_threadpool(_enter, visit, *(str(form.get(f, "")) for f in ("name", "password", "next")))


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
    key = visit.request.cookies.get(BROWSER_COOKIE, "")
    fresh = not 20 <= len(key) <= 100
    key = secrets.token_urlsafe(32) if fresh else key
    content = {"after": after, "name": name, "wrong": wrong, "wait": wait, "token": form_token(key)}
    made = visit.page("login.html", status=status, **content)
    if fresh:
        keep_cookie(visit.request, made, BROWSER_COOKIE, key)
    return made
