"""Figures that are claimed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.figures import find_figures
from palabre.model.annotations import Annotations, DateMention, FigureClaim, IndirectStatement, Quote
from palabre.model.spans import Span
from palabre.model.vocabulary import StatementForm
from palabre.text.reading import Block, Reading, Sentence


def reading(text: str, lang: str = "fr") -> Reading:
    span = Span(0, len(text))
    return Reading(text, lang, blocks=(Block(0, span, "paragraph"),), sentences=(Sentence(0, 0, span, ()),))


def figures(text: str, found: Annotations | None = None, lang: str = "fr") -> tuple[FigureClaim, ...]:
    return find_figures(reading(text, lang), found or Annotations())


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "approximate"),
    [
        ("Le fonds recevra 12,5 millions d’euros.", "amount", 12.5e6, "EUR", None),
        ("Une enveloppe de 30 012 milliards de FCFA.", "amount", 30012e9, "FCFA", None),
        ("Plus de deux milliards de yuans iront aux routes.", "amount", 2e9, "CNY", "more_than"),
        ("Près de 40 millions de dollars manquent.", "amount", 40e6, "USD", "about"),
        ("Le commerce a été multiplié par dix.", "multiple", 10.0, None, None),
        ("Les échanges ont doublé.", "multiple", 2.0, None, None),
        ("Les ventes ont été divisées par deux.", "multiple", 0.5, None, None),
        ("La hausse atteint 12,4 %.", "percentage", 12.4, "%", None),
        ("Le pays offrira 250 bourses.", "count", 250.0, "bourses", None),
        ("Au moins un million d’emplois naîtront.", "count", 1e6, "emplois", "more_than"),
        ("La route mesure 1 344 km.", "count", 1344.0, "km", None),
        ("Une centaine d’observateurs sont partis.", "count", 100.0, "observateurs", "about"),
        ("Le don est d’une dizaine de milliards de yens.", "amount", 10e9, "JPY", "about"),
        ("Amendes perçues : 548M FCFA.", "amount", 548e6, "FCFA", None),
        ("Recettes : 1,72M€.", "amount", 1.72e6, "EUR", None),
        ("Il faut cinq millions de lampes.", "count", 5e6, "lampes", None),
        ("Il manque cinq millions d’aides.", "amount", 5e6, None, None),
        ("Le prêt est de 13,4 milliards F CFA.", "amount", 13.4e9, "francs CFA", None),
        ("Le don est de $120 millions.", "amount", 120e6, "USD", None),
        ("Vingt-deux milliards de yens iront au port.", "amount", 22e9, "JPY", None),
        ("Il faut deux cents tracteurs.", "count", 200.0, "tracteurs", None),
        ("Un million et demi de citoyens ont fui.", "count", 1.5e6, "citoyens", None),
        ("Le pont mesure 1,575 km.", "count", 1.575, "km", None),
        ("Le projet touchera quelque 4 000 collégiens.", "count", 4000.0, "collégiens", "about"),
        ("Le projet touchera 12 500 autres riverains.", "count", 12500.0, "riverains", None),
    ],
)
def test_kinds_values_and_units(text: str, kind: str, value: float, unit: str | None, approximate: str | None) -> None:
    (claim,) = figures(text)
    assert (claim.kind, claim.unit, claim.approximate) == (kind, unit, approximate)
    assert claim.value == pytest.approx(value)


def test_english_figures() -> None:
    claims = figures("Trade came to $295.6 billion, and some 2,400 producers gained 12 per cent.", lang="en")
    assert [(c.kind, c.value, c.unit) for c in claims] == [
        ("amount", pytest.approx(295.6e9), "USD"),
        ("count", 2400.0, "producers"),
        ("percentage", 12.0, "%"),
    ]


def test_the_money_named_once_holds_for_the_next_sum() -> None:
    claims = figures("La ville versera 210 milliards de yuans, puis 80 milliards d’aides.")
    assert [c.unit for c in claims] == ["CNY", "CNY"]


def test_a_paragraph_names_its_money_once() -> None:
    text = "Le premier don est de 175 millions de dollars. Le second apporte 130 millions."
    cut = text.index(" Le second")
    two = Reading(
        text,
        "fr",
        blocks=(Block(0, Span(0, len(text)), "paragraph"),),
        sentences=(Sentence(0, 0, Span(0, cut), ()), Sentence(1, 0, Span(cut + 1, len(text)), ())),
    )
    assert [c.unit for c in find_figures(two, Annotations())] == ["USD", "USD"]


def test_a_length_is_no_million() -> None:
    assert figures("Le pont est long de 680 m.") == ()


def test_years_and_the_countries_named_are_no_figures() -> None:
    assert figures("En 2025, les trois pays se sont revus le 3 avril.") == ()


def test_a_date_is_no_count() -> None:
    text = "Le 12 pays"
    found = Annotations(dates=(DateMention(Span(3, 10), "2025-01-12"),))
    assert figures(text, found) == ()


def test_what_is_measured() -> None:
    (after,) = figures("Plus de 150 milliards de yuans de financements sont arrivés.")
    assert after.measures is not None and after.measures.startswith("financements")
    (before,) = figures("Le commerce bilatéral a progressé de 12,4 %.")
    assert before.measures is not None and "commerce bilatéral" in before.measures
    (year,) = figures("Les livraisons ont dépassé 25 millions de tonnes en 2022.")
    assert year.measures is not None and year.measures.startswith("Les livraisons")
    (part,) = figures("À ce jour, 38 % seulement des fonds sont là.")
    assert part.measures == "fonds"


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Les ventes ont crû de 22,48 % pour atteindre un sommet.", ["Les ventes ont crû"]),
        ("L’Asie (3,4%) et l’Europe (2,1%) suivent.", ["L’Asie", "l’Europe"]),
        ("Le don est de 25 millions de dollars pour améliorer l’école.", ["Le don"]),
        ("Quelque 55 millions de dollars iront au port.", ["iront au port"]),
        ("Les achats du port, qui ont repris, ont atteint, selon lui, 12 %.", ["Les achats du port"]),
    ],
)
def test_what_is_measured_is_a_name_or_a_clause(text: str, measured: list[str]) -> None:
    assert [c.measures for c in figures(text)] == measured


def test_a_sum_without_a_name_takes_the_thing_or_the_money_named_before() -> None:
    (first, second) = figures("Ils promettent 30 millions de doses, dont 4 millions seront livrées en mai.")
    assert (first.unit, second.kind, second.unit) == ("doses", "count", "doses")


def test_a_year_and_the_countries_met_count_nothing() -> None:
    assert figures("En 2024 plus rien. Ils passeront dans les 6 pays.") == ()


def test_the_claimant_is_who_speaks() -> None:
    text = "« Nous avons livré 300 tonnes », a dit Ada Brun."
    quoted = Annotations(quotes=(Quote(Span(2, 26), "Ada Brun", False),))
    assert figures(text, quoted)[0].claimant == "Ada Brun"
    told = "Ada Brun a dit avoir livré 300 tonnes."
    indirect = Annotations(statements=(IndirectStatement(Span(15, 37), "Ada Brun", StatementForm.INDIRECT),))
    assert figures(told, indirect)[0].claimant == "Ada Brun"
    assert figures(told)[0].claimant is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_safe(text: str) -> None:
    for claim in figures(text):
        assert 0 <= claim.span.start < claim.span.end <= len(text)


@pytest.mark.parametrize("text", ["9" * 100_000, "1 " * 50_000, '"' * 100_000, "1.1.1.1," * 20_000, "\0" * 1000])
def test_long_runs_do_not_hang(text: str) -> None:
    for claim in figures(text):
        assert claim.span.end <= len(text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("quatre-vingt-cinq", 85),
        ("quatre-vingt-dix-sept", 97),
        ("cent quatre-vingts", 180),
        ("mille deux cents", 1200),
        ("deux mille cinq cents", 2500),
        ("trois mille cinq cents", 3500),
    ],
)
def test_numbers_in_words_are_added_up(words: str, value: int) -> None:
    (claim,) = figures(f"La Norvège enverra {words} tracteurs.")
    assert claim.value == value


def test_a_number_beyond_any_is_none() -> None:
    assert all(math.isfinite(claim.value) for claim in figures("La Norvège enverra " + "cent " * 160 + "tracteurs."))
