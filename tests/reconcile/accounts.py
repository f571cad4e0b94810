"""Builds read documents for tests: a text of our own words, and what a reading would have found at which words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from palabre.model.annotations import (
    ActorEntry,
    Annotations,
    Boilerplate,
    CommitmentMention,
    DateMention,
    MeetingMention,
    ProgressMention,
    Quote,
)
from palabre.model.documents import Document, Metadata, RawDocument, ReadDocument
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, Firmness, MeetingStatus, ProgressStatus, Sector

if TYPE_CHECKING:
    from collections.abc import Sequence


def at(text: str, words: str) -> Span:
    """Return the first place of `words` in `text`; the words must be there."""
    start = text.index(words)
    return Span(start, start + len(words))


def meeting(words: str, **values: Any) -> tuple[str, dict[str, Any]]:
    """A meeting at `words`: date, place, parties, status, …"""
    return words, {"date": None, "place": None, "parties": (), "status": "held", **values}


def commitment(
    words: str, promisor: Sequence[str], beneficiary: Sequence[str] = (), **values: Any
) -> tuple[str, dict[str, Any]]:
    """A commitment at `words`."""
    return words, {"promisor": tuple(promisor), "beneficiary": tuple(beneficiary), "action": "", "sector": "diplomacy",
                   "firmness": "pledged", **values}  # fmt: skip


def progress(words: str, status: str = "under_way", **values: Any) -> tuple[str, dict[str, Any]]:
    """A report of progress at `words`."""
    return words, {"status": status, "about": "", **values}


def account(
    name: str,
    text: str,
    published: str | None = None,
    *,
    meetings: Sequence[tuple[str, dict[str, Any]]] = (),
    commitments: Sequence[tuple[str, dict[str, Any]]] = (),
    moves: Sequence[tuple[str, dict[str, Any]]] = (),
    quotes: Sequence[tuple[str, str | None]] = (),
    dates: Sequence[tuple[str, str]] = (),
    people: Sequence[ActorEntry] = (),
    clutter: Sequence[str] = (),
    **meta: Any,
) -> ReadDocument:
    """Return a read document."""
    day = dt.date.fromisoformat(published) if published else None
    metadata = Metadata(lang=meta.pop("lang", "fr"), published=day, **meta)
    found = Annotations(
        boilerplate=tuple(sorted((Boilerplate(at(text, w), "test") for w in clutter), key=lambda b: b.span)),
        dates=tuple(sorted((DateMention(at(text, w), v) for w, v in dates), key=lambda d: d.span)),
        actors=tuple(people),
        quotes=tuple(sorted((Quote(at(text, w), who, False) for w, who in quotes), key=lambda q: q.span)),
        meetings=tuple(
            sorted(
                (MeetingMention(at(text, w), **{**v, "status": MeetingStatus(v["status"])}) for w, v in meetings),
                key=lambda m: m.span,
            )
        ),
        commitments=tuple(
            sorted(
                (
                    CommitmentMention(
                        at(text, w), **{**v, "sector": Sector(v["sector"]), "firmness": Firmness(v["firmness"])}
                    )
                    for w, v in commitments
                ),
                key=lambda c: c.span,
            )
        ),
        progress=tuple(
            sorted(
                (ProgressMention(at(text, w), **{**v, "status": ProgressStatus(v["status"])}) for w, v in moves),
                key=lambda p: p.span,
            )
        ),
    )
    raw = RawDocument(name, f"{name}.txt", text, "text/plain", metadata)
    return ReadDocument(Document.of(raw, metadata), found)


def person(name: str, *names: str, acts_for: Sequence[str] = (), office: str | None = None) -> ActorEntry:
    """A person as one text has them."""
    return ActorEntry(name, ActorKind.PERSON, (name, *names), office, tuple(acts_for))


def body(actor: str, *names: str) -> ActorEntry:
    """A body as one text has it."""
    return ActorEntry(actor, ActorKind.BODY, names or (actor,))
