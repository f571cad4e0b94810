"""What a page's address asks for: filters, sort, columns, page. What makes no sense is left out, never an error."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.vocabulary import Firmness, FollowUpStatus, Sector
from palabre.store.queries import CHECKS, MANY, OVERDUE, SORTS, Wanted

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

SIZE = 50
"""Lines of one page of a list."""
MOST_SIZE = 200
MOST_VALUES = 50
"""Values of one filter that are looked at."""
COLUMNS = (
    "who",
    "what",
    "sector",
    "firmness",
    "status",
    "deadline",
    "amount",
    "made",
    "moved",
    "sources",
    "check",
    "id",
)
USUAL = ("who", "what", "sector", "firmness", "status", "deadline", "sources")
FILTERS = ("promisor", "beneficiary", "sector", "status", "firmness", "outlet", "origins", "check")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list: `number` from 1, `size` lines each."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Return how many lines come before."""
        return (self.number - 1) * self.size

    def pages(self, lines: int) -> int:
        """Return how many pages so many lines make, at least one."""
        return max(1, -(-lines // self.size))


def paging(params: QueryParams, size: int = SIZE) -> Paging:
    """Read `page` and `size`."""
    return Paging(_number(params.get("page"), 1, 1_000_000), _number(params.get("size"), size, MOST_SIZE))


def wanted(params: QueryParams) -> Wanted:
    """Read the filters of the register, whose names are those of FILTERS with `since`, `until`, `q` and `wishes`."""
    known = {
        "sector": [s.value for s in Sector],
        "status": [*(s.value for s in FollowUpStatus), OVERDUE],
        "firmness": [f.value for f in Firmness],
        "check": list(CHECKS),
    }
    chosen = {name: _values(params, name) for name in FILTERS if name != "origins"}
    kept = {name: tuple(v for v in values if v in known.get(name, values)) for name, values in chosen.items()}
    return Wanted(
        promisor=kept["promisor"],
        beneficiary=kept["beneficiary"],
        sector=kept["sector"],
        status=kept["status"],
        firmness=kept["firmness"],
        outlet=kept["outlet"],
        check=kept["check"],
        origins=tuple(sorted({int(v) for v in _values(params, "origins") if v in map(str, range(1, MANY + 1))})),
        since=day(params.get("since")),
        until=day(params.get("until")),
        words=params.get("q", "")[:500],
        wishes=params.get("wishes") == "1",
    )


def sort(params: QueryParams) -> str:
    """Read `sort`; by sector when it is none of SORTS."""
    asked = params.get("sort", "")
    return asked if asked.removeprefix("-") in SORTS else SORTS[0]


def columns(params: QueryParams) -> tuple[str, ...]:
    """Read the columns to show, in the order of COLUMNS; the usual ones when none is named."""
    named = _values(params, "col")
    return tuple(c for c in COLUMNS if c in named) or USUAL


def day(value: str | None) -> dt.date | None:
    """Read a day, YYYY-MM-DD, or None."""
    try:
        return dt.date.fromisoformat(value or "")
    except ValueError:
        return None


def number(value: str | None) -> int | None:
    """Read a whole number from 0, or None."""
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 10 else None


def _values(params: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v[:300] for v in params.getlist(name)[:MOST_VALUES] if v or name == "outlet"))


def _number(value: str | None, otherwise: int, most: int) -> int:
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 9:
        return otherwise
    return min(max(1, int(value)), most)
