"""What texts really say differently is reported, with both sides; what only looks different is not."""

from __future__ import annotations

from typing import Any

from palabre.model.documents import ReadDocument
from palabre.model.records import Conflict
from palabre.register.build import build_register
from tests.reconcile.accounts import account, body, commitment, meeting

PARTIES = ("TUR", "MLI", "BFA", "NER")


def conflicts(*documents: ReadDocument, lang: str = "fr") -> dict[str, Conflict]:
    return {c.field: c for c in build_register(documents, lang=lang).conflicts}


def sides(conflict: Conflict, *documents: ReadDocument) -> dict[str, list[str]]:
    names = {d.document.id: d.document.name for d in documents}
    return {s.value: sorted(names[d] for d in s.docs) for s in conflict.values}


def told(name: str, text: str, words: str, **values: Any) -> ReadDocument:
    published = values.pop("published", "2024-05-16")
    dates = values.pop("dates", ())
    values = {"date": "2024-05-14", "place": "Ankara", "parties": PARTIES, **values}
    return account(name, text, published, meetings=[meeting(words, **values)], dates=dates)


def test_the_weekday() -> None:
    a = told(
        "a",
        "Ce mardi 14 mai, les ministres se sont réunis à Ankara.",
        "les ministres se sont réunis à Ankara",
        dates=[("mardi 14 mai", "2024-05-14")],
    )
    b = told(
        "b",
        "Ce lundi, la réunion d'Ankara a duré trois heures.",
        "la réunion d'Ankara",
        dates=[("Ce lundi", "2024-05-14")],
    )
    c = told(
        "c",
        "La réunion du 14 mai à Ankara a été brève.",
        "La réunion du 14 mai à Ankara",
        dates=[("14 mai", "2024-05-14")],
    )
    found = conflicts(a, b, c)["weekday"]
    assert found.kind == "contradiction"
    assert sides(found, a, b, c) == {"mardi": ["a"], "lundi": ["b"]}
    assert "Ankara" in found.what


def test_a_weekday_that_the_calendar_denies() -> None:
    b = told(
        "b",
        "Ce lundi, la réunion d'Ankara a duré trois heures.",
        "la réunion d'Ankara",
        dates=[("Ce lundi", "2024-05-14")],
    )
    c = told(
        "c",
        "La réunion du 14 mai à Ankara a été brève.",
        "La réunion du 14 mai à Ankara",
        dates=[("14 mai", "2024-05-14")],
    )
    assert sides(conflicts(b, c)["weekday"], b, c) == {"mardi": ["c"], "lundi": ["b"]}


def test_the_right_weekday_and_another_days_weekday_are_no_conflict() -> None:
    a = told(
        "a",
        "Ce mardi 14 mai, les ministres se sont réunis à Ankara.",
        "les ministres se sont réunis à Ankara",
        dates=[("mardi 14 mai", "2024-05-14")],
    )
    b = told(
        "b",
        "La réunion d'Ankara s'est tenue le 14 mai. Un compte rendu sortira vendredi.",
        "La réunion d'Ankara",
        dates=[("le 14 mai", "2024-05-14"), ("vendredi", "2024-05-17")],
    )
    assert "weekday" not in conflicts(a, b)


def test_the_number_of_parties() -> None:
    a = told("a", "La rencontre trilatérale d'Ankara a été brève.", "La rencontre trilatérale d'Ankara")
    b = told(
        "b",
        "Une réunion a eu lieu à Ankara. Ce rendez-vous à quatre sera répété. Les relations bilatérales tiennent.",
        "Une réunion a eu lieu à Ankara",
    )
    assert sides(conflicts(a, b)["format"], a, b) == {"à trois": ["a"], "à quatre": ["b"]}


def test_a_summit_or_a_meeting_of_ministers() -> None:
    a = told("a", "Les ministres se sont réunis à Ankara.", "Les ministres se sont réunis à Ankara")
    b = told("b", "La réunion s'est tenue à Ankara. Ce sommet fera date.", "La réunion s'est tenue à Ankara")
    c = told("c", "La réunion s'est tenue à Ankara, un an après le sommet de Tunis.", "La réunion s'est tenue à Ankara")
    found = conflicts(a, b, c)["level"]
    assert sides(found, a, b, c) == {"réunion de ministres": ["a"], "sommet": ["b"]}


