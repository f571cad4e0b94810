"""Which sector words tell of by their vectors."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from palabre.extract.learnt.fields import Around, beginning, likelier_sector, places_of
from palabre.extract.learnt.pooled import Listener, Pooled
from palabre.extract.learnt.units import forms
from palabre.extract.learnt.weights import listeners_of, rules_alone
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
