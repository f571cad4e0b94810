"""What to check first: records in doubt, the worst first, each with why and with when anybody last looked.

*Nothing found since* (texts were read that are later than the last news, and none tells of it) is one thing, *not
looked at since* (no later text was read) another. Nothing is decided here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none
from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import PROGRESS, ids_of
from palabre.model.vocabulary import MeetingStatus
from palabre.reconcile.compared import CONTRADICTION
from palabre.reconcile.judged import key
from palabre.register.agenda import unreported
from palabre.register.follow_up import ENDED, overdue
from palabre.register.sessions import framework

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.model.documents import Document, ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.records import Commitment, Conflict, Meeting, Register

WEIGHTS: Mapping[str, int] = {
    "overdue": 6,
    "contradicted": 5,
    "unreported": 5,
    "session_late": 5,
    "question": 4,
    "unlinked": 2,
    "one_origin": 2,
    "silent": 2,
    "not_looked": 2,
    "no_date": 2,
    "no_beneficiary": 1,
    "no_deadline": 1,
    "no_place": 1,
}
"""How much each reason weighs: what may be wrong or missed before what is only thin."""

SILENT_DAYS = 180
"""Days without news after which a commitment is worth a look."""


@dataclass(frozen=True, slots=True)
class Look:
    """When a record was last heard of, and what was looked at since, up to the day asked.

    `news` is the last day a text tells of it; `read_since` counts the dossier's texts published later and `until` is
    the day of the last of them; `added` is when somebody last added a text. Any may be unknown.
    """

    news: dt.date | None
    read_since: int
    until: dt.date | None
    added: dt.date | None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to check. `kind` is commitment, meeting, conflict, progress, document or session; `about` its id.

    `why` are keys of `WEIGHTS`, the gravest first; `others` the ids of the records it may be one with, or of the
    contradictions; `filled` and `fields` say how complete it is.
    """

    kind: str
    about: str
    text: str
    why: tuple[str, ...]
    weight: int
    look: Look
    others: tuple[str, ...] = ()
    origins: int = 0
    official: bool = False
    filled: int = 0
    fields: int = 0


@dataclass(frozen=True)
class _Seen:
    """What was looked at: days of publication in order, the day of the last addition, the keys people confirmed."""

    published: Sequence[dt.date]
    added: dt.date | None
    confirmed: frozenset[str]

    def since(self, news: dt.date | None) -> Look:
        later = len(self.published) - (bisect_right(self.published, news) if news else 0)
        return Look(news, later, self.published[-1] if later else None, self.added)


def checks(
    register: Register,
    dossier: Dossier,
    documents: Mapping[str, Document],
    as_of: dt.date,
    *,
    added: Mapping[str, str] | None = None,
    judgements: Iterable[Judgement] = (),
    reads: Iterable[ReadDocument] = (),
) -> tuple[Check, ...]:
    """Return what is worth a look on the day `as_of`, the worst first.

    `documents` is by id; `added` says when each was added (ISO 8601); `reads`, when given, are searched for reports of
    progress that move no known commitment. Contradictions that a decision settled (the
    contradiction or its record confirmed, its record corrected in that field) are left out; a record that was
    confirmed is judged on what happens alone, not on how thin it is.
    """
    published = sorted(d.meta.published for d in documents.values() if d.meta.published)
    last = max((added or {}).values(), default=None)
    stands = tuple(j for j in judgements if j.withdrawn_at is None)
    confirmed = frozenset(key(t) for j in stands if j.verdict is Verdict.CONFIRM for t in j.targets)
    seen = _Seen(published, dt.date.fromisoformat(last[:10]) if last else None, confirmed)
    disputed = open_contradictions(register, stands)
    by_record: dict[str, list[str]] = {}
    for conflict in disputed:
        if conflict.about:
            by_record.setdefault(conflict.about, []).append(conflict.id)
    holder = {key(e.id): c.id for c in register.commitments for e in c.mentions}
    out = [_commitment(c, by_record.get(c.id, []), holder, seen, as_of) for c in register.commitments if not c.vague]
    out += [_meeting(m, by_record.get(m.id, []), seen, as_of) for m in register.meetings]
    shown = {c.about for c in out}
    out += [
        _check(
            "conflict", c.id, c.what, {"contradicted": True}, seen.since(None), origins=sum(s.origins for s in c.values)
        )
        for c in disputed
        if c.about is None or c.about not in shown
    ]
    out += [
        _check("document", d.id, d.meta.title or d.name, {"no_date": True}, seen.since(None))
        for d in documents.values()
        if d.meta.published is None
    ]
    out += _unlinked(register, reads, stands, seen)
    out += _session(register, dossier, seen, as_of)
    kept = [c for c in out if c.weight > 1]
    return tuple(sorted(kept, key=_worst_first))


def _worst_first(check: Check) -> tuple[int, int, str, dt.date, str]:
    return (-WEIGHTS[check.why[0]], -check.weight, check.kind, check.look.news or dt.date.min, check.about)


def open_contradictions(register: Register, judgements: Iterable[Judgement]) -> tuple[Conflict, ...]:
    """Return the contradictions that no decision in force has settled."""
    about: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        for its in {key(t) for t in judgement.targets}:
            about.setdefault(its, []).append(judgement)
    records: dict[str, Commitment | Meeting] = {c.id: c for c in register.commitments}
    records |= {m.id: m for m in register.meetings}

    def settled(conflict: Conflict) -> bool:
        record = records.get(conflict.about or "")
        ids = (conflict.id, *(e.id for e in record.mentions)) if record is not None else (conflict.id,)
        touching = [j for its in ids for j in about.get(key(its), ())]
        return bool(touching) and settled_by(conflict, register, touching) is not None

    return tuple(c for c in register.conflicts if c.kind == CONTRADICTION and not settled(c))


