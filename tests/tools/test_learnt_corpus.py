"""The passages that models learn from: every mark can be read, names nobody unknown, and stands on its own words."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from palabre.model.vocabulary import Firmness, ProgressStatus, Sector

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = ROOT / "tools" / "learnt"


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("learnt_corpus", ROOT / "tools" / "learnt_corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["learnt_corpus"] = module
    spec.loader.exec_module(module)
    return module


def test_marks_are_words_of_the_guidelines(corpus: ModuleType) -> None:
    known = {actor for _, _, actor in corpus.ROSTER}
    statuses, firmnesses, sectors = set(ProgressStatus), set(Firmness), set(Sector)
    count: Counter[str] = Counter()
    for passage in corpus.passages(PASSAGES):
        told = sorted(passage.told, key=lambda t: t.span)
        assert all(a.span.end <= b.span.start for a, b in pairwise(told)), passage.name
        for one in told:
            count[one.kind] += 1
            assert one.span.text(passage.text).strip(), passage.name
            if one.kind == "progress":
                assert one.label in statuses, passage.name
            else:
                assert one.label in firmnesses, passage.name
                assert one.sector in sectors, passage.name
                # Nobody, where the text names nobody; an id of the roster; else words for somebody it names.
                codes = [who for who in one.promisor if re.fullmatch("[A-Z]{2,4}", who)]
                assert all(who in known or who in passage.text for who in codes), passage.name
    assert count["commitment"] > 1000
    assert count["progress"] > 200


def test_a_mark_is_taken_out_and_its_place_kept(corpus: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Le ministre a promis que {pledged|health|Kembara+OFD|le Kembara paierait}. <stalled|Rien ne bouge>.\n",
        encoding="utf-8",
    )
    (passage,) = corpus.passages(tmp_path)
    assert passage.text == "Le ministre a promis que le Sénégal paierait. Rien ne bouge."
    promise, moved = passage.told
    assert (promise.span.text(passage.text), promise.promisor) == ("le Sénégal paierait", ("SEN", "OIF"))
    assert (moved.span.text(passage.text), moved.label) == ("Rien ne bouge", "stalled")


def test_a_broken_mark_is_told(corpus: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Il {pledged|health le Kembara paierait.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a:0"):
        list(corpus.passages(tmp_path))


def test_clauses_have_sectors() -> None:
    lines = (PASSAGES / "sectors.tsv").read_text(encoding="utf-8").splitlines()
    count = Counter(line.partition("\t")[0] for line in lines)
    assert set(count) == set(Sector)
    assert min(count.values()) >= 90
    assert all(line.partition("\t")[2].strip() for line in lines)
