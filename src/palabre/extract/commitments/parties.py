"""Who promises: from the words before the verb, from the quotation it stands in, from the scene.

Nothing here decides whether something is a commitment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.antecedents import (
    antecedent,
    antecedent_state,
    earlier_body,
    firm_meant,
    house,
    leaders_house,
    one_unsaid,
    teller_before,
    with_counterpart,
)
from palabre.extract.commitments.scene import Scene, Subject
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.model.annotations import ActorMention

_SIDES = 2
_NEAR = 15
"""Code points that may stand between somebody named and the « qui » that is them."""
_NAMED = re.compile(
    r"(?:(?:[Ll]e |[Ll]a |[Ll]['’])(?:[a-zà-ÿ-]{3,20} ){1,3})?"
    r"(?P<name>[A-ZÀ-Þ][\w&.'’-]*(?: (?:(?:de|du|des|&|of|and) )?[A-ZÀ-Þ][\w&.-]*){0,4})"
    r"(?: \((?P<acronym>[A-Z]{2,8})\))?"
)
_HOUSE = re.compile(r" (?P<name>[A-ZÀ-Þ][\w&.'’-]+(?: (?:& )?[A-ZÀ-Þ][\w&.-]*){0,3}) ?")
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Þ][\w-]+ $")
_ACRONYM = re.compile(r"\([A-ZÀ-Þ]{2,10}\)")
_APPOSED = 3
"""Words of an apposition inside a list of parties."""
_DETERMINER = 8
"""Code points within which a description starts that is the phrase itself; one that starts later says whose."""
_HARD = re.compile(r"[;:«»\"()–—]")


def subject_before(line: Line, position: int, end: int, scene: Scene, lex: Lexicon) -> Subject:
    """Return who does what the verb at `position` (up to `end`) says. Its ids are empty when the words name nobody."""
    verb = line.last_verb_in(position, end)
    if verb is not None and (where := line.subject_of(verb)) is not None and where[0] < position:
        where = _whole(line, where, scene)
        subject = from_words(line, where[0], min(where[1], position), scene, lex)
        near = _by_order(line, position, scene, lex)
        if lex.patterns["clause.collective"].match(near.words.partition(",")[0].strip()):
            return near
        if near.start is not None and (near.ids or own_name(line, near)) and _own_clause(line, where, near.start, lex):
            # « A construira un port, B bâtira une usine »: whoever stands right before the verb acts.
            return near
        if subject is not None and near.joint and near.start is not None and set(subject.ids) < set(near.ids):
            # « A, B et C bâtiront »: the tree took the last of the list alone.
            return near
        if subject is not None and not lex.patterns["clause.which"].fullmatch(subject.words):
            if subject.ids or lex.patterns["clause.agent_pronouns"].fullmatch(subject.words):
                return subject
            # The tree may have taken an apposition (« Autre mesure, Pékin ouvrira »): who is named nearest acts.
            return (
                near
                if near.ids and near.start is not None and (near.start >= where[1] or len(subject.words) <= 3)
                else subject
            )
    return _by_order(line, position, scene, lex)


def _whole(line: Line, where: tuple[int, int], scene: Scene) -> tuple[int, int]:
    """Return where a subject stands, grown to the whole of a name of which the tree took the last word."""
    start = line.span.start + where[0]
    for mention in scene.mentions_of(line):
        if mention.span.start < start < mention.span.end:
            return mention.span.start - line.span.start, where[1]
    return where


def _own_clause(line: Line, where: tuple[int, int], start: int, lex: Lexicon) -> bool:
    """Tell whether `start` lies beyond the tree's subject, or beyond a verb that it wrongly holds."""
    if start >= where[1]:
        return True
    verbs = (m[0] for m in lex.patterns["future.verb"].finditer(line.norm, where[0], max(where[0], start)))
    return any(v not in lex.words["not_future"] for v in verbs)


