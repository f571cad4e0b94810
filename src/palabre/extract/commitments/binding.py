"""Whom a hit binds, towards whom, and how firmly: or nobody, and then it is no commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.antecedents import leaders_house
from palabre.extract.commitments.grants import one_gives
from palabre.extract.commitments.parties import resolved, subject_before
from palabre.extract.commitments.scene import Subject
from palabre.extract.commitments.sides import between, made_between, pair_between
from palabre.extract.commitments.texts import infinitive_of_text
from palabre.model.edtf import last_day
from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene
    from palabre.extract.commitments.scope import Part
    from palabre.extract.commitments.work import Work


_SIDES = 2
_PARTNER = 40
"""Code points between « avec » and the partner it names (« avec la junte militaire du Pérou »)."""
_SAID = 200
"""Code points within which a verb that tells who promised follows the promise."""
_BY_VERB = 16
"""Code points of a participle before « par »."""
_BEGINS = 40
"""Code points at whose beginning a sentence names what it is about (« Les quatorze accords portent sur … »)."""
_OLD = 60
"""Days after which a text is an old one: what it says was promised then, and is background."""


def verb_end(hit: Hit) -> int:
    """Return where the words of a hit's verb end."""
    return hit.body if hit.subject_at is not None and hit.kind != "passive" else hit.cue_end


def shares_verb(line: Line, hit: Hit, lex: Lexicon) -> bool:
    """Tell whether a future stands right after « et » or a comma: the same subject goes on."""
    left = lex.patterns["clause.before_verb"].sub("", line.norm[: hit.cue].rstrip()).rstrip()
    tie = lex.patterns["clause.ending"].search(left)
    return left.endswith(",") or (tie is not None and tie[0].strip(" ,") != "")


def owner(work: Work, line: Line, hit: Hit) -> Subject:
    """Return whose will or promise a noun is: « la volonté de la Russie », else the subject of the verb before it."""
    span = line.at(hit.cue, hit.cue_end)
    for mention in work.scene.mentions_of(line):
        if span.contains(mention.span) and (ids := work.scene.commits(mention.ids)):
            return Subject(ids, None, joint=len(ids) > 1)
    told = [m.span() for m in work.lex.patterns["clause.expresses"].finditer(line.norm, 0, hit.cue)]
    verb_at, end = told[-1] if told else (hit.cue, hit.cue_end)
    before = subject_before(line, verb_at, end, work.scene, work.lex)
    if not before.ids:
        before = resolved(before, line, verb_at, work.scene, work.lex, work.lines)
    if not before.ids:
        near = [m for m in work.scene.mentions_of(line) if m.span.end <= span.start and work.scene.commits(m.ids)]
        if near:
            ids = work.scene.commits(near[0].ids)
            return Subject(ids, None, joint=len(ids) > 1)
        if owned := work.lex.patterns["clause.owned"].match(line.norm, hit.cue):
            # « À cela s'ajoute sa promesse de … »: of whoever the text speaks of.
            several = owned["several"] is not None
            word = work.lex.phrases["they" if several else "it"]
            before = Subject((), hit.cue, plural=several, words=word)
    return replace(resolved(before, line, hit.cue, work.scene, work.lex, work.lines), start=None)


