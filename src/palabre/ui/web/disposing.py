"""The name a file has when it is taken away from a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    import datetime as dt


def disposition(dossier: str, today: dt.date, ending: str) -> str:
    """Return the header that names the file: plain letters for all, the dossier's own name for those that can."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", dossier).strip("-.") or "dossier"
    own = quote(f"{dossier}-{today}.{ending}", safe="", errors="replace")
    return f"attachment; filename=\"{plain[:80]}-{today}.{ending}\"; filename*=UTF-8''{own}"
