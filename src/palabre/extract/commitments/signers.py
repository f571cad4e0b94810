"""Between whom the text that an article tells of is made, where it says so at its head.

« La Zambie et le Pérou ont signé … », « un accord de paix entre la Zambie et les Lacs »: those two are the parties,
whoever was in the room. It decides nothing about any promise.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for, table
from palabre.model.vocabulary import MentionForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from palabre.model.annotations import ActorMention
    from palabre.text.reading import Reading

_BEFORE = 90
"""Code points before the first name in which a text stands (« un accord de paix global entre … »)."""
_APART = 60
"""Code points between the two names."""
_AFTER = 80
"""Code points after the second name within which they sign."""

Ids = tuple[str, ...]


@lru_cache(maxsize=8)
def _patterns(lang: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in table(lang, "receivers").get("signers", {}).items()}


def signers_of(
    reading: Reading, lines: Iterable[Sequence[ActorMention]], commits: Callable[[Iterable[str]], Ids]
) -> Ids:
    """Return the two who make the text told of in `lines` (the mentions of each sentence at the head), () if none.

    `commits` tells whom a mention stands for.
    """
    patterns = _patterns(pack_for(reading.lang))
    for mentions in lines if patterns else ():
        named = [m for m in mentions if m.form is not MentionForm.DESCRIPTION or len(m.ids) == 1]
        for k, one in enumerate(named):
            first = commits(one.ids)
            for other in named[k + 1 : k + 3]:
                second = commits(other.ids)
                if len(first) != 1 or len(second) != 1 or first == second:
                    continue
                gap = reading.plain[one.span.end : other.span.start]
                if len(gap) > _APART or patterns["and"].search(gap) is None:
                    continue
                before = reading.plain[max(0, one.span.start - _BEFORE) : one.span.start]
                after = reading.plain[other.span.end : other.span.end + _AFTER]
                if patterns["made"].search(before) or patterns["sign"].match(after):
                    return (*first, *second)
    return ()
