"""What the learnt model finds where the rules have no words for it: commitments and progress.

The rules come first and are never taken back; a clause that overlaps one of theirs is theirs. Who promises, the
sector and the rest are settled as for any other commitment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from palabre.extract.commitments.action import action_of
from palabre.extract.commitments.giving import instead_of_helped, instead_of_receiver
from palabre.extract.commitments.grants import one_gives
from palabre.extract.commitments.hits import Hit
from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.commitments.line import Line
from palabre.extract.commitments.mention import said_before, sector_in, stems_of
from palabre.extract.commitments.plainly import plainly
from palabre.extract.commitments.receivers import beneficiary_of
from palabre.extract.commitments.scope import Part, amount_in, condition_in, deadline_in
from palabre.extract.commitments.settled import bound_of, settled
from palabre.extract.commitments.vetoes import vetoed
from palabre.extract.commitments.who import chosen
from palabre.extract.commitments.work import Left, Work
from palabre.extract.dealings import is_private
from palabre.extract.learnt.clauses import (
    COMMITMENT,
    PROGRESS,
    Clause,
    around,
    clauses_of,
    ruled,
    status_of,
)
from palabre.extract.learnt.features import Features, marks_of
from palabre.extract.learnt.fields import firmness_of
from palabre.extract.learnt.units import forms, units_of
from palabre.extract.learnt.weights import tagger_of
from palabre.extract.prose import is_prose
from palabre.extract.sectors import sector_of
from palabre.lang.pack import pack_for
from palabre.model.annotations import CommitmentMention, ProgressMention
from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.extract.commitments.scene import Scene
    from palabre.extract.learnt.tagger import Tagger
    from palabre.extract.learnt.units import Unit
    from palabre.model.annotations import Annotations
    from palabre.model.spans import Span
    from palabre.text.reading import Reading

Mention = TypeVar("Mention", CommitmentMention, ProgressMention)

RULE = "learnt"
"""The name that stands where a rule's would."""
_TRUST = 0.8
"""What the model's own chances are worth: it is surer than it is right."""
_SURE_MOVED = 0.8
_NEVER = 2.0
"""How likely a clause must be to count as progress: news of any kind is worded like it; never in a private text."""
_FINAL = frozenset({"asked", "forecast", "hollow"})
"""Why rules leave out what no model puts in again: keys of the interface's `left` table."""
_ABOUT = 14
"""Words « about » is cut to."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A text read by the rules, ready for what the model of its language sees in it.

    `sentences` are those of `work.lines`, in the same order; `refused` are words left out for good.
    """

    found: Annotations
    work: Work
    tagger: Tagger
    sentences: list[Features]
    refused: tuple[Span, ...]


def prospect(reading: Reading, found: Annotations, scene: Scene, left: Sequence[Left]) -> Prospect | None:
    """Return what the learnt model looks at in a text, None where nothing was learnt of its language.

    `found` is what the rules found and `left` what they left out, `scene` what it makes of the text.
    """
    lang = pack_for(reading.lang)
    lex = lexicon(lang)
    tagger = tagger_of(lang)
    if lex is None or tagger is None:
        return None
    work = Work(reading, found, lex, lang, scene)
    work.lines.update((s.index, Line.of(reading, s)) for s in reading.sentences if is_prose(reading, s.block))
    there = _by_sentence(reading, found.commitments)
    moving = _by_sentence(reading, found.progress)
    kinds = _kinds(reading, found)
    sentences: list[Features] = []
    for index in work.lines:
        units = units_of(reading.sentences[index], scene, lang)
        clauses, cues = ruled(there.get(index, ()), moving.get(index, ()))
        near = around(kinds.get(index - 1, ()), kinds.get(index + 1, ()))
        sentences.append(Features(units, marks_of(units, clauses), marks_of(units, cues), near))
    return Prospect(found, work, tagger, sentences, tuple(item.cue for item in left if item.why in _FINAL))


def likely_clauses(prospects: Sequence[Prospect]) -> list[list[list[Clause]]]:
    """Return the clauses the models see in each sentence of each of some texts: all at once, for half the time."""
    out: dict[int, list[list[Clause]]] = {}
    for tagger in {id(p.tagger): p.tagger for p in prospects}.values():
        those = [p for p in prospects if p.tagger is tagger]
        clauses = iter(clauses_of(tagger, [sentence for p in those for sentence in p.sentences]))
        out |= {id(p): list(islice(clauses, len(p.sentences))) for p in those}
    return [out[id(p)] for p in prospects]


