"""What a person decided about a record, added to it or answered to it: kept apart from what the texts say.

Withdrawn but never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from palabre.model.spans import Span


class Verdict(StrEnum):
    """What can be decided. Targets are mention ids, so a decision survives every recomputation of the records.

    A note and a party's reply change nothing of a record: their words stand beside it. What is added is words of a
    document that say something no extractor found: its target is the mention that they are.
    """

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"
    NOTE = "note"
    REPLY = "reply"
    ADD = "add"


SILENT = frozenset({Verdict.NOTE, Verdict.REPLY})
"""What changes nothing of the records, and answers no question about them."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a party answers to a commitment (right of reply), as it said it.

    `party` is an actor id or a name; `speaker` who says it in its name; `said_on` EDTF; `source` where it was said,
    `url` its address when it has one.
    """

    party: str
    words: str
    said_on: str
    source: str
    speaker: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """Words of a document that a person read something in. `kind` is the field of `Annotations` it belongs to.

    `values` are fields of that annotation with their values as corrections write them: codes, actor ids, EDTF.
    """

    kind: str
    doc: str
    span: Span
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `targets` are mention ids; for `correct`, `field` and `value` say what it should be.

    `reply` is that of a `reply`, `added` what an `add` adds. `author` is who decided, or wrote the reply down.
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
    reply: Reply | None = None
    added: Addition | None = None
