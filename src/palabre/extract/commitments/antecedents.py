"""Whom words that take up somebody stand for: « il », « ce dernier », « son gouvernement », « la société »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene, Subject
    from palabre.model.annotations import ActorMention

_BACK = 5
"""Lines back to which it is looked up whose summit is told of."""
_SIDE = 30
"""Code points before a name in which the words for those who act for it stand."""
_FIRM_BACK = 6
"""Lines back to which « l'institution » is looked up."""
_WELL_KNOWN = 2
"""Among so many most named of a text a body is the one that it is about."""
_LEAD = 3
_SIDES = 2
_LINK = 4
"""Code points of « et » before a subject."""
_BEFORE = 90
"""Code points before a body's name in which the words for its summit or its leaders stand."""


def earlier_body(line: Line, scene: Scene, lines: dict[int, Line]) -> tuple[str, ...]:
    """Return the body named last before « son institution »."""
    for index in range(line.index, max(-1, line.index - 8), -1):
        source = lines.get(index)
        for mention in reversed(scene.mentions_of(source) if source else ()):
            if len(mention.ids) == 1 and scene.lends(mention.ids[0]):
                return mention.ids
    return ()


def firm_meant(line: Line, start: int, scene: Scene, lines: dict[int, Line]) -> tuple[str, ...]:
    """Return the body that « l'institution » or « la banque » at `start` takes up: named before it, of the text first.

    () when none was named in the lines before.
    """
    named: list[str] = []
    for index in range(line.index, max(-1, line.index - _FIRM_BACK), -1):
        source = lines.get(index)
        for mention in reversed(scene.mentions_of(source) if source else ()):
            before = index < line.index or mention.span.end <= line.span.start + start
            if before and len(mention.ids) == 1 and scene.lends(mention.ids[0]):
                named.extend(mention.ids)
    known = (i for i in named if i in scene.parties[:_WELL_KNOWN])
    return tuple(named[:1] and (next(known, named[0]),))


def house(line: Line, scene: Scene, lines: dict[int, Line], lex: Lexicon, *, held: bool) -> tuple[str, ...]:
    """Return the body whose summit, leaders or members were told of last before a line, or at the head of the text.

    Where it is not `held`, any body named before in the line or the two before will do.
    """
    near = range(line.index, max(-1, line.index - _BACK), -1)
    for index in (*near, *range(min(_LEAD, line.index))):
        source = lines.get(index)
        for mention in reversed(scene.mentions_of(source) if source else ()):
            ids = mention.ids
            if source is None or len(ids) != 1 or scene.kind(ids[0]) is not ActorKind.BODY or scene.region(ids[0]):
                continue
            before = source.norm[: mention.span.start - source.span.start][-_BEFORE:]
            if lex.patterns["clause.gathering_of"].search(before):
                return ids
            if not held and line.index - 2 <= index < line.index and mention.form is MentionForm.NAME:
                return ids
    return ()


def leaders_house(line: Line, scene: Scene, lines: dict[int, Line], lex: Lexicon) -> tuple[str, ...]:
    """Return the body whose leaders « les dirigeants » are, () where the text tells of a meeting of others."""
    return () if scene.met else house(line, scene, lines, lex, held=True)


def antecedent_state(line: Line, scene: Scene, lines: dict[int, Line]) -> tuple[str, ...]:
    """Return the state named last before a line, of the same paragraph or the two sentences before."""
    for index in range(line.index - 1, line.index - 4, -1):
        source = lines.get(index)
        for mention in reversed(scene.mentions_of(source) if source else ()):
            ids = scene.commits(mention.ids)
            if len(ids) == 1 and scene.kind(ids[0]) is ActorKind.STATE and not scene.members(ids[0]):
                return ids
    return ()


