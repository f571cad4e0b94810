"""Leaves out what a frame took for a promise and its own words show to be none: aims, hoped effects, things done.

The table's entries `veto` hold what such words look like; who promises and what is settled elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping

_BEFORE = 80
"""Code points before a clause in which words that take it back stand."""


@dataclass(frozen=True, slots=True)
class Veto:
    """What leaves a clause out: `why` is a key of the interface's `left` table.

    `clause` is looked for in the clause, `before` at the end of what stands before it; both where both are given, and
    `unless` keeps it all the same. `rules` are the names of the cues it is for, all where there are none.
    """

    why: str
    rules: frozenset[str]
    clause: re.Pattern[str] | None
    before: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def leaves_out(self, rule: str, words: str, before: str) -> bool:
        """Tell whether a clause found by `rule` (its words, and those before it) is left out."""
        return (
            (not self.rules or rule in self.rules)
            and (self.clause is None or self.clause.search(words) is not None)
            and (self.before is None or self.before.search(before) is not None)
            and (self.unless is None or self.unless.search(words) is None)
        )


def vetoes_of(entries: Iterable[Mapping[str, Any]], compiled: Callable[[str], re.Pattern[str]]) -> tuple[Veto, ...]:
    """Return the vetoes of a table; `compiled` makes a pattern of its words."""

    def pattern(entry: Mapping[str, Any], key: str) -> re.Pattern[str] | None:
        return compiled(entry[key]) if key in entry else None

    return tuple(
        Veto(
            entry["why"],
            frozenset(entry.get("rules", ())),
            pattern(entry, "clause"),
            pattern(entry, "before"),
            pattern(entry, "unless"),
        )
        for entry in entries
    )


def vetoed(vetoes: Iterable[Veto], rule: str, norm: str, start: int, end: int) -> str | None:
    """Return why the clause between two positions of a line's words is left out, or None."""
    words, before = norm[start:end], norm[max(0, start - _BEFORE) : start]
    return next((v.why for v in vetoes if v.leaves_out(rule, words, before)), None)
