"""Speakers named inside the quotation, after agreeing verbs and by « ce dernier »; who matters beside them."""

from __future__ import annotations

import pytest

from palabre.extract.actors import find_actors
from palabre.extract.quotes import find_quotes
from palabre.model.annotations import Annotations
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def _read(text: str) -> Reading:
    return read_text(RawDocument("t", "t", text, "text/plain", Metadata()))


def _speakers(text: str) -> list[tuple[str, str | None]]:
    reading = _read(text)
    actors, mentions = find_actors(reading)
    return [
        (reading.words(q.span), q.speaker) for q in find_quotes(reading, Annotations(actors=actors, mentions=mentions))
    ]


def _actors(text: str) -> dict[str, bool]:
    return {a.id: a.matters for a in find_actors(_read(text))[0]}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Awa Diarra a reçu Paul Orsin à Bamako. « Le train, a précisé M. Orsin, arrivera avant la fin de mai. »",
            "Paul Orsin",
        ),
        (
            "Le ministre malien Awa Diarra a reçu la ministre togolaise Lida Mensan. « Nos villes, explique cette"
            " dernière, ont besoin de ce pont. »",
            "Lida Mensan",
        ),
        (
            "Paul Orsin présidait la séance. « Nous avons tenu parole », s'est réjouie la ministre togolaise des"
            " Transports, Lida Mensan.",
            "Lida Mensan",
        ),
        (
            "« Nous paierons notre part », a déclaré la directrice de la Société des chemins de fer, Lida Mensan,"
            " à l'issue de la cérémonie.",
            "Lida Mensan",
        ),
    ],
)
def test_the_one_who_speaks(text: str, speaker: str) -> None:
    assert [who for _, who in _speakers(text)] == [speaker]


def test_a_term_after_an_incise_is_nobodys() -> None:
    text = (
        "L'argent n'est pas nouveau, relève l'économiste Paul Orsin, et la « charge de mission » créée par décret"
        " n'a pas de directeur."
    )
    assert _speakers(text) == []


def test_who_heads_a_body_is_no_part_of_its_name() -> None:
    found = _actors("La porte-parole de la Commission Anna Bruck a écarté tout retard mardi à Bruxelles.")
    assert "Anna Bruck" in found
    assert not any("Commission" in each for each in found)
