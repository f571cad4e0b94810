"""Finds bodies by the word beside them: « la société X », an unknown acronym with its article, lists of companies.

Names that open with a head noun are found in `bodies`.
"""

from __future__ import annotations

import re

from palabre.extract.bodies import BodyWords, body_words
from palabre.extract.gazetteer import given_names
from palabre.extract.scanning import Line, Piece, lexicon
from palabre.model.vocabulary import ActorKind, MentionForm
from palabre.text.names import fold

_ROMAN = re.compile(r"[IVXLCDM]+(?:e|è|es|ème|èmes|er|ère|th)?\Z")


def find_beside(line: Line, lang: str, learned: dict[str, str]) -> None:
    """Take a bare capitalised name beside « la société », and an unknown acronym with its article."""
    words, small = body_words(lang), lexicon(lang)
    whole = line.text[line.tokens[0].start : line.tokens[-1].end] if line.tokens else ""
    shouted = sum(map(str.isupper, whole)) > 0.5 * len(whole)
    for i, token in enumerate(line.tokens):
        if not line.upper(i) or i in line.owner or not token.norm[0].isalpha() or token.norm[-1] == "'":
            continue
        written = line.written(i, i + 1)
        if learned.get(written) == "":
            continue
        previous = line.norm(i - 1)
        owner = line.owner.get(i - 1)
        if owner is not None and owner.form is MentionForm.ADJECTIVE:
            previous = line.norm(i - 2)
        acronym = (
            sum(c.isupper() for c in written) >= 2
            and 3 <= len(written) <= (6 if written.isupper() else 10)
            and written.isalnum()
        )
        named = fold(previous) in words.before and i > 0 and token.norm not in small.openers
        if fold(token.norm) in small.agencies:
            continue  # « l'agence Reuters »: who wrote
        if acronym and _no_acronym(line, i, written):
            acronym = False
        if (
            acronym
            and not shouted
            and written.upper() not in small.not_bodies
            and not any(c.isdigit() for c in written)
        ):
            head = fold(previous)
            named = named or previous in small.articles or (i > 0 and (head in words.heads or head in words.lower))
        if named:
            end = i + 1
            while end < len(line.tokens) and line.upper(end) and end not in line.owner and not acronym and end - i < 4:
                end += 1
            name = line.written(i, end)
            line.add(Piece(i, end, MentionForm.NAME, (name,), ActorKind.BODY, name, known=False))
            continue
    _companies(line, words)


def _no_acronym(line: Line, i: int, written: str) -> bool:
    """Tell whether capitals are a Roman number (« XIXe ») or a word among words all in capitals (« LE RAIL NEUF »)."""
    if _ROMAN.match(written):
        return True
    beside = [line.written(k, k + 1) for k in (i - 1, i + 1) if 0 <= k < len(line.tokens)]
    return any(len(w) > 3 and w.isalpha() and w.isupper() for w in beside)


def _companies(line: Line, words: BodyWords) -> None:
    """Read « A, B et C figuraient parmi les sociétés »: names listed with a known company and called companies."""
    if not any(fold(t.norm) in words.after for t in line.tokens):
        return
    for piece in [p for p in line.pieces if p.kind is ActorKind.BODY and p.form is MentionForm.NAME]:
        at = piece.end
        while line.norm(at) in (",", "et", "and") and line.upper(at + 1):
            step = line.owner.get(at + 1)
            if step is not None:
                if step.kind is not ActorKind.BODY:
                    break
                at = step.end
                continue
            if fold(line.norm(at + 1)) in given_names() or (line.upper(at + 2) and at + 2 not in line.owner):
                break  # « de la Banque du Fleuve, Ada Brun »: somebody
            name = line.written(at + 1, at + 2)
            line.add(Piece(at + 1, at + 2, MentionForm.NAME, (name,), ActorKind.BODY, name, known=False))
            at += 2
