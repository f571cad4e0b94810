"""What was learnt beside the rules: its arithmetic, what it may add, and that rules alone stay as they are."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.app.pipeline import parser_for
from palabre.extract.annotator import annotate
from palabre.extract.commitments.more import RULE
from palabre.extract.commitments.scene import scene_of
from palabre.extract.learnt.features import Features
from palabre.extract.learnt.fields import Around, likelier_sector, sector_features
from palabre.extract.learnt.lattice import Lattice, runs
from palabre.extract.learnt.model import Linear, key_of
from palabre.extract.learnt.tagger import Layer, Member, Tagger
from palabre.extract.learnt.units import Unit, forms, units_of
from palabre.extract.learnt.weights import FIRMNESS, SECTOR, STATUS, WHO, learnt, rules_alone, tagger_of
from palabre.extract.learnt.words import WordVectors
from palabre.model.annotations import Annotations
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import Sector
from palabre.text.compose import read_text
from palabre.text.reading import Reading

NUMBERS = st.floats(-3, 3, width=32)
LABELS = ("B-C", "I-C", "O")


def reading(text: str, lang: str = "fr") -> Reading:
    given_ = Metadata(published=dt.date(2026, 3, 10), lang=lang)
    return read_text(RawDocument("t", "t", text, "text/plain", given_))


def found(text: str) -> Annotations:
    return annotate(reading(text), parser_for("fr", None))


Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Made = tuple[Lattice, Matrix]


@st.composite
def lattices(draw: st.DrawFn) -> Made:
    steps = np.array(draw(st.lists(NUMBERS, min_size=9, max_size=9)), dtype=np.float32).reshape(3, 3)
    n = draw(st.integers(1, 4))
    scores = np.array(draw(st.lists(NUMBERS, min_size=3 * n, max_size=3 * n)), dtype=np.float32).reshape(n, 3)
    return Lattice(LABELS, steps), scores


def weight(lattice: Lattice, scores: Matrix, path: tuple[int, ...]) -> float:
    here = sum(float(scores[i, label]) for i, label in enumerate(path))
    return here + sum(float(lattice.steps[a, b]) for a, b in pairwise(path))


@given(lattices())
def test_best_is_the_heaviest_path(made: Made) -> None:
    lattice, scores = made
    paths = list(product(range(3), repeat=len(scores)))
    heaviest = max(weight(lattice, scores, p) for p in paths)
    best = tuple(LABELS.index(label) for label in lattice.best([scores])[0])
    assert weight(lattice, scores, best) == pytest.approx(heaviest, abs=1e-3)


@given(lattices())
def test_chances_are_those_of_all_paths(made: Made) -> None:
    lattice, scores = made
    total = np.zeros_like(scores)
    for path in product(range(3), repeat=len(scores)):
        for i, label in enumerate(path):
            total[i, label] += np.exp(weight(lattice, scores, path))
    expected = total / total.sum(axis=1, keepdims=True)
    assert np.allclose(lattice.chances([scores])[0], expected, atol=1e-3)


def test_a_reserve_makes_clauses_likelier() -> None:
    lattice = Lattice(LABELS, np.zeros((3, 3), dtype=np.float32))
    scores = np.array([[0.0, -5.0, 0.2]], dtype=np.float32)
    assert lattice.best([scores]) == [("O",)]
    assert lattice.best([scores], 0.5) == [("B-C",)]
    assert lattice.best([scores[:0]]) == [()]
    assert lattice.best([]) == []


@given(lattices(), st.lists(st.lists(NUMBERS, min_size=3, max_size=3), max_size=5))
def test_what_stands_beside_a_sentence_does_not_tell(made: Made, others: list[list[float]]) -> None:
    lattice, scores = made
    beside = np.array(others, dtype=np.float32).reshape(len(others), 3)
    for together in ([scores, beside], [beside, scores], [beside, scores, beside[:1]]):
        at = next(i for i, one in enumerate(together) if one is scores)
        assert lattice.best(together)[at] == lattice.best([scores])[0]
        assert np.array_equal(lattice.chances(together)[at], lattice.chances([scores])[0])


WORDS = ("le", "@s", "livrera", "des", "ponts", ",", "et", "formera", "0", "médecins", ".", "aidera", "qsdfgh")


def sentence(words: list[tuple[str, str]], near: str = "n:C|") -> Features:
    units = [Unit(3 * i, 3 * i + 2, w, w[:4], "fut" if w[-2:] == "ra" else "x", i % 2 == 0)
             for i, (w, _) in enumerate(words)]  # fmt: skip
    marks = [mark for _, mark in words]
    return Features(units, marks, marks, near)


SENTENCES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "C"])), max_size=14).map(sentence)


@given(st.lists(SENTENCES, max_size=4))
@settings(max_examples=40, deadline=None)
def test_a_sentence_weighs_the_same_alone_and_among_others(sentences: list[Features]) -> None:
    tagger = tagger_of("fr")
    assert tagger is not None
    for one, scores in zip(sentences, tagger.scores(sentences), strict=True):
        assert scores.shape == (len(one), len(tagger.lattice.labels))
        assert np.allclose(scores, tagger.scores([one])[0], atol=1e-3)


def small_tagger() -> Tagger:
    """Return a tagger of two labels and two numbers: the first is 1 for the word « a », the second is never there."""
    vectors = WordVectors(
        np.array([key_of("a")], dtype=np.uint32), np.array([0], dtype=np.uint16),
        np.array([[2, 0]], dtype=np.int8), 0.5,
    )  # fmt: skip
    one, nothing = np.eye(2, dtype=np.float32), np.zeros((2, 2), dtype=np.float32)
    none = np.zeros(2, dtype=np.float32)
    member = Member(
        word=one,
        unknown=none,
        stem=np.zeros((1, 1), dtype=np.float32),
        stem_in=np.zeros((1, 2), dtype=np.float32),
        columns=(np.zeros((2, 2), dtype=np.float32),) * 5,
        bias=none,
        layers=(Layer(2, one, nothing, nothing, none, np.ones(2, dtype=np.float32)),),
        out=one,
        out_bias=none,
    )
    names: tuple[dict[str, int], ...] = ({}, {}, {}, {}, {"1": 1})
    return Tagger(Lattice(("B-C", "O"), nothing), vectors, {}, names, (member, member))


def test_a_layer_sees_as_far_as_it_reaches_and_no_farther() -> None:
    words = [("a", ""), ("b", ""), ("b", ""), ("b", "")]
    (scores, beside) = small_tagger().scores([sentence(words), sentence([("b", "")] * 3)])
    assert scores[0, 0] > 1
    assert scores[1, 0] == 0
    assert scores[2, 0] > 1
    assert scores[3, 0] == 0
    assert not beside.any()
    assert not scores[:, 1].any()
    assert small_tagger().scores([]) == []
    assert small_tagger().scores([sentence([])])[0].shape == (0, 2)


def test_words_are_known_by_what_they_mean_and_others_by_nothing() -> None:
    tagger = tagger_of("fr")
    assert tagger is not None
    vectors = tagger.vectors

    def near(a: str, b: str) -> float:
        one, other = vectors.vectors(np.array([vectors.place(a), vectors.place(b)], dtype=np.intp))
        return float(one @ other / np.sqrt((one @ one) * (other @ other)))

    assert near("octroyer", "accorder") > near("octroyer", "manger")
    assert near("barrage", "digue") > near("barrage", "vaccin")
    assert vectors.place("@s") == vectors.place("2030") == vectors.place("qsdfghjklm") == vectors.place("") == 0
    assert not vectors.vectors(np.zeros(2, dtype=np.intp)).any()


def test_features_are_known_by_a_number() -> None:
    rows = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]], dtype=np.float32)
    model = Linear(LABELS, {key_of("a"): 0, key_of("b"): 1}, rows)
    assert model.scores([["a", "b", "never seen"], []]).tolist() == [[1.0, 2.0, 0.0], [0.0, 0.0, 0.0]]


@given(st.lists(st.sampled_from(["B-C", "I-C", "B-P", "I-P", "O"]), max_size=12))
def test_runs_hold_every_labelled_unit_once(labels: list[str]) -> None:
    held = [i for first, last, _ in runs(labels) for i in range(first, last)]
    assert held == [i for i, label in enumerate(labels) if label != "O"]


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_units_stand_in_order_inside_their_sentence(text: str) -> None:
    read = reading(text)
    scene = scene_of(read, Annotations())
    for sentence in read.sentences:
        units = units_of(sentence, scene, "fr")
        assert all(u.word and u.start < u.end for u in units)
        assert all(a.end <= b.start for a, b in pairwise(units))
        assert not units or (sentence.span.start <= units[0].start and units[-1].end <= sentence.span.end)


def test_names_and_dates_are_masked() -> None:
    text = "Le 4 mars 2026, le Sénégal et l'Union africaine ont reçu 12 tracteurs."
    read = reading(text)
    with rules_alone():
        known = annotate(read, None)
    words = [u.word for u in units_of(read.sentences[0], scene_of(read, known), "fr")]
    assert "sénégal" not in words
    assert {"@s", "@b", "#d", "0", "tracteurs"} <= set(words)


def test_every_model_is_there_for_french_and_none_for_english() -> None:
    for name in (WHO, FIRMNESS, SECTOR, STATUS):
        assert learnt("fr", name) is not None
        assert learnt("en", name) is None
    assert tagger_of("fr") is not None
    assert tagger_of("en") is None
    with rules_alone():
        assert learnt("fr", WHO) is None
        assert tagger_of("fr") is None


TEXT = (
    "La ministre sénégalaise de la Santé a achevé mardi sa visite à Tokyo.\n\n"
    "Le Japon mettra à la disposition du Sénégal trente ambulances avant la fin de l'année, a-t-elle indiqué. "
    "Dakar prendra à sa charge les frais d'entretien, Tokyo ceux de la formation des chauffeurs. "
    "Les routes du pays ont été construites dans les années 1970."
)


def test_what_is_learnt_adds_and_takes_nothing_away() -> None:
    with rules_alone():
        alone = found(TEXT)
    both = found(TEXT)
    assert {c.span for c in alone.commitments} <= {c.span for c in both.commitments}
    assert {p.span for p in alone.progress} <= {p.span for p in both.progress}
    added = [c for c in both.commitments if c.cue_rule == RULE]
    for one in added:
        assert one.promisor
        assert 0 < one.confidence < 1
        assert not any(one.span.contains(c.span) for c in alone.commitments)
    assert all(c.cue_rule != RULE for c in alone.commitments)


@pytest.mark.parametrize(
    "text",
    [
        "Quelle est la capitale du pays ? Le fleuve traverse la ville du nord au sud.",
        "Le musée possède 4 000 tableaux, dont la moitié du XIXe siècle.",
        "La population a doublé en trente ans, selon le recensement.",
    ],
)
def test_plain_prose_promises_nothing(text: str) -> None:
    assert found(text).commitments == ()


@pytest.mark.parametrize(
    ("text", "words", "promisor"),
    [
        (
            "Le Qatar s'interdit de vendre son gaz à d'autres avant 2030, selon le texte remis à Tunis.",
            "s'interdit de vendre son gaz",
            {"QAT"},
        ),
        ("Le Japon cède au Sénégal quarante ambulances et forme leurs conducteurs.", "cède au Sénégal", {"JPN"}),
        ("Doha songe à prendre en charge la réfection du port de Tunis.", "prendre en charge la réfection", {"QAT"}),
    ],
)
def test_what_no_rule_has_words_for_is_found(text: str, words: str, promisor: set[str]) -> None:
    whole = f"Compte rendu de la visite\n\n{text}"
    with rules_alone():
        assert not any(words in c.span.text(whole) for c in found(whole).commitments)
    (one,) = [c for c in found(whole).commitments if words in c.span.text(whole)]
    assert one.cue_rule == RULE
    assert set(one.promisor) == promisor


def test_what_rules_take_for_a_forecast_is_not_put_in_again() -> None:
    text = (
        "Marché des tracteurs\n\nSelon un politologue, le Japon livrera dix tracteurs au Sénégal avant la fin de mai."
    )
    assert found(text).commitments == ()


def test_to_have_is_a_deed_of_its_own() -> None:
    text = "Une banque à trois\n\nLe Sénégal, le Japon et le Qatar auront leur banque."
    assert all(c.action.startswith("avoir leur banque") for c in found(text).commitments)


def test_a_sentence_without_end_is_no_clause() -> None:
    endless = f"Doha {'regarde le port, ' * 200} songe à prendre en charge la réfection du port de Tunis"
    assert all(c.span.end <= len(endless) for c in found(endless).commitments)


def test_a_sector_that_no_table_names_is_told() -> None:
    words = "rendre les statues et les masques"
    assert likelier_sector(words, Around(), "fr", Sector.MULTI) is Sector.CULTURE
    with rules_alone():
        assert likelier_sector(words, Around(), "fr", Sector.MULTI) is Sector.MULTI
    assert likelier_sector("ouvrir un lycée technique", Around(), "en", Sector.DIPLOMACY) is Sector.DIPLOMACY


def test_what_stands_around_a_clause_tells_its_sector_by_shares() -> None:
    known = forms("fr")
    assert known is not None
    around = Around("les écoles", "un hôpital et une école", "des vaccins", {Sector.HEALTH: 3.0, Sector.EDUCATION: 1.0})
    features = sector_features("verser dix millions", around, known)
    assert features["s~education"] == 1.0
    assert features["h~health"] == 1.0
    assert features["t~health"] == 0.75
    assert abs(sum(v for name, v in features.items() if name.startswith("b~")) - 1.0) < 1e-6
    assert not any("~" in name for name in sector_features("verser dix millions", Around(), known))


def test_promises_that_differ_by_their_sectors_alone_keep_them() -> None:
    text = (
        "Une base et des soldats\n\nL'armée et ses blindés occupent la frontière. « Nous allons aider le Sénégal dans "
        "les domaines agricoles et énergétiques », a déclaré à Dakar le ministre japonais des Affaires étrangères."
    )
    assert {c.sector for c in found(text).commitments} == {Sector.AGRICULTURE, Sector.ENERGY}


def test_a_promise_told_after_a_text_on_schools_is_of_schools() -> None:
    text = (
        "Écoles : Doha aide Dakar\n\nLe Qatar et le Sénégal ont parlé mardi des écoles et de leurs enseignants. "
        "Doha soutiendra ce programme pendant trois ans."
    )
    (one,) = found(text).commitments
    assert one.sector is Sector.EDUCATION


@given(st.dictionaries(st.sampled_from("abcdef"), NUMBERS, max_size=6))
def test_features_weigh_what_they_count(worth: dict[str, float]) -> None:
    rows = np.arange(12, dtype=np.float32).reshape(4, 3)
    model = Linear(LABELS, {key_of(f): i for i, f in enumerate("abcd")}, rows)
    expected = sum((rows["abcd".index(f)] * w for f, w in worth.items() if f in "abcd"), np.zeros(3))
    assert np.allclose(model.weighed(worth), expected, atol=1e-4)


def test_bare_sums_keep_the_sector_of_the_whole_text() -> None:
    text = (
        "Nutrition : les promesses de Rome\n\nLa conférence contre la malnutrition s'est ouverte à Rome. "
        "La malnutrition des enfants, la santé des mères et les vaccins y ont été débattus. "
        "L'Italie versera 244 millions d'euros."
    )
    (one,) = found(text).commitments
    assert one.sector is Sector.HEALTH
