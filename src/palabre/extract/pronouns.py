"""Tells whom « nous », « notre », « nos » commit inside a quotation: those the speaker speaks for.

« nos deux pays » is a description found with the actors; here is only what needs the quotations and their speakers.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for, table
from palabre.model.annotations import ActorMention
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations, Quote
    from palabre.text.reading import Reading


def resolve_pronouns(reading: Reading, found: Annotations) -> tuple[ActorMention, ...]:
    """Return the mentions of `found` with those of « nous », « je » and the like inside its quotations, sorted by span.

    « je » is the speaker; « nous » those the speaker acts for, or the speaker when the text does not tell. Where the
    speaker is unknown nothing is added; a place that holds a mention already keeps it.
    """
    data = table(pack_for(reading.lang), "actors").get("pronouns", {})
    plural, single = frozenset(data.get("first", ())), frozenset(data.get("single", ()))
    taken = sorted(m.span for m in found.mentions)
    added: list[ActorMention] = []
    for quote in found.quotes:
        own, spoken_for = _who(found, quote)
        if not own:
            continue
        for span, norm in _words(reading, quote):
            ids = spoken_for if norm in plural else own if norm in single else ()
            if ids and not _holds(taken, span):
                added.append(ActorMention(span, ids, MentionForm.PRONOUN))
    return tuple(sorted((*found.mentions, *added), key=lambda m: (m.span.start, -m.span.end)))


def _who(found: Annotations, quote: Quote) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (the speaker, those spoken for) of a quotation, as ids."""
    if quote.speaker is None:
        return (), ()
    entry = found.actor(quote.speaker) or next((a for a in found.actors if quote.speaker in a.names), None)
    if entry is not None:
        return (entry.id,), entry.acts_for if entry.kind is ActorKind.PERSON and entry.acts_for else (entry.id,)
    if quote.speaker_span is None:
        return (), ()
    ids = next((m.ids for m in found.mentions if m.span == quote.speaker_span), ())
    return ids, ids


def _words(reading: Reading, quote: Quote) -> list[tuple[Span, str]]:
    out: list[tuple[Span, str]] = []
    sentence = reading.sentence_at(quote.span.start)
    while sentence is not None and sentence.span.start < quote.span.end:
        tokens = sentence.tokens
        low = bisect_left(tokens, quote.span.start, key=lambda t: t.start)
        for token in tokens[low:]:
            if token.end > quote.span.end:
                break
            out.append((Span(token.start, token.end), token.norm))
        following = sentence.index + 1
        sentence = reading.sentences[following] if following < len(reading.sentences) else None
    return out


def _holds(taken: list[Span], span: Span) -> bool:
    """Tell whether a mention already lies at `span` or begins right after it (« nos deux pays »)."""
    k = bisect_left(taken, Span(span.start, span.start))
    return any(other.touches(span) or other.start == span.end + 1 for other in taken[max(0, k - 1) : k + 1])
