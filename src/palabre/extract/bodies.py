"""Finds bodies a text names that no table knows: by head noun, or by the word beside them.

`acronyms` tells it those that the text has spelled out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import given_names
from palabre.extract.offices import office_words
from palabre.extract.scanning import Line, Piece
from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

if TYPE_CHECKING:
    pass

_LINKS = frozenset({"de", "du", "des", "d'", "au", "aux", "pour", "sur", "of", "for", "on", "in"})
_ARTICLES = frozenset({"la", "le", "les", "l'", "the"})
_ENDINGS = (
    *("al", "ale", "aux", "ales", "ique", "iques", "ien", "ienne", "iens", "iennes", "ain", "aine", "ains", "aines"),
    *(
        "aire",
        "aires",
        "if",
        "ive",
        "ifs",
        "ives",
        "el",
        "elle",
        "els",
        "elles",
        "ié",
        "iée",
        "iés",
        "iées",
        "uni",
        "unie",
    ),
    *(
        "unis",
        "unies",
        "eux",
        "euse",
        "ois",
        "oise",
        "eur",
        "eure",
        "eurs",
        "eures",
        "ais",
        "aise",
        "ante",
        "antes",
        "ant",
    ),
    *("ants", "anent", "anente", "mun", "mune", "joint", "jointe", "mixte", "ère", "able"),
)
"""How adjectives end that may stand in a body's name, in French."""
_MOST_WORDS = 14


@dataclass(frozen=True)
class BodyWords:
    """What tells a body's name in a language."""

    heads: frozenset[str]
    lower: frozenset[str]
    qualifiers: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    posted: frozenset[str]
    organs: frozenset[str]
    things: frozenset[str]
    never: frozenset[str]
    namesakes: frozenset[str]
    boards: frozenset[str]


@lru_cache(maxsize=8)
def body_words(lang: str) -> BodyWords:
    """Return the language's words."""
    data = table(lang, "actors")["bodies"]
    return BodyWords(
        *(
            frozenset(fold(w) for w in data[k])
            for k in (
                "heads",
                "lower",
                "qualifiers",
                "before",
                "after",
                "posted",
                "organs",
                "things",
                "never",
                "namesakes",
                "boards",
            )
        )
    )


def find_bodies(line: Line, lang: str, learned: dict[str, str]) -> None:
    """Add the bodies a sentence names by their head noun, by a word beside them or by an unknown acronym."""
    words = body_words(lang)
    i = 0
    while i < len(line.tokens):
        head = fold(line.tokens[i].norm)
        end = None
        if head in words.heads or head in words.lower:
            end = _spelled_out(line, i, words, learned) or _body_at(line, i, words, lang)
        if end is None:
            i += 1
            continue
        if any(
            (p := line.owner.get(k)) is not None and p.elsewhere and p.form is MentionForm.NAME for k in range(i, end)
        ):
            i = end  # « Alliance Russie-Sahel »: a label for two parties, no body
            continue
        if fold(line.norm(i)) in words.organs and _of_one_state(line, i, end):
            i = end  # « le Parlement velonien » is its state's own organ
            continue
        if line.norm(i - 1) in ("«", "“", '"') and line.norm(end) in ("»", "”", '"'):
            i = end  # a label between quotation marks
            continue
        name = line.written(i, end)
        if fold(name) in words.never:
            i = end
            continue
        ids = _bracketed(line, end, learned) or _called(line, end) or name
        both: list[Piece] = []
        for k in range(i, end):
            piece = line.owner.get(k)
            if piece is not None and piece in line.pieces:
                line.drop(piece)
                both += [piece] if piece.elsewhere and len(piece.ids) > 1 else []
        line.add(Piece(i, end, MentionForm.NAME, (ids,), ActorKind.BODY, name, known=False))
        for piece in both:
            # « la commission mixte algéro-tunisienne »: a body of two, who are parties here.
            piece.inside = True
            line.pieces.append(piece)
        i = end


