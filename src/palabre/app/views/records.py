"""The pages of one commitment and of one meeting: every source's words, what moved, what accounts say differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.app.judging import about
from palabre.model.edtf import last_day, parse_or_none
from palabre.model.records import Commitment, Meeting, Register
from palabre.register.checks import settled_by
from palabre.register.follow_up import ENDED, overdue
from palabre.register.replies import Replies
from palabre.store import judging, listings
from palabre.store.listings import Picked

if TYPE_CHECKING:
    import datetime as dt

    from palabre.app.views.asking import Asking
    from palabre.model.judgements import Judgement
    from palabre.model.records import Conflict, FollowUp, Origin
    from palabre.register.evidence import Passage

MOST_RELATED = 8
MOST_LOOKED_INTO = 30
"""Documents that tell of a meeting in which its commitments are looked for."""
MOST_CARRIED = 500


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """What one independent origin says: its passages, its own first; `kind` is communique, agency or report."""

    id: str | None
    kind: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """One contradiction or variant with the words of each side, the best supported first."""

    conflict: Conflict
    sides: tuple[tuple[str, int, bool, tuple[Passage, ...]], ...]
    """(value, independent origins, official, words)"""
    subject: tuple[str, str] | None = None
    """Kind and words of the record it is about."""
    settled: Judgement | None = None
    """The decision that settles it."""


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """One commitment. `hidden` counts passages not shown; `days_left` is negative when the deadline has passed."""

    record: Commitment
    overdue: bool
    days_left: int | None
    groups: tuple[OriginGroup, ...]
    hidden: int
    docs: int
    events: tuple[tuple[FollowUp, Passage | None], ...]
    disputes: tuple[Disputed, ...]
    meetings: tuple[Meeting, ...]
    alike: tuple[tuple[Commitment, str], ...]
    decisions: tuple[Judgement, ...]
    replies: tuple[Judgement, ...]
    looked_until: dt.date | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting, with what was promised in the texts that tell of it on its day."""

    record: Meeting
    groups: tuple[OriginGroup, ...]
    hidden: int
    docs: int
    disputes: tuple[Disputed, ...]
    promised: tuple[Commitment, ...]
    alike: tuple[tuple[Meeting, str], ...]
    decisions: tuple[Judgement, ...]


def commitment(asking: Asking, record: Commitment) -> CommitmentView:
    """Return the page of a commitment."""
    shown = asking.passages(record.mentions)
    events = asking.passages_of({str(n): (e.evidence,) for n, e in enumerate(record.events)})
    deadline = last_day(record.deadline)
    others = dict(record.questions)
    decisions = _decisions(asking, record)
    related = [] if record.made_on is None else _same_day(asking, record)
    _, last, _ = asking.know(listings.days)
    return CommitmentView(
        record=record,
        overdue=overdue(record, asking.today),
        days_left=(deadline - asking.today).days if deadline and record.status not in ENDED else None,
        groups=by_origin(asking, shown),
        hidden=len(record.mentions) - len(shown),
        docs=len({e.doc for e in record.mentions}),
        events=tuple((e, next(iter(events[str(n)]), None)) for n, e in enumerate(record.events)),
        disputes=disputes(asking, asking.conflicts(Picked("conflicts", about=record.id))),
        meetings=tuple(related[:MOST_RELATED]),
        alike=tuple((c, others[c.id]) for c in asking.commitments_of(others)),
        decisions=decisions,
        replies=Replies(decisions).to(record),
        looked_until=last,
    )


def _same_day(asking: Asking, record: Commitment) -> list[Meeting]:
    """Return the meetings that the texts which carry a commitment tell of, those of the day it was made first."""
    docs = sorted({e.doc for e in record.mentions})[:MOST_RELATED]
    found = asking.meetings(Picked("meetings", facet=("document", *docs)), limit=20 * MOST_RELATED)
    day = (record.made_on or "")[:10]
    # A meeting on another day, told as background, has little to do with the promise.
    near = [m for m in found if m.date and (m.date[:10] == day or m.date.startswith(day))]
    first = {doc: place for place, doc in enumerate(docs)}
    return sorted(near, key=lambda m: min((first[e.doc] for e in m.mentions if e.doc in first), default=0))


