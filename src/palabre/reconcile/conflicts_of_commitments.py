"""What accounts of one commitment say differently: who, how firmly, how much, in which currency, by when, where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none
from palabre.model.spans import merged
from palabre.model.vocabulary import Firmness, MeetingStatus
from palabre.reconcile.commitments import about_of
from palabre.reconcile.compared import CONTRADICTION, VARIANT, Claim, Compared, Finding, disagree, place_in, words_for
from palabre.reconcile.figures import Figure, amount_of, figures_in
from palabre.reconcile.items import expanded, folded
from palabre.reconcile.phrases import phrases_in
from palabre.reconcile.places import is_country, places_in, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.items import CommitmentItem

TOGETHER_DAYS = 14
"""Accounts written further apart may both be right: the promise may have changed between them."""
LARGE = 1e5
"""Smaller numbers are counts, not sums of money to be found again elsewhere in a text."""


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield what accounts of each commitment say differently."""
    for group in compared.commitments:
        subject = {"action": _called(group)}
        if len({i.doc for i in group.items}) > 1:
            for found in (
                _firmness(group),
                _promisor(group),
                _amount(group),
                _deadline(group),
                _cadence(group),
                _next_place(group),
            ):
                if found is not None:
                    field, kind, claims = found
                    yield Finding(field, kind, group.id, tuple(claims), subject)
            yield from _equivalents(group, subject)
        currency = _currency(group)
        if currency is not None:
            yield Finding("currency", CONTRADICTION, group.id, tuple(currency), subject)


Found = tuple[str, str, list[Claim]]


def _called(group: CommitmentGroup) -> str:
    best = min(group.items, key=lambda i: (i.found.vague, -i.found.firmness.rank, i.id))
    words = " ".join((best.found.action or best.words).split())
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"


def _together(items: Sequence[CommitmentItem]) -> bool:
    """Tell whether the accounts were written at one time; those without a date may have been."""
    days = [d for i in items if (d := i.read.document.meta.published) is not None]
    return not days or (max(days) - min(days)).days <= TOGETHER_DAYS


def _firmness(group: CommitmentGroup) -> Found | None:
    """Promised in one account, only talked about in another."""
    firm = [i for i in group.items if i.found.firmness.rank >= Firmness.PLEDGED.rank and not i.found.vague]
    docs = {i.doc for i in firm}
    weak = [
        i
        for i in group.items
        if i.found.firmness is Firmness.INTENDED and i.doc not in docs and not _before_the_meeting(i)
    ]
    if not firm or not weak or not _together([*firm, *weak]):
        return None
    talked = [
        i for i in weak if phrases_in(i.sentence.text(i.read.document.text), words_for(i.lang, "discussed", "words"))
    ]
    if not talked:
        # Wished for here and promised there: the same thing told more or less warmly.
        return None
    claims = [Claim(i.found.firmness.value, i.evidence) for i in firm]
    return "firmness", CONTRADICTION, claims + [Claim("discussed", i.evidence) for i in talked]


def _before_the_meeting(item: CommitmentItem) -> bool:
    """Tell whether the text was written while its meetings were still to come: what it wishes may be agreed there."""
    first = next((m for m in item.read.annotations.meetings if m.date), None)
    return first is not None and first.status is MeetingStatus.PLANNED


def _promisor(group: CommitmentGroup) -> Found | None:
    """One side announces what another account says all sides agreed."""
    firm = [
        i
        for i in group.items
        # What all sides agreed is no mere wish, however little can be checked in it.
        if i.found.promisor
        and (
            i.found.firmness.rank >= Firmness.AGREED.rank
            or (i.found.firmness is Firmness.PLEDGED and not i.found.vague)
        )
    ]
    joint = [i for i in firm if i.found.firmness.rank >= Firmness.AGREED.rank]
    alone = [i for i in firm if i.found.firmness is Firmness.PLEDGED]
    for one in alone:
        for both in joint:
            if one.doc != both.doc and expanded(one.found.promisor) < expanded(both.found.promisor):
                claims = [Claim("+".join(folded(i.found.promisor)), i.evidence) for i in (*alone, *joint)]
                if _together([*alone, *joint]) and disagree(claims):
                    return "promisor", CONTRADICTION, claims
    return None


def _amount(group: CommitmentGroup) -> Found | None:
    told = [(i, f) for i in group.items if (f := amount_of(i.found.amount, i.lang)) is not None]
    for n, (a, left) in enumerate(told):
        for b, right in told[n + 1 :]:
            if a.doc != b.doc and left.currency == right.currency and left.excludes(right) and _together([a, b]):
                claims = [Claim(i.found.amount or "", i.evidence) for i, f in told if f.currency == left.currency]
                if disagree(claims):
                    return "amount", CONTRADICTION, claims
    return None


