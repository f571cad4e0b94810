"""Lists of who gives how much (« les Émirats 30 millions d'euros, la Norvège à hauteur de 5 millions »).

The verb stands once, or in the sentence before; each giver with a sum of its own is a promise that can be checked. What
the rules found otherwise stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.model.annotations import CommitmentMention
from palabre.model.vocabulary import ActorKind, Firmness, MentionForm, Sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work
    from palabre.model.annotations import ActorMention

RULE = "giver"
_REACH = 60
"""Code points between a giver and its sum."""
_LED = 12
"""Code points between a sum and its giver where little but « du » stands."""
_ENOUGH = 2
"""Givers of one sentence that make a list where no promise stands in it."""
_RECENT = 60
"""Promises back from which it is looked up whether words are taken."""
_ARTICLE = 4
"""Code points of an article before a name."""
_CONFIDENCE = 0.65


def givers(work: Work, line: Line) -> tuple[list[CommitmentMention], list[CommitmentMention]]:
    """Return the promises of a line's list of givers, in order, and those found before that gave them to somebody else.

    None where nothing tells that sums are promised.
    """
    lex, recent = work.lex, work.kept[-_RECENT:]
    if "givers.after" not in lex.patterns or lex.patterns["amounts.large"].search(line.norm) is None:
        return [], []
    pairs = list(_pairs(work, line))
    # « la Norvège a annoncé 40 millions et | le Qatar 30 millions »: the second part is not of the first promise.
    wrong = [c for c in recent if any(_given_wrongly(work, line, c, pair) for pair in pairs)]
    recent = [c for c in recent if c not in wrong]
    cut = [_cut(line, c, pairs, work) for c in recent]
    wrong += [c for c, shorter in zip(recent, cut, strict=True) if shorter is not c]
    shortened = [shorter for c, shorter in zip(recent, cut, strict=True) if shorter is not c]
    recent = cut
    free = [p for p in pairs if not any(c.span.touches(line.at(p[1], p[2])) for c in recent)]
    if not free:
        return shortened, wrong
    here = next((c for c in reversed(recent) if c.amount and line.span.contains(c.span)), None)
    before = work.lines.get(line.index - 1)
    if before is not None and before.block != line.block:
        before = None
    model = here or next((c for c in reversed(recent) if before and c.amount and before.span.contains(c.span)), None)
    if here is None and lex.patterns["givers.people"].search(line.norm):
        # « la Turquie (3,5 millions), le Liban (un million) »: heads counted.
        return [], []
    told = any(lex.patterns["givers.promising"].search(x.norm) for x in (line, before) if x is not None)
    if here is None and (len(free) < _ENOUGH or not (model or told)):
        return shortened, wrong
    out: list[CommitmentMention] = shortened
    giver: tuple[str, ...] = ()
    received = lex.patterns["givers.received"].search(line.norm) if "givers.received" in lex.patterns else None
    if received is not None and all(received.start() < start for _, start, *_ in free):
        # « X va recevoir 3 millions, Y 2 millions »: a list of those who are given to.
        giver = next((c.promisor for c in reversed(recent) if c.amount and not _named(work, c.promisor, free)), ())
        if not giver:
            return shortened, wrong
    for mention, start, end, amount in free:
        promisor = giver or work.scene.commits(mention.ids)
        span = line.at(start, end).trimmed(work.reading.text)
        towards = (
            work.scene.commits(mention.ids)
            if giver
            else work.scene.aim or (model.beneficiary if model is not None else work.scene.others(promisor))
        )
        out.append(
            CommitmentMention(
                span=span,
                promisor=promisor,
                beneficiary=tuple(i for i in towards if i not in promisor),
                action=f"{lex.phrases['gift']} {amount}",
                sector=model.sector if model is not None else work.theme or Sector.FINANCE,
                # What one gives was not agreed, whatever all of them gave together was.
                firmness=Firmness.PLEDGED if model is None or model.firmness is Firmness.AGREED else model.firmness,
                amount=amount,
                confidence=_CONFIDENCE,
                cue=span,
                cue_rule=RULE,
            )
        )
    return out, wrong


def _named(work: Work, ids: tuple[str, ...], pairs: list[tuple[ActorMention, int, int, str]]) -> bool:
    """Tell whether one of `ids` stands in a list."""
    return any(set(ids) & set(work.scene.commits(mention.ids)) for mention, *_ in pairs)


def _cut(
    line: Line, found: CommitmentMention, pairs: list[tuple[ActorMention, int, int, str]], work: Work
) -> CommitmentMention:
    """Return a promise up to the next giver that it swallowed (« X a promis 3 millions et Y 2 millions »)."""
    if not found.amount or not line.span.contains(found.span):
        return found
    for mention, start, end, _ in pairs:
        own = set(work.scene.commits(mention.ids)) & set(found.promisor)
        at = line.at(start, end)
        if own or at.start - found.span.start <= _ARTICLE or not found.span.contains(at):
            continue
        before = line.norm[:start]
        tie = work.lex.patterns["givers.tie"].search(before)
        sums = _sums(line, work.lex)
        first = found.span.start - line.span.start
        if tie is not None and any(first <= a and b <= tie.start() + 1 for a, b, _ in sums):
            span = line.at(first, tie.start()).trimmed(work.reading.text)
            return found if found.cue is None or not span.contains(found.cue) else replace(found, span=span)
    return found


def _given_wrongly(work: Work, line: Line, found: CommitmentMention, pair: tuple[ActorMention, int, int, str]) -> bool:
    """Tell whether a promise that begins with a giver is given to somebody else."""
    mention, start, end, _ = pair
    begins = 0 <= line.at(start, end).start - found.span.start <= _ARTICLE
    return begins and not set(work.scene.commits(mention.ids)) & set(found.promisor)


def _pairs(work: Work, line: Line) -> Iterator[tuple[ActorMention, int, int, str]]:
    """Yield each giver with where it and its sum begin and end in the line, and the sum as written."""
    lex, norm, base = work.lex, line.norm, line.span.start
    sums = _sums(line, lex)
    named = [
        m
        for m in work.scene.mentions_of(line)
        if m.form in (MentionForm.NAME, MentionForm.CAPITAL)
        and len(ids := work.scene.commits(m.ids)) == 1
        and work.scene.kind(ids[0]) in (ActorKind.STATE, ActorKind.BODY)
    ]
    used: set[int] = set()
    taken: set[int] = set()
    for mention in named:
        # « autant de la Norvège, 40 millions de l'Irlande »: a sum is of whom it leads to.
        first, last = mention.span.start - base, mention.span.end - base
        for i, (start, end, amount) in enumerate(sums):
            if i not in used and end <= first <= end + _LED and lex.patterns["givers.of"].fullmatch(norm, end, first):
                used.add(i)
                taken.add(first)
                yield mention, start, last, amount
                break
    for mention in named:
        if mention.span.start - base in taken:
            continue
        first, last = mention.span.start - base, mention.span.end - base
        for i, (start, end, amount) in enumerate(sums):
            if i in used:
                continue
            after, before = start - last, first - end
            if 0 <= after <= _REACH and lex.patterns["givers.after"].fullmatch(norm, last, start):
                used.add(i)
                yield mention, first, end, amount
                break
            if 0 <= before <= _REACH and lex.patterns["givers.before"].fullmatch(norm, end, first):
                used.add(i)
                yield mention, start, last, amount
                break


def _sums(line: Line, lex: Lexicon) -> list[tuple[int, int, str]]:
    """Return where the large sums of a line stand, with their words; a bare one takes the unit of the one before."""
    large = lex.patterns["amounts.large"]
    whole = [m for m in lex.patterns["amounts.pattern"].finditer(line.norm) if large.search(m[0])]
    sums = [(*m.span(), _words(line, m.span())) for m in whole]
    for bare in lex.patterns["givers.bare"].finditer(line.norm) if "givers.bare" in lex.patterns else ():
        units = [large.search(m[0]) for m in whole if m.end() <= bare.start()]
        if units and (unit := units[-1]) and not any(a <= bare.start() < b for a, b, _ in sums):
            sums.append((*bare.span(), f"{_words(line, bare.span())} {unit[0]}"))
    return sorted(sums)


def _words(line: Line, span: tuple[int, int]) -> str:
    return " ".join(line.raw[slice(*span)].split())
