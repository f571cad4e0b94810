"""What tests share: the sample dossier, the shared texts when they are there, and the program run in this process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "palabre" / "sample" / "aes-russie"


@dataclass(frozen=True)
class Ran:
    """One run of the program."""

    status: int
    out: str
    err: str


@pytest.fixture
def palabre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return a function that runs `palabre` with arguments in a folder of the test's own."""
    from palabre.ui.cli.main import run

    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("PALABRE_") and n != "PALABRE_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def go(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run(list(arguments))
        said = capsys.readouterr()
        status = left.value.code
        # No-break spaces are right in French and a nuisance in assertions.
        return Ran(status if isinstance(status, int) else 1, said.out, said.err.replace("\u00a0", " "))

    return go


def shared_sets() -> list[tuple[str, Path, Path]]:
    """Return (name, texts, gold) of each shared set; empty where `../shared` is not."""
    shared = Path(os.environ.get("PALABRE_SHARED", ROOT.parent / "shared")) / "eval"
    if not (shared / "gold").is_dir():
        return []
    return [(p.name, shared / "texts" / p.name, p) for p in sorted((shared / "gold").iterdir()) if p.is_dir()]
