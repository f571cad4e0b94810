"""Commitments counted by every facet at once: their few short fields, read once, held as columns of small numbers.

Fifty thousand commitments take some megabytes here; no record is read, and nothing depends on the day asked but what is
computed from `due`, `day` and `moved`. Must not change anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa

from palabre.store import searching
from palabre.store.schema import dossier_document, record, record_facet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

NO_DAY = ""
"""What stands for a day that is not known; it sorts before every day."""
A_DAY = "0"
"""What sorts after that and before every day."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of values kept as numbers: `names[codes[i]]` is the value of row `i`; `of` puts names in order."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str]) -> Codes:
        """Number the values."""
        names = sorted(set(values))
        places = {name: place for place, name in enumerate(names)}
        return cls(tuple(names), np.fromiter((places[value] for value in values), dtype=np.int32, count=len(values)))

    def holding(self, wanted: Iterable[str]) -> Mask:
        """Return which rows have one of these values."""
        chosen = set(wanted)
        flags = np.array([name in chosen for name in self.names], dtype=bool)
        kept: Mask = flags[self.codes] if len(self.names) else np.zeros(0, dtype=bool)
        return kept

    def between(self, first: str, *, until: str | None = None, before: str | None = None) -> Mask:
        """Return which rows have a value from `first` to `until`, or up to `before`, by their letters."""
        start, end = bisect_left(self.names, first), len(self.names)
        if until is not None:
            end = bisect_right(self.names, until)
        if before is not None:
            end = min(end, bisect_left(self.names, before))
        fits: Mask = (self.codes >= start) & (self.codes < end)
        return fits

    def tally(self, mask: Mask) -> dict[str, int]:
        """Count the values of the rows under the mask."""
        counts = np.bincount(self.codes[mask], minlength=len(self.names))
        return {name: int(n) for name, n in zip(self.names, counts, strict=True) if n}

    def tally_with(self, other: Codes, mask: Mask) -> dict[tuple[str, str], int]:
        """Count the pairs of a value of this column and one of another, in the rows under the mask."""
        width = len(other.names)
        counts = np.bincount(self.codes[mask] * width + other.codes[mask], minlength=len(self.names) * width)
        found = np.flatnonzero(counts)
        return {(self.names[at // width], other.names[at % width]): int(counts[at]) for at in found.tolist()}


@dataclass(frozen=True, slots=True)
class Several:
    """A field that holds several values: pairs of a row and a value."""

    rows: NDArray[np.int64]
    values: Codes

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, str]]) -> Several:
        """Number the pairs, each kept once."""
        some = list(pairs)
        rows, values = [row for row, _ in some], [value for _, value in some]
        numbered = Codes.of(values)
        # A pair is one number, so that sorting and telling doubles apart is the machine's work.
        most = max(1, len(numbered.names))
        kept = np.unique(np.array(rows, dtype=np.int64) * most + numbered.codes)
        return cls(kept // most, Codes(numbered.names, (kept % most).astype(np.int32)))

    def holding(self, wanted: Iterable[str], length: int) -> Mask:
        """Return which of so many rows have one of these values."""
        out = np.zeros(length, dtype=bool)
        out[self.rows[self.values.holding(wanted)]] = True
        return out

    def tally(self, mask: Mask) -> dict[str, int]:
        """Count the values of the rows under the mask."""
        return self.values.tally(mask[self.rows])


@dataclass(frozen=True, slots=True)
class Columns:
    """The commitments of a dossier, a row each, by id; `places` says which. Days are YYYY-MM-DD or empty."""

    ids: tuple[str, ...]
    places: dict[str, int]
    sector: Codes
    status: Codes
    firmness: Codes
    day: Codes
    due: Codes
    moved: Codes
    origins: NDArray[np.int32]
    docs: NDArray[np.int32]
    vague: Mask
    doubtful: Mask
    unsupported: Mask
    undated: Mask
    contradicted: Mask
    promisor: Several
    beneficiary: Several
    outlet: Several

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dossier's commitments without reading them.

    `said` are the rows of those that hold the words looked for, None when no words are; `spelled` is the place of each
    in the order of their words, None when nothing is sorted so.
    """

    columns: Columns
    said: NDArray[np.int64] | None = None
    spelled: NDArray[np.int64] | None = None


def known(connection: sa.Connection, dossier_id: str, words: str = "", sort: str = "") -> Known:
    """Read what is to be known to look for words and to sort."""
    held = columns(connection, dossier_id)
    return Known(
        held,
        saying(connection, dossier_id, words, held) if words.strip() else None,
        spelling(connection, dossier_id, held) if by_words(sort) else None,
    )


def by_words(sort: str) -> bool:
    """Tell whether a sort goes by the words of the commitments."""
    return sort.removeprefix("-") == "what"


def saying(connection: sa.Connection, dossier_id: str, words: str, held: Columns) -> NDArray[np.int64]:
    """Return the rows of the commitments that hold these words."""
    found = searching.owners(connection, dossier_id, "commitments", words)
    if found is None:
        return np.arange(len(held), dtype=np.int64)
    return np.array(sorted(held.places[its] for its in found if its in held.places), dtype=np.int64)


def spelling(connection: sa.Connection, dossier_id: str, held: Columns) -> NDArray[np.int64]:
    """Return the place of each commitment in the order of their words, the same for the same words."""
    words = sa.func.lower(record.c.label)
    asked = sa.select(record.c.id, words).where(record.c.dossier_id == dossier_id, record.c.kind == "commitments")
    said = {row[0]: row[1] for row in connection.execute(asked)}
    return Codes.of([said.get(its, "") for its in held.ids]).codes.astype(np.int64)


def columns(connection: sa.Connection, dossier_id: str) -> Columns:
    """Read the columns of a dossier's commitments."""
    mine = sa.and_(record.c.dossier_id == dossier_id, record.c.kind == "commitments")
    names = ("id", "sector", "status", "firmness", "day", "due", "moved", "origins", "docs", "vague", "doubts",
             "official", "confidence", "date")  # fmt: skip
    found = sorted(_rows(connection, sa.select(*(record.c[n] for n in names)).where(mine)), key=itemgetter(0))
    # Column by column: a row is not looked at again.
    held = dict(zip(names, zip(*found, strict=True), strict=True)) if found else dict.fromkeys(names, ())
    places = {its: number for number, its in enumerate(held["id"])}
    disputed = connection.scalars(
        sa.select(record.c.about).where(
            record.c.dossier_id == dossier_id, record.c.kind == "conflicts", record.c.variety == "contradiction"
        )
    )
    contradicted = np.zeros(len(found), dtype=bool)
    contradicted[[places[about] for about in disputed if about in places]] = True
    promisor, beneficiary, telling = (
        _pairs(connection, dossier_id, name, places) for name in ("promisor", "beneficiary", "document")
    )

    def text(name: str) -> Codes:
        return Codes.of([value or NO_DAY for value in held[name]])

    def numbers(name: str) -> NDArray[np.int32]:
        return np.array([value or 0 for value in held[name]], dtype=np.int32)

    def flags(name: str) -> Mask:
        return np.array([bool(value) for value in held[name]], dtype=bool)

    origins = numbers("origins")
    sure = np.array([(value or 0.0) >= 1.0 for value in held["confidence"]], dtype=bool)
    return Columns(
        ids=tuple(held["id"]),
        places=places,
        sector=text("sector"),
        status=text("status"),
        firmness=text("firmness"),
        day=text("day"),
        due=text("due"),
        moved=Codes.of([moved or day or NO_DAY for moved, day in zip(held["moved"], held["day"], strict=True)]),
        origins=origins,
        docs=numbers("docs"),
        vague=flags("vague"),
        doubtful=flags("doubts"),
        unsupported=(origins < 2) & ~flags("official") & ~sure,
        undated=np.array([value is None for value in held["date"]], dtype=bool),
        contradicted=contradicted,
        promisor=Several.of(promisor),
        beneficiary=Several.of(beneficiary),
        outlet=Several.of(_outlets(connection, dossier_id, telling)),
    )


def _rows(connection: sa.Connection, asked: sa.Select[Any]) -> Sequence[Any]:
    """Return the rows as the driver gives them: plain tuples, of which there may be a million."""
    found = connection.execute(asked)
    return found.cursor.fetchall() if found.cursor is not None else []


def _pairs(connection: sa.Connection, dossier_id: str, facet: str, places: dict[str, int]) -> list[tuple[int, str]]:
    """Return the values of a facet of commitments, with the row of each."""
    asked = sa.select(record_facet.c.record_id, record_facet.c.value).where(
        record_facet.c.dossier_id == dossier_id, record_facet.c.facet == facet
    )
    return [(places[its], value) for its, value in _rows(connection, asked) if its in places]


def _outlets(connection: sa.Connection, dossier_id: str, telling: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the outlets that tell of commitments, with the row of each, from the documents that do."""
    listed = sa.select(dossier_document.c.document_id, dossier_document.c.outlet)
    outlets = dict(_rows(connection, listed.where(dossier_document.c.dossier_id == dossier_id)))
    return ((row, outlets.get(doc) or "") for row, doc in telling)
