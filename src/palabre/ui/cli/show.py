"""`palabre show ID`: one record with the words it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer
from rich.text import Text

from palabre.app.dossiers import Opened, opened
from palabre.app.judging import about
from palabre.export.decision_words import decision_in_words
from palabre.export.documents_json import annotated
from palabre.model.documents import Document, ReadDocument
from palabre.model.judgements import Judgement
from palabre.model.records import Actor, Commitment, Conflict, Evidence, Meeting, Origin, Statement
from palabre.model.spans import Span
from palabre.register.evidence import passages
from palabre.register.follow_up import overdue
from palabre.ui.cli.conflicts import print_conflict
from palabre.ui.cli.judge import print_decisions
from palabre.ui.cli.register import AsJson, AsOf
from palabre.ui.cli.session import Session, day
from palabre.ui.cli.tables import one_line, print_passages


def show(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="ID", help="help.id", show_default=False)],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show a commitment, meeting, statement, contradiction, actor or document; the start of an id is enough."""
    # The store's own types come with SQLAlchemy, which only commands that open a store should pay for.
    from palabre.store.finding import StoredMention

    session: Session = context.obj
    with session.store() as store:
        view = opened(store, session.settings.dossier, session.words.lang)
        named = {d.name: d.id for d in view.documents.values()}
        item: object = store.find(view.dossier, named.get(record, record)).item
        if isinstance(item, Document):
            item = ReadDocument(item, store.annotations(item.id))
    if as_json:
        session.json(_as_json(item))
    elif isinstance(item, StoredMention):
        place = item.span or Span(0, 0)
        print_passages(session, passages((Evidence(item.id, item.doc, place),), view.documents, view.register.origins))
        print_decisions(session, about(view.judgements, (item.id,)))
    else:
        _print(session, item, view, day(as_of) or dt.date.today())
        if isinstance(item, Commitment | Meeting | Statement):
            print_decisions(session, about(view.judgements, (item.id, *(e.id for e in item.mentions))))
        elif isinstance(item, Conflict):
            print_decisions(session, about(view.judgements, (item.id,)))


def _as_json(item: object) -> Any:
    if isinstance(item, ReadDocument):
        return annotated(item).model_dump(mode="json")
    from pydantic import TypeAdapter

    return TypeAdapter(type(item)).dump_python(item, mode="json")


def _print(session: Session, item: object, view: Opened, today: dt.date) -> None:
    if isinstance(item, Commitment):
        _commitment(session, item, view, today)
    elif isinstance(item, Meeting):
        _meeting(session, item, view)
    elif isinstance(item, Statement):
        _statement(session, item, view)
    elif isinstance(item, Conflict):
        print_conflict(session, item, view)
    elif isinstance(item, Origin):
        _origin(session, item, view)
    elif isinstance(item, Actor):
        _actor(session, item, view)
    elif isinstance(item, ReadDocument):
        _document(session, item)
    elif isinstance(item, Judgement):
        _head(session, "judgement", item.id, decision_in_words(item, session.words))
        print_decisions(session, (item,))
        for target in item.targets:
            session.say(f"    {target}")
    else:
        # The dossier itself: few fields, no passage.
        session.json(_as_json(item))


def _head(session: Session, kind: str, record_id: str, title: str) -> None:
    head = Text(f"{session.words.label('record', kind)} {record_id}  ")
    head.append(title, style="bold")
    session.out.print(head)


def _fact(session: Session, column: str, value: str) -> None:
    session.say(f"  {session.words('column.' + column)} : {value}")


def _sources(session: Session, evidence: tuple[Evidence, ...], view: Opened) -> None:
    session.out.print(Text(session.words("report.evidence"), style="bold"))
    print_passages(session, passages(evidence, view.documents, view.register.origins), ids=True)


