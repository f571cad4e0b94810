"""Decisions from pages: `/decide` and `/withdraw` take forms, `/decisions` is the trail of all that was decided.

A form says in which state its record was seen. When somebody decided of it meanwhile nothing is kept: both are shown
and the question is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from palabre.app.dossiers import present
from palabre.app.judging import FIELDS, checked, decide, party_here
from palabre.app.people import Role
from palabre.app.replying import checked_reply
from palabre.app.views import deciding
from palabre.errors import BadValue, NotFound, Outdated
from palabre.export.decision_words import decision_in_words, value_in_words
from palabre.export.decisions_table import trail_csv, trail_json
from palabre.model.judgements import Judgement, Reply, Verdict
from palabre.model.mentions import PROGRESS
from palabre.model.records import Commitment, Meeting
from palabre.model.spans import Span
from palabre.store import judging, listings
from palabre.store.store import StoredMention
from palabre.ui.sentences import sentence_of
from palabre.ui.web import asked
from palabre.ui.web.access import Refused, local, needs
from palabre.ui.web.desk import Visit
from palabre.ui.web.disposing import disposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.ui.web.access import Person

router = APIRouter()

LONGEST_REASON = 4000
LONGEST_VALUE = 2000
LONGEST_SHOWN = 200
MOST_PASSAGES = 3
REPLY = ("party", "words", "said_on", "source", "speaker", "url")
"""The fields of a reply, `reply.NAME` in its form."""
TRAIL = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
"""The formats in which the trail of decisions is taken away, and their media types."""
SPOKEN = ("sector", "firmness", "status", "vague")
"""Fields whose codes are shown, and taken back, in words."""
TRIES = 5
"""How often a decision is tried again when others decide of other records at the same time."""


@dataclass(frozen=True)
class Wish:
    """What a form asks for: a verdict on records, with fields for a correction."""

    verdict: Verdict
    ids: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    reason: str
    seen: str
    back: str
    reply: Reply | None = None


@router.post("/d/{dossier}/decide")
def decide_here(request: Request) -> Response:
    """Keep one decision, or one for each field that was changed."""
    visit = Visit.in_dossier(request)
    person = needs(visit, Role.ANALYST)
    wish = wish_of(visit, request.state.form)
    return settled(visit, person, wish)


def settled(visit: Visit, person: Person, wish: Wish) -> Response:
    """Keep what a form asks for and go on, or show what stands in its way."""
    made, problem = kept(visit, person, wish)
    if problem is not None:
        return problem
    last = made[-1].id if made else ""
    gone = wish.verdict in (Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT)
    return RedirectResponse(visit.link("decisions", last) if gone and last else wish.back, status_code=303)


def kept(visit: Visit, person: Person, wish: Wish) -> tuple[list[Judgement], Response | None]:
    """Return the decisions kept, or the page that says what stands in their way."""
    made: list[Judgement] = []
    done = 0
    state = wish.seen
    changes: list[tuple[str | None, str | None]] = [*wish.changes]
    if wish.verdict is not Verdict.CORRECT:
        changes = [(None, None)]
    try:
        if wish.verdict is Verdict.CORRECT:
            _check(visit, wish)
        for _ in range(TRIES + len(changes)):
            if done == len(changes):
                return made, None
            revision = visit.store.revision(visit.here)
            now = state_of(visit, wish.ids)
            if deciding.seen(now) != state:
                return made, _conflict(visit, replace(wish, changes=wish.changes[done:]), now)
            field, value = changes[done]
            try:
                made.append(
                    decide(
                        visit.store, visit.here, wish.verdict, wish.ids,
                        author=person.name, field=field, value=value, reason=wish.reason, reply=wish.reply,
                        revision=revision,
                    )
                )  # fmt: skip
            except Outdated:
                continue
            done += 1
            # What was just decided is no news to its author.
            state = deciding.seen((*now, made[-1]))
    except NotFound:
        return made, _conflict(visit, wish, state_of(visit, wish.ids))
    except BadValue as error:
        return made, _again(visit, wish, sentence_of(error, visit.words), 400)
    return made, (None if done == len(changes) else _again(visit, wish, visit.words("decide.busy"), 503))


def _check(visit: Visit, wish: Wish) -> None:
    """Raise BadValue for a correction that will not do, before any of several is kept; NotFound for no record."""
    takes = FIELDS.get(visit.store.find(visit.here, wish.ids[0]).kind, {})
    for field, value in wish.changes:
        if field in takes:
            checked(field, takes[field], value, partial(party_here, visit.store, visit.here))
        elif takes:
            raise BadValue(field[:40], f"not a field to correct; those there are: {', '.join(takes)}")


def wish_of(visit: Visit, form: FormData) -> Wish:
    """Return what a form asks for. Raises BadValue."""
    try:
        verdict = Verdict(text(form, "verdict"))
    except ValueError as error:
        raise BadValue(text(form, "verdict")[:40], "not something that can be decided") from error
    ids = tuple(dict.fromkeys(i for v in form.getlist("id") if isinstance(v, str) and (i := v.strip()[:80])))
    if not ids:
        raise BadValue(verdict.value, "needs the id of a record")
    names = [k.removeprefix("to.") for k in form if k.startswith("to.")]
    changes = tuple(
        (n, text(form, f"to.{n}")[:LONGEST_VALUE]) for n in names if text(form, f"to.{n}") != text(form, f"was.{n}")
    )
    if verdict is Verdict.CORRECT and not changes:
        raise BadValue(visit.words("decide.correct"), "nothing was changed")
    reason = text(form, "reason").strip()[:LONGEST_REASON]
    back = local(text(form, "back"), visit.link("r", ids[0]))
    return Wish(
        verdict, ids, changes, reason, text(form, "seen"), back, _reply(form) if verdict is Verdict.REPLY else None
    )


def _reply(form: FormData) -> Reply:
    party, words, said_on, source, speaker, url = (text(form, f"reply.{name}") for name in REPLY)
    return checked_reply(party, words, said_on, source, speaker=speaker, url=url)


def text(form: FormData, name: str) -> str:
    """Return a field of a form that is a text, with plain line ends; an empty one when there is none."""
    value = form.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def state_of(visit: Visit, ids: tuple[str, ...]) -> tuple[Judgement, ...]:
    """Return the decisions about the first of these records."""
    try:
        found = visit.store.find(visit.here, ids[0])
    except NotFound:
        return deciding.decided(visit.asking, ids[0], ())
    return deciding.decided(visit.asking, found.id, getattr(found.item, "mentions", ()))


def _conflict(visit: Visit, wish: Wish, now: tuple[Judgement, ...]) -> Response:
    return _again(visit, wish, visit.words("decide.meanwhile"), 409, now)


def _again(visit: Visit, wish: Wish, sentence: str, status: int, now: tuple[Judgement, ...] | None = None) -> Response:
    gone, record = False, None
    try:
        found = visit.store.find(visit.here, wish.ids[0])
        record = found.item if isinstance(found.item, Commitment | Meeting) else None
        # A rejected record's id still leads to the words it was read from.
        gone = found.kind == "mention" and not wish.ids[0].startswith(f"{PROGRESS}-")
    except NotFound:
        gone = True
    kept_now = state_of(visit, wish.ids) if now is None else now
    compared = [
        (
            name,
            value_in_words(name, deciding.as_kept(getattr(record, name, None)) or None, visit.words),
            value_in_words(name, value or None, visit.words),
        )
        for name, value in wish.changes
        if record is not None and hasattr(record, name)
    ]
    return visit.page(
        "decide_again.html",
        status=status,
        sentence=sentence,
        wish=wish,
        record=record,
        gone=gone,
        compared=compared,
        typed=[(n, value_in_words(n, v, visit.words) if n in SPOKEN and v else v) for n, v in wish.changes],
        decisions=kept_now,
        seen=deciding.seen(kept_now),
    )


@router.post("/d/{dossier}/withdraw")
def withdraw(request: Request) -> Response:
    """Take a decision back; it stays in the trail."""
    visit = Visit.in_dossier(request)
    form: FormData = request.state.form
    take_back(visit, text(form, "id"))
    return RedirectResponse(local(text(form, "back"), visit.link("decisions")), status_code=303)


def take_back(visit: Visit, its: str) -> Judgement:
    """Withdraw a decision: one's own as an analyst, anybody's as an editor. Raises Refused, NotFound."""
    person = needs(visit, Role.ANALYST)
    made = visit.asking.ask(judging.one, its)
    if made is None:
        raise NotFound(f"{its[:80]}: no decision has this id.")
    if made.author != person.name and not person.may(visit.here, Role.EDITOR):
        raise Refused("not_yours")
    visit.store.withdraw_judgement(visit.here, made.id, person.name)
    return made


@router.get("/d/{dossier}/decisions")
def decisions(request: Request) -> Response:
    """Show every decision, the latest first."""
    visit = Visit.in_dossier(request)
    page = asked.paging(request.query_params)
    author = request.query_params.get("author") or None
    verdict = request.query_params.get("verdict")
    verdict = verdict if verdict in [v.value for v in Verdict] else None
    asked_for = request.query_params.get("format", "")
    if asked_for in TRAIL:
        fitting = visit.asking.ask(judging.trail, author=author, verdict=verdict, limit=None)
        lines = trail_csv(fitting, visit.words) if asked_for == "csv" else trail_json(fitting)
        headers = {"Content-Disposition": disposition(f"{visit.here.name}-decisions", visit.today, asked_for)}
        body = "".join(lines).encode("utf-8", "replace")
        return Response(body, media_type=TRAIL[asked_for], headers=headers)
    some = visit.asking.ask(judging.trail, author=author, verdict=verdict, limit=page.size, offset=page.offset)
    rows = present(visit.store, some)
    known = _known(visit, rows)
    return visit.page(
        "decisions.html",
        rows=[(j, decision_in_words(j, visit.words), subjects(visit, j, known)) for j in rows],
        count=visit.asking.ask(judging.count, author=author, verdict=verdict),
        paging=page,
        author=author,
        verdict=verdict,
        verdicts=visit.asking.ask(judging.verdicts),
        formats=tuple(TRAIL),
        authors=visit.asking.ask(judging.authors),
        one=None,
    )


@router.get("/d/{dossier}/decisions/{id}")
def decision(request: Request) -> Response:
    """Show one decision, with the way to take it back."""
    visit = Visit.in_dossier(request)
    its = request.path_params["id"]
    found = visit.asking.ask(judging.one, its)
    if found is None:
        raise NotFound(f"{its[:80]}: no decision has this id.")
    rows = present(visit.store, (found,))
    return visit.page(
        "decisions.html",
        rows=[(j, decision_in_words(j, visit.words), subjects(visit, j, _known(visit, rows))) for j in rows],
        count=1,
        paging=asked.Paging(1, asked.SIZE),
        author=None,
        verdict=None,
        verdicts=[],
        formats=(),
        authors=[],
        one=found,
    )


Subjects = tuple[dict[str, tuple[str, str, str]], dict[str, tuple[str, str]]]
"""The record each target leads to, and the kind and words of each record."""


def _known(visit: Visit, judgements: Sequence[Judgement]) -> Subjects:
    """Return what several decisions are about, asked for at once."""
    targets = dict.fromkeys(t for j in judgements for t in j.targets)
    told = visit.asking.ask(listings.telling, targets)
    ids = dict.fromkeys([its for _, its, _ in told.values()] + [t for t in targets if t not in told])
    return told, visit.asking.ask(listings.labels, ids)


def subjects(visit: Visit, judgement: Judgement, known: Subjects) -> list[tuple[str, str]]:
    """Return the records a decision is about now: id and words."""
    told = {t: known[0][t] for t in judgement.targets if t in known[0]}
    if judgement.added is not None and not told:
        return _words_of(visit, judgement.added.doc, judgement.added.span)
    named = known[1]
    ids = dict.fromkeys([its for _, its, _ in told.values()] + [t for t in judgement.targets if t not in told])
    about = [(its, named[its][1]) for its in ids if its in named]
    return about or [line for t in judgement.targets[:MOST_PASSAGES] for line in _passage(visit, t)]


def _passage(visit: Visit, mention: str) -> list[tuple[str, str]]:
    """Return the words of a passage that is in no record any more: its id and the words."""
    try:
        item = visit.store.find(visit.here, mention).item
    except NotFound:
        return []
    if not isinstance(item, StoredMention) or item.span is None:
        return []
    return [(mention, words) for _, words in _words_of(visit, item.doc, item.span)]


def _words_of(visit: Visit, its: str, span: Span) -> list[tuple[str, str]]:
    """Return words of a document, with the id of the document."""
    doc = visit.store.texts([its]).get(its)
    return [(its, visit.words.quoted(span.text(doc.text)[:LONGEST_SHOWN]))] if doc is not None else []
