"""What a sentence says of one meeting: when, where, who, at what level, held or to come. Judges one cue at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import bodies, dialogue_parties, members
from palabre.extract.meetings.cues import Cue
from palabre.extract.meetings.lexicon import Lexicon, lexicon
from palabre.model.edtf import parse_or_none
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MeetingStatus, MentionForm

if TYPE_CHECKING:
    from palabre.model.annotations import ActorMention, Annotations, DateMention
    from palabre.text.reading import Reading, Sentence

_FUTURE = re.compile(r"\w{2,}(?:era|eront|erons|ira|iront|irons|ra|ront|rons)\Z|aura|auront|sera|seront")
_CONDITIONAL = re.compile(r"\w{2,}(?:rait|raient)\Z")
_SENT = re.compile(r"\s*\([A-Z][^()\n]{1,30}\)\s*[-–—]")
"""What follows the date of a dateline: « 13 avril (Reuters) - »."""
_PARTICIPLE = re.compile(r"\w{3,}(?:ée|ées|és)|\w{2,}é|\w*(?:promis|mis|pris)(?:e|es)?")
GENITIVE_REACH = 45
"""Code points between a meeting's noun and a date that « de » ties to it."""
RECEIVED_REACH = 70
"""Code points after « reçoit » within which whoever is received is named."""
CLOSE = 8
"""Code points between a date and the noun it stands against."""
OCCASION_CLOSE = 24
"""The same with « lors de », « à l'occasion de » between them."""
SIGN_REACH = 90
"""Code points between a signature and its date."""
WEAK_REACH = 40
"""Code points between a weak noun (« discussions ») and the date that makes it a meeting."""
_CLAUSE_MARKS = frozenset([";", ":", "–", "—"])


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence's part that holds a cue, with what was found in it."""

    sentence: Sentence
    scope: tuple[int, int]
    span: Span


_REACH = 250
"""Tokens of a clause on either side of a cue: more is no clause, but a text without punctuation."""


def clause_around(sentence: Sentence, cue: Cue) -> tuple[int, int]:
    """Return the token bounds (half-open) of the clause that holds the cue: between semicolons, colons and dashes."""
    start, end = max(0, cue.token - _REACH), min(len(sentence.tokens), cue.token + _REACH)
    for i in range(cue.token - 1, start - 1, -1):
        if sentence.tokens[i].norm in _CLAUSE_MARKS:
            start = i + 1
            break
    for i in range(cue.token + 1, end):
        if sentence.tokens[i].norm in _CLAUSE_MARKS:
            end = i
            break
    return start, end


def nearest_date(
    reading: Reading, cue: Cue, dates: list[DateMention], others: list[Cue], scope: Span, since: int = 0
) -> DateMention | None:
    """Return the date that goes with a cue: in its clause, with no other meeting noun or participle closer to it.

    Dates before the offset `since` are those of what calls for the meeting.
    """
    best: tuple[int, DateMention] | None = None
    for mention in dates:
        if not scope.contains(mention.span) or mention.span.start < since or _taken(reading, mention, cue):
            continue
        gap = _gap(cue.span, mention.span)
        if best is not None and cue.kind == "noun" and _spans(mention, best[1]):
            # « a entamé samedi une visite du 8 au 10 »: the days of the whole visit.
            best = (gap, mention)
            continue
        if any(_gap(o.span, mention.span) < gap for o in others if o is not cue):
            continue
        if best is None or gap < best[0]:
            best = (gap, mention)
    return best[1] if best else None


def _spans(whole: DateMention, day: DateMention) -> bool:
    """Tell whether a date of several days covers one day."""
    left, right = parse_or_none(whole.value), parse_or_none(day.value)
    return left is not None and right is not None and left.is_interval and not right.is_interval and left.covers(right)