def accepted(work: Work, line: Line, hit: Hit, subject: Subject) -> Subject | None:
    """Return the subject with parties to name, or None when nobody who can promise is meant."""
    lex, scene = work.lex, work.scene
    quote = scene.quote_at(line.span.start + hit.cue)
    if lex.patterns["clause.nobody"].match(subject.words) and (not hit.detail or hit.kind == "passive"):
        return None
    if lex.patterns["clause.by"].match(subject.words):
        # « Annoncé par Untel, … »: the words before are no subject.
        return None
    if hit.kind == "future" and not _acts(work, line, hit, subject, quoted=quote is not None):
        return None
    if hit.kind == "agreement":
        ids = subject.ids or between(work, line, hit) or scene.main
        return Subject(ids, subject.start, joint=True, plural=True) if ids else None
    if hit.kind == "sum":
        # Who promised it stands after « par », or inside « que … a promis ».
        inside = [m for m in scene.mentions_of(line) if line.at(hit.cue, hit.cue_end).contains(m.span)]
        ids = _agent(work, line, hit) or (scene.commits(inside[0].ids) if inside else ())
        if hit.rule == "share":
            told = scene.last.get(line.index) or work.told(line)
            return replace(told, start=None, words="") if told and told.ids else None
        if not ids and lex.patterns["clause.agent_pronouns"].search(line.norm, hit.cue, hit.cue_end):
            near = [m for m in scene.mentions_of(line) if m.span.end <= line.span.start + hit.body]
            ids = scene.commits(near[0].ids) if near else ()
        return Subject(ids, None) if ids else None
    if subject.ids and hit.kind != "passive":
        return subject
    if hit.impersonal:
        # « Au cours du sommet de l'Union, il a été décidé »: the house whose summit is told of, else the parties.
        who = leaders_house(line, scene, work.lines, lex) or scene.main
        return Subject(who, None, joint=True, plural=True) if who else None
    if lex.patterns["clause.which"].fullmatch(subject.words) and not hit.detail:
        return None
    if hit.firmness is Firmness.AGREED and subject.plural and scene.main and hit.kind != "passive":
        # « Les experts ont convenu que … »: those of the dialogue.
        return Subject(scene.main, subject.start, joint=True, plural=True, words=subject.words)
    if (
        hit.kind in ("passive", "process")
        or hit.detail
        or (hit.kind == "future" and lex.patterns["future.bodies"].search(subject.words))
    ):
        # Of a passive, the words before the verb are what is acted upon; who acts comes after « par », or before.
        agent = (_agent(work, line, hit) or _teller(work, line, hit)) if hit.kind == "passive" else ()
        if agent:
            return Subject(agent, subject.start, joint=len(agent) > 1, words=subject.words)
        last = work.told(line)
        by_both = lex.stems["signs"].search(hit.verb) and lex.patterns["agreements.texts"].search(subject.words)
        if by_both and not (hit.reported and subject.ids):
            # « Un accord sera signé »: by both.
            return (
                Subject(scene.main, subject.start, joint=True, plural=True, words=subject.words) if scene.main else None
            )
        speaker = scene.speaker(quote)
        if hit.detail and hit.kind == "passive" and not speaker and not (hit.reported and subject.ids):
            # Any participle: only where something was promised before.
            return replace(last, start=subject.start, words=subject.words) if last and last.ids else None
        if last is not None and last.ids:
            return replace(last, start=subject.start, words=subject.words)
        ids = speaker or subject.ids or scene.main
        return Subject(ids, subject.start, joint=not speaker, plural=True, words=subject.words) if ids else None
    if (
        hit.kind == "future"
        and not subject.ids
        and (told := work.told(line))
        and told.ids
        and _flows(lex, hit, subject)
    ):
        # « 12 millions iront à la santé », « Les premières doses partiront en mai »: what was promised, in detail.
        return replace(told, start=subject.start, words=subject.words)
    if lex.patterns["clause.crowd"].match(subject.words) and hit.crowd:
        return subject
    if hit.purpose and scene.main:
        return Subject(scene.main, subject.start, joint=True, plural=True)
    return None


def _acts(work: Work, line: Line, hit: Hit, subject: Subject, *, quoted: bool) -> bool:
    """Tell whether a verb in the future says what somebody will do: no talk, no state of things, no protocol."""
    lex, scene, stem = work.lex, work.scene, hit.verb
    if hit.reported and hit.firmness is Firmness.AGREED:
        return True
    if lex.stems["talk"].search(stem) or lex.patterns["clause.which"].fullmatch(subject.words):
        return False
    if hit.rule == "have" and subject.ids:
        return True
    after = line.norm[hit.cue : hit.cue_end + 120]
    if lex.stems["events"].search(stem) and not hit.reported:
        spoken = quoted and lex.patterns["clause.we"].match(subject.words)
        pronoun = lex.patterns["clause.agent_pronouns"].fullmatch(subject.words)
        again = not (pronoun and line.index in scene.last) and lex.patterns["clause.again"].search(after)
        spoken = spoken or lex.patterns["clause.takes_part"].search(after)
        goes = lex.stems["trips"].search(stem) and subject.ids and _dated(work, line, hit)
        if not (spoken or again or goes):
            return False
    if not lex.stems["idle"].search(stem):
        return True
    if lex.stems["idle_but_acts"].search(stem) and subject.ids:
        return True
    if hit.reported or not subject.ids:
        # « … que les travaux commenceraient en mai », « 12 millions iront à … »
        return _flows(lex, hit, subject) or (hit.reported and _dated(work, line, hit))
    return False


