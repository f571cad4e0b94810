"""The same commitment in several accounts: blocking, an explainable score, then groups. Doubtful pairs stay apart.

What makes two reports one commitment is who promises, to whom, and what; how firmly and when it was said do not count,
for that is what accounts disagree on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none
from palabre.model.ids import same_content
from palabre.model.vocabulary import Sector
from palabre.reconcile.actors import same_spelling
from palabre.reconcile.figures import Figure, amount_of
from palabre.reconcile.grouping import Grouped, Link, blocked_pairs, group
from palabre.reconcile.items import CommitmentItem, Item, days_of, expanded, folded, items_of
from palabre.reconcile.words import Features, Likeness, concept_weights, features, likeness
from palabre.text.fingerprints import plain_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.judged import Decisions

THRESHOLD = 0.74
DOUBT = 0.64
LONG_AGO_DAYS = 400
"""Texts further apart than this rarely tell of one promise, unless they give its sum."""


@dataclass(frozen=True)
class CommitmentGroup:
    """One commitment's mentions, the links that joined them, and the questions left."""

    items: tuple[CommitmentItem, ...]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]

    @property
    def id(self) -> str:
        """Return the record's id, made from its first mention."""
        return same_content("c", min(i.id for i in self.items))


def group_commitments(
    documents: Sequence[ReadDocument], copies: Copies, decided: Decisions
) -> tuple[CommitmentGroup, ...]:
    """Return the commitments that `documents` report. Refusals are left out: they commit to nothing."""
    found: tuple[CommitmentItem, ...] = items_of(documents, "commitments")
    items = tuple(i for i in found if not i.found.negated and not decided.is_rejected(i.id))
    by_id = {i.id: i for i in items}
    about = {i.id: about_of(i) for i in items}
    keys = {i.id: commitment_keys(i, about[i.id]) for i in items}
    links = []
    for left, right in blocked_pairs(keys, days_of(items)):
        link = compare(by_id[left], by_id[right], about[left], about[right], copies)
        if link is not None:
            links.append(link)
    return commitments_among(by_id, links, decided)


def commitments_among(
    by_id: Mapping[str, CommitmentItem], links: Sequence[Link], decided: Decisions
) -> tuple[CommitmentGroup, ...]:
    """Return the commitments that mentions (by id) report, given the links between them, weak ones too."""
    scores = {link.pair: link.score for link in links}

    def compatible(a: frozenset[str], b: frozenset[str]) -> bool:
        """Two groups join when their members agree on the whole, not through one bridge alone."""
        pairs = [(x, y) if x < y else (y, x) for x in sorted(a) for y in sorted(b)]
        if any(_excluded(by_id[x], by_id[y]) for x, y in pairs):
            return False
        return sum(scores.get(p, 0.0) for p in pairs) / len(pairs) >= THRESHOLD - 0.15

    def run(groups: Iterable[Sequence[str]]) -> Grouped:
        ties = decided.ties(list(by_id), groups)
        return group(list(by_id), links, ties, threshold=THRESHOLD, doubt=DOUBT, compatible=compatible)

    grouped = run(())
    if decided.splits:
        grouped = run(grouped.groups)
    return tuple(
        CommitmentGroup(tuple(by_id[i] for i in ids), links, questions) for ids, links, questions in grouped.by_group()
    )


@lru_cache(maxsize=4_096)
def _party_words(read_id: int, names: tuple[str, ...]) -> frozenset[str]:
    del read_id
    return frozenset(plain_word(w) for name in names for w in name.replace("'", " ").replace("’", " ").split())


def party_words(read: ReadDocument) -> frozenset[str]:
    """Return the plain words that name states, bodies and people in a document."""
    names: set[str] = set()
    for entry in read.annotations.actors:
        names.update(entry.names)
    for mention in read.annotations.mentions:
        if mention.form in ("name", "surname", "capital", "adjective"):
            names.add(mention.span.text(read.document.text))
    return _party_words(0, tuple(sorted(names)))


