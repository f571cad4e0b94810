"""Writes annotations and a register in the shapes of `formats`. Nothing is worked out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.export import formats as f

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.annotations import Annotations
    from palabre.model.documents import ReadDocument
    from palabre.model.records import Conflict, Evidence, Register


def annotated(read: ReadDocument) -> f.AnnotatedDocument:
    """Return one document with its annotations, as `palabre annotate` prints it."""
    document, found, meta = read.document, read.annotations, read.document.meta
    return f.AnnotatedDocument(
        doc=document.name,
        path=document.path,
        text=document.text,
        lang=meta.lang,
        published=meta.published.isoformat() if meta.published else None,
        title=meta.title,
        author=meta.author,
        outlet=meta.outlet,
        agency=meta.agency,
        url=meta.url,
        boilerplate=[f.BoilerplateOut(start=b.span.start, end=b.span.end, why=b.why) for b in found.boilerplate],
        quotes=[
            f.QuoteOut(
                start=q.span.start, end=q.span.end, speaker=q.speaker, fragment=q.fragment, confidence=q.confidence
            )
            for q in found.quotes
        ],
        statements=[
            f.StatementOut(start=s.span.start, end=s.span.end, speaker=s.speaker, form=s.form, confidence=s.confidence)
            for s in found.statements
        ],
        dates=[
            f.DateOut(
                start=d.span.start, end=d.span.end, value=d.value, weekday_conflict=d.weekday_conflict is not None
            )
            for d in found.dates
        ],
        meetings=[
            f.MeetingOut(
                start=m.span.start,
                end=m.span.end,
                date=m.date,
                place=m.place,
                parties=list(m.parties),
                status=m.status,
                title=m.title,
                level=m.level,
                margins_of=m.margins_of,
                confidence=m.confidence,
            )
            for m in found.meetings
        ],
        commitments=_commitments(document.text, found),
        progress=[
            f.ProgressOut(start=p.span.start, end=p.span.end, about=p.about, status=p.status, confidence=p.confidence)
            for p in found.progress
        ],
        figures=[
            f.FigureOut(
                start=c.span.start,
                end=c.span.end,
                kind=c.kind,
                value=c.value,
                unit=c.unit,
                measures=c.measures,
                claimant=c.claimant,
                approximate=c.approximate,
            )
            for c in found.figures
        ],
        actors=_actors(found),
        notes=list(found.notes),
    )


def _commitments(text: str, found: Annotations) -> list[f.CommitmentOut]:
    # A refusal is kept in the store for the follow-up; it is no promise, so the output leaves it out.
    return [
        f.CommitmentOut(
            start=c.span.start,
            end=c.span.end,
            promisor=list(c.promisor),
            beneficiary=list(c.beneficiary),
            action=c.action,
            sector=c.sector,
            firmness=c.firmness,
            deadline=c.deadline,
            amount=c.amount,
            conditions=c.conditions,
            vague=c.vague,
            confidence=c.confidence,
            cue=c.cue.text(text) if c.cue else None,
        )
        for c in found.commitments
        if not c.negated
    ]


def _actors(found: Annotations) -> list[f.ActorOut]:
    places: dict[str, list[tuple[int, int]]] = {}
    for mention in found.mentions:
        for actor_id in mention.ids:
            places.setdefault(actor_id, []).append((mention.span.start, mention.span.end))
    return [
        f.ActorOut(id=a.id, kind=a.kind, names=list(a.names), office=a.office, mentions=places.get(a.id, []))
        for a in found.actors
        if a.matters
    ]


def reconciled(register: Register, documents: Sequence[ReadDocument]) -> f.ReconciledDossier:
    """Return a register as `palabre reconcile` prints it; documents go by their file's name."""
    names = {read.document.id: read.document.name for read in documents}
    return f.ReconciledDossier(
        copies=[sorted(names[d] for d in origin.docs) for origin in register.origins if len(origin.docs) > 1],
        origins=[
            f.OriginOut(id=o.id, kind=o.kind, docs=sorted(names[d] for d in o.docs), first=names[o.first])
            for o in register.origins
        ],
        meetings=[
            f.MeetingRecordOut(
                id=m.id,
                mentions=[_mention(e, names) for e in m.mentions],
                date=m.date,
                place=m.place,
                parties=list(m.parties),
                status=m.status,
                title=m.title,
                session=m.session,
                origins=m.origins,
            )
            for m in register.meetings
        ],
        commitments=[
            f.CommitmentRecordOut(
                id=c.id,
                mentions=[_mention(e, names) for e in c.mentions],
                promisor=list(c.promisor),
                beneficiary=list(c.beneficiary),
                action=c.action,
                sector=c.sector,
                firmness=c.firmness,
                deadline=c.deadline,
                amount=c.amount,
                vague=c.vague,
                origins=c.origins,
                status=c.status,
                events=[
                    f.EventOut(
                        doc=names[e.evidence.doc],
                        date=e.date,
                        status=e.status,
                        about=e.about,
                        start=e.evidence.span.start,
                        end=e.evidence.span.end,
                    )
                    for e in c.events
                ],
            )
            for c in register.commitments
        ],
        conflicts=[_conflict(c, names) for c in register.conflicts],
    )


def _mention(evidence: Evidence, names: Mapping[str, str]) -> f.MentionOut:
    return f.MentionOut(doc=names[evidence.doc], start=evidence.span.start, end=evidence.span.end)


def _conflict(conflict: Conflict, names: Mapping[str, str]) -> f.ConflictOut:
    return f.ConflictOut(
        id=conflict.id,
        what=conflict.what,
        field=conflict.field,
        kind=conflict.kind,
        about=conflict.about,
        values=[
            f.SideOut(value=side.value, docs=sorted(names[d] for d in side.docs), origins=side.origins)
            for side in conflict.values
        ],
    )
