"""Who promises where the words around a clause say so plainly, whatever was made of its verb.

« L'aide de la Zambie sera doublée », « Au Pérou, la junte promet … », « il se rendra au Pérou »: whose the gift is, in
which country a government acts, who travels. Nothing here decides whether something is a commitment; the words are in
`lang/xx/receivers.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work

_BEFORE = 60
"""Code points before a name in which the words for a gift of its owner, or for going there, stand."""
_OPENS = 30
"""Code points before a clause in which its country's name may end (« au Pérou, par exemple, »)."""

_SIDES = 2

Ids = tuple[str, ...]


@lru_cache(maxsize=8)
def _patterns(lang: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in table(lang, "receivers").get("plainly", {}).items()}


def plainly(work: Work, line: Line, start: int, end: int, promisor: Ids) -> Ids:
    """Return who promises what stands at `start` to `end` of a line: `promisor`, unless its words name another."""
    if not _patterns(work.lang):
        return promisor
    return (
        _own_gift(work, line, start, end)
        or _own_share(work, line, start, end)
        or _also_given(work, line, start, end, promisor)
        or _joint_organ(work, line, start, end, promisor)
        or _at_home(work, line, start, end)
        or _traveller(work, line, start, end, promisor)
        or promisor
    )


def _own_gift(work: Work, line: Line, start: int, end: int) -> Ids:
    """Return whose gift a clause begins with: « l'aide de la Zambie sera … », « la contribution lacustre ».

    So does whose force is sent: « un contingent lacustre sera déployé ».
    """
    patterns, base = _patterns(work.lang), line.span.start
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - base
        if not start <= first < min(end, start + _BEFORE):
            continue
        adjective = mention.form is MentionForm.ADJECTIVE
        owned = patterns["own" if adjective else "of"].fullmatch(line.norm, start, first)
        acts = patterns["acted"].match(line.norm, mention.span.end - base)
        if adjective and not owned:
            owned = patterns["force"].fullmatch(line.norm, start, first)
            acts = patterns["sent"].match(line.norm, mention.span.end - base)
        ids = work.scene.commits(mention.ids) if owned else ()
        if acts and len(ids) == 1 and ids[0] not in work.scene.aim:
            return ids
    return ()


def _own_share(work: Work, line: Line, start: int, end: int) -> Ids:
    """Return whose share a sum is: « 27 millions de dollars sont la contribution de la Zambie »."""
    patterns, base = _patterns(work.lang), line.span.start
    if work.lex.patterns["amounts.large"].search(line.norm, start, end) is None:
        return ()
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - base
        if start < first < end and patterns["share"].search(line.norm[max(start, first - _BEFORE) : first]):
            ids = work.scene.commits(mention.ids)
            return ids if len(ids) == 1 and ids[0] not in work.scene.aim else ()
    return ()


def _also_given(work: Work, line: Line, start: int, end: int, promisor: Ids) -> Ids:
    """Return who gives to the next of a list: in « la Zambie recevra 30 millions, le Congo 12 » neither promises.

    Who gave to the one before gives again.
    """
    patterns, base = _patterns(work.lang), line.span.start
    earlier = [c for c in work.kept if base <= c.span.start < base + start]
    before = max(earlier, key=lambda c: c.span, default=None)
    if before is None or set(before.promisor) & set(promisor):
        return ()
    given = patterns["received"].search(line.norm, before.span.start - base, start)
    if given is None or patterns["number"].search(line.norm, given.end(), start) is None:
        return ()
    for mention in work.scene.mentions_of(line):
        first, last = mention.span.start - base, mention.span.end - base
        if start <= first < end and set(work.scene.commits(mention.ids)) == set(promisor):
            opens = patterns["also"].fullmatch(line.norm, start, first)
            return before.promisor if opens and patterns["number"].match(line.norm, last, end) else ()
    return ()


def _joint_organ(work: Work, line: Line, start: int, end: int, promisor: Ids) -> Ids:
    """Return the two parties where an organ of both is said to act: « la commission mixte se réunira »."""
    if len(promisor) != 1 or len(work.scene.main) != _SIDES or not work.scene.met:
        return ()
    states = all(work.scene.kind(i) in (ActorKind.STATE, None) or work.scene.members(i) for i in work.scene.main)
    return work.scene.main if states and _patterns(work.lang)["joint"].match(line.norm, start, end) else ()


def _at_home(work: Work, line: Line, start: int, end: int) -> Ids:
    """Return in which state a government, a parliament or an election is told of: « Au Pérou, la junte promet … »."""
    patterns, base = _patterns(work.lang), line.span.start
    for mention in work.scene.mentions_of(line):
        first, last = mention.span.start - base, mention.span.end - base
        if mention.form is not MentionForm.NAME or first > end or start - last > _OPENS:
            continue
        ids = work.scene.commits(mention.ids)
        if len(ids) != 1 or work.scene.kind(ids[0]) is not ActorKind.STATE:
            continue
        inside = patterns["home"].match(line.norm, last)
        if inside and inside.end() <= end and patterns["in"].search(line.norm, max(0, first - _BEFORE), first):
            return ids
    return ()


def _traveller(work: Work, line: Line, start: int, end: int, promisor: Ids) -> Ids:
    """Return the other of two parties where one was said to travel to itself."""
    others = work.scene.others(promisor)
    if len(promisor) != 1 or len(others) != 1 or work.scene.kind(promisor[0]) is not ActorKind.STATE:
        return ()
    goes = _patterns(work.lang)["goes"]
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - line.span.start
        there = start <= first < end and mention.form in (MentionForm.NAME, MentionForm.CAPITAL)
        if there and mention.ids == promisor and goes.search(line.norm, max(start, first - _BEFORE), first):
            return others
    return ()
