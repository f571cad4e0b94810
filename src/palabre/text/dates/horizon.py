"""Ends of lengths of time that look ahead: « sur trois ans », « au cours des cinq prochaines années ».

They are no dates of the text (`find` leaves them out), but a promise made for them falls due when they end.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from palabre.text.dates.lexicon import lexicon, marks_of
from palabre.text.dates.values import Resolved, away

_AHEAD = re.compile(r"(?P<n>[Nn])(?:[xX][pU]|[pU][xX]?)|[xX](?P<n2>[Nn])[pU]")


@dataclass(frozen=True, slots=True)
class Horizon:
    """A length of time ahead: offsets in the text, and the day, month or year in which it ends."""

    start: int
    end: int
    resolved: Resolved


def horizons(text: str, lang: str, published: dt.date) -> tuple[Horizon, ...]:
    """Return the lengths of time ahead in `text` with the value of their end, counted from `published`, in order.

    Years end in a year (« sur trois ans », said in 2024, is 2027), months in a month, weeks and days on a day. A bare
    length needs « sur », « d'ici » or « sous » before it; « prochaines » or « qui viennent » say so themselves.
    """
    lex = lexicon(lang)
    marks = marks_of(text, lex)
    over = frozenset(lex.raw["horizon"]["over"])
    out = []
    for match in _AHEAD.finditer("".join(m.letter for m in marks)):
        group = "n" if match.start("n") >= 0 else "n2"
        first, last = match.start(), match.end() - 1
        named = any(c in "xX" for c in match.group())
        if not named and (first == 0 or marks[first - 1].norm not in over):
            continue
        count = marks[match.start(group)].value
        unit = next(m.value for m in marks[first : last + 1] if m.letter in "pU")
        if not isinstance(count, int) or unit not in ("day", "week", "month", "year"):
            continue
        try:
            end = away("day", 7 * count, published) if unit == "week" else away(str(unit), count, published)
        except (ValueError, OverflowError):
            continue
        if end is not None:
            out.append(Horizon(marks[first].start, marks[last].end, end))
    return tuple(out)
