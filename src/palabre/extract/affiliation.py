"""Tells for whom the people of a text speak, by the words around their names: « X, pour le Mali », « Au nom de …, X ».

Functions are joined to people in `linking`; what no words of the text tell stays untold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.extract.scanning import Line, Piece
from palabre.extract.speech import speech_forms
from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.extract.cast import Cast, Person

GOVERNING = frozenset({"state", "head", "minister", "foreign", "spokes"})
"""Functions whose holder speaks for a state."""
_NAME_OF = 4
_FAR = 10
_DETERMINERS = frozenset(
    {"le", "la", "l'", "son", "sa", "un", "une", "the", "a", "an", "leur", "nouveau", "ancien", "ancienne", "actuel"}
)


def spoken_for(line: Line, piece: Piece, cast: Cast) -> None:
    """Read « le Malien X », « X, pour le Mali, », « X (Mali) », « X, le général qui préside la transition au Mali »."""
    person = cast.find(piece.person)
    if person is None:
        return
    before = line.owner.get(piece.start - 1)
    if before is not None and before.form is MentionForm.ADJECTIVE and not before.inside:
        person.offices.append(("", "", before.ids))
    at = piece.end
    if line.norm(at) in ("pour", "for"):
        at -= 1  # « X pour le Mali et Y pour le Niger »
    if (at < piece.end or line.norm(at) in (",", "(")) and line.norm(at + 1) in ("pour", "for", "au", "du"):
        named = next((line.owner[k] for k in range(at + 2, at + 4) if k in line.owner), None)
        if (
            named is not None
            and named.form is MentionForm.NAME
            and line.norm(named.end) in (",", ")", ".", "et", "and", ";")
        ):
            person.offices.append(("", "", named.ids))
    elif line.norm(at) == "(":
        named = line.owner.get(at + 1)
        if named is not None and named.form is MentionForm.NAME and line.norm(named.end) == ")":
            person.offices.append(("", "", named.ids))
    elif line.norm(at) == ",":
        window = range(at + 1, min(at + 14, len(line.tokens)))
        if any(line.norm(k) in ("qui", "who", "dont", "whose") for k in range(at + 1, at + 5)):
            for k in window:
                if line.norm(k) == "," and k > at + 2:
                    break
                named = line.owner.get(k)
                if named is not None and named.form is MentionForm.NAME and named.kind is not ActorKind.PERSON:
                    person.offices.append(("", "", named.ids))
                    break


def in_the_name_of(line: Line, piece: Piece, cast: Cast) -> None:
    """Read « Au nom du Pérou, X … »: X speaks for it."""
    person = cast.find(piece.person)
    comma = piece.start - 1
    if person is None or person.acts_for or line.norm(comma) != "," or comma < _NAME_OF:
        return
    named = line.owner.get(comma - 1)
    if named is None or named.form is not MentionForm.NAME or named.kind is ActorKind.PERSON:
        return
    lead = [line.norm(k) for k in range(max(0, named.start - 4), named.start)]
    if "nom" in lead and lead[lead.index("nom") - 1] == "au":
        person.offices.append(("", "", named.ids))


def tell_for_whom(lines: list[Line], cast: Cast, lang: str) -> None:
    """Learn for whom a minister speaks from what they say of one state.

    « X a réaffirmé l'appui du Pérou », « Le Pérou versera 10 millions, a annoncé X ».
    """
    speech, backing = speech_forms(lang), frozenset(fold(w) for w in table(lang, "actors")["people"]["backing"])
    for line in lines:
        for piece in line.pieces:
            person = cast.find(piece.person) if piece.person and piece.form is not MentionForm.OFFICE else None
            if person is None or person.acts_for or not person.classes & GOVERNING:
                continue
            told = _state_told(line, piece, speech, backing)
            if told:
                person.acts_for = told


def _state_told(line: Line, piece: Piece, speech: frozenset[str], backing: frozenset[str]) -> tuple[str, ...]:
    at = piece.end
    while line.norm(at) in (",", "(") and (owner := line.owner.get(at + 1) or line.owner.get(at + 2)) is not None:
        if owner.form is not MentionForm.OFFICE:
            break
        at = owner.end + (line.norm(owner.end) == ",")
    said = next((k for k in range(at, min(at + _FAR, len(line.tokens))) if fold(line.norm(k)) in speech), None)
    if said is not None:
        that = next((k for k in range(said + 1, said + 5) if line.norm(k) in ("que", "qu'", "that")), None)
        owned = next((k for k in range(said + 1, said + 6) if fold(line.norm(k)) in backing), None)
        if that is not None:
            return _state_at(line, that + 1)
        if owned is not None and line.norm(owned + 1) in ("du", "de", "d'", "des", "of"):
            return _state_at(line, owned + 2)
        return ()
    before = piece.start
    while before > 0 and (line.norm(before - 1) in _DETERMINERS or before - 1 in line.owner):
        before -= 1
    if fold(line.norm(before - 1)) not in speech:
        return ()
    # « Le gouvernement canadien versera …, vient d'annoncer X »
    return _state_at(line, 0)


def _state_at(line: Line, at: int) -> tuple[str, ...]:
    """Return the state that opens a clause at token `at`: « le Pérou », « le gouvernement péruvien », « Lima »."""
    for k in range(at, min(at + 4, len(line.tokens))):
        piece = line.owner.get(k)
        if piece is None:
            continue
        of_government = piece.form is MentionForm.ADJECTIVE and line.norm(k - 1) in ("gouvernement", "government")
        if piece.kind is ActorKind.STATE and (piece.form in (MentionForm.NAME, MentionForm.CAPITAL) or of_government):
            return piece.ids if len(piece.ids) == 1 and not piece.place else ()
        return ()
    return ()


def settle(person: Person) -> None:
    """Speak for the states and bodies of the functions that name one, the first function first."""
    for _, _, ids in person.offices:
        if ids:
            person.acts_for = ids
            return
