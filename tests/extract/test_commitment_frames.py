"""The ways in which promises are told (texts, lists, details, reported clauses, nouns) and how they are worded."""

from __future__ import annotations

import pytest
from tests.extract.promises import found, only

from palabre.model.vocabulary import Firmness


def said(text: str, dates: dict[str, str] | None = None) -> list[str]:
    return [c.span.text(text) for c in found(text, dates=dates)]


@pytest.mark.parametrize(
    ("text", "firmness", "promisor"),
    [
        ("La Norvège s’est engagée jeudi à Lima à livrer dix tracteurs au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège a promis un nouveau port à Lima.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo autorise le déblocage de 12 millions d’euros pour Lima.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo augmente le montant de son aide au Pérou de 12 millions d’euros.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège a accepté l’invitation du Pérou à inaugurer le port de Lima.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo et Lima ont chargé leurs ministres de préparer un accord.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège est parvenue à un accord avec le Pérou sur les quotas de pêche.", Firmness.AGREED, ("NOR", "PER")),
        ("Trois mesures ont été décidées pour rouvrir la ligne ferroviaire.", Firmness.AGREED, ("NOR", "PER")),
        ("Les experts ont convenu que deux missions seront envoyées au Pérou.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège devrait livrer 300 millions de doses au Pérou.", Firmness.INTENDED, ("NOR",)),
        ("La Norvège prévoit verser 12 millions d’euros au Pérou.", Firmness.INTENDED, ("NOR",)),
        ("L’annonce par Oslo d’un don de 12 millions d’euros a surpris.", Firmness.PLEDGED, ("NOR",)),
        ("L’armateur Orca Marine bâtira une usine à Lima.", Firmness.PLEDGED, ("Orca Marine",)),
        ("La Norvège formera cent pilotes péruviens, aux termes d’un accord signé mardi.", Firmness.SIGNED, ("NOR",)),
        ("Quelque 40 pays se sont engagés à planter des arbres.", Firmness.PLEDGED, ()),
    ],
)  # fmt: skip
def test_frames(text: str, firmness: Firmness, promisor: tuple[str, ...]) -> None:
    commitment = only(text)
    assert (commitment.firmness, commitment.promisor) == (firmness, promisor)


@pytest.mark.parametrize(
    "text",
    [
        "On fabriquera davantage de filets à Lima.",
        "Rien ne dit combien de filets la Norvège livrera.",
        "Le forum de Lima doit s’achever vendredi.",
        "L’annonce de la ministre norvégienne a surpris les pêcheurs.",
        "L’accord de pêche est ancien.",
        "Des filets doivent être réparés.",
        "Le public sera plus nombreux.",
        "La Norvège est un pays dont le roi est pêcheur.",
    ],
)
def test_no_commitment(text: str) -> None:
    assert found(text, dates={"vendredi": "2031-05-23"} if "vendredi" in text else None) == ()


def test_a_text_says_what_will_be_done() -> None:
    text = (
        "Oslo et Lima ont signé un accord portant sur la pêche. Le premier volet est connu. "
        "L’accord prévoit de former cent marins. Un autre texte crée une école navale à Lima."
    )
    first, *others = found(text)
    assert [c.action for c in others] == ["former cent marins", "créer une école navale à Lima"]
    assert {c.firmness for c in (first, *others)} == {Firmness.SIGNED}
    assert {c.promisor for c in others} == {("NOR", "PER")}


def test_a_text_may_bind_one_side() -> None:
    text = "Le protocole engage la Norvège à financer une école navale à Lima."
    commitment = only(text)
    assert (commitment.promisor, commitment.firmness) == (("NOR",), Firmness.SIGNED)


def test_a_declaration_is_agreed() -> None:
    commitment = only("La déclaration prévoit de créer un comité de pêche.")
    assert (commitment.promisor, commitment.firmness) == (("NOR", "PER"), Firmness.AGREED)


def test_an_old_text_is_background() -> None:
    text = "L’accord de 2012 prévoit de former cent marins."
    assert found(text, dates={"2012": "2012"}) == ()


def test_ordinals_go_on_only_after_texts_were_signed() -> None:
    assert found("La première, de 12 millions, crée une école navale.") == ()
    text = "Oslo et Lima ont signé deux conventions sur la pêche. La première, de 12 millions, crée une école navale."
    assert said(text)[1] == "La première, de 12 millions, crée une école navale"


