"""Loads what was learnt of a language (`lang/xx/learnt/NAME.npz`), once. Nothing here is learnt or applied."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from palabre.extract.learnt.lattice import Lattice
from palabre.extract.learnt.model import Linear
from palabre.extract.learnt.pooled import Listener, Pooled
from palabre.extract.learnt.tagger import COLUMNS, Layer, Member, Tagger
from palabre.extract.learnt.words import WordVectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from palabre.extract.learnt.model import Matrix

WHO = "who"
"""Whether a candidate is who promises."""
FIRMNESS = "firmness"
"""How firmly a clause binds."""
SECTOR = "sector"
"""What sector a clause is about."""
STATUS = "status"
"""How far something that moved has come."""

_rules_alone: ContextVar[bool] = ContextVar("rules_alone", default=False)


@contextmanager
def rules_alone() -> Iterator[None]:
    """Leave out everything learnt while texts are read: for training, and to see what rules do by themselves."""
    token = _rules_alone.set(True)
    try:
        yield
    finally:
        _rules_alone.reset(token)


def learnt(lang: str, name: str) -> Linear | None:
    """Return a model of a language, or None when none was learnt or rules are to do alone."""
    return None if _rules_alone.get() else _loaded(lang, name)


def tagger_of(lang: str) -> Tagger | None:
    """Return what tells which clauses promise or tell progress, None as for `learnt`."""
    return None if _rules_alone.get() else _tagger(lang)


@lru_cache(maxsize=16)
def _loaded(lang: str, name: str) -> Linear | None:
    data = _arrays(lang, name)
    if data is None:
        return None
    keys = data["keys"]
    rows = np.zeros((len(keys), len(data["labels"])), dtype=np.float32)
    # Most weights are nothing: only the others are kept.
    rows[data["at"], data["label"]] = data["weights"]
    labels = tuple(str(label) for label in data["labels"])
    return Linear(labels, dict(zip(keys.tolist(), range(len(keys)), strict=True)), rows)


@lru_cache(maxsize=4)
def vectors_of(lang: str) -> WordVectors | None:
    """Return the vectors of a language's words, None where there are none."""
    words = _arrays(lang, "words")
    return vectors_made_of(words) if words is not None else None


def vectors_made_of(words: Mapping[str, npt.NDArray[Any]]) -> WordVectors:
    """Return the vectors of the arrays of `words.npz`."""
    return WordVectors(words["keys"], words["rows"], words["table"], float(words["scale"]))


@lru_cache(maxsize=4)
def _tagger(lang: str) -> Tagger | None:
    data, vectors = _arrays(lang, "clauses"), vectors_of(lang)
    return made_of(data, vectors) if data is not None and vectors is not None else None


def made_of(data: Mapping[str, npt.NDArray[Any]], vectors: WordVectors) -> Tagger:
    """Return the tagger of the arrays of `clauses.npz`."""

    def weights(name: str) -> Matrix:
        return data[name].astype(np.float32)

    def member(n: str) -> Member:
        layers = []
        for i, reach in enumerate(data["reaches"]):
            before, here, after = weights(f"{n}/see{i}")
            layers.append(Layer(int(reach), before, here, after, weights(f"{n}/add{i}"), weights(f"{n}/norm{i}")))
        return Member(
            word=weights(f"{n}/word"),
            unknown=weights(f"{n}/unknown"),
            stem=weights(f"{n}/stem"),
            stem_in=weights(f"{n}/stem_in"),
            columns=tuple(weights(f"{n}/{name}") for name in COLUMNS),
            bias=weights(f"{n}/bias"),
            layers=tuple(layers),
            out=weights(f"{n}/out"),
            out_bias=weights(f"{n}/out_bias"),
        )

    return Tagger(
        Lattice(tuple(str(label) for label in data["labels"]), data["steps"].astype(np.float32)),
        vectors,
        dict(zip(data["stems"].tolist(), range(1, len(data["stems"]) + 1), strict=True)),
        tuple({str(name): i for i, name in enumerate(data[f"{column}s"], 1)} for column in COLUMNS),
        tuple(member(str(n)) for n in range(int(data["members"]))),
    )


def listeners_of(lang: str) -> Pooled | None:
    """Return what hears of which sector words tell, None as for `learnt`."""
    return None if _rules_alone.get() else _listeners(lang)


@lru_cache(maxsize=4)
def _listeners(lang: str) -> Pooled | None:
    data, vectors = _arrays(lang, "sector_words"), vectors_of(lang)
    return listeners_made_of(data, vectors) if data is not None and vectors is not None else None


def listeners_made_of(data: Mapping[str, npt.NDArray[Any]], vectors: WordVectors) -> Pooled:
    """Return the networks of the arrays of `sector_words.npz`."""
    names = ("word", "heed", "hidden", "hidden_bias", "out", "out_bias")
    listeners = (
        Listener(**{name: data[f"{n}/{name}"].astype(np.float32) for name in names})
        for n in range(int(data["members"]))
    )
    return Pooled(tuple(str(label) for label in data["labels"]), vectors, tuple(listeners))


def _arrays(lang: str, name: str) -> dict[str, npt.NDArray[Any]] | None:
    path = resources.files("palabre.lang").joinpath(lang, "learnt", f"{name}.npz")
    if not path.is_file():
        return None
    with path.open("rb") as file, np.load(file) as data:
        return dict(data)
