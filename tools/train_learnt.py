"""Train what Palabre learns of clauses beside its rules: who promises, how firmly, what sector, how far.

Usage::

    pip install python-crfsuite
    python tools/train_learnt.py --passages tools/learnt --out src/palabre/lang/fr/learnt

`tools/learnt` holds passages and articles that we wrote and marked (`learnt_corpus.py`), and `sectors.tsv`, clauses
with their sectors. The models are linear (`extract/learnt/model.py`), trained by CRFsuite (N. Okazaki, 2007) as
conditional random fields of one unit. `--folds N` measures first: a model never sees the passages it is measured on.
Which words promise is learnt by `train_tagger.py`.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite  # type: ignore[import-untyped, import-not-found, unused-ignore]

from learnt_corpus import Told, passages
from learnt_reading import LANG, PUBLISHED, Read, phrases, read, same
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.commitments.line import Line
from palabre.extract.commitments.line import plain as plainly
from palabre.extract.commitments.settled import around_of, bound_of
from palabre.extract.commitments.who import NO, YES, candidates
from palabre.extract.commitments.who import Told as Said
from palabre.extract.learnt.clauses import (
    clause_features,
)
from palabre.extract.learnt.fields import Around, firmness_features, sector_features
from palabre.extract.learnt.model import Linear, key_of
from palabre.extract.learnt.units import forms
from palabre.extract.learnt.weights import FIRMNESS, SECTOR, STATUS, WHO
from palabre.extract.sectors import sector_of

SMALL = 0.02
"""Weights smaller than this are left out of what is shipped."""
Item = tuple[Sequence[Sequence[str] | Mapping[str, float]], list[str]]


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


def train(items: Iterable[Item], smooth: float, rounds: int) -> Linear:
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
    return Linear(names, {key_of(f): i for f, i in at.items()}, rows_of)


def save(model: Linear, path: Path) -> None:
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
    )


def models(texts: Sequence[Read], clauses: Sequence[tuple[str, str]]) -> dict[str, Linear]:
    told = [t for r in texts for t in told_items(r)]
    known = forms(LANG)
    assert known is not None
    fields = [(sector, sector_features(plainly(words), Around(), known)) for sector, words in clauses]
    fields += [(t.sector, about(r, t)) for r in texts for t in r.passage.told if t.sector]
    who = [([row], [YES if set(ids) == set(t.promisor) else NO]) for t, _, described in told for ids, row in described]
    return {
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


def measure(texts: Sequence[Read], clauses: Sequence[tuple[str, str]], folds: int) -> dict[str, float]:
    """Return what models get right on passages they have not seen, and what the rules alone do."""
    count: Counter[str] = Counter()
    for fold in range(folds):
        seen = [r for r in texts if zlib.crc32(r.passage.name.encode()) % folds != fold]
        made = models(seen, clauses)
        for r in texts:
            if zlib.crc32(r.passage.name.encode()) % folds == fold:
                _count(r, made, count)
    return {
        name: count[f"{name} right"] / max(1, count[f"{name} of"])
        for name in sorted({key.rpartition(" ")[0] for key in count})
    }


def _count(r: Read, made: dict[str, Linear], count: Counter[str]) -> None:
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


def main() -> None:
    parser = argparse.ArgumentParser(description="Train what Palabre learns of French.")
    parser.add_argument("--passages", type=Path, default=Path("tools/learnt"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    reader = Reader.of(Settings(), published=PUBLISHED)
    texts = [read(p, reader) for p in passages(asked.passages)]
    print(f"{len(texts)} passages, {sum(len(r.passage.told) for r in texts)} marks")
    clauses = phrases(asked.passages)
    if asked.folds:
        for name, value in sorted(measure(texts, clauses, asked.folds).items()):
            print(f"  {name}: {value:.3f}")
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, model in models(texts, clauses).items():
        save(model, asked.out / f"{name}.npz")
        print(name, model.rows.shape, (asked.out / f"{name}.npz").stat().st_size)


if __name__ == "__main__":
    main()
