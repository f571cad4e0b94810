"""Promised in one account, only talked about in another: looked for in the sentences of the accounts that keep silent.

An account that reports the same meeting and says of the same object that the talks « bore on » it does not say that it
was promised. It takes a shared object named in both, not a shared theme.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.model.vocabulary import Firmness
from palabre.reconcile.commitments import about_of, party_words
from palabre.reconcile.compared import CONTRADICTION, Claim, Compared, Finding, place_in, words_for
from palabre.reconcile.items import sentence_around
from palabre.reconcile.phrases import phrases_in
from palabre.reconcile.words import concept_weights, features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from palabre.model.documents import ReadDocument
    from palabre.model.spans import Span
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.words import Features

WEIGHTY = 0.7
"""A concept worth less than this is a theme, shared by many promises."""
LEAST = 2
"""Weighty concepts that a sentence must share with a promise."""
LATEST_DAYS = 7


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield the promises that another account of the same meeting only says were discussed."""
    together = _told_together(compared)
    by_id = {d.document.id: d for d in compared.documents}
    talks = {doc: _talks(by_id[doc]) for doc in sorted(set().union(*together.values()) if together else ())}
    for group in compared.commitments:
        firm = [i for i in group.items if i.found.firmness.rank >= Firmness.PLEDGED.rank and not i.found.vague]
        if not firm:
            continue
        own = {i.doc for i in group.items}
        others = set().union(*(together.get(i.doc, set()) for i in firm)) - own
        concepts = frozenset().union(*(_weighty(about_of(i)) for i in firm))
        claims = [
            Claim("discussed", place_in(by_id[doc], span))
            for doc in sorted(others)
            for span, about in talks[doc]
            if len(_weighty(about) & concepts) >= LEAST and _near(by_id[doc], group)
        ]
        if claims:
            made = [Claim(i.found.firmness.value, i.evidence) for i in firm]
            action = " ".join((firm[0].found.action or firm[0].words).split())
            yield Finding("firmness", CONTRADICTION, group.id, tuple(made + claims), {"action": action[:90]})


def _told_together(compared: Compared) -> Mapping[str, set[str]]:
    """Return, for each document, those that report one of its meetings."""
    out: defaultdict[str, set[str]] = defaultdict(set)
    for group in compared.meetings:
        docs = {i.doc for i in group.items}
        if len(docs) > 1:
            for doc in docs:
                out[doc] |= docs - {doc}
    return out


def _talks(read: ReadDocument) -> list[tuple[Span, Features]]:
    lang = read.document.meta.lang or "fr"
    text = read.document.text
    clutter = [b.span for b in read.annotations.boilerplate]
    spans = {sentence_around(text, cue) for cue in phrases_in(text, words_for(lang, "discussed", "talk"))}
    leave_out = party_words(read)
    return [
        (span, features(span.text(text), lang, leave_out))
        for span in sorted(spans)
        if not any(c.touches(span) for c in clutter)
    ]


def _weighty(about: Features) -> frozenset[str]:
    worth = concept_weights()
    return frozenset(c for c in about.concepts() if worth.get(c, 1.0) >= WEIGHTY)


def _near(read: ReadDocument, group: CommitmentGroup) -> bool:
    day = read.document.meta.published
    days = [d for i in group.items if (d := i.read.document.meta.published) is not None]
    return day is None or not days or min(abs((day - d).days) for d in days) <= LATEST_DAYS
