"""The errors Palabre raises on purpose: one drawn hierarchy, nothing else here.

    PalabreError
    |-- InputError            a file or value given by the user cannot be used
    |   |-- UnreadableFile    the path cannot be opened or read
    |   |-- NotText           it was read, and holds no text we can take (binary, empty, too large, markup without text)
    |   |-- BadManifest       the manifest's header or a row of it is wrong
    |   `-- BadValue          an option's value is wrong (a date, a party, a cadence)
    |-- StoreError            the register's database
    |   |-- StoreVersion      made by another version of Palabre
    |   |-- StoreDamaged      not a database of ours, or broken
    |   |-- StoreFull         the disk is full
    |   |-- StoreBusy         another process holds it
    |   |-- Outdated          what it holds is no longer what the change was made for
    |   `-- NoDossier         the dossier asked for is not there, or several are and none was named
    |-- NotFound              no record answers to that id
    |-- Forbidden             what was asked is not for who asks to do, or would shut out whoever could undo it
    `-- PipelineError         the language pipeline named in the settings cannot be loaded

Each message is one sentence that names the file (or value) and the cause; the command line shows it as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class PalabreError(Exception):
    """Base of every error raised on purpose. `str(error)` is a sentence fit for the user."""


class InputError(PalabreError):
    """Something the user gave cannot be used; the rest of a run goes on without it."""

    def __init__(self, source: str | Path, cause: str) -> None:
        """`source` names the file or value, `cause` says in a few words what is wrong with it."""
        self.source = str(source)
        self.cause = cause
        super().__init__(f"{self.source}: {cause}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Say how the error is made again, in another process."""
        return type(self), (self.source, self.cause)


class UnreadableFile(InputError):
    """The path cannot be opened or read."""


class NotText(InputError):
    """The file was read and no text can be taken from it."""


class BadManifest(InputError):
    """The manifest's header or one of its rows is wrong."""


class BadValue(InputError):
    """An option's value is wrong."""


class StoreError(PalabreError):
    """The register's database cannot do what was asked. `path` names the database when there is a file to name."""

    def __init__(self, message: str, path: str | Path | None = None) -> None:
        """`message` is the whole sentence; `path` the database it is about."""
        self.path = None if path is None else str(path)
        super().__init__(message)


class StoreVersion(StoreError):
    """The database was made by another version of Palabre."""


class StoreDamaged(StoreError):
    """The file is not a database of Palabre, or is broken."""


class StoreFull(StoreError):
    """The disk is full; what was committed before is safe."""


class StoreBusy(StoreError):
    """Another process holds the database."""


class Outdated(StoreError):
    """The dossier was changed since it was looked at; nothing was done."""


class NoDossier(StoreError):
    """The dossier asked for does not exist, or none was named where several exist."""


class NotFound(PalabreError):
    """No record answers to the id given."""


class Forbidden(PalabreError):
    """What was asked is not for who asks to do, or would leave nobody who could undo it; nothing was done."""


class PipelineError(PalabreError):
    """The language pipeline named in the settings cannot be loaded."""
