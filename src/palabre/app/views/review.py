"""The questions of a dossier, worst first, one at a time; what was answered is not asked again for a while.

The questions are those of `register.checks`, computed once for each state of the records. Decisions made since are
looked up, so that one can go on deciding while the records are computed anew.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palabre.app.views import records as pages
from palabre.model.documents import Document, Metadata
from palabre.model.judgements import SILENT
from palabre.model.mentions import PROGRESS
from palabre.model.records import Commitment, Conflict, Evidence, Meeting, Register
from palabre.reconcile.added import additions, with_added
from palabre.reconcile.judged import key
from palabre.register.checks import Check, checks
from palabre.store import judging, listings, queries
from palabre.store.listings import Picked
from palabre.store.queries import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.app.views.asking import Asking
    from palabre.app.views.records import CommitmentView, Disputed, MeetingView
    from palabre.model.judgements import Judgement
    from palabre.register.evidence import Passage
    from palabre.store.store import Found

KINDS = ("commitment", "meeting", "conflict", "progress")
"""The kinds of checks a decision can answer."""
ASKED_AGAIN_DAYS = 90
"""Days after which what somebody decided of is asked again, when there is still cause."""
MOST = 600
"""Records of a kind that are looked at for questions, the worst first: nobody answers more in a day."""
MOST_READ = 400
"""Documents of a dossier up to which reports of progress that move nothing are looked for."""
MOST_SOURCES = 5000
"""Documents, the latest published, among which those read since a record was last heard of are counted."""
MOST_CANDIDATES = 6
MOST_OTHERS = 2
"""Passages shown of each record that may be the same as the one asked about."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what is needed to answer it: one of the views, by its kind."""

    check: Check
    id: str
    commitment: CommitmentView | None = None
    meeting: MeetingView | None = None
    dispute: Disputed | None = None
    report: Passage | None = None
    candidates: tuple[Commitment, ...] = ()
    decisions: tuple[Judgement, ...] = ()
    others: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    """The words of the records that may be the same as the one asked about, by id."""


def queue(asking: Asking, now: dt.datetime) -> tuple[Check, ...]:
    """Return the questions of the dossier that nobody has answered lately, the worst first."""
    found, held = _known(asking)
    answered = _answered(asking, now)
    return tuple(c for c in found if not answered & held[c.about])


def asked_by(asking: Asking, decision: Judgement) -> str | None:
    """Return the id of the question that a decision was about, None when there is none such."""
    found, held = _known(asking)
    told = {key(t) for t in decision.targets}
    return next((c.about for c in found if told & held[c.about]), None)


def _known(asking: Asking) -> tuple[tuple[Check, ...], dict[str, frozenset[str]]]:
    memory_key = (asking.dossier.id, asking.revision, "questions", asking.today, asking.lang)
    return asking.memory.get(memory_key, lambda: _asked(asking))


def _answered(asking: Asking, now: dt.datetime) -> frozenset[str]:
    """Return the keys of what was decided of in the last months: notes and replies answer nothing."""
    since = (now - dt.timedelta(days=ASKED_AGAIN_DAYS)).isoformat()
    return frozenset(map(key, asking.ask(judging.targets_since, since, but=tuple(SILENT))))


def _asked(asking: Asking) -> tuple[tuple[Check, ...], dict[str, frozenset[str]]]:
    """Return the questions, and the keys of what each is about."""
    today = asking.today
    listed = asking.each(Wanted(check=queries.CHECKS), sort="check", limit=MOST)
    disputes = asking.conflicts(Picked("conflicts", variety="contradiction"), limit=MOST)
    about = {c.about for c in disputes if c.about}
    commitments = {c.commitment.id: c.commitment for c in listed}
    commitments |= {c.id: c for c in asking.commitments_of(about - set(commitments))}
    meetings = {m.id: m for m in asking.meetings(Picked("meetings"), order="-day", limit=MOST)}
    more = asking.ask(listings.of_ids, "meetings", about - set(meetings))
    meetings |= {m.id: m for m in more if isinstance(m, Meeting)}
    register = Register(
        commitments=tuple(commitments.values()), meetings=tuple(meetings.values()), conflicts=tuple(disputes)
    )
    sources = asking.ask(listings.sources, limit=MOST_SOURCES)
    bare = {
        s.id: Document(s.id, s.name, s.name, "", "", Metadata(published=s.published, title=s.title)) for s in sources
    }
    made = asking.store.judgements(asking.dossier)
    added = additions(made)
    some = asking.store.read_documents(asking.dossier) if len(bare) <= MOST_READ else ()
    reads = tuple(with_added(read, added) for read in some)
    found = checks(
        register, asking.dossier, bare, today, added={s.id: s.added for s in sources}, judgements=made, reads=reads
    )
    kept = tuple(c for c in found if c.kind in KINDS)
    held: dict[str, frozenset[str]] = {}
    for check in kept:
        record: Commitment | Meeting | None = commitments.get(check.about) or meetings.get(check.about)
        several = [e.id for e in record.mentions] if record is not None else []
        held[check.about] = frozenset(key(i) for i in (check.about, *several))
    return kept, held


def question(asking: Asking, check: Check, found: Found) -> Question:
    """Return a question with its evidence. `found` is what the id it is about leads to."""
    item = found.item
    if isinstance(item, Commitment):
        view = pages.commitment(asking, item)
        others = _words_of(asking, view.alike)
        return Question(check, found.id, commitment=view, decisions=view.decisions, others=others)
    if isinstance(item, Meeting):
        told = pages.meeting(asking, item)
        others = _words_of(asking, told.alike)
        return Question(check, found.id, meeting=told, decisions=told.decisions, others=others)
    if isinstance(item, Conflict):
        return Question(check, found.id, dispute=pages.disputes(asking, (asking.told(item),))[0])
    passage = _report(asking, check, found)
    return Question(check, check.about, report=passage, candidates=_candidates(asking, check, passage))


def _words_of(asking: Asking, alike: Iterable[tuple[Commitment | Meeting, object]]) -> dict[str, tuple[Passage, ...]]:
    """Return a few passages of each record that may be the same: nobody merges without reading."""
    return asking.passages_of({other.id: other.mentions for other, _ in alike}, most=MOST_OTHERS)


def _report(asking: Asking, check: Check, found: Found) -> Passage | None:
    doc, span = getattr(found.item, "doc", None), getattr(found.item, "span", None)
    if not check.about.startswith(PROGRESS) or doc is None or span is None:
        return None
    return next(iter(asking.passages([Evidence(check.about, doc, span)])), None)


def _candidates(asking: Asking, check: Check, passage: Passage | None) -> tuple[Commitment, ...]:
    """Return the commitments a report of progress may be about: those of the same text, those of the same words."""
    out: dict[str, Commitment] = {}
    words = [w for w in check.text.split() if len(w) > 4][:8]
    for word in words:
        picked = Picked("commitments", words=word)
        _add(out, asking.ask(listings.records, picked, order="-origins", limit=3))
    if passage is not None:
        picked = Picked("commitments", facet=("document", passage.document.id))
        _add(out, asking.ask(listings.records, picked, limit=MOST_CANDIDATES))
    return tuple(out.values())[:MOST_CANDIDATES]


def _add(out: dict[str, Commitment], some: Iterable[object]) -> None:
    for item in some:
        if isinstance(item, Commitment):
            out.setdefault(item.id, item)


def place(questions: Sequence[Check], asked: str | None) -> int:
    """Return where a question stands in the queue, 0 when it is not there (any more)."""
    return next((n for n, c in enumerate(questions) if c.about == asked), 0)
