"""Draws up a text's list of actors from the pieces found: names as written, functions, members, what matters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import bodies, dialogue_parties, kind_of, members
from palabre.extract.offices import office_words
from palabre.extract.scanning import Line, Piece, lexicon, walk
from palabre.lang.pack import shared_table
from palabre.model.annotations import ActorEntry
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.extract.cast import Cast


_FAR = 40
"""Tokens each side of a name that are read for a visit."""
_LEADING = frozenset({"state", "head"})
"""Functions whose holder is the state: « le Premier ministre lacustre X » makes it a party."""
_SPEAKING = frozenset({"state", "head", "foreign", "minister"})
"""Functions that make a state a party where the demonym stands right before the name."""
_CITIES = frozenset({"SGP", "MCO", "DJI", "LUX", "PAN", "KWT", "GTM", "VAT", "SMR"})
"""States named as their city is: « à Singapour »."""
_JOINED = 20
"""States joined by « et en » that are read back over."""
_SIGNED = 4
"""Tokens beside the name on the line of who wrote."""
MANY = 2
"""What a mention counts; one that only says where counts half, so that two of them make a party."""
_TERRITORIES = frozenset({"ESH", "MYT", "REU", "GLP", "MTQ", "GUF", "NCL", "PYF", "HKG", "MAC", "GRL", "FLK"})
"""Places with a code of their own that are seldom a party."""


def entries_of(lines: list[Line], cast: Cast, lang: str) -> tuple[ActorEntry, ...]:
    """Return the actors in order of first mention; those only named in passing have `matters` false."""
    order: dict[str, ActorKind] = {}
    names: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    said: dict[str, int] = {}
    for line, piece in walk(lines):
        if piece.form in (MentionForm.OFFICE, MentionForm.DESCRIPTION, MentionForm.PRONOUN):
            continue
        if piece.kind is ActorKind.PERSON:
            if piece.person:
                order.setdefault(piece.person, ActorKind.PERSON)
            continue
        if piece.place:
            continue
        for each in piece.ids:
            order.setdefault(each, kind_of(each))
            if piece.form is MentionForm.ADJECTIVE and not piece.inside:
                said[each] = said.get(each, 0) + 1
            if piece.form in (MentionForm.NAME, MentionForm.CAPITAL) and not piece.elsewhere:
                counts[each] = counts.get(each, 0) + _weight(line, piece, lang)
                if piece.name not in names.setdefault(each, []):
                    names[each].append(piece.name)
    _with_wholes(order, counts)
    spoken_for = {i for line, p in walk(lines) if _leads(line, p, lang) for i in p.ids}
    spoken_for |= {i for line, p in walk(lines) if _nations_own(line, p, lang) for i in p.ids}
    regions = _regions(lang)
    dialogues = {p for each in order for p in dialogue_parties(each, lang)}
    signed = _signatures(lines)
    out = []
    for each, kind in order.items():
        person = cast.find(each) if kind is ActorKind.PERSON else None
        if person is not None:
            office = next((words for _, words, _ in person.offices if words), None)
            written = tuple(person.names) or (person.name,)
            out.append(ActorEntry(each, kind, written, office, person.acts_for, (), each not in signed))
            continue
        matters = (each in spoken_for or counts.get(each, 0) >= MANY or said.get(each, 0) > 1) and not (
            each in _TERRITORIES or _is_numbered(each, order)
        )
        if each in regions:
            matters = matters and (each in dialogues or _acts(lines, each))
        out.append(ActorEntry(each, kind, tuple(names.get(each, (each,))), None, (), members(each), matters))
    return tuple(out)


def _is_numbered(event: str, order: Iterable[str]) -> bool:
    """Tell whether « la COP » is a session that the text names by its number as well, and no actor beside it."""
    if bodies().get(event, {}).get("sort") != "event":
        return False
    return any(i.startswith(event) and i[len(event) :].isdigit() for i in order)


def _weight(line: Line, piece: Piece, lang: str) -> int:
    """Return what a mention by name counts: a city's name that only says where counts nothing."""
    if not _only_where(line, piece, lang):
        return MANY
    return 0 if piece.ids[0] in _CITIES else 1


