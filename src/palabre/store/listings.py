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

    `facet` is a name and a value (`("party", "RUS")`), `since` and `until` bound the record's day, `words` is a search.
    """

    kind: str
    variety: str | None = None
    status: str | None = None
    about: str | None = None
    facet: tuple[str, str] | None = None
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
    asked = sa.select(record.c.kind, record.c.payload).where(*_conditions(connection, dossier_id, picked))
    column: sa.ColumnElement[Any] = {
        "label": sa.func.lower(record.c.label),
        **{name: record.c[name] for name in ("place", "day", "origins", "docs", "due")},
    }[order.lstrip("-")]
    by = [column.is_(None), column.desc() if order.startswith("-") else column.asc(), record.c.place]
    found = connection.execute(asked.order_by(*by).limit(limit).offset(offset)).all()
    return _read(picked.kind, [row.payload for row in found])


def count(connection: sa.Connection, dossier_id: str, picked: Picked) -> int:
    """Return how many records fit."""
    asked = sa.select(sa.func.count()).select_from(record)
    return int(connection.execute(asked.where(*_conditions(connection, dossier_id, picked))).scalar_one())


def of_ids(connection: sa.Connection, dossier_id: str, kind: str, ids: Iterable[str]) -> tuple[rows.Record, ...]:
    """Return the records of these ids, of one kind, in their usual order; one that is not there is left out."""
    some = list(dict.fromkeys(ids))[:_AT_ONCE]
    asked = sa.select(record.c.payload).where(
        record.c.dossier_id == dossier_id, record.c.kind == kind, record.c.id.in_(some)
    )
    return _read(kind, list(connection.scalars(asked.order_by(record.c.place))))


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
    same = sa.and_(record.c.dossier_id == record_facet.c.dossier_id, record.c.id == record_facet.c.record_id)
    asked = (
        sa.select(record_facet.c.value, number)
        .join(record, same)
        .where(record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet, record.c.kind == kind)
        .group_by(record_facet.c.value)
        .order_by(number.desc(), record_facet.c.value)
        .limit(most)
    )
    return tuple((row.value, int(row.number)) for row in connection.execute(asked))


def labels(connection: sa.Connection, dossier_id: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the kind and the words of records, by id."""
    some = list(dict.fromkeys(ids))[:_AT_ONCE]
    asked = sa.select(record.c.id, record.c.kind, record.c.label)
    found = connection.execute(asked.where(record.c.dossier_id == dossier_id, record.c.id.in_(some)))
    return {row.id: (row.kind, row.label) for row in found}


