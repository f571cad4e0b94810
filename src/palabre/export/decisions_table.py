"""The trail of decisions as a table for spreadsheets and as JSON: all of them, those withdrawn too."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from palabre.export.commitments_table import MARK, csv_line
from palabre.export.decision_words import decision_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from palabre.lang.interface import Words
    from palabre.model.judgements import Judgement

COLUMNS = (
    "id", "made_at", "author", "verdict", "said", "field", "value", "reason", "reply", "targets", "withdrawn_at",
    "withdrawn_by",
)  # fmt: skip
"""The columns of the table, `trail.NAME` in words."""


def trail_csv(judgements: Iterable[Judgement], words: Words) -> Iterator[str]:
    """Yield the table line by line, its header first."""
    yield MARK + csv_line([words(f"trail.{name}") for name in COLUMNS])
    for j in judgements:
        yield csv_line(
            (
                j.id, j.made_at, j.author, words.label("verdict", j.verdict), decision_in_words(j, words),
                words.label("field", j.field) if j.field else "", j.value or "", j.reason,
                j.reply.words if j.reply else "", " ".join(j.targets), j.withdrawn_at or "", j.withdrawn_by or "",
            )
        )  # fmt: skip


def trail_json(judgements: Iterable[Judgement]) -> Iterator[str]:
    """Yield a JSON array of decisions piece by piece."""
    yield "["
    for number, judgement in enumerate(judgements):
        yield ("," if number else "") + "\n" + json.dumps(decision_json(judgement), ensure_ascii=False)
    yield "\n]\n"


def decision_json(judgement: Judgement) -> dict[str, Any]:
    """Return one decision: codes, instants (ISO 8601, UTC), ids of the passages it is about."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "targets": list(judgement.targets),
        "field": judgement.field,
        "value": judgement.value,
        "reason": judgement.reason,
        "reply": asdict(judgement.reply) if judgement.reply else None,
        "added": asdict(judgement.added) if judgement.added else None,
        "author": judgement.author,
        "made_at": judgement.made_at,
        "withdrawn_at": judgement.withdrawn_at,
        "withdrawn_by": judgement.withdrawn_by,
    }
