"""Finds the actors of one text (people, states, bodies) and every place that refers to them.

Mentions of several actors (« les trois pays ») carry several ids. Nothing here knows of other documents; a person is
one across the forms of one text, and joined with those of other texts in `reconcile`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.acronyms import learn_acronyms
from palabre.extract.beside import find_beside
from palabre.extract.bodies import find_bodies
from palabre.extract.cast import Cast, join_people
from palabre.extract.descriptions import find_descriptions
from palabre.extract.entries import entries_of
from palabre.extract.linking import fill_from_record, inherit, link_offices, resolve_offices
from palabre.extract.marks import quoted_spans
from palabre.extract.offices import find_offices
from palabre.extract.people import find_people
from palabre.extract.scanning import Lexicon, Line, Piece, lexicon, scan, walk
from palabre.lang.pack import pack_for
from palabre.model.annotations import ActorEntry, ActorMention
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold, key, parts

if TYPE_CHECKING:
    from palabre.text.reading import Reading


_LONGEST = 1500
"""Tokens of the longest sentence read for people and functions: what is longer is no sentence."""


def find_actors(reading: Reading) -> tuple[tuple[ActorEntry, ...], tuple[ActorMention, ...]]:
    """Return the actors of a reading and their mentions, sorted by span; spans are offsets in `reading.text`.

    Capitals that name a place give no mention. A function resolved to a person carries the person's id, else the
    ids of the states or bodies it names.
    """
    lang = pack_for(reading.lang)
    learned = learn_acronyms(reading, lang)
    lines = scan(reading, lang, learned)
    for line in lines:
        if len(line.tokens) > _LONGEST:
            continue
        find_bodies(line, lang, learned)
        find_beside(line, lang, learned)
        find_offices(line, lang)
        find_people(line, lang)
    _one_spelling(lines)
    cast = join_people(lines)
    _settle_ambiguous(lines)
    _settle_land(lines, lang)
    link_offices(lines, cast, lang)
    inherit(lines, cast)
    resolve_offices(lines, cast, lang)
    fill_from_record(cast)
    resolve_offices(lines, cast, lang)
    find_descriptions(lines, cast, lang, tuple(q.outer for q in quoted_spans(reading)))
    return _without_press(entries_of(lines, cast, lang), reading, lexicon(lang)), _mentions(lines, cast)


def _without_press(entries: tuple[ActorEntry, ...], reading: Reading, words: Lexicon) -> tuple[ActorEntry, ...]:
    """Set aside who wrote and published the text, and press agencies: they are no party to what it tells."""
    meta = reading.meta
    press = {key(name) for name in (meta.outlet, meta.agency, meta.author) if name}

    def writes(name: str) -> bool:
        head, *rest = parts(name) or ("",)
        return key(name) in press or (head in words.press_heads and not words.press_of.isdisjoint(rest))

    return tuple(replace(e, matters=False) if any(map(writes, (e.id, *e.names))) else e for e in entries)


def _one_spelling(lines: list[Line]) -> None:
    """Give the bodies that no table knows one id for all the capitals and accents their name is written with."""
    seen: dict[str, str] = {}
    for _, piece in walk(lines):
        if not piece.known and piece.kind is ActorKind.BODY and len(piece.ids) == 1:
            piece.ids = (seen.setdefault(key(piece.ids[0]), piece.ids[0]),)


def _settle_ambiguous(lines: list[Line]) -> None:
    """Choose among the states of « Congo » or « guinéen »: the one the text names in other words."""
    seen: set[str] = set()
    for _, piece in walk(lines):
        if not piece.candidates and piece.form is not MentionForm.OFFICE:
            seen.update(piece.ids)
    for _, piece in walk(lines):
        if piece.candidates:
            named = [c for c in piece.candidates if c in seen]
            chosen = (named[0] if len(named) == 1 else piece.candidates[0],)
            piece.ids = chosen
    for line in lines:
        for piece in line.pieces:
            if piece.form is MentionForm.OFFICE:
                _settle_office(line, piece)


def _settle_office(line: Line, office: Piece) -> None:
    """Give a function the states settled for the ambiguous names inside it."""
    inner = {
        id(p): p for k in range(office.start, office.end) if (p := line.owner.get(k)) is not None and p is not office
    }
    for piece in inner.values():
        if piece.candidates and piece.candidates[0] in office.ids:
            office.ids = tuple(piece.ids[0] if i == piece.candidates[0] else i for i in office.ids)


def _settle_land(lines: list[Line], lang: str) -> None:
    """« sahélien » is the alliance when the text names it, and the land beside « région », « bande » and the like."""
    named = {i for _, p in walk(lines) if p.form is MentionForm.NAME for i in p.ids}
    land = lexicon(lang).land
    for line, piece in list(walk(lines)):
        if piece.form is not MentionForm.ADJECTIVE or piece.elsewhere or not fold(piece.name).startswith("saheli"):
            continue
        if "AES" not in named or fold(line.norm(piece.start - 1)) in land:
            line.drop(piece)
            for other in line.pieces:
                if other.form is MentionForm.OFFICE and other.start <= piece.start < other.end:
                    other.ids = tuple(i for i in other.ids if i != "AES")


def _mentions(lines: list[Line], cast: Cast) -> tuple[ActorMention, ...]:
    out = []
    for line, piece in walk(lines):
        ids = _ids(piece)
        if ids and not piece.place:
            out.append(ActorMention(line.span(piece), ids, piece.form))
    return tuple(sorted(out, key=lambda m: (m.span.start, -m.span.end)))


def _ids(piece: Piece) -> tuple[str, ...]:
    if piece.kind is ActorKind.PERSON and piece.person:
        return (piece.person,)
    return piece.ids
