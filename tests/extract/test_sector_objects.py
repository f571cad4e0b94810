"""What of the words of a promise names its object, and what does not."""

from __future__ import annotations

from palabre.extract.sectors import sector_of, sector_weights, sole_sector
from palabre.model.vocabulary import Sector


def test_words_that_only_begin_alike_name_nothing() -> None:
    assert Sector.TRADE not in sector_weights("il viendra vendredi", "fr")
    assert Sector.HEALTH not in sector_weights("une quarantaine de forages", "fr")
    assert Sector.MINING not in sector_weights("un financement concessionnel", "fr")


def test_the_police_is_of_governance_and_an_army_of_defence() -> None:
    assert sector_of((("équiper la police nationale", 1.0),), "fr") is Sector.GOVERNANCE
    assert sector_of((("équiper l'armée nationale", 1.0),), "fr") is Sector.DEFENCE


def test_details_of_one_sector_leave_it_alone() -> None:
    assert sole_sector("la coopération dans la défense, notamment l'équipement militaire", "fr") is Sector.DEFENCE
    assert sole_sector("la coopération dans la défense et la santé", "fr") is None
    assert sole_sector("un prêt de dix millions", "fr") is None


def test_names_of_states_and_bodies_are_not_what_is_done() -> None:
    assert Sector.GOVERNANCE not in sector_weights("la république démocratique du congo enverra ses techniciens", "fr")
    assert Sector.ENERGY not in sector_weights("les pays d'afrique centrale", "fr")
    signed = "l'accord signé par son ambassadeur prévoit vingt mille doses de vaccin"
    assert sector_of(((signed, 1.0),), "fr") is Sector.HEALTH


def test_a_dialogue_about_one_thing_is_about_it() -> None:
    assert sector_of((("créer un comité conjoint sur les minerais", 1.0),), "fr") is Sector.MINING
    assert sector_of((("ouvrir un dialogue politique", 1.0),), "fr") is Sector.DIPLOMACY


def test_what_is_ratified_counts_and_not_the_act() -> None:
    assert sector_of((("hâter la ratification de l'accord de libre-échange", 1.0),), "fr") is Sector.TRADE


def test_what_a_bank_pays_for_counts() -> None:
    words = (
        "la banque africaine de développement versera 60 millions d'euros pour raccorder les villages à l'électricité"
    )
    assert sector_of(((words, 1.0),), "fr") is Sector.ENERGY


def test_universities_are_of_education_and_laboratories_of_science() -> None:
    assert sector_of((("une convention universitaire et scientifique", 1.0),), "fr") is Sector.EDUCATION
    assert sector_of((("ouvrir un laboratoire conjoint", 1.0),), "fr") is Sector.SCIENCE


def test_what_a_text_is_for_is_its_object() -> None:
    words = "développer leurs échanges en vue de bâtir un gouvernement électronique"
    assert sector_of(((words, 1.0),), "fr") is Sector.DIGITAL
    words = "un accord de partenariat pour restaurer le palais de justice"
    assert sector_of(((words, 1.0),), "fr") is Sector.GOVERNANCE


def test_texts_counted_are_several_though_they_are_of_partnership() -> None:
    assert sector_of((("sept accords de partenariat, de coopération et mémorandums", 1.0),), "fr") is Sector.MULTI


def test_an_office_may_have_several_fields() -> None:
    said = "le ministre de l'enseignement supérieur, de la recherche et de la pêche ouvrira la route"
    assert sector_of(((said, 1.0),), "fr") is Sector.TRANSPORT
