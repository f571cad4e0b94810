"""The register's records: what the annotations of several documents say, taken together.

A record is named after its first mention, so its id holds in whatever order documents came, and an id that was once
shown can always be found again: it is that of one of the mentions. Records are recomputed, never edited.
"""

from __future__ import annotations

from dataclasses import dataclass

from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, Firmness, FollowUpStatus, MeetingStatus, Sector


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words in one document that say so. `id` is the mention's own id; `doc` the document's id."""

    id: str
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent source behind one or more documents. `kind`: communique, agency, report.

    `docs` are the documents that hold its text, `first` the one taken as its fullest or earliest form; `shared` the
    passages each copy shares with `first`, as (document id, span in it, span in `first`).
    """

    id: str
    kind: str
    docs: tuple[str, ...]
    first: str
    why: str = ""
    shared: tuple[tuple[str, Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state or body across documents, with every spelling met and the documents that hold it."""

    id: str
    kind: ActorKind
    name: str
    names: tuple[str, ...]
    docs: tuple[str, ...]
    offices: tuple[tuple[str, str], ...] = ()
    """Pairs (document id, office as written)."""
    acts_for: tuple[str, ...] = ()


def row_id(its: str, n: int) -> str:
    """Return the id of the row of the `n`-th actor (from 1) of one id."""
    return its if n == 1 else f"{its}#{n}"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with every account of it."""

    id: str
    mentions: tuple[Evidence, ...]
    date: str | None
    place: str | None
    parties: tuple[str, ...]
    status: MeetingStatus
    title: str | None
    level: str | None
    origins: int
    margins_of: str | None = None
    session: int | None = None
    """Its number among the dossier's sessions, 1 for the first, or None when it is no session."""
    doubts: tuple[str, ...] = ()
    ministers: str | None = None
    """The sector (a code of `Sector`) of the ministers who met, when it is another than foreign affairs."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, where: one utterance with every document that carries it."""

    id: str
    mentions: tuple[Evidence, ...]
    speaker: str | None
    text: str
    form: str
    origins: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A dated, cited change of status. `date` is EDTF or None when unknown."""

    evidence: Evidence
    date: str | None
    status: FollowUpStatus
    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise with every account of it and what has moved since.

    `docs` counts documents, `origins` independent origins. `links` explains, pair by pair, why mentions were joined.
    """

    id: str
    mentions: tuple[Evidence, ...]
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None
    amount: str | None
    status: FollowUpStatus
    events: tuple[FollowUp, ...]
    origins: int
    official: bool
    vague: bool
    confidence: float
    made_on: str | None = None
    conditions: str | None = None
    links: tuple[tuple[str, str, str], ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    """Doubtful neighbours, not merged: (id of the other record, why it might be the same)."""
    amount_history: tuple[tuple[str, str | None, str], ...] = ()
    """Amounts as said over time: (document id, date, amount). A revision replaces; amounts are never added."""


@dataclass(frozen=True, slots=True)
class Moved:
    """When something that moves a commitment happened (EDTF), as it is told."""

    date: str | None


@dataclass(frozen=True, slots=True)
class Brief:
    """A commitment as a line of a list shows it: without what it rests on, of which there may be much."""

    id: str
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    action: str
    sector: Sector
    firmness: Firmness
    deadline: str | None
    amount: str | None
    status: FollowUpStatus
    events: tuple[Moved, ...]
    origins: int
    official: bool
    vague: bool
    made_on: str | None = None
    conditions: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a contradiction, the documents that give it, with the words, and how many origins they are.

    `value` is in words, `code` what it was said from (EDTF, actor ids, a code, or the words themselves).
    """

    value: str
    docs: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    origins: int = 1
    official: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one field that cannot all be so. `field` is its code, `what` says it in the interface's language.

    `kind` is `contradiction` (cannot both be so) or `variant` (differs in precision, scope, wording or spelling).
    `about` is the id of the record concerned, or None for the dossier as a whole. `subject` is what `what` is said
    from, so that it can be told in another language.
    """

    id: str
    field: str
    what: str
    kind: str
    about: str | None
    values: tuple[Side, ...]
    subject: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the dossier's documents say, taken together; each tuple in a stable order."""

    origins: tuple[Origin, ...] = ()
    actors: tuple[Actor, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
