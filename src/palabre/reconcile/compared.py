"""What the detectors of contradictions look at, and what each of them gives back. No detector is here."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as default
from typing import TYPE_CHECKING, Any

from palabre.lang.pack import pack_for, table
from palabre.model.ids import content_id
from palabre.model.mentions import MEETING
from palabre.model.records import Evidence
from palabre.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.actors import Actors
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.items import ProgressItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.progress import ProgressLink

CONTRADICTION = "contradiction"
VARIANT = "variant"


@dataclass(frozen=True)
class Compared:
    """The documents, and what has been found to be the same across them. `lang` is that of the descriptions."""

    documents: Sequence[ReadDocument]
    copies: Copies
    actors: Actors
    meetings: Sequence[MeetingGroup]
    commitments: Sequence[CommitmentGroup]
    progress: Mapping[str, Sequence[tuple[ProgressItem, ProgressLink]]]
    lang: str


@dataclass(frozen=True)
class Claim:
    """One document's value for a field: its code or words, and where it says so."""

    value: str
    evidence: Evidence


@dataclass(frozen=True)
class Finding:
    """Values of one field that differ. `subject` fills the description's blanks; `about` is a record's id or None."""

    field: str
    kind: str
    about: str | None
    claims: tuple[Claim, ...]
    subject: Mapping[str, str] = default(default_factory=dict)


def words_for(lang: str | None, *path: str) -> Any:
    """Return an entry of a language's `reconcile` table (`words_for("fr", "stage", "begun")`), or an empty dict."""
    data: Any = table(pack_for(lang), "reconcile")
    for key in path:
        data = data.get(key, {})
    return data


def place_in(read: ReadDocument, span: Span) -> Evidence:
    """Return evidence for words that are no mention of their own."""
    return Evidence(content_id(MEETING + "x", read.document.id, span.start, span.end), read.document.id, span)


def by_value(claims: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    """Return the claims by value, in order of value."""
    out: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.value, c.evidence.doc, c.evidence.span)):
        out.setdefault(claim.value, []).append(claim)
    return out


def disagree(claims: Sequence[Claim]) -> bool:
    """Tell whether two documents give different values, each without giving the other's too."""
    values: dict[str, set[str]] = {}
    for claim in claims:
        values.setdefault(claim.evidence.doc, set()).add(claim.value)
    sets = list({frozenset(v) for v in values.values()})
    return any(not (a & b) for n, a in enumerate(sets) for b in sets[n + 1 :])
