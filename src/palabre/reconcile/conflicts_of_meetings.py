"""What accounts of one meeting say differently: weekday, days, format, level, state, number of participants."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from palabre.model.edtf import Precision, parse_or_none
from palabre.model.spans import Span
from palabre.model.vocabulary import MeetingStatus
from palabre.reconcile.compared import CONTRADICTION, VARIANT, Claim, Compared, Finding, disagree, place_in, words_for
from palabre.reconcile.figures import Figure, figures_in
from palabre.reconcile.items import sentence_around
from palabre.reconcile.meetings import best_date
from palabre.reconcile.phrases import evened, phrases_in
from palabre.reconcile.places import finest
from palabre.reconcile.zones import Zone, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from palabre.model.edtf import Edtf
    from palabre.reconcile.items import MeetingItem
    from palabre.reconcile.meetings import MeetingGroup

BESIDE = 30
"""A cue of format counts when the name of a meeting stands within so many code points before it, or just after."""

LONGEST_STAY = 6
"""Dates further apart are « this week », not the length of a meeting."""


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield what accounts of each meeting say differently."""
    for group in compared.meetings:
        if len({i.doc for i in group.items}) < 2:
            continue
        subject = _called(group)
        zones = [zone_of(i) for i in group.items]
        for found in (
            _weekday(group, zones),
            _days(group),
            _duration(zones),
            _format(zones),
            _level(zones),
            _stage(zones),
            _status(group),
        ):
            if found is not None:
                field, kind, claims = found
                yield Finding(field, kind, group.id, tuple(claims), subject)
        for field in ("participants", "agreements"):
            for noun, claims in _counts(zones, field):
                yield Finding(field, CONTRADICTION, group.id, tuple(claims), {**subject, "noun": noun})


Found = tuple[str, str, list[Claim]]


def _called(group: MeetingGroup) -> dict[str, str]:
    """Return what a meeting is called by: its place and date, else its words."""
    place = finest([i.found.place for i in group.items if i.found.place])
    date = best_date([i.found.date for i in group.items])
    known = {name: value for name, value in (("meeting_place", place), ("meeting_date", date)) if value}
    return known or {"meeting_words": group.items[0].words[:60]}


def _single_day(value: str | None) -> Edtf | None:
    date = parse_or_none(value)
    if date is None or date.precision is not Precision.DAY or date.earliest != date.latest:
        return None
    return date


def _weekday(group: MeetingGroup, zones: Sequence[Zone]) -> Found | None:
    """Weekdays named for the meeting's day; against the calendar's when only one account names it."""
    claims: list[Claim] = []
    silent: list[MeetingItem] = []
    day = _single_day(best_date([i.found.date for i in group.items]))
    for zone in zones:
        item = zone.item
        if (own := _single_day(item.found.date)) is None or day is None or own.value != day.value:
            continue
        named = _named_weekdays(zone)
        claims += [Claim(str(n), place_in(item.read, span)) for n, span in named]
        if not named:
            silent.append(item)
    if disagree(claims):
        return "weekday", CONTRADICTION, claims
    if claims and day is not None and day.earliest is not None:
        right = str(day.earliest.weekday())
        if all(c.value != right for c in claims):
            dated = [Claim(right, i.evidence) for i in silent]
            if dated:
                return "weekday", CONTRADICTION, claims + dated
    return None


def _named_weekdays(zone: Zone) -> list[tuple[int, Span]]:
    read = zone.read
    text = read.document.text
    weekdays: dict[str, int] = words_for(zone.item.lang, "weekdays")
    spans = [zone.item.found.span]
    for date in read.annotations.dates:
        own = parse_or_none(zone.item.found.date)
        told = parse_or_none(date.value)
        if told is None or own is None or told.value != own.value:
            continue
        if zone.main or zone.sentence.contains(date.span):
            spans.append(date.span)
    out: dict[int, Span] = {}
    other_dates = [d.span for d in read.annotations.dates if d.value != zone.item.found.date]
    for span in spans:
        for at in phrases_in(span.text(text), weekdays):
            at = at.shifted(span.start)
            if not any(o.touches(at) for o in other_dates):
                out.setdefault(weekdays[evened(at.text(text))], at)
    if not out and zone.item.found.weekday is not None:
        out[zone.item.found.weekday] = zone.item.found.span
    return sorted(out.items())


def _days(group: MeetingGroup) -> Found | None:
    """Days that exclude each other."""
    dated = [(i, d) for i in group.items if (d := parse_or_none(i.found.date)) is not None]
    fine = [(i, d) for i, d in dated if d.precision is Precision.DAY and d.earliest and d.latest]
    claims = [Claim(d.value, i.evidence) for i, d in fine]
    spans = [d for _, d in fine if d.is_interval]
    for n, (_, a) in enumerate(fine):
        for _, b in fine[n + 1 :]:
            # The first and the last day of a meeting of several days are both days of it.
            within = any(s.compatible(a) and s.compatible(b) for s in spans)
            if not a.compatible(b) and not within and disagree(claims):
                return "date", CONTRADICTION, claims
    return None


