"""Pages as they were made, by key, within so many bytes. What is kept, and under which key, is settled elsewhere."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

MOST_BYTES = 64_000_000


class KeptPages:
    """Pages by key, the least recently asked for going first; all of them go when the database changes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """`most` is how many bytes are kept."""
        self._most = most
        self._size = 0
        self._version: int | None = None
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()
        # Nobody knows it, so that no text can hold it.
        self._place = secrets.token_hex(32).encode()

    def get(self, version: int, key: Hashable, token: str) -> bytes | None:
        """Return the page of that key made when the database was in that state, with this token in its forms."""
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            page = self._kept[key]
        return page.replace(self._place, token.encode())

    def put(self, version: int, key: Hashable, token: str, page: bytes) -> None:
        """Keep a page, whose forms hold this token."""
        held = page.replace(token.encode(), self._place)
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._size, self._version = 0, version
            self._size += len(held) - len(self._kept.pop(key, b""))
            self._kept[key] = held
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])
