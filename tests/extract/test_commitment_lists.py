"""Promises told as lists, and words that stand between a verb and what it promises."""

from __future__ import annotations

import pytest
from tests.extract.promises import found, only

from palabre.model.vocabulary import Firmness


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège et le Pérou ont décidé mercredi de rouvrir le port de Lima.",
        "La Norvège et le Pérou ont décidé, mercredi, à Lima, de rouvrir le port.",
        "La Norvège et le Pérou se sont entendus vendredi pour rouvrir le port de Lima.",
        "La Norvège et le Pérou prévoient « de rouvrir le port de Lima ».",
        "La Norvège et le Pérou s’engagent par exemple à « rouvrir le port de Lima ».",
    ],
)
def test_words_between_a_verb_and_its_infinitive(text: str) -> None:
    commitment = only(text)
    assert set(commitment.promisor) == {"NOR", "PER"}
    assert commitment.action.startswith("rouvrir le port")


def test_second_infinitive_after_a_purpose_of_another_link() -> None:
    first, second = found(
        "La Norvège et le Pérou sont convenus, lors de leur réunion de Lima, d’ouvrir une commission pour la pêche "
        "au large des îles et d’accélérer la construction du câble sous-marin."
    )
    assert first.action.startswith("ouvrir une commission")
    assert second.action == "accélérer la construction du câble sous-marin"


def test_infinitive_of_the_purpose_is_no_second_promise() -> None:
    commitment = only(
        "La Norvège s’est engagée à construire trois ports au Pérou afin d’ouvrir les îles et de relancer la pêche."
    )
    assert commitment.action.startswith("construire trois ports")


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège va elle-même débloquer 30 millions d’euros pour les ports.",
        "La ministre norvégienne a annoncé durant le Forum un investissement de 30 millions d’euros dans les ports.",
        "La Norvège vient de faire don de près de 30 millions d’euros aux ports.",
        "La Norvège vient d’accorder aux ports un prêt de 30 millions d’euros.",
        "La Norvège a approuvé sept nouvelles opérations, pour un montant de 30 millions d’euros, dans les ports.",
        "La Norvège a consenti un prêt de 30 millions d’euros pour les ports.",
    ],
)
def test_money_given_in_other_words(text: str) -> None:
    commitment = only(text)
    assert commitment.promisor == ("NOR",)
    assert commitment.amount == "30 millions d’euros"


def test_announced_deeds_joined() -> None:
    first, second = found("La Norvège a confirmé l’envoi de six vedettes au Pérou ainsi que la cession de deux grues.")
    assert (first.action, second.action) == ("envoyer six vedettes au Pérou", "céder deux grues")


def test_lines_after_a_lead_in_which_promises_nothing() -> None:
    commitments = found(
        "La Norvège et le Pérou se sont réunis à Lima. Les mesures suivantes ont été arrêtées :\n"
        "- instituer une réunion annuelle des ports ;\n"
        "- créer et équiper quatre postes de garde ;\n"
        "- la formation de cent marins.\n"
        "La réunion a duré deux jours."
    )
    assert [c.action for c in commitments] == [
        "instituer une réunion annuelle des ports",
        "créer et équiper quatre postes de garde",
        "former cent marins",
    ]
    assert {c.firmness for c in commitments} == {Firmness.AGREED}


def test_list_of_the_same_sentence() -> None:
    commitments = found(
        "La Norvège et le Pérou ont pris plusieurs décisions : ouvrir un consulat à Lima, supprimer les visas "
        "des marins et construire un câble."
    )
    assert [c.action for c in commitments] == [
        "ouvrir un consulat à Lima",
        "supprimer les visas des marins",
        "construire un câble",
    ]


def test_recommendations_are_no_decisions() -> None:
    assert (
        found("La Norvège et le Pérou ont recommandé les mesures suivantes : créer un fonds ; former des agents.") == ()
    )


@pytest.mark.parametrize(
    "content",
    [
        "Il porte sur la construction d’un quai à Lima ; la réhabilitation de deux phares ; la formation de marins.",
        "Le protocole prévoit : la construction d’un quai à Lima, la réhabilitation de deux phares ; la formation de "
        "marins.",
    ],
)
def test_what_a_signed_text_says_in_a_list(content: str) -> None:
    _, *items = found(f"La Norvège et le Pérou ont signé mardi un protocole de pêche. {content}")
    assert [c.action for c in items] == ["construire un quai à Lima", "réhabiliter deux phares", "former des marins"]
    assert {c.firmness for c in items} == {Firmness.SIGNED}


def test_each_price_of_a_signed_text_is_a_promise() -> None:
    _, *items = found(
        "La Norvège et le Pérou ont signé mardi un accord de pêche. L’accord comprend 5 milliards d’euros de prêts, "
        "400 millions d’euros pour les phares et 20 millions d’euros pour les marins."
    )
    assert [c.amount for c in items] == ["5 milliards d’euros", "400 millions d’euros", "20 millions d’euros"]


def test_works_and_deliveries_are_meant_for_a_date() -> None:
    _, works = found(
        "La Norvège et le Pérou ont signé un accord pour construire un quai à Lima. "
        "Les travaux devraient démarrer en juin 2032.",
        dates={"juin 2032": "2032-06"},
    )
    assert (works.firmness, works.deadline) == (Firmness.INTENDED, "2032-06")


def test_works_without_a_date_are_no_promise() -> None:
    commitments = found("La Norvège et le Pérou ont signé un accord sur un quai. Les travaux devraient démarrer.")
    assert [c.firmness for c in commitments] == [Firmness.SIGNED]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("La Norvège ordonne à ses vedettes de quitter le golfe.", "quitter le golfe"),
        ("La Norvège suspend sa participation aux manœuvres.", "suspendre sa participation aux manœuvres"),
        ("La Norvège a ordonné le transfert de ses vedettes.", "transférer ses vedettes"),
    ],
)
def test_decisions_by_order(text: str, action: str) -> None:
    assert only(text).action == action


def test_sums_whose_giver_stands_after_them_and_whose_unit_is_left_out() -> None:
    _, norwegian, peruvian = found(
        "Plus de 840 millions d’euros ont été annoncés pour les ports, dont 110 millions par Oslo et 244 par Lima. "
        "La Norvège et le Pérou s’en sont félicités."
    )
    assert {norwegian.firmness, peruvian.firmness} == {Firmness.PLEDGED}
    assert (norwegian.promisor, norwegian.amount) == (("NOR",), "110 millions")
    assert (peruvian.promisor, peruvian.amount) == (("PER",), "244 millions")


def test_verb_before_the_texts_that_were_signed() -> None:
    commitments = found(
        "La Norvège et le Pérou ont tenu leur commission à Lima. Ont été signés à cette occasion un mémorandum sur la "
        "pêche, un accord sur la santé ainsi qu’un protocole sur les ports."
    )
    assert [c.action for c in commitments] == [
        "mettre en œuvre un mémorandum sur la pêche",
        "mettre en œuvre un accord sur la santé",
        "mettre en œuvre un protocole sur les ports",
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_colon_after_a_text_that_lists_nothing(lang: str) -> None:
    text = {
        "fr": "La Norvège et le Pérou ont signé un accord. L’accord prévoit aussi : rien de neuf.",
        "en": "Norway and Peru signed an agreement on fishing. The agreement provides for: new ports; new ships.",
    }[lang]
    assert all(set(c.promisor) == {"NOR", "PER"} for c in found(text, lang))
