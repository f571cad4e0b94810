"""Copies and origins: which documents hold one and the same text, and which of them it comes from.

Texts are compared without their boilerplate. Candidates meet through winnowed fingerprints (near-linear), then each
candidate pair is aligned, so that every claim of copying can be shown as passages. Words that two texts merely quote
from the same speech do not make one a copy of the other. Nothing here looks at what the extractors took from a text
besides its quotations.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from palabre.lang.pack import shared_table
from palabre.model.ids import same_content
from palabre.model.records import Origin
from palabre.model.spans import Span, merged
from palabre.text.fingerprints import Passage, Words, fingerprints, places_of, plain_word, shared_passages, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.shelves import Values

LEAST_SHARE = 0.3
"""Part of the shorter text's words that must be shared for a copy."""
LEAST_OWN_WORDS = 12
"""Shared words outside quotations that a copy must hold."""
LEAST_PASSAGE = 15
"""Words of the longest shared passage of a copy: titles, names and stock phrases make shorter ones."""
OFFICIAL = "communique"
"""The kind of an origin that is a text of a state or body itself."""
CROWD = 40
"""A fingerprint found in more documents than this pairs them with the first few only."""
LATEST = dt.date.max


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two documents and what they share: `share` is the part of the shorter one's words, 0.0 to 1.0."""

    left: str
    right: str
    share: float
    own_words: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Copies:
    """The origins of a set of documents, and where a place of one is found in its copies."""

    origins: tuple[Origin, ...]
    origin_of: Mapping[str, str] | Values[str]
    pairs: tuple[CopyPair, ...]
    _by_pair: Callable[[str, str], tuple[Passage, ...] | None]
    """What two documents share, when their ids are in the order in which the passages name them."""
    _official: Container[str]
    """Ids of the origins that are official texts."""

    def count(self, docs: Sequence[str] | set[str] | frozenset[str]) -> int:
        """Return how many independent origins stand behind `docs`."""
        return len({self.origin_of.get(d, d) for d in docs})

    def official(self, docs: Sequence[str] | set[str] | frozenset[str]) -> bool:
        """Tell whether one of the origins behind `docs` is an official text."""
        return any(self.origin_of.get(d, d) in self._official for d in docs)

    def same_place(self, doc: str, span: Span, other: str, other_span: Span) -> bool:
        """Tell whether two spans lie at the same place of a passage that both documents share."""
        passages = self._by_pair(doc, other)
        swapped = passages is None
        if passages is None:
            passages = self._by_pair(other, doc)
        for passage in passages or ():
            here, there = (passage.right, passage.left) if swapped else (passage.left, passage.right)
            if here.cover(span) < 0.8 or here.shared(span) < 0.6 * len(span):
                continue
            moved = Span(
                there.start + max(0, span.start - here.start),
                there.start + max(1, span.end - here.start),
            )
            if moved.cover(other_span) >= 0.5:
                return True
        return False


def find_copies(documents: Sequence[ReadDocument]) -> Copies:
    """Return the origins of `documents` (one origin for each text that no other holds). Order does not matter."""
    docs = sorted(documents, key=lambda d: d.document.id)
    by_id = {d.document.id: d for d in docs}
    words = {d.document.id: article_words(d) for d in docs}
    pairs = []
    for left, its_pairs in groupby(_candidates(words), key=lambda c: c[0]):
        places = places_of(words[left])
        for _, right in its_pairs:
            pair = compare(by_id[left], by_id[right], words[left], words[right], places)
            if pair is not None:
                pairs.append(pair)
    passages = {(p.left, p.right): p.passages for p in pairs}
    origins = origins_among(by_id, {i: len(w) for i, w in words.items()}, pairs)
    origin_of = {doc: o.id for o in origins for doc in o.docs}
    official = frozenset(o.id for o in origins if o.kind == OFFICIAL)
    return Copies(origins, origin_of, tuple(pairs), lambda a, b: passages.get((a, b)), official)


