"""Full-text search over documents and records: what is indexed, and what is found with its words in place.

A record is indexed once in each language of its sources: under its own words, and those of the passages it rests on.
The index holds stems only; what is shown is worked out again on the original text. Must not begin transactions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from palabre.model.records import Actor, Origin
from palabre.model.spans import Span
from palabre.store import rows, sqlite
from palabre.store.schema import document, record, search_entry, setting
from palabre.text.words import VERSION, Word, analyse, excerpt, language, matched, parse_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.model.documents import Document
    from palabre.text.words import Term

DOCUMENT = "document"
MOST_PASSAGES = 40
"""Passages of a record among which the one to show is looked for."""
MOST_MARKS = 60
REACH = 8000
"""Words that match marked in one text, and characters after which no more are looked for where there are some."""
HEADING = 1000
"""Characters at the head of a text among which its title is looked for."""
_AT_ONCE = 200
"""Ids put into one question."""
ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `kind` is `document` or the kind of record (`commitments`, `meetings`, …), `id` its id.

    `title` is the document's title or the record's label; `name` the shortest words it is known by (what is promised,
    who speaks), empty when it has none. `excerpt` is the part of a text worth showing: of the
    document `doc` where it is not None, at `span` in that text; else of the title. `marks` are the first words that
    match, in the same offsets as `span`; there is none when only a document's title, author or outlet matches. A
    smaller `score` is better.
    """

    kind: str
    id: str
    title: str
    name: str
    score: float
    doc: str | None
    excerpt: str
    span: Span
    marks: tuple[Span, ...]

    @property
    def marks_in_excerpt(self) -> tuple[Span, ...]:
        """Return the marks that lie within the excerpt, as offsets in it."""
        return tuple(m.shifted(-self.span.start) for m in self.marks if self.span.contains(m))


def index_document(connection: sa.Connection, doc: Document) -> None:
    """Put a document into the index; what was there for it must have been dropped."""
    lang = language(doc.meta.lang)
    _insert(connection, DOCUMENT, doc.id, None, lang, _head(doc), (doc.text,))


def drop_document(connection: sa.Connection, doc_id: str) -> None:
    """Take a document out of the index."""
    drop(connection, sa.and_(search_entry.c.owner == doc_id, search_entry.c.kind == DOCUMENT))


def _head(doc: Document) -> str:
    return " . ".join(part for part in (doc.meta.title, doc.meta.author, doc.meta.outlet, doc.meta.agency) if part)


def index_records(connection: sa.Connection, dossier_id: str, records: Sequence[tuple[str, str, rows.Record]]) -> None:
    """Put records (kind, id of the row, record) into the index; what was there for them must have been dropped."""
    langs, words = _sources(connection, [item for _, _, item in records])
    for kind, key, item in records:
        passages: dict[str, list[str]] = {langs[doc]: [] for doc in _docs(item) if doc in langs}
        for doc, span in dict.fromkeys((e.doc, e.span) for _, e in rows.evidence(item)):
            if (doc, span) in words:
                passages[langs[doc]].append(words[doc, span])
        label = rows.label(item)
        for lang, said in (passages or {language(None): []}).items():
            _insert(connection, kind, key, dossier_id, lang, label, said)


def is_indexed_alike(
    connection: sa.Connection, dossier_id: str, key: str, before: rows.Record, item: rows.Record
) -> bool:
    """Tell whether the entries of a record, as it was `before`, are those of what it is now."""
    if rows.label(before) != rows.label(item):
        return False
    if list(rows.evidence(before)) != list(rows.evidence(item)):
        return False
    new = set(_docs(item)) - set(_docs(before))
    if set(_docs(before)) - set(_docs(item)):
        return False
    asked = sa.select(search_entry.c.lang).where(search_entry.c.dossier_id == dossier_id, search_entry.c.owner == key)
    langs = set(connection.scalars(asked))
    some = sorted(new)
    for at in range(0, len(some), 200):
        told = connection.scalars(sa.select(document.c.lang).where(document.c.id.in_(some[at : at + 200])))
        if not {language(lang) for lang in told} <= langs:
            return False
    return True


def _docs(item: rows.Record) -> tuple[str, ...]:
    if isinstance(item, Actor | Origin):
        return item.docs
    return tuple(dict.fromkeys(e.doc for _, e in rows.evidence(item)))


