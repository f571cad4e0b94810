"""How networks learn: Adam with fading weights (Loshchilov and Hutter 2019), slopes cut where steep; their options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import jax  # type: ignore[import-not-found, unused-ignore]
import jax.numpy as jnp  # type: ignore[import-not-found, unused-ignore]

Weights = dict[str, Any]
State = tuple[Any, Any, Any]
"""The mean of slopes, the mean of their squares, the steps taken."""
STEEPEST = 5.0


def at_rest(w: Weights) -> State:
    """Return the state that learning starts from."""
    return jax.tree.map(jnp.zeros_like, w), jax.tree.map(jnp.zeros_like, w), 0


def moved(w: Weights, state: State, slope: Any, rate: Any, decay: float) -> tuple[Weights, State]:
    """Return the weights after one step down `slope`, and the new state."""
    long = jnp.sqrt(sum((v**2).sum() for v in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda v: v * jnp.minimum(1, STEEPEST / long), slope)
    mean = jax.tree.map(lambda m, v: 0.9 * m + 0.1 * v, state[0], slope)
    size = jax.tree.map(lambda m, v: 0.999 * m + 0.001 * v * v, state[1], slope)
    n = state[2] + 1

    def one(v: Any, m: Any, s: Any) -> Any:
        return v - rate * (m / (1 - 0.9**n) / (jnp.sqrt(s / (1 - 0.999**n)) + 1e-8) + decay * v)

    return jax.tree.map(one, w, mean, size), (mean, size, n)


def rate_at(n: int, total: int, highest: float, warming: int) -> float:
    """Return how fast is learnt at step `n` of `total`: more and more at first, then less and less."""
    return highest * min(1.0, n / warming) * max(0.0, 1 - n / total) + 1e-5


@jax.jit  # type: ignore[untyped-decorator, unused-ignore]
def followed(kept: Weights, new: Weights, part: Any) -> Weights:
    """Return the mean that is kept of weights, which holds better than the last of them."""
    out: Weights = jax.tree.map(lambda a, b: part * a + (1 - part) * b, kept, new)
    return out


def dropped(x: Any, key: Any, part: float) -> Any:
    """Return `x` with a part of its numbers left out by chance, the others made greater for it."""
    return x * jax.random.bernoulli(key, 1 - part, x.shape) / (1 - part)


def asking(description: str) -> argparse.ArgumentParser:
    """Return the options of every command that trains networks."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--passages", type=Path, default=Path("tools/learnt"))
    parser.add_argument("--words", type=Path, default=Path("src/palabre/lang/fr/learnt/words.npz"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--members", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--hold", type=int, default=0)
    return parser
