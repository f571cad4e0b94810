"""Finds reported speech without quotation marks: « a affirmé que … », « selon X, … », « a fait part de … ».

The span is the reported clause, without the words that report it. Speech between marks is left to `quotes`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.clauses import has_main_verb
from palabre.extract.speakers import Listener
from palabre.extract.speech import er_forms
from palabre.lang.pack import pack_for, table
from palabre.model.annotations import IndirectStatement
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm, StatementForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.model.annotations import Annotations, Quote
    from palabre.text.reading import Reading, Sentence, Token

_PARTICIPLES = ("e", "ee", "es", "ees", "i", "ie", "is", "ies", "u", "ue", "us", "ues", "it", "ert")
_MARKS = frozenset({"«", "»", "“", "”", '"', "''"})
_SHORTEST = 3
_LONGEST = 400
"""Tokens of the longest sentence read."""


@dataclass(frozen=True)
class ReportWords:
    """How a language reports without quoting."""

    that: frozenset[str]
    between: frozenset[str]
    nominal: dict[str, list[tuple[str, ...]]]
    """By first word, without accents."""
    conditional: frozenset[str]
    incise: frozenset[str]


@lru_cache(maxsize=8)
def report_words(lang: str) -> ReportWords:
    """Return the words of a language."""
    data = table(lang, "quotes").get("indirect", {})
    return ReportWords(
        frozenset(data.get("that", ())),
        frozenset(data.get("between", ())),
        _by_first(data.get("nominal", ())),
        frozenset(data.get("conditional", ())),
        frozenset(
            fold(f)
            for f in (
                *(form for verb in data.get("incise", ()) for form in er_forms(verb)),
                *data.get("incise_forms", ()),
            )
        ),
    )


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(fold(w) for w in phrase.split())
        out.setdefault(words[0], []).append(words)
    return out


def find_statements(reading: Reading, found: Annotations) -> tuple[IndirectStatement, ...]:
    """Return the statements reported without marks, sorted by span; `found` holds actors, mentions and quotations."""
    lang = pack_for(reading.lang)
    listener, words = Listener(reading, found, lang), report_words(lang)
    quotes = sorted(q.span for q in found.quotes)
    out: list[IndirectStatement] = []
    last: str | None = None
    at = 0
    for sentence in reading.sentences:
        if len(sentence.tokens) > _LONGEST:
            continue
        while at < len(found.quotes) and found.quotes[at].span.end <= sentence.span.start:
            at += 1
        said = [q for q in _within(found, at, sentence.span) if q.speaker]
        here = _of_sentence(reading, listener, sentence, words, last, [(q.span.end, q.speaker) for q in said])
        for statement in here:
            last = statement.speaker or last
        out += [s for s in here if not _is_quoted(s.span, quotes)]
        last = said[-1].speaker if said else last
    return tuple(sorted(out, key=lambda s: s.span))


def _within(found: Annotations, at: int, span: Span) -> list[Quote]:
    """Return the quotations that lie in `span`, the first of which is not before index `at`."""
    out = []
    for quote in found.quotes[at : at + _LONGEST]:
        if quote.span.start >= span.end:
            break
        if span.contains(quote.span):
            out.append(quote)
    return out


def _is_quoted(span: Span, quotes: list[Span]) -> bool:
    k = max(0, bisect_left(quotes, Span(span.start, span.start)) - 1)
    shared = 0
    while k < len(quotes) and quotes[k].start < span.end:
        shared += quotes[k].shared(span)
        k += 1
    return shared > len(span) // 2


def _of_sentence(
    reading: Reading,
    listener: Listener,
    sentence: Sentence,
    words: ReportWords,
    last: str | None,
    said: list[tuple[int, str | None]],
) -> list[IndirectStatement]:
    tokens = list(sentence.tokens)
    opening = _according(listener, tokens, last) or _headline(reading, listener, sentence)
    if opening is not None:
        return [opening]
    out: list[IndirectStatement] = []
    reached = -1
    verbs = listener.words.verbs
    for k in [k for k, token in enumerate(tokens) if fold(token.norm) in verbs]:
        if k <= reached or not listener.speech_at(tokens, k):
            continue
        just = next((name for end, name in reversed(said) if end <= tokens[k].start), None)
        if just is None and out and out[-1].span.end <= tokens[k].start:
            just = out[-1].speaker
        found = _that_clause(listener, tokens, k, words, last, just) or _closing(listener, tokens, k, words, last)
        if found is not None:
            out.append(found[0])
            reached = found[1]
    if not out:
        nominal = _nominal(listener, tokens, words, last)
        out += [nominal] if nominal else []
    if not out:
        hearsay = _hearsay(listener, tokens, words)
        out += [hearsay] if hearsay else []
    return out


def _clause(listener: Listener, tokens: list[Token], start: int, end: int) -> Span | None:
    """Return the span of tokens `[start, end)` without marks and commas at its ends, or None when it is too short."""
    while start < end and (tokens[start].norm in _MARKS or tokens[start].norm in (",", ":")):
        start += 1
    while end > start and (tokens[end - 1].norm in _MARKS or tokens[end - 1].norm in (",", ".", ";", "!", "?", "…")):
        end -= 1
    if end - start < _SHORTEST:
        return None
    return Span(tokens[start].start, tokens[end - 1].end)


def _headline(reading: Reading, listener: Listener, sentence: Sentence) -> IndirectStatement | None:
    """« X : la Y fera Z », in a title: the words after the colon are X's."""
    if reading.blocks[sentence.block].kind not in ("title", "heading"):
        return None
    tokens = list(sentence.tokens)
    colon = next((k for k, t in enumerate(tokens[:8]) if t.norm == ":"), None)
    if colon is None or any(t.norm in _MARKS for t in tokens):
        return None
    named = listener.between(tokens[0].start, tokens[colon].start)
    if len(named) != 1 or not listener.is_person(named[0]) or named[0].span.end < tokens[colon - 1].end:
        return None
    span = _clause(listener, tokens, colon + 1, len(tokens))
    cue = Span(tokens[colon].start, tokens[colon].end)
    return IndirectStatement(span, listener.name_of(named[0]), StatementForm.INDIRECT, cue, 0.7) if span else None


