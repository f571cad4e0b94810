"""Read the passages that models learn from as the rules read them, and prose of treebanks that promises nothing."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from learnt_corpus import Passage
from palabre.app.reading import Reader, opened
from palabre.extract.commitments.scene import Scene, scene_of
from palabre.extract.commitments.settled import Whole, whole_of
from palabre.extract.learnt.clauses import (
    COMMITMENT,
    PROGRESS,
    VAGUE,
    around,
    ruled,
)
from palabre.extract.learnt.features import Features, marks_of
from palabre.extract.learnt.lattice import OUTSIDE
from palabre.extract.learnt.units import Unit, units_of
from palabre.extract.learnt.weights import rules_alone
from palabre.extract.prose import is_prose
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


def clause_items(r: Read, *, plain: bool = False) -> Iterator[tuple[Features, list[str]]]:
    """Yield each sentence with its labels; `plain` leaves out sentences in which a rule fires."""
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
        yield Features(units, marks_of(units, marks[0]), marks_of(units, marks[1]), near_of(r, index, marks[0])), labels


def near_of(r: Read, index: int, marks: Sequence[tuple[Span, str]]) -> str:
    """Return what the rules took the sentences before and after for, as one feature."""

    def kinds(at: int) -> list[str]:
        return [k for s, k in marks if at in r.units and r.reading.sentences[at].span.touches(s)]

    return around(kinds(index - 1), kinds(index + 1))


def same(span: Span, mentions: Iterable[CommitmentMention]) -> CommitmentMention | None:
    """Return the mention that overlaps `span` by half of the shorter, the one that does most."""
    best = max(mentions, key=lambda c: shared(c.span, span), default=None)
    return best if best is not None and 2 * shared(best.span, span) >= min(len(best.span), len(span)) else None


def shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def matched(gold: Sequence[Span], said: Sequence[Span]) -> set[int]:
    pairs = [(shared(g, s) / min(len(g), len(s)), i, j) for i, g in enumerate(gold) for j, s in enumerate(said)]
    found: set[int] = set()
    left = set(range(len(gold)))
    for part, i, j in sorted(pairs, reverse=True):
        if part >= 0.5 and i in left and j not in found:
            left.discard(i)
            found.add(j)
    return found


def held(passage: Passage, one_in: int) -> bool:
    """Tell whether a passage is among those left out; of `one_in` 0 none is."""
    return bool(one_in) and zlib.crc32(passage.name.encode()) % one_in == 0


def phrases(folder: Path) -> list[tuple[str, str]]:
    """Return the clauses of `sectors.tsv` that stand alone, each after its sector."""
    lines = (folder / "sectors.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line.strip())
    return [(sector, words) for sector, _, words in pairs]
