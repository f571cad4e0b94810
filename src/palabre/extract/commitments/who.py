"""Who promises, chosen among everybody a sentence and those before it name.

Each candidate is described by where it stands and what it is; a model weighs that. The answer of the rules is a
candidate like the others, and keeps its place unless another is clearly likelier. Nothing here finds commitments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palabre.extract.commitments.parties import resolved, subject_before
from palabre.extract.learnt.units import forms, units_of
from palabre.extract.learnt.weights import WHO, learnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene
    from palabre.extract.learnt.model import Linear
    from palabre.extract.learnt.units import Forms, Unit
    from palabre.model.annotations import ActorMention
    from palabre.model.spans import Span
    from palabre.model.vocabulary import Firmness
    from palabre.text.reading import Reading

YES, NO = "y", "n"
KEEP = 3.0
"""By how much another candidate must be likelier (log odds) than the one the rules chose."""
NAMED = 5.0
"""The same where the words of the sentence name all those the rules chose."""
_BEFORE = 12
"""Code points before a name in which the word that leads to it stands."""
_LINES_BACK = 3
_PARTIES = 4
_FIRST_WORDS = 4

Ids = frozenset[str]
Named = tuple["ActorMention", tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of a clause: who promises, by which rule, how firmly."""

    promisor: tuple[str, ...]
    rule: str
    firmness: Firmness


@dataclass
class _Candidates:
    """Sets of actors, each with where it was found; sets are kept in the order in which they come."""

    found: dict[Ids, dict[str, None]] = field(default_factory=dict)
    written: dict[Ids, tuple[str, ...]] = field(default_factory=dict)

    def add(self, ids: Iterable[str], *where: str) -> None:
        ids = tuple(ids)
        if ids:
            key = frozenset(ids)
            self.written.setdefault(key, ids)
            self.found.setdefault(key, {}).update(dict.fromkeys(where))


def chosen(
    reading: Reading,
    line: Line,
    span: Span,
    scene: Scene,
    lex: Lexicon,
    lines: dict[int, Line],
    told: Told | None,
    before: tuple[str, ...],
    lang: str,
) -> tuple[str, ...]:
    """Return who promises what stands at `span` of the text; () when nobody can be named.

    `told` is what the rules say, if they found the clause; `before` who promised last in the text.
    """
    model, known = learnt(lang, WHO), forms(lang)
    said = told.promisor if told is not None else ()
    if model is None or known is None:
        return said
    units = units_of(reading.sentences[line.index], scene, lang)
    described = candidates(line, span, units, scene, lex, lines, told, before, known)
    here = {i for m in scene.mentions_of(line) for i in scene.commits(m.ids)}
    return _best(model, described, said, NAMED if said and here.issuperset(said) else KEEP)


def _best(
    model: Linear, described: Sequence[tuple[tuple[str, ...], list[str]]], said: tuple[str, ...], keep: float
) -> tuple[str, ...]:
    if not described:
        return said
    scores = model.scores([row for _, row in described])
    odds = (scores[:, model.labels.index(YES)] - scores[:, model.labels.index(NO)]).tolist()
    best = max(range(len(odds)), key=lambda i: (odds[i], -i))
    for i, (ids, _) in enumerate(described):
        if set(ids) == set(said) and odds[best] - odds[i] < keep:
            return said
    return described[best][0]


