"""What calendar expressions mean: one row a behaviour, the text of each invented. Published on Friday 4 April 2025."""

from __future__ import annotations

import datetime as dt

import pytest

from palabre.text.dates import find, horizons, resolve

FRIDAY = dt.date(2025, 4, 4)

FULL = [
    ("Le 3 avril 2025, la délégation est arrivée.", ["2025-04-03"]),
    ("Il se rendra au port jeudi, 03 avril 2025.", ["2025-04-03"]),
    ("la note du 02.04.2025, celle du 03/04/2025 puis celle du 2025-04-04", ["2025-04-02", "2025-04-03", "2025-04-04"]),
    ("le lundi 31/03/2025 à 10:30", ["2025-03-31"]),
    ("signée le 1er mai 1994 à midi", ["1994-05-01"]),
    ("\u00abLe 3\u00a0avril\u00a02025\u00bb", ["2025-04-03"]),
    ("VENDREDI 4 AVRIL 2025", ["2025-04-04"]),
    ("le 15 févr. 2024 et le 3 aout 2024", ["2024-02-15", "2024-08-03"]),
    ("3 April 2025, photo de l'agence", ["2025-04-03"]),
    ("date 2025-04 du fichier", ["2025-04"]),
    ("le 14 juillet de l'an dernier", ["2024-07-14"]),
]
WITHOUT_YEAR = [
    ("Le 1er mai, le pays fêtera ses ouvriers.", ["2025-05-01"]),
    ("le 27 décembre", ["2024-12-27"]),
    ("jusqu'au 31 décembre", ["2025-12-31"]),
    ("avant le 30 septembre", ["2025-09-30"]),
    ("Le pont a été ouvert le 15 octobre.", ["2024-10-15"]),
    ("Le pont sera ouvert le 15 octobre.", ["2025-10-15"]),
    ("le 25 mars dernier et le 3 juin prochain", ["2025-03-25", "2025-06-03"]),
    ("le 3 avril à la mairie, le 5 au musée", ["2025-04-03", "2025-04-05"]),
    ("le 29 février", ["2024-02-29"]),
    ("mise à jour le 31/03, par les 2/3 des voix", ["2025-03-31"]),
    ("Le 12 mai 2019, ils se sont vus. Le 12 mai reste un grand jour.", ["2019-05-12", "2019-05-12"]),
]
WEEKDAYS = [
    ("Ils se sont vus jeudi dernier.", ["2025-04-03"]),
    ("La commission se réunira jeudi prochain.", ["2025-04-10"]),
    ("La ministre a reçu mardi son homologue.", ["2025-04-01"]),
    ("La ministre recevra mardi son homologue.", ["2025-04-08"]),
    ("La ministre a reçu vendredi son homologue.", ["2025-04-04"]),
    ("La réunion prévue mardi est annulée.", ["2025-04-08"]),
    ("Ce vendredi, elle est arrivée.", ["2025-04-04"]),
    ("vendredi soir, elle a parlé", ["2025-04-04"]),
    ("dans la nuit de mercredi à jeudi", ["2025-04-02/2025-04-03"]),
    ("mercredi et jeudi, ils ont débattu", ["2025-04-02/2025-04-03"]),
    ("lundi de la semaine prochaine", ["2025-04-07"]),
    ("Elle est au port depuis lundi.", ["2025-03-31"]),
    ("un jeudi, tous les lundis, chaque mardi", []),
]
MONTHS = [
    ("Il viendra en juin prochain.", ["2025-06"]),
    ("Il est venu en juin dernier.", ["2024-06"]),
    ("La route a été ouverte en novembre.", ["2024-11"]),
    ("La route sera ouverte en novembre.", ["2025-11"]),
    ("des appels en 2022 et une rencontre au port en novembre", ["2022", "2022-11"]),
    ("décidée fin 2023, la banque a été confirmée à la mi-mars", ["2023", "2025-03"]),
    ("conclu fin juin", ["2024-06"]),
    ("ils se voient ce mois d'avril", ["2025-04"]),
    ("mi-mars et à la mi-février 2025", ["2025-03", "2025-02"]),
    ("à la fin du mois de mars", ["2025-03"]),
    ("en mars de cette année", ["2025-03"]),
    ("janvier et février 2025", ["2025-01", "2025-02"]),
    ("Avril est venue avec sa sœur", []),
]
YEARS = [
    ("dès 2025, depuis 2012, d'ici 2030, d'ici à 2035, jusqu'en 2027", ["2025", "2012", "2030", "2035", "2027"]),
    ("début 2024, courant 2026, fin 2025, mi-2027", ["2024", "2026", "2025", "2027"]),
    ("l'an dernier, l'an passé, l’année prochaine, cette année", ["2024", "2024", "2026", "2025"]),
    ("en 2021, 2022 et 2023", ["2021", "2022", "2023"]),
    ("Forum 2024 : bilan", ["2024"]),
    ("la Coupe du monde 2030", ["2030"]),
    ("la Constitution de 1991", ["1991"]),
    ("100 000 emplois d'ici 2027", ["2027"]),
    ("500 millions en 2024 contre 300 en 2023", ["2024", "2023"]),
    ("les années 1990, les années 90, au XIXe siècle, au xixe siècle", ["199X", "199X", "18XX", "18XX"]),
]
SPANS = [
    ("du 4 au 6 septembre 2024", ["2024-09-04/2024-09-06"]),
    ("du lundi 7 au mercredi 9 avril", ["2025-04-07/2025-04-09"]),
    ("du 28 décembre au 3 janvier 2025", ["2024-12-28/2025-01-03"]),
    ("les 3 et 4 avril", ["2025-04-03/2025-04-04"]),
    ("les 22, 23 et 24 mars 2015", ["2015-03-22/2015-03-24"]),
    ("les lundi 7, mardi 8 et mercredi 9 avril 2025", ["2025-04-07/2025-04-09"]),
    ("les 3 et 10 avril", ["2025-04-03", "2025-04-10"]),
    ("les 30 et 31 août et le 1er septembre 2015", ["2015-08-30/2015-08-31", "2015-09-01"]),
    ("entre 2021 et 2023, de 2021 à 2023", ["2021/2023", "2021/2023"]),
    ("le plan 2025-2027, (2019–2021), l'exercice 2024-25", ["2025/2027", "2019/2021", "2024/2025"]),
    ("le commerce a progressé de janvier à mars", ["2025-01/2025-03"]),
    ("Au premier semestre 2026, le port ouvrira.", ["2026-01/2026-06"]),
    ("Le port ouvrira au troisième trimestre.", ["2025-07/2025-09"]),
    ("au premier trimestre de l'année prochaine", ["2026-01/2026-03"]),
    ("La semaine dernière, il a plu.", ["2025-03-24/2025-03-30"]),
    ("à l'été 2024", ["2024-22"]),
    ("le week-end dernier", ["2025-03-29/2025-03-30"]),
]
RELATIVE = [
    ("Hier, il a plu ; avant-hier aussi ; demain, il fera beau.", ["2025-04-03", "2025-04-02", "2025-04-05"]),
    ("Il y a deux semaines, elle a démissionné.", ["2025-03-21"]),
    ("Il y a trois ans, le pont a cédé.", ["2022"]),
    ("Ce matin, elle a parlé.", ["2025-04-04"]),
    ("dans trois mois, dans trois jours", ["2025-07", "2025-04-07"]),
    ("d'ici à la fin de l'année, d'ici la fin du mois", ["2025", "2025-04"]),
    ("le mois prochain, le mois dernier", ["2025-05", "2025-03"]),
    (
        "Le 12 mars 2024, ils ont signé. La veille, ils avaient dîné. Le lendemain, ils sont partis.",
        ["2024-03-12", "2024-03-11", "2024-03-13"],
    ),
    ("La veille, 2 avril, ils avaient dîné.", ["2025-04-02"]),
    ("Ils ont rompu la veille, et elle a répondu lundi.", ["2025-03-30", "2025-03-31"]),
    (
        "À la mi-novembre 2023, il parla des accords d'avril 2015. Un mois plus tard, il se tut.",
        ["2023-11", "2015-04", "2023-12"],
    ),
    ("Visite du 23 au 25 avril. Il sera reçu le 24.", ["2025-04-23/2025-04-25", "2025-04-24"]),
    ("à la veille du 3 avril, au lendemain du 3 avril", ["2025-04-02", "2025-04-04"]),
    ("En 2011, il gagna. Cette année-là, il voyagea. L'année suivante, il perdit.", ["2011", "2011", "2012"]),
    ("Le 3 avril, ils ont signé. Le même jour, ils sont partis.", ["2025-04-03", "2025-04-03"]),
    ("Le 11 mars, il arriva. Le mercredi suivant, il repartit.", ["2025-03-11", "2025-03-12"]),
    ("En juillet 1983, tout cessa ; deux mois plus tard, tout reprit.", ["1983-07", "1983-09"]),
]
NO_DATES = [
    ("48 heures, depuis plusieurs années, tous les six mois, sur trois ans, dans les mois à venir", []),
    ("2 400 producteurs, 2000 hommes, 2024 tonnes, environ 1990 ménages, 1950 $", []),
    ("l'Agenda 2063, la résolution 2040, l'article 1998, la loi n° 2021-031", []),
    ("la 39e session, à 18h30, 3,5 points, 12-15 %, le 3e rang", []),
    ("à la veille du sommet, 24 heures plus tard, ces dernières années, les trois prochaines années", []),
    ("voir https://exemple.invalid/20250402/2025-04-03/a et ecrire@exemple.invalid", []),
    ("La séance s'ouvre aujourd'hui au port.", ["2025-04-04"]),
    ("Elle a été reçue aujourd'hui par le maire.", ["2025-04-04"]),
    ("Notre entente est aujourd'hui excellente.", []),
    ("Aujourd'hui, le pays est prêt.", []),
    ("le monde d'aujourd'hui, l'Afrique de demain", []),
    ("tous les ans en septembre, chaque année au mois de mai", []),
    ("à ce jour, depuis le début de ce siècle, Noël Martin, Toussaint a parlé, l'arrêté n° 2024-12", []),
]
ROWS = [*FULL, *WITHOUT_YEAR, *WEEKDAYS, *MONTHS, *YEARS, *SPANS, *RELATIVE, *NO_DATES]


