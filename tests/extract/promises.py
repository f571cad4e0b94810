"""Texts of invented promises between two states, with the actors that an earlier extractor would have found."""

from __future__ import annotations

import datetime as dt
import re

from palabre.extract.commitments import find_commitments
from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Annotations,
    CommitmentMention,
    DateMention,
    MeetingMention,
    Quote,
)
from palabre.model.documents import Metadata
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MeetingStatus, MentionForm
from palabre.text.reading import Block, Reading, Sentence

STATES = {
    "Norvège": "NOR", "Oslo": "NOR", "norvégien": "NOR", "norvégienne": "NOR", "norvégiens": "NOR",
    "Pérou": "PER", "Lima": "PER", "péruvien": "PER", "péruvienne": "PER", "péruviens": "PER",
    "Norway": "NOR", "Peru": "PER",
}  # fmt: skip
PERSON = "Ada Brun"


def reading(text: str, lang: str = "fr", kind: str = "paragraph") -> Reading:
    cuts = [m.end() for m in re.finditer(r"[.!?]( »)?(?=\s|$)|\n", text)] or [len(text)]
    if cuts[-1] != len(text):
        cuts.append(len(text))
    sentences: list[Sentence] = []
    start = 0
    for cut in cuts:
        span = Span(start, cut).trimmed(text)
        sentences.append(Sentence(len(sentences), 0, span, ()))
        start = cut
    meta = Metadata(published=dt.date(2031, 5, 20))
    return Reading(text, lang, meta, (Block(0, Span(0, len(text)), kind),), tuple(sentences))


def scene(text: str, dates: dict[str, str] | None = None, quotes: tuple[Quote, ...] = ()) -> Annotations:
    mentions = [
        ActorMention(Span(*m.span()), (STATES[m[0]],), MentionForm.ADJECTIVE if m[0][0].islower() else MentionForm.NAME)
        for m in re.finditer(r"(?<!\w)(?:" + "|".join(STATES) + r")(?!\w)", text)
    ]
    mentions += [ActorMention(Span(*m.span()), (PERSON,), MentionForm.NAME) for m in re.finditer(PERSON, text)]
    return Annotations(
        actors=(
            ActorEntry("NOR", ActorKind.STATE, ("Norvège",)),
            ActorEntry("PER", ActorKind.STATE, ("Pérou",)),
            ActorEntry(PERSON, ActorKind.PERSON, (PERSON,), "ministre", ("NOR",)),
        ),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
        dates=tuple(
            DateMention(Span(text.index(words), text.index(words) + len(words)), value)
            for words, value in (dates or {}).items()
        ),
        quotes=quotes,
        meetings=(MeetingMention(Span(0, 0), None, None, ("NOR", "PER"), MeetingStatus.HELD),),
    )


def found(text: str, lang: str = "fr", dates: dict[str, str] | None = None) -> tuple[CommitmentMention, ...]:
    """Return the commitments of a text read without a tree."""
    return find_commitments(reading(text, lang), scene(text, dates))


def only(text: str, lang: str = "fr", dates: dict[str, str] | None = None) -> CommitmentMention:
    """Return the one commitment of a text."""
    commitments = found(text, lang, dates)
    assert len(commitments) == 1, [c.span.text(text) for c in commitments]
    return commitments[0]
