"""Actors: who is named, by which words, and for whom each speaks. All people and sentences are invented."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.actors import find_actors
from palabre.extract.gazetteer import canonical, gazetteer, members
from palabre.lang.pack import shared_table
from palabre.model.annotations import ActorEntry, ActorMention
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def reading_of(text: str, lang: str = "fr") -> Reading:
    return read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang=lang)))


def actors_of(text: str, lang: str = "fr") -> tuple[dict[str, ActorEntry], list[tuple[str, ActorMention]]]:
    reading = reading_of(text, lang)
    entries, mentions = find_actors(reading)
    return {e.id: e for e in entries}, [(reading.words(m.span), m) for m in mentions]


def ids_at(mentions: list[tuple[str, ActorMention]], words: str) -> tuple[str, ...] | None:
    return next((m.ids for said, m in mentions if said == words), None)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("La Fédération de Russie et la Côte d’Ivoire ont signé.", {"RUS", "CIV"}),
        ("Le Burkina Faso, la RDC et le Niger se sont réunis.", {"BFA", "COD", "NER"}),
        ("Le Nigeria a répondu aux États-Unis.", {"NGA", "USA"}),
        ("L'Union européenne et la Cedeao se parlent.", {"UE", "CEDEAO"}),
        ("Le Fonds monétaire international (FMI) a prêté au Tchad.", {"FMI", "TCD"}),
    ],
)
def test_states_and_bodies_under_all_their_names(sentence: str, ids: set[str]) -> None:
    entries, _ = actors_of(sentence)
    assert {i for i, e in entries.items() if e.matters} == ids


def test_kinds() -> None:
    entries, _ = actors_of("La commission AES-Russie a été reçue par le Mali et par l'AES.")
    assert entries["AES"].kind is ActorKind.BODY
    assert entries["RUS"].kind is ActorKind.STATE
    assert entries["AES"].members == ("MLI", "BFA", "NER")


def test_a_capital_acts_or_is_a_place() -> None:
    _, mentions = actors_of("Moscou a promis une aide. Le ministre est arrivé à Bamako jeudi.")
    assert ids_at(mentions, "Moscou") == ("RUS",)
    assert ids_at(mentions, "Bamako") is None


def test_a_capital_after_a_noun_of_meeting_is_a_place() -> None:
    _, mentions = actors_of("Le sommet de Pékin a été utile. La volonté de Pékin est connue.")
    assert [m.form for said, m in mentions if said == "Pékin"] == [MentionForm.CAPITAL]


def test_demonyms_and_compounds() -> None:
    _, mentions = actors_of("La délégation kényane a rejoint la commission russo-malienne et le forum sino-africain.")
    assert ids_at(mentions, "kényane") == ("KEN",)
    assert ids_at(mentions, "russo-malienne") in {("RUS", "MLI"), None}
    found = {i for _, m in mentions for i in m.ids}
    assert {"KEN", "CHN"} <= found or "FOCAC" in found


def test_a_person_has_one_id_and_speaks_for_the_state() -> None:
    text = (
        "Le ministre kényan des Affaires étrangères, Odhiambo Karuthi, a ouvert la séance. M. Karuthi a remercié "
        "ses hôtes. "
        "Karuthi repart jeudi. Le chef de la diplomatie kényane était satisfait."
    )
    entries, mentions = actors_of(text)
    people = [e for e in entries.values() if e.kind is ActorKind.PERSON]
    assert [p.id for p in people] == ["Odhiambo Karuthi"]
    assert people[0].acts_for == ("KEN",)
    assert "Karuthi" in people[0].names
    assert ids_at(mentions, "chef de la diplomatie kényane") == ("Odhiambo Karuthi",)


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [
        ("Le Togolais Komlan Adzogan est venu à Lomé.", "Komlan Adzogan", ("TGO",)),
        ("Komlan Adzogan, ministre togolais des Mines, a parlé.", "Komlan Adzogan", ("TGO",)),
        ("Jean Ravelo pour Madagascar et Ali Mbaraka pour les Comores ont signé.", "Jean Ravelo", ("MDG",)),
        ("La présidente de la Commission européenne, Greta von Aalst, est attendue.", "Greta von Aalst", ("UE",)),
        (
            "Le chef de l'État angolais et président en exercice de l'Union africaine, Paulo Kiala, a parlé.",
            "Paulo Kiala",
            ("AGO",),
        ),
        ("Du côté béninois, le ministre des Mines, M. Koffi Dossavi, a paraphé le texte.", "Koffi Dossavi", ("BEN",)),
        ("Le général Souleymane Diarrakoro, président du Mali, a salué la foule.", "Souleymane Diarrakoro", ("MLI",)),
    ],
)
def test_whom_a_person_speaks_for(text: str, name: str, states: tuple[str, ...]) -> None:
    entries, _ = actors_of(text)
    assert name in entries
    assert entries[name].acts_for == states


def test_spellings_of_one_name_meet() -> None:
    entries, _ = actors_of("Le président Séni Traoréwa a parlé. Le soir, Seni Traorewa a dîné avec M. Traoréwa.")
    assert [e.id for e in entries.values() if e.kind is ActorKind.PERSON] == ["Séni Traoréwa"]


def test_an_acronym_is_learnt() -> None:
    entries, mentions = actors_of(
        "Ils ont créé la Banque Régionale pour les Infrastructures Vertes (BRIV). La BRIV prêtera dès 2031."
    )
    assert entries["BRIV"].kind is ActorKind.BODY
    assert sum(m.ids == ("BRIV",) for _, m in mentions) >= 2


def test_groups_described() -> None:
    text = (
        "Le Mali, le Burkina Faso et le Niger forment l'AES. Les trois pays ont une banque. La confédération est jeune."
    )
    _, mentions = actors_of(text)
    assert ids_at(mentions, "trois pays") == ("MLI", "BFA", "NER")
    assert ids_at(mentions, "confédération") == ("AES",)


def test_two_parties_are_the_texts_own() -> None:
    text = "Le Kenya et le Japon ont négocié. Les deux pays se reverront. Les deux parties signeront."
    _, mentions = actors_of(text)
    assert ids_at(mentions, "deux pays") == ("KEN", "JPN")
    assert set(ids_at(mentions, "deux parties") or ()) == {"KEN", "JPN"}


def test_sides() -> None:
    _, mentions = actors_of("La partie malienne a proposé une date. Le gouvernement de la Chine a accepté.")
    assert ids_at(mentions, "partie malienne") == ("MLI",)
    assert ids_at(mentions, "gouvernement de la Chine") == ("CHN",)


def test_a_pronoun_takes_the_subject_before() -> None:
    _, mentions = actors_of("Le ministre ghanéen Kwesi Amponsem a ouvert la séance. Il a promis un rapport.")
    assert ids_at(mentions, "Il") == ("Kwesi Amponsem",)


def test_impersonal_il_is_nobody() -> None:
    _, mentions = actors_of("Le ministre ghanéen Kwesi Amponsem a parlé. Il faut attendre. Il est important de signer.")
    assert ids_at(mentions, "Il") is None


def test_ambiguous_congo_is_settled_by_the_text() -> None:
    _, mentions = actors_of("Kinshasa a répondu. Le Congo accueillera la session, dit le président congolais.")
    assert ids_at(mentions, "Congo") == ("COD",)


def test_passing_names_do_not_matter() -> None:
    entries, _ = actors_of("Le Kenya reçoit une délégation venue de loin, en Afrique, avec un traiteur libanais.")
    assert entries["KEN"].matters
    assert not entries["LBN"].matters
    assert not entries["Afrique"].matters


def test_memberships_over_time() -> None:
    assert "MLI" in members("CEDEAO", "2024-06-01")
    assert "MLI" not in members("CEDEAO", "2025-02-01")
    assert members("AES", "2023-01-01") == ()
    assert canonical("Africa") == "Afrique"


def test_english() -> None:
    entries, _ = actors_of("Beijing told African countries that China will host Kenya's foreign minister.", "en")
    assert {"CHN", "KEN"} <= {i for i, e in entries.items() if e.matters}


def test_every_language_has_its_tables() -> None:
    for lang in ("fr", "en"):
        assert len(gazetteer(lang).adjectives) > 150


_PIECES = st.sampled_from(
    [
        "Le Mali",
        "M.",
        "« ",
        " »",
        '"',
        "a déclaré",
        "président",
        "de la",
        "Xi",
        "(",
        ")",
        ",",
        ". ",
        "\n\n",
        "les deux",
        "pays",
        "ÉTATS-UNIS",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join)))
def test_any_text_is_safe(text: str) -> None:
    reading = reading_of(text)
    entries, mentions = find_actors(reading)
    known = {e.id for e in entries}
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.ids
    assert all(e.id and e.names for e in entries)
    assert len(known) == len(entries)


def _shared() -> Path | None:
    given_path = os.environ.get("PALABRE_SHARED")
    path = Path(given_path) if given_path else Path(__file__).resolve().parents[2].parent / "shared"
    return path if (path / "eval").is_dir() else None


@pytest.mark.skipif(_shared() is None, reason="the shared folder is not here")
def test_every_gold_state_is_found() -> None:
    shared = _shared()
    assert shared is not None
    wanted = found = 0
    for gold in sorted((shared / "eval" / "gold").glob("*/[!_]*.json")):
        data = json.loads(gold.read_text(encoding="utf-8"))
        text = (shared / "eval" / "texts" / gold.parent.name / f"{gold.stem}.txt").read_text(encoding="utf-8")
        entries, _ = find_actors(reading_of(text, data["lang"]))
        states = {a["id"] for a in data["actors"] if a["kind"] == "state"}
        wanted += len(states)
        found += len(states & {e.id for e in entries if e.matters})
    assert found >= 0.95 * wanted


def test_a_thousand_states_in_a_row_are_read() -> None:
    entries, mentions = actors_of("Le ministre malien a parlé au Liban" + ", en Jordanie" * 1000 + ".")
    assert {"MLI", "LBN", "JOR"} <= set(entries)
    assert len(mentions) > 1000


def test_a_session_named_by_its_number_is_the_actor_and_nothing_is_without_entry() -> None:
    text = "Le sommet de la COP s'ouvre. La COP28 réunit le Mali et le Tchad. La COP a promis un fonds au Mali."
    entries, mentions = actors_of(text)
    assert entries["COP28"].matters
    assert not entries["COP"].matters
    assert {i for _, m in mentions for i in m.ids} <= set(entries)


def test_no_body_stands_in_both_tables() -> None:
    lines = [row for group in shared_table("houses").values() for row in group["names"].strip().splitlines()]
    ids = [row.split("|")[0].strip() for row in lines]
    assert len(ids) == len(set(ids))
    assert not set(ids) & {body["id"] for body in shared_table("bodies")["body"]}
