"""The programs' interface: JSON under `/api/v1`, the same filters as the pages, described at `/api/v1/openapi.json`.

It only reads. Where a team shares the workbench, a program shows its person's token (`palabre user token NAME`) or the
session of a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from palabre import __version__
from palabre.app.people import who
from palabre.errors import NotFound, PalabreError
from palabre.export.decisions_table import decision_json
from palabre.model.documents import Document
from palabre.model.judgements import Verdict
from palabre.model.records import Commitment, Conflict, Meeting, Statement
from palabre.model.vocabulary import ActorKind, Firmness, FollowUpStatus, MeetingStatus, Sector, StatementForm
from palabre.store import judging, listings, people, queries
from palabre.store.listings import Picked
from palabre.ui.sentences import sentence_of
from palabre.ui.web import asked, shapes
from palabre.ui.web.access import SESSION_COOKIE, MustSignIn, Person, Refused, admit, own_name, visible
from palabre.ui.web.desk import Visit
from palabre.ui.web.failures import STATUS
from palabre.ui.web.pages.finding import FOUND, MOST_HITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi.telemetry import TelemetryConfig

ROOT = "/api/v1"
T = TypeVar("T")


def _key(request: Request) -> None:
    """Find who asks: raise MustSignIn or Refused, or leave the person in the visit."""
    visit = Visit.of(request)
    if not visit.store.ask(people.any_account):
        if not request.app.state.alone:
            raise Refused("no_accounts")
        visit.extra["person"] = Person(own_name(visit), None)
    else:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = who(visit.store, people.TOKEN, token.strip()) if scheme.lower() == "bearer" else None
        found = found or who(visit.store, people.SESSION, request.cookies.get(SESSION_COOKIE, ""))
        if found is None:
            raise MustSignIn
        visit.extra["person"] = Person(found.name, found.roles)
    name = request.path_params.get("dossier")
    if name is not None:
        admit(visit, str(name))


def _several(name: str, what: str, codes: Iterable[str] = ()) -> dict[str, Any]:
    items: dict[str, Any] = {"type": "string"}
    if codes:
        items["enum"] = list(codes)
    return _one(name, what, {"type": "array", "items": items})


def _one(name: str, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": what, "schema": schema}


_DAY = {"type": "string", "format": "date"}
_PAGING = [
    _one("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
    _one("size", "Lines of a page.", {"type": "integer", "minimum": 1, "maximum": asked.MOST_SIZE, "default": 50}),
]
_WORDS = _one("q", "Words to search for.", {"type": "string"})
_AS_OF = _one("as_of", "The day that overdue is judged at, today when none is given.", _DAY)
FILTERS: list[dict[str, Any]] = [
    _several("promisor", "Who promises: actor ids."),
    _several("beneficiary", "To whom: actor ids."),
    _several("sector", "Sectors.", [s.value for s in Sector]),
    _several("status", "Where it stands.", [*(s.value for s in FollowUpStatus), queries.OVERDUE]),
    _several("firmness", "How firmly.", [f.value for f in Firmness]),
    _several("outlet", "Outlets that tell of it."),
    _several("origins", "Independent origins: 1, 2, or 3 for three or more.", ["0", "1", "2", "3"]),
    _several("check", "What is to be checked.", queries.CHECKS),
    _one("since", "First day it was made on.", _DAY),
    _one("until", "Last day it was made on.", _DAY),
    _WORDS,
    _one("wishes", "1 brings wishes nobody could check as well.", {"type": "string", "enum": ["1"]}),
    _one("sort", "What to sort by; - before it turns the order round.", {"type": "string", "enum": [*queries.SORTS]}),
    _AS_OF,
    *_PAGING,
]

router = APIRouter(dependencies=[Depends(_key)])


@router.get("/dossiers")
def dossiers(request: Request) -> list[shapes.DossierShape]:
    """List the dossiers one may read."""
    visit = Visit.of(request)
    return [shapes.dossier_shape(d) for d in visible(visit, visit.store.dossiers())]


@router.get("/dossiers/{dossier}")
def dossier(request: Request, dossier: str) -> shapes.DossierShape:
    """Give one dossier."""
    return shapes.dossier_shape(Visit.in_dossier(request).here)


@router.get("/dossiers/{dossier}/commitments", openapi_extra={"parameters": FILTERS})
def commitments(request: Request, dossier: str) -> shapes.Page[shapes.CommitmentShape]:
    """List the commitments that fit, as the register does."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    wanted, page = asked.wanted(params), asked.paging(params)
    total = visit.asking.facets(wanted).all
    rows = visit.asking.listed(wanted, sort=asked.sort(params), limit=page.size, offset=page.offset)
    replies = visit.asking.replies()
    items = [shapes.commitment_shape(r.commitment, visit.today, r, replies) for r in rows]
    return _page(visit, page, total, items)


