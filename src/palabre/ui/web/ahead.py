"""What is worked out before anybody asks, behind the pages of a server that has just started.

In a large dossier the first to ask would wait for what is then remembered: seconds for the calendar. A small one is
left alone: nothing takes long there.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from palabre.app.views import lists, overview, review
from palabre.app.views.asking import Asking
from palabre.lang.interface import INTERFACES, Words
from palabre.store import listings
from palabre.store.queries import SORTS, Wanted
from palabre.ui.web.desk import environment
from palabre.ui.web.pages.meetings import calendar_of

if TYPE_CHECKING:
    from palabre.model.dossier import Dossier
    from palabre.ui.web.desk import Desk

LARGE = 5000
"""Documents from which on a dossier is large."""


def look_ahead(desk: Desk, dossier: Dossier) -> None:
    """Work out what the pages of a large dossier begin with, in the language most will read."""
    words = Words(desk.settings.lang if desk.settings.lang in INTERFACES else INTERFACES[0])
    revision = desk.store.revisions(dossier)[1]
    asking = Asking(desk.store, dossier, dt.date.today(), words.lang, desk.memory, revision)
    if asking.ask(listings.count_sources) < LARGE:
        return
    made = environment()
    for name in made.list_templates():
        made.get_template(name)
    for sort in SORTS:
        asking.briefly(Wanted(), sort=sort, limit=1)
    overview.overview(asking, None)
    if not desk.store.unsorted(dossier):  # which a page sees to: nothing is written here
        overview.themes(asking)
        lists.coverage(asking)
    review.queue(asking, dt.datetime.now(dt.UTC))
    calendar_of(desk, asking, words)