def test_how_many_came() -> None:
    a = told(
        "a",
        "La réunion s'est ouverte à Ankara devant plus de cinquante dirigeants.",
        "La réunion s'est ouverte à Ankara",
    )
    b = told("b", "La réunion d'Ankara a réuni vingt-cinq chefs d'État.", "La réunion d'Ankara")
    c = told("c", "La réunion d'Ankara a réuni une cinquantaine de dirigeants.", "La réunion d'Ankara")
    assert sides(conflicts(a, b)["participants"], a, b) == {"plus de 50": ["a"], "25": ["b"]}
    assert "participants" not in conflicts(a, c)


def test_how_many_agreements() -> None:
    a = told("a", "La réunion d'Ankara a vu la signature de sept accords, dont deux protocoles.", "La réunion d'Ankara")
    b = told("b", "Cinq accords ont été signés à la réunion d'Ankara.", "la réunion d'Ankara")
    c = told("c", "Sept accords ont été signés à la réunion d'Ankara.", "la réunion d'Ankara")
    assert sides(conflicts(a, b)["agreements"], a, b) == {"7": ["a"], "5": ["b"]}
    assert "agreements" not in conflicts(a, c)


def test_other_figures_of_one_thing() -> None:
    a = account("a", "Le gazoduc du désert, long de 4 000 kilomètres, est relancé.", "2024-05-16")
    b = account("b", "Ce pipeline, un gazoduc de 4 100 kilomètres, passera par le nord.", "2024-05-17")
    found = conflicts(a, b)["figure"]
    assert sides(found, a, b) == {"4 000 kilomètres": ["a"], "4 100 kilomètres": ["b"]}
    others = (
        account("c", "La route du sud, longue de 4 100 kilomètres, est finie.", "2024-05-17"),
        account("d", "Le gazoduc du désert, long de 4 100 kilomètres, est relancé.", "2024-11-17"),
        account("e", "Le gazoduc coûtera 4 100 emplois.", "2024-05-17"),
        account("f", "Un gazoduc de 4 000 kilomètres, puis un autre gazoduc de 4 100 kilomètres.", "2024-05-17"),
    )
    for other in others:
        assert "figure" not in conflicts(a, other)


def test_how_much_was_provided_so_far() -> None:
    words = "versera 360 milliards de yuans"
    a = promised("a", f"Ankara {words}.", words, "2024-05-16", amount="360 milliards de yuans")
    b = promised(
        "b",
        f"Ankara {words}. Déjà 150 milliards de yuans ont été versés.",
        words,
        "2025-05-16",
        amount="360 milliards de yuans",
    )
    c = promised(
        "c",
        f"Ankara {words}. Un peu plus de 130 milliards de yuans ont été versés.",
        words,
        "2025-05-18",
        amount="360 milliards de yuans",
    )
    found = conflicts(a, b, c)["progress_figure"]
    assert sides(found, b, c) == {"150 milliards de yuans": ["b"], "Un peu plus de 130 milliards de yuans": ["c"]}
    late = promised(
        "d",
        f"Ankara {words}. Déjà 250 milliards de yuans ont été versés.",
        words,
        "2026-05-18",
        amount="360 milliards de yuans",
    )
    assert "progress_figure" not in conflicts(a, b, late)


def test_two_days_or_one_is_a_difference_of_scope() -> None:
    a = told("a", "Deux jours de réunion à Ankara.", "réunion à Ankara", date="2024-05-14/2024-05-15")
    b = told("b", "La réunion du 14 mai à Ankara.", "La réunion du 14 mai à Ankara")
    c = told("c", "La visite de 48 heures à Ankara a commencé.", "La visite de 48 heures à Ankara")
    assert conflicts(a, b)["duration"].kind == "variant"
    assert conflicts(c, b)["duration"].kind == "variant"
    assert "duration" not in conflicts(a, c)


