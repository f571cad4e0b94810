"""Learn which words of a sentence promise or tell progress: `src/palabre/lang/fr/learnt/clauses.npz`.

`pip install jax -c constraints.txt`, then

    python tools/train_tagger.py --treebanks FOLDER --out src/palabre/lang/fr/learnt/clauses.npz

with the treebanks named in `src/palabre/lang/fr/learnt/README.md`. `--hold 5` leaves out one passage in five and tells
what is found in those. `palabre.extract.learnt.tagger` applies what this learns; the network is told of there.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax  # type: ignore[import-not-found, unused-ignore]
import jax.numpy as jnp  # type: ignore[import-not-found, unused-ignore]
import numpy as np
import numpy.typing as npt

from gradient import State, Weights, asking, at_rest, dropped, followed, moved, rate_at
from learnt_corpus import passages
from learnt_reading import BACKGROUND, LANG, PUBLISHED, Read, background, clause_items, held, matched, read, shared
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.extract.learnt.clauses import COMMITMENT, PROGRESS, VAGUE, clauses_of
from palabre.extract.learnt.features import Features
from palabre.extract.learnt.lattice import OUTSIDE
from palabre.extract.learnt.model import key_of
from palabre.extract.learnt.tagger import COLUMNS, SMALLEST
from palabre.extract.learnt.weights import made_of, vectors_made_of
from palabre.extract.learnt.words import WordVectors
from palabre.model.spans import Span

Array = npt.NDArray[Any]
LABELS = (OUTSIDE, "B-C", "I-C", "B-V", "I-V", "B-P", "I-P")
FULLY_MARKED = frozenset("abcdefghijklmntu")
"""First letters of the files in which progress is marked everywhere; in others what is not marked may be progress."""
WIDE, SMALL, STEM = 128, 96, 32
"""Numbers that stand for a unit, for its word, for its stem."""
REACHES = (1, 2, 4, 8)
COLUMN = dict(zip(COLUMNS, (12, 8, 8, 6, 4), strict=True))
OFTEN = 3
"""How often a stem must be met to be known."""
LONGEST = 128
BATCH = 2400
"""Units learnt from at once."""
LENGTHS = (16, 24, 32, 40, 48, 64, 96, LONGEST)
DROPPED = 0.2
RATE, DECAY, KEPT, WARMING = 2e-3, 1e-2, 0.995, 200
"""How fast is learnt, how fast weights fade, how slowly the mean of weights that is kept follows them, first steps."""


@dataclass(frozen=True)
class Names:
    """What units are known by: vectors of words, keys of stems, names of the rest; the place of others is 0."""

    vectors: WordVectors
    stems: dict[str, int]
    columns: dict[str, dict[str, int]]

    @classmethod
    def of(cls, items: Sequence[Features], vectors: WordVectors) -> Names:
        often = Counter(u.stem for f in items for u in f.units)
        seen: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
        for f in items:
            for _, _, *row in _rows(f):
                for name, what in zip(COLUMNS, row, strict=True):
                    if what not in ("", "0"):
                        seen[name].setdefault(what, len(seen[name]) + 1)
        stems = sorted((s for s, n in often.items() if n >= OFTEN), key=key_of)
        return cls(vectors, {s: i for i, s in enumerate(stems, 1)}, seen)

    def places(self, f: Features) -> Array:
        """Return the places of what is known of each unit, shape (units, 2 + columns)."""
        rows = [
            [self.vectors.place(word), self.stems.get(stem, 0)]
            + [self.columns[name].get(what, 0) for name, what in zip(COLUMNS, row, strict=True)]
            for word, stem, *row in _rows(f)
        ]
        return np.array(rows, dtype=np.int32)


def _rows(f: Features) -> Iterator[tuple[str, ...]]:
    for unit, mark, cue in zip(f.units, f.marks, f.cues, strict=True):
        yield unit.word, unit.stem, unit.tense, mark, cue, f.near, "1" if unit.quoted else "0"


def begun(names: Names, seed: int) -> Weights:
    """Return the weights that learning starts from."""
    rng = np.random.default_rng(seed)

    def some(*shape: int, size: float) -> Any:
        return jnp.asarray(rng.normal(0, size, shape).astype(np.float32))

    width = names.vectors.width
    into = SMALL + STEM + sum(COLUMN.values())
    out: Weights = {
        "word": some(width, SMALL, size=2 / width**0.5),
        "unknown": some(width, size=0.1),
        "stem": some(len(names.stems) + 1, STEM, size=0.1),
        "in": some(into, WIDE, size=(2 / into) ** 0.5),
        "bias": jnp.zeros(WIDE),
        "out": some(WIDE, len(LABELS), size=0.1),
        "out_bias": jnp.zeros(len(LABELS)),
        "steps": jnp.zeros((len(LABELS), len(LABELS))),
    }
    for name, size in COLUMN.items():
        out[name] = some(len(names.columns[name]) + 1, size, size=0.1)
    for i, _ in enumerate(REACHES):
        out[f"see{i}"] = some(3 * WIDE, WIDE, size=(2 / (3 * WIDE)) ** 0.5)
        out[f"add{i}"], out[f"norm{i}"] = jnp.zeros(WIDE), jnp.ones(WIDE)
    return out


def seen(w: Weights, table: Any, at: Any, there: Any, key: Any) -> Any:
    """Return what units weigh for each label; `at` are their places, `there` is 1 for units and 0 beside them."""
    chances = jax.random.split(key, 2 + len(REACHES))
    stems = jnp.where(jax.random.bernoulli(chances[0], DROPPED, at[..., 1].shape), 0, at[..., 1])
    vectors = jnp.where((at[..., 0] > 0)[..., None], table[jnp.maximum(at[..., 0] - 1, 0)], w["unknown"])
    columns = [w[name][at[..., 2 + i]] for i, name in enumerate(COLUMNS)]
    x = dropped(jnp.concatenate([vectors @ w["word"], w["stem"][stems], *columns], -1), chances[1], DROPPED)
    rows = jax.nn.relu(x @ w["in"] + w["bias"]) * there[..., None]
    for i, reach in enumerate(REACHES):
        before = jnp.pad(rows, ((0, 0), (reach, 0), (0, 0)))[:, :-reach]
        after = jnp.pad(rows, ((0, 0), (0, reach), (0, 0)))[:, reach:]
        more = jnp.concatenate([before, rows, after], -1) @ w[f"see{i}"] + w[f"add{i}"]
        rows = rows + jax.nn.relu(dropped(more, chances[2 + i], DROPPED))
        size = jnp.sqrt((rows**2).mean(-1, keepdims=True) + SMALLEST)
        rows = rows / size * w[f"norm{i}"] * there[..., None]
    return rows @ w["out"] + w["out_bias"]


def surprise(scores: Any, allowed: Any, there: Any, steps: Any) -> Any:
    """Return how unlikely labels are that are allowed (bits of `allowed`), for each sentence."""

    def weight(at: Any) -> Any:
        def on(before: Any, now: tuple[Any, Any]) -> tuple[Any, None]:
            own, real = now
            after = jax.nn.logsumexp(before[:, :, None] + steps, 1) + own
            return jnp.where(real[:, None] > 0, after, before), None

        last, _ = jax.lax.scan(on, at[:, 0], (at[:, 1:].transpose(1, 0, 2), there[:, 1:].T))
        return jax.nn.logsumexp(last, -1)

    ok = ((allowed[..., None] >> jnp.arange(len(LABELS))) & 1) > 0
    return weight(scores) - weight(jnp.where(ok, scores, -1e4))


def loss(w: Weights, table: Any, batch: tuple[Any, Any, Any], key: Any) -> Any:
    at, allowed, there = batch
    its = surprise(seen(w, table, at, there, key), allowed, there, w["steps"]) * (there.sum(1) > 0)
    return 20 * its.sum() / jnp.maximum(1, there.sum())


@jax.jit  # type: ignore[untyped-decorator, unused-ignore]
def step(w: Weights, state: State, table: Any, batch: Any, key: Any, rate: Any) -> tuple[Any, Any, Any]:
    value, slope = jax.value_and_grad(loss)(w, table, batch, key)
    return *moved(w, state, slope, rate, DECAY), value


def batches(items: Sequence[tuple[Array, Array]], rng: random.Random) -> list[tuple[Array, Array, Array]]:
    """Return the sentences in an order drawn by `rng`, those of about one length together."""
    by: dict[int, list[tuple[Array, Array]]] = {n: [] for n in LENGTHS}
    for item in items:
        by[next(n for n in LENGTHS if len(item[0]) <= n)].append(item)
    out = []
    for length, its in by.items():
        rng.shuffle(its)
        many = max(4, BATCH // length)
        for i in range(0, len(its), many):
            at = np.zeros((many, length, 2 + len(COLUMNS)), np.int32)
            allowed = np.ones((many, length), np.int32)
            there = np.zeros((many, length), np.float32)
            for j, (places, bits) in enumerate(its[i : i + many]):
                at[j, : len(places)], allowed[j, : len(places)], there[j, : len(places)] = places, bits, 1
            out.append((at, allowed, there))
    rng.shuffle(out)
    return out


def learnt_once(items: Sequence[tuple[Array, Array]], names: Names, rounds: int, seed: int) -> Weights:
    """Return the weights of one network: the mean of those on the way, which holds better than the last."""
    rng, key = random.Random(seed), jax.random.PRNGKey(seed)
    table = jnp.asarray(names.vectors.vectors(np.arange(1, len(names.vectors.table) + 1)))
    w = begun(names, seed)
    state = at_rest(w)
    kept, n, total = w, 0, 0
    for turn in range(rounds):
        began, values = time.monotonic(), []
        order = batches(items, rng)
        total = total or len(order) * rounds
        for batch in order:
            n += 1
            rate = rate_at(n, total, RATE, WARMING)
            w, state, value = step(w, state, table, batch, jax.random.fold_in(key, n), rate)
            kept = followed(kept, w, min(KEPT, n / (n + 10)))
            values.append(value)
        print(
            f"  {turn}: {float(np.mean([float(v) for v in values])):.3f}, {time.monotonic() - began:.0f} s", flush=True
        )
    return dict(jax.tree.map(np.asarray, kept))


def arrays(names: Names, members: Sequence[Weights]) -> dict[str, Array]:
    """Return what `made_of` reads: the tables of what is known of a unit stand as what they add to it."""
    out: dict[str, Array] = {
        "labels": np.array(LABELS),
        "steps": np.mean([w["steps"] for w in members], axis=0).astype(np.float16),
        "reaches": np.array(REACHES),
        "members": np.array(len(members)),
        "stems": np.array([key_of(s) for s in names.stems], dtype=np.uint32),
    }
    for name in COLUMNS:
        out[f"{name}s"] = np.array(list(names.columns[name]))
    for n, w in enumerate(members):
        into = np.split(w["in"], np.cumsum([SMALL, STEM, *COLUMN.values()])[:-1])
        own = {"word": w["word"] @ into[0], "unknown": w["unknown"] @ w["word"] @ into[0]}
        own |= {"stem": w["stem"], "stem_in": into[1]}
        own |= {name: w[name] @ part for name, part in zip(COLUMNS, into[2:], strict=True)}
        own |= {name: w[name] for name in ("bias", "out", "out_bias")}
        for i, _ in enumerate(REACHES):
            own |= {f"see{i}": w[f"see{i}"].reshape(3, WIDE, WIDE), f"add{i}": w[f"add{i}"], f"norm{i}": w[f"norm{i}"]}
        out |= {f"{n}/{name}": value.astype(np.float16) for name, value in own.items()}
    return out


def allowed_of(name: str, labels: Sequence[str]) -> Array:
    """Return the labels that each unit may have, as bits."""
    free = 0 if name[0] in FULLY_MARKED or name.startswith(BACKGROUND) else 1 << 5 | 1 << 6
    bits = {label: 1 << i for i, label in enumerate(LABELS)}
    return np.array([bits[label] | (free if label == OUTSIDE else 0) for label in labels], np.int32)


def told(texts: Sequence[Read], made: Mapping[str, Array], vectors: WordVectors) -> Iterator[str]:
    """Yield lines that tell what is found in passages that were not learnt from, by rules and with the tagger."""
    tagger = made_of(made, vectors)
    count: Counter[str] = Counter()
    for r in texts:
        its: dict[str, list[Span]] = {COMMITMENT: [], VAGUE: [], PROGRESS: []}
        for clauses in clauses_of(tagger, [f for f, _ in clause_items(r)]):
            for clause in clauses:
                its[clause.what].append(clause.span)
        rules = {
            COMMITMENT: [c.span for c in r.found.commitments if not c.negated and not c.vague],
            PROGRESS: [p.span for p in r.found.progress],
        }
        maybe = [t.span for t in r.passage.told if t.kind == "maybe"]
        for what, name in ((COMMITMENT, "commitment"), (PROGRESS, "progress")):
            gold = [t.span for t in r.passage.told if t.kind == name]
            more = [s for s in its[what] if not any(2 * shared(s, o) >= min(len(s), len(o)) for o in rules[what])]
            count[f"{name} gold"] += len(gold)
            for who, said in (("rules", rules[what]), ("both", rules[what] + more)):
                right = matched(gold, said)
                free = [s for i, s in enumerate(said) if i not in right and not any(shared(s, m) for m in maybe)]
                count[f"{who} {name} right"] += len(right)
                count[f"{who} {name} said"] += len(right) + len(free)
    for name in ("commitment", "progress"):
        for who in ("rules", "both"):
            good = count[f"{who} {name} right"]
            p, r_ = good / max(1, count[f"{who} {name} said"]), good / max(1, count[f"{name} gold"])
            yield f"{name}, {who}: F1 {2 * p * r_ / max(1e-9, p + r_):.3f} P {p:.3f} R {r_:.3f}"


def main() -> None:
    parser = asking("Learn which words promise or tell progress.")
    parser.add_argument("--treebanks", type=Path)
    asked = parser.parse_args()
    reader = Reader.of(Settings(), published=PUBLISHED)
    texts = [read(p, reader) for p in passages(asked.passages)]
    prose = [read(p, reader) for p in background(asked.treebanks)] if asked.treebanks else []
    items: list[tuple[str, Features, list[str]]] = []
    for r in texts:
        if not held(r.passage, asked.hold):
            items += [(r.passage.name, f, labels) for f, labels in clause_items(r)]
    items += [(r.passage.name, f, labels) for r in prose for f, labels in clause_items(r, plain=True)]
    print(
        f"{len(texts)} passages, {sum(len(r.passage.told) for r in texts)} marks, {len(items)} sentences to learn from"
    )
    with np.load(asked.words) as data:
        vectors = vectors_made_of(data)
    names = Names.of([f for _, f, _ in items], vectors)
    placed = [
        (names.places(f)[:LONGEST], allowed_of(name, labels)[:LONGEST]) for name, f, labels in items if len(f) > 2
    ]
    members = [learnt_once(placed, names, asked.rounds, seed) for seed in range(asked.members)]
    made = arrays(names, members)
    for line in told([r for r in texts if held(r.passage, asked.hold)], made, vectors):
        print(line)
    np.savez_compressed(asked.out, **made)  # type: ignore[arg-type]
    print(LANG, asked.out.stat().st_size)


if __name__ == "__main__":
    main()
