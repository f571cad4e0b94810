"""The same words in several documents: one statement, with every document that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.ids import same_content
from palabre.model.records import Statement
from palabre.model.vocabulary import StatementForm
from palabre.reconcile.grouping import Grouped, Link, blocked_pairs, group
from palabre.reconcile.items import Item, items_of, most_common
from palabre.text.fingerprints import Words, fingerprints, shared_passages, shingles, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.model.annotations import IndirectStatement, Quote
    from palabre.model.documents import ReadDocument
    from palabre.reconcile.actors import Actors
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.judged import Decisions

    Said = Item[Quote] | Item[IndirectStatement]

SAME = 0.8
"""Part of the shorter one's words that two reports of one utterance share."""
SHORTEST = 4
"""Quotations of fewer words are the same only when they lie in a copied passage or are equal."""


def group_statements(
    documents: Sequence[ReadDocument], actors: Actors, copies: Copies, decided: Decisions
) -> tuple[Statement, ...]:
    """Return what was said, each utterance once. Fragments of a few words count only with their exact like."""
    items: dict[str, Said] = {}
    quotes: tuple[Item[Quote], ...] = items_of(documents, "quotes")
    indirect: tuple[Item[IndirectStatement], ...] = items_of(documents, "statements")
    items.update((i.id, i) for i in quotes if not decided.is_rejected(i.id))
    items.update((i.id, i) for i in indirect if not decided.is_rejected(i.id))
    words = {i: words_of(item.words) for i, item in items.items()}
    keys = {i: _keys(w) for i, w in words.items()}
    links = []
    for a, b in blocked_pairs(keys):
        score = _same(items[a], items[b], words[a], words[b], actors, copies)
        if score:
            links.append(Link(a, b, score, "same_words"))

    def run(groups: Iterable[Sequence[str]]) -> Grouped:
        return group(
            sorted(items),
            links,
            decided.ties(sorted(items), groups),
            threshold=SAME,
            doubt=SAME,
            compatible=lambda _a, _b: True,
        )

    grouped = run(())
    if decided.splits:
        grouped = run(grouped.groups)
    return tuple(_record([items[i] for i in ids], actors, copies) for ids in grouped.groups)


def _keys(words: Words) -> set[str]:
    marks = {f"{m:x}" for m in fingerprints(words)}
    return marks or {"whole:" + "-".join(f"{h:x}" for h in words.hashes.tolist())}


def _same(a: Said, b: Said, a_words: Words, b_words: Words, actors: Actors, copies: Copies) -> float:
    if a.doc == b.doc:
        return 0.0
    shorter = min(len(a_words), len(b_words))
    if shorter == 0:
        return 0.0
    if copies.same_place(a.doc, a.found.span, b.doc, b.found.span):
        return 1.0
    who = actors.resolve(a.doc, a.found.speaker), actors.resolve(b.doc, b.found.speaker)
    if who[0] and who[1] and who[0] != who[1]:
        return 0.0
    if shorter < SHORTEST:
        equal = a_words.hashes.tolist() == b_words.hashes.tolist()
        return 0.9 if equal and who[0] is not None and shorter > 1 else 0.0
    if len(shingles(a_words)) == 0 or len(shingles(b_words)) == 0:
        return 0.9 if a_words.hashes.tolist() == b_words.hashes.tolist() else 0.0
    shared = sum(p.count for p in shared_passages(a_words, b_words, least=5))
    return min(1.0, shared / shorter)


def _record(items: Sequence[Said], actors: Actors, copies: Copies) -> Statement:
    fullest = min(items, key=lambda i: (-len(i.found.span), i.id))
    forms = {str(getattr(i.found, "form", StatementForm.QUOTE)) for i in items}
    form = StatementForm.QUOTE.value if StatementForm.QUOTE.value in forms else min(forms)
    evidence = tuple(sorted((i.evidence for i in items), key=lambda e: (e.doc, e.span, e.id)))
    return Statement(
        id=same_content("s", min(i.id for i in items)),
        mentions=evidence,
        speaker=most_common([actors.resolve(i.doc, i.found.speaker) for i in items]),
        text=fullest.words,
        form=form,
        origins=copies.count({i.doc for i in items}),
    )
