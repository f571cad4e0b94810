"""The lists of a dossier: what its documents cover, who speaks, one actor, the calendar, what a search found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.app.views.overview import sort_unsorted, themes
from palabre.model.records import Actor, Brief, Meeting, Register
from palabre.model.vocabulary import Firmness, FollowUpStatus, Sector
from palabre.store import listings, queries
from palabre.store.listings import Picked, Source
from palabre.store.queries import OVERDUE, Wanted

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.documents import Document
    from palabre.model.dossier import Dossier
    from palabre.model.records import Statement
    from palabre.register.evidence import Passage
    from palabre.register.themes import NewThemes
    from palabre.store.listings import Source

MOVING = (FollowUpStatus.UNDER_WAY.value, FollowUpStatus.PARTLY_DELIVERED.value)
STUCK = (FollowUpStatus.STALLED.value, FollowUpStatus.SUSPENDED.value, FollowUpStatus.CANCELLED.value)
MOST_DATED = 1500
"""Meetings and deadlines put into a calendar."""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One sector: documents that name it, commitments by where they stand, and wishes nobody could check."""

    sector: str
    documents: int
    promised: int
    intended: int
    moving: int
    delivered: int
    stuck: int
    overdue: int

    @property
    def silent(self) -> bool:
        """Tell whether the sector is talked about with nothing promised in it."""
        return self.documents > 0 and self.promised + self.intended == 0


@dataclass(frozen=True, slots=True)
class CoverageView:
    """All sectors, those talked about first; `first` and `last` bound what was looked at, `new` is since a session."""

    lines: tuple[CoverageLine, ...]
    unnamed: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    new: NewThemes


def coverage(asking: Asking) -> CoverageView:
    """Return what the documents cover, sector by sector."""
    sort_unsorted(asking)
    named = asking.know(listings.sectors_named)
    matrix = asking.facets(Wanted()).matrix
    wished = asking.facets(Wanted(firmness=(Firmness.INTENDED.value,))).matrix
    lines, unnamed = [], []
    for sector in Sector:
        by = {status: n for (s, status), n in matrix.items() if s == sector}
        intended = sum(n for (s, _), n in wished.items() if s == sector)
        docs = named.get(sector.value, 0)
        if not docs and not by:
            unnamed.append(sector.value)
            continue
        lines.append(
            CoverageLine(
                sector=sector.value,
                documents=docs,
                promised=sum(by.values()) - intended,
                intended=intended,
                moving=sum(by.get(s, 0) for s in MOVING),
                delivered=by.get(FollowUpStatus.DELIVERED.value, 0),
                stuck=sum(by.get(s, 0) for s in STUCK),
                overdue=by.get(OVERDUE, 0),
            )
        )
    lines.sort(key=lambda line: (-line.documents, -line.promised, line.sector))
    first, last, _ = asking.know(listings.days)
    return CoverageView(tuple(lines), tuple(unnamed), first, last, themes(asking))


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with the words of its sources."""

    statement: Statement
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class StatementsView:
    """Who speaks (an empty name: nobody was identified) with how often, and what the chosen one said."""

    speakers: tuple[tuple[str, int], ...]
    lines: tuple[Said, ...]
    count: int


def statements(
    asking: Asking, speaker: str | None, words: str, form: str | None, limit: int, offset: int
) -> StatementsView:
    """Return some of the statements: of one speaker, that hold words, of one form, when asked."""
    facet = ("speaker", speaker) if speaker is not None else None
    picked = Picked("statements", facet=facet, words=words, variety=form)
    some = asking.statements(picked, order="-origins", limit=limit, offset=offset)
    passages = asking.passages_of({s.id: s.mentions for s in some}, most=4)
    speakers = asking.know(listings.values, "statements", "speaker", 60)
    return StatementsView(speakers, tuple(Said(s, passages[s.id]) for s in some), asking.know(listings.count, picked))


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor: what it promised, what it was promised, where it met others, what it said, which texts name it."""

    record: Actor
    promised: tuple[Brief, ...]
    promised_all: int
    received: tuple[Brief, ...]
    received_all: int
    meetings: tuple[Meeting, ...]
    meetings_all: int
    statements: tuple[Said, ...]
    statements_all: int
    offices: tuple[tuple[str, tuple[Source, ...]], ...]
    sources: tuple[Source, ...]


def actor(asking: Asking, record: Actor, most: int = 8) -> ActorView:
    """Return the page of an actor."""
    promised, promised_all = _commitments(asking, Wanted(promisor=(record.id,)), most)
    received, received_all = _commitments(asking, Wanted(beneficiary=(record.id,)), most)
    met = Picked("meetings", facet=("party", record.id))
    said = Picked("statements", facet=("speaker", record.id))
    spoken = asking.statements(said, order="-origins", limit=most)
    passages = asking.passages_of({s.id: s.mentions for s in spoken}, most=2)
    docs = [doc for doc, _ in record.offices][:60]
    sources = asking.ask(listings.sources, ids=list(dict.fromkeys([*docs, *record.docs]))[:80], limit=80)
    by_id = {s.id: s for s in sources}
    offices: dict[str, list[Source]] = {}
    for doc, office in record.offices:
        if doc in by_id:
            offices.setdefault(office, []).append(by_id[doc])
    return ActorView(
        record=record,
        promised=promised,
        promised_all=promised_all,
        received=received,
        received_all=received_all,
        meetings=asking.meetings(met, order="-day", limit=most),
        meetings_all=asking.know(listings.count, met),
        statements=tuple(Said(s, passages[s.id]) for s in spoken),
        statements_all=asking.know(listings.count, said),
        offices=tuple((office, tuple(held)) for office, held in offices.items()),
        sources=sources[:most],
    )


def _commitments(asking: Asking, wanted: Wanted, most: int) -> tuple[tuple[Brief, ...], int]:
    rows = asking.briefly(wanted, sort="-made", limit=most)
    number = asking.facets(wanted).all if len(rows) == most else len(rows)
    return tuple(r.commitment for r in rows), number


def dated(asking: Asking) -> tuple[dict[str, Document], Register]:
    """Return what a calendar holds, as a register of its own, with its documents: the latest, when there are many."""
    meetings = asking.meetings(Picked("meetings", undated=False), order="-day", limit=MOST_DATED)
    due = asking.ask(queries.due_after, asking.today - dt.timedelta(days=731), limit=MOST_DATED)
    docs = {e.doc for m in meetings for e in m.mentions} | {e.doc for c in due for e in c.mentions}
    register = Register(origins=asking.origins(docs), meetings=tuple(reversed(meetings)), commitments=due)
    return asking.documents(docs), register


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in the list of all, with how many documents, commitments (wishes left out) and late ones it holds.

    `last` is the day of the latest text, None when none is dated.
    """

    dossier: Dossier
    documents: int
    commitments: int
    overdue: int
    last: dt.date | None


def dossier_line(asking: Asking) -> DossierLine:
    """Return the figures of a dossier as its records last kept them."""
    known = asking.facets(Wanted())
    late = sum(n for (_, status), n in known.matrix.items() if status == OVERDUE)
    last = asking.know(listings.days)[1]
    return DossierLine(asking.dossier, asking.documents_now(), known.all, late, last)
