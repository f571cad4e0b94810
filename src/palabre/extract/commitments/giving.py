"""Who gives and who is given to, where a sum or goods are told of and the words before the verb are not who gives.

« La Zambie recevra 30 millions », « 12 millions seront alloués à la Zambie », « les deux ont signé un accord de prêt »:
whoever the words give something to promises nothing. Nothing here decides whether something is a commitment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from palabre.extract.commitments.receivers import led_to
from palabre.model.vocabulary import ActorKind

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Subject
    from palabre.extract.commitments.scope import Part
    from palabre.extract.commitments.work import Work

_SIDES = 2
_RECENT = 300
"""Promises back from which it is learnt which of two gave the other something."""
_LAST = 8
"""Promises back from which it is learnt who gives in this part of a text."""
_LENT = 4
"""Sentences back to which loans may be told of, whose projects are listed."""
_FIRST = 2
"""Among so many most named of a text a body may be the one whose money is told of."""

Ids = tuple[str, ...]


def giver_and_given(
    work: Work, line: Line, hit: Hit, part: Part, subject: Subject, promisor: Ids, amount: str | None
) -> tuple[Ids, Ids] | None:
    """Return who gives what a clause tells of and who is given to (() when its words do not say), None for the rest.

    `promisor` is who was found to promise, `amount` the sum as written.
    """
    if receives(work, hit, subject):
        return _received(work, line, subject, promisor)
    if amount and (house := _house_receives(work, line, hit, subject, promisor)):
        return house, subject.ids
    large = work.lex.patterns["amounts.large"].search(amount.lower()) if amount else None
    if not promisor or not (large or work.lex.patterns["amounts.part"].match(subject.words)):
        return None
    if hit.kind == "goes_on" and (one := _as_before(work, promisor) or _house_lends(work, line, promisor)):
        return one
    return _granted(work, line, part, promisor) or _passed_on(work, line, hit, part, subject, promisor)


def receives(work: Work, hit: Hit, subject: Subject) -> bool:
    """Tell whether a clause says that a state, or several, get something."""
    verb = hit.kind in ("future", "infinitive") and work.lex.stems["receives"].search(hit.verb) is not None
    crowd = work.lex.patterns["clause.crowd"].match(subject.words) is not None
    return verb and (crowd or any(work.scene.kind(i) in (ActorKind.STATE, None) for i in subject.ids))


def _house_receives(work: Work, line: Line, hit: Hit, subject: Subject, promisor: Ids) -> Ids:
    """Return who gives a sum that a bank or a company is said to get: who gave last, else the text's own state."""
    verb = hit.kind in ("future", "infinitive") and work.lex.stems["receives"].search(hit.verb) is not None
    if not verb or (subject.ids and not set(promisor) & set(subject.ids)):
        return ()
    but = set(subject.ids)
    span = line.at(subject.start or 0, (subject.start or 0) + len(subject.words))
    named = {i for m in work.scene.mentions_of(line) if span.contains(m.span) for i in work.scene.commits(m.ids)}
    if not but <= named:
        # « l'autoroute bénéficiera … »: whoever was told of before gives.
        return ()
    power = (work.scene.power,) if work.scene.power and but and work.scene.power not in but else ()
    return _gave_last(work, but) or power


def _granted(work: Work, line: Line, part: Part, promisor: Ids) -> tuple[Ids, Ids] | None:
    """Return giver and receiver of a sum that a text of two sides grants, None where nothing tells which is which.

    The one whom the text's aid is for receives; else the one that gave the other something before gives again.
    """
    lex, scene = work.lex, work.scene
    if len(promisor) != _SIDES or lex.patterns["agreements.grants"].search(line.norm, part.start, part.end) is None:
        return None
    helped = tuple(i for i in promisor if i in scene.aim)
    if not helped:
        gave = {m.promisor for m in work.kept[-_RECENT:] if len(m.promisor) == 1 and m.amount}
        giver = [i for i in promisor if (i,) in gave]
        helped = tuple(i for i in promisor if i not in giver) if len(giver) == 1 else ()
    return (tuple(i for i in promisor if i not in helped), helped) if len(helped) == 1 else None


def _as_before(work: Work, promisor: Ids) -> tuple[Ids, Ids] | None:
    """Return who gives the next sum of a text (« 5 millions de prêts, 2 millions d'aides ») as the one before it."""
    last = work.made[-1] if work.made else None
    if last is None or not last.amount or len(promisor) != _SIDES:
        return None
    rest = tuple(i for i in promisor if i not in last.promisor)
    return (last.promisor, rest) if len(last.promisor) == len(rest) == 1 else None


