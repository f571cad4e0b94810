"""The sieve never leaves out a pattern that matches, and leaves out most of those that do not."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.progress_lexicon import progress_lexicon
from palabre.lang.pack import LANGUAGES
from palabre.text.dates.grammar import RULES
from palabre.text.needles import Needles
from palabre.text.sieve import KEPT, Sieve, checksum, needed

SMALL = (
    r"(?<![\w-])(?:promet|promettent|a promis) (?:de |d')",
    r"l[ae]s? (?:route|pont)s?(?! neuf)",
    r"(?=sera)\w+ (?:livré|remis)e?",
    r"[a-z]{3}ra(?:it)?",
    r"(?:très )?bien|mal",
    r"\d{1,3} (?:millions?|milliards?)",
    r"(?i:Oui)|non",
    r"(?:ab){2,3}c?",
    r"é*è+",
    r"\w+",
    r"",
)
WORDS = (
    *("promet", "promettent", "a promis", "de", "d'", "la", "les", "route", "ponts", "neuf", "sera", "livrée", "fera"),
    *("très", "bien", "mal", "3", "millions", "milliard", "OUI", "non", "abab", "ababab", "c", "é", "è", "ra", " "),
)


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        (r"a promis|promet(?:tent)?", {"a promis", "promet"}),
        (r"(?<!en )cours (?:du|de la) chantier", {"cours du chantier", "cours de la chantier"}),
        (r"\w+ (?:pont|route)s?", {" pont", " route"}),
        (r"(?=fin)\w{3}", {"fin"}),
        (r"(?:un|une)? ?école", {"école"}),
        (r"[ab]c", {"ac", "bc"}),
        (r"(?!)", set()),
        (r"(?:(?!)|oui)", {"oui"}),
    ],
)
def test_what_every_match_holds(pattern: str, strings: set[str]) -> None:
    assert needed(pattern) == frozenset(strings)


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:a)?", r"a*", r"", r"(?i)oui", r"(?i:oui)", r"(x)?\1", r"[^a]b?"])
def test_what_holds_nothing_sure(pattern: str) -> None:
    assert needed(pattern) is None


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(re.error):
        Sieve([r"(?:"])


def test_what_is_kept_is_what_would_be_worked_out() -> None:
    kept = json.loads(resources.files("palabre.text").joinpath(KEPT).read_text(encoding="utf-8"))
    sources = {rule.pattern.pattern for rule in RULES}
    for lang in LANGUAGES:
        sources.update(s for lex in (lexicon(lang), progress_lexicon(lang)) if lex for s in lex.sieve.sources)
    missing = [s for s in sources if checksum(s) not in kept]
    assert len(missing) < len(sources) / 4, "start-up is slower than it need be: run python tools/keep_sieves.py"
    for source in sources.difference(missing):
        strings = kept[checksum(source)]
        assert needed(source) == (None if strings is None else frozenset(strings)), source


def test_every_pattern_of_the_tables_is_one() -> None:
    for lang in LANGUAGES:
        promises, progress = lexicon(lang), progress_lexicon(lang)
        assert promises is not None
        found = [*promises.patterns.values(), *promises.stems.values(), *(p for p, _ in promises.deed_verbs)]
        found += [cue.verb for cue in promises.cues]
        if progress is not None:
            found += progress.context.values()
            found += [p for c in progress.cues for p in (c.needs, c.before, c.after, c.denied) if p is not None]
        for pattern in found:
            assert (pattern.search("") is None) == (re.search(pattern.pattern, "") is None)


def test_matches_come_pattern_by_pattern() -> None:
    sieve = Sieve([r"ponts?", r"\d+", r"tunnels?"])
    found = [(place, match[0]) for place, match in sieve.matches("2 ponts, 3 tunnels et 1 pont")]
    assert found == [(0, "ponts"), (0, "pont"), (1, "2"), (1, "3"), (1, "1"), (2, "tunnels")]
    assert sieve.worth_trying("rien") == [1]


def test_needles_are_found_wherever_they_stand() -> None:
    needles = Needles(["an", "banane", "é", "ne"])
    assert sorted(needles.find("\ud83dbanane é")) == [(0, 2, 4), (0, 4, 6), (1, 1, 7), (2, 8, 9), (3, 5, 7)]
    assert Needles([]).find("banane") == []


@given(st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text(st.characters()))
def test_no_match_is_left_out(words: str) -> None:
    worth = Sieve(SMALL).worth_trying(words)
    assert worth == sorted(set(worth))
    assert {i for i, pattern in enumerate(SMALL) if re.search(pattern, words)} <= set(worth)


def _letters(pattern: str) -> list[str]:
    return [word for word in re.findall(r"[a-zéèêàç' ]{2,}", pattern) if word.strip()]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_cue_is_left_out(data: st.DataObject) -> None:
    progress, promises = progress_lexicon("fr"), lexicon("fr")
    assert progress is not None
    assert promises is not None
    sieve = data.draw(st.sampled_from([progress.sieve, promises.sieve]))
    patterns = [sieve.pattern(i) for i in range(40)]
    pieces = _letters(data.draw(st.sampled_from(patterns)).pattern)
    line = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=12))) if pieces else ""
    worth = set(sieve.worth_trying(line))
    assert {i for i, pattern in enumerate(patterns) if pattern.search(line)} <= worth
