"""How much of a promised sum has been provided so far, as texts of one time tell it differently."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.reconcile.commitments import summed
from palabre.reconcile.compared import CONTRADICTION, Claim, Compared, Finding, place_in, words_for
from palabre.reconcile.figures import figures_in
from palabre.reconcile.items import sentence_around
from palabre.reconcile.phrases import phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.figures import Figure

TOGETHER_DAYS = 14
SETTLED_DAYS = 30
"""Texts of the first month tell how the sum will be shared out, not what was provided of it."""


@dataclass(frozen=True)
class _Told:
    """The largest part of the sum that a document says was provided."""

    read: ReadDocument
    figure: Figure
    span: Span


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield the sums of which accounts of one time tell different parts as provided."""
    by_id = {d.document.id: d for d in compared.documents}
    for group in compared.commitments:
        sums = {(f.currency, f.value) for i in group.items if (f := summed(i)) is not None and f.currency}
        if not sums:
            continue
        docs = {i.doc for i in group.items} | {i.doc for i, _ in compared.progress.get(group.id, ())}
        made = min((d for i in group.items if (d := i.read.document.meta.published)), default=None)
        told = [t for doc in sorted(docs) if (t := _provided(by_id[doc], group, sums, made)) is not None]
        claims = _apart(told)
        if claims:
            subject = {"action": " ".join((group.items[0].found.action or group.items[0].words).split())[:90]}
            yield Finding("progress_figure", CONTRADICTION, group.id, tuple(claims), subject)


def _provided(
    read: ReadDocument, group: CommitmentGroup, sums: set[tuple[str, float]], made: dt.date | None
) -> _Told | None:
    day = read.document.meta.published
    if day is None or made is None or (day - made).days < SETTLED_DAYS:
        return None
    lang = read.document.meta.lang or "fr"
    text = read.document.text
    own = [i.found.span for i in group.items if i.doc == read.document.id]
    best: _Told | None = None
    for cue in phrases_in(text, words_for(lang, "provided", "words")):
        sentence = sentence_around(text, cue)
        for figure in figures_in(sentence.text(text), lang):
            span = figure.span.shifted(sentence.start)
            part = any(figure.currency == c and 0.01 * v < figure.value < 0.98 * v for c, v in sums)
            if not part or any(o.contains(span) for o in own):
                continue
            if best is None or figure.value > best.figure.value:
                best = _Told(read, figure, span)
    return best


def _apart(told: list[_Told]) -> list[Claim]:
    for n, a in enumerate(told):
        for b in told[n + 1 :]:
            days = a.read.document.meta.published, b.read.document.meta.published
            if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) > TOGETHER_DAYS:
                continue
            if a.figure.currency == b.figure.currency and a.figure.excludes(b.figure):
                return [Claim(_words(t), place_in(t.read, t.span)) for t in (a, b)]
    return []


def _words(told: _Told) -> str:
    """Return the figure's words with the « plus de » that stands before it."""
    text = told.read.document.text
    start = max(0, told.span.start - 24)
    if told.figure.approximate is not None:
        cues = words_for(told.read.document.meta.lang or "fr", "approximate", told.figure.approximate)
        for cue in phrases_in(text[start : told.span.start], cues):
            return " ".join(text[start + cue.start : told.span.end].split())
    return " ".join(told.span.text(text).split())
