"""Which commitment a report of progress moves: the one of the same parties whose object it names, or none.

A report that fits two commitments equally well goes to the one made last before it; one that fits none stays alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.vocabulary import ActorKind, Sector
from palabre.reconcile.commitments import CommitmentGroup, about_of
from palabre.reconcile.figures import figures_in
from palabre.reconcile.items import ProgressItem, expanded, items_of
from palabre.reconcile.judged import key
from palabre.reconcile.words import concept_weights, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.judged import Decisions
    from palabre.reconcile.words import Features

THRESHOLD = 0.55
CROWD = 200


@dataclass(frozen=True, slots=True)
class ProgressLink:
    """A report of progress and the commitment it moves, with the reasons as codes."""

    progress: str
    commitment: str
    score: float
    why: str


def link_progress(
    documents: Sequence[ReadDocument], groups: Sequence[CommitmentGroup], decided: Decisions
) -> tuple[tuple[ProgressItem, ProgressLink], ...]:
    """Return each report of progress that moves a known commitment, with its link, in order of id.

    What people linked is linked, whatever the likeness.
    """
    found: tuple[ProgressItem, ...] = items_of(documents, "progress")
    items = tuple(i for i in found if not decided.is_rejected(i.id))
    about = {g.id: [about_of(i) for i in g.items] for g in groups}
    by_id = {g.id: g for g in groups}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for group_id in sorted(about):
        for block in group_keys(by_id[group_id], about[group_id]):
            holders[block].append(group_id)
    holder = {key(i.id): g.id for g in groups for i in g.items} if decided.links else {}
    linked = decided.linked(holder.get)
    out: list[tuple[ProgressItem, ProgressLink]] = []
    for item in items:
        told = linked(item.id)
        if told is not None:
            out.append((item, ProgressLink(item.id, told, 1.0, "decided")))
            continue
        its = about_of(item)
        candidates: dict[str, None] = {}
        for block in sorted(report_keys(item, its)):
            candidates.update(dict.fromkeys(holders.get(block, ())[:CROWD]))
        best: ProgressLink | None = None
        for group_id in sorted(candidates):
            link = score(item, its, by_id[group_id], about[group_id])
            if link is not None and (best is None or link.score > best.score + 1e-9):
                best = link
        if best is not None and best.score >= THRESHOLD:
            out.append((item, best))
    return tuple(out)


def report_keys(item: ProgressItem, about: Features) -> set[str]:
    """Return what a report shares with a commitment it is compared with: a thing, and a party if it names any."""
    named = parties_of(item)
    who = {*named, _NOBODY} if named else {_ANYBODY}
    return {f"{p}|{k}" for p in who for k in _things(about)}


def group_keys(group: CommitmentGroup, abouts: Sequence[Features]) -> set[str]:
    """Return the keys that a commitment answers to; `abouts` tell what each of its mentions is about."""
    out: set[str] = set()
    for item, about in zip(group.items, abouts, strict=True):
        involved = expanded(item.found.promisor) | expanded(item.found.beneficiary)
        out |= {f"{p}|{k}" for p in (*(involved or {_NOBODY}), _ANYBODY) for k in _things(about)}
    return out


_NOBODY, _ANYBODY = "-", "*"
"""For a commitment whose parties are not known, and for a report that names none."""


def _things(about: Features) -> set[str]:
    worth = concept_weights()
    return {k for k in about.weights if k.startswith("n:") or (k.startswith("c:") and worth.get(k[2:], 1.0) >= 0.5)} | {
        k for k in about.weights if k.startswith("w:") and len(k) > 7
    }


def parties_of(item: ProgressItem) -> frozenset[str]:
    """Return the parties a report of progress names: its own, else those of its sentence."""
    if item.found.parties:
        return expanded(item.found.parties)
    sentence = item.sentence
    named: set[str] = set()
    for mention in item.read.annotations.mentions:
        if mention.span.start >= sentence.end:
            break
        if sentence.contains(mention.span):
            for actor in mention.ids:
                named.update(item.read.annotations.speaks_for(actor))
    # A company or a service says nothing of the states it works for.
    groups = {a for a in named if len(expanded((a,))) > 1}
    states = {e.id for e in item.read.annotations.actors if e.kind is ActorKind.STATE}
    return expanded(named & (states | groups))


def score(
    item: ProgressItem, its: Features, commitment: CommitmentGroup, abouts: Sequence[Features]
) -> ProgressLink | None:
    """Return how well a report fits a commitment (given what each is about), or None."""
    named = parties_of(item)
    sector = item.found.sector
    best: ProgressLink | None = None
    for its_item, about in zip(commitment.items, abouts, strict=True):
        found = its_item.found
        if _before(item, its_item):
            continue
        promisor, involved = expanded(found.promisor), expanded(found.promisor) | expanded(found.beneficiary)
        if named and involved and not named & involved:
            continue
        who = 0.5 if not named or not involved else len(named & involved) / min(len(named), len(involved))
        if named and promisor and not named & promisor:
            who *= 0.6
        words = likeness(its, about)
        if words.shared_weight < 0.8 and not _same_amount(item, its_item):
            continue
        same_sector = sector is not None and (sector is found.sector or Sector.MULTI in (sector, found.sector))
        score = 0.3 * who + 0.35 * min(1.0, words.score * 1.6) + 0.25 * min(1.0, words.shared_weight / 1.3)
        score += 0.1 if same_sector else (-0.1 if sector is not None else 0.0)
        score += 0.25 if _same_amount(item, its_item) else 0.0
        if item.doc == its_item.doc:
            # What a text reports as moving is rarely what it has just reported as promised.
            score -= 0.1
        why = "object:" + "+".join(k[2:] for k in words.shared[:5])
        link = ProgressLink(item.id, commitment.id, round(min(1.0, score), 6), why)
        if best is None or link.score > best.score:
            best = link
    return best


def _before(item: ProgressItem, commitment: object) -> bool:
    told = item.read.document.meta.published
    made = commitment.read.document.meta.published  # type: ignore[attr-defined]
    return told is not None and made is not None and (made - told).days > 3


def _same_amount(item: ProgressItem, commitment: object) -> bool:
    amount = commitment.found.amount  # type: ignore[attr-defined]
    if not amount:
        return False
    wanted = figures_in(amount, commitment.lang)  # type: ignore[attr-defined]
    sentence = item.sentence.text(item.read.document.text)
    return bool(wanted) and any(f.value == wanted[0].value and f.value >= 1000 for f in figures_in(sentence, item.lang))
