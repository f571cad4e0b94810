"""Sentences of our own in which Norway moves something, read for progress."""

from __future__ import annotations

from palabre.extract.progress import find_progress
from palabre.model.annotations import ActorEntry, ActorMention, Annotations, ProgressMention
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.reading import Block, Reading, Sentence


def found(text: str) -> tuple[ProgressMention, ...]:
    span, at = Span(0, len(text)), text.find("Norvège")
    mentions = (ActorMention(Span(at, at + 7), ("NOR",), MentionForm.NAME),) if at >= 0 else ()
    scene = Annotations(actors=(ActorEntry("NOR", ActorKind.STATE, ("Norvège",)),), mentions=mentions)
    reading = Reading(text, "fr", blocks=(Block(0, span, "paragraph"),), sentences=(Sentence(0, 0, span, ()),))
    return find_progress(reading, scene)
