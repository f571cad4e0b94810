"""Tells whose a text or a source is that speaks: « précise le communiqué », « ajoute la même source ».

It reads mentions found already, and the sentences before; the verbs and subjects of speech are read in `speakers`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.extract.roll import Roll
from palabre.extract.voices import Voice, subject_words
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.model.annotations import ActorMention
    from palabre.text.reading import Token

_ARTICLES = frozenset({"la", "le", "l'", "du", "des", "the"})
_OF = frozenset({"de", "du", "des", "d'", "la", "l'", "of", "the"})
_ORGAN = 7
"""Tokens of the longest name read for a state's organ."""
_ISSUED = 3
"""Sentences read back for the organ that issued it."""
_SENT = frozenset({"à", "au", "aux", "to"})
_DEFINITE = frozenset({"le", "la", "l'", "ce", "cette", "ledit", "même", "the"})
_DEFINITE_ALL = _DEFINITE | {"les", "des"}
_BACK = 8
"""Sentences read back for whose a communiqué is."""
_LONGEST = 200
"""Tokens of a sentence that are read for it."""
_WORDS = 9
"""Tokens of the longest description of a source."""


class Origins(Roll):
    """Answers, for one reading, whose the texts and sources are that it cites."""

    def is_speech(self, token: Token) -> bool:
        """Tell whether a token is a form of a verb of speech."""
        return fold(token.norm) in self.words.verbs

    def speech_at(self, tokens: list[Token], k: int) -> bool:
        """Tell whether token `k` is a verb of speech, and no noun of the same form (« une note »)."""
        if not self.is_speech(tokens[k]):
            return False
        if k == 0 or tokens[k - 1].norm not in self.words.determiners:
            return True
        return k > 1 and tokens[k - 2].norm in ("comme", "ainsi", "as")

    def source(self, tokens: list[Token], at: int, stop: int, cue: Span) -> Voice | None:
        """« indique le communiqué des trois ministres »: those whose text it is, else the text itself."""
        end = tokens[min(stop, at + 10) - 1].end
        organ = self._organ(tokens, at + 1, min(stop, at + 6), governed=True)
        if organ is not None:
            return Voice(self.reading.words(organ), organ, cue, 0.8)
        owner = self._owned(tokens[at:stop], self.between(tokens[at].end, end)) or self._owner_before(tokens[at])
        if owner is not None:
            return Voice(self.name_of(owner), owner.span, cue, 0.85)
        issuer = self._issuer(tokens[at]) if at and tokens[at - 1].norm in _DEFINITE else None
        if issuer is not None:
            return Voice(self.fullest_organ(issuer), issuer, cue, 0.7)
        span = _span(tokens[at], tokens[at])
        return Voice(self.reading.words(span), span, cue, 0.5)

    def _owner_before(self, source: Token) -> ActorMention | None:
        """« ajoute le communiqué »: whose the text said it was last time (« un communiqué des Lacs »)."""
        here = self.reading.sentence_at(source.start)
        if here is None:
            return None
        for sentence in reversed(self.reading.sentences[max(0, here.index - _BACK) : here.index]):
            for k, token in enumerate(sentence.tokens[:_LONGEST]):
                following = sentence.tokens[k + 1].norm if k + 1 < len(sentence.tokens) else ""
                published = following in self.words.published
                if token.norm != source.norm or not (published or following in self.words.determiners):
                    continue
                ahead = list(sentence.tokens[k : k + (12 if published else 6)])
                owner = self._owned(ahead, self.between(token.end, ahead[-1].end))
                if owner is not None:
                    return owner
        return None

    def _owned(self, tokens: list[Token], near: list[ActorMention]) -> ActorMention | None:
        """Return whose a text is: the first mention after its word, unless it is whom it was sent to or read by."""
        for mention in near[:1]:
            gap = [t.norm for t in tokens if t.start < mention.span.start]
            read = any(a in self.words.read and b in ("par", "by") for a, b in pairwise(gap))
            if not read and not any(g in _SENT or g == "," for g in gap):
                return mention
        return None

    def same_source(self, at: Token) -> Voice | None:
        """Read « la même source », « cette source », « notre source »: the text or the source told of last before."""
        here = self.reading.sentence_at(at.start)
        if here is None:
            return None
        words = subject_words(self.lang)
        for sentence in reversed(self.reading.sentences[max(0, here.index - _BACK) : here.index + 1]):
            tokens = [t for t in sentence.tokens[:_LONGEST] if t.end < at.start]
            for k in range(len(tokens) - 1, 0, -1):
                norm = tokens[k].norm
                indefinite = fold(tokens[k - 1].norm) in words.indefinite or tokens[k - 1].norm in ("des", "deux")
                if norm in self.words.texts and (indefinite or k + 1 < len(tokens)):
                    cue = _span(tokens[k], tokens[k])
                    voice = self.source(tokens, k, min(len(tokens), k + 12), cue)
                    if voice is not None and voice.sure > 0.6:
                        return Voice(voice.name, voice.span, None, 0.7)
                source = norm in ("source", "sources") or fold(norm) in words.persons
                if (source and indefinite) or (norm in ("source", "sources") and tokens[k - 1].norm in ("de", "autre")):
                    span = _span(tokens[k], tokens[self._stop(tokens, k + 1) - 1])
                    return Voice(self.reading.words(span), span, None, 0.7)
        return None

    def takes_up_source(self, tokens: list[Token], at: int) -> bool:
        """Tell whether « la même source », « cette source » or « notre source » opens at token `at`."""
        first, second, third = ([t.norm for t in tokens[at : at + 3]] + ["", "", ""])[:3]
        if first in ("cette", "ces", "notre", "nos"):
            return second in ("source", "sources") or (second == "même" and third == "source")
        return first in ("la", "les", "de") and second in ("même", "mêmes") and third in ("source", "sources")

    def _stop(self, tokens: list[Token], at: int) -> int:
        """Return where the words that describe a source end."""
        words = subject_words(self.lang)
        end = at
        while end < min(len(tokens), at + _WORDS):
            norm = fold(tokens[end].norm)
            told = norm in words.breaking or (norm in words.around and norm not in ("de", "du", "des", "d'", "au", "a"))
            if not norm[0].isalpha() or told or self.is_speech(tokens[end]) or norm in self.words.auxiliaries:
                break
            end += 1
        while end > at and tokens[end - 1].norm in (*_OF, "le", "les"):
            end -= 1
        return end

    def _issuer(self, source: Token) -> Span | None:
        """« précise le communiqué »: the organ that the sentences before let speak (« a annoncé le ministère »)."""
        here = self.reading.sentence_at(source.start)
        if here is None:
            return None
        for sentence in reversed(self.reading.sentences[max(0, here.index - _ISSUED) : here.index]):
            tokens = list(sentence.tokens[:_LONGEST])
            for k in range(len(tokens) - 1, 0, -1):
                if not self.speech_at(tokens, k):
                    continue
                organ = self._organ(tokens, k + 1, min(len(tokens), k + 5), governed=True) or self._organ_at(tokens, k)
                if organ is not None:
                    return organ
        return None

    def _organ_at(self, tokens: list[Token], verb: int) -> Span | None:
        """Return the organ whose words end right before a verb (« le bureau présidentiel a annoncé »), or None."""
        k = verb - 1
        while k > 0 and (tokens[k].norm in self.words.auxiliaries or tokens[k].norm in self.words.fillers):
            k -= 1
        organ = self._organ(tokens, max(0, k - _ORGAN), k + 1)
        return organ if organ is not None and organ.end >= tokens[k].end else None

    def fullest_organ(self, organ: Span) -> str:
        """Return the longest words the text has before `organ` for an organ of the same head: « le bureau » alone."""
        words = self.reading.words(organ)
        if " " in words:
            return words
        here = self.reading.sentence_at(organ.start)
        for sentence in reversed(self.reading.sentences[: here.index if here is not None else 0][-_BACK:]):
            tokens = list(sentence.tokens[:_LONGEST])
            for k, token in enumerate(tokens):
                if fold(token.norm) == fold(words) and k + 1 < len(tokens):
                    longer = self._organ(tokens, k, k + 1, governed=True)
                    if longer is not None and " " in self.reading.words(longer):
                        return self.reading.words(longer)
        return words

    def _organ(self, tokens: list[Token], first: int, stop: int, *, governed: bool = False) -> Span | None:
        """Return « la présidence velonienne » between two tokens; the subject of a verb must not be governed."""
        for k in range(stop - 1, max(0, first) - 1, -1):
            if fold(tokens[k].norm) not in self.words.organs or k == 0 or tokens[k - 1].norm not in _ARTICLES:
                continue
            lead = tokens[k - 2].norm if k > 1 else ""
            if not governed and (lead in self.words.governing or tokens[k - 1].norm in self.words.governing):
                continue
            end = k + 1
            while end < len(tokens) and end < k + _ORGAN and (tokens[end].norm in _OF or tokens[end].norm[0].isalpha()):
                if tokens[end].norm in self.words.auxiliaries or self.is_speech(tokens[end]):
                    break
                if tokens[end].norm in subject_words(self.lang).breaking:
                    break
                if (
                    tokens[end].norm in ("et", "and")
                    and end + 1 < len(tokens)
                    and tokens[end + 1].norm in _DEFINITE_ALL
                ):
                    break
                end += 1
            return _span(tokens[k], tokens[end - 1])
        return None

    def _within_body(self, organ: Span) -> bool:
        """Tell whether an organ's words are a body's name, which says who speaks by itself."""
        return any(
            m.form is MentionForm.NAME and m.span.start <= organ.start for m in self.between(organ.start, organ.end + 1)
        )


def _span(first: Token, last: Token) -> Span:
    return Span(first.start, last.end)
