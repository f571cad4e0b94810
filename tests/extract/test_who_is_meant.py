"""Functions far from their names, sources told of again, bodies with foreign acronyms. All of them are invented."""

from __future__ import annotations

import pycountry
import pytest
from babel import Locale

from palabre.extract.actors import find_actors
from palabre.extract.quotes import find_quotes
from palabre.extract.statements import find_statements
from palabre.lang.pack import shared_table, table
from palabre.model.annotations import ActorEntry, Annotations
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.names import key


def _all(text: str) -> tuple[dict[str, ActorEntry], list[str | None]]:
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata()))
    actors, mentions = find_actors(reading)
    quotes = find_quotes(reading, Annotations(actors=actors, mentions=mentions))
    return {a.id: a for a in actors if a.matters}, [q.speaker for q in quotes]


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [
        (
            "Le directeur de cabinet civil de la Présidence togolaise, Abdon Korvi, était là.",
            "Abdon Korvi",
            ("TGO",),
        ),
        (
            "Le chef du service des semences auprès du ministère gabonais de la Pêche, Orsin Velbo, a signé.",
            "Orsin Velbo",
            ("GAB",),
        ),
    ],
)
def test_a_function_reaches_its_name_past_the_words_of_its_office(
    text: str, name: str, states: tuple[str, ...]
) -> None:
    actors, _ = _all(text)
    assert actors[name].acts_for == states


