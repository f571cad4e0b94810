"""Finds functions in a sentence (« le ministre malien des Affaires étrangères »): what they are and whom they act for.

It names nobody: people are joined to their functions in `people`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from palabre.extract.gazetteer import given_names, whole_of
from palabre.extract.scanning import Line, Piece
from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import Trie, fold

_OF = frozenset({"de", "du", "des", "d'", "la", "l'", "les", "à", "of", "for"})


_BARE = frozenset({"le", "la", "les", "l"})


@dataclass(frozen=True, slots=True)
class Office:
    """A function's words: its class (foreign, state, head, minister, …) and whether it is plural."""

    sort: str
    plural: bool


@dataclass(frozen=True)
class OfficeWords:
    """The functions of a language and the words their complement may hold."""

    offices: Trie[Office]
    titles: frozenset[str]
    between: frozenset[str]
    """What may stand between a function and the name it belongs to."""
    folded_titles: frozenset[str]
    ranks: Trie[str]
    glue: frozenset[str]
    portfolios: frozenset[str]
    closed: frozenset[str]
    """Words that no complement of a function holds: what follows one is a clause, or somebody else."""
    links: frozenset[str]
    """Words by which a complement that no table knows goes on."""
    small: frozenset[str]
    """These and the small words inside such a complement."""
    junior: tuple[str, ...]
    """How functions begin, folded, whose holder serves under another."""
    former: frozenset[str]
    tenants: tuple[str, ...]
    own: frozenset[str]
    """Folded: what a function may be « de », in capitals, and still be the state's."""
    implied: dict[str, str]
    """Functions that only one state has, folded, with that state."""


@lru_cache(maxsize=8)
def office_words(lang: str) -> OfficeWords:
    """Return the functions of a language."""
    data = table(lang, "offices")
    offices: Trie[Office] = Trie()
    for sort, names in data["offices"].items():
        for name in names:
            offices.add(name, Office(sort, False))
            for plural in _plurals(name):
                offices.add(plural, Office(sort, True))
    ranks: Trie[str] = Trie()
    for rank in data["titles"]["ranks"]:
        ranks.add(rank, rank)
    complement, standing = data["complement"], data["standing"]
    return OfficeWords(
        offices,
        frozenset(data["titles"]["words"]),
        frozenset(data["titles"]["between"]),
        frozenset(map(fold, data["titles"]["words"])),
        ranks,
        frozenset(complement["glue"]),
        frozenset(fold(w) for w in complement["portfolios"]),
        frozenset(complement.get("closed", "").split()),
        frozenset(complement["links"]),
        frozenset((*complement["links"], *complement["small"])),
        tuple(standing["junior"]),
        frozenset(standing["former"]),
        tuple(standing["tenants"]),
        frozenset(standing["own"]),
        {fold(name): state for name, state in data.get("implied", {}).items()},
    )


def _plurals(name: str) -> tuple[str, ...]:
    """Return the plural forms of a function: its head alone, or its head and the adjective after it."""
    words = name.split()
    head = words[0] if words[0][-1] in "sx" else (words[0][:-1] + "aux" if words[0].endswith("al") else words[0] + "s")
    out = [" ".join([head, *words[1:]])]
    if len(words) > 1 and words[1] not in ("de", "des", "d'état", "du", "of", "for", "en") and words[1][-1] not in "sx":
        second = words[1][:-1] + "aux" if words[1].endswith("al") else words[1] + "s"
        out.append(" ".join([head, second, *words[2:]]))
        out.append(" ".join([words[0], second, *words[2:]]))
    return tuple(out)


def find_offices(line: Line, lang: str) -> None:
    """Add the functions of a sentence to its pieces; the names in their complement become part of them."""
    words = office_words(lang)
    i = 0
    while i < len(line.tokens):
        norm = line.norm(i)
        if i in line.owner or not norm[0].isalpha():
            i += 1
            continue
        found = words.offices.match(line.tokens, i)
        if not found or (line.upper(i) and _names_a_body(line, i)):
            i += 1
            continue
        end, office = found[0]
        if line.norm(i - 1) in ("qui", "il", "elle", "on", "nous", "ils", "elles") or _in_a_name(line, i, end):
            i += 1
            continue
        begun = line.owner.get(end - 1)
        start = _adjectives_before(line, i)
        first: tuple[str, ...] = ()
        if begun is not None and begun.end > end:  # « président du Conseil européen »
            end, first = begun.end, begun.ids
        end, ids = _complement(line, end, words, office)
        ids = (*first, *ids)
        if not ids and (state := words.implied.get(fold(line.written(i, end)))):
            ids = (state,)
        for k in range(start, i):
            ids = (*line.owner[k].ids, *ids) if k in line.owner else ids
        inner = {id(p): p for k in range(start, end) if (p := line.owner.get(k)) is not None}
        for piece in inner.values():
            piece.inside = True
        office_piece = Piece(
            start,
            end,
            MentionForm.OFFICE,
            tuple(dict.fromkeys(map(whole_of, ids))),
            ActorKind.PERSON,
            line.written(start, end),
        )
        office_piece.office, office_piece.plural = office.sort, office.plural
        line.pieces.append(office_piece)
        for k in range(start, end):
            line.owner.setdefault(k, office_piece)
        i = end


