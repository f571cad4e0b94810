"""Resolves what stands for actors without naming them: « les trois pays », « la partie malienne », « il ».

Only what the text's own parties decide is resolved; the rest is left out. « nous » inside a quotation waits for the
quotations (`resolve_pronouns`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import bodies, kind_of, region_id
from palabre.extract.parties import Parties
from palabre.extract.scanning import Line, Piece
from palabre.extract.standing import Stand, stand_words
from palabre.extract.topics import Topic, pronouns
from palabre.model.spans import Span
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    from palabre.extract.cast import Cast, Person

_NAMED = (MentionForm.NAME, MentionForm.CAPITAL)
_MOST_PIECES = 300
_MIXED = frozenset(
    {
        "parties",
        "entités",
        "délégations",
        "partenaires",
        "camps",
        "côtés",
        "signataires",
        "sides",
        "alliés",
        "blocs",
        "institutions",
        "organisations",
        "continents",
    }
)


@dataclass(frozen=True)
class _Near:
    """Whom the sentences before named last, two or more together: states, people."""

    states: list[str]
    people: list[Person]


def find_descriptions(lines: list[Line], cast: Cast, lang: str, quoted: tuple[Span, ...] = ()) -> None:
    """Add the descriptions and pronouns that stand for known actors; `quoted` holds the stretches between marks."""
    words, parties = stand_words(lang), Parties(lines, lang)
    near: list[str] = []
    company: list[Person] = []
    n = 0
    topic: Topic | None = None
    for line in lines:
        _describe(line, words, parties, _Near(near, company), lang, cast)
        while n < len(quoted) and quoted[n].end <= line.sentence.span.start:
            n += 1
        if n == len(quoted) or not quoted[n].contains(Span(line.sentence.span.start, line.sentence.span.start)):
            topic = pronouns(line, words, topic, lang)
        listed = _listed(line, cast)
        if len(listed) > 1:
            near = listed
        met = _company(line, cast)
        if len(met) > 1:
            company = met


def _company(line: Line, cast: Cast, end: int = 1 << 30) -> list[Person]:
    """Return the people of a sentence who speak for somebody, spokespersons aside, each once."""
    seen = [cast.find(p.person) for p in sorted(line.pieces, key=lambda p: p.start) if p.person and p.start < end]
    people = {id(p): p for p in seen if p is not None and p.acts_for and "spokes" not in p.classes}
    return list(people.values())


def _listed(line: Line, cast: Cast, end: int = 1 << 30) -> list[str]:
    """Return the states of the sentence in order: « le Mali et le Niger », « russo-malien »."""
    out: list[str] = []
    for piece in sorted(line.pieces, key=lambda p: p.start):
        if piece.start >= end or piece.place or line.norm(piece.start - 1) in ("en", "in"):
            continue
        if piece.person:
            person = cast.find(piece.person)
            ids = person.acts_for if person is not None else ()
        elif piece.form in (*_NAMED, MentionForm.ADJECTIVE):
            ids = piece.ids
        else:
            continue
        out += [i for i in dict.fromkeys(ids) if i not in out and kind_of(i) is ActorKind.STATE]
    return out


def _describe(line: Line, words: Stand, parties: Parties, near: _Near, lang: str, cast: Cast) -> None:
    i = 0
    while i < len(line.tokens):
        norm = line.norm(i)
        opens = norm in words.openers or fold(norm) in words.body_nouns
        if not opens or not norm[0].isalnum() or i in line.owner:
            i += 1
            continue
        found = (
            _numbered(line, i, words, parties, near, cast)
            or _side(line, i, words)
            or _members_of(line, i, words)
            or _everybody(line, i, words, parties)
            or _body_noun(line, i, words, parties)
            or _continent(line, i, words, parties, lang)
        )
        if found is None:
            i += 1
            continue
        end, ids = found
        if ids:
            piece = Piece(i, end, MentionForm.DESCRIPTION, ids, ActorKind.BODY, line.written(i, end))
            line.pieces.append(piece)
            for k in range(i, end):
                line.owner.setdefault(k, piece)
        i = end


def _numbered(
    line: Line, i: int, words: Stand, parties: Parties, near: _Near, cast: Cast
) -> tuple[int, tuple[str, ...]] | None:
    """« les deux pays », « nos trois États », « les quatre ministres »."""
    size = words.numbers.get(line.norm(i))
    if size is None or line.norm(i - 1) not in (
        "les",
        "des",
        "nos",
        "leurs",
        "ces",
        "aux",
        "the",
        "our",
        "their",
        "these",
        "both",
        "entre",
        "dos",
    ):
        if line.norm(i) != "both":
            return None
        size = 2
    at = i + 1
    while line.norm(at) in ("autres", "principaux", "grands") or (
        at in line.owner and line.owner[at].form is MentionForm.ADJECTIVE
    ):
        at += 1
    noun = line.norm(at)
    if noun not in words.groups:
        return None
    end = at + 1
    after = line.owner.get(end)
    if after is not None and after.form is MentionForm.ADJECTIVE and after.kind is ActorKind.BODY:
        end = after.end
    if line.norm(end) in ("membres", "voisins", "partenaires", "members"):
        end += 1
    listed = _before(line, i, size, cast) or near.states
    if noun in words.people:
        ids = _spoken_by(line, i, size, cast, near.people)
        return end, ids or parties.several(size, listed)
    if size == 2 and noun in _MIXED:
        return end, parties.sides() or parties.several(2, listed)
    if size == 2 and not listed and parties.dialogue:
        return end, parties.dialogue
    return end, parties.several(size, listed)


def _before(line: Line, i: int, size: int, cast: Cast) -> list[str]:
    """Return the states named before token `i` of the sentence, when they are as many as wanted."""
    listed = _listed(line, cast, i) if len(line.pieces) < _MOST_PIECES else []
    return listed if len(listed) == size else []


def _spoken_by(line: Line, i: int, size: int, cast: Cast, near: list[Person]) -> tuple[str, ...]:
    """Return the states of the people meant, when the text tells whom each speaks for."""
    people = _company(line, cast, i)
    if len(people) != size:
        people = near
    if len(people) != size:
        people = [p for p in cast.people if p.acts_for]
    if len(people) != size:
        return ()
    return tuple(dict.fromkeys(each for p in people for each in p.acts_for))


def _side(line: Line, i: int, words: Stand) -> tuple[int, tuple[str, ...]] | None:
    """« la partie malienne », « le gouvernement chinois », « les autorités de la transition malienne »."""
    if line.norm(i) not in words.sides:
        return None
    after = line.owner.get(i + 1)
    if after is not None and after.form is MentionForm.ADJECTIVE:
        return after.end, after.ids
    if line.norm(i + 1) in ("de", "du", "d'", "des", "of"):
        at = i + 3 if line.norm(i + 2) in ("la", "l'", "le", "the") else i + 2
        named = line.owner.get(at)
        if named is not None and named.form in _NAMED and not named.inside:
            named.place = False
            return named.end, named.ids
    before = line.owner.get(i - 1)
    if before is not None and before.form is MentionForm.ADJECTIVE and line.upper(before.start):
        return i + 1, before.ids
    return None


def _members_of(line: Line, i: int, words: Stand) -> tuple[int, tuple[str, ...]] | None:
    """« les pays de l'AES », « les États membres de l'Union européenne », « les pays sahéliens »."""
    if line.norm(i) not in words.before:
        return None
    at = i + 1
    after = line.owner.get(at)
    if after is not None and after.form is MentionForm.ADJECTIVE and after.kind is ActorKind.BODY:
        return after.end, after.ids
    if line.norm(at) in ("membres", "membre"):
        at += 1
    if line.norm(at) in ("de", "du", "des", "d'", "of"):
        at += 1
        while line.norm(at) in ("la", "l'", "le", "les", "the"):
            at += 1
        named = line.owner.get(at)
        if named is not None and named.form is MentionForm.NAME and named.kind is ActorKind.BODY and not named.inside:
            return named.end, named.ids
    return None


def _everybody(line: Line, i: int, words: Stand, parties: Parties) -> tuple[int, tuple[str, ...]] | None:
    """« les participants », « les parties », when the text has two sides."""
    if line.norm(i) not in words.everybody or line.norm(i - 1) not in ("les", "des", "aux", "the"):
        return None
    if line.norm(i + 1) in ("de", "du", "d'", "of", "prenantes") and line.norm(i) == "parties":
        return None
    return i + 1, parties.sides()


def _body_noun(line: Line, i: int, words: Stand, parties: Parties) -> tuple[int, tuple[str, ...]] | None:
    """« la confédération », « l'Alliance »: a body of the text whose name begins so."""
    noun = fold(line.norm(i))
    before = line.norm(i - 1)
    if noun not in words.body_nouns or before not in ("la", "le", "l'", "cette", "cet", "ce", "du", "au", "the"):
        return None
    if before in ("cette", "cet", "ce") and noun in ("alliance", "forum", "union"):
        return None  # « cette alliance avec … » is a bond, no body
    following = line.norm(i + 1)
    if following[:1].isalpha() and following not in words.after_body:
        return None
    for body, _ in parties.counts.most_common():
        entry = bodies().get(body, {})
        names: list[str] = []
        for language in ("fr", "en"):
            value = entry.get(language, [])
            names += [str(n) for n in value] if isinstance(value, list) else []
        if any(fold(n).startswith(noun + " ") for n in (*names, body)):
            return i + 1, (body,)
    return None


def _continent(line: Line, i: int, words: Stand, parties: Parties, lang: str) -> tuple[int, tuple[str, ...]] | None:
    if line.norm(i) not in words.continent or line.norm(i - 1) not in ("le", "du", "au", "the", "ce"):
        return None
    africa = region_id("Afrique", lang)
    return (i + 1, (africa,)) if africa in parties.counts else None
