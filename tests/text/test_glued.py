"""Buttons and offers glued to the ends of paragraphs, and what stands around an article by its place. Words of ours."""

from __future__ import annotations

import pytest
from tests.text.pages import FIRST, LAST, TITLE, clutter, read

OTHER = "Le prix du sel inquiète les pêcheurs de Veln"


@pytest.mark.parametrize(
    "glued",
    [
        "Lire la suite ›",
        "Radio Velonie | S'abonner",
        "Lire l'article complet sur Radio Velonie",
        "Abonnez-vous à notre newsletter",
        "Partager sur Facebook",
        "Laisser un commentaire",
    ],
)
@pytest.mark.parametrize("space", ["", " "])
def test_a_button_after_the_last_full_stop_is_no_part_of_the_paragraph(glued: str, space: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}{space}{glued}")) == [glued]


def test_a_button_after_words_broken_off_is_no_part_of_them() -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST} La session sera dans… Plus »\n\n{LAST}")) == ["Plus »"]


@pytest.mark.parametrize(
    "last", ["Plus rien ne presse.", "« Il faut agir. Partager »", "« Abonnez-vous »", "Lisez le rapport, a-t-il dit."]
)
def test_the_last_sentence_of_a_paragraph_is_kept(last: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST} {last}\n\n{LAST}")) == []


@pytest.mark.parametrize("glued", ["Facebook Twitter WhatsApp", "Temps de lecture : 3 minutes", "Réservé aux abonnés"])
def test_buttons_before_the_first_word_are_no_part_of_the_paragraph(glued: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{glued} {FIRST}\n\n{LAST}")) == [glued]


@pytest.mark.parametrize(
    "endless",
    [
        "Facebook " * 5000 + "le texte continue en petites lettres jusqu'au point.",
        "a" + " " * 100_000 + "a",
        "/a" * 50_000 + "!",
    ],
)
def test_endless_rows_of_machinery_are_read_to_their_end(endless: str) -> None:
    assert read(f"{TITLE}\n\n{endless}\n\n{FIRST}").text.rstrip().endswith(FIRST[-20:])


@pytest.mark.parametrize("sign", ["–VNA", "-ABC", "/ABC."])
def test_another_article_below_an_agency_s_sign_is_clutter(sign: str) -> None:
    other = f"{OTHER} depuis la crue\n\n{FIRST.replace('Karsk', 'Veln')}"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST} {sign}\n\n{other}")) == other.replace("\n\n", "\n").split("\n")


def test_signs_under_each_of_several_reports_close_none() -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST} –VNA\n\n{OTHER} depuis la crue\n\n{LAST} –VNA")) == []


def test_words_broken_off_below_an_agency_s_name_are_clutter() -> None:
    teaser = "Les pêcheurs de Veln ont manifesté jeudi devant le port, où le prix du sel a doublé en un mois et ..."
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\nAFP.\n\n{teaser}")) == [teaser]


def test_paragraphs_broken_off_at_the_end_of_an_article_are_kept() -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}[…]\n\n{FIRST}[…]")) == []


def test_the_path_to_the_page_is_clutter_however_long_its_end() -> None:
    path = f"Accueil / Transports / {TITLE} et de la banque des Lacs, qui promet (...)"
    assert clutter(read(f"{path}\n\n{TITLE}\n\n{FIRST}\n\n{LAST}")) == [path]


def test_the_path_without_marks_ends_in_the_title_that_follows() -> None:
    path = f"Accueil Monde & Transports {TITLE}"
    reading = read(f"{path}\n\n{TITLE}\n\n{FIRST}\n\n{LAST}")
    assert clutter(reading) == [path]
    assert reading.meta.title == TITLE


def test_headlines_with_their_hours_above_the_article_are_clutter() -> None:
    news = ["21:49Les cheminots de Karsk chantent", "09:20 Le port de Veln rouvre ses quais"]
    assert clutter(read("\n".join([*news, "", TITLE, "", FIRST, "", LAST]))) == news


def test_the_site_s_name_over_a_title_said_twice_is_clutter() -> None:
    reading = read(f"La nouvelle voie\n\n{TITLE}\n\nPartager\n\n{TITLE}\n\n{FIRST}\n\n{LAST}")
    assert clutter(reading) == ["La nouvelle voie", "Partager", TITLE]
    assert reading.meta.title == TITLE


def test_the_title_said_again_without_accents_before_its_site_is_clutter() -> None:
    again = "Le rail au coeur des entretiens de Karsk[radio.example]"
    assert clutter(read(f"{TITLE}\n\n{again}\n\n{FIRST}\n\n{LAST}")) == [again]


