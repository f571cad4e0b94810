"""The report: one self-contained HTML file that can be forwarded and printed. It loads nothing from anywhere.

Everything that comes from a text is escaped by the template; nothing is worked out here but how things are grouped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from palabre import __version__
from palabre.export.charts import Stack, stacks, timeline
from palabre.export.decision_words import decision_in_words
from palabre.model.edtf import last_day, sort_key
from palabre.reconcile.judged import key
from palabre.register.agenda import unreported
from palabre.register.checks import settled_by
from palabre.register.evidence import Passage, passages
from palabre.register.follow_up import overdue
from palabre.register.matrix import STATES, MatrixRow, matrix
from palabre.register.sessions import Framework, framework
from palabre.register.sources import SourceRow, sources
from palabre.register.themes import NewThemes, new_themes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.lang.interface import Words
    from palabre.model.documents import Document, ReadDocument
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.model.records import Commitment, Conflict, Meeting, Register, Statement

MOST_STATEMENTS = 12
"""Quotations shown for each speaker; the rest are counted."""


@dataclass(frozen=True, slots=True)
class CommitmentCard:
    """One commitment with its sources' sentences and what has moved."""

    record: Commitment
    status: str
    passages: tuple[Passage, ...]
    events: tuple[tuple[str, str, str, tuple[Passage, ...]], ...]
    docs: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the template shows; every field is documented by its type."""

    dossier: Dossier
    as_of: dt.date
    register: Register
    documents: int
    sectors: tuple[tuple[str, tuple[CommitmentCard, ...]], ...]
    wishes: tuple[CommitmentCard, ...]
    meetings: tuple[tuple[Meeting, tuple[Passage, ...], int], ...]
    speakers: tuple[tuple[str | None, tuple[tuple[Statement, tuple[Passage, ...]], ...], int], ...]
    contradictions: tuple[tuple[Conflict, tuple[tuple[str, int, tuple[Passage, ...]], ...]], ...]
    variants: tuple[tuple[Conflict, tuple[tuple[str, int, tuple[Passage, ...]], ...]], ...]
    sources: tuple[SourceRow, ...]
    by_status: tuple[tuple[str, int], ...]
    overdue: tuple[tuple[CommitmentCard, int], ...]
    unreported: tuple[Meeting, ...]
    framework: Framework
    matrix: tuple[MatrixRow, ...]
    states: tuple[str, ...]
    looked: bool
    new: NewThemes
    decisions: Mapping[str, tuple[Judgement, ...]]
    settled: Mapping[str, Judgement]
    timeline_svg: str
    sectors_svg: str


def build_report(
    dossier: Dossier,
    documents: Mapping[str, Document],
    register: Register,
    as_of: dt.date,
    words: Words,
    *,
    reads: Sequence[ReadDocument] = (),
    judgements: Iterable[Judgement] = (),
) -> Report:
    """Group a register for the report. `documents` is by id; `as_of` is the day overdue is computed at.

    `reads` are the documents with what was found in them: without them the report does not say which sectors are
    named; `judgements` are people's decisions, withdrawn ones left out of the report.
    """
    cards = {c.id: _card(c, documents, register, as_of) for c in register.commitments}
    firm = [cards[c.id] for c in register.commitments if not c.vague]
    by_sector: dict[str, list[CommitmentCard]] = {}
    for card in firm:
        by_sector.setdefault(card.record.sector, []).append(card)
    sectors = sorted(by_sector.items(), key=lambda item: (-len(item[1]), item[0]))
    by_status = Counter(card.status for card in firm)
    late = [
        (card, (as_of - day).days)
        for card in firm
        if card.status == "overdue" and (day := last_day(card.record.deadline))
    ]
    rows = matrix(register, reads, as_of)
    stands = tuple(j for j in judgements if j.withdrawn_at is None)
    meetings = sorted(register.meetings, key=lambda m: (sort_key(m.date), m.id))
    shown = tuple(
        (m, passages(m.mentions, documents, register.origins), len({e.doc for e in m.mentions})) for m in meetings
    )
    return Report(
        dossier=dossier,
        as_of=as_of,
        register=register,
        documents=len(documents),
        sectors=tuple((s, tuple(sorted(c, key=_firmest_first))) for s, c in sectors),
        wishes=tuple(cards[c.id] for c in register.commitments if c.vague),
        meetings=shown,
        speakers=_speakers(register, documents),
        contradictions=_conflicts(register, documents, "contradiction"),
        variants=_conflicts(register, documents, "variant"),
        sources=sources(register, documents),
        by_status=tuple(sorted(by_status.items())),
        overdue=tuple(sorted(late, key=lambda item: (-item[1], item[0].record.id))),
        unreported=tuple(m for m in meetings if unreported(m, as_of)),
        framework=framework(register.meetings, dossier, as_of),
        matrix=rows,
        states=STATES,
        looked=bool(reads),
        new=new_themes(register, reads),
        decisions=_decisions(register, stands),
        settled={c.id: j for c in register.conflicts if (j := settled_by(c, register, stands)) is not None},
        timeline_svg=timeline(meetings, [c.record for c in firm], words),
        sectors_svg=stacks(
            [Stack(words.label("sector", r.sector), r.counts[1:]) for r in rows if r.total],
            tuple((s, words.label("state", s)) for s in STATES[1:]),
            words("report.status_of"),
        ),
    )


def write_report(report: Report, words: Words) -> str:
    """Return the report as one HTML document."""
    template = _environment().get_template("report.html")
    return template.render(r=report, w=words, version=__version__, decided=decision_in_words)


def _firmest_first(card: CommitmentCard) -> tuple[int, int, str, str]:
    record = card.record
    return (-record.firmness.rank, -record.origins, record.made_on or "9999", record.id)


def _card(record: Commitment, documents: Mapping[str, Document], register: Register, as_of: dt.date) -> CommitmentCard:
    return CommitmentCard(
        record=record,
        status="overdue" if overdue(record, as_of) else record.status.value,
        passages=passages(record.mentions, documents, register.origins),
        events=tuple(
            (e.date or "", e.status.value, e.about, passages((e.evidence,), documents, register.origins))
            for e in record.events
        ),
        docs=len({e.doc for e in record.mentions}),
    )


def _speakers(
    register: Register, documents: Mapping[str, Document]
) -> tuple[tuple[str | None, tuple[tuple[Statement, tuple[Passage, ...]], ...], int], ...]:
    by_speaker: dict[str | None, list[Statement]] = {}
    for statement in register.statements:
        if statement.form == "quote":
            by_speaker.setdefault(statement.speaker, []).append(statement)
    ordered = sorted(by_speaker.items(), key=lambda item: (item[0] is None, -len(item[1]), item[0] or ""))
    out = []
    for speaker, said in ordered:
        first = sorted(said, key=lambda s: (-s.origins, -len(s.text), s.id))[:MOST_STATEMENTS]
        shown = tuple((s, passages(s.mentions, documents, register.origins)) for s in first)
        out.append((speaker, shown, len(said) - len(first)))
    return tuple(out)


def _conflicts(
    register: Register, documents: Mapping[str, Document], kind: str
) -> tuple[tuple[Conflict, tuple[tuple[str, int, tuple[Passage, ...]], ...]], ...]:
    return tuple(
        (
            conflict,
            tuple(
                (side.value, side.origins, passages(side.evidence, documents, register.origins))
                for side in conflict.values
            ),
        )
        for conflict in register.conflicts
        if conflict.kind == kind
    )


def _decisions(register: Register, judgements: Iterable[Judgement]) -> Mapping[str, tuple[Judgement, ...]]:
    """Return the decisions in force about each record, by the record's id."""
    by_key: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        for target in judgement.targets:
            by_key.setdefault(key(target), []).append(judgement)
    records: list[tuple[str, list[str]]] = [(c.id, [e.id for e in c.mentions]) for c in register.commitments]
    records += [(m.id, [e.id for e in m.mentions]) for m in register.meetings]
    records += [(x.id, []) for x in register.conflicts]
    out = {}
    for its, mentions in records:
        found = {j.id: j for k in dict.fromkeys(map(key, (its, *mentions))) for j in by_key.get(k, ())}
        if found:
            out[its] = tuple(sorted(found.values(), key=lambda j: (j.made_at, j.id)))
    return out


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("palabre.export", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
