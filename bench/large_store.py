"""Makes a database as large as a team's: what pages are measured on. Its texts, names and records are invented.

    python bench/large_store.py PATH [--documents 100000] [--commitments 50000]

Records are written as the register writes them, from made-up values and not by reading the texts: reading a hundred
thousand texts would take hours and is measured elsewhere.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path
from typing import TYPE_CHECKING

from palabre.app.dossiers import new_dossier
from palabre.model.annotations import Annotations, CommitmentMention, DateMention
from palabre.model.documents import Document, Metadata, ReadDocument, document_id
from palabre.model.mentions import COMMITMENT, mention_id
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
from palabre.model.vocabulary import ActorKind, Firmness, FollowUpStatus, MeetingStatus, Sector
from palabre.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIES = ("RUS", "MLI", "BFA", "NER", "CHN", "SEN", "GHA", "CIV", "TGO", "BEN", "GIN", "TCD")
NOUNS = (
    "centrale",
    "route",
    "école",
    "hôpital",
    "port",
    "barrage",
    "usine",
    "ligne",
    "banque",
    "université",
    "mine",
    "ferme",
)
DEEDS = ("construire", "financer", "livrer", "équiper", "former", "ouvrir", "moderniser", "étudier")
FIRST = dt.date(2015, 1, 1)
DAYS = 4000


def sentence(dice: random.Random, number: int) -> str:
    """Return one promise in words."""
    return (
        f"s'est engagé à {dice.choice(DEEDS)} une {dice.choice(NOUNS)} de {number} places à Ville-{dice.randrange(900)}"
    )


def read_documents(dice: random.Random, count: int) -> Iterator[ReadDocument]:
    """Yield invented documents, each with one promise and one date."""
    for number in range(count):
        day = FIRST + dt.timedelta(days=dice.randrange(DAYS))
        promise = sentence(dice, number)
        text = f"Dépêche {number}. Le {day.day}, le ministre {promise}. " + "Rien de plus n'a été dit ce jour-là. " * 8
        start = text.index(promise)
        span = Span(start, start + len(promise))
        meta = Metadata("fr", day, f"Dépêche {number} : {promise[:50]}", None, f"Journal {number % 300}")
        found = CommitmentMention(
            span, (dice.choice(PARTIES),), (dice.choice(PARTIES),), promise, Sector.MULTI, Firmness.PLEDGED
        )
        annotations = Annotations(
            dates=(DateMention(Span(text.index("Le "), text.index("Le ") + 5), day.isoformat()),), commitments=(found,)
        )
        name = f"{number:06}"
        its = document_id(text, None)
        yield ReadDocument(Document(its, name, f"{name}.txt", text, "text/plain", meta), annotations)


def register(dice: random.Random, reads: list[tuple[str, Span, str, dt.date]], count: int) -> Register:
    """Return invented records resting on documents: (id, span, words, day)."""
    commitments, conflicts, meetings, statements = [], [], [], []
    per = max(1, len(reads) // count)
    for number in range(count):
        some = reads[number * per : (number + 1) * per] or [dice.choice(reads)]
        proofs = tuple(Evidence(mention_id(COMMITMENT, doc, span), doc, span) for doc, span, _, _ in some)
        _, _, words, day = some[0]
        its = "c-" + proofs[0].id.partition("-")[2]
        status = dice.choices(list(FollowUpStatus), (60, 15, 5, 10, 4, 3, 3))[0]
        due = (day + dt.timedelta(days=dice.randrange(200, 2500))).isoformat() if dice.random() < 0.4 else None
        commitments.append(
            Commitment(
                id=its,
                mentions=proofs,
                promisor=(dice.choice(PARTIES),),
                beneficiary=(dice.choice(PARTIES),) if dice.random() < 0.8 else (),
                action=words.removeprefix("s'est engagé à "),
                sector=dice.choice(list(Sector)),
                firmness=dice.choice(list(Firmness)),
                deadline=due,
                amount=f"{dice.randrange(1, 900)} millions" if dice.random() < 0.3 else None,
                status=status,
                events=(FollowUp(proofs[0], day.isoformat(), FollowUpStatus.ANNOUNCED, words, "made"),),
                origins=dice.choice((1, 1, 1, 2, 3, 5)),
                official=dice.random() < 0.2,
                vague=dice.random() < 0.1,
                confidence=0.8,
                made_on=day.isoformat(),
            )
        )
        if number % 25 == 0:
            sides = (Side("dix", (proofs[0].doc,), proofs[:1]), Side("douze", (proofs[-1].doc,), proofs[-1:]))
            conflicts.append(Conflict(f"x-{its[2:]}", "amount", "montant", "contradiction", its, sides))
        if number % 10 == 0:
            meetings.append(
                Meeting(
                    id=f"m-{its[2:]}",
                    mentions=proofs,
                    date=day.isoformat(),
                    place=f"Ville-{dice.randrange(900)}",
                    parties=tuple(dice.sample(PARTIES, 2)),
                    status=dice.choice(list(MeetingStatus)),
                    title="réunion",
                    level="minister",
                    origins=1,
                )
            )
        if number % 3 == 0:
            speaker = f"Personne {dice.randrange(800)}"
            statements.append(Statement(f"s-{its[2:]}", proofs[:1], speaker, words, "quote", 1))
    actors = [Actor(p, ActorKind.STATE, p, (p,), tuple(d for d, *_ in reads[:50])) for p in PARTIES]
    origins = [Origin("o-" + doc.partition("-")[2], "report", (doc,), doc) for doc, *_ in reads]
    return Register(
        tuple(origins), tuple(actors), tuple(meetings), tuple(statements), tuple(commitments), tuple(conflicts)
    )


def make(path: Path, documents: int, commitments: int) -> None:
    """Make the database, with one dossier named `grand`."""
    dice = random.Random(7)
    with Store.open(path) as store:
        dossier = new_dossier("grand", "Un grand dossier", "RUS,MLI", "P1Y", "RUS,MLI")
        store.create_dossier(dossier)
        waiting: list[ReadDocument] = []
        known: list[tuple[str, Span, str, dt.date]] = []
        for read in read_documents(dice, documents):
            waiting.append(read)
            span = read.annotations.commitments[0].span
            assert read.document.meta.published is not None
            known.append((read.document.id, span, span.text(read.document.text), read.document.meta.published))
            if len(waiting) == 2000:
                store.add_documents(dossier, waiting)
                waiting = []
        store.add_documents(dossier, waiting)
        revision = store.revision(dossier)
        store.save_register(dossier, register(dice, known, commitments), revision)
        ids = [doc for doc, *_ in known]
        for at in range(0, len(ids), 5000):
            store.keep_sectors({i: [dice.choice(list(Sector)).value] for i in ids[at : at + 5000]})


def main() -> None:
    """Read the command line and make the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--commitments", type=int, default=50_000)
    asked = parser.parse_args()
    make(asked.path, asked.documents, asked.commitments)


if __name__ == "__main__":
    main()
