"""Puts hits, parties, scope and sector together into commitments, and leaves out what is none.

Left out: what is already done, what somebody else « should » do, forecasts, events that belong to meetings, and what the
same text has said already in other words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.lexicon import Lexicon, lexicon
from palabre.extract.commitments.line import Line, plain
from palabre.extract.commitments.parties import Scene, Subject, resolved, scene_of, subject_before
from palabre.extract.commitments.scan import Hit, scan
from palabre.extract.commitments.scope import (
    Part,
    action_of,
    amount_in,
    clause_end,
    condition_in,
    deadline_in,
    parts,
)
from palabre.extract.sectors import named_sectors, sector_of
from palabre.lang.pack import pack_for
from palabre.model.annotations import CommitmentMention
from palabre.model.vocabulary import Firmness, Sector

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading

_NO_PROSE = ("title", "heading", "byline", "credit", "boilerplate")
_LONG_HEADING = 100


@dataclass
class _Work:
    reading: Reading
    found: Annotations
    lex: Lexicon
    lang: str
    scene: Scene
    lines: dict[int, Line] = field(default_factory=dict)
    kept: list[CommitmentMention] = field(default_factory=list)
    stems: list[frozenset[str]] = field(default_factory=list)
    last: dict[int, Subject] = field(default_factory=dict)
    signed_block: int | None = None
    signed_by: tuple[str, ...] = ()


def candidate_sentences(reading: Reading, found: Annotations) -> frozenset[int]:
    """Return the indices of the sentences whose words may commit: those worth a dependency tree."""
    lex = lexicon(pack_for(reading.lang))
    if lex is None:
        return frozenset()
    return frozenset(
        s.index
        for s in reading.sentences
        if _is_prose(reading, s.block) and lex.first_pass.search(plain(s.span.text(reading.text)[:2500]))
    )


def find_commitments(reading: Reading, found: Annotations) -> tuple[CommitmentMention, ...]:
    """Return the commitments of a text, sorted by span; refused ones are marked `negated`, wishes `vague`.

    `found` holds what was found before (dates, actors, mentions, quotes, meetings). A text without trees is read by word order.
    """
    lang = pack_for(reading.lang)
    lex = lexicon(lang)
    if lex is None:
        return ()
    scene = scene_of(reading, found)
    work = _Work(reading, found, lex, lang, scene)
    wanted = candidate_sentences(reading, found)
    for sentence in reading.sentences:
        if sentence.index in wanted or _is_prose(reading, sentence.block):
            work.lines[sentence.index] = Line.of(reading, sentence)
    for index in sorted(work.lines):
        line = work.lines[index]
        if index in wanted or _continues(work, line):
            _read_line(work, line)
    return tuple(sorted(work.kept, key=lambda c: (c.span, c.sector.value)))


def _is_prose(reading: Reading, block: int) -> bool:
    """Tell whether a block holds sentences of the article: titles repeat the body, and long « headings » are none."""
    if not 0 <= block < len(reading.blocks):
        return True
    where = reading.blocks[block]
    return where.kind not in _NO_PROSE or (where.kind == "heading" and len(where.span) >= _LONG_HEADING)


def _continues(work: _Work, line: Line) -> bool:
    return work.signed_block is not None and line.block - work.signed_block <= 1


def _read_line(work: _Work, line: Line) -> None:
    taken: list[tuple[int, int]] = []
    verbs: set[int] = set()
    hits = scan(line, work.lex)
    joined = [h.cue for h in hits if h.kind in ("future", "passive", "process") and _shares_verb(line, h)]
    starts = [h.cue for h in hits]
    for hit in hits:
        if any(a <= hit.cue < b for a, b in taken):
            continue
        if hit.kind in ("future", "passive") and hit.subject_at is None and hit.cue in verbs:
            continue
        made = _commit(work, line, hit, joined, starts, taken)
        if not made:
            continue
        verbs.add(hit.subject_at if hit.subject_at is not None else hit.cue)
        end = 0
        for mention in made:
            first, last = mention.span.start - line.span.start, mention.span.end - line.span.start
            taken.append((first, last))
            end = max(end, last)


def _commit(
    work: _Work, line: Line, hit: Hit, joined: list[int], verbs: list[int], taken: list[tuple[int, int]]
) -> list[CommitmentMention]:
    lex, scene = work.lex, work.scene
    verb_at = hit.subject_at if hit.subject_at is not None else hit.cue
    before = line.norm[:verb_at]
    if lex.patterns["clause.advice"].search(before[-60:]) or lex.patterns["future.forecast"].search(line.norm):
        return []
    if hit.kind == "goes_on" and not _continues(work, line):
        return []
    subject = Subject((), None)
    if not hit.impersonal and not hit.noun:
        # In « … seront versés », « … engagent à », the words that act stand before the verb.
        subject = resolved(
            subject_before(line, verb_at, _verb_end(hit), scene, lex), line, verb_at, scene, lex, work.lines
        )
        if (
            subject.start is None
            and hit.kind in ("future", "passive")
            and _shares_verb(line, hit)
            and line.index in scene.last
        ):
            subject = replace(scene.last[line.index], start=None)
    elif hit.noun:
        subject = _owner(work, line, hit)
    subject = _accepted(work, line, hit, subject)
    if subject is None:
        return []
    end = clause_end(line, hit, scene, lex)
    for other in joined:
        # « supprimera les droits …, et réalisera … »: the next verb ends this clause, unless they share their object.
        if hit.cue_end < other < end and len(line.norm[max(hit.cue_end, hit.body) : other].split()) > 2:
            end = len(line.norm[:other].rstrip().removesuffix(" et").removesuffix(" puis").rstrip(" ,"))
            break
    for other in verbs:
        # « …, et la Russie est disposée à … »: a new clause with a subject of its own.
        cut = line.norm.rfind(", et ", hit.cue_end, other)
        if hit.cue_end <= cut < end and other - cut < 110:
            end = cut
        comma = line.norm[:other].rstrip()
        if comma.endswith(",") and hit.cue_end < len(comma) <= end and len(comma) > hit.body + 8:
            # « qui promettent de fournir …, se sont engagés à … »
            end = len(comma) - 1
    start = verb_at if subject.start is None else subject.start
    if (subject.start is None and hit.kind == "infinitive") or verb_at - start > 160:
        start = verb_at
    if any(a < verb_at and b > start for a, b in taken):
        start = verb_at
    if hit.kind == "agreement" and hit.body < hit.cue:
        if lex.patterns["agreements.definite"].match(line.norm, hit.body) and hit.impersonal:
            return []
        start = hit.body
    if hit.kind == "goes_on":
        start = hit.body
    if hit.kind in ("agreement", "goes_on"):
        work.signed_block, work.signed_by = line.block, subject.ids
    made: list[CommitmentMention] = []
    for part in parts(line, hit, start, end, scene, lex):
        mention = _mention(work, line, hit, part, subject, first=not made)
        if mention is None:
            continue
        made.extend(_by_fields(work, mention, line))
    for mention in made:
        work.kept.append(mention)
    if made:
        scene.last[line.index] = subject
        work.last[line.block] = subject
        if hit.kind in ("agreement", "goes_on"):
            work.signed_by = made[0].promisor
    return made


def _verb_end(hit: Hit) -> int:
    return hit.body if hit.subject_at is not None and hit.kind != "passive" else hit.cue_end


def _shares_verb(line: Line, hit: Hit) -> bool:
    """Tell whether a future stands right after « et » or a comma: the same subject goes on."""
    left = line.norm[: hit.cue].rstrip()
    return left.endswith((" et", ",", " puis", " and"))


def _owner(work: _Work, line: Line, hit: Hit) -> Subject:
    """Return whose will or promise a noun is: « la volonté de la Russie », else the subject of the verb before it."""
    span = line.at(hit.cue, hit.cue_end)
    for mention in work.scene.mentions_of(line):
        if span.contains(mention.span) and (ids := work.scene.commits(mention.ids)):
            return Subject(ids, None, joint=len(ids) > 1)
    before = subject_before(line, hit.cue, hit.cue_end, work.scene, work.lex)
    if not before.ids:
        near = [m for m in work.scene.mentions_of(line) if m.span.end <= span.start and work.scene.commits(m.ids)]
        if near:
            ids = work.scene.commits(near[0].ids)
            return Subject(ids, None, joint=len(ids) > 1)
    return replace(resolved(before, line, hit.cue, work.scene, work.lex, work.lines), start=None)


def _accepted(work: _Work, line: Line, hit: Hit, subject: Subject) -> Subject | None:
    """Return the subject with parties to name, or None when nobody who can promise is meant."""
    lex, scene = work.lex, work.scene
    quote = scene.quote_at(line.span.start + hit.cue)
    if hit.kind == "future":
        stem = hit.verb
        if lex.patterns["clause.which"].fullmatch(subject.words):
            return None
        if hit.rule == "have" and subject.ids:
            return subject
        if (
            lex.stems["events"].search(stem)
            and not hit.reported
            and not (quote and lex.patterns["clause.we"].match(subject.words))
        ):
            return None
        if lex.stems["idle"].search(stem) and not (lex.stems["idle_but_acts"].search(stem) and subject.ids):
            return None
    if hit.kind in ("agreement", "goes_on"):
        ids = (
            subject.ids or _between(work, line, hit) or (work.signed_by if hit.kind == "goes_on" else ()) or scene.main
        )
        return Subject(ids, subject.start, joint=True, plural=True) if ids else None
    if subject.ids:
        return subject
    if hit.impersonal:
        return Subject(scene.main, None, joint=True, plural=True) if scene.main else None
    if lex.patterns["clause.which"].fullmatch(subject.words):
        return None
    if hit.kind in ("passive", "process") or (
        hit.kind == "future" and lex.patterns["future.bodies"].search(subject.words)
    ):
        last = work.last.get(line.block) or work.last.get(line.block - 1)
        speaker = scene.speaker(quote)
        if last is not None and last.ids:
            return replace(last, start=subject.start, words=subject.words)
        ids = speaker or scene.main
        return Subject(ids, subject.start, joint=not speaker, plural=True, words=subject.words) if ids else None
    if hit.purpose and scene.main:
        return Subject(scene.main, subject.start, joint=True, plural=True)
    return None


def _between(work: _Work, line: Line, hit: Hit) -> tuple[str, ...]:
    """Return the parties of « un accord entre X et Y », of a signature with « du côté de »."""
    ids: list[str] = []
    for mention in work.scene.mentions_of(line):
        ids.extend(work.scene.commits(mention.ids))
    both = work.scene.folded(ids)
    return both if len(both) >= 2 else ()


def _mention(
    work: _Work, line: Line, hit: Hit, part: Part, subject: Subject, *, first: bool
) -> CommitmentMention | None:
    lex, scene = work.lex, work.scene
    start = part.start
    span = line.at(start, part.end).trimmed(work.reading.text)
    if len(span) < 12 or work.reading.in_boilerplate(span):
        return None
    body = line.norm[part.body : part.end] if part.body < part.end else ""
    amount = amount_in(line, start, part.end, lex)
    deadline = deadline_in(line, 0 if first else start, start, part.end, scene, work.reading, lex)
    firmness, promisor = _firmness(work, hit, subject, amount)
    beneficiary = _beneficiary(work, line, hit, part, promisor, firmness)
    if hit.kind == "agreement" and (given := _given(work, line, hit, part, subject)):
        promisor, beneficiary = given
    vague = hit.vague or _is_vague(lex, hit, part, body, amount, deadline)
    clause = line.norm[start : part.end]
    negated = bool(lex.patterns["clause.negation"].search(line.norm[max(0, hit.cue - 8) : hit.cue_end + 12]))
    words = subject.words if hit.kind in ("passive", "process") else ""
    action = action_of(
        line,
        hit,
        part,
        lex,
        line.raw[subject.start : subject.start + len(words)] if words and subject.start is not None else "",
    )
    stems = _stems(action)
    if hit.kind == "agreement" and not _has_content(work, line, start, part.end):
        return None
    if _said_before(work, promisor, stems, amount):
        return None
    object_words = body if hit.kind not in ("passive", "process") else clause
    sector = sector_of(((object_words, 1.0), (clause, 0.6), (line.norm, 0.4), (_around(work, line), 0.2)), work.lang)
    work.stems.append(stems)
    return CommitmentMention(
        span=span,
        promisor=promisor,
        beneficiary=beneficiary,
        action=action,
        sector=sector,
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


def _firmness(work: _Work, hit: Hit, subject: Subject, amount: str | None) -> tuple[Firmness, tuple[str, ...]]:
    firmness, promisor = hit.firmness, subject.ids
    if firmness is Firmness.AGREED:
        if work.lex.patterns["clause.we"].match(subject.words) and len(work.scene.main) > 1:
            promisor = work.scene.main
        elif hit.single is not None and len(promisor) < 2 and not subject.joint and not subject.plural:
            firmness = hit.single
    elif firmness is Firmness.PLEDGED and len(promisor) > 1 and not hit.noun:
        firmness = Firmness.AGREED
    if hit.money_makes is not None and amount and any(c.isdigit() for c in amount) and "pays" not in amount:
        firmness = hit.money_makes
    return firmness, promisor


def _beneficiary(
    work: _Work, line: Line, hit: Hit, part: Part, promisor: tuple[str, ...], firmness: Firmness
) -> tuple[str, ...]:
    if len(promisor) > 1 or firmness is Firmness.AGREED:
        return promisor
    ids: list[str] = []
    span = line.at(min(part.body, part.end), part.end)
    for mention in work.scene.mentions_of(line):
        if span.contains(mention.span):
            ids.extend(i for i in work.scene.commits(mention.ids) if i not in promisor)
    named = work.scene.folded(ids)
    return named or work.scene.others(promisor)


def _given(
    work: _Work, line: Line, hit: Hit, part: Part, subject: Subject
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return giver and receiver of a text that one side signs « avec » another to supply it with something."""
    if len(subject.ids) != 1 or hit.impersonal:
        promisor = subject.ids
        return None if hit.impersonal or len(promisor) != 1 else (promisor, promisor)
    span = line.at(hit.cue_end, part.end)
    others: list[str] = []
    for mention in work.scene.mentions_of(line):
        if span.contains(mention.span):
            others.extend(i for i in work.scene.commits(mention.ids) if i not in subject.ids)
    both = work.scene.folded(others)
    if work.lex.patterns["agreements.gives"].search(line.norm, hit.cue_end, part.end):
        return subject.ids, both or work.scene.others(subject.ids)
    joined = work.scene.folded((*subject.ids, *both))
    if len(joined) < 2:
        joined = work.scene.folded((*subject.ids, *work.scene.others(subject.ids)))
    return joined, joined


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


