"""What one reading of one document found, each thing with its span. Nothing here knows of other documents.

All spans are half-open ranges of code points in the document's text. `confidence` is 0.0 to 1.0: what the rule or
classifier that took it is worth, not a probability of truth. `cue` is the span of the words that triggered it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from palabre.model.spans import Span
from palabre.model.vocabulary import (
    ActorKind,
    Firmness,
    MeetingStatus,
    MentionForm,
    ProgressStatus,
    Sector,
    StatementForm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Text on the page that is not the article; `why` is the rule's name (share, menu, comments, …)."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression and its EDTF value.

    `weekday_conflict` is the weekday named (0 = Monday) when it contradicts the date, else None.
    """

    span: Span
    value: str
    weekday_conflict: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """One place where a text refers to actors: `ids` holds several for « les trois pays »."""

    span: Span
    ids: tuple[str, ...]
    form: MentionForm


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor as this text has it.

    `id` follows the guidelines: ISO 3166-1 alpha-3, the usual acronym of a body, a person's fullest name here.
    `names` are the different ways it is written; `office` the function named; `acts_for` the states or bodies a
    person speaks for (empty when the text does not tell); `members` the members of a group where known.
    """

    id: str
    kind: ActorKind
    names: tuple[str, ...]
    office: str | None = None
    acts_for: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    matters: bool = True
    """False for what is only named in passing and should stay out of the document's list of actors."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks presented as somebody's; the span leaves the marks out."""

    span: Span
    speaker: str | None
    fragment: bool
    cue: Span | None = None
    speaker_span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class IndirectStatement:
    """Reported speech without quotation marks: the span is the reported clause."""

    span: Span
    speaker: str | None
    form: StatementForm
    cue: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A meeting, visit, call or summit as this text tells it. `title` is the official or usual name, if any.

    `level`: head_of_state, minister, official, expert or None. `margins_of`: the event it was held in the margins
    of. `weekday` (0 = Monday) is kept when the text names one for it, even when it contradicts the date.
    """

    span: Span
    date: str | None
    place: str | None
    parties: tuple[str, ...]
    status: MeetingStatus
    title: str | None = None
    level: str | None = None
    margins_of: str | None = None
    weekday: int | None = None
    format: str | None = None
    confidence: float = 1.0
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class CommitmentMention:
    """A reported promise. `conditions` is the clause it hangs on; `vague` marks a wish nobody could check.

    `negated` marks a refusal (« ne financera pas »), kept for the follow-up and left out of the output formats.
    """

    span: Span
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None = None
    amount: str | None = None
    conditions: str | None = None
    vague: bool = False
    negated: bool = False
    confidence: float = 1.0
    cue: Span | None = None
    cue_rule: str = ""


@dataclass(frozen=True, slots=True)
class ProgressMention:
    """A statement that something promised or begun has moved. `parties` are those it concerns."""

    span: Span
    about: str
    status: ProgressStatus
    sector: Sector | None = None
    parties: tuple[str, ...] = ()
    date: str | None = None
    confidence: float = 1.0
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure somebody claims: `kind` is amount, multiple, percentage or count; `unit` as CLDR or as written."""

    span: Span
    kind: str
    value: float
    unit: str | None
    measures: str | None
    claimant: str | None = None
    approximate: str | None = None
    """`more_than`, `less_than`, `about`, or None when the text gives the figure flat."""


_Spanned = TypeVar("_Spanned", ActorMention, DateMention)


def _start(item: ActorMention | DateMention | Quote) -> int:
    return item.span.start


def _within(items: tuple[_Spanned, ...], span: Span) -> Iterator[_Spanned]:
    """Yield the items, sorted by span, that lie wholly inside `span`."""
    for i in range(bisect_left(items, span.start, key=_start), len(items)):
        if items[i].span.start > span.end:
            return
        if items[i].span.end <= span.end:
            yield items[i]


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything found in one document, each tuple sorted by span."""

    boilerplate: tuple[Boilerplate, ...] = ()
    dates: tuple[DateMention, ...] = ()
    actors: tuple[ActorEntry, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[IndirectStatement, ...] = ()
    meetings: tuple[MeetingMention, ...] = ()
    commitments: tuple[CommitmentMention, ...] = ()
    progress: tuple[ProgressMention, ...] = ()
    figures: tuple[FigureClaim, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the reader should know of this reading (a language without a pack, a date that contradicts itself)."""

    def actor(self, actor_id: str) -> ActorEntry | None:
        """Return the entry of that id, or None."""
        return next((a for a in self.actors if a.id == actor_id), None)

    def mentions_in(self, span: Span) -> tuple[ActorMention, ...]:
        """Return the mentions that lie wholly inside `span`, in order."""
        return tuple(_within(self.mentions, span))

    def dates_in(self, span: Span) -> tuple[DateMention, ...]:
        """Return the dates that lie wholly inside `span`, in order."""
        return tuple(_within(self.dates, span))

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that holds the code point at `offset`, or None."""
        # No quotation overlaps another: one inside another belongs to it.
        last = bisect_right(self.quotes, offset, key=_start) - 1
        return self.quotes[last] if last >= 0 and offset < self.quotes[last].span.end else None

    def speaks_for(self, actor_id: str) -> tuple[str, ...]:
        """Return the states or bodies an actor commits: a person's `acts_for`, else the actor itself."""
        entry = self.actor(actor_id)
        if entry is not None and entry.kind is ActorKind.PERSON:
            return entry.acts_for
        return (actor_id,)