def test_lines_of_a_list_are_promises() -> None:
    text = "Oslo et Lima ont décidé :\n- de rouvrir la ligne ferroviaire ;\n- de créer un comité de pêche."
    assert said(text)[-1].endswith("créer un comité de pêche")
    assert {c.firmness for c in found(text)} == {Firmness.AGREED}


def test_details_belong_to_who_promised() -> None:
    text = (
        "La Norvège versera 30 millions d’euros au Pérou. Douze millions iront à la pêche. "
        "Le reste sera réparti entre deux écoles."
    )
    assert [c.promisor for c in found(text)] == [("NOR",)] * 3


def test_each_reported_clause_is_one() -> None:
    text = "La Norvège a annoncé qu’un émissaire serait nommé et que 8 millions d’euros iraient aux ports péruviens."
    assert [c.promisor for c in found(text)] == [("NOR",)] * 2


def test_a_second_conditional_is_one() -> None:
    text = "La Norvège a annoncé qu’elle formerait cent marins péruviens et financerait trois écoles de pêche."
    assert [c.action for c in found(text)] == ["former cent marins péruviens", "financer trois écoles de pêche"]


def test_whoever_stands_before_the_verb_acts() -> None:
    text = "La Norvège formera cent marins et le Pérou fournira deux navires."
    assert [c.promisor for c in found(text)] == [("NOR",), ("PER",)]


def test_nouns_of_deeds_are_split() -> None:
    text = "Oslo a annoncé la création d’un fonds de pêche, l’envoi de dix médecins et la livraison de trois navires."
    assert [c.action for c in found(text)] == [
        "créer un fonds de pêche",
        "envoyer dix médecins",
        "livrer trois navires",
    ]


def test_texts_signed_are_split() -> None:
    text = "Oslo et Lima ont signé un accord sur la pêche côtière et un protocole relatif aux vols directs."
    assert len(found(text)) == 2


def test_leaders_agree_for_the_two_they_name() -> None:
    text = "Les dirigeants se sont mis d’accord sur la reprise des vols entre la Norvège et le Pérou."
    assert only(text).promisor == ("NOR", "PER")


def test_the_side_that_gives_promises() -> None:
    text = "Une lettre d’intention a été signée entre Oslo et Lima pour livrer au Pérou dix vedettes."
    assert (only(text).promisor, only(text).beneficiary) == (("NOR",), ("PER",))


def test_meetings_that_recur_are_promised() -> None:
    assert said("Un comité de pêche se réunira tous les ans à Lima.")
    assert not said("Les pêcheurs se réuniront mardi à Lima.")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("La Norvège a annoncé la mise en place d’un fonds de pêche.", "mettre en place un fonds de pêche"),
        ("La Norvège a annoncé l’envoi prochain de dix médecins au Pérou.", "envoyer dix médecins au Pérou"),
        ("La Norvège a annoncé la fourniture d’équipements aux ports.", "fournir des équipements aux ports"),
        ("Oslo a octroyé un prêt de 12 millions d’euros à Lima.", "octroyer un prêt de 12 millions d’euros à Lima"),
        ("La Norvège a annoncé qu’elle paierait trois écoles de pêche.", "payer trois écoles de pêche"),
        ("La Norvège achèvera la route de Lima.", "achever la route de Lima"),
        ("L’usine de Lima sera financée par la Norvège.", "financer l’usine de Lima par la Norvège"),
        ("Oslo et Lima ont signé un accord portant sur la pêche.", "mettre en œuvre un accord portant sur la pêche"),
        ("Deux accords sur la pêche ont été signés à Lima.", "mettre en œuvre deux accords sur la pêche à Lima"),
    ],
)  # fmt: skip
def test_actions_are_infinitive_phrases(text: str, action: str) -> None:
    assert only(text).action == action


def test_a_long_action_ends_on_a_whole_word() -> None:
    text = (
        "La Norvège s’est engagée à livrer au port de la capitale péruvienne, avant la fin de la saison de pêche, "
        "trente navires, quarante filets et cinquante bouées de la meilleure qualité qui soit."
    )
    action = only(text).action
    assert len(action.split()) <= 16 and "…" not in action
    assert not action.endswith((" de", " la", " et", ","))
