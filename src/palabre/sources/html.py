"""Takes the article and its metadata out of an HTML page. It fetches nothing and follows no link."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from palabre.model.documents import Known, Metadata
from palabre.sources.decoding import Decoded, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_PROLOGUE = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date' or @name='parsely-pub-date']/@content",
    "//meta[@name='DC.date.issued' or @name='dc.date' or @name='article.published']/@content",
    "//article//time[@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]/@datetime",
    "//header//time[1]/@datetime",
)
_URLS = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")


def is_page(head: bytes) -> bool:
    """Tell whether bytes open as an HTML page does, past a byte order mark and white space."""
    rest = head.removeprefix(b"\xef\xbb\xbf")[:4096]
    prologue = _PROLOGUE.match(rest)
    rest = rest[prologue.end() if prologue else 0 :].lstrip()
    # One comment at a time: a pattern that repeats them could be made to take for ever.
    while rest.startswith(b"<!--"):
        _, closed, rest = rest.partition(b"-->")
        if not closed:
            return False
        rest = rest.lstrip()
    return _PAGE.match(rest) is not None


def read_page(data: bytes) -> tuple[Decoded, Metadata]:
    """Return the article's text, one paragraph a line, and what the page's markup says of it.

    The title opens the text when the page has one. The text is empty when the page holds no article. Extraction:
    trafilatura (Barbaresi, ACL 2021, demo papers); the day of publication comes from the page's own metadata only.
    """
    from trafilatura import bare_extraction, baseline

    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    try:
        found = bare_extraction(
            page.text,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # a parser of others meets hostile pages: whatever it dies of, the page is read more simply
        found = None
    fields: dict[str, Any] = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    text = str(fields.get("text") or "")
    if not text.strip():
        try:
            text = str(baseline(page.text)[1] or "")
        except Exception:  # as above
            text = ""
    markup = _markup(page.text)
    title = _words(fields.get("title"))
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if title and text and title not in text[: len(title) + 300]:
        text = f"{title}\n{text}"
    author, outlet = _words(fields.get("author")), _words(fields.get("sitename"))
    published = markup.published or _day(_words(fields.get("date")))
    meta = Metadata(
        published=published,
        title=title,
        author=author,
        outlet=outlet,
        url=markup.url or _words(fields.get("url")),
        published_by=Known.MARKUP if published else None,
        title_by=Known.MARKUP if title else None,
        author_by=Known.MARKUP if author else None,
        outlet_by=Known.MARKUP if outlet else None,
    )
    return Decoded(text, page.warnings), meta


def _words(value: object) -> str | None:
    words = " ".join(str(value).split()) if value else ""
    return words or None


def _markup(page: str) -> Metadata:
    """Return the day of publication and the address that the page's head gives."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return Metadata()
    published = next((day for path in _DATES for value in tree.xpath(path) if (day := _day(str(value)))), None)
    if published is None:
        published = next(
            (day for block in tree.xpath("//script[@type='application/ld+json']/text()") for day in _linked(block)),
            None,
        )
    url = next((str(v).strip() for path in _URLS for v in tree.xpath(path) if str(v).startswith("http")), None)
    return Metadata(published=published, url=url)


def _linked(block: object) -> Iterator[dt.date]:
    """Yield the days of publication in a block of JSON-LD."""
    try:
        waiting: list[Any] = [json.loads(str(block))]
    except (ValueError, RecursionError):
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            day = _day(str(item.get("datePublished") or ""))
            if day:
                yield day
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _day(value: str | None) -> dt.date | None:
    match = _DAY.search(value or "")
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
