"""`palabre sources`: the documents, where each comes from, and which of them are copies."""

from __future__ import annotations

import typer

from palabre.app.dossiers import opened
from palabre.register.sources import sources as source_rows
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import one_line, print_table, table


def sources(context: typer.Context, as_json: AsJson = False) -> None:
    """Show each document once, oldest first, with its outlet, the kind of its origin and what it copies."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    listed = source_rows(view.register, view.documents)
    if as_json:
        session.json(
            [
                {
                    "id": s.document.id,
                    "doc": s.document.name,
                    "path": s.document.path,
                    "published": s.document.meta.published.isoformat() if s.document.meta.published else None,
                    "outlet": s.document.meta.outlet,
                    "agency": s.document.meta.agency,
                    "author": s.document.meta.author,
                    "title": s.document.meta.title,
                    "url": s.document.meta.url,
                    "lang": s.document.meta.lang,
                    "origin": s.origin,
                    "kind": s.kind,
                    "copy_of": s.copy_of,
                    "added": view.added.get(s.document.id),
                }
                for s in listed
            ]
        )
        return
    if not listed:
        session.say(words("say.empty_sources"))
        return
    rows = table(words, ("document", "published", "outlet", "title", "author", "origin"), wide="title")
    for s in listed:
        meta = s.document.meta
        kind = words.label("origin", s.kind)
        rows.add_row(
            s.document.name,
            words.date(meta.published) if meta.published else words("say.unknown_date"),
            meta.outlet or meta.agency or words("say.unknown_outlet"),
            one_line(meta.title or "—"),
            one_line(meta.author or "—"),
            f"{kind}, {words('report.copy_of', name=s.copy_of)}" if s.copy_of else kind,
        )
    print_table(session, rows)
    origins = words.count("count.origins", len(view.register.origins))
    session.say(f"{words.count('count.documents', len(listed))}, {origins}")
