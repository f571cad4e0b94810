"""Makes a database as large as a team's: what pages are measured on. Its texts, names and records are invented.

    python bench/large_store.py PATH [--documents 100000] [--commitments 50000] [--decisions 5000]

Events are told in one to forty texts, one of them in eight hundred when there are 100,000; half of the texts are
copies. One text in two thousand is very long. Records are written as the register writes them, from made-up values and
not by reading the texts: reading a hundred thousand texts would take hours and is measured elsewhere.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from palabre.app.dossiers import new_dossier
from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Annotations,
    CommitmentMention,
    DateMention,
    MeetingMention,
    Quote,
)
from palabre.model.documents import Document, Metadata, ReadDocument, document_id
from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import COMMITMENT, MEETING, QUOTE, mention_id
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
from palabre.model.vocabulary import ActorKind, Firmness, FollowUpStatus, MeetingStatus, MentionForm, Sector
from palabre.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = (
    "RUS", "MLI", "BFA", "NER", "CHN", "SEN", "GHA", "CIV", "TGO", "BEN", "GIN", "TCD", "TUR", "DZA", "MAR", "NGA",
    "CMR", "GAB", "COD", "ETH", "KEN", "ZAF", "EGY", "IND",
)  # fmt: skip
NOUNS = (
    "centrale", "route", "école", "hôpital", "port", "barrage", "usine", "ligne", "banque", "université", "mine",
    "ferme",
)  # fmt: skip
DEEDS = ("construire", "financer", "livrer", "équiper", "former", "ouvrir", "moderniser", "étudier")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "mé", "ni", "po", "ru", "san", "ton", "vi", "zé", "bri", "tra")
PEOPLE = 3000
OUTLETS = 300
FIRST = dt.date(2015, 1, 1)
DAYS = 4000
MOST_TALES = 40
"""Most texts that tell of one event; six on average."""
LOUDEST = 125
"""One text in so many tells of the first event."""
LONG = 2000
"""One text in so many is forty times as long as the others."""


@dataclass
class Event:
    """Something that happened, and the (document, span) that tell of each promise, the meeting, the words."""

    number: int
    day: dt.date
    place: str
    parties: tuple[str, str]
    person: str
    said: str
    promises: tuple[str, ...]
    copies: list[list[str]] = field(default_factory=list)
    passages: dict[str, list[tuple[str, Span]]] = field(default_factory=lambda: defaultdict(list))


class Inventor:
    """Invents events and their texts; the same numbers give the same ones."""

    def __init__(self, documents: int, commitments: int) -> None:
        """Take how many texts and promises there are to be."""
        self.dice = random.Random(7)
        dice = self.dice
        self._words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(20_000)]
        # Few words are frequent, most are rare (Zipf).
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._tales: list[int] = []
        while (lacking := documents - sum(self._tales)) > 0:
            told = min(MOST_TALES, round(dice.paretovariate(0.8))) if self._tales else max(1, documents // LOUDEST)
            self._tales.append(min(told, lacking))
        self._promises = commitments / max(1, len(self._tales))
        self.events: list[Event] = []
        self.named: dict[str, list[str]] = defaultdict(list)

    def words(self, count: int) -> str:
        """Return so many words."""
        return " ".join(self.dice.choices(self._words, cum_weights=self._weights, k=count))

    def _town(self) -> str:
        return f"Ville-{self.dice.randrange(900)}"

    def documents(self) -> Iterator[ReadDocument]:
        """Yield the texts, event by event."""
        made = 0
        for tales in self._tales:
            event = self._event()
            self.events.append(event)
            for number in range(made, made + tales):
                yield self._tale(event, number)
            made += tales

    def _event(self) -> Event:
        dice, number = self.dice, len(self.events)
        # As many promises as asked for on the whole, whatever the part of one that falls to each event.
        due = round((number + 1) * self._promises) - round(number * self._promises)
        promises = tuple(
            f"s'engage à {dice.choice(DEEDS)} une {dice.choice(NOUNS)} de {number + 7} places à {self._town()}"
            for _ in range(due)
        )
        return Event(
            number=number,
            day=FIRST + dt.timedelta(days=dice.randrange(DAYS)),
            place=self._town(),
            parties=(dice.choice(STATES[:6]), dice.choice(STATES[6:])),
            person=f"Personne {dice.randrange(PEOPLE)}",
            said=self.words(18),
            promises=promises,
        )

    def _tale(self, event: Event, number: int) -> ReadDocument:
        dice = self.dice
        parts: list[tuple[str, str]] = [
            ("", f"{self.words(8).capitalize()}. "),
            ("date", f"Le {event.day.day}"),
            ("", ", "),
            ("meeting", f"les ministres se sont réunis à {event.place}"),
            ("", ". "),
        ]
        for promise in event.promises:
            parts += [("", f"{self.words(6).capitalize()}, "), ("actor", "le ministre"), ("", " ")]
            parts += [("promise", promise), ("", f", {self.words(12)}. ")]
        parts += [("actor", event.person), ("", " a dit : « "), ("quote", event.said), ("", " ». \n")]
        for _ in range(240 if number % LONG == 0 else 6):
            parts += [
                ("", f"{self.words(14).capitalize()} "),
                ("actor", "les deux pays"),
                ("", f" {self.words(12)}.\n"),
            ]
        text, found = "", defaultdict(list)
        for kind, words in parts:
            found[kind].append(Span(len(text), len(text) + len(words)))
            text += words
        name = f"{number:06}"
        its = document_id(text, None)
        if not event.copies or dice.random() < 0.5:
            event.copies.append([])
        dice.choice(event.copies[-3:]).append(its)
        for actor in (*event.parties, event.person):
            self.named[actor].append(its)
        for promise, span in zip(event.promises, found["promise"], strict=True):
            event.passages[promise].append((its, span))
        event.passages["meeting"].append((its, found["meeting"][0]))
        event.passages["quote"].append((its, found["quote"][0]))
        published = event.day + dt.timedelta(days=dice.choice((0, 0, 1, 1, 2, 30)))
        meta = Metadata("fr", published, f"Dépêche {number} : {self.words(6)}", None, f"Journal {number % OUTLETS}")
        return ReadDocument(Document(its, name, f"{name}.txt", text, "text/plain", meta), _annotations(event, found))


def _annotations(event: Event, found: dict[str, list[Span]]) -> Annotations:
    states = tuple(ActorEntry(p, ActorKind.STATE, (p,)) for p in event.parties)
    person = ActorEntry(event.person, ActorKind.PERSON, (event.person,), acts_for=event.parties[:1])
    return Annotations(
        dates=tuple(DateMention(span, event.day.isoformat()) for span in found["date"]),
        actors=(*states, person),
        mentions=tuple(ActorMention(span, event.parties, MentionForm.DESCRIPTION) for span in found["actor"]),
        quotes=tuple(Quote(span, event.person, fragment=False) for span in found["quote"]),
        meetings=tuple(
            MeetingMention(span, event.day.isoformat(), event.place, event.parties, MeetingStatus.HELD)
            for span in found["meeting"]
        ),
        commitments=tuple(
            CommitmentMention(span, event.parties[:1], event.parties[1:], promise, Sector.MULTI, Firmness.PLEDGED)
            for span, promise in zip(found["promise"], event.promises, strict=True)
        ),
    )


def _proofs(kind: str, passages: list[tuple[str, Span]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(mention_id(kind, doc, span), doc, span) for doc, span in passages)


def register(inventor: Inventor) -> Register:
    """Return the records of the invented events."""
    commitments: list[Commitment] = []
    conflicts, meetings, statements, origins = [], [], [], []
    for event in inventor.events:
        for docs in filter(None, event.copies):
            shared = tuple((doc, Span(0, 200), Span(0, 200)) for doc in docs[1:])
            why = "same text" if shared else ""
            origins.append(Origin("o-" + docs[0].partition("-")[2], "report", tuple(docs), docs[0], why, shared))
        told = _proofs(MEETING, event.passages["meeting"])
        meetings.append(_meeting(inventor.dice, event, told))
        words = _proofs(QUOTE, event.passages["quote"])
        statements.append(
            Statement(f"s-{_its(words)}", words, event.person, event.said, "quote", _origins(event, len(words)))
        )
        for promise in event.promises:
            made = _commitment(inventor.dice, event, promise, _proofs(COMMITMENT, event.passages[promise]))
            if commitments and inventor.dice.random() < 0.05:
                made = replace(made, questions=((commitments[-1].id, "same_words"),))
            commitments.append(made)
            if inventor.dice.random() < 0.04:
                proofs = made.mentions
                sides = (Side("dix", (proofs[0].doc,), proofs[:1]), Side("douze", (proofs[-1].doc,), proofs[-1:]))
                conflicts.append(Conflict(f"x-{_its(proofs)}", "amount", "montant", "contradiction", made.id, sides))
    actors = [
        Actor(
            its,
            ActorKind.STATE if its in STATES else ActorKind.PERSON,
            its,
            (its, its.upper()) if its not in STATES else (its,),
            tuple(dict.fromkeys(docs)),
            tuple((doc, "ministre") for doc in docs[:40]) if its not in STATES else (),
        )
        for its, docs in sorted(inventor.named.items())
    ]
    return Register(
        tuple(origins), tuple(actors), tuple(meetings), tuple(statements), tuple(commitments), tuple(conflicts)
    )


def _its(proofs: tuple[Evidence, ...]) -> str:
    return proofs[0].id.partition("-")[2]


def _origins(event: Event, docs: int) -> int:
    return min(docs, sum(1 for its in event.copies if its))


def _meeting(dice: random.Random, event: Event, proofs: tuple[Evidence, ...]) -> Meeting:
    return Meeting(
        id=f"m-{_its(proofs)}",
        mentions=proofs,
        date=event.day.isoformat(),
        place=event.place,
        parties=event.parties,
        status=dice.choices(list(MeetingStatus), (20, 1))[0],
        title=None if event.number % 3 else f"Réunion {event.number}",
        level="minister",
        origins=_origins(event, len(proofs)),
        session=event.number // 1000 + 1 if event.number % 1000 == 0 else None,
    )


def _commitment(dice: random.Random, event: Event, promise: str, proofs: tuple[Evidence, ...]) -> Commitment:
    day = event.day
    due = (day + dt.timedelta(days=dice.randrange(200, 2500))).isoformat() if dice.random() < 0.4 else None
    events = tuple(FollowUp(e, day.isoformat(), FollowUpStatus.ANNOUNCED, promise, "made") for e in proofs[:3])
    return Commitment(
        id=f"c-{_its(proofs)}",
        mentions=proofs,
        promisor=event.parties[:1],
        beneficiary=event.parties[1:] if dice.random() < 0.8 else (),
        action=promise.removeprefix("s'engage à "),
        sector=dice.choice(list(Sector)),
        firmness=dice.choice(list(Firmness)),
        deadline=due,
        amount=f"{dice.randrange(1, 900)} millions" if dice.random() < 0.3 else None,
        status=dice.choices(list(FollowUpStatus), (60, 15, 5, 10, 4, 3, 3))[0],
        events=events,
        origins=_origins(event, len(proofs)),
        official=dice.random() < 0.2,
        vague=dice.random() < 0.1,
        confidence=0.8,
        made_on=day.isoformat(),
    )


def decisions(inventor: Inventor, count: int) -> Iterator[Judgement]:
    """Yield invented decisions on commitments, of five people over two years."""
    dice, now = inventor.dice, dt.datetime.now(dt.UTC)
    known = [e for e in inventor.events if e.promises]
    for number, event in enumerate(dice.sample(known, min(count, len(known)))):
        target = _proofs(COMMITMENT, event.passages[event.promises[0]])[0].id
        at = (now - dt.timedelta(hours=dice.randrange(17_000))).isoformat(timespec="seconds").replace("+00:00", "Z")
        verdict = dice.choice((Verdict.CONFIRM, Verdict.CONFIRM, Verdict.NOTE))
        yield Judgement(f"j-{number:06}", verdict, (target,), f"Relecteur {number % 5}", at, "vu sur la source")


def make(path: Path, documents: int, commitments: int, judged: int = 0) -> None:
    """Make the database, with one dossier named `grand`."""
    inventor = Inventor(documents, commitments)
    with Store.open(path) as store:
        dossier = new_dossier("grand", "Un grand dossier", "RUS,MLI", "P1Y", "RUS,MLI")
        store.create_dossier(dossier)
        waiting: list[ReadDocument] = []
        ids: list[str] = []
        for read in inventor.documents():
            waiting.append(read)
            ids.append(read.document.id)
            if len(waiting) == 2000:
                store.add_documents(dossier, waiting)
                waiting = []
        store.add_documents(dossier, waiting)
        for made in decisions(inventor, judged):
            store.add_judgement(dossier, made)
        store.save_register(dossier, register(inventor), store.revision(dossier))
        for at in range(0, len(ids), 5000):
            some = ids[at : at + 5000]
            store.keep_sectors({i: [inventor.dice.choice(list(Sector)).value] for i in some})


def main() -> None:
    """Read the command line and make the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--commitments", type=int, default=50_000)
    parser.add_argument("--decisions", type=int, default=5_000)
    asked = parser.parse_args()
    make(asked.path, asked.documents, asked.commitments, asked.decisions)


if __name__ == "__main__":
    main()
