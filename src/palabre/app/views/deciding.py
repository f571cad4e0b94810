"""What a page needs to let a person decide of a record: its fields as they stand, and the state it was seen in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.app.judging import FIELDS, NEVER_EMPTY, PARTIES, YES_NO, about
from palabre.app.marking import FORMS, NEEDED
from palabre.model.judgements import Judgement
from palabre.model.vocabulary import Firmness, FollowUpStatus, MeetingStatus, ProgressStatus, Sector
from palabre.store import judging

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from enum import StrEnum

    from palabre.app.views.asking import Asking
    from palabre.lang.interface import Words
    from palabre.model.records import Commitment, Evidence, Meeting

LABELS: tuple[tuple[type[StrEnum], str], ...] = (
    (Sector, "sector"),
    (Firmness, "firmness"),
    (FollowUpStatus, "status"),
    (ProgressStatus, "status"),
    (MeetingStatus, "meeting"),
)
"""The words' section of each closed vocabulary."""
LEVELS = ("head_of_state", "minister", "official", "expert")
"""The levels of meetings that reading tells apart (`annotations.MeetingMention.level`); a person may say another."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that can be corrected. `value` is as the records hold it (parties by name), empty for nothing known.

    `takes` is parties, date, text or yes_no, or choice: one of the codes `options`, whose words are under `label`.
    """

    name: str
    takes: str
    value: str
    options: tuple[str, ...] = ()
    label: str = ""
    needed: bool = False


def fields(kind: str, record: Commitment | Meeting, words: Words) -> tuple[Field, ...]:
    """Return the fields of a record that can be corrected. `kind` is commitments or meetings.

    Parties are named as the page names them: what people read is what they can type.
    """
    held = {
        name: ", ".join(map(words.actor, getattr(record, name))) if takes == PARTIES else as_kept(getattr(record, name))
        for name, takes in FIELDS[kind].items()
    }
    return tuple(_field(name, takes, held[name], name in NEVER_EMPTY) for name, takes in FIELDS[kind].items())


def blank(kind: str, typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of what can be added (`marking.FORMS`), as typed so far."""
    needed = NEEDED[kind]
    made = (_field(n, takes, typed.get(n, ""), n in needed) for n, takes in FORMS[kind].items())
    # Nothing is chosen beforehand: what stands first in a list would be taken for what the text says.
    return tuple(replace(f, options=("", *f.options)) if f.options else f for f in made)


def _field(name: str, takes: str | type[StrEnum], value: str, needed: bool) -> Field:
    if name == "level":
        return Field(name, "choice", value, tuple(dict.fromkeys(("", *LEVELS, value))), "level", needed)
    if isinstance(takes, str):
        options = ("true", "false") if takes == YES_NO else ()
        return Field(name, takes, value, options, "yes_no" if options else "", needed)
    label = next(section for codes, section in LABELS if codes is takes)
    return Field(name, "choice", value, tuple(c.value for c in takes), label, True)


def as_kept(value: object) -> str:
    """Return a field's value as a correction of it is written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def decided(asking: Asking, its: str, mentions: Sequence[Evidence]) -> tuple[Judgement, ...]:
    """Return the decisions about a record, withdrawn ones too, oldest first."""
    ids = [its, *(e.id for e in mentions)]
    return about(asking.ask(judging.touching, ids), ids)


def seen(decisions: Iterable[Judgement]) -> str:
    """Return what tells one state of the decisions about a record from another."""
    told = "\n".join(f"{j.id} {j.withdrawn_at or ''}" for j in decisions)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
