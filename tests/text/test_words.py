"""The words of a text as a search sees them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.lang.pack import LANGUAGES, table
from palabre.model.spans import Span
from palabre.text.words import (
    MOST_TERMS,
    Term,
    analyse,
    excerpt,
    fold,
    language,
    matched,
    parse_query,
    stem,
)


def _stems(text: str, lang: str | None = "fr") -> list[str]:
    return [word.stem for word in analyse(text, lang)]


@pytest.mark.parametrize(
    "alike",
    [
        "état États etat ETATS l'état d’États",
        "engagement engagements",
        "engager engagé engagée engagés engagées engage engagent",
        "président présidents présidente présidentes",
        "bilatéral bilatéraux bilatérale bilatérales",
        "coopérer coopèrent coopérera cooperer",
        "travail travaux",
        "œuvre oeuvres",
        "européen européenne européens européennes",
        "prévu prévue prévues",
        "année années annee",
        "crédit crédits",
        "premier première premiers premières",
        "actif active actifs actives",
        "lieu lieux",
        "nouveau nouveaux nouvelle nouvelles",
        "promettre promet promettent promis promise promises",
        "soutien soutenir soutient soutiennent",
        "suspendre suspendu suspendue suspendus suspendues suspend",
        "construire construit construite construits construites construisent",
        "français française françaises",
    ],
)
def test_forms_of_one_french_word_share_their_stem(alike: str) -> None:
    assert len(set(_stems(alike))) == 1


@pytest.mark.parametrize("unlike", ["engagement dégagement", "ministre ministère", "agent âge", "commission comité"])
def test_other_words_keep_apart(unlike: str) -> None:
    assert len(set(_stems(unlike))) == 2


def test_english_and_russian_have_their_own_rules() -> None:
    assert _stems("The states' pledges, Russia's pledge", "en") == ["the", "state", "pledg", "russia", "pledg"]
    assert len(set(_stems("российский российского российская", "ru"))) == 1
    assert _stems("Ҡазан дуҫлыҡ", "ba") == [fold("Ҡазан"), fold("дуҫлыҡ")]


def test_elisions_are_cut_and_offsets_stay() -> None:
    text = "Qu’elle s'engage : lorsqu'il l’a dit, l'ONU aujourd'hui n'"
    words = [text[w.start : w.end] for w in analyse(text, "fr")]
    assert words == ["elle", "engage", "il", "a", "dit", "ONU", "aujourd", "hui", "n"]


def test_marks_within_a_word_are_not_seen() -> None:
    for written in ("coope\u0301ration", "coo\u00adpération", "coo\u200bpération", "ＣＯＯＰÉＲＡＴＩＯＮ"):
        words = list(analyse(f"la {written}.", "fr"))
        assert [w.stem for w in words] == ["la", stem("cooperation", "fr")]
        assert (words[1].start, words[1].end) == (3, 3 + len(written))


def test_a_text_of_unknown_language_is_read_as_french() -> None:
    assert language(None) == language("") == "fr"
    assert language("fr-BE") == language("FR_fr") == "fr"


def test_a_query_is_cut_into_what_it_asks_for() -> None:
    assert parse_query("l'état -guerre \"plan d'action\" eng* Burkina-Faso", "fr") == (
        Term(("etat",), ("etat",)),
        Term(("guerre",), ("guerr",), excluded=True),
        Term(("plan", "action"), ("plan", "action")),
        Term(("eng",), ("eng",), prefix=True),
        Term(("burkina", "faso"), ("burkin", "faso")),
    )


@pytest.mark.parametrize("empty", ["", " ", '"', '""', "- * ( ) ^ :", "«»", "\0"])
def test_marks_alone_ask_for_nothing(empty: str) -> None:
    assert parse_query(empty, "fr") == ()


def test_a_long_query_is_cut_short() -> None:
    assert len(parse_query(" ".join(f"mot{n}" for n in range(1000)), "fr")) == MOST_TERMS


def test_words_that_match_are_shown_once_each() -> None:
    text = "Un accord-cadre, des accords, un cadre."
    spans = matched(text, "fr", parse_query('accord "accord cadre" -cadre', "fr"))
    assert [s.text(text) for s in spans] == ["accord-cadre", "accords"]
    spans = matched(text, "fr", parse_query("acc* accord-cad*", "fr"))
    assert [s.text(text) for s in spans] == ["accord-cadre", "accords"]


@given(st.text(alphabet="abcdefghijlmnopqrstuvxyzабвгдежийклмностуъьюя", min_size=1, max_size=14))
def test_a_stem_begins_as_its_word(form: str) -> None:
    for lang in ("fr", "en", "ru", "es", "pt", "it", "de"):
        irregular = table(lang, "words").get("irregular", {}) if lang in LANGUAGES else {}
        assert form in irregular or stem(form, lang)[0] == form[0]


def test_no_more_marks_are_looked_for_than_are_wanted() -> None:
    text = "le port, le grand port et le port de Ville " * 3
    one, two = parse_query("port", "fr"), parse_query('"grand port" port', "fr")
    whole, both = matched(text, "fr", one), matched(text, "fr", two)
    assert len(whole) == len(both) == 9
    assert matched(text, "fr", one, most=4) == whole[:4]
    assert matched(text, "fr", one, reach=20) == tuple(m for m in whole if m.start < 20)
    assert matched(text, "fr", two, reach=50) == tuple(m for m in both if m.start < 50)
    # Whatever the reach, the first is found.
    assert matched("mot " * 50 + "port", "fr", one, reach=20) == (Span(200, 204),)


def test_an_excerpt_shows_most_of_the_marks() -> None:
    text = f"route {'mot ' * 200}route et route {'mot ' * 200}"
    marks = matched(text, "fr", parse_query("routes", "fr"))
    shown = excerpt(text, marks).text(text)
    assert shown.count("route") == 2
    assert shown.startswith("mot")
    assert shown.endswith("mot")
    assert excerpt(text, ()).text(text).startswith("route mot")


_TEXTS = st.text(max_size=200) | st.text(alphabet="aéÉœ'’-« \"\u0301\u00ad½№㏂ﷺİß ", max_size=60)
_LANGS = st.sampled_from(["fr", "en", "ru", "de", "xx", None])


@given(_TEXTS, _LANGS)
def test_any_text_has_words_in_order_inside_it(text: str, lang: str | None) -> None:
    last = 0
    for word in analyse(text, lang):
        assert last <= word.start < word.end <= len(text)
        assert word.form
        assert word.stem
        assert word.form.isalnum()
        assert word.stem.isalnum()
        last = word.end


@given(_TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.lower()) == fold(fold(text.lower()))


@given(_TEXTS, _LANGS)
def test_what_is_folded_already_is_analysed_alike(text: str, lang: str | None) -> None:
    words = list(analyse(text, lang))
    again = list(analyse(" ".join(w.form for w in words), lang))
    assert [w.stem for w in again] == [w.stem for w in words]


@given(_TEXTS, _TEXTS, _LANGS)
def test_any_query_is_read_and_its_marks_are_in_the_text(text: str, query: str, lang: str | None) -> None:
    marks = matched(text, lang, parse_query(query, lang))
    assert list(marks) == sorted(set(marks))
    assert all(m.end <= len(text) for m in marks)
    shown = excerpt(text, marks, 40)
    assert 0 <= shown.start <= shown.end <= len(text)
    if marks:
        assert any(shown.touches(m) for m in marks)


@given(_TEXTS)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    words = tuple(analyse(text, "fr"))
    for word in words[:5]:
        marks = matched(text, "fr", parse_query(word.form, "fr"))
        assert any(m.contains(Span(word.start, word.end)) for m in marks)


def test_long_texts_take_time_in_proportion() -> None:
    started = time.process_time()
    for text in (
        "«" * 100_000,
        "a" * 2_000_000,
        "l'" * 200_000,
        "é\u0301" * 200_000,
        "\u0301" * 500_000,
        "_" * 500_000,
    ):
        assert all(w.end <= len(text) for w in analyse(text, "fr"))
        parse_query(text, "fr")
    assert time.process_time() - started < 30
