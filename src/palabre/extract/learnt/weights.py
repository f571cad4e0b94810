"""Loads what was learnt of a language (`lang/xx/learnt/NAME.npz`), once. Nothing here is learnt or applied."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from palabre.extract.learnt.model import Chain

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAUSES = "clauses"
"""Which words of a sentence promise, or tell progress."""
WHO = "who"
"""Whether a candidate is who promises."""
FIRMNESS = "firmness"
"""How firmly a clause binds."""
SECTOR = "sector"
"""What sector a clause is about."""
STATUS = "status"
"""How far something that moved has come."""

_rules_alone: ContextVar[bool] = ContextVar("rules_alone", default=False)


@contextmanager
def rules_alone() -> Iterator[None]:
    """Leave out everything learnt while texts are read: for training, and to see what rules do by themselves."""
    token = _rules_alone.set(True)
    try:
        yield
    finally:
        _rules_alone.reset(token)


def learnt(lang: str, name: str) -> Chain | None:
    """Return a model of a language, or None when none was learnt or rules are to do alone."""
    return None if _rules_alone.get() else _loaded(lang, name)


@lru_cache(maxsize=16)
def _loaded(lang: str, name: str) -> Chain | None:
    path = resources.files("palabre.lang").joinpath(lang, "learnt", f"{name}.npz")
    if not path.is_file():
        return None
    with path.open("rb") as file, np.load(file) as data:
        keys = data["keys"]
        rows = np.zeros((len(keys), len(data["labels"])), dtype=np.float32)
        # Most weights are nothing: only the others are kept.
        rows[data["at"], data["label"]] = data["weights"]
        return Chain(
            tuple(str(label) for label in data["labels"]),
            dict(zip(keys.tolist(), range(len(keys)), strict=True)),
            rows,
            data["steps"].astype(np.float32),
        )