def _only_where(line: Line, piece: Piece, lang: str) -> bool:
    """Tell whether a state's name only says where: « en X », « la capitale du X »; whom one visits is a party."""
    if piece.kind is not ActorKind.STATE:
        return False
    words = lexicon(lang)
    at = piece.start - 1
    while line.norm(at) in ("la", "le", "l'", "les", "the"):
        at -= 1
    before = line.norm(at)
    for _ in range(_JOINED):
        joined = line.owner.get(at - 2) if before == "en" and line.norm(at - 1) in ("et", "ou", ",") else None
        if joined is None or joined.kind is not ActorKind.STATE or joined.form is not MentionForm.NAME:
            break
        piece, at = joined, joined.start - 1  # « au Liban et en Jordanie »: the one as the other
        while line.norm(at) in ("la", "le", "l'", "les", "the"):
            at -= 1
        before = line.norm(at)
    if before in words.where or (before in ("au", "aux") and line.norm(at - 1) in words.held):
        return not any(t.norm in words.visits for t in line.tokens[max(0, at - _FAR) : at + _FAR])
    dated = piece.start == 0 and line.norm(piece.end) == "," and line.norm(piece.end + 1).isdigit()
    if piece.ids[0] in _CITIES and (before == "à" or dated):
        return True
    return before in ("de", "du", "d'", "des", "of") and fold(line.norm(at - 1)) in words.where_heads


def _leads(line: Line, piece: Piece, lang: str) -> bool:
    """Tell whether a piece is the present function, at the head of a state, of somebody the text names."""
    held = piece.form is MentionForm.OFFICE and piece.office in _LEADING and not piece.plural
    guessed = any((p := line.owner.get(k)) is not None and p.candidates for k in range(piece.start, piece.end))
    return held and bool(piece.person) and not guessed and line.norm(piece.start - 1) not in office_words(lang).former


def _signatures(lines: list[Line]) -> set[str]:
    """Return the people who are named on lines of their own only: « Par X Y », « X Y » under an article."""
    alone: dict[str, bool] = {}
    for line, piece in walk(lines):
        if piece.kind is ActorKind.PERSON and piece.person and piece.form is not MentionForm.OFFICE:
            rest = [line.norm(k) for k in range(len(line.tokens)) if not piece.start <= k < piece.end]
            bare = len(rest) < _SIGNED and all(w in ("par", "by", "de") or not w[0].isalnum() for w in rest)
            alone[piece.person] = alone.get(piece.person, True) and bare
    return {person for person, is_alone in alone.items() if is_alone}


def _with_wholes(order: dict[str, ActorKind], counts: dict[str, int]) -> None:
    """Add the bodies whose organs the text names: with its Security Council the UN is there too."""
    for each in [i for i in order if counts.get(i, 0) >= MANY]:
        whole = bodies().get(each, {}).get("whole")
        if whole:
            order.setdefault(whole, kind_of(whole))
            counts[whole] = counts.get(whole, 0) + MANY


def _nations_own(line: Line, piece: Piece, lang: str) -> bool:
    """Tell whether an adjective gives a state somebody or something that acts for it.

    « le ministre malien X », « le ministère malien de la Santé », « les gouvernements lacustre et malien ».
    """
    if piece.form is not MentionForm.ADJECTIVE or piece.elsewhere or piece.candidates or piece.kind is ActorKind.BODY:
        return False
    if piece.start == 1 and line.upper(1) and line.norm(0) == "les":
        return True  # « Les Lacustres sont prêts à … »
    if piece.inside:
        office = next((p for p in line.pieces if p.form is MentionForm.OFFICE and p.start <= piece.start < p.end), None)
        held = office is not None and office.office in _SPEAKING and not office.plural and bool(office.person)
        if office is not None and held and not fold(office.name).startswith(office_words(lang).junior):
            return line.norm(office.start - 1) not in office_words(lang).former
    organs = lexicon(lang).national
    at = piece.start - 1
    if line.norm(at) in ("et", "and", ","):
        other = line.owner.get(at - 1)
        if other is None or other.form is not MentionForm.ADJECTIVE:
            return False
        at = other.start - 1
    return fold(line.norm(at)) in organs


def _is_passing(line: Line, piece: Piece) -> bool:
    return line.norm(piece.start - 1) in ("en", "in")


@lru_cache(maxsize=8)
def _regions(lang: str) -> frozenset[str]:
    table = shared_table("bodies")
    home = {str(e["id"]) for e in table["body"] if e.get("sort") == "region"}
    return frozenset(home | set(table.get("regions", {}).get(lang, {}).values()))


def _acts(lines: list[Line], region: str) -> bool:
    """Tell whether a continent is a party here: joined to a state, or named often and not as a place."""
    weight = 0
    for line, piece in walk(lines):
        if region not in piece.ids or piece.form is not MentionForm.NAME or piece.elsewhere:
            continue
        if not _is_passing(line, piece):
            weight += 2 if " " in piece.name else 1
        if weight > 2:
            return True
        for k in range(piece.start - 1, max(-1, piece.start - 3), -1):
            other = line.owner.get(k - 1)
            if line.norm(k) in ("et", "and") and other is not None and other.kind is ActorKind.STATE:
                return True
    return False
