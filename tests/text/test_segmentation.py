"""Blocks, sentences and tokens: where a text is cut, and where it must not be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palabre.model.spans import Span
from palabre.text.segmentation import paragraphs, sentences
from palabre.text.tokens import tokens
from palabre.text.typography import lowered


def cut(text: str, lang: str = "fr") -> list[str]:
    return [span.text(text) for span in sentences(text, Span(0, len(text)), lang)]


def words(text: str, lang: str = "fr") -> list[str]:
    return [token.norm for token in tokens(text, Span(0, len(text)), lang)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Le ministre arrive. Il repart demain.", 2),
        ("M. Tamo a reçu Mme Ilboré. Ils ont parlé.", 2),
        ("Le Dr Ayo et le Pr. Nemba sont venus. Ils signent.", 2),
        ("J. M. Karta préside. La séance est ouverte.", 2),
        ("J.-P. Ondo a signé.", 1),
        ("S.E.M. Karta préside la séance.", 1),
        ("Selon l'art. 5 et la p. 12, le délai court.", 1),
        ("Le coût est de 1.000 francs, ou 12.5 dollars. Il baisse.", 2),
        ("Le texte du 02.04.2025 est connu.", 1),
        ("Il a hésité… puis il a signé. Enfin !", 2),
        ("Il a hésité… Le lendemain, il a signé.", 2),
        ("« Nous signerons ! », a-t-il dit.", 1),
        ("« Nous signerons. » a ajouté le ministre.", 1),
        ("« Nous signerons. » Le ministre est parti.", 2),
        ("« Nous venons. Nous signerons », a dit le ministre.", 2),
        ('Il a parlé de la confédération."Ce voyage compte", a-t-il dit.', 2),
        ("Il a reçu Orlan Velt.C’est la première fois.", 2),
        ('Il y voit "un jalon pour les deux parties" .Des accords existent.', 2),
        ("Il cite le site maville.info et la page www.exemple.org.", 1),
        ("Trois thèmes : la paix ; le commerce ; l'école.", 1),
        ("Le texte (...) reste secret. On attend.", 2),
        ("Les fruits, le coton, etc. Les ventes montent.", 2),
        ("Le pétrole, le gaz, etc. sont exclus.", 1),
        ("L'O.N.U. Il faut la saisir.", 2),
        ("L'O.N.U. Femmes a écrit.", 1),
        ("Avant J.-C. Rome était un village.", 1),
        ("Le tarif est fixé au n° 3. Le reste suit.", 2),
        ("Qui paiera ? Personne ne le dit.", 2),
        ("Quoi ?! Rien.", 2),
        ("1. Le commerce reprend.", 1),
        ("Il a dit non. — Pourquoi ?", 2),
    ],
)
def test_sentences_of_the_french_press(text: str, count: int) -> None:
    assert len(cut(text)) == count, cut(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Orlan met Dr. Ayo. They talked.", 2),
        ("The U.S. delegation left at 5 p.m. on Friday.", 1),
        ("It rose to 72.3 billion. Officials agreed.", 2),
        ("“We will pay,” she said. “Soon.”", 2),
        ("He came on Jan. 5 with J. K. Olu.", 1),
    ],
)
def test_sentences_of_the_english_press(text: str, count: int) -> None:
    assert len(cut(text, "en")) == count, cut(text, "en")


def test_closing_marks_stay_with_their_sentence() -> None:
    assert cut('Il a dit : "Nous viendrons." Puis il est parti.') == [
        'Il a dit : "Nous viendrons."',
        "Puis il est parti.",
    ]
    assert cut("(Il viendra.) On l'attend.") == ["(Il viendra.)", "On l'attend."]


def test_a_line_is_a_block_and_a_wrapped_paragraph_is_one() -> None:
    lines = "Le sommet s'ouvre\nLes deux pays ont signé.\nLe commerce reprend.\n\nFin"
    assert [b.text(lines) for b in paragraphs(lines)] == lines.replace("\n\n", "\n").split("\n")
    wrapped = (
        "Les délégations des deux pays se sont retrouvées mardi dans la\n"
        "capitale pour préparer la prochaine session, qui doit se tenir avant\n"
        "la fin de l'année selon le calendrier arrêté au printemps dernier.\n"
        "\n"
        "Elles ont passé en revue les projets de routes et de ports que les\n"
        "ministres avaient retenus lors de leur première rencontre.\n"
    )
    assert len(paragraphs(wrapped)) == 2


def test_tokens_of_french() -> None:
    assert words("L’Alliance dit qu’il viendra aujourd’hui, a-t-il promis.") == [
        *("l'", "alliance", "dit", "qu'", "il", "viendra", "aujourd'hui", ",", "a", "-t-il", "promis", "."),
    ]
    assert words("30 012 milliards, 50,7 et 02.04.2025") == ["30 012", "milliards", ",", "50,7", "et", "02.04.2025"]
    assert words("M. Tamo, dit-on, prend rendez-vous à N'Djamena.") == [
        *("m.", "tamo", ",", "dit", "-on", ",", "prend", "rendez-vous", "à", "n'djamena", "."),
    ]
    assert words("jusqu'à d'aujourd'hui") == ["jusqu'", "à", "d'", "aujourd'hui"]
    assert words("en 2025 300 personnes") == ["en", "2025", "300", "personnes"]
    assert words("''Nous signons''")[-1] == "'"


def test_tokens_of_english() -> None:
    assert words("Orlan's team didn't pay $295.6 billion", "en") == [
        *("orlan", "'s", "team", "didn't", "pay", "$", "295.6", "billion"),
    ]


def test_lower_case_keeps_the_length() -> None:
    assert len(lowered("İstanbul’S ẞ")) == len("İstanbul’S ẞ")


@given(st.text(alphabet=st.characters(), max_size=400), st.sampled_from(["fr", "en"]))
@example("\ufeff", "fr")
@settings(max_examples=150, deadline=None)
def test_any_text_is_cut_in_order_and_whole(text: str, lang: str) -> None:
    at = 0
    held: set[int] = set()
    for block in paragraphs(text):
        assert at <= block.start < block.end <= len(text)
        at = block.end
        inner = block.start
        for sentence in sentences(text, block, lang):
            assert inner <= sentence.start < sentence.end <= block.end
            inner = sentence.end
            last = sentence.start
            for token in tokens(text, sentence, lang):
                assert last <= token.start < token.end <= sentence.end
                assert len(token.norm) == token.end - token.start
                held.update(range(token.start, token.end))
                last = token.end
    # Separators and the mark of the order of bytes are no words.
    assert all(i in held for i, char in enumerate(text) if not char.isspace() and char not in "\x1c\x1d\x1e\x1f\ufeff")


@given(st.text(alphabet=" .\"'«»“”!?…()Aa1é’\n-", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_punctuation_is_cut_in_order_and_whole(text: str) -> None:
    spans = [s for block in paragraphs(text) for s in sentences(text, block, "fr")]
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())
    assert all(a.end <= b.start for a, b in pairwise(spans))