@router.get("/dossiers/{dossier}/commitments/{id}", openapi_extra={"parameters": [_AS_OF]})
def commitment(request: Request, dossier: str, id: str) -> shapes.CommitmentShape:
    """Give the commitment an id leads to."""
    visit = Visit.in_dossier(request)
    return shapes.commitment_shape(_found(visit, id, Commitment), visit.today, replies=visit.asking.replies())


@router.get(
    "/dossiers/{dossier}/meetings",
    openapi_extra={
        "parameters": [
            _one("status", "Where it stands.", {"type": "string", "enum": [s.value for s in MeetingStatus]}),
            _one("party", "Who takes part: an actor id.", {"type": "string"}),
            _one("sessions", "1 for the sessions of the dialogue alone.", {"type": "string", "enum": ["1"]}),
            _WORDS,
            *_PAGING,
        ]
    },
)
def meetings(request: Request, dossier: str) -> shapes.Page[shapes.MeetingShape]:
    """List the meetings that fit, the latest first."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    status, party = params.get("status"), params.get("party")
    picked = Picked(
        "meetings",
        status=status if status in [s.value for s in MeetingStatus] else None,
        facet=("party", party) if party else None,
        session=True if params.get("sessions") == "1" else None,
        words=params.get("q", "")[:500],
    )
    page = asked.paging(params)
    rows = visit.asking.meetings(picked, order="-day", limit=page.size, offset=page.offset)
    total = visit.asking.know(listings.count, picked)
    return _page(visit, page, total, [shapes.meeting_shape(m) for m in rows])


@router.get("/dossiers/{dossier}/meetings/{id}")
def meeting(request: Request, dossier: str, id: str) -> shapes.MeetingShape:
    """Give the meeting an id leads to."""
    return shapes.meeting_shape(_found(Visit.in_dossier(request), id, Meeting))


@router.get(
    "/dossiers/{dossier}/conflicts",
    openapi_extra={
        "parameters": [
            _one("kind", "contradiction or variant.", {"type": "string", "enum": ["contradiction", "variant"]}),
            _one("about", "The id of a record.", {"type": "string"}),
            *_PAGING,
        ]
    },
)
def conflicts(request: Request, dossier: str) -> shapes.Page[shapes.ConflictShape]:
    """List what accounts say differently."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    kind = params.get("kind")
    picked = Picked(
        "conflicts",
        variety=kind if kind in ("contradiction", "variant") else None,
        about=params.get("about") or None,
    )
    page = asked.paging(params)
    rows = visit.asking.conflicts(picked, limit=page.size, offset=page.offset)
    total = visit.asking.know(listings.count, picked)
    return _page(visit, page, total, [shapes.conflict_shape(c) for c in rows])


@router.get("/dossiers/{dossier}/conflicts/{id}")
def conflict(request: Request, dossier: str, id: str) -> shapes.ConflictShape:
    """Give the contradiction an id leads to."""
    visit = Visit.in_dossier(request)
    return shapes.conflict_shape(visit.asking.told(_found(visit, id, Conflict)))


