"""What an id leads to: a record, a document, something found in one, a judgement or the dossier itself.

Ids may be cut short as long as one thing answers. The id of a mention leads to the record that tells of it now, and
so does the id of a former record, which is that of one of its mentions under another prefix. An actor is known by its
id (`RUS`) or any of its names, accents and capitals aside. Only reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from palabre.errors import NotFound
from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Boilerplate,
    CommitmentMention,
    DateMention,
    FigureClaim,
    IndirectStatement,
    MeetingMention,
    ProgressMention,
    Quote,
)
from palabre.model.documents import Document
from palabre.model.dossier import Dossier
from palabre.model.ids import ID_LENGTH
from palabre.model.judgements import Judgement
from palabre.model.mentions import KINDS
from palabre.model.spans import Span
from palabre.store import documents, rows
from palabre.store.schema import (
    annotation,
    document,
    dossier_document,
    former_annotation,
    judgement,
    record,
    record_facet,
    record_mention,
)
from palabre.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Item = (
    ActorEntry
    | ActorMention
    | Boilerplate
    | CommitmentMention
    | DateMention
    | FigureClaim
    | IndirectStatement
    | MeetingMention
    | ProgressMention
    | Quote
)
"""Anything that one reading of one document finds."""

_ID = re.compile(r"(?:(?P<prefix>[a-z]{1,4})-)?(?P<suffix>[a-z2-7]{0,10})\Z")
_ROLES = ("mention", "event", "side")
_AT_ONCE = 400
"""Ids put into one question."""
_SHOWN = 5
"""Ids listed when several answer."""
_WHOLE = sa.select(record.c.kind, record.c.payload).where(
    record.c.dossier_id == sa.bindparam("dossier"), record.c.id == sa.bindparam("id")
)
_ACTORS = (
    sa.select(record_facet.c.record_id, record_facet.c.facet)
    .where(
        record_facet.c.dossier_id == sa.bindparam("dossier"),
        record_facet.c.facet.in_((rows.ACTOR_ID, rows.ACTOR_NAME)),
        record_facet.c.value == sa.bindparam("sought"),
    )
    .order_by(record_facet.c.record_id)
)


@dataclass(frozen=True, slots=True)
class StoredMention:
    """Something found in a document that no record tells of. `kind` is the field of `Annotations` it stands in."""

    id: str
    kind: str
    doc: str
    span: Span | None
    item: Item


@dataclass(frozen=True, slots=True)
class Found:
    """What an id leads to.

    `kind` is the kind of record (`commitments`, `meetings`, …), `document`, `mention`, `judgement` or `dossier`;
    `id` is its whole id; `mention` the mention that led there when the id was not its own, else None.
    """

    kind: str
    id: str
    item: rows.Record | Document | StoredMention | Judgement | Dossier
    mention: str | None = None


def find(connection: sa.Connection, dossier: Dossier, asked: str) -> Found:
    """Return what `asked`, an id or the beginning of one, leads to. Raises NotFound: nothing does, or several."""
    named = _actors(connection, dossier, asked)
    if named:
        return _found(connection, dossier, asked, named)
    sought = asked.strip().lower()
    match = _ID.match(sought)
    if match is None or not sought.strip("-"):
        raise NotFound(f"{asked.strip() or 'an empty id'}: no id looks like this; one looks like c-5x7kq2mzab.")
    whole = _whole(connection, dossier, sought)
    if whole is not None:
        return whole
    if match["prefix"] is None:
        return _found(connection, dossier, asked, _candidates(connection, dossier, None, match["suffix"]))
    own = _candidates(connection, dossier, match["prefix"], match["suffix"])
    return _found(connection, dossier, asked, own or _once(connection, dossier, match["prefix"], match["suffix"]))


def _whole(connection: sa.Connection, dossier: Dossier, its: str) -> Found | None:
    """Return the record or the document of this very id, which no other thing can begin with; None without one."""
    if len(its.rpartition("-")[2]) < ID_LENGTH:
        return None
    kept = connection.execute(_WHOLE, {"dossier": dossier.id, "id": its}).first()
    if kept is not None:
        return Found(kept.kind, its, rows.record_of(kept.kind, kept.payload))
    held = sa.select(dossier_document.c.document_id).where(
        dossier_document.c.dossier_id == dossier.id, dossier_document.c.document_id == its
    )
    if connection.execute(held).first() is None:
        return None
    return Found("document", its, documents.load(connection, [its])[0])


def _actors(connection: sa.Connection, dossier: Dossier, asked: str) -> list[Candidate]:
    """Return the actors of that id, else those of that name."""
    sought = fold(asked)
    if not sought:
        return []
    known = connection.execute(_ACTORS, {"dossier": dossier.id, "sought": sought}).all()
    of_id = [row.record_id for row in known if row.facet == rows.ACTOR_ID]
    exact = [its for its in of_id if its == asked.strip()]
    found = exact or of_id or [row.record_id for row in known]
    return [("record", its, its) for its in found]


Candidate = tuple[str, str, str | None]
"""Where something is kept (record, document, mention, judgement, dossier), its id, the mention that led there."""


def _found(connection: sa.Connection, dossier: Dossier, asked: str, all_of_them: Sequence[Candidate]) -> Found:
    exact = [c for c in all_of_them if {asked.strip(), asked.strip().lower()} & {c[1], c[2]}]
    distinct = {(where, its): mention for where, its, mention in reversed(exact or all_of_them)}
    if not distinct:
        raise NotFound(f"{asked.strip()}: nothing in the dossier {dossier.name} has this id.")
    if len(distinct) > 1:
        shown = ", ".join(sorted(its for _, its in distinct)[:_SHOWN])
        more = ", …" if len(distinct) > _SHOWN else ""
        raise NotFound(f"{asked.strip()}: several ids begin like this ({shown}{more}); give more of it.")
    (where, its), mention = next(iter(distinct.items()))
    return _load(connection, dossier, where, its, None if mention == its else mention)


def _begins(column: sa.ColumnElement[str], start: str) -> sa.ColumnElement[bool]:
    # Ids are lower-case ASCII: everything that begins so lies below the next character after `z`.
    return sa.and_(column >= start, column < f"{start}{{")


def _candidates(connection: sa.Connection, dossier: Dossier, prefix: str | None, suffix: str) -> list[Candidate]:
    """Return what has an id of its own that begins so; a mention leads to its record where it has one."""
    its = dossier.id
    out: list[Candidate] = []
    starts = [f"{prefix}-{suffix}"] if prefix else _starts(connection, its, suffix)
    for start in starts:
        asked = sa.select(record.c.id).where(record.c.dossier_id == its, _begins(record.c.id, start))
        out += [("record", i, i) for i in connection.scalars(asked)]
        joined = sa.select(document.c.id).join(dossier_document, dossier_document.c.document_id == document.c.id)
        inside = joined.where(dossier_document.c.dossier_id == its, _begins(document.c.id, start))
        out += [("document", i, i) for i in connection.scalars(inside)]
        made = sa.select(judgement.c.id).where(judgement.c.dossier_id == its, _begins(judgement.c.id, start))
        out += [("judgement", i, i) for i in connection.scalars(made)]
        if its.startswith(start):
            out.append(("dossier", its, its))
        out += _led_to(connection, its, _mentions(connection, its, start))
    return out


def _starts(connection: sa.Connection, dossier_id: str, suffix: str) -> list[str]:
    """Return the beginnings of every kind of id there is, for a suffix given alone."""
    asked = sa.select(sa.func.substr(record.c.id, 1, 5)).where(record.c.dossier_id == dossier_id).distinct()
    known = {start.partition("-")[0] for start in connection.scalars(asked)}
    made = sa.select(sa.func.substr(judgement.c.id, 1, 5)).where(judgement.c.dossier_id == dossier_id).distinct()
    known |= {start.partition("-")[0] for start in connection.scalars(made)}
    return [f"{prefix}-{suffix}" for prefix in sorted(known | {"d", "o", *(kind for _, kind in KINDS)})]


def _mentions(connection: sa.Connection, dossier_id: str, start: str) -> list[str]:
    # Asked as a condition, not as a join: a database would else go through every document of the dossier.
    held = sa.exists().where(
        dossier_document.c.dossier_id == dossier_id, dossier_document.c.document_id == annotation.c.document_id
    )
    found = set(connection.scalars(sa.select(annotation.c.id).where(_begins(annotation.c.id, start), held)))
    # What a person added is in no reading: the record that tells of it knows it.
    told = sa.select(record_mention.c.mention_id).where(
        record_mention.c.dossier_id == dossier_id,
        record_mention.c.role == "mention",
        _begins(record_mention.c.mention_id, start),
    )
    return sorted(found | set(connection.scalars(told)))


def _led_to(connection: sa.Connection, dossier_id: str, mentions: Iterable[str]) -> list[Candidate]:
    out: list[Candidate] = []
    for mention in mentions:
        asked = sa.select(record_mention.c.record_id, record_mention.c.role).where(
            record_mention.c.dossier_id == dossier_id, record_mention.c.mention_id == mention
        )
        of = connection.execute(asked.order_by(record_mention.c.record_id)).all()
        first = min((_ROLES.index(row.role) for row in of), default=None)
        if first is None:
            out.append(("mention", mention, mention))
        else:
            # The record that tells of it, else the one it moves, else the contradictions it is a side of.
            out += [("record", row.record_id, mention) for row in of if row.role == _ROLES[first]][:1]
    return out


def _once(connection: sa.Connection, dossier: Dossier, prefix: str, suffix: str) -> list[Candidate]:
    """Return what an id of the past leads to: a former record, or something a former reading found."""
    if not suffix:
        return []
    its = dossier.id
    asked = (
        sa.select(record_mention.c.record_id, record_mention.c.mention_id)
        .where(record_mention.c.dossier_id == its, record_mention.c.role.in_(("mention", "document")))
        .where(_begins(record_mention.c.suffix, suffix), _begins(record_mention.c.record_id, f"{prefix}-"))
        .order_by(record_mention.c.mention_id)
    )
    out: list[Candidate] = [("record", row.record_id, row.mention_id) for row in connection.execute(asked)]
    if out:
        return out
    kinds = [kind for _, kind in KINDS]
    starts = [f"{prefix}-{suffix}"] if prefix in kinds else [f"{kind}-{suffix}" for kind in kinds]
    present = [m for start in starts for m in _mentions(connection, its, start)]
    if not present:
        present = [m for start in starts for m in _successors(connection, its, start)]
    return _led_to(connection, its, present)


def _successors(connection: sa.Connection, dossier_id: str, start: str) -> list[str]:
    asked = (
        sa.select(former_annotation.c.id)
        .join(dossier_document, dossier_document.c.document_id == former_annotation.c.document_id)
        .where(dossier_document.c.dossier_id == dossier_id, _begins(former_annotation.c.id, start))
    )
    now = [mention_now(connection, former) for former in connection.scalars(asked)]
    return [mention for mention in now if mention is not None]


def mentions_now(connection: sa.Connection, mentions: Iterable[str]) -> dict[str, str]:
    """Return the id by which the last readings know each mention that they know."""
    some = list(dict.fromkeys(mentions))
    out: dict[str, str] = {}
    for at in range(0, len(some), _AT_ONCE):
        asked = sa.select(annotation.c.id).where(annotation.c.id.in_(some[at : at + _AT_ONCE]))
        out |= {its: its for its in connection.scalars(asked)}
    for former in some:
        now = out.get(former) or mention_now(connection, former)
        if now is not None:
            out[former] = now
    return out


def mention_now(connection: sa.Connection, mention: str) -> str | None:
    """Return the id by which the last reading of its document knows a mention, or None.

    It is the same id when the words were found again, else that of the mention of the same kind that shares most of
    its span with the former one.
    """
    if connection.execute(sa.select(annotation.c.id).where(annotation.c.id == mention)).first() is not None:
        return mention
    before = connection.execute(sa.select(former_annotation).where(former_annotation.c.id == mention)).first()
    if before is None:
        return None
    span = Span(before.start_at, before.end_at)
    asked = sa.select(annotation.c.id, annotation.c.start_at, annotation.c.end_at).where(
        annotation.c.document_id == before.document_id,
        annotation.c.kind == before.kind,
        annotation.c.start_at < span.end,
        annotation.c.end_at > span.start,
    )
    near = [(span.iou(Span(row.start_at, row.end_at)), row.id) for row in connection.execute(asked)]
    return max(near)[1] if near else None


def _load(connection: sa.Connection, dossier: Dossier, where: str, its: str, mention: str | None) -> Found:
    match where:
        case "record":
            kept = connection.execute(_WHOLE, {"dossier": dossier.id, "id": its}).one()
            return Found(kept.kind, its, rows.record_of(kept.kind, kept.payload), mention)
        case "document":
            return Found("document", its, documents.load(connection, [its])[0])
        case "judgement":
            row = connection.execute(
                sa.select(judgement).where(judgement.c.dossier_id == dossier.id, judgement.c.id == its)
            ).one()
            return Found("judgement", its, rows.judgement_of(row.payload, row.withdrawn_at, row.withdrawn_by))
        case "mention":
            return Found("mention", its, _mention(connection, its))
        case _:
            return Found("dossier", its, dossier)


def _mention(connection: sa.Connection, its: str) -> StoredMention:
    row = connection.execute(sa.select(annotation).where(annotation.c.id == its)).first()
    assert row is not None
    found = documents.load_annotations(connection, [row.document_id])[row.document_id]
    span = None if row.start_at is None else Span(row.start_at, row.end_at)
    return StoredMention(its, row.kind, row.document_id, span, getattr(found, row.kind)[row.ordinal])
