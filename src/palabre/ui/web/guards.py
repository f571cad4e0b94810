"""What stands before every page: which Host headers are answered, and the headers that tie the browser's hands.

The policy allows scripts and styles from this server's own files only, never from within a page: a text that holds
markup can do nothing, even where a template forgot to escape it.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
KEEP = "public, max-age=31536000, immutable"
"""How long a browser may keep a file of ours: its address changes with its content."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def allowed_hosts(host: str, named: str = "") -> frozenset[str] | None:
    """Return the names a Host header may hold when listening on `host`, or None when any address will do.

    `named` are more of them, separated by commas. On the loopback only its own names are answered, so that a page of
    another site cannot have this server's pages read through a name of its own (DNS rebinding).
    """
    own = frozenset(n.strip().lower() for n in named.split(",") if n.strip())
    if own or is_loopback(host):
        return LOOPBACK | own
    return None


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is this machine's own, out of reach of others."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guarded:
    """Refuses foreign Host headers, and adds the headers above to every answer."""

    def __init__(
        self, app: ASGIApp, hosts: frozenset[str] | None, failed: Callable[[Request, Exception], Response]
    ) -> None:
        """`hosts` as `allowed_hosts` returns them; `failed` makes the page of an error nothing else has caught."""
        self._app = app
        self._hosts = hosts
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        static = scope["path"].startswith("/static/")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", KEEP if static and message["status"] == 200 else "no-store")
            await send(message)

        if not self._answers(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse("This name is not one this server answers to.\n", status_code=421)
            await refusal(scope, receive, with_headers)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await with_headers(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun:
                raise
            # The server's own last resort stands outside of this guard: its page would have none of the headers.
            await self._failed(Request(scope), error)(scope, receive, with_headers)

    def _answers(self, host: str) -> bool:
        if self._hosts is None:
            return True
        name = host.lower()
        if not name.endswith("]"):
            start, colon, port = name.rpartition(":")
            name = start if colon and port.isdigit() else name
        return name in self._hosts
