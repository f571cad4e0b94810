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
    from collections.abc import Iterable, Mapping, Sequence

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
    items = statement_items(documents, decided)
    words = {i: words_of(item.words) for i, item in items.items()}
    links = []
    days = {i: item.published or "" for i, item in items.items()}
    for a, b in blocked_pairs({i: statement_keys(w) for i, w in words.items()}, days):
        link = compare(items[a], items[b], words[a], words[b], actors, copies)
        if link is not None:
            links.append(link)
    return tuple(statement_record(its, actors, copies) for its in statements_among(items, links, decided))


def statement_items(documents: Iterable[ReadDocument], decided: Decisions) -> dict[str, Said]:
    """Return every quotation and reported clause, by id, without those people rejected."""
    some = tuple(documents)
    quotes: tuple[Item[Quote], ...] = items_of(some, "quotes")
    indirect: tuple[Item[IndirectStatement], ...] = items_of(some, "statements")
    found: tuple[Said, ...] = (*quotes, *indirect)
    return {i.id: i for i in found if not decided.is_rejected(i.id)}


def statements_among(
    items: Mapping[str, Said], links: Iterable[Link], decided: Decisions
) -> tuple[tuple[Said, ...], ...]:
    """Return the mentions (by id) of each utterance, given the links between them."""
    links = list(links)

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
    return tuple(tuple(items[i] for i in ids) for ids in grouped.groups)


def statement_keys(words: Words) -> set[str]:
    """Return the blocking keys of an utterance: its fingerprints, or the whole of a short one."""
    marks = {f"{m:x}" for m in fingerprints(words)}
    return marks or {"whole:" + "-".join(f"{h:x}" for h in words.hashes.tolist())}


def compare(a: Said, b: Said, a_words: Words, b_words: Words, actors: Actors, copies: Copies) -> Link | None:
    """Return how likely two mentions are of one utterance; None when they cannot be."""
    score = _same(a, b, a_words, b_words, actors, copies)
    return Link(a.id, b.id, score, "same_words") if score else None


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


def statement_id(items: Iterable[Said]) -> str:
    """Return the id of the record of one utterance, made from its first mention."""
    return same_content("s", min(i.id for i in items))


def statement_record(items: Sequence[Said], actors: Actors, copies: Copies) -> Statement:
    """Return the record of one utterance."""
    fullest = min(items, key=lambda i: (-len(i.found.span), i.id))
    forms = {str(getattr(i.found, "form", StatementForm.QUOTE)) for i in items}
    form = StatementForm.QUOTE.value if StatementForm.QUOTE.value in forms else min(forms)
    evidence = tuple(sorted((i.evidence for i in items), key=lambda e: (e.doc, e.span, e.id)))
    return Statement(
        id=statement_id(items),
        mentions=evidence,
        speaker=most_common([actors.resolve(i.doc, i.found.speaker) for i in items]),
        text=fullest.words,
        form=form,
        origins=copies.count({i.doc for i in items}),
    )
