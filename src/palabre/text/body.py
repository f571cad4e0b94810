"""Tells where the article lies on a whole page: the stretch of rows in which paragraphs outweigh clutter and scraps.

It knows rows and what condemned them already, and condemns none itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.layout import Row

LIST_ITEM = re.compile(r"[-–—•*▪►·]|\d{1,2}[.)°]")
"""How an item of a list begins: it may belong to the article whatever its length."""

_MOST = 600
"""Code points of a paragraph that count: one long comment weighs no more than a long paragraph."""
_CLUTTER = -120
_CLOSING = -400
_SCRAP = -60
"""What a short row without a full stop weighs: a heading needs a paragraph of its length or so to earn its place."""
_BOX = 8
"""Rows of a box cut into an article (a newsletter's, an advert's): what more rows part from it is no article."""
_CUT_IN = 2
"""Rows of clutter that may stand between two paragraphs of an article."""
_SCRAPS = 6
"""Short rows, clutter among them, that part a little prose left at the foot of a whole page from the article."""
_MENU = frozenset({"menu", "footer", "paywall", "widget", "lists", "language"})
_MENUS = 4
"""Rows of menus shortly after a row of prose that show it to stand above the article."""
_SHORT = 9
"""Short rows of those that follow that do as well."""
_ABOVE = 12
"""Rows before and after one among which menus are counted."""


def article_end(rows: Sequence[Row], why: Sequence[str | None], closing: Sequence[bool]) -> int:
    """Return the index of the last row of the article's prose, or -1 when the page has none.

    That is the last paragraph of the page, unless a run of clutter that closes articles (`closing`), or a long one,
    parts a smaller rest from the body.
    """
    prose = [i for i, row in enumerate(rows) if row.prose and why[i] is None]
    if not prose:
        return -1
    _, end = _densest(rows, why, closing)
    while end < prose[-1]:
        after = next(i for i in prose if i > end)
        gap = [i for i in range(end + 1, after) if why[i] is not None]
        inside = sum(len(rows[i].words) for i in prose if i <= end)
        rest = sum(len(rows[i].words) for i in prose if i > end)
        parted = len(gap) > _BOX or any(closing[i] for i in gap)
        scraps = gap and after - end > _SCRAPS and len(rows) - end > 3 * _SCRAPS and rest < 0.25 * inside
        # One heading or two between paragraphs of equal length are links cut in, not the end.
        if rest < (inside if len(gap) > _CUT_IN else 0.5 * inside) and (parted or scraps):
            return end
        end = after
    return end


def _densest(rows: Sequence[Row], why: Sequence[str | None], closing: Sequence[bool]) -> tuple[int, int]:
    """Return the first and the last row of prose of the stretch whose rows weigh the most together."""
    best, total, last, begun, stretch = 0, 0, -1, 0, (-1, -1)
    for i, row in enumerate(rows):
        if row.prose and why[i] is None:
            begun = begun if total > 0 else i
            total, last = max(total, 0) + min(len(row.words), _MOST), i
        else:
            total += _CLOSING if closing[i] else _CLUTTER if why[i] is not None else _scrap(row)
        if last == i and total > best:
            best, stretch = total, (begun, i)
    return stretch


def _scrap(row: Row) -> int:
    """Return what a row that is neither prose nor clutter weighs: nothing when it may be a part of the article."""
    return 0 if row.stopped or LIST_ITEM.match(row.words) else _SCRAP


def article_start(rows: Sequence[Row], why: Sequence[str | None]) -> int:
    """Return the index of the first row of the article's prose, or the number of rows: what menus follow is none."""
    prose = [i for i, row in enumerate(rows) if row.prose and why[i] is None]
    last = prose[-1] if prose else -1
    start, _ = _densest(rows, why, [False] * len(rows))
    for i, row in enumerate(prose):
        after = prose[i + 1] if i + 1 < len(prose) else last
        if row == last or row >= start or not (after - row > _ABOVE or _over_menus(rows, why, row, last)):
            return row
    return len(rows)


def _over_menus(rows: Sequence[Row], why: Sequence[str | None], i: int, last: int) -> bool:
    """Tell whether the rows that follow row `i` of prose are a site's menus, by their names or by their shortness."""
    if menus_around(why, i, last)[1] >= _MENUS:
        return True
    below = rows[i + 1 : min(last, i + 1 + _ABOVE)]
    return sum(len(row.words) <= 36 and len(row.words.split()) <= 4 and not row.stopped for row in below) >= _SHORT


def menus_around(why: Sequence[str | None], i: int, top: int) -> tuple[int, int]:
    """Return how many rows of menus stand shortly before row `i` and shortly after it, above row `top`."""
    before = sum(why[j] in _MENU for j in range(max(0, i - _ABOVE), i))
    return before, sum(why[j] in _MENU for j in range(i + 1, min(top, i + 1 + _ABOVE)))
