"""Clutter that the title betrays, said again on a row of its own, and neighbouring clutter joined into one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.model.annotations import Boilerplate
from palabre.model.spans import Span, merged
from palabre.text.clutter_words import by_words
from palabre.text.folding import folded
from palabre.text.menus import is_menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.layout import Row

_MARKS = re.compile(r"[^\w\s]")
_SITE_AFTER = re.compile(r"\s?\[[^\[\]]{2,40}\]\Z")
_NEXT = re.compile(r"[ \u00a0](?:ảnh \d+|(?=[«“\"(|©–—-]?\s?[A-ZÀ-Ý])).{20}")
"""What follows a title glued to a paragraph or a caption: another sentence."""
_SAID_AGAIN = 35
"""Code points of the shortest row that is taken for the title, cut short, said again."""


def said_twice(text: str, rows: tuple[Row, ...], title: Span, taken: Sequence[Boilerplate]) -> tuple[Boilerplate, ...]:
    """Return the clutter that the title betrays: itself again on a row of its own, menu words before it on one."""
    words = " ".join(title.text(text).split())
    key = folded(words)
    gone = {b.span for b in taken}
    out: list[Boilerplate] = []
    for row in rows[:60]:
        if row.span.start < title.end or row.span in gone:
            continue
        rest = row.key[len(key) :].strip() if len(key) >= _SAID_AGAIN and row.key.startswith(key) else ""
        if 0 < len(rest) <= 40 and by_words(rest, len(rest)) is not None:
            out.append(Boilerplate(row.span, "repeated title"))
            continue
        shorter = not row.prose and not row.stopped and len(row.key) >= _SAID_AGAIN and row.key in key
        if row.key == key or shorter or (len(key) >= _SAID_AGAIN and _bare(_SITE_AFTER.sub("", row.key)) == _bare(key)):
            out.append(Boilerplate(row.span, "repeated title"))
            continue
        at = row.words.find(words) if len(words) >= 15 else -1
        if at == 0 and len(words) >= _SAID_AGAIN and _NEXT.match(row.words, len(words)):
            out.append(Boilerplate(Span(row.span.start, row.span.start + len(words)), "repeated title"))
        elif at > 0 and is_menu(folded(row.words[:at]), row.words[:at]):
            out.append(Boilerplate(Span(row.span.start, row.span.start + at).trimmed(text), "menu"))
    return tuple(out)


def _bare(key: str) -> str:
    """Return folded words without their marks: an image's file is named after the title so."""
    return " ".join(_MARKS.sub("", key).split())


def united(found: Sequence[Boilerplate], text: str) -> tuple[Boilerplate, ...]:
    """Return the clutter with neighbours joined where only white space parts them, named after the first one's rule."""
    out: list[Boilerplate] = []
    for item in sorted(found, key=lambda b: b.span):
        if out and (item.span.start <= out[-1].span.end or not text[out[-1].span.end : item.span.start].strip()):
            out[-1] = Boilerplate(merged((Span(out[-1].span.start, item.span.end), out[-1].span))[0], out[-1].why)
        else:
            out.append(item)
    return tuple(out)
