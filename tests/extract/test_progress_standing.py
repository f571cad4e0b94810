"""How far a thing has come, and what is too little to be progress, in sentences of our own."""

from __future__ import annotations

import pytest
from tests.extract.moves import found

from palabre.model.vocabulary import ProgressStatus

UNDER_WAY, DELIVERED = ProgressStatus.UNDER_WAY, ProgressStatus.DELIVERED
STALLED, CANCELLED = ProgressStatus.STALLED, ProgressStatus.CANCELLED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # What is being done.
        ("L’usine de la Norvège : le groupe est en train de recruter.", UNDER_WAY),
        ("Après la crue, les travaux de la Norvège reprennent normalement.", UNDER_WAY),
        ("Avec la Norvège, les travaux avancent dans le bon sens.", UNDER_WAY),
        ("L’entreprise choisie par la Norvège met les bouchées doubles.", UNDER_WAY),
        ("La Norvège a fini de poser les rails.", UNDER_WAY),
        # How much of it.
        ("Pour le port de Norvège, le taux d’exécution se situe à 64 %.", UNDER_WAY),
        ("Sur les 40 millions promis par la Norvège, seuls 9 millions ont été donnés.", UNDER_WAY),
        ("Les fonds reçus de Norvège n’atteignent que 41 % des besoins.", UNDER_WAY),
        ("Deux navires déjà livrés par la Norvège patrouillent.", DELIVERED),
        # How its putting into practice stands.
        ("L’application de l’accord de pêche avec la Norvège n’est pas satisfaisante.", STALLED),
        ("Le niveau d’exécution du projet de la Norvège laisse à désirer.", STALLED),
        ("Le rythme d’exécution des travaux de la Norvège est jugé satisfaisant.", UNDER_WAY),
        ("Le maire regrette le retard important enregistré dans le projet de la Norvège.", STALLED),
        ("Le pont promis par la Norvège accusait un sérieux retard.", STALLED),
        ("Des pénuries freinent l’avancée des travaux de la Norvège.", STALLED),
        ("Les bergers ne voient toujours pas les fruits de l’accord avec la Norvège.", STALLED),
        ("Aucun montant n’a été transféré par la Norvège au fonds.", STALLED),
        # Put off again, given up, done.
        ("La rencontre avec la Norvège a, de nouveau, été reportée.", STALLED),
        ("Le contrat avec la Norvège n’est plus d’actualité.", CANCELLED),
        ("La Norvège donne suite à la promesse faite en mai.", DELIVERED),
        ("La Norvège a ratifié le traité.", DELIVERED),
        ("La Norvège a achevé son retrait de la vallée.", DELIVERED),
        # The ligature is often undone.
        ("La mise en oeuvre de l’accord avec la Norvège est en cours.", UNDER_WAY),
        ("Des progrès ont été notés dans les manoeuvres : celles de la Norvège sont en cours.", UNDER_WAY),
    ],
)
def test_how_far_a_thing_has_come(text: str, status: ProgressStatus) -> None:
    assert status in [m.status for m in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        # To grant is to promise as often as to give.
        "La Norvège a alloué 40 millions à ces projets.",
        "Le Togo a obtenu de la Norvège des promesses de dons de 40 millions.",
        "Ce projet des îles a obtenu un financement de la Norvège.",
        # Figures of trade.
        "Les échanges avec la Norvège ont atteint 57 millions.",
        "Les exportations vers la Norvège ont augmenté de 12 %.",
        # Idioms and affairs of other kinds.
        "Les envoyés de la Norvège ont livré leurs impressions sur l’accord.",
        "La plainte visant l’aide de la Norvège a été classée sans suite.",
        "Aucune fermeture des routes de la Norvège n’est prévue.",
        "L’accord avec la Norvège n’était pas remis en cause.",
        "La Norvège n’a jamais affecté de fonds aussi élevés à un projet.",
        "Nous espérons voir l’accord avec la Norvège porter ses fruits.",
        "La pose de la première pierre du musée de la Norvège est prévue en mai.",
        "Il veille à ce que l’aide de la Norvège soit livrée.",
        "Venu pour négocier, le président de la Norvège est arrivé mardi.",
        "La Norvège est en train de perdre la partie.",
    ],
)
def test_what_is_no_progress(text: str) -> None:
    assert found(text) == ()


def test_two_clauses_joined_by_that_are_two_statements() -> None:
    text = "Il a reconnu que le projet a démarré et que la Norvège a financé les travaux de la route."
    first, second = found(text)
    assert first.span.end <= second.span.start