def test_the_days_of_one_stay_do_not_contradict_each_other() -> None:
    a = told("a", "Réunion du 14 au 16 mai à Ankara.", "Réunion du 14 au 16 mai", date="2024-05-14/2024-05-16")
    b = told("b", "La réunion s'est ouverte le 14 mai.", "La réunion s'est ouverte le 14 mai")
    c = told("c", "La réunion s'est close le 16 mai.", "La réunion s'est close le 16 mai", date="2024-05-16")
    assert "date" not in conflicts(a, b, c)


def test_two_lengths_of_one_visit() -> None:
    a = told("a", "La visite officielle de trois jours à Ankara.", "La visite officielle de trois jours à Ankara")
    b = told("b", "Le ministre est reparti d'Ankara après une visite de 24 heures.", "une visite de 24 heures")
    found = conflicts(a, b)["duration"]
    assert found.kind == "contradiction"
    assert sides(found, a, b) == {"3 jours": ["a"], "1 jour": ["b"]}


def test_still_announced_after_it_was_held() -> None:
    a = told("a", "La réunion d'Ankara s'est tenue.", "La réunion d'Ankara")
    b = told("b", "La réunion d'Ankara aura lieu.", "La réunion d'Ankara", status="planned", published="2024-05-16")
    c = told(
        "c", "La réunion d'Ankara aura lieu bientôt.", "La réunion d'Ankara", status="planned", published="2024-05-13"
    )
    assert sides(conflicts(a, b)["status"], a, b) == {"tenue": ["a"], "annoncée": ["b"]}
    assert "status" not in conflicts(a, c)


def promised(name: str, text: str, words: str, published: str = "2024-05-16", **values: Any) -> ReadDocument:
    values = {"sector": "finance", **values}
    return account(name, text, published, commitments=[commitment(words, ["TUR"], ["MLI"], **values)])


def test_two_sums_for_one_promise() -> None:
    def hospital(name: str, amount: str, published: str) -> ReadDocument:
        words = f"{amount} pour bâtir un hôpital de cent lits à Gao"
        return promised(name, f"Selon {name}, ce sera {words}.", words, published, amount=amount, sector="health")

    a, b = hospital("a", "40 millions d'euros", "2024-05-16"), hospital("b", "45 millions d'euros", "2024-05-17")
    found = conflicts(a, b)["amount"]
    assert sides(found, a, b) == {"40 millions d'euros": ["a"], "45 millions d'euros": ["b"]}
    later = hospital("c", "45 millions d'euros", "2024-11-17")
    assert "amount" not in conflicts(a, later), "a sum revised months later contradicts nothing"


def test_one_number_of_two_currencies() -> None:
    a = promised(
        "a", "Ankara versera 360 milliards de yuans.", "versera 360 milliards de yuans", amount="360 milliards de yuans"
    )
    b = promised(
        "b",
        "360 milliards de yens en vue\n\nAnkara versera 360 milliards de yuans.",
        "versera 360 milliards de yuans",
        amount="360 milliards de yuans",
    )
    found = conflicts(a, b)["currency"]
    assert sides(found, a, b) == {"yuans": ["a", "b"], "yens": ["b"]}


def test_conversions_that_differ() -> None:
    a = promised(
        "a",
        "Ankara versera 50 milliards de yuans, soit 6,4 milliards d'euros.",
        "versera 50 milliards de yuans",
        amount="50 milliards de yuans",
    )
    b = promised(
        "b",
        "La Turquie versera 50 milliards de yuans (7,9 milliards d'euros).",
        "versera 50 milliards de yuans",
        amount="50 milliards de yuans",
    )
    c = promised(
        "c",
        "On versera 50 milliards de yuans, soit environ 6 milliards d'euros.",
        "versera 50 milliards de yuans",
        amount="50 milliards de yuans",
    )
    assert conflicts(a, b)["equivalent"].kind == "contradiction"
    assert conflicts(a, c)["equivalent"].kind == "variant"


