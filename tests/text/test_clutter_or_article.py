"""What looks like clutter and is the article, and whole pages with many rows around it. Pages of our own making."""

from __future__ import annotations

import pytest
from tests.text.pages import FIRST, LAST, TITLE, clutter, read

MORE = (
    "Les travaux commenceront par la ligne du nord, longue de deux cents kilomètres, coupée par les pluies de mars. "
    "Le ministre a dit compter sur l'appui de la banque des Lacs, dont une mission viendra à Karsk le mois prochain."
)


SENTENCES = [
    "Sur le même sujet, le chef de la délégation a rappelé la promesse faite à Veln.",
    "Aucun commentaire n'a été fait par les autorités des Lacs.",
    "Réagir à cette crise suppose des moyens que le pays n'a pas.",
    "Partagez-vous l'avis du ministre sur la ligne du nord ?",
    "Vous avez lu le projet d'accord. Qu'en dites-vous ?",
    "Toute reprise des travaux est exclue avant l'été.",
    "Nous et nos partenaires avons convenu d'un calendrier commun.",
    "Il vous reste deux ans de mandat. Que ferez-vous ?",
    "Votre commentaire sur la signature de Karsk ?",
    "Sur le même thème, la Confédération a rendu son rapport.",
    "Notre dossier est complet, a assuré le négociateur des Lacs.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_no_clutter_whatever_it_opens_with(sentence: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{sentence}\n\n{LAST}")) == []
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{sentence}")) == []


