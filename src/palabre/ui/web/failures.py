"""The pages an error ends in: what went wrong in one sentence, and where to go from there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from palabre.errors import BadValue, Forbidden, InputError, NoDossier, NotFound, PalabreError, StoreBusy
from palabre.ui.sentences import sentence_of
from palabre.ui.web.desk import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

_LOG = logging.getLogger("palabre.web")

STATUS: tuple[tuple[type[PalabreError], int], ...] = (
    (NotFound, 404),
    (NoDossier, 404),
    (Forbidden, 403),
    (BadValue, 400),
    (InputError, 400),
    (StoreBusy, 503),
    (PalabreError, 500),
)
"""The status of each kind of error; the first that fits holds."""


def on_error(request: Request, error: Exception) -> Response:
    """Show an error raised on purpose."""
    assert isinstance(error, PalabreError)
    visit = Visit.of(request)
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return visit.page("error.html", status=status, sentence=sentence_of(error, visit.words))


def on_http(request: Request, error: Exception) -> Response:
    """Show what the server itself refuses: no such page, a method it does not take."""
    assert isinstance(error, HTTPException)
    visit = Visit.of(request)
    key = "no_page" if error.status_code == 404 else "refused"
    made = visit.page("error.html", status=error.status_code, sentence=visit.words(f"failure.{key}"))
    for name, value in (error.headers or {}).items():
        made.headers[name] = value
    return made


def on_fault(request: Request, error: Exception) -> Response:
    """Show that the fault is ours; the log has the rest."""
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    visit = Visit.of(request)
    return visit.page("error.html", status=500, sentence=visit.words("failure.ours"))


HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Exception], Response]], ...] = (
    (PalabreError, on_error),
    (HTTPException, on_http),
)
