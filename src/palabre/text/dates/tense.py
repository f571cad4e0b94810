"""Tells from the words around an expression whether it looks back or ahead; no parser, a few words each side.

The nearest verb of the same clause decides: « a signé mardi », « recevra jeudi », « prévu le 3 mai », « réuni samedi ».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.text.dates.lexicon import Mark
from palabre.text.dates.resolve import Tense

_REACH = 22
"""How many words to look at on either side."""
_NOUN = 8
"""How many words a noun that bears a day may stand after its preposition."""
_TITLE = 3
"""Letters of a title before a name: « M. », « Dr. »."""


@dataclass(frozen=True)
class TenseWords:
    """The words and endings of one language that tell past from future."""

    future: frozenset[str]
    past: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    future_endings: tuple[str, ...]
    future_not: frozenset[str]
    past_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    not_participle: frozenset[str]
    bare_participle: tuple[str, ...]
    to_be: frozenset[str]
    ahead: frozenset[str]
    always_ahead: frozenset[str]
    always_behind: frozenset[str]
    at_first: frozenset[str]
    mooted: frozenset[str]
    instead: frozenset[str]
    says: frozenset[str]
    by: frozenset[str]
    before_noun: frozenset[str]
    called: frozenset[str]
    due: frozenset[str]
    befallen: tuple[str, ...]
    ahead_of: frozenset[str]
    behind_of: frozenset[str]
    had: frozenset[str]
    agreed: frozenset[str]
    to_infinitive: frozenset[str]
    infinitive_endings: tuple[str, ...]
    present: frozenset[str]


@lru_cache(maxsize=8)
def tense_words(lang: str) -> TenseWords:
    """Return the tense words of a language (a code of `lang.pack.LANGUAGES`)."""
    raw = table(lang, "dates")["tense"]
    return TenseWords(
        frozenset(raw["future"]),
        frozenset(raw["past"]),
        frozenset(raw["have"]),
        frozenset(raw["be"]),
        frozenset(raw["between"]),
        tuple(raw["future_endings"]),
        frozenset(raw["future_not"]),
        tuple(raw["past_endings"]),
        tuple(raw["participle_endings"]),
        frozenset(raw["not_participle"]),
        tuple(raw["bare_participle"]),
        frozenset(raw["to_be"]),
        frozenset(raw["ahead"]),
        frozenset(raw["always_ahead"]),
        frozenset(raw["always_behind"]),
        frozenset(raw["at_first"]),
        frozenset(raw.get("mooted", ())),
        frozenset(raw.get("instead", ())),
        frozenset(raw.get("says", ())),
        frozenset(raw.get("by", ())),
        frozenset(raw.get("before_noun", ())),
        frozenset(raw.get("called", ())),
        frozenset(raw.get("due", ())),
        tuple(raw.get("befallen", ())),
        frozenset(raw.get("ahead_of", ())),
        frozenset(raw.get("behind_of", ())),
        frozenset(raw["had"]),
        frozenset(raw["agreed"]),
        frozenset(raw["to_infinitive"]),
        tuple(raw["infinitive_endings"]),
        frozenset(raw["present"]),
    )


def tense_at(marks: Sequence[Mark], first: int, last: int, words: TenseWords) -> Tense:
    """Return the tense of the words around the expression that goes from mark `first` to mark `last`."""
    near = [m.norm for m in marks[max(0, first - 2) : first]]
    # « d'ici mars », and « d'ici au 3 mars » with one word between.
    reach = near[-2:] if first and marks[first - 1].letter == "a" else near[-1:]
    if any(norm in words.always_ahead for norm in reach):
        return Tense.PAST if _undone(marks, first, last, words) else Tense.FUTURE
    if near and near[-1].partition("-")[0] in words.says:
        return Tense.PAST
    if near and near[-1] in words.always_behind:
        return Tense.PAST
    left = _look(marks, range(first - 1, max(-1, first - 1 - _REACH), -1), words)
    right = _look(marks, range(last + 1, min(len(marks), last + 1 + _REACH)), words)
    if left is None and _closes_quotation(marks, last) and any(norm in words.ahead for norm in near):
        return Tense.FUTURE  # « avant la fin du mois de mai », a déclaré …
    # A verb after the expression must be clearly nearer: what stands before governs it.
    if left is None or (right is not None and right[0] + 2 < left[0]):
        left = right
    if left is not None:
        if left[1] is Tense.FUTURE and _undone(marks, first, last, words):
            return Tense.PAST
        if left[1] is Tense.PAST and _agreed_to(marks, first, words):
            return Tense.FUTURE
        return left[1]
    return Tense.FUTURE if any(norm in words.ahead for norm in near) else _by_preposition(marks, first, words)


def _by_preposition(marks: Sequence[Mark], first: int, words: TenseWords) -> Tense:
    """« après la réunion de lundi », « en vue du scrutin de dimanche »: what the noun that bears the day hangs on."""
    if not first or marks[first - 1].letter != "d":
        return Tense.UNKNOWN
    for i in range(first - 2, max(-1, first - _NOUN), -1):
        if marks[i].letter in "|,." or marks[i].norm in "!?;:…«»":
            break
        if marks[i].norm in words.behind_of:
            return Tense.PAST
        if marks[i].norm in words.ahead_of or marks[i].norm in words.ahead:
            return Tense.FUTURE
    return Tense.UNKNOWN


def _closes_quotation(marks: Sequence[Mark], last: int) -> bool:
    return any(m.norm in ("»", '"', "”") for m in marks[last + 1 : last + 3])


def _undone(marks: Sequence[Mark], first: int, last: int, words: TenseWords) -> bool:
    """« Prévue en mai, la rencontre avait été repoussée », « initialement prévu lundi »: a plan that was of old."""
    if any(m.norm in words.at_first for m in marks[max(0, first - 6) : first]):
        return True
    before = reversed(marks[max(0, first - 6) : first])
    planned = next((m for m in before if m.norm in words.future or m.norm in words.mooted), None)
    if planned is None or not _is_participle(planned.norm, words):
        return False
    for i in range(last + 1, min(len(marks) - 1, last + 1 + _REACH)):
        if marks[i].letter == "|" or marks[i].norm in (".", "!", "?", ";"):
            return False
        if marks[i].norm in words.instead:
            return True
        if marks[i].norm in words.had:
            return any(_is_participle(m.norm, words) for m in marks[i + 1 : i + 4])
    return False


def _agreed_to(marks: Sequence[Mark], first: int, words: TenseWords) -> bool:
    """« se sont entendus pour se revoir en mai », « a promis de livrer en juin »: what was agreed lies ahead."""
    for i in range(first - 1, max(0, first - 1 - _REACH), -1):
        if marks[i].letter == "|" or marks[i].norm in (".", "!", "?", ";", ",", "«", "»", '"'):
            return False
        if marks[i].letter == "_" and marks[i].norm.endswith(words.infinitive_endings):
            heads = marks[max(0, i - 6) : i]
            linked = any(m.norm in words.to_infinitive or m.letter in "da" for m in marks[max(0, i - 2) : i])
            return linked and any(m.norm in words.agreed for m in heads)
        if _verb(marks, i, words) is not None:
            return False
    return False


def says_event(marks: Sequence[Mark], first: int, last: int, words: TenseWords) -> bool:
    """Tell whether a verb close by says that something happens, happened or will: not that things are so.

    « a signé aujourd'hui », « doit s'achever aujourd'hui » do; « devenue aujourd'hui », « est aujourd'hui » do not.
    """
    for i in (*range(first - 1, max(-1, first - 6), -1), *range(last + 1, min(len(marks), last + 6))):
        norm = marks[i].norm
        if norm in (".", "!", "?", ";", ":", "«", "»") or marks[i].letter == "|":
            if i < first:
                continue
            return False
        if norm in words.future or (marks[i].letter == "_" and _looks_future(norm, words)):
            return True
        follows = [m.norm for m in marks[i + 1 : i + 4] if m.norm not in words.between]
        if norm in words.have and follows and _is_participle(follows[0], words):
            return True
    return False


def _is_participle(norm: str, words: TenseWords) -> bool:
    return len(norm) > 1 and norm.endswith(words.participle_endings) and norm not in words.not_participle


def _look(marks: Sequence[Mark], places: range, words: TenseWords) -> tuple[int, Tense] | None:
    commas = 0
    for distance, i in enumerate(places):
        mark = marks[i]
        if mark.letter == "|" or mark.norm in (".", "!", "?", ";", "…") or (mark.norm == ":" and places.step < 0):
            return None
        if mark.letter == "," or mark.norm in '«»"“”()':
            commas += 1
        found = _verb(marks, i, words)
        if found is Tense.FUTURE and _is_participle(mark.norm, words):
            if places.step > 0 and i + 1 < len(marks) and marks[i + 1].norm in words.by:
                continue  # « Jeudi marque la date limite fixée par l'accord »
            found = _of_plan(marks, i, words, before=places.step < 0)
        if found is not None:
            return distance + 2 * commas, found
    return None


def _of_plan(marks: Sequence[Mark], i: int, words: TenseWords, *, before: bool) -> Tense:
    """« est prévu lundi » lies ahead, « a prévu lundi de » behind, « était prévu lundi » on either side.

    `before` tells whether the participle stands before the day: « a fixé au 3 mars », « a reporté à lundi » lie ahead.
    """
    for j in range(i - 1, max(-1, i - 5), -1):
        norm = marks[j].norm
        if norm in words.had:
            return Tense.UNKNOWN
        if norm in words.have:
            towards = before and (marks[i + 1].letter in "ad" or marks[i + 1].norm in words.always_ahead)
            return Tense.FUTURE if towards else Tense.PAST
        if norm not in words.between:
            break
    return Tense.FUTURE


def _verb(marks: Sequence[Mark], i: int, words: TenseWords) -> Tense | None:
    norm = marks[i].norm
    if norm in words.future:
        return Tense.FUTURE
    if norm in words.called and i + 1 < len(marks) and marks[i + 1].letter == "a":
        return Tense.FUTURE
    if marks[i].letter != "_" or _is_name(marks, i):
        return None
    if norm in words.past or norm in words.had:
        return Tense.PAST
    if norm in words.present or norm in words.due:
        return Tense.UNKNOWN
    if _looks_future(norm, words):
        return Tense.FUTURE
    if _is_participle(norm, words):
        return _of_participle(marks, i, words)
    if len(norm) > 4 and norm.endswith(words.past_endings):
        return Tense.PAST
    return None


def _is_name(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word is a name by its capital within a sentence: « Moura » is no future, « M. Juppé » no past."""
    if not marks[i].capital or not i or marks[i - 1].letter == "|" or marks[i - 1].norm in '!?…:«“"':
        return False
    if marks[i - 1].letter == ".":
        return i > 1 and marks[i - 2].capital and len(marks[i - 2].norm) <= _TITLE
    return True


def _looks_future(norm: str, words: TenseWords) -> bool:
    return len(norm) > 3 and norm.endswith(words.future_endings) and norm not in words.future_not


def _of_participle(marks: Sequence[Mark], i: int, words: TenseWords) -> Tense | None:
    """A participle takes its tense from the auxiliary before it: « sera lancé », « a été lancé »."""
    for j in range(i - 1, max(-1, i - 5), -1):
        norm = marks[j].norm
        if norm in words.have or norm in words.be:
            return Tense.PAST
        if norm in words.future or norm in words.to_be or _looks_future(norm, words):
            return Tense.FUTURE
        if norm not in words.between:
            break
    if i and (marks[i - 1].letter in "DT" or marks[i - 1].norm in words.before_noun):
        return None  # « la tenue d'élections » is a noun
    # Alone, only the endings that few nouns and adjectives share are trusted: « réuni samedi » needs its auxiliary.
    return Tense.PAST if len(marks[i].norm) > 4 and marks[i].norm.endswith(words.bare_participle) else None
