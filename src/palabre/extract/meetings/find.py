"""One mention per meeting a text tells of: drafts from cues, joined when they are one meeting, the vague left out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import members
from palabre.extract.meetings import facts, places
from palabre.extract.meetings.cues import Cue, find_cues
from palabre.extract.meetings.drafts import Draft, joined, merge_all
from palabre.extract.meetings.facts import Clause
from palabre.extract.meetings.lexicon import Lexicon, lexicon
from palabre.extract.meetings.spread import role, spread
from palabre.lang.pack import pack_for
from palabre.model.annotations import MeetingMention
from palabre.model.edtf import parse_or_none
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MeetingStatus, MentionForm

if TYPE_CHECKING:
    from palabre.model.annotations import ActorEntry, ActorMention, Annotations, DateMention
    from palabre.text.reading import Reading, Sentence

_TITLE_MOST = 14
_MOST_CUES = 120
"""Meetings looked for in one sentence: no sentence names as many, but a text without full stops may."""
_ONE_BY_ONE = 3
"""Guests of as many states after « s'est entretenu avec » who are seen one after the other."""
DATELINE_DAYS = 2
"""Days before its publication that a report from a town tells of as there."""


def find_meetings(reading: Reading, found: Annotations) -> tuple[MeetingMention, ...]:
    """Return each distinct meeting, visit, call or summit the text tells of, in order of its fullest mention.

    `found` holds the dates, actors and quotations. Meetings named again (« cette rencontre ») are one mention.
    """
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        if reading.blocks and reading.blocks[sentence.block].kind in ("title", "boilerplate"):
            continue
        drafts += _drafts_of(reading, found, sentence)
    kept = merge_all(drafts, reading.meta.published)
    main = _main_parties(kept)
    out = [_mention(reading, found, draft, main) for draft in kept]
    # « la quatrième édition » of which nothing else is told is no meeting that could be found again.
    return tuple(sorted((m for m in out if m.date or m.place or m.parties), key=lambda m: m.span))


def _drafts_of(reading: Reading, found: Annotations, sentence: Sentence) -> list[Draft]:
    cues = find_cues(reading, sentence)[:_MOST_CUES]
    if not cues:
        return []
    words = lexicon(reading.lang)
    towns = places.places_in(reading, sentence)
    dates = list(found.dates_in(sentence.span))
    out: list[Draft] = []
    for cue in cues:
        scope = facts.clause_around(sentence, cue)
        span = Span(sentence.tokens[scope[0]].start, sentence.tokens[scope[1] - 1].end)
        clause = Clause(sentence, scope, span)
        for draft in _build(reading, found, clause, cue, cues, dates, towns, words):
            if out and joined(out[-1], draft, cue):
                out[-1] = out[-1].absorb(draft)
                if out[-1].cue.kind == "host" and cue.back == "demonstrative":
                    # « Lima accueille ce sommet »
                    out[-1] = replace(out[-1], cue=replace(out[-1].cue, back=cue.back))
            else:
                out.append(draft)
    return out


