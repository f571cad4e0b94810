"""The shapes of `palabre annotate` and `palabre reconcile`: pydantic models, from which the JSON Schemas are made.

Field names, codes and offsets are the published interface: fields are added, never renamed. Offsets are half-open
ranges of Unicode code points in the document's `text`.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from palabre.model.vocabulary import (
    ActorKind,
    Firmness,
    FollowUpStatus,
    MeetingStatus,
    ProgressStatus,
    Sector,
    StatementForm,
)


class Shape(BaseModel):
    """Base of every shape: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spanned(Shape):
    """Something at a half-open range of code points of `text`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class BoilerplateOut(Spanned):
    """Text that is not the article; `why` names the rule."""

    why: str


class QuoteOut(Spanned):
    """Words between quotation marks, the marks left out."""

    speaker: str | None
    fragment: bool
    confidence: float


class StatementOut(Spanned):
    """Reported speech without quotation marks."""

    speaker: str | None
    form: StatementForm
    confidence: float


class DateOut(Spanned):
    """A calendar expression and its EDTF value; `weekday_conflict` when the weekday named is not that day's."""

    value: str
    weekday_conflict: bool


class MeetingOut(Spanned):
    """A meeting, visit, call or summit."""

    date: str | None
    place: str | None
    parties: list[str]
    status: MeetingStatus
    title: str | None
    level: str | None
    margins_of: str | None
    confidence: float


class CommitmentOut(Spanned):
    """A reported promise; `vague` marks a wish nobody could check."""

    promisor: list[str]
    beneficiary: list[str]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None
    amount: str | None
    conditions: str | None
    vague: bool
    confidence: float
    cue: str | None


class ProgressOut(Spanned):
    """A statement that something promised or begun has moved."""

    about: str
    status: ProgressStatus
    confidence: float


class FigureOut(Spanned):
    """A figure somebody claims."""

    kind: str
    value: float
    unit: str | None
    measures: str | None
    claimant: str | None
    approximate: str | None


class ActorOut(Shape):
    """A person, state or body with the places where the text names it."""

    id: str
    kind: ActorKind
    names: list[str]
    office: str | None
    mentions: list[tuple[int, int]]


class AnnotatedDocument(Shape):
    """One line of `palabre annotate`."""

    doc: str
    path: str
    text: str
    lang: str | None
    published: str | None
    title: str | None
    author: str | None
    outlet: str | None
    agency: str | None
    url: str | None
    boilerplate: list[BoilerplateOut]
    quotes: list[QuoteOut]
    statements: list[StatementOut]
    dates: list[DateOut]
    meetings: list[MeetingOut]
    commitments: list[CommitmentOut]
    progress: list[ProgressOut]
    figures: list[FigureOut]
    actors: list[ActorOut]
    notes: list[str]


class MentionOut(Spanned):
    """The words in one document; `doc` is the file's name without its ending."""

    doc: str


class MeetingRecordOut(Shape):
    """One meeting with every account of it."""

    id: str
    mentions: list[MentionOut]
    date: str | None
    place: str | None
    parties: list[str]
    status: MeetingStatus
    title: str | None
    session: int | None
    origins: int


class EventOut(Shape):
    """A dated, cited change of status."""

    doc: str
    date: str | None
    status: FollowUpStatus
    about: str
    start: int
    end: int


class CommitmentRecordOut(Shape):
    """One promise with every account of it and what has moved since."""

    id: str
    mentions: list[MentionOut]
    promisor: list[str]
    beneficiary: list[str]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None
    amount: str | None
    vague: bool
    origins: int
    status: FollowUpStatus
    events: list[EventOut]


class SideOut(Shape):
    """One value of a disagreement and the documents that give it."""

    value: str
    docs: list[str]
    origins: int


class ConflictOut(Shape):
    """Values of one field that differ between documents; `kind` is `contradiction` or `variant`."""

    id: str
    what: str
    field: str
    kind: str
    about: str | None
    values: list[SideOut]


class OriginOut(Shape):
    """An independent source and the documents that hold its text."""

    id: str
    kind: str
    docs: list[str]
    first: str


class ReconciledDossier(Shape):
    """The object `palabre reconcile` prints."""

    copies: list[list[str]]
    origins: list[OriginOut]
    meetings: list[MeetingRecordOut]
    commitments: list[CommitmentRecordOut]
    conflicts: list[ConflictOut]


SCHEMAS: tuple[tuple[str, type[Shape]], ...] = (("annotate", AnnotatedDocument), ("reconcile", ReconciledDossier))
"""The outputs that have a published JSON Schema."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an output. Raises KeyError for a name that is not in `SCHEMAS`."""
    schema = dict(SCHEMAS)[name].model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
