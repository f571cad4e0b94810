"""What has moved, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.progress import find_progress
from palabre.model.annotations import (
    ActorEntry,
    ActorMention,
    Annotations,
    CommitmentMention,
    DateMention,
    ProgressMention,
)
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, Firmness, MentionForm, ProgressStatus, Sector
from palabre.text.reading import Block, Reading, Sentence


def reading(text: str, lang: str = "fr", kind: str = "paragraph") -> Reading:
    span = Span(0, len(text))
    return Reading(text, lang, blocks=(Block(0, span, kind),), sentences=(Sentence(0, 0, span, ()),))


def scene(text: str) -> Annotations:
    at = text.find("Norvège")
    mentions = (ActorMention(Span(at, at + 7), ("NOR",), MentionForm.NAME),) if at >= 0 else ()
    return Annotations(actors=(ActorEntry("NOR", ActorKind.STATE, ("Norvège",)),), mentions=mentions)


def found(text: str, lang: str = "fr") -> tuple[ProgressMention, ...]:
    return find_progress(reading(text, lang), scene(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Les travaux du barrage financé par la Norvège sont en cours.", ProgressStatus.UNDER_WAY),
        ("La formation des pilotes par la Norvège se poursuit.", ProgressStatus.UNDER_WAY),
        ("Des progrès notables ont été réalisés avec la Norvège.", ProgressStatus.UNDER_WAY),
        ("La Norvège fournit déjà des semences aux villages.", ProgressStatus.UNDER_WAY),
        ("Plus de 40 millions d’euros ont été versés par la Norvège.", ProgressStatus.UNDER_WAY),
        ("Le volume des échanges avec la Norvège a été multiplié par trois.", ProgressStatus.UNDER_WAY),
        ("La Norvège a livré les deux navires.", ProgressStatus.DELIVERED),
        ("Le pont promis par la Norvège a été inauguré mardi.", ProgressStatus.DELIVERED),
        ("L’accord avec la Norvège est entré en vigueur.", ProgressStatus.DELIVERED),
        ("Le projet d’usine de la Norvège reste bloqué.", ProgressStatus.STALLED),
        ("Le chantier confié à la Norvège a pris du retard.", ProgressStatus.STALLED),
        ("La Norvège n’a toujours pas versé la deuxième tranche.", ProgressStatus.STALLED),
        ("La Norvège a résilié le contrat des tracteurs.", ProgressStatus.CANCELLED),
        ("Le projet de la Norvège a été abandonné.", ProgressStatus.CANCELLED),
    ],
)
def test_statuses(text: str, status: ProgressStatus) -> None:
    (mention,) = found(text)
    assert mention.status is status
    assert mention.about
    assert "NOR" in mention.parties
    assert mention.cue is not None and mention.span.contains(mention.cue)
    assert 0 < mention.confidence <= 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # verbs conjugated by rule, with what they act upon
        ("Depuis mars, la Norvège a dépêché quarante instructeurs à Lomé.", ProgressStatus.DELIVERED),
        ("La Norvège a remis trente véhicules à la police.", ProgressStatus.DELIVERED),
        ("Deux patrouilleurs ont déjà été livrés par la Norvège.", ProgressStatus.DELIVERED),
        ("Le gouvernement de Norvège a entrepris une série de réformes.", ProgressStatus.UNDER_WAY),
        ("Le retrait des soldats de la Norvège a commencé lundi.", ProgressStatus.UNDER_WAY),
        ("La Norvège a considérablement renforcé sa coopération avec le Togo.", ProgressStatus.UNDER_WAY),
        ("Les exportations vers la Norvège ont plus que doublé.", ProgressStatus.UNDER_WAY),
        # what is denied
        ("Les patrouilles promises avec la Norvège n’ont toujours pas commencé.", ProgressStatus.STALLED),
        ("La convention avec la Norvège n’a pas été renouvelée.", ProgressStatus.STALLED),
        ("Aucun accord n’a été trouvé avec la Norvège.", ProgressStatus.STALLED),
        ("La raffinerie promise par la Norvège n’est jamais sortie de terre.", ProgressStatus.STALLED),
        ("La Norvège n’a toujours pas nommé les membres du comité du projet.", ProgressStatus.STALLED),
        ("Les travaux confiés à la Norvège n’avancent pas.", ProgressStatus.STALLED),
        ("Aucun des ponts promis par la Norvège n’a été construit.", ProgressStatus.STALLED),
        ("Le ministre a déploré la lenteur des décaissements de la Norvège.", ProgressStatus.STALLED),
        # a part only
        ("La Norvège n’a versé qu’un tiers des fonds.", ProgressStatus.UNDER_WAY),
        ("À ce jour, 30 % seulement des fonds de la Norvège ont été consommés.", ProgressStatus.UNDER_WAY),
        ("Le taux d’exécution des projets de la Norvège est de 45 %.", ProgressStatus.UNDER_WAY),
        # what goes on since
        ("Les soldats de la Norvège encadrent depuis janvier un bataillon.", ProgressStatus.UNDER_WAY),
        (
            "La moitié des recommandations de la dernière session avec la Norvège ont été exécutées.",
            ProgressStatus.DELIVERED,
        ),
        # turns of phrase
        ("Le contrat de port signé avec la Norvège est resté lettre morte.", ProgressStatus.STALLED),
        ("Le chemin de fer de la Norvège est à l’arrêt faute de crédits.", ProgressStatus.STALLED),
        ("Les négociations avec la Norvège ont traîné deux ans.", ProgressStatus.STALLED),
        ("La Norvège a suspendu en mai son appui budgétaire.", ProgressStatus.STALLED),
        ("L’aide promise par la Norvège tarde à arriver.", ProgressStatus.STALLED),
        ("La Norvège a tenu ses promesses.", ProgressStatus.DELIVERED),
        ("La banque voulue par la Norvège est devenue une réalité.", ProgressStatus.DELIVERED),
        ("Les ministres se sont félicités de la mise en service du pont de la Norvège.", ProgressStatus.DELIVERED),
        ("Les deux présidents ont procédé au lancement de l’usine de la Norvège.", ProgressStatus.DELIVERED),
        ("Norvège et Togo reprennent le dialogue.", ProgressStatus.UNDER_WAY),
        ("L’usine de la Norvège produit depuis l’an dernier.", ProgressStatus.UNDER_WAY),
        ("Les pourparlers avec la Norvège sont entrés dans leur dernière phase.", ProgressStatus.UNDER_WAY),
        ("La Norvège a quitté l’alliance en juin.", ProgressStatus.CANCELLED),
        ("La Norvège a mis fin à la mission de formation.", ProgressStatus.CANCELLED),
        ("La Norvège a rompu ses liens avec le Togo.", ProgressStatus.CANCELLED),
    ],
)
def test_mechanisms(text: str, status: ProgressStatus) -> None:
    mentions = found(text)
    assert [m.status for m in mentions] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Le président de la Norvège a été reçu mardi par son homologue.",
        "Le ministre a lancé un appel à la Norvège.",
        "La réunion avec la Norvège a été reportée à jeudi.",
        "La Norvège et le Togo ont établi leurs relations diplomatiques en 1962.",
        "Le gouvernement de la Norvège a adopté un communiqué condamnant le putsch.",
        "Le prix du pain a doublé en Norvège.",
        "La Norvège a déjà annoncé sa venue.",
        "Ces mesures n’ont pas seulement affecté la Norvège.",
        "C’est le plus important accord jamais conclu par la Norvège.",
        "Une première tranche de trois milliards parviendra à la Norvège en mai.",
        "Le ministre a ouvert à Oslo le sommet sur la coopération avec la Norvège.",
        "Des manifestants ont bloqué la route du port de Norvège.",
        "Les chefs de la Norvège se sont réunis lundi.",
        "Le chantier de la Norvège n’est pas bloqué.",
    ],
)
def test_background_is_no_progress(text: str) -> None:
    assert found(text) == ()


def test_two_clauses_are_two_statements() -> None:
    text = "La Norvège a dépêché cinq officiers, et elle a livré des armes à l’armée."
    first, second = found(text)
    assert first.span.end <= second.span.start
    assert "dépêché" in first.span.text(text) and "livré" in second.span.text(text)


def test_a_promise_in_another_sentence_hides_nothing() -> None:
    before = "Il le fera."
    text = f"{before} La Norvège a livré les deux navires."
    cut = len(before)
    whole = Span(0, len(text))
    two = Reading(
        text,
        "fr",
        blocks=(Block(0, whole, "paragraph"),),
        sentences=(Sentence(0, 0, Span(0, cut), ()), Sentence(1, 0, Span(cut + 1, len(text)), ())),
    )
    promise = CommitmentMention(
        Span(0, cut), ("NOR",), (), "faire", Sector.DEFENCE, Firmness.PLEDGED, cue=Span(3, cut - 1)
    )
    base = scene(text)
    found_before = Annotations(actors=base.actors, mentions=base.mentions, commitments=(promise,))
    assert len(find_progress(two, found_before)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège livrera deux navires.",
        "La Norvège souhaite que la coopération progresse.",
        "Le sommet avec la Norvège s’est achevé mardi.",
        "Cette rencontre se déroule dans le respect de chacun.",
        "Il fait beau sur le port.",
        "",
    ],
)
def test_no_progress(text: str) -> None:
    assert found(text) == ()


def test_titles_only_repeat_the_article() -> None:
    text = "La Norvège a livré les deux navires"
    assert find_progress(reading(text, kind="title"), scene(text)) == ()


def test_words_that_promise_are_no_progress() -> None:
    text = "La Norvège a livré les deux navires."
    cue = Span(text.index("a livré"), text.index("a livré") + 7)
    promise = CommitmentMention(Span(0, 35), ("NOR",), (), "livrer", Sector.DEFENCE, Firmness.PLEDGED, cue=cue)
    base = scene(text)
    assert (
        find_progress(reading(text), Annotations(actors=base.actors, mentions=base.mentions, commitments=(promise,)))
        == ()
    )


def test_the_day_and_the_sector() -> None:
    text = "La Norvège a livré deux navires de guerre à l’armée le 3 mai."
    base = scene(text)
    day = DateMention(Span(text.index("le 3 mai"), text.index("le 3 mai") + 8), "2031-05-03")
    (mention,) = find_progress(reading(text), Annotations(actors=base.actors, mentions=base.mentions, dates=(day,)))
    assert (mention.date, mention.sector) == ("2031-05-03", Sector.DEFENCE)


def test_a_reported_clause_leaves_out_who_says_it() -> None:
    text = "Le ministre a souligné que la formation offerte par la Norvège se poursuit."
    (mention,) = found(text)
    assert mention.span.text(text).startswith("la formation")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Construction of the dam by Norvège is under way.", ProgressStatus.UNDER_WAY),
        ("Norvège has supplied 40 million euros.", ProgressStatus.UNDER_WAY),
        ("The bridge has been completed by Norvège.", ProgressStatus.DELIVERED),
        ("The project of Norvège has stalled.", ProgressStatus.STALLED),
        ("The contract with Norvège was cancelled.", ProgressStatus.CANCELLED),
        ("Norvège has sent forty instructors to Lomé.", ProgressStatus.DELIVERED),
        ("The patrols announced with Norvège have still not begun.", ProgressStatus.STALLED),
        ("Only a third of the funds of Norvège has arrived.", ProgressStatus.UNDER_WAY),
        ("Trade with Norvège has doubled since the agreement was signed.", ProgressStatus.UNDER_WAY),
        ("Norvège has suspended its aid.", ProgressStatus.STALLED),
        ("Norvège pulled out of the fishing agreement in May.", ProgressStatus.CANCELLED),
    ],
)
def test_english(text: str, status: ProgressStatus) -> None:
    (mention,) = found(text, "en")
    assert mention.status is status


@pytest.mark.parametrize(
    "text",
    [
        "The president of Norvège was received by his counterpart.",
        "Norvège will deliver two ships.",
        "The summit with Norvège began on Monday.",
        "The price of bread has doubled in Norvège.",
        "The ministers of Norvège and Togo signed four agreements.",
    ],
)
def test_english_background(text: str) -> None:
    assert found(text, "en") == ()


def test_a_cut_clause_keeps_no_marks() -> None:
    text = "La Norvège a dépêché cinq officiers, et elle a livré des armes à l’armée."
    for mention in found(text):
        words = mention.span.text(text)
        assert words[0].isalnum() and words[-1].isalnum()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_safe(text: str) -> None:
    for mention in found(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)


@pytest.mark.parametrize("text", ["est en cours " * 10_000, "a livré, " * 20_000, '"' * 100_000, "é" * 100_000])
def test_long_runs_do_not_hang(text: str) -> None:
    for mention in found(text):
        assert mention.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # What was due has not come, whoever says so and by whatever turn.
        ("La Norvège attendait un secrétariat ; il n’est toujours pas installé.", ProgressStatus.STALLED),
        ("Le protocole sur la pêche n’a été ni publié ni appliqué par la Norvège.", ProgressStatus.STALLED),
        ("Rien de tout cela n’a été entrepris par la Norvège.", ProgressStatus.STALLED),
        ("Pas un kilomètre de rail n’est sorti des ateliers de la Norvège.", ProgressStatus.STALLED),
        ("Aucun des navires promis à la Norvège n’a quitté le quai.", ProgressStatus.STALLED),
        ("La Norvège n’a pas donné suite à l’offre de financement.", ProgressStatus.STALLED),
        ("La date limite fixée à la Norvège est dépassée.", ProgressStatus.STALLED),
        ("La Norvège a refusé de ratifier la convention.", ProgressStatus.STALLED),
        ("Les médiations de la Norvège se sont soldées par un échec.", ProgressStatus.STALLED),
        ("Le sommet avec la Norvège a été reporté sine die.", ProgressStatus.STALLED),
        ("Le dossier des visas, confié à la Norvège, avance à peine.", ProgressStatus.STALLED),
        ("Un quart des fonds de la Norvège manque toujours à l’appel.", ProgressStatus.STALLED),
        # What was given up.
        ("Le compromis proposé par la Norvège a été rejeté par le comité.", ProgressStatus.CANCELLED),
        ("La Norvège a fait machine arrière sur la vente des avions.", ProgressStatus.CANCELLED),
        ("Les deux camps se parlent moins depuis l’annulation de la visite en Norvège.", ProgressStatus.CANCELLED),
        # What was kept, in part or in full.
        ("La promesse de la Norvège n’a été honorée qu’en partie.", ProgressStatus.UNDER_WAY),
        ("Les dons de la Norvège n’ont été réunis qu’en 2019.", ProgressStatus.DELIVERED),
        ("La Norvège tient sa promesse.", ProgressStatus.DELIVERED),
        ("La Norvège a déposé ses instruments de ratification.", ProgressStatus.DELIVERED),
        ("L’ambassadeur de Norvège a repris ses fonctions.", ProgressStatus.DELIVERED),
        ("Un projet de texte a été remis à la Norvège.", ProgressStatus.UNDER_WAY),
        ("Le comité créé avec la Norvège s’est réuni une première fois.", ProgressStatus.UNDER_WAY),
        ("Le calendrier convenu avec la Norvège est tenu.", ProgressStatus.UNDER_WAY),
        ("La Norvège se dit satisfaite de l’exécution du programme.", ProgressStatus.UNDER_WAY),
    ],
)
def test_turns_for_what_came_and_what_did_not(text: str, status: ProgressStatus) -> None:
    assert [m.status for m in found(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Le roi n’avait jamais vu la neige de Norvège.",
        "Les joueurs de Norvège ont refusé de quitter le terrain.",
        "La commission avec la Norvège ne s’était plus réunie depuis dix ans.",
        "La Norvège a rejeté toute responsabilité dans l’accident.",
        "Il est prêt à parler avec le reste du monde, dit la Norvège.",
    ],
)
def test_denials_and_refusals_of_other_things(text: str) -> None:
    assert found(text) == ()


def test_what_did_not_follow_is_told_apart_from_what_came_before_it() -> None:
    text = "Le comité de la Norvège s’est réuni une première fois, mais le retrait des troupes n’a pas débuté."
    assert [m.status for m in found(text)] == [ProgressStatus.UNDER_WAY, ProgressStatus.STALLED]