def _sources(
    connection: sa.Connection, items: Sequence[rows.Record]
) -> tuple[dict[str, str], dict[tuple[str, Span], str]]:
    """Return the language of each document that records rest on, and the words at each of their passages."""
    spans: dict[str, set[Span]] = {doc: set() for item in items for doc in _docs(item)}
    for item in items:
        for _, proof in rows.evidence(item):
            spans[proof.doc].add(proof.span)
    langs: dict[str, str] = {}
    words: dict[tuple[str, Span], str] = {}
    ids = sorted(spans)
    for at in range(0, len(ids), 200):
        asked = sa.select(document.c.id, document.c.lang, document.c.text)
        for row in connection.execute(asked.where(document.c.id.in_(ids[at : at + 200]))):
            langs[row.id] = language(row.lang)
            words.update(((row.id, span), span.text(row.text)) for span in spans[row.id])
    return langs, words


def _insert(
    connection: sa.Connection,
    kind: str,
    owner: str,
    dossier_id: str | None,
    lang: str,
    head: str,
    passages: Iterable[str],
) -> None:
    values = {"kind": kind, "owner": owner, "dossier_id": dossier_id, "lang": lang}
    number = connection.execute(sa.insert(search_entry).values(**values)).inserted_primary_key
    assert number is not None
    body: list[Word] = [word for passage in passages for word in analyse(passage, lang)]
    sqlite.index_words(connection, number[0], tuple(analyse(head, lang)), body)


