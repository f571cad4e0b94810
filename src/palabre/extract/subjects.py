"""Reads the subject that follows an inverted verb of speech: a name, a function, « un banquier », « le diplomate ».

It reads mentions found already, through a listener. A subject with no name stands as it is written; one that takes up a
person already spoken of (« le diplomate », « l'Espagnol ») is that person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.offices import office_words
from palabre.extract.voices import SubjectWords, Voice, subject_words
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.extract.origins import Origins
    from palabre.model.annotations import ActorMention
    from palabre.text.reading import Token

_PUNCTUATION = frozenset(".;:!?")
_QUOTES = frozenset('«“"')
_FAR = 26
_ADVERBS = 8
"""Tokens between a verb and « un responsable » (« en milieu de journée »)."""
_TAKEN_UP = 2
"""Words of « le diplomate malien »."""
_LONGEST = 9
"""Tokens of the longest subject without a name."""


def subject_after(listener: Origins, tokens: list[Token], verb: int, pronoun: str | None) -> Voice | None:
    """Return the subject that follows the inverted verb `tokens[verb]`; `pronoun` is the person « il » would mean."""
    cue = Span(tokens[verb].start, tokens[verb].end)
    ends = (j for j in range(verb + 1, len(tokens)) if tokens[j].norm in _PUNCTUATION or tokens[j].norm in _QUOTES)
    stop = next(ends, len(tokens))
    if stop <= verb + 1:
        return None
    source = next((j for j in range(verb + 1, min(stop, verb + 5)) if tokens[j].norm in listener.words.sources), None)
    if source is not None:
        return listener.source(tokens, source, stop, cue)
    words = subject_words(listener.lang)
    somebody = _somebody(listener, tokens, verb, stop, words)
    if somebody is not None:
        return _written(listener, tokens, somebody, stop, cue, words)
    mention = _mention(listener, tokens, verb, stop, words)
    if mention is not None and not (pronoun and takes_up(listener, mention, pronoun)):
        better = listener.apposed(mention, listener.between(tokens[verb].end, tokens[stop - 1].end))
        return Voice(listener.name_of(better), better.span, cue, 0.95)
    return _described(listener, tokens, verb, stop, cue, pronoun)


def _somebody(listener: Origins, tokens: list[Token], verb: int, stop: int, words: SubjectWords) -> int | None:
    """Return where « un responsable du Golfe » opens, before anybody is named, or None."""
    named = next(iter(listener.between(tokens[verb].end, tokens[stop - 1].end)), None)
    for k in range(verb + 1, min(stop - 1, verb + _ADVERBS)):
        if named is not None and named.span.start < tokens[k].start:
            return None
        if fold(tokens[k].norm) in words.indefinite and fold(tokens[k + 1].norm) in words.persons:
            after = tokens[min(k + _LONGEST, stop - 1)].end
            # « un diplomate, X »: the name that follows says who.
            told = any(
                listener.is_person(m) and m.form is not MentionForm.OFFICE
                for m in listener.between(tokens[k].end, after)
            )
            return None if told else k
        if fold(tokens[k].norm) in words.breaking or tokens[k].norm == ",":
            return None
    return None


def _mention(listener: Origins, tokens: list[Token], verb: int, stop: int, words: SubjectWords) -> ActorMention | None:
    """Return the first mention after the verb that no preposition governs, nor anything of another clause."""
    near = tokens[min(stop - 1, verb + _FAR)].end
    done, governed = tokens[verb].end, False
    found: ActorMention | None = None
    for mention in listener.between(tokens[verb].end, tokens[stop - 1].end):
        if mention.span.start > near:
            break
        gap = [fold(t.norm) for t in tokens[verb + 1 : stop] if done <= t.start < mention.span.start]
        if any(g in words.breaking for g in gap):
            break
        bare = [g for g in gap if g not in words.definite and g not in words.titles]
        governed = (governed and not gap) or (bool(bare) and bare[-1] in words.governing)
        done = mention.span.end
        loose = any(g in words.around for g in gap) and gap[-1] not in (*words.definite, *words.titles, ",")
        if governed or (loose and not listener.is_person(mention)):
            continue
        if found is not None:  # « la chercheuse des Lacs Ilva Morn »: the name after the function
            named = mention.form is MentionForm.NAME and listener.is_person(mention) and "," not in gap
            return mention if named else found
        if mention.form is not MentionForm.OFFICE:
            return mention
        found = mention
    return found


def takes_up(listener: Origins, mention: ActorMention, pronoun: str) -> bool:
    """Tell whether a mention takes up the person spoken of: « le diplomate », « le diplomate malien ».

    With a nationality it does so only where that person speaks for no other state.
    """
    if mention.form is not MentionForm.OFFICE:
        return False
    words = subject_words(listener.lang)
    named = fold(listener.reading.words(mention.span)).split()
    if listener.is_person(mention):
        return len(named) == 1 and named[0] in words.persons
    if named[0] not in words.persons or len(named) > _TAKEN_UP:
        return False
    return len(named) == 1 or (listener.is_demonym(mention.span.end) and listener.may_be_of(pronoun, mention.ids))


def _described(
    listener: Origins, tokens: list[Token], verb: int, stop: int, cue: Span, pronoun: str | None
) -> Voice | None:
    """Return the voice of a subject without a name."""
    words = subject_words(listener.lang)
    at = verb + 1
    while at < stop and tokens[at].norm in listener.words.fillers and at < verb + 5:
        at += 1
    if at + 1 >= stop:
        return None
    if listener.takes_up_source(tokens, at):
        return listener.same_source(tokens[at])
    if fold(tokens[at].norm) in words.latter or fold(f"{tokens[at].norm} {tokens[at + 1].norm}") in words.latter:
        unnamed = pronoun if pronoun and not listener.is_named(pronoun) else None  # « un négociateur »
        last = unnamed or listener.last_person(tokens[verb].start) or pronoun
        return Voice(last, None, cue, 0.7) if last else None
    if fold(tokens[at].norm) in words.indefinite:
        return _written(listener, tokens, at, stop, cue, words)
    if fold(tokens[at].norm) not in words.definite:
        return None
    if tokens[at + 1].norm == "même" and at + 2 < stop and fold(tokens[at + 2].norm) in words.persons and pronoun:
        return Voice(pronoun, None, cue, 0.7)  # « le même responsable »
    head = fold(tokens[at + 1].norm)
    capital = listener.reading.text[tokens[at + 1].start].isupper()
    who = listener.one_of(tokens[at + 1]) if capital else None
    if who is not None:
        return Voice(who, None, cue, 0.7)
    if head in listener.words.organs:
        voice = _written(listener, tokens, at, stop, cue, words)
        return replace(voice, name=listener.fullest_organ(voice.span)) if voice is not None and voice.span else voice
    if head in words.persons and pronoun:
        return Voice(pronoun, None, cue, 0.65)
    body = listener.body_headed(head)
    if body is None and head in words.bodies and (pronoun is None or not listener.is_named(pronoun)):
        body = listener.last_body(tokens[verb].start)  # « exhorte l'organisation »
    if body is not None:
        return Voice(body, None, cue, 0.6)
    found = office_words(listener.lang).offices.match(tokens, at + 1)
    if found:
        return Voice(listener.reading.words(Span(tokens[at + 1].start, tokens[found[0][0] - 1].end)), None, cue, 0.5)
    return None


def _written(
    listener: Origins, tokens: list[Token], at: int, stop: int, cue: Span, words: SubjectWords
) -> Voice | None:
    """Return « un conseiller du président X » as it is written, up to what only stands beside it."""
    end = at + 1
    while end < min(stop, at + 1 + _LONGEST):
        norm = fold(tokens[end].norm)
        if norm == "," or norm in words.breaking or (norm in words.around and norm not in ("de", "du", "des", "d'")):
            break
        end += 1
    if end == at + 1:
        return None
    span = Span(tokens[at + 1].start, tokens[end - 1].end)
    return Voice(listener.reading.words(span), span, cue, 0.85)
