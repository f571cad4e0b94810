"""Between the model's dataclasses and the columns of the tables; every object comes back equal to what was put in.

Must not run queries. Raises pydantic's ValidationError (or ValueError) for a row that is not what was written.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from palabre.model.annotations import Annotations
from palabre.model.documents import Document, Metadata
from palabre.model.dossier import Dossier
from palabre.model.edtf import parse_or_none
from palabre.model.ids import content_id
from palabre.model.judgements import Judgement
from palabre.model.mentions import mention_ids
from palabre.model.records import (
    Actor,
    Brief,
    Commitment,
    Conflict,
    Evidence,
    Meeting,
    Moved,
    Origin,
    Register,
    Statement,
    row_id,
)
from palabre.register.order import Record as Record
from palabre.register.order import place_of
from palabre.store.schema import META_COLUMNS
from palabre.text.words import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    import sqlalchemy as sa

RECORD_KINDS: tuple[str, ...] = tuple(f.name for f in fields(Register))
"""The fields of `Register`, which are the kinds of records."""

ACTOR_ID, ACTOR_NAME = "actor", "name"
"""Facets an actor is found by: its id and its names, folded (`text.words.fold`)."""

_ANNOTATIONS: TypeAdapter[Annotations] = TypeAdapter(Annotations)
_METADATA: TypeAdapter[Metadata] = TypeAdapter(Metadata)
_DOSSIER: TypeAdapter[Dossier] = TypeAdapter(Dossier)
_JUDGEMENT: TypeAdapter[Judgement] = TypeAdapter(Judgement)
_REGISTER: TypeAdapter[Register] = TypeAdapter(Register)
_BRIEF: TypeAdapter[Brief] = TypeAdapter(Brief)
_BRIEFS: TypeAdapter[tuple[Brief, ...]] = TypeAdapter(tuple[Brief, ...])
_RECORDS: Mapping[str, TypeAdapter[Any]] = {
    "origins": TypeAdapter(Origin),
    "actors": TypeAdapter(Actor),
    "meetings": TypeAdapter(Meeting),
    "statements": TypeAdapter(Statement),
    "commitments": TypeAdapter(Commitment),
    "conflicts": TypeAdapter(Conflict),
}


def to_json(value: object) -> str:
    """Return `value` (of lists, dictionaries and plain values) as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document_row(document: Document) -> dict[str, Any]:
    """Return the row of `document`. Raises UnicodeEncodeError for half a surrogate pair, which no file can hold."""
    text = document.text.encode("utf-8")
    # A file's name may hold bytes of no encoding, which Python reads as half surrogate pairs: kept readable.
    name, path = (n.encode("utf-8", "backslashreplace").decode() for n in (document.name, document.path))
    return {
        "id": document.id,
        "name": name,
        "path": path,
        "media_type": document.media_type,
        "text": document.text,
        "length": len(document.text),
        "sha256": hashlib.sha256(text).hexdigest(),
        **meta_columns(document.meta),
    }


def meta_columns(meta: Metadata) -> dict[str, Any]:
    """Return the columns that hold the metadata of a document."""
    rest = _METADATA.dump_python(meta, mode="json")
    for name in META_COLUMNS:
        rest.pop(name)
    return {**{name: getattr(meta, name) for name in META_COLUMNS}, "provenance": to_json(rest)}


def document_of(row: sa.RowMapping) -> Document:
    """Return the document of a row."""
    known = {**json.loads(row["provenance"]), **{name: row[name] for name in META_COLUMNS}}
    meta = _METADATA.validate_python(known)
    return Document(row["id"], row["name"], row["path"], row["text"], row["media_type"], meta)


def annotation_rows(doc_id: str, annotations: Annotations) -> tuple[list[dict[str, Any]], str]:
    """Return one row for each thing found, and the JSON of what is found nowhere in particular (notes)."""
    ids = mention_ids(doc_id, annotations)
    rows: list[dict[str, Any]] = []
    rest: dict[str, Any] = {}
    for kind, items in _ANNOTATIONS.dump_python(annotations, mode="json").items():
        if any(not isinstance(item, dict) for item in items):
            rest[kind] = items
            continue
        for ordinal, item in enumerate(items):
            span = item.get("span") or {"start": None, "end": None}
            rows.append(
                {
                    "document_id": doc_id,
                    "kind": kind,
                    "ordinal": ordinal,
                    "id": ids[kind][ordinal] if kind in ids else content_id("ax", doc_id, kind, ordinal),
                    "start_at": span["start"],
                    "end_at": span["end"],
                    "payload": to_json(item),
                }
            )
    return rows, to_json(rest)