def _build(
    reading: Reading,
    found: Annotations,
    clause: Clause,
    cue: Cue,
    cues: list[Cue],
    dates: list[DateMention],
    towns: list[places.Place],
    words: Lexicon,
) -> list[Draft]:
    nouns = [c for c in cues if c.kind == "noun"]
    seeker = facts.sought(clause, cue, words)
    since = clause.sentence.tokens[seeker].start if seeker is not None else 0
    date = facts.nearest_date(reading, cue, dates, nouns, clause.span, since)
    place = places.place_of(cue, towns, nouns, clause, words)
    if place is None and cue.kind == "travel" and clause.sentence.tokens[cue.token - 1].norm == "y":
        # « il s'y rendra »: where the text has just been.
        place = places.place_before(reading, clause.sentence, cue.span.start)
    if cue.kind in ("travel", "stay") and (place is None or clause.span.start <= place.span.start < cue.span.start):
        return []
    if cue.kind == "stay" and (date is None or place is None or not facts.stands_there(clause, cue, words)):
        return []
    if cue.kind == "sign" and (date is None or place is None or facts.far(cue, date, facts.SIGN_REACH)):
        return []
    if cue.weak and cue.kind == "noun" and date is not None and facts.far(cue, date):
        date = None
    host = places.host_place(reading, found, clause, cue) if cue.kind in ("host", "receive") else None
    place = place or host
    if place is None and cue.visit and cue.kind == "noun" and not cue.back:
        place = places.place_before(reading, clause.sentence)
    parties = _parties(reading, found, clause, cue, nouns)
    if cue.kind == "stay" and (place is None or (place.state is None and len(parties) < 2)):
        return []
    if place is not None and place.state and (cue.visit or cue.kind in ("host", "receive")) and parties:
        parties = tuple(dict.fromkeys((*parties, place.state)))
    if cue.kind in ("receive", "host") and len(_people(found, clause.span)) == 0 and len(parties) < 2:
        return []
    hosted = cue.kind == "host" and any(clause.span.contains(n.span) for n in nouns)
    if cue.kind in ("receive", "host") and not hosted and not facts.somebody_received(found, clause, cue, words):
        # « accueille 200 000 réfugiés », « une mesure accueillie par la rue »
        return []
    text = reading.words(clause.span)
    if cue.kind == "noun" and words.never.search(text.casefold(), max(0, cue.span.end - clause.span.start)):
        # « les discussions prévues le 8 août n'ont pas eu lieu »
        return []
    value = spread(reading, clause.span, cue.span, date, dates) if date else None
    status = facts.status_of(reading, found, clause.sentence, cue, clause.scope, value)
    decided = clause.scope[0] + 1 < clause.scope[1] and any(
        t.norm in words.sought for t in clause.sentence.tokens[clause.scope[0] : clause.scope[0] + 2]
    )
    if (
        value is None
        and cue.back != "demonstrative"
        and (seeker is not None or (decided and facts.phrase_in(text, words.recurring)))
    ):
        status = MeetingStatus.PLANNED
    if (
        cue.kind in ("meet", "noun")
        and (date is None or date.span.start < cue.span.start)
        and facts.phrase_in(text, words.often)
    ):
        return []
    recurring = status is MeetingStatus.PLANNED and facts.phrase_in(text, words.recurring) is not None
    draft = Draft(
        span=_span_of(clause, cue, date, place),
        cue=cue,
        date=value,
        date_span=date.span if date else None,
        place=place.name if place else None,
        parties=parties,
        status=status,
        title=_title(reading, clause, cue, found, words) if cue.kind == "noun" else None,
        level=facts.level_of(text, words),
        margins=_margins(reading, clause, words),
        format=facts.phrase_in(text, words.formats),
        recurring=recurring,
        weekday=_weekday(reading, date),
        ends=date is not None and role(reading, date) == "end",
        bare_weekday=date is not None and not any(c.isdigit() for c in reading.words(date.span)),
        edition=_edition(reading, cue, words),
        noun=clause.sentence.tokens[cue.token].norm if cue.kind == "noun" else "",
        soon=facts.phrase_in(text, words.soon) is not None,
        which=cue.which,
    )
    if facts.phrase_in(text, words.separately) and cue.kind in ("receive", "meet"):
        return _apart(reading, found, clause, draft)
    if clause.sentence.tokens[cue.token].norm in words.one_by_one and cue.kind in ("receive", "meet"):
        several = _apart(reading, found, clause, draft, _ONE_BY_ONE)
        return several if len(several) >= _ONE_BY_ONE else [draft]
    if draft.noun in words.several_visits:
        return _each_place(found, draft, clause, towns)
    return [draft]


def _parties(reading: Reading, found: Annotations, clause: Clause, cue: Cue, nouns: list[Cue]) -> tuple[str, ...]:
    """Everyone named in the clause, up to the next meeting noun after the cue (which has parties of its own)."""
    end = clause.span.end
    for other in nouns:
        own = not other.back or (other.which and cue.which and other.which != cue.which)
        if other.span.start > cue.span.end + 1 and cue.kind == "noun" and own:
            end = min(end, other.span.start)
            break
    goes = cue.visit or cue.kind in ("travel", "stay", "host", "receive", "sign")
    return facts.parties_in(reading, found, Span(clause.span.start, end), places_too=goes)


def _people(found: Annotations, span: Span) -> list[str]:
    return [i for m in found.mentions_in(span) for i in facts.people_of(found, m)]


