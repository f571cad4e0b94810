"""Links run into a paragraph are set apart, and what the article says around them is kept. All the words are ours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.pages import read

from palabre.text.inserts import inserts
from palabre.text.layout import rows_of
from palabre.text.reading import Reading
from palabre.text.segmentation import lines

BEFORE = (
    "Le ministre velonien des Transports a reçu mardi à Karsk une délégation de la Confédération des Lacs, venue "
    "parler de rail, et les deux parties ont retenu trois chantiers. "
)
AFTER = "La ligne du nord sera financée avant la fin de l'année, d'après le communiqué publié par les deux délégations."


def clutter(reading: Reading) -> list[str]:
    return [b.span.text(reading.text) for b in reading.boilerplate]


@pytest.mark.parametrize(
    "links",
    [
        "Lire aussi : Le port de Karsk rouvre ses quais",
        "Lire aussi : Pourquoi les Lacs manquent de wagons En Velonie, ces cheminots qui chantent",
        "A lire aussi Un accord inédit entre les Lacs et la Velonie Comment le rail est devenu une arme ?",
        "À écouter aussi : Karsk, un an après la crue",
        "A surtout lire sur Radio Velonie : Le prix du sel monte encore",
        "Read also : How Karsk lost its trams",
    ],
)
def test_headlines_run_into_a_paragraph_are_links(links: str) -> None:
    reading = read(f"{BEFORE}{links} {AFTER}")
    assert clutter(reading) == [links]
    assert [s.span.text(reading.text) for s in reading.sentences] == [BEFORE.strip(), AFTER]


def test_a_quotation_after_an_empty_link_stays_in_the_article() -> None:
    said = '"Nous attendons des wagons", a dit la ministre Ilva Morn.'
    assert clutter(read(f"{BEFORE}Lire aussi : {said} {AFTER}")) == ["Lire aussi :"]


def test_a_quotation_after_headlines_opens_the_article_again() -> None:
    said = '"Nous attendons des wagons depuis mai", a dit la ministre Ilva Morn.'
    found = clutter(read(f"{BEFORE}Lire aussi : Karsk manque de charbon {said} {AFTER}"))
    assert found == ["Lire aussi : Karsk manque de charbon"]


def test_a_sentence_after_an_empty_link_stays_in_the_article() -> None:
    assert clutter(read(f"{BEFORE}Lire aussi : {AFTER}")) == ["Lire aussi :"]


def test_reading_is_no_link_when_the_sentence_says_so() -> None:
    assert clutter(read(f"{BEFORE}Les élèves doivent lire aussi les auteurs des Lacs. {AFTER}")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='aLÀ .:«»"?éLire aussi\n', max_size=300))
def test_inserts_stay_inside_their_row(words: str) -> None:
    text = f"Fin. Lire aussi : {words}"
    for row in rows_of(text, lines(text)):
        spans = [b.span for b in inserts(text, row)]
        assert all(row.span.contains(span) and len(span) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_million_links_take_no_time() -> None:
    text = "Fin. " + "Lire aussi : Le port. " * 20_000
    row = rows_of(text, lines(text))[0]
    assert len(inserts(text, row)) == 20_000


@pytest.mark.parametrize(
    "path", ["/images/karsk/gare.jpg", "www.lacs.example/images/gare.jpg", "https://lacs.example/a/b.mp3"]
)
def test_the_path_of_a_file_run_into_a_paragraph_is_clutter(path: str) -> None:
    assert clutter(read(f"Le rail des Lacs\n\n{BEFORE}{path} {AFTER}")) == [path]
