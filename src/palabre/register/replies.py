"""What parties answered to commitments, by record. A reply stands beside a record and changes nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.judgements import Verdict
from palabre.reconcile.judged import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.model.judgements import Judgement
    from palabre.model.records import Commitment


class Replies:
    """The replies in force, found by the commitment they answer."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        """Take the replies among decisions; those withdrawn, and all other decisions, are left out."""
        self._by_key: dict[str, list[Judgement]] = {}
        for made in judgements:
            if made.verdict is Verdict.REPLY and made.reply is not None and made.withdrawn_at is None:
                for target in made.targets:
                    self._by_key.setdefault(key(target), []).append(made)

    def to(self, record: Commitment) -> tuple[Judgement, ...]:
        """Return the replies to a commitment, in the order they were said."""
        keys = dict.fromkeys(key(i) for i in (record.id, *(e.id for e in record.mentions)))
        found = {made.id: made for k in keys for made in self._by_key.get(k, ())}
        return tuple(sorted(found.values(), key=lambda j: (j.reply.said_on if j.reply else "", j.made_at, j.id)))
