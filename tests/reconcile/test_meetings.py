"""One meeting told by several texts, and meetings that only look alike."""

from __future__ import annotations

import itertools

from palabre.model.documents import ReadDocument
from palabre.reconcile.copies import find_copies
from palabre.reconcile.judged import decisions
from palabre.reconcile.meetings import best_date, group_meetings, meeting_record
from tests.reconcile.accounts import account, meeting

PARTIES = ("SEN", "MRT")


def groups(*documents: ReadDocument) -> list[list[str]]:
    names = {d.document.id: d.document.name for d in documents}
    found = group_meetings(documents, find_copies(documents), decisions(()))
    return sorted(sorted(names[i.doc] for i in g.items) for g in found)


def told(name: str, words: str, published: str | None = "2024-05-15", **values: object) -> ReadDocument:
    return account(
        name, f"{words}. Rien d'autre n'a filtré, note {name}.", published, meetings=[meeting(words, **values)]
    )


def test_day_place_and_parties_make_one_meeting() -> None:
    a = told("a", "Les ministres se sont vus le 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    b = told("b", "La réunion de Dakar", date="2024-05-14", place="Sénégal", parties=("MRT", "SEN"))
    c = told("c", "Rencontre hier", date="2024-05-14", parties=PARTIES)
    assert groups(a, b, c) == [["a", "b", "c"]]


def test_other_parties_other_places_other_months_are_other_meetings() -> None:
    a = told("a", "Rencontre à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    b = told("b", "Rencontre à Accra", date="2024-05-14", place="Accra", parties=PARTIES)
    c = told("c", "Rencontre du soir à Dakar", date="2024-05-14", place="Dakar", parties=("SEN", "FRA"))
    d = told("d", "Rencontre de novembre", date="2024-11-14", place="Dakar", parties=PARTIES)
    assert groups(a, b, c, d) == [["a"], ["b"], ["c"], ["d"]]


def test_a_group_counts_as_its_members() -> None:
    a = told(
        "a", "Réunion avec les trois pays", date="2024-05-14", place="Ankara", parties=("TUR", "MLI", "BFA", "NER")
    )
    b = told("b", "Réunion avec l'Alliance", date="2024-05-14", place="Ankara", parties=("TUR", "AES"))
    assert groups(a, b) == [["a", "b"]]


def test_an_announced_month_meets_the_day_it_was_held() -> None:
    a = told("a", "Une réunion est prévue en mai", "2024-03-01", date="2024-05", parties=PARTIES, status="planned")
    b = told("b", "La réunion s'est tenue le 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    assert groups(a, b) == [["a", "b"]]


def test_news_without_a_date_is_of_the_days_before_it() -> None:
    a = told("a", "La réunion de Dakar", "2024-05-16", place="Dakar", parties=PARTIES)
    b = told("b", "La réunion s'est tenue le 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    c = told("c", "La rencontre de Dakar", "2025-02-02", place="Dakar", parties=PARTIES)
    assert groups(a, b, c) == [["a", "b"], ["c"]]


def test_a_summit_recalled_months_later_is_the_last_one_held_there() -> None:
    old = told("a", "Le sommet de Dakar", "2021-05-15", date="2021-05-14", place="Dakar", parties=PARTIES)
    new = told("b", "Un sommet à Dakar", "2024-05-15", date="2024-05-14", place="Dakar", parties=PARTIES)
    recalled = told("c", "depuis le sommet de Dakar", "2025-01-20", place="Dakar", parties=PARTIES)
    assert groups(old, new, recalled) == [["a"], ["b", "c"]]


def test_two_meetings_of_one_text_stay_two() -> None:
    text = "Le ministre a reçu son homologue le 14 mai à Dakar. Les présidents se sont parlé le 14 mai à Dakar."
    both = account(
        "a",
        text,
        "2024-05-15",
        meetings=[
            meeting("reçu son homologue le 14 mai", date="2024-05-14", place="Dakar", parties=PARTIES),
            meeting("se sont parlé le 14 mai", date="2024-05-14", place=None, parties=PARTIES),
        ],
    )
    assert groups(both) == [["a"], ["a"]]


def test_a_call_is_not_the_visit_of_the_same_month() -> None:
    a = told("a", "Entretien téléphonique entre les deux présidents en mai", date="2024-05", parties=PARTIES)
    b = told("b", "Visite à Dakar en mai", date="2024-05", parties=PARTIES)
    assert groups(a, b) == [["a"], ["b"]]


def test_meetings_to_be_held_every_year_are_not_one_of_them() -> None:
    a = told("a", "Les deux pays se réuniront chaque année", parties=PARTIES, status="planned")
    b = told("b", "une consultation annuelle entre les deux pays", parties=PARTIES, status="planned")
    c = told("c", "La réunion de Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    assert groups(a, b, c) == [["a", "b"], ["c"]]


def test_a_day_apart_is_one_meeting_only_when_all_else_agrees() -> None:
    a = told("a", "Réunion du 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    b = told("b", "Réunion du 15 mai à Dakar", date="2024-05-15", place="Dakar", parties=PARTIES)
    c = told("c", "Réunion du 15 mai", date="2024-05-15", parties=("SEN",))
    assert groups(a, b) == [["a", "b"]]
    assert groups(a, c) == [["a"], ["c"]]


def test_a_text_that_names_both_days_tells_of_two_meetings() -> None:
    a = told("a", "Réunion du 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES)
    words = "Entretien du 15 mai à Dakar"
    b = account(
        "b",
        f"{words}, au lendemain de la réunion du 14 mai.",
        "2024-05-15",
        meetings=[meeting(words, date="2024-05-15", place="Dakar", parties=PARTIES)],
        dates=[("15 mai", "2024-05-15"), ("14 mai", "2024-05-14")],
    )
    assert groups(a, b) == [["a"], ["b"]]


def test_the_order_of_the_texts_changes_nothing() -> None:
    documents = [
        told("a", "Réunion du 14 mai à Dakar", date="2024-05-14", place="Dakar", parties=PARTIES),
        told("b", "Réunion de mai", date="2024-05", parties=PARTIES),
        told("c", "Réunion du 15 mai à Dakar", date="2024-05-15", place="Dakar", parties=PARTIES),
        told("d", "Réunion de Dakar", place="Dakar", parties=PARTIES),
    ]
    results = {str(groups(*p)) for p in itertools.permutations(documents)}
    assert len(results) == 1


def test_the_record_gives_the_finest_values() -> None:
    a = told("a", "Une réunion est prévue en mai", "2024-03-01", date="2024-05", parties=PARTIES, status="planned")
    b = told("b", "La réunion s'est tenue le 14 mai", date="2024-05-14", place="Dakar", parties=PARTIES)
    copies = find_copies([a, b])
    (group,) = group_meetings([a, b], copies, decisions(()))
    record = meeting_record(group, copies, decisions(()))
    assert (record.date, record.place, record.status, record.origins) == ("2024-05-14", "Dakar", "held", 2)
    assert record.id.rpartition("-")[2] in {e.id.rpartition("-")[2] for e in record.mentions}


def test_the_best_date_agrees_with_most() -> None:
    assert best_date(["2024-05", "2024-05-14", "2024-05-14", "2024-05-20", None]) == "2024-05-14"
    assert best_date([None]) is None
