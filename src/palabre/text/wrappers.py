"""Tells the rows that a press database wraps an article in: labels and values, codes, numbers of words and documents.

A database labels what it holds (« Périodicité », « LENGTH: 512 words », « WC » over « 512 mots »). Labels whose value
says what the article says of itself (title, author, outlet, day) go without their value; the others go with it. One
label or two prove nothing: a page is a database's when it shows three that differ.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import LANGUAGES, table
from palabre.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.layout import Row

_LABELS = 3
"""Labels that differ and show a page to come from a database."""
_VALUE = 160
"""Code points of the longest value of a label."""


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the labels, those of them whose value is kept, and the codes of two or three letters among them."""
    tables = [table(lang, "clutter").get("database", {}) for lang in LANGUAGES]
    kept = frozenset(w for t in tables for w in t.get("kept", ()))
    codes = frozenset(w for t in tables for w in t.get("codes", ()))
    return frozenset(w for t in tables for w in t.get("dropped", ())) | kept | codes, kept, codes


def wrappers(rows: Sequence[Row]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the indexes of the rows that are a database's, and of those that say what the article says of itself."""
    labels, kept, codes = _words()
    told_by = ((i, _label(row, labels, codes)) for i, row in enumerate(rows))
    found = {i: label for i, label in told_by if label is not None}
    if len({label for label, _ in found.values()}) < _LABELS:
        return frozenset(), frozenset()
    out: set[int] = set()
    told: set[int] = set()
    for i, (label, alone) in found.items():
        if alone or label not in kept:
            out.add(i)
        else:
            told.add(i)
        below = i + 1 if alone and i + 1 < len(rows) and i + 1 not in found else None
        if below is not None and len(rows[below].words) <= _VALUE and not rows[below].prose:
            (told if label in kept else out).add(below)
    return frozenset(out), frozenset(told)


def _label(row: Row, labels: frozenset[str], codes: frozenset[str]) -> tuple[str, bool] | None:
    """Return the label that a row is or opens with, and whether it stands alone on the row."""
    if len(row.words) > _VALUE + 30 or not row.key:
        return None
    if row.key in codes:
        return (row.key, True) if row.words.isupper() else None
    bare = row.key.rstrip(" :")
    if bare in labels and bare not in codes:
        return bare, True
    head, mark, _ = row.words.partition(":")
    key = folded(head)
    if mark and key in labels and key not in codes and (head.isupper() or head[:1].isupper()):
        return key, False
    code, _, value = row.words.partition(" ")
    return (code.lower(), False) if code.isupper() and code.lower() in codes and value.startswith(" ") else None
