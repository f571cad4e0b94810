"""Dossiers, documents and records for the store's tests: invented, small, and of every kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Annotations,
    Boilerplate,
    CommitmentMention,
    DateMention,
    FigureClaim,
    IndirectStatement,
    MeetingMention,
    ProgressMention,
    Quote,
)
from palabre.model.documents import Document, Known, Metadata, ReadDocument, document_id
from palabre.model.dossier import Cadence, Dossier
from palabre.model.ids import same_content
from palabre.model.mentions import mention_ids
from palabre.model.records import (
    Actor,
    Commitment,
    Conflict,
    Evidence,
    FollowUp,
    Meeting,
    Origin,
    Register,
    Side,
    Statement,
)
from palabre.model.spans import Span
from palabre.model.vocabulary import (
    ActorKind,
    Firmness,
    FollowUpStatus,
    MeetingStatus,
    MentionForm,
    ProgressStatus,
    Sector,
    StatementForm,
)
from palabre.register.order import place_of

DOSSIER = Dossier("lacs", "Dialogue des Lacs", ("AAA", "BBB"), Cadence.parse("P1Y"), ("AAA", "BBB"))
OTHER = Dossier("monts", "Dialogue des Monts")

TEXT = (
    "Partager cet article\n"
    "Les États des Lacs se sont engagés, le 3 avril 2025, à financer deux centrales électriques. "
    "« L’œuvre avance », a dit la ministre Odile Tamarin. Elle a rappelé l'engagement de 20 millions d'euros."
)
ENGLISH = "The states have pledged two power plants. Works are under way, said the minister's office."


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def document(text: str = TEXT, **meta: object) -> Document:
    known = Metadata(lang="fr", published=dt.date(2025, 4, 4), published_by=Known.GIVEN, outlet="La Voix des Lacs")
    for name, value in meta.items():
        known = _with(known, name, value)
    return Document(document_id(text, known.url), "un", "textes/un.txt", text, "text/plain", known)


def _with(meta: Metadata, name: str, value: object) -> Metadata:
    from dataclasses import replace

    return replace(meta, **{name: value})  # type: ignore[arg-type]


FOUND = Annotations(
    boilerplate=(Boilerplate(at("Partager cet article"), "share"),),
    dates=(DateMention(at("3 avril 2025"), "2025-04-03", rule="day"),),
    actors=(
        ActorEntry("LACS", ActorKind.BODY, ("Lacs",), members=("AAA", "BBB")),
        ActorEntry("Odile Tamarin", ActorKind.PERSON, ("Odile Tamarin",), "ministre", ("AAA",), matters=False),
    ),
    mentions=(ActorMention(at("Les États des Lacs"), ("AAA", "BBB"), MentionForm.DESCRIPTION),),
    quotes=(Quote(at("L’œuvre avance"), "Odile Tamarin", True, at("a dit"), at("Odile Tamarin"), 0.9),),
    statements=(IndirectStatement(at("l'engagement de 20 millions d'euros"), None, StatementForm.INDIRECT),),
    meetings=(MeetingMention(at("le 3 avril 2025"), "2025-04-03", None, ("AAA", "BBB"), MeetingStatus.HELD),),
    commitments=(
        CommitmentMention(
            at("se sont engagés, le 3 avril 2025, à financer deux centrales électriques"),
            ("LACS",),
            (),
            "financer deux centrales électriques",
            Sector.ENERGY,
            Firmness.PLEDGED,
            amount="EUR 20000000",
        ),
        CommitmentMention(
            at("se sont engagés, le 3 avril 2025, à financer deux centrales électriques"),
            ("AAA",),
            ("BBB",),
            "la même chose, lue autrement",
            Sector.MULTI,
            Firmness.INTENDED,
            negated=True,
        ),
    ),
    progress=(ProgressMention(at("L’œuvre avance"), "l'œuvre", ProgressStatus.UNDER_WAY, Sector.ENERGY, ("AAA",)),),
    figures=(FigureClaim(at("20 millions d'euros"), "amount", 2e7, "EUR", None, None, "about"),),
    notes=("une note",),
)

READ = ReadDocument(document(), FOUND)
READ_ENGLISH = ReadDocument(
    document(ENGLISH, lang="en", published=None, published_by=None, outlet=None, title="Two plants"),
    Annotations(
        commitments=(
            CommitmentMention(
                at("have pledged two power plants", ENGLISH),
                ("LACS",),
                (),
                "two power plants",
                Sector.ENERGY,
                Firmness.PLEDGED,
            ),
        )
    ),
)


def small(number: int) -> ReadDocument:
    """Return a small document unlike any other, with two annotations."""
    text = f"Texte numéro {number} : les États des Lacs ont signé l'accord sur les routes du canton {number}."
    span = at("ont signé l'accord", text)
    found = Annotations(
        dates=(DateMention(Span(0, 5), "2025"),),
        commitments=(CommitmentMention(span, ("LACS",), (), "signer", Sector.TRANSPORT, Firmness.SIGNED),),
    )
    doc = Document(document_id(text, None), f"t{number}", f"t{number}.txt", text, "text/plain", Metadata(lang="fr"))
    return ReadDocument(doc, found)


def proof(read: ReadDocument, kind: str, nth: int = 0) -> Evidence:
    doc = read.document.id
    return Evidence(mention_ids(doc, read.annotations)[kind][nth], doc, getattr(read.annotations, kind)[nth].span)


def commitment(*proofs: Evidence, action: str = "financer deux centrales électriques", **more: object) -> Commitment:
    values: dict[str, object] = {
        "id": same_content("c", proofs[0].id),
        "mentions": proofs,
        "promisor": ("LACS",),
        "beneficiary": (),
        "action": action,
        "sector": Sector.ENERGY,
        "firmness": Firmness.PLEDGED,
        "deadline": "2026-06",
        "amount": None,
        "status": FollowUpStatus.ANNOUNCED,
        "events": (),
        "origins": 1,
        "official": False,
        "vague": False,
        "confidence": 0.75,
    }
    return Commitment(**{**values, **more})  # type: ignore[arg-type]


def register() -> Register:
    """Return a register with every kind of record, over `READ` and `READ_ENGLISH`."""
    first, english, moved = proof(READ, "commitments"), proof(READ_ENGLISH, "commitments"), proof(READ, "progress")
    meeting, quote = proof(READ, "meetings"), proof(READ, "quotes")
    docs = (READ.document.id, READ_ENGLISH.document.id)
    return Register(
        origins=(
            Origin(same_content("o", docs[0]), "report", docs, docs[0], "copie", ((docs[1], Span(0, 3), Span(4, 7)),)),
        ),
        actors=(
            Actor("Odile Tamarin", ActorKind.PERSON, "Odile Tamarin", ("Tamarin",), docs[:1], ((docs[0], "ministre"),)),
        ),
        meetings=(
            Meeting(
                same_content("m", meeting.id),
                (meeting,),
                "2025-04-03",
                "Valmer",
                ("AAA", "BBB"),
                MeetingStatus.HELD,
                "première session",
                "minister",
                1,
                session=1,
                doubts=("?",),
            ),
        ),
        statements=(Statement(same_content("s", quote.id), (quote,), "Odile Tamarin", "L’œuvre avance", "quote", 1),),
        commitments=(
            commitment(
                first,
                english,
                events=(FollowUp(moved, None, FollowUpStatus.UNDER_WAY, "l'œuvre", "mots"),),
                links=((first.id, english.id, "mêmes mots"),),
                questions=(("c-autre", "peut-être"),),
                amount_history=((docs[0], None, "EUR 20000000"),),
            ),
            commitment(proof(READ, "commitments", 1), action="autre chose"),
        ),
        conflicts=(
            Conflict(
                "x-aaaaaaaaaa",
                "day",
                "le jour diffère",
                "contradiction",
                None,
                (Side("3 avril", docs[:1], (meeting,)), Side("4 avril", docs[1:], (english,), 1, True)),
            ),
        ),
    )


def listed(made: Register) -> Register:
    """Return a register with the records of each kind in the order in which they are listed."""
    kinds = {f.name: getattr(made, f.name) for f in fields(Register)}
    return Register(**{name: tuple(sorted(its, key=lambda r: place_of(r, r.id))) for name, its in kinds.items()})
