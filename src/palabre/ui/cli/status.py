"""`palabre status`: where the dossier stands, in a few lines."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict, dataclass

import typer
from rich.text import Text

from palabre.app.dossiers import Opened, opened
from palabre.register.follow_up import overdue
from palabre.ui.cli.register import AsJson, AsOf
from palabre.ui.cli.session import Session, day


def status(context: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Count documents, independent origins, meetings, commitments by status, and contradictions."""
    session: Session = context.obj
    words = session.words
    today = day(as_of) or dt.date.today()
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    figures = counts(view, today)
    if as_json:
        session.json(asdict(figures))
        return
    dossier = view.dossier
    head = Text(dossier.title, style="bold")
    session.out.print(head)
    if dossier.parties:
        session.say(f"  {words('report.parties')} : {words.actors(dossier.parties)}")
    if dossier.cadence:
        session.say(f"  {words('report.cadence')} : {words.period(dossier.cadence)}")
    if dossier.hosts:
        session.say(f"  {words('report.hosts')} : {words.actors(dossier.hosts)}")
    documents = words.count("count.documents", figures.documents)
    session.say(f"  {documents}, {words.count('count.origins', figures.origins)}")
    session.say(f"  {words.count('count.meetings', figures.meetings)}")
    by_status = ", ".join(
        f"{words.label('status', code)} {words.number(n)}" for code, n in figures.by_status.items() if n
    )
    commitments = words.count("count.commitments", figures.commitments)
    session.say(f"  {commitments}{f' ({by_status})' if by_status else ''}")
    session.say(f"  {words.count('count.wishes', figures.wishes)}")
    session.say(f"  {words.count('count.conflicts', figures.contradictions)}")


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a dossier at a day; `by_status` goes by the codes of the statuses, `overdue` among them."""

    dossier: str
    as_of: str
    documents: int
    origins: int
    meetings: int
    commitments: int
    wishes: int
    by_status: dict[str, int]
    contradictions: int


def counts(view: Opened, today: dt.date) -> Counts:
    """Count what the dossier holds; commitments are the firm ones, `wishes` the others."""
    register = view.register
    firm = [c for c in register.commitments if not c.vague]
    states = Counter("overdue" if overdue(c, today) else c.status.value for c in firm)
    return Counts(
        dossier=view.dossier.name,
        as_of=today.isoformat(),
        documents=len(view.documents),
        origins=len(register.origins),
        meetings=len(register.meetings),
        commitments=len(firm),
        wishes=len(register.commitments) - len(firm),
        by_status=dict(sorted(states.items())),
        contradictions=sum(c.kind == "contradiction" for c in register.conflicts),
    )
