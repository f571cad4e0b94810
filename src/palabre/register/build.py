"""From read documents to a register: the one entry to everything that compares accounts.

Pure: the same documents and judgements give the same records with the same ids, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from palabre.model.records import Register
from palabre.reconcile.actors import merge_actors
from palabre.reconcile.added import additions, with_added
from palabre.reconcile.commitments import group_commitments
from palabre.reconcile.compared import Compared
from palabre.reconcile.conflicts import find_conflicts
from palabre.reconcile.copies import find_copies
from palabre.reconcile.items import expanded
from palabre.reconcile.judged import decisions
from palabre.reconcile.meetings import group_meetings, meeting_record
from palabre.reconcile.progress import link_progress
from palabre.reconcile.statements import group_statements
from palabre.register.follow_up import events_of
from palabre.register.records import commitment_record, corrected_meeting
from palabre.register.sessions import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.reconcile.commitments import CommitmentGroup
    from palabre.reconcile.items import ProgressItem
    from palabre.reconcile.meetings import MeetingGroup
    from palabre.reconcile.progress import ProgressLink


def build_register(
    documents: Sequence[ReadDocument],
    *,
    dossier: Dossier | None = None,
    judgements: Sequence[Judgement] = (),
    lang: str = "fr",
) -> Register:
    """Return everything that `documents` say, taken together.

    `dossier` tells whose sessions are counted; `judgements` are what people decided (withdrawn ones are left out);
    `lang` (fr or en) is the language in which conflicts are described. A document given twice counts once.
    """
    once: dict[str, ReadDocument] = {}
    for read in sorted(documents, key=lambda d: (d.document.id, d.document.path, d.document.name)):
        once.setdefault(read.document.id, read)
    added = additions(judgements)
    docs = [with_added(read, added) for read in once.values()]
    decided = decisions(judgements)
    copies = find_copies(docs)
    actors = merge_actors(docs)
    meetings = group_meetings(docs, copies, decided)
    commitments = group_commitments(docs, copies, decided)
    progress: defaultdict[str, list[tuple[ProgressItem, ProgressLink]]] = defaultdict(list)
    for item, link in link_progress(docs, commitments, decided):
        progress[link.commitment].append((item, link))
    by_party = _by_party(meetings)
    records = tuple(
        sorted(
            (
                commitment_record(
                    group, events_of(group, progress[group.id], meetings_of(group, by_party)), copies, decided
                )
                for group in commitments
            ),
            key=lambda c: (c.made_on or "9", c.id),
        )
    )
    meeting_records = numbered(
        [
            corrected_meeting(meeting_record(group, copies, decided), decided.values([i.id for i in group.items]))
            for group in meetings
        ],
        dossier,
    )
    compared = Compared(docs, copies, actors, meetings, commitments, dict(progress), lang)
    return Register(
        origins=copies.origins,
        actors=actors.records,
        meetings=meeting_records,
        statements=group_statements(docs, actors, copies, decided),
        commitments=records,
        conflicts=tuple(c for c in find_conflicts(compared) if not decided.is_rejected(c.id)),
    )


def _by_party(meetings: Sequence[MeetingGroup]) -> Mapping[str, list[MeetingGroup]]:
    out: defaultdict[str, list[MeetingGroup]] = defaultdict(list)
    for group in meetings:
        for party in sorted(set().union(*(expanded(i.found.parties) for i in group.items))):
            out[party].append(group)
    return out


def meetings_of(group: CommitmentGroup, by_party: Mapping[str, list[MeetingGroup]]) -> list[MeetingGroup]:
    """Return the meetings of the party of this commitment that met least: all of its parties must be at them."""
    parties = set().union(*(expanded(i.found.promisor) | expanded(i.found.beneficiary) for i in group.items))
    return min((by_party.get(p, []) for p in sorted(parties)), key=len, default=[])
