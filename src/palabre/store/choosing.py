"""Which commitments fit, in what order, and why each is worth a check: worked out over columns, no record is read.

Must not ask the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from palabre.model.vocabulary import Firmness, FollowUpStatus
from palabre.store.counting import A_DAY, NO_DAY, Codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from palabre.store.counting import Columns, Known, Mask

    Numbers = NDArray[np.int64]

CHECKS = ("overdue", "contradicted", "question", "silent", "one_origin", "no_beneficiary", "no_deadline")
"""Reasons to check a commitment, the gravest first."""
WEIGHTS = dict(zip(CHECKS, (6, 5, 4, 2, 2, 1, 1), strict=True))
"""How much each weighs, as in `register.checks`: a list and the questions asked one by one begin with the same."""
SILENT_DAYS = 180
OVERDUE = "overdue"
"""A status that is computed: the deadline has passed and nothing says the commitment was kept or dropped."""
ENDED = (FollowUpStatus.DELIVERED, FollowUpStatus.CANCELLED)
SORTS = ("sector", "due", "made", "moved", "firmness", "status", "origins", "docs", "what", "check")
"""What commitments can be sorted by; `-` before it turns the order round."""
MANY = 3
"""The greatest number of origins told apart: `3` stands for three or more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commitments: within a field any of its values will do, and every field that has some must fit.

    `status` may hold `overdue`; `origins` numbers, 3 for three or more; `check` codes of CHECKS; `since` and `until`
    bound the day the promise was made; `words` is a search; `wishes` brings those nobody could check as well.
    """

    promisor: tuple[str, ...] = ()
    beneficiary: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    firmness: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    origins: tuple[int, ...] = ()
    check: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    words: str = ""
    wishes: bool = False


@dataclass(frozen=True)
class Judged:
    """What a day makes of a dossier's commitments, whatever is asked of them: worked out once for all of its questions.

    Several threads may ask.
    """

    held: Columns
    as_of: dt.date
    _orders: dict[str, Numbers] = field(default_factory=dict)

    @cached_property
    def late(self) -> Mask:
        """Return which are overdue."""
        return self.held.due.between(A_DAY, before=self.as_of.isoformat()) & ~self._ended

    @cached_property
    def _ended(self) -> Mask:
        return self.held.status.holding([s.value for s in ENDED])

    @cached_property
    def standing(self) -> Codes:
        """Return where each stands, what is overdue being so and nothing else."""
        status = self.held.status.codes.copy()
        names = (*self.held.status.names, OVERDUE)
        status[self.late] = len(names) - 1
        return Codes(names, status)

    @cached_property
    def origins(self) -> Codes:
        """Return how many origins each has, three standing for more."""
        return Codes(tuple(str(n) for n in range(MANY + 1)), np.minimum(self.held.origins, MANY))

    @cached_property
    def checks(self) -> dict[str, Mask]:
        """Return which meet each check; one that has ended, or is a mere wish, needs none."""
        held = self.held
        live = ~self._ended & ~held.vague
        silent = dt.date.fromordinal(max(1, self.as_of.toordinal() - SILENT_DAYS)).isoformat()
        received = np.zeros(len(held), dtype=bool)
        received[held.beneficiary.rows] = True
        met = {
            "overdue": self.late,
            "contradicted": held.contradicted,
            "question": held.doubtful,
            "silent": held.moved.between(A_DAY, before=silent),
            "one_origin": held.unsupported,
            "no_beneficiary": ~received,
            "no_deadline": held.undated,
        }
        return {code: met[code] & live for code in CHECKS}

    def order(self, sort: str, spelled: Numbers | None) -> Numbers:
        """Return the places of all of them, sorted; an unknown sort is that by sector.

        `spelled` is the place of each in the order of their words, which only a sort by words needs.
        """
        known = self._orders.get(sort)
        if known is None:
            # What is alike stays in the order of the columns, which is that of the ids.
            known = self._orders[sort] = np.lexsort(self._keys(sort, spelled)[::-1])
        return known

    def _keys(self, sort: str, spelled: Numbers | None) -> list[Numbers]:
        """Return the numbers to sort by, the first one first."""
        held, name, sign = self.held, sort.removeprefix("-"), -1 if sort.startswith("-") else 1
        firmness = _ranked(held.firmness, [f.value for f in Firmness])
        match name:
            case "check":
                weights = [WEIGHTS[code] * met.astype(np.int64) for code, met in self.checks.items()]
                return [-sign * np.max(weights, axis=0), -sign * np.sum(weights, axis=0)]
            case "due" | "made" | "moved":
                column = {"due": held.due, "made": held.day, "moved": held.moved}[name]
                return [_unknown(column), sign * column.codes.astype(np.int64)]
            case "firmness":
                return [sign * firmness]
            case "status":
                return [sign * _ranked(held.status, [s.value for s in FollowUpStatus])]
            case "origins" | "docs":
                return [sign * (held.origins if name == "origins" else held.docs).astype(np.int64)]
            case "what":
                assert spelled is not None
                return [sign * spelled]
            case _:
                sector = sign * held.sector.codes.astype(np.int64)
                return [sector, held.vague.astype(np.int64), -firmness, held.day.codes.astype(np.int64)]


@dataclass(frozen=True)
class Choice:
    """What fits what is wanted on the day that `judged` is of, among the commitments whose columns are known."""

    known: Known
    wanted: Wanted
    judged: Judged

    @property
    def held(self) -> Columns:
        """Return the columns."""
        return self.known.columns

    @cached_property
    def _within(self) -> Mask:
        """Return which fit what is wanted besides the facets: wishes, period, words."""
        held, wanted = self.held, self.wanted
        out = np.ones(len(held), dtype=bool) if wanted.wishes else ~held.vague
        if wanted.since:
            out &= held.day.between(wanted.since.isoformat())
        if wanted.until:
            out &= held.day.between(A_DAY, until=wanted.until.isoformat())
        if self.known.said is not None:
            said = np.zeros(len(held), dtype=bool)
            said[self.known.said] = True
            out &= said
        return out

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        """Return, for each facet with a choice, which fit it."""
        held, wanted = self.held, self.wanted
        out: dict[str, Mask] = {}
        for name, column in (("sector", held.sector), ("status", self.judged.standing), ("firmness", held.firmness)):
            if getattr(wanted, name):
                out[name] = column.holding(getattr(wanted, name))
        for name, several in (("promisor", held.promisor), ("beneficiary", held.beneficiary), ("outlet", held.outlet)):
            if getattr(wanted, name):
                out[name] = several.holding(getattr(wanted, name), len(held))
        if wanted.origins:
            out["origins"] = self.judged.origins.holding(map(str, wanted.origins))
        if wanted.check:
            out["check"] = np.any(
                [self.judged.checks[code] for code in wanted.check if code in self.judged.checks], axis=0
            )
        return out

    def fitting(self, *but: str) -> Mask:
        """Return which fit all that is wanted, but the choice in these facets."""
        out = self._within.copy()
        for name, mask in self._masks.items():
            if name not in but:
                out &= mask
        return out

    def ordered(self, sort: str) -> Numbers:
        """Return the places in the columns of what fits, sorted; an unknown sort is that by sector."""
        order = self.judged.order(sort if sort.removeprefix("-") in SORTS else SORTS[0], self.known.spelled)
        fits = self.fitting()
        return order if fits.all() else order[fits[order]]


def _unknown(column: Codes) -> Numbers:
    """Return 1 for what has no day, 0 for the rest: it comes last whichever way the rest is sorted."""
    return column.holding([NO_DAY]).astype(np.int64)


def _ranked(column: Codes, order: Sequence[str]) -> Numbers:
    """Return the place of each value in an order."""
    ranks = np.array([order.index(name) if name in order else -1 for name in column.names], dtype=np.int64)
    return ranks[column.codes] if len(column.names) else np.zeros(0, dtype=np.int64)
