"""`palabre init NAME`: start following a dialogue."""

from __future__ import annotations

from typing import Annotated

import typer

from palabre.app.dossiers import new_dossier
from palabre.ui.cli.session import Session


def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="help.name", show_default=False)],
    parties: Annotated[str, typer.Option("--parties", metavar="RUS,AES", help="help.parties")] = "",
    cadence: Annotated[str | None, typer.Option("--cadence", metavar="P1Y", help="help.cadence")] = None,
    hosts: Annotated[str | None, typer.Option("--hosts", metavar="RUS,AES", help="help.hosts")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="help.title")] = None,
) -> None:
    """Create a dossier in the store; the store's file is made when it is not there."""
    session: Session = context.obj
    dossier = new_dossier(name, title, parties, cadence, hosts)
    with session.store(create=True) as store:
        store.create_dossier(dossier)
    session.say(session.words("say.created", name=dossier.name, store=session.settings.store))
    session.say(session.words("say.next_add"))
