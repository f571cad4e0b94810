"""Towards whom a promise is made, once it is known who makes it.

Those its words name come first, then the other parties of the text. Nothing here decides who promises or whether
something is a commitment; the words that lead to a receiver are in `lang/xx/receivers.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, Firmness, MentionForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene
    from palabre.extract.commitments.scope import Part
    from palabre.extract.commitments.work import Work

_BEFORE = 30
"""Code points before a name in which the words that lead to it stand."""
_RECENT = 40
"""Promises back from which it is learnt who receives in a text."""
_WELL_KNOWN = 4
"""A body among so many most named of a text can receive; others are places where something happens."""
_GIVING = frozenset({"infinitive", "deed", "gift", "future"})
_SUM = re.compile(r" ?\([^)]{1,40}\)")
"""A sum in brackets after who gives it."""


@lru_cache(maxsize=8)
def _patterns(lang: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in table(lang, "receivers")["patterns"].items()}


def towards_of(lang: str) -> re.Pattern[str]:
    """Return what leads to whom something is given, to be looked for in the words right before a name."""
    return _patterns(lang)["towards"]


def beneficiary_of(
    work: Work, line: Line, hit: Hit, part: Part, promisor: tuple[str, ...], firmness: Firmness
) -> tuple[str, ...]:
    """Return towards whom a promise is made: ids, () when towards nobody.

    Of a joint promise those who promise, unless they are no party of the text; else those the words name, else the
    other parties, and among several of them the one that received before.
    """
    scene = work.scene
    lend = hit.kind in ("future", "gift", "deed") and any(scene.lends(i) for i in promisor)
    if len(promisor) > 1 and lend and scene.main and not _covered(promisor, scene) & _covered(scene.main, scene):
        # « la banque et le fonds le financeront »: they are no party, they give to those who are.
        return scene.main
    if len(promisor) > 1 and (hit.firmness is not Firmness.PLEDGED or hit.kind not in _GIVING):
        return promisor
    # « a annoncé pour l'Afrique 360 milliards »: to whom may come before what.
    begin = min(hit.cue_end, part.body) if hit.kind in ("gift", "deed") and hit.body == part.body else part.body
    if hit.kind == "passive":
        # « l'aide destinée au Pérou sera doublée »: what is acted upon tells whom it is for.
        begin = part.start
    begin = min(begin, part.end)
    given, named = _named(work, line, begin, part.end, promisor)
    if given:
        return given
    aim = tuple(i for i in scene.aim if not _covered(promisor, scene) & _covered((i,), scene))
    if len(promisor) > 1:
        # « A et B verseront chacun 3 millions »: to whom the text's aid goes; else each towards the other.
        sum_of_money = work.lex.patterns["amounts.large"].search(line.norm, begin, part.end)
        return aim if sum_of_money and aim else promisor
    if firmness is Firmness.AGREED:
        return promisor
    if named:
        # « verser 60 millions, à l'invitation de X »: whom the words name without giving them anything is no receiver,
        # but one state among many that are helped.
        wide = any(scene.kind(i) is ActorKind.BODY for i in aim)
        return named if wide and all(scene.kind(i) is ActorKind.STATE for i in named) else aim or named
    patterns = _patterns(work.lang)
    words = line.norm[min(part.start, begin) : part.end]
    if patterns["nobody"].search(words):
        return ()
    if patterns["home"].search(words) and all(scene.kind(i) is not ActorKind.BODY for i in promisor):
        return promisor
    return aim or _party(work, promisor)


def _named(
    work: Work, line: Line, begin: int, end: int, promisor: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return those whom the words name after « à » or « pour », and all those whom they name."""
    scene, patterns = work.scene, _patterns(work.lang)
    span = line.at(begin, end)
    given: list[str] = []
    all_named: list[str] = []
    previous: int | None = None
    aside: int | None = None
    several = work.lex.patterns["amounts.large"].search(line.norm, begin, end) is not None and "next" in patterns
    for mention in scene.mentions_of(line):
        if not span.contains(mention.span):
            continue
        first = mention.span.start - line.span.start
        before = line.norm[max(0, first - _BEFORE) : first]
        joined = previous is not None and patterns["joins"].fullmatch(line.norm[previous:first]) is not None
        if patterns["aside"].search(before) or (
            aside is not None and patterns["joins"].fullmatch(_SUM.sub("", line.norm[aside:first])) is not None
        ):
            # « par la Zambie (5 millions) et le Pérou »: the second is like the first.
            aside = mention.span.end - line.span.start
            continue
        if several and not joined and patterns["next"].search(line.norm[begin:first]):
            # « 30 millions de dollars, la Zambie … »: who gives next.
            break
        everybody = [i for i in scene.commits(mention.ids) if i not in promisor]
        ids = [i for i in everybody if _receives(i, scene)]
        all_named.extend(ids)
        if mention.form is not MentionForm.ADJECTIVE and (patterns["towards"].search(before) or joined):
            # A sum given to a house is for that house, however little the text is about it.
            given.extend(everybody if several and patterns["dative"].search(before) else ids)
            previous = mention.span.end - line.span.start
    return (
        tuple(i for i in scene.owners(given) if i not in promisor),
        tuple(i for i in scene.owners(all_named) if i not in promisor),
    )


