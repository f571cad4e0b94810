"""`/d/{dossier}/add`: paste a text, upload files; `/add/{id}` shows how far the addition is, then its result."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from palabre.app.adding import Handed, file_name, said
from palabre.app.people import Role
from palabre.errors import BadValue, InputError, NotFound, NotText
from palabre.ui.sentences import sentence_of
from palabre.ui.web.access import MOST_BODY, MOST_FILES, needs
from palabre.ui.web.adder import Adder
from palabre.ui.web.asked import day
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()

MOST_IN_LOTS = 10_000
MOST_BYTES_IN_LOTS = 1_000_000_000
"""Files, and bytes of all, that the page sends one lot after the other; each lot is bounded as any sending is."""
FIELDS = ("text", "title", "published", "outlet", "url")


@router.get("/d/{dossier}/add")
def add(request: Request) -> Response:
    """Show the form."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.EDITOR)
    return _form(visit, {})


@router.post("/d/{dossier}/add")
def take(request: Request) -> Response:
    """Take what is handed over, and lead to what becomes of it."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    needs(visit, Role.EDITOR)
    form: FormData = request.state.form
    typed = {name: text(form, name) for name in FIELDS}
    adder: Adder = request.app.state.adder
    try:
        handed, refused = _handed(visit, form, typed)
    except InputError as error:
        return _form(visit, typed, sentence_of(error, visit.words))
    if not handed and not refused:
        return _form(visit, typed, visit.words("add.nothing"))
    made = adder.begin(visit.here, handed, refused)
    return RedirectResponse(visit.link("add", made), status_code=303)


@router.get("/d/{dossier}/add/{id}")
def progress(request: Request) -> Response:
    """Show how far an addition is, or what became of each text."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    needs(visit, Role.EDITOR)
    adder: Adder = request.app.state.adder
    found = adder.get(visit.here, request.path_params["id"])
    if found is None:
        raise NotFound("this addition is no longer remembered; what it added is in the dossier.")
    rows = [(r, sentence_of(r.error, visit.words) if r.error is not None else "") for r in found.results]
    stopped = sentence_of(found.stopped, visit.words) if found.stopped is not None else ""
    return visit.page(
        "added.html", addition=found, rows=rows, over=found.over, stopped=stopped, counts=found.counts, number=len(rows)
    )


@router.post("/d/{dossier}/add/{id}/stop")
def stop(request: Request) -> Response:
    """Stop an addition after the text that is being read."""
    visit = Visit.of(request)
    visit.dossier = visit.store.dossier(request.path_params["dossier"])
    needs(visit, Role.EDITOR)
    adder: Adder = request.app.state.adder
    its = request.path_params["id"]
    if not adder.halt(visit.here, its):
        raise NotFound("this addition is no longer remembered; what it added is in the dossier.")
    return RedirectResponse(visit.link("add", its), status_code=303)


def _handed(visit: Visit, form: FormData, typed: dict[str, str]) -> tuple[list[Handed], list[InputError]]:
    published = day(typed["published"])
    if typed["published"].strip() and published is None:
        raise BadValue(typed["published"][:40], "not a day written YYYY-MM-DD")
    given = said(published, typed["outlet"], typed["url"], typed["title"])
    handed: list[Handed] = []
    refused: list[InputError] = []
    if typed["text"].strip():
        name = file_name(typed["title"]) if typed["title"].strip() else visit.words("add.pasted")
        handed.append(Handed(f"{name}.txt", typed["text"].encode("utf-8", "replace"), given))
    # A title is that of one text: files have their own.
    plain = said(published, typed["outlet"], "")
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and (f.filename or f.size)]
    alone = given if len(files) == 1 and not handed else plain
    most = visit.desk.settings.max_bytes
    for file in files:
        name = file_name(file.filename or "")
        if file.size is not None and file.size > most:
            refused.append(NotText(name, f"larger than {most / 1_000_000:g} MB"))
            continue
        handed.append(Handed(name, file.file.read(most + 1), alone))
    return handed, refused


def _form(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    limits = {
        "files": visit.words.number(MOST_FILES),
        "each": f"{min(visit.desk.settings.max_bytes, MOST_BODY) // 1_000_000}",
        "all": f"{MOST_BODY // 1_000_000}",
        "most": MOST_IN_LOTS,
        "all_mb": MOST_BYTES_IN_LOTS // 1_000_000,
        "each_bytes": min(visit.desk.settings.max_bytes, MOST_BODY),
        "all_bytes": MOST_BYTES_IN_LOTS,
    }
    return visit.page(
        "add.html",
        status=400 if problem else 200,
        typed={name: typed.get(name, "") for name in FIELDS},
        problem=problem,
        limits=limits,
    )
