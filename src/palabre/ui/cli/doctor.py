"""`palabre doctor`: is the store whole, and does every record point to the words it shows?"""

from __future__ import annotations

import typer

from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import EXIT_PARTLY, Session


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the database, every span and the search index; exit status 3 when something is found."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        findings = [words.translate(finding.message) for finding in store.check()]
        total = sum(len(store.documents(d)) for d in store.dossiers())
    if as_json:
        session.json({"store": session.settings.store, "documents": total, "findings": findings})
    elif findings:
        count = words.count("count.problems", len(findings))
        session.say(words("say.doctor_found", count=count, store=session.settings.store))
        for finding in findings:
            session.say(f"  • {finding}")
    else:
        documents = words.count("count.documents", total)
        session.say(words("say.doctor_fine", documents=documents, store=session.settings.store))
    if findings:
        raise typer.Exit(EXIT_PARTLY)
