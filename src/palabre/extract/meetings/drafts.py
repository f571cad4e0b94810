"""Drafts of meetings and when two of them are one. Knows nothing of words: it compares dates, places and parties."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import members
from palabre.extract.meetings.spread import LONGEST_DAYS
from palabre.model.edtf import interval, parse_or_none
from palabre.model.spans import Span
from palabre.model.vocabulary import MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.extract.meetings.cues import Cue

_SMALL_GROUP = 6
"""A group of at most so many members meets as its members do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one clause says of one meeting."""

    span: Span
    cue: Cue
    date: str | None
    date_span: Span | None
    place: str | None
    parties: tuple[str, ...]
    status: MeetingStatus
    title: str | None
    level: str | None
    margins: str | None
    format: str | None
    recurring: bool
    weekday: int | None
    apart: bool = False
    bare_weekday: bool = False
    ends: bool = False
    edition: str | None = None
    noun: str = ""
    soon: bool = False
    which: str = ""

    @property
    def weight(self) -> int:
        """Return how much the draft says: one for a date, a place, each of up to three parties."""
        return 2 * (self.date is not None) + (self.place is not None) + min(3, len(self.parties))

    def absorb(self, other: Draft) -> Draft:
        """Return this draft with what only `other` knows; the fuller of the two gives the span."""
        rich, poor = (self, other) if self.weight >= other.weight else (other, self)
        if _first_and_last(self, other) or _first_and_last(other, self):
            first, last = (self, other) if (self.date or "") < (other.date or "") else (other, self)
            return replace(first, date=interval(first.date or "", last.date or ""), place=first.place or last.place)
        numbered = next((d for d in (rich, poor) if d.date and not d.bare_weekday), None)
        slipped = _weekday_slip(self, other)
        if _arrival(self, other) or _arrival(other, self):
            meeting, arrival = (self, other) if other.cue.kind == "travel" else (other, self)
            return replace(meeting, place=meeting.place or arrival.place)
        return replace(
            rich,
            cue=replace(rich.cue, weak=rich.cue.weak and poor.cue.weak),
            date=numbered.date if slipped and numbered else _finer(rich.date, poor.date),
            bare_weekday=rich.bare_weekday and (poor.bare_weekday or not poor.date),
            date_span=rich.date_span or poor.date_span,
            place=rich.place or poor.place,
            parties=rich.parties if len(rich.parties) >= len(poor.parties) else poor.parties,
            status=rich.status if rich.date or not poor.date else poor.status,
            title=_better_title(rich, poor),
            level=rich.level or poor.level,
            edition=rich.edition or poor.edition,
            which=rich.which or poor.which,
            margins=rich.margins or poor.margins,
            format=rich.format or poor.format,
            recurring=rich.recurring and poor.recurring,
            weekday=_first(d.weekday for d in sorted((rich, poor), key=lambda d: not d.bare_weekday)),
        )


def joined(before: Draft, draft: Draft, cue: Cue) -> bool:
    """Tell whether two cues of one clause tell one meeting: « a été reçu … à l'occasion d'une visite »."""
    if before.apart or draft.apart or before.cue.sentence != cue.sentence or cue.back == "previous":
        return False
    if before.date and draft.date and before.date_span != draft.date_span:
        return False
    if before.place and draft.place and before.place != draft.place:
        return False
    if (before.cue.kind == "noun") != (cue.kind == "noun"):
        return True
    if before.which and draft.edition and before.which == draft.edition.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ "):
        # « la 15e Conférence des parties (COP 15) »
        return True
    if before.which and draft.which and before.which != draft.which:
        # « avant le 45e sommet, le sommet extraordinaire … »
        return False
    # « une réunion pour suivre les résultats du sommet de Pékin »: a noun with a place of its own is another meeting.
    if cue.kind == "noun" and draft.place and not before.place:
        return False
    return cue.back in ("definite", "demonstrative") or before.span.touches(draft.span) or cue.weak


def merge_all(drafts: list[Draft], published: dt.date | None) -> list[Draft]:
    """Return one draft per meeting, in order of first mention; drafts that say too little are left out."""
    kept: list[Draft] = []
    # Those that say when or where come first: a vague mention joins them wherever it stands in the text.
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].date is None, drafts[i].cue.weak, i))
    for i in order:
        draft = drafts[i]
        twin = _twin(kept, draft)
        if draft.cue.weak and draft.noun and draft.date is None and draft.place is None:
            # « les échanges », « la commission » with no date nor place: nothing says it is a meeting.
            continue
        if twin is not None:
            kept[twin] = kept[twin].absorb(draft)
        elif _stands_alone(draft) and not _told_before(kept, draft):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.span)


def _told_before(kept: list[Draft], draft: Draft) -> bool:
    """Tell whether a draft without a date can only be a meeting told already.

    « ces consultations » of the same parties; « la première session », of whom nothing is said, of consultations that
    the same sentence tells of.
    """
    if draft.date is not None or draft.recurring:
        return False
    if draft.cue.firm and len(draft.parties) < 2:
        return any(other.cue.sentence == draft.cue.sentence for other in kept)
    return draft.cue.back == "demonstrative" and any(overlap(k.parties, draft.parties) >= 0.5 for k in kept)


def _twin(kept: list[Draft], draft: Draft) -> int | None:
    best: tuple[float, int] | None = None
    for i, other in enumerate(kept):
        score = likeness(other, draft)
        if score > 0 and (best is None or score > best[0]):
            best = (score, i)
    return best[1] if best else None


def likeness(a: Draft, b: Draft) -> float:
    """Return how likely two drafts are one meeting, 0.0 when they cannot be."""
    if (a.apart or b.apart) and expanded(a.parties) != expanded(b.parties):
        return 0.0
    if _aside(a, b):
        return 0.0
    if a.recurring != b.recurring and MeetingStatus.PLANNED in (a.status, b.status):
        return 0.0
    again = b.cue.back == "definite" and _same(a.place, b.place)
    if b.cue.firm and a.noun and a.noun != b.noun and not (a.date and b.date) and not again:
        return 0.0
    if a.which and b.which and a.which != b.which:
        return 0.0
    # Only the later of two mentions refers back: « le sommet … », told first, is not the meeting told next.
    back = max(a, b, key=lambda d: (d.cue.sentence, d.cue.token)).cue.back
    if _within_visit(a, b) or _within_visit(b, a) or _other_partner(a, b):
        return 0.0
    if {"previous", "next"} & {a.cue.back, b.cue.back} and a.date != b.date:
        return 0.0
    if _arrival(a, b) or _arrival(b, a):
        return 0.5
    if _first_and_last(a, b) or _first_and_last(b, a):
        return 1.0
    slip = _weekday_slip(a, b)
    dates = 1.0 if slip else _dates(a.date, b.date)
    if dates == 0.0 or (a.place and b.place and a.place.casefold() != b.place.casefold() and dates < 1.0):
        return 0.0
    parties = overlap(a.parties, b.parties)
    thin = len(b.parties) < 2 or len(a.parties) < 2
    if a.date and b.date:
        # A date that only covers the other (2024, novembre 2024) is another meeting unless the words refer back.
        if dates < 1.0 and not (a.cue.back or b.cue.back) and a.noun != b.noun:
            return 0.0
        return dates + parties if parties >= 0.5 or thin or _same(a.place, b.place) else 0.0
    if a.status is not b.status and (not back or _talk_of(a, b) or _talk_of(b, a)):
        return 0.0
    if back == "demonstrative":
        return 0.5 + parties
    if back == "definite":
        return 0.3 + parties if parties >= 0.3 or thin else 0.0
    if a.place and b.place:
        return 0.4 + parties if parties >= 0.5 else 0.0
    if not back and not thin and not _same_parties(a, b):
        # « le sommet de novembre … », « les deux dirigeants se retrouveront à Rome »: nothing ties one to the other.
        return 0.0
    return 0.2 + parties if parties >= 0.5 or (thin and b.weight < 3) else 0.0


def _first_and_last(a: Draft, b: Draft) -> bool:
    """Tell whether `b` says when the meeting `a` ends: « s'est ouverte samedi … La conférence s'achève dimanche »."""
    left, right = parse_or_none(a.date), parse_or_none(b.date)
    if not b.ends or a.ends or b.cue.back not in ("definite", "demonstrative") or left is None or right is None:
        return False
    if left.earliest is None or right.earliest is None or left.is_interval or right.is_interval:
        return False
    return 0 < (right.earliest - left.earliest).days <= LONGEST_DAYS


def _arrival(a: Draft, b: Draft) -> bool:
    """Tell whether `b` is only how people came to the meeting `a`: « il était arrivé dimanche à Moscou »."""
    left, right = parse_or_none(a.date), parse_or_none(b.date)
    if b.cue.kind != "travel" or a.cue.kind == "travel" or left is None or right is None:
        return False
    if left.earliest is None or right.earliest is None or not 0 < (left.earliest - right.earliest).days <= 3:
        return False
    return a.place is None or _same(a.place, b.place) or overlap(a.parties, b.parties) >= 0.5


def _same_parties(a: Draft, b: Draft) -> bool:
    left, right = expanded(a.parties), expanded(b.parties)
    return left <= right or right <= left or 2 * len(left & right) >= len(left | right)


def _aside(a: Draft, b: Draft) -> bool:
    """Tell whether one is a meeting of two on the side of a meeting of more: « son tête-à-tête avec le Malien »."""
    small, large = (a, b) if len(expanded(a.parties)) <= len(expanded(b.parties)) else (b, a)
    return small.cue.bilateral and len(expanded(small.parties)) == 2 and len(expanded(large.parties)) > 2


def _within_visit(visit: Draft, talk: Draft) -> bool:
    """Tell whether `talk` is one of the meetings of a visit: « reçu jeudi par le président », « leur entretien »."""
    if not visit.cue.visit or talk.cue.visit:
        return False
    if visit.date and "/" in visit.date:
        # A visit of several days is no meeting of one.
        held = talk.cue.kind in ("receive", "meet", "sign") or talk.cue.bilateral or talk.cue.ceremony
        whole, day = parse_or_none(visit.date), parse_or_none(talk.date)
        if held and (day is None or (whole is not None and not day.is_interval and whole.covers(day))):
            return True
    if not visit.noun or talk.cue.back in ("definite", "demonstrative"):
        return False
    return (talk.cue.kind == "receive" or talk.cue.bilateral) and len(talk.parties) > 1


def _other_partner(a: Draft, b: Draft) -> bool:
    """Tell whether each names somebody the other does not, and one is between two: A with B is not A with C."""
    left, right = expanded(a.parties), expanded(b.parties)
    small = a if len(left) <= len(right) else b
    between_two = small.cue.bilateral and len(expanded(small.parties)) == 2
    return between_two and bool(left - right) and bool(right - left)


def _talk_of(talk: Draft, journey: Draft) -> bool:
    """Tell whether one is « leur entretien » and the other a journey, which it is not if only one is still to come."""
    return talk.cue.bilateral and talk.cue.back == "demonstrative" and journey.cue.visit


def _weekday_slip(a: Draft, b: Draft) -> bool:
    """Tell whether one is dated by a bare weekday that misses the other's day by one: the text contradicts itself."""
    if a.bare_weekday == b.bare_weekday or not a.date or not b.date:
        return False
    left, right = parse_or_none(a.date), parse_or_none(b.date)
    if left is None or right is None or left.earliest is None or right.earliest is None:
        return False
    return abs((left.earliest - right.earliest).days) == 1 and bool(a.cue.back or b.cue.back)