def idle_whoever(line: Line, hit: Hit, scene: Scene, lex: Lexicon) -> bool:
    """Tell whether a future says what nobody does, whoever its subject is: `_acts` will not have it."""
    if hit.kind != "future" or hit.reported or hit.rule == "have":
        return False
    stems, after = lex.stems, line.norm[hit.cue : hit.cue_end + 120]
    if stems["talk"].search(hit.verb):
        return True
    if stems["events"].search(hit.verb) and not (
        scene.quote_at(line.span.start + hit.cue) is not None
        or lex.patterns["clause.again"].search(after)
        or lex.patterns["clause.takes_part"].search(after)
        or stems["trips"].search(hit.verb)
    ):
        return True
    idle = stems["idle"].search(hit.verb) and not stems["flows"].search(hit.verb)
    return bool(idle) and not stems["idle_but_acts"].search(hit.verb)


def _flows(lex: Lexicon, hit: Hit, subject: Subject) -> bool:
    """Tell whether a verb says where a sum or goods go."""
    counted = lex.patterns["amounts.part"].match(subject.words) and not lex.stems["idle"].search(hit.verb)
    return bool(counted) or lex.stems["flows"].search(hit.verb) is not None


def _dated(work: Work, line: Line, hit: Hit) -> bool:
    """Tell whether a verb has a date after it that is not past, or one « d'ici à » which something is to be."""
    published = work.reading.meta.published
    for date in work.scene.dates_in(line.at(hit.cue, min(len(line.norm), hit.cue_end + 160))):
        day = last_day(date.value)
        if published is None or day is None or day >= published:
            return True
    return False


def says(work: Work, line: Line, hit: Hit) -> Subject | None:
    """Return whom a text binds, from the words that name it, else who signed the last; None for no text told of."""
    lex, scene = work.lex, work.scene
    start = hit.text_at or 0
    rule = hit.rule.rpartition(" ")[2]
    follows = work.signed_block is not None and line.block - work.signed_block <= 1
    if rule == "ordinal" and not follows:
        return None
    if rule == "pronoun":
        before = work.lines.get(line.index - 1)
        named = before is not None and lex.patterns["text_subject"].match(before.norm.lstrip('«" '))
        told = before is not None and lex.patterns["agreements.texts"].search(before.norm, 0, _BEGINS)
        if (
            work.signed_line not in (line.index - 1, line.index)
            and not told
            and not (named and (named["signed"] or named["agreed"]))
        ):
            return None
    published = work.reading.meta.published
    for date in scene.dates_in(line.at(start, hit.cue)):
        day = last_day(date.value)
        if not follows and published is not None and day is not None and (published - day).days > _OLD:
            return None
    if infinitive_of_text(line.norm[hit.cue : hit.cue_end], lex) in lex.words["text_makes"]:
        for mention in scene.mentions_of(line):
            if line.at(hit.cue_end, hit.body).contains(mention.span) and (ids := scene.commits(mention.ids)):
                return Subject(ids, start, joint=len(ids) > 1)
    inside = [m for m in scene.mentions_of(line) if line.at(start, hit.cue).contains(m.span)]
    both = scene.folded([i for m in inside for i in scene.commits(m.ids)])
    two = pair_between(work, line, start) or made_between(work, line, start, hit)
    ids = two or (both if len(both) > 1 else (work.signed_by if follows else ()) or scene.main)
    return Subject(ids, start, joint=True, plural=True) if ids and (follows or len(ids) > 1) else None