def candidates(
    line: Line,
    span: Span,
    units: Sequence[Unit],
    scene: Scene,
    lex: Lexicon,
    lines: Mapping[int, Line],
    told: Told | None,
    before: tuple[str, ...],
    known: Forms,
) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the candidates for a clause, each with its features, in a fixed order."""
    first = next((i for i, u in enumerate(units) if u.start >= span.start), 0)
    last = next((i for i in range(first, len(units)) if units[i].start >= span.end), len(units))
    own = units[first:last]
    verb = next((i for i in range(first, last) if units[i].tense in known.verbs), None)
    tense = units[verb].tense if verb is not None else "none"
    at = units[verb if verb is not None else first].start if units else span.start
    named = [(m, ids) for m in scene.mentions_of(line) if (ids := scene.commits(m.ids))]
    places: dict[str, list[Named]] = {"b": [], "ib": [], "ia": [], "a": []}
    for mention, ids in named:
        where = (
            "b" if mention.span.end <= span.start
            else "ib" if mention.span.start < at
            else "ia" if mention.span.start < span.end
            else "a"
        )  # fmt: skip
        places[where].append((mention, ids))
    found = _Candidates()
    begins = own[0].word if own else ""
    for where, there in places.items():
        _from_line(found, where, there, line, scene, tense, begins[:1])
    if len(named) > 1:
        found.add(_all(named, scene), "line:all", f"line:all|{tense}")
    _from_before(found, line, lines, scene)
    found.add(scene.main, "main")
    for rank, actor in enumerate(scene.parties[:_PARTIES]):
        found.add((actor,), f"party{rank}")
    if scene.power:
        found.add((scene.power,), "power")
    quote = scene.quote_at(span.start + 1)
    found.add(scene.speaker(quote), "speaker")
    start = max(1, span.start - line.span.start)
    for name, position, end in (("start", start, start + 1), ("verb", at - line.span.start, at - line.span.start + 1)):
        plainly = subject_before(line, position, end, scene, lex)
        subject = resolved(plainly, line, position, scene, lex, dict(lines))
        direct = "direct" if plainly.ids else "resolved"
        found.add(subject.ids, f"subject@{name}", f"subject@{name}|{tense}", f"subject@{name}:{direct}")
    found.add(before, "before")
    if told is not None:
        rule = told.rule.partition(":")[0]
        found.add(told.promisor, "rule", f"rule:{rule}", f"rule:{told.firmness.value}")
    lead = begins if begins[:1] in "@#" else own[0].tense if own else ""
    joint = any(u.word.startswith(known.joint) for u in units)
    both = any(u.word in known.both or u.word.startswith("mutuel") for u in own)
    everybody = {i for _, ids in named for i in ids}
    words = [u.word for u in own[:_FIRST_WORDS] if u.word[:1].isalpha()]
    out: list[tuple[tuple[str, ...], list[str]]] = []
    for key, places_of in found.found.items():
        n = min(3, len(key))
        near = next((w for w in places if w in places_of), "far")
        row = [
            "bias",
            *places_of,
            f"n{n}",
            f"n{n}|tense:{tense}",
            f"n{n}|joint:{joint}",
            f"n{n}|both:{both}",
            f"n{n}|quoted:{quote is not None}",
            f"n{n}|named:{min(3, len(everybody))}",
            f"sources:{min(6, sum(':' not in w and '|' not in w for w in places_of))}",
            "kinds:" + "|".join(sorted({str(scene.kind(i)) for i in key})),
            f"lead:{lead}|{near}",
            *(f"word:{w}|{near}|{n}" for w in words),
        ]
        if told is not None:
            row += [f"n{n}|firm:{told.firmness.value}", "ruled" if "rule" in places_of else "not ruled"]
        else:
            row.append("no rule")
        if any(scene.lends(i) for i in key):
            row.append("lends")
        if key <= set(scene.main):
            row.append("in main")
        if not key & set(scene.main):
            row.append("out of main")
        out.append((found.written[key], row))
    return out


def _from_line(
    found: _Candidates, where: str, there: list[Named], line: Line, scene: Scene, tense: str, begins: str
) -> None:
    """Add those named in one part of the line, alone and together."""
    for rank, (mention, ids) in enumerate(there):
        start = mention.span.start - line.span.start
        lead = line.norm[max(0, start - _BEFORE) : start].split()
        form = mention.form.value
        marks = [where, f"{where}:{form}", f"{where}:after:{lead[-1] if lead else '^'}", f"{where}|{tense}"]
        marks.append(f"{where}:{form}|{tense}")
        if rank == 0:
            marks.append(f"{where}:first")
        if rank == len(there) - 1:
            marks += [f"{where}:last", f"{where}:last|{tense}|{begins}"]
        found.add(ids, *marks)
    if len(there) > 1:
        found.add(_all(there[:2], scene), f"{where}:two", f"{where}:two|{tense}")
        found.add(_all(there[-2:], scene), f"{where}:last two")
        found.add(_all(there, scene), f"{where}:all")


def _from_before(found: _Candidates, line: Line, lines: Mapping[int, Line], scene: Scene) -> None:
    """Add those named in the sentences before."""
    for back in range(1, _LINES_BACK + 1):
        other = lines.get(line.index - back)
        if other is None:
            continue
        there = [(m, ids) for m in scene.mentions_of(other) if (ids := scene.commits(m.ids))]
        where = f"p{back}"
        for rank, (mention, ids) in enumerate(there):
            marks = [where, f"{where}:{mention.form.value}"]
            if rank == 0:
                marks.append(f"{where}:first")
            if rank == len(there) - 1:
                marks.append(f"{where}:last")
            if other.block != line.block:
                marks.append(f"{where}:apart")
            found.add(ids, *marks)
        if len(there) > 1:
            found.add(_all(there[:2], scene), f"{where}:two")
            found.add(_all(there, scene), f"{where}:all")


def _all(named: Sequence[Named], scene: Scene) -> tuple[str, ...]:
    return scene.folded([i for _, ids in named for i in ids])
