"""One body under names that say different things of it: an alliance in one account, a confederation in another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.records import Evidence
from palabre.model.vocabulary import ActorKind
from palabre.reconcile.compared import CONTRADICTION, Claim, Compared, Finding, disagree, place_in, words_for
from palabre.reconcile.phrases import phrases_in
from palabre.text.fingerprints import plain_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from palabre.model.documents import ReadDocument

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A long name that a document gives a body: in plain words, as written, and where."""

    name: str
    written: str
    evidence: Evidence


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield the bodies whose names differ in what they say the body is."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for read in compared.documents:
        for entry in read.annotations.actors:
            if entry.matters and entry.kind is not ActorKind.PERSON:
                its = compared.actors.resolve(read.document.id, entry.id) or entry.id
                names[its, read.document.id].update(entry.names)
    by_id = {d.document.id: d for d in compared.documents}
    for actor in compared.actors.records:
        if actor.kind is ActorKind.BODY:
            told = [n for doc in actor.docs for n in named_in(by_id[doc], names[actor.id, doc])]
            finding = finding_of(actor.id, told)
            if finding is not None:
                yield finding


def finding_of(actor_id: str, told: Iterable[Named]) -> Finding | None:
    """Return how a body is called differently, given the long names that documents give it; None when it is not."""
    ordered = sorted(told, key=lambda n: (n.evidence.doc, n.evidence.span, n.name))
    if not disagree([Claim(n.name, n.evidence) for n in ordered]):
        return None
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for named in ordered:
        written[named.name][named.written] += 1
    # Each name as most documents write it, accents and capitals told apart no more.
    best = {v: min(names, key=lambda n: (-names[n], n.isascii(), n)) for v, names in written.items()}
    claims = tuple(Claim(best[n.name], n.evidence) for n in ordered)
    return Finding("body_name", CONTRADICTION, None, claims, {"body": actor_id})


def named_in(read: ReadDocument, names: Iterable[str]) -> list[Named]:
    """Return which of a body's names, long enough to say what the body is, a document writes: one for each head."""
    heads = {plain_word(h) for h in words_for(read.document.meta.lang or "fr", "bodies", "heads")}
    told: dict[str, Named] = {}
    for name in sorted(names):
        words = [plain_word(w) for w in _WORD.findall(name)]
        # « la force de l'Alliance … » is what belongs to the body, not the body.
        if len(words) < 3 or words[0] not in heads or heads & set(words[1:]) or words[0] in told:
            continue
        spans = phrases_in(read.document.text, (name,))
        if spans:
            written = " ".join(spans[0].text(read.document.text).split())
            told[words[0]] = Named(" ".join(words), written, place_in(read, spans[0]))
    return list(told.values())
