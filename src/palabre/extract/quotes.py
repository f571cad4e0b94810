"""Finds quotations: words between marks that are somebody's, with the speaker's fullest name in the text.

Terms, names and words held at arm's length by nobody are left out. Spans leave the marks out. The marks themselves are
paired in `marks`, the speakers looked for in `speakers`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.extract.clauses import has_main_verb
from palabre.extract.marks import Quoted, quoted_spans
from palabre.extract.speakers import Listener
from palabre.extract.speech import speech_words
from palabre.extract.voices import Voice
from palabre.lang.pack import pack_for, table
from palabre.model.annotations import Quote
from palabre.model.spans import Span
from palabre.text.names import fold, key

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading, Sentence, Token

_WORDS_OF_A_TERM = 4
_LEAD = 6
"""Words before a quotation told of after the next."""
_TITLE = 6
"""Words of the longest title of a newspaper between marks."""
_SAID_AGAIN = 4
"""Words that two quotations have in common to be one."""
_WINDOW = 110
_INSIDE = 120
_SENTENCES = 12
"""How much is read around a quotation and inside it, in tokens and sentences."""


@dataclass(frozen=True)
class _Place:
    """A quoted stretch with what stands around it in its sentence."""

    quoted: Quoted
    inside: list[Token]
    before: list[Token]
    after: list[Token]
    sentence: Sentence | None
    block: int


def find_quotes(reading: Reading, found: Annotations) -> tuple[Quote, ...]:
    """Return the quotations of a reading, in order; `found` holds its actors and mentions."""
    lang = pack_for(reading.lang)
    spans = quoted_spans(reading)
    if not spans:
        return ()
    listener = Listener(reading, found, lang)
    places = _places(reading, spans)
    terms, voiced = (frozenset(fold(w) for w in table(lang, "quotes")["terms"][k]) for k in ("before", "voiced"))
    out: list[Quote] = []
    last: tuple[int, Voice] | None = None
    topics = _Topics(reading, listener, spans)
    for n, place in enumerate(places):
        full = _is_full(reading, place, lang)
        pronoun = topics.at(place, last)
        voice = _titled_subject(listener, places, n) or _voice(listener, place, pronoun)
        voice = voice or _shared(listener, places, n, pronoun)
        if voice is None and full:
            voice = topics.worded(place)
        if voice is None and full:
            voice = topics.answering(place, out[-1] if out else None)
        if voice is None and last is not None and full and last[0] == place.block:
            voice = Voice(last[1].name, last[1].span, None, 0.6)
        if voice is None and full:
            voice = topics.introducing(place, pronoun)
        if voice is not None and not voice.name:
            told = topics.introducing(place, pronoun, always=True)
            voice = Voice(told.name if told else pronoun or "", voice.span, voice.cue, voice.sure)
        if _kept(reading, place, full, voice, terms, voiced):
            name = voice.name if voice is not None and voice.name else None
            out.append(
                Quote(
                    place.quoted.span,
                    name,
                    not full,
                    voice.cue if voice else None,
                    voice.span if voice else None,
                    _confidence(place, full, voice),
                )
            )
            if voice is not None and voice.name:
                last = (place.block, voice)
                topics.spoke(place, voice.name)
    return _said_again(reading, out)


def _said_again(reading: Reading, quotes: list[Quote]) -> tuple[Quote, ...]:
    """Give words quoted twice, in a title or an opening and then in full, the speaker that is named once."""
    words = [key(reading.words(q.span)) for q in quotes]
    out = list(quotes)
    for n, quote in enumerate(quotes):
        if quote.speaker is not None and quote.speaker_span is None:
            continue
        if len(words[n].split()) < _SAID_AGAIN or (quote.speaker and quote.speaker[0].isupper()):
            continue
        for m, other in enumerate(quotes):
            full = m != n and other.speaker and other.speaker[0].isupper() and words[n] in words[m]
            if full:
                out[n] = replace(quote, speaker=other.speaker, speaker_span=None)
                break
    return tuple(out)


def _places(reading: Reading, spans: tuple[Quoted, ...]) -> list[_Place]:
    out = []
    paragraph = _paragraphs(reading)
    for n, quoted in enumerate(spans):
        first = reading.sentence_at(quoted.outer.start)
        last = reading.sentence_at(max(quoted.outer.start, quoted.outer.end - 1))
        floor = spans[n - 1].outer.end if n else 0
        ceiling = spans[n + 1].outer.start if n + 1 < len(spans) else len(reading.text)
        before = _slice(first, floor, quoted.outer.start, -_WINDOW) or _slice(first, 0, quoted.outer.start, -_WINDOW)
        after = _slice(last, quoted.outer.end, ceiling, _WINDOW)
        inside: list[Token] = []
        if first is not None and last is not None:
            for sentence in reading.sentences[first.index : min(last.index + 1, first.index + _SENTENCES)]:
                inside += _slice(sentence, quoted.span.start, quoted.span.end, _INSIDE)
        out.append(_Place(quoted, inside, before, after, first, paragraph[first.block] if first else -1))
    return out


def _paragraphs(reading: Reading) -> list[int]:
    """Return, for each block, the first block of its line: clutter run into a paragraph does not part it."""
    out: list[int] = []
    for k, block in enumerate(reading.blocks):
        glued = k > 0 and "\n" not in reading.text[reading.blocks[k - 1].span.end : block.span.start]
        out.append(out[-1] if glued else k)
    return out


def _slice(sentence: Sentence | None, start: int, end: int, most: int) -> list[Token]:
    """Return the sentence's tokens that begin in `[start, end)`: the first `most`, or the last when it is negative."""
    if sentence is None:
        return []
    tokens = sentence.tokens
    low, high = bisect_left(tokens, start, key=_start), bisect_left(tokens, end, key=_start)
    if most < 0:
        return list(tokens[max(low, high + most) : high])
    return list(tokens[low : min(high, low + most)])


