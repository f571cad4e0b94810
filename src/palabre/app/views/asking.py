"""What a page's content is asked of: one dossier in one database, on one day, with what was already counted of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from palabre.app.dossiers import KEPT_LANGUAGE
from palabre.model.judgements import Verdict
from palabre.model.records import Actor, Brief, Commitment, Conflict, Meeting, Origin, Statement
from palabre.reconcile.added import additions, annotations_with
from palabre.reconcile.conflicts import told
from palabre.register.evidence import Passage, passages
from palabre.register.replies import Replies
from palabre.store import counting, judging, listings, queries
from palabre.store.counting import Known
from palabre.store.documents import load_annotations
from palabre.store.queries import Judged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from palabre.app.views.remembered import Remembered
    from palabre.model.annotations import Annotations
    from palabre.model.documents import Document
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Addition
    from palabre.model.records import Evidence
    from palabre.store.listings import Picked
    from palabre.store.queries import Facets, Listed, Wanted
    from palabre.store.rows import Record
    from palabre.store.store import Store

T = TypeVar("T")
FAR = 500
"""Records of a list from which on its whole order is remembered."""
MOST_PASSAGES = 60
"""Passages of one record shown on a page; the others are counted."""


@dataclass(slots=True)
class Read:
    """What was read for one page, which asks for the same texts several times: documents, origins by document."""

    documents: dict[str, Document | None] = field(default_factory=dict)
    origins: dict[str, Origin | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """A dossier to ask for one page.

    `today` is the day that overdue is judged at; `revision` that of its records, `now` its own.
    """

    store: Store
    dossier: Dossier
    today: dt.date
    lang: str
    memory: Remembered
    revision: int | None
    now: int | None = None
    read: Read = field(default_factory=Read)

    def ask(self, question: Callable[..., T], *values: Any, **named: Any) -> T:
        """Return the answer to a question of `store.queries` or `store.listings` about this dossier."""
        return self.store.ask(question, self.dossier.id, *values, **named)

    def know(self, question: Callable[..., T], *values: Any, **named: Any) -> T:
        """Return the same, remembered for as long as the records are those."""
        key = (self.dossier.id, self.revision, question.__name__, values, tuple(sorted(named.items())))
        return self.memory.get(key, lambda: self.ask(question, *values, **named))

    def documents_now(self) -> int:
        """Return how many documents the dossier has, those included that its records do not know of yet."""
        if self.now is None:
            return self.ask(listings.count_sources)
        return self.memory.get((self.dossier.id, "now", self.now), lambda: self.ask(listings.count_sources))

    def facets(self, wanted: Wanted) -> Facets:
        """Count the commitments that fit, by every facet."""
        key = (self.dossier.id, self.revision, "facets", wanted, self.today)
        return self.memory.get(key, lambda: self.ask(queries.facets, wanted, self.today, **self._counted(wanted)))

    def listed(self, wanted: Wanted, *, sort: str = "sector", **paging: int) -> tuple[Listed[Commitment], ...]:
        """Return some of the commitments that fit, sorted; `paging` is a limit and an offset."""
        key = (self.dossier.id, self.revision, "listed", wanted, self.today, sort, *sorted(paging.items()))
        return self.memory.get(key, lambda: self.each(wanted, sort=sort, **paging))

    def each(self, wanted: Wanted, *, sort: str = "sector", **how: Any) -> tuple[Listed[Commitment], ...]:
        """Return the same without remembering it, for what is asked once; `how` may hold `only`, some ids."""
        return self.ask(queries.commitments, wanted, self.today, sort=sort, **self._counted(wanted, sort), **how)

    def briefly(self, wanted: Wanted, *, sort: str = "sector", **how: Any) -> tuple[Listed[Brief], ...]:
        """Return the same as lines of a list show them, without what they rest on."""
        return self.ask(queries.briefly, wanted, self.today, sort=sort, **self._counted(wanted, sort), **how)

    def _counted(self, wanted: Wanted, sort: str = "") -> dict[str, Any]:
        """Return what is known of commitments and what the day makes of it, read and worked out once."""
        known = self._known(wanted, sort)
        key = (self.dossier.id, self.revision, "judged", self.today)
        return {"known": known, "judged": self.memory.get(key, lambda: Judged(known.columns, self.today))}

    def _known(self, wanted: Wanted, sort: str = "") -> Known:
        mine, words = (self.dossier.id, self.revision), wanted.words.strip()
        held = self.memory.get((*mine, "columns"), lambda: self.ask(counting.columns))
        return Known(
            held,
            self.memory.get((*mine, "said", words), lambda: self.ask(counting.saying, words, held)) if words else None,
            self.memory.get((*mine, "spelled"), lambda: self.ask(counting.spelling, held))
            if counting.by_words(sort)
            else None,
        )

    def records(self, picked: Picked, *, order: str = "place", limit: int = 50, offset: int = 0) -> tuple[Record, ...]:
        """Return records that fit, in order."""
        if offset < FAR or picked.words or picked.facet or picked.since or picked.until or picked.about:
            return self.know(listings.records, picked, order=order, limit=limit, offset=offset)
        # To come so far the database goes through all that stand before: it is asked once for all such pages.
        ids = self.know(listings.in_order, picked, order=order)[offset : offset + limit]
        return self.ask(listings.of_these, picked.kind, ids)

    def meetings(self, picked: Picked, **how: Any) -> tuple[Meeting, ...]:
        """Return meetings that fit."""
        return tuple(r for r in self.records(picked, **how) if isinstance(r, Meeting))

    def statements(self, picked: Picked, **how: Any) -> tuple[Statement, ...]:
        """Return statements that fit."""
        return tuple(r for r in self.records(picked, **how) if isinstance(r, Statement))

    def actors(self, picked: Picked, **how: Any) -> tuple[Actor, ...]:
        """Return actors that fit."""
        return tuple(r for r in self.records(picked, **how) if isinstance(r, Actor))

    def conflicts(self, picked: Picked, **how: Any) -> tuple[Conflict, ...]:
        """Return contradictions and variants that fit."""
        found = tuple(r for r in self.records(picked, **how) if isinstance(r, Conflict))
        return tuple(self.told(c) for c in found)

    def told(self, conflict: Conflict) -> Conflict:
        """Return a contradiction in the reader's language."""
        return conflict if self.lang == KEPT_LANGUAGE else told(conflict, self.lang)

    def commitments_of(self, ids: Iterable[str]) -> tuple[Commitment, ...]:
        """Return the commitments of these ids."""
        return tuple(r for r in self.ask(listings.of_ids, "commitments", ids) if isinstance(r, Commitment))

    def origins(self, docs: Iterable[str]) -> tuple[Origin, ...]:
        """Return the origins behind these documents."""
        read, some = self.read.origins, dict.fromkeys(docs)
        if new := [doc for doc in some if doc not in read]:
            of = {doc: origin for origin in self.ask(listings.origins_of, new) for doc in origin.docs}
            read |= {doc: of.get(doc) for doc in new}
        return tuple({o.id: o for doc in some if (o := read[doc]) is not None}.values())

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return documents with their texts, by id."""
        read, some = self.read.documents, dict.fromkeys(ids)
        if new := [its for its in some if its not in read]:
            found = self.store.texts(new)
            read |= {its: found.get(its) for its in new}
        return {its: d for its in some if (d := read[its]) is not None}

    def annotations(self, doc: str) -> Annotations:
        """Return what was found in a document, with what people added to it. Raises NotFound."""
        return annotations_with(self.store.annotations(doc), self.additions().get(doc, ()))

    def annotations_of(self, docs: Sequence[str]) -> dict[str, Annotations]:
        """Return the same for several documents that are there, asked for together."""
        added = self.additions()
        read = self.store.ask(load_annotations, docs)
        return {doc: annotations_with(read[doc], added.get(doc, ())) for doc in docs if doc in read}

    def additions(self) -> dict[str, tuple[Addition, ...]]:
        """Return what people added, by document."""
        return additions(self.ask(judging.standing, Verdict.ADD))

    def replies(self) -> Replies:
        """Return what parties answered."""
        made = self.ask(judging.standing, Verdict.REPLY)
        holders = self.ask(listings.telling, {target for one in made for target in one.targets}) if made else {}
        return Replies(made, {mention: its for mention, (_, its, _) in holders.items()})

    def passages(self, evidence: Iterable[Evidence], *, most: int = MOST_PASSAGES) -> tuple[Passage, ...]:
        """Return the words of each evidence in their sentence, official texts first; at most so many."""
        some = tuple(evidence)[:most]
        ids = list(dict.fromkeys(e.doc for e in some))
        origins = self.origins(ids)
        firsts = [o.first for o in origins]
        known = self.documents([*ids, *firsts])
        return passages([e for e in some if e.doc in known], known, origins)

    def passages_of(self, groups: Mapping[str, Iterable[Evidence]], *, most: int = 6) -> dict[str, tuple[Passage, ...]]:
        """Return the passages of several groups of evidence, asked for together."""
        kept = {key: tuple(evidence)[:most] for key, evidence in groups.items()}
        ids = list(dict.fromkeys(e.doc for several in kept.values() for e in several))
        origins = self.origins(ids)
        known = self.documents([*ids, *(o.first for o in origins)])
        return {key: passages(several, known, origins) for key, several in kept.items()}