def test_promised_here_and_only_talked_about_there() -> None:
    held = [meeting("réunion d'Ankara", date="2024-05-14", place="Ankara", parties=PARTIES)]
    a = account(
        "a",
        "Après la réunion d'Ankara, la Turquie s'est engagée à former et équiper la force conjointe.",
        "2024-05-15",
        meetings=held,
        commitments=[
            commitment("s'est engagée à former et équiper la force conjointe", ["TUR"], ["AES"], sector="defence")
        ],
    )
    b = account(
        "b",
        "La réunion d'Ankara est finie. Les discussions ont notamment porté sur l'équipement et la formation.",
        "2024-05-15",
        meetings=held,
    )
    c = account(
        "c",
        "La réunion d'Ankara est finie. Les discussions ont porté sur la pêche et le transport aérien.",
        "2024-05-15",
        meetings=held,
    )
    assert sides(conflicts(a, b, c)["firmness"], a, b, c) == {"promis": ["a"], "discuté ou souhaité": ["b"]}


def test_one_side_announces_what_both_agreed() -> None:
    a = account(
        "a",
        "Nous tiendrons des rencontres régulières.",
        "2024-05-15",
        commitments=[commitment("tiendrons des rencontres régulières", ["TUR"], ["AES"])],
    )
    b = account(
        "b",
        "Les parties ont convenu d'un dialogue régulier.",
        "2024-05-15",
        commitments=[commitment("convenu d'un dialogue régulier", ["TUR", "AES"], ["TUR", "AES"], firmness="agreed")],
    )
    assert sides(conflicts(a, b)["promisor"], a, b) == {"TUR": ["a"], "AES+TUR": ["b"]}


def test_how_often_and_where() -> None:
    a = account(
        "a",
        "Ils se réuniront chaque année, à Ankara ou au Mali.",
        "2024-05-15",
        commitments=[
            commitment(
                "se réuniront chaque année, à Ankara ou au Mali", ["TUR", "MLI"], ["TUR", "MLI"], firmness="agreed"
            )
        ],
    )
    b = account(
        "b",
        "Le dialogue sera semestriel, en Turquie ou au Mali, a-t-on convenu.",
        "2024-05-15",
        commitments=[
            commitment(
                "Le dialogue sera semestriel, en Turquie ou au Mali", ["TUR", "MLI"], ["TUR", "MLI"], firmness="agreed"
            )
        ],
    )
    found = conflicts(a, b)
    assert sides(found["cadence"], a, b) == {"tous les ans": ["a"], "tous les six mois": ["b"]}
    assert found["next_place"].kind == "variant"


def test_an_alliance_or_a_confederation() -> None:
    a = account("a", "L'Alliance des lacs du Sud a parlé.", people=[body("ALS", "Alliance des lacs du Sud")])
    b = account("b", "La Confédération des lacs du Sud a parlé.", people=[body("ALS", "Confédération des lacs du Sud")])
    c = account("c", "L'ALS a parlé.", people=[body("ALS")])
    found = conflicts(a, b, c)["body_name"]
    assert len(found.values) == 2
    assert {d for s in found.values for d in s.docs} == {a.document.id, b.document.id}


def test_english_descriptions() -> None:
    a = told("a", "La rencontre trilatérale d'Ankara a été brève.", "La rencontre trilatérale d'Ankara")
    b = told("b", "Une réunion quadripartite a eu lieu à Ankara.", "Une réunion quadripartite a eu lieu à Ankara")
    assert conflicts(a, b, lang="en")["format"].what.startswith("format of the meeting")


def test_every_side_shows_words_of_its_documents() -> None:
    a = told("a", "La rencontre trilatérale d'Ankara a été brève.", "La rencontre trilatérale d'Ankara")
    b = told("b", "Une réunion quadripartite a eu lieu à Ankara.", "Une réunion quadripartite a eu lieu à Ankara")
    texts = {d.document.id: d.document.text for d in (a, b)}
    for side in conflicts(a, b)["format"].values:
        for evidence in side.evidence:
            assert evidence.doc in side.docs
            assert evidence.span.text(texts[evidence.doc]) in ("trilatérale", "quadripartite")
