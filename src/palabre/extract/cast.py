"""Joins the forms of each person across one text, and tells whom each speaks for.

« Sergueï Lavrov », « Lavrov » and « M. Lavrov » are one; « le chef de la diplomatie russe » is he when the text says
so. What no words of the text tell stays untold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from palabre.extract.gazetteer import given_names
from palabre.extract.scanning import Line, Piece, walk
from palabre.lang.pack import shared_table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold, key, parts

_NEAR = 50
_SHORT = 4
"""Letters of a last word too short for a slip of the pen to be told."""
_CHINESE_STYLE = 2
"""A short form may be the first word of a name of two words (« M. Xi » for « Xi Jinping »)."""


@dataclass
class Person:
    """One person of a text: the names as written, the functions, the states or bodies spoken for."""

    name: str
    pieces: tuple[str, ...]
    names: dict[str, int] = field(default_factory=dict)
    """As written, with how often."""
    offices: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """(class, words, ids), in order of the text."""
    acts_for: tuple[str, ...] = ()
    known_for: frozenset[str] = frozenset()
    """What the public record says, while the text says nothing."""

    @property
    def classes(self) -> set[str]:
        """Return the classes of the functions the text gives this person."""
        return {sort for sort, _, _ in self.offices}


class Cast:
    """The people of one text, in order of appearance."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._by_key: dict[str, Person] = {}

    def person(self, name: str) -> Person:
        """Return the person of that full name, made known when new; spellings of one name meet."""
        pieces = parts(name)
        found = self._by_key.get(key(name))
        if found is None:
            near = self._by_word.get(pieces[-1], [])[-_NEAR:]
            found = next((p for p in near if p.pieces[-1] == pieces[-1] and same_person(p.pieces, pieces)), None)
        if found is None:
            near = self._by_word.get(pieces[0], [])[-_NEAR:]
            found = next((p for p in near if _begins_alike(p.pieces, pieces) or _misspelt(p.pieces, pieces)), None)
        if found is None:
            found = Person(name, pieces)
            self.people.append(found)
            self._index(found, pieces)
        elif len(pieces) > len(found.pieces):
            found.name, found.pieces = name, pieces
            self._index(found, pieces)
        self._by_key.setdefault(key(name), found)
        return found

    def _index(self, person: Person, pieces: tuple[str, ...]) -> None:
        for word in dict.fromkeys(pieces):
            rows = self._by_word.setdefault(word, [])
            if not rows or rows[-1] is not person:
                rows.append(person)

    def short(self, name: str) -> Person | None:
        """Return whom a surname (or the first word of a Chinese name) stands for, the last to appear first."""
        pieces = parts(name)
        near = list(reversed(self._by_word.get(pieces[0], [])[-_NEAR:]))
        for person in near:
            if person.pieces[-len(pieces) :] == pieces:
                return person
        for person in near:
            own = person.pieces
            if len(own) == _CHINESE_STYLE and own[0] == pieces[0] and len(pieces) == 1:
                return person
            if len(pieces) == 1 and own[0] == pieces[0] and _family_first(person.name, own[0]):
                return person
            if len(own) > 2 and any(own[k : k + len(pieces)] == pieces for k in range(1, len(own))):
                return person
        return None

    def find(self, name: str) -> Person | None:
        """Return the person of that name, in any spelling the text has, or None."""
        return self._by_key.get(key(name))

    def forget(self, person: Person, whole: Person) -> None:
        """Take a person off the list: `whole` is the same one."""
        self.people.remove(person)
        self._by_key[key(person.name)] = whole


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(fold(n) for n in shared_table("given_names")["families"].split())


def _family_first(name: str, first: str) -> bool:
    """Tell whether the first word of a full name is that of the family."""
    return _hyphened(name) or first in _families() or first not in given_names()


