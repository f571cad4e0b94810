"""Whom a text's aid is for: « une conférence pour la Zambie », « les réfugiés lacustres », « soutenir le Pérou ».

Several may promise in such a text, and few of them say again to whom. What is read here are the words around names;
it decides nothing about any promise.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for, table
from palabre.model.vocabulary import MentionForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from palabre.model.annotations import ActorMention
    from palabre.text.reading import Reading

_BEFORE = 70
"""Code points before a name in which the words that tell stand."""
_ENOUGH = 3
"""What the words of a text must weigh to tell its aim: two places, or one and its title."""
_PLAIN, _STRONG = 1, 2
_LEAD = 3
"""Sentences at the start of a text that say what it is about."""


@lru_cache(maxsize=8)
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], int, bool], ...]:
    """Return the patterns of a language, each with its weight and whether it is for adjectives."""
    words = table(lang, "receivers").get("aims", {})
    named = (("gives", _STRONG, False), ("concerns", _PLAIN, False), ("people", _PLAIN, True))
    return tuple((re.compile(words[name]), weight, adjective) for name, weight, adjective in named if name in words)


def aim_of(
    reading: Reading, mentions: Iterable[ActorMention], receives: Callable[[ActorMention], tuple[str, ...]]
) -> tuple[str, ...]:
    """Return those a text's aid is for, () when the text is about none; `receives` tells whom a mention stands for."""
    patterns = _patterns(pack_for(reading.lang))
    counts: Counter[str] = Counter()
    for mention in mentions if patterns else ():
        adjective = mention.form is MentionForm.ADJECTIVE
        if mention.form not in (MentionForm.NAME, MentionForm.CAPITAL, MentionForm.ADJECTIVE):
            continue
        start = mention.span.start
        sentence = reading.sentence_at(start)
        if sentence is None:
            continue
        before = reading.plain[max(sentence.span.start, start - _BEFORE) : start]
        weights = [w for pattern, w, of in patterns if of is adjective and pattern.search(before)]
        if weights:
            for each in receives(mention):
                counts[each] += max(weights) + (1 if sentence.index < _LEAD else 0)
    (best, weight), *rest = [*counts.most_common(2), ("", 0)][:2]
    if weight < _ENOUGH or (rest and 3 * rest[0][1] > 2 * weight):
        # Two are helped alike: which of them each promise is for, its own words must tell.
        return ()
    return (best,)


def brokers_of(
    reading: Reading, mentions: Iterable[ActorMention], commits: Callable[[Iterable[str]], tuple[str, ...]]
) -> set[str]:
    """Return those under whose mediation, auspices or roof others agreed; `commits` tells whom ids stand for."""
    pattern = _brokers(pack_for(reading.lang))
    out: set[str] = set()
    if pattern is None:
        return out
    for mention in mentions:
        start = mention.span.start
        before = reading.plain[max(0, start - _BEFORE) : start]
        if mention.form is MentionForm.ADJECTIVE:
            helped = _brokering(pack_for(reading.lang)).search(before)
        else:
            helped = pattern.search(before)
        if helped:
            out.update(commits(mention.ids))
    return out


@lru_cache(maxsize=8)
def _brokers(lang: str) -> re.Pattern[str] | None:
    words = table(lang, "receivers").get("gifts", {}).get("brokers")
    return re.compile(words) if words else None


@lru_cache(maxsize=8)
def _brokering(lang: str) -> re.Pattern[str]:
    return re.compile(table(lang, "receivers")["gifts"]["brokering"])


def own_of(reading: Reading, mentions: Iterable[ActorMention]) -> str | None:
    """Return the state whose own government or aid a text tells of most (« l'aide lacustre »), None where none leads.

    A minister whose state the text leaves unsaid is of that one, more often than of the one it names most.
    """
    pattern = _own(pack_for(reading.lang))
    counts: Counter[str] = Counter()
    for mention in mentions if pattern else ():
        start = mention.span.start
        before = reading.plain[max(0, start - _BEFORE) : start]
        one = mention.form is MentionForm.ADJECTIVE and len(mention.ids) == 1
        if one and pattern is not None and pattern.search(before):
            counts[mention.ids[0]] += 1
    (best, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most > next_most else None


@lru_cache(maxsize=8)
def _own(lang: str) -> re.Pattern[str] | None:
    words = table(lang, "receivers").get("plainly", {}).get("own_state")
    return re.compile(words) if words else None
