"""Which commitment each report of progress moves, as commitments and reports come: what `link_progress` would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.reconcile.commitments import about_of
from palabre.reconcile.items import items_of
from palabre.reconcile.progress import CROWD, THRESHOLD, ProgressLink, group_keys, report_keys, score
from palabre.reconcile.shelves import put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.items import ProgressItem
    from palabre.reconcile.shelves import Shelves
    from palabre.reconcile.words import Features


class LiveProgress:
    """Reports of progress with the best commitment for each."""

    def __init__(
        self, shelves: Shelves, group: Callable[[str], CommitmentGroup], rejected: Callable[[str], bool]
    ) -> None:
        """`group` gives a commitment by its id; `rejected` tells, by a report's id, that people said it is none."""
        self._documents = shelves.documents
        self._group, self._rejected = group, rejected
        self._doc_of = shelves.values("progress.doc", str)
        self._links = shelves.values("progress.links", ProgressLink)
        self._best = shelves.values("progress.best", ProgressLink)
        self._moving = shelves.places("progress.moving")
        self._holders = shelves.places("progress.holders")
        self._reports = shelves.places("progress.reports")
        self._items: dict[str, dict[str, ProgressItem]] = {}
        self._about: dict[str, Features] = {}

    def __contains__(self, report: str) -> bool:
        """Tell whether a report was taken."""
        return report in self._doc_of

    def of_doc(self, doc: str) -> Mapping[str, ProgressItem]:
        """Return the reports of a document, by id."""
        its = self._items.get(doc)
        if its is None:
            found: tuple[ProgressItem, ...] = items_of([self._documents[doc]], "progress")
            its = self._items[doc] = {i.id: i for i in found if not self._rejected(i.id)}
        return its

    def moving(self, group_id: str) -> list[tuple[ProgressItem, ProgressLink]]:
        """Return the reports that move a commitment, in order of id."""
        return [(self._item(i), self._links[i]) for _, i in self._moving.all(group_id)]

    def moved_by(self, docs: Iterable[str]) -> set[str]:
        """Return the ids of the commitments that reports of these documents move."""
        return {link.commitment for d in docs for i in self.of_doc(d) if (link := self._links.get(i)) is not None}

    def take(
        self,
        documents: Sequence[ReadDocument],
        gone: Sequence[CommitmentGroup],
        come: Sequence[CommitmentGroup],
        decided: Callable[[Iterable[str]], Mapping[str, str]],
        *,
        first: bool,
    ) -> set[str]:
        """Take the reports of new documents and changed commitments (those gone, then those that came).

        `decided` gives, of the new reports, which commitments people linked reports with, by report; older reports
        that it concerns are in what it gives too. Returns the ids of the commitments touched.
        """
        new = {i: item for read in documents for i, item in self.of_doc(read.document.id).items()}
        left, arrived = {g.id for g in gone}, {g.id for g in come}
        anew, against = self._change_holders(gone, come, first=first)
        for i, item in new.items():
            self._doc_of[i] = item.doc
        rows = [(key, ("", i)) for i in new for key in sorted(self._keys_for(i))]
        if first:
            self._reports.fill(rows)
        else:
            for key, place in rows:
                self._reports.add(key, place)
        anew |= new.keys()
        for report in sorted(anew):
            shown: set[str] = set()
            for key in self._keys_for(report):
                shown.update(g for _, g in self._holders.first(key, CROWD))
            self._try(report, shown, None)
        for report in sorted(against.keys() - anew):
            self._try(report, against[report], self._best.get(report))
        told = decided(new)
        touched: set[str] = set()
        for report in sorted(anew | against.keys() | told.keys()):
            touched |= self._settle(report, told.get(report))
        return touched - left | touched & arrived

    def _change_holders(
        self, gone: Sequence[CommitmentGroup], come: Sequence[CommitmentGroup], *, first: bool
    ) -> tuple[set[str], dict[str, set[str]]]:
        """Bring up to date which commitments have which keys.

        Return the reports whose best commitment is no longer shown to them, and the commitments to compare others with.
        """
        keys = {g.id: self._keys_of(g) for g in come}
        old = {g.id: self._keys_of(g) for g in gone}
        if first:
            self._holders.fill((key, ("", g)) for g, its in keys.items() for key in its)
            return set(), {}
        touched = set().union(*keys.values(), *old.values())
        reports = {key: ids for key in sorted(touched) if (ids := [i for _, i in self._reports.all(key)])}
        self._want({i for ids in reports.values() for i in ids})
        before = {key: {g for _, g in self._holders.first(key, CROWD)} for key in reports}
        for g in sorted(old):
            for key in sorted(old[g]):
                self._holders.drop(key, ("", g))
        for g in sorted(keys):
            for key in sorted(keys[g]):
                self._holders.add(key, ("", g))
        changed = keys.keys() | old.keys()
        anew: set[str] = set()
        against: dict[str, set[str]] = {}
        fits: dict[str, bool] = {}
        for key, ids in reports.items():
            after = {g for _, g in self._holders.first(key, CROWD)}
            entered, lost = after - before[key] | changed & after, before[key] - after | changed & before[key]
            for report in ids:
                best = self._best.get(report)
                if best is not None and best.commitment in lost:
                    as_well = best.commitment in changed & after and self._fits_as_well(best, fits)
                    if not as_well:
                        anew.add(report)
                        continue
                if entered:
                    against.setdefault(report, set()).update(entered)
        return anew, against

    def _fits_as_well(self, best: ProgressLink, known: dict[str, bool]) -> bool:
        """Tell whether the best commitment for a report, which has changed, fits it as well as before."""
        if best.progress not in known:
            link = self._score(best.progress, best.commitment)
            known[best.progress] = link is not None and link.score >= best.score
        return known[best.progress]

    def _want(self, reports: Iterable[str]) -> None:
        """Have the documents of these reports at hand."""
        ids = list(reports)
        self._doc_of.want(ids)
        self._best.want(ids)
        self._documents.want([self._doc_of[i] for i in ids])

    def _score(self, report: str, group_id: str) -> ProgressLink | None:
        group = self._group(group_id)
        abouts = [about_of(i) for i in group.items]
        return score(self._item(report), self._about_of(report), group, abouts)

    def _keys_of(self, group: CommitmentGroup) -> set[str]:
        return group_keys(group, [about_of(i) for i in group.items])

    def _keys_for(self, report: str) -> set[str]:
        return report_keys(self._item(report), self._about_of(report))

    def _item(self, report: str) -> ProgressItem:
        return self.of_doc(self._doc_of[report])[report]

    def _about_of(self, report: str) -> Features:
        about = self._about.get(report)
        if about is None:
            about = self._about[report] = about_of(self._item(report))
        return about

    def _try(self, report: str, group_ids: Iterable[str], best: ProgressLink | None) -> None:
        its = sorted(group_ids)
        if best is not None and best.commitment in its:
            # It fits as well as before, or we would be looking anew: what is not among these fits less.
            best = None
        for group_id in its:
            link = self._score(report, group_id)
            if link is not None and (best is None or (-link.score, link.commitment) < (-best.score, best.commitment)):
                best = link
        if best != self._best.get(report):
            put(self._best, report, best)

    def _settle(self, report: str, told: str | None) -> set[str]:
        best = self._best.get(report)
        link = ProgressLink(report, told, 1.0, "decided") if told else best
        link = link if link is not None and (told or link.score >= THRESHOLD) else None
        before = self._links.get(report)
        if before == link:
            return set()
        if before is not None:
            self._moving.drop(before.commitment, ("", report))
        if link is not None:
            self._moving.add(link.commitment, ("", report))
        put(self._links, report, link)
        return {e.commitment for e in (before, link) if e is not None}
