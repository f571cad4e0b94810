"""The outputs of `annotate` and `reconcile`: valid against their published schemas, every span inside its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from palabre.export.formats import SCHEMAS, json_schema
from tests.conftest import SAMPLE, shared_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Ran

SPANNED = (
    "boilerplate",
    "quotes",
    "statements",
    "dates",
    "meetings",
    "commitments",
    "progress",
    "figures",
)
SETS = [("sample", str(SAMPLE)), *((name, str(texts)) for name, texts, _ in shared_sets())]


@pytest.fixture(params=SETS, ids=[name for name, _ in SETS])
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param[1])


def _spans(document: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for field in SPANNED:
        for item in document[field]:
            yield item["start"], item["end"]
    for actor in document["actors"]:
        yield from (tuple(m) for m in actor["mentions"])


def test_every_output_is_valid_and_every_span_lies_in_its_text(palabre: Callable[..., Ran], folder: str) -> None:
    run = palabre("annotate", folder, "--published", "2025-07-01")
    assert run.status == 0, run.err
    documents = [json.loads(line) for line in run.out.splitlines()]
    assert documents
    checker = jsonschema.Draft202012Validator(json_schema("annotate"))
    for document in documents:
        checker.validate(document)
        for start, end in _spans(document):
            assert 0 <= start < end <= len(document["text"])
            words = document["text"][start:end]
            assert words == words.strip(), words

    run = palabre("reconcile", folder, "--published", "2025-07-01")
    assert run.status == 0, run.err
    dossier = json.loads(run.out)
    jsonschema.Draft202012Validator(json_schema("reconcile")).validate(dossier)
    texts = {document["doc"]: document["text"] for document in documents}
    for record in (*dossier["meetings"], *dossier["commitments"]):
        assert record["mentions"]
        for mention in (*record["mentions"], *record.get("events", ())):
            assert texts[mention["doc"]][mention["start"] : mention["end"]].strip()


def test_a_plain_text_is_given_whole(palabre: Callable[..., Ran], tmp_path: Any) -> None:
    text = "\n  Titre\r\n\r\nLe 3 mai 2024, la Chine a reçu le Pérou à Pékin. 😀\n\n"
    (tmp_path / "t.txt").write_bytes(text.encode())
    document = json.loads(palabre("annotate", "t.txt").out)
    assert document["text"] == text.replace("\r\n", "\n")
    assert document["doc"] == "t"
    assert document["path"] == "t.txt"


def test_a_refusal_is_no_promise(palabre: Callable[..., Ran], tmp_path: Any) -> None:
    (tmp_path / "t.txt").write_text("Le Chili ne livrera pas de navires au Ghana, a dit le ministre chilien.\n")
    assert json.loads(palabre("annotate", "t.txt").out)["commitments"] == []


def test_each_schema_is_closed_and_described() -> None:
    for name, _ in SCHEMAS:
        schema = json_schema(name)
        assert schema["additionalProperties"] is False
        for shape in schema["$defs"].values():
            if shape["type"] == "object":
                assert shape["additionalProperties"] is False
                assert shape.get("description")


def test_standard_output_holds_only_json(palabre: Callable[..., Ran], tmp_path: Any) -> None:
    (tmp_path / "a.txt").write_text("Le 3 mai 2024, la Chine a promis des navires au Pérou.\n")
    (tmp_path / "b.txt").write_bytes(b"")
    run = palabre("annotate", "a.txt", "b.txt")
    assert [json.loads(line)["doc"] for line in run.out.splitlines()] == ["a"]
    assert "b.txt" in run.err
