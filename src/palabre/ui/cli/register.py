"""`palabre register`: the commitments as a table."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from palabre.app.dossiers import Opened, opened, party_list
from palabre.model.records import Commitment
from palabre.model.vocabulary import Firmness, FollowUpStatus, Sector
from palabre.register.compliance import mean_score, score
from palabre.register.follow_up import overdue
from palabre.ui.cli.session import Session, day
from palabre.ui.cli.tables import mentions_json, print_table, sources_cell, table

AsJson = Annotated[bool, typer.Option("--json", help="help.json")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="help.as_of")]


def register(
    context: typer.Context,
    sector: Annotated[Sector | None, typer.Option("--sector", help="help.sector")] = None,
    status: Annotated[FollowUpStatus | None, typer.Option("--status", help="help.status_filter")] = None,
    firmness: Annotated[Firmness | None, typer.Option("--firmness", help="help.firmness")] = None,
    promisor: Annotated[str | None, typer.Option("--who", metavar="RUS", help="help.who")] = None,
    everything: Annotated[bool, typer.Option("--all", help="help.all")] = False,
    scores: Annotated[bool, typer.Option("--scores", help="help.scores")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show who promised what to whom, how firmly, on how many independent origins, and where it stands."""
    session: Session = context.obj
    words = session.words
    today = day(as_of) or dt.date.today()
    wanted = set(party_list(promisor or ""))
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
    shown = [
        c
        for c in view.register.commitments
        if (everything or as_json or not c.vague)
        and (sector is None or c.sector is sector)
        and (status is None or c.status is status)
        and (firmness is None or c.firmness is firmness)
        and (not wanted or wanted <= set(c.promisor))
    ]
    if as_json:
        more = [{"score": score(c, today)} if scores else {} for c in shown]
        session.json([commitment_json(c, view, today) | its for c, its in zip(shown, more, strict=True)])
        return
    if not view.register.commitments:
        session.say(words("say.empty_register"))
        return
    columns = ("id", "who", "to_whom", "what", "sector", "firmness", "sources", "status")
    rows = table(words, (*columns, "score") if scores else columns, wide="what")
    for commitment in sorted(shown, key=_order):
        mark = (words.label("score", str(score(commitment, today))),) if scores else ()
        rows.add_row(*_row(session, commitment, view, today), *mark)
    print_table(session, rows)
    session.say(words("say.legend_sources"))
    if scores:
        _say_mean(session, mean_score(shown, today))
    hidden = sum(c.vague for c in view.register.commitments)
    if hidden and not everything:
        session.say(words("say.hidden_wishes", count=words.count("count.wishes", hidden)))


def _say_mean(session: Session, mean: tuple[float, int] | None) -> None:
    words = session.words
    session.say(words("say.score_rule"))
    if mean is not None:
        value = f"{mean[0]:+.2f}".replace("-", "−")
        shown = value.replace(".", ",") if words.lang == "fr" else value
        session.say(words("say.score_mean", mean=shown, count=words.count("count.commitments", mean[1])))


def _order(commitment: Commitment) -> tuple[bool, int, int, str, str]:
    return (
        commitment.vague,
        -commitment.firmness.rank,
        -commitment.origins,
        commitment.made_on or "9999",
        commitment.id,
    )


def _row(session: Session, commitment: Commitment, view: Opened, today: dt.date) -> tuple[str, ...]:
    words = session.words
    what = commitment.action
    if commitment.amount and commitment.amount not in what:
        what += f" ({commitment.amount})"
    if commitment.deadline:
        what += f" [{words('column.deadline')} : {words.date(commitment.deadline)}]"
    state = words.state(commitment.status, late=overdue(commitment, today))
    firm = words.label("firmness", commitment.firmness)
    return (
        commitment.id,
        words.actors(commitment.promisor),
        words.beneficiaries(commitment.promisor, commitment.beneficiary),
        what,
        words.label("sector", commitment.sector),
        firm if not commitment.vague else f"{firm} ({words('say.vague')})",
        sources_cell(words, commitment.origins, len({e.doc for e in commitment.mentions})),
        state,
    )


def commitment_json(commitment: Commitment, view: Opened, today: dt.date) -> dict[str, Any]:
    """Return one commitment for `--json`: codes, ids, and every mention with its exact words."""
    return {
        "id": commitment.id,
        "promisor": list(commitment.promisor),
        "beneficiary": list(commitment.beneficiary),
        "action": commitment.action,
        "sector": commitment.sector,
        "firmness": commitment.firmness,
        "vague": commitment.vague,
        "deadline": commitment.deadline,
        "amount": commitment.amount,
        "made_on": commitment.made_on,
        "status": commitment.status,
        "overdue": overdue(commitment, today),
        "origins": commitment.origins,
        "official": commitment.official,
        "confidence": commitment.confidence,
        "mentions": mentions_json(view, commitment.mentions),
        "events": [
            {
                "doc": view.documents[e.evidence.doc].name,
                "date": e.date,
                "status": e.status,
                "about": e.about,
                "words": e.evidence.span.text(view.documents[e.evidence.doc].text),
            }
            for e in commitment.events
        ],
    }