def _start(token: Token) -> int:
    return token.start


def _voice(listener: Listener, place: _Place, pronoun: str | None) -> Voice | None:
    inside = listener.within(place.inside, pronoun)
    if inside is not None:
        return inside
    after = listener.after(place.after, pronoun)
    if after is not None and (after.name or not place.before):
        return after
    before = listener.before(place.before, pronoun)
    return before or after


def _titled_subject(listener: Listener, places: list[_Place], n: int) -> Voice | None:
    """Read « Le « Courrier des Lacs » a estimé que « … »: a title between marks is who speaks."""
    place = places[n]
    if n == 0 or not place.before or places[n - 1].sentence is not place.sentence or len(places[n - 1].before) > 2:
        return None
    title, between = places[n - 1].quoted.span, place.before
    text = listener.reading.words(title)
    if between[0].start < title.end or not text[:1].isupper() or len(text.split()) > _TITLE or text[-1] in ".!?":
        return None
    verbs = [k for k in range(len(between)) if listener.speech_at(between, k)]
    if not verbs or listener.between(between[0].start, between[verbs[-1]].start):
        return None
    verb = between[verbs[-1]]
    return Voice(text, title, Span(verb.start, verb.end), 0.8)


def _shared(listener: Listener, places: list[_Place], n: int, pronoun: str | None) -> Voice | None:
    """Read « … » que « … », a déclaré X: a clause in two stretches of one sentence, told of after the second."""
    if n + 1 >= len(places) or places[n + 1].sentence is not places[n].sentence:
        return None
    lead = places[n].before
    if len(lead) > _LEAD or (lead and listener.between(lead[0].start, lead[-1].end)):
        return None  # « À terme, « … » afin qu'ils « … », selon X »: a few words that name nobody may come first
    voice = listener.after(places[n + 1].after, pronoun)
    return voice if voice is not None and voice.name and voice.cue is not None else None


def _is_full(reading: Reading, place: _Place, lang: str) -> bool:
    """Tell whether the quoted words are a full clause rather than a fragment of one."""
    words = [t for t in place.inside if t.norm[0].isalnum()]
    if len(words) < 3:
        return False
    noun = bool(place.before) and place.before[-1].norm in speech_words(lang).determiners
    if has_main_verb(words[1:] if noun else place.inside, lang):  # « la « charge de mission » »: no verb after « la »
        return True
    opens = not place.before or place.before[-1].norm == ":"
    text = reading.words(place.quoted.span)
    return len(words) >= _WORDS_OF_A_TERM and opens and text[0].isupper() and (text[-1] in ".!?…" or len(words) > 7)


