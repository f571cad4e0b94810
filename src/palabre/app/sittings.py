"""When a reader was last in a dossier, and so what is new to them. Pure: where it is kept is not its affair.

A sitting goes on for as long as pages follow one another. What is new is what came after the end of the sitting
before, however often a page is looked at again, and however long the sitting lasts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PAUSE = dt.timedelta(minutes=30)
"""A reader who comes back after so long begins another sitting."""
EVERY = dt.timedelta(minutes=10)
"""A sitting that goes on is written down again after so long, not with each page."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One reader's time in one dossier. `before` is the end of the sitting before, None on a first one; `last` a page
    of this one, the last but for what came within EVERY of it. Instants are ISO 8601 in UTC."""

    before: str | None
    last: str


def now_sitting(former: Sitting | None, now: dt.datetime) -> Sitting:
    """Return the sitting of a page asked for now, after what was kept: the same when nothing new has to be kept."""
    moment = _instant(former.last) if former is not None else None
    if former is None or moment is None:
        return Sitting(None, written(now))
    away = now - moment
    if away > PAUSE:
        return Sitting(written(moment), written(now))
    # An instant to come was written by a clock that has been set right since.
    return Sitting(former.before, written(now)) if away > EVERY or away < -EVERY else former


def sitting_of(before: str, last: str) -> Sitting | None:
    """Return the sitting two instants tell of as a browser brings them, None when they make no sense."""
    end, moment = _instant(before), _instant(last)
    return None if moment is None else Sitting(written(end) if end else None, written(moment))


def written(moment: dt.datetime) -> str:
    """Return an instant as the database has them, to the second, in UTC."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _instant(value: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo and 2000 < moment.year < 9000 else None
