"""The store: one database, many dossiers. Each method is one transaction: done wholly or not at all.

What it must not do: read texts, compute records, print. Every method can raise the errors of the store
(`StoreFull`, `StoreBusy`, `StoreDamaged`, `StoreError`); those it raises besides are named with it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from palabre import __version__
from palabre.errors import NoDossier, Outdated, StoreDamaged
from palabre.store import checking, documents, filling, finding, judging, opening, records, searching, sqlite
from palabre.store.checking import Finding
from palabre.store.failures import told
from palabre.store.finding import Found, StoredMention
from palabre.store.shelves import StoredShelves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from palabre.model.annotations import Annotations
    from palabre.model.documents import Document, ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.model.records import Register
    from palabre.reconcile.shelves import InMemory
    from palabre.store.searching import Hit

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["Finding", "Found", "Store", "StoredMention"]


class Store:
    """A database of dossiers, opened with `Store.open`. A file may be used by several threads and processes.

    A process that is killed leaves what was reported done, whole, and nothing of the rest.
    """

    def __init__(self, engine: sa.Engine, path: Path | None) -> None:
        """Take an engine on a database of the present schema; `Store.open` makes one."""
        self._engine = engine
        self._watch = sqlite.Watch(engine)
        self.path = path

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True, wait: float = sqlite.WAIT_SECONDS) -> Store:
        """Open the database at a path or `sqlite:///…` URL (`:memory:` for one that lasts as long as the store).

        One that is not there is made, with its folder, unless `create` is false. One of an older version is copied
        beside itself, then brought up to this one. `wait` is how many seconds to wait for other processes.

        Raises BadValue (another kind of URL), StoreError (the place cannot be used, or nothing is there to open),
        StoreDamaged (not a database of Palabre), StoreVersion (of a later version).
        """
        path = opening.place(target)
        store = cls(opening.opened(path, create=create, wait=wait), path)
        try:
            with store._reads() as connection:
                alike = searching.analysed_alike(connection)
            if not alike:
                store.rebuild_search()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the database."""
        self._watch.close()
        self._engine.dispose()

    def version(self) -> int | None:
        """Return a number that changes with all that is written, by any process; None for a database in memory."""
        if self.path is None:
            return None
        with told(self._shown):
            return self._watch.version()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Dossiers

    def create_dossier(self, dossier: Dossier) -> None:
        """Add a dossier. Raises BadValue when there is one of that name."""
        with self._writes() as connection:
            documents.create_dossier(connection, dossier)

    def update_dossier(self, dossier: Dossier) -> bool:
        """Give the dossier of that name other parties, cadence, hosts or title; tell whether anything changed.

        Raises NoDossier.
        """
        with self._writes() as connection:
            return documents.update_dossier(connection, dossier)

    def dossiers(self) -> tuple[Dossier, ...]:
        """Return all dossiers, by name."""
        with self._reads() as connection:
            return documents.dossiers(connection)

    def dossier(self, name: str | None = None) -> Dossier:
        """Return the dossier of that name (in any case of letters), or the only one. Raises NoDossier."""
        known = self.dossiers()
        if name is None:
            named = known
        else:
            named = tuple(d for d in known if d.name == name)
            named = named or tuple(d for d in known if d.name.casefold() == name.casefold())
        if len(named) == 1:
            return named[0]
        names = ", ".join(d.name for d in known)
        if not known:
            raise NoDossier(f"there is no dossier yet in {self._shown}; `palabre init` makes one.", self.path)
        if name is None:
            raise NoDossier(f"several dossiers are in {self._shown} ({names}); say which one.", self.path)
        raise NoDossier(f"there is no dossier named {name} in {self._shown}; those there: {names}.", self.path)

    def revision(self, dossier: Dossier) -> int:
        """Return the dossier's revision, which grows with every change of its documents or judgements.

        Raises NoDossier.
        """
        with self._reads() as connection:
            return documents.revisions(connection, dossier.id, dossier.name)[0]

    # Documents

    def add_document(self, dossier: Dossier, read: ReadDocument, *, extractor: str = __version__) -> bool:
        """Add a document with what was found in it; return False when it was already there and nothing changed.

        A document that is there is read anew when the reading differs, unless the user had given its date, title,
        author or outlet and this reading was not told of it. `extractor` is the version of what read it.

        Raises NoDossier, and NotText for a text that cannot be written down (half a surrogate pair).
        """
        return self.add_documents(dossier, (read,), extractor=extractor)[0]

    def add_documents(
        self, dossier: Dossier, reads: Iterable[ReadDocument], *, extractor: str = __version__
    ) -> tuple[bool, ...]:
        """Add several documents as one, all or none: `add_document` for each, much faster."""
        ready = tuple(reads)  # what makes them may be slow, or fail: neither is to happen inside the transaction
        with self._writes() as connection:
            documents.revisions(connection, dossier.id, dossier.name)
            return tuple(documents.add(connection, dossier.id, read, extractor) for read in ready)

    def documents(self, dossier: Dossier) -> tuple[Document, ...]:
        """Return the dossier's documents: by day of publication, those without one last, then by name and id."""
        return tuple(read.document for read in self._read_documents(dossier, annotated=False))

    def read_documents(self, dossier: Dossier) -> Iterator[ReadDocument]:
        """Yield the dossier's documents with what was found in them, in the order of `documents`.

        Read a chunk at a time: documents added meanwhile may be left out.
        """
        return self._read_documents(dossier, annotated=True)

    def _read_documents(self, dossier: Dossier, *, annotated: bool) -> Iterator[ReadDocument]:
        from palabre.model.annotations import Annotations
        from palabre.model.documents import ReadDocument

        with self._reads() as connection:
            ids = documents.document_ids(connection, dossier.id)
        for at in range(0, len(ids), documents.CHUNK):
            some = ids[at : at + documents.CHUNK]
            with self._reads() as connection:
                loaded = documents.load(connection, some)
                found = documents.load_annotations(connection, some) if annotated else {}
            for document in loaded:
                yield ReadDocument(document, found.get(document.id, Annotations()))

    def document(self, its: str) -> Document:
        """Return the document of that id, or the only one whose id begins so, in any dossier. Raises NotFound."""
        with self._reads() as connection:
            return documents.load(connection, [documents.whole_id(connection, its)])[0]

    def texts(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return the documents of these whole ids, with their texts, by id; one that is not there is left out."""
        some = list(dict.fromkeys(ids))
        with self._reads() as connection:
            chunks = (some[at : at + documents.CHUNK] for at in range(0, len(some), documents.CHUNK))
            return {d.id: d for chunk in chunks for d in documents.load(connection, chunk)}

    def annotations(self, its: str) -> Annotations:
        """Return what was found in the document of that id (or beginning of one). Raises NotFound."""
        with self._reads() as connection:
            whole = documents.whole_id(connection, its)
            return documents.load_annotations(connection, [whole])[whole]

    def added(self, dossier: Dossier) -> dict[str, str]:
        """Return when each document of the dossier was added (ISO 8601, UTC), by id: what was looked at."""
        with self._reads() as connection:
            return documents.memberships(connection, dossier.id)

    def read_by(self, dossier: Dossier) -> dict[str, str]:
        """Return the version of the extractors that last read each document of the dossier, by id."""
        with self._reads() as connection:
            return documents.read_by(connection, dossier.id)

    def replace_annotations(self, doc_id: str, found: Annotations, *, extractor: str = __version__) -> bool:
        """Put a new reading's findings in place of the last one's; tell whether they differ. Raises NotFound."""
        with self._writes() as connection:
            return documents.replace_annotations(connection, doc_id, found, extractor)

    # Records

    def save_register(
        self, dossier: Dossier, register: Register, revision: int, kept: InMemory | None = None, rules: str = ""
    ) -> bool:
        """Put the records computed from a revision of the dossier in place of the last ones.

        Ask for `revision` before reading the documents: a change made meanwhile then shows. `kept` is what `keep_up` is
        to go on from, made by a version of the `rules`. Returns False, and leaves all as it is, when records of a later
        revision are already there. Raises NoDossier; ValueError when two records have the same id, save actors of one
        name.
        """
        with self._writes() as connection:
            documents.revisions(connection, dossier.id, dossier.name)
            if not records.save(connection, dossier.id, register, revision):
                return False
            if kept is None:
                filling.clear(connection, dossier.id)
                return True
            ours = filling.begin(connection, dossier.id, kept)
        for table, some in filling.portions(kept, ours):
            with self._writes() as connection:
                if not filling.put(connection, ours, table, some):
                    return True
        with self._writes() as connection:
            filling.end(connection, dossier.id, ours, filling.Made(revision, rules))
        return True

    def keep_up(
        self,
        dossier: Dossier,
        rules: str,
        take: Callable[[StoredShelves, list[ReadDocument]], None],
        *,
        most: int,
        at_once: int,
    ) -> bool:
        """Have the records follow the documents that came since, when nothing else changed; tell whether they do now.

        `take` is given what was kept and some of the new documents, at most `at_once` in one transaction. They are not
        followed when there are more than `most`, or when what was kept is of other `rules`. Raises NoDossier.
        """
        while True:
            with self._writes() as connection:
                now, then = documents.revisions(connection, dossier.id, dossier.name)
                of = filling.made(connection, dossier.id)
                if of is None or of.rules != rules or of.revision != then or now - of.revision > most:
                    return False
                if now == of.revision:
                    return True
                new = documents.since(connection, dossier.id, of.revision)
                if len(new) != now - of.revision:
                    return False
                some = new[:at_once]
                kept = StoredShelves(connection, dossier.id)
                kept.documents.want(its for its, _ in some)
                take(kept, [kept.documents[its] for its, _ in some])
                kept.write(filling.Made(some[-1][1], rules))

    def register(self, dossier: Dossier) -> Register | None:
        """Return the records last saved, or None before there are any."""
        with self._reads() as connection:
            return records.load(connection, dossier.id)

    def revisions(self, dossier: Dossier) -> tuple[int, int | None]:
        """Return the dossier's revision and that of its records, None before there are any. Raises NoDossier."""
        with self._reads() as connection:
            return documents.revisions(connection, dossier.id, dossier.name)

    def is_stale(self, dossier: Dossier) -> bool:
        """Tell whether documents or judgements changed since the records were computed. Raises NoDossier."""
        with self._reads() as connection:
            now, then = documents.revisions(connection, dossier.id, dossier.name)
            return now != then

    def find(self, dossier: Dossier, its: str) -> Found:
        """Return what an id, or the beginning of one, leads to in the dossier.

        The id of a mention leads to the record that tells of it, a former record's to the one that tells of its
        mention now. Raises NotFound when nothing answers, or several.
        """
        with self._reads() as connection:
            return finding.find(connection, dossier, its)

    def mentions_now(self, mentions: Iterable[str]) -> dict[str, str]:
        """Return the id by which the last readings know each mention they know: its own, or its successor's."""
        with self._reads() as connection:
            return finding.mentions_now(connection, mentions)

    # Pages

    def ask(self, question: Callable[Concatenate[sa.Connection, P], T], *values: P.args, **named: P.kwargs) -> T:
        """Return the answer to a question of `queries` or `listings`, asked in one transaction with these values."""
        with self._reads() as connection:
            return question(connection, *values, **named)

    def tell(self, change: Callable[Concatenate[sa.Connection, P], T], *values: P.args, **named: P.kwargs) -> T:
        """Make a change of `people` or `views` in one transaction with these values, and return what it returns."""
        with self._writes() as connection:
            return change(connection, *values, **named)

    def unsorted(self, dossier: Dossier) -> tuple[str, ...]:
        """Return the ids of the dossier's documents whose sectors are not kept."""
        with self._reads() as connection:
            return documents.unsorted(connection, dossier.id)

    def keep_sectors(self, sectors: Mapping[str, Iterable[str]]) -> None:
        """Keep which sectors documents name, by id; a document that is not there is left out."""
        with self._writes() as connection:
            documents.keep_sectors(connection, sectors)

    # Search

    def search(self, dossier: Dossier, words: str, limit: int = 20, kind: str | None = None) -> tuple[Hit, ...]:
        """Return the documents and records (of a kind) that hold the words, best first; no query is an error.

        All words must be there, in any inflection, with or without accents; `"a phrase"`, `begin*`, `-without`.
        """
        with self._reads() as connection:
            return searching.search(connection, dossier.id, words, limit, kind)

    def rebuild_search(self) -> None:
        """Make the full-text index, and what records are counted by, again from what is stored."""
        with self._writes() as connection:
            records.recount(connection)
            documents.reindex(connection)

    # Judgements

    def add_judgement(self, dossier: Dossier, judgement: Judgement, *, revision: int | None = None) -> bool:
        """Add a person's decision; return False when it is there already.

        Raises NoDossier, BadValue when another decision has its id, and Outdated when a `revision` is given that is no
        longer the dossier's.
        """
        with self._writes() as connection:
            now, _ = documents.revisions(connection, dossier.id, dossier.name)
            if revision is not None and revision != now:
                raise Outdated(f"{dossier.name}: changed since it was looked at.", self.path)
            return judging.add(connection, dossier.id, judgement)

    def withdraw_judgement(self, dossier: Dossier, its: str, by: str, at: str | None = None) -> bool:
        """Withdraw a decision, which stays listed as withdrawn; return False when it was already. Raises NotFound.

        `by` is the person, `at` the instant (ISO 8601, UTC), now when it is None.
        """
        with self._writes() as connection:
            return judging.withdraw(connection, dossier.id, its, by, at or documents.now())

    def judgements(self, dossier: Dossier, *, withdrawn: bool = False) -> tuple[Judgement, ...]:
        """Return the decisions that stand, in the order they were made; with `withdrawn`, the others too."""
        with self._reads() as connection:
            return judging.listed(connection, dossier.id, withdrawn)

    # The database itself

    def check(self) -> list[Finding]:
        """Return everything that is not as it should be: the file, the spans, the index, records out of date."""
        try:
            with self._writes() as connection:
                return checking.check(connection, opening.SCHEMA[-1])
        except StoreDamaged as error:
            return [Finding("file", self._shown, str(error))]

    @property
    def _shown(self) -> str:
        return str(self.path or opening.IN_MEMORY)

    @contextmanager
    def _reads(self) -> Iterator[sa.Connection]:
        with told(self._shown), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[sa.Connection]:
        with (
            told(self._shown),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
