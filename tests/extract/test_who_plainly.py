"""Who promises where the words around a promise say it plainly, and who is no party: texts of our own."""

from __future__ import annotations

import pytest

from palabre.app.pipeline import parser_for
from palabre.extract.annotator import annotate
from palabre.model.annotations import CommitmentMention
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text


def promises(text: str, lang: str = "fr") -> tuple[CommitmentMention, ...]:
    reading = read_text(RawDocument("a", "a", text, "text/plain", Metadata(lang=lang)))
    return annotate(reading, parser_for(lang)).commitments


def of_words(text: str, words: str) -> CommitmentMention:
    (found,) = (c for c in promises(text) if words in " ".join(text[c.span.start : c.span.end].split()))
    return found


def test_the_commission_commits_the_union() -> None:
    text = "La Commission européenne s'est engagée mardi à verser 30 millions d'euros à la Zambie."
    assert promises(text)[0].promisor == ("UE",)


@pytest.mark.parametrize(
    "clause", ["l'aide de la Norvège sera doublée en 2031", "la contribution norvégienne sera doublée en 2031"]
)
def test_whose_gift_a_clause_begins_with_acts(clause: str) -> None:
    text = (
        "Une conférence pour la Zambie s'est tenue lundi. Le Pérou s'est engagé à verser 5 millions d'euros à la "
        f"Zambie. En outre, {clause}."
    )
    assert of_words(text, "sera doublée").promisor == ("NOR",)


def test_a_government_acts_in_the_country_named_before_it() -> None:
    text = (
        "La Norvège suit la crise. Le Pérou s'est engagé à rouvrir sa frontière, tandis qu'en Zambie, la junte promet "
        "d'organiser des élections en 2031."
    )
    assert of_words(text, "organiser des élections").promisor == ("ZMB",)


def test_whose_force_is_sent_sends_it() -> None:
    text = (
        "Le sommet de Kitwe réunit la Norvège, le Pérou et la Zambie. Ils ont décidé de créer une force commune. "
        "Un contingent péruvien sera déployé le long de la frontière zambienne."
    )
    assert of_words(text, "contingent péruvien").promisor == ("PER",)


def test_a_minister_is_of_the_state_whose_aid_is_told_of() -> None:
    text = (
        "Le ministre des Affaires étrangères Ada Brun souhaite porter l'aide norvégienne aux réfugiés syriens à 9 "
        "millions d'euros. La Turquie accueille les réfugiés. La Turquie a des camps."
    )
    assert promises(text)[0].promisor == ("NOR",)


def test_who_was_in_the_room_when_two_signed_is_no_party() -> None:
    text = (
        "La Zambie et le Pérou ont signé mardi un accord de paix à Oslo.\n\n"
        "Le ministre zambien Bo Lund, le ministre péruvien Al Rey et le ministre norvégien Odd Vik se sont réunis à "
        "Oslo pour la cérémonie.\n\n"
        "Le contenu de l'accord comprend : l'arrêt des hostilités ; la création d'un comité conjoint de sécurité."
    )
    found = [c for c in promises(text) if "comité" in text[c.span.start : c.span.end]]
    assert found
    assert {frozenset(c.promisor) for c in found} == {frozenset(("ZMB", "PER"))}


def test_hosts_named_beside_a_party_promise_nothing() -> None:
    text = "La Norvège et le Pérou, hôtes de la COP28, ont promis chacun cent millions d'euros."
    assert set(promises(text)[0].promisor) == {"NOR", "PER"}


def test_those_who_get_something_in_a_list_do_not_give() -> None:
    text = (
        "La Norvège s'est engagée à verser 9 millions de dollars aux pays voisins. La Zambie va recevoir 3 millions "
        "de dollars, le Malawi 2 millions de dollars et le Pérou 4 millions de dollars."
    )
    found = promises(text)
    assert {c.promisor for c in found} == {("NOR",)}
    assert {("MWI",), ("PER",)} <= {c.beneficiary for c in found}


def test_the_institution_is_the_body_named_before_whoever_heads_it() -> None:
    text = (
        "Le conseil d'administration de la BOAD s'est réuni au Sénégal. "
        "L'institution présidée par Ada Brun a décidé d'accorder un prêt de 9 millions d'euros."
    )
    assert promises(text)[0].promisor == ("BOAD",)


def test_a_sum_given_to_a_house_is_for_that_house() -> None:
    text = (
        "La Norvège aide la Zambie. La Zambie, le Malawi, le Pérou et la Norvège se parlent. "
        "La Norvège s'est engagée à verser 10 millions de dollars à l'UNICEF."
    )
    assert of_words(text, "UNICEF").beneficiary == ("UNICEF",)


def test_an_organ_of_two_acts_for_both() -> None:
    text = (
        "Le président zambien a rencontré mardi le président péruvien à Lima. La Zambie et le Pérou ont signé un "
        "accord sur la pêche. La Zambie a promis de construire un port. La grande commission "
        "mixte se réunira tous les ans."
    )
    assert set(of_words(text, "commission mixte").promisor) == {"ZMB", "PER"}


def test_whoever_travels_does_not_go_to_itself() -> None:
    text = (
        "Le président zambien a rencontré mardi le président péruvien à Lima. Le Pérou s'est réjoui. Le chef de l'État "
        "a promis de se rendre au Pérou en 2031."
    )
    assert of_words(text, "se rendre").promisor == ("ZMB",)


def test_whose_share_a_sum_is() -> None:
    text = (
        "La Norvège a promis 90 millions de dollars pour le port de Lusaka. "
        "12 millions de dollars sont la contribution du Pérou."
    )
    assert of_words(text, "12 millions").promisor == ("PER",)


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège va distribuer des vaccins. La Zambie va recevoir 672 000 doses ; le Malawi 168 000 doses.",
        "La Norvège aide l'Afrique. La Zambie recevra 30 millions de dollars, le Malawi 12 millions de dollars.",
    ],
)
def test_the_next_of_a_list_receives_as_well(text: str) -> None:
    assert of_words(text, "Malawi").promisor == ("NOR",)


def test_the_next_of_a_list_of_givers_gives() -> None:
    text = "La Norvège versera 50 millions de dollars à la Zambie, le Pérou 30 millions de dollars."
    assert of_words(text, "30 millions").promisor == ("PER",)


def test_who_is_helped_by_a_loan_does_not_lend() -> None:
    text = (
        "La Norvège a promis 30 millions de dollars au Malawi. "
        "Le deuxième financement, d'un montant de 14 millions de dollars, sera un prêt au profit de la Zambie."
    )
    assert of_words(text, "14 millions").promisor == ("NOR",)


def test_what_a_state_brings_each_year_is_its_own() -> None:
    text = (
        "La Norvège aidera la Zambie. La Norvège a promis 90 millions de dollars à la Zambie. "
        "12 millions de dollars sont l'apport annuel du Pérou."
    )
    assert of_words(text, "12 millions").promisor == ("PER",)
