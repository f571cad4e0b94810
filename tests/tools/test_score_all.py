"""Pooling adds counts up: figures of several sets are those of one set that holds them all."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def score_all() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_all", ROOT / "tools" / "score_all.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_all"] = module
    spec.loader.exec_module(module)
    return module


def test_pooled_figures_weigh_by_count(score_all: ModuleType) -> None:
    small = {"dates": {"P": 1.0, "R": 1.0, "F1": 1.0, "gold": 2, "pred": 2, "status": 1.0}}
    large = {"dates": {"P": 0.25, "R": 0.5, "F1": 1 / 3, "gold": 8, "pred": 16, "status": 0.5}}
    row = score_all.pooled({"a": small, "b": large})["dates"]
    assert row["gold"] == 10
    assert row["pred"] == 18
    assert row["P"] == pytest.approx(6 / 18)
    assert row["R"] == pytest.approx(6 / 10)
    assert row["status"] == pytest.approx(4 / 6)


def test_nothing_found_is_zero_not_an_error(score_all: ModuleType) -> None:
    row = score_all.pooled({"a": {"quotes": {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 0, "pred": 0}}})["quotes"]
    assert row["F1"] == 0.0


def test_manifest_takes_the_date_gold_has(score_all: ModuleType, tmp_path: Path) -> None:
    for name, truth in {
        "a": {"published": "2025-04-03"},
        "b": {"published": None, "assumed_published": "2025-04-04"},
        "c": {"published": None},
        "_dossier": {},
    }.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    score_all.write_manifest(Path("texts"), tmp_path, tmp_path / "m.csv")
    lines = (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "path,published"
    assert [line.partition(",")[2] for line in lines[1:]] == ["2025-04-03", "2025-04-04", ""]


def test_says_so_when_there_is_no_gold(
    score_all: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALABRE_SHARED", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["score_all.py"])
    score_all.main()
    assert "nothing to score" in capsys.readouterr().out