def _by_order(line: Line, position: int, scene: Scene, lex: Lexicon) -> Subject:
    left = line.norm[:position]
    for acronym in _ACRONYM.finditer(line.raw[:position]):
        left = left[: acronym.start()] + " " * len(acronym[0]) + left[acronym.end() :]
    left = left.rstrip(' «"')
    left = lex.patterns["clause.before_verb"].sub("", left).rstrip()
    if (tie := lex.patterns["clause.ending"].search(left)) and tie[0].strip(" ,"):
        # « … et présentera »: the verb shares the subject of the one before.
        return Subject((), None)
    which = lex.patterns["clause.which"]
    if (m := re.search(r"([\w'-]+)$", left)) and which.fullmatch(m[0]):
        before = left[: m.start()].rstrip(" ,")
        near = [x for x in scene.mentions_of(line) if x.span.end - line.span.start <= len(before)]
        if not near or len(before) - (near[-1].span.end - line.span.start) > _NEAR:
            return Subject((), None, words=m[0])
        if near and "«" not in line.norm[near[-1].span.end - line.span.start : len(before)]:
            start = near[-1].span.start - line.span.start
            return from_words(line, start, len(before), scene, lex) or Subject((), None)
        left = before
    start = 0
    for mark in _HARD.finditer(left):
        start = mark.end()
    for that in lex.patterns["clause.that"].finditer(left, start):
        start = that.end()
    for verb in lex.patterns["future.verb"].finditer(left, start):
        # « … formera cent marins et le Pérou fournira »: what stands before the last « et » has a verb of its own.
        link = left.rfind(f" {lex.phrases['and_word']} ", verb.end())
        if link >= 0 and verb[0] not in lex.words["not_future"]:
            start = link + len(lex.phrases["and_word"]) + 2
    chunks = _chunks(left, start)
    while len(chunks) > 1 and not left[slice(*chunks[-1])].strip():
        chunks.pop()
    trailing_comma = left.endswith(",")
    passing = lex.patterns["clause.passing"]
    order = list(reversed(chunks))
    if trailing_comma and len(order) > 1:
        # « Le président, Untel, a promis », « le Japon, lors du sommet, a promis »: the head comes first.
        order = order if _by_nation(line, order[1], scene) else [order[1], order[0], *order[2:]]
    for first, last in order:
        words = left[first:last]
        indent = len(words) - len(words.lstrip())
        if passing.match(words.lstrip()) and len(chunks) > 1:
            continue
        lead = lex.patterns["clause.lead"].match(line.norm, first, last)
        if lead is not None and lead.end() >= last:
            # Nothing but « et »: the verb shares its subject with the one before.
            break
        begin = _list_start(line, first + indent, chunks, scene, lex)
        subject = from_words(line, begin, last, scene, lex)
        if subject is not None:
            return subject
        if not trailing_comma:
            break
    return Subject((), None, words=left[slice(*chunks[-1])].strip() if chunks else "")


def _by_nation(line: Line, head: tuple[int, int], scene: Scene) -> bool:
    """Tell whether words are somebody called by their nationality alone (« L'Espagnol, ministre des Lacs, »)."""
    inside = [m for m in scene.mentions_of(line) if line.at(*head).contains(m.span)]
    if len(inside) != 1 or inside[0].form is not MentionForm.ADJECTIVE:
        return False
    noun = inside[0].span.start - line.span.start
    return line.raw[noun].isupper() and not line.norm[inside[0].span.end - line.span.start : head[1]].strip(" ,")


def _chunks(left: str, start: int) -> list[tuple[int, int]]:
    out, begin = [], start
    for i in range(start, len(left)):
        if left[i] == "," and not (left[i - 1 : i].isdigit() and left[i + 1 : i + 2].isdigit()):
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(left)))
    return out[-8:]


