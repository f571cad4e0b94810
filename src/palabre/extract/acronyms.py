"""Learns the acronyms a text introduces in brackets after a long name; it finds no other name.

« Banque Confédérale pour l'Investissement (BCI) » teaches that BCI is that bank for the rest of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.extract.bodies import body_words
from palabre.extract.gazetteer import bodies, gazetteer, given_names
from palabre.extract.scanning import lexicon
from palabre.lang.pack import LANGUAGES
from palabre.model.vocabulary import ActorKind
from palabre.text.names import fold, parts

if TYPE_CHECKING:
    from palabre.text.reading import Reading, Token

_ACRONYM = re.compile(r"[A-ZÉÈ][A-Za-zÉÈé]*(?:[-&][A-Z][A-Za-z]*)*\+?\Z")
_MOST_WORDS = 14
_SMALL = 3
"""Letters of a word that tells nothing of a name."""


def learn_acronyms(reading: Reading, lang: str) -> dict[str, str]:
    """Return the acronyms the text introduces in brackets after a long name, each with its id.

    An acronym in the table of bodies keeps its id there; one that stands for a known name takes that name's id; one
    that stands for a text, a plan or a meeting is no body's, and has an empty id.
    """
    learned: dict[str, str] = {}
    tables, words = gazetteer(lang), lexicon(lang)
    for sentence in reading.sentences:
        tokens = sentence.tokens
        for i in range(1, len(tokens) - 2):
            if tokens[i].norm not in ("(", "–", "[") or tokens[i + 2].norm not in (")", "]"):
                continue
            written = reading.text[tokens[i + 1].start : tokens[i + 1].end]
            if not _acronym(written, words.not_bodies) or _nickname(reading, tokens, i, written):
                continue
            headed = _headed(reading, tokens, i, lang) if sum(map(str.isupper, written)) > 1 else None
            long = _long_name(reading, tokens, i, written)
            if _taken(tokens, i + 1, lang):
                long = headed
                if long is None or not _another(tokens[long:i], tokens, i + 1, lang):
                    continue
            long = headed if long is None else long
            if long is None:
                if _names_a_thing(reading.text, tokens, i, written, lang):
                    learned[written] = ""  # « la facilité élargie de crédit (FEC) »
                continue
            known = [k for end, k in tables.names.match(tokens, long) if end == i]
            if not known and fold(tokens[long].norm) in body_words(lang).things:
                learned[written] = ""  # « l'Accord de pêche durable (APD) » is a text, no body
                continue
            learned[written] = known[0].ids[0] if known else written
    return learned


def _acronym(written: str, not_bodies: frozenset[str]) -> bool:
    capitals = sum(c.isupper() for c in written)
    return (
        2 <= len(written) <= 14
        and _ACRONYM.match(written) is not None
        and (capitals >= 2 or (len(written) > 3 and capitals == 1))
        and written.upper() not in not_bodies
    )


def _taken(tokens: tuple[Token, ...], i: int, lang: str) -> bool:
    """Tell whether the bracketed word is a name the tables hold."""
    return any(end == i + 1 for end, _ in gazetteer(lang).names.match(tokens, i))


def _nickname(reading: Reading, tokens: tuple[Token, ...], end: int, written: str) -> bool:
    """Tell whether « (Jojo) » stands after somebody's name: capital words, the first a given name."""
    if written[1:] != written[1:].lower():
        return False
    first = end
    while first > 0 and reading.text[tokens[first - 1].start].isupper() and tokens[first - 1].norm.isalpha():
        first -= 1
    return any(fold(t.norm) in given_names() for t in tokens[first:end])


def _headed(reading: Reading, tokens: tuple[Token, ...], end: int, lang: str) -> int | None:
    """Return where the body's name that stands before a bracket begins, by its head noun, or None.

    « Mouvement des lacs et des rives (LRM) »: an acronym of another language spells nothing of the French name.
    """
    heads = body_words(lang).heads
    for k in range(end - 1, max(-1, end - _MOST_WORDS), -1):
        norm = tokens[k].norm
        if not norm[0].isalnum():
            return None
        if fold(norm) in heads and reading.text[tokens[k].start].isupper():
            return k if end - k > 1 else None
    return None


def _names_a_thing(text: str, tokens: tuple[Token, ...], end: int, acronym: str, lang: str) -> bool:
    """Tell whether a text's or a plan's name in small letters stands before a bracket, with the acronym's initials."""
    things, letters = body_words(lang).things, [c for c in acronym if c.isupper()]
    for k in range(end - 1, max(-1, end - _MOST_WORDS), -1):
        norm = tokens[k].norm
        if not norm[0].isalnum():
            return False
        if fold(norm) in things and tokens[k].norm != text[tokens[k].start : tokens[k].end]:
            return True  # « la Réunion des dirigeants (ALM) »: whatever the acronym spells
        if fold(norm) in things and fold(norm)[0] == fold(letters[0])[0]:
            return _matched(tokens[k:end], letters) >= max(2, len(letters) - 1)
    return False


def _another(name: tuple[Token, ...], tokens: tuple[Token, ...], at: int, lang: str) -> bool:
    """Tell whether a long name has no word in common with those of the body that the tables know by its acronym."""
    here = {p for t in name for p in parts(t.norm) if len(p) > _SMALL}
    known = [k for end, k in gazetteer(lang).names.match(tokens, at) if end == at + 1]
    if not here or not known or known[0].kind is not ActorKind.BODY:
        return False
    entry = bodies().get(known[0].ids[0], {})
    names = [n for each in LANGUAGES for n in entry.get(each, ())]
    spelled = {p for n in names for p in parts(n) if len(p) > _SMALL}
    return bool(spelled) and not here & spelled


def _long_name(reading: Reading, tokens: tuple[Token, ...], end: int, acronym: str) -> int | None:
    """Return where the long name that an acronym at `end` stands for begins, or None."""
    letters = [c for c in acronym if c.isupper()]
    initial = fold(letters[0])[0]
    best = None
    for k in range(end - 1, max(-1, end - _MOST_WORDS), -1):
        norm = tokens[k].norm
        if not norm[0].isalnum():
            break
        if reading.text[tokens[k].start].isupper() and fold(norm)[0] == initial and end - k >= min(2, len(letters) - 1):
            best = k
            if end - k > 1 and _matched(tokens[k:end], letters) == len(letters):
                break  # the nearest name whose initials are all there
    if best is None or end - best < 2:
        return None
    wanted = [fold(c) for c in letters]
    matched = _matched(tokens[best:end], letters)
    return best if matched >= max(2, (len(wanted) + 1) // 2) or acronym[1:].islower() else None


def _matched(tokens: tuple[Token, ...], letters: list[str]) -> int:
    """Return how many of an acronym's letters the initials of a name hold, in order."""
    done = 0
    for initial in (fold(p)[0] for t in tokens for p in parts(t.norm)):
        if done < len(letters) and initial == fold(letters[done]):
            done += 1
    return done
