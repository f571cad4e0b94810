"""Which sector words speak of."""

from __future__ import annotations

import pytest

from palabre.extract.sectors import named_sectors, sector_of, sector_weights
from palabre.model.vocabulary import Sector


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("former et équiper les forces armées du pays voisin", Sector.DEFENCE),
        ("instaurer un cadre de dialogue régulier", Sector.DIPLOMACY),
        ("supprimer les droits de douane sur les produits agricoles", Sector.TRADE),
        ("ouvrir une ligne de crédit de 40 millions d'euros", Sector.FINANCE),
        ("construire une centrale solaire", Sector.ENERGY),
        ("bâtir un réacteur nucléaire", Sector.NUCLEAR),
        ("exploiter un gisement de lithium", Sector.MINING),
        ("livrer des engrais et des semences", Sector.AGRICULTURE),
        ("créer cent mille emplois", Sector.INDUSTRY),
        ("réhabiliter le chemin de fer", Sector.TRANSPORT),
        ("poser un câble de fibre optique", Sector.DIGITAL),
        ("offrir deux cents bourses aux étudiants", Sector.EDUCATION),
        ("livrer un million de doses de vaccin", Sector.HEALTH),
        ("restituer des œuvres d'art au musée", Sector.CULTURE),
        ("former des journalistes de télévision", Sector.MEDIA),
        ("accueillir les réfugiés", Sector.HUMANITARIAN),
        ("lutter contre la déforestation", Sector.ENVIRONMENT),
        ("faciliter la délivrance des visas", Sector.MIGRATION),
        ("financer des laboratoires de recherche", Sector.SCIENCE),
    ],
)
def test_the_object_names_the_sector(words: str, sector: Sector) -> None:
    assert sector_of(((words, 1.0),), "fr") is sector


def test_three_sectors_or_more_are_several_at_once() -> None:
    assert sector_of((("coopérer dans l'énergie, la santé, l'agriculture et la culture", 1.0),), "fr") is Sector.MULTI


def test_context_decides_only_where_the_words_say_nothing() -> None:
    assert (
        sector_of((("tenir cette promesse", 1.0), ("les hôpitaux et les médecins attendent", 0.4)), "fr")
        is Sector.HEALTH
    )
    assert sector_of((("livrer des vaccins", 1.0), ("l'armée et les soldats attendent", 0.4)), "fr") is Sector.HEALTH


def test_nothing_named_is_dialogue() -> None:
    assert sector_of((("", 1.0),), "fr") is Sector.DIPLOMACY


def test_a_whole_word_is_not_found_inside_another() -> None:
    assert Sector.MIGRATION not in sector_weights("un plan visant à cela", "fr")
    assert Sector.TRANSPORT not in sector_weights("la métropole", "fr")


def test_named_sectors_come_in_order_each_once() -> None:
    named = named_sectors("les domaines agricoles et énergétiques, l'agriculture surtout", "fr")
    assert named == (Sector.AGRICULTURE, Sector.ENERGY)


def test_english_has_its_words() -> None:
    assert sector_of((("train the joint force against terrorism", 1.0),), "en") is Sector.DEFENCE


def test_a_word_said_again_weighs_once() -> None:
    once, twice = sector_weights("un vaccin", "fr"), sector_weights("un vaccin, un vaccin", "fr")
    assert once == twice
