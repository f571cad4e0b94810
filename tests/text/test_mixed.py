"""Rows that hold a byline and clutter; menus, adverts and sections around an article."""

from __future__ import annotations

from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text

_PROSE = (
    "Les deux gouvernements ont signé lundi un accord sur le rail qui doit relier les deux capitales avant la fin de"
    " l'année prochaine, selon le ministère des Transports, qui en a présenté le calendrier.\n"
)


def _clutter(text: str) -> list[str]:
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata()))
    return [reading.words(b.span) for b in reading.boilerplate]


def test_a_byline_keeps_its_row_and_the_counters_go() -> None:
    text = f"Un accord sur le rail signé à Port-Ilma\n\nPar Ilva Morn | 12 commentaires | Vu 3 402 fois\n\n{_PROSE}"
    reading = read_text(RawDocument("t", "t", text, "text/plain", Metadata()))
    assert reading.meta.author == "Ilva Morn"
    assert _clutter(text) == ["12 commentaires | Vu 3 402 fois"]


def test_an_advert_between_two_paragraphs() -> None:
    text = f"Un accord sur le rail signé à Port-Ilma\n\n{_PROSE}\n[PUBLICITÉ] Changez de banque !\n\n{_PROSE}"
    assert _clutter(text) == ["[PUBLICITÉ] Changez de banque !"]


def test_an_advert_before_a_short_last_line() -> None:
    last = "Le premier train doit partir de la gare au mois de juin."
    text = f"Un accord sur le rail signé à Port-Ilma\n\n{_PROSE}\nPublicité\n\n{last}"
    assert _clutter(text) == ["Publicité"]


def test_a_section_above_the_title() -> None:
    text = f"Afrique / Grands Lacs\n\nUn accord sur le rail signé à Port-Ilma\n\n{_PROSE}"
    assert _clutter(text) == ["Afrique / Grands Lacs"]


def test_a_heading_of_links_is_no_byline() -> None:
    links = "SUR LE MÊME SUJET\n- Le port rouvre ses quais\n- La récolte sera bonne\nRéagissez à cet article"
    text = f"Un accord sur le rail signé à Port-Ilma\n\n{_PROSE}\n{links}"
    assert _clutter(text) == [links]