def _duration(zones: Sequence[Zone]) -> Found | None:
    """How long it lasted: lengths told or dates from and to; against a single day, a difference of scope."""
    told: list[tuple[Zone, int, Claim]] = []
    single: list[tuple[Zone, Edtf]] = []
    for zone in zones:
        item = zone.item
        date = parse_or_none(item.found.date)
        stated = _stated_days(zone)
        if stated is not None:
            told.append((zone, stated[0], Claim(f"days:{stated[0]}", place_in(zone.read, stated[1]))))
        elif (
            date is not None and date.precision is Precision.DAY and date.is_interval and date.latest and date.earliest
        ):
            days = (date.latest - date.earliest).days + 1
            if days > LONGEST_STAY:
                continue
            told.append((zone, days, Claim(f"days:{days}", item.evidence)))
        elif date is not None and date.precision is Precision.DAY:
            single.append((zone, date))
    claims = [c for _, _, c in told]
    if disagree(claims):
        planned = any(z.item.found.status is MeetingStatus.PLANNED for z, _, _ in told)
        return "duration", VARIANT if planned else CONTRADICTION, claims
    first = {d.earliest for z, _, _ in told if (d := parse_or_none(z.item.found.date)) is not None}
    alone = [
        Claim(date.value, zone.item.evidence)
        for zone, date in single
        if date.earliest in first and not _names_later_days(zone, date)
    ]
    if alone and any(days > 1 for _, days, _ in told):
        return "duration", VARIANT, claims + alone
    return None


def _names_later_days(zone: Zone, date: Edtf) -> bool:
    """Tell whether the text names one of the days that follow: it knows that there was more than one."""
    later = {date.earliest + timedelta(days=n) for n in (1, 2, 3)} if date.earliest else set()
    told = (parse_or_none(d.value) for d in zone.read.annotations.dates)
    return any(d.latest in later for d in told if d is not None and d.precision is Precision.DAY)


def _stated_days(zone: Zone) -> tuple[int, Span] | None:
    """Return the length told of the meeting, in days, with its place (« une visite de 48 heures »: 2)."""
    lang = zone.item.lang
    units: dict[str, list[str]] = words_for(lang, "length", "units")
    hours = set(units.get("hours", ()))
    leads = set(words_for(lang, "length", "leads"))
    nouns = words_for(lang, "meeting", "nouns")
    text = zone.read.document.text
    for at in zone.anywhere([u for names in units.values() for u in names]):
        start = max(0, at.start - 60)
        figure = next((f for f in figures_in(text[start : at.start], lang) if f.span.end >= at.start - start - 1), None)
        if figure is None or figure.value > 240 or figure.approximate:
            continue
        before = evened(text[start : start + figure.span.start])
        lead = before.split()[-1:] or [""]
        beside = phrases_in(before, nouns) or zone.sentence.contains(at)
        if lead[0] not in leads or not beside:
            continue
        days = figure.value / 24 if evened(at.text(text)) in hours else figure.value
        if days >= 1 and days == int(days):
            return int(days), Span(start + figure.span.start, at.end)
    return None