def meeting(asking: Asking, record: Meeting) -> MeetingView:
    """Return the page of a meeting."""
    shown = asking.passages(record.mentions)
    others = {why.rpartition("|")[2]: why for why in record.doubts}
    kin = [m for m in asking.ask(listings.of_ids, "meetings", others) if isinstance(m, Meeting)]
    return MeetingView(
        record=record,
        groups=by_origin(asking, shown),
        hidden=len(record.mentions) - len(shown),
        docs=len({e.doc for e in record.mentions}),
        disputes=disputes(asking, asking.conflicts(Picked("conflicts", about=record.id))),
        promised=promised_at(asking, record),
        alike=tuple((m, others[m.id]) for m in kin),
        decisions=_decisions(asking, record),
    )


def promised_at(asking: Asking, record: Meeting, most: int = 40) -> tuple[Commitment, ...]:
    """Return the commitments that the texts which tell of a meeting carry, made on one of its days; firmest first."""
    day = (record.date or "")[:10]
    if not day:
        return ()
    docs = sorted({e.doc for e in record.mentions})[:MOST_LOOKED_INTO]
    parsed = parse_or_none(record.date)
    first = (parsed.earliest or parsed.latest) if parsed is not None else None
    picked = Picked("commitments", facet=("document", *docs), since=first, until=first)
    carried = asking.ask(listings.records, picked, limit=MOST_CARRIED)
    found = [c for c in carried if isinstance(c, Commitment) and (c.made_on or "")[:10] == day]
    firm = sorted(found, key=lambda c: (c.vague, -c.firmness.rank, -c.origins, c.id))
    return tuple(firm[:most])


def by_origin(asking: Asking, shown: tuple[Passage, ...]) -> tuple[OriginGroup, ...]:
    """Return passages grouped by the origin behind them: official texts first, then in the order given."""
    kinds: dict[str, Origin] = {o.id: o for o in asking.origins({p.document.id for p in shown})}
    groups: dict[str, list[Passage]] = {}
    for passage in shown:
        groups.setdefault(passage.origin or passage.document.id, []).append(passage)
    made = [
        OriginGroup(key if key in kinds else None, kinds[key].kind if key in kinds else "report", tuple(several))
        for key, several in groups.items()
    ]
    return tuple(sorted(made, key=lambda g: g.kind != "communique"))


def disputes(asking: Asking, conflicts: tuple[Conflict, ...]) -> tuple[Disputed, ...]:
    """Return contradictions with the words of each side, contradictions before variants."""
    groups = {f"{c.id} {n}": side.evidence for c in conflicts for n, side in enumerate(c.values)}
    words = asking.passages_of(groups)
    subjects = asking.ask(listings.labels, [c.about for c in conflicts if c.about])
    held = _held(asking, conflicts) if conflicts else Register()
    meant = [e.id for c in held.commitments for e in c.mentions] + [e.id for m in held.meetings for e in m.mentions]
    made = asking.ask(judging.touching, [*(c.id for c in conflicts), *meant]) if conflicts else ()
    out = []
    for conflict in sorted(conflicts, key=lambda c: c.kind):
        sides = [
            (side.value, side.origins, side.official, words[f"{conflict.id} {n}"])
            for n, side in enumerate(conflict.values)
        ]
        sides.sort(key=lambda side: (not side[2], -side[1], side[0]))
        out.append(
            Disputed(conflict, tuple(sides), subjects.get(conflict.about or ""), settled_by(conflict, held, made))
        )
    return tuple(out)


def _held(asking: Asking, conflicts: tuple[Conflict, ...]) -> Register:
    """Return the records that contradictions are about, as a register of their own."""
    ids = [c.about for c in conflicts if c.about]
    meetings = tuple(m for m in asking.ask(listings.of_ids, "meetings", ids) if isinstance(m, Meeting))
    return Register(commitments=asking.commitments_of(ids), meetings=meetings)


def _decisions(asking: Asking, record: Commitment | Meeting) -> tuple[Judgement, ...]:
    ids = [record.id, *(e.id for e in record.mentions)]
    return about(asking.ask(judging.touching, ids), ids)
