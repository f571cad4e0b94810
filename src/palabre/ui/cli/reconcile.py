"""`palabre reconcile PATH…`: the texts taken together, as one JSON object. Needs no dossier."""

from __future__ import annotations

import sys

import typer

from palabre.errors import InputError
from palabre.export.documents_json import reconciled
from palabre.model.documents import ReadDocument
from palabre.register.build import build_register
from palabre.ui.cli.annotate import Jobs, Manifest, Paths, Published
from palabre.ui.cli.session import EXIT_PARTLY, Session
from palabre.ui.sentences import sentence_of


def reconcile(
    context: typer.Context, paths: Paths, published: Published = None, manifest: Manifest = None, jobs: Jobs = 1
) -> None:
    """Print copies, meetings, commitments and conflicts across the texts on standard output."""
    session: Session = context.obj
    reader = session.reader(published, manifest)
    read: list[ReadDocument] = []
    failed = False
    with session.progress(session.words("say.reading"), None) as step:
        for item in reader.read(paths, jobs):
            if isinstance(item, InputError):
                failed = True
                session.complain(sentence_of(item, session.words))
            else:
                read.append(item)
            step()
    register = build_register(read, lang=session.words.lang)
    sys.stdout.write(reconciled(register, read).model_dump_json(indent=1) + "\n")
    if failed:
        raise typer.Exit(EXIT_PARTLY)