def annotations_of(rest: str, rows: Iterable[tuple[str, str]]) -> Annotations:
    """Return the annotations of one document from the JSON of the rest and its (kind, payload), in order."""
    found: dict[str, list[Any]] = {}
    for kind, payload in rows:
        found.setdefault(kind, []).append(json.loads(payload))
    return _ANNOTATIONS.validate_python({**json.loads(rest), **found})


def dossier_json(dossier: Dossier) -> str:
    """Return a dossier as JSON."""
    return to_json(_DOSSIER.dump_python(dossier, mode="json"))


def dossier_of(payload: str) -> Dossier:
    """Return the dossier of its JSON."""
    return _DOSSIER.validate_python(json.loads(payload))


def judgement_json(judgement: Judgement) -> str:
    """Return a judgement as JSON."""
    return to_json(_JUDGEMENT.dump_python(judgement, mode="json"))


def judgement_of(payload: str, withdrawn_at: str | None, withdrawn_by: str | None) -> Judgement:
    """Return the judgement of its JSON, withdrawn or not as the columns say."""
    known = {**json.loads(payload), "withdrawn_at": withdrawn_at, "withdrawn_by": withdrawn_by}
    return _JUDGEMENT.validate_python(known)


def target_rows(dossier_id: str, judgement: Judgement) -> list[dict[str, Any]]:
    """Return the rows of what a judgement is about, none twice."""
    return [
        {"dossier_id": dossier_id, "judgement_id": judgement.id, "target": t, "suffix": t.rpartition("-")[2]}
        for t in dict.fromkeys(judgement.targets)
    ]


def record_rows(dossier_id: str, register: Register) -> Iterator[tuple[Record, dict[str, Any]]]:
    """Yield each record of a register with its row.

    The row's id is the record's; of several actors of one name, who have one id, the second has `#2` after it.
    """
    homonyms: Counter[str] = Counter()
    for kind in RECORD_KINDS:
        for record in getattr(register, kind):
            key = record.id
            if isinstance(record, Actor):
                homonyms[key] += 1
                key = row_id(key, homonyms[key])
            yield record, record_row(dossier_id, kind, key, record)


def record_row(dossier_id: str, kind: str, key: str, record: Record) -> dict[str, Any]:
    """Return the row of a record; `key` is its id there."""
    return {
        "dossier_id": dossier_id,
        "id": key,
        "kind": kind,
        "label": label(record),
        "date": record.deadline if isinstance(record, Commitment) else getattr(record, "date", None),
        "status": getattr(record, "status", None),
        "sector": getattr(record, "sector", None),
        "payload": to_json(_RECORDS[kind].dump_python(record, mode="json")),
        **counted(record, key),
    }


def counted(record: Record, key: str) -> dict[str, Any]:
    """Return the columns a record is filtered, sorted and counted by, besides those above; `key` is its row's id."""
    dates: tuple[str | None, str | None] = (None, None)
    match record:
        case Commitment():
            dates = record.made_on, record.deadline
        case Meeting():
            dates = record.date, record.date
        case _:
            pass
    first, last = (parse_or_none(value) for value in dates)
    docs = {e.doc for role, e in evidence(record) if role != "event"}
    events = [parse_or_none(e.date) for e in record.events] if isinstance(record, Commitment) else []
    moves = [e.earliest or e.latest for e in events if e is not None]
    known = {
        "place": place_of(record, key),
        "firmness": getattr(record, "firmness", None),
        "variety": _variety(record),
        "about": getattr(record, "about", None),
        "day": _iso((first.earliest or first.latest) if first else None),
        "due": _iso(last.latest if last else None),
        "moved": _iso(max((m for m in moves if m is not None), default=None)),
        "origins": getattr(record, "origins", None),
        "docs": len(record.docs if isinstance(record, Actor | Origin) else docs),
        "doubts": len(getattr(record, "questions", ()) or getattr(record, "doubts", ())),
        "session": getattr(record, "session", None),
        "official": getattr(record, "official", None),
        "vague": getattr(record, "vague", None),
        "confidence": getattr(record, "confidence", None),
    }
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in known.items()}