def _kept(
    reading: Reading, place: _Place, full: bool, voice: Voice | None, terms: frozenset[str], voiced: frozenset[str]
) -> bool:
    """Tell whether quoted words are somebody's."""
    words = [t for t in place.inside if t.norm[0].isalnum()]
    if not words:
        return False
    if not place.quoted.closed and (voice is None or not full):
        return False
    tail = [fold(t.norm) for t in place.before[-3:]]
    text = reading.words(place.quoted.span)
    if full:
        return voice is not None or len(words) > 5
    if voice is None or not voice.name:
        return False
    if any(w in terms for w in tail[-2:]) and not any(w in voiced for w in tail[-2:]):
        return False
    if text[0].isupper() and len(words) <= _WORDS_OF_A_TERM and voice.cue is None:
        return False
    if (
        text[0].isupper()
        and sum(text_is_upper(reading, t) for t in words) >= max(1, len(words) // 2)
        and len(words) < 8
    ):
        return False
    if voice.sure < 0.6:
        return False
    if _is_term(place, words, voiced):
        return False
    near = [fold(t.norm) for t in place.before[-14:]]
    return any(w in voiced for w in near) or voice.sure >= 0.85


def _is_term(place: _Place, words: list[Token], voiced: frozenset[str]) -> bool:
    """Tell whether a few words after « et la » only name a thing: another clause than the one that reports."""
    lead = [t.norm for t in place.before[-2:]]
    new_clause = len(lead) == 2 and lead[0] in ("et", "mais", ",") and lead[1] in ("le", "la", "les", "l'")
    reported = any(fold(t.norm) in voiced for t in place.before[-8:])
    return new_clause and len(words) <= _WORDS_OF_A_TERM and not reported


def text_is_upper(reading: Reading, token: Token) -> bool:
    """Tell whether a token opens with a capital."""
    return reading.text[token.start].isupper()


def _confidence(place: _Place, full: bool, voice: Voice | None) -> float:
    sure = voice.sure if voice is not None else 0.4
    return round(sure * (1.0 if full else 0.8) * (1.0 if place.quoted.closed else 0.7), 2)


class _Topics:
    """Whom « il » means: the last to speak, or the person the sentences since have taken as their subject."""

    def __init__(self, reading: Reading, listener: Listener, spans: tuple[Quoted, ...]) -> None:
        self.reading, self.listener = reading, listener
        self._quoted = [q.outer for q in spans]
        self._subjects: list[tuple[int, str]] = []
        self._spoken: list[tuple[int, str]] = []
        k = 0
        for sentence in reading.sentences:
            while k < len(self._quoted) and self._quoted[k].end <= sentence.span.start:
                k += 1
            subject = self._subject(sentence, k)
            if subject is not None:
                self._subjects.append(subject)
            told = self._telling(sentence)
            if told is not None and (subject is None or told[0] > subject[0]):
                self._subjects.append(told)

    def _subject(self, sentence: Sentence, k: int) -> tuple[int, str] | None:
        """Return the person a sentence opens on, if it does, with the place."""
        end = sentence.span.end
        if k < len(self._quoted) and self._quoted[k].start < end:
            end = max(self._quoted[k].start, sentence.span.start)
        mentions = self.listener.between(sentence.span.start, end)
        governed = -1
        agent: tuple[int, str] | None = None
        for mention in mentions:
            if 0 <= mention.span.start - governed <= 2:
                governed = mention.span.end  # « avec le président X »
                continue
            if not self.listener.is_person(mention):
                continue
            lead = [t.norm for t in _slice(sentence, 0, mention.span.start, -3)]
            last = lead[-1] if lead else ""
            if last in ("le", "la", "m.", "mme", "l'", "the") and len(lead) > 1:
                last = lead[-2]
            if last not in ("de", "d'", "à", "avec", "par", "du", "au", "aux", "of", "with", "by", "des", "sous"):
                return mention.span.start, mention.ids[0]
            if last in ("par", "by"):
                agent = mention.span.start, mention.ids[0]  # « L'annonce est faite par X »
            elif agent is None and self._speech_of(sentence, mention.span.start, mention.span.end):
                agent = mention.span.start, mention.ids[0]  # « Dans le discours de X, il a dit »
            governed = mention.span.end
        return agent

    def _speech_of(self, sentence: Sentence, start: int, after: int) -> bool:
        """Tell whether « le discours de » stands before the person and « , il » follows: that person is the subject."""
        about = sentence.tokens[0].norm in self.listener.words.about  # « Quant à X, il … »
        if not about and not any(t.norm in self.listener.words.sources for t in _slice(sentence, 0, start, -4)):
            return False
        tokens = [t for t in sentence.tokens if t.start >= after][:_WINDOW]
        return any(a.norm == "," and b.norm in ("il", "elle") for a, b in pairwise(tokens))

    def _telling(self, sentence: Sentence) -> tuple[int, str] | None:
        """Return the person a clause like « X, l'envoyé des Lacs, qui a déclaré » ends the sentence on, if one does."""
        tokens = sentence.tokens[: 4 * _WINDOW]
        for k in range(len(tokens) - 2, 1, -1):
            if tokens[k].norm not in self.listener.words.who:
                continue
            if not any(self.listener.is_speech(t) for t in tokens[k + 1 : k + 4]):
                continue
            people = [m for m in self.listener.between(sentence.span.start, tokens[k].start) if len(m.ids) == 1]
            person = next((m for m in reversed(people) if self.listener.is_person(m)), None)
            between = len([t for t in tokens[:k] if person is not None and t.start >= person.span.end])
            if person is not None and between <= 10:
                return person.span.start, person.ids[0]
        return None

    def spoke(self, place: _Place, name: str) -> None:
        """Note that somebody has just spoken."""
        self._spoken.append((place.quoted.outer.end, name))

    def at(self, place: _Place, last: tuple[int, Voice] | None) -> str | None:
        """Return the person « il » means at a quotation."""
        here = place.quoted.outer.start
        k = bisect_left(self._subjects, (here, ""))
        subject = self._subjects[k - 1] if k else None
        spoken = self._spoken[-1] if self._spoken else None
        if subject is None:
            return spoken[1] if spoken else None
        if spoken is None or subject[0] > spoken[0]:
            return subject[1]
        return spoken[1]

    def worded(self, place: _Place) -> Voice | None:
        """Read the sentence after a quotation that says whose it was: « Par ces mots, X … », « Ainsi parle X »."""
        last = self.reading.sentence_at(place.quoted.outer.end - 1)
        if last is None or last.index + 1 >= len(self.reading.sentences):
            return None
        tokens = list(self.reading.sentences[last.index + 1].tokens[:_WINDOW])
        words = [t.norm for t in tokens[:5]]
        known = self.listener.words
        named = not known.wordings.isdisjoint(words[1:]) and not known.these.isdisjoint(words)
        opened = next((t for t in known.thus if tuple(words[: len(t)]) == t), ())
        if not (named or opened):
            return None
        # « Ainsi » alone may open anything.
        if len(opened) == 1 and not any(self.listener.is_speech(t) for t in tokens[1:4]):
            return None
        people = [m for m in self.listener.between(tokens[0].start, tokens[-1].end) if self.listener.is_person(m)]
        return Voice(self.listener.name_of(people[0]), people[0].span, None, 0.7) if people else None

    def answering(self, place: _Place, last: Quote | None) -> Voice | None:
        """Read a quotation that stands alone after a sentence that lets somebody speak (« a répondu »)."""
        if place.sentence is None or place.sentence.index == 0 or place.before:
            return None
        previous = self.reading.sentences[place.sentence.index - 1]
        if last is None or last.span.end > previous.span.start or previous.block != place.sentence.block:
            return None
        voice = self.listener.before(list(previous.tokens[-_WINDOW:]), None)
        said = voice is not None and voice.span is not None and voice.cue is not None and voice.sure > 0.8
        return Voice(voice.name, voice.span, voice.cue, 0.6) if voice is not None and said else None

    def introducing(self, place: _Place, pronoun: str | None, always: bool = False) -> Voice | None:
        """Read a quotation that stands alone: the sentence before it says who."""
        if place.sentence is None or place.sentence.index == 0 or (place.before and not always):
            return Voice(pronoun, None, None, 0.5) if pronoun and not place.before else None
        previous = self.reading.sentences[place.sentence.index - 1]
        voice = self.listener.before(list(previous.tokens[-_WINDOW:]), pronoun)
        if voice is not None and voice.name:
            return Voice(voice.name, voice.span, voice.cue, 0.6)
        return Voice(pronoun, None, None, 0.5) if pronoun else None