def origins_among(
    by_id: Mapping[str, ReadDocument], lengths: Mapping[str, int], pairs: Sequence[CopyPair]
) -> tuple[Origin, ...]:
    """Return the origins of documents (by id), given their lengths in words and all pairs of copies among them."""
    passages = {(p.left, p.right): p.passages for p in pairs}
    kept = _without_compilers(pairs, by_id)
    groups = _groups(sorted(by_id), kept)
    return tuple(sorted((_origin(g, by_id, lengths, passages) for g in groups), key=lambda o: o.id))


def article_words(read: ReadDocument) -> Words:
    """Return the words of a document's article, boilerplate left out."""
    return words_of(read.document.text, merged(b.span for b in read.annotations.boilerplate))


def _candidates(words: Mapping[str, Words]) -> list[tuple[str, str]]:
    holders: dict[int, list[str]] = {}
    for doc, its in words.items():
        for mark in fingerprints(its):
            holders.setdefault(mark, []).append(doc)
    met: dict[tuple[str, str], int] = {}
    for docs in holders.values():
        # A crowd is a stock phrase or a much copied report: its first members stand for it, so cost stays linear.
        heads = docs if len(docs) <= CROWD else docs[:3]
        for i, left in enumerate(heads):
            for right in docs[i + 1 :]:
                met[left, right] = met.get((left, right), 0) + 1
    return sorted(pair for pair, count in met.items() if count >= 2)


def compare(
    a: ReadDocument, b: ReadDocument, a_words: Words, b_words: Words, places: dict[int, list[int]]
) -> CopyPair | None:
    """Return what two documents share when one is a copy of the other, else None. `places` is that of `a_words`."""
    passages = shared_passages(a_words, b_words, places=places)
    shorter = min(len(a_words), len(b_words))
    if not passages or not shorter:
        return None
    shared = sum(p.count for p in passages)
    a_own, b_own = (
        _own_words(a, a_words, [p.left for p in passages]),
        _own_words(b, b_words, [p.right for p in passages]),
    )
    own = min(a_own, b_own)
    share = shared / shorter
    longest = max(p.count for p in passages)
    if share < LEAST_SHARE or own < LEAST_OWN_WORDS or longest < LEAST_PASSAGE:
        return None
    return CopyPair(a.document.id, b.document.id, min(1.0, share), own, passages)


def _own_words(read: ReadDocument, words: Words, spans: Sequence[Span]) -> int:
    """Return how many words of the spans stand outside quotations."""
    quotes = merged(q.span for q in read.annotations.quotes)
    starts = words.starts.tolist()
    edges = [q.start for q in quotes]
    own = 0
    for span in spans:
        first = bisect_right(starts, span.start - 1)
        for start in starts[first : bisect_right(starts, span.end - 1)]:
            at = bisect_right(edges, start) - 1
            own += at < 0 or quotes[at].end <= start
    return own


def _without_compilers(pairs: Sequence[CopyPair], by_id: Mapping[str, ReadDocument]) -> list[CopyPair]:
    """Leave out the weaker links of a text put together later from reports that are no copies of each other."""
    linked = {(p.left, p.right) for p in pairs} | {(p.right, p.left) for p in pairs}
    links: dict[str, list[CopyPair]] = {}
    for pair in pairs:
        links.setdefault(pair.left, []).append(pair)
        links.setdefault(pair.right, []).append(pair)
    dropped: set[tuple[str, str]] = set()
    for doc in sorted(links):
        day = by_id[doc].document.meta.published
        if day is None or len(links[doc]) < 2:
            continue
        earlier: list[tuple[float, str, CopyPair]] = []
        for pair in links[doc]:
            other = pair.right if pair.left == doc else pair.left
            its_day = by_id[other].document.meta.published
            if its_day is not None and its_day < day:
                earlier.append((-pair.share, other, pair))
        earlier.sort(key=lambda e: e[:2])
        for n, (_, other, pair) in enumerate(earlier):
            if n and (other, earlier[0][1]) not in linked:
                dropped.add((pair.left, pair.right))
    return [p for p in pairs if (p.left, p.right) not in dropped]


