"""Reported speech without marks. All people and words are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.actors import find_actors
from palabre.extract.quotes import find_quotes
from palabre.extract.statements import find_statements
from palabre.model.annotations import Annotations, IndirectStatement
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import StatementForm
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def statements_of(text: str, lang: str = "fr") -> tuple[Reading, tuple[IndirectStatement, ...]]:
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata(lang=lang)))
    entries, mentions = find_actors(reading)
    found = Annotations(actors=entries, mentions=mentions)
    quotes = find_quotes(reading, found)
    return reading, find_statements(reading, Annotations(actors=entries, mentions=mentions, quotes=quotes))


NAME = "Odhiambo Karuthi"


@pytest.mark.parametrize(
    ("text", "clause", "form"),
    [
        (f"{NAME} a affirmé que la route ouvrira en mai.", "la route ouvrira en mai", StatementForm.INDIRECT),
        (f"Selon {NAME}, la route ouvrira en mai.", "la route ouvrira en mai", StatementForm.HEARSAY),
        (f"La route ouvrira en mai, a annoncé {NAME}.", "La route ouvrira en mai", StatementForm.INDIRECT),
        (f"La route ouvrira en mai, d’après {NAME}.", "La route ouvrira en mai", StatementForm.HEARSAY),
        (f"{NAME} a également indiqué qu'un pont suivra.", "un pont suivra", StatementForm.INDIRECT),
    ],
)
def test_who_says_what(text: str, clause: str, form: StatementForm) -> None:
    reading, statements = statements_of(text)
    assert [(reading.words(s.span), s.speaker, s.form) for s in statements] == [(clause, NAME, form)]


def test_a_participle_goes_on_with_the_same_speaker() -> None:
    text = f"« Nous avons bien travaillé », a dit {NAME} devant le Kenya, précisant que la route ouvrira en mai."
    reading, statements = statements_of(text)
    assert [(reading.words(s.span), s.speaker) for s in statements] == [("la route ouvrira en mai", NAME)]


def test_a_pronoun_is_the_last_to_speak() -> None:
    reading, statements = statements_of(f"{NAME} a rappelé que le pont est vieux. Il a ajouté que la route ouvrira.")
    assert [s.speaker for s in statements] == [NAME, NAME]
    assert reading.words(statements[1].span) == "la route ouvrira"


def test_nominal_reports() -> None:
    reading, statements = statements_of(f"{NAME} a fait part de la naissance d'une banque commune.")
    assert statements[0].speaker == NAME
    assert "naissance d'une banque" in reading.words(statements[0].span)


def test_the_writers_own_reminder_is_nobodys() -> None:
    _, statements = statements_of("Il convient de rappeler que la route est fermée depuis mai.")
    assert statements == ()


@pytest.mark.parametrize(
    "words",
    [
        "selon nos informations",
        "d'après nos sources",
        "selon les chiffres disponibles",
        "d'après des informations recueillies sur place",
    ],
)
def test_what_tells_without_a_voice_names_nobody(words: str) -> None:
    _, statements = statements_of(f"Le pont de la ville a coûté le double du prix annoncé, {words}.")
    assert [(s.speaker, s.form) for s in statements] == [(None, StatementForm.HEARSAY)]


def test_unnamed_people_still_speak_under_their_words() -> None:
    _, statements = statements_of("Selon les organisations humanitaires, la route du nord reste fermée.")
    assert [s.speaker for s in statements] == ["organisations humanitaires"]


def test_conditional_of_hearsay() -> None:
    _, statements = statements_of("Le pont aurait coûté le double du prix annoncé.")
    assert [s.form for s in statements] == [StatementForm.HEARSAY]


def test_quoted_words_are_not_told_twice() -> None:
    _, statements = statements_of(f"{NAME} a affirmé que « la route ouvrira en mai et le pont en juin ».")
    assert statements == ()


_PIECES = st.sampled_from(
    ["selon", "que", "a affirmé", "M. Diallo", ", ", ". ", "« ", " »", "aurait été", "pour", "\n\n", "Il"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=50).map(" ".join)))
def test_any_text_is_safe(text: str) -> None:
    _, statements = statements_of(text)
    assert all(0 <= s.span.start < s.span.end <= len(text) for s in statements)
