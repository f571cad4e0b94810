"""Which of two gives, whose a sum of a list is, who only helped others to agree: texts of our own, invented facts."""

from __future__ import annotations

import pytest

from palabre.extract.annotator import annotate
from palabre.model.annotations import CommitmentMention
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text


def promises(text: str) -> tuple[CommitmentMention, ...]:
    return annotate(read_text(RawDocument("a", "a", text, "text/plain", Metadata(lang="fr"))), None).commitments


@pytest.mark.parametrize(
    ("text", "giver", "given"),
    [
        ("La Zambie et la Norvège ont signé lundi à Lusaka un accord de don de 12 millions d'euros.", "NOR", "ZMB"),
        (
            "Le ministre zambien de l'Économie a signé mardi avec la Banque mondiale une convention de prêt de "
            "40 millions de dollars pour l'extension du réseau électrique.",
            "Banque mondiale",
            "ZMB",
        ),
        (
            "L'accord conclu entre le Pérou et la Zambie prévoit l'octroi à la Zambie d'une ligne de crédit "
            "de 30 millions de dollars.",
            "PER",
            "ZMB",
        ),
    ],
)
def test_of_two_who_sign_a_gift_the_one_that_gives_promises(text: str, giver: str, given: str) -> None:
    found = promises(text)[-1]
    assert (found.promisor, found.beneficiary) == ((giver,), (given,))


@pytest.mark.parametrize(
    "text",
    [
        "La Zambie et la Norvège ont signé lundi à Lusaka un accord de coopération sur la pêche maritime.",
        "La Zambie et la Norvège ont signé lundi un accord de financement conjoint d'un institut de la pêche.",
        # What is delivered may be sold.
        "La Norvège et la Zambie ont signé lundi un accord de livraison de cuivre d'un montant de 30 millions d'euros.",
    ],
)
def test_what_both_do_is_promised_by_both(text: str) -> None:
    assert set(promises(text)[-1].promisor) == {"ZMB", "NOR"}


def test_a_sum_is_of_whom_it_leads_to() -> None:
    text = (
        "Les annonces ont suivi pour la Zambie : 90 millions de dollars de la Norvège, 40 millions de livres "
        "de l'Irlande, 17 millions de dollars du Pérou."
    )
    assert [c.promisor for c in promises(text)] == [("NOR",), ("IRL",), ("PER",)]


def test_a_giver_and_its_sum_after_for() -> None:
    text = (
        "La Norvège s'est engagée à verser 40 millions de dollars à la Zambie. Suivent l'Irlande pour 10 millions de "
        "dollars et le Pérou pour 5 millions de dollars."
    )
    assert ("IRL",) in [c.promisor for c in promises(text)]


def test_whoever_mediated_is_no_party() -> None:
    text = (
        "La Zambie et le Malawi se sont rencontrés mardi à Oslo, sous la médiation de la Norvège. Un accord a été "
        "trouvé entre la Zambie et le Malawi.\n\nLes deux parties s'engagent à retirer leurs troupes de la frontière "
        "avant le 30 juin."
    )
    assert set(promises(text)[-1].promisor) == {"ZMB", "MWI"}


def test_two_camps_are_not_the_one_that_mediates() -> None:
    text = (
        "Grâce à la médiation de la Norvège, Oslo a réuni deux délégations. La Norvège reste disponible. "
        "La Zambie et le Malawi ont discuté trois jours. Les deux camps se sont engagés à libérer leurs prisonniers."
    )
    assert set(promises(text)[-1].promisor) == {"ZMB", "MWI"}


def test_a_minister_and_a_counterpart_are_two_sides() -> None:
    text = (
        "Le chef de la diplomatie norvégienne a achevé sa visite en Zambie.\n\nLe ministre, Aleks Brun, et son "
        "homologue zambien, Mulenga Tembo, ont convenu de rouvrir la ligne ferroviaire."
    )
    assert set(promises(text)[-1].promisor) == {"NOR", "ZMB"}


def test_a_total_that_a_promise_brings_is_of_whoever_made_it() -> None:
    text = (
        "Une conférence sur la Zambie s'est tenue lundi. La Norvège a annoncé 12 millions d'euros pour la Zambie, "
        "ce qui porte son aide à 30 millions d'euros. Autant sera alloué l'an prochain."
    )
    assert {c.promisor for c in promises(text)} == {("NOR",)}


def test_a_third_named_with_several_signs_with_them() -> None:
    text = (
        "La Zambie et le Malawi ont signé avec la Norvège un accord de coopération sur la pêche. "
        "La Norvège s'en est félicitée."
    )
    assert set(promises(text)[0].promisor) == {"ZMB", "MWI", "NOR"}


def test_who_gives_next_is_not_given_to() -> None:
    text = (
        "Une conférence de soutien à la Zambie s'est ouverte lundi. L'aide à la Zambie manque.\n\n"
        "La Norvège a promis 40 millions de dollars, le Pérou 5 millions de dollars."
    )
    assert all(c.beneficiary == ("ZMB",) for c in promises(text))


def test_of_two_who_both_lend_neither_is_guessed() -> None:
    text = "La Turquie et la Norvège ont signé lundi un accord de prêt de 30 millions de dollars."
    assert set(promises(text)[-1].promisor) == {"TUR", "NOR"}
