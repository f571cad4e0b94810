"""Fingerprints of a text's words, and the passages two texts share: what finding copies rests on.

Works on words without case, accents or punctuation, so a retouched typography does not hide a copy. It knows nothing
of documents, dates or who copied whom; `reconcile/copies.py` decides.

Sources: winnowing, S. Schleimer, D. S. Wilkerson and A. Aiken, "Winnowing: local algorithms for document
fingerprinting" (SIGMOD 2003): any shared run of at least `SHINGLE + WINDOW - 1` words leaves a common fingerprint.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from palabre.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINGLE = 5
"""Words in one shingle."""

WINDOW = 6
"""Shingles in one winnowing window."""

_WORD = re.compile(r"[^\W_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, without those under the spans left out.

    `starts` and `ends` are code point offsets of each word in the text; `hashes` one 64-bit hash for each word.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, first: int, last: int) -> Span:
        """Return the span from word `first` to word `last`, both included."""
        return Span(int(self.starts[first]), int(self.ends[last]))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words found in two texts: `count` words that are the same, at `left` in one and `right` in the other."""

    left: Span
    right: Span
    count: int


@lru_cache(maxsize=262_144)
def plain_word(word: str) -> str:
    """Return a word in lower case, without accents or ligatures; it may be shorter or longer than what came in."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=262_144)
def _word_hash(word: str) -> int:
    plain = plain_word(word).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(plain, digest_size=8).digest(), "little")


def words_of(text: str, leave_out: Sequence[Span] = ()) -> Words:
    """Return the words of `text`; those that touch a span of `leave_out` (sorted by start) are skipped."""
    starts: list[int] = []
    ends: list[int] = []
    hashes: list[int] = []
    skip = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while skip < len(leave_out) and leave_out[skip].end <= start:
            skip += 1
        if skip < len(leave_out) and leave_out[skip].start < end:
            continue
        starts.append(start)
        ends.append(end)
        hashes.append(_word_hash(match[0]))
    return Words(np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), np.array(hashes, dtype=np.uint64))


def shingles(words: Words, size: int = SHINGLE) -> NDArray[np.uint64]:
    """Return one hash for each run of `size` words, in order; empty when the text is shorter than that."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    out = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(size):
            out = out * _FACTOR + words.hashes[i : i + count]
        out ^= out >> np.uint64(29)
        out *= np.uint64(0xBF58476D1CE4E5B9)
        out ^= out >> np.uint64(32)
    return out


def fingerprints(words: Words) -> tuple[int, ...]:
    """Return the winnowed fingerprints of a text, sorted: a small sample such that long shared runs always meet."""
    hashes = shingles(words)
    if len(hashes) == 0:
        return ()
    if len(hashes) <= WINDOW:
        return (int(hashes.min()),)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return tuple(int(h) for h in np.unique(windows.min(axis=1)))


def places_of(words: Words) -> dict[int, list[int]]:
    """Return where each shingle of a text begins (its first four places), for `shared_passages`."""
    places: dict[int, list[int]] = {}
    for i, h in enumerate(shingles(words).tolist()):
        spots = places.setdefault(h, [])
        if len(spots) < 4:
            spots.append(i)
    return places


def shared_passages(
    left: Words, right: Words, *, least: int = 8, gap: int = 3, places: dict[int, list[int]] | None = None
) -> tuple[Passage, ...]:
    """Return the longest passages both texts hold, in the order of `right`, whatever their order in `left`.

    A passage has at least `least` words; two that follow each other on both sides with at most `gap` words between
    them are joined (a word changed here and there). Passages do not overlap in either text. Cost is linear in the
    number of words, for each start in `left` is tried at most a few times. `places` is `places_of(left)`, given when
    one text is compared with many.
    """
    a, b = left.hashes, right.hashes
    if places is None:
        places = places_of(left)
    runs: list[tuple[int, int, int]] = []
    taken = np.zeros(len(left), dtype=bool)
    right_shingles = shingles(right).tolist()
    j = 0
    while j < len(right_shingles):
        best, best_i = 0, 0
        for i in places.get(right_shingles[j], ()):
            length = _run_length(a, b, i, j)
            if length > best and not taken[i : i + length].any():
                best, best_i = length, i
        if best >= SHINGLE:
            runs.append((best_i, j, best))
            taken[best_i : best_i + best] = True
            j += best
        else:
            j += 1
    return tuple(
        Passage(left.span(i, i + la - 1), right.span(j, j + lb - 1), count)
        for i, j, la, lb, count in _joined(runs, gap)
        if count >= least
    )


def _run_length(a: NDArray[np.uint64], b: NDArray[np.uint64], i: int, j: int) -> int:
    step, length = 64, 0
    while True:
        chunk = min(step, len(a) - i - length, len(b) - j - length)
        if chunk <= 0:
            return length
        same = a[i + length : i + length + chunk] == b[j + length : j + length + chunk]
        if not same.all():
            return length + int(np.argmin(same))
        length += chunk
        step *= 2


def _joined(runs: list[tuple[int, int, int]], gap: int) -> list[tuple[int, int, int, int, int]]:
    """Join runs that follow each other on both sides: (left start, right start, left words, right words, same)."""
    out: list[tuple[int, int, int, int, int]] = []
    for i, j, length in runs:
        if out:
            pi, pj, la, lb, count = out[-1]
            if 0 <= i - (pi + la) <= gap and 0 <= j - (pj + lb) <= gap:
                out[-1] = (pi, pj, i + length - pi, j + length - pj, count + length)
                continue
        out.append((i, j, length, length, length))
    return out