def _spelled_out(line: Line, i: int, words: BodyWords, learned: dict[str, str]) -> int | None:
    """Return the end of « Mouvement des lacs et des rives (LRM) »: a head noun, then a learnt acronym."""
    if not line.upper(i) or not learned or i in line.owner:
        return None
    for k in range(i + 1, min(i + _MOST_WORDS, len(line.tokens) - 2)):
        if line.norm(k) == "(":
            return k if k > i + 1 and learned.get(line.written(k + 1, k + 2)) and line.norm(k + 2) == ")" else None
        if not line.norm(k)[0].isalnum() or (line.upper(k) and fold(line.norm(k)) in words.heads):
            return None
    return None


def _of_one_state(line: Line, start: int, end: int) -> bool:
    """Tell whether all that a body's name names is one state, or nothing."""
    inner = {id(p): p for k in range(start + 1, end) if (p := line.owner.get(k)) is not None}
    states = {i for p in inner.values() for i in p.ids}
    return len(states) <= 1 and all(p.kind is ActorKind.STATE for p in inner.values())


def _called(line: Line, end: int) -> str | None:
    """Return the body whose acronym follows a name that says what it is: « l'Autorité régionale IGAD »."""
    piece = line.owner.get(end)
    named = piece is not None and piece.known and piece.kind is ActorKind.BODY and piece.form is MentionForm.NAME
    return piece.ids[0] if piece is not None and named and piece.name.isupper() and " " not in piece.name else None


def _bracketed(line: Line, end: int, learned: dict[str, str]) -> str | None:
    if line.norm(end) in ("(", "–") and end + 1 < len(line.tokens):
        piece = line.owner.get(end + 1)
        if (
            piece is not None
            and piece.kind is ActorKind.BODY
            and piece.form is MentionForm.NAME
            and line.norm(piece.end) == ")"
        ):
            return piece.ids[0]
        return learned.get(line.written(end + 1, end + 2))
    return None


def _body_at(line: Line, i: int, words: BodyWords, lang: str) -> int | None:
    """Return the end of the body's name whose head noun is token `i`, or None."""
    head = fold(line.norm(i))
    owner = line.owner.get(i)
    if owner is not None and (owner.start != i or owner.end > i + 1):
        return None
    capital = line.upper(i) and head in words.heads and not (i == 0 and not _named_further(line, i))
    if not capital and head not in words.lower:
        return None
    if any(end > i for k in range(max(0, i - 4), i) for end, _ in office_words(lang).ranks.match(line.tokens, k)):
        return None  # « général de corps d'armée »
    if _organ(line, i, head):
        return None
    end, named, adjectives = _extend(line, i + 1, capital, words)
    if capital:
        if named is not None:
            return named
        if (
            i > 0
            and end > i + 1
            and adjectives
            and line.norm(i - 1) in (*_ARTICLES, "du", "au", "des", "aux", "cette", "ce")
        ):
            return end
        return None
    qualified = any(fold(line.norm(k)) in words.qualifiers for k in range(i + 1, min(i + 4, len(line.tokens))))
    compound = [
        k
        for k in range(i + 1, end)
        if (p := line.owner.get(k)) is not None and p.form is MentionForm.ADJECTIVE and p.elsewhere
    ]
    if qualified and compound:
        return end
    target = line.owner.get(named - 1) if named is not None else None
    if named is not None and target is not None and target.kind is ActorKind.BODY:
        return named if qualified else _posted(line, i, named, words)
    return None


def _posted(line: Line, i: int, end: int, words: BodyWords) -> int | None:
    """Return the end of « mission des Lacs en Velonie »: what a body keeps in a country, or None."""
    where = line.owner.get(end + 1)
    if fold(line.norm(i)) not in words.posted or line.norm(end) not in ("en", "au", "aux", "in"):
        return None
    here = where is not None and where.kind is ActorKind.STATE and where.form is MentionForm.NAME
    return where.end if where is not None and here else None


