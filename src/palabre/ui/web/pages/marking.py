"""`/d/{dossier}/t/{id}/add`: words of a text that nobody understood; a person says what they are.

The words come with their place (`start`, `end`: half-open, code points) or as they read (`words`): then their place is
looked for, and asked when there are several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from palabre.app.marking import FORMS, LONGEST, add_words, places_of, whole_words
from palabre.app.people import Role
from palabre.app.views import deciding
from palabre.errors import BadValue, NotFound
from palabre.model.documents import Document
from palabre.model.mentions import mention_ids
from palabre.model.records import Evidence
from palabre.model.spans import Span
from palabre.register.evidence import Passage, passages, sentence_around
from palabre.store import listings
from palabre.ui.sentences import sentence_of
from palabre.ui.web import asked
from palabre.ui.web.access import needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import LONGEST_REASON, text

if TYPE_CHECKING:
    from starlette.datastructures import FormData

router = APIRouter()

KINDS = tuple(FORMS)
MOST_PLACES = 12


@router.get("/d/{dossier}/t/{id}/add")
def choose(request: Request) -> Response:
    """Show the words with what they may be, or ask for them."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.ANALYST)
    document = _document(visit)
    params = request.query_params
    words = params.get("words", "")[:LONGEST]
    start, end = asked.number(params.get("start")), asked.number(params.get("end"))
    spans = places_of(document.text, words)
    if start is not None and end is not None and start <= end <= len(document.text):
        spans = (whole_words(document.text, Span(start, end)),)
    if len(spans) == 1 and 0 < len(spans[0]) <= LONGEST:
        return _form(visit, document, spans[0], params.get("kind", ""))
    problem = visit.words("missed.not_there") if words and not spans else ""
    shown = _passages(document, spans[:MOST_PLACES]) if len(spans) > 1 else ()
    return visit.page("mark.html", d=document, span=None, words=words, places=shown, problem=problem)


@router.post("/d/{dossier}/t/{id}/add")
def add(request: Request) -> Response:
    """Keep what the words are, and show them in their text."""
    visit = Visit.in_dossier(request)
    person = needs(visit, Role.ANALYST)
    document = _document(visit)
    form: FormData = request.state.form
    start, end = asked.number(text(form, "start")), asked.number(text(form, "end"))
    if start is None or end is None or not start <= end <= len(document.text):
        raise BadValue(visit.words("missed.title"), "choose words of the text first")
    kind = text(form, "kind")
    typed = {name.removeprefix("to."): text(form, name) for name in form if name.startswith("to.")}
    reason = text(form, "reason")[:LONGEST_REASON]
    span = Span(start, end)
    try:
        add_words(visit.store, visit.here, document.id, span, kind, typed, author=person.name, reason=reason)
    except BadValue as error:
        return _form(visit, document, span, kind, typed, sentence_of(error, visit.words), reason)
    return RedirectResponse(visit.link("t", document.id, at=start) + f"#w{start}", status_code=303)


def _document(visit: Visit) -> Document:
    item = visit.store.find(visit.here, visit.request.path_params["id"]).item
    if not isinstance(item, Document):
        raise NotFound(f"{visit.request.path_params['id'][:80]}: no such document")
    return item


def _form(
    visit: Visit,
    document: Document,
    span: Span,
    kind: str,
    typed: dict[str, str] | None = None,
    problem: str = "",
    reason: str = "",
) -> Response:
    kind = kind if kind in KINDS else KINDS[0]
    words = " ".join(span.text(document.text).split())
    given = {"action": words, "about": words} if typed is None else typed
    found = visit.asking.annotations(document.id)
    ids = mention_ids(document.id, found)[kind]
    near = [i for i, item in zip(ids, getattr(found, kind), strict=True) if item.span.touches(span)]
    records = visit.asking.ask(listings.telling, near)
    around = sentence_around(document.text, span, document.meta.lang)
    named = dict.fromkeys(visit.words.actor(i) for m in found.mentions_in(around) for i in m.ids)
    return visit.page(
        "mark.html",
        status=400 if problem else 200,
        d=document,
        span=span,
        passage=_passages(document, (span,))[0],
        kind=kind,
        kinds=KINDS,
        fields=deciding.blank(kind, given),
        named=list(named),
        near=[records[i][:2] if i in records else ("document", document.id) for i in near],
        problem=problem,
        reason=reason,
    )


def _passages(document: Document, spans: tuple[Span, ...]) -> tuple[Passage, ...]:
    return passages([Evidence("", document.id, span) for span in spans], {document.id: document}, ())
