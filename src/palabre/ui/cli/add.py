"""`palabre add PATH…`: read texts and add them to the dossier."""

from __future__ import annotations

import typer

from palabre.app.dossiers import Added, add_documents, refresh
from palabre.ui.cli.annotate import Jobs, Manifest, Paths, Published
from palabre.ui.cli.session import EXIT_PARTLY, Session
from palabre.ui.sentences import sentence_of


def add(
    context: typer.Context, paths: Paths, published: Published = None, manifest: Manifest = None, jobs: Jobs = 1
) -> None:
    """Add each text in its own transaction, saying so once it is safe; then bring the records up to date."""
    session: Session = context.obj
    reader = session.reader(published, manifest)
    counts = {"added": 0, "known": 0, "failed": 0}
    undated = 0
    with session.store() as store:
        dossier = store.dossier(session.settings.dossier)
        with session.progress(session.words("say.reading"), None) as step:
            for result in add_documents(store, dossier, reader, paths, jobs):
                counts[_tell(session, result)] += 1
                undated += result.new and result.document is not None and result.document.meta.published is None
                step()
        if store.is_stale(dossier):
            refresh(store, dossier)
    session.say(session.words("say.add_summary", **counts))
    if undated:
        session.say(session.words("say.added_undated", documents=session.words.count("count.documents", undated)))
    if counts["failed"]:
        raise typer.Exit(EXIT_PARTLY)


def _tell(session: Session, result: Added) -> str:
    """Say what became of one path; returns the count it goes to."""
    if result.error is not None:
        session.complain(sentence_of(result.error, session.words))
        return "failed"
    key = "added" if result.new else "known"
    session.say(session.words(f"say.{key}", path=result.path))
    return key
