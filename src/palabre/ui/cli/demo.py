"""`palabre demo`: the whole tour on the sample dossier shipped with the package."""

from __future__ import annotations

import shlex
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palabre.ui.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = ("sample", "aes-russie")
AS_OF = "2025-12-31"
"""The day the tour judges deadlines at: the sample ends in the autumn of 2025."""


def demo(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Option("--folder", metavar="DIR", help="help.folder")] = None,
) -> None:
    """Create the dossier, add its texts, show the register, the contradictions and one record, write the report."""
    session: Session = context.obj
    words = session.words
    # A folder of its own: the tour must not touch a dossier that is being worked on here.
    where = folder or Path(tempfile.mkdtemp(prefix="palabre-demo-"))
    where.mkdir(parents=True, exist_ok=True)
    store = where / "demo.db"
    for old in (store, Path(f"{store}-wal"), Path(f"{store}-shm")):
        old.unlink(missing_ok=True)
    with resources.as_file(resources.files("palabre").joinpath(*SAMPLE)) as texts:
        count = len([p for p in texts.iterdir() if p.suffix in (".txt", ".html")])
        session.say(words("demo.intro", documents=words.count("count.documents", count)))
        report = where / "rapport.html"
        title = "Russie – Alliance des États du Sahel"
        steps = (
            ("init", "russie-aes", "--parties", "RUS,AES", "--cadence", "P1Y", "--hosts", "RUS,AES", "--title", title),
            ("add", str(texts), "--manifest", str(texts / "manifest.csv")),
            ("register", "--as-of", AS_OF),
            ("meetings",),
            ("conflicts",),
            ("coverage",),
            ("todo", "--as-of", AS_OF, "--limit", "8"),
            ("status", "--as-of", AS_OF),
            ("report", "--out", str(report), "--as-of", AS_OF),
        )
        for step in steps:
            session.say("")
            session.out.print(words("demo.command", command=shlex.join(step)), style="bold", markup=False)
            _run(context, ("--store", str(store), "--lang", words.lang, *step))
    session.say("")
    session.say(words("demo.open", path=report))


def _run(context: typer.Context, arguments: Sequence[str]) -> None:
    """Run one command of the program as if it had been typed, in this process."""
    root = context.find_root()
    with root.command.make_context(root.info_name, list(arguments)) as inner:
        root.command.invoke(inner)