def antecedent(subject: Subject, line: Line, scene: Scene, lines: dict[int, Line], lex: Lexicon) -> tuple[str, ...]:
    """Return whom « il » or « elles » stands for: the first named before it here, else in the lines before."""
    before = scene.last.get(line.index - 1)
    here = line.at(0, subject.start or 0)
    inside = [m for m in scene.mentions_of(line) if m.span.end <= here.end and m.form is not MentionForm.ADJECTIVE]
    if lex.patterns["clause.latter"].match(subject.words):
        return _latter(subject, line, scene, lines)
    if before is not None and before.ids and not inside and (len(before.ids) > 1 or before.joint) == subject.plural:
        return before.ids
    for source, limit in ((line, here.end), (lines.get(line.index - 1), None), (lines.get(line.index - 2), None)):
        if source is None:
            continue
        if subject.plural and limit is None and lex.patterns["clause.joint_words"].search(source.norm):
            return leaders_house(line, scene, lines, lex) or scene.main
        heads = [m for m in scene.mentions_of(source) if limit is not None and _opens(source, m, lex)]
        for mention in (*heads, *scene.mentions_of(source)):
            if limit is not None and mention.span.end > limit:
                break
            if mention.form is MentionForm.ADJECTIVE:
                continue
            ids = scene.commits(mention.ids)
            if ids and (not subject.plural or len(ids) > 1 or scene.members(ids[0])):
                return ids
            first = mention.span.start - source.span.start
            if ids and lex.patterns["clause.side"].search(
                source.norm, max(0, first - _SIDE), first + len(mention.span)
            ):
                # « Les autorités zambiennes … Elles … »
                return ids
    return ()


def _opens(line: Line, mention: ActorMention, lex: Lexicon) -> bool:
    """Tell whether a name stands first in its part of a sentence (« Membre de l'Union, la Zambie … »)."""
    before = line.norm[: mention.span.start - line.span.start]
    part = before.rpartition(",")[2]
    return lex.patterns["clause.opens_part"].fullmatch(part) is not None


def teller_before(subject: Subject, line: Line, scene: Scene) -> tuple[str, ...]:
    """Return whom the person named last before « son gouvernement » acts for, () when nobody is."""
    end = line.span.start + (subject.start or 0)
    for mention in reversed(scene.mentions_of(line)):
        if mention.span.end <= end and len(mention.ids) == 1 and scene.kind(mention.ids[0]) is ActorKind.PERSON:
            return scene.commits(mention.ids)
    return ()


def _latter(subject: Subject, line: Line, scene: Scene, lines: dict[int, Line]) -> tuple[str, ...]:
    """Return whom « ce dernier » stands for: the one named last before it."""
    here = line.at(0, subject.start or 0)
    for source in (line, lines.get(line.index - 1)):
        for mention in reversed(scene.mentions_of(source) if source else ()):
            ids = scene.commits(mention.ids)
            if mention.span.end <= here.end and mention.form is not MentionForm.ADJECTIVE and ids:
                return ids
    return ()


def with_counterpart(line: Line, subject: Subject, lex: Lexicon) -> bool:
    """Tell whether somebody acts with a counterpart; the tree may have taken « leurs homologues » alone."""
    if subject.start is None:
        return False
    before = line.norm[max(0, subject.start - _LINK) : subject.start]
    return lex.patterns["clause.counterpart"].search(f"{before}{subject.words}") is not None


def one_unsaid(line: Line, subject: Subject, scene: Scene) -> bool:
    """Tell whether of two people named together the text says of one alone whom they act for."""
    if subject.start is None:
        return False
    span = line.at(subject.start, subject.start + len(subject.words))
    people = dict.fromkeys(m.ids[0] for m in scene.mentions_of(line) if span.contains(m.span) and m.ids)
    entries = [e for i in people if (e := scene.entries.get(i)) is not None]
    told = [bool(e.acts_for) for e in entries if e.kind is ActorKind.PERSON]
    return len(told) == _SIDES and told.count(True) == 1
