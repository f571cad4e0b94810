"""What a calendar expression says before it is known what day it is: the unresolved forms the grammar builds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month or year, as far as it is named.

    `direction` is -1 for « dernier », 1 for « prochain », 0 when neither is said. `year_shift` counts years from the
    publication's (« de l'an dernier » is -1). `this` marks « ce jeudi », `part` is early, mid, late or whole. With a
    weekday alone, `week_shift` counts weeks (« lundi de la semaine prochaine » is 1); with a day and month it counts
    days (« le lendemain du 3 avril » is 1). `from_text` is « le mercredi suivant »; `later` is the 7 of « lundi en
    huit ». `year_told` is « le 3 mai de cette année-là »: the year that the text has named,
    `year_shift` years away.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: int = 0
    year_shift: int | None = None
    this: bool = False
    part: str | None = None
    week_shift: int | None = None
    from_text: bool = False
    later: int | None = None
    year_told: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one point to another; what the first leaves out it takes from the second.

    `listed` is « les 3 et 4 avril »: an interval when the days follow each other, else two dates.
    """

    first: Point
    last: Point
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units away from the publication, or (`from_text`) from a date the text has named.

    `count` 0 is the unit itself: « cette semaine », « le même jour ». `part` narrows it: « fin de l'année ».
    """

    unit: str
    count: int
    from_text: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The `ordinal`-th `unit` of a year or month: a quarter, a half, a fortnight, a weekday. -1 is the last.

    `of` is the month or year it lies in; its `year` may be unknown, or it is « le mois prochain ». `weekday` is set
    when the unit is one. `ordinal` 0 is the unit that holds the day `of`: « la semaine du 6 octobre ».
    """

    ordinal: int
    unit: str
    of: Point | Shift
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A decade or century, given by its first year: `unit` is decade or century."""

    year: int
    unit: str


@dataclass(frozen=True, slots=True)
class Season:
    """A season, 1 spring to 4 winter, of a year if named."""

    season: int
    year: int | None = None
    direction: int = 0
    this: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast: `rule` is `MM-DD` or `easter+N`."""

    rule: str
    year: int | None = None
    direction: int = 0


Form = Point | Range | Shift | Nth | Block | Season | Holiday


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression found in a text: offsets, its form, the name of the rule, and its place among the marked words."""

    start: int
    end: int
    form: Form
    rule: str
    first_mark: int
    last_mark: int
