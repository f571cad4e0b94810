"""Where a meeting is: the towns and countries a sentence names as places, and which of them goes with a cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import gazetteer
from palabre.extract.meetings.cues import Cue
from palabre.extract.meetings.lexicon import Lexicon, lexicon
from palabre.lang.pack import pack_for, table
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.extract.meetings.facts import Clause
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading, Sentence, Token

OPENING = 4
"""Words at the head of a clause among which its place may stand."""
QUOTE_MARKS = frozenset('«»“”"')
_TO_NAME = 4
"""Words after « village » within which « de » and its name follow."""
HOST_REACH = 20
"""Code points between « Moscou » and « accueilli »."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town or country named as the place of something; `state` is the ISO code of its country where known."""

    span: Span
    name: str
    state: str | None


def places_in(reading: Reading, sentence: Sentence) -> list[Place]:
    """Return « à Moscou », « en Namibie », « au Congo », « dans la capitale chinoise » in a sentence, in order."""
    words = lexicon(reading.lang)
    names = gazetteer(reading.lang).names
    out: list[Place] = []
    tokens = sentence.tokens
    topic = -2
    for i, token in enumerate(tokens[:-1]):
        if i > 0 and tokens[i - 1].norm in words.away:
            continue
        of_town = token.norm in ("de", "d'") and i > 0 and tokens[i - 1].norm in words.of_town
        if token.norm not in words.prepositions and not of_town:
            continue
        if i - topic <= 1 or _of_topic(tokens, i, words):
            # « les transitions au Mali, au Niger et en Guinée »
            topic = _name_end(reading, tokens, i + 1) + 1
            continue
        if token.norm in words.toward and not words.leaving & {t.norm for t in tokens[max(0, i - 6) : i]}:
            # « une conférence pour le Soudan »
            continue
        first = i + 1
        if tokens[first].norm in ("la", "le", "les", "l'", "the") and first + 1 < len(tokens):
            first += 1
        if tokens[first].norm in words.capital_of:
            place = _capital_city(reading, tokens, first)
            if place is not None:
                out.append(place)
            continue
        if tokens[first].norm in words.settlements:
            place = _settlement(reading, tokens, first)
            if place is not None:
                out.append(place)
            continue
        if not _proper(reading, tokens[first]):
            continue
        known = next((k for k in names.match(tokens, first) if k[1].sort in ("name", "capital")), None)
        if of_town and (known is None or known[1].sort != "capital"):
            continue
        if known is not None and (known[1].kind is ActorKind.STATE or known[1].sort == "capital"):
            # Bruxelles stands for a body and is a town all the same.
            end, entry = known
            state = entry.ids[0] if len(entry.ids) == 1 and entry.kind is ActorKind.STATE else None
        elif known is None and _town(reading, tokens, i, first):
            end, state = _name_end(reading, tokens, first), None
        else:
            continue
        span = Span(tokens[first].start, tokens[end - 1].end)
        if reading.words(span) not in words.not_places:
            out.append(Place(span, reading.words(span), state))
    return out


