"""`palabre search WORDS`: full-text search over the dossier's documents and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from palabre.app.dossiers import Opened, opened
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import marked, one_line

if TYPE_CHECKING:
    from palabre.store.searching import Hit


def search(
    context: typer.Context,
    asked: Annotated[list[str], typer.Argument(metavar="WORDS...", help="help.words", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="help.limit")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find words whatever their accents and endings; "quoted words" stand together, word* begins, -word is absent."""
    session: Session = context.obj
    words = session.words
    query = " ".join(asked)
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
        hits = store.search(view.dossier, query, limit)
    if as_json:
        session.json([_json(hit, view) for hit in hits])
        return
    if not hits:
        session.say(words("say.empty_search", words=query))
        return
    for hit in hits:
        head = Text(f"{words.label('record', hit.kind)} {hit.id}  ")
        head.append(one_line(hit.title), style="bold")
        if hit.doc:
            meta = view.documents[hit.doc].meta
            day = words.date(meta.published) if meta.published else words("say.unknown_date")
            head.append(f"  {meta.outlet or words('say.unknown_outlet')}, {day}")
        session.out.print(head)
        session.out.print(_excerpt(hit, colour=session.out.color_system is not None))
    session.say(words.count("count.results", len(hits)))


def _excerpt(hit: Hit, *, colour: bool) -> Text:
    shown = Text("  ")
    at = 0
    for mark in hit.marks_in_excerpt:
        shown.append(one_line(hit.excerpt[at : mark.start]))
        shown.append(marked(one_line(mark.text(hit.excerpt)), colour=colour), style="bold reverse")
        at = mark.end
    shown.append(one_line(hit.excerpt[at:]))
    return shown


def _json(hit: Hit, view: Opened) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "score": hit.score,
        "doc": view.documents[hit.doc].name if hit.doc else None,
        "start": hit.span.start,
        "end": hit.span.end,
        "excerpt": hit.excerpt,
        "marks": [[m.start, m.end] for m in hit.marks],
    }