def led_to(work: Work, line: Line, begin: int, end: int, *, placed: bool = True) -> tuple[str, ...]:
    """Return the states that words from `begin` to `end` give something to, or (`placed`) in which they place it."""
    patterns, span = _patterns(work.lang), line.at(begin, end)
    ids: list[str] = []
    previous: int | None = None
    for mention in work.scene.mentions_of(line):
        first = mention.span.start - line.span.start
        before = line.norm[max(0, first - _BEFORE) : first]
        joined = previous is not None and patterns["joins"].fullmatch(line.norm[previous:first]) is not None
        led = patterns["towards"].search(before) or (placed and patterns["where"].search(before))
        if span.contains(mention.span) and mention.form is not MentionForm.ADJECTIVE and (led or joined):
            ids.extend(i for i in work.scene.commits(mention.ids) if not work.scene.lends(i))
            previous = mention.span.end - line.span.start
    return tuple(dict.fromkeys(ids))


def _receives(actor: str, scene: Scene) -> bool:
    """Tell whether an actor can receive: states, groups, and bodies that the text is about."""
    if scene.kind(actor) is not ActorKind.BODY or scene.members(actor):
        return True
    if scene.owners((actor,)) != (actor,):
        return True
    return actor in scene.main or actor in scene.parties[:_WELL_KNOWN]


def _covered(ids: tuple[str, ...], scene: Scene) -> set[str]:
    return {m for actor in ids for m in (actor, *scene.members(actor))}


def _party(work: Work, promisor: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other party of the text.

    Of several: to a party, the one that gave it something before; else who received most so far in the text.
    """
    scene = work.scene
    party = bool(_covered(promisor, scene) & _covered(scene.main, scene))
    # What a group set up itself (« banque de … ») is for the group, though it paid for it.
    donors = set() if party else _donors(work, promisor) - set(scene.owners(promisor))
    others = tuple(i for i in scene.others(promisor) if i not in donors)
    if len(others) < 2:
        return others if party else _outsiders_aim(scene, others) or others
    powers = tuple(i for i in others if scene.kind(i) is not ActorKind.BODY or scene.members(i)) or others
    received: Counter[str] = Counter()
    gave: Counter[str] = Counter()
    for mention in work.kept[-_RECENT:]:
        if len(mention.promisor) == 1 and len(mention.beneficiary) < len(others):
            received.update(i for i in mention.beneficiary if i in powers and i not in mention.promisor)
            if set(mention.beneficiary) <= set(promisor):
                gave.update(i for i in mention.promisor if i in others)
    return (_most(gave) if party else ()) or _most(received) or powers


def _donors(work: Work, promisor: tuple[str, ...]) -> set[str]:
    """Return those others who promised sums: beside them one more gives, not to them."""
    out: set[str] = set()
    for mention in work.kept[-_RECENT:]:
        alone = len(mention.promisor) == 1 and mention.amount
        if alone and mention.promisor != promisor and not set(mention.beneficiary) & set(mention.promisor):
            out.update(mention.promisor)
    return out


def _outsiders_aim(scene: Scene, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the member that a text names before its group: an outsider acts towards that one; () when none is."""
    if len(others) != 1:
        return ()
    inside = scene.members(others[0])
    for actor in scene.parties:
        if actor in others:
            return ()
        if actor in inside:
            return (actor,)
    return ()


def _most(counted: Counter[str]) -> tuple[str, ...]:
    """Return those counted most, all of them when several are."""
    top = max(counted.values(), default=0)
    return tuple(i for i, n in counted.items() if n == top)
