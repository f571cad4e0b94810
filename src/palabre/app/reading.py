"""Reads texts from the paths a user gives: source, then reading, then annotations. Knows no dossier and no store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.app.pipeline import parser_for
from palabre.errors import InputError
from palabre.extract.annotator import annotate, understood
from palabre.model.documents import Document, ReadDocument
from palabre.sources.files import read_paths
from palabre.sources.manifest import Manifest, read_manifest
from palabre.text.compose import read_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from palabre.app.settings import Settings
    from palabre.model.annotations import Annotations
    from palabre.model.documents import RawDocument
    from palabre.text.parsing import Parser
    from palabre.text.reading import Reading


@dataclass(frozen=True, slots=True)
class Opening:
    """A text that has been taken from its source and cut into sentences, not yet annotated."""

    document: Document
    reading: Reading


def _keep_quiet(path: str, warning: str) -> None:
    """Take a warning and do nothing with it."""


@dataclass(frozen=True)
class Reader:
    """Reads paths with one set of options.

    `published` is the day every text was published; `manifest`, which stands in for it, gives each its own metadata.
    """

    settings: Settings
    published: dt.date | None = None
    manifest: Manifest | None = None
    warn: Callable[[str, str], None] = _keep_quiet
    """Called with a path and what is to be known of it, when a text could be read but not as it should be."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        published: dt.date | None = None,
        manifest: Path | None = None,
        warn: Callable[[str, str], None] = _keep_quiet,
    ) -> Reader:
        """Build a reader, reading the manifest if there is one. Raises BadManifest when it cannot be used at all."""
        return cls(settings, published, read_manifest(manifest) if manifest else None, warn)

    def open(self, paths: Sequence[str]) -> Iterator[Opening | InputError]:
        """Yield each text under `paths`, or the error that keeps it out."""
        texts = read_paths(paths, published=self.published, manifest=self.manifest, max_bytes=self.settings.max_bytes)
        for item in texts:
            yield item if isinstance(item, InputError) else self._opened(item)

    def _opened(self, raw: RawDocument) -> Opening:
        reading = read_text(raw)
        for warning in raw.warnings:
            self.warn(raw.path, warning)
        return Opening(Document.of(raw, reading.meta), reading)

    def read(self, paths: Sequence[str]) -> Iterator[ReadDocument | InputError]:
        """Yield each text under `paths` with its annotations, or the error that keeps it out."""
        for item in self.open(paths):
            yield item if isinstance(item, InputError) else self.annotate(item)

    def annotate(self, item: Opening) -> ReadDocument:
        """Return an opened text with everything found in it."""
        return ReadDocument(item.document, annotate(item.reading, self._parser(item.reading)))

    def understood(self, item: Opening) -> tuple[Annotations, Reading]:
        """Return what was found with the reading it was found in, dependency trees included: for `explain`."""
        return understood(item.reading, self._parser(item.reading))

    def _parser(self, reading: Reading) -> Parser | None:
        return parser_for(reading.lang, self.settings.pipeline)
