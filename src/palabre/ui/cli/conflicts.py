"""`palabre conflicts`: where the accounts disagree, side by side."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from palabre.app.dossiers import Opened, opened
from palabre.app.judging import about
from palabre.model.records import Conflict
from palabre.register.checks import settled_by
from palabre.register.evidence import passages
from palabre.ui.cli.judge import print_decisions
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import print_passages


def conflicts(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="help.all_conflicts")] = False,
    as_json: AsJson = False,
) -> None:
    """Show each contradiction with the documents on each side; `--all` adds the differences that are none."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    shown = [c for c in view.register.conflicts if everything or c.kind == "contradiction"]
    if as_json:
        session.json([_json(c, view) for c in shown])
        return
    if not shown:
        session.say(words("say.empty_conflicts"))
        return
    for conflict in shown:
        print_conflict(session, conflict, view)
        print_decisions(session, about(view.judgements, (conflict.id,)))
        session.out.print()


def print_conflict(session: Session, conflict: Conflict, view: Opened) -> None:
    """Print one contradiction: what differs, whether a person settled it, each value and the sentences that say so."""
    words = session.words
    head = Text(f"{conflict.id}  ")
    head.append(conflict.what, style="bold")
    kind = words.label("conflict", conflict.kind)
    settled = settled_by(conflict, view.register, view.judgements)
    head.append(f"  ({kind}, {words('judge.settled', by=settled.author)})" if settled else f"  ({kind})")
    session.out.print(head)
    for side in conflict.values:
        value = Text("  • ")
        value.append(side.value, style="bold")
        docs = words.count("count.documents", len(side.docs))
        value.append(f"  {words.count('count.origins', side.origins)}, {docs}")
        session.out.print(value)
        print_passages(session, passages(side.evidence, view.documents, view.register.origins), indent="      ")


def _json(conflict: Conflict, view: Opened) -> dict[str, object]:
    settled = settled_by(conflict, view.register, view.judgements)
    return {
        "id": conflict.id,
        "field": conflict.field,
        "what": conflict.what,
        "kind": conflict.kind,
        "about": conflict.about,
        "settled_by": settled.id if settled else None,
        "values": [
            {
                "value": side.value,
                "docs": sorted(view.documents[d].name for d in side.docs),
                "origins": side.origins,
                "official": side.official,
                "words": [e.span.text(view.documents[e.doc].text) for e in side.evidence],
            }
            for side in conflict.values
        ],
    }
