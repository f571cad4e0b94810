"""Marks what a page's machinery left at either end of a paragraph: « … la loi. Lire la suite », « Facebook X Le … ».

Where rows were glued together, buttons and offers follow the last full stop or come before the first word. Each piece
is judged by its own words, from the end of the row backwards; the first that belongs to the article ends the search.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import LANGUAGES, table
from palabre.model.annotations import Boilerplate
from palabre.model.spans import Span
from palabre.text.clutter_words import by_words
from palabre.text.folding import folded

if TYPE_CHECKING:
    from palabre.text.layout import Row

_PIECE = 110
"""Code points of the longest piece that may be glued to the end of a row."""
_SENTENCE = 40
"""Code points of the article that must be left behind what opens a row."""
_FILE_NAME = r"(?:[\w.-]+-\d{2,4}x\d{2,4}|[\w.-]+\.(?:jpe?g|png|gif|webp|JPE?G|PNG))"
_KINDS = frozenset({"share", "more", "related", "newsletter", "paywall", "advert", "comments", "cookies"})
_BREAK = re.compile(
    r"(?:\.{3,}|…)\]?[ \u00a0\u202f]*(?=\S)"
    r"|(?<=[.!?»”\"’)\]])[ \u00a0\u202f]*(?=[A-ZÀ-Ý\[(>→▶►☞👉•|<«])"
    r"|[ \u00a0\u202f](?=[▶►☞👉→]|>>)"
)
"""Where a piece may begin: past a full stop or an ellipsis, or at an arrow."""
_POINTS = re.compile(r"[\s:>→▶►›»|\])]*[>→▶►›»|\])]\Z|\A[\[(>→▶►☞👉•]")
"""The marks of a button, which make one word enough."""
_ARROWS = "▶►☞👉→>"
_BARS = re.compile(r"\s*[|•·]\s*")


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    """What may be glued before the first word of a paragraph."""
    found, arrows = (
        [p for lang in LANGUAGES for p in table(lang, "clutter").get("glued", {}).get(name, ())]
        for name in ("before", "arrows")
    )
    one = f"(?:{'|'.join(found)})[ \u00a0\u202f|•·/,:-]+|{_FILE_NAME} +|(?:{'|'.join(arrows)}) ?[»›>→▶►]+ ?"
    # Possessive: a long run of buttons is not cut up in every way.
    return re.compile(rf"(?:{one})++(?=[«“\"A-ZÀ-Ý(\[])")


@lru_cache(maxsize=1)
def link_cues() -> re.Pattern[str]:
    """Return what a whole folded row that announces one link matches: « video : the dam seen from the sky »."""
    found = [p for lang in LANGUAGES for p in table(lang, "clutter").get("glued", {}).get("cues", ())]
    return re.compile("|".join(found) or "(?!)")


def led(words: str) -> int:
    """Return where the article begins in a row that clutter opens, when enough follows to be a sentence, else 0."""
    lead = _lead().match(words)
    return lead.end() if lead is not None and len(words) - lead.end() >= _SENTENCE else 0


def glued(text: str, row: Row) -> list[Boilerplate]:
    """Return the clutter at both ends of a row of prose, in order."""
    span = row.span
    if len(span) < 60:
        return []
    out: list[Boilerplate] = []
    begun = led(row.words)
    if begun:
        out.append(Boilerplate(Span(span.start, span.start + begun).trimmed(text), "glued"))
    end = span.end
    floor = max(out[-1].span.end if out else span.start, span.end - 4 * _PIECE)
    breaks = [m.end() for m in _BREAK.finditer(text, floor, span.end)]
    start, kind = end, None
    for at in reversed(breaks):
        found = _kind(text[at:start].strip())
        if found is not None:
            start, kind = at, found
        elif text[at] not in _ARROWS:
            break
    if kind is not None and not _open_quotation(text[span.start : start], text[start:end]):
        out.append(Boilerplate(Span(start, end).trimmed(text), kind))
    return out


def _kind(piece: str) -> str | None:
    """Return the kind of clutter that a piece is by its own words, or None."""
    if not piece or len(piece) > _PIECE:
        return None
    parts = [p for p in _BARS.split(piece) if p]
    family = by_words(folded(piece), len(piece), prose=piece.endswith(".") and len(piece) >= 60)
    if family is None and len(parts) > 1:
        found = [f for f in (by_words(folded(p), len(p)) for p in parts) if f is not None]
        family = found[0] if 2 * len(found) >= len(parts) else None
    elif len(piece.split()) < 2 and not _POINTS.search(piece):
        return None
    return family.name if family is not None and family.name in _KINDS else None


def _open_quotation(before: str, piece: str) -> bool:
    """Tell whether a piece stands within words quoted, or closes them."""
    opened = before.count("«") - before.count("»") + before.count("“") - before.count("”")
    return piece[:1] in '«“"' or opened > 0 or (before.count('"') % 2 == 1 and '"' in piece)
