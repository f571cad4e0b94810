"""Answers, for one reading, whom a mention means and by what name the text knows it. It reads no verb."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import kind_of
from palabre.extract.offices import office_words
from palabre.extract.speech import speech_words
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold, parts
from palabre.text.reading import Token

if TYPE_CHECKING:
    from palabre.model.annotations import ActorMention, Annotations
    from palabre.text.reading import Reading

_NEAR = 6
"""Sentences looked back at for the body that « l'organisation » means."""
_RECENT = 200
"""Mentions looked back at for the person a demonym means."""


class Roll:
    """The mentions of one reading, with the names the text has for each actor."""

    def __init__(self, reading: Reading, found: Annotations, lang: str) -> None:
        self.reading, self.found, self.lang = reading, found, lang
        self.words = speech_words(lang)
        self.mentions = [m for m in found.mentions if m.form is not MentionForm.ADJECTIVE]
        self._starts = [m.span.start for m in self.mentions]
        self._people = {a.id for a in found.actors if a.kind is ActorKind.PERSON}
        self._all_starts = [m.span.start for m in found.mentions]
        self._acting = {a.id: frozenset(a.acts_for) for a in found.actors if a.kind is ActorKind.PERSON}
        self._heads = [a.id for a in found.actors if a.kind is ActorKind.PERSON and a.office and a.acts_for]
        self._headed: dict[str, str] = {}
        for actor in found.actors:
            if actor.kind is ActorKind.BODY:
                for name in actor.names:
                    if " " in name:
                        self._headed.setdefault(fold(name.split()[0]), actor.id)
        self._names: dict[str, dict[str, None]] = {}
        for mention in found.mentions:
            if mention.form is MentionForm.NAME and len(mention.ids) == 1:
                known = self._names.setdefault(mention.ids[0], {})
                known.setdefault(reading.words(mention.span))

    def is_person(self, mention: ActorMention) -> bool:
        """Tell whether a mention means one person."""
        return len(mention.ids) == 1 and mention.ids[0] in self._people

    def apposed(self, mention: ActorMention, mentions: list[ActorMention]) -> ActorMention:
        """Prefer the person named in apposition to a function or body (« le ministre malien, X »)."""
        if self.is_person(mention):
            return mention
        for other in mentions:
            if other.span.start >= mention.span.end and self.is_person(other):
                between = self.reading.text[mention.span.end : other.span.start]
                gap = between.strip(" \u00a0,")
                if len(gap) < 4 or (_bare(between) and mention.form is not MentionForm.OFFICE):
                    return other
        return mention

    def name_of(self, mention: ActorMention) -> str:
        """Return the fullest name for a mention: a person's, a body's; a function nobody holds as it is written."""
        if self.is_person(mention):
            return mention.ids[0]
        if mention.form is MentionForm.OFFICE:
            return self._both(mention) or self._fullest(self.reading.words(mention.span))
        if mention.form is MentionForm.DESCRIPTION and len(mention.ids) > 1:
            words = self.reading.words(mention.span)
            head = words.split()[-1]
            fullest = self._fullest(head)
            return words if fullest == head else fullest
        if mention.form is MentionForm.CAPITAL:
            return self.reading.words(mention.span)
        if fold(self.reading.words(mention.span).split()[0]) in self.words.organs:
            return self.reading.words(mention.span)
        if len(mention.ids) == 1:
            return self._longest(self.reading.words(mention.span), mention)
        return self.reading.words(mention.span)

    def _both(self, mention: ActorMention) -> str:
        """Return the names of those whom « les présidents malien et togolais » means, if each is one, else nothing."""
        if len(mention.ids) < 2:
            return ""
        heads = [[a for a in self._heads if self._acting[a] == {each}] for each in mention.ids]
        return " et ".join(each[0] for each in heads) if all(len(each) == 1 for each in heads) else ""

    def is_demonym(self, end: int) -> bool:
        """Tell whether an adjective that names a state or body ends at `end`."""
        at = bisect_left(self._all_starts, end)
        near = self.found.mentions[max(0, at - 3) : at]
        return any(m.form is MentionForm.ADJECTIVE and m.span.end == end for m in near)

    def body_headed(self, head: str) -> str | None:
        """Return the body whose name of several words opens with the folded word `head`, or None."""
        return self._headed.get(head) if len(head) > 4 else None

    def may_be_of(self, speaker: str, states: tuple[str, ...]) -> bool:
        """Tell whether a speaker acts for one of some states, or for none that the text tells."""
        acting = self._acting.get(speaker, frozenset())
        return bool(acting & set(states)) or not any(kind_of(a) is ActorKind.STATE for a in acting)

    def is_named(self, speaker: str) -> bool:
        """Tell whether a speaker is one of the text's people by name."""
        return speaker in self._people

    def last_person(self, offset: int) -> str | None:
        """Return the person named last before `offset` (« ce dernier »), or None."""
        at = bisect_left(self._starts, offset)
        named = (m for m in reversed(self.mentions[max(0, at - _RECENT) : at]) if self.is_person(m))
        return next((m.ids[0] for m in named), None)

    def last_body(self, offset: int) -> str | None:
        """Return the body that last opened a sentence before `offset`, by its fullest name, or None."""
        here = self.reading.sentence_at(max(0, offset - 1))
        for sentence in reversed(self.reading.sentences[: here.index + 1 if here is not None else 0][-_NEAR:]):
            first = next(iter(self.between(sentence.span.start, min(sentence.span.end, offset))), None)
            if first is None or first.form is not MentionForm.NAME or len(first.ids) != 1:
                continue
            if kind_of(first.ids[0]) is ActorKind.BODY and first.ids[0] not in self._people:
                return self._longest(self.reading.words(first.span), first)
        return None

    def last_several(self, offset: int) -> ActorMention | None:
        """Return the last function in the plural before `offset` (« les ministres des Lacs »), or None."""
        at = bisect_left(self._starts, offset)
        for mention in reversed(self.mentions[max(0, at - _RECENT) : at]):
            if mention.form is MentionForm.OFFICE and not self.is_person(mention):
                head = self.reading.words(mention.span).split()[0]
                plural = (v.plural for _, v in office_words(self.lang).offices.match(_one(head), 0))
                if head[-1] in "sx" and any(plural):
                    return mention
        return None

    def only_title(self, office: ActorMention, start: int) -> bool:
        """Tell whether nothing but titles and spaces stands between a function and what begins at `start`."""
        words = self.reading.text[office.span.end : start].casefold().split()
        return not words or all(w in office_words(self.lang).titles for w in words)

    def one_of(self, demonym: Token) -> str | None:
        """Return the person last spoken of who acts for the state of « l'Espagnol », or None."""
        at = bisect_left(self._all_starts, demonym.start)
        nation = self.found.mentions[at] if at < len(self._all_starts) else None
        if nation is None or nation.span.start != demonym.start or nation.form is not MentionForm.ADJECTIVE:
            return None
        for mention in reversed(self.found.mentions[max(0, at - _RECENT) : at]):
            if len(mention.ids) == 1 and self._acting.get(mention.ids[0], frozenset()) & set(nation.ids):
                return mention.ids[0]
        return None

    def _longest(self, words: str, mention: ActorMention) -> str:
        """Return the longest name of the text that spells `words` out; an organ's name is not the whole's."""
        known = self._names.get(mention.ids[0], {})
        if mention.form is not MentionForm.NAME:
            return max(known, key=len, default=mention.ids[0])
        return max((n for n in known if n == words or _spells(n, words)), key=len, default=words)

    def _fullest(self, words: str) -> str:
        """Return the longest function of the text that opens with the same word (« les trois ministres »)."""
        head = fold(words.split()[0])
        longest = words
        if len(words.split()) > 1:
            return words
        for mention in self.mentions:
            if mention.form is MentionForm.OFFICE:
                other = self.reading.words(mention.span)
                if fold(other.split()[0]) == head and len(other) > len(longest):
                    longest = other
        return longest

    def between(self, start: int, end: int) -> list[ActorMention]:
        """Return the mentions that lie in `[start, end)`, a function before the names inside it."""
        out: list[ActorMention] = []
        for k in range(bisect_left(self._starts, start), len(self.mentions)):
            mention = self.mentions[k]
            if mention.span.start >= end:
                break
            if mention.span.end <= end and not any(o.span.contains(mention.span) for o in out[-3:]):
                out.append(mention)
        return out


def _one(word: str) -> tuple[Token, ...]:
    return (Token(0, len(word), word.casefold()),)


def _spells(name: str, short: str) -> bool:
    """Tell whether a name holds a shorter one, or spells an acronym out."""
    pieces, wanted = parts(name), parts(short)
    if set(wanted) <= set(pieces):
        return True
    initials = iter(p[0] for p in pieces)
    return len(wanted) == 1 and len(pieces) > 1 and all(any(c == i for i in initials) for c in wanted[0])


def _bare(between: str) -> bool:
    """Tell whether only a few plain words part a state from who serves it (« China's spokesman X »)."""
    words = between.replace("'s", " ").replace("’s", " ").split()
    return len(words) <= 4 and all(w.isalpha() and w.islower() and len(w) > 3 for w in words)
