"""A register kept up to date as documents come: each new one changes only what it can concern.

At every moment it is what `build_register` gives for all documents taken so far, whatever their order. Decisions,
dossier and language are those it began with: when they change, or a document is read anew, begin again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.model.records import Register
from palabre.reconcile import (
    commitments,
    conflicts_of_commitments,
    conflicts_of_figures,
    conflicts_of_firmness,
    conflicts_of_meetings,
    conflicts_of_names,
    conflicts_of_progress,
    meetings,
    statements,
)
from palabre.reconcile.added import additions, with_added
from palabre.reconcile.compared import Compared
from palabre.reconcile.conflicts import found_by, settled
from palabre.reconcile.items import expanded, items_of
from palabre.reconcile.judged import decisions
from palabre.reconcile.ledger import Ledger, links_among, reached
from palabre.reconcile.live import LiveActors, LiveCopies
from palabre.reconcile.live_progress import LiveProgress
from palabre.reconcile.meetings import meeting_record
from palabre.register.build import meetings_of
from palabre.register.follow_up import events_of
from palabre.register.records import commitment_record, corrected_meeting
from palabre.register.sessions import numbered
from palabre.text.fingerprints import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.model.records import Commitment, Conflict, Meeting, Statement
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.compared import Finding
    from palabre.reconcile.grouping import Link
    from palabre.reconcile.items import CommitmentItem, MeetingItem, ProgressItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.progress import ProgressLink
    from palabre.reconcile.statements import Said
    from palabre.reconcile.words import Features
    from palabre.text.fingerprints import Words


class LiveRegister:
    """The register of the documents taken so far; `take` more, ask for `register` at any time."""

    def __init__(
        self,
        documents: Iterable[ReadDocument] = (),
        *,
        dossier: Dossier | None = None,
        judgements: Sequence[Judgement] = (),
        lang: str = "fr",
    ) -> None:
        """Take the first documents, all at once; the rest is as for `build_register`."""
        self._dossier, self._lang = dossier, lang
        self._decided, self._added = decisions(judgements), additions(judgements)
        self._documents: dict[str, ReadDocument] = {}
        self._live_copies, self._live_actors, self._progress = LiveCopies(), LiveActors(), LiveProgress()
        self._copies, self._actors = self._live_copies.copies, self._live_actors.actors
        copies = self._copies
        self._meetings: Ledger[MeetingItem, Link] = Ledger(
            lambda a, b: meetings.compare(a, b, copies), lambda i: i.published or "", lambda i: i.doc
        )
        self._commitments: Ledger[CommitmentItem, Link] = Ledger(
            lambda a, b: commitments.compare(a, b, self._about[a.id], self._about[b.id], copies),
            lambda i: i.published or "",
            lambda i: i.doc,
        )
        self._statements: Ledger[Said, Link] = Ledger(
            lambda a, b: statements.compare(a, b, self._words[a.id], self._words[b.id], self._actors, copies),
            lambda i: i.published or "",
            lambda i: i.doc,
        )
        self._figures: Ledger[conflicts_of_figures.Told, bool] = Ledger(
            lambda a, b: conflicts_of_figures.apart(a, b, copies.origin_of, self._values) or None,
            lambda t: t.day,
            lambda t: t.read.document.id,
        )
        self._about: dict[str, Features] = {}
        self._words: dict[str, Words] = {}
        self._values: conflicts_of_figures.Values = {}
        self._meeting_groups: dict[str, MeetingGroup] = {}
        self._commitment_groups: dict[str, CommitmentGroup] = {}
        self._statement_groups: dict[str, tuple[Said, ...]] = {}
        self._home: dict[str, str] = {}
        self._by_party: defaultdict[str, dict[str, MeetingGroup]] = defaultdict(dict)
        self._of_party: defaultdict[str, set[str]] = defaultdict(set)
        self._meeting_records: dict[str, Meeting] = {}
        self._commitment_records: dict[str, Commitment] = {}
        self._statement_records: dict[str, Statement] = {}
        self._conflicts: dict[str, list[Conflict]] = {}
        self.take(documents)

    def __contains__(self, doc_id: str) -> bool:
        """Tell whether a document was taken."""
        return doc_id in self._documents

    def take(self, documents: Iterable[ReadDocument]) -> None:
        """Take new documents; those that are there already are left out."""
        new: dict[str, ReadDocument] = {}
        for read in sorted(documents, key=lambda d: (d.document.id, d.document.path, d.document.name)):
            if read.document.id not in self._documents:
                new.setdefault(read.document.id, with_added(read, self._added))
        docs = list(new.values())
        if not docs:
            return
        self._documents.update(new)
        copied = self._live_copies.take(docs)
        renamed = self._live_actors.take(docs)
        of_origins = set(copied.origins)
        met = self._take_meetings(docs, copied.apart, of_origins)
        self._take_statements(docs, copied.apart, of_origins, renamed)
        self._take_commitments(docs, copied.apart, of_origins, met)
        for t in (t for read in docs for t in conflicts_of_figures.figures_told(read)):
            self._values.setdefault(t.read.document.id, set()).add((t.unit, t.figure.value))
        told = {t.id: t for read in docs for t in conflicts_of_figures.figures_told(read)}
        if told:
            self._figures.take(told, {i: conflicts_of_figures.figure_keys(t) for i, t in told.items()})
        self._figures.ask_again([i for d in of_origins for i in self._figures.by_doc.get(d, ())])

    def _take_meetings(self, docs: Sequence[ReadDocument], apart: frozenset[str], of_origins: set[str]) -> set[str]:
        """Bring meetings up to date; return the documents that tell of those that changed."""
        found: tuple[MeetingItem, ...] = items_of(docs, "meetings")
        items = {i.id: i for i in found if not self._decided.is_rejected(i.id)}
        touched = self._meetings.take(items, {i: meetings.meeting_keys(item) for i, item in items.items()})
        touched |= self._meetings.ask_again(_at(self._meetings.by_doc, apart))
        ids = reached(self._meetings, touched, meetings.DOUBT, self._ties())
        gone = {self._home[i] for i in ids if i in self._home}
        told: set[str] = set()
        for group_id in gone:
            group = self._meeting_groups.pop(group_id)
            del self._meeting_records[group_id]
            self._conflicts.pop(group_id, None)
            told.update(i.doc for i in group.items)
            for party in _parties_at(group):
                del self._by_party[party][group_id]
        its = {i: self._meetings.items[i] for i in sorted(ids)}
        for group in meetings.meetings_among(its, links_among(self._meetings, ids), self._decided):
            self._meeting_groups[group.id] = group
            self._home.update((i.id, group.id) for i in group.items)
            told.update(i.doc for i in group.items)
            for party in _parties_at(group):
                self._by_party[party][group.id] = group
        again = {self._home[i] for i in (*ids, *_at(self._meetings.by_doc, of_origins))}
        for group_id in again:
            group = self._meeting_groups[group_id]
            record = meeting_record(group, self._copies, self._decided)
            values = self._decided.values([i.id for i in group.items])
            self._meeting_records[group_id] = corrected_meeting(record, values)
            self._conflicts[group_id] = found_by(conflicts_of_meetings.findings, self._compared([group], []))
            if group_id not in gone:
                told.update(i.doc for i in group.items)
        return told

    def _take_statements(
        self,
        docs: Sequence[ReadDocument],
        apart: frozenset[str],
        of_origins: set[str],
        renamed: frozenset[tuple[str, str]],
    ) -> None:
        ledger = self._statements
        items = statements.statement_items(docs, self._decided)
        self._words.update((i, words_of(item.words)) for i, item in items.items())
        touched = ledger.take(items, {i: statements.statement_keys(self._words[i]) for i in items})
        by_renamed = [
            i for d in {d for d, _ in renamed} for i in ledger.by_doc.get(d, ()) if _spoken(ledger.items[i]) in renamed
        ]
        touched |= ledger.ask_again([*_at(ledger.by_doc, apart), *(i for i in by_renamed if i not in items)])
        ids = reached(ledger, touched, statements.SAME, self._ties())
        for group_id in {self._home[i] for i in ids if i in self._home}:
            del self._statement_groups[group_id], self._statement_records[group_id]
        its = {i: ledger.items[i] for i in sorted(ids)}
        for group in statements.statements_among(its, links_among(ledger, ids), self._decided):
            group_id = f"s:{group[0].id}"
            self._statement_groups[group_id] = group
            self._home.update((i.id, group_id) for i in group)
        for group_id in {self._home[i] for i in (*ids, *by_renamed, *_at(ledger.by_doc, of_origins))}:
            group = self._statement_groups[group_id]
            self._statement_records[group_id] = statements.statement_record(group, self._actors, self._copies)

    def _take_commitments(
        self, docs: Sequence[ReadDocument], apart: frozenset[str], of_origins: set[str], met: set[str]
    ) -> None:
        ledger = self._commitments
        found: tuple[CommitmentItem, ...] = items_of(docs, "commitments")
        items = {i.id: i for i in found if not i.found.negated and not self._decided.is_rejected(i.id)}
        self._about.update((i, commitments.about_of(item)) for i, item in items.items())
        keys = {i: commitments.commitment_keys(item, self._about[i]) for i, item in items.items()}
        touched = ledger.take(items, keys)
        touched |= ledger.ask_again(_at(ledger.by_doc, apart))
        ids = reached(ledger, touched, commitments.DOUBT, self._ties())
        gone = {self._home[i] for i in ids if i in self._home}
        for group_id in gone:
            for party in _involved(self._commitment_groups[group_id]):
                self._of_party[party].discard(group_id)
            del self._commitment_groups[group_id], self._commitment_records[group_id]
            self._conflicts.pop(group_id, None)
        its = {i: ledger.items[i] for i in sorted(ids)}
        come = commitments.commitments_among(its, links_among(ledger, ids), self._decided)
        for group in come:
            self._commitment_groups[group.id] = group
            self._home.update((i.id, group.id) for i in group.items)
            for party in _involved(group):
                self._of_party[party].add(group.id)
        moved = self._take_progress(docs, gone, come)
        again = {g.id for g in come} | (moved & self._commitment_groups.keys())
        again |= {self._home[i] for i in _at(ledger.by_doc, self._told_with(of_origins | met))}
        again |= self._that_wait_for(met)
        for group_id in again:
            self._record_commitment(self._commitment_groups[group_id])

    def _take_progress(self, docs: Sequence[ReadDocument], gone: set[str], come: Sequence[CommitmentGroup]) -> set[str]:
        found: tuple[ProgressItem, ...] = items_of(docs, "progress")
        reports = {i.id: i for i in found if not self._decided.is_rejected(i.id)}
        decided: dict[str, str] = {}
        if self._decided.links:
            holder = self._decided.linked(
                (g.id, [i.id for i in g.items]) for _, g in sorted(self._commitment_groups.items())
            )
            known = [*reports, *self._progress.items]
            decided = {i: told for i in known if (told := holder(i)) is not None}
        return self._progress.take(reports, gone, come, decided)

    def _that_wait_for(self, met: set[str]) -> set[str]:
        """Return the commitments that a meeting told of in these documents may keep: all their parties are at it."""
        out: set[str] = set()
        for group_id in {self._home[i] for i in _at(self._meetings.by_doc, met)}:
            parties = _parties_at(self._meeting_groups[group_id])
            some = set().union(*(self._of_party.get(p, set()) for p in parties))
            out |= {c for c in some if _involved(self._commitment_groups[c]) <= parties}
        return out

    def _told_with(self, docs: set[str]) -> set[str]:
        """Return the documents with those that tell of one of their meetings."""
        groups = {self._home[i] for i in _at(self._meetings.by_doc, docs)}
        return docs | {i.doc for g in groups for i in self._meeting_groups[g].items}

    def _record_commitment(self, group: CommitmentGroup) -> None:
        reports = self._reports_of(group.id)
        by_party = {p: list(its.values()) for p in _involved(group) if (its := self._by_party.get(p))}
        events = events_of(group, reports, meetings_of(group, by_party))
        self._commitment_records[group.id] = commitment_record(group, events, self._copies, self._decided)
        around = self._told_with({i.doc for i in group.items})
        near = sorted({self._home[i] for i in _at(self._meetings.by_doc, around)})
        compared = self._compared([self._meeting_groups[g] for g in near], [group])
        self._conflicts[group.id] = [
            conflict
            for detector in (conflicts_of_commitments, conflicts_of_firmness, conflicts_of_progress)
            for conflict in found_by(detector.findings, compared)
        ]

    def _reports_of(self, group_id: str) -> list[tuple[ProgressItem, ProgressLink]]:
        its = sorted(self._progress.of_group.get(group_id, ()))
        return [(self._progress.items[i], self._progress.links[i]) for i in its]

    def _compared(self, near: Sequence[MeetingGroup], groups: Sequence[CommitmentGroup]) -> Compared:
        reports = {g.id: self._reports_of(g.id) for g in groups}
        docs = {i.doc for g in near for i in g.items} | {i.doc for g in groups for i in g.items}
        docs |= {i.doc for its in reports.values() for i, _ in its}
        documents = [self._documents[d] for d in sorted(docs)]
        return Compared(documents, self._copies, self._actors, near, groups, reports, self._lang)

    def _ties(self) -> Mapping[str, set[str]]:
        """Return which mentions people's decisions bring together or keep apart."""
        if not self._decided.merges and not self._decided.splits:
            return {}
        out: defaultdict[str, set[str]] = defaultdict(set)
        for ledger in (self._meetings, self._commitments, self._statements):
            ids = list(ledger.items)
            for targets in (*self._decided.merges, *self._decided.splits):
                one = self._decided.named(ids, targets)
                for i in one:
                    out[i] |= one - {i}
        return out

    def register(self) -> Register:
        """Return the register of all documents taken so far."""
        own = Compared(
            list(self._documents.values()),
            self._copies,
            type(self._actors)(self._live_actors.records, {}),
            (),
            (),
            {},
            self._lang,
        )
        names = found_by(conflicts_of_names.findings, own)
        told = [c for _, its in sorted(self._conflicts.items()) for c in its]
        figures = found_by(self._figure_findings, own)
        rejected = self._decided.is_rejected
        return Register(
            origins=self._live_copies.origins,
            actors=own.actors.records,
            meetings=numbered([self._meeting_records[i] for i in sorted(self._meeting_records)], self._dossier),
            statements=tuple(
                self._statement_records[g]
                for g in sorted(self._statement_groups, key=lambda g: [i.id for i in self._statement_groups[g]])
            ),
            commitments=tuple(sorted(self._commitment_records.values(), key=lambda c: (c.made_on or "9", c.id))),
            conflicts=tuple(c for c in settled([*told, *names, *figures]) if not rejected(c.id)),
        )

    def _figure_findings(self, compared: Compared) -> Iterator[Finding]:
        del compared
        items, links = self._figures.items, self._figures.links
        pairs = ((items[a], items[b]) for a in sorted(links) for b in sorted(links[a]) if a < b)
        yield from conflicts_of_figures.findings_among(pairs)


def _at(by_doc: Mapping[str, list[str]], docs: Iterable[str]) -> list[str]:
    return [i for d in docs for i in by_doc.get(d, ())]


def _spoken(item: Said) -> tuple[str, str | None]:
    return item.doc, item.found.speaker


def _parties_at(group: MeetingGroup) -> set[str]:
    return set().union(*(expanded(i.found.parties) for i in group.items))


def _involved(group: CommitmentGroup) -> set[str]:
    return set().union(*(expanded(i.found.promisor) | expanded(i.found.beneficiary) for i in group.items))