def _commitment(session: Session, record: Commitment, view: Opened, today: dt.date) -> None:
    words = session.words
    _head(session, "commitment", record.id, record.action)
    _fact(session, "who", words.actors(record.promisor))
    _fact(session, "to_whom", words.beneficiaries(record.promisor, record.beneficiary))
    _fact(session, "sector", words.label("sector", record.sector))
    firm = words.label("firmness", record.firmness)
    _fact(session, "firmness", f"{firm} ({words('say.vague')})" if record.vague else firm)
    _fact(session, "deadline", words.date(record.deadline) if record.deadline else words("say.no_deadline"))
    if record.amount:
        _fact(session, "amount", record.amount)
    late = overdue(record, today)
    _fact(session, "status", words.state(record.status, late=late))
    docs = words.count("count.documents", len({e.doc for e in record.mentions}))
    _fact(session, "sources", f"{words.count('count.origins', record.origins)}, {docs}")
    _sources(session, record.mentions, view)
    if record.events:
        session.out.print(Text(words("say.history"), style="bold"))
        for event in record.events:
            date = words.date(event.date) if event.date else words("say.unknown_date")
            session.say(f"  {date} · {words.label('status', event.status)} · {event.about}")
            its = passages((event.evidence,), view.documents, view.register.origins)
            print_passages(session, its, indent="    ", ids=True)
    if record.links:
        session.out.print(Text(words("say.why_joined"), style="bold"))
        for left, right, why in record.links:
            session.say(f"  {left} ~ {right} : {why}")
    if record.questions:
        session.out.print(Text(words("say.questions"), style="bold"))
        for other, why in record.questions:
            session.say(f"  {other} ? {why}")
    _disagreements(session, record.id, view)


def _disagreements(session: Session, record_id: str, view: Opened) -> None:
    about = [c for c in view.register.conflicts if c.about == record_id]
    if about:
        session.out.print(Text(session.words("say.disagreements"), style="bold"))
        for conflict in about:
            print_conflict(session, conflict, view)


def _meeting(session: Session, record: Meeting, view: Opened) -> None:
    words = session.words
    _head(session, "meeting", record.id, record.title or words("record.meeting"))
    _fact(session, "date", words.date(record.date))
    _fact(session, "place", record.place or "—")
    _fact(session, "parties", words.actors(record.parties))
    _fact(session, "status", words.label("meeting", record.status))
    _sources(session, record.mentions, view)
    _disagreements(session, record.id, view)


def _statement(session: Session, record: Statement, view: Opened) -> None:
    _head(session, "statement", record.id, record.speaker or session.words("say.nobody"))
    _fact(session, "kind", session.words.label("form", record.form))
    _sources(session, record.mentions, view)


def _origin(session: Session, record: Origin, view: Opened) -> None:
    words = session.words
    _head(session, "origin", record.id, words.label("origin", record.kind))
    for doc in record.docs:
        document = view.documents[doc]
        session.say(f"  {document.name} · {document.meta.outlet or words('say.unknown_outlet')}")
        for other, here, _ in record.shared:
            if other == doc:
                session.say(f"    {one_line(here.text(document.text))[:160]}")


def _actor(session: Session, record: Actor, view: Opened) -> None:
    _head(session, "actor", record.id, record.name)
    _fact(session, "title", ", ".join(record.names))
    for doc, office in record.offices:
        session.say(f"  {view.documents[doc].name} : {office}")


def _document(session: Session, found: ReadDocument) -> None:
    words, document = session.words, found.document
    _head(session, "document", document.id, document.meta.title or document.name)
    _fact(session, "outlet", document.meta.outlet or words("say.unknown_outlet"))
    _fact(session, "author", document.meta.author or "—")
    _fact(session, "published", words.date(document.meta.published) if document.meta.published else "—")
    clutter = [b.span for b in found.annotations.boilerplate]
    shown = Text()
    at = 0
    for span in sorted(clutter):
        shown.append(document.text[at : span.start])
        shown.append(document.text[max(at, span.start) : span.end], style="dim")
        at = max(at, span.end)
    shown.append(document.text[at:])
    session.out.print(shown, soft_wrap=True)
