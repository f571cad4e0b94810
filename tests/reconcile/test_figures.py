"""Numbers and sums as texts write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.reconcile.figures import Figure, figures_in


def only(text: str, lang: str = "fr") -> Figure:
    (figure,) = figures_in(text, lang)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("45,76 milliards d'euros", 45.76e9, "EUR"),
        ("1 250 000 francs CFA", 1_250_000, "XOF"),
        ("30\u202f012 milliards de FCFA", 30_012e9, "XOF"),
        ("360 milliards de yens", 360e9, "JPY"),
        ("trois millions de dollars", 3e6, "USD"),
        ("12 M", 12, None),
    ],
)
def test_sums(text: str, value: float, currency: str | None) -> None:
    figure = only(text)
    assert (figure.value, figure.currency) == (value, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vingt-cinq délégués", 25),
        ("soixante et onze délégués", 71),
        ("quatre-vingt-dix-sept délégués", 97),
        ("deux cents délégués", 200),
        ("mille délégués", 1000),
        ("deux mille trois cents délégués", 2300),
        ("une cinquantaine de délégués", 50),
    ],
)
def test_numbers_in_words(text: str, value: float) -> None:
    figure = only(text)
    assert (figure.value, figure.noun) == (value, "délégués")


def test_english_sums() -> None:
    first, second = figures_in("just over 130 billion yuan of the 360 billion", "en")
    assert (first.value, first.currency, first.approximate) == (130e9, "CNY", "just_over")
    assert second.value == 360e9
    assert only("$2.5 billion", "en") == Figure(only("$2.5 billion", "en").span, 2.5e9, "USD", None, None)


def test_an_article_is_no_figure() -> None:
    assert figures_in("une route et un pont", "fr") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("plus de cinquante pays", "vingt-cinq pays", True),
        ("plus de cinquante pays", "53 pays", False),
        ("environ 45 milliards d'euros", "45,76 milliards d'euros", False),
        ("près de cent pays", "97 pays", False),
        ("45 milliards d'euros", "50,7 milliards d'euros", True),
        ("un peu plus de 130 milliards", "plus de 150 milliards", True),
    ],
)
def test_what_cannot_both_be_so(one: str, other: str, apart: bool) -> None:
    assert only(one).excludes(only(other)) is apart
    assert only(other).excludes(only(one)) is apart


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="0123456789 .,-et'dunvigtcmlros$€ \u202f", max_size=120), st.sampled_from(["fr", "en"]))
def test_any_text_is_read_and_spans_lie_inside(text: str, lang: str) -> None:
    for figure in figures_in(text, lang):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
