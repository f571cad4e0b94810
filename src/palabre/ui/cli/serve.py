"""`palabre serve`: the dossiers' reports in the browser, made anew at each visit. Reads the store, changes nothing."""

from __future__ import annotations

import datetime as dt
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

import typer

from palabre.app.dossiers import opened
from palabre.errors import BadValue, NoDossier, PalabreError
from palabre.ui.cli.report import html_of
from palabre.ui.cli.sentences import sentence_of
from palabre.ui.cli.session import Session

_PAGE = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Palabre</title><style>body{{font:17px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;"
    "padding:0 1rem}}a{{color:#1f5c57}}</style><h1>{title}</h1>{body}</html>"
)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="help.host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="help.port")] = 8000,
) -> None:
    """Serve the list of dossiers at `/` and each one's report at `/NAME`, until interrupted."""
    session: Session = context.obj
    try:
        server = make_server(session, host, port)
    except (OSError, OverflowError) as error:
        raise BadValue(f"{host}:{port}", session.words("serve.busy", port=port)) from error
    url = f"http://{host}:{server.server_address[1]}/"
    session.complain(session.words("serve.running", url=url))
    with server:
        server.serve_forever()


def make_server(session: Session, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server bound to the address, not yet serving; port 0 takes a free one. Raises OSError."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = page(session, self.path)
            data = body.encode("utf-8", "replace")
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing: a visit is no event."""

    return ThreadingHTTPServer((host, port), Handler)


def page(session: Session, path: str) -> tuple[HTTPStatus, str]:
    """Return the status and the HTML of a path."""
    words = session.words
    name = unquote(urlsplit(path).path).strip("/")
    try:
        with session.store() as store:
            if name:
                return HTTPStatus.OK, html_of(opened(store, name, words.lang), dt.date.today(), words)
            rows = "".join(f'<li><a href="/{quote(d.name)}">{escape(d.title)}</a></li>' for d in store.dossiers())
    except NoDossier as error:
        return HTTPStatus.NOT_FOUND, _message(session, sentence_of(error, words))
    except PalabreError as error:
        return HTTPStatus.INTERNAL_SERVER_ERROR, _message(session, sentence_of(error, words))
    body = f"<ul>{rows}</ul>" if rows else f"<p>{escape(words('serve.none'))}</p>"
    return HTTPStatus.OK, _PAGE.format(lang=words.lang, title=escape(words("serve.dossiers")), body=body)


def _message(session: Session, sentence: str) -> str:
    return _PAGE.format(lang=session.words.lang, title="Palabre", body=f"<p>{escape(sentence)}</p>")
