"""`palabre annotate PATH…`: what one reading of each text finds, as JSON Lines. Needs no dossier."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from palabre.errors import InputError
from palabre.export.documents_json import annotated
from palabre.ui.cli.session import EXIT_PARTLY, Session
from palabre.ui.sentences import sentence_of

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="help.paths", show_default=False)]
Published = Annotated[str | None, typer.Option("--published", metavar="YYYY-MM-DD", help="help.published")]
Manifest = Annotated[Path | None, typer.Option("--manifest", metavar="FILE.csv", help="help.manifest")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="help.jobs")]


def annotate(
    context: typer.Context, paths: Paths, published: Published = None, manifest: Manifest = None, jobs: Jobs = 1
) -> None:
    """Print one JSON object per document on standard output; messages go to standard error."""
    session: Session = context.obj
    reader = session.reader(published, manifest)
    failed = False
    with session.progress(session.words("say.reading"), None) as step:
        for item in reader.read(paths, jobs):
            if isinstance(item, InputError):
                failed = True
                session.complain(sentence_of(item, session.words))
            else:
                sys.stdout.write(annotated(item).model_dump_json() + "\n")
            step()
    if failed:
        raise typer.Exit(EXIT_PARTLY)
