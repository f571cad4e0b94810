"""`palabre report`: the dossier as one HTML file."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from palabre.app.dossiers import opened
from palabre.app.files import write_whole
from palabre.app.reporting import html_of
from palabre.lang.interface import Words
from palabre.ui.cli.register import AsOf
from palabre.ui.cli.session import Session, day


def report(
    context: typer.Context,
    out: Annotated[str | None, typer.Option("--out", "-o", metavar="FILE", help="help.out")] = None,
    as_of: AsOf = None,
) -> None:
    """Write the report of the dossier; the file is whole or not there."""
    session: Session = context.obj
    today = day(as_of) or dt.date.today()
    with session.store() as store:
        view = opened(store, session.settings.dossier, session.words.lang)
        html = html_of(view, today, session.words, tuple(store.read_documents(view.dossier)))
    if out == "-":
        sys.stdout.write(html)
        return
    path = Path(out or default_name(view.dossier.name, session.words))
    write_whole(path, html)
    session.say(session.words("say.report_written", path=path))


def default_name(dossier: str, words: Words) -> str:
    """Return the file a report goes to when none is named, safe on any file system."""
    plain = re.sub(r"[^\w.-]+", "-", dossier).strip("-.") or "dossier"
    return f"{'rapport' if words.lang == 'fr' else 'report'}-{plain}.html"
