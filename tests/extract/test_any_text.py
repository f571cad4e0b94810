"""Any text is safe input: a full reading never crashes or hangs, and every span lies inside the text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palabre.app.pipeline import parser_for
from palabre.extract.annotator import annotate
from palabre.model.documents import Document, Metadata, RawDocument
from palabre.model.spans import Span
from palabre.text.compose import read_text

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations

DAY = dt.date(2025, 4, 4)

PRESS = (
    "Le ministre russe des Affaires étrangères",
    "M. Ivan Testov",
    "a déclaré",
    "s'est engagé à livrer",
    "jeudi dernier",
    "« Nous allons aider nos partenaires",
    "»",
    "l'Alliance des États du Sahel (AES)",
    "le 3 avril 2025",
    "d'ici à 2030",
    "10 milliards de dollars",
    "un accord de coopération",
    "à Moscou",
    ", selon un communiqué,",
    ". ",
    "\n\n",
    "\n",
    "« ",
    " » ",
    "“",
    "”",
    '"',
    "''",
    "les deux parties",
    "sera construite",
    "en marge du sommet",
    "multiplié par dix",
    "(",
    ")",
    "Lire aussi :",
    "Partager sur Facebook",
    "Par Awa Testeuse",
    "a-t-il ajouté",
    "ont convenu de",
    "du 4 au 6 mai",
    "il",
    "la partie malienne",
    "y compris",
    "-",
    "–",
    ";",
    ":",
    "qui",
    "que",
    "si",
    "ne financera pas",
    "en juin prochain",
    "…",
    "Wednesday, April 3rd",
    "the minister said",
    "will provide",
    "XXIe siècle",
    "2,5 %",
    "1er",
    "Publié le 02/04/2025",
    "le chef de la diplomatie malienne",
    "ceux-ci",
    "leur pays",
    "a signé",
    "aurait promis",
    "https://exemple.org/a?b=c",
)

HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(
        alphabet=st.characters(categories=("Mn", "Cf", "Zl", "Zp", "Cc", "So", "Pi", "Pf", "Nd", "Lo")), max_size=200
    ),
    st.text(alphabet="«»“”\"'’() \n\u2028\u2029\x00\x85\u202e\u200f\ufeff1234567890.,;:-–éAa", max_size=300),
)
GLUED = st.lists(st.one_of(st.sampled_from(PRESS), HOSTILE), max_size=40).flatmap(
    lambda pieces: st.sampled_from(("", " ", "\n", "\u00a0")).map(lambda glue: glue.join(pieces))
)

WHOLE = (
    "Le ministre du Chili, Pablo Ensayo, a promis jeudi 3 avril 2025 à Accra de livrer dix navires au Ghana d'ici à "
    "2030. « Nous allons former vos marins », a-t-il déclaré. Les deux pays ont signé un accord sur la pêche. "
)


def read(text: str, *, parsed: bool, lang: str | None = None) -> Annotations:
    raw = RawDocument("t", "t.txt", text, "text/plain", Metadata(lang=lang, published=DAY))
    reading = read_text(raw)
    return annotate(reading, parser_for(reading.lang) if parsed else None)


def spans_in(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))


def check(text: str, found: Annotations) -> None:
    for span in spans_in(found):
        assert 0 <= span.start <= span.end <= len(text)
    for name in ("mentions", "dates", "quotes", "statements", "meetings", "commitments", "progress", "figures"):
        starts = [item.span.start for item in getattr(found, name)]
        assert starts == sorted(starts), name
    for mention in found.mentions:
        assert mention.span in [m.span for m in found.mentions_in(mention.span)]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(GLUED)
def test_any_text_without_trees(text: str) -> None:
    found = read(text, parsed=False)
    check(text, found)
    assert read(text, parsed=False) == found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(GLUED, st.sampled_from(("fr", "fr", "fr", "en", None)))
def test_any_text_with_trees(text: str, lang: str | None) -> None:
    found = read(text, parsed=True, lang=lang)
    check(text, found)
    assert read(text, parsed=True, lang=lang) == found


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_the_id_of_a_text_is_stable(text: str) -> None:
    raw = RawDocument("t", "t.txt", text, "text/plain", Metadata())
    first, second = (Document.of(raw, read_text(raw).meta).id for _ in range(2))
    assert first == second


MONSTERS = {
    "marks": "«" * 50_000 + "»" * 50_000,
    "straight marks": '"' * 100_000,
    "marks with words": "« oui » " * 12_000,
    "open marks with words": "« oui " * 12_000,
    "parentheses": "(" * 20_000,
    "parentheses with names": "le Mali (" * 6_000,
    "one word": "a" * 300_000,
    "one line without spaces": "Bamako,Moscou;2025-04-03" * 12_500,
    "digits": "7" * 100_000,
    "spaced digits": "1 000 " * 20_000,
    "dates": "le 3 avril 2025, " * 5_000,
    "days": "jeudi " * 20_000,
    "years": "2025 " * 20_000,
    "dots": "." * 100_000,
    "spaces": " " * 200_000,
    "no-break spaces": "\u00a0" * 100_000,
    "line breaks": "\n" * 100_000,
    "lines of one letter": "a\n" * 30_000,
    "commas": "et le Chili, " * 10_000,
    "hyphens": "russo-" * 20_000,
    "apostrophes": "l'" * 40_000,
    "capitals": "Pablo Ensayo " * 10_000,
    "acronyms": "ONU " * 20_000,
    "promises": "le Chili s'engage à aider et à livrer et à former " * 2_000,
    "promises that never end": "le Chili promet de " * 6_000,
    "accents": "e" + "\u0301" * 50_000,
    "right to left": "\u202eمرحبا " * 15_000,
    "emoji": "👩‍👩‍👧‍👦 " * 10_000,
    "nul": "\x00 " * 50_000,
    "links": "https://" * 20_000,
    "ministers": "le ministre des Affaires étrangères de " * 4_000,
    "said": "a-t-il déclaré, " * 8_000,
    "that": "il a dit que " * 10_000,
    "according": "selon le ministre, " * 7_000,
    "meetings": "la rencontre du sommet de la visite à Accra " * 3_000,
    "colons": "Chili : " * 15_000,
    "money": "10 milliards de dollars, " * 5_000,
    "distinct names": " ".join(f"M. Pablo Ensayo{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n}," for n in range(6_000)),
}

SECONDS = 25.0
"""More than any of these takes on a slow and busy machine; what is not linear takes minutes."""


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_read_in_time(name: str) -> None:
    text = MONSTERS[name]
    begun = time.process_time()
    found = read(text, parsed=True, lang="fr")
    assert time.process_time() - begun < SECONDS
    for span in spans_in(found):
        assert 0 <= span.start <= span.end <= len(text)


def test_time_grows_with_length_alone() -> None:
    read(WHOLE, parsed=True)
    times = []
    for size in (200, 800):
        text = "\n\n".join(f"{WHOLE} Texte {n}." for n in range(size))
        begun = time.process_time()
        check(text, read(text, parsed=False, lang="fr"))
        times.append(time.process_time() - begun)
    assert times[1] < 4 * 2.5 * times[0]
