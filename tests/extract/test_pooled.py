"""Which sector words tell of by their vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.extract.learnt.fields import Around, beginning, likelier_sector, places_of, sector_features
from palabre.extract.learnt.model import key_of
from palabre.extract.learnt.pooled import Listener, Pooled
from palabre.extract.learnt.units import forms
from palabre.extract.learnt.weights import SECTOR, learnt, listeners_of, rules_alone
from palabre.extract.learnt.words import WordVectors
from palabre.model.vocabulary import Sector


def small() -> Pooled:
    """Return a network of one place for two labels that knows no word."""
    vectors = WordVectors(np.zeros(0, np.uint32), np.zeros(0, np.uint16), np.zeros((1, 2), np.int8), 1.0)
    listener = Listener(
        np.eye(2, dtype=np.float32),
        np.ones((1, 2), np.float32),
        np.eye(2, dtype=np.float32),
        np.array([1.0, -1.0], np.float32),
        np.eye(2, dtype=np.float32),
        np.array([0.0, 0.5], np.float32),
    )
    return Pooled(("a", "b"), vectors, (listener, listener))


def test_words_without_vectors_leave_what_is_said_of_nothing() -> None:
    for words in ((), ("inconnu",), ("inconnu", "autre")):
        assert small().weighed([words]).tolist() == [1.0, 0.5]


def test_nothing_is_heard_where_rules_do_alone_or_nothing_was_learnt() -> None:
    assert listeners_of("en") is None
    with rules_alone():
        assert listeners_of("fr") is None


def test_a_text_begins_with_its_words_that_are_not_small_each_once() -> None:
    assert beginning("la clinique et la maternité, la clinique", "fr") == ("clinique", "maternité")


def test_words_around_a_clause_stand_in_their_places() -> None:
    known = forms("fr")
    assert known is not None
    around = Around("des écoles", "un pont", "le sommet", None, ("village",))
    assert places_of("une clinique", around, known) == (
        ("clinique",),
        ("écoles",),
        ("pont",),
        ("sommet",),
        ("village",),
    )


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("réparer les caténaires", Sector.TRANSPORT),
        ("ouvrir des forges et des laminoirs", Sector.INDUSTRY),
        ("livrer des lentilles et des pois chiches", Sector.AGRICULTURE),
        ("prêter des violons et des partitions", Sector.CULTURE),
    ],
)
def test_words_that_no_table_holds_tell_the_sector_by_their_vectors(words: str, sector: Sector) -> None:
    assert likelier_sector(words, Around(), "fr", sector) is sector
    by_features = learnt("fr", SECTOR)
    listeners, known = listeners_of("fr"), forms("fr")
    assert by_features is not None
    assert listeners is not None
    assert known is not None
    assert listeners.labels[int(listeners.weighed(places_of(words, Around(), known)).argmax())] == sector
    assert by_features.labels[int(by_features.weighed(sector_features(words, Around(), known)).argmax())] != sector


def test_both_models_weigh_all_sectors_in_one_order() -> None:
    by_features, listeners = learnt("fr", SECTOR), listeners_of("fr")
    assert by_features is not None
    assert listeners is not None
    assert listeners.labels == by_features.labels == tuple(sorted(s.value for s in Sector))


def test_what_is_heard_is_a_mean_of_words_by_how_much_they_matter() -> None:
    keys = sorted((key_of(w), i) for i, w in enumerate(("blé", "riz")))
    table = np.array([[3, 4], [-30, 40]], np.int8)
    rows = np.array([i for _, i in keys], np.uint16)
    vectors = WordVectors(np.array([k for k, _ in keys], np.uint32), rows, table, 0.1)
    one = Listener(
        np.eye(2, dtype=np.float32),
        np.array([[1.0, 2.0]], np.float32),
        np.array([[1.0, -1.0], [0.5, 2.0]], np.float32),
        np.zeros(2, np.float32),
        np.array([[1.0, 0.0], [0.0, 1.0]], np.float32),
        np.zeros(2, np.float32),
    )
    said = np.tanh(np.array([[1.8, 2.4], [-1.8, 2.4]]))
    heed = np.exp(said @ [1.0, 2.0])
    heard = (heed / heed.sum()) @ said
    expected = np.maximum(heard @ one.hidden, 0)
    pooled = Pooled(("a", "b"), vectors, (one,))
    assert np.allclose(pooled.weighed([("blé", "riz")]), expected, atol=1e-5)
    assert np.allclose(pooled.weighed([("riz", "blé")]), expected, atol=1e-5)


def test_the_sector_that_tables_say_counts() -> None:
    words = "ouvrir une clinique de dix lits"
    assert likelier_sector(words, Around(), "fr", Sector.HEALTH) is Sector.HEALTH
    assert likelier_sector(words, Around(), "fr", Sector.MULTI) is Sector.HEALTH


@given(st.lists(st.text(max_size=12), max_size=20))
def test_any_words_are_weighed(words: list[str]) -> None:
    listeners = listeners_of("fr")
    assert listeners is not None
    weights = listeners.weighed([tuple(words), (), tuple(words[:3]), (), ()])
    assert weights.shape == (len(listeners.labels),)
    assert np.isfinite(weights).all()
