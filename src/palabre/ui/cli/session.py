"""What every command shares: the settings, the words of the interface, the two consoles, the way to the store."""

from __future__ import annotations

import datetime as dt
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from palabre.app.settings import Settings
from palabre.errors import BadValue
from palabre.lang.interface import INTERFACES, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from palabre.app.reading import Reader
    from palabre.store.store import Store

EXIT_ERROR = 1
"""Nothing could be done."""
EXIT_PARTLY = 3
"""The work was done, but something was left out (a file that cannot be read, a finding of `doctor`)."""
EXIT_INTERRUPTED = 130

PLAIN_WIDTH = 160
"""Columns used when the output is not a terminal, so that tables in a pipe do not depend on the window."""

_REDRAWN = 0.1
"""Seconds between two drawings of a bar, at least."""


@dataclass(frozen=True)
class Session:
    """One run of the command line."""

    settings: Settings
    words: Words
    out: Console
    err: Console

    @contextmanager
    def store(self, *, create: bool = False) -> Iterator[Store]:
        """Open the store named in the settings, and close it; one that is not there is made only with `create`."""
        # SQLAlchemy and alembic take half a second to import: `annotate` and `--help` do without them.
        from palabre.store.store import Store

        with Store.open(self.settings.store, create=create) as store:
            yield store

    @contextmanager
    def progress(self, label: str, total: int | None) -> Iterator[Callable[[], None]]:
        """Show a bar on standard error while long work goes on; yields the function to call at each step."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        shown = self.err.is_terminal
        # Drawn at each step, not by a thread: a process with threads cannot be copied to read in several.
        with Progress(*columns, console=self.err, transient=True, disable=not shown, auto_refresh=False) as bar:
            task = bar.add_task(label, total=total)
            drawn = monotonic()

            def step() -> None:
                nonlocal drawn
                bar.advance(task)
                if shown and monotonic() - drawn >= _REDRAWN:
                    drawn = monotonic()
                    bar.refresh()

            yield step

    def reader(self, published: str | None, manifest: Path | None) -> Reader:
        """Return a reader with the options of a command; what it warns of goes to standard error."""
        from palabre.app.reading import Reader

        def warn(path: str, warning: str) -> None:
            self.complain(self.words("say.warned", path=path, cause=self.words.translate(warning)))

        return Reader.of(self.settings, published=day(published), manifest=manifest, warn=warn)

    def json(self, data: Any) -> None:
        """Print data as JSON on standard output."""
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def complain(self, message: str) -> None:
        """Print one sentence on standard error, as it is."""
        self.err.print(message, markup=False, highlight=False, soft_wrap=True)

    def say(self, message: str) -> None:
        """Print one sentence on standard output, as it is."""
        self.out.print(message, markup=False, highlight=False, soft_wrap=True)


def open_session(store: str | None, dossier: str | None, lang: str | None) -> Session:
    """Build the session from the global options, the environment (`PALABRE_*`, `LC_ALL`, `LANG`) and the defaults."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = f"PALABRE_{'_'.join(map(str, wrong['loc'])).upper()}"
        raise BadValue(f"{name}={wrong['input']}", "not a value this setting can take") from error
    given = {k: v for k, v in (("store", store), ("dossier", dossier), ("lang", lang)) if v is not None}
    settings = settings.model_copy(update=given)
    out = Console(highlight=False)
    if not out.is_terminal:
        out = Console(highlight=False, width=PLAIN_WIDTH)
    return Session(settings, Words(settings.lang or "fr"), out, Console(stderr=True, highlight=False))


def interface_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """Return the language of the interface: the one asked for, else that of the locale, else French."""
    for value in (asked, environment.get("PALABRE_LANG"), environment.get("LC_ALL"), environment.get("LANG")):
        code = (value or "").partition("_")[0].partition(".")[0].lower()
        if code in INTERFACES:
            return code
    return INTERFACES[0]


def day(value: str | None) -> dt.date | None:
    """Read an option that is a day, `YYYY-MM-DD`. Raises BadValue when it is not one."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise BadValue(value, "not a day written YYYY-MM-DD") from error
