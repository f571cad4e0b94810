"""The overview of a dossier: what is new, what comes next, where commitments stand, what to look at first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.app.dossiers import sort_documents
from palabre.app.views.news import News, news
from palabre.model.edtf import parse_or_none
from palabre.model.vocabulary import Sector
from palabre.register.sessions import Framework, framework
from palabre.register.themes import NewThemes
from palabre.store import listings, queries
from palabre.store.listings import Picked
from palabre.store.queries import Listed, Wanted
from palabre.store.themes import named_first, promised_first

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.records import Brief, Commitment, Conflict, Meeting

SHOWN = 6
NEWS = 3
"""Things of each kind that are new, shown here; the page of news has them all."""
MOST_DOTS = 120
YEARS = 3
"""Years of the timeline: older meetings, told as background, would squeeze what is followed into a corner."""


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


def overview(asking: Asking, since: str | None, reader: str = "") -> Overview:
    """Return the overview; `since` is the instant (ISO 8601, UTC) of the last visit, None on the first.

    What `reader` decided is no news to them.
    """
    key = (asking.dossier, asking.revision, "overview", asking.today, asking.lang)
    standing = asking.memory.get(key, lambda: _standing(asking))
    return replace(
        standing, documents=asking.documents_now(), news=news(asking, since, reader, NEWS) if since else None
    )


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


def frame(asking: Asking) -> Framework:
    """Return the framework of the dialogue on the day asked: its sessions, what comes next."""
    key = (asking.dossier, asking.revision, "frame", asking.today)
    return asking.memory.get(key, lambda: framework(_framing(asking), asking.dossier, asking.today))


def themes(asking: Asking) -> NewThemes:
    """Return the sectors that are new from the day of the last session on."""
    days = [parsed.earliest for m in frame(asking).sessions if (parsed := parse_or_none(m.date)) is not None]
    since = max((day for day in days if day is not None), default=None)
    if since is None:
        return NewThemes(None, (), ())
    sort_unsorted(asking)
    named, promised = (asking.know(question, since) for question in (named_first, promised_first))
    kept = [s for s in Sector if s is not Sector.MULTI]
    return NewThemes(since, tuple(s for s in kept if s in named), tuple(s for s in kept if s in promised))


def sort_unsorted(asking: Asking) -> None:
    """Have the sectors of every document of a dossier known, if some are not: once for each state of its records."""
    key = (asking.dossier.id, asking.revision, "unsorted")
    if asking.memory.get(key, lambda: asking.store.unsorted(asking.dossier)):
        sort_documents(asking.store, asking.dossier)


def _framing(asking: Asking) -> tuple[Meeting, ...]:
    """Return the meetings that make the framework: the sessions held, and those announced."""
    sessions = asking.meetings(Picked("meetings", session=True), order="day", limit=2000)
    planned = asking.meetings(Picked("meetings", status="planned", session=False), order="day", limit=500)
    return (*sessions, *planned)
