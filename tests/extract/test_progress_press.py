"""Progress in the turns of the press, in sentences of our own."""

from __future__ import annotations

import pytest

from palabre.extract.progress import find_progress
from palabre.model.annotations import ActorEntry, ActorMention, Annotations, ProgressMention
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm, ProgressStatus
from palabre.text.reading import Block, Reading, Sentence


def found(text: str) -> tuple[ProgressMention, ...]:
    span, at = Span(0, len(text)), text.find("Norvège")
    mentions = (ActorMention(Span(at, at + 7), ("NOR",), MentionForm.NAME),) if at >= 0 else ()
    scene = Annotations(actors=(ActorEntry("NOR", ActorKind.STATE, ("Norvège",)),), mentions=mentions)
    reading = Reading(text, "fr", blocks=(Block(0, span, "paragraph"),), sentences=(Sentence(0, 0, span, ()),))
    return find_progress(reading, scene)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # What a side goes on doing.
        ("La Norvège intensifie ses échanges avec les îles.", ProgressStatus.UNDER_WAY),
        ("La Norvège continue d’épauler le programme des pêcheurs.", ProgressStatus.UNDER_WAY),
        ("La Norvège travaille aussi à mieux coordonner ses envois.", ProgressStatus.UNDER_WAY),
        ("La Norvège accueille chaque année soixante boursiers.", ProgressStatus.UNDER_WAY),
        ("La Norvège abrite actuellement un nouveau cycle de pourparlers.", ProgressStatus.UNDER_WAY),
        ("Ils ont loué les efforts de médiation de la Norvège, toujours en cours.", ProgressStatus.UNDER_WAY),
        ("La Norvège a entamé le rapatriement des pêcheurs.", ProgressStatus.UNDER_WAY),
        ("Le maire salue les résultats obtenus grâce à la Norvège.", ProgressStatus.UNDER_WAY),
        ("La coopération avec la Norvège a permis d’aboutir à des avancées.", ProgressStatus.UNDER_WAY),
        # What is on its way, what has come.
        ("Deux cargos de céréales ont pris la mer pour la Norvège.", ProgressStatus.UNDER_WAY),
        ("Le convoi d’aide de la Norvège est arrivé dans la vallée.", ProgressStatus.DELIVERED),
        ("La Norvège a relâché douze prisonniers.", ProgressStatus.DELIVERED),
        ("La Norvège vient de débloquer la seconde tranche du prêt.", ProgressStatus.DELIVERED),
        ("La Norvège a pu ouvrir un bureau pour ses projets.", ProgressStatus.DELIVERED),
        ("Les pourparlers menés par la Norvège ont débouché sur un accord de pêche.", ProgressStatus.DELIVERED),
        # What did not happen, what does not move.
        ("Les pourparlers prévus mardi en Norvège n’ont pas eu lieu.", ProgressStatus.STALLED),
        ("La mise en place du comité avec la Norvège a pris également du retard.", ProgressStatus.STALLED),
        ("Le dossier de la Norvège semble être au point mort.", ProgressStatus.STALLED),
        ("Le chantier ouvert par la Norvège, encore inachevé, sert d’abri.", ProgressStatus.STALLED),
        ("Aucun geste n’a été fait par la Norvège.", ProgressStatus.STALLED),
        (
            "Les efforts de la Norvège n’ont jusqu’à présent pas réussi à clore le conflit.",
            ProgressStatus.STALLED,
        ),
        ("Malgré l’accord, la Norvège refuse de retirer ses gardes.", ProgressStatus.STALLED),
        # What is given up or stopped by decision.
        ("La Norvège a annoncé qu’elle mettait fin à l’accord de pêche.", ProgressStatus.CANCELLED),
        ("La Norvège a décidé de suspendre sa participation au fonds.", ProgressStatus.STALLED),
        ("La Norvège suspend les livraisons.", ProgressStatus.STALLED),
    ],
)
def test_turns_of_the_press(text: str, status: ProgressStatus) -> None:
    assert [m.status for m in found(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        # Nobody acts.
        "On continue de couper du bois pour les projets du village.",
        # War, quarrels and news of other kinds.
        "La Norvège continue de bombarder les ports.",
        "La Norvège a lancé une attaque contre les ports.",
        "Les soldats de la Norvège ont ouvert le feu sur un convoi.",
        "La Norvège n’a pas donné de détails sur ces contrats.",
        "Le ministre de la Norvège refuse de commenter l’accord.",
        # Only feared, awaited or supposed.
        "La Norvège craint que l’accord ne soit rompu.",
        "Le comité se prononce avant que les aides de la Norvège ne soient versées.",
        "Si les sanctions de la Norvège avaient été levées, le prix aurait baissé.",
        # A meeting that begins moves nothing.
        "Les ministres ont entamé des pourparlers avec la Norvège ce jeudi.",
    ],
)
def test_what_only_looks_like_a_turn_of_the_press(text: str) -> None:
    assert found(text) == ()
