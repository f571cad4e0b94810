"""Invented documents for `scale.py`: events told in one to twenty versions, with the truth of what is the same.

No text is anybody's: places, people and filler words are made of syllables. Annotations are written down with the
text, so nothing is read here. The same seed gives the same documents.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palabre.model.annotations import ActorEntry, Annotations, CommitmentMention, MeetingMention, ProgressMention, Quote
from palabre.model.documents import Document, Known, Metadata, RawDocument, ReadDocument
from palabre.model.mentions import mention_ids
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, Firmness, MeetingStatus, ProgressStatus, Sector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSIONS = 20
"""Most versions of one event; five on average."""
STATES = [
    "AGO",
    "BDI",
    "BEN",
    "BFA",
    "BRA",
    "BWA",
    "CAF",
    "CHN",
    "CIV",
    "CMR",
    "COD",
    "COG",
    "COM",
    "CPV",
    "DEU",
    "DJI",
    "DZA",
    "EGY",
    "ERI",
    "ESP",
    "ETH",
    "FRA",
    "GAB",
    "GHA",
    "GIN",
    "GMB",
    "GNB",
    "GNQ",
    "IND",
    "IRN",
    "ITA",
    "JPN",
    "KEN",
    "KOR",
    "LBR",
    "LBY",
    "LSO",
    "MAR",
    "MDG",
    "MLI",
    "MOZ",
    "MRT",
    "MUS",
    "MWI",
    "NAM",
    "NER",
    "NGA",
    "PRT",
    "QAT",
    "RUS",
    "RWA",
    "SAU",
    "SDN",
    "SEN",
    "SLE",
    "SOM",
    "SSD",
    "SWZ",
    "SYC",
    "TCD",
    "TGO",
    "TUN",
    "TUR",
    "TZA",
    "UGA",
    "VNM",
    "ZAF",
    "ZMB",
    "ZWE",
]
OBJECTS: tuple[tuple[str, str, Sector], ...] = (
    ("une centrale solaire", "un parc solaire", Sector.ENERGY),
    ("un hôpital de référence", "un centre hospitalier", Sector.HEALTH),
    ("une usine d'engrais", "une unité de production d'engrais", Sector.AGRICULTURE),
    ("un lycée technique", "un établissement d'enseignement technique", Sector.EDUCATION),
    ("une ligne de chemin de fer", "une voie de chemin de fer", Sector.TRANSPORT),
    ("un port en eau profonde", "un port minéralier", Sector.TRANSPORT),
    ("un réseau d'eau potable", "un réseau de distribution d'eau", Sector.ENVIRONMENT),
    ("un centre de formation militaire", "une école de formation militaire", Sector.DEFENCE),
)
VERBS = (
    ("financera {}", Firmness.PLEDGED),
    ("s'engage à bâtir {}", Firmness.PLEDGED),
    ("va construire {}", Firmness.PLEDGED),
    ("a signé un accord pour {}", Firmness.SIGNED),
)
HELD = (
    "une réunion {w} s'est tenue à {place} le {day}",
    "les ministres {w} se sont retrouvés le {day} à {place}",
    "la rencontre {w} du {day}, à {place}",
)
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


@dataclass
class Truth:
    """Which documents hold one text, and which mentions tell of one meeting or one commitment, by group."""

    copies: dict[str, list[str]] = field(default_factory=dict)
    meetings: dict[str, list[str]] = field(default_factory=dict)
    commitments: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Event:
    number: int
    day: dt.date
    place: str
    parties: tuple[str, str]
    person: str
    thing: tuple[str, str, Sector]
    at: str
    amount: str
    quote: str


@dataclass(frozen=True)
class _Part:
    """A paragraph, and what it holds: kind, start and end in it, values."""

    text: str
    marks: tuple[tuple[str, int, int, str], ...] = ()


class Inventor:
    """Invents documents, `most` of them, from `seed`; `truth` is whole once all have been taken."""

    def __init__(self, most: int, seed: int = 1) -> None:
        """`most` is the number of documents."""
        self._most = most
        self._random = random.Random(seed)
        self._words = [self._word(2, 4) for _ in range(30_000)]
        self.truth = Truth()
        self.mention_truth: dict[str, str] = {}

    def documents(self) -> Iterator[ReadDocument]:
        """Yield the documents, event by event."""
        made = number = 0
        while made < self._most:
            event = self._event(number)
            for read in self._versions(event, min(self._count(), self._most - made)):
                made += 1
                yield read
            number += 1

    def _count(self) -> int:
        # One in three events is told once, a few twenty times: five versions on average.
        return min(VERSIONS, max(1, round(self._random.paretovariate(0.72))))

    def _word(self, least: int, most: int) -> str:
        consonants, vowels = (
            ["b", "c", "d", "f", "g", "j", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "tr", "gr", "pl"],
            ["a", "e", "i", "o", "u", "é", "ou", "an", "on"],
        )
        pick = self._random.choice
        return "".join(pick(consonants) + pick(vowels) for _ in range(self._random.randint(least, most)))

    def _filler(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, k=count))

    def _event(self, number: int) -> _Event:
        pick = self._random
        first, second = pick.sample(STATES, 2)
        return _Event(
            number=number,
            day=dt.date(2010, 1, 1) + dt.timedelta(days=pick.randrange(365 * 15)),
            place=self._word(2, 3).capitalize(),
            parties=(first, second),
            person=f"{self._word(2, 2).capitalize()} {self._word(2, 4).capitalize()}",
            thing=pick.choice(OBJECTS),
            at=self._word(3, 4).capitalize(),
            amount=f"{pick.randint(11, 999)} millions de dollars",
            quote=self._filler(pick.randint(12, 22)),
        )

    def _versions(self, event: _Event, count: int) -> Iterator[ReadDocument]:
        reports: list[list[_Part]] = []
        for version in range(count):
            copied = bool(reports) and self._random.random() < 0.6
            which = self._random.randrange(len(reports)) if copied else len(reports)
            if not copied:
                reports.append(self._report(event, which))
            parts = self._copy(reports[which]) if copied else reports[which]
            title = self._filler(6).capitalize() if copied and self._random.random() < 0.5 else None
            read = self._document(event, version, parts, title)
            its = read.document.id
            self.truth.copies.setdefault(f"{event.number}.{which}", []).append(its)
            ids = mention_ids(its, read.annotations)
            self.truth.meetings.setdefault(str(event.number), []).extend(ids["meetings"])
            self.truth.commitments.setdefault(str(event.number), []).extend(ids["commitments"])
            yield read

    def _report(self, event: _Event, which: int) -> list[_Part]:
        """One journalist's own words on an event: what is in it, and a background of its own."""
        pick = self._random
        parts = [_Part(f"{self._filler(5).capitalize()}.")]
        day = f"{event.day.day} {MONTHS[event.day.month - 1]} {event.day.year}"
        held = pick.choice(HELD).format(w=self._filler(1), place=event.place, day=day)
        lead = f"{self._filler(6).capitalize()}, "
        parts.append(_Part(f"{lead}{held}. {self._filler(14)}.", (("meeting", len(lead), len(lead) + len(held), ""),)))
        verb, firmness = pick.choice(VERBS)
        thing = f"{pick.choice(event.thing[:2])} {self._filler(1)}"
        told = f"{verb.format(thing)} à {event.at}"
        amount = event.amount if pick.random() < 0.8 else ""
        told += f" pour {amount}" if amount else ""
        lead = f"{self._filler(4).capitalize()} {event.person} "
        mark = ("commitment", len(lead), len(lead) + len(told), f"{firmness}|{amount}")
        parts.append(_Part(f"{lead}{told}, {self._filler(16)}.", (mark,)))
        words = event.quote.split()
        said = " ".join(words[: pick.randint(max(8, len(words) - 4), len(words))])
        lead = f"{self._filler(5).capitalize()} : « "
        parts.append(_Part(f"{lead}{said} », dit {event.person}.", (("quote", len(lead), len(lead) + len(said), ""),)))
        parts += [_Part(f"{self._filler(pick.randint(30, 60)).capitalize()}.") for _ in range(4)]
        if which and pick.random() < 0.1:
            moved = f"le chantier à {event.at} de {event.thing[0].split(' ', 1)[1]} a commencé"
            parts.append(_Part(f"{moved}.", (("progress", 0, len(moved), ""),)))
        return parts

    def _copy(self, parts: Sequence[_Part]) -> list[_Part]:
        """A copy: whole, without its end, or with its paragraphs in another order."""
        way = self._random.choice(("whole", "cut", "reordered", "framed"))
        out = list(parts)
        if way == "cut":
            out = out[: len(out) - self._random.randint(1, 3)]
        elif way == "reordered":
            rest = out[1:]
            self._random.shuffle(rest)
            out = [out[0], *rest]
        elif way == "framed":
            out = [*out, _Part(f"{self._filler(25).capitalize()}.")]
        return out

    def _document(self, event: _Event, version: int, parts: Sequence[_Part], title: str | None) -> ReadDocument:
        text, found = "", []
        for n, part in enumerate(parts):
            start = len(text)
            if n == 0 and title is not None:
                text += f"{title}.\n"
                continue
            found += [(kind, Span(start + a, start + b), value) for kind, a, b, value in part.marks]
            text += part.text + "\n"
        published = event.day + dt.timedelta(days=self._random.choice((0, 0, 1, 1, 2, 3)))
        outlet = f"journal-{self._random.randrange(400)}"
        meta = Metadata(lang="fr", published=published, outlet=outlet, outlet_by=Known.GIVEN)
        name = f"e{event.number}-v{version}"
        raw = RawDocument(name, f"{name}.txt", text, "text/plain", meta)
        return ReadDocument(Document.of(raw, meta), _annotations(event, sorted(found, key=lambda f: f[1]), text))


def _annotations(event: _Event, found: Sequence[tuple[str, Span, str]], text: str) -> Annotations:
    states = tuple(ActorEntry(p, ActorKind.STATE, (p,)) for p in event.parties)
    person = ActorEntry(event.person, ActorKind.PERSON, (event.person,), acts_for=(event.parties[0],))
    return Annotations(
        actors=(*states, person),
        quotes=tuple(Quote(span, event.person, False) for kind, span, _ in found if kind == "quote"),
        meetings=tuple(
            MeetingMention(span, event.day.isoformat(), event.place, event.parties, MeetingStatus.HELD)
            for kind, span, _ in found
            if kind == "meeting"
        ),
        commitments=tuple(
            CommitmentMention(
                span,
                event.parties[:1],
                event.parties[1:],
                span.text(text),
                event.thing[2],
                Firmness(value.split("|")[0]),
                amount=value.split("|")[1] or None,
            )
            for kind, span, value in found
            if kind == "commitment"
        ),
        progress=tuple(
            ProgressMention(span, span.text(text), ProgressStatus.UNDER_WAY, event.thing[2], event.parties)
            for kind, span, _ in found
            if kind == "progress"
        ),
    )
