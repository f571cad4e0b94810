"""`palabre statements`: who said what, speaker by speaker, in the words of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from palabre.app.dossiers import opened
from palabre.register.evidence import passages
from palabre.text.words import fold
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session
from palabre.ui.cli.tables import mentions_json, print_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.records import Register, Statement


def statements(
    context: typer.Context,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="help.speaker")] = None,
    as_json: AsJson = False,
) -> None:
    """Show each utterance once under its speaker, those who speak most first, with its best source."""
    session: Session = context.obj
    words = session.words
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    shown = said_by(view.register, speaker)
    if as_json:
        session.json(
            [
                {
                    "id": s.id,
                    "speaker": s.speaker,
                    "form": s.form,
                    "text": s.text,
                    "origins": s.origins,
                    "mentions": mentions_json(view, s.mentions),
                }
                for s in shown
            ]
        )
        return
    if not shown:
        session.say(words("say.empty_statements"))
        return
    by_speaker: dict[str | None, list[Statement]] = {}
    for statement in shown:
        by_speaker.setdefault(statement.speaker, []).append(statement)
    for who, said in sorted(by_speaker.items(), key=lambda item: (item[0] is None, -len(item[1]), item[0] or "")):
        head = Text(words.actor(who) if who else words("say.nobody"), style="bold")
        head.append(f"  {words.count('count.statements', len(said))}", style="not bold")
        session.out.print(head)
        for statement in said:
            kind = words.label("form", statement.form)
            session.say(f"  {statement.id} · {kind} · {words.count('count.origins', statement.origins)}")
            best = passages(statement.mentions, view.documents, view.register.origins)[:1]
            print_passages(session, best, indent="    ")


def said_by(register: Register, speaker: str | None) -> Sequence[Statement]:
    """Return the statements of the speakers one of whose names holds `speaker`, accents and capitals aside."""
    if speaker is None:
        return register.statements
    sought = fold(speaker)
    theirs = {a.id for a in register.actors if any(sought in fold(n) for n in (a.id, a.name, *a.names))}
    return [s for s in register.statements if s.speaker and (s.speaker in theirs or sought in fold(s.speaker))]
