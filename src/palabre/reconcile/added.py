"""What people read in documents that no extractor found: put among what was found, before anything is compared.

Pure. An addition is left out where the last reading has found the very same words as the same kind of thing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.model.annotations import (
    Annotations,
    CommitmentMention,
    IndirectStatement,
    MeetingMention,
    ProgressMention,
    Quote,
)
from palabre.model.documents import ReadDocument
from palabre.model.judgements import Addition, Judgement, Verdict
from palabre.model.mentions import KINDS, mention_id
from palabre.model.vocabulary import Firmness, MeetingStatus, ProgressStatus, Sector, StatementForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Mention = CommitmentMention | MeetingMention | ProgressMention | Quote | IndirectStatement
"""What can be added."""


def additions(judgements: Iterable[Judgement]) -> dict[str, tuple[Addition, ...]]:
    """Return the additions in force by document; the latest of the same words as the same thing holds."""
    latest: dict[tuple[str, str, int, int], Addition] = {}
    made = (j for j in judgements if j.withdrawn_at is None and j.verdict is Verdict.ADD)
    for judgement in sorted(made, key=lambda j: (j.made_at, j.id)):
        if judgement.added is not None:
            its = judgement.added
            latest[its.doc, its.kind, its.span.start, its.span.end] = its
    out: defaultdict[str, list[Addition]] = defaultdict(list)
    for (doc, *_), its in sorted(latest.items()):
        out[doc].append(its)
    return {doc: tuple(several) for doc, several in out.items()}


def with_added(read: ReadDocument, added: Mapping[str, tuple[Addition, ...]]) -> ReadDocument:
    """Return a read document with what people added to it."""
    mine = added.get(read.document.id)
    return ReadDocument(read.document, annotations_with(read.annotations, mine)) if mine else read


def annotations_with(found: Annotations, added: Iterable[Addition]) -> Annotations:
    """Return what was found in a document with what people added to it, each kind still sorted by span."""
    for its in added:
        present = getattr(found, its.kind)
        if its.kind in MAKERS and all(item.span != its.span for item in present):
            several = sorted((*present, MAKERS[its.kind](its)), key=lambda item: item.span)
            found = replace(found, **{its.kind: tuple(several)})
    return found


def added_id(added: Addition) -> str:
    """Return the id of the mention that an addition is."""
    return mention_id(dict(KINDS)[added.kind], added.doc, added.span)


def _commitment(added: Addition) -> Mention:
    said = dict(added.values)
    return CommitmentMention(
        span=added.span,
        promisor=_several(said.get("promisor")),
        beneficiary=_several(said.get("beneficiary")),
        action=said.get("action", ""),
        sector=Sector(said.get("sector", Sector.MULTI)),
        firmness=Firmness(said.get("firmness", Firmness.PLEDGED)),
        deadline=said.get("deadline"),
        amount=said.get("amount"),
        conditions=said.get("conditions"),
    )


def _meeting(added: Addition) -> Mention:
    said = dict(added.values)
    return MeetingMention(
        span=added.span,
        date=said.get("date"),
        place=said.get("place"),
        parties=_several(said.get("parties")),
        status=MeetingStatus(said.get("status", MeetingStatus.HELD)),
        title=said.get("title"),
    )


def _progress(added: Addition) -> Mention:
    said = dict(added.values)
    return ProgressMention(
        span=added.span,
        about=said.get("about", ""),
        status=ProgressStatus(said.get("status", ProgressStatus.UNDER_WAY)),
        parties=_several(said.get("parties")),
        date=said.get("date"),
    )


def _quote(added: Addition) -> Mention:
    return Quote(span=added.span, speaker=dict(added.values).get("speaker"), fragment=False)


def _statement(added: Addition) -> Mention:
    return IndirectStatement(added.span, dict(added.values).get("speaker"), StatementForm.INDIRECT)


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(v for v in (value or "").split(",") if v)


MAKERS: Mapping[str, Callable[[Addition], Mention]] = {
    "commitments": _commitment,
    "meetings": _meeting,
    "progress": _progress,
    "quotes": _quote,
    "statements": _statement,
}
"""What makes the annotation of each kind (the fields of `Annotations`)."""
