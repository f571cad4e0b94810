"""`palabre timeline`: meetings, promises, what moved and what is due, in one dated list."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from palabre.app.dossiers import opened
from palabre.model.edtf import parse_or_none
from palabre.register.agenda import DEADLINE, EVENT, MEETING, NEXT, agenda
from palabre.register.sessions import framework
from palabre.ui.cli.register import AsJson, AsOf
from palabre.ui.cli.session import Session, day
from palabre.ui.cli.tables import print_table, table

if TYPE_CHECKING:
    from palabre.lang.interface import Words
    from palabre.register.agenda import Entry
    from palabre.register.sessions import Framework


def timeline(context: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show what happened and what is due, oldest first; what passed without a report is marked."""
    session: Session = context.obj
    words = session.words
    today = day(as_of) or dt.date.today()
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    listed = agenda(view.register, view.dossier, today)
    frame = framework(view.register.meetings, view.dossier, today)
    if as_json:
        session.json(
            {
                "as_of": today.isoformat(),
                "entries": [asdict(e) for e in listed.entries],
                "undated": list(listed.undated),
                "framework": asdict(frame),
            }
        )
        return
    if not listed.entries:
        session.say(words("say.empty_timeline"))
    else:
        rows = table(words, ("date", "event", "what", "status", "id"), wide="what")
        before = True
        for entry in listed.entries:
            if before and _after(entry, today):
                rows.add_row(words("say.as_of", date=words.date(today)), "", "", "", "", style="dim")
                before = False
            rows.add_row(
                words.date(entry.date),
                words.label("entry", entry.kind),
                what(entry, words),
                state(entry, words),
                entry.about or "",
                style="bold" if entry.mark else "",
            )
        print_table(session, rows)
    if listed.undated:
        session.say(words("say.undated", ids=", ".join(listed.undated)))
    for line in framework_lines(frame, words):
        session.say(line)


def what(entry: Entry, words: Words) -> str:
    """Return what an entry is about, in one line: « réunion quadripartite, Moscou (AES, Russie) »."""
    if entry.kind == NEXT:
        return words("say.host_turn", host=words.actors(entry.parties)) if entry.parties else ""
    who = words.actors(entry.parties) if entry.parties else ""
    if entry.kind != MEETING:
        return f"{who}{words('report.colon')}{entry.text}" if who else entry.text
    name = entry.text or words("record.meeting")
    if entry.session is not None:
        name = f"{words('say.session_number', number=entry.session)}, {name}"
    place = f", {entry.place}" if entry.place else ""
    return f"{name}{place}{f' ({who})' if who else ''}"


def state(entry: Entry, words: Words) -> str:
    """Return the status of an entry, with its mark when it has one."""
    if entry.mark:
        return words.label("mark", entry.mark)
    if entry.kind == MEETING:
        return words.label("meeting", entry.code)
    if entry.kind == NEXT:
        return words.label("mark", "expected")
    if entry.kind == EVENT and entry.code in ("firmer", "amount_changed"):
        return words.label("mark", entry.code)
    if entry.kind == DEADLINE and entry.code == "announced":
        return words.label("mark", "expected")
    return words.label("status", entry.code)


def framework_lines(frame: Framework, words: Words) -> list[str]:
    """Return what is to be said of the next session: when it is expected, whose turn it is, how late it is."""
    if frame.next_due is None:
        return []
    line = f"{words('report.next_session')}{words('report.colon')}{words.date(frame.next_due)}"
    if frame.next_host:
        line += f", {words('say.host_turn', host=words.actor(frame.next_host))}"
    if frame.late_by:
        line += f" ({words('say.late_by', days=words.count('count.days', frame.late_by))})"
    return [line]


def _after(entry: Entry, today: dt.date) -> bool:
    parsed = parse_or_none(entry.date)
    first = (parsed.earliest or parsed.latest) if parsed else None
    return first is not None and first > today
