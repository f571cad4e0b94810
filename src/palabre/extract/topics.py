"""Tells what each sentence is about, so that « il », « elle », « ils » that open the next one mean somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.extract.scanning import Lexicon, Line, Piece, lexicon
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from palabre.extract.standing import Stand

_NAMED = (MentionForm.NAME, MentionForm.CAPITAL)
_OPENING = 10
"""Tokens of the longest phrase that opens a sentence before its subject."""
_HEAD = 3
"""Tokens before the name of a subject: its article, its title."""


@dataclass(frozen=True)
class Topic:
    """What a sentence is about: its subject, the article before it, and the one person named in it, if there is one."""

    subject: Piece
    article: str
    person: Piece | None
    together: tuple[str, ...] = ()
    """The subject and those joined to it by « et », when there are any."""

    def meant(self, pronoun: str) -> Piece | None:
        """Return what « il » or « elle » means: the subject when its gender allows, else the person."""
        other = {"il": "la", "elle": "le", "he": "*", "she": "*"}.get(pronoun)
        state = self.subject.kind is not ActorKind.PERSON
        if pronoun == "it":
            return self.subject if state else None
        if (state and (self.article == other or other == "*")) or len(self.subject.ids) > 1 or self.subject.plural:
            return self.person
        return self.subject


def pronouns(line: Line, words: Stand, topic: Topic | None, lang: str) -> Topic | None:
    """Resolve « il », « elle », « ils » that open the sentence; return the sentence's own subject for the next."""
    if not line.tokens:
        return topic
    first = line.norm(0)
    if first in words.subject and topic is not None and not _impersonal(line, words):
        meant = topic.meant(first)
        if meant is not None:
            line.add(Piece(0, 1, MentionForm.PRONOUN, meant.ids, meant.kind, line.written(0, 1), person=meant.person))
        return topic
    if first in words.subjects and topic is not None:
        meant = topic.subject
        ids = topic.together or (meant.ids if len(meant.ids) > 1 or meant.plural else ())
        if ids:
            line.add(Piece(0, 1, MentionForm.PRONOUN, ids, meant.kind, line.written(0, 1)))
            return topic
    small = lexicon(lang)
    base = _opened(line)
    for piece in sorted(line.pieces, key=lambda p: (p.start, -p.end)):
        if piece.place or piece.form is MentionForm.ADJECTIVE or not (piece.person or piece.ids):
            continue
        lead = line.norm(piece.start - 1)
        if lead in small.articles:
            lead = line.norm(piece.start - 2) if lead in ("le", "la", "l'", "les") else lead
        if (
            0 <= piece.start - base <= _HEAD
            and lead not in small.prepositions
            and lead not in ("de", "d'", "du", "des", "au", "aux", "pour", "avec", "selon", "par")
        ):
            return Topic(piece, line.norm(piece.start - 1), _person_of(line), _together(line, piece, small))
        break
    person = _person_of(line)
    return Topic(person, "", person) if person is not None else None


def _opened(line: Line) -> int:
    """Return the token at which a sentence's clause opens: after « Selon un communiqué, », at its head otherwise."""
    comma = next((k for k in range(1, min(_OPENING, len(line.tokens))) if line.norm(k) == ","), None)
    if comma is None or any(k in line.owner and line.owner[k].form in _NAMED for k in range(comma)):
        return 0
    return comma + 1


def _together(line: Line, first: Piece, small: Lexicon) -> tuple[str, ...]:
    """Return a subject with those joined to it (« X (Pérou), Y et Z »), () when nobody is."""
    ids = [first.person] if first.person else list(first.ids)
    end, joined = first.end, 0
    for piece in sorted(line.pieces, key=lambda p: (p.start, -p.end)):
        if piece.start < end or piece.form is MentionForm.ADJECTIVE:
            continue
        gap = [line.norm(k) for k in range(end, piece.start)]
        if gap == ["("] and line.norm(piece.end) == ")":
            end = piece.end + 1
            continue
        links = [g for g in gap if g not in small.articles]
        if links == [] and gap == [] and piece.person and piece.person == ids[-1]:
            end = piece.end
            continue
        if links not in ([","], ["et"], ["and"]) or piece.place:
            break
        joined += links != [","]
        ids += [i for i in ([piece.person] if piece.person else piece.ids) if i not in ids]
        end = piece.end
    return tuple(ids) if joined and len(ids) > 1 else ()


def _person_of(line: Line) -> Piece | None:
    """Return the only person of a sentence, or None."""
    people = {p.person: p for p in line.pieces if p.person and p.kind is ActorKind.PERSON}
    return next(iter(people.values())) if len(people) == 1 else None


def _impersonal(line: Line, words: Stand) -> bool:
    second = line.norm(1)
    if second in words.impersonal:
        return True
    window = [line.norm(k) for k in range(1, 5)]
    return any(w in words.impersonal_after for w in window[1:])