@router.get(
    "/dossiers/{dossier}/statements",
    openapi_extra={
        "parameters": [
            _one("speaker", "Who said it: an actor id.", {"type": "string"}),
            _one("form", "How it is reported.", {"type": "string", "enum": [f.value for f in StatementForm]}),
            _WORDS,
            *_PAGING,
        ]
    },
)
def statements(request: Request, dossier: str) -> shapes.Page[shapes.StatementShape]:
    """List who said what."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    speaker, form = params.get("speaker"), params.get("form")
    picked = Picked(
        "statements",
        variety=form if form in [f.value for f in StatementForm] else None,
        facet=("speaker", speaker) if speaker else None,
        words=params.get("q", "")[:500],
    )
    page = asked.paging(params)
    rows = visit.asking.statements(picked, limit=page.size, offset=page.offset)
    total = visit.asking.know(listings.count, picked)
    return _page(visit, page, total, [shapes.statement_shape(s) for s in rows])


@router.get("/dossiers/{dossier}/statements/{id}")
def statement(request: Request, dossier: str, id: str) -> shapes.StatementShape:
    """Give the statement an id leads to."""
    return shapes.statement_shape(_found(Visit.in_dossier(request), id, Statement))


@router.get(
    "/dossiers/{dossier}/documents",
    openapi_extra={"parameters": [_one("outlet", "One outlet.", {"type": "string"}), *_PAGING]},
)
def documents(request: Request, dossier: str) -> shapes.Page[shapes.SourceShape]:
    """List the documents, the latest first, without their texts."""
    visit = Visit.in_dossier(request)
    page = asked.paging(request.query_params)
    outlet = request.query_params.get("outlet")
    rows = visit.asking.ask(listings.sources, outlet=outlet, limit=page.size, offset=page.offset)
    total = visit.asking.ask(listings.count_sources, outlet=outlet)
    return _page(visit, page, total, [shapes.source_shape(s) for s in rows])


@router.get("/dossiers/{dossier}/documents/{id}")
def document(request: Request, dossier: str, id: str) -> shapes.DocumentShape:
    """Give one document with its text."""
    return shapes.document_shape(_found(Visit.in_dossier(request), id, Document))


@router.get(
    "/dossiers/{dossier}/decisions",
    openapi_extra={
        "parameters": [
            _one("author", "Who decided.", {"type": "string"}),
            _one("verdict", "What was decided.", {"type": "string", "enum": [v.value for v in Verdict]}),
            *_PAGING,
        ]
    },
)
def decisions(request: Request, dossier: str) -> shapes.Page[shapes.DecisionShape]:
    """List what people decided, the latest first, those withdrawn too."""
    visit = Visit.in_dossier(request)
    author, verdict = request.query_params.get("author"), request.query_params.get("verdict")
    page = asked.paging(request.query_params)
    some = visit.asking.ask(judging.trail, author=author, verdict=verdict, limit=page.size, offset=page.offset)
    total = visit.asking.ask(judging.count, author=author, verdict=verdict)
    return _page(visit, page, total, [shapes.DecisionShape(**decision_json(j)) for j in some])


@router.get(
    "/dossiers/{dossier}/actors",
    openapi_extra={
        "parameters": [
            _one("kind", "A state, a body or a person.", {"type": "string", "enum": [k.value for k in ActorKind]}),
            _WORDS,
            *_PAGING,
        ]
    },
)
def actors(request: Request, dossier: str) -> shapes.Page[shapes.ActorShape]:
    """List the actors named, those in most texts first."""
    visit = Visit.in_dossier(request)
    params = request.query_params
    kind = params.get("kind")
    picked = Picked(
        "actors", variety=kind if kind in [k.value for k in ActorKind] else None, words=params.get("q", "")[:500]
    )
    page = asked.paging(params)
    rows = visit.asking.actors(picked, order="-docs", limit=page.size, offset=page.offset)
    return _page(visit, page, visit.asking.know(listings.count, picked), [shapes.actor_shape(a) for a in rows])


@router.get(
    "/dossiers/{dossier}/search",
    openapi_extra={"parameters": [_WORDS, _one("kind", "One kind.", {"type": "string", "enum": [*FOUND]})]},
)
def search(request: Request, dossier: str) -> list[shapes.HitShape]:
    """Give what holds the words, the best first, as the page of search does: all kinds, or one."""
    visit = Visit.in_dossier(request)
    words, kind = request.query_params.get("q", "")[:500], request.query_params.get("kind")
    hits = visit.store.search(visit.here, words, MOST_HITS, kind if kind in FOUND else None) if words.strip() else ()
    return [shapes.hit_shape(h) for h in hits]


def _found(visit: Visit, its: str, kind: type[T]) -> T:
    item = visit.store.find(visit.here, its).item
    if not isinstance(item, kind):
        raise NotFound(f"{its[:80]}: nothing of that kind has this id.")
    return item


def _page(visit: Visit, page: asked.Paging, total: int, items: list[T]) -> shapes.Page[T]:
    more = visit.again(page=page.number + 1) if page.number < page.pages(total) else None
    return shapes.Page(items=items, page=page.number, size=page.size, total=total, next=more)


class SafeJSON(JSONResponse):
    """JSON that holds what a text does: half a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""

    def render(self, content: Any) -> bytes:
        """Return the bytes sent."""
        import json

        return json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _problem(status: int, title: str) -> Response:
    """Return an error as programs read it (RFC 9457)."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    content = {"title": title, "status": status}
    return SafeJSON(content, status_code=status, headers=headers, media_type="application/problem+json")


def _on_error(request: Request, error: Exception) -> Response:
    words = Visit.of(request).words
    if isinstance(error, MustSignIn):
        return _problem(401, words("access.token_needed"))
    if isinstance(error, Refused):
        return _problem(error.status, words(f"access.{error.key}"))
    if isinstance(error, PalabreError):
        return _problem(next(s for kind, s in STATUS if isinstance(error, kind)), sentence_of(error, words))
    if isinstance(error, HTTPException):
        return _problem(error.status_code, words("failure.no_page" if error.status_code == 404 else "failure.refused"))
    return _problem(400, words("failure.refused"))


def create_api(telemetry: TelemetryConfig) -> FastAPI:
    """Return the programs' interface, to be mounted at ROOT; its `state` is given by who mounts it."""
    api = FastAPI(
        title="Palabre",
        version=__version__,
        description=(__doc__ or "").strip(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        default_response_class=SafeJSON,
        telemetry=telemetry,
    )
    api.include_router(router)
    for kind in (PalabreError, MustSignIn, Refused, HTTPException, RequestValidationError):
        api.add_exception_handler(kind, _on_error)
    return api
