"""Who is an actor of a text and who is only named in it. The people and companies are invented."""

from __future__ import annotations

import pytest

from palabre.extract.actors import find_actors
from palabre.model.annotations import ActorEntry
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import ActorKind
from palabre.text.compose import read_text


def actors_of(text: str, meta: Metadata | None = None) -> dict[str, ActorEntry]:
    reading = read_text(RawDocument("t", "t", text, "text/plain", meta or Metadata(lang="fr")))
    return {e.id: e for e in find_actors(reading)[0] if e.matters}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Le Mali a signé un accord en Tanzanie avec le Niger.", {"MLI", "NER"}),
        ("Le Mali et le Niger se sont parlé lors d'un sommet tenu au Ghana.", {"MLI", "NER"}),
        ("Le Mali envoie des vivres à Accra, la capitale du Ghana.", {"MLI"}),
        ("Le ministre malien a achevé une visite en Tanzanie.", {"TZA"}),
        ("Le Mali a prêté des camions au Ghana.", {"MLI", "GHA"}),
        ("Le Sénat malien et l'Assemblée nationale ont adopté le texte, a dit le Mali.", {"MLI"}),
        ("Le Mali a rejoint l'Accord de pêche durable (APD). Le Niger applique déjà l'APD.", {"MLI", "NER"}),
        ("Le Mali invoque la Communauté internationale.", {"MLI"}),
    ],
)
def test_states_that_only_say_where_do_not_matter(text: str, ids: set[str]) -> None:
    assert set(actors_of(text)) == ids


def test_an_acronym_is_spelled_out_by_the_nearest_name() -> None:
    text = "Reçus à Rabat, les délégués ont suivi la Réunion de haut niveau (RHN). Le Maroc a salué la RHN."
    assert set(actors_of(text)) == {"MAR"}


def test_a_run_with_a_companys_word_is_nobody() -> None:
    found = actors_of("Le contrat lie le Mali, le Niger et Velona Power Corporation, a dit Jean Tembo.")
    assert [i for i, e in found.items() if e.kind is ActorKind.PERSON] == ["Jean Tembo"]


def test_the_name_of_an_exercise_is_nobody() -> None:
    found = actors_of("Le Mali a ouvert les manœuvres « Moussa Karim Tarkel 2023 » avec le Niger.")
    assert set(found) == {"MLI", "NER"}


def test_a_name_after_a_function_held_in_a_company() -> None:
    assert "Ilva Morn" in actors_of("La directrice générale de Karsk International, Ilva Morn, a parlé au Mali.")


def test_the_end_of_a_long_name_is_the_same_person() -> None:
    text = "Emmanuel Tarkel Osumba a reçu le Mali. « Nous irons plus loin », a répondu M. Tarkel Osumba."
    assert [i for i, e in actors_of(text).items() if e.kind is ActorKind.PERSON] == ["Emmanuel Tarkel Osumba"]


def test_who_publishes_a_text_is_no_party_to_it() -> None:
    text = "L'Agence de presse de Karsk rapporte que le Mali a signé."
    assert set(actors_of(text, Metadata(lang="fr", outlet="Agence de presse de Karsk"))) == {"MLI"}


def test_a_mission_kept_in_a_country_is_a_body() -> None:
    assert "mission de l'UE en Tanzanie" in actors_of("Selon la mission de l'UE en Tanzanie, tout est prêt.")


def test_one_body_under_small_and_great_letters() -> None:
    text = (
        "La commission mixte de coopération mauritano-malienne s'est réunie. La Commission mixte de coopération "
        "mauritano-malienne a félicité le Mali."
    )
    assert len([i for i, e in actors_of(text).items() if e.kind is ActorKind.BODY]) == 1


def test_a_title_before_a_particle_is_a_given_name() -> None:
    assert "Cheikh Ould Tarkel" in actors_of("Selon Cheikh Ould Tarkel, le Mali signera.")