def line_of(record: Commitment) -> str:
    """Return the JSON of a commitment as a line of a list shows it."""
    moved = tuple(Moved(e.date) for e in record.events)
    brief = Brief(**{f.name: getattr(record, f.name) for f in fields(Brief) if f.name != "events"}, events=moved)
    return to_json(_BRIEF.dump_python(brief, mode="json"))


def _variety(record: Record) -> str | None:
    match record:
        case Actor() | Conflict() | Origin():
            return record.kind
        case Statement():
            return record.form
        case Meeting():
            return record.level
        case _:
            return None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def facet_rows(dossier_id: str, key: str, record: Record) -> list[dict[str, Any]]:
    """Return the rows of the values of a record's fields that hold several; `key` is the id of its row."""
    docs = tuple(e.doc for _, e in evidence(record))
    values: dict[str, tuple[str, ...]] = {}
    match record:
        case Commitment():
            values = {"promisor": record.promisor, "beneficiary": record.beneficiary, "document": docs}
        case Meeting():
            values = {"party": record.parties, "document": docs}
        case Statement():
            values = {"speaker": (record.speaker or "",)}
        case Actor():
            values = {ACTOR_ID: (fold(key),), ACTOR_NAME: tuple(filter(None, map(fold, record.names)))}
        case Origin() | Conflict():
            pass
    return [
        {"dossier_id": dossier_id, "record_id": key, "facet": facet, "value": value}
        for facet, several in values.items()
        for value in dict.fromkeys(several)
    ]


def register_of(rows: Iterable[tuple[str, str]]) -> Register:
    """Return the register of its records' (kind, payload), in order."""
    found: dict[str, list[str]] = {}
    for kind, payload in rows:
        found.setdefault(kind, []).append(payload)
    # Read and checked in one go, in half the time.
    lists = (f"{json.dumps(kind)}:[{','.join(payloads)}]" for kind, payloads in found.items())
    return _REGISTER.validate_json(f"{{{','.join(lists)}}}")


def briefs_of(payloads: Iterable[str]) -> tuple[Brief, ...]:
    """Return commitments as lines of a list show them, of the JSON of their lines (`line_of`)."""
    return _BRIEFS.validate_json(f"[{','.join(payloads)}]")


def record_of(kind: str, payload: str) -> Record:
    """Return one record of its kind and JSON."""
    if kind not in _RECORDS:
        raise ValueError(f"there are no records of the kind {kind}")
    record: Record = _RECORDS[kind].validate_python(json.loads(payload))
    return record


def label(record: Record) -> str:
    """Return the words a record is known by: what a search shows of it, and finds it by."""
    parts: tuple[str | None, ...]
    match record:
        case Commitment():
            parts = (record.action, record.amount, record.conditions)
        case Meeting():
            parts = (record.title, record.place, record.margins_of)
        case Statement():
            parts = (record.speaker, record.text)
        case Actor():
            parts = (record.name, *(n for n in record.names if n != record.name), *(o for _, o in record.offices))
        case Conflict():
            parts = (record.what, *(side.value for side in record.values))
        case Origin():
            parts = (record.why,)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def name(record: Record) -> str:
    """Return the shortest words a record is known by: what is promised, who speaks; empty when it has none."""
    match record:
        case Commitment():
            return record.action
        case Meeting():
            return record.title or record.place or ""
        case Statement():
            return record.speaker or ""
        case Actor():
            return record.name
        case Conflict():
            return record.what
        case Origin():
            return record.why


def evidence(record: Record) -> Iterator[tuple[str, Evidence]]:
    """Yield what a record rests on, with its role: mention, event or side."""
    match record:
        case Commitment():
            yield from (("mention", e) for e in record.mentions)
            yield from (("event", event.evidence) for event in record.events)
        case Meeting() | Statement():
            yield from (("mention", e) for e in record.mentions)
        case Conflict():
            yield from (("side", e) for side in record.values for e in side.evidence)
        case Actor() | Origin():
            pass


def mention_rows(dossier_id: str, record: Record) -> list[dict[str, Any]]:
    """Return the rows that lead from mentions to `record` (from documents, to an origin), none twice."""
    proofs = [(role, e.id) for role, e in evidence(record)]
    if isinstance(record, Origin):
        proofs = [("document", doc) for doc in record.docs]
    return [
        {
            "dossier_id": dossier_id,
            "record_id": record.id,
            "mention_id": mention,
            "role": role,
            "suffix": mention.rpartition("-")[2],
        }
        for role, mention in dict.fromkeys(proofs)
    ]
