"""`/d/{dossier}/export`: what the register shows, to take away: a table, JSON, the report, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from palabre.app.dossiers import opened
from palabre.export.commitments_table import csv_lines, json_lines
from palabre.model.records import Brief, Commitment
from palabre.ui.cli.report import html_of
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.disposing import disposition
from palabre.ui.web.pages.meetings import calendar

router = APIRouter()

FORMATS: tuple[tuple[str, str], ...] = (
    ("csv", "text/csv; charset=utf-8"),
    ("json", "application/json"),
    ("html", "text/html; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
)
AT_ONCE = 1000
"""Lines read and sent at a time: each piece waits for its turn among the pages."""
MOST_CHOSEN = 400


@router.get("/d/{dossier}/export")
def export(request: Request) -> Response:
    """Give the file of the format asked for; without one, show what there is to take away."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    kinds = dict(FORMATS)
    asked_for = params.get("format", "")
    chosen = _chosen(visit)
    if asked_for not in kinds:
        wanted = asked.wanted(params)
        number = len(chosen) if chosen else visit.asking.facets(wanted).all
        return visit.page("export.html", number=number, chosen=bool(chosen), formats=[name for name, _ in FORMATS])
    headers = {"Content-Disposition": disposition(visit.here.name, visit.today, asked_for)}
    kind = kinds[asked_for]
    if asked_for == "ics":
        made = calendar(request)
        made.headers.update(headers)
        return made
    if asked_for == "html":
        view = opened(visit.store, visit.here.name, visit.words.lang)
        page = html_of(view, visit.today, visit.words, tuple(visit.store.read_documents(visit.here)))
        return Response(page.encode("utf-8", "replace"), media_type=kind, headers=headers)
    replies = visit.asking.replies()
    if asked_for == "csv":
        told = ((c, len({e.doc for e in c.mentions})) for c in chosen) if chosen else _lines(visit)
        lines = csv_lines(told, visit.today, visit.words, replies)
    else:
        lines = json_lines(chosen or _all(visit), visit.today, replies)
    return StreamingResponse(_pieces(lines), media_type=kind, headers=headers)


def _pieces(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield lines some hundreds at a time: each piece is a turn for the server."""
    while some := list(islice(lines, AT_ONCE)):
        yield "".join(some).encode("utf-8", "replace")


def _chosen(visit: Visit) -> tuple[Commitment, ...]:
    ids = [i for i in visit.request.query_params.getlist("id") if i][:MOST_CHOSEN]
    return visit.asking.commitments_of(ids) if ids else ()


def _lines(visit: Visit) -> Iterator[tuple[Brief, int]]:
    params = visit.request.query_params
    wanted, sort = asked.wanted(params), asked.sort(params)
    for at in range(0, visit.asking.facets(wanted).all, AT_ONCE):
        lines = visit.asking.briefly(wanted, sort=sort, limit=AT_ONCE, offset=at)
        yield from ((line.commitment, line.docs) for line in lines)


def _all(visit: Visit) -> Iterator[Commitment]:
    params = visit.request.query_params
    wanted, sort = asked.wanted(params), asked.sort(params)
    for at in range(0, visit.asking.facets(wanted).all, AT_ONCE):
        yield from (row.commitment for row in visit.asking.each(wanted, sort=sort, limit=AT_ONCE, offset=at))
