"""`palabre meetings`: sessions, visits and calls, with the number of accounts of each."""

from __future__ import annotations

import typer

from palabre.app.dossiers import opened
from palabre.model.edtf import sort_key
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import mentions_json, print_table, sources_cell, table


def meetings(context: typer.Context, as_json: AsJson = False) -> None:
    """Show each meeting once, oldest first, with its date, place, parties and sources."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    ordered = sorted(view.register.meetings, key=lambda m: (sort_key(m.date), m.id))
    if as_json:
        session.json(
            [
                {
                    "id": m.id,
                    "date": m.date,
                    "place": m.place,
                    "parties": list(m.parties),
                    "status": m.status,
                    "title": m.title,
                    "level": m.level,
                    "session": m.session,
                    "margins_of": m.margins_of,
                    "origins": m.origins,
                    "mentions": mentions_json(view, m.mentions),
                }
                for m in ordered
            ]
        )
        return
    if not ordered:
        session.say(words("say.empty_meetings"))
        return
    rows = table(words, ("id", "date", "place", "parties", "title", "status", "sources"), wide="title")
    for meeting in ordered:
        rows.add_row(
            meeting.id,
            words.date(meeting.date),
            meeting.place or "—",
            words.actors(meeting.parties),
            meeting.title or "—",
            words.label("meeting", meeting.status),
            sources_cell(words, meeting.origins, len({e.doc for e in meeting.mentions})),
        )
    print_table(session, rows)
    session.say(words("say.legend_sources"))