def with_more(prospect: Prospect, likely: Sequence[Sequence[Clause]]) -> Annotations:
    """Return what was found with the commitments and progress that only the learnt model sees, sorted by span.

    `likely` are the clauses it sees in each sentence.
    """
    found, work = prospect.found, prospect.work
    reading = work.reading
    work.kept = list(found.commitments)
    work.stems = [stems_of(c.action) for c in work.kept]
    there = _by_sentence(reading, found.commitments)
    moving = _by_sentence(reading, found.progress)
    progress = list(found.progress)
    sure = _NEVER if is_private(reading) else _SURE_MOVED
    last: tuple[str, ...] = ()
    before: Sequence[Unit] = ()
    units_at = {index: sentence.units for index, sentence in zip(work.lines, prospect.sentences, strict=True)}
    for (index, line), sentence, clauses in zip(work.lines.items(), prospect.sentences, likely, strict=True):
        units = sentence.units
        kept, moved = there.get(index, []), moving.get(index, [])
        for clause in clauses:
            span = clause.span.trimmed(reading.text)
            if _overlaps(span, kept) or reading.in_boilerplate(span):
                continue
            if not line.span.contains(span):
                # A sentence longer than a line keeps is no sentence.
                continue
            clause = replace(clause, span=span)
            if clause.what == COMMITMENT and not any(span.touches(words) for words in prospect.refused):
                earlier = max((c for c in kept if c.span.start < span.start), key=lambda c: c.span, default=None)
                mention = _commitment(work, line, clause, units_at, earlier.promisor if earlier else last)
                if mention is not None:
                    kept.append(mention)
                    work.kept.append(mention)
                    work.stems.append(stems_of(mention.action))
            elif clause.what == PROGRESS and clause.chance >= sure and not _overlaps(span, moved):
                moved.append(_progress(work, line, clause, units, before))
                progress.append(moved[-1])
        if kept:
            last = max(kept, key=lambda c: c.span).promisor
        before = units
    kept = list(settled(reading, work.kept, work.lang))
    commitments = tuple(sorted(kept, key=lambda c: (c.span, c.sector.value)))
    return replace(found, commitments=commitments, progress=tuple(sorted(progress, key=lambda p: p.span)))


def _kinds(reading: Reading, found: Annotations) -> dict[int, list[str]]:
    """Return what the rules took each sentence for, by its index; those in which they found nothing are left out."""
    out: dict[int, list[str]] = {}
    for span, kind in ruled(found.commitments, found.progress)[0]:
        sentence = reading.sentence_at(span.start)
        if sentence is not None:
            out.setdefault(sentence.index, []).append(kind)
    return out


