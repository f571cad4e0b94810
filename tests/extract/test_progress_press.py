"""Progress in the turns of the press, in sentences of our own."""

from __future__ import annotations

import pytest
from tests.extract.moves import found

from palabre.model.vocabulary import ProgressStatus


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
        ("Le projet de rail avec la Norvège a franchi un nouveau pas.", ProgressStatus.UNDER_WAY),
        # What is on its way, what has come.
        ("Deux cargos de céréales ont pris la mer pour la Norvège.", ProgressStatus.UNDER_WAY),
        ("Le convoi d’aide de la Norvège est arrivé dans la vallée.", ProgressStatus.DELIVERED),
        ("Le camp de la Norvège a été rétrocédé à l’armée.", ProgressStatus.DELIVERED),
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
        ("Les travaux de la route de Norvège sont actuellement arrêtés.", ProgressStatus.STALLED),
        ("La réhabilitation du port de Norvège connaît de sérieux retards.", ProgressStatus.STALLED),
        ("L’accord de pêche avec la Norvège est loin d’être appliqué.", ProgressStatus.STALLED),
        ("Le projet de rail avec la Norvège reste à financer.", ProgressStatus.STALLED),
        ("Le taux d’exécution du programme de la Norvège atteint 45 %.", ProgressStatus.UNDER_WAY),
        ("Le pont de Norvège est construit à plus de 80 %.", ProgressStatus.UNDER_WAY),
        ("Les experts de Norvège étaient en train de finaliser le projet d’accord.", ProgressStatus.UNDER_WAY),
        # What is given up or stopped by decision.
        ("La Norvège a annoncé qu’elle mettait fin à l’accord de pêche.", ProgressStatus.CANCELLED),
        ("La Norvège a décidé de suspendre sa participation au fonds.", ProgressStatus.STALLED),
        ("La Norvège suspend les livraisons.", ProgressStatus.STALLED),
    ],
)
def test_turns_of_the_press(text: str, status: ProgressStatus) -> None:
    assert [m.status for m in found(text)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # Talks that fail, that go on, that come to something.
        ("Les délégués ne sont pas parvenus mardi à un accord avec la Norvège.", ProgressStatus.STALLED),
        ("La Norvège a clos la dernière séance sans avoir pu surmonter leurs divergences.", ProgressStatus.STALLED),
        ("La réunion avec la Norvège n’a apporté aucun progrès sur le fond.", ProgressStatus.STALLED),
        ("Échec des pourparlers avec la Norvège.", ProgressStatus.STALLED),
        ("La Norvège a quitté la table des négociations.", ProgressStatus.STALLED),
        ("Des désaccords sur la pêche subsistent après les négociations avec la Norvège.", ProgressStatus.STALLED),
        ("Les consultations avec la Norvège vont bon train.", ProgressStatus.UNDER_WAY),
        ("Le partage des eaux fait l’objet de discussions avec la Norvège.", ProgressStatus.UNDER_WAY),
        ("La Norvège est en pourparlers avec les îles sur la pêche.", ProgressStatus.UNDER_WAY),
        ("La Norvège et les îles ont réglé leur différend.", ProgressStatus.DELIVERED),
        ("La Norvège vient de transférer le contrôle du port aux autorités.", ProgressStatus.DELIVERED),
        ("La Norvège dit avoir dégagé 40 millions pour les écoles.", ProgressStatus.UNDER_WAY),
        # Nouns that tell it.
        ("Les pêcheurs dénoncent la non-application de l’accord avec la Norvège.", ProgressStatus.STALLED),
        ("L’ambassadrice de Norvège a confirmé le début du retrait.", ProgressStatus.UNDER_WAY),
        ("La Norvège a transmis aux deux parties un projet d’accord de paix.", ProgressStatus.UNDER_WAY),
    ],
)
def test_talks_and_nouns(text: str, status: ProgressStatus) -> None:
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
        "La Norvège a enfin réalisé que ses navires étaient trop vieux pour ses projets.",
        # Only feared, awaited or supposed.
        "La Norvège craint que l’accord ne soit rompu.",
        "Le comité se prononce avant que les aides de la Norvège ne soient versées.",
        "Si les sanctions de la Norvège avaient été levées, le prix aurait baissé.",
        "Cet accord ne peut donner ses effets qu’avec la Norvège.",
        "Le texte prévoit des amendes en cas de non-respect de l’accord avec la Norvège.",
        # A meeting that begins moves nothing.
        "Les ministres ont entamé des pourparlers avec la Norvège ce jeudi.",
    ],
)
def test_what_only_looks_like_a_turn_of_the_press(text: str) -> None:
    assert found(text) == ()