def expanded(parties: tuple[str, ...]) -> frozenset[str]:
    """Return the parties with each small group replaced by its members; one member of a large one is not the group."""
    out: set[str] = set()
    for party in parties:
        inside = members(party)
        out.update(inside if 0 < len(inside) <= _SMALL_GROUP else (party,))
    return frozenset(out)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a.casefold() == b.casefold()


def _dates(a: str | None, b: str | None) -> float:
    """1.0 for the same date, 0.6 when one covers the other or is unknown, 0.0 when they exclude each other."""
    if a == b and a is not None:
        return 1.0
    left, right = parse_or_none(a), parse_or_none(b)
    if left is None or right is None:
        return 0.6
    return 0.6 if left.covers(right) or right.covers(left) else 0.0


def overlap(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Return the shared parties over the smaller side, groups counted as their members."""
    left, right = expanded(a), expanded(b)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _finer(a: str | None, b: str | None) -> str | None:
    left, right = parse_or_none(a), parse_or_none(b)
    if left is None or right is None:
        return a or b
    if left.covers(right) and right.covers(left):
        return a
    # First and last day are told on purpose; a day within them is one day of the meeting.
    if right.is_interval and right.precision >= left.precision and right.covers(left):
        return b
    return b if right.precision > left.precision and left.covers(right) else a


def _first(values: Iterable[int | None]) -> int | None:
    return next((v for v in values if v is not None), None)


def _better_title(rich: Draft, poor: Draft) -> str | None:
    """Return the title that names the meeting best: not « cette rencontre », not a weak noun, then the longer."""
    titled = [d for d in (rich, poor) if d.title]
    best = max(
        titled,
        key=lambda d: (
            d.cue.firm,
            not d.cue.weak,
            d.date is not None,
            d.cue.back not in ("demonstrative", "definite"),
            len(d.title or ""),
        ),
        default=None,
    )
    return best.title if best else None


def _stands_alone(draft: Draft) -> bool:
    if draft.recurring:
        return draft.status is MeetingStatus.PLANNED and draft.cue.kind not in ("travel", "stay")
    known = (draft.date is not None) + (draft.place is not None) + (len(draft.parties) > 1)
    if draft.cue.kind == "travel" and draft.place is not None and len(draft.parties) > 1:
        return True
    if draft.place is not None and draft.status is MeetingStatus.PLANNED and draft.cue.back == "next":
        return True
    if draft.cue.kind == "sign":
        return known == 3
    if draft.apart:
        return len(draft.parties) > 1
    told = draft.status is MeetingStatus.HELD and draft.place is not None and len(draft.parties) > 1
    if draft.cue.weak and draft.cue.occasion and told:
        # « après douze heures de négociations à Genève »
        return True
    if draft.cue.weak and draft.cue.visit and draft.noun and draft.place is not None and len(draft.parties) > 1:
        # « son voyage en Namibie »
        return True
    if draft.cue.weak:
        return draft.date is not None and known >= 2
    if draft.cue.back == "demonstrative":
        # « cette rencontre » of two, which nothing else in the text tells of
        return (draft.date is not None and known >= 2) or (len(draft.parties) > 1 and not draft.cue.firm)
    if draft.cue.firm and (len(draft.parties) > 1 or (draft.which and draft.noun)):
        # « la 44e réunion du comité »: which one it is says enough.
        return True
    if draft.cue.between and len(draft.parties) > 1 and draft.cue.back != "previous":
        # « la séance de travail entre les deux délégations »
        return True
    if draft.cue.told and not draft.cue.back and draft.status is MeetingStatus.HELD and draft.parties:
        return True
    if draft.cue.back == "definite":
        # « le sommet de l'organisation s'est achevé à X »: a body's own
        own = draft.cue.told or any(map(members, draft.parties))
        return draft.date is not None or known >= 2 or (draft.place is not None and own)
    announced = draft.soon or draft.cue.between or draft.cue.told
    if draft.status is MeetingStatus.PLANNED and len(draft.parties) > 1 and announced:
        return draft.cue.kind in ("meet", "noun", "receive") and not draft.noun.endswith("s")
    if draft.status is MeetingStatus.PLANNED and draft.date is None and draft.noun.endswith("s"):
        # « nous tiendrons des rencontres »: no one meeting that could be looked for later.
        return False
    if draft.noun and not draft.cue.back and draft.status is MeetingStatus.HELD:
        return len(draft.parties) > 1 or draft.date is not None or (draft.place is not None and len(draft.parties) == 1)
    if (
        draft.cue.kind == "meet"
        and not draft.cue.weak
        and draft.status is MeetingStatus.HELD
        and len(draft.parties) == 2
    ):
        return True
    if draft.cue.kind == "meet" and draft.status is MeetingStatus.PLANNED and draft.place is not None:
        return True
    if draft.cue.kind in ("receive", "host"):
        return len(draft.parties) > 1 or known >= 2 or (draft.date is not None and bool(draft.parties))
    if draft.cue.kind == "meet" and draft.status is MeetingStatus.PLANNED and draft.soon and draft.parties:
        return True
    return known >= 2 or draft.date is not None or (draft.cue.visit and len(draft.parties) > 1)
