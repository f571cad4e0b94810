"""Which verb governs a date, and dates counted from others of the text. The sentences are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from palabre.lang.interface import Words
from palabre.model.edtf import Precision, parse
from palabre.text.dates.find import find

MONDAY = dt.date(2018, 3, 19)

GOVERNED = [
    ("Il l'a dit lors de la première réunion du conseil tenue au bord du lac à Karsk ce mardi.", ["2018-03-13"]),
    ("Le sommet qui s'est tenu à Karsk, la capitale, ce week-end a duré. La prochaine session est loin.",
     ["2018-03-17/2018-03-18"]),
    ("Le sommet se tiendra à Karsk ce week-end.", ["2018-03-24/2018-03-25"]),
    ("Prévue à la mi-décembre, la rencontre avait été repoussée.", ["2017-12"]),
    ("La rencontre, initialement prévue le 10 janvier, aura lieu plus tard.", ["2018-01-10"]),
    ("Prévue en décembre, la rencontre réunira dix pays.", ["2018-12"]),
    ("Les délégués se sont entendus pour se revoir en août.", ["2018-08"]),
    ("La société a promis de livrer les wagons en novembre.", ["2018-11"]),
    ("Un incendie a été signalé dans le village de Moura fin novembre.", ["2017-11"]),
    ("Les ministres ont étendu la mission envoyée par la confédération le long de la frontière entre la Velonie et les "
     "Lacs en juillet.", ["2017-07"]),
    ("L'annonce a été faite lors du sommet de Karsk, qui se termine officiellement mercredi.", ["2018-03-21"]),
    ("Les guichets rouvriront dimanche prochain, indique lundi un communiqué.", ["2018-03-25", "2018-03-19"]),
    ("Le trafic reprendra, apprend-on samedi auprès du port.", ["2018-03-17"]),
    ("Vendredi marque la fin des trente jours fixés par le traité.", ["2018-03-16"]),
    ("La visite, d'abord prévue en janvier, avait été remise au mois de février.", ["2018-01", "2018-02"]),
    ("Ce sommet, évoqué pour février, est désormais espéré en octobre.", ["2018-02", "2018-10"]),
    ("Le sommet est prévu pour février.", ["2019-02"]),
    ("Le prêt servira à rebâtir la gare détruite par la crue début avril.", ["2017-04"]),
    ("Les ministres sont attendus aujourd'hui à Karsk.", ["2018-03-19"]),
    ("M. Morelé devait gagner Karsk vendredi soir, puis passer samedi et dimanche à Olm.",
     ["2018-03-16", "2018-03-17/2018-03-18"]),
    ("Le calme revient après la réunion de mardi.", ["2018-03-13"]),
    ("Le calme revient en vue du scrutin de samedi.", ["2018-03-24"]),
    ("Le conseil a siégé samedi, comme c'était prévu vendredi.", ["2018-03-17", "2018-03-16"]),
    ("Le conseil a reporté mardi le vote.", ["2018-03-13"]),
    ("Le conseil a reporté à mardi le vote.", ["2018-03-20"]),
    ("Mardi, le vote a été reporté à juin.", ["2018-03-13", "2018-06"]),
    ("Ils ont paraphé le texte appelé « acte de Karsk », mardi à Olm.", ["2018-03-13"]),
    ("Les délégués sont appelés à voter mardi.", ["2018-03-20"]),
    ("Le texte « devrait être signé demain » mardi.", ["2018-03-20", "2018-03-20"]),
    ("La région, meurtrie par le séisme du 2 avril, se relève.", ["2017-04-02"]),
    ("La région prépare le sommet du 2 avril.", ["2018-04-02"]),
    ("« Nous sommes fiers de nous engager aujourd'hui à aider la ville », a-t-elle dit.", ["2018-03-19"]),
    ("Karsk, le 19 mars 2018. Aujourd'hui, les délégués ont fait des promesses.", ["2018-03-19", "2018-03-19"]),
    ("samedi 8 août 2020\nLes nouvelles\n\nLe port rouvre\n\nKarsk – Le port a rouvert hier.", ["2018-03-18"]),
    ("Tout se jouera au Conseil fédéral d'aujourd'hui.", ["2018-03-19"]),
    ("Le port a rouvert en juin 85, puis fermé.", ["1985-06"]),
    ("Ils viendront en juin 50, 60 ou 70.", ["2018-06"]),
    ("« Aujourd'hui, lors du sommet de Karsk, le monde a conclu un accord », a-t-elle dit.", ["2018-03-19"]),
    ("« Ma visite aujourd'hui est une chance pour tous », a-t-elle dit.", ["2018-03-19"]),
]  # fmt: skip

COUNTED = [
    ("Le port fut ouvert à l'été 2014. Trois ans plus tard, il fermait.", ["2014-22", "2017"]),
    (
        "Le projet de 2016 a échoué. Le contrat, conclu le 25 octobre de cette année-là, est resté lettre morte.",
        ["2016", "2016-10-25"],
    ),
    ("Les arrivées ont baissé en janvier par rapport au même mois de l'an passé.", ["2018-01", "2017-01"]),
    ("Jusqu'au mois dernier, deux lignes seulement étaient ouvertes.", ["2018-02"]),
    ("Les accords sont nombreux.\n\n- 1960: un traité de commerce\n- 1985: un accord de pêche", ["1960", "1985"]),
    ("L'accord va entrer en vigueur cet automne.", ["2018-23"]),
    ("La fouille a commencé le 5 mars et s'est achevée la même journée.", ["2018-03-05", "2018-03-05"]),
    ("Elle a gagné Karsk le 5 mars 2016. Ce jour, elle a ouvert le pont.", ["2016-03-05", "2016-03-05"]),
    ("Les mesures valent à partir du mois prochain, et non du trimestre dernier.", ["2018-04", "2017-10/2017-12"]),
    ("Le traité date de mai 2012 ; en mars de l'année suivante, il était rompu.", ["2012-05", "2013-03"]),
    ("Elle s'est tenue le 12 du mois dernier, et non le 5 courant.", ["2018-02-12", "2018-03-05"]),
    ("Les pluies vont d'ordinaire de fin avril à début mai.", ["2018-04/2018-05"]),
    ("Le port date du début des années 90, la gare des années quatre-vingt.", ["199X", "198X"]),
    ("Le plan de la décennie 2010 court encore.", ["201X"]),
    ("Il y a tout juste deux ans, le pont rouvrait.", ["2016"]),
    ("Les travaux reprendront au printemps 2020.", ["2020-21"]),
    ("mai 15, 2017 par la rédaction", ["2017-05-15"]),
    ("En début de semaine, le conseil a siégé.", ["2018-03-19/2018-03-25"]),
    ("En effet, 2014 marque un tournant. 2016 est l'année du port.", ["2014", "2016"]),
    ("Les lots arriveront fin 2019-début 2020, les autres entre fin 2021 et début 2023.", ["2019/2020", "2021/2023"]),
    (
        "Les traités.\n\n-- 2000 --\n- 13/14 juin: rencontre à Karsk.\n- 14 oct: prix de la paix.\n\n-- 2003 --\n"
        "- 10 jan: rupture, annoncée en décembre.",
        ["2000", "2000-06-13/2000-06-14", "2000-10-14", "2003", "2003-01-10", "2003-12"],
    ),
    ("2 février 89 : visite à Karsk. On annonce une visite du 15 au 18 mai.", ["1989-02-02", "1989-05-15/1989-05-18"]),
    ("3 février 1999 : le pont rouvre.\nLe 4, le maire annonce son départ.", ["1999-02-03", "1999-02-04"]),
    (
        "La séance du 3 mars a été annulée. Selon le maire, ce jour avait été choisi par d'autres.",
        ["2018-03-03", "2018-03-03"],
    ),
    ("Les textes prévoient la tenue d'élections le 23 décembre.", ["2018-12-23"]),
    (
        "Elle a séjourné ici du 18 au 24 juin 2009. Dès le 18 juin, elle fêtait l'appel du 18 juin 1945.",
        ["2009-06-18/2009-06-24", "2009-06-18", "1945-06-18"],
    ),
    ("Il y a vingt-cinq ans, le pont n'était pas là.", ["1993"]),
    ("Les ventes ont crû sur les cinq premiers mois de 2017.", ["2017-01/2017-05"]),
    ("Les ventes ont crû sur les onze premiers mois de l'an dernier.", ["2017-01/2017-11"]),
    ("Le prêt court jusqu'à 2030.", ["2030"]),
    ("La reprise du rail est espérée en octobre.", ["2018-10"]),
    ("La banque dit avoir versé en 2010 2,2 milliards de francs.", ["2010"]),
    ("« Et ce, avant la fin du mois de mai », a déclaré la ministre.", ["2018-05"]),
    ("Le fort – cédé en 1962 à la ville – a été classé début février.", ["1962", "2018-02"]),
    ("Après les discussions du 12 mars, la séance de lundi fut brève.", ["2018-03-12", "2018-03-19"]),
    ("Beaucoup de monde hier à Karsk, où le port rouvrait.", ["2018-03-18"]),
]

NO_DATES = [
    "Les patrouilles se font désormais en mer. Elles durent deux jours.",
    "L'arrivée de l'hiver ne fera qu'user les routes.",
    "Les deux premiers mois de la mission furent durs.",
    "Ce n'est plus le monde d'hier.",
    "Les patrouilles furent doublées au lendemain d'incidents graves.",
    "Tout était prêt à la veille du vote.",
    "Le bureau de veille sanitaire a été doté de moyens.",
    "La gare a été fermée.",
    "Elle l'a promis pour le début de la décennie de la paix, comme lors de la décennie passée.",
    "Le port a rouvert la même année que la gare.",
    "Elle l'a promis lors du discours de nouvel an.",
    "Un monde aujourd'hui sans repères.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*GOVERNED, *COUNTED], ids=[t[:50] for t, _ in [*GOVERNED, *COUNTED]])
def test_governed_and_counted(text: str, expected: list[str]) -> None:
    assert [f.resolved.value for f in find(text, "fr", MONDAY)] == expected


def test_what_is_said_in_a_quotation_does_not_move_the_tale() -> None:
    text = "Elle a parlé samedi, selon la radio. « Nous l'avons vu hier soir », dit-elle. Il l'avait averti la veille."
    found = find(text, "fr", MONDAY, quoted=lambda at: text.index("«") < at < text.index("»"))
    assert [f.resolved.value for f in found] == ["2018-03-17", "2018-03-16", "2018-03-16"]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_sounds_like_a_day(text: str) -> None:
    assert find(text, "fr", MONDAY) == ()


def test_seasons_are_read_and_said() -> None:
    winter = parse("2021-24")
    assert (winter.earliest, winter.latest) == (dt.date(2021, 12, 1), dt.date(2022, 2, 28))
    assert winter.precision is Precision.YEAR
    assert parse("2021-22").covers(parse("2021-07"))
    assert Words("fr").date("2021-23") == "automne 2021"
    assert Words("en").date("2021-21") == "spring 2021"


def test_this_day_in_a_quotation_is_the_day_just_named() -> None:
    text = "Mardi 2 mai 2017, un communiqué indique que « la ministre a été reçue ce mardi au palais »."
    found = find(text, "fr", MONDAY, quoted=lambda at: at > text.index("«"))
    assert [f.resolved.value for f in found] == ["2017-05-02", "2017-05-02"]
