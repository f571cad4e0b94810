"""Who speaks when it is an organ, somebody unnamed, or told a sentence away; how names of one person meet."""

from __future__ import annotations

import pytest

from palabre.extract.actors import find_actors
from palabre.extract.quotes import find_quotes
from palabre.extract.statements import find_statements
from palabre.model.annotations import ActorEntry, Annotations
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def _read(text: str) -> Reading:
    return read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang="fr")))


def _speakers(text: str) -> list[str | None]:
    reading = _read(text)
    actors, mentions = find_actors(reading)
    return [q.speaker for q in find_quotes(reading, Annotations(actors=actors, mentions=mentions))]


def _actors(text: str) -> dict[str, ActorEntry]:
    return {a.id: a for a in find_actors(_read(text))[0]}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "À Lima, le bureau présidentiel péruvien a annoncé un sommet. Le bureau a expliqué que « la "
            "coopération est "
            "devenue une nécessité pour tous ».",
            "bureau présidentiel péruvien",
        ),
        (
            "Les négociations n'ont pas eu lieu, a annoncé le ministère péruvien des Affaires étrangères. « Nous "
            "ferons "
            "tout pour que la réunion ait lieu », précise le communiqué.",
            "ministère péruvien des Affaires étrangères",
        ),
        (
            "Paul Orsin était là. « Le total des promesses a atteint un milliard », a indiqué en milieu de journée un "
            "responsable du Golfe.",
            "responsable du Golfe",
        ),
        (
            "« Nous aurons obtenu ce qu'il fallait », a annoncé mercredi le responsable des affaires "
            "humanitaires et des "
            "secours d'urgence de l'ONU, Paul Orsin.",
            "Paul Orsin",
        ),
        (
            "Ada Brun a reçu Paul Orsin. M. Orsin a visité le port. « C'est une lourde responsabilité pour nous "
            "tous », a "
            "ajouté le diplomate péruvien.",
            "Paul Orsin",
        ),
        (
            "L'annonce est faite par le porte-parole du gouvernement Paul Orsin. « Nous ne voulons plus de ces "
            "troupes », "
            "a-t-il indiqué.",
            "Paul Orsin",
        ),
        (
            "Le président Paul Orsin a reçu les banquiers. « Il y a un pilote dans l'avion », a déclaré le président "
            "d'Orca, Ada Brun.",
            "Ada Brun",
        ),
        (
            "Osal Virk, l'attaché de presse du président du Pérou, a déclaré que « les parties ont convenu de tout ».",
            "Osal Virk",
        ),
        ("« Nous devons examiner les causes de ces troubles », a dit le dalaï-lama.", "dalaï-lama"),
    ],
)
def test_who_speaks(text: str, speaker: str) -> None:
    assert _speakers(text)[-1] == speaker


def test_a_clause_in_two_stretches_is_told_of_after_the_second() -> None:
    text = (
        "Ada Brun présidait. « Deux milliards seront mobilisés pour ce pays » victime d'une guerre « qui a provoqué "
        "une des pires crises », a déclaré le ministre Paul Orsin."
    )
    assert _speakers(text)[0] == "Paul Orsin"


def test_words_alone_after_a_sentence_that_lets_somebody_answer_are_theirs() -> None:
    text = (
        "Ada Brun a affirmé que « cet argent ne sera pas un cadeau ». Ada Brun a insisté. Le ministre Paul Orsin a "
        "répondu longuement. « Je veux que chacun voie où va cet argent. »"
    )
    assert _speakers(text)[-1] == "Paul Orsin"


def test_for_whom_something_is_does_not_say_it() -> None:
    text = (
        "Paul Orsin a réaffirmé que ce don ne sera pas un « chèque en blanc » pour les dirigeants péruviens, accusés."
    )
    assert _speakers(text) in ([], ["Paul Orsin"])


def test_to_whom_a_communique_is_sent_does_not_say_it() -> None:
    text = (
        "L'agence APS suit ce dossier. « Ces dons renforceront nos liens avec tous », indique un communiqué remis à "
        "l'APS."
    )
    assert _speakers(text)[-1] != "APS"


def test_words_inside_a_quotation_tell_no_speaker() -> None:
    text = "La banque doit grandir, a déclaré Paul Orsin, ajoutant que « nous prêtons selon les projets et les pays »."
    reading = _read(text)
    actors, mentions = find_actors(reading)
    found = find_statements(reading, Annotations(actors=actors, mentions=mentions))
    assert "projets" not in " ".join(s.speaker or "" for s in found)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Le ministre Ilo Adan Kassi Moral est là. Ilo Adan Kassi a parlé.", "Ilo Adan Kassi Moral"),
        ("Le ministre Paul Obasanjo est là. Paul Obansajo a déclaré son accord.", "Paul Obasanjo"),
        (
            "Le président Félix-Antoine Tarek Moral est là. Félix Tarek a déclaré son accord.",
            "Félix-Antoine Tarek Moral",
        ),
        ("Le chef de l'État sud-coréen Kwon Suk Yeol est là. M. Kwon a déclaré son accord.", "Kwon Suk Yeol"),
    ],
)
def test_names_of_one_person_meet(text: str, whole: str) -> None:
    people = [a for a, entry in _actors(text).items() if entry.kind.value == "person"]
    assert people == [whole]


@pytest.mark.parametrize(
    ("text", "name", "acts_for"),
    [
        ("La conseillère fédérale Ada Brun a signé.", "Ada Brun", ("CHE",)),
        ("Le Pérou paiera, a affirmé son émir Paul Orsin.", "Paul Orsin", ("PER",)),
        ("Les présidents Tazdo Brun (Pérou) et Ada Moral (Chili) sont là.", "Tazdo Brun", ("PER",)),
        (
            "La ministre de la Francophonie, Marie-Claude Brun, a confirmé l'appui du Pérou.",
            "Marie-Claude Brun",
            ("PER",),
        ),
        ("Le président d'Orca, Henri de Castries, a parlé.", "Henri de Castries", ()),
    ],
)
def test_for_whom_people_act(text: str, name: str, acts_for: tuple[str, ...]) -> None:
    assert _actors(text)[name].acts_for == acts_for


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Symboliquement, a déclaré Paul Orsin, ce port est le nôtre.", "Symboliquement"),
        ("La ville ouzbèke de Samarkand, la présidente Ada Brun et Paul Orsin étaient là.", "Samarkand"),
        ("Les banques attendent. Le gouverneur de la Banque de France, Ada Brun, a parlé des banques.", "Ada"),
        ("La ministre de la Francophonie, Ada Brun, a parlé.", "OIF"),
    ],
)
def test_words_that_name_nobody(text: str, nobody: str) -> None:
    assert nobody not in _actors(text)