def values(text: str, published: dt.date | None = FRIDAY, lang: str = "fr", lean: str = "past") -> list[str]:
    return [f.resolved.value for f in find(text, lang, published, lean=lean)]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text[:50] for text, _ in ROWS])
def test_french(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met on Thursday, April 3, 2025.", ["2025-04-03"]),
        ("The forum wrapped up on Wednesday.", ["2025-04-02"]),
        ("They promised it last September.", ["2024-09"]),
        ("The port will open in 2026.", ["2026"]),
        ("on 3 April and on the 5th of May 2024", ["2025-04-03", "2024-05-05"]),
        ("from 2021 to 2023, last year, next month", ["2021/2023", "2024", "2025-05"]),
        ("three years ago, yesterday, tomorrow", ["2022", "2025-04-03", "2025-04-05"]),
        ("from 4 to 6 September 2024, September 4-6, 2024", ["2024-09-04/2024-09-06", "2024-09-04/2024-09-06"]),
        ("today's meeting in today's world", ["2025-04-04"]),
        ("mid-March, at the end of 2026, Q1 2026", ["2025-03", "2026", "2026-01/2026-03"]),
        ("in the first quarter of 2026", ["2026-01/2026-03"]),
        ("in the 1990s, in the 19th century", ["199X", "18XX"]),
        ("They may march over three years with 2,400 people.", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert values(text, lang="en") == expected


def test_a_day_that_is_a_name_is_no_date() -> None:
    assert values("Le Mouvement du 23 mars a quitté la Place du 14 juillet.") == []
    assert values("Ils ont signé l'accord du 23 mars.") == ["2025-03-23"]


def test_spans_hold_the_words() -> None:
    text = "Reçu le 3 avril, il repartira le 5 mai 2025."
    assert [text[f.start : f.end] for f in find(text, "fr", FRIDAY)] == ["le 3 avril", "le 5 mai 2025"]


def test_the_day_number_wins_over_the_weekday_and_the_contradiction_is_kept() -> None:
    (found,) = find("mercredi 3 avril 2025", "fr", FRIDAY)
    assert (found.resolved.value, found.resolved.weekday_conflict) == ("2025-04-03", 2)
    (found,) = find("lundi 1er avril 2025", "fr", FRIDAY)
    assert (found.resolved.value, found.resolved.weekday_conflict) == ("2025-04-01", 0)


def test_two_names_of_the_day_of_writing_are_one_day() -> None:
    both = find("Ce mercredi, ils se sont vus. Les échanges de ce 3 avril ont duré.", "fr", FRIDAY)
    assert [(f.resolved.value, f.resolved.weekday_conflict) for f in both] == [("2025-04-03", 2), ("2025-04-03", None)]


def test_without_publication_relative_dates_are_left_out() -> None:
    assert values("Ce lundi, en juin prochain, le 3 avril, l'an dernier, fin 2021", None) == ["2021"]


def test_without_publication_a_dateline_is_the_anchor() -> None:
    assert values("Valbrune, 3 avril 2025 – Ils ont signé mercredi.", None) == ["2025-04-03", "2025-04-02"]


def test_without_publication_the_one_year_named_is_given_to_the_days() -> None:
    assert values("Ils se sont vus le 23 mai 2021 puis encore le 3 juin.", None)[-1] == "2021-06-03"


def test_today_in_a_quotation_is_the_day_of_the_event() -> None:
    text = "Le 3 avril, elle a dit : « notre rencontre d’aujourd’hui compte »."
    inside = text.index("«")
    found = find(text, "fr", FRIDAY, quoted=lambda at: at > inside)
    assert [f.resolved.value for f in found] == ["2025-04-03", "2025-04-03"]


def test_parts_narrow_the_days_and_not_the_value() -> None:
    found = resolve("fin juin 2025")
    assert found is not None
    assert (found.value, found.first, found.last) == ("2025-06", dt.date(2025, 6, 21), dt.date(2025, 6, 30))


def test_resolve_wants_one_expression() -> None:
    assert resolve("hier et demain", "fr", FRIDAY) is None
    assert resolve("rien", "fr", FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sur trois ans", ["2028"]),
        ("au cours des trois années qui viennent", ["2028"]),
        ("dans les cinq prochaines années", ["2030"]),
        ("d'ici six mois", ["2025-10"]),
        ("sous 30 jours", ["2025-05-04"]),
        ("depuis trois ans, tous les deux ans", []),
    ],
)
def test_lengths_of_time_ahead(text: str, expected: list[str]) -> None:
    assert [h.resolved.value for h in horizons(text, "fr", FRIDAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeudi", "2025-04-10"),
        ("le 2", "2025-05-02"),
        ("17/2", "2026-02-17"),
        ("24 12 26", "2026-12-24"),
        ("lundi en huit", "2025-04-14"),
    ],
)
def test_an_assistant_leans_to_the_future(text: str, expected: str) -> None:
    assert values(text, lean="future") == [expected]


def test_the_press_does_not_speak_like_that() -> None:
    assert values("le 2") == values("17/2") == values("24 12 26") == []
