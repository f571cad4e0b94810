"""Quotations: where they begin and end, whose they are, and what is left out. All people and words are invented."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.actors import find_actors
from palabre.extract.marks import quoted_spans
from palabre.extract.pronouns import resolve_pronouns
from palabre.extract.quotes import find_quotes
from palabre.model.annotations import Annotations, Quote
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import MentionForm
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def reading_of(text: str, lang: str = "fr") -> Reading:
    return read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang=lang)))


def quotes_of(text: str, lang: str = "fr") -> tuple[Reading, tuple[Quote, ...]]:
    reading = reading_of(text, lang)
    entries, mentions = find_actors(reading)
    return reading, find_quotes(reading, Annotations(actors=entries, mentions=mentions))


INTRO = "Le ministre kényan des Mines, Odhiambo Karuthi, a reçu la presse. "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("« Nous ouvrirons une école », a déclaré Odhiambo Karuthi.", "Nous ouvrirons une école"),
        ("“Nous ouvrirons une école”, a déclaré Odhiambo Karuthi.", "Nous ouvrirons une école"),
        ('"Nous ouvrirons une école", a déclaré Odhiambo Karuthi.', "Nous ouvrirons une école"),
        ("''Nous ouvrirons une école'' a déclaré Odhiambo Karuthi", "Nous ouvrirons une école"),
        ("Odhiambo Karuthi a déclaré : « Nous ouvrirons une école. »", "Nous ouvrirons une école."),
        ("Selon Odhiambo Karuthi, « l’école ouvrira en juin prochain ».", "l’école ouvrira en juin prochain"),
        ("Odhiambo Karuthi : « Nous ouvrirons une école »", "Nous ouvrirons une école"),
        ("« Nous ouvrirons une “bonne” école », a déclaré Odhiambo Karuthi.", "Nous ouvrirons une “bonne” école"),
        ('« Nous ouvrirons une école", a déclaré Odhiambo Karuthi.', "Nous ouvrirons une école"),
    ],
)
def test_marks_and_places_of_the_speaker(text: str, words: str) -> None:
    reading, quotes = quotes_of(text)
    assert [reading.words(q.span) for q in quotes] == [words]
    assert quotes[0].speaker == "Odhiambo Karuthi"
    assert not quotes[0].fragment


@pytest.mark.parametrize(
    "tail",
    [
        "a-t-il ajouté",
        "a indiqué le ministre",
        "a insisté M. Karuthi",
        "s'est félicité le ministre kényan",
        "a poursuivi Karuthi",
    ],
)
def test_the_speaker_is_resolved_to_the_fullest_name(tail: str) -> None:
    _, quotes = quotes_of(f"{INTRO}« Les travaux avancent à un bon rythme », {tail}.")
    assert [q.speaker for q in quotes] == ["Odhiambo Karuthi"]


def test_an_utterance_cut_by_a_clause_is_two_spans_of_one_speaker() -> None:
    reading, quotes = quotes_of(INTRO + "« Les travaux avancent », a-t-il dit. « Et nous finirons avant l'hiver. »")
    assert [reading.words(q.span) for q in quotes] == ["Les travaux avancent", "Et nous finirons avant l'hiver."]
    assert {q.speaker for q in quotes} == {"Odhiambo Karuthi"}


def test_several_paragraphs() -> None:
    text = INTRO + "Il a déclaré :\n\n« Nous avons bien travaillé.\n\n« Nous finirons demain. »\n\nLa séance est levée."
    reading, quotes = quotes_of(text)
    assert len(quotes) == 1
    assert reading.words(quotes[0].span).endswith("Nous finirons demain.")


def test_terms_and_names_are_left_out() -> None:
    text = (
        "Le projet « Route bleue » relie deux villes. Le « guichet rapide » des douanes ferme tôt. "
        "Le Kenya participe à l'opération « Horizon »."
    )
    assert quotes_of(text)[1] == ()


def test_fragments_are_marked() -> None:
    _, quotes = quotes_of(INTRO + "Il a salué une « étape de grande portée » pour la région.")
    assert [(q.fragment, q.speaker) for q in quotes] == [(True, "Odhiambo Karuthi")]


def test_a_relative_clause_is_a_fragment() -> None:
    _, quotes = quotes_of(INTRO + "Le ministre y voit « l'outil qui rendra la région prospère ».")
    assert [q.fragment for q in quotes] == [True]


def test_a_communique_speaks_for_those_who_wrote_it() -> None:
    text = (
        "Les ministres des Finances de la CEMAC se sont vus à Libreville. "
        "« Cette réunion répond à une attente ancienne », indique le communiqué des six ministres."
    )
    _, quotes = quotes_of(text)
    assert quotes[0].speaker is not None
    assert "ministres" in quotes[0].speaker


def test_an_unclosed_mark_costs_its_own_sentence_only() -> None:
    reading, quotes = quotes_of(
        "La rencontre dite « premier cycle a commencé hier. "
        "Le soir, « nous avons bien avancé », a dit Odhiambo Karuthi."
    )
    assert [reading.words(q.span) for q in quotes] == ["nous avons bien avancé"]


def test_english() -> None:
    _, quotes = quotes_of('"We will open a school in June," said Kenyan minister Odhiambo Karuthi.', "en")
    assert [q.speaker for q in quotes] == ["Odhiambo Karuthi"]


def test_nous_is_the_speakers_state() -> None:
    text = INTRO + "« Nous formerons des ingénieurs dans nos universités », a promis le ministre."
    reading, quotes = quotes_of(text)
    entries, mentions = find_actors(reading)
    resolved = resolve_pronouns(reading, Annotations(actors=entries, mentions=mentions, quotes=quotes))
    said = {reading.words(m.span): m.ids for m in resolved if m.form is MentionForm.PRONOUN}
    assert said["Nous"] == ("KEN",)
    assert said["nos"] == ("KEN",)


@pytest.mark.parametrize("text", ['"' * 100_000, "«" * 100_000, '« " ' * 25_000, "» «" * 30_000, "''" * 40_000])
def test_a_hundred_thousand_marks(text: str) -> None:
    begun = time.process_time()
    _, quotes = quotes_of(text)
    assert time.process_time() - begun < 60
    assert all(q.span.end <= len(text) for q in quotes)


_PIECES = st.sampled_from(
    ["« ", " »", '"', "“", "”", "''", "a dit M. Diallo", "Nous irons", ", ", ". ", "\n\n", "\x00", "selon", "’"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join)))
def test_any_text_is_safe(text: str) -> None:
    reading, quotes = quotes_of(text)
    for quoted in quoted_spans(reading):
        assert 0 <= quoted.outer.start <= quoted.span.start <= quoted.span.end <= quoted.outer.end <= len(text)
    for before, after in pairwise(quotes):
        assert before.span.end <= after.span.start
