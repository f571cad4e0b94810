"""Whatever the dataclasses hold comes back equal from the rows; ids of mentions are stable and distinct."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.model.annotations import Annotations
from palabre.model.documents import Document, Metadata
from palabre.model.mentions import KINDS, ids_of, mention_id, mention_ids
from palabre.model.records import Register
from palabre.model.spans import Span
from palabre.store import rows, schema
from tests.store.samples import FOUND, register

_SPANS = st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1]))
_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    Span: _SPANS,
    float: st.floats(allow_nan=False),
    str: st.text(max_size=6),
    int: st.integers(-(2**60), 2**60),
    dt.date: st.dates(),
}


def _any(kind: Any) -> st.SearchStrategy[Any]:
    """Return what makes any value of a type of the model, short tuples, no NaN (which equals nothing)."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{f.name: _any(hints[f.name]) for f in fields(kind)})
    parts = get_args(kind)
    if not parts:
        return st.from_type(kind)
    if parts[-1] is Ellipsis:
        return st.lists(_any(parts[0]), max_size=2).map(tuple)
    if getattr(kind, "__origin__", None) is tuple:
        return st.tuples(*(_any(part) for part in parts))
    return st.one_of(*(_any(part) for part in parts))


@settings(max_examples=60, deadline=None)
@given(_any(Annotations))
def test_annotations_come_back_equal(found: Annotations) -> None:
    items, rest = rows.annotation_rows("d-x", found)
    ordered = sorted(items, key=lambda row: (row["kind"], row["ordinal"]))
    assert rows.annotations_of(rest, [(row["kind"], row["payload"]) for row in ordered]) == found


@settings(max_examples=60, deadline=None)
@given(_any(Register))
def test_registers_come_back_equal(made: Register) -> None:
    kept = [(row["kind"], row["payload"]) for _, row in rows.record_rows("o-x", made)]
    assert rows.register_of(kept) == made


@settings(max_examples=60, deadline=None)
@given(_any(Metadata))
def test_metadata_come_back_equal(meta: Metadata) -> None:
    document = Document("d-x", "n", "p", "texte", "text/plain", meta)
    assert rows.document_of(rows.document_row(document)) == document  # type: ignore[arg-type]


def test_every_kind_of_record_has_a_label_and_its_evidence() -> None:
    for record, row in rows.record_rows("o-x", register()):
        assert row["label"]
        assert rows.record_of(row["kind"], row["payload"]) == record
    kinds = {row["kind"] for _, row in rows.record_rows("o-x", register())}
    assert kinds == set(rows.RECORD_KINDS)


def test_columns_of_metadata_are_fields_of_it() -> None:
    assert set(schema.META_COLUMNS) <= {f.name for f in fields(Metadata)}


def test_every_thing_found_has_an_id_of_its_own() -> None:
    ids = mention_ids("d-x", FOUND)
    every = [i for some in ids.values() for i in some]
    assert len(set(every)) == len(every)
    assert {name: len(some) for name, some in ids.items()} == {name: len(getattr(FOUND, name)) for name, _ in KINDS}
    assert all(i.startswith(f"{kind}-") for name, kind in KINDS for i in ids[name])


def test_an_id_rests_on_kind_document_and_span_alone() -> None:
    span = Span(3, 9)
    assert mention_id("ac", "d-x", span) == mention_id("ac", "d-x", Span(3, 9), 0)
    others = (("aq", "d-x", span, 0), ("ac", "d-y", span, 0), ("ac", "d-x", Span(3, 8), 0), ("ac", "d-x", span, 1))
    assert len({mention_id(*o) for o in others} | {mention_id("ac", "d-x", span)}) == 5
    again = tuple(replace(c, action="autrement dit") for c in FOUND.commitments)
    assert ids_of("ac", "d-x", again) == ids_of("ac", "d-x", FOUND.commitments)
    assert mention_id("ac", "d-x", span) == "ac-" + mention_id("ac", "d-x", span).partition("-")[2]


def test_ids_hold_from_one_version_to_the_next() -> None:
    assert mention_id("ac", "d-aaaaaaaaaa", Span(10, 20)) == "ac-fixpzpx6ne"
