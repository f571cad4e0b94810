"""Questions pages ask about everything but commitments: records of a kind, documents without their texts, counts.

Each function takes a connection inside a transaction (`Store.ask` gives it one) and reads no more than it returns.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from palabre.store import rows, searching
from palabre.store.schema import (
    document,
    document_sector,
    dossier_document,
    record,
    record_facet,
    record_mention,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.model.records import Origin

_AT_ONCE = 400
"""Ids put into one question."""
_HOLDERS = {"party": "meetings", "speaker": "statements", "promisor": "commitments", "beneficiary": "commitments"}
"""The kind of the only records that have a facet; others are in several."""


# What nearly every page asks is put together once: that takes longer than its answer.
_IN_DOSSIER: sa.BindParameter[str] = sa.bindparam("dossier")
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_OF_THESE = sa.select(record.c.id, record.c.payload).where(record.c.dossier_id == _IN_DOSSIER, record.c.id.in_(_IDS))
_OF_IDS = (
    sa.select(record.c.payload)
    .where(record.c.dossier_id == _IN_DOSSIER, record.c.kind == sa.bindparam("kind"), record.c.id.in_(_IDS))
    .order_by(record.c.place)
)
_LABELS = sa.select(record.c.id, record.c.kind, record.c.label).where(
    record.c.dossier_id == _IN_DOSSIER, record.c.id.in_(_IDS)
)
_TELLING = (
    sa.select(record_mention.c.mention_id, record.c.kind, record.c.id, record_mention.c.role)
    .join(
        record, sa.and_(record.c.dossier_id == record_mention.c.dossier_id, record.c.id == record_mention.c.record_id)
    )
    .where(
        record_mention.c.dossier_id == _IN_DOSSIER,
        record_mention.c.mention_id.in_(_IDS),
        record_mention.c.role.in_(("mention", "event")),
    )
    .order_by(record_mention.c.role.desc(), record.c.id)
)
_ORIGINS = sa.select(record_mention.c.record_id).where(
    record_mention.c.dossier_id == _IN_DOSSIER,
    record_mention.c.role == "document",
    record_mention.c.mention_id.in_(_IDS),
)
_SHOWN = frozenset({"id", "name", "title", "outlet", "agency", "author", "published", "url", "lang", "length"})
_SOURCES = (
    sa.select(*(c for c in document.c if c.name in _SHOWN), dossier_document.c.added_at.label("added"))
    .join(dossier_document, dossier_document.c.document_id == document.c.id)
    .where(dossier_document.c.dossier_id == _IN_DOSSIER, document.c.id.in_(_IDS))
)


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a dossier without its text. `length` is in code points, `added` an ISO 8601 instant in UTC."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: dt.date | None
    url: str | None
    lang: str | None
    length: int
    added: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Which records of a kind: every field that is not None must fit.

    `facet` is a name and values, any of which will do (`("party", "RUS")`); `since` and `until` bound the record's day,
    `words` is a search.
    """

    kind: str
    variety: str | None = None
    status: str | None = None
    about: str | None = None
    facet: tuple[str, ...] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    undated: bool = True
    session: bool | None = None
    words: str = ""


ORDERS = ("place", "day", "-day", "label", "-origins", "-docs", "due")
"""What records can be ordered by."""


def records(
    connection: sa.Connection,
    dossier_id: str,
    picked: Picked,
    *,
    order: str = "place",
    limit: int = 50,
    offset: int = 0,
) -> tuple[rows.Record, ...]:
    """Return some of the records that fit, in order."""
    return of_these(
        connection, dossier_id, picked.kind, _in_order(connection, dossier_id, picked, order, limit, offset)
    )


def in_order(connection: sa.Connection, dossier_id: str, picked: Picked, *, order: str) -> tuple[str, ...]:
    """Return the ids of all the records that fit, in order."""
    return tuple(_in_order(connection, dossier_id, picked, order, -1, 0))


def of_these(connection: sa.Connection, dossier_id: str, kind: str, ids: Sequence[str]) -> tuple[rows.Record, ...]:
    """Return the records of these ids, of one kind, in the order of the ids."""
    found: dict[str, str] = {}
    for at in range(0, len(ids), _AT_ONCE):
        kept = connection.execute(_OF_THESE, {"dossier": dossier_id, "ids": ids[at : at + _AT_ONCE]})
        found |= {row.id: row.payload for row in kept.all()}
    return _read(kind, [found[its] for its in ids if its in found])


def _in_order(
    connection: sa.Connection, dossier_id: str, picked: Picked, order: str, limit: int, offset: int
) -> Sequence[str]:
    column: sa.ColumnElement[Any] = {
        "label": sa.func.lower(record.c.label),
        **{name: record.c[name] for name in ("place", "day", "origins", "docs", "due")},
    }[order.lstrip("-")]
    by = column.desc() if order.startswith("-") else column.asc()
    # Only the ids are put in order: an index may have them so, and no record is read but those shown.
    asked = sa.select(record.c.id).where(*_conditions(connection, dossier_id, picked))
    return connection.scalars(asked.order_by(by.nulls_last(), record.c.place).limit(limit).offset(offset)).all()


