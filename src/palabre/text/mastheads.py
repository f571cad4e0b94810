"""Rows by what a newspaper's own name looks like, and rows that hold the day. It makes no credit of them."""

from __future__ import annotations

import re

from palabre.model.spans import Span
from palabre.text.credit_words import credit_words
from palabre.text.folding import folded
from palabre.text.layout import Row, first_prose
from palabre.text.name_shapes import outlet
from palabre.text.pubdate import days


def is_masthead(row: Row) -> bool:
    """Tell whether a short row is a newspaper's name: one of the words they are named with in it."""
    name = re.split(r"\s[-–—|]\s|\s\|", row.words)[0].strip()
    plain = not row.prose and len(row.words) <= 60 and len(name.split()) <= 6 and not any(c in ':?!«"' for c in name)
    return plain and outlet(name) and any(w in credit_words().mastheads for w in re.findall(r"\w+", folded(name)))


def masthead(rows: tuple[Row, ...], i: int) -> str | None:
    """Return the outlet whose name stands alone above the title: a newspaper's word in it, a title further down."""
    if not is_masthead(rows[i]):
        return None
    name = re.split(r"\s[-–—|]\s|\s\|", rows[i].words)[0].strip()
    below = rows[i + 1 : first_prose(rows)]
    titled = any(len(r.words.split()) >= 4 and len(r.words) >= 25 and not days_in(r) for r in below[:6])
    return name if titled else None


def dated(row: Row) -> bool:
    """Tell whether a short row opens with the day of publication, or with the label of one."""
    found = days(row.words, Span(0, len(row.words))) if len(row.words) <= 80 else ()
    return bool(found) and (found[0].span.start <= 3 or row.key.startswith(credit_words().label_heads))


def days_in(row: Row) -> bool:
    """Tell whether a row holds a whole day."""
    return bool(days(row.words, Span(0, len(row.words))))