def _list_start(line: Line, start: int, chunks: list[tuple[int, int]], scene: Scene, lex: Lexicon) -> int:
    """Go back over « le Mali, le Burkina Faso et… » to where the list begins."""
    mentions = scene.mentions_of(line)
    apposed = False
    for first, last in reversed(chunks):
        if last >= start:
            continue
        span = line.at(first, last)
        inside = [m for m in mentions if span.contains(m.span)]
        words = line.norm[first:last].strip()
        if not inside and not apposed and 0 < len(words.split()) <= _APPOSED and line.raw[first:last].strip().islower():
            # « le Koweït, pays hôte, l'Arabie saoudite et … »
            apposed = True
            continue
        apposed = False
        if lex.patterns["clause.passing"].match(words):
            # « à Nairobi, au Kenya, le Japon … »: where, not who.
            break
        covered = sum(len(m.span) for m in inside)
        if inside and covered >= 0.6 * len(line.norm[first:last].strip()) and inside[0].form is MentionForm.NAME:
            start = first + len(line.norm[first:last]) - len(line.norm[first:last].lstrip())
        else:
            break
    return start


def from_words(line: Line, start: int, end: int, scene: Scene, lex: Lexicon) -> Subject | None:
    """Read a noun phrase: the first who are named in it, with those joined to them."""
    lead = lex.patterns["clause.lead"].match(line.norm, start, end)
    start = lead.end() if lead else start
    words = line.norm[start:end].strip(" ,'\"«»")
    if not words:
        return None
    plural = lex.patterns["clause.plural"].match(words) is not None
    head = lex.patterns["clause.agent_pronouns"].fullmatch(words.split(",")[0])
    span = line.at(start, end)
    mentions = [m for m in scene.mentions_of(line) if m.span.start >= span.start and m.span.start < span.end]
    joint = lex.patterns["clause.joint_words"].match(words)
    if lex.patterns["clause.collective"].match(words.partition(",")[0].strip()):
        # « les pays donateurs, réunis à … »: many, and none of those that the scene knows.
        return Subject((), start, plural=True, words=words)
    if (
        joint
        and scene.main
        and not _told(
            mentions, scene, span.start + _DETERMINER, several=bool(lex.patterns["clause.several"].match(words))
        )
    ):
        return Subject(scene.main, start, joint=len(scene.main) > 1, plural=True, words=words)
    ids: list[str] = []
    previous: Span | None = None
    whose: int | None = None
    if mentions and all(m.form is MentionForm.ADJECTIVE for m in mentions):
        # « la banque péruvienne Orca Crédit »: the name after the adjective acts.
        named = _HOUSE.fullmatch(line.raw, mentions[-1].span.end - line.span.start, end)
        if named is not None:
            return Subject((named["name"],), start, plural=plural, words=words)
    if all(m.form is MentionForm.ADJECTIVE for m in mentions) and lex.patterns["clause.things"].match(words):
        return Subject((), start, plural=plural, words=words)
    if mentions and _about(line, start, mentions[0], lex):
        return Subject((), start, plural=plural, words=words)
    for mention in mentions:
        between = line.norm[(previous.end if previous else 0) - line.span.start : mention.span.start - line.span.start]
        joins = previous is None or (
            len(between) < 30
            and (not between.strip() or lex.patterns["clause.list"].search(between))
            and lex.patterns["clause.parting"].search(between) is None
        )
        if ids and previous is not None and _apposed(line, mentions, mention, between):
            # « L'Espagnol, chef de la diplomatie des Lacs »: one person, who acts for what the function names.
            ids = []
        if ids and not joins:
            # « le ministre du Mali »: what follows tells which, and adds nobody.
            break
        if whose is not None and not between.strip():
            # « la banque péruvienne Orca »: whose it is, then its name.
            ids = ids[:whose]
        whose = len(ids) if mention.form is MentionForm.ADJECTIVE else None
        ids.extend(i for i in scene.commits(mention.ids) if i not in ids)
        previous = mention.span
    if ids:
        both = scene.folded(ids)
        one_state = len(both) == 1 and scene.kind(both[0]) is ActorKind.STATE and not scene.members(both[0])
        if head and plural and one_state:
            # « ils » are never one state: the lines before say who.
            return Subject((), start, plural=True, words=words)
        return Subject(both, start, joint=bool(joint) or len(both) > 1, plural=plural or len(both) > 1, words=words)
    if head:
        return Subject((), start, plural=plural, words=words)
    if lex.patterns["clause.we"].match(words):
        return Subject((), start, plural=True, words=words)
    return Subject((), start, plural=plural, words=words)


