"""Train what Palabre learns of French beside its rules: clauses that promise, who promises, how firmly, how far.

Usage::

    pip install python-crfsuite
    python tools/train_learnt.py --passages tools/learnt --treebanks DIR --out src/palabre/lang/fr/learnt

`tools/learnt` holds passages and articles that we wrote and marked (`learnt_corpus.py`), and `sectors.tsv`, clauses
with their sectors. `DIR`, which may be left out,
holds Universal Dependencies files: their sentences serve as prose in which nothing is promised, and no word of them is
kept but the weights of short features, which the models know by a checksum. The models are conditional random fields
(`extract/learnt/model.py`), trained by CRFsuite (N. Okazaki, 2007). `--folds N` measures first: a model never sees the
passages it is measured on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite  # type: ignore[import-untyped, import-not-found, unused-ignore]

from learnt_corpus import Passage, Told, passages
from palabre.app.reading import Reader, opened
from palabre.app.settings import Settings
from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.commitments.line import Line, is_prose
from palabre.extract.commitments.line import plain as plainly
from palabre.extract.commitments.scene import Scene, scene_of
from palabre.extract.commitments.settled import Whole, around_of, bound_of, whole_of
from palabre.extract.commitments.who import NO, YES, candidates
from palabre.extract.commitments.who import Told as Said
from palabre.extract.learnt.clauses import (
    COMMITMENT,
    PROGRESS,
    VAGUE,
    around,
    clause_features,
    clauses_of,
    ruled,
)
from palabre.extract.learnt.features import Features, features_of, marks_of
from palabre.extract.learnt.fields import Around, firmness_features, sector_features
from palabre.extract.learnt.model import OUTSIDE, Chain, key_of
from palabre.extract.learnt.units import Unit, forms, units_of
from palabre.extract.learnt.weights import CLAUSES, FIRMNESS, SECTOR, STATUS, WHO, rules_alone
from palabre.extract.sectors import sector_of
from palabre.model.annotations import Annotations, CommitmentMention
from palabre.model.documents import Metadata, RawDocument
from palabre.model.spans import Span
from palabre.text.reading import Reading

LANG = "fr"
PUBLISHED = dt.date(2026, 3, 10)
BACKGROUND = ("fr_sequoia-ud-train", "fr_sequoia-ud-dev", "fr_gsd-ud-dev")
TOGETHER = 8
"""Sentences of a treebank read as one text."""
NAMES = {"commitment": COMMITMENT, "maybe": VAGUE, "progress": PROGRESS}
FULLY_MARKED = frozenset("abcdefghijklmn")
"""First letters of the files that clauses are learnt from: in others progress is not marked everywhere."""
SMALL = 0.02
"""Weights smaller than this are left out of what is shipped."""
Item = tuple[Sequence[Sequence[str] | Mapping[str, float]], list[str]]


@dataclass(frozen=True)
class Read:
    """A passage as the rules read it, with the units of its sentences of prose, by index."""

    passage: Passage
    found: Annotations
    reading: Reading
    scene: Scene
    units: dict[int, tuple[Unit, ...]]
    whole: Whole


def read(passage: Passage, reader: Reader) -> Read:
    given = Metadata(published=PUBLISHED, lang=LANG)
    with rules_alone():
        raw = RawDocument(passage.name, passage.name, passage.text, "text/plain", given)
        found, reading = reader.understood(opened(raw))
        scene = scene_of(reading, found)
    units = {s.index: units_of(s, scene, LANG) for s in reading.sentences if is_prose(reading, s.block)}
    return Read(passage, found, reading, scene, units, whole_of(reading, LANG))


def background(folder: Path) -> Iterator[Passage]:
    for name in BACKGROUND:
        lines = (folder / f"{name}.conllu").read_text(encoding="utf-8").splitlines()
        texts = [line[9:].strip() for line in lines if line.startswith("# text = ")]
        for i in range(0, len(texts), TOGETHER):
            yield Passage(f"{name}:{i}", " ".join(texts[i : i + TOGETHER]), ())


def clause_items(r: Read, *, plain: bool = False) -> Iterator[tuple[tuple[Unit, ...], Features, list[str]]]:
    """Yield each sentence's units with features and labels; `plain` leaves out sentences in which a rule fires."""
    marks = ruled(r.found.commitments, r.found.progress)
    for index, units in r.units.items():
        span = r.reading.sentences[index].span
        if not units or (plain and any(span.touches(s) for s, _ in marks[0])):
            continue
        labels = [OUTSIDE] * len(units)
        for told in r.passage.told:
            first = True
            for i, unit in enumerate(units):
                if told.span.start < unit.end and unit.start < told.span.end:
                    labels[i] = f"{'B' if first else 'I'}-{NAMES[told.kind]}"
                    first = False
        features = features_of(units, marks_of(units, marks[0]), marks_of(units, marks[1]), near_of(r, index, marks[0]))
        yield units, features, labels