def _house_lends(work: Work, line: Line, promisor: Ids) -> tuple[Ids, Ids] | None:
    """Return the one house among those who signed loans: it lends what the texts hold."""
    lenders = tuple(i for i in promisor if work.scene.lends(i))
    if len(lenders) != 1 or len(promisor) < _SIDES:
        return None
    near = (work.lines.get(i) for i in range(line.index, max(-1, line.index - _LENT), -1))
    lent = any(x is not None and work.lex.patterns["agreements.lends"].search(x.norm) for x in near)
    return (lenders, tuple(i for i in promisor if i not in lenders)) if lent else None


def _passed_on(work: Work, line: Line, hit: Hit, part: Part, subject: Subject, promisor: Ids) -> tuple[Ids, Ids] | None:
    """Return who gives a sum that is the subject itself (« 12 millions seront alloués à X »), None where it is told."""
    if hit.kind not in ("passive", "future", "sum") or hit.text_at is not None:
        return None
    span = line.at(subject.start or 0, (subject.start or 0) + len(subject.words))
    acts = [m for m in work.scene.mentions_of(line) if subject.start is not None and span.contains(m.span)]
    if hit.kind == "future" and not work.lex.patterns["amounts.part"].match(subject.words):
        return None
    helped = led_to(work, line, 0, part.end)
    rest = tuple(i for i in promisor if i not in helped)
    if len(rest) == 1:
        return (rest, tuple(i for i in promisor if i in helped)) if len(promisor) > 1 else None
    if acts and rest:
        return None
    giver = _in_context(work, {*helped, *work.scene.aim})
    return (giver, helped) if giver else None


def _received(work: Work, line: Line, subject: Subject, promisor: Ids) -> tuple[Ids, Ids] | None:
    """Return who gives and who is given to where a state is said to receive something, None when nobody is told.

    Who gives is the promisor, if it was found to be another than the subject; else whoever promised last, or the only
    other party.
    """
    if subject.start is None or not set(promisor) & set(subject.ids):
        return None
    told = work.told(line)
    if told is not None and len(told.ids) == 1 and not set(told.ids) & set(subject.ids):
        return told.ids, subject.ids
    others = _in_context(work, set(subject.ids)) or work.scene.others(subject.ids)
    others = others if len(others) == 1 else _about(work, set(subject.ids))
    return (others, subject.ids) if others else None


def instead_of_receiver(work: Work, hit: Hit, promisor: Ids) -> Ids:
    """Return who gives where `promisor` is said to receive something, () where nobody is told or nothing received."""
    if hit.kind not in ("future", "infinitive") or work.lex.stems["receives"].search(hit.verb) is None:
        return ()
    if not all(work.scene.kind(i) in (ActorKind.STATE, None) for i in promisor):
        # A project, a school, a bank that receives: only where somebody gave sums before.
        return _gave_last(work, set(promisor))
    return _in_context(work, set(promisor)) or _about(work, set(promisor))


def instead_of_helped(work: Work, line: Line, start: int, end: int, promisor: Ids, amount: str | None) -> Ids:
    """Return who gives a sum told of at `start` to `end` of a line, where `promisor` is who is helped with it; else ().

    It is where the sum begins the clause and was given to whom the text's aid is for, and where the line names it only
    as whom something is for (« est un prêt au profit de la Zambie »).
    """
    lex, aim = work.lex, set(work.scene.aim)
    if not amount or not promisor:
        return ()
    if set(promisor) <= aim and lex.patterns["amounts.part"].match(line.norm[start:end]) is not None:
        return _in_context(work, aim)
    helped = set(led_to(work, line, start, end, placed=False))
    named = [i for m in work.scene.mentions_of(line) for i in work.scene.commits(m.ids)]
    once = set(promisor) <= helped and all(named.count(i) == 1 for i in promisor)
    return _in_context(work, helped) if once else ()


def _in_context(work: Work, but: set[str]) -> Ids:
    """Return who gave sums last in a text, most often of several; else the body that it is about; () when nobody."""
    scene = work.scene
    house = ((i,) for i in scene.parties[:_FIRST] if scene.lends(i) and i not in but)
    return _gave_last(work, but) or next(house, ())


def _gave_last(work: Work, but: set[str]) -> Ids:
    """Return who gave sums last in a text, most often of several; () when nobody."""
    gave = Counter(
        m.promisor[0]
        for m in reversed(work.kept[-_LAST:])
        if m.amount and len(m.promisor) == 1 and m.promisor[0] in work.scene.entries and m.promisor[0] not in but
    )
    return (gave.most_common(1)[0][0],) if gave else ()


def _about(work: Work, but: set[str]) -> Ids:
    """Return who is named most in a text beside those who are given to, () when that is whom its aid is for."""
    return next(((i,) for i in work.scene.parties[:_FIRST] if i not in but and i not in work.scene.aim), ())
