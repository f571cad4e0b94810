"""Dates as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.app.typed_dates import typed_date
from palabre.lang.interface import INTERFACES, Words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2025", "2025"),
        ("2025-06", "2025-06"),
        ("2025-06/2025-09", "2025-06/2025-09"),
        ("3 avril 2025", "2025-04-03"),
        ("  1er  août 2025 ", "2025-08-01"),
        ("AOUT 2025", "2025-08"),
        ("févr. 2026", "2026-02"),
        ("3 April 2025", "2025-04-03"),
        ("Sept 2025", "2025-09"),
        ("03/04/2025", "2025-04-03"),
        ("3.4.2025", "2025-04-03"),
        ("31 avril 2025", None),
        ("13/13/2025", None),
        ("jeudi dernier", None),
        ("3 brumaire 2025", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_one_way_or_not_at_all(typed: str, kept: str | None) -> None:
    assert typed_date(typed) == kept


@pytest.mark.parametrize("lang", INTERFACES)
@given(day=st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31)))
def test_what_the_interface_writes_can_be_typed(lang: str, day: dt.date) -> None:
    words = Words(lang)
    assert typed_date(words.date(day)) == day.isoformat()
    assert typed_date(words.date(day.isoformat()[:7])) == day.isoformat()[:7]
