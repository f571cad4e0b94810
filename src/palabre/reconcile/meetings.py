"""The same meeting in several accounts: blocking, an explainable score, then groups. Doubtful pairs stay apart.

A meeting is recognised by its parties, its day and its place, less by its name. Two mentions in one document are two
meetings, unless everything they say is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for, table
from palabre.model.edtf import Edtf, Precision, parse_or_none, sort_key
from palabre.model.ids import same_content
from palabre.model.records import Meeting
from palabre.model.vocabulary import MeetingStatus, Sector
from palabre.reconcile.grouping import Grouped, Link, blocked_pairs, group
from palabre.reconcile.items import MeetingItem, days_of, evidence_of, expanded, folded, items_of, most_common
from palabre.reconcile.phrases import phrases_in
from palabre.reconcile.places import finest, plain_place, same_place
from palabre.reconcile.words import features, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.copies import Copies
    from palabre.reconcile.judged import Decisions

THRESHOLD = 0.6
DOUBT = 0.45
SLIP_DAYS = 1
"""Accounts of one meeting may be a day apart (a report written the day after, a time zone)."""
SAME_CIRCLE = 0.75
"""Part of all parties that two series of meetings must share."""
TELLING = frozenset(("call", "tour"))
"""Kinds that a text never fails to name: a call is not told as a meeting."""
LONGEST_DAYS = 366
MOST_PARTIES = 8
"""Couples of parties used for blocking are those of so many, in order of id."""
RECENT_DAYS = 45
"""A meeting told as news without its date took place at most so long before the text."""


@dataclass(frozen=True)
class MeetingGroup:
    """One meeting's mentions, the links that joined them, and the questions left."""

    items: tuple[MeetingItem, ...]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]

    @property
    def id(self) -> str:
        """Return the record's id, made from its first mention."""
        return same_content("m", min(i.id for i in self.items))


def group_meetings(documents: Sequence[ReadDocument], copies: Copies, decided: Decisions) -> tuple[MeetingGroup, ...]:
    """Return the meetings that `documents` tell of."""
    found: tuple[MeetingItem, ...] = items_of(documents, "meetings")
    items = tuple(i for i in found if not decided.is_rejected(i.id))
    by_id = {i.id: i for i in items}
    pairs = blocked_pairs({i.id: meeting_keys(i) for i in items}, days_of(items))
    links = [link for a, b in pairs if (link := compare(by_id[a], by_id[b], copies)) is not None]
    return meetings_among(by_id, links, decided)


def meetings_among(
    by_id: Mapping[str, MeetingItem], links: Iterable[Link], decided: Decisions
) -> tuple[MeetingGroup, ...]:
    """Return the meetings that mentions (by id) tell of, given the links between them."""
    links = list(links)

    def run(groups: Iterable[Sequence[str]]) -> Grouped:
        return group(
            list(by_id),
            links,
            decided.ties(list(by_id), groups),
            threshold=THRESHOLD,
            doubt=DOUBT,
            compatible=lambda a, b: _compatible([by_id[i] for i in sorted(a)], [by_id[i] for i in sorted(b)]),
        )

    grouped = run(())
    if decided.splits:
        grouped = run(grouped.groups)
    return tuple(
        MeetingGroup(tuple(by_id[i] for i in ids), links, questions) for ids, links, questions in grouped.by_group()
    )


