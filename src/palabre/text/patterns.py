"""Regular expressions that are compiled when first looked for: a text needs few of a language's hundreds."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str) -> re.Pattern[str]:
    """Return a pattern like that of `re.compile`; one that is none raises `re.error` when it is first used."""
    return cast("re.Pattern[str]", _Late(pattern))


class _Late:
    """Stands for a compiled pattern; its methods are that pattern's own as soon as one of them is asked for."""

    __slots__ = ("finditer", "fullmatch", "match", "pattern", "search")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        # Called only while the places of the methods are empty.
        compiled = re.compile(self.pattern)
        for method in ("finditer", "fullmatch", "match", "search"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
