"""Whole pages of our own making: what is title, credit, clutter and article, and what is known of each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.pages import read

from palabre.model.documents import Known, Metadata
from palabre.text.language import language
from palabre.text.reading import Reading

ARTICLE = (
    "Le ministre velonien des Transports a reçu mardi à Karsk une délégation de la Confédération des Lacs, "
    "venue parler de rail. "
    "Les deux parties ont retenu trois chantiers.\n\n"
    "« Nous financerons la ligne avant la fin de l'année », a déclaré le ministre à l'issue de la rencontre, "
    "sans donner de montant.\n\n"
    "La prochaine session se tiendra au printemps dans la capitale des Lacs, d'après le communiqué publié mercredi "
    "par les deux délégations."
)


def clutter(reading: Reading) -> str:
    return " ".join(b.span.text(reading.text) for b in reading.boilerplate)


def prose(reading: Reading) -> str:
    return " ".join(s.span.text(reading.text) for s in reading.sentences)


HEADS = {
    "share": "Partager sur Facebook  Partager sur X  Envoyer par courriel",
    "breadcrumb": "Accueil > Politique > Coopération",
    "menu": "Accueil Politique Économie Sports Culture Vidéos Contact",
    "languages": "FR | EN | AR",
    "cookies": "Ce site utilise des cookies pour mesurer son audience. Merci de les accepter pour continuer.",
    "app": "Téléchargez l'application du journal pour suivre l'actualité",
    "label": "Mis à jour le :",
    "follow": "Suivez-nous sur Telegram et WhatsApp",
}
TAILS = {
    "comments": "Commentaires (3)\nLaisser un commentaire\nVotre adresse e-mail ne sera pas publiée.\nNom *\nE-mail *",
    "related": "Lire aussi : Le port de Karsk rouvre au trafic",
    "lists": "Les plus lus\nLe port de Karsk rouvre\nLe prix du blé recule encore\nLa fête des moissons reportée",
    "headlines": "Le port de Karsk rouvre\nLe prix du blé recule encore cette semaine\nLa fête des moissons reportée",
    "videos": "01:12\nLe port de Karsk rouvre au trafic\n00:47\nLe prix du blé recule encore",
    "newsletter": "Newsletter : recevez chaque matin notre sélection. Je m'abonne",
    "paywall": "Cet article est réservé aux abonnés. Il vous reste 80 % à lire.\nDéjà abonné ?\nSe connecter",
    "tags": "Mots-clés : rail, Lacs, Velonie",
    "footer": "© 2024 La Voix des Lacs. Tous droits réservés.",
    "english": "Read more: Karsk harbour reopens | Sign up for our newsletter",
    "advert": "La suite après cette publicité",
    "code": "spot_imgspot_img",
    "url": "https://lavoixdeslacs.example/20240305/rail.html",
    "hashtags": "#rail #Lacs #Velonie",
}


@pytest.mark.parametrize("name", HEADS)
def test_clutter_above_the_article(name: str) -> None:
    reading = read(f"{HEADS[name]}\n\nLe rail au cœur des entretiens de Karsk\n\n{ARTICLE}")
    assert clutter(reading).split() == HEADS[name].split()
    assert reading.meta.title == "Le rail au cœur des entretiens de Karsk"
    assert prose(reading).endswith("les deux délégations.")


@pytest.mark.parametrize("name", TAILS)
def test_clutter_below_the_article(name: str) -> None:
    reading = read(f"Le rail au cœur des entretiens de Karsk\n\n{ARTICLE}\n{TAILS[name]}")
    assert clutter(reading).split() == TAILS[name].split()
    assert prose(reading).endswith("les deux délégations.")


@pytest.mark.parametrize("name", ["related", "advert", "newsletter"])
def test_clutter_within_the_article(name: str) -> None:
    first, second, third = ARTICLE.split("\n\n")
    reading = read(f"Le rail au cœur des entretiens de Karsk\n\n{first}\n{TAILS[name]}\n{second}\n{third}")
    assert clutter(reading).split() == TAILS[name].split()


def test_a_heading_list_within_the_article_takes_one_headline_only() -> None:
    first, second, third = ARTICLE.split("\n\n")
    reading = read(
        f"Titre de la page du jour\n\n{first}\nLire aussi\nLe port rouvre au trafic\n"
        f"Des chantiers nombreux\n{second}\n{third}"
    )
    assert clutter(reading).split() == ["Lire", "aussi", "Le", "port", "rouvre", "au", "trafic"]


def test_headings_captions_and_credits_are_no_clutter() -> None:
    first, second, third = ARTICLE.split("\n\n")
    reading = read(
        f"Le rail au cœur des entretiens\n\nPar Awa Telmis\n\n{first}\n\nUne ligne pour trois pays\n\n"
        f"{second}\n\n{third}\n\nSource : La Voix des Lacs"
    )
    assert reading.boilerplate == ()
    assert "Une ligne pour trois pays" in prose(reading)
    assert "Awa Telmis" not in prose(reading)
    assert "Voix des Lacs" not in prose(reading)


def test_a_title_said_twice_and_a_site_name() -> None:
    reading = read(f"Le rail au cœur des entretiens - lavoix.example\n\nLe rail au cœur des entretiens\n\n{ARTICLE}")
    assert reading.meta.title == "Le rail au cœur des entretiens"
    assert clutter(reading) == "- lavoix.example\n\nLe rail au cœur des entretiens"


def test_letters_of_another_alphabet_read_wrong() -> None:
    reading = read(f"Le rail au cœur des entretiens\n\n{ARTICLE}\n\nPhoto de la séance / Êàðñê. Âîêçàë")
    assert clutter(reading) == "Êàðñê. Âîêçàë"


@pytest.mark.parametrize(
    ("line", "author", "outlet", "agency"),
    [
        ("Par Awa Telmis", "Awa Telmis", None, None),
        ("PAR AWA TELMIS", "AWA TELMIS", None, None),
        ("By Orlan Velt", "Orlan Velt", None, None),
        ("Par Awa Telmis avec AFP", "Awa Telmis", None, "AFP"),
        ("Par : Awa Telmis | La Voix des Lacs", "Awa Telmis", "La Voix des Lacs", None),
        ("Publié le 5 mars 2024 à 14h30 par Awa Telmis", "Awa Telmis", None, None),
        ("La rédaction.", "La rédaction", None, None),
        ("Awa TELMIS\nJournaliste", "Awa TELMIS", None, None),
        ("AGVL-Awa Telmis", "Awa Telmis", "AGVL", None),
        ("Source : La Voix des Lacs", None, "La Voix des Lacs", None),
    ],
)
def test_who_wrote_it(line: str, author: str | None, outlet: str | None, agency: str | None) -> None:
    reading = read(f"Le rail au cœur des entretiens\n\n{ARTICLE}\n\n{line}")
    assert (reading.meta.author, reading.meta.outlet, reading.meta.agency) == (author, outlet, agency)
    assert reading.boilerplate == ()
    assert prose(reading).endswith("les deux délégations.")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("5 mars 2024 – Agence Lagune", "Agence Lagune"),
        ("Publié le mardi 5 mars 2024 | La Voix des Lacs", "La Voix des Lacs"),
        ("Publié le 5 mars 2024 | La Voix des Lacs (avec Agence Lagune)", "La Voix des Lacs"),
        ("La Voix des Lacs, mardi 5 mars 2024", "La Voix des Lacs"),
        ("La Voix des Lacs — 5 mars 2024", "La Voix des Lacs"),
        ("05.03.2024, Lagune Info", "Lagune Info"),
        ("05/03/2024 14:02", None),
        ("mardi, 5 mars, 2024", None),
        ("Lakeside Post, March 5, 2024", "Lakeside Post"),
        ("Karsk, le 5 mars 2024", None),
        ("https://lavoix.example/2024/03/05/rail.html", None),
    ],
)
def test_when_and_where_it_came_out(line: str, outlet: str | None) -> None:
    reading = read(f"Le rail au cœur des entretiens\n\n{line}\n\n{ARTICLE}")
    assert reading.meta.published == dt.date(2024, 3, 5)
    assert reading.meta.published_by is Known.TEXT
    assert reading.meta.outlet == outlet
    assert reading.meta.title == "Le rail au cœur des entretiens"


def test_a_dateline_dates_the_text_and_stays_in_its_sentence() -> None:
    reading = read(f"Le rail au cœur des entretiens\n\nKarsk, le 5 mars 2024 (AGL) – {ARTICLE}")
    assert reading.meta.published == dt.date(2024, 3, 5)
    assert reading.meta.agency == "AGL"
    assert prose(reading).count("Karsk, le 5 mars 2024") == 1


@pytest.mark.parametrize(
    "name",
    ["LA GAZETTE DES LACS", "Radio Karsk FM", "Le Courrier des Lacs – Économie", "Lagune Nouvelles | le fil de l'eau"],
)
def test_a_newspaper_s_name_above_the_title(name: str) -> None:
    reading = read(f"{name}\nMardi 5 mars 2024\n\nLe rail au cœur des entretiens\n\nPar Awa Telmis\n\n{ARTICLE}")
    meta = reading.meta
    assert meta.outlet is not None and name.startswith(meta.outlet)
    assert (meta.title, meta.author) == ("Le rail au cœur des entretiens", "Awa Telmis")
    assert meta.published == dt.date(2024, 3, 5)
    alone = read(f"Le journal de Karsk rouvre ses portes\n\n{ARTICLE}")
    assert (alone.meta.title, alone.meta.outlet) == ("Le journal de Karsk rouvre ses portes", None)


def test_other_ways_of_dating_and_crediting() -> None:
    reading = read(
        f"Le rail au cœur des entretiens\n\nMis en ligne le 5 mars 2024\n\n{ARTICLE}\n\n© Agence Lagune (AGL)"
    )
    assert reading.meta.published == dt.date(2024, 3, 5)
    assert prose(reading).endswith("les deux délégations.")
    page = read(f"05-03-2024 14:02 - Le rail au cœur des entretiens\n\nLe rail au cœur des entretiens\n\n{ARTICLE}")
    assert (page.meta.title, page.meta.published) == ("Le rail au cœur des entretiens", dt.date(2024, 3, 5))
    assert clutter(page) == "Le rail au cœur des entretiens"
    both = read(
        f"Le rail au cœur des entretiens\n\nPublié le 5 mars 2024 | Le Relais\n\n{ARTICLE}\n\nSource : Agence Lagune"
    )
    assert (both.meta.outlet, both.meta.agency) == ("Le Relais", "Agence Lagune")
    sent = read(
        f"Le rail au cœur des entretiens\n\nAvec notre correspondant à Karsk, Orlan Velt\n\n{ARTICLE}\n\n(avec agences)"
    )
    assert sent.meta.author == "Orlan Velt"
    assert sent.boilerplate == ()
    assert "agences" not in prose(sent)


def test_the_day_the_text_calls_this_one() -> None:
    said = ARTICLE.replace("a reçu mardi", "a reçu ce mardi 5 mars")
    assert read(f"Titre de la page\n\n{said}").meta.published is None
    dated = read(f" date 2024-03 Titre de la page\n\n{said}")
    assert (dated.meta.published, dated.meta.published_by) == (dt.date(2024, 3, 5), Known.GUESSED)
    whole = read(f"Titre de la page\n\n{said.replace('5 mars', '5 mars 2024')}")
    assert (whole.meta.published, whole.meta.published_by) == (dt.date(2024, 3, 5), Known.GUESSED)
    wrong = read(f"Titre de la page\n\n{said.replace('mardi 5 mars', 'lundi 5 mars 2024')}")
    assert wrong.meta.published is None
    assert read(f" date 2024-03 Titre de la page\n\n{ARTICLE}").meta.published is None


def test_what_is_given_wins() -> None:
    given = Metadata(published=dt.date(2024, 3, 7), outlet="Le Relais")
    reading = read(f"Le rail au cœur des entretiens\n\nLa Voix des Lacs, mardi 5 mars 2024\n\n{ARTICLE}", given)
    assert (reading.meta.published, reading.meta.published_by) == (dt.date(2024, 3, 7), Known.GIVEN)
    assert (reading.meta.outlet, reading.meta.agency) == ("Le Relais", "La Voix des Lacs")


def test_languages() -> None:
    assert read(ARTICLE).lang == "fr"
    english = read(
        "Rail tops the agenda\n\nThe minister received a delegation on Tuesday and both sides agreed on three projects."
    )
    assert (english.lang, english.meta.lang) == ("en", "en")
    russian = read("Министр принял делегацию и обсудил с ней строительство железной дороги в регионе.")
    assert (russian.lang, russian.meta.lang) == ("fr", "ru")
    assert language("Accord signé") == "fr"
    assert language("12:30 …") is None
    said = "Les ministres des deux pays ont signé dans la capitale un accord sur les pêches, et ils se reverront. "
    told = "The ministers of the two countries have signed an agreement on fisheries, and they will meet again. "
    assert language(3 * said) == "fr"
    assert language(3 * told) == "en"
    assert language(4 * said + 4 * told) in ("fr", "en")
    german = "Die Minister haben in der Hauptstadt ein Abkommen unterzeichnet, des Landes und du Ministère. "
    assert language(6 * german) == "de"


def test_no_text_at_all() -> None:
    for text in ("", "\n \n", "…", "A"):
        reading = read(text)
        assert len(reading.sentences) <= 1


@pytest.mark.parametrize(
    "piece", ["Par Jean Tamo\n", "Lire aussi\n", "http://", "ÿÿ é", "«", '".', "l'", "| ", "<a", "2024-01-01 ", "\x00"]
)
def test_long_monotonous_texts_are_read_in_time(piece: str) -> None:
    reading = read(piece * (60_000 // len(piece)))
    assert all(0 <= b.span.start < b.span.end <= len(reading.text) for b in reading.blocks)


@given(st.text(alphabet=st.characters(), max_size=500))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_whole(text: str) -> None:
    check(text)


PARTS = st.sampled_from(
    [
        *HEADS.values(),
        *TAILS.values(),
        *ARTICLE.split("\n\n"),
        "Par Awa Telmis",
        "5 mars 2024",
        "Titre ici même",
        "|",
        "",
        "26 C",
    ]
)


@given(st.lists(PARTS, max_size=14), st.sampled_from(["\n", "\n\n", " ", " | "]))
@settings(max_examples=120, deadline=None)
def test_any_page_is_read_whole(parts: list[str], between: str) -> None:
    check(between.join(parts))


def test_a_stroke_between_a_byline_and_clutter_is_held() -> None:
    check("Par Awa Telmis | Partager sur Facebook  Partager sur X  Envoyer par courriel")


def check(text: str) -> None:
    """Assert that blocks are in order and hold every character, and that clutter and sentences keep apart."""
    reading = read(text)
    at = 0
    held: set[int] = set()
    for block in reading.blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        at = block.span.end
        held.update(range(block.span.start, block.span.end))
    assert all(i in held for i, char in enumerate(text) if not char.isspace() and char not in "\x1c\x1d\x1e\x1f\ufeff")
    for sentence in reading.sentences:
        assert not reading.in_boilerplate(sentence.span)
        assert reading.blocks[sentence.block].span.contains(sentence.span)
        assert reading.blocks[sentence.block].kind in ("title", "heading", "paragraph")
    assert [s.index for s in reading.sentences] == list(range(len(reading.sentences)))


@pytest.mark.parametrize(
    ("signed", "author", "outlet"),
    [
        ("12 mai 2024\n\n–\n\npar\n\nplume", "plume", None),
        ("par plume le mercredi 8 mai 2024", "plume", None),
        ("par Ilva Morn le mercredi 8 mai 2024", "Ilva Morn", None),
        ("Par Ilva Morn, à Karsk – 8 mai 2024 à 09h12", "Ilva Morn", None),
        ("Ilva Morn Le 08/05/2024   Source : Les Cahiers du rail", "Ilva Morn", "Les Cahiers du rail"),
        (
            "Les Cahiers du rail de l'Ouest | n° 12 | 8 mai 2024\npar Ilva Morn et Tarn Osk",
            "Ilva Morn et Tarn Osk",
            None,
        ),
        ("Par Radio Karsk\nPublié le 08-05-2024", None, "Radio Karsk"),
        ("ILVA MORN-TESK\nLa Gazette de Karsk", "ILVA MORN-TESK", "La Gazette de Karsk"),
    ],
)
def test_signatures_of_many_shapes_are_credits(signed: str, author: str | None, outlet: str | None) -> None:
    reading = read(f"Karsk et les Lacs relancent leur ligne de chemin de fer\n\n{signed}\n\n{ARTICLE}")
    assert reading.meta.author == author
    assert outlet is None or reading.meta.outlet == outlet
    assert clutter(reading) in ("", "–")
    assert prose(reading).startswith("Karsk et les Lacs relancent leur ligne de chemin de fer Le ministre velonien")


@pytest.mark.parametrize(
    "notice",
    [
        "© lacs-infos.com 2024",
        "©lacs-infos.com",
        "LACS-PRESSE © 2024 - Tous droits de reproduction réservés",
        "Reprinted with permission from Lacs Radio Copyright (c) 2007 Lacs Radio, Inc. 12 Quay Ave, Karsk",
        "YouTube video player",
        "🎥 Le discours de la ministre à la gare",
        "► À écouter aussi : Karsk, un an après la crue",
    ],
)
def test_notices_and_media_are_clutter(notice: str) -> None:
    assert clutter(read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n\n{notice}")) == notice


def test_a_title_that_quotes_is_no_path() -> None:
    assert clutter(read(f"Les Lacs annoncent une aide « sans conditions » à Karsk\n\n{ARTICLE}")) == ""


def test_a_list_that_the_article_announces_is_its_own() -> None:
    announced = "Les ministres des deux pays ont ensuite signé des accords qui portent sur plusieurs secteurs, dont :"
    items = "\n- Culture\n- Énergie\n- Transports"
    assert clutter(read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n\n{announced}\n{items}")) == ""


def test_headlines_between_the_article_and_the_comments_are_clutter() -> None:
    others = "Karsk : le pont du nord rouvre\nLes Lacs ferment deux écoles"
    reading = read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n\n{others}\nCommentaires\nTweet")
    assert clutter(reading) == f"{others}\nCommentaires\nTweet"


def test_the_place_a_text_was_made_at_is_no_outlet() -> None:
    reading = read(f"Communiqué final de la session de Karsk sur le rail\n\n{ARTICLE}\n\nFait à Karsk, le 8 mai 2024")
    assert reading.meta.outlet is None
    assert reading.meta.published == dt.date(2024, 5, 8)


def test_a_title_with_a_counter_is_a_title() -> None:
    title = "Karsk et les Lacs relancent leur ligne de chemin de fer malgré la crue et la grève des mineurs"
    assert title not in clutter(read(f"{title} | 0 commentaire\n\n{ARTICLE}"))


def test_the_date_below_the_title_dates_the_article() -> None:
    reading = read(f"26/12/2024\n\nKarsk et les Lacs relancent leur ligne de chemin de fer\n\n11/04/2013\n{ARTICLE}")
    assert reading.meta.published == dt.date(2013, 4, 11)


def test_a_comment_box_signs_nothing() -> None:
    assert read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n\nFacebook Comments").meta.author is None


def test_teasers_broken_off_end_no_article() -> None:
    others = (
        "Le pont du nord a rouvert lundi après trois mois de travaux, et les habitants de Karsk ont pu le ...\n"
        "La ministre des Lacs a promis que les écoles rouvriraient avant la fin du mois, mais les maîtres ..."
    )
    reading = read(f"Karsk et les Lacs relancent leur ligne\n\n{ARTICLE}\n{others}")
    assert clutter(reading) == others
    cut = f"{ARTICLE}\n\nLa suite des travaux dira si la ligne rouvrira ..."
    assert clutter(read(f"Karsk et les Lacs relancent leur ligne\n\n{cut}")) == ""


@pytest.mark.parametrize(("written", "year"), [("15/06/98", 1998), ("15/06/24", 2024)])
def test_years_of_two_digits_are_of_the_century_that_is_meant(written: str, year: int) -> None:
    assert read(f"Le port rouvre\nPublié le {written}\n\nLe port a rouvert.").meta.published == dt.date(year, 6, 15)
