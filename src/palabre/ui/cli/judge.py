"""`palabre judge`: what people decide of the records, kept apart from what the texts say; withdrawn, never deleted."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from palabre.app.dossiers import Opened, opened
from palabre.app.judging import decide, signature
from palabre.app.replying import checked_reply
from palabre.errors import BadValue
from palabre.export.decision_words import decision_in_words
from palabre.export.decisions_table import decision_json
from palabre.model.judgements import Judgement, Verdict
from palabre.reconcile.judged import key
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session

if TYPE_CHECKING:
    from palabre.lang.interface import Words


class Action(StrEnum):
    """What `palabre judge` does: one of the verdicts, or list and withdraw decisions."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"
    NOTE = "note"
    REPLY = "reply"
    LIST = "list"
    WITHDRAW = "withdraw"


def judge(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="help.action", show_default=False)],
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="help.ids", show_default=False)] = None,
    field: Annotated[str | None, typer.Option("--field", metavar="FIELD", help="help.field")] = None,
    value: Annotated[str | None, typer.Option("--value", metavar="VALUE", help="help.value")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="help.reason", show_default=False)] = "",
    party: Annotated[str, typer.Option("--party", metavar="NAME", help="help.reply_party", show_default=False)] = "",
    said: Annotated[str, typer.Option("--words", metavar="TEXT", help="help.reply_words", show_default=False)] = "",
    said_on: Annotated[
        str, typer.Option("--said-on", metavar="DATE", help="help.reply_said_on", show_default=False)
    ] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="help.reply_source", show_default=False)] = "",
    speaker: Annotated[
        str, typer.Option("--speaker", metavar="NAME", help="help.reply_speaker", show_default=False)
    ] = "",
    url: Annotated[str, typer.Option("--url", metavar="URL", help="help.reply_url", show_default=False)] = "",
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help="help.author")] = None,
    everything: Annotated[bool, typer.Option("--all", help="help.all_judgements")] = False,
    as_json: AsJson = False,
) -> None:
    """Decide, list what was decided, or withdraw a decision."""
    session: Session = context.obj
    words = session.words
    if action is Action.LIST:
        with session.store() as store:
            view = opened(store, session.settings.dossier, words.lang)
        _list(session, view, everything, as_json)
        return
    if not ids:
        raise BadValue(action.value, "needs the id of a record")
    signed = signature(author or session.settings.author)
    reply = None
    if action is Action.REPLY:
        reply = checked_reply(party, said, said_on, source, speaker=speaker, url=url)
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
        if action is Action.WITHDRAW:
            made = [_decision(store.find(view.dossier, asked).item, asked) for asked in dict.fromkeys(ids)]
            done = [(j, store.withdraw_judgement(view.dossier, j.id, signed)) for j in made]
        else:
            one = decide(
                store, view.dossier, Verdict(action.value), ids,
                author=signed, field=field, value=value, reason=reason, reply=reply,
            )  # fmt: skip
            done = [(one, True)]
    for judgement, changed in done:
        if as_json:
            session.json(decision_json(judgement))
        elif action is Action.WITHDRAW:
            session.say(words("judge.withdrawn_now" if changed else "judge.withdrawn_before", id=judgement.id))
        else:
            session.say(words("judge.kept", id=judgement.id, what=decision_in_words(judgement, words)))
            session.say(words("judge.how_to_withdraw", id=judgement.id))


def _decision(item: object, asked: str) -> Judgement:
    if not isinstance(item, Judgement):
        raise BadValue(asked, "not the id of a decision")
    return item


def _list(session: Session, view: Opened, everything: bool, as_json: bool) -> None:
    words = session.words
    shown = [j for j in view.judgements if everything or j.withdrawn_at is None]
    if as_json:
        session.json([decision_json(j) for j in shown])
        return
    if not shown:
        session.say(words("judge.none"))
        return
    for j in shown:
        head = Text(f"{j.id}  ")
        head.append(decision_in_words(j, words), style="bold" if j.withdrawn_at is None else "dim")
        session.out.print(head)
        session.say(f"    {words.date(j.made_at[:10])} · {j.author}{f' — {j.reason}' if j.reason else ''}")
        for line in _about(j, view, words):
            session.say(f"    {line}")


def _about(judgement: Judgement, view: Opened, words: Words) -> list[str]:
    """Return the records the decision is about now, each with its id."""
    keys = {key(t) for t in judgement.targets}
    register = view.register
    named = [(c.id, c.action, c.mentions) for c in register.commitments]
    named += [(m.id, m.title or m.place or words("record.meeting"), m.mentions) for m in register.meetings]
    named += [(s.id, s.text, s.mentions) for s in register.statements]
    out = [f"{i} {text}" for i, text, mentions in named if keys & {key(i), *(key(e.id) for e in mentions)}]
    out += [f"{c.id} {c.what}" for c in register.conflicts if key(c.id) in keys]
    return out or [words("judge.no_record", ids=", ".join(judgement.targets))]


def print_decisions(session: Session, judgements: tuple[Judgement, ...]) -> None:
    """Print who decided what, when and why, those withdrawn too; nothing when nobody decided anything."""
    words = session.words
    if not judgements:
        return
    session.out.print(Text(words("judge.decisions"), style="bold"))
    for j in judgements:
        why = f" — {j.reason}" if j.reason else ""
        session.say(f"  {words.date(j.made_at[:10])} · {j.author} · {decision_in_words(j, words)}{why}  {j.id}")
        if j.reply is not None:
            session.say(f"    {words.quoted(j.reply.words)} ({j.reply.source})")
