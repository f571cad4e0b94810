"""Which of two gives, where both are said to promise what only one of them can give the other.

« Les deux pays ont signé un accord de don », « l'accord prévoit de livrer des vedettes au Pérou »: both sign, one
gives.
What is read are the words of the clause, then whom the text's aid is for, then which of the two gives aid at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.commitments.receivers import towards_of
from palabre.lang.pack import shared_table, table
from palabre.model.vocabulary import MentionForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work

_SIDES = 2
_BEFORE = 110
"""Code points before a name in which the words for a gift of its owner stand."""
_NEAR = 30
"""Code points before a name in which the words that lead to it stand."""

Ids = tuple[str, ...]


@lru_cache(maxsize=8)
def _patterns(lang: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in table(lang, "receivers").get("gifts", {}).items()}


@lru_cache(maxsize=2)
def _named(kind: str) -> frozenset[str]:
    return frozenset(i for ids in shared_table("donors")[kind].values() for i in ids)


def one_gives(work: Work, line: Line, start: int, end: int, both: Ids) -> tuple[Ids, Ids] | None:
    """Return who of `both` gives and who is given to what stands at `start` to `end`; None where nothing tells."""
    patterns = _patterns(work.lang)
    if len(both) != _SIDES or not patterns or patterns["mutual"].search(line.norm, start, end):
        return None
    gift = patterns["things"].search(line.norm, start, end)
    acts = patterns["acts"].search(line.norm, start, end)
    if not gift and not acts:
        return None
    money = work.lex.patterns["amounts.large"].search(line.norm, start, end)
    giver = _whose(work, line, start, end, both) if gift else ()
    led = [i for i in _led(work, line, start, end) if i in both]
    if len(giver) != 1 and len(led) == 1:
        giver = tuple(i for i in both if i not in led)
    if len(giver) != 1 and (gift or money):
        lenders = tuple(i for i in both if work.scene.lends(i))
        helped = [i for i in both if i in work.scene.aim]
        sold = gift is not None and patterns["sold"].match(line.norm, gift.start()) is not None
        # Of two who lend either may; what is delivered is sold as often as given.
        open_to_both = sold or not _named("lends").isdisjoint(both)
        donors = () if open_to_both else tuple(i for i in both if i in _named("gives"))
        told = (lenders, tuple(i for i in both if i not in helped), donors)
        giver = next((g for g in told if len(g) == 1), ())
    return (giver, tuple(i for i in both if i not in giver)) if len(giver) == 1 else None


def _led(work: Work, line: Line, start: int, end: int) -> Ids:
    """Return those a clause gives something to; a capital (« signé à Kimbe ») only where what is done stands by it."""
    acts, towards, span = _patterns(work.lang)["acts"], towards_of(work.lang), line.at(start, end)
    out: list[str] = []
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - line.span.start
        near = max(start, first - _NEAR)
        if not span.contains(mention.span) or mention.form is MentionForm.ADJECTIVE:
            continue
        if towards.search(line.norm[near:first]) and (
            mention.form is not MentionForm.CAPITAL or acts.search(line.norm, near, first)
        ):
            out.extend(work.scene.commits(mention.ids))
    return tuple(dict.fromkeys(out))


def _whose(work: Work, line: Line, start: int, end: int, both: Ids) -> Ids:
    """Return those of `both` who own a gift: « un don du gouvernement lacustre », « le prêt de la Zambie »."""
    whose, span = _patterns(work.lang)["whose"], line.at(start, end)
    out: list[str] = []
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - line.span.start
        if span.contains(mention.span) and whose.search(line.norm[max(start, first - _BEFORE) : first]):
            out.extend(i for i in work.scene.commits(mention.ids) if i in both)
    return tuple(dict.fromkeys(out))
