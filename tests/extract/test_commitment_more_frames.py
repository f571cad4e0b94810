"""Frames of press prose: a verb left out, a promise told before its promiser, a text's relative clause, shares."""

from __future__ import annotations

import pytest
from tests.extract.promises import found, only

from palabre.model.vocabulary import Firmness


def test_verb_left_out_for_the_second_party() -> None:
    first, second = found("La Norvège s’est engagée à livrer dix tracteurs et le Pérou à rouvrir le port de Lima.")
    assert (first.promisor, second.promisor) == (("NOR",), ("PER",))
    assert second.action.startswith("rouvrir le port")


def test_promiser_told_after_the_promise() -> None:
    commitment = only("Le port de Lima sera modernisé d’ici à 2030, a promis la Norvège.")
    assert commitment.promisor == ("NOR",)


def test_share_of_a_sum() -> None:
    commitments = found(
        "La Norvège a promis une aide de 90 millions d’euros, dont 60 millions destinés aux ports "
        "et 30 millions pour les écoles."
    )
    assert [c.amount for c in commitments] == ["90 millions d’euros", "60 millions", "30 millions"]
    assert {c.promisor for c in commitments} == {("NOR",)}


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège et le Pérou s’obligeaient à retirer leurs vedettes du golfe.",
        "La Norvège et le Pérou décidèrent d’ouvrir une ligne maritime.",
        "La Norvège et le Pérou ont adopté une déclaration qui institue un fonds pour les ports.",
    ],
)
def test_tenses_and_texts_that_bind_both(text: str) -> None:
    commitment = only(text)
    assert (set(commitment.promisor), commitment.firmness) == ({"NOR", "PER"}, Firmness.AGREED)


def test_sum_announced_by_somebody() -> None:
    assert only("Les 30 millions d’euros annoncés par Oslo se font attendre.").promisor == ("NOR",)


def test_a_thing_with_a_countrys_adjective_promises_nothing() -> None:
    assert found("La crise norvégienne augmentera les prix du blé au Pérou.") == ()
    assert only("La marine norvégienne formera trente plongeurs péruviens.").promisor == ("NOR",)


def test_each_giver_of_a_list_promises_its_own_sum() -> None:
    text = (
        "La Norvège a annoncé un don de 40 millions d'euros, le Pérou 30 millions d'euros. "
        "L'an dernier, le Pérou exportait pour 12 milliards d'euros."
    )
    assert [(c.promisor, c.amount) for c in found(text)] == [
        (("NOR",), "40 millions d'euros"),
        (("PER",), "30 millions d'euros"),
    ]


def test_sums_beside_names_are_no_promise_where_none_is_told() -> None:
    assert found("La dette de la Norvège : 3 milliards d'euros, celle du Pérou : 2 milliards d'euros.") == ()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("La Norvège s'engage à ne pas livrer d'armes à ses voisins du Pérou.", False),
        ("La Norvège a promis de ne plus bombarder les ports du Pérou.", False),
        ("La Norvège entend ne pas rouvrir son ambassade à Lima.", False),
        ("La Norvège ne s'engage pas à livrer des armes au Pérou.", True),
        ("La Norvège n'a pas promis de livrer des avions au Pérou.", True),
        ("La Norvège ne livrera pas d'avions au Pérou.", True),
    ],
)
def test_a_promise_not_to_do_is_no_refusal(text: str, refused: bool) -> None:
    assert only(text).negated is refused


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège a réaffirmé l'objectif de rouvrir la ligne avec le Pérou.",
        "La Norvège et le Pérou se présentent en partenaires déterminés à protéger le golfe.",
        "La visite répond au souhait partagé de la Norvège et du Pérou de rouvrir la ligne.",
        "La Norvège travaille à la réouverture de la ligne avec le Pérou.",
    ],
)
def test_aims_are_wishes(text: str) -> None:
    assert only(text).vague
    assert only(text).firmness is Firmness.INTENDED


@pytest.mark.parametrize(
    "text",
    [
        "Une cinquantaine de pays ont promis 90 millions d’euros aux ports du Pérou.",
        "Plusieurs banques se sont engagées à financer dix écoles au Pérou.",
        "Quinze organisations ont promis de rouvrir des dispensaires au Pérou.",
    ],
)
def test_many_of_whom_only_the_number_is_told_promise_too(text: str) -> None:
    assert only(text).firmness in (Firmness.PLEDGED, Firmness.AGREED)


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège soutient le plan du Pérou à hauteur de 5 millions d’euros.",
        "La Norvège participe au chantier du port de Lima avec 50 millions d’euros.",
        "La Norvège s’était aussi engagée à hauteur de 8 millions d’euros.",
    ],
)
def test_a_share_in_something_told_in_the_present(text: str) -> None:
    assert only(text).promisor == ("NOR",)


def test_help_of_which_no_sum_is_told_is_no_promise() -> None:
    assert found("La Norvège soutient le plan du Pérou avec constance.") == ()


def test_leave_is_given_to_do_something() -> None:
    commitment = only("La Norvège autorise dix navires péruviens à pêcher dans ses eaux.")
    assert (commitment.promisor, commitment.firmness) == (("NOR",), Firmness.PLEDGED)
    assert found("La loi norvégienne permet aux navires de pêcher.") == ()


def test_texts_signed_named_between_marks() -> None:
    commitment = only("La Norvège et le Pérou ont signé « un mémorandum sur la construction d’un port » à Lima.")
    assert commitment.firmness is Firmness.SIGNED


def test_a_giver_within_the_promise_of_another_gives_its_own_sum() -> None:
    text = "La Norvège a promis un milliard d'euros et le Pérou 212 millions d'euros pour rebâtir la ville."
    assert [(c.promisor, c.amount) for c in found(text)] == [
        (("NOR",), "un milliard d'euros"),
        (("PER",), "212 millions d'euros"),
    ]


def test_whom_a_sum_is_for_does_not_give_it() -> None:
    assert only("La Norvège a promis au Pérou 212 millions d'euros.").promisor == ("NOR",)
