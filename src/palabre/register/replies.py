"""What parties answered to commitments, by record. A reply stands beside a record and changes nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.judgements import Verdict
from palabre.model.records import Commitment
from palabre.reconcile.judged import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from palabre.model.judgements import Judgement
    from palabre.model.records import Brief


class Replies:
    """The replies in force, found by the commitment they answer."""

    def __init__(self, judgements: Iterable[Judgement], holders: Mapping[str, str] | None = None) -> None:
        """Take the replies among decisions; those withdrawn, and all other decisions, are left out.

        `holders` is the id of the record that tells of a mention, by mention: what a line without its mentions is
        found by.
        """
        self._by_key: dict[str, list[Judgement]] = {}
        held = holders or {}
        for made in judgements:
            if made.verdict is Verdict.REPLY and made.reply is not None and made.withdrawn_at is None:
                for target in made.targets:
                    for its in {key(target), key(held.get(target, target))}:
                        self._by_key.setdefault(its, []).append(made)

    def to(self, record: Commitment | Brief) -> tuple[Judgement, ...]:
        """Return the replies to a commitment, in the order they were said."""
        if not self._by_key:
            return ()
        mentions = record.mentions if isinstance(record, Commitment) else ()
        keys = dict.fromkeys(key(i) for i in (record.id, *(e.id for e in mentions)))
        found = {made.id: made for k in keys for made in self._by_key.get(k, ())}
        return tuple(sorted(found.values(), key=lambda j: (j.reply.said_on if j.reply else "", j.made_at, j.id)))
