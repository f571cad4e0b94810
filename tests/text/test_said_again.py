"""Clutter that says the article again, leads to an offer, or was left by the site's own machinery; pages of our own."""

from __future__ import annotations

import pytest
from tests.text.pages import read

from palabre.text.reading import Reading

ARTICLE = (
    "Le ministre velonien des Transports a reçu mardi à Karsk une délégation de la Confédération des Lacs, "
    "venue parler de rail. "
    "Les deux parties ont retenu trois chantiers.\n\n"
    "« Nous financerons la ligne avant la fin de l'année », a déclaré le ministre à l'issue de la rencontre, "
    "sans donner de montant.\n\n"
    "La prochaine session se tiendra au printemps dans la capitale des Lacs, d'après le communiqué publié mercredi "
    "par les deux délégations."
)


def clutter(reading: Reading) -> str:
    return " ".join(b.span.text(reading.text) for b in reading.boilerplate)


def prose(reading: Reading) -> str:
    return " ".join(s.span.text(reading.text) for s in reading.sentences)


def test_the_title_cut_short_is_said_again() -> None:
    title = "Karsk et les Lacs accordent 10 millions pour remettre le chemin de fer en état"
    again = "10 millions pour remettre le chemin de fer en état"
    assert clutter(read(f"{title}\n\n{again}\n\n{ARTICLE}")) == again


def test_captions_that_say_a_sentence_again() -> None:
    first, second, third = ARTICLE.split("\n\n")
    told = "Les deux accords sur le rail ont été signés à Karsk par la ministre des Lacs et par son homologue, Ivo Dal."
    captions = (
        "Deux accords sur le rail ont été signés à Karsk par la ministre des Lacs et par son homologue\n"
        "La ministre des Lacs et Ivo Dal, le ministre velonien du rail, devant la gare de Karsk"
    )
    reading = read(f"Karsk et les Lacs relancent leur ligne\n\n{first} {told}\n{captions}\n\n{second}\n\n{third}")
    assert clutter(reading) == captions


@pytest.mark.parametrize(
    "tail",
    [
        "Bien lire, mieux voyager\nAbonnez-vous pour lire la suite",
        "Nombre de lectures : 88 fois",
        ">>Le pont du nord rouvre malgré la grève",
        "READ  Les mineurs des Lacs reprennent le travail",
        "Envie d’afficher votre publicité ?\nContactez-nous",
    ],
)
def test_offers_counters_and_links_below_the_article(tail: str) -> None:
    assert clutter(read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n\n{tail}")) == tail


def test_who_signs_above_an_offer_is_no_part_of_it() -> None:
    offer = "Abonnez-vous à notre lettre hebdomadaire"
    reading = read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\nLa rédaction avec agences\n{offer}")
    assert clutter(reading) == offer


def test_commands_of_the_site_left_in_the_words() -> None:
    first, second, third = ARTICLE.split("\n\n")
    command = '[caption id="a_12" align="aligncenter" width="630"]La gare de Karsk[/caption]'
    reading = read(f"Karsk et les Lacs relancent leur ligne\n\n{command} {first}\n\n{second}\n\n{third}")
    assert clutter(reading) == command
    assert prose(reading).split("ligne", 1)[1].lstrip().startswith(first[:30])
