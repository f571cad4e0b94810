"""Calendar expressions of a text, and what they mean: EDTF values from words, the day of publication and the text.

Pure functions on (text, language, day): no document, no annotation is known here.

    find("Ils se verront jeudi.", "fr", date(2025, 4, 2))      the dates of a text, with offsets
    resolve("jeudi dernier", "fr", date(2025, 4, 2))           what one expression means
    horizons("sur trois ans", "fr", date(2025, 4, 2))          when a length of time ahead ends
"""

from __future__ import annotations

import datetime as dt

from palabre.text.dates.find import FoundDate, find
from palabre.text.dates.horizon import Horizon, horizons
from palabre.text.dates.values import Resolved

__all__ = ["FoundDate", "Horizon", "Resolved", "find", "horizons", "resolve"]


def resolve(
    expression: str, lang: str = "fr", published: dt.date | None = None, *, lean: str = "past"
) -> Resolved | None:
    """Return the value of the one calendar expression in a few words; None when there is none, several, or no anchor.

    `lang` is a code of `lang.pack.LANGUAGES`; `lean` as in `find`.
    """
    found = find(expression, lang, published, lean=lean)
    return found[0].resolved if len(found) == 1 else None
