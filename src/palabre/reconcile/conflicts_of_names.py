"""One body under names that say different things of it: an alliance in one account, a confederation in another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.model.vocabulary import ActorKind
from palabre.reconcile.compared import CONTRADICTION, Claim, Compared, Finding, disagree, place_in, words_for
from palabre.reconcile.phrases import phrases_in
from palabre.text.fingerprints import plain_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from palabre.model.documents import ReadDocument

_WORD = re.compile(r"[^\W_]+")


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield the bodies whose names differ in what they say the body is."""
    by_id = {d.document.id: d for d in compared.documents}
    for actor in compared.actors.records:
        if actor.kind is not ActorKind.BODY or len(actor.docs) < 2:
            continue
        claims: list[Claim] = []
        for doc in actor.docs:
            claims += _heads(by_id[doc], actor.names)
        if disagree(claims):
            yield Finding("body_name", CONTRADICTION, None, tuple(_as_written(claims, by_id)), {"body": actor.id})


def _as_written(claims: Sequence[Claim], by_id: Mapping[str, ReadDocument]) -> list[Claim]:
    """Return the claims with each name as most documents write it, accents and capitals told apart no more."""
    written: dict[str, list[str]] = {}
    for claim in claims:
        text = claim.evidence.span.text(by_id[claim.evidence.doc].document.text)
        written.setdefault(claim.value, []).append(" ".join(text.split()))
    best = {v: min(names, key=lambda n: (-names.count(n), n.isascii(), n)) for v, names in written.items()}
    return [Claim(best[c.value], c.evidence) for c in claims]


def _heads(read: ReadDocument, names: tuple[str, ...]) -> list[Claim]:
    """Return each long name of the body that the document writes, under what it says the body is."""
    heads = {plain_word(h) for h in words_for(read.document.meta.lang or "fr", "bodies", "heads")}
    told: dict[str, Claim] = {}
    for name in names:
        words = [plain_word(w) for w in _WORD.findall(name)]
        # « la force de l'Alliance … » is what belongs to the body, not the body.
        if len(words) < 3 or words[0] not in heads or heads & set(words[1:]):
            continue
        spans = phrases_in(read.document.text, (name,))
        if spans:
            told.setdefault(words[0], Claim(" ".join(words), place_in(read, spans[0])))
    return list(told.values())
