"""Pages kept as they were made, for as long as nothing at all was written to the database.

A page is kept under everything it is made from: the state of the database, the day, the address, the language, who
asks and what they may do; some also under the hour, and since when things are new to the person. The token of its
forms, which is the browser's own, is put in when the page is given. Only pages whose path is named here are kept:
others look at more than that.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from palabre.ui.web.desk import Visit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

KEPT_PATHS = frozenset(
    {
        "", "news", "register", "c", "m", "t", "sources", "compare", "coverage", "actors", "statements", "conflicts",
        "meetings", "calendar", "search", "review", "decisions", "export",
    }
)  # fmt: skip
"""The pages of a dossier that are kept, by the first step of their path: what they show is in the database alone."""
OF_THE_HOUR = frozenset({"", "news", "review"})
"""Those that look at the clock besides, or at when the person was last here."""


class AsBefore(Exception):
    """A page was asked for that was made before; `page` are its bytes."""

    def __init__(self, page: bytes) -> None:
        self.page = page
        super().__init__("a page that is kept")


def look(request: Request) -> None:
    """Raise AsBefore when the page asked for is kept; else have it kept once it is made, when it is one to keep.

    To be called once it is settled who asks.
    """
    steps = request.url.path.split("/")
    visit = Visit.of(request)
    token = str(visit.extra["token"])
    version = visit.store.version() if request.method == "GET" else None
    name = steps[3] if len(steps) > 3 else ""
    if version is None or len(steps) < 3 or steps[1] != "d" or name not in KEPT_PATHS:
        return
    person = visit.extra["person"]
    roles = None if person.roles is None else tuple(sorted(person.roles.items()))
    asked = (request.url.scheme, request.headers.get("host"), request.url.path, request.url.query)
    moment = (visit.hour, visit.since) if name in OF_THE_HOUR else None
    key = (dt.date.today(), visit.today, moment, asked, visit.words.lang, person.name, roles)
    pages = visit.desk.pages
    page = pages.get(version, key, token)
    if page is not None:
        raise AsBefore(page)
    visit.keep = lambda made: pages.put(version, key, token, made)


def on_kept(request: Request, error: Exception) -> Response:
    """Give a page that was made before."""
    assert isinstance(error, AsBefore)
    return Visit.of(request).answer(error.page)
