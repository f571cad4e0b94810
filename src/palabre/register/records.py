"""From groups of mentions to records: the values given by most independent origins, and what people corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from palabre.model.edtf import last_day, parse_or_none
from palabre.model.ids import same_content
from palabre.model.records import Commitment
from palabre.model.vocabulary import Firmness, FollowUpStatus, MeetingStatus, Sector
from palabre.reconcile.figures import amount_of
from palabre.reconcile.items import evidence_of, expanded, folded, most_common
from palabre.reconcile.meetings import best_date
from palabre.register.follow_up import made_on, status_of, told_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.records import FollowUp, Meeting
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.items import CommitmentItem
    from palabre.reconcile.judged import Decisions


def commitment_record(
    group: CommitmentGroup, events: Sequence[FollowUp], copies: Copies, decided: Decisions
) -> Commitment:
    """Return the record of one commitment. Its amount is the latest said; amounts are never added."""
    items = group.items
    ids = [i.id for i in items]
    docs = {i.doc for i in items}
    amounts = sorted(
        ((told_on(i) or "", i.doc, i.found.amount) for i in items if i.found.amount), key=lambda a: (a[0], a[1], a[2])
    )
    confirmed = decided.is_confirmed(ids)
    record = Commitment(
        id=group.id,
        mentions=evidence_of(items),
        promisor=_parties([i.found.promisor for i in items]),
        beneficiary=_parties([i.found.beneficiary for i in items]),
        action=_action(items),
        sector=_sector(items, copies),
        firmness=max((i.found.firmness for i in items), key=lambda f: f.rank),
        deadline=_deadline(items),
        amount=_amount(amounts, items),
        status=status_of(events),
        events=tuple(events),
        origins=copies.count(docs),
        official=copies.official(docs),
        vague=all(i.found.vague for i in items),
        confidence=1.0 if confirmed else max(i.found.confidence for i in items),
        made_on=made_on(items),
        conditions=most_common([i.found.conditions for i in items]),
        links=tuple(sorted((e.left, e.right, e.why) for e in group.links)),
        questions=()
        if confirmed
        else tuple(sorted({(same_content("c", e.right if e.left in ids else e.left), e.why) for e in group.questions})),
        amount_history=tuple((doc, day or None, amount) for day, doc, amount in amounts),
    )
    return _corrected(record, decided.values(ids))


def _parties(told: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the parties that at least half of the accounts give, so that one slip does not widen a promise."""
    known = [expanded(t) for t in told if t]
    counts: dict[str, int] = {}
    for parties in known:
        for party in parties:
            counts[party] = counts.get(party, 0) + 1
    return folded(p for p, n in counts.items() if n * 2 >= len(known))


def _action(items: Sequence[CommitmentItem]) -> str:
    """Return the action as the firmest and clearest account has it."""
    best = min(
        items, key=lambda i: (i.found.vague, -i.found.firmness.rank, -i.found.confidence, len(i.found.action), i.id)
    )
    action: str = best.found.action
    return action


def _sector(items: Sequence[CommitmentItem], copies: Copies) -> Sector:
    origins: dict[Sector, set[str]] = {}
    for item in items:
        origins.setdefault(item.found.sector, set()).add(copies.origin_of.get(item.doc, item.doc))
    return min(origins, key=lambda s: (s is Sector.MULTI, -len(origins[s]), s))


def _deadline(items: Sequence[CommitmentItem]) -> str | None:
    """Return the deadline most accounts give; a day that is not after the promise is that of the promise itself."""
    made = last_day(made_on(items))
    given = [i.found.deadline for i in items]
    return best_date([d for d in given if made is None or ((end := last_day(d)) is not None and end > made)])


def _amount(amounts: Sequence[tuple[str, str, str]], items: Sequence[CommitmentItem]) -> str | None:
    if not amounts:
        return None
    lang = {i.doc: i.lang for i in items}
    last_value = amount_of(amounts[-1][2], lang[amounts[-1][1]])
    # Of those that say the latest value, the most complete wording (« 80 milliards de yuans » over « 80 milliards »).
    same = [
        a
        for _, doc, a in amounts
        if last_value is None or ((v := amount_of(a, lang[doc])) is not None and v.value == last_value.value)
    ]
    return min(same, key=lambda a: (-len(a), a)) if same else amounts[-1][2]


_ENUMS: Mapping[str, Any] = {"sector": Sector, "firmness": Firmness, "status": FollowUpStatus}


def _corrected(record: Commitment, values: Mapping[str, str | None]) -> Commitment:
    changes: dict[str, Any] = {}
    for field, value in values.items():
        if field in _ENUMS:
            if value in list(_ENUMS[field]):
                changes[field] = _ENUMS[field](value)
        elif field in ("promisor", "beneficiary"):
            changes[field] = folded(p.strip() for p in (value or "").split(",") if p.strip())
        elif field in ("deadline", "made_on"):
            if value is None or parse_or_none(value) is not None:
                changes[field] = value
        elif field == "action":
            changes[field] = value or record.action
        elif field in ("amount", "conditions"):
            changes[field] = value
        elif field == "vague":
            changes[field] = value == "true"
    return replace(record, **changes) if changes else record


def corrected_meeting(record: Meeting, values: Mapping[str, str | None]) -> Meeting:
    """Return a meeting's record with what people corrected: date, place, parties, status, title, level, margins_of."""
    changes: dict[str, Any] = {}
    for field, value in values.items():
        if field == "parties":
            changes[field] = folded(p.strip() for p in (value or "").split(",") if p.strip())
        elif field == "status":
            if value in list(MeetingStatus):
                changes[field] = MeetingStatus(value)
        elif field == "date":
            if value is None or parse_or_none(value) is not None:
                changes[field] = value
        elif field in ("place", "title", "level", "margins_of"):
            changes[field] = value
    return replace(record, **changes) if changes else record