def _according(listener: Listener, tokens: list[Token], last: str | None) -> IndirectStatement | None:
    """« Selon X, … » at the head, or « …, selon X. » at the end of a sentence."""
    voice = listener.according(tokens, 1, last)
    if voice is not None and voice.span is not None and voice.cue is not None:
        after = next((k for k, t in enumerate(tokens) if t.start >= voice.span.end and t.norm == ","), None)
        if after is not None and after + 1 < len(tokens):
            apposed = listener.between(tokens[after + 1].start, tokens[min(after + 2, len(tokens) - 1)].end + 80)
            if apposed and apposed[0].form is MentionForm.OFFICE and apposed[0].span.start <= tokens[after + 1].end + 4:
                beyond = (k for k, t in enumerate(tokens) if t.start >= apposed[0].span.end and t.norm == ",")
                after = next(beyond, after)
            span = _clause(listener, tokens, after + 1, len(tokens))
            if span is not None:
                return IndirectStatement(span, voice.name or None, StatementForm.HEARSAY, voice.cue, 0.8)
    for k in range(len(tokens) - 2, max(2, len(tokens) - 14), -1):
        if tokens[k - 1].norm != "," and tokens[k].norm not in ("selon", "d'"):
            continue
        if any(t.norm in _MARKS for t in tokens[k:]):
            continue  # inside a quotation that ends the sentence
        voice = listener.according(tokens[k:], 1, last)
        if voice is not None and voice.cue is not None and tokens[k].norm != "pour":
            span = _clause(listener, tokens, 0, k)
            if span is not None:
                return IndirectStatement(span, voice.name or None, StatementForm.HEARSAY, voice.cue, 0.75)
    return None


def _that_clause(
    listener: Listener, tokens: list[Token], verb: int, words: ReportWords, last: str | None, just: str | None
) -> tuple[IndirectStatement, int] | None:
    """« X a affirmé que … », « …, précisant que … » (by the one who has just spoken, `just`)."""
    if any(t.norm in ("convient", "faut", "important", "utile") for t in tokens[:verb]) and verb < 7:
        return None  # « il convient de rappeler que »: the writer speaks
    k = verb + 1
    while k < len(tokens) and k < verb + 9 and tokens[k].norm in words.between:
        k += 1
    if k < len(tokens) and tokens[k].norm not in words.that:
        mention = next(iter(listener.between(tokens[k].start, tokens[-1].end)), None)
        if mention is not None and mention.span.start == tokens[k].start:
            k = next((j for j in range(k, len(tokens)) if tokens[j].start >= mention.span.end), len(tokens))
    if k >= len(tokens) or tokens[k].norm not in words.that:
        return None
    end = _end_of_clause(listener, tokens, k + 1)
    span = _clause(listener, tokens, k + 1, end)
    if span is None:
        return None
    participle = fold(tokens[verb].norm).endswith("ant")
    speaker = just if participle and just else _speaker(listener, tokens, verb, last)
    form = StatementForm.INDIRECT
    cue = Span(tokens[verb].start, tokens[k].end)
    return IndirectStatement(span, speaker, form, cue, 0.85 if speaker else 0.5), end - 1