def test_a_university_keeps_its_name() -> None:
    actors, _ = _all("Awa Diarra, professeur de droit public à l'université Orsin Velbo, a parlé du Mali et du Niger.")
    assert set(actors) == {"Awa Diarra", "MLI", "NER"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Selon une source proche de la médiation, le texte est prêt. « Tout sera signé lundi », ajoute la même"
            " source.",
            "source proche de la médiation",
        ),
        (
            "Le pont ouvrira lundi, indique un communiqué de l'ambassade de Velonie. « Les travaux sont finis »,"
            " précise la même source.",
            "ambassade de Velonie",
        ),
        (
            "Un haut responsable malien a parlé hier à la presse. « Nous ne sommes pas encore prêts à signer », a"
            " déclaré cette source.",
            "haut responsable malien",
        ),
        (
            "Le Mali a remis une note publiée par l'Union africaine. « Les deux ponts seront rouverts en mai », ajoute"
            " la note.",
            "Union africaine",
        ),
    ],
)
def test_a_source_told_of_again_is_the_one_before(text: str, speaker: str) -> None:
    assert _all(text)[1] == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "« Le pont sera rouvert en mai »\nAwa Diarra a reçu la presse à Bamako. « Le pont sera rouvert en mai », a"
            " promis la ministre malienne Awa Diarra.",
            ["Awa Diarra", "Awa Diarra"],
        ),
        ("Le « Courrier des Lacs » a estimé que « le pont ne sera jamais rouvert ».", ["Courrier des Lacs"]),
        (
            "« Le monde doit aider notre pays. » Par ces mots, le président malien Orsin Velbo a ouvert la réunion.",
            ["Orsin Velbo"],
        ),
        (
            "Le ministre malien Orsin Velbo a ouvert la réunion. « Le pont est prêt », a davantage précisé M. Velbo.",
            ["Orsin Velbo"],
        ),
        (
            '"Nous avons demandé la fin des travaux.\nNous fixerons la date en mai", a déclaré Awa Diarra.',
            ["Awa Diarra"],
        ),
        (
            "La ministre malienne, Awa De Velbo, est là. « Le pont est prêt », a dit Mme De Velbo. « Il ouvrira en"
            " mai », a insisté la ministre De Velbo.",
            ["Awa De Velbo", "Awa De Velbo"],
        ),
        (
            "L'Alliance Rivages International a écrit au Mali. « Il faut rouvrir ce pont », exhorte l'organisation.",
            ["Alliance Rivages International"],
        ),
        (
            "Les ministres des Finances de la Confédération des Lacs ont siégé. « Nous avons fixé le tarif du port »,"
            " écrivent-ils.",
            ["ministres des Finances de la Confédération des Lacs"],
        ),
        (
            "Dans le discours d'Awa Diarra, ministre malienne, il était question du pont. A l'en croire, « ce pont a"
            " changé la ville ».",
            ["Awa Diarra"],
        ),
        (
            "Quant à la ministre malienne, Awa Diarra, elle est arrivée après Orsin Velbo. « Le pont est prêt »,"
            " a-t-elle dit.",
            ["Awa Diarra"],
        ),
        (
            "La ministre malienne Awa Diarra a parlé. « Le pont est prêt », a-t-elle dit devant les ministres des"
            " Finances de l'Union africaine, ajoutant : « Nous allons rouvrir ce pont ».",
            ["Awa Diarra", "Awa Diarra"],
        ),
        (
            "La présidente Awa Diarra a reçu le ministre togolais Orsin Velbo. « Le pont est prêt », a dit le"
            " responsable togolais.",
            ["Orsin Velbo"],
        ),
    ],
)
def test_the_speaker_is_found_further_on(text: str, speakers: list[str]) -> None:
    assert _all(text)[1] == speakers


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Le Mouvement des lacs et des rives (LRM) a signé. Le LRM a quitté la ville.", {"LRM"}),
        ("La Commission européenne aidera le Mali.", {"Commission européenne", "UE", "MLI"}),
        ("Le Conseil de sécurité a entendu le Mali.", {"Conseil de sécurité", "ONU", "MLI"}),
        ("Le Mali a reçu la facilité élargie de crédit (FEC). La FEC a été revue.", {"MLI"}),
        ("Le gouvernement sud-soudanais a écrit au Mali.", {"SSD", "MLI"}),
        ("Les gouvernements belge et malien ont signé.", {"BEL", "MLI"}),
        ("Le Mali et la Banque mondiale (Crédits : Orsin Velbo) ont signé.", {"MLI", "Banque mondiale"}),
        ("Le Mali recevra la COP41 ou la COP32 à son tour, dit le Niger.", {"MLI", "NER", "COP32"}),
        ("Le ministre malien est attendu à Elías Velbo, une petite ville, avec le Niger et le Mali.", {"MLI", "NER"}),
        ("Le Mali et le Niger ont signé.\n\nElías Velbo", {"MLI", "NER"}),
        ("LUXEMBOURG, 18 juin - Le Mali et le Niger ont signé à Luxembourg.", {"MLI", "NER"}),
        ("Orsin Velbo, ministre finlandais de la Pêche, a vu le Mali.", {"Orsin Velbo", "FIN", "MLI"}),
        ("L'Autorité régionale IGAD aidera le Mali.", {"IGAD", "MLI"}),
        ("(Agence Ecofin) - Le Mali et le Niger ont signé, selon The Orsin Post.", {"MLI", "NER"}),
        ("Du côté malgache, tout est prêt, dit le Mali.", {"MDG", "MLI"}),
        ("Le Mali et le Niger ont reçu 18 millions de dollars EU.", {"MLI", "NER"}),
        ("Le chef du parti, Orsin Velboni, et Orsin Velbonni ont vu le Mali.", {"MLI", "Orsin Velboni"}),
    ],
)
def test_who_is_an_actor(text: str, ids: set[str]) -> None:
    assert set(_all(text)[0]) == ids


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Les diplomates ont déclaré que le pont serait rouvert en mai.", [("diplomates", "le pont serait rouvert")]),
        (
            "À la fin de la réunion, a déclaré Awa Diarra, le pont sera rouvert au trafic.",
            [("Awa Diarra", "le pont sera rouvert")],
        ),
        (
            "Awa Diarra a déclaré que le pont est prêt. Lors de sa visite, le chef du gouvernement malien, Orsin Velbo,"
            " a vu le pont, a-t-elle précisé.",
            [("Awa Diarra", "le pont est prêt"), ("Awa Diarra", "Lors de sa visite")],
        ),
        (
            "Devant la presse, le ministre malien, Orsin Velbo, a insisté sur la volonté d'aider le Togo.",
            [("Orsin Velbo", "la volonté d'aider")],
        ),
    ],
)
def test_what_is_told_without_marks_has_its_speaker(text: str, told: list[tuple[str, str]]) -> None:
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata()))
    actors, mentions = find_actors(reading)
    found = find_statements(reading, Annotations(actors=actors, mentions=mentions))
    assert [s.speaker for s in found] == [who for who, _ in told]
    assert all(reading.words(s.span).startswith(words) for s, (_, words) in zip(found, told, strict=True))


def test_no_house_bears_the_name_of_a_state() -> None:
    names = [n.strip() for g in shared_table("houses").values() for n in g["names"].replace("\n", "|").split("|")]
    territories = Locale.parse("fr").territories
    states = {key(territories[c.alpha_2]) for c in pycountry.countries if c.alpha_2 in territories}
    states |= {key(a) for told in table("fr", "states")["aliases"].values() for a in told}
    assert [n for n in names if n and key(n) in states] == []
