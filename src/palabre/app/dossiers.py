"""Use cases on a dossier: create it, add documents to it, get its register up to date."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from palabre import __version__
from palabre.app.party_names import known_party
from palabre.errors import BadValue, InputError, StoreDamaged
from palabre.extract.annotator import EXTRACTORS_VERSION
from palabre.lang.interface import INTERFACES
from palabre.model.documents import Document, Metadata, ReadDocument
from palabre.model.dossier import Cadence, Dossier
from palabre.model.records import Register
from palabre.reconcile.conflicts import told_in
from palabre.reconcile.shelves import InMemory
from palabre.register.build import build_register
from palabre.register.coverage import sectors_named
from palabre.register.incremental import LiveRegister, register_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from palabre.app.reading import Reader
    from palabre.model.documents import ReadDocument
    from palabre.model.judgements import Judgement
    from palabre.reconcile.shelves import Shelves
    from palabre.store.store import Store


_LOG = logging.getLogger("palabre.dossiers")
_SORTED_AT_ONCE = 50

_TAKEN_AT_ONCE = 10

RULES_VERSION = 2
"""Grows with every change of what is compared, how, or what is kept of it."""
RULES = f"{__version__}+{EXTRACTORS_VERSION}+{RULES_VERSION}"
KEPT_FROM = 200
"""Documents from which on what was compared is kept: below, computing everything takes about a second."""
MOST_NEW = 200
"""With more new documents than this, computing everything is quicker."""

KEPT_LANGUAGE = INTERFACES[0]
"""The language of the sentences in the records that are kept; they are told again to be read in another."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier ready to be shown: its documents by id and its register, up to date.

    `judgements` are all decisions, withdrawn ones too; `added` is when each document was added (ISO 8601, UTC).
    """

    dossier: Dossier
    documents: dict[str, Document]
    register: Register
    judgements: tuple[Judgement, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one path: `new` is False for a text that was already there; `error` says why it was left out."""

    path: str
    new: bool = False
    document: Document | None = None
    error: InputError | None = None


def new_dossier(name: str, title: str | None, parties: str, cadence: str | None, hosts: str | None) -> Dossier:
    """Return a dossier from what the user typed: lists are separated by commas.

    Raises BadValue for an empty name, a party that is neither a country code nor a body we know, or a bad cadence.
    """
    clean = name.strip()
    if not clean or clean != name or any(c in clean for c in "/\\\n\0"):
        raise BadValue(name, "not a name for a dossier (no slash, no line break, no space at the ends)")
    return Dossier(
        name=clean,
        title=title or clean,
        parties=party_list(parties),
        cadence=Cadence.parse(cadence) if cadence else None,
        hosts=party_list(hosts or ""),
    )


def party_list(value: str, named: Callable[[str], str | None] = known_party) -> tuple[str, ...]:
    """Return the actor ids of a list such as `RUS,AES` or `Russie, Mali`. Raises BadValue for one that is not known.

    `named` tells the id of what was typed, None for nothing known.
    """
    out: list[str] = []
    for item in (part.strip() for part in value.split(",")):
        if not item:
            continue
        actor_id = named(item)
        if actor_id is None:
            raise BadValue(item, "not a known party (a country's name or three-letter code, a body's acronym)")
        out.append(actor_id)
    return tuple(dict.fromkeys(out))


class KnownTexts(Mapping[str, Metadata]):
    """The metadata of the documents of some ids, asked for one by one: a dossier may hold many."""

    def __init__(self, store: Store, ids: set[str]) -> None:
        """`ids` are those of documents in the store."""
        self._store, self._ids = store, ids

    def __getitem__(self, its: str) -> Metadata:
        """Return the metadata of a document. Raises KeyError."""
        if its not in self._ids:
            raise KeyError(its)
        return self._store.document(its).meta

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ids)