def _apposed(line: Line, mentions: list[ActorMention], mention: ActorMention, between: str) -> bool:
    """Tell whether a function stands beside somebody called by their nationality."""
    first = mentions[0]
    noun = first.form is MentionForm.ADJECTIVE and line.raw[first.span.start - line.span.start].isupper()
    return (
        noun
        and len(mentions) > 1
        and mention is mentions[1]
        and between.strip() == ","
        and (mention.form in (MentionForm.OFFICE, MentionForm.NAME))
    )


def _about(line: Line, start: int, named: ActorMention, lex: Lexicon) -> bool:
    """Tell whether a phrase is a thing that has to do with who is named first in it (« la reconstruction du Pérou »).

    Whoever gives an aid (« l'aide du Pérou ») acts by it all the same.
    """
    first = named.span.start - line.span.start
    before = line.norm[start:first]
    if named.form is MentionForm.ADJECTIVE or (head := lex.patterns["clause.affairs"].match(before)) is None:
        return False
    if lex.patterns["clause.given"].match(before):
        return lex.patterns["clause.whose"].search(before) is None
    return head.end() < len(before)


def _told(mentions: list[ActorMention], scene: Scene, after: int, *, several: bool) -> bool:
    """Tell whether a phrase like « les ministres de … » says itself whose they are."""
    first = mentions[0] if mentions else None
    if first is None:
        return False
    whose = scene.commits(first.ids)
    if several:
        return len(whose) > 1
    return len(whose) > 1 or any(
        scene.commits(m.ids) and (m.form in (MentionForm.NAME, MentionForm.OFFICE) or m.span.start > after)
        for m in mentions[:3]
    )