def _closing(
    listener: Listener, tokens: list[Token], verb: int, words: ReportWords, last: str | None
) -> tuple[IndirectStatement, int] | None:
    """« …, a constaté X. »: the clause before an inverted verb of speech that ends the sentence."""
    at = verb
    before = listener.words.auxiliaries | listener.words.fillers | listener.words.inverted
    while at > 0 and tokens[at - 1].norm in before:
        at -= 1
    if at < 4 or tokens[at - 1].norm != "," or any(t.norm in _MARKS for t in tokens[max(0, at - 2) : at]):
        return None
    if fold(tokens[verb].norm) not in words.incise or (
        verb + 1 < len(tokens) and tokens[verb + 1].norm in listener.words.object
    ):
        return None  # « X, le ministre, a insisté sur … »: no clause cut in
    voice = listener.after(tokens[at:], last)
    if voice is None or not voice.name or voice.sure < 0.6:
        return None
    start = max((k + 1 for k in range(at - 1) if tokens[k].norm in _MARKS), default=0)
    span = _clause(listener, tokens, start, at)
    if span is not None and not has_main_verb(tokens[start:at], listener.lang):
        # « Au cours de la réunion, a dit X, le pont … »: what is told comes after.
        said = voice.span.end if voice.span is not None and voice.span.start > tokens[verb].start else tokens[verb].end
        beyond = next((k for k in range(verb, len(tokens)) if tokens[k].start >= said), len(tokens))
        while beyond < len(tokens) - 1 and tokens[beyond].norm == ",":
            beyond += 1
        goes_on = beyond < len(tokens) and tokens[beyond].norm in listener.words.auxiliaries
        span = _clause(listener, tokens, start if goes_on else beyond, len(tokens)) or span
    if span is None:
        return None
    cue = Span(tokens[at].start, tokens[verb].end)
    return IndirectStatement(span, voice.name, StatementForm.INDIRECT, cue, 0.8), verb


def _end_of_clause(listener: Listener, tokens: list[Token], start: int) -> int:
    """Return where a reported clause ends: with its sentence, or before a participle of speech (« , ajoutant que »)."""
    for k in range(start + 2, len(tokens)):
        if tokens[k].norm == ";":
            return k
        if tokens[k - 1].norm == "," and listener.is_speech(tokens[k]) and fold(tokens[k].norm).endswith("ant"):
            return k - 1
    return len(tokens)


def _speaker(listener: Listener, tokens: list[Token], verb: int, last: str | None) -> str | None:
    voice = listener.before(tokens[: verb + 1], last)
    return voice.name if voice is not None and voice.name else last if _by_pronoun(tokens, verb) else None


def _by_pronoun(tokens: list[Token], verb: int) -> bool:
    return (
        any(
            t.norm in ("il", "elle", "he", "she", "dernier", "dernière", "celui-ci", "celle-ci")
            for t in tokens[max(0, verb - 4) : verb]
        )
        or verb < 3
    )


def _nominal(listener: Listener, tokens: list[Token], words: ReportWords, last: str | None) -> IndirectStatement | None:
    """« a fait part de … », « a exprimé sa volonté de … », « a réaffirmé l'engagement de … »."""
    for k in range(1, len(tokens)):
        for phrase in words.nominal.get(fold(tokens[k].norm), ()):
            end = k + len(phrase)
            if tuple(fold(t.norm) for t in tokens[k:end]) != phrase:
                continue
            span = _clause(listener, tokens, end, _end_of_clause(listener, tokens, end))
            subject = listener.subject_before(tokens, k)
            if span is None:
                continue
            speaker = listener.name_of(subject) if subject else (last if _by_pronoun(tokens, k) else None)
            return IndirectStatement(
                span, speaker, StatementForm.INDIRECT, Span(tokens[k].start, tokens[end - 1].end), 0.7
            )
    return None


def _hearsay(listener: Listener, tokens: list[Token], words: ReportWords) -> IndirectStatement | None:
    """« X aurait signé … »: the conditional of hearsay, with no condition in the sentence."""
    told = [k for k in range(1, len(tokens) - 1) if tokens[k].norm in words.conditional]
    if not told or any(t.norm in ("si", "s'il", "s'ils") for t in tokens):
        return None
    for k in told:
        following = tokens[k + 1].norm
        participle = len(following) > 3 and fold(following).endswith(_PARTICIPLES)
        if participle and following not in listener.words.determiners:
            span = _clause(listener, tokens, 0, len(tokens))
            if span is not None:
                cue = Span(tokens[k].start, tokens[k].end)
                return IndirectStatement(span, None, StatementForm.HEARSAY, cue, 0.6)
    return None
