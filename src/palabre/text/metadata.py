"""Settles what is known of a document: what the user or the page said wins, then what the text says of itself.

Title, author, outlet, agency, dateline, address and day of publication. It marks no clutter and reads no prose but the
« ce jeudi 3 avril » that tells the day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.model.documents import Known, Metadata
from palabre.model.spans import Span
from palabre.text.name_shapes import is_agency
from palabre.text.pubdate import day_said, url_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from palabre.text.credits import Credit
    from palabre.text.layout import Row

LONGEST_TITLE = 230
"""Code points. A longer first row is a summary, not a title."""
SHORTEST_TITLE = 25
"""Code points. A shorter row with clutter under it gives way to the next that could be a title."""

_URL = re.compile(r"https?://[^\s<>«»\"”]+")
_NOT_TITLE_END = ".;:,"


def title_of(rows: Sequence[Row], taken: Sequence[Span]) -> Span | None:
    """Return the title among the rows: the first that is no credit, no clutter, no prose, before any prose; or None.

    A single word (a section's name) is no title, nor is a row that ends in a full stop, nor one with nothing after it.
    """
    spans = set(taken)
    first: Span | None = None
    seen = 0
    for i, row in enumerate(rows):
        if row.span in spans or any(span.contains(row.span) for span in taken if span.start <= row.span.start):
            continue
        seen += 1
        if seen > 60:
            break
        if row.prose:
            return first
        if len(row.words.split()) < 3 or not any(c.isalpha() for c in row.words):
            continue
        if i + 1 >= len(rows) or len(row.words) > LONGEST_TITLE or row.words[-1] in _NOT_TITLE_END:
            return first
        if len(row.words) >= SHORTEST_TITLE or first is not None:
            return row.span if len(row.words) >= SHORTEST_TITLE else first
        first = first or row.span  # « Vu d'ici ? »: a section's name, when a longer row parted from it comes next
        section = len(row.words.split()) <= 3 and len(row.words) <= 16
        if i + 1 < len(rows) and rows[i + 1].span not in spans and not section:
            return first
    return first


def settle(
    text: str, given: Metadata, lang: str | None, title: Span | None, credits: Sequence[Credit], site: str | None
) -> Metadata:
    """Return the metadata of a text from what was given, its own title and credits, and the `site` its page names."""
    meta = replace(given, lang=given.lang or lang)
    if meta.title is not None:
        meta = replace(meta, title_by=meta.title_by or Known.GIVEN)
    elif title is not None:
        meta = replace(meta, title=" ".join(title.text(text).split()), title_by=Known.TEXT)
    meta = replace(meta, title_span=title)
    author = next((c.author for c in credits if c.author), None)
    if meta.author is not None:
        meta = replace(meta, author_by=meta.author_by or Known.GIVEN)
    elif author:
        meta = replace(meta, author=author, author_by=Known.TEXT)
    meta = _outlet(meta, credits, site)
    dateline = next((c.span for c in credits if c.kind == "dateline"), None)
    if meta.dateline is None and dateline is not None:
        meta = replace(meta, dateline=dateline.text(text).rstrip(" –—-"))
    url = _URL.search(text[:600])
    if meta.url is None and url is not None and any(c.kind == "header" for c in credits):
        meta = replace(meta, url=url[0])
    below = [c for c in credits if title is not None and c.span.start > title.start]
    return _published(text, meta, (*below, *(c for c in credits if c not in below)), url[0] if url else None)


def _outlet(meta: Metadata, credits: Sequence[Credit], site: str | None) -> Metadata:
    outlet = next((c.outlet for c in credits if c.outlet), None) or site
    # What an agency signs, and no newspaper does, it published itself.
    outlet = outlet or next((c.agency for c in credits if c.kind == "dateline" and is_agency(c.agency or "")), None)
    named = [c.outlet for c in credits if c.outlet]
    agency = next((c.agency for c in credits if c.agency), next((n for n in named if n != named[0]), None))
    if meta.outlet is not None:
        meta = replace(meta, outlet_by=meta.outlet_by or Known.GIVEN)
        agency = agency or (outlet if outlet != meta.outlet else None)
    elif outlet:
        meta = replace(meta, outlet=outlet, outlet_by=Known.TEXT)
    return replace(meta, agency=meta.agency or agency)


def _published(text: str, meta: Metadata, credits: Sequence[Credit], url: str | None) -> Metadata:
    """Settle the day of publication: given, then a date row, the address, a dateline, then « ce jeudi 3 avril »."""
    if meta.published is not None:
        return replace(meta, published_by=meta.published_by or Known.GIVEN)
    firm = [c.date for c in credits if c.date and not c.late and c.kind != "photo"]
    late = [c.date for c in credits if c.date and c.late]
    said: dt.date | None = next(iter(firm + late), None)
    if said is None and (meta.url or url):
        said = url_day(meta.url or url or "")
    if said is not None:
        return replace(meta, published=said, published_by=Known.TEXT)
    month = next((c.month for c in credits if c.month), None)
    guess = day_said(text, month)
    return replace(meta, published=guess, published_by=Known.GUESSED) if guess else meta
