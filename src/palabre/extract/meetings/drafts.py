"""Drafts of meetings and when two of them are one. Knows nothing of words: it compares dates, places and parties."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.model.edtf import parse_or_none
from palabre.model.spans import Span
from palabre.model.vocabulary import MeetingStatus

if TYPE_CHECKING:
    from palabre.extract.meetings.cues import Cue


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

    @property
    def weight(self) -> int:
        """Return how much the draft says: one for a date, a place, each of up to three parties."""
        return 2 * (self.date is not None) + (self.place is not None) + min(3, len(self.parties))

    def absorb(self, other: Draft) -> Draft:
        """Return this draft with what only `other` knows; the fuller of the two gives the span."""
        rich, poor = (self, other) if self.weight >= other.weight else (other, self)
        return replace(
            rich,
            date=_finer(rich.date, poor.date),
            date_span=rich.date_span or poor.date_span,
            place=rich.place or poor.place,
            parties=rich.parties if len(rich.parties) >= len(poor.parties) else poor.parties,
            status=rich.status if rich.date or not poor.date else poor.status,
            title=_longer(rich.title, poor.title),
            level=rich.level or poor.level,
            margins=rich.margins or poor.margins,
            format=rich.format or poor.format,
            recurring=rich.recurring and poor.recurring,
            weekday=rich.weekday if rich.weekday is not None else poor.weekday,
        )


def joined(before: Draft, draft: Draft, cue: Cue) -> bool:
    """Tell whether two cues of one clause tell one meeting: « a été reçu … à l'occasion d'une visite »."""
    if before.apart or draft.apart or before.cue.sentence != cue.sentence:
        return False
    if before.date and draft.date and before.date != draft.date:
        return False
    if before.place and draft.place and before.place != draft.place:
        return False
    same_words = before.date_span == draft.date_span if before.date and draft.date else True
    verb_and_noun = (before.cue.kind == "noun") != (cue.kind == "noun")
    back = cue.back in ("definite", "demonstrative")
    return same_words and (verb_and_noun or back or before.span.touches(draft.span))


def merge_all(drafts: list[Draft], published: dt.date | None) -> list[Draft]:
    """Return one draft per meeting, in order of first mention; drafts that say too little are left out."""
    kept: list[Draft] = []
    # Those that say when or where come first: a vague mention joins them wherever it stands in the text.
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].date is None, drafts[i].cue.weak, i))
    for i in order:
        draft = drafts[i]
        twin = _twin(kept, draft)
        if twin is not None:
            kept[twin] = kept[twin].absorb(draft)
        elif _stands_alone(draft):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.span)


def _twin(kept: list[Draft], draft: Draft) -> int | None:
    best: tuple[float, int] | None = None
    for i, other in enumerate(kept):
        score = likeness(other, draft)
        if score > 0 and (best is None or score > best[0]):
            best = (score, i)
    return best[1] if best else None


def likeness(a: Draft, b: Draft) -> float:
    """Return how likely two drafts are one meeting, 0.0 when they cannot be."""
    if a.apart and b.apart:
        return 0.0
    if a.recurring != b.recurring and MeetingStatus.PLANNED in (a.status, b.status):
        return 0.0
    back = "demonstrative" if "demonstrative" in (a.cue.back, b.cue.back) else b.cue.back or a.cue.back
    if {"previous", "next"} & {a.cue.back, b.cue.back} and a.date != b.date:
        return 0.0
    dates = _dates(a.date, b.date)
    if dates == 0.0 or (a.place and b.place and a.place.casefold() != b.place.casefold() and dates < 1.0):
        return 0.0
    parties = _overlap(a.parties, b.parties)
    thin = len(b.parties) < 2 or len(a.parties) < 2
    if a.date and b.date:
        return dates + parties if parties >= 0.5 or thin or _same(a.place, b.place) else 0.0
    if a.status is not b.status and not back:
        return 0.0
    if back == "demonstrative":
        return 0.5 + parties
    if back == "definite":
        return 0.3 + parties if parties >= 0.3 or thin else 0.0
    if a.place and b.place:
        return 0.4 + parties if parties >= 0.5 else 0.0
    return 0.2 + parties if parties >= 0.5 or (thin and b.weight < 3) else 0.0


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


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    left, right = set(a), set(b)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _finer(a: str | None, b: str | None) -> str | None:
    left, right = parse_or_none(a), parse_or_none(b)
    if left is None or right is None:
        return a or b
    return b if right.precision > left.precision and left.covers(right) else a


def _longer(a: str | None, b: str | None) -> str | None:
    return max((t for t in (a, b) if t), key=len, default=None)


def _stands_alone(draft: Draft) -> bool:
    if draft.recurring:
        return draft.status is MeetingStatus.PLANNED and draft.cue.kind != "travel"
    known = (draft.date is not None) + (draft.place is not None) + (len(draft.parties) > 1)
    if draft.cue.weak:
        return draft.date is not None and known >= 2
    if draft.cue.back == "demonstrative":
        return draft.date is not None and known >= 2
    if draft.cue.back == "definite":
        return draft.date is not None or known >= 2
    if draft.cue.kind in ("receive", "host", "meet"):
        return known >= 1 and len(draft.parties) > 1
    return known >= 2 or draft.date is not None
