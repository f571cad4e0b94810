"""Between whom a text is made: « un accord entre X et Y », and a text of the same name told of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.vocabulary import MentionForm

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work

_SIDES = 2
_PARTNER = 40
"""Code points between the words that lead to a party and its name."""
_BEFORE = 40
"""Code points before « entre » in which a word tells that what stands between two is no text of theirs."""
_TEXTS = 12
"""Lines back to which it is looked up between whom a text was made."""


def between(work: Work, line: Line, hit: Hit) -> tuple[str, ...]:
    """Return the parties of « un accord entre X et Y », of a signature with « du côté de »; not a mere list."""
    two = pair_between(work, line, hit.cue)
    if two:
        return two
    ids: list[str] = []
    for mention in work.scene.mentions_of(line):
        ids.extend(work.scene.commits(mention.ids))
    both = work.scene.folded(ids)
    if len(both) > _SIDES and work.scene.main and not work.lex.patterns["clause.between"].search(line.norm):
        return ()
    return both if len(both) >= _SIDES else ()


def pair_between(work: Work, line: Line, start: int) -> tuple[str, ...]:
    """Return the two of « entre X et Y » that follows `start` in a line, () when the words name no two."""
    scene, lex = work.scene, work.lex
    opened = lex.patterns["clause.two_sides"].search(line.norm, start)
    if opened is None or lex.patterns["clause.border"].search(
        line.norm, max(0, opened.start() - _BEFORE), opened.start()
    ):
        return ()
    sides: list[tuple[str, ...]] = []
    reach = opened.end()
    for mention in scene.mentions_of(line):
        first, last = mention.span.start - line.span.start, mention.span.end - line.span.start
        if first < reach or mention.form is MentionForm.ADJECTIVE or not scene.commits(mention.ids):
            continue
        words = line.norm[reach:first]
        if len(words) > _PARTNER or (sides and f" {lex.phrases['and_word']} " not in words):
            break
        sides.append(scene.commits(mention.ids))
        reach = last
        if len(sides) == _SIDES:
            break
    both = scene.folded([i for ids in sides for i in ids])
    return both if len(sides) == _SIDES and len(both) == _SIDES else ()


def made_between(work: Work, line: Line, start: int, hit: Hit) -> tuple[str, ...]:
    """Return between whom a text of the same name (« la déclaration de principes ») was made, told of before."""
    words = work.lex.patterns["clause.text_name"].match(line.norm, start, hit.cue)
    if words is None:
        return ()
    for index in range(line.index - 1, max(-1, line.index - _TEXTS), -1):
        before = work.lines.get(index)
        at = before.norm.find(words["name"]) if before is not None else -1
        if before is not None and at >= 0 and (two := pair_between(work, before, at)):
            return two
    return ()
