"""Whether what somebody typed is the address of a page. Nothing is fetched."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(address: str) -> bool:
    """Tell whether this is the address of a page on the web."""
    if any(c.isspace() or not c.isprintable() for c in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
