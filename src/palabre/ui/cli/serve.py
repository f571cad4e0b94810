"""`palabre serve`: the workbench in the browser, on this machine unless told otherwise."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from palabre.errors import BadValue
from palabre.ui.cli.session import Session

MOST_WORKERS = 32


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="help.host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="help.port")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=0, max=MOST_WORKERS, metavar="N", help="help.workers")] = 0,
) -> None:
    """Serve the workbench until interrupted."""
    session: Session = context.obj
    listening = bound(session, host, port)
    with listening:
        try:
            from palabre.ui.web import workers as serving
        except ImportError as error:
            raise BadValue("serve", session.words("desk.no_web")) from error
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listening.getsockname()[1]}/"
        number = serving.number_of_workers(workers, session.settings)
        serving.run(
            listening, session.settings, host, number, lambda: session.complain(session.words("desk.running", url=url))
        )


def bound(session: Session, host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; port 0 takes a free one. Raises BadValue when it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio then has connections send what they have, and the end of an answer does not wait 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # A server that was just stopped leaves its port waiting: that is no reason not to start again.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        raise BadValue(f"{host}:{port}", session.words("desk.busy", port=port)) from error
    return made
