"""`/`: the dossiers of this database; `/dossiers/new` and `/d/{dossier}/settings`: what a dossier follows."""

from __future__ import annotations

import re
import unicodedata

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.dossiers import new_dossier
from palabre.app.people import Role
from palabre.app.views.lists import dossier_line
from palabre.errors import BadValue, InputError
from palabre.model.dossier import Cadence, Dossier
from palabre.store import people, rights
from palabre.ui.sentences import sentence_of
from palabre.ui.web.access import Person, Refused, needs, visible
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import text

router = APIRouter()

CADENCES = ("", "P1M", "P3M", "P6M", "P1Y", "P2Y", "P3Y")
"""The rhythms offered; a dossier may have another one, made in the terminal."""
FIELDS = {"title": 200, "name": 60, "parties": 2000, "cadence": 20, "hosts": 2000}
"""What is typed of a dossier, and how many characters of it are kept."""


@router.get("/")
def dossiers(request: Request) -> Response:
    """Show every dossier with its figures."""
    visit = Visit.of(request)
    lines = [dossier_line(visit.asked_of(dossier)) for dossier in visible(visit, visit.store.dossiers())]
    return visit.page("dossiers.html", lines=lines, may_make=_may_make(visit))


@router.get("/dossiers/new")
def new(request: Request) -> Response:
    """Show the form of a dossier to be."""
    visit = Visit.of(request)
    _maker(visit)
    return _form(visit, dict.fromkeys(FIELDS, ""))


@router.post("/dossiers/new")
def make(request: Request) -> Response:
    """Make a dossier; who makes it edits it."""
    visit = Visit.of(request)
    person = _maker(visit)
    typed = _typed(request)
    name = typed["name"] or _short(typed["title"])
    try:
        made = _dossier(visit, name, typed)
        visit.store.create_dossier(made)
    except InputError as error:
        return _form(visit, typed, sentence_of(error, visit.words))
    if person.roles is not None:
        visit.store.tell(people.give_role, person.name, made.id, Role.EDITOR.value)
        visit.store.tell(rights.log, person.name, "role", person.name, made.id, Role.EDITOR.value)
    visit.dossier = made
    return RedirectResponse(visit.link("add"), status_code=303)


@router.get("/d/{dossier}/settings")
def settings(request: Request) -> Response:
    """Show what the dossier follows, to be changed."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.EDITOR)
    here = visit.here
    held = {
        "title": here.title,
        "name": here.name,
        "parties": ", ".join(visit.words.actor(p) for p in here.parties),
        "cadence": here.cadence.value if here.cadence else "",
        "hosts": ", ".join(visit.words.actor(p) for p in here.hosts),
    }
    return _form(visit, held)


@router.post("/d/{dossier}/settings")
def change(request: Request) -> Response:
    """Change what the dossier follows; its name, which is in its addresses, stays."""
    visit = Visit.in_dossier(request)
    needs(visit, Role.EDITOR)
    typed = _typed(request) | {"name": visit.here.name}
    try:
        visit.store.update_dossier(_dossier(visit, visit.here.name, typed))
    except InputError as error:
        return _form(visit, typed, sentence_of(error, visit.words))
    return RedirectResponse(visit.link(), status_code=303)


def _may_make(visit: Visit) -> bool:
    person: Person = visit.extra["person"]
    return person.roles is None or person.keeps_people


def _maker(visit: Visit) -> Person:
    if not _may_make(visit):
        raise Refused("needs_keeper")
    person: Person = visit.extra["person"]
    return person


def _typed(request: Request) -> dict[str, str]:
    form: FormData = request.state.form
    plain = {f: "".join(c if c.isprintable() else " " for c in text(form, f)) for f in FIELDS}
    return {f: " ".join(value.split())[: FIELDS[f]] for f, value in plain.items()}


def _dossier(visit: Visit, name: str, typed: dict[str, str]) -> Dossier:
    if not typed["title"]:
        raise BadValue(visit.words("dossiers.title"), "a dossier needs a title")
    return new_dossier(name, typed["title"], typed["parties"], typed["cadence"] or None, typed["hosts"] or None)


def _short(title: str) -> str:
    """Return a name for addresses made from a title: « Dialogue AES – Russie » is « dialogue-aes-russie »."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: FIELDS["name"]].strip("-") or "dossier"


def _form(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    words, held = visit.words, typed["cadence"]

    def told(value: str) -> str:
        if not value:
            return words("dossiers.no_cadence")
        try:
            return words.period(Cadence.parse(value))
        except BadValue:
            return value

    offered = CADENCES if held in CADENCES else (*CADENCES, held)
    return visit.page(
        "dossier_form.html",
        status=400 if problem else 200,
        typed=typed,
        problem=problem,
        cadences=[(value, told(value)) for value in offered],
        longest=FIELDS["title"],
    )
