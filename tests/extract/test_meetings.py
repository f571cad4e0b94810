"""What is told of meetings: which there are, when, where, between whom, held or to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.actors import find_actors
from palabre.extract.dates import find_dates
from palabre.extract.meetings import find_meetings
from palabre.model.annotations import Annotations, MeetingMention
from palabre.model.documents import Known, Metadata, RawDocument
from palabre.text.compose import read_text


def told(text: str, published: str | None = "2024-06-14", lang: str | None = "fr") -> tuple[MeetingMention, ...]:
    day = dt.date.fromisoformat(published) if published else None
    given_meta = Metadata(lang=lang, published=day, published_by=Known.GIVEN if day else None)
    reading = read_text(RawDocument("t", "t.txt", text, "text/plain", given_meta))
    found = Annotations(boilerplate=reading.boilerplate, dates=find_dates(reading))
    actors, mentions = find_actors(reading)
    return find_meetings(reading, replace(found, actors=actors, mentions=mentions))


@pytest.mark.parametrize(
    ("text", "date", "place", "parties", "status"),
    [
        (
            "Lisbonne a accueilli le 12 juin une réunion des ministres de l'Énergie du Portugal et du Maroc.",
            "2024-06-12",
            "Lisbonne",
            {"PRT", "MAR"},
            "held",
        ),
        (
            "En mars, il avait été convenu que la prochaine session du Ghana et du Japon se tiendrait à Tokyo.",
            None,
            "Tokyo",
            {"GHA", "JPN"},
            "planned",
        ),
        (
            "Le ministre ghanéen du Commerce, Kwabo Tessi, se rendra à Tokyo en octobre prochain en visite officielle.",
            "2024-10",
            "Tokyo",
            {"GHA", "JPN"},
            "planned",
        ),
        (
            "Les présidents du Pérou et de la Norvège se sont rencontrés mercredi lors d'un sommet dans le village de "
            "Ronda.",
            "2024-06-12",
            "Ronda",
            {"PER", "NOR"},
            "held",
        ),
        (
            "Les deux délégations, ivoirienne et turque, se sont réunies du 4 au 6 juin 2024 à Ankara.",
            "2024-06-04/2024-06-06",
            "Ankara",
            {"CIV", "TUR"},
            "held",
        ),
        (
            "Une délégation vietnamienne est arrivée mercredi à Alger pour trois jours d'entretiens avec les autorités "
            "algériennes.",
            "2024-06-12/2024-06-14",
            "Alger",
            {"VNM", "DZA"},
            "held",
        ),
    ],
)
def test_says_when_where_and_between_whom(text: str, date: str, place: str, parties: set[str], status: str) -> None:
    (meeting,) = told(text)
    assert meeting.date == date
    assert meeting.place == place
    assert parties <= set(meeting.parties)
    assert meeting.status == status


def test_a_meeting_told_again_is_one_mention() -> None:
    text = (
        "Le Chili et le Pérou ont tenu le 3 juin 2024 à Lima une réunion consacrée à la pêche. "
        "Cette rencontre a duré deux heures. La réunion s'est achevée sans déclaration."
    )
    (meeting,) = told(text)
    assert (meeting.date, meeting.place) == ("2024-06-03", "Lima")


def test_meetings_of_different_days_stay_apart() -> None:
    text = (
        "Le Kenya et l'Inde ont tenu une réunion à Nairobi le 2 mars 2024 puis une réunion à New Delhi le 9 mai 2024."
    )
    assert {m.date for m in told(text)} == {"2024-03-02", "2024-05-09"}


def test_one_meeting_for_each_person_received_apart() -> None:
    text = (
        "Le président indonésien, Raka Wibawa, a reçu séparément le Kenyan Amos Otuke, le Tchadien Idriss Barka et le "
        "Malgache Tiana Rako."
    )
    pairs = {frozenset(m.parties) for m in told(text)}
    assert pairs == {frozenset({"IDN", "KEN"}), frozenset({"IDN", "TCD"}), frozenset({"IDN", "MDG"})}


def test_the_date_of_something_else_is_not_the_meetings() -> None:
    (meeting,) = told("Une réunion s'est tenue à Rabat entre le Maroc et l'Organisation Alizé, créée en mars 2019.")
    assert meeting.date is None


def test_a_press_conference_is_no_meeting() -> None:
    assert told("Le ministre norvégien Olav Brenn a donné une conférence de presse.") == ()


def test_a_weekday_that_contradicts_the_date_is_kept() -> None:
    text = (
        "Ce mercredi, une rencontre de haut niveau s'est tenue à Séoul entre la Corée du Sud et le Gabon. "
        "Les discussions de ce 13 juin ont porté sur la pêche."
    )
    (meeting,) = told(text)
    assert meeting.date == "2024-06-13"
    assert meeting.weekday == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_safe_and_spans_lie_inside(text: str) -> None:
    for meeting in told(text + " réunion à Rome le 3 mai entre l'Italie et le Tchad " + text[:40]):
        assert 0 <= meeting.span.start < meeting.span.end


def test_a_long_text_takes_time_in_proportion() -> None:
    sentence = "Une réunion s'est tenue à Oslo le 3 mai 2024 entre la Norvège et le Ghana. "
    assert len(told(sentence * 400)) == 1


def test_a_numbered_and_an_extraordinary_session_are_two() -> None:
    text = (
        "Le 45e sommet de la SADC s'est tenu lundi à Lusaka. "
        "Avant le 45e sommet de la SADC, le sommet extraordinaire de la SADC et de la CEDEAO avait nommé un médiateur."
    )
    found = told(text)
    assert [(m.date, set(m.parties) >= {"SADC", "CEDEAO"}) for m in found] == [("2024-06-10", False), (None, True)]


def test_a_member_of_a_large_group_is_not_the_group() -> None:
    text = (
        "Mardi, des diplomates de l'UE se sont rendus à Lagos pour des réunions avec le Nigeria. "
        "S'exprimant lors d'une visite à Alger, le Premier ministre italien a promis des échanges avec l'Algérie."
    )
    assert {(m.date, m.place) for m in told(text)} == {("2024-06-11", "Lagos"), (None, "Alger")}


@pytest.mark.parametrize(
    "text",
    [
        "Les discussions du Pérou et de la Norvège prévues le 12 juin à Oslo n'ont pas eu lieu.",
        "La réunion entre le Pérou et la Norvège ne s'est finalement pas tenue.",
        "La délégation du Pérou a refusé de se rendre dans la capitale norvégienne.",
    ],
)
def test_what_did_not_take_place_is_no_meeting(text: str) -> None:
    assert told(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le Pérou et la Norvège se rencontreraient dans les prochaines semaines.",
        "Le dialogue serait suivi par une rencontre entre le président du Pérou et le roi de Norvège.",
    ],
)
def test_a_meeting_to_come_without_a_day(text: str) -> None:
    (meeting,) = told(text)
    assert (meeting.status, set(meeting.parties)) == ("planned", {"PER", "NOR"})


def test_a_summit_with_an_english_name() -> None:
    (meeting,) = told("Le « Green Lakes Summit » du Pérou et de la Norvège s'est achevé jeudi à Oslo.")
    assert (meeting.date, meeting.place, meeting.status) == ("2024-06-13", "Oslo", "held")


@pytest.mark.parametrize(
    "text",
    [
        "Les ministres ont donné vendredi leur feu vert à la Commission européenne pour négocier avec le Pérou.",
        "C'est un revers pour la Commission, qui assurait vendredi vouloir avancer avec le Pérou.",
    ],
)
def test_a_commission_that_governs_is_no_meeting(text: str) -> None:
    assert told(text) == ()


def test_hours_of_talks_are_a_meeting() -> None:
    (meeting,) = told("Après douze heures de négociations à Oslo, le Pérou et la Norvège ont publié un texte.")
    assert (meeting.place, set(meeting.parties), meeting.status) == ("Oslo", {"PER", "NOR"}, "held")


def test_a_reception_within_a_visit_is_a_meeting_of_its_own() -> None:
    found = told(
        "La visite d'État du président ghanéen au Japon (10-13 juin) a été fructueuse.\n\n"
        "Reçu mardi par le Premier ministre japonais, le président ghanéen a obtenu un prêt."
    )
    assert [m.date for m in found] == ["2024-06-10/2024-06-13", "2024-06-11"]


def test_a_talk_of_two_is_not_one_of_the_same_day_with_somebody_else() -> None:
    found = told(
        "Le président ghanéen et le président japonais ont eu un entretien mercredi à Genève.\n\n"
        "Le président ghanéen a eu un entretien mercredi avec le président chilien."
    )
    assert [set(m.parties) for m in found] == [{"GHA", "JPN"}, {"GHA", "CHL"}]


def test_what_a_country_takes_in_is_no_meeting() -> None:
    assert told("Le Ghana accueille aujourd'hui 30 000 réfugiés venus du Togo et du Bénin.") == ()


def test_somebody_expected_somewhere_on_a_day_is_a_visit_to_come() -> None:
    (visit,) = told("Le ministre chilien des Mines, Pablo Ortega, est attendu lundi à Accra.")
    assert (visit.date, visit.place, visit.status.value) == ("2024-06-17", "Accra", "planned")


def test_a_visit_of_several_days_is_none_of_its_meetings() -> None:
    text = (
        "Le président du Pérou a effectué une visite de deux jours en Norvège les 11 et 12 juin. Un entretien du "
        "président du Pérou avec le roi de Norvège a eu lieu mercredi."
    )
    assert [m.date for m in told(text)] == ["2024-06-11/2024-06-12", "2024-06-12"]


def test_things_are_gathered_without_a_meeting() -> None:
    assert told("Le Pérou et la Norvège signeront en juillet si les conditions sont réunies.") == ()


def test_gathered_these_last_days_is_a_meeting() -> None:
    (meeting,) = told("Les ministres du Pérou et de la Norvège, réunis ces trois derniers jours à Oslo, ont conclu.")
    assert (meeting.place, meeting.status) == ("Oslo", "held")


def test_talking_with_somebody_is_a_meeting_and_wanting_to_is_none() -> None:
    (meeting,) = told("Le Pérou a échangé mercredi à Oslo avec la Norvège sur la pêche.")
    assert (meeting.date, set(meeting.parties)) == ("2024-06-12", {"PER", "NOR"})
    assert told("Les ministres ont décidé vendredi de négocier avec le Pérou.") == ()


def test_public_works_are_no_meeting_and_leave_the_place_to_the_visit() -> None:
    (meeting,) = told("Une visite du ministre péruvien des Travaux publics à Oslo est prévue en juillet.")
    assert (meeting.place, meeting.date) == ("Oslo", "2024-07")


def test_this_meeting_of_two_is_one_though_nothing_else_tells_of_it() -> None:
    (meeting,) = told("Une poignée de main entre le Pérou et la Norvège est venue conclure cette rencontre.")
    assert set(meeting.parties) == {"PER", "NOR"}


def test_these_consultations_are_those_just_told_wherever_the_next_will_be() -> None:
    text = (
        "Les premières consultations du Pérou et de la Norvège se sont tenues à Oslo le 12 juin. Les deux pays "
        "sont convenus de tenir ces consultations du Pérou et de la Norvège une fois par an, tour à tour en Norvège et "
        "au Pérou."
    )
    assert [m.date for m in told(text)] == ["2024-06-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Les relations entre le Pérou et la Norvège sont tendues depuis la crise de mai 2024 à Lima.",
        "La visite du roi de Norvège à Lima, prévue début mai, avait été repoussée.",
        "Depuis mai 2023, le président du Pérou n'avait pas effectué de visite en Norvège.",
        "Le président du Pérou n'a pas été reçu mercredi à Oslo par le roi de Norvège.",
        "Le Pérou a lancé un appel de trois millions de dollars pour 2023 en Norvège.",
        "Les présidents du Pérou et de la Norvège, élus en mai, se sont rencontrés à plusieurs reprises.",
    ],
)
def test_what_is_no_meeting_one_could_find_again(text: str) -> None:
    assert told(text) == ()


def test_a_meeting_that_is_only_wanted_is_planned_and_leaves_the_date_to_the_wish() -> None:
    (meeting,) = told("Le 15 mai, le Pérou a accepté d'organiser une réunion entre les deux pays avec la Norvège.")
    assert (meeting.date, meeting.status, set(meeting.parties)) == (None, "planned", {"PER", "NOR"})


def test_visits_in_the_plural_are_one_for_each_country() -> None:
    found = told("Le président du Pérou, Luis Arana, a fait des visites d'État en Norvège et au Ghana.")
    assert {(m.place, m.parties) for m in found} == {("Norvège", ("PER", "NOR")), ("Ghana", ("PER", "GHA"))}


def test_three_named_guests_of_three_countries_are_met_one_by_one() -> None:
    found = told(
        "Le président péruvien Luis Arana s'est entretenu mercredi à Lima avec son homologue norvégien, Olav Berg, "
        "le président ghanéen, Kofi Mensa, et le président chilien, Pablo Rojas."
    )
    assert [set(m.parties) for m in found] == [{"PER", "NOR"}, {"PER", "GHA"}, {"PER", "CHL"}]


def test_what_a_minister_is_in_charge_of_is_no_party() -> None:
    (meeting,) = told(
        "Le ministre péruvien des Affaires étrangères et de la Francophonie a reçu mercredi l'ambassadeur de Norvège."
    )
    assert set(meeting.parties) == {"PER", "NOR"}


def test_what_is_talked_about_gives_no_place_and_no_party() -> None:
    (meeting,) = told("La CEDEAO se réunira dimanche pour parler des transitions au Mali, au Niger et en Guinée.")
    assert (meeting.place, set(meeting.parties) & {"GIN"}) == (None, set())


def test_names_in_ra_are_no_future() -> None:
    (meeting,) = told("Le Pérou a rencontré la Norvège, selon Aminata Camara.")
    assert meeting.status == "held"


def test_the_days_of_the_whole_visit_win_over_its_first() -> None:
    (meeting,) = told("Le roi de Norvège a entamé mercredi une visite officielle au Pérou du 12 au 14 juin.")
    assert meeting.date == "2024-06-12/2024-06-14"


@pytest.mark.parametrize(
    ("text", "place", "status"),
    [
        ("La cérémonie de transfert s'est déroulée à Oslo en présence du Pérou.", "Oslo", "held"),
        ("Un entretien entre le Pérou et la Norvège est également prévu à Oslo.", "Oslo", "planned"),
        ("Une réunion virtuelle convoquée par la Norvège a suivi l'accord.", None, "held"),
        ("La Norvège a tenu une réunion avec les patrons des banques.", None, "held"),
    ],
)
def test_the_verb_around_the_noun_says_that_it_takes_place(text: str, place: str | None, status: str) -> None:
    (meeting,) = told(text)
    assert (meeting.place, meeting.status) == (place, status)


def test_an_edition_may_be_numbered_in_roman_figures() -> None:
    (meeting,) = told("La TICAD VI à Nairobi avait réuni le Japon et le Ghana.")
    assert meeting.place == "Nairobi"


def test_where_a_report_was_sent_from_says_nothing_of_the_meeting() -> None:
    (meeting,) = told("LIMA/OSLO, 13 juin (Reuters) - Le Ghana a proposé à la Norvège des consultations à Berne.")
    assert (meeting.date, meeting.place, "PER" in meeting.parties) == (None, "Berne", False)
