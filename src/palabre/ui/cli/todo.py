"""`palabre todo`: what to check first, the worst first, with the id to show."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from palabre.app.dossiers import opened
from palabre.register.checks import checks
from palabre.ui.cli.register import AsJson, AsOf
from palabre.ui.cli.session import Session, day
from palabre.ui.cli.tables import one_line

if TYPE_CHECKING:
    from palabre.lang.interface import Words
    from palabre.register.checks import Check, Look

MOST = 20


def todo(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="help.limit_checks")] = MOST,
    everything: Annotated[bool, typer.Option("--all", help="help.all_checks")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List what is overdue, contradicted, doubtful, thinly sourced or unheard of, and when anybody last looked."""
    session: Session = context.obj
    words = session.words
    today = day(as_of) or dt.date.today()
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
        reads = tuple(store.read_documents(view.dossier))
    found = checks(
        view.register, view.dossier, view.documents, today, added=view.added, judgements=view.judgements, reads=reads
    )
    if as_json:
        session.json([_json(c) for c in found])
        return
    if not found:
        session.say(words("say.empty_checks"))
        return
    shown = found if everything else found[:limit]
    for check in shown:
        head = Text(f"{check.about}  ")
        head.append(one_line(text_of(check, words)), style="bold")
        session.out.print(head)
        others = f" ({', '.join(check.others)})" if check.others else ""
        why = " · ".join(words.label("check", code) for code in check.why)
        session.say(f"    {why}{others}")
        if check.look.news is not None:
            session.say(f"    {heard(check.look, words)}")
    if len(found) > len(shown):
        session.say(words("say.more_checks", count=words.count("count.records", len(found) - len(shown))))
    if view.added:
        added = dt.date.fromisoformat(max(view.added.values())[:10])
        age = max(0, (today - added).days)
        line = words("say.last_added", date=words.date(added), age=words.count("count.days", age))
        published = [d.meta.published for d in view.documents.values() if d.meta.published]
        if published:
            line += f" {words('say.last_published', date=words.date(max(published)))}"
        session.say(line)


def text_of(check: Check, words: Words) -> str:
    """Return what a check is about, after its kind."""
    if check.kind == "session":
        return f"{words('report.next_session')}{words('report.colon')}{words.date(check.text)}"
    kind = words.label("record", check.kind)
    return f"{kind}{words('report.colon')}{check.text}" if check.text else kind


def heard(look: Look, words: Words) -> str:
    """Return « rien trouvé depuis le 3 avril 2025 (12 textes lus) » or « pas regardé depuis … »: not the same thing."""
    if look.news is None:
        return "—"
    date = words.date(look.news)
    if look.read_since:
        return words("say.nothing_found_since", date=date, count=words.count("count.texts_read", look.read_since))
    return words("say.not_looked_since", date=date)


def _json(check: Check) -> dict[str, Any]:
    out = asdict(check)
    look = check.look
    out["look"] = {
        "news": look.news.isoformat() if look.news else None,
        "read_since": look.read_since,
        "until": look.until.isoformat() if look.until else None,
        "added": look.added.isoformat() if look.added else None,
        "state": None if look.news is None else ("nothing_found" if look.read_since else "not_looked"),
    }
    return out
