"""Learn of which sector words tell: `src/palabre/lang/fr/learnt/sector_words.npz`.

`pip install jax -c constraints.txt`, then

    python tools/train_sectors.py --out src/palabre/lang/fr/learnt/sector_words.npz

It learns from the marks of `tools/learnt` and from its `sectors.tsv`. `--hold 5` leaves out one passage in five and
tells what is found in those. `palabre.extract.learnt.pooled` applies what this learns; the network is told of there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax  # type: ignore[import-not-found, unused-ignore]
import jax.numpy as jnp  # type: ignore[import-not-found, unused-ignore]
import numpy as np
import numpy.typing as npt

from gradient import Weights, asking, at_rest, dropped, followed, moved, rate_at
from learnt_corpus import passages
from learnt_reading import LANG, PUBLISHED, Read, held, phrases, read
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.extract.commitments.line import plain
from palabre.extract.commitments.settled import around_of
from palabre.extract.learnt.fields import HEARD, Around, places_of
from palabre.extract.learnt.pooled import LENGTH, SMALLEST
from palabre.extract.learnt.units import forms
from palabre.extract.learnt.weights import listeners_made_of, vectors_made_of
from palabre.extract.learnt.words import WordVectors
from palabre.model.vocabulary import Sector

Array = npt.NDArray[Any]
WIDE = 96
DROPPED, UNHEARD = 0.3, 0.15
"""How much of what is heard, and how many words and places, are left out while learning."""
BATCH = 128
RATE, DECAY, KEPT, WARMING = 2e-3, 1e-2, 0.99, 100
"""How fast is learnt, how fast weights fade, how slowly the mean of weights that is kept follows them, first steps."""


@dataclass(frozen=True)
class Clause:
    """The words of each place around a clause, and the sector it is about."""

    places: tuple[tuple[str, ...], ...]
    sector: str


def clauses(texts: Sequence[Read]) -> Iterator[Clause]:
    known = forms(LANG)
    assert known is not None
    for r in texts:
        for told in r.passage.told:
            if told.sector:
                around = around_of(r.reading, told.span, r.whole)
                yield Clause(places_of(plain(r.reading.words(told.span)), around, known), told.sector)


def arrays(items: Sequence[Clause], labels: Sequence[str], vectors: WordVectors) -> dict[str, Array]:
    """Return the places of words' vectors (0 for none, -1 for a word without), and which sector each clause has."""
    out: dict[str, Array] = {"sector": np.array([labels.index(c.sector) for c in items], np.int32)}
    for i, most in enumerate(HEARD):
        at = np.zeros((len(items), most), np.int32)
        for row, clause in zip(at, items, strict=True):
            words = clause.places[i]
            row[: len(words)] = [vectors.place(w) or -1 for w in words]
        out[str(i)] = at
    return out


def begun(width: int, labels: int, seed: int) -> Weights:
    rng = np.random.default_rng(seed)

    def some(*shape: int, size: float) -> Any:
        return jnp.asarray(rng.normal(0, size, shape).astype(np.float32))

    heard = len(HEARD) * WIDE
    return {
        "word": some(width, WIDE, size=1 / width**0.5),
        "heed": some(len(HEARD), WIDE, size=0.1),
        "hidden": some(heard, WIDE, size=1 / heard**0.5),
        "hidden_bias": jnp.zeros(WIDE),
        "out": some(WIDE, labels, size=0.1),
        "out_bias": jnp.zeros(labels),
    }


def weighed(w: Weights, table: Any, batch: Any, key: Any) -> Any:
    """Return what words weigh for each sector, some of them left out."""
    keys = jax.random.split(key, 2 * len(HEARD) + 2)
    heard = []
    for i, _ in enumerate(HEARD):
        at = batch[str(i)]
        there = (at != 0) & jax.random.bernoulli(keys[2 * i], 1 - UNHEARD, at.shape)
        said = jnp.tanh(table[jnp.maximum(at, 0)] @ w["word"])
        heed = jax.nn.softmax(jnp.where(there, said @ w["heed"][i], -1e9), -1) * there
        place = (heed[..., None] * said).sum(1)
        if i:
            place = place * jax.random.bernoulli(keys[2 * i + 1], 1 - UNHEARD, (len(place), 1))
        heard.append(place)
    hidden = jax.nn.relu(dropped(jnp.concatenate(heard, -1), keys[-2], DROPPED) @ w["hidden"] + w["hidden_bias"])
    return dropped(hidden, keys[-1], DROPPED) @ w["out"] + w["out_bias"]


def loss(w: Weights, table: Any, batch: Any, key: Any) -> Any:
    likely = jax.nn.log_softmax(weighed(w, table, batch, key))
    return -jnp.take_along_axis(likely, batch["sector"][:, None], 1).mean()


@jax.jit  # type: ignore[untyped-decorator, unused-ignore]
def step(w: Weights, state: Any, table: Any, batch: Any, key: Any, rate: Any) -> tuple[Any, Any, Any]:
    value, slope = jax.value_and_grad(loss)(w, table, batch, key)
    return *moved(w, state, slope, rate, DECAY), value


def learnt_once(data: dict[str, Array], table: Any, labels: int, rounds: int, seed: int) -> dict[str, Array]:
    """Return the weights of one network: the mean of those on the way."""
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    kept = w = begun(table.shape[1], labels, seed)
    state = at_rest(w)
    many = len(data["sector"])
    total, n = rounds * (many // BATCH), 0
    for turn in range(rounds):
        order, values = rng.permutation(many), []
        for i in range(0, many - BATCH + 1, BATCH):
            n += 1
            batch = {name: rows[order[i : i + BATCH]] for name, rows in data.items()}
            rate = rate_at(n, total, RATE, WARMING)
            w, state, value = step(w, state, table, batch, jax.random.fold_in(key, n), rate)
            kept = followed(kept, w, min(KEPT, n / (n + 10)))
            values.append(float(value))
        print(f"  {turn}: {np.mean(values):.3f}", flush=True)
    return {name: np.asarray(value) for name, value in kept.items()}


def main() -> None:
    asked = asking("Learn of which sector words tell.").parse_args()
    reader = Reader.of(Settings(), published=PUBLISHED)
    texts = [read(p, reader) for p in passages(asked.passages)]
    known, labels = forms(LANG), sorted(sector.value for sector in Sector)
    assert known is not None
    items = list(clauses([r for r in texts if not held(r.passage, asked.hold)]))
    items += [Clause(places_of(plain(words), Around(), known), sector) for sector, words in phrases(asked.passages)]
    print(f"{len(items)} clauses to learn from")
    with np.load(asked.words) as file:
        vectors = vectors_made_of(file)
    rows = vectors.vectors(np.arange(len(vectors.table) + 1))
    table = jnp.asarray(rows * (LENGTH / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), SMALLEST)))
    data = arrays(items, labels, vectors)
    made: dict[str, Array] = {"labels": np.array(labels), "members": np.array(asked.members)}
    for n in range(asked.members):
        member = learnt_once(data, table, len(labels), asked.rounds, n)
        made |= {f"{n}/{name}": value.astype(np.float16) for name, value in member.items()}
    left = list(clauses([r for r in texts if held(r.passage, asked.hold)]))
    if left:
        pooled = listeners_made_of(made, vectors)
        right = sum(labels[int(pooled.weighed(c.places).argmax())] == c.sector for c in left)
        print(f"sectors by words alone, passages left out: {right / len(left):.3f} of {len(left)}")
    np.savez_compressed(asked.out, **made)  # type: ignore[arg-type]
    print(LANG, asked.out.stat().st_size)


if __name__ == "__main__":
    main()
