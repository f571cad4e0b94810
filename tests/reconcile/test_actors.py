"""One person under several spellings; never one on a first name or an office alone."""

from __future__ import annotations

import pytest

from palabre.model.annotations import ActorEntry
from palabre.model.vocabulary import ActorKind
from palabre.reconcile.actors import merge_actors, person_name, same_spelling
from tests.reconcile.accounts import account, body, person


def names(*entries: ActorEntry) -> list[list[str]]:
    documents = [account(f"d{n}", f"Texte numéro {n}.", people=[e]) for n, e in enumerate(entries)]
    return sorted(sorted(a.names) for a in merge_actors(documents).records)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakary Sangare", "Bakary Sangaré"),
        ("Jean-Marie Traoré", "Jean Marie Traore"),
        ("Sergueï Orlov", "Sergei Orlov"),
        ("Сергей Орлов", "Sergueï Orlov"),
        ("A. Kouyaté", "Aminata Kouyaté"),
        ("M. Kouyaté", "Aminata Kouyaté"),
        ("Kouyaté", "Aminata Kouyaté"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert len(names(person(one), person(other))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aminata Kouyaté", "Aminata Diarra"),
        ("Aminata Kouyaté", "Bintou Kouyaté"),
        ("Aminata", "Aminata Kouyaté"),
        ("le ministre", "Aminata Kouyaté"),
    ],
)
def test_a_first_name_or_an_office_alone_joins_nobody(one: str, other: str) -> None:
    assert len(names(person(one), person(other))) == 2


def test_a_surname_that_two_people_bear_stays_alone_unless_the_side_tells() -> None:
    two = [person("Aminata Kouyaté", acts_for=["MLI"]), person("Ibrahima Kouyaté", acts_for=["GIN"])]
    assert len(names(*two, person("Kouyaté"))) == 3
    assert len(names(*two, person("Kouyaté", acts_for=["GIN"]))) == 2


def test_one_name_on_two_sides_is_two_people() -> None:
    assert len(names(person("Aminata Kouyaté", acts_for=["MLI"]), person("Aminata Kouyaté", acts_for=["GIN"]))) == 2


def test_the_family_name_comes_first_where_it_does() -> None:
    assert person_name("Li Wei", True).family == "li"
    assert len(names(person("Li Wei", acts_for=["CHN"]), person("M. Li", acts_for=["CHN"]))) == 1
    assert len(names(person("Li Wei", acts_for=["CHN"]), person("Wei", acts_for=["CHN"]))) == 2


def test_the_record_bears_the_fullest_name_and_every_spelling() -> None:
    documents = [
        account("a", "Un.", people=[person("Kouyate", acts_for=["MLI"])]),
        account("b", "Deux.", people=[person("Aminata Kouyaté", acts_for=["MLI"], office="ministre")]),
    ]
    actors = merge_actors(documents)
    (record,) = actors.records
    assert record.name == "Aminata Kouyaté"
    assert set(record.names) == {"Kouyate", "Aminata Kouyaté"}
    assert record.offices == ((documents[1].document.id, "ministre"),)
    assert actors.resolve(documents[0].document.id, "Kouyate") == record.id


def test_bodies_meet_by_a_long_name_and_not_by_a_common_word() -> None:
    assert len(names(body("ULR", "Union des lacs et rivières"), body("Union des lacs et rivières"))) == 1
    assert len(names(body("commission A", "la commission"), body("commission B", "la commission"))) == 2


def test_states_are_told_by_their_code() -> None:
    entries = [ActorEntry("MLI", ActorKind.STATE, ("le Mali",)), ActorEntry("MLI", ActorKind.STATE, ("Bamako",))]
    assert names(*entries) == [["Bamako", "le Mali"]]


def test_short_names_are_never_matched_by_likeness() -> None:
    assert not same_spelling("diop", "diof")
    assert same_spelling("sangare", "sangaré".replace("é", "e"))
