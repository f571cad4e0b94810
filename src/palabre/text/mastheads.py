"""Rows by what a newspaper's own name looks like, and rows that hold the day. It makes no credit of them."""

from __future__ import annotations

import re

from palabre.model.spans import Span
from palabre.text.credit_words import credit_words
from palabre.text.folding import folded
from palabre.text.layout import Row, first_prose
from palabre.text.name_shapes import DOMAIN, outlet
from palabre.text.pubdate import days

_OWN = re.compile(r"©\s?(?:copyright\s)?(?P<site>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6})\b", re.IGNORECASE)
_SLOGAN = re.compile(r"\s[-–—|]\s|\s\||,\s(?=(?:l[ea]s?|une?|votre|toute)\s|l['’])")


def site_of(rows: tuple[Row, ...]) -> str | None:
    """Return the site that a page names as its own: an address alone at its head or foot, or one in its copyright."""
    for row in (*rows[:3], *rows[-2:]):
        if DOMAIN.match(row.words) and not row.words.startswith("http"):
            return row.words
    for row in reversed(rows[-12:]):
        match = _OWN.search(row.words)
        if match is not None:
            return match["site"]
    return None


def is_masthead(row: Row) -> bool:
    """Tell whether a short row is a newspaper's name: one of the words they are named with in it, or in its slogan."""
    name, *rest = _SLOGAN.split(row.words, maxsplit=1)
    name = name.strip()
    if row.prose or len(row.words) > 90 or len(name) > 60 or len(name.split()) > 6 or any(c in ':?!«"' for c in name):
        return False
    slogan = bool(rest) and _has_word(folded(rest[0])) and not any(c.isdigit() for c in row.words)
    return outlet(name) and (slogan or _has_word(folded(name)))


def _has_word(key: str) -> bool:
    return any(w in credit_words().mastheads for w in re.findall(r"\w+", key))


def masthead(rows: tuple[Row, ...], i: int) -> str | None:
    """Return the outlet whose name stands alone above the title: a newspaper's word in it, a title further down."""
    if not is_masthead(rows[i]):
        return None
    name = _SLOGAN.split(rows[i].words, maxsplit=1)[0].strip()
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
