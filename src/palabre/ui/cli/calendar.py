"""`palabre calendar`: meetings, deadlines and the next session as a file for any calendar."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from palabre.app.dossiers import opened
from palabre.app.files import write_whole
from palabre.ui.cli.register import AsOf
from palabre.ui.cli.session import Session, day


def calendar(
    context: typer.Context,
    out: Annotated[str | None, typer.Option("--out", "-o", metavar="FILE", help="help.out_calendar")] = None,
    as_of: AsOf = None,
) -> None:
    """Write the dossier's calendar (iCalendar); the file is whole or not there."""
    from palabre.export.calendar_ics import write_calendar

    session: Session = context.obj
    words = session.words
    today = day(as_of) or dt.date.today()
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    text = write_calendar(view.dossier, view.documents, view.register, today, words)
    if out == "-":
        sys.stdout.write(text)
        return
    plain = re.sub(r"[^\w.-]+", "-", view.dossier.name).strip("-.") or "dossier"
    path = Path(out or f"{plain}.ics")
    write_whole(path, text)
    session.say(words("calendar.written", path=path, count=words.count("count.entries", text.count("BEGIN:VEVENT"))))