def _currency(group: CommitmentGroup) -> list[Claim] | None:
    """The same number of two currencies: one of them is a slip. Looked for in the whole of each document."""
    sums = {
        f.value
        for i in group.items
        if (f := amount_of(i.found.amount, i.lang)) is not None and f.currency and f.value >= LARGE
    }
    if not sums:
        return None
    claims: list[Claim] = []
    seen: set[str] = set()
    for item in group.items:
        if item.doc in seen:
            continue
        seen.add(item.doc)
        text = item.read.document.text
        clutter = merged(b.span for b in item.read.annotations.boilerplate)
        told: set[str] = set()
        for figure in figures_in(text, item.lang):
            if figure.value not in sums or not figure.currency or figure.currency in told:
                continue
            if not any(c.touches(figure.span) for c in clutter):
                told.add(figure.currency)
                claims.append(Claim(figure.currency, place_in(item.read, figure.span)))
    return claims if len({c.value for c in claims}) > 1 else None


def _equivalents(group: CommitmentGroup, subject: dict[str, str]) -> Iterator[Finding]:
    """What the sum is worth in other currencies, as each account converts it."""
    told: dict[str, list[tuple[Figure, Claim]]] = {}
    for item in group.items:
        main = amount_of(item.found.amount, item.lang)
        if main is None or main.value < LARGE:
            continue
        sentence = item.sentence
        text = sentence.text(item.read.document.text)
        previous: Figure | None = None
        for figure in figures_in(text, item.lang):
            if figure.value == main.value and (figure.currency == main.currency or not main.currency):
                previous = figure
                continue
            if previous is None or figure.currency is None or figure.currency == main.currency:
                continue
            between = text[previous.span.end : figure.span.start]
            converts = phrases_in(between, words_for(item.lang, "equivalent", "words")) or "(" in between
            if len(between) > 90 or not converts:
                previous = None
                continue
            previous = figure
            where = place_in(item.read, figure.span.shifted(sentence.start))
            value = " ".join(figure.span.text(text).split())
            if figure.approximate:
                value = f"{figure.approximate}: {value}"
            told.setdefault(figure.currency, []).append((figure, Claim(value, where)))
    for currency in sorted(told):
        figures = told[currency]
        spread = max(f.value for f, _ in figures) / min(f.value for f, _ in figures)
        claims = [c for _, c in figures]
        if spread > 1.005 and disagree(claims):
            apart = any(a.excludes(b) for n, (a, _) in enumerate(figures) for b, _ in figures[n + 1 :])
            yield Finding(
                "equivalent",
                CONTRADICTION if apart else VARIANT,
                group.id,
                tuple(claims),
                {**subject, "currency": currency},
            )


def _deadline(group: CommitmentGroup) -> Found | None:
    told = [(i, d) for i in group.items if (d := parse_or_none(i.found.deadline)) is not None]
    for n, (a, left) in enumerate(told):
        for b, right in told[n + 1 :]:
            if a.doc != b.doc and not left.compatible(right) and _together([a, b]):
                claims = [Claim(d.value, i.evidence) for i, d in told]
                if disagree(claims):
                    return "deadline", CONTRADICTION, claims
    return None


def _cadence(group: CommitmentGroup) -> Found | None:
    claims: list[Claim] = []
    for item in group.items:
        cadences: dict[str, list[str]] = words_for(item.lang, "cadence")
        sentence = item.sentence.text(item.read.document.text)
        told = {}
        for period, cues in cadences.items():
            found = phrases_in(item.words, cues) or phrases_in(sentence, cues)
            if found:
                told[period] = found[0]
        exact = {p: s for p, s in told.items() if p != "regular"} or told
        if len(exact) == 1:
            claims += [Claim(p, item.evidence) for p in exact]
    if not disagree(claims):
        return None
    exact_values = {c.value for c in claims} - {"regular"}
    return "cadence", CONTRADICTION if len(exact_values) > 1 else VARIANT, claims


def _next_place(group: CommitmentGroup) -> Found | None:
    """Where regular meetings will be held: a capital in one account, its country in another."""
    meets = [i for i in group.items if {"meeting", "regular"} <= about_of(i).concepts()]
    named: list[tuple[CommitmentItem, dict[str, set[str]]]] = []
    for item in meets:
        states: dict[str, set[str]] = {}
        for span in places_in(item.words, item.lang):
            place = span.text(item.words)
            states.setdefault(state_of(place) or place, set()).add("country" if is_country(place) else place)
        if states:
            named.append((item, states))
    for n, (a, left) in enumerate(named):
        for b, right in named[n + 1 :]:
            shared = left.keys() & right.keys()
            if a.doc != b.doc and any(left[s].isdisjoint(right[s]) for s in shared):
                claims = [Claim(_place_words(i), i.evidence) for i, _ in named]
                if disagree(claims):
                    return "next_place", VARIANT, claims
    return None


def _place_words(item: CommitmentItem) -> str:
    """Return the words from the first place named to the end of the clause."""
    spans = places_in(item.words, item.lang)
    start = max(0, item.words.rfind(" ", 0, max(0, spans[0].start - 1)) + 1)
    words = " ".join(item.words[start:].split())
    return words if len(words) <= 80 else words[:79] + "…"
