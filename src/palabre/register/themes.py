"""Sectors people talk about, and those that are new since the last session. Nothing is guessed: words name a sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none
from palabre.model.vocabulary import Sector
from palabre.register.coverage import sectors_in, sectors_named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from palabre.model.documents import Document, ReadDocument
    from palabre.model.records import Register


@dataclass(frozen=True, slots=True)
class NewThemes:
    """What is new from the day of the last session on; `since` is None when no session has a day.

    `named` are sectors no earlier document names, `promised` those nothing was promised in before. A document or a
    commitment without a date counts as earlier: it proves nothing new.
    """

    since: dt.date | None
    named: tuple[Sector, ...]
    promised: tuple[Sector, ...]


def discussed(register: Register, documents: Mapping[str, Document]) -> Mapping[Sector, tuple[str, ...]]:
    """Return the ids of the statements that name each sector: what somebody talked about. `documents` is by id."""
    out: dict[Sector, list[str]] = {}
    for statement in register.statements:
        lang = documents[statement.mentions[0].doc].meta.lang
        for sector in sectors_in(statement.text, lang):
            out.setdefault(sector, []).append(statement.id)
    return {s: tuple(ids) for s, ids in out.items()}


def last_session(register: Register) -> dt.date | None:
    """Return the first day of the dossier's last session, or None."""
    dates = [parse_or_none(m.date) for m in register.meetings if m.session is not None]
    return max((d.earliest for d in dates if d and d.earliest), default=None)


def new_themes(register: Register, documents: Sequence[ReadDocument]) -> NewThemes:
    """Return the sectors first named, and first promised in, from the day of the last session on."""
    since = last_session(register)
    if since is None:
        return NewThemes(None, (), ())
    old: set[Sector] = set()
    new: set[Sector] = set()
    for read in documents:
        published = read.document.meta.published
        (new if published is not None and published >= since else old).update(sectors_named(read))
    day = since.isoformat()
    firm = [c for c in register.commitments if not c.vague]
    before = {c.sector for c in firm if c.made_on is None or c.made_on < day}
    promised = {c.sector for c in firm} - before
    return NewThemes(
        since,
        tuple(s for s in Sector if s in new - old and s is not Sector.MULTI),
        tuple(s for s in Sector if s in promised and s is not Sector.MULTI),
    )