def _taken(reading: Reading, mention: DateMention, cue: Cue) -> bool:
    """Tell whether a participle that says no meeting has the date: « l'Alliance, créée en septembre 2023 »."""
    words = lexicon(reading.lang)
    after = cue.span.end <= mention.span.start
    around = reading.text[max(0, mention.span.start - 30) : mention.span.end + 40].casefold().split()
    if words.initially & set(around):
        return True
    lead = reading.text[max(0, mention.span.start - 12) : mention.span.start].casefold().replace("’", "'")
    until = mention.value.count("-") < 2 and any(word in lead for word in words.until)
    if until or any(word in lead for word in words.not_dates) or _SENT.match(reading.text, mention.span.end):
        # « d'ici 2030 » is the term of what is promised there.
        return True
    if not after and cue.span.start - mention.span.end <= (OCCASION_CLOSE if cue.occasion else CLOSE):
        # « annoncé en 2021 au forum »: the date stands against the noun.
        return False
    start = max(mention.span.start - 40, cue.span.end if after else 0)
    before = [w.casefold() for w in re.findall(r"[\w'’-]+", reading.text[start : mention.span.start])]
    if after and cue.kind == "noun" and words.not_own & set(before) and not _since_a_day(cue, mention, before):
        return True
    if (
        after
        and before
        and before[-1] in words.genitives
        and not set(before[-3:-1]) & words.day_parts
        and mention.span.start - cue.span.end > GENITIVE_REACH
    ):
        # « la visite … l'accord de 1978 »: the year is that of the noun it hangs on.
        return True
    if not after and set(before[-4:-1]) & words.auxiliaries:
        # « annoncé en avril à Moscou, lors des consultations »: the date of the verb is that of the meeting.
        return False
    if set(before[-3:]) & words.suspended:
        return True
    for norm in reversed(before[-2:]):
        if norm in words.dated or norm in words.open or norm in words.receive or norm in words.planned:
            return False
        if _PARTICIPLE.fullmatch(norm) and norm not in words.day_parts:
            return True
    return False


def _since_a_day(cue: Cue, mention: DateMention, before: list[str]) -> bool:
    """« en visite à Lima depuis lundi »: the first day of the visit."""
    return cue.visit and mention.value.count("-") == 2 and "depuis" in before[-4:]


def is_participle(norm: str) -> bool:
    """Tell whether a normalised token looks like a French past participle."""
    return _PARTICIPLE.fullmatch(norm) is not None


def _gap(a: Span, b: Span) -> int:
    # A complement stands after its noun; a date before the cue is as good only when it opens the clause.
    return b.start - a.end if b.start >= a.end else 12 + 2 * (a.start - b.end)


def somebody_received(found: Annotations, clause: Clause, cue: Cue, words: Lexicon) -> bool:
    """Tell whether a person or an office is received, or receives in the passive: not « recevoir 90 obusiers »."""
    tokens = clause.sentence.tokens
    passive = cue.token > 0 and tokens[cue.token - 1].norm in words.auxiliaries - words.having
    near = Span(cue.span.end, min(clause.span.end, cue.span.end + RECEIVED_REACH))
    if passive or cue.token == clause.scope[0]:
        near = Span(max(clause.span.start, cue.span.start - 2 * RECEIVED_REACH), near.end)
    if any(near.start <= t.start < near.end and t.norm in words.received for t in tokens):
        return True
    return any(
        m.form is MentionForm.OFFICE or bool(people_of(found, m)) for m in found.mentions if near.touches(m.span)
    )


def stands_there(clause: Clause, cue: Cue, words: Lexicon) -> bool:
    """Tell whether « sont » says where people are (« est lundi à Lima »), not how (« sont tendues », « imposées »)."""
    rest = [t.norm for t in clause.sentence.tokens[cue.token + 1 : cue.token + 4]]
    following = next((norm for norm in rest if norm not in words.aside), "")
    return following in words.prepositions | words.timely | words.present or following[:1].isdigit()


