"""What a person decided about a record: kept apart from what the texts say, withdrawn but never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be decided. Targets are mention ids, so a decision survives every recomputation of the records.

    A note changes nothing of a record: its words stand beside it.
    """

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `targets` are mention ids; for `correct`, `field` and `value` say what it should be.

    `made_at` and `withdrawn_at` are ISO 8601 instants in UTC.
    """

    id: str
    verdict: Verdict
    targets: tuple[str, ...]
    author: str
    made_at: str
    reason: str = ""
    field: str | None = None
    value: str | None = None
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
