"""Puts hits, parties, scope and sector together into commitments, and leaves out what is none.

Left out: what is already done, what somebody else « should » do, forecasts, events that belong to meetings, and what
the same text has said already in other words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.binding import (
    accepted,
    idle_whoever,
    owner,
    says,
    shares_verb,
    two_named,
    verb_end,
)
from palabre.extract.commitments.givers import givers
from palabre.extract.commitments.giving import receives
from palabre.extract.commitments.hits import Hit
from palabre.extract.commitments.lexicon import Lexicon, lexicon
from palabre.extract.commitments.line import LONGEST, Line
from palabre.extract.commitments.lists import leads, listed_hits, opened
from palabre.extract.commitments.mention import by_fields, mention_of, stems_of
from palabre.extract.commitments.parties import from_words, resolved, subject_before
from palabre.extract.commitments.scan import scan
from palabre.extract.commitments.scene import Scene, Subject, scene_of
from palabre.extract.commitments.scope import (
    clause_end,
    parts,
)
from palabre.extract.commitments.vetoes import vetoed
from palabre.extract.commitments.work import Left, Listed, Work
from palabre.extract.prose import is_prose
from palabre.lang.pack import pack_for
from palabre.model.edtf import last_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palabre.model.annotations import Annotations, CommitmentMention
    from palabre.model.spans import Span
    from palabre.text.reading import Reading

_ARTICLE = 3
"""Code points of an article before a name."""
_WHOSE = 40
"""Code points from which a noun with its owner says more of whose it is than of what is promised."""
_HISTORY = 400
"""Days after which a text signed is history: of the year before last, or told as such."""
_PLAINLY = 70
"""Code points before a verb within which its subject is found without a tree."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a first look at a text shows: the lines that may commit with their hits, by the indices of their sentences.

    `doubtful` are those worth a dependency tree: word order leaves a doubt, and with a tree the hits are others.
    """

    lines: Mapping[int, Line]
    hits: Mapping[int, list[Hit]]
    doubtful: frozenset[int]


def glance(reading: Reading, found: Annotations) -> Glance:
    """Return the first look at a text without trees; `found` holds what was found before.

    Without actors every sentence that may commit is doubtful.
    """
    lex = lexicon(pack_for(reading.lang))
    if lex is None:
        return Glance({}, {}, frozenset())
    scene = scene_of(reading, found)
    lines = {i: Line.of(reading, reading.sentences[i]) for i in sorted(_first_pass(reading, lex))}
    hits = {i: scan(line, lex) for i, line in lines.items()}
    return Glance(lines, hits, frozenset(i for i, line in lines.items() if _doubtful(line, hits[i], scene, lex)))


def _first_pass(reading: Reading, lex: Lexicon) -> frozenset[int]:
    """Return the indices of the sentences that hold a word of those that commit."""
    first_pass = lex.patterns["first_pass"]
    out: list[int] = []
    for sentence in reading.sentences:
        if is_prose(reading, sentence.block):
            words = reading.plain[sentence.span.start : min(sentence.span.end, sentence.span.start + LONGEST)]
            if "first_pass" in lex.sift(words)[1] and first_pass.search(words):
                out.append(sentence.index)
    return frozenset(out)


def _doubtful(line: Line, hits: list[Hit], scene: Scene, lex: Lexicon) -> bool:
    """Tell whether a line holds a hit whose subject does not stand plainly before its verb."""
    for hit in hits:
        if hit.impersonal or hit.noun or idle_whoever(line, hit, scene, lex):
            continue
        verb_at = hit.subject_at if hit.subject_at is not None else hit.cue
        before = line.norm[:verb_at]
        if "," in before or len(before) > _PLAINLY or not subject_before(line, verb_at, verb_end(hit), scene, lex).ids:
            return True
    return False


def find_commitments(
    reading: Reading, found: Annotations, seen: Glance | None = None, scene: Scene | None = None
) -> tuple[CommitmentMention, ...]:
    """Return the commitments of a text, sorted by span; refused ones are marked `negated`, wishes `vague`.

    `found` holds what was found before (dates, actors, mentions, quotes, meetings), `seen` the first look at the text
    where there was one, `scene` what `found` makes of it, where that is known. A text without trees is read by word
    order.
    """
    return kept_and_left(reading, found, seen, scene)[0]


def left_out(reading: Reading, found: Annotations) -> tuple[Left, ...]:
    """Return the words of a text that looked as if they committed and were left out, with why, in order."""
    return kept_and_left(reading, found)[1]


def kept_and_left(
    reading: Reading, found: Annotations, seen: Glance | None = None, scene: Scene | None = None
) -> tuple[tuple[CommitmentMention, ...], tuple[Left, ...]]:
    """Return what `find_commitments` and what `left_out` return, of one reading."""
    work = _worked(reading, found, seen, scene)
    if work is None:
        return (), ()
    kept = tuple(sorted(work.kept, key=lambda c: (c.span, c.sector.value)))
    return kept, tuple(sorted(work.left, key=lambda left: left.cue))


def _worked(reading: Reading, found: Annotations, seen: Glance | None, scene: Scene | None) -> Work | None:
    """Return the work done on a text, or None when nothing is known of its language."""
    lang = pack_for(reading.lang)
    lex = lexicon(lang)
    if lex is None:
        return None
    work = Work(reading, found, lex, lang, scene_of(reading, found) if scene is None else scene)
    seen = glance(reading, found) if seen is None else seen
    for sentence in reading.sentences:
        if is_prose(reading, sentence.block):
            line = seen.lines.get(sentence.index)
            if line is None or (line.tree is None and sentence.index in reading.parses):
                line = Line.of(reading, sentence)
            work.lines[sentence.index] = line
    signed = lex.patterns["clause.signature"]
    work.signed_blocks = frozenset(line.block for line in work.lines.values() if signed.search(line.norm))
    for index in sorted(work.lines):
        line = work.lines[index]
        if index in seen.lines or _continues(work, line) or work.listed is not None:
            _read_line(work, line, seen.hits[index] if line is seen.lines.get(index) else scan(line, lex))
            _open_list(work, line)
        _give(work, line)
    return work


def _continues(work: Work, line: Line) -> bool:
    return work.signed_block is not None and line.block - work.signed_block <= 1


def _read_line(work: Work, line: Line, hits: list[Hit]) -> None:
    taken: list[tuple[int, int]] = []
    verbs: set[int] = set()
    joined = [
        h.cue
        for h in hits
        if (h.kind in ("future", "passive", "process") and shares_verb(line, h, work.lex))
        or (h.text_at is not None and line.norm[: h.cue].endswith(f" {work.lex.phrases['and_word']} "))
    ]
    gaps = [h.who[0] for h in hits if h.who is not None]
    starts = [h.cue for h in hits]
    finite = [h.cue for h in hits if h.kind in ("future", "passive", "process") and h.subject_at is None]
    if line.norm.rstrip().endswith(":") and leads(line, work.lex):
        # « Les mesures suivantes ont été arrêtées : » promises nothing itself.
        return
    if not taken and work.listed is not None and work.listed.line < line.index:
        hits = [*listed_hits(work, line), *hits]
    for hit in hits:
        if any(a <= hit.cue < b for a, b in taken):
            continue
        if hit.kind in ("future", "passive") and hit.subject_at is None and hit.cue in verbs:
            continue
        made = _commit(work, line, hit, (joined, starts, finite, gaps), taken)
        if not made:
            continue
        verbs.add(hit.subject_at if hit.subject_at is not None else hit.cue)
        end = 0
        for mention in made:
            first, last = mention.span.start - line.span.start, mention.span.end - line.span.start
            taken.append((first, last))
            end = max(end, last)


def _give(work: Work, line: Line) -> None:
    """Take in a list of givers, in place of what gave their sums to somebody else."""
    listed, wrong = givers(work, line)
    if wrong:
        at = [i for i, c in enumerate(work.kept) if c not in wrong]
        work.kept, work.stems = [work.kept[i] for i in at], [work.stems[i] for i in at]
    work.kept.extend(listed)
    work.stems.extend(stems_of(c.action) for c in listed)


def _open_list(work: Work, line: Line) -> None:
    """Remember a verb that commits to a list of lines (« Ils ont décidé : »); forget it at the first line of none."""
    cue = opened(line, work.lex)
    if cue is not None:
        verb = (cue.cue, cue.cue_end)
        subject = resolved(
            subject_before(line, *verb, work.scene, work.lex), line, cue.cue, work.scene, work.lex, work.lines
        )
        if cue.impersonal or not subject.ids:
            subject = Subject(work.signed_by or work.scene.main, None, joint=True, plural=True)
        work.listed = Listed(cue, subject, line.index) if subject.ids else None
    elif work.listed is not None and not any(listed_hits(work, line)):
        work.listed = None


def _commit(
    work: Work, line: Line, hit: Hit, others: tuple[list[int], ...], taken: list[tuple[int, int]]
) -> list[CommitmentMention]:
    lex, scene = work.lex, work.scene
    joined, verbs, finite, gaps = others
    verb_at = hit.subject_at if hit.subject_at is not None else hit.cue
    before = line.norm[:verb_at]
    if (why := _left(work, line, hit, before, after_another=bool(taken))) is not None:
        return work.leave(line, hit, why)
    subject = Subject((), None)
    if hit.text_at is None and not hit.listed and not hit.impersonal and not hit.noun:
        # In « … seront versés », « … engagent à », the words that act stand before the verb.
        subject = resolved(
            subject_before(line, verb_at, verb_end(hit), scene, lex), line, verb_at, scene, lex, work.lines
        )
        if (
            hit.reported
            and verb_at != hit.cue
            and (not subject.ids or _reports_self(subject, hit, lex) or hit.kind == "passive")
        ):
            told, told_end = hit.told or (hit.cue, hit.cue_end)
            main = resolved(subject_before(line, told, told_end, scene, lex), line, told, scene, lex, work.lines)
            if main.ids:
                # « la Chine a annoncé qu'elle construirait », « … que des fonds seraient versés »
                subject = replace(main, start=subject.start, words=subject.words)
        if subject.start is None and hit.kind in ("future", "passive") and shares_verb(line, hit, lex):
            if line.index in scene.last:
                subject = replace(scene.last[line.index], start=None)
        elif line.index in scene.last and lex.patterns["clause.so"].search(before.rstrip()):
            # « …, ce qui porte sa contribution à 30 millions »
            subject = replace(scene.last[line.index], start=None, words="")
        elif not subject.ids and hit.kind not in ("future", "passive") and shares_verb(line, hit, lex):
            # « Le conseil conclut sa revue et autorise un versement »: whoever the sentence began with.
            many = lex.patterns["clause.many"].match(line.norm, hit.cue) is not None
            shared = Subject((), hit.cue, plural=many, words=lex.phrases["they" if many else "it"])
            subject = replace(resolved(shared, line, verb_at, scene, lex, work.lines), start=None, words="")
    elif hit.noun:
        subject = owner(work, line, hit)
    if hit.again:
        subject, verb_at = replace(subject, start=None, words=""), hit.cue
    if hit.who is not None:
        subject = from_words(line, hit.who[0], hit.who[1], scene, lex) or Subject((), None)
    bound: Subject | None
    if hit.listed and work.listed is not None:
        bound = replace(work.listed.subject, start=None, words="")
    else:
        bound = accepted(work, line, hit, subject) if hit.text_at is None else says(work, line, hit)
    if bound is None:
        return work.leave(line, hit, "idle" if idle_whoever(line, hit, scene, lex) else "nobody")
    subject = bound
    end = clause_end(line, hit, scene, lex)
    subject = two_named(work, line, hit, subject, end)
    for other in joined:
        # « supprimera les droits …, et réalisera … »: the next verb ends this clause, unless they share their object.
        if hit.cue_end < other < end and len(line.norm[max(hit.cue_end, hit.body) : other].split()) > 2:
            end = len(lex.patterns["clause.ending"].sub("", line.norm[:other].rstrip()))
            break
    for other in verbs:
        # « …, et la Russie est disposée à … »: a new clause with a subject of its own.
        cut = line.norm.rfind(f", {lex.phrases['and_word']} ", hit.cue_end, other)
        if hit.cue_end <= cut < end and other - cut < 110:
            end = cut
        comma = line.norm[:other].rstrip()
        if comma.endswith(",") and hit.cue_end < len(comma) <= end and len(comma) > hit.body + 8:
            # « qui promettent de fournir …, se sont engagés à … »
            end = len(comma) - 1
    for other in finite:
        # « …, Orca bâtira une usine »: what stands between the comma and the verb is its subject.
        link = next(reversed(list(lex.patterns["clause.new_subject"].finditer(line.norm, hit.body, other))), None)
        if link is not None and hit.body + 8 < link.start() < end and link.end() < other <= end:
            between = line.norm[link.end() : other]
            if len(between) < _PLAINLY and not lex.patterns["clause.subordinate"].search(between):
                end = link.start()
                break
    end = min([w for w in gaps if hit.body < w < end], default=end)
    start = verb_at if subject.start is None else subject.start
    if (subject.start is None and hit.kind == "infinitive") or verb_at - start > 160:
        start = verb_at
    if hit.noun and hit.kind == "infinitive" and hit.cue_end - hit.cue > _WHOSE and start == verb_at:
        # « au souhait des dirigeants de … et de … de | porter … »: whose it is, is no part of it.
        start = hit.body
    before_it = [b for a, b in taken if a < verb_at and start < b <= verb_at]
    if before_it:
        # The tree drew the subject over the clause before.
        start = max(before_it)
        start += len(line.norm[start:verb_at]) - len(
            re.sub(r"^[ ,]*(?:(?:et|puis|and) )?", "", line.norm[start:verb_at])
        )
        subject = replace(subject, start=start, words=line.norm[start:verb_at].strip())
    if hit.kind == "agreement" and hit.body < hit.cue:
        if lex.patterns["agreements.definite"].match(line.norm, hit.body) and hit.impersonal:
            return work.leave(line, hit, "said")
        start = hit.body
    if hit.kind in ("goes_on", "sum"):
        start = hit.body
    if hit.kind in ("agreement", "goes_on"):
        work.signed_block, work.signed_by, work.signed_line = line.block, subject.ids, line.index
    made: list[CommitmentMention] = []
    work.made = made
    for part in parts(line, hit, start, end, scene, lex):
        mention = mention_of(work, line, hit, part, subject, first=not made)
        if mention is None:
            continue
        if hit.rule in ("signed_text", "text_signed") and _of_another_year(work, mention.span):
            return work.leave(line, hit, "done")
        first, last = mention.span.start - line.span.start, mention.span.end - line.span.start
        if (why := vetoed(lex.vetoes, hit.rule, line.norm, first, last)) is not None:
            work.leave(line, hit, why)
            if not made:
                # The other parts are of the same clause.
                return []
            continue
        made.extend(by_fields(work, mention, line))
    if hit.due and not any(m.deadline or m.amount for m in made):
        return work.leave(line, hit, "undated")
    if not made:
        return work.leave(line, hit, "said")
    work.kept.extend(made)
    work.stems.extend(stems_of(m.action) for m in made)
    if receives(work, hit, subject) and not set(made[0].promisor) & set(subject.ids):
        # « La Zambie recevra 2 millions »: who gives them acts in what follows.
        subject = replace(subject, ids=made[0].promisor)
    scene.last[line.index] = subject
    work.last[line.block] = subject
    if hit.kind in ("agreement", "goes_on"):
        # « Le protocole prévoit un prêt … », one of several texts: both signed it, and the next ones.
        both = hit.kind == "goes_on" and set(made[0].promisor) < set(subject.ids)
        work.signed_by = subject.ids if both else made[0].promisor
    return made


def _left(work: Work, line: Line, hit: Hit, before: str, *, after_another: bool) -> str | None:
    """Return why the words around a hit leave it out, whoever its subject is, or None; `before` stands before it."""
    lex = work.lex
    if lex.patterns["clause.asked"].search(before[-90:]):
        return "asked"
    if line.norm.rstrip().endswith("?") and work.scene.quote_at(line.span.start + hit.cue) is None:
        return "asked"
    if lex.patterns["clause.advice"].search(before[-60:]):
        return "advice"
    if lex.patterns["future.forecast"].search(line.norm):
        return "forecast"
    if hit.purpose and after_another:
        return "purpose"
    if hit.vague and not hit.noun and lex.patterns["clause.background"].search(before[-90:]):
        return "background"
    if lex.patterns["clause.hollow"].search(line.norm, hit.cue, hit.cue_end + 90):
        return "hollow"
    if hit.kind == "deed" and before.rstrip().endswith(",") and _names(line, hit, work.scene):
        # « …, a promis la Norvège »: who says it, not what is promised.
        return "teller"
    return None


def _of_another_year(work: Work, span: Span) -> bool:
    """Tell whether the last date among some words lies so far back that what they tell is history."""
    published = work.reading.meta.published
    days = [day for date in work.scene.dates_in(span) if (day := last_day(date.value)) is not None]
    return published is not None and bool(days) and (published - max(days)).days > _HISTORY


def _names(line: Line, hit: Hit, scene: Scene) -> bool:
    """Tell whether what stands where the promise should is the name of a party."""
    start = line.span.start + hit.body
    return any(
        m.span.start - start <= _ARTICLE and m.span.end > start and scene.commits(m.ids)
        for m in scene.mentions_of(line)
    )


def _reports_self(subject: Subject, hit: Hit, lex: Lexicon) -> bool:
    """Tell whether a reported promise is the speaker's own (« il a annoncé qu'il … », « que son pays … »)."""
    if not hit.reported:
        return False
    words = subject.words
    return bool(lex.patterns["clause.agent_pronouns"].fullmatch(words) or lex.patterns["clause.own"].match(words))