def _hyphened(name: str) -> bool:
    """Tell whether a name is written as in Korea, the given name last: « Yoon Suk-yeol »."""
    words = name.split()
    first, mark, second = words[-1].replace("‑", "-").partition("-")
    return len(words) == 2 and bool(mark) and first[:1].isupper() and second.islower()


def _begins_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether one full name is the other without some words: its last ones, or one between and its last.

    « Ilo Adan Kass » is « Ilo Adan Kass Moral », « Ilo Kass » is « Ilo-Adan Kass Moral ».
    """
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) > _CHINESE_STYLE and long[: len(short)] == short:
        return True
    return len(short) == _CHINESE_STYLE < len(long) - 1 and short[0] == long[0] and short[1] == long[-2]


def _misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two full names differ in the last word only, by the order of its letters or by one letter more."""
    other = len(a) == len(b) and len(a) > 1 and a[:-1] == b[:-1] and a[-1] != b[-1]
    if not other or min(len(a[-1]), len(b[-1])) <= _SHORT or a[-1][0] != b[-1][0]:
        return False
    return sorted(a[-1]) == sorted(b[-1]) or _one_letter_more(a[-1], b[-1])


def _one_letter_more(a: str, b: str) -> bool:
    """Tell whether one word is the other with one letter more (« Orsine », « Orsinne »)."""
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two full names are one person's: same last word, and the first words agree or start alike."""
    if a == b:
        return True
    if a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1 or a[-len(b) :] == b or b[-len(a) :] == a:
        return True
    return a[0][0] == b[0][0] and (
        len(a[0]) <= 1 or len(b[0]) <= 1 or a[0][:3] == b[0][:3] or set(a) <= set(b) or set(b) <= set(a)
    )


def join_people(lines: list[Line]) -> Cast:
    """Return the cast of a text; each person's piece gets the name in `person`, known surnames are found again."""
    cast = Cast()
    people = [p for _, p in walk(lines) if p.kind is ActorKind.PERSON and p.form is not MentionForm.OFFICE]
    for piece in people:
        if piece.form is MentionForm.NAME:
            cast.person(piece.name)
    for piece in people:
        short = cast.short(piece.name) if piece.form is MentionForm.SURNAME else None
        person = short or cast.person(piece.name)
        person.names[piece.name] = person.names.get(piece.name, 0) + 1
        piece.person = person.name
    _again(lines, cast)
    _cut_short(lines, cast)
    for piece in people:
        settled = cast.find(piece.person)
        if settled is not None:
            piece.person = settled.name
    return cast


def _cut_short(lines: list[Line], cast: Cast) -> None:
    """A text cut in the middle of a name (« a assuré Abdou ») means the person whose name begins so."""
    if not lines or not lines[-1].tokens:
        return
    line = lines[-1]
    piece = line.owner.get(len(line.tokens) - 1)
    if piece is None or not piece.person or piece.form is not MentionForm.SURNAME:
        return
    begun = parts(piece.name)[0]
    whole = next((p for p in cast.people if p.pieces[0].startswith(begun) and p.pieces[0] != begun), None)
    if whole is not None and len(begun) > 2:
        begun_as = cast.find(piece.person)
        if begun_as is not None and begun_as is not whole:
            cast.forget(begun_as, whole)
        piece.person = whole.name


def _again(lines: list[Line], cast: Cast) -> None:
    """Take a bare surname wherever it stands, once the text has given the person."""
    surnames = {p.pieces[-1]: p for p in cast.people}
    for line in lines:
        for i, token in enumerate(line.tokens):
            if i in line.owner or not line.upper(i):
                continue
            pieces = parts(token.norm)
            if not pieces or pieces[-1] not in surnames or len(pieces[-1]) < 3:
                continue
            person = surnames[pieces[-1]]
            piece = Piece(
                i, i + 1, MentionForm.SURNAME, (), ActorKind.PERSON, line.written(i, i + 1), person=person.name
            )
            person.names[piece.name] = person.names.get(piece.name, 0) + 1
            line.add(piece)