def test_an_arrow_and_a_headline_between_paragraphs_are_a_link_and_three_are_a_list() -> None:
    link = "►Ilva Morn : « Nous attendons des wagons »"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{link}\n\n{LAST}")) == [link]
    items = "\n".join(f"► Rouvrir la ligne {way} de Karsk" for way in ("du nord", "du sud", "des Lacs"))
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{items}\n\n{LAST}")) == []


@pytest.mark.parametrize(
    "row",
    [
        "Tweetez",
        "Téléchargez notre application",
        "Cet article date de plus de six ans.",
        "Cet article fait partie de nos archives : Radio Velonie a fermé en 2021.",
        "Publié Mis à jour",
        "Lancez la conversation",
        "Temps de lecture estimé : 4 minutes",
        "Ambassade de Velonie ✍ rue des Lacs ✍ Tél : 998-71-28 ✍ bureau@velonie.example",
        "visite karsk ministre2 e1699715649930 - Radio Velonie",
    ],
)
def test_rows_of_the_page_s_machinery_are_clutter(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{row}\n\n{FIRST}\n\n{LAST}")) == [row]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cet article date de 1958 et n'a jamais été modifié.",
        "Ce communiqué a été publié par le ministère des Transports.",
        "La discussion est close, a tranché le ministre.",
    ],
)
def test_sentences_that_open_like_them_are_kept(sentence: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{sentence}\n\n{LAST}")) == []


def test_what_a_press_database_writes_around_an_article_is_clutter() -> None:
    head = "Type de source\nPresse • Journaux\nPériodicité\nQuotidien\nProvenance\nKarsk, Velonie"
    foot = "Certificat émis le 5 mai 2024 à la bibliothèque de Karsk à des fins de visualisation personnelle."
    reading = read(f"Nom de la source\nLa Voie\n{head}\nMercredi 3 avril 2024\n\n{TITLE}\n\n{FIRST}\n\n{LAST}\n{foot}")
    assert clutter(reading) == ["Nom de la source", *head.split("\n"), foot]


def test_a_database_s_codes_go_and_the_title_the_author_and_the_day_stay() -> None:
    head = f"HD\n{TITLE}\nBY\nIlva Morn\nWC\n512 mots\nPD\n3 avril 2024\nSN\nLa Voie"
    reading = read(f"{head}\nLP\n{FIRST}\nTD\n{LAST}\nAN\nDocument VOIE12")
    assert clutter(reading) == ["HD", "BY", "WC", "512 mots", "PD", "SN", "LP", "TD", "AN", "Document VOIE12"]
    assert reading.meta.title == TITLE


def test_labels_with_their_values_on_the_row() -> None:
    rows = ["LENGTH: 512 words", "Body", "LANGUAGE: FRENCH", "PUBLICATION-TYPE: Journal", "End of Document"]
    page = f"La Voie\n\n{TITLE}\n\nBYLINE: Ilva Morn\n\n{rows[0]}\n\n{rows[1]}\n\n{FIRST}\n\n{LAST}\n\n" + "\n".join(
        rows[2:]
    )
    assert clutter(read(page)) == rows


def test_one_label_is_no_database() -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\nProvenance : le port de Veln et ceux du sud\n\n{LAST}")) == []


@pytest.mark.parametrize(
    "row", ["PLUS : Le port de Karsk rouvre ses quais", "À voir en vidéo", "Voir le dossier : le rail au nord"]
)
def test_a_cue_and_a_headline_between_paragraphs_are_a_link(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{row}\n\n{LAST}")) == [row]


def test_a_cue_at_the_head_of_a_title_is_its_own() -> None:
    title = "Dossier : le ministre des Lacs chute au port de Karsk"
    reading = read(f"{title}\n\n{FIRST}\n\n{LAST}")
    assert clutter(reading) == []
    assert reading.meta.title == title


def test_headlines_and_their_paragraphs_below_a_list_s_heading_are_no_article() -> None:
    others = f"{OTHER}\n\n{FIRST} ...\n\n{TITLE} de Veln\n\n{LAST} ..."
    rows = ["Autres articles dans cette rubrique", *others.replace("\n\n", "\n").split("\n")]
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n" + "\n\n".join(rows))) == rows


def test_a_link_between_two_paragraphs_closes_no_article() -> None:
    page = f"{TITLE}\n\n{FIRST}\n\nÀ lire aussi\n\n{OTHER}\n\n{LAST}\n\n{FIRST.replace('mardi', 'jeudi')}"
    assert clutter(read(page)) == ["À lire aussi", OTHER]


def test_a_caption_said_again_under_an_advert_is_clutter() -> None:
    caption = "Le ministre des Lacs au port de Karsk"
    page = f"{TITLE}\n\n{caption}\n\n[GARD align=« center »]\n\n{caption}\n{caption}\n\n{FIRST}\n\n{LAST}"
    assert clutter(read(page)) == ["[GARD align=« center »]", caption, caption]


def test_the_title_glued_to_the_first_paragraph_is_said_again() -> None:
    assert clutter(read(f"{TITLE}\n\n{TITLE} {FIRST}\n\n{LAST}")) == [TITLE]
    opening = f"{TITLE} ont été longs, d'après la délégation des Lacs, qui attendait des wagons depuis le mois de mai."
    assert clutter(read(f"{TITLE}\n\n{opening}\n\n{LAST}")) == []


@pytest.mark.parametrize(
    "row",
    [
        "Proverbe du jour : “Qui pose des rails va plus loin que son ombre.” Ilva Morn",
        "Total : 11261 résultats trouvés.",
        "Archive d’étiquettes pour : rail",
        "La Voie © 2003-2023 La Voie ne saurait être tenue responsable des contenus des sites externes.",
    ],
)
def test_rows_of_sites_and_archives_are_clutter(row: str) -> None:
    assert clutter(read(f"{row}\n\n{TITLE}\n\n{FIRST}\n\n{LAST}")) == [row]


def test_a_column_of_news_with_their_days_above_the_article_is_clutter() -> None:
    news = ["25/10", "Les cheminots de Karsk chantent", "14/10", OTHER, "23/09", "Le port de Veln rouvre ses quais."]
    assert clutter(read("\n".join([*news, "", TITLE, "", FIRST, "", LAST]))) == news


@pytest.mark.parametrize("row", ["ÉconomieArticle original", "PolitiquePartager", "Please enter your comment!"])
def test_rows_glued_together_are_clutter_when_each_part_is(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{row}")) == [row]


def test_a_picture_in_markdown_is_no_part_of_the_paragraph() -> None:
    picture = "![gare de karsk](/images/karsk/gare.jpg)"
    assert clutter(read(f"{TITLE}\n\n{picture}\n{FIRST}\n\n{LAST}")) == [picture]


def test_numbered_links_below_the_article_are_clutter() -> None:
    links = ["[1]", OTHER, "[2]", "Les cheminots de Karsk chantent"]
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n" + "\n".join(links))) == links


def test_the_title_before_a_button_is_said_again() -> None:
    again = f"{TITLE} Read More »"
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{again}")) == [again]


@pytest.mark.parametrize(
    "row",
    [
        "Nos articles vous ont servi ? Faites un don à la rédaction pour qu'elle continue.",
        "La presse de Velonie s'effondre. En nous soutenant, vous nous permettez de continuer notre mission.",
        "Chers lecteurs, pour que vos réactions soient validées, jetez un coup d'œil à notre charte de modération.",
        "Souhaitez-vous soutenir Radio Velonie ?",
    ],
)
def test_appeals_to_readers_are_clutter(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{row}")) == [row]


def test_an_appeal_quoted_is_the_article_s() -> None:
    said = "« En nous soutenant, vous nous permettez de continuer notre mission », a lancé le ministre des Lacs."
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{said}")) == []


def test_names_of_subjects_without_capitals_are_clutter_and_wrapped_lines_are_not() -> None:
    tags = ["velonie", "rail", "banque des lacs"]
    assert clutter(read("\n\n".join([TITLE, *tags, FIRST, LAST]))) == tags
    assert (
        clutter(read(f"{TITLE}\n\nLa convention protège\nenfants\net adoptions\ndes Lacs.\n\n{FIRST}\n\n{LAST}")) == []
    )


@pytest.mark.parametrize(
    "row",
    [
        "Pour plus d'informations sur la Velonie, suivez Radio Velonie",
        "Taille du document: 535 Ko (9 pages).",
        "Ce document au format PDF 1.4 a été envoyé le 3 mai 2019 par Karsk.",
    ],
)
def test_notices_on_files_and_channels_are_clutter(row: str) -> None:
    assert clutter(read(f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{row}")) == [row]


def test_numbered_headlines_over_the_title_are_clutter_and_below_it_are_not() -> None:
    items = [
        f"{n}. Rouvrir la ligne {way} de Karsk" for n, way in enumerate(("du nord", "du sud", "des Lacs", "du port"), 1)
    ]
    assert clutter(read("\n".join([*items, "", TITLE, "", FIRST, "", LAST]))) == items
    assert clutter(read("\n".join([TITLE, "", *items, "", FIRST, "", LAST]))) == []
