"""Whatever a reading found, in whatever text, a register is built, and every span shown lies inside its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Annotations,
    Boilerplate,
    CommitmentMention,
    DateMention,
    IndirectStatement,
    MeetingMention,
    ProgressMention,
    Quote,
)
from palabre.model.documents import Document, Metadata, RawDocument, ReadDocument
from palabre.model.dossier import Cadence, Dossier
from palabre.model.records import Register
from palabre.model.spans import Span
from palabre.model.vocabulary import (
    ActorKind,
    Firmness,
    MeetingStatus,
    MentionForm,
    ProgressStatus,
    Sector,
    StatementForm,
)
from palabre.register.agenda import agenda
from palabre.register.build import build_register
from palabre.register.checks import checks
from palabre.register.compliance import mean_score
from palabre.register.coverage import coverage
from palabre.register.matrix import matrix
from palabre.register.sessions import framework
from palabre.register.themes import discussed, new_themes

WORDS = st.sampled_from(
    ["réunion", "sommet", "mardi", "à quatre", "quadripartite", "signé", "sept accords", "40 milliards", "de yuans",
     "d'euros", "soit", "plus de", "visite", "de 48 heures", "chaque année", "à Moscou", "en Russie", ".", "\n", "«",
     "»", "former", "force conjointe", "ont porté sur", "devant", "cinquante dirigeants", "\x00", "😀", "É", "’"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join))
DATES = st.sampled_from(
    [None, "2024-05-14", "2024-05-13/2024-05-15", "2024-05", "2024", "202X", "..", "bientôt", "2024-02-30"]
)
PARTIES = st.lists(st.sampled_from(["RUS", "AES", "MLI", "Afrique", "Africa", "", "X", "UE"]), max_size=3).map(tuple)
PLACES = st.sampled_from([None, "Moscou", "Russie", "Pékin", "", "nulle part"])
AMOUNTS = st.sampled_from(
    [None, "40 milliards de yuans", "50", "", "€", "mille", "10,5,5", "plus de cent millions d'euros"]
)
NAMES = st.sampled_from(
    ["Lavrov", "Sergueï Lavrov", "", "M.", "Li Wei", "Union du Sahel Central", "Alliance du Sahel Central", "—"]
)
DAY = dt.date(2025, 6, 1)


@st.composite
def documents(draw: st.DrawFn) -> ReadDocument:
    text = draw(TEXTS)

    def span() -> Span:
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return Span(start, end)

    def some(build: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(sorted((build() for _ in range(draw(st.integers(0, 2)))), key=lambda m: m.span))

    found = Annotations(
        boilerplate=some(lambda: Boilerplate(span(), "x")),
        dates=some(lambda: DateMention(span(), draw(DATES) or "2024")),
        actors=tuple(
            ActorEntry(draw(NAMES), draw(st.sampled_from(ActorKind)), (draw(NAMES),), acts_for=draw(PARTIES))
            for _ in range(draw(st.integers(0, 2)))
        ),
        mentions=some(lambda: ActorMention(span(), draw(PARTIES), draw(st.sampled_from(MentionForm)))),
        quotes=some(lambda: Quote(span(), draw(NAMES), draw(st.booleans()))),
        statements=some(lambda: IndirectStatement(span(), draw(NAMES), StatementForm.INDIRECT)),
        meetings=some(
            lambda: MeetingMention(
                span(), draw(DATES), draw(PLACES), draw(PARTIES), draw(st.sampled_from(MeetingStatus))
            )
        ),
        commitments=some(
            lambda: CommitmentMention(
                span(), draw(PARTIES), draw(PARTIES), "former la force", draw(st.sampled_from(Sector)),
                draw(st.sampled_from(Firmness)), draw(DATES), draw(AMOUNTS), vague=draw(st.booleans()),
            )
        ),
        progress=some(
            lambda: ProgressMention(
                span(), "", draw(st.sampled_from(ProgressStatus)), date=draw(DATES), parties=draw(PARTIES)
            )
        ),
    )  # fmt: skip
    published = draw(st.sampled_from([None, dt.date(2024, 5, 14), dt.date(2024, 7, 1)]))
    meta = Metadata(lang=draw(st.sampled_from([None, "fr", "en", "xx"])), published=published, agency=draw(NAMES))
    return ReadDocument(Document.of(RawDocument("d", "d.txt", text, "text/plain", meta), meta), found)


def spans_of(register: Register) -> list[tuple[str, Span]]:
    out = [(e.doc, e.span) for c in register.commitments for e in c.mentions]
    out += [(e.evidence.doc, e.evidence.span) for c in register.commitments for e in c.events]
    out += [(e.doc, e.span) for m in register.meetings for e in m.mentions]
    out += [(e.doc, e.span) for s in register.statements for e in s.mentions]
    return out + [(e.doc, e.span) for c in register.conflicts for side in c.values for e in side.evidence]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(documents(), max_size=5), st.sampled_from(["fr", "en"]))
def test_a_register_is_built_and_shown_in_any_order(docs: list[ReadDocument], lang: str) -> None:
    dossier = Dossier("d", "D", ("RUS", "AES"), Cadence.parse("P6M"), ("RUS",))
    unique = list({d.document.id: d for d in docs}.values())
    register = build_register(unique, dossier=dossier, lang=lang)
    assert build_register(unique[::-1], dossier=dossier, lang=lang) == register
    texts = {d.document.id: d.document.text for d in unique}
    for doc, span in spans_of(register):
        assert span.end <= len(texts[doc])
    for conflict in register.conflicts:
        assert len(conflict.values) > 1
    by_id = {d.document.id: d.document for d in unique}
    agenda(register, dossier, DAY)
    for check in checks(register, dossier, by_id, DAY, reads=unique):
        assert len(set(check.others)) == len(check.others)
    discussed(register, by_id)
    new_themes(register, unique)
    matrix(register, unique, DAY)
    mean_score(register.commitments, DAY)
    coverage(register, unique)
    framework(register.meetings, dossier, DAY)
