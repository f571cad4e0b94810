"""The dossier: one dialogue that is followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from palabre.errors import BadValue
from palabre.model.ids import content_id

_PERIOD = re.compile(r"P(?:(?P<y>\d+)Y)?(?:(?P<m>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?\Z")


LONGEST_MONTHS = 1200
"""The longest period between two sessions: a hundred years."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often sessions are due, as an ISO 8601 duration of years, months, weeks or days (`P1Y`, `P6M`)."""

    value: str
    months: int
    days: int

    @classmethod
    def parse(cls, value: str) -> Cadence:
        """Read an ISO 8601 duration. Raises BadValue when it is not one, or is empty."""
        match = _PERIOD.match(value.strip().upper())
        if match is None:
            raise BadValue(value, "not an ISO 8601 period such as P1Y, P6M or P2W")
        years, months, weeks, days = (int(match[g] or 0) for g in ("y", "m", "w", "d"))
        if not (years or months or weeks or days):
            raise BadValue(value, "a period of no length")
        if years * 12 + months > LONGEST_MONTHS or weeks * 7 + days > LONGEST_MONTHS * 30:
            raise BadValue(value, "a period of more than a hundred years")
        return cls(value.strip().upper(), years * 12 + months, weeks * 7 + days)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dialogue that is followed: its parties, the rhythm of its sessions and whose turn it is to host.

    `parties` and `hosts` are actor ids (a group counts as its members); `hosts` is the order of turns.
    """

    name: str
    title: str
    parties: tuple[str, ...] = ()
    cadence: Cadence | None = None
    hosts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the dossier's id, made from its name."""
        return _id(self.name)


@lru_cache(maxsize=256)
def _id(name: str) -> str:
    return content_id("o", name)
