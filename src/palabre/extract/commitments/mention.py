"""Makes one commitment of a hit whose parties and reach are known, or none when the text said it before.

Whether the hit commits at all is settled before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.action import action_of
from palabre.extract.commitments.binding import firmness_of, given_by
from palabre.extract.commitments.giving import giver_and_given, receives
from palabre.extract.commitments.grants import one_gives
from palabre.extract.commitments.line import plain
from palabre.extract.commitments.plainly import plainly
from palabre.extract.commitments.receivers import beneficiary_of
from palabre.extract.commitments.scope import amount_in, condition_in, deadline_in
from palabre.extract.commitments.who import Told, chosen
from palabre.extract.sectors import named_sectors, only_sums, sector_of
from palabre.model.annotations import CommitmentMention
from palabre.model.vocabulary import Firmness, Sector

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene, Subject
    from palabre.extract.commitments.scope import Part
    from palabre.extract.commitments.work import Work

_RECENT = 300
"""Commitments back to which the same one is looked for: a text that has more is no article."""


def mention_of(
    work: Work, line: Line, hit: Hit, part: Part, subject: Subject, *, first: bool
) -> CommitmentMention | None:
    """Return the commitment of one part of a clause, or None when it says nothing new; `first` of its clause."""
    lex, scene = work.lex, work.scene
    start = part.start
    span = line.at(start, part.end).trimmed(work.reading.text)
    if len(span) < 12 or work.reading.in_boilerplate(span):
        return None
    body = line.norm[part.body : part.end] if part.body < part.end else ""
    amount = amount_in(line, start, part.end, lex)
    deadline = deadline_in(line, 0 if first else start, start, part.end, scene, work.reading, lex)
    if deadline is None and hit.kind == "passive" and amount and work.kept and work.kept[-1].amount:
        # « … 360 milliards sur trois ans. Dans le détail, 210 milliards seront versés … »
        deadline = work.kept[-1].deadline
    firmness, promisor = firmness_of(work, line, hit, subject, amount)
    beneficiary = beneficiary_of(work, line, hit, part, promisor, firmness)
    if hit.kind == "agreement" and (given := given_by(work, line, hit, part, subject)):
        promisor, beneficiary = given
    if promisor and not receives(work, hit, subject) and not _names_who(line, hit, subject, scene, lex):
        before = work.kept[-1].promisor if work.kept else ()
        told = Told(promisor, hit.rule, firmness)
        likeliest = chosen(work.reading, line, span, scene, lex, work.lines, told, before, work.lang)
        if set(likeliest) != set(promisor):
            promisor = likeliest
            beneficiary = beneficiary_of(work, line, hit, part, promisor, firmness)
    if promisor and (owner := plainly(work, line, start, part.end, promisor)) != promisor:
        promisor = owner
        if len(promisor) == 1 and firmness is Firmness.AGREED and hit.firmness is Firmness.PLEDGED:
            firmness = Firmness.PLEDGED
        beneficiary = beneficiary_of(work, line, hit, part, promisor, firmness)
    one = giver_and_given(work, line, hit, part, subject, promisor, amount)
    if one is None and not subject_gives(hit, subject):
        one = one_gives(work, line, start, part.end, promisor)
    if one is not None:
        promisor = one[0]
        if len(promisor) == 1 and firmness is Firmness.AGREED and hit.firmness is Firmness.PLEDGED:
            firmness = Firmness.PLEDGED
        beneficiary = one[1] or beneficiary_of(work, line, hit, part, promisor, firmness)
    vague = (hit.vague and not (deadline or amount)) or _is_vague(lex, hit, part, body, amount, deadline)
    clause = line.norm[start : part.end]
    at, at_end = (hit.cue, hit.cue_end) if hit.verb_at is None else (hit.verb_at, hit.verb_at + len(hit.verb))
    # « ne s'engage pas à » refuses; « s'engage à ne pas » promises.
    until = min(at_end + 12, max(at_end, hit.body)) if hit.kind == "infinitive" else at_end + 12
    negated = bool(lex.patterns["clause.negation"].search(line.norm[max(0, at - 8) : until]))
    words = subject.words if hit.kind in ("passive", "process") else ""
    action = action_of(
        line,
        hit,
        part,
        lex,
        line.raw[subject.start : subject.start + len(words)] if words and subject.start is not None else "",
    )
    stems = stems_of(action)
    if hit.kind == "agreement" and not _has_content(work, line, start, part.end):
        return None
    if said_before(work, promisor, stems, amount):
        return None
    object_words = body if hit.kind not in ("passive", "process") else clause
    purpose = lex.patterns["clause.purpose"].search(object_words, 12)
    object_words = object_words[: purpose.start()] if purpose and hit.kind != "agreement" else object_words
    return CommitmentMention(
        span=span,
        promisor=promisor,
        beneficiary=beneficiary,
        action=action,
        sector=sector_in(work, line, object_words, body, clause),
        firmness=firmness,
        deadline=deadline,
        amount=amount,
        conditions=condition_in(line, part.body, part.end, lex),
        vague=vague,
        negated=negated,
        confidence=_confidence(hit, subject, vague),
        cue=line.at(hit.cue, hit.cue_end),
        cue_rule=hit.rule,
    )


def subject_gives(hit: Hit, subject: Subject) -> bool:
    """Tell whether the words before the verb name several who give together (« A et B verseront 3 millions »)."""
    return hit.kind in ("future", "infinitive", "gift", "deed") and len(subject.ids) > 1 and subject.start is not None


def _names_who(line: Line, hit: Hit, subject: Subject, scene: Scene, lex: Lexicon) -> bool:
    """Tell whether the words of a promise name who makes it: its subject, or those who sign the text it stands in."""
    if hit.kind in ("agreement", "goes_on") or hit.impersonal or subject.joint or subject.plural:
        return True
    if subject.start is None:
        return False
    if lex.patterns["clause.firm"].match(subject.words) and len(subject.ids) == 1 and scene.lends(subject.ids[0]):
        # « la société », « l'institution »: a body named just before.
        return True
    if len(subject.ids) == 1 and subject.ids[0] not in scene.entries and plain(subject.ids[0]) in subject.words:
        # « les pays donateurs », a company that no table knows: the words themselves.
        return True
    words = line.at(subject.start, subject.start + len(subject.words))
    named = [i for m in scene.mentions_of(line) if words.contains(m.span) for i in scene.commits(m.ids)]
    return bool(named) and set(subject.ids) <= set(scene.folded(named))


def _is_vague(lex: Lexicon, hit: Hit, part: Part, body: str, amount: str | None, deadline: str | None) -> bool:
    if amount or deadline:
        return False
    words = body.split()
    if len(words) < 2 and hit.kind == "infinitive":
        return True
    if hit.kind == "infinitive" and part.verb in lex.words["vague"]:
        return bool(lex.patterns["vague_objects"].search(body))
    return False


def _confidence(hit: Hit, subject: Subject, vague: bool) -> float:
    base = {"infinitive": 0.85, "deed": 0.75, "gift": 0.7, "agreement": 0.8, "goes_on": 0.65, "passive": 0.65}.get(
        hit.kind, 0.7
    )
    if hit.firmness is Firmness.INTENDED:
        base -= 0.1
    if vague:
        base -= 0.25
    if subject.start is None and not hit.impersonal and not hit.noun:
        base -= 0.1
    return round(max(0.1, base), 2)


def by_fields(work: Work, mention: CommitmentMention, line: Line) -> list[CommitmentMention]:
    """Make two of « aider … dans les domaines agricoles et énergétiques »: each field can be checked on its own."""
    norm = line.norm[mention.span.start - line.span.start : mention.span.end - line.span.start]
    where = work.lex.patterns["clause.fields"].search(norm)
    if where is None:
        return [mention]
    named = named_sectors(norm[where.end() :], work.lang)
    if len(named) == 2 and not mention.vague and mention.firmness is not Firmness.INTENDED:
        return [replace(mention, sector=s) for s in named]
    if len(named_sectors(norm[where.end() :], work.lang, firmly=False)) > 2:
        return [replace(mention, sector=Sector.MULTI)]
    return [mention]


def sector_in(work: Work, line: Line, object_words: str, body: str, clause: str) -> Sector:
    """Return the sector of a promise, by what it acts upon, what it says, and what stands around it."""
    sector = sector_of(
        ((object_words, 1.0), (body, 0.8), (clause, 0.6), (line.norm, 0.4), (_around(work, line), 0.2)), work.lang
    )
    if sector is Sector.FINANCE and only_sums(clause, work.lang):
        # « L'Allemagne versera 244 millions »: for what the conference is about.
        return work.theme or sector
    return sector


def _around(work: Work, line: Line) -> str:
    out = []
    for index in (line.index - 1, line.index + 1):
        other = work.lines.get(index)
        if other is not None and other.block == line.block:
            out.append(other.norm)
    return " ".join(out)


def stems_of(action: str) -> frozenset[str]:
    """Return the first letters of an action's longer words, by which the same action told twice is known."""
    return frozenset(w[:5] for w in plain(action).replace("'", " ").split() if len(w) > 3)


def _has_content(work: Work, line: Line, start: int, end: int) -> bool:
    """Tell whether the text says what was signed: its object, its field, or at least how many texts."""
    words = line.norm[start:end]
    if work.lex.patterns["agreements.content"].search(words) or work.lex.patterns["agreements.number"].search(words):
        return True
    return any(s is not Sector.DIPLOMACY for s in named_sectors(words, work.lang))


def said_before(work: Work, promisor: tuple[str, ...], stems: frozenset[str], amount: str | None) -> bool:
    """Tell whether a promise by `promisor` with these words (`stems_of`) and this sum was found before."""
    for other, mention in zip(work.stems[-_RECENT:], work.kept[-_RECENT:], strict=False):
        if amount and mention.amount and amount.split()[0] != mention.amount.split()[0]:
            continue
        same_sum = amount and mention.amount and len(amount) > 6
        if same_sum and set(promisor) == set(mention.promisor) and stems & other:
            return True
        shared = len(stems & other)
        if (
            shared
            and set(promisor) & set(mention.promisor)
            and shared / min(len(stems), len(other)) >= 0.67
            and shared >= 3
        ):
            return True
    return False
