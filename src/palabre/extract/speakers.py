"""Finds who says quoted words: before or after them, or in the sentences around. It reads mentions found already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.extract.origins import Origins
from palabre.extract.subjects import subject_after, takes_up
from palabre.extract.voices import Voice
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm

if TYPE_CHECKING:
    from palabre.model.annotations import ActorMention
    from palabre.text.reading import Token

_PUNCTUATION = frozenset(".;:!?")


_ORGAN = 8
"""Tokens of the longest subject that names nobody."""
_SEVERAL = frozenset({"les", "des", "plusieurs", "certains", "certaines", "deux", "trois", "quelques"})
_TITLE = 12
"""Characters of a title between a function and a name."""
_BEFORE = 110
"""Tokens of a clause read back from a quotation."""
_TO_BELIEVE = {(a, *rest) for a in ("à", "a") for rest in (("l'", "en", "croire"), ("l'", "entendre", ","))}
"""« À l'en croire », « à l'entendre, »: who was spoken of speaks."""


class Listener(Origins):
    """Answers, for one reading, who speaks in a stretch of tokens."""

    def finds_that(self, tokens: list[Token], k: int) -> bool:
        """Tell whether « a trouvé normal que » stands at token `k`: a verb of speech only before « que »."""
        if tokens[k].norm not in self.words.finding:
            return False
        return any(t.norm in ("que", "qu'") for t in tokens[k + 1 : k + 5])

    def after(self, tokens: list[Token], pronoun: str | None) -> Voice | None:
        """Read what follows quoted words: « a déclaré X », « a-t-il dit », « X said », « selon X »."""
        at = next((k for k, t in enumerate(tokens) if t.norm[0].isalnum() or t.norm[0] == "-"), None)
        if at is None:
            return None
        tokens = tokens[: at + 24]
        voice = self._inverted(tokens, at, pronoun)
        if voice is not None:
            return voice
        # « un « chèque » pour les dirigeants »: only after a comma does « pour » tell who speaks.
        parted = at > 0 and tokens[at - 1].norm == ","
        named = self.according(tokens[at:], 2, pronoun) if parted or tokens[at].norm != "pour" else None
        if named is not None:
            return named
        return self._plain_after(tokens, at) or self._later(tokens, at, pronoun)

    def within(self, tokens: list[Token], pronoun: str | None) -> Voice | None:
        """Read the clause cut into quoted words that says whose they are: « La page, a renchéri M. X, est … »."""
        voice = self._later(tokens, 0, pronoun) if len(tokens) > 3 else None
        return voice if voice is not None and voice.cue is not None else None

    def _later(self, tokens: list[Token], at: int, pronoun: str | None) -> Voice | None:
        """Read « …, dont la visite prochaine, a souligné X »: a clause cut in further on."""
        for k in range(at + 2, len(tokens)):
            if tokens[k - 1].norm != "," or not tokens[k].norm[0].isalpha():
                continue
            auxiliary = tokens[k].norm in ("a", "ont", "avait") or tokens[k].norm.startswith("s'")
            if auxiliary or (self.speech_at(tokens, k) and not tokens[k].norm.endswith(("ant", "é", "ée", "és"))):
                voice = self._inverted(tokens, k, pronoun)
                if voice is not None and voice.name and voice.sure > 0.4:
                    return voice
        return None

    def _inverted(self, tokens: list[Token], at: int, pronoun: str | None) -> Voice | None:
        k = at
        spoken: int | None = None
        while k < len(tokens) and k < at + 9:
            norm = tokens[k].norm
            if norm in self.words.nobody:
                return Voice("", None, _span(tokens[at], tokens[k]), 0.6)
            if norm in self.words.inverted:
                verb = (
                    spoken
                    if spoken is not None
                    else next(
                        (
                            j
                            for j in range(k + 1, min(k + 6, len(tokens)))
                            if self.is_speech(tokens[j]) or tokens[j].norm.endswith("é")
                        ),
                        None,
                    )
                )
                if verb is None and not (k and self.is_speech(tokens[k - 1])):
                    return None
                if not pronoun and norm.endswith(("ils", "elles")):
                    several = self.last_several(tokens[at].start)
                    if several is not None:
                        return Voice(self.name_of(several), several.span, _span(tokens[at], tokens[k]), 0.7)
                return Voice(pronoun, None, _span(tokens[at], tokens[k]), 0.8) if pronoun else None
            if self.speech_at(tokens, k) and norm not in self.words.auxiliaries and not norm.endswith("ant"):
                spoken = k
                k += 1
                continue
            filler = norm in self.words.fillers or (norm.endswith("ment") and len(norm) > 6)
            if norm in self.words.auxiliaries or (filler and (spoken is not None or k > at)):
                k += 1
                continue
            break
        if spoken is None:
            return None
        return subject_after(self, tokens, spoken, pronoun)

    def _plain_after(self, tokens: list[Token], at: int) -> Voice | None:
        """« …, X a déclaré » and « "…," X said »."""
        first = self.between(tokens[at].start, tokens[-1].end)[:1]
        if not first or first[0].span.start > tokens[min(at + 2, len(tokens) - 1)].start:
            return None
        mention = first[0]
        if any(t.norm in self.words.governing for t in tokens[at:] if t.start < mention.span.start):
            return None  # « « … » à l'Inde, a déclaré X »
        following = [t for t in tokens if t.start >= mention.span.end][:6]
        for token in following:
            if self.is_speech(token):
                return Voice(self.name_of(mention), mention.span, Span(token.start, token.end), 0.85)
            if token.norm in _PUNCTUATION:
                break
        return None

    def according(self, tokens: list[Token], within: int, pronoun: str | None = None) -> Voice | None:
        """Read « selon X », « pour X », « à en croire X » that opens within the first `within` tokens."""
        for k in range(min(within, len(tokens))):
            if pronoun and tuple(t.norm for t in tokens[k : k + 4]) in _TO_BELIEVE:
                return Voice(pronoun, None, _span(tokens[k], tokens[k + 3]), 0.8)
            for phrase in self.words.according.get(tokens[k].norm, ()):
                if tuple(t.norm for t in tokens[k : k + len(phrase)]) != phrase:
                    continue
                at = k + len(phrase)
                if at >= len(tokens):
                    continue
                stop = next(
                    (j for j in range(at, len(tokens)) if tokens[j].norm in {*_PUNCTUATION, "«", "“", '"'}), len(tokens)
                )
                end = tokens[min(stop, at + 9, len(tokens)) - 1].end
                cue = _span(tokens[k], tokens[at - 1])
                if tokens[at].norm in self.words.him:
                    return Voice(pronoun, _span(tokens[at], tokens[at]), cue, 0.75) if pronoun else None
                for mention in self.between(tokens[at].start, end)[:1]:
                    lead = [t.norm for t in tokens[at:] if t.start < mention.span.start]
                    if len(lead) > 4:
                        continue
                    if phrase == ("pour",) and (mention.form is MentionForm.NAME and not self.is_person(mention)):
                        continue
                    better = self.apposed(mention, self.between(tokens[at].start, tokens[-1].end))
                    return Voice(self.name_of(better), better.span, cue, 0.85)
                if phrase != ("pour",) and at < stop:
                    return self._unnamed(tokens, at, stop, cue)
        return None

    def _unnamed(self, tokens: list[Token], at: int, stop: int, cue: Span) -> Voice | None:
        """« selon les organisations humanitaires »: those who speak have no name; their words stand for it."""
        comma = next((j for j in range(at, stop) if tokens[j].norm == ","), stop)
        if tokens[at].norm in self.words.determiners and (
            owner := self.between(tokens[at].start, tokens[comma - 1].end)
        ):
            return Voice(self.name_of(owner[0]), owner[0].span, cue, 0.6)
        first = at + 1 if tokens[at].norm in self.words.determiners else at
        last = min(comma, first + 6)
        if first >= last or not tokens[first].norm[0].isalpha():
            return None
        told = next((k for k in range(first, stop) if tokens[k].norm in self.words.sources), None)
        if told is not None and told > at + 1:
            # « selon les informations données dans un communiqué du ministère »
            voice = self.source(tokens, told, stop, cue)
            if voice is not None and voice.sure > 0.6:
                return voice
        again = tokens[last - 1].norm in ("source", "sources") and self.takes_up_source(tokens, at)
        if again and tokens[at].norm not in self.words.own and (voice := self.same_source(tokens[at])) is not None:
            return voice
        span = _span(tokens[first], tokens[last - 1])
        alone = self.words.tells_alone([t.norm for t in tokens[at:last]])
        return Voice("" if alone else self.reading.words(span), span, cue, 0.6)

    def before(self, tokens: list[Token], pronoun: str | None) -> Voice | None:
        """Read the clause before quoted words: « X a déclaré : », « Pour X, », « X parle d'un »."""
        if not tokens:
            return None
        tokens = tokens[-_BEFORE:]
        goes_on = self._goes_on(tokens, pronoun)
        if goes_on is not None:
            return goes_on
        named = self.according(tokens, 2, pronoun) or self._last_according(tokens, pronoun)
        mentions = self.between(tokens[0].start, tokens[-1].end)
        verb = next(
            (
                k
                for k in range(len(tokens) - 1, -1, -1)
                if (self.speech_at(tokens, k) and tokens[k].norm not in ("a", "fait")) or self.finds_that(tokens, k)
            ),
            None,
        )
        if named is not None and (
            verb is None or named.span is None or named.span.start > tokens[verb].start or verb < 3
        ):
            return named
        if named is not None and named.span is not None and tokens[0].start <= named.span.start and verb is None:
            return named
        if verb is not None:
            cue = Span(tokens[verb].start, tokens[verb].end)
            if pronoun and any(
                t.norm in self.words.inverted for t in (*tokens[verb - 1 : verb], *tokens[verb + 1 : verb + 2])
            ):
                return Voice(pronoun, None, cue, 0.7)
            k = verb - 1
            while k > 0 and tokens[k].norm in self.words.auxiliaries:
                k -= 1
            if pronoun and k >= 0 and tokens[k].norm in ("il", "elle", "he", "she"):
                return Voice(pronoun, None, cue, 0.8)
            near = self._organ_at(tokens, verb)
            if near is not None and not self._within_body(near):
                return Voice(self.fullest_organ(near), near, cue, 0.8)
            inverted = self._subject_between(tokens, verb)
            subject = inverted or self.subject_before(tokens, verb)
            if subject is not None:
                if pronoun and not self.is_person(subject) and takes_up(self, subject, pronoun):
                    return Voice(pronoun, subject.span, cue, 0.75)
                return Voice(self.name_of(subject), subject.span, cue, 0.85)
            if pronoun and any(t.norm in ("il", "elle", "he", "she") for t in tokens[: verb + 1]):
                return Voice(pronoun, None, cue, 0.7)
            organ = self._organ(tokens, 0, verb)
            if organ is not None:
                return Voice(self.reading.words(organ), organ, cue, 0.7)
            source = next((k for k in range(verb) if tokens[k].norm in self.words.sources), None)
            if source is not None:
                return self.source(tokens, source, verb, cue)
            crowd = self._crowd(tokens, verb)
            if crowd is not None:
                return Voice(self.reading.words(crowd), crowd, cue, 0.7)
            if pronoun and (verb <= 3 or tokens[verb].norm.endswith("ant")):  # « …, ajoutant : »
                return Voice(pronoun, None, cue, 0.55)
        if named is not None:
            return named
        if tokens[-1].norm == ":" and mentions:
            people = [m for m in mentions if self.is_person(m)] or mentions
            return Voice(self.name_of(people[-1]), people[-1].span, None, 0.7)
        return None

    def _crowd(self, tokens: list[Token], verb: int) -> Span | None:
        """Return « diplomates » of « Les diplomates ont déclaré », « des habitants disent »: nobody is named."""
        end = verb
        while end > 0 and (
            tokens[end - 1].norm in self.words.auxiliaries or tokens[end - 1].norm in self.words.fillers
        ):
            end -= 1
        if not 2 <= end <= _ORGAN or tokens[0].norm not in _SEVERAL or tokens[1].norm[-1] not in "sx":
            return None
        plain = all(t.norm[0].isalpha() and t.norm not in self.words.auxiliaries for t in tokens[1:end])
        return _span(tokens[1], tokens[end - 1]) if plain and not any(map(self.is_speech, tokens[1:end])) else None

    def _goes_on(self, tokens: list[Token], pronoun: str | None) -> Voice | None:
        """« Et d'insister : »: whoever was speaking goes on."""
        told = [t for t in tokens if t.norm[0].isalpha()]
        if not pronoun or tokens[-1].norm != ":" or not 2 <= len(told) <= 4:
            return None
        if told[-2].norm not in self.words.infinitive or not self.is_speech(told[-1]):
            return None
        return Voice(pronoun, None, _span(told[-1], told[-1]), 0.75)

    def _last_according(self, tokens: list[Token], pronoun: str | None) -> Voice | None:
        for k in range(len(tokens) - 1, max(-1, len(tokens) - 16), -1):
            voice = self.according(tokens[k:], 1, pronoun)
            if voice is not None and tokens[k].norm != "pour":
                return voice
        return None

    def _subject_between(self, tokens: list[Token], verb: int) -> ActorMention | None:
        """« …, a insisté M. Diop, « … »: a person right after the verb."""
        if verb + 1 >= len(tokens):
            return None
        for mention in self.between(tokens[verb].end, tokens[-1].end)[:1]:
            gap = [t.norm for t in tokens[verb + 1 :] if t.start < mention.span.start]
            if len(gap) <= 2 and all(g in ("le", "la", "l'", "m.", "les", "mme", "the") for g in gap):
                auxiliary = tokens[verb - 1].norm if verb else ""
                if auxiliary in self.words.auxiliaries or not verb or tokens[verb - 1].norm == ",":
                    head = [t for t in tokens[:verb] if t.norm not in self.words.auxiliaries]
                    if (self.is_person(mention) or mention.form is MentionForm.OFFICE) and (
                        not head or head[-1].norm in (",", "»", "”")
                    ):
                        return mention
        return None

    def subject_before(self, tokens: list[Token], verb: int) -> ActorMention | None:
        """Return the subject of a verb: the last person (else body) before it that no preposition governs."""
        before = self.between(tokens[0].start, tokens[verb].start)
        for wanted in (True, False):
            for mention in reversed(before):
                if self.is_person(mention) is not wanted:
                    continue
                begun = mention.span.start
                for other in before:  # « le président M. X »: what governs the function governs the name
                    if (
                        0 <= begun - other.span.end <= _TITLE
                        and other.span.start < begun
                        and self.only_title(other, begun)
                    ):
                        begun = other.span.start
                previous = [t.norm for t in tokens if t.end <= begun]
                last = previous[-1] if previous else ""
                if last in ("le", "la", "l'", "les", "m.", "mme", "the", "général", "dr", "leur", "son", "sa"):
                    last = previous[-2] if len(previous) > 1 else ""
                if last in self.words.governing:
                    continue
                return mention
        return None


def _span(first: Token, last: Token) -> Span:
    return Span(first.start, last.end)