def meeting_keys(item: MeetingItem) -> set[str]:
    """Return the blocking keys: each party with each month it can lie in (its publication's when no date is told)."""
    date = parse_or_none(item.found.date)
    parties = expanded(item.found.parties)
    if not parties:
        parties = frozenset((f"place:{item.found.place}",))
    months: set[str] = set()
    years: set[str] = set()
    if date is not None and date.earliest and date.latest:
        years = {str(y) for y in range(date.earliest.year, min(date.latest.year, date.earliest.year + 3) + 1)}
        if date.precision >= Precision.MONTH:
            months = {f"{d.year}-{d.month:02d}" for d in (date.earliest, date.latest)}
    elif item.read.document.meta.published is not None:
        day = item.read.document.meta.published
        before = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
        months = {f"{day.year}-{day.month:02d}", f"{before[0]}-{before[1]:02d}"}
    # An undated mention meets all of its parties' undated ones; a date known to the year meets its year.
    when = months | {f"y{y}" for y in years} if months or years else {"undated"}
    if not months or item.found.date is None:
        when |= {"undated"}
    couples = {f"{p}+{q}" for p, q in combinations(sorted(parties)[:MOST_PARTIES], 2)} or parties
    keys = {f"{p}|{w}" for p in parties for w in when if not w.startswith(("y", "undated"))}
    return keys | {f"{c}|{w}" for c in couples for w in (*when, "undated")}


def compare(a: MeetingItem, b: MeetingItem, copies: Copies) -> Link | None:
    """Return how likely two mentions are one meeting, with the reasons; None when they cannot be."""
    left, right = a.found, b.found
    if a.doc == b.doc:
        same = (left.date, left.place, expanded(left.parties), left.status) == (
            right.date, right.place, expanded(right.parties), right.status,
        )  # fmt: skip
        if same and left.date is not None:
            return Link(a.id, b.id, 0.95, "same_document same_values")
        return None
    if copies.same_place(a.doc, left.span, b.doc, right.span):
        return Link(a.id, b.id, 1.0, "copied_passage")
    parties, parties_why = _parties(left.parties, right.parties)
    place = same_place(left.place, right.place)
    if parties is None or place == 0.0:
        return None
    date, date_why = _dates(a, b)
    if date is None:
        return None
    kinds = _kinds(a), _kinds(b)
    apart = not kinds[0] & kinds[1] and ((kinds[0] and kinds[1]) or (kinds[0] | kinds[1]) & TELLING)
    if apart and date < 0.9:
        return None
    series = _is_series(a)
    if series and (parties < SAME_CIRCLE or not left.parties or not right.parties):
        # Meetings to come have no day to be told by: only who will meet.
        return None
    if series != _is_series(b) or (date < 0.9 and _other_margins(left.margins_of, right.margins_of)):
        return None
    if ("bilateral" in kinds[0] and len(expanded(right.parties)) > 2) or (
        "bilateral" in kinds[1] and len(expanded(left.parties)) > 2
    ):
        return None
    if left.level and right.level and left.level != right.level and date < 0.9:
        return None
    words = likeness(features(a.words, a.lang), features(b.words, b.lang))
    score = 0.45 * date + 0.35 * parties + 0.2 * (0.5 if place is None else place)
    score += 0.1 * min(1.0, words.score * 2) - 0.05
    if date_why == "slip" and not (parties >= 0.9 and (place or 0) >= 0.7):
        score = min(score, DOUBT + 0.05)
    why = [f"parties:{parties_why}", f"date:{date_why}"]
    if place:
        why.append(f"place:{left.place}~{right.place}" if place < 1 else f"place:{left.place}")
    return Link(a.id, b.id, round(max(0.0, min(1.0, score)), 6), " ".join(why))


def _other_margins(a: str | None, b: str | None) -> bool:
    """Tell whether two meetings were held in the margins of two events: their names share no word."""
    if not a or not b:
        return False
    left, right = ({w for w in plain_place(name).split() if len(w) > 3} for name in (a, b))
    return not left & right


def _parties(a: Sequence[str], b: Sequence[str]) -> tuple[float | None, str]:
    left, right = expanded(a), expanded(b)
    if not left or not right:
        return 0.4, "unknown"
    shared = left & right
    share = len(shared) / len(left | right)
    if share >= 0.5 or (len(shared) >= 2 and len(shared) == min(len(left), len(right)) and share >= 0.25):
        return max(share, 0.6), "+".join(folded(shared))
    if len(shared) == 1 and min(len(left), len(right)) == 1:
        return 0.5, "+".join(folded(shared))
    return None, ""