def about_of(item: Item) -> Features:  # type: ignore[type-arg]
    """Return what a mention is about: its own words, and the action in the words of the reading."""
    action = getattr(item.found, "action", None) or getattr(item.found, "about", "") or ""
    return features(f"{item.words} {action}", item.lang, party_words(item.read))


def commitment_keys(item: CommitmentItem, about: Features) -> set[str]:
    """Return the blocking keys: each promisor with each thing that is told of."""
    parties = expanded(item.found.promisor) or {"?"}
    worth = concept_weights()
    strong = [k for k in about.weights if k.startswith("n:") or (k.startswith("c:") and worth.get(k[2:], 1.0) >= 0.35)]
    weak = sorted(k for k in about.weights if k.startswith("w:"))[:8]
    keys = {f"{p}|{k}" for p in parties for k in strong} | {f"~{p}|{k}" for p in parties for k in weak}
    figure = amount_of(item.found.amount, item.lang)
    if figure is not None:
        keys |= {f"{p}|={figure.value:g}" for p in parties | expanded(item.found.beneficiary)}
    return keys or {f"{p}|{item.found.sector}" for p in parties}


def compare(a: CommitmentItem, b: CommitmentItem, about_a: Features, about_b: Features, copies: Copies) -> Link | None:
    """Return how likely two mentions are one commitment, with the reasons; None when they cannot be."""
    left, right = a.found, b.found
    if a.doc == b.doc:
        return _in_one_document(a, b, about_a, about_b)
    if copies.same_place(a.doc, left.span, b.doc, right.span):
        same = left.sector is right.sector or left.span != right.span
        return Link(a.id, b.id, 1.0, "copied_passage") if same and not _excluded(a, b) else None
    who, who_why = _parties(a, b)
    amount = _amounts(a, b)
    alike = _sectors(left.sector, right.sector) > 0 and not _years_apart(a, b)
    if who == 0.0 and amount > 0 and alike and _a_sum(a) and _involved(a) & _involved(b):
        # One large sum says more than who is named beside it: a part for the whole, a giver for a receiver.
        who, who_why = 0.5, "same_sum"
    if who == 0.0 or _excluded(a, b):
        return None
    words = likeness(about_a, about_b)
    sector = _sectors(left.sector, right.sector)
    if words.shared_weight < 0.5 and amount <= 0:
        return None
    # What is shared must weigh something by itself: two short clauses that share « partenariat » are not one promise.
    thing = 0.5 * min(1.0, words.score * 1.25) + 0.5 * min(1.0, words.shared_weight / 1.6)
    score = 0.3 * who + 0.15 * sector + 0.55 * thing + 0.2 * amount
    if not _deadlines(left.deadline, right.deadline):
        score -= 0.15
    if amount == 0 and _other_numbers(about_a, about_b):
        score -= 0.15
    if amount == 0 and _years_apart(a, b):
        score -= 0.2
    if (amount <= 0 or who_why == "same_sum") and _other_sites(about_a, about_b):
        # A plant here and a plant there: the same kind of promise, made again elsewhere.
        score = min(score, DOUBT + 0.05)
    if amount <= 0 and (
        (about_a.texts and not about_b.tells_of_texts) or (about_b.texts and not about_a.tells_of_texts)
    ):
        # « Plusieurs accords » may well hold the one thing promised elsewhere, and hold others.
        score = min(score, DOUBT + 0.05)
    why = [f"promisor:{who_why}"]
    why += ["object:" + "+".join(_named(words))] if words.shared else []
    if sector == 1.0:
        why.append(f"sector:{left.sector}")
    if amount > 0:
        why.append(f"amount:{left.amount}")
    return Link(a.id, b.id, round(max(0.0, min(1.0, score)), 6), " ".join(why))


