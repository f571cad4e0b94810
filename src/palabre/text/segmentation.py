"""Cuts a text into blocks (lines or paragraphs) and blocks into sentences. It does not judge what is article.

Blocks: a blank line always ends one; a line end ends one too, unless the text is wrapped by hand at some width, where
the lines of a paragraph are one block. Sentences: rules over each mark that can end one. Both are linear in time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.lang.pack import table
from palabre.model.spans import Span
from palabre.text.typography import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n\r\u2028\u2029\u0085\x0b\x0c]+")
_BREAKS = frozenset("\n\u2028\u2029\u0085\x0b\x0c")
_ITEM = re.compile(r"(?:[-–—•*▪►·]|\d{1,2}[.)])\s")


_APART = re.compile(
    r"(?:[^\W\d_]+\s)?\d{1,2}(?:er)?\s[^\W\d_]+\.?\s\d{4}\W*\Z|par(?:\s(?:[A-ZÀ-Ý][\w'’.-]*|de|du|et|la|le)){1,6}\Z"
    r"|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}\Z"
)
"""A row that is a day, « par » and a name, or a site's: it begins in lower case, and goes on with no paragraph."""


def lines(text: str) -> tuple[Span, ...]:
    """Return the lines of `text` that hold more than white space, trimmed, in order."""
    out = []
    for match in _LINE.finditer(text):
        # A byte order mark (U+FEFF) stays in the text, and belongs to no line.
        words = match[0].lstrip().removeprefix("\ufeff").lstrip()
        start = match.end() - len(words)
        if words:
            out.append(Span(start, start + len(words.rstrip())))
    return tuple(out)


def paragraphs(text: str, rows: tuple[Span, ...] | None = None) -> tuple[Span, ...]:
    """Return the blocks of `text` in order: its lines, with those of a paragraph wrapped by hand joined into one.

    Together the blocks hold every character of `text` that is not white space (nor a byte order mark).
    """
    rows = lines(text) if rows is None else rows
    if len(rows) < 2:
        return rows
    adjacent = [_adjacent(text, a, b) for a, b in pairwise(rows)]
    wrapped, width = _wrapping(text, rows, adjacent)
    out = [rows[0]]
    for before, row, close in zip(rows, rows[1:], adjacent, strict=False):
        if close and _goes_on(text, before, row, wrapped, width):
            out[-1] = Span(out[-1].start, row.end)
        else:
            out.append(row)
    return tuple(out)


def _adjacent(text: str, a: Span, b: Span) -> bool:
    """Tell whether no blank line stands between two lines."""
    gap = text[a.end : b.start] if b.start - a.end < 200 else "\n\n"
    return sum(c in _BREAKS for c in gap) <= 1 and gap.count("\r") <= 1


def _wrapping(text: str, rows: tuple[Span, ...], adjacent: list[bool]) -> tuple[bool, int]:
    """Tell whether the text is wrapped by hand, and at what width: lower case follows most of its line ends."""
    inner = [(a, b) for a, b, close in zip(rows, rows[1:], adjacent, strict=False) if close]
    if len(inner) < 2:
        return False, 0
    lower = sum(text[b.start].islower() for _, b in inner)
    lengths = sorted(len(row) for row in rows)
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
    return lower >= 2 and lower >= 0.4 * len(inner) and width <= 140, width


def _goes_on(text: str, before: Span, row: Span, wrapped: bool, width: int) -> bool:
    """Tell whether `row` goes on with the paragraph of the line before it."""
    last, first = text[before.end - 1], text[row.start]
    if _ITEM.match(text, row.start, row.end):
        return False
    if first.islower() and last not in ".!?…" and len(before) >= 40:
        return wrapped or _APART.match(text, row.start, row.end) is None
    if not wrapped:
        return False
    return len(before) >= 0.7 * width or (first.islower() and last not in ".!?…")


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a language's table says of sentence ends."""

    names: frozenset[str]
    numbers: frozenset[str]
    inside: frozenset[str]
    starters: frozenset[str]
    acronym_starters: frozenset[str]


@lru_cache(maxsize=8)
def _cut(lang: str) -> _Cut:
    data = table(lang, "segmentation")
    starters = frozenset(data.get("starters", ()))
    return _Cut(
        frozenset(data.get("before_name", ())),
        frozenset(data.get("before_number", ())),
        frozenset(data.get("inside", ())),
        starters,
        starters | frozenset(data.get("starters_after_acronym", ())),
    )


_MARK = re.compile(r"[.!?…。！？]+")
_BEFORE = re.compile(r"[^\W_][\w.’'\u0300-\u036f-]*\Z")
_CLOSERS = "»”’›)]}"
_OPENERS = "«“‘‹([{„"
_SPACE = " \t\n\r\u00a0\u202f\u2009\u2028\u2029\u0085\x0b\x0c"
_WORD_AT = re.compile(r"[^\W\d_]+['’]?")


def sentences(text: str, block: Span, lang: str) -> tuple[Span, ...]:
    """Return the sentences of `text` within `block`, trimmed, in order.

    A sentence keeps the closing quotation marks and brackets after its full stop. A stop followed by lower case (« ! »,
    a-t-il dit), by a comma, or standing in an abbreviation, a number or an ellipsis that goes on, ends none.
    """
    return tuple(sentences_in_turn(text, block, lang))