def _organ(line: Line, i: int, head: str) -> bool:
    """« la Commission de l'Union africaine » is the Union speaking: its own name stands for it."""
    if head not in ("commission", "conseil", "secretariat", "assemblee"):
        return False
    at = i + 1 + _governing(line, i + 1)
    first = at
    while line.norm(at) in (*_LINKS, *_ARTICLES) and at < first + 3:
        at += 1
    piece = line.owner.get(at)
    if at > i + 1 and at > first and first > i + 1 and line.upper(at) and fold(line.norm(at)) in body_words("fr").heads:
        # « le conseil d'administration de la Banque des Lacs »
        return True
    return at > first and piece is not None and piece.kind is ActorKind.BODY and piece.known


def _governing(line: Line, at: int) -> int:
    """Return how many tokens from `at` say what a board does (« d'administration », « exécutif »), 0 for none."""
    for words in body_words("fr").boards:
        parts = words.split()
        if [fold(line.norm(at + k)) for k in range(len(parts))] == parts:
            return len(parts)
    return 0


def _named_further(line: Line, i: int) -> bool:
    """At the head of a sentence a capital says nothing: the next word must be one too."""
    nearby = range(i + 1, min(i + 4, len(line.tokens)))
    return any(line.upper(k) and line.norm(k)[0].isalpha() and line.norm(k)[-1] != "'" for k in nearby)


def _extend(line: Line, at: int, capital: bool, words: BodyWords) -> tuple[int, int | None, bool]:
    """Return (end of the noun phrase, end of its last named part or None, whether an adjective follows the head)."""
    end, named, adjectives = at, None, False
    first_links = True
    i = at
    while i < len(line.tokens) and i - at < _MOST_WORDS:
        norm = line.norm(i)
        piece = line.owner.get(i)
        if piece is not None and piece.form is MentionForm.ADJECTIVE:
            i = end = piece.end
            adjectives = True
            if piece.elsewhere or line.upper(piece.start):
                named = end
            continue
        if norm[0].isalpha() and norm[-1] != "'" and norm not in _LINKS and norm not in _ARTICLES:
            if line.upper(i) and piece is None:
                if headed_by_person(line, at - 1, i):
                    break
                plain = fold(norm) in words.qualifiers
                i += 1
                end = i
                named = named if plain else i
                continue
            if (norm.endswith(_ENDINGS) and len(norm) > 4) or fold(norm) in words.qualifiers:
                i += 1
                end, adjectives = i, True
                continue
        step = _linked(line, i, first_links)
        if step is None:
            break
        first_links = False
        i, is_name = step
        end = i
        if is_name:
            named = i
    return end, named, adjectives


def headed_by_person(line: Line, head: int, i: int) -> bool:
    """Tell whether token `i` opens the name of who heads the body at `head`: « la présidente de la Commission X Y »."""
    named = line.upper(i + 1) or (line.norm(i + 1) in ("von", "van", "de", "ben", "ould") and i + 2 < len(line.tokens))
    if fold(line.norm(i)) not in given_names() or not named or fold(line.norm(head)) in body_words("fr").namesakes:
        return False
    offices = office_words("fr").offices
    return any(offices.match(line.tokens, k) for k in range(max(0, head - 6), head))


def _linked(line: Line, i: int, first: bool) -> tuple[int, bool] | None:
    """Return (end, is a name) of « de la défense », « pour l'Investissement », « et le Développement » at token `i`."""
    norm = line.norm(i)
    both = norm in ("et", "and")
    if norm not in _LINKS and not both and norm not in ("contre", "à"):
        return None
    k = i + 1
    while line.norm(k) in _ARTICLES or (both and line.norm(k) in _LINKS):
        k += 1
    if k >= len(line.tokens) or not line.norm(k)[0].isalpha():
        return None
    piece = line.owner.get(k)
    if piece is not None and piece.form is MentionForm.NAME:
        return None if both or norm in ("pour", "sur", "à", "contre") else (piece.end, True)
    if piece is not None:
        return None
    if both:
        return (k + 1, True) if line.upper(k) and not first else None
    if not line.upper(k) and office_words("fr").offices.match(line.tokens, k):
        return None
    if line.upper(k):
        return k + 1, True
    if norm in ("à",):
        return None
    return (k + 1, False) if len(line.norm(k)) > 3 or first else None
