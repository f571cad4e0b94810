"""The shapes of the programs' interface (`/api/v1`). Fields are added, never renamed.

Codes are those of the vocabularies, dates EDTF, offsets half-open ranges of Unicode code points in a document's text.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from palabre.export.commitments_table import reply_json
from palabre.register.follow_up import overdue

if TYPE_CHECKING:
    from palabre.model.documents import Document
    from palabre.model.dossier import Dossier
    from palabre.model.records import Actor, Commitment, Conflict, Evidence, Meeting, Statement
    from palabre.register.replies import Replies
    from palabre.store import Hit
    from palabre.store.listings import Source
    from palabre.store.queries import Listed

T = TypeVar("T")


class Shape(BaseModel):
    """Base of every shape."""

    model_config = ConfigDict(frozen=True)


class Page(Shape, Generic[T]):
    """One page of a list. `next` is the address of the page after, none on the last."""

    items: list[T]
    page: int
    size: int
    total: int
    next: str | None = None


class DossierShape(Shape):
    """One dialogue that is followed."""

    id: str
    name: str
    title: str
    parties: list[str]
    cadence: str | None
    hosts: list[str]


class MentionShape(Shape):
    """The words in one document that say so."""

    id: str
    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class EventShape(Shape):
    """A dated, cited change of status."""

    document: str
    start: int
    end: int
    date: str | None
    status: str
    about: str
    why: str


class ReplyShape(Shape):
    """What a party answers to a commitment, as it said it (right of reply), and who wrote it down."""

    id: str
    party: str
    speaker: str | None
    words: str
    said_on: str
    source: str
    url: str | None
    recorded_by: str
    recorded_at: str


class CommitmentShape(Shape):
    """One promise with every account of it. `overdue` is computed for the day asked (`as_of`)."""

    id: str
    promisor: list[str]
    beneficiary: list[str]
    action: str
    sector: str
    firmness: str
    status: str
    overdue: bool
    made_on: str | None
    deadline: str | None
    amount: str | None
    conditions: str | None
    vague: bool
    official: bool
    origins: int
    confidence: float
    checks: list[str] = []
    contradictions: int | None = None
    mentions: list[MentionShape]
    events: list[EventShape]
    replies: list[ReplyShape] = []


class MeetingShape(Shape):
    """One session, visit or call."""

    id: str
    date: str | None
    place: str | None
    parties: list[str]
    status: str
    title: str | None
    level: str | None
    margins_of: str | None
    session: int | None
    origins: int
    mentions: list[MentionShape]


class StatementShape(Shape):
    """Who said what; `form` tells words quoted from words reported."""

    id: str
    speaker: str | None
    text: str
    form: str
    origins: int
    mentions: list[MentionShape]


class ActorShape(Shape):
    """A state, a body or a person: names in the texts, for whom it acts, offices with the document that gives each."""

    id: str
    kind: str
    name: str
    names: list[str]
    acts_for: list[str]
    offices: list[tuple[str, str]]
    documents: list[str]


class HitShape(Shape):
    """What a search found: its words worth showing, and where they stand in a document when it is known.

    `kind` is document or a kind of record, `name` what it is known by. `marks` are the words that match, in the
    offsets of `start` and `end`: those of the document's text, or of the record's label without one.
    """

    kind: str
    id: str
    name: str
    excerpt: str
    document: str | None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    marks: list[tuple[int, int]]


class SideShape(Shape):
    """One value of a disagreement."""

    value: str
    documents: list[str]
    origins: int
    official: bool
    evidence: list[MentionShape]


class ConflictShape(Shape):
    """Values of one field that differ. `kind` is contradiction or variant, `about` the id of a record."""

    id: str
    kind: str
    field: str
    what: str
    about: str | None
    values: list[SideShape]


class DecisionShape(Shape):
    """What a person decided, when and why; withdrawn, never deleted. Instants are ISO 8601, UTC."""

    id: str
    verdict: str
    targets: list[str]
    field: str | None
    value: str | None
    reason: str
    reply: dict[str, str | None] | None
    added: dict[str, object] | None
    author: str
    made_at: str
    withdrawn_at: str | None
    withdrawn_by: str | None


class SourceShape(Shape):
    """One document, without its text."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: dt.date | None
    url: str | None
    lang: str | None
    length: int
    added: str | None = None


class DocumentShape(SourceShape):
    """One document with its text, which every offset is in."""

    text: str


