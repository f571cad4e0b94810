"""The page groups, one file each. Routes only: what they show is asked of `app.views`, how is said in the templates."""

from __future__ import annotations

from palabre.ui.web.pages import (
    account,
    adding,
    deciding,
    documents,
    dossiers,
    exporting,
    finding,
    guide,
    marking,
    meetings,
    overview,
    people,
    records,
    register,
    review,
    subscribing,
    team,
    views,
)

ROUTERS = (
    dossiers.router,
    account.router,
    team.router,
    overview.router,
    register.router,
    records.router,
    documents.router,
    marking.router,
    meetings.router,
    people.router,
    finding.router,
    guide.router,
    review.router,
    deciding.router,
    adding.router,
    exporting.router,
    subscribing.router,
    views.router,
    guide.last_router,
)
"""Every page group but the door (`entry`), before which nobody stands. An address belongs to one of them."""