def near_of(r: Read, index: int, marks: Sequence[tuple[Span, str]]) -> str:
    """Return what the rules took the sentences before and after for, as one feature."""

    def kinds(at: int) -> list[str]:
        return [k for s, k in marks if at in r.units and r.reading.sentences[at].span.touches(s)]

    return around(kinds(index - 1), kinds(index + 1))


def told_items(r: Read) -> Iterator[tuple[Told, list[str], list[tuple[tuple[str, ...], list[str]]]]]:
    """Yield each marked clause with its own features and its candidates."""
    known, lex = forms(LANG), lexicon(LANG)
    assert known is not None and lex is not None
    lines = {i: Line.of(r.reading, r.reading.sentences[i]) for i in r.units}
    before: tuple[str, ...] = ()
    for told in sorted(r.passage.told, key=lambda t: t.span):
        sentence = r.reading.sentence_at(told.span.start)
        if sentence is None or sentence.index not in r.units:
            continue
        index, units = sentence.index, r.units[sentence.index]
        inside = [i for i, u in enumerate(units) if told.span.start < u.end and u.start < told.span.end]
        if not inside:
            continue
        if told.kind == "progress":
            own = clause_features(units, r.units.get(index - 1, ()), inside[0], inside[-1] + 1, known)
        else:
            bound = bound_of(told.span, index, r.units)
            assert bound is not None
            own = firmness_features(bound, known)
        described: list[tuple[tuple[str, ...], list[str]]] = []
        if told.kind == "commitment":
            rule = same(told.span, r.found.commitments)
            said = Said(rule.promisor, rule.cue_rule, rule.firmness) if rule is not None else None
            described = candidates(lines[index], told.span, units, r.scene, lex, lines, said, before, known)
            before = told.promisor
        yield told, own, described


def same(span: Span, mentions: Iterable[CommitmentMention]) -> CommitmentMention | None:
    """Return the mention that overlaps `span` by half of the shorter, the one that does most."""
    best = max(mentions, key=lambda c: shared(c.span, span), default=None)
    return best if best is not None and 2 * shared(best.span, span) >= min(len(best.span), len(span)) else None


def shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def train(items: Iterable[Item], smooth: float, rounds: int) -> Chain:
    """Return the model that fits `items` best; `smooth` is the weight of the L2 norm against it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.0, "c2": smooth, "max_iterations": rounds})
    for rows, labels in items:
        trainer.append(rows, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    names = tuple(sorted(info.labels))
    column = {name: i for i, name in enumerate(names)}
    features = sorted({f for (f, _), w in info.state_features.items() if abs(w) >= SMALL})
    at = {f: i for i, f in enumerate(features)}
    rows_of = np.zeros((len(features), len(names)), dtype=np.float32)
    for (feature, name), weight in info.state_features.items():
        if feature in at:
            rows_of[at[feature], column[name]] = weight
    steps = np.full((len(names), len(names)), -8.0, dtype=np.float32)
    for (one, other), weight in info.transitions.items():
        steps[column[one], column[other]] = weight
    return Chain(names, {key_of(f): i for f, i in at.items()}, rows_of, steps)


def save(model: Chain, path: Path) -> None:
    keys = np.array(sorted(model.keys), dtype=np.uint32)
    rows = model.rows[[model.keys[int(k)] for k in keys]]
    at, label = np.nonzero(np.abs(rows) >= SMALL)
    np.savez_compressed(
        path,
        keys=keys,
        labels=np.array(model.labels),
        at=at.astype(np.uint32),
        label=label.astype(np.uint8),
        weights=rows[at, label].astype(np.float16),
        steps=model.steps.astype(np.float16),
    )


def phrases(path: Path) -> list[tuple[str, str]]:
    """Return the lines of a file of clauses with their sectors."""
    pairs = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(sector, words) for sector, _, words in pairs]


def models(texts: Sequence[Read], prose: Sequence[Read], clauses: Sequence[tuple[str, str]]) -> dict[str, Chain]:
    told = [t for r in texts for t in told_items(r)]
    whole = [r for r in texts if r.passage.name[0] in FULLY_MARKED]
    spans = [(features.rows(), labels) for r in whole for _, features, labels in clause_items(r)]
    spans += [(features.rows(), labels) for r in prose for _, features, labels in clause_items(r, plain=True)]
    known = forms(LANG)
    assert known is not None
    fields = [(sector, sector_features(plainly(words), Around(), known)) for sector, words in clauses]
    fields += [(t.sector, about(r, t)) for r in texts for t in r.passage.told if t.sector]
    who = [([row], [YES if set(ids) == set(t.promisor) else NO]) for t, _, described in told for ids, row in described]
    return {
        CLAUSES: train(spans, 0.5, 100),
        WHO: train(who, 2.0, 80),
        FIRMNESS: train([([row], [t.label]) for t, row, _ in told if t.kind != "progress"], 5.0, 60),
        SECTOR: train([([row], [sector]) for sector, row in fields], 0.5, 80),
        STATUS: train([([row], [t.label]) for t, row, _ in told if t.kind == "progress"], 5.0, 60),
    }


def about(r: Read, told: Told) -> dict[str, float]:
    """Return what the model of sectors looks at in a marked clause."""
    known = forms(LANG)
    assert known is not None
    words = plainly(r.passage.text[told.span.start : told.span.end])
    return sector_features(words, around_of(r.reading, told.span, r.whole), known)


def measure(
    texts: Sequence[Read], prose: Sequence[Read], clauses: Sequence[tuple[str, str]], folds: int
) -> dict[str, float]:
    """Return what models get right on passages they have not seen, and what the rules alone do."""
    count: Counter[str] = Counter()
    for fold in range(folds):
        seen = [r for r in texts if zlib.crc32(r.passage.name.encode()) % folds != fold]
        made = models(seen, prose, clauses)
        for r in texts:
            if zlib.crc32(r.passage.name.encode()) % folds == fold:
                _count(r, made, count)
    ratio = {
        name: count[f"{name} right"] / max(1, count[f"{name} of"])
        for name in sorted({key.rpartition(" ")[0] for key in count})
    }
    for who in ("rules", "both"):
        for what in ("commitment", "progress"):
            p = count[f"{who} {what} right"] / max(1, count[f"{who} {what} said"])
            r_ = count[f"{who} {what} right"] / max(1, count[f"{what} gold"])
            ratio |= {f"{who} {what} P": p, f"{who} {what} R": r_, f"{who} {what} F1": 2 * p * r_ / max(1e-9, p + r_)}
    return ratio


def _count(r: Read, made: dict[str, Chain], count: Counter[str]) -> None:
    for told, row, described in told_items(r):
        name = STATUS if told.kind == "progress" else FIRMNESS
        scores = made[name].scores([row])
        count[f"{name} of"] += 1
        count[f"{name} right"] += made[name].labels[int(scores[0].argmax())] == told.label
        if told.sector:
            words = plainly(r.passage.text[told.span.start : told.span.end])
            weighed = made[SECTOR].weighed(about(r, told))
            count["sector of"] += 1
            count["sector right"] += made[SECTOR].labels[int(weighed.argmax())] == told.sector
            count["sector, by tables of"] += 1
            count["sector, by tables right"] += sector_of(((words, 1.0),), LANG).value == told.sector
        if described:
            model = made[WHO]
            odds = model.scores([d for _, d in described])
            best = int((odds[:, model.labels.index(YES)] - odds[:, model.labels.index(NO)]).argmax())
            good = set(described[best][0]) == set(told.promisor)
            count["who of"] += 1
            count["who right"] += good
            rule = same(told.span, r.found.commitments)
            if rule is not None:
                count["who, ruled of"] += 1
                count["who, ruled right"] += good
                count["who, by rule of"] += 1
                count["who, by rule right"] += set(rule.promisor) == set(told.promisor)
    learnt: dict[str, list[Span]] = {COMMITMENT: [], PROGRESS: []}
    for clauses in clauses_of(made[CLAUSES], [(units, features) for units, features, _ in clause_items(r)]):
        for clause in clauses:
            if clause.what in learnt:
                learnt[clause.what].append(clause.span)
    rules = {
        COMMITMENT: [c.span for c in r.found.commitments if not c.negated and not c.vague],
        PROGRESS: [p.span for p in r.found.progress],
    }
    maybe = [t.span for t in r.passage.told if t.kind == "maybe"]
    for what, name in ((COMMITMENT, "commitment"), (PROGRESS, "progress")):
        gold = [t.span for t in r.passage.told if t.kind == name]
        count[f"{name} gold"] += len(gold)
        more = [s for s in learnt[what] if not any(_half(s, o) for o in rules[what])]
        for who, said in (("rules", rules[what]), ("both", rules[what] + more)):
            right = _matched(gold, said)
            count[f"{who} {name} right"] += len(right)
            free = [s for i, s in enumerate(said) if i not in right and not any(shared(s, m) for m in maybe)]
            count[f"{who} {name} said"] += len(right) + len(free)


def _half(a: Span, b: Span) -> bool:
    return 2 * shared(a, b) >= min(len(a), len(b))


def _matched(gold: Sequence[Span], said: Sequence[Span]) -> set[int]:
    pairs = [(shared(g, s) / min(len(g), len(s)), i, j) for i, g in enumerate(gold) for j, s in enumerate(said)]
    found: set[int] = set()
    left = set(range(len(gold)))
    for part, i, j in sorted(pairs, reverse=True):
        if part >= 0.5 and i in left and j not in found:
            left.discard(i)
            found.add(j)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Train what Palabre learns of French.")
    parser.add_argument("--passages", type=Path, default=Path("tools/learnt"))
    parser.add_argument("--treebanks", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    reader = Reader.of(Settings(), published=PUBLISHED)
    texts = [read(p, reader) for p in passages(asked.passages)]
    prose = [read(p, reader) for p in background(asked.treebanks)] if asked.treebanks else []
    print(f"{len(texts)} passages, {sum(len(r.passage.told) for r in texts)} marks, {len(prose)} texts of plain prose")
    clauses = phrases(asked.passages / "sectors.tsv")
    if asked.folds:
        for name, value in sorted(measure(texts, prose, clauses, asked.folds).items()):
            print(f"  {name}: {value:.3f}")
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, model in models(texts, prose, clauses).items():
        save(model, asked.out / f"{name}.npz")
        print(name, model.rows.shape, (asked.out / f"{name}.npz").stat().st_size)


if __name__ == "__main__":
    main()
