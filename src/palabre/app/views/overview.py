"""The overview of a dossier: what is new, what comes next, where commitments stand, what to look at first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.register.sessions import Framework, framework
from palabre.store import listings, queries
from palabre.store.listings import Picked, Source
from palabre.store.queries import Listed, Wanted

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.records import Brief, Commitment, Conflict, Meeting

SHOWN = 6
MOST_DOTS = 120
YEARS = 3
"""Years of the timeline: older meetings, told as background, would squeeze what is followed into a corner."""


@dataclass(frozen=True, slots=True)
class News:
    """What was added since an instant: how many documents, the latest of them, and the commitments they tell of."""

    since: str
    documents: int
    latest: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Meetings that have a day, and how many commitments were made in each month (YYYY-MM)."""

    meetings: tuple[Meeting, ...]
    months: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows. `matrix` counts commitments by (sector, status); `news` is None on a first visit."""

    documents: int
    origins: int
    outlets: int
    meetings: int
    commitments: int
    overdue: int
    contradictions: int
    first: dt.date | None
    last: dt.date | None
    added: str | None
    news: News | None
    frame: Framework
    planned: tuple[Meeting, ...]
    matrix: dict[tuple[str, str], int]
    timeline: Timeline
    late: tuple[Listed[Brief], ...]
    next_due: tuple[Commitment, ...]
    disputed: tuple[Conflict, ...]
    to_check: tuple[Listed[Brief], ...]


def overview(asking: Asking, since: str | None) -> Overview:
    """Return the overview; `since` is the instant (ISO 8601, UTC) of the last visit, None on the first."""
    key = (asking.dossier, asking.revision, "overview", asking.today, asking.lang)
    standing = asking.memory.get(key, lambda: _standing(asking))
    return replace(standing, documents=asking.documents_now(), news=_news(asking, since) if since else None)


def _standing(asking: Asking) -> Overview:
    """Return what does not change from one visit to the next."""
    today = asking.today
    known = asking.facets(Wanted())
    meetings = asking.know(listings.tally, "meetings", "status")
    first, last, added = asking.know(listings.days)
    return Overview(
        documents=0,
        origins=sum(asking.know(listings.tally, "origins").values()),
        outlets=len([o for o in asking.know(listings.outlets) if o[0]]),
        meetings=sum(meetings.values()),
        commitments=known.all,
        overdue=sum(n for (_, status), n in known.matrix.items() if status == queries.OVERDUE),
        contradictions=asking.know(listings.tally, "conflicts").get("contradiction", 0),
        first=first,
        last=last,
        added=added,
        news=None,
        frame=asking.memory.get(
            (asking.dossier, asking.revision, "frame", today),
            lambda: framework(_framing(asking), asking.dossier, today),
        ),
        planned=asking.meetings(Picked("meetings", status="planned", since=today), order="day", limit=4),
        matrix=known.matrix,
        timeline=Timeline(
            asking.meetings(
                Picked("meetings", since=today - dt.timedelta(days=366 * YEARS), undated=False),
                order="-day",
                limit=MOST_DOTS,
            ),
            asking.know(queries.months),
        ),
        late=asking.briefly(Wanted(status=(queries.OVERDUE,)), sort="due", limit=SHOWN),
        next_due=asking.know(queries.due_after, today, limit=SHOWN),
        disputed=asking.conflicts(Picked("conflicts", variety="contradiction"), limit=SHOWN),
        to_check=asking.briefly(Wanted(check=("contradicted", "question", "overdue")), sort="check", limit=SHOWN),
    )


def _news(asking: Asking, since: str) -> News:
    number = asking.ask(listings.count_sources, added_after=since)
    latest = asking.ask(listings.sources, added_after=since, order="-added", limit=SHOWN) if number else ()
    return News(since, number, latest)


def frame(asking: Asking) -> Framework:
    """Return the framework of the dialogue on the day asked: its sessions, what comes next."""
    key = (asking.dossier, asking.revision, "frame", asking.today)
    return asking.memory.get(key, lambda: framework(_framing(asking), asking.dossier, asking.today))


def _framing(asking: Asking) -> tuple[Meeting, ...]:
    """Return the meetings that make the framework: the sessions held, and those announced."""
    sessions = asking.meetings(Picked("meetings", session=True), order="day", limit=2000)
    planned = asking.meetings(Picked("meetings", status="planned", session=False), order="day", limit=500)
    return (*sessions, *planned)