def drop(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """Take entries out of the index."""
    numbers = list(connection.scalars(sa.select(search_entry.c.id).where(which)))
    sqlite.drop_words(connection, numbers)
    if numbers:
        connection.execute(sa.delete(search_entry).where(which))


def analysed_alike(connection: sa.Connection) -> bool:
    """Tell whether what is indexed was analysed as this version does it."""
    return connection.scalar(sa.select(setting.c.value).where(setting.c.name == ANALYSIS)) == VERSION


def languages(connection: sa.Connection) -> list[str]:
    """Return the languages something is indexed in, in order."""
    out: list[str] = []
    lowest = sa.select(sa.func.min(search_entry.c.lang))
    found = connection.scalar(lowest)
    while found is not None:
        # From one to the next in the index: there are few of them, and many entries of each.
        out.append(found)
        found = connection.scalar(lowest.where(search_entry.c.lang > found))
    return out


def search(
    connection: sa.Connection, dossier_id: str, query: str, limit: int, kind: str | None = None
) -> tuple[Hit, ...]:
    """Return at most `limit` documents and records of a dossier that match, best first. Never raises for a query.

    With `kind`, only documents, or only records of that kind.
    """
    langs = languages(connection)
    best: dict[tuple[str, str], tuple[float, str]] = {}
    terms: dict[str, tuple[Term, ...]] = {}
    for lang in langs:
        terms[lang] = parse_query(query, lang)
        for its, owner, found_in, score in sqlite.find(connection, terms[lang], lang, dossier_id, limit * 2, kind):
            key = its, owner
            if key not in best or score < best[key][0]:
                best[key] = score, found_in
    order = sorted(best, key=lambda key: (best[key][0], key))[:limit]
    shown = _Shown(connection, dossier_id, order, terms)
    hits = (
        shown.document(owner, *best[its, owner]) if its == DOCUMENT else shown.record(owner, *best[its, owner])
        for its, owner in order
    )
    return tuple(hit for hit in hits if hit is not None)


def kinds(connection: sa.Connection, dossier_id: str, query: str) -> dict[str, int] | None:
    """Return how many documents, and records of each kind, match a query; None when they are too many to count."""
    found: set[tuple[str, str]] = set()
    for lang in languages(connection):
        some = sqlite.kinds(connection, parse_query(query, lang), lang, dossier_id)
        if some is None:
            return None
        found |= some
    return dict(Counter(kind for kind, _ in found))


class _Shown:
    """What a search found with its words in place; what that needs is asked for at once."""

    def __init__(
        self,
        connection: sa.Connection,
        dossier_id: str,
        found: Sequence[tuple[str, str]],
        terms: dict[str, tuple[Term, ...]],
    ) -> None:
        self._terms = terms
        self._marked: dict[tuple[str, str], tuple[Span, ...]] = {}
        self._records = self._read(connection, dossier_id, [owner for kind, owner in found if kind != DOCUMENT])
        self._proofs = {owner: _proofs(item) for owner, (_, item, _) in self._records.items()}
        docs = [owner for kind, owner in found if kind == DOCUMENT]
        docs += [doc for several in self._proofs.values() for doc, _ in several]
        self._texts = self._read_texts(connection, list(dict.fromkeys(docs)))

    @staticmethod
    def _read(connection: sa.Connection, dossier_id: str, ids: list[str]) -> dict[str, tuple[str, rows.Record, str]]:
        out: dict[str, tuple[str, rows.Record, str]] = {}
        for at in range(0, len(ids), _AT_ONCE):
            asked = sa.select(record.c.id, record.c.kind, record.c.payload, record.c.label).where(
                record.c.dossier_id == dossier_id, record.c.id.in_(ids[at : at + _AT_ONCE])
            )
            for row in connection.execute(asked):
                out[row.id] = row.kind, rows.record_of(row.kind, row.payload), row.label
        return out

    @staticmethod
    def _read_texts(connection: sa.Connection, ids: list[str]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for at in range(0, len(ids), _AT_ONCE):
            asked = sa.select(document.c.id, document.c.text, document.c.lang, document.c.title, document.c.name)
            found = connection.execute(asked.where(document.c.id.in_(ids[at : at + _AT_ONCE])))
            out |= {row.id: row for row in found}
        return out

    def document(self, owner: str, score: float, lang: str) -> Hit:
        """Return a document that was found in one language."""
        row = self._texts[owner]
        marks = self._marks(row.text, lang)
        # The title stands above: what it says is not said again beside it, where there is more.
        body = _after_title(row.text, row.title)
        below = [m.shifted(-body) for m in marks if m.start >= body]
        span = excerpt(row.text[body:], below).shifted(body) if below else excerpt(row.text, marks)
        title = row.title or row.name
        return Hit(DOCUMENT, owner, title, title, score, owner, span.text(row.text), span, marks)

    def record(self, owner: str, score: float, lang: str) -> Hit | None:
        """Return a record that was found in one language, None when it is there no more."""
        if owner not in self._records:
            return None
        kind, item, label = self._records[owner]
        shown = self._best_passage(owner)
        if shown is not None:
            doc, text, passage, marks = shown
            inner = excerpt(passage.text(text), [m.shifted(-passage.start) for m in marks]).shifted(passage.start)
            return Hit(kind, item.id, label, rows.name(item), score, doc, inner.text(text), inner, marks)
        marks = self._marks(label, lang)
        span = excerpt(label, marks)
        return Hit(kind, item.id, label, rows.name(item), score, None, span.text(label), span, marks)

    def _marks(self, text: str, lang: str) -> tuple[Span, ...]:
        # Copies hold the same words: they are read once.
        key = text, lang
        if key not in self._marked:
            self._marked[key] = matched(text, lang, self._terms[lang], most=MOST_MARKS, reach=REACH)
        return self._marked[key]

    def _best_passage(self, owner: str) -> tuple[str, str, Span, tuple[Span, ...]] | None:
        """Return the passage of a record's sources with most of the words asked for, or None when none holds any."""
        best: tuple[str, str, Span, tuple[Span, ...]] | None = None
        most = 0
        for doc, span in self._proofs[owner]:
            row = self._texts.get(doc)
            if row is None or language(row.lang) not in self._terms:
                continue
            marks = tuple(m.shifted(span.start) for m in self._marks(span.text(row.text), language(row.lang)))
            if len(marks) > most:
                most = len(marks)
                best = doc, row.text, span, marks
        return best


def _after_title(text: str, title: str | None) -> int:
    """Return where a text goes on after its own title, 0 when it does not begin with it."""
    at = text.find(title, 0, HEADING) if title else -1
    return at + len(title) if title and at >= 0 else 0


def _proofs(item: rows.Record) -> list[tuple[str, Span]]:
    """Return the passages of a record that are looked at."""
    return list(dict.fromkeys((e.doc, e.span) for _, e in rows.evidence(item)))[:MOST_PASSAGES]


def holding(
    connection: sa.Connection, dossier_id: str, kind: str, query: str, its: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    """Return the condition that the record of id `its`, of a dossier and kind, matches a query; any if it is empty."""
    langs = languages(connection)
    found = []
    for lang in langs:
        asked = sqlite.expression(parse_query(query, lang))
        if asked is not None:
            found.append(its.in_(sqlite.owners(asked, lang, dossier_id, kind)))
    return sa.or_(*found) if found else sa.true()


def owners(connection: sa.Connection, dossier_id: str, kind: str, query: str) -> frozenset[str] | None:
    """Return the ids of the records of a dossier and kind that match a query; None when it asks for nothing."""
    found: list[str] | None = None
    for lang in languages(connection):
        asked = sqlite.expression(parse_query(query, lang))
        if asked is not None:
            found = [*(found or ()), *connection.scalars(sqlite.owners(asked, lang, dossier_id, kind))]
    return None if found is None else frozenset(found)