@pytest.mark.parametrize("word", ["Réactions", "Agenda", "Archives", "Discussion", "Contact"])
def test_a_word_over_a_paragraph_heads_it(word: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{word}\n\n{LAST}")) == []


ROWS = [
    "Poster un nouveau commentaire",
    "Soyez le premier à réagir !",
    "Articles recommandés",
    "Vidéos similaires",
    "Les articles les plus consultés",
    "La rédaction vous recommande",
    "Retour en haut de la page",
    "Envoyer cet article à un ami",
    "Rejoignez-nous sur notre page Facebook",
    "Ce contenu n'est pas ouvert aux commentaires.",
    "Deux mois offerts : 2 mois offerts",
    "Lectures recommandées",
    "facebook twitter linkedin",
    "Temps de lecture : 3 min",
    "Il vous reste 60 % de cet article à lire.",
    "banniere-une-karsk.jpg",
]


@pytest.mark.parametrize("row", ROWS)
def test_rows_that_only_pages_show(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{row}")) == [row]


MENU = "Accueil\nPolitique\nÉconomie\nNos régions\nKarsk\nVeln\nLe grand format\nSport\nCulture\nVidéos\nMon compte"


def test_short_rows_among_menus_are_menus_and_the_credits_below_are_found() -> None:
    page = f"{MENU}\n{MENU}\n{TITLE}\nAwa Telmis\nPublié le 05/03/24 à 16h33\n{FIRST}\n{LAST}\n© La Voix des Lacs 2024"
    reading = read(page)
    assert "Le grand format" in clutter(reading)
    assert "Karsk" in clutter(reading)
    assert (reading.meta.title, reading.meta.author) == (TITLE, "Awa Telmis")
    assert str(reading.meta.published) == "2024-03-05"
    assert TITLE not in clutter(reading)


def test_the_comments_under_an_article_are_no_part_of_it() -> None:
    comment = "Il faudrait surtout que les trains partent à l'heure, car sans cela personne ne les prendra jamais."
    comments = "\n".join(f"Lecteur {i}\nle 22/11/2024 à 09:4{i}\n{comment}" for i in range(3))
    page = f"{TITLE}\n\n{FIRST}\n\n{LAST}\n{MORE}\n\n3 commentaires\nPoster un commentaire\n{comments}"
    assert "\n".join(clutter(read(page))) == page[page.index("3 comm") :]


def test_the_names_of_subjects_go_with_the_clutter_below_them() -> None:
    page = f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\nLacs\nVelonie\nRail\n\nÀ lire aussi\nLe port rouvre"
    assert clutter(read(page)) == ["Lacs", "Velonie", "Rail", "À lire aussi", "Le port rouvre"]


def test_a_box_cut_into_an_article_leaves_its_end_alone() -> None:
    box = "Newsletter\nRecevez chaque matin notre sélection par e-mail\nVotre adresse e-mail\nJe m'abonne"
    reading = read(f"{TITLE}\n\n{FIRST}\n\n{MORE}\n\n{box}\n\n{LAST}\n\nPartager\nTweeter")
    assert clutter(reading) == [*box.split("\n"), "Partager", "Tweeter"]


def test_other_headlines_and_their_days_above_the_menus_are_no_part_of_the_page() -> None:
    others = "\n".join(f"Le port de Karsk rouvre au trafic pour la fois {i}\n1 mars 2019 à 15:2{i}" for i in range(5))
    page = f"Menu\n{others}\n{MENU}\n{TITLE}\nPar Awa Telmis\n24 novembre 2017\n{FIRST}\n{LAST}"
    reading = read(page)
    assert "\n".join(clutter(reading)) == page[: page.index(TITLE) - 1]
    assert (reading.meta.title, reading.meta.author) == (TITLE, "Awa Telmis")
    assert str(reading.meta.published) == "2017-11-24"


def test_the_day_of_the_visit_is_a_widget_and_the_articles_own_is_not() -> None:
    page = f"mercredi 24 avril 2024\nKarsk | 14h26\n\n{TITLE}\n\nmercredi 16 juin 2010\n\n{FIRST}\n\n{LAST}"
    reading = read(page)
    assert clutter(reading) == ["mercredi 24 avril 2024", "Karsk | 14h26"]
    assert str(reading.meta.published) == "2010-06-16"


def test_headlines_under_the_article_and_not_the_list_that_it_announces() -> None:
    headlines = "Le port rouvre au trafic\nFaut-il craindre la crue ?\nLe blé recule encore\nVeln vote dimanche"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n{headlines}")) == headlines.split("\n")
    announced = LAST[:-1] + ", et quatre accords :"
    items = "Accord sur le transport des grains\nAccord sur la pêche en eau douce\nAccord sur les visas de travail"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{announced}\n{items}")) == []


def test_a_notice_in_another_language_is_no_part_of_a_page() -> None:
    notice = "Sorry, this form is closed for the time being"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{notice}")) == [notice]
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n« The line is closed for ever », a-t-il dit.\n\n{LAST}")) == []


def test_a_long_thread_of_comments_is_no_part_of_the_article() -> None:
    comment = "Il faudrait surtout que les trains partent à l'heure, car sans cela personne ne les prendra jamais. " * 4
    thread = "\n".join(f"Lecteur {i}\n(22 juin 2018 @11h1{i})\n{comment.strip()} ({i})" for i in range(8))
    page = f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\nÉcrire un commentaire\n8 commentaires\n{thread}"
    assert "\n".join(clutter(read(page))) == page[page.index("Écrire un") :]


def test_links_that_announce_no_list_and_those_that_do() -> None:
    suite = f"{TITLE}\n\n{FIRST}\n\nLire la suite\nTrois chantiers pour commencer\n{MORE}\n\n{LAST}"
    assert clutter(read(suite)) == ["Lire la suite"]
    related = f"{TITLE}\n\n{FIRST}\n\nLire aussi\nLe port de Karsk rouvre au trafic\nBonus\nVeln\n{MORE}\n\n{LAST}"
    assert clutter(read(related)) == ["Lire aussi", "Le port de Karsk rouvre au trafic"]


def test_the_day_of_a_change_gives_way_to_the_day_of_publication() -> None:
    page = f"Par Awa Telmis | 30 mai 2018\n\n{TITLE}\n\nArticle mis à jour le 7 janvier 2020.\n\n{FIRST}\n\n{LAST}"
    assert str(read(page).meta.published) == "2018-05-30"


def test_the_name_after_by_on_a_row_of_its_own_parts() -> None:
    row = "La Gazette | 04.05.2015 à 13h36 • Mis à jour le 05.05.2015 à 20h13 |  Par  Awa Telmis"
    meta = read(f"{TITLE}\n{row}\n{FIRST}\n{LAST}").meta
    assert (meta.author, meta.outlet, str(meta.published)) == ("Awa Telmis", "La Gazette", "2015-05-04")


OUTLETS = [
    ("Lacs-Actu.example\nAccueil | Politique | Sport", "Lacs-Actu.example"),
    ("LE RAIL DES LACS | Le portail des infrastructures\nMenu", "LE RAIL DES LACS"),
    ("Karsk-Infos-Libres, le blog qui dit tout!\nVendredi 9 février 2024", "Karsk-Infos-Libres"),
    ("L'Observatoire des Lacs\nAnalyse", "L'Observatoire des Lacs"),
    ("MINISTÈRE DES AFFAIRES ÉTRANGÈRES\nCommuniqué", "MINISTÈRE DES AFFAIRES ÉTRANGÈRES"),
]


@pytest.mark.parametrize(("head", "name"), OUTLETS)
def test_the_outlet_named_above_the_title(head: str, name: str) -> None:
    meta = read(f"{head}\n\n{TITLE}\n\n{FIRST}\n\n{LAST}").meta
    assert (meta.outlet, meta.title) == (name, TITLE)


@pytest.mark.parametrize(
    ("bracket", "name"), [("Agence des Lacs", "Agence des Lacs"), ("ADL", "ADL"), ("Velonie", None), ("RDC", None)]
)
def test_the_agency_of_a_dateline_published_what_no_newspaper_did(bracket: str, name: str | None) -> None:
    meta = read(f"{TITLE}\n\nKARSK, 3 avril 2024 ({bracket}) - {FIRST}\n\n{LAST}").meta
    assert meta.outlet == name


SIGNED = [
    ("Par Awa Telmis (Karsk, correspondante)\nLa Gazette – Publié le 30 janvier 2024 à 18 h 42", "La Gazette"),
    ("Lacs FM (lacsfm.example) | mardi 30 janvier 2024 à 12h30 | Par Awa Telmis", "Lacs FM"),
    ("La Gazette des Lacs\nMardi 30 janvier 2024\nDe notre bureau de Karsk, Awa Telmis", "La Gazette des Lacs"),
]


@pytest.mark.parametrize(("rows", "name"), SIGNED)
def test_who_signs_and_for_whom(rows: str, name: str) -> None:
    meta = read(f"{TITLE}\n{rows}\n\n{FIRST}\n\n{LAST}").meta
    assert (meta.author, meta.outlet, str(meta.published)) == ("Awa Telmis", name, "2024-01-30")


HEADINGS = [
    "Envoyer un message fort",
    "Autres sujets de discorde",
    "Dernières nouvelles du front",
    "Soutenir la presse indépendante",
    "Conditions d'utilisation des fonds",
    "Charte africaine des transports",
    "Soldes budgétaires",
    "Durée : 3 ans",
    "Suivre l'exemple des Lacs",
    "Rechercher un compromis",
    "Partager le fardeau",
    "Retour à la table des négociations",
    "Réponse de Karsk",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_that_only_sounds_like_a_button(heading: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{heading}\n\n{MORE}\n\n{LAST}")) == []
