"""Dates of whole readings: boilerplate, quotations, and the development texts when they are beside the repository."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

from palabre.extract.dates import find_dates
from palabre.model.annotations import Boilerplate
from palabre.model.documents import Metadata, RawDocument
from palabre.model.spans import Span
from palabre.text.compose import read_text
from palabre.text.reading import Reading

SHARED = Path(os.environ.get("PALABRE_SHARED") or Path(__file__).parents[2].parent / "shared")


def reading(text: str, published: dt.date | None, *aside: str) -> Reading:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in aside]
    return Reading(text, "fr", Metadata(published=published), boilerplate=tuple(Boilerplate(s, "menu") for s in spans))


def test_dates_outside_the_article_are_left_out_and_say_nothing() -> None:
    menu = "À lire : jeudi 27 mars 2025, la foire"
    found = find_dates(reading(f"{menu}\n\nElle a signé jeudi.", dt.date(2025, 4, 4), menu))
    assert [d.value for d in found] == ["2025-04-03"]


@pytest.mark.parametrize("marks", ["«»", "“”", '""'])
def test_today_is_the_day_of_the_event_in_every_kind_of_quotation(marks: str) -> None:
    said = f"{marks[0]}notre rencontre d’aujourd’hui compte{marks[1]}"
    text = f"Le 3 avril, elle a dit : {said}. La séance s'ouvre aujourd’hui."
    found = find_dates(reading(text, dt.date(2025, 4, 4)))
    assert [d.value for d in found] == ["2025-04-03", "2025-04-03", "2025-04-04"]


def test_the_contradicted_weekday_is_kept() -> None:
    (date,) = find_dates(reading("Ils se sont vus mercredi 3 avril 2025.", None))
    assert (date.value, date.weekday_conflict, date.rule) == ("2025-04-03", 2, "day")


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").is_file(), reason="the development texts are not here")
def test_the_development_texts() -> None:
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    right = expected = given = 0
    for path in sorted((SHARED / "eval" / "gold").glob("*/[!_]*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "eval" / "texts" / path.parent.name / f"{path.stem}.txt").read_text(encoding="utf-8")
        text = text.replace("\r\n", "\n")
        day = gold["published"] or gold.get("assumed_published")
        given_day = Metadata(published=dt.date.fromisoformat(day) if day else None)
        found = find_dates(read_text(RawDocument(path.stem, path.name, text, "text/plain", given_day)))
        golds: list[dict[str, Any]] = [{**item, "span": score.gold_span(text, item)} for item in gold["dates"]]
        preds: list[dict[str, Any]] = [{"span": (d.span.start, d.span.end), "value": d.value} for d in found]
        pairs = score.pair_up(golds, preds, lambda a, b: score.iou(a["span"], b["span"]), 0.01)
        right += sum(golds[i]["value"] == preds[j]["value"] for i, j in pairs)
        expected += len(golds)
        given += len(preds)
    assert 2 * right / (expected + given) >= 0.95
