"""Use cases of decisions: say what a person decided of a record, check it, keep it; who decided what of a record.

Records are not touched here: they are computed anew, with the decisions, at the next reading.
"""

from __future__ import annotations

import datetime as dt
import getpass
from functools import partial
from typing import TYPE_CHECKING

from palabre.app.dossiers import party_list
from palabre.app.party_names import known_party
from palabre.app.typed_dates import typed_date
from palabre.errors import BadValue, PalabreError
from palabre.lang.interface import INTERFACES, Words
from palabre.model.ids import content_id
from palabre.model.judgements import Judgement, Verdict
from palabre.model.mentions import PROGRESS
from palabre.model.records import Actor, Commitment
from palabre.model.vocabulary import ActorKind, Firmness, FollowUpStatus, MeetingStatus, ProgressStatus, Sector
from palabre.reconcile.judged import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from enum import StrEnum

    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Reply
    from palabre.store.store import Found, Store

PARTIES, DATE, TEXT, YES_NO = "parties", "date", "text", "yes_no"
"""Kinds of values a field can take, besides the closed vocabularies."""

FIELDS: Mapping[str, Mapping[str, str | type[StrEnum]]] = {
    "commitments": {
        "promisor": PARTIES,
        "beneficiary": PARTIES,
        "action": TEXT,
        "sector": Sector,
        "firmness": Firmness,
        "status": FollowUpStatus,
        "deadline": DATE,
        "made_on": DATE,
        "amount": TEXT,
        "conditions": TEXT,
        "vague": YES_NO,
    },
    "meetings": {
        "date": DATE,
        "place": TEXT,
        "parties": PARTIES,
        "status": MeetingStatus,
        "title": TEXT,
        "level": TEXT,
        "margins_of": TEXT,
    },
}
"""The fields that can be corrected, by kind of record, and what each takes."""

NEVER_EMPTY = frozenset({"action", "promisor", "vague"})
_LABELS = {
    Sector: "sector",
    Firmness: "firmness",
    FollowUpStatus: "status",
    ProgressStatus: "status",
    MeetingStatus: "meeting",
}
_YES = frozenset({"true", "yes", "oui", "vrai"})
_NO = frozenset({"false", "no", "non", "faux"})
_JUDGED = ("commitments", "meetings", "statements", "conflicts")
_JOINED = ("commitments", "meetings", "statements")
_ALLOWED = {Verdict.MERGE: _JOINED, Verdict.SPLIT: _JOINED, Verdict.REPLY: ("commitments",)}
"""The kinds of records some verdicts are about."""


def decide(
    store: Store,
    dossier: Dossier,
    verdict: Verdict,
    ids: Sequence[str],
    *,
    author: str,
    field: str | None = None,
    value: str | None = None,
    reason: str = "",
    reply: Reply | None = None,
    at: str | None = None,
    revision: int | None = None,
) -> Judgement:
    """Keep one decision about the records (or passages) of these ids, and return it.

    `field` and `value` are for `correct` alone; an empty value says that nothing is known. `reply` is for `reply` alone
    (`replying.checked_reply` makes one). `at` is an ISO 8601 instant in UTC, now when it is None. The dossier's records
    must be up to date; with `revision`, nothing is kept when the dossier was changed since that one.

    Raises NotFound for an id that leads nowhere, and BadValue for a decision that would mean nothing: a record of
    another kind, one alone to merge, a field that cannot be corrected, a value it cannot take, a note without words.
    Raises Outdated when the dossier's revision is no longer `revision`.
    """
    found = [(asked, store.find(dossier, asked)) for asked in dict.fromkeys(ids)]
    if not found:
        raise BadValue(verdict.value, "needs the id of a record")
    targets = _targets(verdict, found)
    if verdict is Verdict.CORRECT:
        field, value = _correction(found, field, value, partial(party_here, store, dossier))
    elif field is not None or value is not None:
        raise BadValue(field or value or "", "a field and a value are for correct alone")
    if verdict is Verdict.NOTE and not reason.strip():
        raise BadValue(verdict.value, "a note needs words")
    if (verdict is Verdict.REPLY) != (reply is not None):
        raise BadValue(verdict.value, "a reply needs the words of a party, and nothing else does")
    instant = at or now()
    more = (reply.party, reply.words) if reply is not None else ()
    its = content_id("j", verdict.value, targets, author, instant, reason, field, value, *more)
    made = Judgement(its, verdict, targets, author, instant, reason.strip(), field, value, reply=reply)
    store.add_judgement(dossier, made, revision=revision)
    return made


def now() -> str:
    """Return this instant, in UTC, as decisions are dated: ISO 8601 to the microsecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def signature(asked: str | None) -> str:
    """Return the name a decision is signed with: the one asked for, else the system's user. Raises BadValue."""
    name = (asked or "").strip()
    if not name:
        try:
            name = getpass.getuser().strip()
        except (OSError, KeyError, ImportError):
            name = ""
    if not name or not name.isprintable():
        raise BadValue("--author", "say who decides")
    return name