def sought(clause: Clause, cue: Cue, words: Lexicon) -> int | None:
    """Return the token of what calls for a meeting that is only wanted: « a accepté » d'organiser une réunion, or None.

    A cue that is an infinitive itself (« prêt à recevoir ») is sought when such a word governs it.
    """
    tokens = clause.sentence.tokens
    if any(_CONDITIONAL.fullmatch(t.norm) for t in tokens[cue.token : clause.scope[1]]):
        # « il avait été convenu que la session se tiendrait à Niamey »
        for i in range(cue.token - 1, clause.scope[0], -1):
            if tokens[i].norm in words.that and tokens[i - 1].norm in words.seekers:
                return i - 1
    first = max(clause.scope[0], cue.token - 4)
    at = next((i for i in range(cue.token, first - 1, -1) if tokens[i].norm in words.sought), None)
    if at is None:
        return None
    if at != cue.token and (at == clause.scope[0] or tokens[at - 1].norm in words.bullets):
        # one item of a list of what was decided: « - instituer des rencontres … »
        return at
    for i in range(at - 1, max(clause.scope[0], at - 5) - 1, -1):
        if tokens[i].norm in words.seekers:
            return i
        if tokens[i].norm not in words.sought_links:
            return None
    return None


def far(cue: Cue, date: DateMention, reach: int = WEAK_REACH) -> bool:
    """Tell whether a date stands more than `reach` code points from a cue that it must make a meeting."""
    return max(date.span.start - cue.span.end, cue.span.start - date.span.end) > reach


def people_of(found: Annotations, mention: ActorMention) -> list[str]:
    """Return the ids of the people a mention names."""
    return [i for i in mention.ids if (e := found.actor(i)) is not None and e.kind is ActorKind.PERSON]


def status_of(
    reading: Reading, found: Annotations, sentence: Sentence, cue: Cue, scope: tuple[int, int], date: str | None
) -> MeetingStatus:
    """Tell held from planned by the date, then by the verb of the clause."""
    words = lexicon(reading.lang)
    said = next((q.span for q in found.quotes if q.span.touches(sentence.span) and not q.span.contains(cue.span)), None)
    # The tense inside a quotation is not that of the sentence around it.
    tokens = [t for t in sentence.tokens[scope[0] : scope[1]] if said is None or not said.start <= t.start < said.end]
    published = reading.meta.published
    value = parse_or_none(date)
    # « Ouattara », « Ankara » are no futures.
    future = any(is_future(t.norm, words) and not reading.text[t.start].isupper() for t in tokens)
    if value and published and value.earliest and value.earliest > published:
        return MeetingStatus.PLANNED
    if value and published and value.earliest and value.earliest < published:
        return MeetingStatus.HELD
    if future or any(t.norm in words.planned for t in tokens):
        return MeetingStatus.PLANNED
    if date is None and any(_CONDITIONAL.fullmatch(t.norm) and t.norm not in words.not_future for t in tokens):
        return MeetingStatus.PLANNED
    return MeetingStatus.HELD


def is_future(norm: str, words: Lexicon) -> bool:
    """Tell whether a normalised token looks like a French future (« aura », « recevront ») or an English « will »."""
    return norm not in words.not_future and (norm == "will" or _FUTURE.fullmatch(norm) is not None)


def parties_in(reading: Reading, found: Annotations, span: Span, places_too: bool = True) -> tuple[str, ...]:
    """Return the states and bodies named in a span, people counted for those they speak for, in order, each once.

    A standing dialogue (FOCAC) counts for its two sides. Without `places_too`, « la crise en Centrafrique » names none.
    """
    out: list[str] = []
    text, lang = reading.text, reading.lang
    words = lexicon(lang)
    mentions = tuple(m for m in found.mentions_in(span) if not _frame(text, m, words))
    for before, mention in zip((None, *mentions), mentions, strict=False):
        if not places_too and _mere_place(text, mention, words):
            continue
        group = not all(_state(found, i) for i in mention.ids)
        if group and not people_of(found, mention) and _portfolio(text, mention, words):
            continue
        for side in _sides(found, mention, before):
            actor_id = words.organ_of.get(side, side)
            out += [a for a in dialogue_parties(actor_id, lang) or (actor_id,) if a not in out]
    # « les pays de l'AES (Mali, Burkina Faso, Niger) »: the members said, the group adds nothing.
    return tuple(a for a in out if not (m := members(a)) or not set(m) <= set(out))


