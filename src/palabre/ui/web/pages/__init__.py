"""The page groups, one file each. Routes only: what they show is asked of `app.views`, how is said in the templates."""

from __future__ import annotations

from palabre.ui.web.pages import documents, dossiers, finding, meetings, overview, people, records, register

ROUTERS = (
    dossiers.router,
    overview.router,
    register.router,
    records.router,
    documents.router,
    meetings.router,
    people.router,
    finding.router,
)
"""Every page group. An address belongs to one of them."""
