"""Cuts words, numbers and marks out of a stretch of text. It knows no sentence and gives words no meaning.

French elisions stand apart from the word they lean on (`l'` `Alliance`), pronouns after their verb too (`a` `-t-il`);
numbers are whole (`30 012`, `50,7`, `02.04.2025`), known abbreviations keep their full stop (`M.`), marks stand alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.text.reading import Token
from palabre.text.typography import lowered

if TYPE_CHECKING:
    from palabre.model.spans import Span

LONGEST_WORD = 200
"""Longer ones are kept whole: no word of any language, so no elision to cut."""

_SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’ʼ`´"
_HYPHENS = r"\-‐‑"
_WORD = r"[^\W\d_][\w\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"https?://[^\s<>«»\"”]+"
    rf"|(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?"
    rf"|\d+(?:[.,:/]\d+)*(?:[^\W\d_]+\d*)?"
    rf"|{_WORD}(?:[{_APOSTROPHES}{_HYPHENS}]+[\w\u0300-\u036f]+)*[{_APOSTROPHES}]?\.?"
    rf"|\.{{2,}}|\S"
)
_VOWELS = frozenset("aàâäáeéèêëiîïíoôöóuùûüúyhœæ0123456789")


@lru_cache(maxsize=8)
def _words(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    cut = table(lang, "segmentation")
    dotted = frozenset(w for k in ("before_name", "before_number", "inside") for w in cut.get(k, ()))
    return (
        frozenset(cut.get("elisions", ())),
        frozenset(cut.get("whole", ())),
        frozenset(cut.get("inversions", ())),
        frozenset(cut.get("endings", ())),
        dotted,
    )


def tokens(text: str, span: Span, lang: str) -> tuple[Token, ...]:
    """Return the tokens of `text` within `span`, in order, none overlapping, no character but white space left out."""
    elisions, whole, inversions, endings, dotted = _words(lang)
    out: list[Token] = []
    low, base = lowered(text[span.start : span.end]), span.start
    for match in _TOKEN.finditer(text, span.start, span.end):
        start, end = match.span()
        norm = low[start - base : end - base]
        if norm.isalnum() or not norm[0].isalpha() or norm.startswith("http") or end - start > LONGEST_WORD:
            out.append(Token(start, end, norm))
            continue
        tail: Token | None = None
        if norm[-1] == ".":
            raw = match[0][:-1]
            initial = len(raw) == 1 and raw.isupper()
            if not initial and raw not in dotted:
                tail = Token(end - 1, end, ".")
                end, norm = end - 1, norm[:-1]
        if norm.isalnum():
            out.append(Token(start, end, norm))
        else:
            _split(out, start, end, norm, elisions, whole, inversions, endings)
        if tail is not None:
            out.append(tail)
    return tuple(out)


def _split(
    out: list[Token],
    start: int,
    end: int,
    norm: str,
    elisions: frozenset[str],
    whole: frozenset[str],
    inversions: frozenset[str],
    endings: frozenset[str],
) -> None:
    """Append the parts of a word that holds an apostrophe, a hyphen or a full stop."""
    while norm not in whole:
        head, mark, rest = norm.partition("'")
        if not mark or head not in elisions or (rest and rest[0] not in _VOWELS):
            break
        cut = len(head) + 1
        out.append(Token(start, start + cut, norm[:cut]))
        start, norm = start + cut, rest
        if not norm:
            return
    if norm not in whole:
        if norm[-1] == "'":  # a closing quotation mark, or a plural possessive
            _split(out, start, end - 1, norm[:-1], elisions, whole, inversions, endings)
            out.append(Token(end - 1, end, "'"))
            return
        head, mark, rest = norm.rpartition("'")
        if mark and head and rest in endings:
            out.append(Token(start, start + len(head), head))
            out.append(Token(start + len(head), end, norm[len(head) :]))
            return
        head, mark, rest = norm.rpartition("-")
        if mark and head and rest in inversions:
            if head.endswith("-t") and len(head) > 2:
                head = head[:-2]
            out.append(Token(start, start + len(head), head))
            out.append(Token(start + len(head), end, norm[len(head) :]))
            return
    out.append(Token(start, end, norm))