def _in_one_document(a: CommitmentItem, b: CommitmentItem, about_a: Features, about_b: Features) -> Link | None:
    """A text may say one promise twice (headline and body); two promises it lists are two."""
    left, right = a.found, b.found
    if left.sector is not right.sector or expanded(left.promisor) != expanded(right.promisor):
        return None
    if _amounts(a, b) < 0 or (left.deadline != right.deadline and left.deadline and right.deadline):
        return None
    words = likeness(about_a, about_b)
    if words.score < 0.7 or words.shared_weight < 1.2:
        return None
    return Link(
        a.id, b.id, round(min(1.0, 0.2 + 0.8 * words.score), 6), "same_document object:" + "+".join(_named(words))
    )


def _named(words: Likeness) -> list[str]:
    return [k[2:] for k in words.shared[:5]]


def _parties(a: CommitmentItem, b: CommitmentItem) -> tuple[float, str]:
    left, right = expanded(a.found.promisor), expanded(b.found.promisor)
    if not left or not right:
        return 0.4, "unknown"
    shared = left & right
    if not shared:
        return 0.0, ""
    contained = len(shared) / min(len(left), len(right))
    named = "+".join(folded(shared))
    if not a.found.beneficiary or not b.found.beneficiary:
        return 0.3 * contained + 0.55, named
    involved = left | expanded(a.found.beneficiary), right | expanded(b.found.beneficiary)
    # What is promised to one state, or agreed with it, is not what is promised to another.
    if involved[0] - involved[1] and involved[1] - involved[0]:
        return 0.0, ""
    whole = len(involved[0] & involved[1]) / len(involved[0] | involved[1])
    joint = involved[0] == left or involved[1] == right
    if whole < 0.6 and joint:
        # What two agree between them is not what a larger circle agrees.
        return 0.0, ""
    return (0.7 * whole + 0.3 * contained if whole >= 0.6 else 0.8 * whole), named


def _other_numbers(a: Features, b: Features) -> bool:
    """Tell whether both count something and share no number (33 countries, 53 countries)."""
    left, right = ({k for k in f.weights if k.startswith("n:")} for f in (a, b))
    return bool(left) and bool(right) and not left & right


def _years_apart(a: CommitmentItem, b: CommitmentItem) -> bool:
    """Tell whether two texts are so far apart that a promise of the same kind is likely another."""
    days = a.read.document.meta.published, b.read.document.meta.published
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) > LONG_AGO_DAYS


def _other_sites(a: Features, b: Features) -> bool:
    """Tell whether both name the town where what is promised will stand, and not the same."""
    return bool(a.sites) and bool(b.sites) and not any(same_spelling(x, y) for x in a.sites for y in b.sites)


def _sectors(a: Sector, b: Sector) -> float:
    if a is b:
        return 1.0
    return 0.5 if Sector.MULTI in (a, b) else 0.0


def summed(item: CommitmentItem) -> Figure | None:
    """Return the figure of a commitment's amount, or None."""
    return amount_of(item.found.amount, item.lang)


def _a_sum(item: CommitmentItem) -> bool:
    figure = summed(item)
    return figure is not None and figure.value >= 1e5


def _involved(item: CommitmentItem) -> frozenset[str]:
    return expanded(item.found.promisor) | expanded(item.found.beneficiary)


def _amounts(a: CommitmentItem, b: CommitmentItem) -> float:
    """Return 1.0 for one amount, -1.0 for two, 0.0 when nothing can be said."""
    left, right = summed(a), summed(b)
    if left is None or right is None:
        return 0.0
    if abs(left.value - right.value) <= 0.01 * max(left.value, right.value):
        return 1.0
    scale = max(left.value, right.value) / max(1e-9, min(left.value, right.value))
    if left.currency != right.currency and left.currency and right.currency:
        return 0.0
    return -1.0 if scale > 1.01 else 0.0


def _deadlines(a: str | None, b: str | None) -> bool:
    left, right = parse_or_none(a), parse_or_none(b)
    return left is None or right is None or left.compatible(right)


def _excluded(a: CommitmentItem, b: CommitmentItem) -> bool:
    """Tell whether two mentions are listed side by side as two promises."""
    if a.doc != b.doc or a.found.span == b.found.span:
        return a.doc == b.doc and a.found.sector is not b.found.sector
    return a.found.sector is not b.found.sector or _amounts(a, b) < 0
