"""One promise told by several texts, and promises that only share a word."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from palabre.model.documents import ReadDocument
from palabre.reconcile.commitments import group_commitments
from palabre.reconcile.copies import find_copies
from palabre.reconcile.judged import decisions
from tests.reconcile.accounts import account, commitment


def told(name: str, words: str, promisor: str, beneficiary: str, **values: Any) -> ReadDocument:
    published = values.pop("published", "2024-05-15")
    lang = values.pop("lang", "fr")
    text = f"{words}. C'est ce qu'a retenu {name} de la journée."
    made = commitment(words, promisor.split(), beneficiary.split(), **values)
    return account(name, text, published, commitments=[made], lang=lang)


def groups(*documents: ReadDocument) -> list[list[str]]:
    names = {d.document.id: d.document.name for d in documents}
    found = group_commitments(documents, find_copies(documents), decisions(()))
    return sorted(sorted(names[i.doc] for i in g.items) for g in found)


@pytest.mark.parametrize(
    ("one", "other", "sector"),
    [
        ("La Turquie formera la force conjointe", "Ankara promet la formation de la force unifiée", "defence"),
        ("des rencontres périodiques se tiendront", "un cadre de dialogue régulier sera instauré", "diplomacy"),
        ("supprimer les droits de douane sur le poisson", "le poisson sera admis à tarif zéro", "trade"),
        ("bâtir deux hôpitaux dans le nord", "la construction de deux hôpitaux dans le nord", "health"),
    ],
)
def test_other_words_for_one_object(one: str, other: str, sector: str) -> None:
    a = told("a", one, "TUR", "MLI", sector=sector)
    b = told("b", other, "TUR", "MLI", sector=sector, firmness="intended")
    assert groups(a, b) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("former des pilotes", "TUR", "MLI", "defence"), ("livrer du blé", "TUR", "MLI", "agriculture")),
        (("rouvrir l'ambassade", "TUR", "MLI", "diplomacy"), ("rouvrir l'ambassade", "TUR", "SEN", "diplomacy")),
        (("construire un barrage", "TUR", "MLI", "energy"), ("construire un barrage", "CHN", "MLI", "energy")),
        (("renforcer la coopération", "TUR", "MLI", "diplomacy"), ("renforcer les liens", "TUR", "MLI", "diplomacy")),
    ],
)
def test_other_promises(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    a = told("a", one[0], one[1], one[2], sector=one[3])
    b = told("b", other[0], other[1], other[2], sector=other[3])
    assert groups(a, b) == [["a"], ["b"]]


def test_one_sum_is_one_promise_and_two_sums_are_two() -> None:
    a = told("a", "verser 40 millions d'euros", "FRA", "SEN", sector="finance", amount="40 millions d'euros")
    b = told("b", "un soutien de 40 millions d'euros", "FRA", "SEN", sector="finance", amount="40 millions d'euros")
    c = told("c", "verser 25 millions d'euros", "FRA", "SEN", sector="finance", amount="25 millions d'euros")
    assert groups(a, b, c) == [["a", "b"], ["c"]]


def test_one_kind_of_thing_in_two_towns_is_two_promises() -> None:
    here = "construire une centrale solaire à {}"
    one, same, elsewhere, nowhere = (
        told(name, words, "TUR", "MLI", sector="energy", published=day)
        for name, words, day in (
            ("a", here.format("Sikorola"), "2024-05-15"),
            ("b", here.format("Sikoroula"), "2024-05-16"),
            ("c", here.format("Tamboudo"), "2024-05-16"),
            ("d", "construire une centrale solaire", "2024-05-16"),
        )
    )
    assert groups(one, same) == [["a", "b"]]
    assert groups(one, elsewhere) == [["a"], ["c"]]
    assert groups(one, nowhere) == [["a", "d"]]
    # A capital or a country tells where people met as often as where something will stand.
    capital = told("e", here.format("Bamako"), "TUR", "MLI", sector="energy", published="2024-05-16")
    assert groups(one, capital) == [["a", "e"]]
    documents = [one, elsewhere]
    left, _ = group_commitments(documents, find_copies(documents), decisions(()))
    assert len(left.questions) == 1


def test_several_texts_signed_are_not_the_one_thing_promised() -> None:
    thing = told("a", "former et équiper la force conjointe", "TUR", "MLI", sector="defence")
    texts = told("b", "plusieurs accords pour former et équiper les forces", "TUR", "MLI", sector="defence")
    again = told("c", "plusieurs accords pour former et équiper la force conjointe", "TUR", "MLI", sector="defence")
    text = told("d", "un accord pour former et équiper la force conjointe", "TUR", "MLI", sector="defence")
    assert groups(thing, texts) == [["a"], ["b"]]
    assert groups(texts, again) == [["b", "c"]]
    assert groups(thing, text) == [["a", "d"]]


def test_french_and_english_accounts_meet() -> None:
    a = told("a", "exempter de droits de douane 53 pays", "CHN", "Afrique", sector="trade")
    b = told("b", "grant duty-free access to 53 countries", "CHN", "Africa", sector="trade", lang="en")
    assert groups(a, b) == [["a", "b"]]


def test_promises_listed_by_one_text_stay_apart() -> None:
    text = "Le pays versera 210 millions de prêts et 80 millions de dons."
    one = account(
        "a",
        text,
        commitments=[
            commitment("versera 210 millions de prêts", ["FRA"], ["SEN"], sector="finance", amount="210 millions"),
            commitment("80 millions de dons", ["FRA"], ["SEN"], sector="finance", amount="80 millions"),
        ],
    )
    assert groups(one) == [["a"], ["a"]]


def test_a_headline_and_its_text_are_one() -> None:
    text = "La Turquie formera la force conjointe\n\nLa Turquie s'est engagée hier à former la force conjointe."
    one = account(
        "a",
        text,
        commitments=[
            commitment("La Turquie formera la force conjointe", ["TUR"], ["MLI"], sector="defence"),
            commitment("s'est engagée hier à former la force conjointe", ["TUR"], ["MLI"], sector="defence"),
        ],
    )
    assert groups(one) == [["a", "a"]]


def test_refusals_are_no_commitments() -> None:
    assert groups(told("a", "ne financera pas la route", "FRA", "SEN", negated=True)) == []


def test_links_say_why_and_doubts_become_questions() -> None:
    a = told("a", "La Turquie formera la force conjointe", "TUR", "MLI", sector="defence")
    b = told("b", "Ankara formera la force unifiée", "TUR", "MLI", sector="defence")
    documents = [a, b]
    (group,) = group_commitments(documents, find_copies(documents), decisions(()))
    assert "joint_force" in group.links[0].why
    assert "train" in group.links[0].why


def test_the_order_of_the_texts_changes_nothing() -> None:
    documents = [
        told("a", "former la force conjointe", "TUR", "MLI", sector="defence"),
        told("b", "équiper et former la force unifiée", "TUR", "MLI", sector="defence"),
        told("c", "équiper l'armée de terre en matériel", "TUR", "MLI", sector="defence"),
        told("d", "livrer du matériel à la force conjointe", "TUR", "MLI", sector="defence"),
    ]
    assert len({str(groups(*p)) for p in itertools.permutations(documents)}) == 1
