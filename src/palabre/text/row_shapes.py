"""Tells clutter by the shape of one row: addresses, code, names of files, notices of copyright, a site's path, tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palabre.text.credits import SITE_NOTICE
from palabre.text.menus import is_trail

if TYPE_CHECKING:
    from palabre.text.layout import Row

_URL_ROW = re.compile(r"(?:https?://|www\.)\S+(?:\s+(?:https?://|www\.)\S+)*\Z|[\w.+-]+@[\w-]+\.[\w.]+\Z")
_CODE = re.compile(
    r"\w*_img\w*|\{\{|\}\}|function\s*\(|\bvar \w+\s?=|window\.\w|document\.\w|</?\w+[^>]*>"
    r"|\[/?[a-z_]+(?: [^\]]*)?\]\Z|\[[A-Za-z_]{2,20}(?:\s\w+=[^\]]*)\]|\$\(|@media|!important"
)
_FILE = re.compile(
    r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}(?:\.[a-z]{3,4})?\Z|\S+\.(?:jpe?g|png|gif|webp|svg)[)\]\"'}]*\Z|[A-Z]+(?:_[A-Z]+)+\Z"
)
_CONTACT = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|fax|e-?mail|courriel|b\.?p|cs|c[ée]dex|whatsapp)\b\.?\s?:?(?=\s?[+\d(\w])"
    r"|[\w.-]+@[\w-]+\.\w|\b(?:\d{2}[ .-]){3,4}\d{2}\b|\bwww\.\w|\+\d{8,14}\b|\b(?:boulevard|bd|avenue|rue|route)\b",
    re.IGNORECASE,
)
"""What tells where a site's office is and how to reach it; two of these on a row that is no sentence."""
_RESERVED = re.compile(r"\breserv|r[ée]serv[ée]s?\b", re.IGNORECASE)
_UPLOADED = re.compile(
    r"\be\d{10,}\b|\b\d{6,}_[0-9a-f]{6,}"
    r"|-scaled\b|\b(?:IMG|DSC|img|dsc|PXL|VID)[-_ ]?\d{3,}|\bWhatsApp[ _-]Image[ _-]\d|\b\d{3,4}x\d{3,4}\b"
)
"""What the name of a picture's file keeps of the camera or of the site that took it in."""
_HASHTAGS = re.compile(r"(?:#[\w’'-]+[\s,]*){2,}\Z")
_MEDIA = re.compile(r"[▶🎥🎬🎧🎙📹📺📷📸📄📎📥🔗👉]\ufe0f?\s?(?=[^\W_])")


def by_shape(row: Row) -> str | None:
    """Return the kind of clutter that a row is by its shape alone, or None."""
    words = row.words
    if _URL_ROW.match(words):
        return "url"
    if SITE_NOTICE.match(words) and (len(words) <= 160 or (len(words) <= 900 and _RESERVED.search(words))):
        return "footer"
    if is_trail(words):
        return "menu"
    if len(words) <= 300 and not row.stopped and len(_CONTACT.findall(words)) >= 2:
        return "footer"
    if row.prose:
        return None
    if _CODE.search(words) and len(words) <= 400:
        return "code"
    if _MEDIA.match(words) and not row.stopped:
        return "media"
    if _FILE.match(words) or (_UPLOADED.search(words) and not row.stopped):
        return "file name"
    if words.startswith((">>", "← ", "→ ", "⟵ ")) and not row.stopped:
        return "related"
    return "tags" if _HASHTAGS.match(words) else None
