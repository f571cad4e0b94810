"""Which sector words speak of."""

from __future__ import annotations

import pytest
from sector_sentences import SAID

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


def test_of_many_promises_nine_in_ten_are_told_right() -> None:
    said = [(words, Sector(name)) for name, all_words in SAID.items() for words in all_words]
    wrong = [(words, sector) for words, sector in said if sector_of(((words, 1.0),), "fr") is not sector]
    assert len(wrong) <= len(said) / 10, wrong


def test_money_is_for_what_it_pays() -> None:
    assert (
        sector_of((("accorder un prêt de 40 millions d'euros pour refaire la route", 1.0),), "fr") is Sector.TRANSPORT
    )
    assert sector_of((("accorder un prêt de 40 millions d'euros", 1.0),), "fr") is Sector.FINANCE
    layers = (("accorder un prêt de 40 millions d'euros", 1.0), ("un prêt de 40 millions d'euros pour la route", 0.8))
    assert sector_of(layers, "fr") is Sector.TRANSPORT


def test_money_shared_among_several_is_money() -> None:
    words = "verser 20 millions d'euros pour la route, l'hôpital et l'université"
    assert sector_of(((words, 1.0),), "fr") is Sector.FINANCE


def test_soldiers_in_a_school_are_defence() -> None:
    assert sector_of((("former des soldats dans ses écoles", 1.0),), "fr") is Sector.DEFENCE


def test_the_fields_of_an_action_told_by_itself_do_not_change_it() -> None:
    words = "former mille jeunes dans la santé, l'agriculture et l'énergie"
    assert sector_of(((words, 1.0),), "fr") is Sector.EDUCATION


def test_texts_counted_and_not_told_apart_are_several() -> None:
    assert sector_of((("signer sept accords", 1.0),), "fr") is Sector.MULTI
    assert sector_of((("signer sept accords de défense", 1.0),), "fr") is Sector.DEFENCE


def test_an_office_does_not_name_the_sector() -> None:
    words = "le ministre de la santé inaugurera la route"
    assert sector_of(((words, 1.0),), "fr") is Sector.TRANSPORT


def test_a_place_is_no_object() -> None:
    assert Sector.TRANSPORT not in sector_weights("aller à port-louis", "fr")
    assert Sector.AGRICULTURE not in sector_weights("se retrouver à cotonou", "fr")


def test_circumstances_weigh_less_than_the_object() -> None:
    words = "livrer des vaccins dans le cadre de la lutte contre le terrorisme"
    assert sector_of(((words, 1.0),), "fr") is Sector.HEALTH
