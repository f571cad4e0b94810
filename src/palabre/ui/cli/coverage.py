"""`palabre coverage`: sector by sector, what is only talked about, what is promised, what moves; and what is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from palabre.app.dossiers import opened, party_list
from palabre.errors import BadValue
from palabre.register.coverage import coverage as covered
from palabre.register.themes import discussed, new_themes
from palabre.ui.cli.register import AsJson
from palabre.ui.cli.session import Session, day
from palabre.ui.cli.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from palabre.model.vocabulary import Sector
    from palabre.register.coverage import Coverage
    from palabre.register.themes import NewThemes

COLUMNS = ("mentioned", "discussed", "wished", "promised", "moving", "delivered", "stuck")


def coverage(
    context: typer.Context,
    party: Annotated[str | None, typer.Option("--party", metavar="RUS", help="help.party")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="help.since")] = None,
    as_json: AsJson = False,
) -> None:
    """Count, for each sector met, the documents that name it, who talked about it and how its commitments stand."""
    session: Session = context.obj
    words = session.words
    first = day(since)
    chosen = party_list(party or "")
    if len(chosen) > 1:
        raise BadValue(party or "", "one party at a time")
    who = chosen[0] if chosen else None
    with session.store() as store:
        view = opened(store, session.settings.dossier, words.lang)
        reads = tuple(store.read_documents(view.dossier))
    found = covered(view.register, reads, party=who, since=first)
    talked = discussed(view.register, view.documents)
    new = new_themes(view.register, reads)
    if as_json:
        session.json(_json(found, talked, new, who, first))
        return
    if not found.rows:
        session.say(words("say.empty_coverage"))
        return
    rows = table(words, ("sector", *COLUMNS))
    for column in rows.columns[1:]:
        column.justify = "right"
    for row in found.rows:
        numbers = (
            row.mentioned,
            len(talked.get(row.sector, ())),
            row.wished,
            row.promised,
            row.moving,
            row.delivered,
            row.stuck,
        )
        rows.add_row(words.label("sector", row.sector), *(words.number(n) if n else "·" for n in numbers))
    session.out.print(rows)
    if who:
        session.say(words("say.for_party", party=words.actor(who)))
    if found.first_seen and found.last_seen:
        session.say(words("say.looked", first=words.date(found.first_seen), last=words.date(found.last_seen)))
    silent = _sectors(session, (r.sector for r in found.rows if r.silent))
    session.say(f"{words('say.without_commitment')}{words('report.colon')}{silent}")
    if new.since is None:
        session.say(words("say.no_session"))
    else:
        date = words.date(new.since)
        session.say(words("say.new_named", date=date, sectors=_sectors(session, new.named)))
        session.say(words("say.new_promised", date=date, sectors=_sectors(session, new.promised)))


def _sectors(session: Session, sectors: Iterable[Sector]) -> str:
    return ", ".join(session.words.label("sector", s) for s in sectors) or "—"


def _json(
    found: Coverage,
    talked: Mapping[Sector, tuple[str, ...]],
    new: NewThemes,
    party: str | None,
    since: dt.date | None,
) -> dict[str, object]:
    return {
        "party": party,
        "since": since.isoformat() if since else None,
        "first_seen": found.first_seen.isoformat() if found.first_seen else None,
        "last_seen": found.last_seen.isoformat() if found.last_seen else None,
        "sectors": [
            {**asdict(r), "discussed": len(talked.get(r.sector, ())), "statements": list(talked.get(r.sector, ()))}
            for r in found.rows
        ],
        "without_commitment": [r.sector for r in found.rows if r.silent],
        "new": {
            "since": new.since.isoformat() if new.since else None,
            "named": list(new.named),
            "promised": list(new.promised),
        },
    }