def _frame(text: str, mention: ActorMention, words: Lexicon) -> bool:
    """Tell whether a mention is only where people met: an organ, or what « en marge de » leads to."""
    name = mention.span.text(text).casefold()
    before = text[max(0, mention.span.start - 40) : mention.span.start].casefold().replace("’", "'")
    if mention.form is MentionForm.CAPITAL and len(name) > 3 and mention.span.text(text).isupper():
        # « BEYROUTH, 13 avril (Reuters) - »: where the report was sent from.
        return True
    return any(organ in name for organ in words.organs) or any(phrase in before for phrase in words.margins)


def _portfolio(text: str, mention: ActorMention, words: Lexicon) -> bool:
    """Tell whether a mention names what a minister is in charge of: « ministre … de la Francophonie »."""
    before = text[max(0, mention.span.start - 120) : mention.span.start].casefold().replace("’", "'")
    found = re.findall(r"[\w-]+'?|[«.;:\n]", before)
    if not found or found[-1] not in ("de", "la", "du", "des", "d'", "l'", "intégration"):
        return False
    for word in reversed(found):
        if word in words.portfolios:
            return True
        if word in words.portfolio_stops or word in ".;:\n":
            return False
    return False


def _mere_place(text: str, mention: ActorMention, words: Lexicon) -> bool:
    before = re.findall(r"[\w'’-]+", text[max(0, mention.span.start - 40) : mention.span.start].casefold())
    if before and before[-1] in words.capital_of:
        return True
    if mention.form not in (MentionForm.NAME, MentionForm.CAPITAL):
        return False
    if before and before[-1] in words.in_place:
        return True
    return bool(before) and before[-1] in words.prepositions and bool(words.topics & set(before[-4:-1]))


def _state(found: Annotations, actor_id: str) -> bool:
    entry = found.actor(actor_id)
    return entry is not None and entry.kind is ActorKind.STATE


def _sides(found: Annotations, mention: ActorMention, before: ActorMention | None) -> tuple[str, ...]:
    if mention.form is MentionForm.PRONOUN and len(mention.ids) > 1:
        return ()
    out: list[str] = []
    for actor_id in mention.ids:
        entry = found.actor(actor_id)
        if entry is None or entry.kind is ActorKind.STATE or actor_id in bodies():
            out.append(actor_id)
        elif entry.kind is ActorKind.BODY:
            # A company, a force or a commission takes part in no dialogue of its own.
            continue
        elif not (before and before.form is MentionForm.ADJECTIVE and mention.span.start - before.span.end <= 1):
            # « le Malien Abdoulaye Diop » comes for Mali, whatever else he speaks for; a state goes before its group.
            groups = {a for a in entry.acts_for if set(members(a)) & set(entry.acts_for)}
            out += [a for a in entry.acts_for if a not in groups]
    return tuple(out)


def person_parties(found: Annotations, span: Span) -> tuple[str, ...]:
    """Return the states that people named in a span speak for."""
    out: list[str] = []
    for mention in found.mentions_in(span):
        for actor_id in mention.ids:
            entry = found.actor(actor_id)
            if entry and entry.kind is ActorKind.PERSON:
                out += [a for a in entry.acts_for if a not in out]
    return tuple(out)


def level_of(text: str, words: Lexicon) -> str | None:
    """Return the level a clause names: head_of_state, minister, official, expert or None."""
    lowered = text.casefold().replace("’", "'")
    for level, cues in words.levels:
        if any(cue in lowered and re.search(rf"\b{re.escape(cue)}\b", lowered) for cue in cues):
            return level
    return None


def phrase_in(text: str, phrases: tuple[str, ...]) -> str | None:
    """Return the first of the phrases that stands in a text as whole words, or None."""
    lowered = text.casefold().replace("’", "'")
    found = (p for p in phrases if p in lowered)
    return next((p for p in found if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", lowered)), None)