def add_documents(
    store: Store, dossier: Dossier, reader: Reader, paths: Sequence[str], jobs: int = 1
) -> Iterator[Added]:
    """Read each text under `paths` and add it, one transaction each; yields what became of it once it is committed.

    A text that is there, with the same metadata, and was read by these very extractors is not read again. What cannot
    be read is yielded with its error, and the run goes on. `jobs` processes read; this one alone writes.
    """
    version = f"{__version__}+{EXTRACTORS_VERSION}"
    known = KnownTexts(store, {its for its, by in store.read_by(dossier).items() if by == version})
    for item in reader.read_new(paths, known, jobs):
        if isinstance(item, InputError):
            yield Added(item.source, error=item)
        elif isinstance(item, Document):
            yield Added(item.path, document=item)
        else:
            new = store.add_document(dossier, item, extractor=version)
            yield Added(item.document.path, new=new, document=item.document)


def opened(store: Store, name: str | None, lang: str) -> Opened:
    """Return a dossier with its documents and a register that is up to date, recomputing it when it is not.

    Raises NoDossier when there is none of that name, or several and none was named.
    """
    dossier = store.dossier(name)
    if store.is_stale(dossier):
        refresh(store, dossier)
    register = store.register(dossier) or Register()
    if lang != KEPT_LANGUAGE:
        register = replace(register, conflicts=told_in(register.conflicts, lang))
    known = {e.id for c in register.commitments for e in c.mentions} | {
        e.id for m in register.meetings for e in m.mentions
    }
    made = present(store, store.judgements(dossier, withdrawn=True), known)
    return Opened(dossier, {d.id: d for d in store.documents(dossier)}, register, made, store.added(dossier))


def refresh(store: Store, dossier: Dossier) -> None:
    """Bring the dossier's records up to date in the store. Raises NoDossier.

    What is in the store is always what computing everything gives. In a dossier of `KEPT_FROM` documents or more, what
    was compared is kept too, and new documents change only what they concern. When anything else changed (a decision,
    the dossier itself, another reading of a document), everything is computed again.
    """
    revision = store.revision(dossier)
    judgements = present(store, store.judgements(dossier))

    def live(shelves: Shelves) -> LiveRegister:
        return LiveRegister(shelves, dossier=dossier, judgements=judgements, lang=KEPT_LANGUAGE)

    def take(shelves: Shelves, new: Sequence[ReadDocument]) -> None:
        live(shelves).take(new)

    try:
        if store.keep_up(dossier, RULES, take, most=MOST_NEW, at_once=_TAKEN_AT_ONCE):
            return
    except (LookupError, ValueError, StoreDamaged) as error:
        # What was kept is only a help: when it cannot be understood, it is made again.
        _LOG.warning("%s: what was kept of comparisons cannot be read (%s)", dossier.name, error)
    documents = tuple(store.read_documents(dossier))
    if len(documents) < KEPT_FROM:
        register = build_register(documents, dossier=dossier, judgements=judgements, lang=KEPT_LANGUAGE)
        store.save_register(dossier, register, revision)
        return
    kept = InMemory()
    live(kept).take(documents)
    store.save_register(dossier, register_in(kept), revision, kept, RULES)


def sort_documents(store: Store, dossier: Dossier) -> None:
    """Keep which sectors each document names, for those it is not kept of."""
    waiting = store.unsorted(dossier)
    for at in range(0, len(waiting), _SORTED_AT_ONCE):
        some = waiting[at : at + _SORTED_AT_ONCE]
        store.keep_sectors({i: sectors_named(ReadDocument(store.document(i), store.annotations(i))) for i in some})


def present(
    store: Store, judgements: Iterable[Judgement], known: Collection[str] = frozenset()
) -> tuple[Judgement, ...]:
    """Return decisions with each target under the id by which the last reading of its document knows it.

    `known` are ids the last reading gave: there is no need to ask for them.
    """
    made = tuple(judgements)
    now = store.mentions_now(t for j in made for t in j.targets if t not in known)
    return tuple(replace(j, targets=tuple(now.get(t, t) for t in j.targets)) for j in made)
