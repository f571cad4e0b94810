"""Which commitment each report of progress moves, as commitments and reports come: what `link_progress` would give."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.reconcile.commitments import about_of
from palabre.reconcile.progress import CROWD, THRESHOLD, ProgressLink, progress_keys, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.items import ProgressItem
    from palabre.reconcile.words import Features


class LiveProgress:
    """Reports of progress with the best commitment for each; `links` is by report."""

    def __init__(self) -> None:
        """Start without reports."""
        self.items: dict[str, ProgressItem] = {}
        self.links: dict[str, ProgressLink] = {}
        self.of_group: defaultdict[str, set[str]] = defaultdict(set)
        self._best: dict[str, ProgressLink] = {}
        self._about: dict[str, Features] = {}
        self._groups: dict[str, CommitmentGroup] = {}
        self._abouts: dict[str, list[Features]] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._holders: defaultdict[str, list[str]] = defaultdict(list)
        self._reports: defaultdict[str, set[str]] = defaultdict(set)

    def take(
        self,
        items: Mapping[str, ProgressItem],
        gone: Iterable[str],
        come: Iterable[CommitmentGroup],
        decided: Mapping[str, str],
    ) -> set[str]:
        """Take new reports and changed commitments (`gone` ids, then those that came); return the ids touched.

        `decided` are the commitments that people linked reports with, by report. What is returned are commitments.
        """
        arrived = list(come)
        left = set(gone) & self._groups.keys()
        keys_touched: set[str] = set()
        for group_id in left:
            keys_touched |= self._keys[group_id]
        abouts = {g.id: [about_of(i) for i in g.items] for g in arrived}
        keys = {i: frozenset(k for its in about for k in progress_keys(its)) for i, about in abouts.items()}
        for its in keys.values():
            keys_touched |= its
        shown_before = {k: set(self._holders[k][:CROWD]) for k in keys_touched if k in self._reports}
        for group_id in left:
            for key in self._keys[group_id]:
                held = self._holders[key]
                del held[bisect_left(held, group_id)]
            del self._groups[group_id], self._abouts[group_id], self._keys[group_id]
        for group in arrived:
            self._groups[group.id], self._abouts[group.id] = group, abouts[group.id]
            self._keys[group.id] = keys[group.id]
            for key in keys[group.id]:
                insort(self._holders[key], group.id)
        changed = left | keys.keys()
        anew: set[str] = set()
        against: defaultdict[str, set[str]] = defaultdict(set)
        for key, before in shown_before.items():
            after = set(self._holders[key][:CROWD])
            entered, lost = after - before | changed & after, before - after | changed & before
            for report in self._reports[key]:
                best = self._best.get(report)
                if best is not None and best.commitment in lost:
                    anew.add(report)
                elif entered:
                    against[report] |= entered
        for i, item in items.items():
            self.items[i] = item
            self._about[i] = about_of(item)
            for key in progress_keys(self._about[i]):
                self._reports[key].add(i)
        anew |= items.keys()
        for report in sorted(anew):
            shown: set[str] = set()
            for key in progress_keys(self._about[report]):
                shown.update(self._holders.get(key, ())[:CROWD])
            self._best.pop(report, None)
            self._try(report, shown)
        for report in sorted(against.keys() - anew):
            self._try(report, against[report])
        touched: set[str] = set()
        for report in sorted(anew | against.keys() | decided.keys()):
            touched |= self._settle(report, decided.get(report))
        return touched

    def _try(self, report: str, group_ids: Iterable[str]) -> None:
        for group_id in group_ids:
            link = score(self.items[report], self._about[report], self._groups[group_id], self._abouts[group_id])
            best = self._best.get(report)
            if link is not None and (best is None or (-link.score, link.commitment) < (-best.score, best.commitment)):
                self._best[report] = link

    def _settle(self, report: str, told: str | None) -> set[str]:
        if report not in self.items:
            return set()
        best = self._best.get(report)
        link = ProgressLink(report, told, 1.0, "decided") if told else best
        link = link if link is not None and (told or link.score >= THRESHOLD) else None
        before = self.links.pop(report, None)
        if before is not None:
            self.of_group[before.commitment].discard(report)
        if link is not None:
            self.links[report] = link
            self.of_group[link.commitment].add(report)
        return {e.commitment for e in (before, link) if e is not None} if before != link else set()
