"""`palabre report`: the dossier as one HTML file."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palabre.app.dossiers import Opened, opened
from palabre.app.files import write_whole
from palabre.export.report_html import build_report, write_report
from palabre.lang.interface import Words
from palabre.ui.cli.register import AsOf
from palabre.ui.cli.session import Session, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.documents import ReadDocument


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


def html_of(view: Opened, as_of: dt.date, words: Words, reads: Sequence[ReadDocument] = ()) -> str:
    """Return the report of an opened dossier as one HTML document; `reads` tell which sectors the texts name."""
    report = build_report(
        view.dossier, view.documents, view.register, as_of, words, reads=reads, judgements=view.judgements
    )
    return write_report(report, words)


def default_name(dossier: str, words: Words) -> str:
    """Return the file a report goes to when none is named, safe on any file system."""
    plain = re.sub(r"[^\w.-]+", "-", dossier).strip("-.") or "dossier"
    return f"{'rapport' if words.lang == 'fr' else 'report'}-{plain}.html"
