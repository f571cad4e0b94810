"""A register kept up to date as documents come: each new one changes only what it can concern.

At every moment it is what `build_register` gives for all documents taken so far, whatever their order. What has been
compared is kept on shelves (`reconcile/shelves.py`), in memory or in a store: those of a store are looked up where a
new document leads, and nowhere else. Decisions, dossier and language are those it began with: when they change, or a
document is read anew, begin again with empty shelves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from palabre.model.records import Register
from palabre.reconcile import (
    commitments,
    conflicts_of_commitments,
    conflicts_of_firmness,
    conflicts_of_meetings,
    conflicts_of_progress,
    meetings,
    statements,
)
from palabre.reconcile.added import additions, with_added
from palabre.reconcile.compared import Compared
from palabre.reconcile.conflicts import found_by
from palabre.reconcile.items import expanded, items_of
from palabre.reconcile.judged import decisions, mentions_of
from palabre.reconcile.ledger import Ledger, Mentioned
from palabre.reconcile.live import LiveCopies
from palabre.reconcile.live_actors import LiveActors
from palabre.reconcile.live_conflicts import LiveConflicts
from palabre.reconcile.live_figures import LiveFigures
from palabre.reconcile.live_groups import LiveGroups
from palabre.reconcile.live_names import LiveNames
from palabre.reconcile.live_progress import LiveProgress
from palabre.reconcile.meetings import meeting_record
from palabre.reconcile.shelves import united
from palabre.register.follow_up import events_of, first_day, made_on, waits_for
from palabre.register.live_sessions import LiveSessions
from palabre.register.order import place_of
from palabre.register.records import commitment_record, corrected_meeting
from palabre.text.fingerprints import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.model.records import Conflict
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.compared import Finding
    from palabre.reconcile.grouping import Link
    from palabre.reconcile.items import CommitmentItem, MeetingItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.shelves import InMemory, Place, Places, Shelves
    from palabre.reconcile.statements import Said
    from palabre.reconcile.words import Features
    from palabre.text.fingerprints import Words

T = TypeVar("T", bound=Mentioned)
LAST = "\uffff"
"""Comes after any id."""
ALL = 1_000_000_000


class LiveRegister:
    """The register of the documents taken so far; `take` more at any time."""

    def __init__(
        self,
        shelves: Shelves,
        *,
        dossier: Dossier | None = None,
        judgements: Sequence[Judgement] = (),
        lang: str = "fr",
    ) -> None:
        """Go on from `shelves`, which must be of the same dossier, decisions and language; as for `build_register`."""
        self._lang = lang
        self._decided, self._added = decisions(judgements), additions(judgements)
        self._tied = self._decided.tied()
        self._shelves = shelves
        self._first = shelves.fresh
        rejected = self._decided.is_rejected
        self._live_copies, self._live_actors = LiveCopies(shelves), LiveActors(shelves)
        self._copies, self._actors = self._live_copies.copies, self._live_actors.actors
        self._about: dict[str, Features] = {}
        self._words: dict[str, Words] = {}
        self._meetings = self._groups("meetings", self._met_in, meetings.meeting_keys, self._same_meeting)
        self._commitments = self._groups("commitments", self._promised_in, self._commitment_keys, self._same_commitment)
        self._statements = self._groups("statements", self._said_in, self._statement_keys, self._same_statement)
        self._names = LiveNames(shelves, self._live_actors)
        self._figures = LiveFigures(shelves, self._copies.origin_of.get)
        self._progress = LiveProgress(shelves, self._commitment_group, rejected)
        self._conflicts = LiveConflicts(shelves, rejected)
        self._sessions = LiveSessions(shelves, dossier)
        self._commitment_records = shelves.records("commitments")
        self._statement_records = shelves.records("statements")
        self._by_party = shelves.places("meetings.party")
        self._waiting = shelves.places("commitments.waiting")

    def __contains__(self, doc_id: str) -> bool:
        """Tell whether a document was taken."""
        return doc_id in self._copies.origin_of

    def take(self, documents: Iterable[ReadDocument]) -> None:
        """Take new documents; those that are there already are left out."""
        new: dict[str, ReadDocument] = {}
        for read in sorted(documents, key=lambda d: (d.document.id, d.document.path, d.document.name)):
            if read.document.id not in self:
                new.setdefault(read.document.id, with_added(read, self._added))
        docs = list(new.values())
        if not docs:
            return
        self._shelves.documents.keep(docs)
        copied = self._live_copies.take(docs, first=self._first)
        renamed, families = self._live_actors.take(docs)
        apart, of_origins = sorted(copied.apart), sorted(copied.origins)
        met, parties = self._take_meetings(docs, apart, of_origins)
        self._take_statements(docs, apart, of_origins, renamed)
        self._take_commitments(docs, apart, of_origins, met, parties)
        for source, findings in (
            *self._names.take(docs, families, of_origins),
            *self._figures.take(docs, of_origins, first=self._first),
        ):
            self._conflicts.put(source, self._conflicts_of(findings))
        self._conflicts.settle()
        self._first = False

    def _conflicts_of(self, findings: Sequence[Finding]) -> list[Conflict]:
        return found_by(lambda _: iter(findings), self._compared([], [])) if findings else []

    # What is compared

    def _groups(
        self,
        name: str,
        found: Callable[[ReadDocument], Mapping[str, T]],
        keys: Callable[[T], Iterable[str]],
        compare: Callable[[T, T], Link | None],
    ) -> LiveGroups[T]:
        return LiveGroups(name, self._shelves, Ledger(name, self._shelves, found, keys, compare))

    def _met_in(self, read: ReadDocument) -> Mapping[str, MeetingItem]:
        found: tuple[MeetingItem, ...] = items_of([read], "meetings")
        return {i.id: i for i in found if not self._decided.is_rejected(i.id)}

    def _promised_in(self, read: ReadDocument) -> Mapping[str, CommitmentItem]:
        found: tuple[CommitmentItem, ...] = items_of([read], "commitments")
        return {i.id: i for i in found if not i.found.negated and not self._decided.is_rejected(i.id)}

    def _same_meeting(self, a: MeetingItem, b: MeetingItem) -> Link | None:
        return meetings.compare(a, b, self._copies)

    def _about_of(self, item: CommitmentItem) -> Features:
        about = self._about.get(item.id)
        if about is None:
            about = self._about[item.id] = commitments.about_of(item)
        return about

    def _commitment_keys(self, item: CommitmentItem) -> set[str]:
        return commitments.commitment_keys(item, self._about_of(item))

    def _same_commitment(self, a: CommitmentItem, b: CommitmentItem) -> Link | None:
        return commitments.compare(a, b, self._about_of(a), self._about_of(b), self._copies)

    def _words_of(self, item: Said) -> Words:
        words = self._words.get(item.id)
        if words is None:
            words = self._words[item.id] = words_of(item.words)
        return words

    def _said_in(self, read: ReadDocument) -> Mapping[str, Said]:
        return statements.statement_items([read], self._decided)

    def _statement_keys(self, item: Said) -> set[str]:
        return statements.statement_keys(self._words_of(item))

    def _same_statement(self, a: Said, b: Said) -> Link | None:
        return statements.compare(a, b, self._words_of(a), self._words_of(b), self._actors, self._copies)

    def _ties(self, its: str) -> set[str]:
        return self._tied.get(its, set())

    # What is brought up to date

    def _take_meetings(
        self, docs: Sequence[ReadDocument], apart: Sequence[str], of_origins: Sequence[str]
    ) -> tuple[set[str], list[frozenset[str]]]:
        """Return the documents that tell of meetings that changed, and the parties at each that came or went."""
        ledger = self._meetings.ledger
        touched = ledger.take(docs, first=self._first) | ledger.ask_again(ledger.at(apart))
        ids = ledger.reached(touched, meetings.DOUBT, self._ties)
        its = {i: ledger[i] for i in sorted(ids)}
        made = meetings.meetings_among(its, ledger.links_among(ids), self._decided)
        left, new = self._meetings.replace(ids, ((g.id, g.items, g.links, g.questions) for g in made))
        gone, come = [meetings.MeetingGroup(*parts) for parts in left.values()], [g for g in made if g.id in new]
        self._move(self._by_party, [_with_parties(g) for g in gone], [_with_parties(g) for g in come])
        for group_id in sorted(left.keys() - new):
            self._sessions.drop(group_id)
            self._conflicts.put(group_id, [])
        again = {g.id: g for g in come}
        for group_id in self._meetings.holding(ledger.at(of_origins)):
            if group_id not in again:
                again[group_id] = self._meeting_group(group_id)
        for group_id, group in sorted(again.items()):
            record = meeting_record(group, self._copies, self._decided)
            values = self._decided.values([i.id for i in group.items])
            self._sessions.put(corrected_meeting(record, values))
            self._conflicts.put(group_id, found_by(conflicts_of_meetings.findings, self._compared([group], [])))
        self._sessions.settle()
        told = {i.doc for group in (*gone, *again.values()) for i in group.items}
        return told, [_parties_at(group) for group in (*gone, *come)]

    def _take_statements(
        self,
        docs: Sequence[ReadDocument],
        apart: Sequence[str],
        of_origins: Sequence[str],
        renamed: frozenset[tuple[str, str]],
    ) -> None:
        ledger = self._statements.ledger
        touched = ledger.take(docs, first=self._first)
        by_renamed: list[str] = []
        if not self._first:
            those = sorted({d for d, _ in renamed} - {read.document.id for read in docs})
            said = ((d, i, its) for d in those for i, its in ledger.of_doc(d).items())
            by_renamed = [i for d, i, its in said if (d, its.found.speaker) in renamed]
        touched |= ledger.ask_again([*ledger.at(apart), *by_renamed])
        ids = ledger.reached(touched, statements.SAME, self._ties)
        its = {i: ledger[i] for i in sorted(ids)}
        made = statements.statements_among(its, ledger.links_among(ids), self._decided)
        left, new = self._statements.replace(ids, ((statements.statement_id(g), g, (), ()) for g in made))
        for group_id in left.keys() - new:
            del self._statement_records[group_id]
        for group_id in sorted(new.union(self._statements.holding([*by_renamed, *ledger.at(of_origins)]))):
            group = self._statements.items(group_id)
            record = statements.statement_record(group, self._actors, self._copies)
            if self._statement_records.get(group_id) != record:
                self._statement_records[group_id] = record

    def _take_commitments(
        self,
        docs: Sequence[ReadDocument],
        apart: Sequence[str],
        of_origins: Sequence[str],
        met: set[str],
        parties: Sequence[frozenset[str]],
    ) -> None:
        """`met` are the documents that tell of meetings that changed, `parties` those at each that came or went."""
        ledger = self._commitments.ledger
        touched = ledger.take(docs, first=self._first) | ledger.ask_again(ledger.at(apart))
        ids = ledger.reached(touched, commitments.DOUBT, self._ties)
        its = {i: ledger[i] for i in sorted(ids)}
        made = commitments.commitments_among(its, ledger.links_among(ids), self._decided)
        left, new = self._commitments.replace(ids, ((g.id, g.items, g.links, g.questions) for g in made))
        gone, come = [commitments.CommitmentGroup(*p) for p in left.values()], [g for g in made if g.id in new]
        self._move(self._waiting, [_with_awaited(g) for g in gone], [_with_awaited(g) for g in come])
        for group_id in sorted(left.keys() - new):
            del self._commitment_records[group_id]
            self._conflicts.put(group_id, [])
        again = new | self._progress.take(docs, gone, come, self._linked, first=self._first)
        if not self._first:
            # What rests on meetings and origins that changed.
            again |= self._progress.moved_by(of_origins)
            around = sorted(met | self._told_with(of_origins))
            again.update(self._commitments.holding(ledger.at(around)))
            again |= self._that_wait_for(parties)
        for group_id in sorted(again):
            self._record_commitment(self._commitment_group(group_id))

    def _linked(self, new: Iterable[str]) -> Mapping[str, str]:
        """Return which commitment people linked reports with: the `new` ones, and those the decisions name."""
        if not self._decided.links:
            return {}
        told = self._decided.linked(self._holding)
        known = {*new, *(i for i in self._decided.in_links() if i in self._progress)}
        return {i: its for i in sorted(known) if (its := told(i)) is not None}

    def _holding(self, mention_key: str) -> str | None:
        return next((g for i in mentions_of(mention_key) if (g := self._commitments.home(i)) is not None), None)

    def _that_wait_for(self, parties: Sequence[frozenset[str]]) -> set[str]:
        """Return the commitments that a meeting of these parties may keep: all of theirs are at it."""
        out: set[str] = set()
        for at in set(parties):
            for group_id in united(self._waiting, at) - out:
                if _involved(self._commitment_group(group_id)) <= at:
                    out.add(group_id)
        return out

    def _told_with(self, docs: Iterable[str]) -> set[str]:
        """Return the documents that tell of a meeting that these tell of."""
        return self._meetings.docs(self._meetings.holding(self._meetings.ledger.at(docs)))

    def _record_commitment(self, group: CommitmentGroup) -> None:
        events = events_of(group, self._progress.moving(group.id), self._awaited(group))
        record = commitment_record(group, events, self._copies, self._decided)
        if self._commitment_records.get(group.id) != record:
            self._commitment_records[group.id] = record
        told_at = self._meetings.ledger.at(sorted({i.doc for i in group.items}))
        near = [self._meeting_group(g) for g in self._meetings.holding(told_at)]
        compared = self._compared(near, [group])
        detectors = (conflicts_of_commitments, conflicts_of_firmness, conflicts_of_progress)
        self._conflicts.put(group.id, [c for d in detectors for c in found_by(d.findings, compared)])

    def _awaited(self, group: CommitmentGroup) -> list[MeetingGroup]:
        """Return the meetings of all parties of a commitment since it was made, when meetings can keep it."""
        made = made_on(group.items)
        if made is None or not any(waits_for(group)):
            return []
        held = [{g for _, g in self._by_party.after(p, (made, LAST), ALL)} for p in sorted(_involved(group))]
        return [self._meeting_group(g) for g in sorted(set.intersection(*held))] if held else []

    def _move(
        self,
        places: Places,
        gone: Sequence[tuple[Place, Iterable[str]]],
        come: Sequence[tuple[Place, Iterable[str]]],
    ) -> None:
        rows = {(key, place) for place, keys in come for key in keys}
        old = {(key, place) for place, keys in gone for key in keys}
        if self._first:
            places.fill(sorted(rows))
            return
        for key, place in sorted(old - rows):
            places.drop(key, place)
        for key, place in sorted(rows - old):
            places.add(key, place)

    def _meeting_group(self, group_id: str) -> MeetingGroup:
        return meetings.MeetingGroup(*self._meetings.parts(group_id))

    def _commitment_group(self, group_id: str) -> CommitmentGroup:
        return commitments.CommitmentGroup(*self._commitments.parts(group_id))

    def _compared(self, near: Sequence[MeetingGroup], groups: Sequence[CommitmentGroup]) -> Compared:
        reports = {g.id: self._progress.moving(g.id) for g in groups}
        docs = {i.doc for g in near for i in g.items} | {i.doc for g in groups for i in g.items}
        docs |= {i.doc for its in reports.values() for i, _ in its}
        self._shelves.documents.want(docs)
        documents = [self._shelves.documents[d] for d in sorted(docs)]
        return Compared(documents, self._copies, self._actors, near, groups, reports, self._lang)


def register_in(kept: InMemory) -> Register:
    """Return the register of all documents taken so far, from shelves in memory."""
    ordered = {
        kind: tuple(r for _, r in sorted(((place_of(r, i), r) for i, r in its.items()), key=lambda pair: pair[0]))
        for kind, its in kept.all_records.items()
    }
    return Register(**ordered)


def _parties_at(group: MeetingGroup) -> frozenset[str]:
    return frozenset().union(*(expanded(i.found.parties) for i in group.items))


def _involved(group: CommitmentGroup) -> frozenset[str]:
    return frozenset().union(*(expanded(i.found.promisor) | expanded(i.found.beneficiary) for i in group.items))


def _with_parties(group: MeetingGroup) -> tuple[Place, Iterable[str]]:
    """Return where a meeting stands under its parties: those that have a day, by their first."""
    day = first_day(group)
    return (day.isoformat() if day else "", group.id), _parties_at(group) if day else ()


def _with_awaited(group: CommitmentGroup) -> tuple[Place, Iterable[str]]:
    """Return where a commitment stands under its parties, when meetings can keep it."""
    return ("", group.id), _involved(group) if any(waits_for(group)) else ()