def telling(connection: sa.Connection, dossier_id: str, mentions: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return the record that each mention leads to: its kind, its id and the mention's role in it."""
    out: dict[str, tuple[str, str, str]] = {}
    some = list(dict.fromkeys(mentions))
    same = sa.and_(record.c.dossier_id == record_mention.c.dossier_id, record.c.id == record_mention.c.record_id)
    for at in range(0, len(some), _AT_ONCE):
        asked = (
            sa.select(record_mention.c.mention_id, record.c.kind, record.c.id, record_mention.c.role)
            .join(record, same)
            .where(
                record_mention.c.dossier_id == dossier_id,
                record_mention.c.mention_id.in_(some[at : at + _AT_ONCE]),
                record_mention.c.role.in_(("mention", "event")),
            )
            .order_by(record_mention.c.role.desc(), record.c.id)
        )
        for row in connection.execute(asked):
            out.setdefault(row.mention_id, (row.kind, row.id, row.role))
    return out


def origins_of(connection: sa.Connection, dossier_id: str, docs: Iterable[str]) -> tuple[Origin, ...]:
    """Return the origins behind these documents, each once."""
    some = list(dict.fromkeys(docs))
    ids: dict[str, None] = {}
    for at in range(0, len(some), _AT_ONCE):
        asked = sa.select(record_mention.c.record_id).where(
            record_mention.c.dossier_id == dossier_id,
            record_mention.c.role == "document",
            record_mention.c.mention_id.in_(some[at : at + _AT_ONCE]),
        )
        ids.update(dict.fromkeys(connection.scalars(asked)))
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
    columns = [c for c in document.c if c.name in _SHOWN]
    asked = sa.select(*columns, dossier_document.c.added_at.label("added")).join(
        dossier_document, dossier_document.c.document_id == document.c.id
    )
    asked = asked.where(*_held(dossier_id, outlet, added_after))
    if ids is not None:
        asked = asked.where(document.c.id.in_(list(ids)[:_AT_ONCE]))
    by: dict[str, list[sa.ColumnElement[Any]]] = {
        "published": [document.c.published.is_(None), document.c.published.asc()],
        "-published": [document.c.published.is_(None), document.c.published.desc()],
        "-added": [dossier_document.c.added_at.desc()],
        "name": [],
    }
    ordered = asked.order_by(*by[order], document.c.name, document.c.id).limit(limit).offset(offset)
    return tuple(
        Source(
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
        for row in connection.execute(ordered)
    )


_SHOWN = frozenset({"id", "name", "title", "outlet", "agency", "author", "published", "url", "lang", "length"})


def count_sources(
    connection: sa.Connection, dossier_id: str, *, outlet: str | None = None, added_after: str | None = None
) -> int:
    """Return how many documents a dossier has, of an outlet or added after an instant when one is given."""
    asked = sa.select(sa.func.count()).select_from(dossier_document)
    if outlet is not None:
        asked = asked.join(document, dossier_document.c.document_id == document.c.id)
    return int(connection.execute(asked.where(*_held(dossier_id, outlet, added_after))).scalar_one())


def _held(dossier_id: str, outlet: str | None, added_after: str | None) -> list[sa.ColumnElement[bool]]:
    out = [dossier_document.c.dossier_id == dossier_id]
    if outlet is not None:
        out.append(sa.func.coalesce(document.c.outlet, document.c.agency, "") == outlet)
    if added_after is not None:
        out.append(dossier_document.c.added_at > added_after)
    return out


def outlets(
    connection: sa.Connection, dossier_id: str, most: int = 200
) -> tuple[tuple[str, int, dt.date | None, str], ...]:
    """Return the outlets: name (empty when none is named), documents, last day published, last instant added."""
    name = sa.func.coalesce(document.c.outlet, document.c.agency, "").label("outlet")
    number = sa.func.count().label("number")
    asked = (
        sa.select(name, number, sa.func.max(document.c.published), sa.func.max(dossier_document.c.added_at))
        .join(dossier_document, dossier_document.c.document_id == document.c.id)
        .where(dossier_document.c.dossier_id == dossier_id)
        .group_by(name)
        .order_by(number.desc(), name)
        .limit(most)
    )
    return tuple((row[0], int(row[1]), row[2], row[3]) for row in connection.execute(asked))


def days(connection: sa.Connection, dossier_id: str) -> tuple[dt.date | None, dt.date | None, str | None]:
    """Return the first and last day a dossier's documents were published, and when the last was added."""
    asked = (
        sa.select(
            sa.func.min(document.c.published),
            sa.func.max(document.c.published),
            sa.func.max(dossier_document.c.added_at),
        )
        .join(dossier_document, dossier_document.c.document_id == document.c.id)
        .where(dossier_document.c.dossier_id == dossier_id)
    )
    row = connection.execute(asked).one()
    return row[0], row[1], row[2]


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
        sa.select(document.c.id)
        .join(document_sector, document_sector.c.document_id == document.c.id)
        .join(dossier_document, dossier_document.c.document_id == document.c.id)
        .where(dossier_document.c.dossier_id == dossier_id, document_sector.c.sector == sector)
        .order_by(document.c.published.desc(), document.c.id)
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
        facet, value = picked.facet
        held = sa.select(record_facet.c.record_id).where(
            record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet, record_facet.c.value == value
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