def _apart(reading: Reading, found: Annotations, clause: Clause, draft: Draft, people: int = 0) -> list[Draft]:
    """« a reçu séparément A, B et C »: one meeting for each person after the verb, or each state when none is named.

    With `people`, only the named count, when there are as many.
    """
    before = facts.person_parties(found, Span(clause.span.start, draft.cue.span.start))
    before = before or facts.parties_in(reading, found, Span(clause.span.start, draft.cue.span.start))[:1]
    before = before or _most_named(found)
    after = found.mentions_in(Span(draft.cue.span.end, clause.span.end))
    guests = [(m, e.acts_for) for m in after for i in m.ids if (e := _person(found, i)) is not None and e.acts_for]
    if people == 0 and len(guests) < 2:
        guests = [(m, m.ids) for m in after if m.form is MentionForm.NAME and _is_state(found, m)]
    out: list[Draft] = []
    seen: set[tuple[str, ...]] = set()
    for mention, sides in guests:
        if sides in seen or set(sides) <= set(before):
            continue
        seen.add(sides)
        start = draft.span.start if not out else mention.span.start
        parties = tuple(dict.fromkeys((*before, *sides)))
        out.append(replace(draft, span=Span(start, mention.span.end), parties=parties, apart=True))
    return out if len(out) > 1 else [draft]


def _each_place(found: Annotations, draft: Draft, clause: Clause, towns: list[places.Place]) -> list[Draft]:
    """« des visites en Italie et au Portugal »: one visit for each country named after the noun."""
    after = [t for t in towns if draft.cue.span.end <= t.span.start and clause.span.contains(t.span) and t.state]
    hosts = {t.state for t in after}
    if len(hosts) < 2:
        return [draft]
    guests = facts.person_parties(found, Span(clause.span.start, draft.cue.span.start)) or _most_named(found)
    return [
        replace(draft, span=t.span if out else draft.span, place=t.name, parties=(*guests, t.state or ""))
        for out, t in enumerate(after)
    ]


def _person(found: Annotations, actor_id: str) -> ActorEntry | None:
    entry = found.actor(actor_id)
    return entry if entry is not None and entry.kind is ActorKind.PERSON else None


def _is_state(found: Annotations, mention: ActorMention) -> bool:
    entry = found.actor(mention.ids[0]) if len(mention.ids) == 1 else None
    return entry is not None and entry.kind is ActorKind.STATE


def _edition(reading: Reading, cue: Cue, words: Lexicon) -> str | None:
    """Return « COP28 » for a cue that names an edition, else None."""
    name = reading.words(cue.span)
    return name.upper() if name.rstrip("0123456789 ").casefold() in words.editions else None


def _most_named(found: Annotations) -> tuple[str, ...]:
    """Return the state the text names most: whose president « le président » is when nothing says it."""
    counts: dict[str, int] = {}
    for mention in found.mentions:
        for actor_id in mention.ids:
            entry = found.actor(actor_id)
            if entry is not None and entry.kind is ActorKind.STATE:
                counts[actor_id] = counts.get(actor_id, 0) + 1
    return (max(counts, key=lambda a: (counts[a], a)),) if counts else ()


def _span_of(clause: Clause, cue: Cue, date: DateMention | None, place: places.Place | None) -> Span:
    """From the clause's start (for a verb) or the noun's group to the last of its date, place and complement."""
    tokens = clause.sentence.tokens
    if cue.kind == "noun" and cue.token > clause.scope[0] + 1:
        first = cue.token
        while (
            first > clause.scope[0]
            and tokens[first - 1].norm not in (",", "(", ".", "»", '"')
            and cue.token - first < 3
        ):
            first -= 1
        start = tokens[first].start
    else:
        start = tokens[clause.scope[0]].start
    ends = [cue.span.end]
    if date and date.span.end > cue.span.start:
        ends.append(date.span.end)
    if place and place.span.end > cue.span.start:
        ends.append(place.span.end)
    if date and date.span.end <= cue.span.start:
        start = min(start, date.span.start)
    end = max(ends)
    if end == cue.span.end:
        last = cue.token + 1
        while last < clause.scope[1] and tokens[last].norm not in (",", ".", "»") and last - cue.token < 12:
            last += 1
        end = tokens[last - 1].end
    return Span(min(start, end - 1), end)


def _title(reading: Reading, clause: Clause, cue: Cue, found: Annotations, words: Lexicon) -> str | None:
    """The noun's group: « première réunion des ministres », « sommet Russie-Afrique de 2023 »."""
    tokens = clause.sentence.tokens
    outside = words.determiners | words.title_openers
    first = cue.token
    while first > clause.scope[0] and cue.token - first < 2:
        before = tokens[first - 1].norm
        if not before.isalpha() or before in outside:
            break
        first -= 1
    stops = {d.span.start for d in found.dates_in(clause.span)}
    last = cue.token + 1
    while last < clause.scope[1] and last - cue.token < _TITLE_MOST:
        token = tokens[last]
        if token.norm in words.title_stops or not (token.norm[0].isalnum() or token.norm in "«»-–’'"):
            break
        if token.start in stops or facts.is_future(token.norm, words):
            break
        last += 1
    while last - 1 > cue.token and tokens[last - 1].norm in words.title_links:
        last -= 1
    return " ".join(reading.text[tokens[first].start : tokens[last - 1].end].split())