def _dates(a: MeetingItem, b: MeetingItem) -> tuple[float | None, str]:
    left, right = parse_or_none(a.found.date), parse_or_none(b.found.date)
    if left is not None and right is not None:
        agreement = _two_dates(left, right)
        if agreement[1] == "slip" and (_names(a, right) or _names(b, left)):
            # A text that names both days tells of two meetings of one stay.
            return None, ""
        return agreement
    if left is None and right is None:
        if _is_series(a) and _is_series(b):
            return 0.8, "series"
        days = a.read.document.meta.published, b.read.document.meta.published
        apart = abs((days[0] - days[1]).days) if days[0] and days[1] else None
        if apart is not None and apart <= 7:
            return 0.6, "published_together"
        return (0.35, "unknown") if apart is None or apart <= RECENT_DAYS else (None, "")
    dated, undated = (a, b) if left is not None else (b, a)
    date = left or right
    told = undated.read.document.meta.published
    if _is_series(undated):
        return None, ""
    if date is None or told is None or date.latest is None or date.earliest is None:
        return 0.45, "unknown"
    after = (told - date.earliest).days
    held = undated.found.status is MeetingStatus.HELD
    near = -1 <= after <= RECENT_DAYS if held else -RECENT_DAYS * 4 <= (told - date.latest).days <= 1
    if not near:
        years = max(0, after) / 365
        return (0.55 - 0.04 * min(5, years), "named") if after > 0 and _same_event(a, b) else (None, "")
    spread = dated.read.document.meta.published
    close = spread is not None and abs((spread - told).days) <= 14
    return (0.7 if close or after <= 14 else 0.6), "near_publication"


def _names(item: MeetingItem, day: Edtf) -> bool:
    """Tell whether the document names a day besides that of the mention."""
    return any(d.value == day.value for d in item.read.annotations.dates)


def _same_event(a: MeetingItem, b: MeetingItem) -> bool:
    """Tell whether both are called by the same noun at the same place (« le sommet de Pékin », months later)."""
    if same_place(a.found.place, b.found.place) != 1.0:
        return False
    return bool(_called(a) & _called(b))


def _called(item: MeetingItem) -> frozenset[str]:
    named: Mapping[str, list[str]] = table(pack_for(item.lang), "reconcile").get("meeting", {}).get("named", {})
    words = f"{item.words} {item.found.title or ''}"
    return frozenset(kind for kind, nouns in named.items() if phrases_in(words, nouns))


def _two_dates(left: Edtf, right: Edtf) -> tuple[float | None, str]:
    if left.value == right.value:
        return (1.0 if left.precision is Precision.DAY else 0.75), left.value
    if left.compatible(right):
        finest_first = max(left.precision, right.precision)
        coarsest = min(left.precision, right.precision)
        if max(_length(left), _length(right)) > LONGEST_DAYS:
            # A span of years names no meeting.
            return 0.3, "unknown"
        if coarsest is Precision.DAY:
            return 0.95, f"{left.value}~{right.value}"
        if coarsest is Precision.MONTH:
            return 0.85, f"{left.value}~{right.value}"
        return (0.7 if finest_first >= Precision.MONTH else 0.6), f"{left.value}~{right.value}"
    if left.precision is right.precision is Precision.DAY and left.earliest and right.earliest:
        ends = [d for d in (left.latest, right.latest) if d]
        gap = max(left.earliest, right.earliest) - min(ends)
        if gap.days <= SLIP_DAYS:
            return 0.7, "slip"
    return None, ""


def _length(date: Edtf) -> int:
    return (date.latest - date.earliest).days if date.latest and date.earliest else 10**6


def _kinds(item: MeetingItem) -> frozenset[str]:
    kinds: Mapping[str, list[str]] = table(pack_for(item.lang), "reconcile").get("meeting", {}).get("kinds", {})
    words = item.words
    return frozenset(k for k, cues in kinds.items() if phrases_in(words, cues))


