"""Which clauses of a sentence promise or tell progress, by what was learnt: where rules have no words for it.

It gives stretches of text only; who promises and what is settled elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.extract.learnt.lattice import runs
from palabre.extract.learnt.units import forms
from palabre.extract.learnt.weights import STATUS, learnt
from palabre.model.spans import Span
from palabre.model.vocabulary import ProgressStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.extract.learnt.features import Features
    from palabre.extract.learnt.lattice import Lattice
    from palabre.extract.learnt.tagger import Tagger
    from palabre.extract.learnt.units import Forms, Unit
    from palabre.model.annotations import CommitmentMention, ProgressMention

COMMITMENT, VAGUE, PROGRESS = "C", "V", "P"
"""What a clause may be: something to be kept, a wish or a repetition that readers would argue about, progress."""
RESERVE = 0.5
"""What is taken off « no clause » before the likeliest labels are read: much is supposed, and left out unless sure."""
SURE = 0.4
"""How likely the units of a clause must be, on the average, to be part of one."""
_SHORTEST = 15
"""Code points below which words say too little to be a clause."""
_LEFT = 8
_TOGETHER = 3_000
"""Units of sentences that are worked on at once: those of a dozen articles."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text (code points), what it is, how surely (the mean over its units), and its units."""

    span: Span
    what: str
    chance: float
    first: int
    last: int


def ruled(
    commitments: Iterable[CommitmentMention], progress: Iterable[ProgressMention]
) -> tuple[list[tuple[Span, str]], list[tuple[Span, str]]]:
    """Return what the rules found as marks for features: the clauses, and the words that gave them away."""
    clauses: list[tuple[Span, str]] = []
    cues: list[tuple[Span, str]] = []
    for c in commitments:
        clauses.append((c.span, "N" if c.negated else VAGUE if c.vague else COMMITMENT))
        if c.cue is not None:
            cues.append((c.cue, c.cue_rule.partition(":")[0].partition(",")[0]))
    for p in progress:
        clauses.append((p.span, PROGRESS))
        if p.cue is not None:
            cues.append((p.cue, f"p_{p.status.value}"))
    return sorted(clauses), sorted(cues)


def around(before: Iterable[str], after: Iterable[str]) -> str:
    """Return as one feature what the rules took the sentences before and after for."""
    return f"n:{''.join(sorted(set(before)))}|{''.join(sorted(set(after)))}"


def clauses_of(tagger: Tagger, sentences: Sequence[Features]) -> list[list[Clause]]:
    """Return for each sentence the clauses that a tagger is sure of, in order, none overlapping."""
    out: list[list[Clause]] = []
    some: list[Features] = []
    room = _TOGETHER
    for sentence in sentences:
        some.append(sentence)
        room -= 1 + len(sentence)
        if room < 0:
            out.extend(_of_some(tagger, some))
            some, room = [], _TOGETHER
    return out + _of_some(tagger, some)


def _of_some(tagger: Tagger, sentences: Sequence[Features]) -> list[list[Clause]]:
    scores, lattice = tagger.scores(sentences), tagger.lattice
    found = list(map(runs, lattice.best(scores, RESERVE)))
    chances = iter(lattice.chances([s for s, its in zip(scores, found, strict=True) if its]))
    columns = {what: _columns(lattice, what) for what in {what for its in found for _, _, what in its}}
    out: list[list[Clause]] = []
    for sentence, its in zip(sentences, found, strict=True):
        out.append([])
        chance_of = next(chances) if its else None
        for first, last, what in its:
            assert chance_of is not None
            span = Span(sentence.units[first].start, sentence.units[last - 1].end)
            chance = float(chance_of[first:last, columns[what]].sum(axis=1).mean())
            if len(span) >= _SHORTEST and chance >= SURE:
                out[-1].append(Clause(span, what, chance, first, last))
    return out


def _columns(lattice: Lattice, what: str) -> list[int]:
    return [i for i, label in enumerate(lattice.labels) if label.endswith(f"-{what}")]


def status_of(units: Sequence[Unit], before: Sequence[Unit], clause: Clause, lang: str) -> ProgressStatus:
    """Return how far what a clause tells of has come; `before` is the sentence before."""
    label = _label(STATUS, units, before, clause, lang)
    return ProgressStatus(label) if label else ProgressStatus.UNDER_WAY


def _label(name: str, units: Sequence[Unit], before: Sequence[Unit], clause: Clause, lang: str) -> str | None:
    model, known = learnt(lang, name), forms(lang)
    if model is None or known is None:
        return None
    scores = model.scores([clause_features(units, before, clause.first, clause.last, known)])
    return model.labels[int(scores[0].argmax())]


def clause_features(units: Sequence[Unit], before: Sequence[Unit], first: int, last: int, known: Forms) -> list[str]:
    """Return what the models of firmness and status look at in the clause of `units[first:last]`."""
    own = units[first:last]
    tenses = [u.tense for u in own if u.tense in known.verbs or u.tense == "nom"]
    return [
        "bias",
        "verb:" + (tenses[0] if tenses else ""),
        "verbs:" + "|".join(tenses[:2]),
        f"q:{bool(own) and own[0].quoted}",
        "lead:" + (own[0].word if own and own[0].named else own[0].tense if own else ""),
        f"named:{min(3, sum(u.named for u in own))}",
        *(f"f{i}:{u.stem}" for i, u in enumerate(own[:4])),
        *("i:" + u.stem for u in own if u.word not in known.small),
        *("l:" + u.stem for u in units[max(0, first - _LEFT) : first] if u.word not in known.small),
        *("s:" + u.stem for u in units if u.stem.startswith(known.joint)),
        *("p:" + u.stem for u in before if u.stem.startswith(known.joint)),
    ]
