"""Reads texts from the paths a user gives: source, then reading, then annotations. Knows no dossier and no store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from palabre.app.jobs import handfuls, in_place, in_processes, number_of_jobs, texts_of
from palabre.app.pipeline import parser_for
from palabre.errors import InputError
from palabre.extract.annotator import understood, understood_together
from palabre.model.documents import Document, ReadDocument
from palabre.sources.files import read_paths
from palabre.sources.manifest import Manifest, read_manifest
from palabre.text.compose import read_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from palabre.app.settings import Settings
    from palabre.model.annotations import Annotations
    from palabre.model.documents import Metadata, RawDocument
    from palabre.text.parsing import Parser
    from palabre.text.reading import Reading


@dataclass(frozen=True, slots=True)
class Opening:
    """A text that has been taken from its source and cut into sentences, not yet annotated."""

    document: Document
    reading: Reading


def _keep_quiet(path: str, warning: str) -> None:
    """Take a warning and do nothing with it."""


def opened(raw: RawDocument) -> Opening:
    """Return a captured text as a document with its reading; nothing is extracted yet."""
    reading = read_text(raw)
    return Opening(Document.of(raw, reading.meta), reading)


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
            if isinstance(item, InputError):
                yield item
            else:
                self._warn_of(item)
                yield opened(item)

    def _warn_of(self, raw: RawDocument) -> None:
        for warning in raw.warnings:
            self.warn(raw.path, warning)

    def read(self, paths: Sequence[str], jobs: int = 1) -> Iterator[ReadDocument | InputError]:
        """Yield each text under `paths` with its annotations, or the error that keeps it out.

        `jobs` is the number of processes that read, 0 for one to each core; the order is that of the texts.
        Raises BadValue for a negative number.
        """
        for item in self.read_new(paths, {}, jobs):
            if not isinstance(item, Document):
                yield item

    def read_new(
        self, paths: Sequence[str], known: Mapping[str, Metadata], jobs: int = 1
    ) -> Iterator[ReadDocument | Document | InputError]:
        """Do as `read`, but yield a bare document for a text whose id is `known` with the same metadata."""
        jobs = number_of_jobs(jobs)
        texts = read_paths(paths, published=self.published, manifest=self.manifest, max_bytes=self.settings.max_bytes)
        if jobs > 1:
            yield from in_processes(texts, jobs, partial(Reader, self.settings), known, self._warn_of)
            return
        for handful in handfuls(texts):
            yield from in_place(handful, self.read_raws(texts_of(handful), known), self._warn_of)

    def read_raw(self, raw: RawDocument, known: Mapping[str, Metadata]) -> ReadDocument | Document:
        """Return a captured text with its annotations; without them when it is `known`, by id, with this metadata."""
        return self.read_raws([raw], known)[0]

    def read_raws(self, raws: Sequence[RawDocument], known: Mapping[str, Metadata]) -> list[ReadDocument | Document]:
        """Do as `read_raw` for each of a handful of texts, faster than one by one."""
        items = [opened(raw) for raw in raws]
        new = [item for item in items if known.get(item.document.id) != item.document.meta]
        found = iter(understood_together([(item.reading, self._parser(item.reading)) for item in new]))
        news = {id(item): ReadDocument(item.document, next(found)[0]) for item in new}
        return [news.get(id(item), item.document) for item in items]

    def understood(self, item: Opening) -> tuple[Annotations, Reading]:
        """Return what was found with the reading it was found in, dependency trees included: for `explain`."""
        return understood(item.reading, self._parser(item.reading))

    def _parser(self, reading: Reading) -> Parser | None:
        return parser_for(reading.lang, self.settings.pipeline)
