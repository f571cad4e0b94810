"""Puts the workbench together: the pages, what guards them, the errors they can end in.

A page group is one file of `pages/` with a `router`; `ROUTERS` lists them. Must hold no page of its own.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from palabre.app.people import Doorkeeper
from palabre.errors import BadValue
from palabre.store import people
from palabre.ui.web import access, api
from palabre.ui.web.adder import Adder
from palabre.ui.web.ahead import look_ahead
from palabre.ui.web.attending import Attendance
from palabre.ui.web.desk import Desk
from palabre.ui.web.failures import HANDLERS, on_fault
from palabre.ui.web.guards import Guarded, allowed_hosts, is_loopback
from palabre.ui.web.pages import ROUTERS, entry, subscribing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from palabre.app.settings import Settings


AT_ONCE = 8
"""Pages made at the same time; others wait for their turn. More would take turns oftener than they get on."""
AT_THE_DOOR = 2
"""Requests looked at together before their page is made: what is kept is given without a turn among those."""


def create_app(settings: Settings, *, host: str = "127.0.0.1", shared: Path | None = None) -> FastAPI:
    """Return the workbench on the database named in the settings, which is opened here and closed with the server.

    `host` is the address it will listen on: it decides which Host headers are answered. `shared` is the folder of what
    the processes of a server share, when there are several. Raises the errors of `Store.open`, and BadValue for an
    address others can reach while nobody has an account.
    """
    desk = Desk.open(settings, shared)
    alone = is_loopback(host)
    if not alone and not desk.store.ask(people.any_account):
        desk.close()
        raise BadValue(host, "others can reach this address: make accounts first (palabre user add NAME)")
    adder = Adder(desk)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        app.state.doors = CapacityLimiter(AT_THE_DOOR)
        desk.keeper.warm(partial(look_ahead, desk))
        yield
        adder.close()
        desk.close()

    # No variable of the environment may have what is read here told to another server.
    silent = TelemetryConfig(auto_configure=False, tracing=False, metrics=False, logs=False)
    app = FastAPI(title="Palabre", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None, telemetry=silent)
    programs = api.create_api(silent)
    for its in (app, programs):
        its.state.desk, its.state.alone, its.state.adder = desk, alone, adder
    app.state.doorkeeper = Doorkeeper(desk.passing)
    app.state.attendance = Attendance()
    app.include_router(entry.router)
    app.include_router(subscribing.open_router)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(access.gate)])
    app.mount(api.ROOT, programs)
    folder = resources.files("palabre.ui.web").joinpath("static")
    with resources.as_file(folder) as static:
        app.mount("/static", StaticFiles(directory=static), name="static")
    for kind, handler in (*HANDLERS, *access.HANDLERS):
        app.add_exception_handler(kind, handler)
    app.add_middleware(Guarded, hosts=allowed_hosts(host, settings.hosts), failed=on_fault)
    return app
