"""Ids made from content: the same thing has the same id on every machine, in whatever order things came."""

from __future__ import annotations

import base64
import hashlib
import json

ID_LENGTH = 10
"""Characters after the prefix: 50 bits, so a collision among a million ids has a chance of 1 in 2,000."""


def content_id(prefix: str, *parts: str | int | float | bool | tuple[str, ...] | None) -> str:
    """Return `prefix-xxxxxxxxxx`, the base32 SHA-256 of the parts.

    The parts are hashed as canonical JSON, so `("a", "b")` and `("ab",)` differ.
    """
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
    return f"{prefix}-{base64.b32encode(digest[:ID_LENGTH]).decode('ascii').lower()[:ID_LENGTH]}"


def same_content(prefix: str, other: str) -> str:
    """Return the id `other` under another prefix: a record is named after its first mention (`c-…` after `ac-…`)."""
    return f"{prefix}-{other.rpartition('-')[2]}"