def count(connection: sa.Connection, dossier_id: str, picked: Picked) -> int:
    """Return how many records fit."""
    asked = sa.select(sa.func.count()).select_from(record)
    return int(connection.execute(asked.where(*_conditions(connection, dossier_id, picked))).scalar_one())


def of_ids(connection: sa.Connection, dossier_id: str, kind: str, ids: Iterable[str]) -> tuple[rows.Record, ...]:
    """Return the records of these ids, of one kind, in their usual order; one that is not there is left out."""
    some = list(dict.fromkeys(ids))[:_AT_ONCE]
    if not some:
        return ()
    return _read(kind, connection.scalars(_OF_IDS, {"dossier": dossier_id, "kind": kind, "ids": some}).all())


def tally(connection: sa.Connection, dossier_id: str, kind: str, column: str = "variety") -> dict[str, int]:
    """Return how many records of a kind have each value of `variety` or `status`; none counts as an empty value."""
    value = sa.func.coalesce(record.c[column], "")
    asked = sa.select(value, sa.func.count()).where(record.c.dossier_id == dossier_id, record.c.kind == kind)
    return {str(v): int(n) for v, n in connection.execute(asked.group_by(value))}


def values(
    connection: sa.Connection, dossier_id: str, kind: str, facet: str, most: int = 60
) -> tuple[tuple[str, int], ...]:
    """Return the values of a facet in records of one kind, the most frequent first."""
    number = sa.func.count().label("number")
    asked = sa.select(record_facet.c.value, number).where(
        record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet
    )
    if _HOLDERS.get(facet) != kind:
        same = sa.and_(record.c.dossier_id == record_facet.c.dossier_id, record.c.id == record_facet.c.record_id)
        asked = asked.join(record, same).where(record.c.kind == kind)
    asked = asked.group_by(record_facet.c.value).order_by(number.desc(), record_facet.c.value).limit(most)
    return tuple((row.value, int(row.number)) for row in connection.execute(asked))


