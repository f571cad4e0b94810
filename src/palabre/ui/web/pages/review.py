"""`/d/{dossier}/review`: one question at a time, worst first, answered by keys or by plain forms.

Going from one question to the next decides nothing. `done` in the address holds the last decisions made here, so that
each can be taken back in turn.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.people import Role
from palabre.app.views import deciding, review
from palabre.errors import NotFound
from palabre.store import judging
from palabre.ui.web.access import needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.pages.deciding import kept, take_back, text, wish_of
from palabre.ui.web.pages.records import address

router = APIRouter()

MOST_UNDONE = 20
KEYS: tuple[tuple[str, str], ...] = (
    ("j", "next"), ("k", "previous"), ("y", "confirm"), ("n", "reject"), ("u", "unsure"), ("e", "edit"), ("m", "merge"),
    ("z", "undo"), ("o", "open"), ("?", "help"),
)  # fmt: skip
"""Keys and what each does (`review.key_NAME`)."""


@router.get("/d/{dossier}/review")
def show(request: Request) -> Response:
    """Show one question, the worst when none is named."""
    visit = _visit(request)
    key = ("queue", visit.here.id, visit.today, visit.words.lang, visit.hour)
    questions = visit.desk.present(key, lambda: review.queue(visit.asking, visit.hour))
    done = _done(request.query_params.get("done", ""))
    if not questions:
        return _nothing(visit, done)
    at = review.place(questions, request.query_params.get("at"))
    # Records may have been computed anew since the question was put.
    for check in questions[at:]:
        try:
            found = visit.store.find(visit.here, check.about)
        except NotFound:
            continue
        place = review.place(questions, check.about)
        asked = review.question(visit.asking, check, found)
        state = deciding.decided(visit.asking, found.id, getattr(found.item, "mentions", ()))
        return visit.page(
            "review.html",
            q=asked,
            page=address(visit, found),
            state=deciding.seen(state),
            done=done,
            keys=KEYS,
            total=len(questions),
            number=place + 1,
            before=questions[place - 1].about if place else None,
            after=questions[place + 1].about if place + 1 < len(questions) else None,
        )
    return _nothing(visit, done)


def _nothing(visit: Visit, done: tuple[str, ...]) -> Response:
    """Show that no question is left, or that there never was one."""
    ever = bool(done) or visit.asking.ask(judging.count) > 0
    return visit.page("review.html", q=None, done=done, keys=KEYS, total=0, number=0, ever=ever)


@router.post("/d/{dossier}/review")
def answer(request: Request) -> Response:
    """Keep the answer to a question and go on to the next."""
    visit = _visit(request, deciding_here=True)
    form: FormData = request.state.form
    person = needs(visit, Role.ANALYST)
    wish = wish_of(visit, form)
    made, problem = kept(visit, person, wish)
    if problem is not None:
        return problem
    done = (*_done(text(form, "done")), *(j.id for j in made))[-MOST_UNDONE:]
    return RedirectResponse(visit.link("review", at=text(form, "after"), done=",".join(done)), status_code=303)


@router.post("/d/{dossier}/review/undo")
def undo(request: Request) -> Response:
    """Take back the last decision made here, and put its question again."""
    visit = _visit(request, deciding_here=True)
    form: FormData = request.state.form
    done = _done(text(form, "done"))
    at = text(form, "at")
    if done:
        made = take_back(visit, done[-1])
        at = review.asked_by(visit.asking, made) or at
    return RedirectResponse(visit.link("review", at=at, done=",".join(done[:-1])), status_code=303)


def _visit(request: Request, *, deciding_here: bool = False) -> Visit:
    """Return the visit, without waiting for records between one answer and the next."""
    visit = Visit.of(request)
    if deciding_here or "done" in request.query_params:
        visit.dossier = visit.store.dossier(request.path_params["dossier"])
        return visit
    return Visit.in_dossier(request)


def _done(value: str) -> tuple[str, ...]:
    """Return ids of decisions, the last one last."""
    named = [v for v in value[:2000].split(",") if v.startswith("j-") and v.replace("-", "").isalnum()]
    return tuple(named[-MOST_UNDONE:])
