"""`/d/{dossier}/t/{id}`: a document with its layers; `/sources`: all of them; `/compare`: accounts side by side."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.adding import one_line
from palabre.app.people import Role
from palabre.app.reading import Reader
from palabre.app.telling import tell
from palabre.app.views import compare as comparing
from palabre.app.views.document import LAYERS
from palabre.app.views.document import document as view_of
from palabre.errors import BadValue, NotFound
from palabre.model.documents import Document
from palabre.model.records import Meeting, Origin
from palabre.store import listings
from palabre.store.listings import Picked, Source
from palabre.store.queries import SILENT_DAYS
from palabre.store.related import telling_the_same
from palabre.ui.web import asked
from palabre.ui.web.access import needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()

ORDERS = ("-published", "published", "-added", "name")
MOST_OFFERED = 30
MOST_IN_A_LIST = 200
"""Documents one may choose from in a list; of more, one looks for words."""
MOST_HITS = 120
"""What holds words, documents and records, among which documents are offered."""


@router.get("/d/{dossier}/t/{id}")
def document(request: Request) -> Response:
    """Show one document with what was understood in it."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    its = _document(visit, request.path_params["id"])
    view = view_of(visit.asking, its, part=asked.number(params.get("part")), at=asked.number(params.get("at")))
    hidden = [layer for layer in params.getlist("hide") if layer in LAYERS]
    return visit.page("document.html", v=view, layers=LAYERS, hidden=hidden)


@router.post("/d/{dossier}/t/{id}/about")
def told(request: Request) -> Response:
    """Keep when a text was published, and its title; it is read again with them."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.EDITOR)
    its = _document(visit, request.path_params["id"])
    form: FormData = request.state.form
    typed = text(form, "published").strip()
    published = asked.day(typed)
    if published is None:
        raise BadValue(typed[:40], "not a day written YYYY-MM-DD")
    title = one_line(text(form, "title"))
    reader = Reader(visit.desk.settings)
    tell(visit.store, visit.here, reader, its, published, "" if title == its.meta.title else title, dt.date.today())
    return RedirectResponse(visit.link("t", its.id), status_code=303)


@router.get("/d/{dossier}/sources")
def sources(request: Request) -> Response:
    """Show the documents, by outlet when one is asked for."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    page = asked.paging(params)
    outlet = params.get("outlet")
    order = params.get("order", "")
    order = order if order in ORDERS else ORDERS[0]
    rows = visit.asking.know(listings.sources, outlet=outlet, order=order, limit=page.size, offset=page.offset)
    origins = {doc: o for o in visit.asking.origins([r.id for r in rows]) for doc in o.docs}
    return visit.page(
        "sources.html",
        rows=rows,
        origins=origins,
        outlets=visit.asking.know(listings.outlets),
        outlet=outlet,
        order=order,
        orders=ORDERS,
        paging=page,
        count=visit.asking.know(listings.count_sources, outlet=outlet),
        days=visit.asking.know(listings.days),
        silent=SILENT_DAYS,
        kinds=visit.asking.know(listings.tally, "origins"),
    )


@router.get("/d/{dossier}/compare")
def compare(request: Request) -> Response:
    """Show the accounts of a meeting, or two texts, side by side; else what there is to compare."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    if params.get("meeting"):
        found = visit.store.find(visit.here, params["meeting"])
        if not isinstance(found.item, Meeting):
            raise NotFound(f"{params['meeting']}: no such meeting")
        return visit.page("compare_accounts.html", v=comparing.accounts(visit.asking, found.item))
    if params.get("a") and params.get("b"):
        left, right = (_document(visit, params[name]) for name in ("a", "b"))
        return visit.page("compare_texts.html", v=comparing.aligned(left, right))
    if params.get("a"):
        return _second(visit, _document(visit, params["a"]))
    meetings = visit.asking.meetings(Picked("meetings"), order="-origins", limit=MOST_OFFERED)
    some = visit.asking.know(listings.records, Picked("origins"), order="-docs", limit=MOST_OFFERED)
    copied = [o for o in some if isinstance(o, Origin) and len(o.docs) > 1]
    names = visit.asking.ask(listings.sources, ids=[d for o in copied for d in o.docs[:6]], limit=300)
    return visit.page(
        "compare.html",
        meetings=[m for m in meetings if m.origins > 1],
        copied=copied,
        named={s.id: s for s in names},
        documents=visit.asking.know(listings.sources, limit=MOST_IN_A_LIST),
        many=visit.asking.documents_now() > MOST_IN_A_LIST,
        words=_words(visit),
        hits=_found(visit),
    )


def _second(visit: Visit, first: Document) -> Response:
    """Show what a text may be compared with: texts that tell the same, and those that hold the words asked for."""
    same = visit.asking.know(telling_the_same, first.id)
    known = {s.id: s for s in visit.asking.ask(listings.sources, ids=[doc for doc, _ in same], limit=len(same) or 1)}
    return visit.page(
        "compare_with.html",
        d=first,
        same=[(known[doc], number) for doc, number in same if doc in known],
        words=_words(visit),
        hits=[s for s in _found(visit) if s.id != first.id],
    )


def _words(visit: Visit) -> str:
    return visit.request.query_params.get("q", "")[:500]


def _found(visit: Visit) -> tuple[Source, ...]:
    """Return the documents that hold the words asked for, best first."""
    words = _words(visit)
    hits = visit.store.search(visit.here, words, MOST_HITS) if words.strip() else ()
    ids = [h.id for h in hits if h.kind == "document"][:MOST_OFFERED]
    known = {s.id: s for s in visit.asking.ask(listings.sources, ids=ids, limit=len(ids) or 1)}
    return tuple(known[its] for its in ids if its in known)


def _document(visit: Visit, its: str) -> Document:
    found = visit.store.find(visit.here, its)
    if not isinstance(found.item, Document):
        raise NotFound(f"{its}: no such document")
    return found.item
