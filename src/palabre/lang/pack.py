"""Loads a language's tables (`lang/xx/*.toml`): cue words, months, offices, names.

Adding a language: copy a pack's folder, translate the tables, add its code to `LANGUAGES`.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES: tuple[str, ...] = ("fr", "en")
"""Codes (ISO 639-1) of the languages that have a pack."""

FALLBACK = "fr"
"""The pack used for a text whose language has none; the reading carries a note that says so."""


@lru_cache(maxsize=128)
def table(lang: str, name: str) -> dict[str, Any]:
    """Return the table `name` of a language as read from its TOML file; `{}` when the pack has no such table.

    The dictionary is shared: do not change it. Raises KeyError for a language without a pack.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    path = resources.files("palabre.lang").joinpath(lang, f"{name}.toml")
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def shared_table(name: str) -> dict[str, Any]:
    """Return a table that holds for every language (`lang/NAME.toml`): ids of bodies, members of groups, …"""
    return _shared(name)


@lru_cache(maxsize=32)
def _shared(name: str) -> dict[str, Any]:
    path = resources.files("palabre.lang").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pack_for(lang: str | None) -> str:
    """Return the code of the pack to read a text of language `lang` with."""
    return lang if lang in LANGUAGES else FALLBACK