def _agent(work: Work, line: Line, hit: Hit) -> tuple[str, ...]:
    """Return who acts in a passive: those named right after « par »."""
    by = work.lex.patterns["clause.by"].search(line.norm, hit.cue_end, hit.cue_end + 80)
    if by is None or work.lex.patterns["amounts.share"].search(line.norm, hit.cue_end, by.start()):
        # « …, dont 3 millions par l'un »: who gives a part.
        return ()
    works = work.lex.patterns.get("clause.works_of")
    if works is not None and works.search(line.norm, max(0, hit.cue_end - _BY_VERB), by.start()):
        # « alloués au projet d'exploitation d'une mine par la société X »: who does the work.
        return ()
    for mention in work.scene.mentions_of(line):
        if 0 <= mention.span.start - line.span.start - by.end() <= 12:
            return work.scene.commits(mention.ids)
    return ()


def _teller(work: Work, line: Line, hit: Hit) -> tuple[str, ...]:
    """Return who promised or decided it, told after it: « …, a-t-il promis », « …, ont décidé X et Y »."""
    said = work.lex.patterns["clause.said_after"].search(line.norm, hit.cue_end, hit.cue_end + _SAID)
    if said is None or work.scene.quote_at(line.span.start + hit.cue) is not None:
        return ()
    if line.norm[: said.start()].rstrip(' »"')[-1:] != ",":
        return ()
    if pronoun := next((p for p in said.groups() if p), None):
        subject = Subject((), 0, plural=pronoun.endswith("s"), words=pronoun)
        return resolved(subject, line, 0, work.scene, work.lex, work.lines).ids
    ids: list[str] = []
    reach = line.span.start + said.end()
    for mention in work.scene.mentions_of(line):
        if 0 <= mention.span.start - reach <= _PARTNER // 2:
            ids.extend(work.scene.commits(mention.ids))
            reach = mention.span.end
    return work.scene.folded(ids)


def firmness_of(
    work: Work, line: Line, hit: Hit, subject: Subject, amount: str | None
) -> tuple[Firmness, tuple[str, ...]]:
    """Return how firmly a hit binds and whom: what several promise together is agreed."""
    firmness, promisor = hit.firmness, subject.ids
    if hit.kind in ("future", "passive", "process") and hit.firmness is Firmness.PLEDGED and _in_text(work, line, hit):
        return Firmness.SIGNED, promisor
    if firmness is Firmness.AGREED:
        if work.lex.patterns["clause.we"].match(subject.words) and len(work.scene.main) > 1:
            promisor = work.scene.main
        elif hit.single is not None and len(promisor) < 2 and not subject.joint and not subject.plural:
            firmness = hit.single
    elif firmness is Firmness.PLEDGED and len(promisor) > 1 and (not hit.noun or subject.joint):
        firmness = Firmness.AGREED
    if hit.money_makes is not None and amount and work.lex.patterns["amounts.large"].search(amount.lower()):
        firmness = hit.money_makes
    return firmness, promisor


def two_named(work: Work, line: Line, hit: Hit, subject: Subject, end: int) -> Subject:
    """Return who agrees: « les dirigeants », on something « entre X et Y », are those two; « avec X » adds X."""
    scene, lex = work.scene, work.lex
    mentions = [m for m in scene.mentions_of(line) if line.at(hit.cue, end).contains(m.span)]
    if hit.firmness is not Firmness.AGREED or not mentions:
        return subject
    with_whom = lex.patterns["clause.partner"].search(line.norm, hit.cue, end)
    if len(subject.ids) == 1 and not subject.joint and with_whom:
        near = [m for m in mentions if 0 <= m.span.start - line.span.start - with_whom.end() <= _PARTNER]
        ids = scene.folded((*subject.ids, *(i for m in near[:1] for i in scene.commits(m.ids))))
        return replace(subject, ids=ids, joint=len(ids) > 1)
    if (
        hit.rule in lex.words["mutual"]
        and len(subject.ids) == 1
        and not subject.joint
        and not scene.members(subject.ids[0])
    ):
        # « Le Congo est parvenu à un accord pour sa dette chinoise »: it takes two.
        others = [i for m in mentions for i in scene.commits(m.ids) if i in scene.parties and i not in subject.ids]
        if not others and subject.ids[0] in scene.main and len(scene.main) == _SIDES:
            others = [i for i in scene.main if i not in subject.ids]
        if len(set(others)) == 1:
            return replace(subject, ids=(*subject.ids, others[0]), joint=True)
    between = lex.patterns["clause.two_sides"].search(line.norm, hit.cue, end)
    if between and lex.patterns["clause.border"].search(line.norm, max(0, between.start() - 40), between.start()):
        between = None
    generic = lex.patterns["clause.joint_words"].match(subject.words)
    if generic and between and len(subject.ids) > 1:
        named = [m for m in mentions if m.span.start >= line.span.start + between.end()][:2]
        ids = scene.folded([i for m in named for i in scene.commits(m.ids)])
        if len(ids) == _SIDES:
            return replace(subject, ids=ids)
    return subject