def resolved(
    subject: Subject, line: Line, position: int, scene: Scene, lex: Lexicon, lines: dict[int, Line]
) -> Subject:
    """Give a subject that names nobody the parties it stands for: speaker, somebody named before, or the scene."""
    offset = line.span.start + position
    quote = scene.quote_at(offset)
    alone = lex.patterns.get("clause.firm_alone")
    firm = alone is not None and subject.start is not None and alone.match(subject.words) is not None
    if firm and (meant := firm_meant(line, subject.start or 0, scene, lines)):
        # « l'institution présidée par Untel », « la banque »: whoever else is named in its words.
        return Subject(meant, subject.start, words=subject.words)
    gathered = lex.patterns["clause.gathering"].match(subject.words)
    if gathered and (not subject.ids or _goes_on(line, subject, gathered.end())):
        whose = house(line, scene, lines, lex, held=gathered["held"] is not None)
        if whose:
            # « Le sommet a décidé », « L'organisation annonce »: whose summit it is, together.
            return Subject(whose, subject.start, joint=True, plural=True, words=subject.words)
    led = lex.patterns["clause.leaders"].fullmatch(head_of(subject)) and subject.ids in ((), scene.main)
    if led and (whose := leaders_house(line, scene, lines, lex)):
        # « Les dirigeants ont convenu »: those of the body whose summit is told of, when the scene has no meeting.
        return Subject(whose, subject.start, joint=True, plural=True, words=subject.words)
    one_of_two = len(subject.ids) == 1 and len(scene.main) == len({*scene.main, *subject.ids}) == _SIDES
    if one_of_two and (with_counterpart(line, subject, lex) or one_unsaid(line, subject, scene)):
        # « Le ministre X et son homologue zambien »: two, whatever the text leaves unsaid of the first.
        return replace(subject, ids=scene.main, joint=True, plural=True)
    if subject.ids:
        wider = own_name(line, subject) if len(subject.ids) == 1 else None
        if wider and scene.kind(subject.ids[0]) is ActorKind.BODY and wider[0].startswith(f"{subject.ids[0]} "):
            # « L'armateur Orca Marine »: the actor is the longer name.
            return replace(subject, ids=wider)
        return subject
    head = head_of(subject)
    if subject.start is not None and (many := lex.patterns["clause.collective"].match(head)):
        return replace(subject, ids=(many["who"],), joint=False, plural=False)
    if lex.patterns["clause.we"].match(subject.words) and (who := scene.speaker(quote)):
        return Subject(who, subject.start, joint=False, plural=True, words=subject.words)
    if quote is not None and lex.patterns["clause.we"].match(subject.words):
        # « Nous … », ont dit les ministres du Pérou: who says it stands in the same sentence, outside the marks.
        for mention in scene.mentions_of(line):
            if not quote.span.contains(mention.span) and (ids := scene.commits(mention.ids)):
                return Subject(ids, subject.start, plural=True, words=subject.words)
    pronoun = lex.patterns["clause.agent_pronouns"].fullmatch(subject.words.split(",")[0])
    if pronoun:
        earlier = antecedent(subject, line, scene, lines, lex)
        if earlier:
            return Subject(earlier, subject.start, joint=len(earlier) > 1, plural=subject.plural, words=subject.words)
    if lex.patterns["clause.own_body"].match(subject.words) and (body := earlier_body(line, scene, lines)):
        return Subject(body, subject.start, words=subject.words)
    if lex.patterns["clause.own"].match(subject.words):
        earlier = (
            scene.speaker(quote)
            or teller_before(subject, line, scene)
            or antecedent(replace(subject, plural=False), line, scene, lines, lex)
        )
        if earlier:
            return Subject(earlier[:1], subject.start, words=subject.words)
    if quote is not None and (who := scene.speaker(quote)) and not subject.words:
        return Subject(who, subject.start, words=subject.words)
    if (own := own_name(line, subject)) is not None:
        return Subject(own, subject.start, words=subject.words)
    if lex.patterns["clause.organs"].match(subject.words) and (earlier := antecedent_state(line, scene, lines)):
        return Subject(earlier, subject.start, words=subject.words)
    return subject


def _goes_on(line: Line, subject: Subject, at: int) -> bool:
    """Tell whether no name follows « l'organisation »: whoever is named further on is not it."""
    after = line.raw[(subject.start or 0) + at :].lstrip()[:1]
    return subject.start is not None and after.islower()


def head_of(subject: Subject) -> str:
    """Return the words of a subject up to its first comma."""
    return subject.words.partition(",")[0].strip()


def own_name(line: Line, subject: Subject) -> tuple[str, ...] | None:
    """Return a name the text's actors do not hold (« L'armateur Orcal Marine construira »), its acronym when given."""
    if subject.start is None or subject.plural:
        return None
    words = line.raw[subject.start : subject.start + len(subject.words)]
    match = _NAMED.fullmatch(words)
    if match is None:
        return None
    first = subject.start + match.start("name")
    if _CAPITAL_BEFORE.search(line.raw[max(0, first - 40) : first]):
        # A part of a longer name.
        return None
    acronym = _ACRONYM.match(line.raw[subject.start + len(words) :].lstrip())
    if acronym:
        return (acronym[0].strip("()"),)
    lone = " " not in match["name"] and not match["acronym"]
    if lone and not line.norm[:first].strip(' «"') and line.pos_at(first) != "PROPN":
        # Any word has a capital at the start of a sentence.
        return None
    return (match["acronym"] or match["name"],)
