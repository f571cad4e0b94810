"""Dates of any text at all: no crash, no hang, spans inside the text, values that are EDTF; written dates are found."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.lang.pack import LANGUAGES
from palabre.model import edtf
from palabre.text.dates import find, horizons

MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin"]
MONTHS += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
PIECES = [
    *(*MONTHS, *DAYS, "le", "la", "les", "du", "de", "d'", "au", "à", "en", "et", "entre", "dès", "avant", "fin"),
    *("mi-", "début", "ce", "cette", "même", "dernier", "prochaine", "an", "année", "années", "mois", "semaine"),
    *("jours", "siècle", "trimestre", "premier", "deux", "1er", "3", "31", "99", "90", "0", "2000", "9999", "XIXe"),
    *("il y a", "dans", "hier", "demain", "aujourd’hui", "la veille", "le lendemain", "2025-02-30", "3/2/24"),
    *("12/13/14", "2025", "l'été", "noël"),
    *("-", "–", ",", ".", "/", "\n", "\n\n", "»", "«", "\x00", "é", "\u202f", "🙂", "٣"),
]  # fmt: skip
days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


def check(text: str, lang: str, published: dt.date | None, lean: str) -> None:
    last = 0
    for found in find(text, lang, published, lean=lean):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        assert edtf.parse(found.resolved.value).earliest
        assert found.resolved.first <= found.resolved.last
    if published:
        horizons(text, lang, published)


@given(st.text(max_size=300), st.sampled_from(LANGUAGES), st.none() | st.dates(), st.sampled_from(["past", "future"]))
@settings(max_examples=150, deadline=None)
def test_any_characters(text: str, lang: str, published: dt.date | None, lean: str) -> None:
    check(text, lang, published, lean)


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.none() | st.dates(), st.sampled_from(["past", "future"]))
@settings(max_examples=300, deadline=None)
def test_any_words_of_dates(words: list[str], published: dt.date | None, lean: str) -> None:
    check(" ".join(words), "fr", published, lean)
    check("".join(words), "fr", published, lean)


@given(days, days)
@settings(max_examples=150, deadline=None)
def test_a_full_day_is_found_however_it_is_written(day: dt.date, published: dt.date) -> None:
    number = "1er" if day.day == 1 else str(day.day)
    month, weekday = MONTHS[day.month - 1], DAYS[day.weekday()]
    for words in (
        f"le {number} {month} {day.year}",
        f"{weekday} {number} {month} {day.year}",
        f"ce {weekday}, {day.day:02} {month} {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
    ):
        text = f"Le traité, signé {words} au port, tient bon."
        (found,) = find(text, "fr", published)
        assert found.resolved.value == day.isoformat()
        assert found.resolved.weekday_conflict is None
        assert words in text[found.start : found.end] or text[found.start : found.end] in words


@given(days, st.integers(1, 28))
@settings(max_examples=100, deadline=None)
def test_a_range_of_days_is_one_interval(first: dt.date, more: int) -> None:
    last = first + dt.timedelta(more)
    words = f"du {first.day} {MONTHS[first.month - 1]} {first.year} au {last.day} {MONTHS[last.month - 1]} {last.year}"
    assert [f.resolved.value for f in find(words, "fr")] == [f"{first}/{last}"]


@given(days, st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_a_bare_weekday_is_within_a_week_on_the_side_of_its_verb(published: dt.date, weekday: int) -> None:
    (past,) = find(f"Elle a signé {DAYS[weekday]} le texte.", "fr", published)
    (future,) = find(f"Elle signera {DAYS[weekday]} le texte.", "fr", published)
    assert past.resolved.first.weekday() == future.resolved.first.weekday() == weekday
    assert 0 <= (published - past.resolved.first).days < 7
    assert 0 <= (future.resolved.first - published).days < 7


@pytest.mark.parametrize(
    "text",
    [
        "«" * 100_000,
        "2" * 100_000,
        "1 000 " * 20_000,
        "le 3 et " * 20_000,
        "du 3 au 4 " * 15_000,
        "2024, " * 20_000,
        "\n" * 100_000,
        "a-" * 50_000,
        "jeudi " * 20_000,
        "d'" * 50_000,
        "il y a " * 20_000,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_long_repetitions_take_linear_time(text: str) -> None:
    begun = time.process_time()
    check(text, "fr", dt.date(2025, 4, 4), "past")
    assert time.process_time() - begun < 30
