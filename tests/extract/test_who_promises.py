"""Who promises and to whom, where the words name nobody plainly: texts of our own, invented people."""

from __future__ import annotations

import pytest

from palabre.app.pipeline import parser_for
from palabre.extract.annotator import annotate
from palabre.extract.learnt.weights import rules_alone
from palabre.model.annotations import CommitmentMention
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import Firmness
from palabre.text.compose import read_text


def promises(text: str, lang: str = "fr", *, parsed: bool = False) -> tuple[CommitmentMention, ...]:
    reading = read_text(RawDocument("a", "a", text, "text/plain", Metadata(lang=lang)))
    return annotate(reading, parser_for(lang) if parsed else None).commitments


DONORS = "Une conférence de soutien à la Zambie s'est ouverte lundi. L'aide d'urgence à la Zambie manque.\n\n"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (DONORS + "La Norvège a promis 40 millions de dollars. Le Pérou s'est engagé à verser 5 millions.", "fr"),
        (
            "Donors met on Monday to support Zambia. A conference on aid to Zambia was held.\n\nNorway has pledged to "
            "provide 40 million dollars. Peru has pledged to provide 5 million dollars.",
            "en",
        ),
    ],
)
def test_what_donors_promise_is_for_whom_the_text_is_about(text: str, lang: str) -> None:
    found = promises(text, lang)
    assert [c.promisor for c in found] == [("NOR",), ("PER",)]
    assert {c.beneficiary for c in found} == {("ZMB",)}


def test_hosts_and_guests_named_beside_a_promise_are_not_given_to() -> None:
    (found,) = promises(DONORS + "La Norvège a promis 40 millions, en marge du sommet de l'Union africaine.")
    assert found.beneficiary == ("ZMB",)


def test_one_state_among_many_that_are_helped_is_given_to() -> None:
    text = (
        "Un sommet pour l'Afrique s'est tenu mardi. L'aide à l'Afrique y fut débattue.\n\n"
        "La Norvège s'est engagée à construire deux hôpitaux au Malawi."
    )
    (found,) = promises(text)
    assert found.beneficiary == ("MWI",)


def test_a_donor_is_not_given_to_by_another() -> None:
    text = (
        "Un fonds contre la faim a été lancé jeudi. La Norvège s'est engagée à verser 5 millions d'euros. "
        "La Banque mondiale s'est engagée à verser 9 millions d'euros."
    )
    assert "NOR" not in promises(text)[1].beneficiary


@pytest.mark.parametrize("who", ["communauté internationale", "pays donateurs", "bailleurs de fonds"])
def test_many_under_a_common_name_promise_under_it(who: str) -> None:
    article = "La" if who.startswith("comm") else "Les"
    verb = "s'est engagée" if who.startswith("comm") else "se sont engagés"
    text = f"La Norvège et le Pérou étaient là. {article} {who} {verb} à verser 3 milliards d'euros à la Zambie."
    (found,) = promises(text, parsed=True)
    assert found.promisor == (who,)
    assert found.beneficiary == ("ZMB",)


MEETING = "Une rencontre entre la Norvège et le Pérou a eu lieu à Lima le 3 mars 2031.\n\n"


@pytest.mark.parametrize(
    ("promise", "who"),
    [
        ("La France, la Belgique et le Luxembourg vont apporter six millions d'euros.", {"FRA", "BEL", "LUX"}),
        ("Le Koweït, pays hôte, la Bolivie et le Chili se sont engagés à verser 3 millions.", {"KWT", "BOL", "CHL"}),
        ("À Nairobi, au Kenya, le Pérou formera cent marins.", {"PER"}),
        ("La Norvège, membre de l'Union européenne, formera cent marins.", {"NOR"}),
        ("Le gouvernement du Pérou a promis que l'aide destinée à la Norvège serait doublée.", {"PER"}),
        ("La banque péruvienne Orca Crédit versera six millions d'euros à la Norvège.", {"Orca Crédit"}),
    ],
)
def test_the_subject_is_all_those_who_act_and_nobody_else(promise: str, who: set[str]) -> None:
    (found,) = promises(MEETING + promise, parsed=True)
    assert set(found.promisor) == who


def test_a_thing_that_has_to_do_with_a_state_is_no_promise_of_it() -> None:
    with rules_alone():
        assert promises(MEETING + "La reconstruction du Pérou prendra au moins dix années.") == ()


def test_those_who_met_in_the_sentence_before_agree() -> None:
    text = (
        "La Norvège, le Chili et la Bolivie suivent ce dossier. Le président péruvien Ada Brun a reçu la ministre "
        "zambienne Lida Mensa. Les deux dirigeants ont convenu de rouvrir le port."
    )
    (found,) = promises(text)
    assert set(found.promisor) == {"PER", "ZMB"}


def test_they_are_all_those_the_sentence_before_is_about() -> None:
    text = (
        "Le ministre norvégien Paul Orsin et Ada Brun (ministre du Pérou) ont visité le port. "
        "Ils ont convenu de le rouvrir en mai."
    )
    assert set(promises(text)[0].promisor) == {"NOR", "PER"}


@pytest.mark.parametrize(
    "text",
    [
        "La Zambie, le Pérou et la Norvège étaient là. Le ministre a salué la signature d'un accord de pêche entre Lima"
        " et Oslo sous la médiation de la Zambie.",
        "L'accord de pêche entre Lima et Oslo est connu. La Zambie et la Bolivie y tiennent. L'accord de "
        "pêche prévoit de"
        " former cent marins.",
    ],
)
def test_a_text_binds_those_it_is_made_between(text: str) -> None:
    assert set(promises(text)[0].promisor) == {"PER", "NOR"}


