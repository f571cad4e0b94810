"""Parts the credits of a row from the clutter that shares it: « Par X | 0 commentaire | Vu 12 fois ».

It judges nothing but where to cut: `credits` and `clutter` read each part as a row of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.text.clutter import is_clutter, is_heading_of_links
from palabre.text.credit_words import credit_words
from palabre.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.text.credits import Credit

_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s{2,}|\t")
_LONGEST = 160
_HEAD = 20
"""Rows read from the top of the page."""


def unmixed(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the rows at `spans` with the clutter at the end of a credit's row set apart as a row of its own."""
    out: list[Span] = []
    for i, span in enumerate(spans):
        at = _cut(span.text(text)) if i < _HEAD and len(span) <= _LONGEST else None
        if at is None:
            out.append(span)
        else:
            out += [Span(span.start, span.start + at[0]), Span(span.start + at[1], span.end)]
    return tuple(out)


def _cut(words: str) -> tuple[int, int] | None:
    """Return where a row's credit ends and where the clutter after it begins, or None."""
    cuts = [m.span() for m in _SEPARATOR.finditer(words) if m.start() > 0 and m.end() < len(words)]
    best = None
    for n in range(len(cuts) - 1, -1, -1):
        end = cuts[n + 1][0] if n + 1 < len(cuts) else len(words)
        if not is_clutter(words[cuts[n][1] : end]):
            break
        best = cuts[n]
    return best if best is not None and _signed(words[: best[0]]) else None


def _signed(words: str) -> bool:
    """Tell whether a part of a row opens with « par »."""
    leads = tuple(f"{lead} " for lead in credit_words().by if lead not in credit_words().by_weak)
    return any(folded(part).startswith(leads) for part in _SEPARATOR.split(words))


def credits_only(text: str, found: Iterable[Credit]) -> list[Credit]:
    """Return the credits without the words of links and buttons (« SUR LE MÊME SUJET ») that look like a name."""
    return [c for c in found if c.kind != "byline" or c.date or not _is_links(c.span.text(text))]


def _is_links(words: str) -> bool:
    known, key = credit_words(), folded(words)
    label = key in known.by or key in known.labels or key in known.desks or _signed(words)
    return is_heading_of_links(words) or (len(words) <= 60 and not label and is_clutter(words))
