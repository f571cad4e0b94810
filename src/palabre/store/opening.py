"""Opening a database: where it lies, whether it is ours, and bringing an older one up to this version.

An older database is copied beside itself before it is changed. Must not read or write documents.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import BadValue, StoreDamaged, StoreError, StoreVersion
from palabre.store import sqlite
from palabre.store.failures import told

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""The steps of the schema this version knows, in order; the last is the one it works with."""

IN_MEMORY = "the database in memory"

_PREFIX = "sqlite://"


def place(target: str | Path) -> Path | None:
    """Return the file that a path or a `sqlite:///…` URL names, or None for a database in memory.

    Raises BadValue for the URL of another kind of database.
    """
    name = str(target)
    if name.startswith(_PREFIX):
        name = name.removeprefix(_PREFIX).removeprefix("/") or ":memory:"
    elif "://" in name:
        kind = name.partition("://")[0]
        raise BadValue(f"{kind}://…", "only SQLite databases can be opened: give a file's path or sqlite:///path")
    return None if name == ":memory:" else Path(name).expanduser()


def opened(path: Path | None, *, create: bool = True, wait: float = sqlite.WAIT_SECONDS) -> sa.Engine:
    """Return an engine on a database of the present schema, made or brought up to it when needed.

    Raises StoreError (not there and `create` is false, or the place cannot be used), StoreDamaged (not a database
    of ours), StoreVersion (made by a later version), StoreFull, StoreBusy.
    """
    shown = path or IN_MEMORY
    with told(shown):
        if path is not None:
            _look(path, create)
        engine = sqlite.engine(path, wait)
        try:
            if path is None or _schema(engine, shown) != SCHEMA[-1]:
                _bring_up(engine, path, wait)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _look(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder; name the database file inside it.", path)
    if path.exists():
        with path.open("rb") as file:
            head = file.read(len(sqlite.HEADER))
        if head and head != sqlite.HEADER:
            raise StoreDamaged(f"{path}: this file is not a database of Palabre.", path)
    elif not create:
        raise StoreError(f"{path}: there is no database there yet; `palabre init` makes one.", path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)


def _schema(engine: sa.Engine, shown: str | Path) -> str | None:
    with engine.connect() as connection:
        return _schema_of(connection, shown)


def _schema_of(connection: sa.Connection, shown: str | Path) -> str | None:
    """Return the step a database is at, None for an empty one. Raises StoreDamaged or StoreVersion."""
    names = set(sa.inspect(connection).get_table_names())
    if not names:
        return None
    if not {"alembic_version", "dossier", "document"} <= names:
        raise StoreDamaged(f"{shown}: this is a database of another program, not of Palabre.", shown)
    step = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if step in SCHEMA:
        return str(step)
    raise StoreVersion(
        f"{shown}: made by another version of Palabre (schema {step}, this one knows up to {SCHEMA[-1]}); "
        "use that version or a later one, or name another file.",
        shown,
    )


def _bring_up(engine: sa.Engine, path: Path | None, wait: float) -> None:
    if path is not None:
        sqlite.use_wal(engine, wait)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Looked at again under the write lock: another process may just have done it.
        step = _schema_of(connection, path or IN_MEMORY)
        if step == SCHEMA[-1]:
            return
        if step is not None and path is not None:
            sqlite.copy(path, backup_path(path, step))
        migrate(connection, SCHEMA[-1])


def backup_path(path: Path, step: str) -> Path:
    """Return the name of the copy made before a database of the step `step` is changed: one not in use yet."""
    return next(name for name in _backup_names(path, step) if not name.exists())


def _backup_names(path: Path, step: str) -> Iterator[Path]:
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        yield path.with_name(f"{path.name}.before-{SCHEMA[-1]}-was-{step}{suffix}")
        number += 1


def migrate(connection: sa.Connection, step: str) -> None:
    """Run the steps that lead to `step`, inside the connection's transaction."""
    # Loaded only when there is something to do: it is a slow import for a command that answers at once.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, step)
