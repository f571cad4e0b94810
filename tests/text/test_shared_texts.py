"""Clutter and metadata against the shared texts, when they are there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from palabre.model.documents import Known, Metadata, RawDocument
from palabre.text.compose import read_text

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("PALABRE_SHARED", ROOT.parent / "shared")) / "eval"
FILES = sorted((EVAL / "gold").glob("*/[!_]*.json")) if EVAL.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the shared texts are not here")


def span(text: str, item: dict[str, Any]) -> range:
    words = item.get("from") or item["text"]
    start = -1
    for _ in range(item.get("nth") or 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    if item.get("to"):
        end = text.index(item["to"], max(start, end - len(item["to"]))) + len(item["to"])
    return range(start, end)


def test_clutter_by_characters_and_metadata_by_field() -> None:
    both = wanted = got = 0
    right = dict.fromkeys(("title", "author", "outlet", "published"), 0)
    for file in FILES:
        gold = json.loads(file.read_text(encoding="utf-8"))
        text = (EVAL / "texts" / file.parent.name / f"{file.stem}.txt").read_text(encoding="utf-8")
        reading = read_text(RawDocument(file.stem, str(file), text, "text/plain", Metadata()))
        gold_marks = {i for item in gold["boilerplate"] for i in span(text, item) if not text[i].isspace()}
        marks = {i for b in reading.boilerplate for i in range(b.span.start, b.span.end) if not text[i].isspace()}
        both, wanted, got = both + len(gold_marks & marks), wanted + len(gold_marks), got + len(marks)
        meta = reading.meta
        day = meta.published.isoformat() if meta.published else None
        for name, value in (("title", meta.title), ("author", meta.author), ("outlet", meta.outlet)):
            right[name] += value == gold[name]
        from_text = gold.get("published_from") in (None, "text")
        right["published"] += day == gold["published"] or meta.published_by is Known.GUESSED or not from_text
    assert 2 * both / (wanted + got) >= 0.95
    assert all(count >= 0.9 * len(FILES) for count in right.values()), right