def _by_fields(work: _Work, mention: CommitmentMention, line: Line) -> list[CommitmentMention]:
    """Make two of « aider … dans les domaines agricoles et énergétiques »: each field can be checked on its own."""
    norm = line.norm[mention.span.start - line.span.start : mention.span.end - line.span.start]
    where = work.lex.patterns["clause.fields"].search(norm)
    if where is None or mention.vague or mention.firmness is Firmness.INTENDED:
        return [mention]
    named = named_sectors(norm[where.end() :], work.lang)
    if len(named) == 2:
        return [replace(mention, sector=s) for s in named]
    if len(named) > 2:
        return [replace(mention, sector=Sector.MULTI)]
    return [mention]


def _around(work: _Work, line: Line) -> str:
    out = []
    for index in (line.index - 1, line.index + 1):
        other = work.lines.get(index)
        if other is not None and other.block == line.block:
            out.append(other.norm)
    return " ".join(out)


def _stems(action: str) -> frozenset[str]:
    return frozenset(w[:5] for w in plain(action).replace("'", " ").split() if len(w) > 3)


def _has_content(work: _Work, line: Line, start: int, end: int) -> bool:
    """Tell whether the text says what was signed: its object, its field, or at least how many texts."""
    words = line.norm[start:end]
    if work.lex.patterns["agreements.content"].search(words) or work.lex.patterns["agreements.number"].search(words):
        return True
    return any(s is not Sector.DIPLOMACY for s in named_sectors(words, work.lang))


def _said_before(work: _Work, promisor: tuple[str, ...], stems: frozenset[str], amount: str | None) -> bool:
    for other, mention in zip(work.stems, work.kept, strict=False):
        if amount and mention.amount and amount.split()[0] != mention.amount.split()[0]:
            continue
        if amount and mention.amount and len(amount) > 6 and set(promisor) == set(mention.promisor) and stems & other:
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