def _format(zones: Sequence[Zone]) -> Found | None:
    claims: list[Claim] = []
    for zone in zones:
        formats: dict[str, int] = words_for(zone.item.lang, "formats")
        nouns = list(words_for(zone.item.lang, "meeting", "nouns"))
        text = evened(zone.read.document.text)
        told: dict[int, Span] = {}
        for at in zone.anywhere(formats):
            before = text[max(0, at.start - BESIDE) : at.start]
            after = text[at.end : at.end + BESIDE // 2]
            number = formats[text[at.start : at.end]]
            if not _meeting_noun_beside(before, after, nouns) or (
                number == 2 and zone.near([text[at.start : at.end]]) == ()
            ):
                continue
            told.setdefault(number, at)
        if len(told) == 1:
            claims += [Claim(f"format_{n}", place_in(zone.read, at)) for n, at in told.items()]
    return ("format", CONTRADICTION, claims) if disagree(claims) else None


def _meeting_noun_beside(before: str, after: str, nouns: Sequence[str]) -> bool:
    plural = [*nouns, *(n + "s" for n in nouns)]
    found = phrases_in(before, plural)
    # « une rencontre trilatérale », « ce rendez-vous à quatre »; no other noun may come between.
    if found and len(before[found[-1].end :].split()) <= 1:
        return True
    found = phrases_in(after, plural)
    return bool(found) and not after[: found[0].start].strip()


def _level(zones: Sequence[Zone]) -> Found | None:
    """A summit in some accounts, a meeting of ministers in others, with no head of state in any."""
    claims: list[Claim] = []
    for zone in zones:
        levels = words_for(zone.item.lang, "levels")
        own = zone.item.found.span
        if zone.item.found.level == "head_of_state":
            return None
        text = zone.read.document.text
        if phrases_in(own.text(text), levels.get("head", ())):
            return None
        summit = [s for s in zone.anywhere(levels.get("summit", ())) if not _names_another(text, s)]
        minister = zone.near(levels.get("minister", ()))
        if summit:
            claims.append(Claim("summit", place_in(zone.read, summit[0])))
        elif minister or zone.item.found.level == "minister":
            claims.append(Claim("minister", place_in(zone.read, minister[0] if minister else own)))
    return ("level", CONTRADICTION, claims) if disagree(claims) else None


def _names_another(text: str, summit: Span) -> bool:
    """Tell whether « sommet » is followed by a name or a date of its own: another event is meant."""
    return (
        re.match(r"\s+(?:[A-ZÉ]|d[eu]s?\s+(?:la\s+|l['’])?(?:[A-ZÉ]|\d)|extraordinaire)", text[summit.end :])
        is not None
    )


def _stage(zones: Sequence[Zone]) -> Found | None:
    """Held and over in some accounts, only begun in others written on the same day."""
    claims: list[Claim] = []
    days = set()
    for zone in zones:
        cues = words_for(zone.item.lang, "stage")
        begun, ended = zone.anywhere(cues.get("begun", ())), zone.anywhere(cues.get("ended", ()))
        if bool(begun) != bool(ended):
            claims.append(Claim("begun" if begun else "ended", place_in(zone.read, (begun or ended)[0])))
            days.add(zone.read.document.meta.published)
    return ("stage", CONTRADICTION, claims) if len(days) == 1 and disagree(claims) else None


def _status(group: MeetingGroup) -> Found | None:
    """Still announced by a text published after the day on which others say it was held."""
    ends = [
        d.latest for i in group.items if (d := parse_or_none(i.found.date)) is not None and d.precision is Precision.DAY
    ]
    if not ends:
        return None
    last = max(e for e in ends if e is not None)
    claims = []
    for item in group.items:
        told = item.read.document.meta.published
        if told is not None and told > last:
            claims.append(Claim(str(item.found.status.value), item.evidence))
    late = any(c.value == MeetingStatus.PLANNED for c in claims)
    return ("status", CONTRADICTION, claims) if late and disagree(claims) else None


def _counts(zones: Sequence[Zone], field: str) -> Iterator[tuple[str, list[Claim]]]:
    """Yield numbers of one kind of people or texts that exclude each other: who came, what was signed."""
    told: dict[str, list[tuple[Figure, Claim]]] = {}
    for zone in zones:
        nouns: dict[str, list[str]] = words_for(zone.item.lang, field, "nouns")
        own: dict[str, tuple[Figure, Claim]] = {}
        for sentence in _sentences_with(zone, words_for(zone.item.lang, field, "presence")):
            for figure in figures_in(sentence.text(zone.read.document.text), zone.item.lang):
                kind = next((k for k, names in nouns.items() if figure.noun in names), None)
                span = figure.span.shifted(sentence.start)
                if kind is None or figure.value < 2 or any(a.touches(span) for a in zone.aside):
                    continue
                words = " ".join(part for part in (_about(figure), f"{figure.value:g}") if part)
                # « Sept accords, dont deux conventions »: the whole, not its parts.
                if kind not in own or own[kind][0].value < figure.value:
                    own[kind] = figure, Claim(words, place_in(zone.read, span))
        for kind, claim in own.items():
            told.setdefault(kind, []).append(claim)
    for kind in sorted(told):
        figures = told[kind]
        claims = [c for _, c in figures]
        apart = any(a.excludes(b) for n, (a, _) in enumerate(figures) for b, _ in figures[n + 1 :])
        if apart and disagree(claims):
            yield kind, claims


def _sentences_with(zone: Zone, cues: Sequence[str]) -> list[Span]:
    """Return the sentences that hold the mention, or name a meeting, and say that people came or signed."""
    text = zone.read.document.text
    nouns = words_for(zone.item.lang, "meeting", "nouns")
    out = set()
    for cue in zone.anywhere(cues):
        sentence = sentence_around(text, cue)
        if sentence.contains(zone.item.found.span) or phrases_in(sentence.text(text), nouns):
            out.add(sentence)
    return sorted(out)


def _about(figure: Figure) -> str:
    return {"more_than": ">", "just_over": ">", "less_than": "<", "about": "~"}.get(figure.approximate or "", "")
