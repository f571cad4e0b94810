"""Speakers who are told by a noun rather than a name, and those that the sentence before tells. All are invented."""

from __future__ import annotations

import pytest

from palabre.extract.actors import find_actors
from palabre.extract.quotes import find_quotes
from palabre.model.annotations import Annotations, Quote
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text

INTRO = (
    "Le ministre kényan des Mines, Odhiambo Karuthi, a reçu à Nairobi son homologue espagnole, Carmen Iriarte. "
    "Odhiambo Karuthi a parlé le premier. "
)


def quotes_of(text: str) -> tuple[Quote, ...]:
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang="fr")))
    entries, mentions = find_actors(reading)
    return find_quotes(reading, Annotations(actors=entries, mentions=mentions))


def speaker_of(text: str) -> str | None:
    return quotes_of(text)[-1].speaker


@pytest.mark.parametrize(
    ("after", "speaker"),
    [
        ("a déclaré un banquier, qui a suivi les travaux.", "banquier"),
        ("jure un conseiller du président de la chambre, lequel avait reçu les délégués.", "conseiller du président"),
        ("a confié l'Espagnole.", "Carmen Iriarte"),
        ("a confié le diplomate aux journalistes.", "Odhiambo Karuthi"),
        ("a indiqué ce dernier.", "Odhiambo Karuthi"),
        ("a réagi à Mombasa Jean Tembo, économiste.", "Jean Tembo"),
        ("a déclaré la chercheuse de l'institut sur les routes Amina Wekesa.", "Amina Wekesa"),
        ("a déclaré le ministère kényan des Finances dans un rapport.", "ministère kényan des Finances"),
    ],
)
def test_subjects_after_the_verb(after: str, speaker: str) -> None:
    found = speaker_of(f"{INTRO}« Nous ouvrirons une école cette année », {after}")
    assert found is not None
    assert found.startswith(speaker)


def test_a_communique_is_its_owners_when_the_text_said_so_before() -> None:
    text = (
        "Un communiqué de l'Union africaine sur ce voyage parle de routes.\n\n"
        "« Les routes du nord seront refaites cette année », ajoute le communiqué."
    )
    assert speaker_of(text) == "Union africaine"


def test_whoever_was_speaking_goes_on() -> None:
    text = (
        f"{INTRO}« Nous ouvrirons une école », a-t-il lancé.\n\n"
        "Et d'insister : « Les élèves y seront accueillis dès la rentrée. »"
    )
    assert speaker_of(text) == "Odhiambo Karuthi"


def test_a_person_told_in_a_relative_clause_is_the_next_to_speak() -> None:
    text = (
        "M. Karuthi a été rejoint par Carmen Iriarte, l'envoyée espagnole pour les mines, qui a déclaré que tout irait "
        "vite. « Chaque jour compte et le chemin est long », a-t-elle lancé."
    )
    assert speaker_of(f"Odhiambo Karuthi a ouvert la séance. {text}") == "Carmen Iriarte"


def test_a_link_inside_a_paragraph_does_not_change_who_speaks() -> None:
    text = (
        f'{INTRO}"Nous ouvrirons une école", a déclaré Odhiambo Karuthi. '
        'Lire aussi : Le port de Mombasa rouvre "Les élèves y seront accueillis dès la rentrée". '
    )
    assert {q.speaker for q in quotes_of(text)} == {"Odhiambo Karuthi"}


def test_what_is_given_to_a_state_is_not_said_by_it() -> None:
    text = (
        "Le projet a été « remis en main propre hier soir » au Kenya, a déclaré la ministre espagnole Carmen Iriarte."
    )
    assert speaker_of(text) in ("Carmen Iriarte", None)


def test_the_union_does_not_speak_under_the_name_of_its_commission() -> None:
    text = (
        "La Commission européenne a envoyé une équipe. L'Union européenne a déclaré : « Nous étudierons cette demande "
        "avant la fin du mois. »"
    )
    assert speaker_of(text) == "Union européenne"


def test_one_mark_may_close_a_quotation_and_the_one_inside_it() -> None:
    text = f"{INTRO}« Nous irons là où il faut, puis « nous dirons tout au conseil », a déclaré Odhiambo Karuthi."
    (quote,) = quotes_of(text)
    assert text[quote.span.start : quote.span.end] == "Nous irons là où il faut, puis « nous dirons tout au conseil"


def test_a_name_after_a_function_held_at_a_place() -> None:
    text = "La visite aura lieu, a confirmé mardi le chef de la délégation de l'UE à Nairobi, Vassos Tarkel."
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang="fr")))
    entries, _ = find_actors(reading)
    assert "Vassos Tarkel" in [a.id for a in entries]


def test_a_states_organ_speaks_under_its_own_name() -> None:
    text = (
        "Dans un communiqué rendu public lundi, la présidence de la république kényane avait indiqué que la visite "
        "« permettra aux deux pays de parler longuement des mines »."
    )
    assert speaker_of(text) == "présidence de la république kényane"


def test_the_note_of_an_organ_is_the_organs() -> None:
    said = "« Les deux pays parleront des mines », renseigne une note de la présidence du Kenya."
    assert speaker_of(f"{INTRO}{said}") == "présidence du Kenya"