def _of_topic(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    """Tell whether a place says where what is talked about is: « la situation politique au Gabon »."""
    for token in reversed(tokens[max(0, i - 3) : i]):
        if not token.norm[0].isalpha() or token.norm in words.prepositions:
            return False
        if token.norm in words.topics:
            return True
    return False


def capital(reading: Reading, sentence: Sentence, span: Span) -> Place | None:
    """Return the place a mention names when it is a capital (« Moscou »), else None."""
    at = next((i for i, t in enumerate(sentence.tokens) if t.start == span.start), None)
    if at is None:
        return None
    for _, entry in gazetteer(reading.lang).names.match(sentence.tokens, at):
        if entry.sort == "capital" and len(entry.ids) == 1:
            return Place(span, reading.words(span), entry.ids[0])
    return None


def _capital_city(reading: Reading, tokens: tuple[Token, ...], at: int) -> Place | None:
    """« la capitale chinoise » is Pékin: the first capital the tables give that country."""
    if at + 1 >= len(tokens):
        return None
    adjective = gazetteer(reading.lang).adjectives.get(fold(tokens[at + 1].norm))
    if adjective is None or len(adjective.ids) != 1:
        return None
    capitals = table(pack_for(reading.lang), "states").get("capitals", {}).get(adjective.ids[0], ())
    span = Span(tokens[at].start, tokens[at + 1].end)
    return Place(span, str(capitals[0]), adjective.ids[0]) if capitals else None


def _settlement(reading: Reading, tokens: tuple[Token, ...], at: int) -> Place | None:
    """« le village de Ronda », « la station balnéaire de Ronda »: the name that follows, with its country if known."""
    for i in range(at + 1, min(at + _TO_NAME, len(tokens) - 1)):
        if tokens[i].norm in ("de", "d'", "of") and _proper(reading, tokens[i + 1]):
            known = next(
                (k for k in gazetteer(reading.lang).names.match(tokens, i + 1) if k[1].sort == "capital"), None
            )
            if known is not None:
                return Place(
                    Span(tokens[i + 1].start, tokens[known[0] - 1].end),
                    reading.text[tokens[i + 1].start : tokens[known[0] - 1].end],
                    known[1].ids[0],
                )
            end = _name_end(reading, tokens, i + 1)
            span = Span(tokens[i + 1].start, tokens[end - 1].end)
            return Place(span, reading.words(span), None)
    return None


def _name_end(reading: Reading, tokens: tuple[Token, ...], first: int) -> int:
    last = first
    while last < len(tokens) and _proper(reading, tokens[last]):
        last += 1
    return last


def _proper(reading: Reading, token: Token) -> bool:
    word = reading.text[token.start : token.end]
    return word[:1].isupper() and (len(word) > 1 or not word.isascii()) and word[:1].isalpha()


def _town(reading: Reading, tokens: tuple[Token, ...], preposition: int, first: int) -> bool:
    # An unknown capitalised name is a town only after « à » right before it: « à Sotchi », not « au Président ».
    return (
        tokens[preposition].norm in ("à", "in", "at")
        and first == preposition + 1
        and len(reading.text[tokens[first].start : tokens[first].end]) > 2
        and not reading.text[tokens[first].start : tokens[first].end].isupper()
    )


def place_of(cue: Cue, places: list[Place], nouns: list[Cue], clause: Clause, words: Lexicon) -> Place | None:
    """Return the place that goes with a cue: nearest after it in its clause, else one that opens the clause."""
    best: tuple[int, Place] | None = None
    visited: Place | None = None
    opening = clause.sentence.tokens[min(clause.scope[0] + OPENING, clause.scope[1] - 1)].end
    for place in places:
        if not clause.span.contains(place.span):
            continue
        # Before its cue a place must open the clause (« À Moscou, … ») or stand right before the noun's group (« à Lima
        # une réunion »), else it belongs to somebody named before.
        if cue.occasion and place.span.end <= cue.span.start:
            visited = place
            continue
        if opening < place.span.end <= cue.span.start and not (
            _right_before(clause, place.span, cue, words) or _where(clause, place.span, cue, words)
        ):
            if cue.kind == "noun" and cue.visit and not cue.back:
                # « est attendu à Moroni, la capitale, pour une visite »: where somebody comes is told before why.
                visited = visited or place
            continue
        gap = place.span.start - cue.span.end if place.span.start >= cue.span.end else cue.span.start - place.span.end
        if any(o is not cue and o.span.start < place.span.start and o.span.start > cue.span.end for o in nouns):
            continue
        if any(o is not cue and o.occasion and 0 <= o.span.start - place.span.end < gap for o in nouns):
            # « la séance …, créée fin juin à Moscou pendant la visite »: the place is that of the visit.
            continue
        if best is None or gap < best[0]:
            best = (gap, place)
    return best[1] if best else visited


def _where(clause: Clause, place: Span, cue: Cue, words: Lexicon) -> bool:
    """Tell whether « où » ties the cue to a place before it: « à Nouakchott, où ils se retrouveront »."""
    after = [t.norm for t in clause.sentence.tokens if place.end <= t.start < cue.span.start]
    return any(norm in words.where for norm in after[:3])


def _right_before(clause: Clause, place: Span, cue: Cue, words: Lexicon) -> bool:
    between = [t.norm for t in clause.sentence.tokens if place.end <= t.start and t.end <= cue.span.start]
    between = [norm for norm in between if norm not in QUOTE_MARKS]
    return set(between) <= words.determiners | words.title_openers | words.strengtheners


def place_before(reading: Reading, sentence: Sentence, end: int | None = None) -> Place | None:
    """Return the country or capital last named as a place in the two sentences before: where a visitor has come.

    With `end`, an offset, the sentence itself is looked at first, up to there.
    """
    if end is not None:
        here = [p for p in places_in(reading, sentence) if p.state and p.span.end <= end]
        if here:
            return here[-1]
    for index in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
        known = [p for p in places_in(reading, reading.sentences[index]) if p.state]
        if known:
            return known[-1]
    return None


def host_place(reading: Reading, found: Annotations, clause: Clause, cue: Cue) -> Place | None:
    """« Moscou a accueilli … »: the capital just before the verb is the place, its state the host."""
    for mention in reversed(found.mentions_in(clause.span)):
        if mention.span.end > cue.span.start or mention.form not in (MentionForm.CAPITAL, MentionForm.NAME):
            continue
        if cue.span.start - mention.span.end < HOST_REACH:
            return capital(reading, clause.sentence, mention.span)
    return None
