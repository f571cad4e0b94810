"""Joins functions to people and tells whom each person speaks for; resolves « le ministre » to the one it means."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.extract.affiliation import GOVERNING, in_the_name_of, settle, spoken_for, tell_for_whom
from palabre.extract.cast import same_person
from palabre.extract.complements import named_in, rest_of_office
from palabre.extract.offices import office_words
from palabre.extract.scanning import Line, Piece, walk
from palabre.lang.pack import shared_table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold, parts

if TYPE_CHECKING:
    from palabre.extract.cast import Cast, Person

_JOINS = frozenset({",", "et", "and", "ainsi", "que"})
_BEFORE_OFFICE = frozenset(
    {"le", "la", "l'", "son", "sa", "un", "une", "the", "a", "an", "leur", "nouveau", "ancien", "ancienne", "actuel"}
)
_CLAUSE_VERBS = frozenset(
    {"a", "ont", "est", "s'est", "avait", "n'a", "n'", "s'", "était", "doit", "devait", "se", "has", "was", "is", "had"}
)
_TITLES = 6
"""Words of titles between a function and a name, at the most."""
_RECENT = 40
_MANY = 200
_FAR = 10
_SIDES = frozenset({"côté", "partie", "délégation", "side", "delegation"})
_KIN = {
    "foreign": {"foreign", "minister"},
    "minister": {"minister", "foreign"},
    "state": {"state"},
    "head": {"head"},
    "spokes": {"spokes"},
    "envoy": {"envoy"},
    "body_head": {"body_head"},
    "other": {"other", "head", "minister", "foreign", "envoy", "body_head", "state"},
}


def link_offices(lines: list[Line], cast: Cast, lang: str) -> None:
    """Give each person the functions that stand beside the name, and `acts_for` from what they name."""
    for line in lines:
        people = [
            p for p in line.pieces if p.kind is ActorKind.PERSON and p.form in (MentionForm.NAME, MentionForm.SURNAME)
        ]
        offices = [p for p in line.pieces if p.form is MentionForm.OFFICE]
        for office in offices:
            for piece in _beside(line, office, people, lang) or _further(line, office, people, lang):
                person = cast.find(piece.person)
                if person is not None:
                    person.offices.append((office.office, office.name, office.ids))
                    office.person = person.name if not office.plural else ""
        _chain(line, offices, cast)
        for piece in people:
            spoken_for(line, piece, cast)
            in_the_name_of(line, piece, cast)
    for person in cast.people:
        settle(person)
    tell_for_whom(lines, cast, lang)
    for person in cast.people:
        if not person.acts_for:
            person.known_for = frozenset(each for _, each in known_offices(person.name))


@lru_cache(maxsize=1)
def _holders() -> dict[str, list[tuple[str, tuple[str, ...], str, str]]]:
    """Return the rows of the table of office holders by last word of the name: (name, pieces, class, state or body)."""
    out: dict[str, list[tuple[str, tuple[str, ...], str, str]]] = {}
    for name, sort, state, _since, _until in shared_table("officials")["holders"]:
        pieces = parts(name)
        out.setdefault(pieces[-1], []).append((name, pieces, sort, state))
        if len(pieces) == 2 and state in ("CHN", "KOR", "PRK"):
            out.setdefault(pieces[0], []).append((name, pieces, sort, state))
    return out


def known_offices(name: str) -> list[tuple[str, str]]:
    """Return (class, state or body) of the offices the public record gives a person of that name, or surname alone."""
    pieces = parts(name)
    rows = _holders().get(pieces[-1], [])
    exact = [(sort, state) for _, own, sort, state in rows if same_person(own, pieces) and len(pieces) > 1]
    if exact or len(pieces) > 1:
        return exact
    return [(sort, state) for _, _, sort, state in rows] if len({state for *_, state in rows}) == 1 else []


def fill_from_record(cast: Cast) -> None:
    """Give those whose state no word of the text tells what the public record says."""
    for person in cast.people:
        if person.acts_for:
            continue
        for sort, state in known_offices(person.name):
            told = person.classes - {"other", ""}  # « leur homologue » tells nothing
            if not told or sort in told or _KIN.get(sort, set()) & told:
                person.acts_for = (state,)
                person.offices.append((sort, "", (state,)))
                break


def _chain(line: Line, offices: list[Piece], cast: Cast) -> None:
    """Functions in a row (« ministre d'État, ministre des Mines, X ») are one person's."""
    ordered = sorted(offices, key=lambda p: -p.start)
    for after, office in pairwise(ordered):
        gap = [line.norm(k) for k in range(office.end, after.start)]
        if after.person and not office.person and not office.plural and gap in ([","], ["et"], ["and"]):
            person = cast.find(after.person)
            if person is not None:
                office.person = person.name
                person.offices.insert(0, (office.office, office.name, office.ids))


def _beside(line: Line, office: Piece, people: list[Piece], lang: str) -> list[Piece]:
    between = office_words(lang).between
    people = [p for p in people if -_FAR <= p.start - office.end <= _FAR or -_FAR <= office.start - p.end <= _FAR]
    for piece in people:
        gap = [line.norm(k) for k in range(office.end, piece.start)] if piece.start >= office.end else None
        titled = gap is not None and len(gap) <= _TITLES and set(gap) <= between
        if titled and (gap != [","] or not office.plural):
            if gap == [","] and not _closes_apposition(line, piece):
                continue
            return [piece] if not office.plural else _list_from(line, piece, people)
    for piece in people:
        if piece.end <= office.start:
            gap = [line.norm(k) for k in range(piece.end, office.start)]
            if gap and gap[0] == "," and _subject_of_clause(line, piece, office):
                continue
            if gap and gap[0] in (",", "(", "–", "—") and all(g in _BEFORE_OFFICE for g in gap[1:]):
                return [piece] if not office.plural else _list_to(line, piece, people)
    return []


def _further(line: Line, office: Piece, people: list[Piece], lang: str) -> list[Piece]:
    """Return whom « le directeur de cabinet civil de la Présidence, X » means; the function takes what it names."""
    ahead = [p for p in people if p.start > office.end]
    piece = min(ahead, key=lambda p: p.start, default=None)
    if (
        office.plural
        or piece is None
        or piece.form is not MentionForm.NAME
        or any(p.form is MentionForm.OFFICE and office.end <= p.start < piece.start for p in line.pieces)
    ):
        return []
    end = piece.start - 1 if line.norm(piece.start - 1) == "," else piece.start
    while end > office.end and line.norm(end - 1) in ("m.", "mme", "dr", "pr", ","):
        end -= 1
    if end <= office.end or not rest_of_office(line, office.end, end, lang):
        return []
    office.ids = office.ids or named_in(line, office.end, end)
    return [piece]


def _subject_of_clause(line: Line, piece: Piece, office: Piece) -> bool:
    """« Reçu par X, le président lacustre a obtenu … »: a function that a verb follows is no apposition."""
    head = piece.start
    while head > 0 and (line.upper(head - 1) or line.norm(head - 1) in ("le", "la", "m.", "mme", "président")):
        head -= 1
    verb = line.norm(office.end) in _CLAUSE_VERBS and line.norm(head - 1) in ("par", "avec", "by", "with")
    return verb and not any(line.norm(k) in ("et", "and") for k in range(piece.end, office.start))


def _closes_apposition(line: Line, piece: Piece) -> bool:
    """« le ministre malien, Abdoulaye Diop, a … »: a name between commas, or one that ends its clause or sentence."""
    return True


def _list_from(line: Line, first: Piece, people: list[Piece]) -> list[Piece]:
    out, last = [first], first
    for piece in sorted(people, key=lambda p: p.start):
        if piece.start > last.start and all(line.norm(k) in _JOINS for k in range(last.end, piece.start)):
            out.append(piece)
            last = piece
    return out


def _list_to(line: Line, last: Piece, people: list[Piece]) -> list[Piece]:
    out, first = [last], last
    for piece in sorted(people, key=lambda p: -p.start):
        if piece.end <= first.start and all(line.norm(k) in _JOINS for k in range(piece.end, first.start)):
            out.append(piece)
            first = piece
    return out


def inherit(lines: list[Line], cast: Cast) -> None:
    """A minister without a state takes that of the side named before (« du côté malien, par le ministre … »)."""
    before: tuple[str, ...] = ()
    block = -1
    for line in lines:
        if line.sentence.block != block:
            before, block = (), line.sentence.block
        house = _house(line)
        for piece in sorted(line.pieces, key=lambda p: p.start):
            if piece.form is MentionForm.ADJECTIVE and line.norm(piece.start - 1) in _SIDES:
                before = piece.ids
            if piece.form is not MentionForm.OFFICE:
                continue
            person = cast.find(piece.person) if piece.person else None
            if (
                person is not None
                and not person.acts_for
                and len(before) == 1
                and piece.office in ("minister", "foreign")
            ):
                person.acts_for = before
            if person is not None and not person.acts_for and piece.office in ("body_head", "spokes") and not piece.ids:
                person.acts_for = house
            owner = _possessor(line, piece)
            if person is not None and not person.acts_for and owner:
                person.acts_for = owner
            if piece.ids:
                before = piece.ids


def _possessor(line: Line, office: Piece) -> tuple[str, ...]:
    """Return the state whose function « son émir X » is: the only one that the sentence names before it."""
    if line.norm(office.start - 1) not in ("son", "sa", "leur", "its") or office.office not in GOVERNING or office.ids:
        return ()
    named = [p for p in line.pieces if p.end < office.start and p.form in (MentionForm.NAME, MentionForm.CAPITAL)]
    states = {i for p in named if p.kind is not ActorKind.PERSON and not p.place for i in p.ids}
    return tuple(states) if len(states) == 1 else ()


def _house(line: Line) -> tuple[str, ...]:
    """Return the body a sentence opens on: « À la Banque …, le directeur général X » speaks for the bank."""
    if line.norm(0) not in ("à", "au", "chez", "at"):
        return ()
    for piece in line.pieces:
        named = piece.kind is ActorKind.BODY and piece.form is MentionForm.NAME and piece.start <= 2
        if named and line.norm(piece.end) == ",":
            return piece.ids
    return ()


def resolve_offices(lines: list[Line], cast: Cast, lang: str) -> None:
    """Give each function that stands alone (« le chef de la diplomatie russe ») the person it means.

    One that no words beside a name explain goes to the last person named before it of whom the text tells no function.
    """
    recent: list[Person] = []
    for line, piece in walk(lines):
        if piece.kind is ActorKind.PERSON and piece.form is not MentionForm.OFFICE and piece.person:
            person = cast.find(piece.person)
            if person is not None:
                if person in recent:
                    recent.remove(person)
                recent.append(person)
                del recent[:-_RECENT]
        elif (
            piece.form is MentionForm.OFFICE
            and not piece.plural
            and not piece.person
            and not _anybody(line, piece, lang)
        ):
            found = _holder(piece, recent, cast) or _unexplained(line, piece, recent)
            if found is not None:
                piece.person = found.name


def _anybody(line: Line, office: Piece, lang: str) -> bool:
    """Tell whether a function is of somebody not known yet: « un diplomate français », « le président d'Orca »."""
    if line.norm(office.start - 1) in ("un", "une", "a", "an"):
        return True
    # « le président d'Orca »: of a house that no table knows, its head is nobody met before.
    house = range(office.start + 1, office.end)
    words = office_words(lang)
    own = words.portfolios | words.own
    if office.name.lower().startswith(words.tenants):
        return False  # « le locataire d'X »: who lives in the palace
    return not office.ids and any(
        line.upper(k) and line.norm(k - 1) in ("de", "d'", "du", "of") and fold(line.norm(k)) not in own for k in house
    )


def _holder(office: Piece, recent: list[Person], cast: Cast) -> Person | None:
    kin = _KIN.get(office.office, set())
    wanted = set(office.ids)
    if wanted:
        pool = [p for p in cast.people[:_MANY] if p.classes & kin and wanted & set(p.acts_for)]
        exact = [p for p in pool if office.office in p.classes]
        if len(exact or pool) == 1:
            return (exact or pool)[0]
        if exact or pool:
            return next((p for p in reversed(recent) if p in (exact or pool)), None)
        return None
    if office.name.lower().startswith(("homologue", "counterpart", "collègue")):
        return None
    recent = [p for p in recent if _same_portfolio(office, p)]
    exact_recent = [p for p in reversed(recent) if office.office in p.classes]
    near = exact_recent or [p for p in reversed(recent) if p.classes & kin]
    return near[0] if near else None


def _same_portfolio(office: Piece, person: Person) -> bool:
    """Tell whether a minister's portfolio, when the text gives one, is not another than the person's."""
    if office.office not in ("minister", "foreign"):
        return True
    wanted = {p for p in parts(office.name)[1:] if len(p) > 4}
    held = [
        {p for p in parts(words)[1:] if len(p) > 4} for sort, words, _ in person.offices if sort in _KIN["minister"]
    ]
    return not wanted or not any(held) or any(wanted & h for h in held)


def _unexplained(line: Line, office: Piece, recent: list[Person]) -> Person | None:
    """Return the person a function with a state can only mean, and note the function as that person's."""
    article = line.norm(office.start - 1) in ("le", "la", "l'", "the")
    if line.norm(office.end) == "," and line.upper(office.end + 1):
        return None
    if not office.ids or office.office not in ("foreign", "state", "head", "minister") or not article:
        return None
    kin = _KIN[office.office]
    for person in reversed(recent):
        if (
            not person.acts_for
            and (not person.known_for or person.known_for & set(office.ids))
            and (not person.classes or person.classes & kin)
        ):
            person.offices.append((office.office, office.name, office.ids))
            person.acts_for = office.ids
            return person
    return None
