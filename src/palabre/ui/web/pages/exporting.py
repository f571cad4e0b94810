"""`/d/{dossier}/export`: what the register shows, to take away: a table, JSON, the report, the calendar.

A table has the columns of the register, in its order, of what its filters leave or of the lines chosen; or all columns.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response, StreamingResponse

from palabre.app.dossiers import opened
from palabre.app.reporting import html_of
from palabre.export.commitments_sheet import write_workbook
from palabre.export.commitments_table import COLUMNS, Row, Table, csv_lines, json_lines
from palabre.lang.interface import Words
from palabre.store.queries import C, Listed, Wanted
from palabre.ui.web import asked
from palabre.ui.web.desk import Visit
from palabre.ui.web.disposing import disposition
from palabre.ui.web.pages.meetings import calendar
from palabre.ui.web.pages.register import SORTED_BY

router = APIRouter()

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: tuple[tuple[str, str], ...] = (
    ("csv", "text/csv; charset=utf-8"),
    ("xlsx", SHEET),
    ("json", "application/json"),
    ("html", "text/html; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
)
TABLES = ("csv", "xlsx")
"""The formats that have columns."""
SHOWN_AS: dict[str, tuple[str, ...]] = {
    "who": ("who", "to_whom"),
    "made": ("made_on",),
    "sources": ("origins", "documents", "official"),
}
"""The columns of a table that a column of the register is taken apart into; others are one and the same."""
AT_ONCE = 1000
"""Lines read and sent at a time: each piece waits for its turn among the pages."""
WHOLE_AT_ONCE = 100
"""Commitments with all they rest on read at a time: no other page moves on while these are."""
MOST_CHOSEN = 400
PIECE = 64_000
IN_MEMORY = 4_000_000
"""Bytes of a workbook sent at a time, and held in memory before it goes to the disk."""


@router.get("/d/{dossier}/export")
def export(request: Request) -> Response:
    """Give the file of the format asked for; without one, show what there is to take away."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    kinds = dict(FORMATS)
    asked_for = params.get("format", "")
    chosen = frozenset([i for i in params.getlist("id") if i][:MOST_CHOSEN])
    if asked_for not in kinds:
        return visit.page(
            "export.html",
            number=_number(visit, chosen),
            chosen=bool(chosen),
            formats=[name for name, _ in FORMATS],
            tables=TABLES,
            columns=asked.columns(params),
            narrowed=asked.wanted(params) != Wanted(),
        )
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
    if asked_for == "json":
        whole = (line.commitment for line in _lines(visit, chosen, visit.asking.each, WHOLE_AT_ONCE))
        pieces = _pieces(json_lines(whole, visit.today, replies), WHOLE_AT_ONCE)
        return StreamingResponse(pieces, media_type=kind, headers=headers)
    rows = (Row(i.commitment, i.docs, i.checks) for i in _lines(visit, chosen, visit.asking.briefly))
    table = Table(_columns(visit), visit.today, visit.words, replies)
    if asked_for == "csv":
        return StreamingResponse(_pieces(csv_lines(rows, table)), media_type=kind, headers=headers)
    about = _about(visit, _number(visit, chosen) if chosen else 0)
    return StreamingResponse(_workbook(rows, table, about), media_type=kind, headers=headers)


def _columns(visit: Visit) -> tuple[str, ...]:
    """Return the columns of a table: those the register shows, or every one when `columns=all` is asked for."""
    params = visit.request.query_params
    if params.get("columns") == "all":
        return COLUMNS
    return tuple(name for shown in asked.columns(params) for name in SHOWN_AS.get(shown, (shown,)))


def _about(visit: Visit, chosen: int) -> list[tuple[str, str]]:
    """Return what a workbook is, for whoever it is passed on to: the dossier, the day, what was asked for."""
    w, params = visit.words, visit.request.query_params
    filters = [f"{w(f'register.f_{name}')}{w('report.colon')}{_told(w, name, v)}" for name, v in _filters(params)]
    sort = asked.sort(params)
    column = next((c for c, by in SORTED_BY.items() if by == sort.removeprefix("-")), "sector")
    return [
        (w("people.dossier"), visit.here.title),
        (w("export.about_day"), w.date(visit.today)),
        (w("export.about_filters"), " ; ".join(filters) or "—"),
        (w("export.about_sort"), w(f"register.c_{column}") + (" ↓" if sort.startswith("-") else " ↑")),
        *([(w("export.about_chosen"), w.number(chosen))] if chosen else []),
        (w("export.about_palabre"), w("register.legend")),
    ]


def _filters(params: QueryParams) -> list[tuple[str, str]]:
    """Return what the register is narrowed to, as its address says it, the period as `period`."""
    kept = [(k, v) for k, v in params.multi_items() if k in asked.FILTERS]
    since, until, words = params.get("since"), params.get("until"), params.get("q")
    kept += [("period", f"{since or '..'}/{until or '..'}")] if since or until else []
    return kept + ([("words", words)] if words else [])


def _told(w: Words, name: str, value: str) -> str:
    """Return a filter's value in words."""
    if name in ("promisor", "beneficiary"):
        return w.actor(value)
    if name == "period":
        return w.date(value)
    if name == "outlet":
        return value or w("say.unknown_outlet")
    return value if name in ("words", "origins") else w.label(name, value)


def _pieces(lines: Iterator[str], at_once: int = AT_ONCE) -> Iterator[bytes]:
    """Yield lines some hundreds at a time: each piece is a turn for the server."""
    while some := list(islice(lines, at_once)):
        yield "".join(some).encode("utf-8", "replace")


def _workbook(rows: Iterator[Row], table: Table, about: list[tuple[str, str]]) -> Iterator[bytes]:
    """Yield a workbook once it is written: it is a folder of files, whose list comes last."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        write_workbook(file, rows, table, about)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _number(visit: Visit, chosen: frozenset[str]) -> int:
    """Return how many commitments are taken away."""
    if not chosen:
        return visit.asking.facets(asked.wanted(visit.request.query_params)).all
    return sum(1 for _ in _lines(visit, chosen, visit.asking.briefly))


def _lines(
    visit: Visit, chosen: frozenset[str], ask: Callable[..., tuple[Listed[C], ...]], at_once: int = AT_ONCE
) -> Iterator[Listed[C]]:
    """Yield the lines that are taken away, in the order the register shows them: those chosen, or all that fit."""
    params = visit.request.query_params
    wanted, sort = asked.wanted(params), asked.sort(params)
    if chosen:
        yield from ask(Wanted(wishes=True), sort=sort, limit=MOST_CHOSEN, only=chosen)
        return
    for at in range(0, visit.asking.facets(wanted).all, at_once):
        yield from ask(wanted, sort=sort, limit=at_once, offset=at)