def settled_by(conflict: Conflict, register: Register, judgements: Iterable[Judgement]) -> Judgement | None:
    """Return the last decision in force that settles a contradiction, or None.

    It is settled when somebody confirmed it or the record it is about, or corrected that record in that field.
    """
    deciding = [j for j in judgements if j.withdrawn_at is None and j.verdict in (Verdict.CONFIRM, Verdict.CORRECT)]
    if not deciding:
        return None
    keys = {key(conflict.id)}
    records: Sequence[Commitment | Meeting] = (*register.commitments, *register.meetings)
    for record in records:
        if record.id == conflict.about:
            keys.update(key(e.id) for e in record.mentions)
    fields = {conflict.field, _FIELD_OF.get(conflict.field, conflict.field)}
    found = [
        j
        for j in deciding
        if (j.verdict is Verdict.CONFIRM or j.field in fields) and keys & {key(t) for t in j.targets}
    ]
    return max(found, key=lambda j: (j.made_at, j.id), default=None)


_FIELD_OF = {
    "weekday": "date",
    "duration": "date",
    "format": "parties",
    "stage": "status",
    "currency": "amount",
    "equivalent": "amount",
}
"""The field whose correction settles a contradiction on another."""


def _check(
    kind: str,
    about: str,
    text: str,
    reasons: Mapping[str, bool],
    look: Look,
    *,
    others: Iterable[str] = (),
    origins: int = 0,
    official: bool = False,
    filled: Sequence[object] = (),
) -> Check:
    why = sorted((code for code, met in reasons.items() if met), key=lambda code: -WEIGHTS[code])
    return Check(
        kind=kind,
        about=about,
        text=text,
        why=tuple(why),
        weight=sum(WEIGHTS[code] for code in why),
        look=look,
        others=tuple(dict.fromkeys(others)),
        origins=origins,
        official=official,
        filled=sum(bool(f) for f in filled),
        fields=len(filled),
    )


def _commitment(
    record: Commitment, disputed: Sequence[str], holder: Mapping[str, str], seen: _Seen, as_of: dt.date
) -> Check:
    look = seen.since(last_news(record))
    ended = record.status in ENDED
    confirmed = not seen.confirmed.isdisjoint(key(e.id) for e in record.mentions)
    old = look.news is not None and (as_of - look.news).days > SILENT_DAYS and not ended
    reasons = {
        "overdue": overdue(record, as_of),
        "contradicted": bool(disputed),
        "question": bool(record.questions),
        "silent": old and look.read_since > 0,
        "not_looked": old and look.read_since == 0,
        "one_origin": record.origins < 2 and not record.official and not confirmed and not ended,
        "no_beneficiary": not record.beneficiary and not confirmed and not ended,
        "no_deadline": record.deadline is None and not confirmed and not ended,
    }
    filled = (record.promisor, record.beneficiary, record.deadline, record.amount, record.made_on)
    # A question names a passage: what is shown is the record that holds it now.
    doubts = dict.fromkeys(holder.get(key(other), other) for other, _ in record.questions)
    others = (*disputed, *(d for d in doubts if d != record.id))
    return _check(
        "commitment", record.id, record.action, reasons, look,
        others=others, origins=record.origins, official=record.official, filled=filled,
    )  # fmt: skip


def last_news(record: Commitment) -> dt.date | None:
    """Return the last day, as far as texts tell, on which a commitment was heard of."""
    days = [parse_or_none(d) for d in (record.made_on, *(e.date for e in record.events))]
    return max((d.latest for d in days if d and d.latest), default=None)


def _meeting(record: Meeting, disputed: Sequence[str], seen: _Seen, as_of: dt.date) -> Check:
    date = parse_or_none(record.date)
    held = record.status is MeetingStatus.HELD
    reasons = {
        "unreported": unreported(record, as_of),
        "contradicted": bool(disputed),
        "question": bool(record.doubts),
        "no_date": date is None,
        "no_place": record.place is None and held,
    }
    filled = (record.date, record.place, record.parties, record.title, record.level)
    others = (*disputed, *(d.rpartition("|")[2] for d in record.doubts))
    return _check(
        "meeting", record.id, record.title or record.place or "", reasons, seen.since(date.latest if date else None),
        others=others, origins=record.origins, filled=filled,
    )  # fmt: skip


def _unlinked(
    register: Register, reads: Iterable[ReadDocument], stands: Sequence[Judgement], seen: _Seen
) -> list[Check]:
    """Return the reports of progress that move nothing, those people rejected left out."""
    known = {e.evidence.id for c in register.commitments for e in c.events}
    known.update(t for j in stands if j.verdict is Verdict.REJECT for t in j.targets)
    out = []
    for read in reads:
        doc = read.document
        found = read.annotations.progress
        for its, report in zip(ids_of(PROGRESS, doc.id, found), found, strict=True):
            if its not in known:
                said = report.about or report.span.text(doc.text)
                out.append(_check("progress", its, said, {"unlinked": True}, seen.since(doc.meta.published)))
    return out


def _session(register: Register, dossier: Dossier, seen: _Seen, as_of: dt.date) -> list[Check]:
    frame = framework(register.meetings, dossier, as_of)
    if not frame.late_by or not frame.sessions:
        return []
    last = frame.sessions[-1]
    date = parse_or_none(last.date)
    look = seen.since(date.latest if date else None)
    return [_check("session", last.meeting, frame.next_due or "", {"session_late": True}, look)]