def _is_series(item: MeetingItem) -> bool:
    """Tell whether a mention is of meetings to be held again and again, not of one."""
    if item.found.date is not None or item.found.status is MeetingStatus.HELD:
        return False
    cadences: Mapping[str, list[str]] = table(pack_for(item.lang), "reconcile").get("cadence", {})
    return any(phrases_in(item.words, cues) for cues in cadences.values())


def _compatible(a: Sequence[MeetingItem], b: Sequence[MeetingItem]) -> bool:
    """Tell whether two groups can be one meeting: no two days or places that exclude each other."""
    slips, likely = 0, False
    for x in a:
        for y in b:
            date, why = _dates(x, y)
            if date is None and x.found.date is not None and y.found.date is not None:
                return False
            likely = likely or date is not None
            slips += why == "slip"
            if same_place(x.found.place, y.found.place) == 0.0:
                return False
            if x.doc == y.doc and (x.found.date, expanded(x.found.parties)) != (
                y.found.date,
                expanded(y.found.parties),
            ):
                return False
    if not likely:
        return False
    return slips <= max(1, len(a) * len(b) // 2)


def meeting_record(found: MeetingGroup, copies: Copies, decided: Decisions) -> Meeting:
    """Return the record of a group: values given by most origins, the finest date that most can agree with."""
    items = found.items
    ids = [i.id for i in items]
    parties = _parties_of(items)
    docs = {i.doc for i in items}
    status = MeetingStatus.HELD if any(i.found.status is MeetingStatus.HELD for i in items) else MeetingStatus.PLANNED
    doubts = {f"{e.why}|{same_content('m', e.right if e.left in ids else e.left)}" for e in found.questions}
    return Meeting(
        id=found.id,
        mentions=evidence_of(items),
        date=best_date([i.found.date for i in items]),
        place=finest([i.found.place for i in items if i.found.place]),
        parties=parties,
        status=status,
        title=most_common([i.found.title for i in items]),
        level=most_common([i.found.level for i in items]),
        origins=copies.count(docs),
        margins_of=most_common([i.found.margins_of for i in items]),
        doubts=() if decided.is_confirmed(ids) else tuple(sorted(doubts)),
        ministers=_ministers(items),
    )


def _ministers(items: Sequence[MeetingItem]) -> str | None:
    """Return the one sector whose ministers met, as accounts name it in the words of the meeting; None for others."""
    told: set[str] = set()
    for item in items:
        by_sector: Mapping[str, list[str]] = table(pack_for(item.lang), "reconcile").get("ministers", {})
        words = f"{item.words} {item.found.title or ''}"
        told.update(sector for sector, names in by_sector.items() if phrases_in(words, names))
    return told.pop() if len(told) == 1 and told != {Sector.DIPLOMACY.value} else None


def best_date(dates: Sequence[str | None]) -> str | None:
    """Return the finest of the dates that agree with most of the others; the earliest among equals."""
    known = [d for d in dates if parse_or_none(d) is not None]
    if not known:
        return None

    def rank(value: str | None) -> tuple[int, int, int, int, tuple[int, str]]:
        date = parse_or_none(value)
        assert date is not None
        agreeing = sum(1 for other in known if (o := parse_or_none(other)) is not None and o.compatible(date))
        span = (date.latest - date.earliest).days if date.latest and date.earliest else 10**6
        return (-date.precision, -agreeing, -known.count(value), span, sort_key(value))

    return min(known, key=rank)


def _parties_of(items: Sequence[MeetingItem]) -> tuple[str, ...]:
    """Return the parties that most accounts with any give."""
    told = [expanded(i.found.parties) for i in items if i.found.parties]
    if not told:
        return ()
    counts: dict[str, int] = {}
    for parties in told:
        for party in parties:
            counts[party] = counts.get(party, 0) + 1
    return folded(p for p, n in counts.items() if n * 2 >= len(told))