def test_it_takes_two_to_reach_an_agreement() -> None:
    text = MEETING + "Le Pérou est parvenu à un accord pour restructurer sa dette norvégienne."
    assert set(promises(text)[0].promisor) == {"PER", "NOR"}


def test_who_receives_is_given_to() -> None:
    (found,) = promises(MEETING + "Le Pérou devrait recevoir 90 bateaux avant 2033.")
    assert (found.promisor, found.beneficiary) == (("NOR",), ("PER",))


def test_what_a_group_grants_others_is_for_them() -> None:
    text = "La CEDEAO a convenu de mobiliser 50 millions d'euros en faveur de la Zambie."
    assert promises(text)[0].beneficiary == ("ZMB",)


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement péruvien versera 40 millions, vient d'annoncer Ada Brun, ministre du Plan. Mme Brun a promis "
        "de former cent marins.",
        "Ada Brun, ministre du Plan, a réaffirmé l'appui du Pérou à la Zambie. Mme Brun a promis de former "
        "cent marins.",
        "Au nom du Pérou, Ada Brun, ministre du Plan, a promis de former cent marins.",
    ],
)
def test_a_minister_speaks_for_the_state_they_speak_of(text: str) -> None:
    zambia = "La Zambie attend. La Zambie espère de l'aide. "
    assert promises(zambia + text)[-1].promisor == ("PER",)


def test_ones_own_government_is_the_tellers() -> None:
    text = (
        "Le ministre péruvien Ada Brun est arrivé. Lors d'une visite en Norvège, M. Brun a promis que son gouvernement "
        "formerait cent marins."
    )
    assert promises(text)[0].promisor == ("PER",)


def test_what_donors_give_together_is_for_whom_the_text_is_about() -> None:
    text = DONORS + "La Norvège et le Pérou se sont engagés à verser chacun 3 millions de dollars."
    (found,) = promises(text)
    assert (set(found.promisor), found.beneficiary) == ({"NOR", "PER"}, ("ZMB",))


def test_who_gave_before_gives_what_a_text_of_two_grants() -> None:
    text = MEETING + (
        "La Norvège a promis au Pérou 5 millions d'euros pour le port.\n\nUn accord a été signé par la Norvège et le "
        "Pérou. L'accord prévoit l'octroi d'un prêt de 40 millions d'euros pour les écoles."
    )
    found = promises(text)[-1]
    assert (found.promisor, found.beneficiary) == (("NOR",), ("PER",))


def test_a_body_of_two_makes_both_parties() -> None:
    text = (
        "La commission mixte algéro-tunisienne travaille. L'agence APS suit ses travaux. L'agence APS l'a dit.\n\n"
        "Les deux parties ont convenu de rouvrir le port."
    )
    assert set(promises(text)[-1].promisor) == {"DZA", "TUN"}


def test_somebody_called_by_their_nationality_acts_for_their_function() -> None:
    text = "L'Espagnol, ministre du Pérou, a promis de former cent marins."
    assert promises(text)[0].promisor == ("PER",)


BANK = "La Banque africaine de développement a approuvé lundi un prêt de 40 millions de dollars au Togo.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "La Zambie recevra 12 millions de dollars pour ses écoles.",
        "De son côté, la Zambie va recevoir 12 millions de dollars pour ses écoles.",
        "Par ailleurs, 12 millions de dollars seront alloués à la Zambie pour ses écoles.",
    ],
)
def test_whoever_receives_a_sum_does_not_promise_it(text: str) -> None:
    *_, last = promises(BANK + text)
    assert last.promisor == ("BAD",)
    assert last.firmness is Firmness.PLEDGED


def test_who_receives_gives_nothing_in_what_follows() -> None:
    text = "Les États-Unis donneront 3 millions de doses de vaccin. La Zambie recevra un million de doses."
    found = promises(text + " Le Pérou recevra 500 000 doses.")
    assert {c.promisor for c in found} == {("USA",)}


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil d'administration de la BAD a approuvé un prêt de 40 millions de dollars au Togo.",
        "Le Conseil des gouverneurs de la BAD a approuvé un prêt de 40 millions de dollars au Togo.",
    ],
)
def test_a_board_is_its_body(text: str) -> None:
    assert [c.promisor for c in promises(text)] == [("BAD",)]


@pytest.mark.parametrize("place", ["du lac Tchad", "du golfe de Guinée", "du bassin du Niger"])
def test_waters_and_currencies_are_no_states(place: str) -> None:
    found = promises(f"La Norvège versera 30 millions de dollars canadiens pour la région {place}.")
    assert [c.promisor for c in found] == [("NOR",)]
    assert not {"TCD", "GIN", "NER", "CAN"} & {i for c in found for i in c.beneficiary}


SUMMIT = "Le sommet des chefs d'État de la CEDEAO s'est achevé dimanche à Abuja. La crise en Zambie inquiète.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Le sommet a décidé de créer un fonds pour la Zambie.",
        "L'organisation a décidé de créer un fonds pour la Zambie.",
        "Les dirigeants ont décidé de créer un fonds pour la Zambie.",
    ],
)
def test_a_summit_decides_for_its_body(text: str) -> None:
    *_, last = promises(SUMMIT + text)
    assert (last.promisor, last.firmness) == (("CEDEAO",), Firmness.AGREED)
