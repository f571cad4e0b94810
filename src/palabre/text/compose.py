"""Makes a reading of a captured text: language, metadata, clutter, blocks, sentences, tokens. It extracts nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for
from palabre.model.annotations import Boilerplate
from palabre.model.spans import Span
from palabre.text.clutter import clutter, menus_above
from palabre.text.credits import Credit, credits_of, index_header
from palabre.text.folding import folded
from palabre.text.language import language
from palabre.text.layout import rows_of, without
from palabre.text.mastheads import site_of
from palabre.text.metadata import settle, title_of
from palabre.text.mixed import credits_only, unmixed
from palabre.text.name_shapes import outlet
from palabre.text.reading import Block, Reading, Sentence
from palabre.text.said_again import said_twice, united
from palabre.text.segmentation import lines, paragraphs, sentences
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from palabre.model.documents import RawDocument
    from palabre.text.layout import Row

_SITE = re.compile(r"\s+[-–—|]\s+(?P<site>[^|–—]{2,40})\Z")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,7}\Z", re.IGNORECASE)


def read_text(raw: RawDocument) -> Reading:
    """Return the reading of a captured text: what every extractor takes.

    Any text is safe input. `Reading.lang` is the code of the pack to read it with; `Reading.meta.lang` is the language
    told, which may have no pack. Offsets are code points of `raw.text`, which is kept as it is. Blocks hold every
    character that is not white space; sentences cover titles, headings and paragraphs.
    """
    text = raw.text
    told = raw.given.lang or language(text)
    lang = pack_for(told)
    header = index_header(text)
    spans = paragraphs(text, lines(text))
    if header is not None:
        spans = tuple(rest for span in spans for rest in without(span, (header.span,), text))
    found: list[Credit] = [header] if header is not None else []
    spans = unmixed(text, spans)
    whole = rows_of(text, spans)
    menus = menus_above(text, whole)
    found += credits_only(text, credits_of(text, tuple(row for row in whole if row.span not in menus)))
    aside = [c.span for c in found if c.kind != "dateline"]
    rows = rows_of(text, _cut(text, spans, aside))
    marked = list(clutter(text, rows, found, told))
    title = title_of(rows, sorted(aside + [b.span for b in marked]))
    if title is not None:
        site = _site(title.text(text), rows, found, raw.given.outlet)
        if site is not None:
            found.append(Credit(title, "site", outlet=title.text(text)[site:].strip(" -–—|")))
            marked.append(Boilerplate(Span(title.start + site, title.end).trimmed(text), "site name"))
            title = Span(title.start, title.start + site).trimmed(text)
        marked += said_twice(text, rows, title, marked)
    marked_out = united(marked, text)
    gone = {b.span for b in marked}
    meta = settle(text, raw.given, told, title, [c for c in found if c.date or c.span not in gone], site_of(whole))
    kept = [c for c in found if not any(b.span.contains(c.span) for b in marked_out)]
    blocks = _blocks(text, spans, kept, marked_out, title)
    return Reading(text, lang, meta, blocks, _sentences(text, blocks, lang), marked_out)


def _cut(text: str, spans: tuple[Span, ...], aside: list[Span]) -> list[Span]:
    """Return the spans with the credits that stand inside a longer row set apart."""
    out: list[Span] = []
    for span in spans:
        inner = [a for a in aside if span.contains(a)]
        out += without(span, inner, text) + inner if inner else [span]
    return sorted(out)


def _site(title: str, rows: tuple[Row, ...], found: list[Credit], given: str | None) -> int | None:
    """Return where the site's name begins that a page's title ends with (« Titre - site.com »), or None."""
    match = _SITE.search(title)
    if match is None:
        return None
    name = match["site"].strip()
    known = {n.casefold() for n in [given, *(c.outlet for c in found)] if n}
    if _DOMAIN.match(name) or (name.casefold() in known and outlet(name)):
        return match.start()
    bare = folded(title[: match.start()])
    return match.start() if any(row.key == bare for row in rows[:20]) else None


def _blocks(
    text: str, spans: tuple[Span, ...], found: list[Credit], marked: tuple[Boilerplate, ...], title: Span | None
) -> tuple[Block, ...]:
    """Return the blocks: clutter and credits apart, then what is left of each row: title, heading, paragraph."""
    aside = {b.span: "boilerplate" for b in marked}
    for credit in found:
        if credit.kind not in ("dateline", "site"):
            aside.setdefault(credit.span, "byline" if credit.kind == "byline" else "credit")
    cuts = sorted(aside)
    pieces: list[tuple[Span, str]] = list(aside.items())
    low = 0
    for span in spans:
        while low < len(cuts) and cuts[low].end <= span.start:
            low += 1
        high = low
        while high < len(cuts) and cuts[high].start < span.end:
            high += 1
        pieces.extend((rest, _kind(text, rest, title)) for rest in without(span, cuts[low:high], text))
    pieces.sort()
    out: list[Block] = []
    for span, kind in pieces:
        gap = text[out[-1].span.end : span.start] if out else ""
        if kind == "boilerplate" and gap.strip() and not gap.strip(" \t\u00a0\u202f|•·"):
            # The stroke that parts a byline from the clutter on its row goes with the clutter.
            span = Span(span.start - len(gap.lstrip()), span.end)
        out.append(Block(len(out), span, kind))
    return tuple(out)


def _kind(text: str, span: Span, title: Span | None) -> str:
    """Return `title`, `heading` for a short row without a full stop that opens with a capital, else `paragraph`."""
    if span == title:
        return "title"
    if len(span) > 150:
        return "paragraph"
    words = span.text(text)
    ended = words.rstrip('»”"’) \u00a0\u202f')[-1:]
    unfinished = ended in (".", "…", ";", ":", ",", "") or words[0].islower()
    return "paragraph" if unfinished else "heading"


def _sentences(text: str, blocks: tuple[Block, ...], lang: str) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for block in blocks:
        if block.kind in ("boilerplate", "byline", "credit"):
            continue
        for span in sentences(text, block.span, lang):
            out.append(Sentence(len(out), block.index, span, tokens(text, span, lang)))
    return tuple(out)
