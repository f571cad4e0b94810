"""The deadline of a record: a day that is not after the promise is no deadline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran


def test_the_day_of_the_promise_is_no_deadline(palabre: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(
        "Réunis à Lima le 3 mai 2024, le Pérou et le Ghana ont convenu le 3 mai 2024 de créer une école navale. "
        "Le Pérou s'est engagé à livrer dix navires au Ghana avant le 30 juin 2025.\n",
        encoding="utf-8",
    )
    palabre("init", "d", "--parties", "PER,GHA")
    palabre("add", "t.txt", "--published", "2024-05-04")
    deadlines = {r["deadline"] for r in json.loads(palabre("register", "--json").out)}
    assert "2024-05-03" not in deadlines
    assert "2025-06-30" in deadlines