def dossier_shape(dossier: Dossier) -> DossierShape:
    """Return a dossier."""
    return DossierShape(
        id=dossier.id,
        name=dossier.name,
        title=dossier.title,
        parties=list(dossier.parties),
        cadence=dossier.cadence.value if dossier.cadence else None,
        hosts=list(dossier.hosts),
    )


def mention_shape(evidence: Evidence) -> MentionShape:
    """Return a passage."""
    return MentionShape(id=evidence.id, document=evidence.doc, start=evidence.span.start, end=evidence.span.end)


def commitment_shape(
    item: Commitment, as_of: dt.date, listed: Listed[Commitment] | None = None, replies: Replies | None = None
) -> CommitmentShape:
    """Return a commitment; `listed` brings what a list knows of it besides, `replies` what parties answered."""
    return CommitmentShape(
        id=item.id,
        promisor=list(item.promisor),
        beneficiary=list(item.beneficiary),
        action=item.action,
        sector=item.sector.value,
        firmness=item.firmness.value,
        status=item.status.value,
        overdue=overdue(item, as_of),
        made_on=item.made_on,
        deadline=item.deadline,
        amount=item.amount,
        conditions=item.conditions,
        vague=item.vague,
        official=item.official,
        origins=item.origins,
        confidence=item.confidence,
        checks=list(listed.checks) if listed else [],
        contradictions=listed.contradictions if listed else None,
        mentions=[mention_shape(e) for e in item.mentions],
        events=[
            EventShape(
                document=e.evidence.doc,
                start=e.evidence.span.start,
                end=e.evidence.span.end,
                date=e.date,
                status=e.status.value,
                about=e.about,
                why=e.why,
            )
            for e in item.events
        ],
        replies=[ReplyShape(**reply_json(j)) for j in (replies.to(item) if replies else ())],
    )


def meeting_shape(item: Meeting) -> MeetingShape:
    """Return a meeting."""
    return MeetingShape(
        id=item.id,
        date=item.date,
        place=item.place,
        parties=list(item.parties),
        status=item.status.value,
        title=item.title,
        level=item.level,
        margins_of=item.margins_of,
        session=item.session,
        origins=item.origins,
        mentions=[mention_shape(e) for e in item.mentions],
    )


def statement_shape(item: Statement) -> StatementShape:
    """Return a statement."""
    return StatementShape(
        id=item.id,
        speaker=item.speaker,
        text=item.text,
        form=item.form,
        origins=item.origins,
        mentions=[mention_shape(e) for e in item.mentions],
    )


def actor_shape(item: Actor) -> ActorShape:
    """Return an actor."""
    return ActorShape(
        id=item.id,
        kind=item.kind.value,
        name=item.name,
        names=list(item.names),
        acts_for=list(item.acts_for),
        offices=list(item.offices),
        documents=list(item.docs),
    )


def hit_shape(item: Hit) -> HitShape:
    """Return one thing found."""
    return HitShape(
        kind=item.kind,
        id=item.id,
        name=item.name,
        excerpt=item.excerpt,
        document=item.doc,
        start=item.span.start,
        end=item.span.end,
        marks=[(m.start, m.end) for m in item.marks if item.span.contains(m)],
    )


def conflict_shape(item: Conflict) -> ConflictShape:
    """Return a contradiction or a variant."""
    return ConflictShape(
        id=item.id,
        kind=item.kind,
        field=item.field,
        what=item.what,
        about=item.about,
        values=[
            SideShape(
                value=side.value,
                documents=list(side.docs),
                origins=side.origins,
                official=side.official,
                evidence=[mention_shape(e) for e in side.evidence],
            )
            for side in item.values
        ],
    )


def source_shape(item: Source) -> SourceShape:
    """Return a document without its text."""
    return SourceShape(
        id=item.id,
        name=item.name,
        title=item.title,
        outlet=item.outlet,
        author=item.author,
        published=item.published,
        url=item.url,
        lang=item.lang,
        length=item.length,
        added=item.added,
    )


def document_shape(item: Document) -> DocumentShape:
    """Return a document with its text."""
    meta = item.meta
    return DocumentShape(
        id=item.id,
        name=item.name,
        title=meta.title,
        outlet=meta.outlet,
        author=meta.author,
        published=meta.published,
        url=meta.url,
        lang=meta.lang,
        length=len(item.text),
        text=item.text,
    )