def about(judgements: Iterable[Judgement], ids: Iterable[str]) -> tuple[Judgement, ...]:
    """Return the decisions, withdrawn ones too, about the record whose id and mentions' ids are given, oldest first."""
    keys = {key(i) for i in ids}
    kept = [j for j in judgements if keys & {key(t) for t in j.targets}]
    return tuple(sorted(kept, key=lambda j: (j.made_at, j.id)))


def _targets(verdict: Verdict, found: Sequence[tuple[str, Found]]) -> tuple[str, ...]:
    kinds = {f.kind for _, f in found}
    if verdict is Verdict.MERGE and (len(kinds) > 1 or len({f.id for _, f in found}) < 2):
        raise BadValue(found[-1][0], "merging takes two records of one kind")
    if verdict is Verdict.LINK:
        return _linked(found)
    out: list[str] = []
    for asked, item in found:
        allowed = _ALLOWED.get(verdict, _JUDGED)
        if item.kind == "mention" and verdict is Verdict.REJECT:
            out.append(item.id)
        elif item.kind not in allowed:
            raise BadValue(asked, "not something this can be decided of")
        elif item.kind == "conflicts":
            out.append(item.id)
        else:
            mentions = [e.id for e in getattr(item.item, "mentions", ())]
            # A passage named by its own id is judged alone; any other decision is about its whole record.
            alone = item.mention if verdict in (Verdict.REJECT, Verdict.SPLIT) and asked != item.id else None
            if verdict is Verdict.SPLIT and len(mentions) < 2:
                raise BadValue(asked, "nothing to split: the record rests on one passage")
            out += [alone] if alone else mentions
    return tuple(sorted(dict.fromkeys(out)))


def _linked(found: Sequence[tuple[str, Found]]) -> tuple[str, ...]:
    """Return a report of progress and the passage its commitment is named after."""
    reports = [i for _, item in found for i in (item.mention or item.id,) if i.startswith(f"{PROGRESS}-")]
    moved = [f.item for asked, f in found if isinstance(f.item, Commitment) and not asked.startswith(f"{PROGRESS}-")]
    if len(found) != 2 or len(reports) != 1 or len(moved) != 1:
        raise BadValue(found[-1][0], "linking takes a report of progress (ap-…) and a commitment")
    named = next((e.id for e in moved[0].mentions if key(e.id) == key(moved[0].id)), moved[0].mentions[0].id)
    return tuple(sorted((reports[0], named)))


def _correction(
    found: Sequence[tuple[str, Found]], field: str | None, value: str | None, party: Callable[[str], str | None]
) -> tuple[str, str | None]:
    asked, item = found[0]
    if len(found) > 1:
        raise BadValue(found[1][0], "one record is corrected at a time")
    allowed = FIELDS.get(item.kind)
    if allowed is None:
        raise BadValue(asked, "not something this can be decided of")
    if field is None or field not in allowed:
        raise BadValue(field or "--field", f"not a field to correct; those there are: {', '.join(allowed)}")
    if value is None:
        raise BadValue("--value", "say the right value (an empty one when nothing is known)")
    return field, checked(field, allowed[field], value, party)


def party_here(store: Store, dossier: Dossier, typed: str) -> str | None:
    """Return the actor id of a party as people type it: one known everywhere, or one that the dossier's texts name."""
    known = known_party(typed)
    if known is not None:
        return known
    try:
        item = store.find(dossier, typed).item
    except PalabreError:
        return None
    return item.id if isinstance(item, Actor) and item.kind is not ActorKind.PERSON else None


def checked(
    field: str, takes: str | type[StrEnum], typed: str, party: Callable[[str], str | None] = known_party
) -> str | None:
    """Return a typed value as the records hold it: codes, actor ids, EDTF; None for an empty one. Raises BadValue.

    `party` tells the actor id of a party as typed, None for one that is not known.
    """
    value = typed.strip()
    if not value:
        if field in NEVER_EMPTY or not isinstance(takes, str):
            raise BadValue(field, "cannot be left empty")
        return None
    if takes == PARTIES:
        return ",".join(party_list(value, party))
    if takes == DATE:
        date = typed_date(value)
        if date is None:
            raise BadValue(value, "not a date such as 2025, 2025-06, 2025-06-30 or 2025-06/2025-09")
        return date
    if takes == YES_NO:
        if value.casefold() not in _YES | _NO:
            raise BadValue(value, "not yes or no")
        return "true" if value.casefold() in _YES else "false"
    if isinstance(takes, str):
        return value
    for code in takes:
        spoken = {Words(lang).label(_LABELS[takes], code.value).casefold() for lang in INTERFACES}
        if value.replace("'", "\u2019").casefold() in {code.value, *spoken}:
            return code.value
    raise BadValue(value, f"not one of {', '.join(code.value for code in takes)}")