def _by_sentence(reading: Reading, mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    out: dict[int, list[Mention]] = {}
    for mention in mentions:
        sentence = reading.sentence_at(mention.span.start)
        if sentence is not None:
            out.setdefault(sentence.index, []).append(mention)
    return out


def _overlaps(span: Span, others: Iterable[CommitmentMention | ProgressMention]) -> bool:
    """Tell whether half of the shorter of two spans is in the other."""
    return any(
        2 * (min(span.end, o.span.end) - max(span.start, o.span.start)) >= min(len(span), len(o.span))
        for o in others
        if span.touches(o.span)
    )


def _commitment(
    work: Work,
    line: Line,
    clause: Clause,
    units_at: Mapping[int, Sequence[Unit]],
    last: tuple[str, ...],
) -> CommitmentMention | None:
    """Return the commitment of a clause; `units_at` are the units of the text's sentences, `last` who promised last."""
    lex, scene, reading = work.lex, work.scene, work.reading
    start, end = clause.span.start - line.span.start, clause.span.end - line.span.start
    if vetoed(lex.vetoes, RULE, line.norm, start, end) is not None:
        return None
    promisor = chosen(reading, line, clause.span, scene, lex, work.lines, None, last, work.lang)
    if not promisor:
        return None
    promisor = plainly(work, line, start, end, promisor)
    units = units_at[line.index]
    bound = bound_of(clause.span, line.index, units_at)
    firmness = firmness_of(bound, work.lang) if bound is not None else Firmness.PLEDGED
    hit, part = _as_hit(line, clause, units, start, end, work.lang)
    amount = amount_in(line, start, end, lex)
    giver = instead_of_receiver(work, hit, promisor) or instead_of_helped(work, line, start, end, promisor, amount)
    if giver:
        promisor, firmness = giver, Firmness.PLEDGED
    if (one := one_gives(work, line, start, end, promisor)) is not None:
        promisor = one[0]
        firmness = Firmness.PLEDGED if firmness is Firmness.AGREED else firmness
    hit = replace(hit, firmness=firmness)
    subject = line.raw[start : hit.cue].strip(" ,") if hit.kind == "passive" else ""
    action = action_of(line, hit, part, lex, subject)
    if said_before(work, promisor, stems_of(action), amount):
        return None
    words = line.norm[start:end]
    return CommitmentMention(
        span=clause.span,
        promisor=promisor,
        beneficiary=beneficiary_of(work, line, hit, part, promisor, firmness),
        action=action,
        sector=sector_in(work, line, line.norm[part.body : end], words, words),
        firmness=firmness,
        deadline=deadline_in(line, start, start, end, scene, reading, lex),
        amount=amount,
        conditions=condition_in(line, part.body, end, lex),
        confidence=round(min(0.9, clause.chance * _TRUST), 2),
        cue=line.at(hit.cue, hit.cue_end),
        cue_rule=RULE,
    )


def _as_hit(line: Line, clause: Clause, units: Sequence[Unit], start: int, end: int, lang: str) -> tuple[Hit, Part]:
    """Return a clause as the rules would have it: its verb, what it does, and where that begins."""
    known = forms(lang)
    own = units[clause.first : clause.last]
    at = next((i for i, u in enumerate(own) if u.tense in ("fut", "cond", "inf")), None)
    if at is None and known is not None:
        at = next((i for i, u in enumerate(own) if u.word in known.havings), None)
    named = next((i for i, u in enumerate(own) if not u.named), 0)
    if at is None:
        first = own[named]
        begin = first.start - line.span.start
        # « la Zambie supprime … »: a verb in the present.
        acts = named > 0 and known is not None and known.present(first.word)
        cue_end = first.end - line.span.start
        body = cue_end if acts else begin
        hit = Hit("deed", RULE, begin, cue_end, body, "", Firmness.PLEDGED, acts=acts)
        return hit, Part(start, end, body, "")
    verb = own[at]
    begin, stop = verb.start - line.span.start, verb.end - line.span.start
    if verb.tense == "inf":
        hit = Hit("infinitive", RULE, begin, stop, begin, verb.word, Firmness.PLEDGED)
        return hit, Part(start, end, begin, verb.word)
    done = own[at + 1] if at + 1 < len(own) else None
    if known is not None and verb.word in known.passives and done is not None and done.tense == "x":
        body = done.end - line.span.start
        return Hit("passive", RULE, begin, body, body, done.word, Firmness.PLEDGED), Part(start, end, body, "")
    return Hit("future", RULE, begin, stop, stop, verb.word, Firmness.PLEDGED), Part(start, end, stop, "")


def _progress(work: Work, line: Line, clause: Clause, units: Sequence[Unit], before: Sequence[Unit]) -> ProgressMention:
    span = clause.span
    words = line.norm[span.start - line.span.start : span.end - line.span.start]
    inside = [m for m in work.scene.mentions_of(line) if m.span.touches(span)]
    parties = work.scene.folded([i for m in inside for i in work.scene.commits(m.ids)])
    dates = work.scene.dates_in(span)
    return ProgressMention(
        span=span,
        about=" ".join(work.reading.words(span).split()[:_ABOUT]).strip(' ,;:.«»"“”'),
        status=status_of(units, before, clause, work.lang),
        sector=sector_of(((words, 1.0), (line.norm, 0.4)), work.lang),
        parties=parties or work.scene.main,
        date=dates[0].value if dates else None,
        confidence=round(min(0.9, clause.chance * _TRUST), 2),
        cue=span,
    )