def _margins(reading: Reading, clause: Clause, words: Lexicon) -> str | None:
    text = reading.words(clause.span)
    phrase = facts.phrase_in(text, words.margins)
    if phrase is None:
        return None
    at = text.casefold().replace("’", "'").find(phrase) + len(phrase)
    event = text[at:].split(",")[0].strip(" .")
    return " ".join(event.split()[:12]) or None


def _weekday(reading: Reading, date: DateMention | None) -> int | None:
    """The weekday named with the date (0 = Monday), whether it agrees with the date or not."""
    if date is None:
        return None
    if date.weekday_conflict is not None:
        return date.weekday_conflict
    names = weekdays(reading.lang)
    said = reading.words(date.span).casefold()
    number = next((n for name, n in names if name in said), None)
    value = parse_or_none(date.value)
    if number is None or value is None or value.earliest != value.latest:
        return None
    return number


def _dateline(reading: Reading, draft: Draft) -> str | None:
    """Return the town a report was sent from, for a meeting just held that it places nowhere."""
    value, published, town = parse_or_none(draft.date), reading.meta.published, reading.meta.dateline
    if town is None or value is None or published is None or value.earliest is None:
        return None
    near = 0 <= (published - value.earliest).days <= DATELINE_DAYS
    if not near or draft.status is not MeetingStatus.HELD:
        return None
    name = re.split(r"[,(–—-]| le \d", town)[0].strip()
    return (name.title() if name.isupper() else name) or None


def _parties_before(reading: Reading, found: Annotations, draft: Draft) -> tuple[str, ...]:
    """Return the parties of the nearest sentence before the draft, in its paragraph, that names two or more."""
    block = reading.sentences[draft.cue.sentence].block
    for index in range(draft.cue.sentence - 1, -1, -1):
        sentence = reading.sentences[index]
        if sentence.block != block:
            break
        parties = facts.parties_in(reading, found, sentence.span)
        if len(parties) > 1:
            return parties
    return ()


def _main_parties(drafts: list[Draft]) -> tuple[str, ...]:
    full = [d for d in drafts if len(d.parties) > 1] or [d for d in drafts if any(map(members, d.parties))]
    return max(full, key=lambda d: (d.weight, -d.span.start)).parties if full else ()


def _mention(reading: Reading, found: Annotations, draft: Draft, main: tuple[str, ...]) -> MeetingMention:
    parties = draft.parties
    if not parties and draft.edition:
        # « la COP28 »: nobody is named; the edition stands for all who take part.
        parties = (draft.edition,)
    elif not parties:
        parties = _parties_before(reading, found, draft) or main
    elif (
        len(parties) < 2
        and not _own_meeting(draft)
        and (set(parties) <= set(main) or draft.cue.back or draft.cue.visit)
    ):
        parties = tuple(dict.fromkeys((*parties, *main)))
    return MeetingMention(
        span=draft.span,
        date=draft.date,
        place=draft.place or _dateline(reading, draft),
        parties=parties,
        status=draft.status,
        title=draft.title,
        level=draft.level,
        margins_of=draft.margins,
        weekday=draft.weekday,
        format=draft.format,
        confidence=min(1.0, 0.4 + 0.2 * ((draft.date is not None) + (draft.place is not None) + (len(parties) > 1))),
        cue=draft.cue.span,
    )


def _own_meeting(draft: Draft) -> bool:
    """Tell whether a body meets by itself: « le 45e sommet de la SADC » has its members, not who else is named."""
    return bool(draft.noun) and not draft.cue.visit and not draft.cue.bilateral and any(map(members, draft.parties))


@lru_cache(maxsize=8)
def weekdays(lang: str) -> tuple[tuple[str, int], ...]:
    """Return pairs (name, number) of the weekdays, 0 = Monday, from CLDR."""
    from babel.dates import get_day_names

    return tuple((name.casefold(), number) for number, name in get_day_names("wide", locale=pack_for(lang)).items())