def _in_text(work: Work, line: Line, hit: Hit) -> bool:
    """Tell whether a future tells what a text that was signed says: it names the text, or goes on about it."""
    if work.lex.patterns["clause.by_text"].search(line.norm):
        return True
    if hit.reported or work.scene.quote_at(line.span.start + hit.cue) is not None:
        return False
    return line.block in work.signed_blocks and not work.lex.stems["signs"].search(hit.verb)


def given_by(
    work: Work, line: Line, hit: Hit, part: Part, subject: Subject
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return giver and receiver of a text that one side signs « avec » another to supply it with something."""
    if len(subject.ids) == _SIDES and work.lex.patterns["agreements.lends"].search(line.norm, hit.body, part.end):
        lenders = tuple(i for i in subject.ids if work.scene.lends(i))
        if len(lenders) == 1:
            # « Le Niger et la Banque ont signé trois conventions de financement »: the bank pays.
            return lenders, tuple(i for i in subject.ids if i not in lenders)
    gives = work.lex.patterns["agreements.to_give"].search(line.norm, hit.body, part.end)
    if len(subject.ids) == _SIDES and gives:
        whom = [m for m in work.scene.mentions_of(line) if line.at(gives.end(), part.end).contains(m.span)]
        receivers = work.scene.folded([i for m in whom for i in work.scene.commits(m.ids)])
        givers = tuple(i for i in subject.ids if i not in receivers)
        if len(givers) == 1 and set(receivers) <= set(subject.ids):
            # « une lettre d'intention a été signée pour livrer au Pérou des vedettes »
            return givers, receivers
    if len(subject.ids) > 1 and not hit.impersonal:
        # « Le Pérou et la Zambie ont conclu avec l'Union des accords »
        with_whom = work.lex.patterns["clause.partner"].match(line.norm, hit.cue_end + 1)
        third = [
            i
            for m in work.scene.mentions_of(line)
            if with_whom and 0 <= m.span.start - line.span.start - with_whom.end() <= 1
            for i in work.scene.commits(m.ids)
        ]
        if third and not set(third) <= set(subject.ids):
            everybody = work.scene.folded((*subject.ids, *third))
            return everybody, everybody
    if len(subject.ids) != 1 or hit.impersonal:
        promisor = subject.ids
        return None if hit.impersonal or len(promisor) != 1 else (promisor, promisor)
    span = line.at(hit.cue_end, part.end)
    others: list[str] = []
    partner = work.lex.patterns["clause.with_partner"].match(line.norm)
    for mention in work.scene.mentions_of(line):
        # « Avec la Zambie, le Pérou a signé … »
        first = partner is not None and 0 <= mention.span.start - line.span.start - partner.end() <= 2
        if first or span.contains(mention.span):
            others.extend(i for i in work.scene.commits(mention.ids) if i not in subject.ids)
    both = work.scene.folded(others)
    if len(both) == 1 and (one := one_gives(work, line, hit.cue_end, part.end, (*subject.ids, *both))) is not None:
        # « Le ministre a signé avec la Banque un accord de prêt »: the bank gives.
        return one
    if work.lex.patterns["agreements.gives"].search(line.norm, hit.cue_end, part.end):
        return subject.ids, both or work.scene.others(subject.ids)
    joined = work.scene.folded((*subject.ids, *both))
    if len(joined) < 2:
        joined = work.scene.folded((*subject.ids, *work.scene.others(subject.ids)))
    return joined, joined
