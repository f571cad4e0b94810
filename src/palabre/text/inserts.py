"""Marks clutter inside a paragraph: links to other articles run into it, words read in the wrong encoding, shortcodes.

Pages whose rows were glued together carry « Lire aussi : » and its headlines between two sentences. What is a row of
its own is judged in `clutter`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import LANGUAGES, table
from palabre.model.annotations import Boilerplate
from palabre.model.spans import Span
from palabre.text.typography import lowered

if TYPE_CHECKING:
    from palabre.text.layout import Row

LONGEST_LINK = 420
"""Code points. Headlines run into a paragraph are not looked for beyond."""

_MOJIBAKE = re.compile(r"(?<![\w])[\u00c0-\u00ff]{2,}(?:(?:[.,:]\s?|\s)[\u00c0-\u00ff]{2,})*(?!\w)|\ufffd{2,}")
_SHORTCODES = re.compile(
    r"\[caption\b[^\]\n]{0,300}\](?:[^\n]{0,400}?\[/caption\])?|\[/caption\]"
    r"|\[/?(?:gallery|embed|video|audio|playlist|vc_[a-z_]+|et_pb_[a-z_]+)\b[^\]\n]{0,300}\]"
)
_FILES = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\n]{1,300}\)|(?<![\w.%/-])(?:https?://)?[\w.-]{0,100}/(?:[\w.%-]{1,80}/){1,12}[\w.%-]{0,120}\.(?:mp3|mp4|m4a|ogg|wav|webm|jpe?g|png|gif|webp|svg)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"\.(?=[\s»”\"]|\Z)")
_OPENING = re.compile(r"[«“\"][ \u00a0\u202f]?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+['’]?")
_GLUES = frozenset(",;:([«“\"'’-–—/&")


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    """What announces links within a paragraph, where a sentence could begin."""
    cues = "|".join(p for lang in LANGUAGES for p in table(lang, "clutter").get("related", {}).get("inline", ()))
    return re.compile(rf"(?:(?<=[.!?…»”\"][ \u00a0\u202f])|(?<=[.!?…»”\"]))(?:{cues})(?=\s?:|\s[«“\"A-ZÀ-Ý])")


@lru_cache(maxsize=8)
def _starters() -> frozenset[str]:
    tables = [table(lang, "segmentation") for lang in LANGUAGES]
    return frozenset(w for t in tables for name in ("starters", "starters_after_acronym") for w in t.get(name, ()))


def inserts(text: str, row: Row) -> list[Boilerplate]:
    """Return the clutter inside a row that is no clutter itself, in order."""
    return sorted(
        [*_links(text, row.span), *_mojibake(text, row), *_shortcodes(text, row.span), *_files(text, row.span)],
        key=lambda b: b.span,
    )


def _shortcodes(text: str, row: Span) -> list[Boilerplate]:
    """Return the commands to the site's own machinery that a scraper left in the words (« [caption …] »)."""
    if "[" not in text[row.start : row.end]:
        return []
    return [Boilerplate(Span(*m.span()), "code") for m in _SHORTCODES.finditer(text, row.start, row.end)]


def _files(text: str, row: Span) -> list[Boilerplate]:
    """Return the addresses of the site's own files that a player or a picture left in the words."""
    if "/" not in text[row.start : row.end]:
        return []
    return [Boilerplate(Span(*m.span()), "file name") for m in _FILES.finditer(text, row.start, row.end)]


def _links(text: str, row: Span) -> list[Boilerplate]:
    out: list[Boilerplate] = []
    for match in _cues().finditer(text, row.start, row.end):
        if out and match.start() < out[-1].span.end:
            continue
        end = _end_of_links(text, match.end(), row.end)
        out.append(Boilerplate(Span(match.start(), end).trimmed(text), "related"))
    return out


def _end_of_links(text: str, at: int, limit: int) -> int:
    """Return where the headlines that follow a cue end: before the sentence that ends in the next full stop.

    Headlines have no full stop; the last word in their run that can open a sentence, after no mark, opens the article's
    next one. When none does, the first word may be that one; else the full stop ends the headlines themselves.
    """
    while at < limit and text[at] in " :\u00a0\u202f\t":
        at += 1
    if at < limit and text[at] in '«“"':
        return at  # what is quoted goes on with the article: the link has lost its headline
    stop = _STOP.search(text, at, min(limit, at + LONGEST_LINK))
    if stop is None and limit - at > LONGEST_LINK:
        return at
    inside = stop.start() if stop else limit
    best = at if stop and _opens(text, at, inside) else stop.end() if stop else limit
    for match in re.finditer(r"(?<=\S)\s+(?=\S)", text[at:inside]):
        begin = at + match.end()
        if text[at + match.start() - 1] not in _GLUES and _opens(text, begin, inside):
            best = begin
    return best


def _opens(text: str, at: int, limit: int) -> bool:
    """Tell whether a sentence can open at `at`: a quotation, or one of the usual first words with a capital."""
    mark = _OPENING.match(text, at, limit)
    if mark is not None:
        return text[mark.end()].isupper()
    word = _WORD.match(text, at, limit)
    return word is not None and word[0][0].isupper() and lowered(word[0]) in _starters()


def _mojibake(text: str, row: Row) -> list[Boilerplate]:
    """Return the runs of words written with accented letters alone: another alphabet read in the wrong encoding."""
    return [
        Boilerplate(Span(*m.span()), "mojibake")
        for m in _MOJIBAKE.finditer(text, row.span.start, row.span.end)
        if any(len(word) >= 4 for word in re.findall(r"[\u00c0-\u00ff]+", m[0])) or "\ufffd" in m[0]
    ]