def sentences_in_turn(text: str, block: Span, lang: str) -> Iterator[Span]:
    """Yield the same one by one, for whoever needs but the first of them."""
    cut = _cut(lang)
    start = block.start
    counted, straight = block.start, 0
    for match in _MARK.finditer(text, block.start, block.end):
        if match.start() < start:
            continue
        straight += text.count('"', counted, match.start())
        counted = match.start()
        end = _closing(text, match.end(), block.end, straight % 2 == 1)
        if _ends(text, match.start(), match.end(), end, start, block.end, cut):
            span = Span(start, end).trimmed(text, _SPACE)
            if len(span):
                yield span
            start = end
    span = Span(start, block.end).trimmed(text, _SPACE)
    if len(span):
        yield span


def _closing(text: str, at: int, limit: int, quoted: bool) -> int:
    """Return the end of the closing marks that follow a stop at `at`; `quoted`: a straight quotation mark is open."""
    end = at
    while True:
        look = end
        while look < limit and look - end < 3 and text[look] in " \u00a0\u202f\u2009":
            look += 1
        if look >= limit:
            return end
        char = text[look]
        if char in _CLOSERS:
            if char in "’)" and look > end and char == "’":
                return end
            end = look + 1
        elif char == '"' and quoted:
            end, quoted = look + 1, False
        elif text.startswith("''", look) and look == end:
            end = look + 2
        else:
            return end


def _ends(text: str, at: int, stop: int, end: int, start: int, limit: int, cut: _Cut) -> bool:
    """Tell whether the mark `text[at:stop]`, with its closing marks up to `end`, ends the sentence begun at `start`."""
    if end >= limit:
        return True
    after = end
    while after < limit and text[after] in _SPACE:
        after += 1
    if after >= limit:
        return True
    mark, following = text[at:stop], text[after]
    if mark != "." and at > start and text[at - 1] in "([" and end > stop:
        return False  # « (...) »
    if following in ",;:.!?…)]}/%&»”" or following.islower():
        return False
    if following in "–—-" and after + 1 < limit:
        beyond = after + 1
        while beyond < limit and text[beyond] in _SPACE:
            beyond += 1
        if beyond < limit and text[beyond].islower():
            return False
    if not _can_open(text, after, limit):
        return False
    if mark != ".":
        return after > end or not following.isalnum() or text[at - 1 : at].isalpha()
    return end != stop or _full_stop(text, at, after, start, limit, cut)


def _can_open(text: str, at: int, limit: int) -> bool:
    """Tell whether a sentence can begin at `at`: past opening marks, no lower-case letter."""
    look = at
    while look < limit and look - at < 4 and (text[look] in _OPENERS or text[look] in "\"'" or text[look] in _SPACE):
        look += 1
    return look >= limit or not text[look].islower()


def _full_stop(text: str, at: int, after: int, start: int, limit: int, cut: _Cut) -> bool:
    """Tell whether the single full stop at `at` is more than an abbreviation's or a number's."""
    following = text[after]
    glued = after == at + 1
    if glued and following == "-":
        return False  # « J.-P. »
    before = _BEFORE.search(text, max(start, at - 30), at)
    word = before[0] if before else ""
    word = word.replace("’", "'").rpartition("'")[2]  # « l'art. 5 »
    if word and before is not None and before.start() == start and word.isdigit() and len(word) < 3:
        return False  # « 1. » opens an item
    if glued and following.isdigit():
        return not word[-1:].isdigit() and not word[-1:].isupper() and word not in cut.numbers and bool(word)
    if glued and following.isalpha():
        return _glued(text, at, word, after, limit)
    if word in cut.names:
        return False
    if word in cut.numbers and (following.isdigit() or following in "IVXLC°"):
        return False
    opening = _WORD_AT.match(text, after, limit)
    first = lowered(opening[0]) if opening else ""
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    if initial or (len(word) > 2 and word[-2] in ".-" and word[-1].isupper() and len(word) <= 4):
        return (opening is None and not following.isdigit() and following != "(") or first in cut.starters
    if "." in word and word[-1].isupper():
        return following in '«“"' or first in cut.acronym_starters
    if word in cut.inside:
        return first in cut.acronym_starters
    return True


def _glued(text: str, at: int, word: str, after: int, limit: int) -> bool:
    """Tell whether a capital glued to the full stop opens a sentence (« confédération.Ce »), unlike a site's name."""
    if text[after].islower():
        return False
    opening = _WORD_AT.match(text, after, limit)
    if opening is None or (len(opening[0]) > 1 and opening[0].isupper() and not opening[0].endswith(("'", "’"))):
        return False
    ended = text[opening.end() : opening.end() + 1]
    if opening[0][-1] not in "'’" and ended and ended not in _SPACE + ",":
        return False
    return not word or (
        len(word) > 1 and "." not in word and (word[-1].islower() or word[-1].isdigit() or len(word) > 2)
    )