def _groups(docs: Sequence[str], pairs: Sequence[CopyPair]) -> list[list[str]]:
    parent = {d: d for d in docs}

    def top(doc: str) -> str:
        while parent[doc] != doc:
            parent[doc] = parent[parent[doc]]
            doc = parent[doc]
        return doc

    for pair in pairs:
        a, b = sorted((top(pair.left), top(pair.right)))
        parent[b] = a
    groups: dict[str, list[str]] = {}
    for doc in docs:
        groups.setdefault(top(doc), []).append(doc)
    return list(groups.values())


def _plain(text: str | None) -> str:
    return " ".join(plain_word(w) for w in (text or "").replace("’", "'").split())


def is_agency(name: str | None) -> bool:
    """Tell whether an outlet's or credit's name is a press agency's."""
    credits = shared_table("reconcile")["credits"]
    plain = _plain(name)
    return plain in credits["agencies"] or any(word in plain.split() for word in credits["agency_words"])


def is_official(read: ReadDocument) -> bool:
    """Tell whether a document is a communiqué, a declaration or another text of a state or body itself."""
    credits = shared_table("reconcile")["credits"]
    meta = read.document.meta
    speaks = set(_plain(meta.outlet).split()) | set(_plain(meta.author).split())
    if speaks & set(credits["official_words"]):
        return True
    title = _plain(meta.title)
    if meta.title_span is None and not title:
        clutter = merged(b.span for b in read.annotations.boilerplate)
        start = clutter[0].end if clutter and clutter[0].start == 0 else 0
        title = _plain(read.document.text[start : start + 80])
    # A headline that only reports a communiqué (« … communiqué, quatre blessés ») does not begin with the word alone.
    return any(title.startswith(opening) for opening in credits["official_openings"])


def _origin(
    group: Sequence[str],
    by_id: Mapping[str, ReadDocument],
    lengths: Mapping[str, int],
    passages: Mapping[tuple[str, str], tuple[Passage, ...]],
) -> Origin:
    outlets = {_plain(by_id[d].document.meta.outlet) for d in group} - {""}
    metas = [by_id[d].document.meta for d in group]
    # A credit to oneself (« Source : » at the foot of one's own page) tells nothing.
    credited = {_plain(m.agency) for m in metas if _plain(m.agency) != _plain(m.outlet)} - {""}

    def rank(doc: str) -> tuple[bool, bool, bool, dt.date, int, str]:
        read = by_id[doc]
        meta = read.document.meta
        named = _plain(meta.outlet) in credited & outlets
        return (
            not is_official(read),
            not (named or is_agency(meta.outlet)),
            bool(meta.agency) and _plain(meta.agency) != _plain(meta.outlet),
            meta.published or LATEST,
            -lengths[doc],
            doc,
        )

    ranked = sorted(group, key=rank)
    first = ranked[0]
    read = by_id[first]
    meta = read.document.meta
    if is_official(read):
        kind, why = OFFICIAL, "official"
    elif _plain(meta.outlet) in credited & outlets or is_agency(meta.outlet):
        kind, why = "agency", f"agency:{meta.outlet}"
    elif any(is_agency(by_id[d].document.meta.agency) for d in group):
        name = next(a for a in (by_id[d].document.meta.agency for d in ranked) if is_agency(a))
        kind, why = "agency", f"credited:{name}"
    else:
        kind, why = "report", _why(ranked, by_id, lengths)
    shared = []
    for doc in ranked[1:]:
        if (first, doc) in passages:
            shared += [(doc, p.right, p.left) for p in passages[first, doc]]
        elif (doc, first) in passages:
            shared += [(doc, p.left, p.right) for p in passages[doc, first]]
    return Origin(same_content("o", min(group)), kind, tuple(ranked), first, why, tuple(sorted(shared)))


def _why(ranked: Sequence[str], by_id: Mapping[str, ReadDocument], lengths: Mapping[str, int]) -> str:
    if len(ranked) == 1:
        return "alone"
    first, second = (by_id[d].document.meta.published for d in ranked[:2])
    if first is not None and (second is None or first < second):
        return "earliest"
    return "fullest" if lengths[ranked[0]] > lengths[ranked[1]] else "undecided"
