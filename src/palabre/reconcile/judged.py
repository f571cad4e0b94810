"""What people's decisions mean for a recomputation. Nothing is stored or withdrawn here.

- merge: all targets are one record;
- split: the targets leave the record they were in and are, together, a record of their own (alone each, when they are
  the whole of it: two targets that stand by themselves are two things);
- reject: what the targets say is no record at all;
- confirm: the record that holds a target is right;
- correct: `field` of the record that holds a target has `value`;
- link: the report of progress among the targets moves the commitment that holds another of them;
- note, reply: nothing;
- add: what it adds is among what was found before anything else is done (`reconcile.added`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import COMMITMENT, MEETING, PROGRESS, QUOTE, STATEMENT
from palabre.reconcile.grouping import Ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_KINDS = {COMMITMENT: "c", MEETING: "m", STATEMENT: "s", QUOTE: "s", PROGRESS: "p"}


@dataclass(frozen=True)
class Decisions:
    """Decisions in force, by what they do; targets are keys, which a mention and the record named after it share."""

    merges: tuple[frozenset[str], ...]
    splits: tuple[frozenset[str], ...]
    rejected: frozenset[str]
    confirmed: frozenset[str]
    corrections: tuple[tuple[frozenset[str], str, str | None], ...]
    links: tuple[frozenset[str], ...] = ()

    def ties(self, ids: Sequence[str], groups: Iterable[Sequence[str]] = ()) -> Ties:
        """Return what must be joined and kept apart among `ids`.

        `groups` are the records as they would be without splits: a split keeps its targets apart from the rest.
        """
        by_key = {key(i): i for i in ids}
        same: set[tuple[str, str]] = set()
        apart: set[tuple[str, str]] = set()
        for targets in self.merges:
            here = sorted(by_key[t] for t in targets if t in by_key)
            same.update(itertools.pairwise(here))
        for targets in self.splits:
            here = sorted(by_key[t] for t in targets if t in by_key)
            if not here:
                continue
            touched = [set(g) for g in groups if set(g) & set(here)]
            rest = set().union(*touched) - set(here) if touched else set()
            if rest:
                same.update(itertools.pairwise(here))
                apart.update(_ordered(i, other) for i in here for other in rest)
            else:
                apart.update((a, b) for n, a in enumerate(here) for b in here[n + 1 :])
        return Ties(frozenset(same - apart), frozenset(apart))

    def is_rejected(self, mention: str) -> bool:
        """Tell whether people said that this mention is no such thing."""
        return key(mention) in self.rejected

    def is_confirmed(self, mentions: Iterable[str]) -> bool:
        """Tell whether people confirmed the record of these mentions."""
        return any(key(m) in self.confirmed for m in mentions)

    def linked(self, holder: Callable[[str], str | None]) -> Callable[[str], str | None]:
        """Return what tells, of a report, the record people say it moves (the last decision holds), or None.

        `holder` gives the commitment that holds the mention of a key, or None.
        """
        last = self._last_links()

        def told(report: str) -> str | None:
            return min((its for k in last.get(key(report), ()) if (its := holder(k)) is not None), default=None)

        return told

    def in_links(self) -> set[str]:
        """Return the ids of all mentions that decisions link."""
        return {i for k in self._last_links() for i in mentions_of(k)}

    def _last_links(self) -> dict[str, frozenset[str]]:
        last: dict[str, frozenset[str]] = {}
        for targets in self.links:
            last.update(dict.fromkeys(targets, targets))
        return last

    def tied(self) -> Mapping[str, set[str]]:
        """Return which mentions decisions bring together or keep apart, by id; those that are not there as well."""
        out: dict[str, set[str]] = {}
        for targets in (*self.merges, *self.splits):
            ids = {i for t in targets for i in mentions_of(t)}
            for i in ids:
                out.setdefault(i, set()).update(ids - {i})
        return out

    def values(self, mentions: Iterable[str]) -> Mapping[str, str | None]:
        """Return the fields people corrected in the record of these mentions; the latest decision holds."""
        keys = {key(m) for m in mentions}
        return {field: value for targets, field, value in self.corrections if targets & keys}


def key(mention: str) -> str:
    """Return what the id of a mention and that of the record named after it have in common: the kind and the hash.

    The kind is part of it: words that hold both a commitment and a statement give the two the same hash.
    """
    prefix, _, content = mention.rpartition("-")
    return f"{_KINDS.get(prefix, prefix)}-{content}"


def mentions_of(mention_key: str) -> list[str]:
    """Return the ids that a mention of this key may have."""
    kind, _, content = mention_key.rpartition("-")
    return [f"{prefix}-{content}" for prefix, its in _KINDS.items() if its == kind]


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """Return the decisions in force, in the order they were made; those withdrawn are left out."""
    inforce = sorted((j for j in judgements if j.withdrawn_at is None), key=lambda j: (j.made_at, j.id))
    merges: list[frozenset[str]] = []
    splits: list[frozenset[str]] = []
    stands: dict[str, Verdict] = {}
    corrections: list[tuple[frozenset[str], str, str | None]] = []
    links: list[frozenset[str]] = []
    for judgement in inforce:
        targets = frozenset(key(t) for t in judgement.targets)
        match judgement.verdict:
            case Verdict.MERGE:
                merges.append(targets)
                splits = [s for s in splits if not (len(s & targets) > 0 and len(targets - s) > 0)]
            case Verdict.SPLIT:
                splits.append(targets)
                merges = [m for m in merges if not m & targets]
            case Verdict.CORRECT:
                if judgement.field:
                    corrections.append((targets, judgement.field, judgement.value))
            case Verdict.LINK:
                links.append(targets)
            case Verdict.NOTE | Verdict.REPLY | Verdict.ADD:
                continue
            case _:
                stands.update(dict.fromkeys(targets, judgement.verdict))
    return Decisions(
        tuple(merges),
        tuple(splits),
        frozenset(t for t, v in stands.items() if v is Verdict.REJECT),
        frozenset(t for t, v in stands.items() if v is Verdict.CONFIRM),
        tuple(corrections),
        tuple(links),
    )