def labels(connection: sa.Connection, dossier_id: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the kind and the words of records, by id."""
    some = list(dict.fromkeys(ids))
    out: dict[str, tuple[str, str]] = {}
    for at in range(0, len(some), _AT_ONCE):
        found = connection.execute(_LABELS, {"dossier": dossier_id, "ids": some[at : at + _AT_ONCE]})
        out |= {row.id: (row.kind, row.label) for row in found}
    return out


def telling(connection: sa.Connection, dossier_id: str, mentions: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return the record that each mention leads to: its kind, its id and the mention's role in it."""
    out: dict[str, tuple[str, str, str]] = {}
    some = list(dict.fromkeys(mentions))
    for at in range(0, len(some), _AT_ONCE):
        for row in connection.execute(_TELLING, {"dossier": dossier_id, "ids": some[at : at + _AT_ONCE]}):
            out.setdefault(row.mention_id, (row.kind, row.id, row.role))
    return out


def origins_of(connection: sa.Connection, dossier_id: str, docs: Iterable[str]) -> tuple[Origin, ...]:
    """Return the origins behind these documents, each once."""
    some = list(dict.fromkeys(docs))
    ids: dict[str, None] = {}
    for at in range(0, len(some), _AT_ONCE):
        of = connection.scalars(_ORIGINS, {"dossier": dossier_id, "ids": some[at : at + _AT_ONCE]})
        ids.update(dict.fromkeys(of.all()))
    found: list[Origin] = []
    for at in range(0, len(ids), _AT_ONCE):
        found += of_ids(connection, dossier_id, "origins", list(ids)[at : at + _AT_ONCE])  # type: ignore[arg-type]
    return tuple(found)


def sources(
    connection: sa.Connection,
    dossier_id: str,
    *,
    outlet: str | None = None,
    ids: Sequence[str] | None = None,
    added_after: str | None = None,
    order: str = "-published",
    limit: int = 50,
    offset: int = 0,
) -> tuple[Source, ...]:
    """Return some of a dossier's documents. `order`: published, -published, -added or name; undated ones last."""
    listed = dossier_document.c
    by: dict[str, sa.ColumnElement[Any]] = {
        "published": listed.published.asc().nulls_last(),
        "-published": listed.published.desc().nulls_last(),
        "-added": listed.added_at.desc(),
        "name": listed.name.asc(),
    }
    some = sa.select(listed.document_id).where(*_held(dossier_id, outlet, added_after))
    if ids is not None:
        some = some.where(listed.document_id.in_(list(ids)[:_AT_ONCE]))
    in_order = some.order_by(by[order], listed.name, listed.document_id).limit(limit).offset(offset)
    # Put in order from an index alone; only then are the documents looked at.
    chosen = connection.scalars(in_order).all()
    found: dict[str, Source] = {}
    for at in range(0, len(chosen), _AT_ONCE):
        found |= _sources(connection, dossier_id, chosen[at : at + _AT_ONCE])
    return tuple(found[its] for its in chosen)


def _sources(connection: sa.Connection, dossier_id: str, ids: Sequence[str]) -> dict[str, Source]:
    return {
        row.id: Source(
            id=row.id,
            name=row.name,
            title=row.title,
            outlet=row.outlet or row.agency,
            author=row.author,
            published=row.published,
            url=row.url,
            lang=row.lang,
            length=row.length,
            added=row.added,
        )
        for row in connection.execute(_SOURCES, {"dossier": dossier_id, "ids": ids})
    }


def count_sources(
    connection: sa.Connection, dossier_id: str, *, outlet: str | None = None, added_after: str | None = None
) -> int:
    """Return how many documents a dossier has, of an outlet or added after an instant when one is given."""
    asked = sa.select(sa.func.count()).select_from(dossier_document)
    return int(connection.execute(asked.where(*_held(dossier_id, outlet, added_after))).scalar_one())


def _held(dossier_id: str, outlet: str | None, added_after: str | None) -> list[sa.ColumnElement[bool]]:
    out = [dossier_document.c.dossier_id == dossier_id]
    if outlet is not None:
        out.append(dossier_document.c.outlet == outlet)
    if added_after is not None:
        out.append(dossier_document.c.added_at > added_after)
    return out


def outlets(
    connection: sa.Connection, dossier_id: str, most: int = 200
) -> tuple[tuple[str, int, dt.date | None, str], ...]:
    """Return the outlets: name (empty when none is named), documents, last day published, last instant added."""
    listed = dossier_document.c
    number = sa.func.count().label("number")
    asked = (
        sa.select(listed.outlet, number, sa.func.max(listed.published), sa.func.max(listed.added_at))
        .where(listed.dossier_id == dossier_id)
        .group_by(listed.outlet)
        .order_by(number.desc(), listed.outlet)
        .limit(most)
    )
    return tuple((row[0], int(row[1]), row[2], row[3]) for row in connection.execute(asked))


def days(connection: sa.Connection, dossier_id: str) -> tuple[dt.date | None, dt.date | None, str | None]:
    """Return the first and last day a dossier's documents were published, and when the last was added."""
    listed = dossier_document.c

    def end(of: sa.ColumnElement[Any]) -> Any:
        # Each asked alone is the end of an index; together they would be a look at everything.
        return connection.scalar(sa.select(of).where(listed.dossier_id == dossier_id))

    first, last, added = sa.func.min(listed.published), sa.func.max(listed.published), sa.func.max(listed.added_at)
    return end(first), end(last), end(added)


def sectors_named(connection: sa.Connection, dossier_id: str) -> dict[str, int]:
    """Return how many of a dossier's documents name each sector."""
    asked = (
        sa.select(document_sector.c.sector, sa.func.count())
        .join(dossier_document, dossier_document.c.document_id == document_sector.c.document_id)
        .where(dossier_document.c.dossier_id == dossier_id, document_sector.c.sector != "")
        .group_by(document_sector.c.sector)
    )
    return {str(sector): int(number) for sector, number in connection.execute(asked)}


def naming(connection: sa.Connection, dossier_id: str, sector: str, limit: int = 50) -> tuple[str, ...]:
    """Return the ids of documents that name a sector, the latest first."""
    asked = (
        sa.select(dossier_document.c.document_id)
        .join(document_sector, document_sector.c.document_id == dossier_document.c.document_id)
        .where(dossier_document.c.dossier_id == dossier_id, document_sector.c.sector == sector)
        .order_by(dossier_document.c.published.desc(), dossier_document.c.document_id)
        .limit(limit)
    )
    return tuple(connection.scalars(asked))


def _read(kind: str, payloads: Sequence[str]) -> tuple[rows.Record, ...]:
    found: tuple[rows.Record, ...] = getattr(rows.register_of((kind, payload) for payload in payloads), kind)
    return found


def _conditions(connection: sa.Connection, dossier_id: str, picked: Picked) -> list[sa.ColumnElement[bool]]:
    out = [record.c.dossier_id == dossier_id, record.c.kind == picked.kind]
    for name in ("variety", "status", "about"):
        value = getattr(picked, name)
        if value is not None:
            out.append(record.c[name] == value)
    if picked.facet is not None:
        facet, *several = picked.facet
        held = sa.select(record_facet.c.record_id).where(
            record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet, record_facet.c.value.in_(several)
        )
        out.append(record.c.id.in_(held))
    if picked.since is not None:
        out.append(record.c.day >= picked.since.isoformat())
    if picked.until is not None:
        out.append(record.c.day <= picked.until.isoformat())
    if not picked.undated:
        out.append(record.c.day.is_not(None))
    if picked.session is not None:
        out.append(record.c.session.is_not(None) if picked.session else record.c.session.is_(None))
    if picked.words.strip():
        out.append(searching.holding(connection, dossier_id, picked.kind, picked.words, record.c.id))
    return out