_DESCENT = frozenset({"ould", "ag", "ben", "bin", "ibn", "mint", "bint"})
"""After a function's word, these make it a given name: « Cheikh Ould X »."""


def _in_a_name(line: Line, i: int, end: int) -> bool:
    """Tell whether a function's word is part of somebody's name (« Mohamed Cheikh X »)."""
    before = line.norm(i - 1)
    if line.upper(i) and line.upper(end) and line.norm(end) in _DESCENT:
        return True
    return (
        line.upper(i)
        and i > 1
        and line.upper(i - 1)
        and i - 1 not in line.owner
        and before[-1].isalpha()
        and line.upper(end)
        and end == i + 1
    )


def _names_a_body(line: Line, i: int) -> bool:
    return False if i == 0 else line.norm(i) == "coopération"


def _adjectives_before(line: Line, i: int) -> int:
    """English puts the demonym first: « Chinese foreign minister »."""
    start = i
    while (
        start > 0 and (p := line.owner.get(start - 1)) is not None and p.form is MentionForm.ADJECTIVE and not p.inside
    ):
        if line.upper(start - 1) and line.norm(start) and line.text[line.tokens[start - 1].start].isupper():
            start -= 1
        else:
            break
        if start == 0:
            break
    return start


def _complement(line: Line, at: int, words: OfficeWords, office: Office) -> tuple[int, tuple[str, ...]]:
    """Return where the function's complement ends and the ids named in it."""
    ids: list[str] = []
    end, i, steps = at, at, 0
    while i < len(line.tokens) and steps < 40:
        steps += 1
        piece = line.owner.get(i)
        norm = line.norm(i)
        if piece is not None and piece.form is MentionForm.ADJECTIVE:
            ids.extend(piece.ids)
            i = end = piece.end
            continue
        if fold(norm.rstrip("'")) in words.portfolios or norm == "a.i.":
            i += 1
            end = i
            continue
        if norm == "par" and line.norm(i + 1) == "intérim":
            i = end = i + 2
            continue
        if norm == "(" and line.norm(i + 2) == ")" and end == i:
            i = end = i + 3
            continue
        if office.sort == "envoy" and norm in ("en", "au", "aux", "à", "auprès"):
            host = next((line.owner[k] for k in range(i + 1, i + 4) if k in line.owner), None)
            if host is not None and host.form is MentionForm.NAME:
                i = end = host.end  # the country of a posting is not the one spoken for
                continue
        target = _after_glue(line, i, words, office)
        if target is None:
            break
        piece = line.owner.get(target)
        if piece is not None and fold(piece.name) in words.portfolios:
            # « ministre de la Francophonie »: what the office is about, though a body bears that name too.
            i = end = piece.end
            line.drop(piece)
        elif piece is not None and piece.form is not MentionForm.OFFICE:
            ids.extend(piece.ids)
            if piece.form is MentionForm.CAPITAL:
                piece.place = False
            i = end = piece.end
        elif fold(line.norm(target).rstrip("'")) in words.portfolios or (piece is None and line.upper(target)):
            i = end = target + 1
        elif (
            (after := line.owner.get(target + 1)) is not None and after.form is MentionForm.ADJECTIVE and piece is None
        ):
            i = end = target + 1  # « le chef de gouvernance japonais »
        else:
            break
    return end, tuple(ids)


def _after_glue(line: Line, i: int, words: OfficeWords, office: Office) -> int | None:
    """Return the token that small words at `i` lead to, or None when what follows is no complement."""
    first, plural = line.norm(i), office.plural
    comma = first == ","
    k = i + 1 if comma else i
    glued = 0
    last = ""
    while glued < 4 and line.norm(k).rstrip("'") in words.glue:
        if (
            line.upper(k)
            and line.upper(k + 1)
            and fold(line.norm(k + 1)) not in words.portfolios
            and k + 1 not in line.owner
        ):
            return None  # « le ministre De Orsin »: a name
        last = line.norm(k)
        k += 1
        glued += 1
    if not glued or k >= len(line.tokens) or (line.norm(i).rstrip("'") in _BARE and not comma):
        return None  # « aux journalistes le ministre »: an article alone opens somebody else
    piece = line.owner.get(k)
    if piece is not None and piece.form is MentionForm.ADJECTIVE:
        return k if glued == 1 and last in ("et", "and") else None
    name = piece is not None and piece.form in (MentionForm.NAME, MentionForm.CAPITAL)
    if name and any(line.norm(j) in ("à", "en", "au", "aux", "par", "pour") for j in range(i, k)):
        return None
    if last in ("et", "and") and glued == 1 and name and not plural:
        return None
    if comma and (not plural if name else fold(line.norm(k)) not in words.portfolios):
        return None
    if piece is None and line.upper(k) and fold(line.norm(k)) not in words.portfolios:
        small = last in ("de", "d'", "du", "of") and fold(line.norm(k)) not in given_names()
        return k if not comma and last in _OF and (office.sort in ("minister", "foreign") or small) else None
    return k
