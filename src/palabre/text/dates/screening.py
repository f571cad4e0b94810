"""Refuses what only looks like a date: quantities, numbered laws, « aujourd'hui » for nowadays, names of people.

Knows no calendar: a year is told from a number, and a day from a manner of speaking, by the words around it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from palabre.text.dates.chronology import around
from palabre.text.dates.forms import Expression, Form, Point, Range, Season, Shift
from palabre.text.dates.lexicon import Lexicon, Mark
from palabre.text.dates.tense import TenseWords, says_event
from palabre.text.dates.values import Resolved

HEAD = 600
"""Code points that the head of a page may take."""
_LATER = 31
"""Days after publication from which a date that heads a page is none of the article's."""
_NAME = 30
"""Code points before a day in which what bears it as a name stands."""
_ENTRY = re.compile(r"[-_]*[|][-_]*D?[No]?[-/&]?D?[No]?M")
_TWO_DIGITS = re.compile(r"\d\d/\d\d\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its marked words, and the words of its language."""

    text: str
    marks: list[Mark]
    lex: Lexicon
    words: TenseWords


def is_date(e: Expression, page: Page, year_before: int | None, lean: str) -> bool:
    """Tell whether an expression is meant as a date.

    `year_before` is the place of the last mark of the date before, when that was a bare year: « en 2021 et 2023 ».
    """
    form: Form = e.form
    if e.rule == "year" and isinstance(form, Point) and form.year and form.part is None:
        return _is_year(e, form.year, page, year_before)
    before = page.marks[e.first_mark - 1] if e.first_mark else None
    if isinstance(form, Point) and form.day and not form.year and _is_name(e, page):
        return False
    if e.rule in ("iso", "year range") and before is not None and before.norm in page.lex.year_not_after:
        return False
    if e.rule == "year range" and isinstance(form, Range):
        return (form.first.year or 0) >= 1500 and (form.last.year or 0) <= 2150
    if e.rule == "deictic" and isinstance(form, Shift):
        return lean == "future" or _is_deictic(e, form, page)
    if e.rule == "weekday" and before is not None and before.letter == "n":
        return False
    if isinstance(form, Shift) and form.unit == "decade" and lean != "future" and not form.from_text:
        # « la décennie passée » is a length of time; « le début de la décennie de la femme » is not this one's.
        after = page.marks[e.last_mark + 1] if e.last_mark + 1 < len(page.marks) else None
        return not form.count and (after is None or after.letter != "d")
    if e.rule == "unit" and isinstance(form, Shift) and form.from_text and not form.count:
        # « la même année que l'accord »: the year of something else.
        after = page.marks[e.last_mark + 1] if e.last_mark + 1 < len(page.marks) else None
        return after is None or after.norm.rstrip("'’") not in page.lex.raw.get("names", {}).get("than", ())
    if e.rule == "unit" and isinstance(form, Shift) and not form.count and not form.from_text:
        # « à ce jour » is until now; « ce siècle » is no date anyone looks up.
        until_now = form.unit == "day" and before is not None and before.letter == "a"
        return not until_now and form.unit != "century"
    if isinstance(form, Season) and page.marks[e.first_mark].letter == "a":
        # « au printemps »; « a été » is no summer.
        return page.marks[e.first_mark].norm in page.lex.raw.get("seasons_of", {}).get("at", ())
    if isinstance(form, Season) and before is not None and before.letter == "d" and lean != "future":
        return bool(form.year or form.direction or form.this) or _opens_season(e, page)
    if e.rule == "from text" and lean != "future":
        # « au lendemain d'incidents », « à la veille du vote »: no day that can be counted.
        after = page.marks[e.last_mark + 1] if e.last_mark + 1 < len(page.marks) else None
        told = page.marks[e.first_mark].letter == "D" or page.lex.month_first
        return told and (after is None or after.letter != "d")
    if e.rule == "holiday" and lean != "future":
        return _is_holiday(e, page)
    if e.rule == "short digits":
        # « le 04/07 » is a day, « les 2/3 » are a part.
        return _TWO_DIGITS.search(page.text, e.start, e.end) is not None
    if e.rule == "month" and isinstance(form, Point) and form.year is None and not form.direction:
        # « tous les ans en septembre » names no September.
        habit = any(m.letter == "E" for m in page.marks[max(0, e.first_mark - 4) : e.first_mark])
        return not habit and _is_month(e, page)
    return True


def befallen(e: Expression, page: Page) -> bool:
    """« frappé par les crues du 12 mars »: what befell is told by its day, however close the next such day is."""
    start = e.start if page.marks[e.first_mark].letter == "d" else page.marks[e.first_mark - 1].start
    before = page.text[max(0, start - 24) : start].rstrip().lower().replace("’", "'")
    joined = "d" in (page.marks[e.first_mark].letter, page.marks[e.first_mark - 1].letter)
    return bool(e.first_mark) and joined and before.endswith(page.words.befallen)


def is_masthead(e: Expression, found: Resolved, page: Page, anchor: dt.date | None) -> bool:
    """Tell whether a full date alone on a line near the head is that of the page's visit: weeks after publication."""
    if e.start > HEAD or anchor is None or len(found.value) != len("2024-05-03"):
        return False
    if (found.first - anchor).days <= _LATER:
        return False
    return not any(c.isalpha() for c in "".join(around(page.text, e)))


def _is_name(e: Expression, page: Page) -> bool:
    """Tell whether a day is part of a name: « le Mouvement du 23 mars »."""
    names = page.lex.raw.get("names", {})
    words = page.text[max(0, e.start - _NAME) : e.start].split()
    if words and words[-1] in names.get("links", ()):
        words.pop()
    return bool(words) and words[-1][:1].isupper() and words[-1].lower() in names.get("nouns", ())


def _opens_season(e: Expression, page: Page) -> bool:
    """« au cours de l'été », « à la fin de l'hiver » are times; « l'arrivée de l'hiver » dates nothing."""
    parts = page.lex.raw.get("seasons_of", {}).get("parts", ())
    return any(m.letter == "P" or m.norm in parts for m in page.marks[max(0, e.first_mark - 3) : e.first_mark - 1])


def _is_holiday(e: Expression, page: Page) -> bool:
    """« à Noël », « la Toussaint », « Noël 2024 » are feasts; Toussaint or Noël before a surname is a person."""
    after = page.marks[e.last_mark + 1] if e.last_mark + 1 < len(page.marks) else None
    if after is not None and page.text[after.start].isupper():
        return False
    before = page.marks[e.first_mark - 1] if e.first_mark else None
    return e.first_mark < e.last_mark or (
        before is not None
        and (
            (before.letter != "d" and before.norm in page.lex.year_in) or before.letter == "a" or _opens_feast(e, page)
        )
    )


def _opens_feast(e: Expression, page: Page) -> bool:
    """« la veille de Noël », « à la fin de Pâques » are times; « le discours du nouvel an » is no day."""
    two = page.marks[max(0, e.first_mark - 2) : e.first_mark]
    return len(two) == 2 and two[1].letter == "d" and two[0].letter in "vPn"


def _is_month(e: Expression, page: Page) -> bool:
    """A month alone that starts with a capital where months do not is a name (« Avril »), unless « en » goes before."""
    if page.lex.capitals and e.first_mark == e.last_mark:
        # « May » opens many a sentence that names no month.
        return (
            bool(e.first_mark)
            and page.marks[e.first_mark - 1].letter not in "|."
            and not page.text[e.end :].startswith("'")
        )
    if e.first_mark != e.last_mark:
        return True
    word = page.text[e.start : e.end]
    if not word[:1].isupper() or word.isupper():
        return True
    return bool(e.first_mark) and page.marks[e.first_mark - 1].norm in page.lex.year_in


def _is_year(e: Expression, year: int, page: Page, year_before: int | None) -> bool:
    marks, lex = page.marks, page.lex
    before = marks[e.first_mark - 1] if e.first_mark else None
    after = marks[e.last_mark + 1] if e.last_mark + 1 < len(marks) else None
    # « a dégagé en 2010 2,2 milliards »: the year stands before a sum.
    summed = after is not None and after.letter == "q" and before is not None and before.norm in lex.year_in_only
    counted = after is not None and (after.norm in lex.year_not_before or after.letter in "Upq" or after.norm in "%€$°")
    counted = counted and not summed
    if counted or not 1700 <= year <= 2100:
        return False
    if e.first_mark < e.last_mark:
        return True
    if year >= 1900 and (before is None or before.letter in "|.,") and _is_subject(e, page):
        return True
    if year >= 1900 and not any(c.isalnum() for c in around(page.text, e)[0]) and _heads_entries(e, page):
        return True
    listed = (
        before is not None and before.letter in "-_" and (e.first_mark < 2 or marks[e.first_mark - 2].letter == "|")
    )
    if before is None or before.letter == "|" or (listed and not before.norm.isalnum()):
        return after is not None and after.norm == ":" and year >= 1900
    if before.norm in lex.year_not_after:
        return False
    if before.norm in lex.year_in:
        return True
    if year < 1900:
        return False
    plural = after is not None and after.letter == "_" and after.norm.isalpha() and after.norm.endswith(("s", "x"))
    if before.letter == "(":
        return after is not None and after.letter in ")-,"
    if year_before is not None and year_before >= e.first_mark - 2 and before.letter in "&,-":
        return not plural
    return not plural and _names_edition(before, year, page)


def _heads_entries(e: Expression, page: Page) -> bool:
    """« 2000 » alone on a line, and « 15 août : … » on the next: the heading of a chronology."""
    letters = "".join(m.letter for m in page.marks[e.last_mark + 1 : e.last_mark + 12])
    return _ENTRY.match(letters) is not None


def _is_subject(e: Expression, page: Page) -> bool:
    """« 2014 marque le cinquantenaire », « En effet, 2014 est l'année … »: a year of which something is said."""
    after = page.marks[e.last_mark + 1] if e.last_mark + 1 < len(page.marks) else None
    return after is not None and after.norm in page.lex.raw["years"].get("subject_of", ())


def _names_edition(before: Mark, year: int, page: Page) -> bool:
    """« Focac 2024 », « la Coupe du monde 2030 »: a noun with the year of its edition."""
    word = page.text[before.start : before.end]
    if before.letter not in "_H" or not word.replace("-", "").isalpha() or before.norm in page.lex.not_edition:
        return False
    return word[:1].isupper() or (1950 <= year <= 2060 and len(word) >= 4)


def _is_deictic(e: Expression, form: Shift, page: Page) -> bool:
    """Tell a day from « aujourd'hui » meaning nowadays, and from « l'Afrique de demain »."""
    marks, today = page.marks, page.lex.raw["today"]
    if e.last_mark > e.first_mark:
        return True
    before = marks[e.first_mark - 1] if e.first_mark else None
    if before is not None and before.letter == "d":
        # « la réunion d'aujourd'hui », « le Conseil européen d'aujourd'hui »
        return any(m.norm in today["event_nouns"] for m in marks[max(0, e.first_mark - 3) : e.first_mark - 1])
    if before is not None and before.norm in today["not_after" if not form.count else "never_after"]:
        return False
    if before is not None and before.norm in today["event_nouns"] and before.letter == "_":
        return True  # « ma visite aujourd'hui »
    rest = [m.norm for m in marks[e.last_mark + 1 : e.last_mark + 4]]
    if rest[:1] in (["'"], ["’"]):
        # « today's meeting », not « today's world ».
        return any(norm in today["event_nouns"] for norm in rest[2:])
    if form.count:
        return True
    after = marks[e.last_mark + 1 : e.last_mark + 5]
    if after and after[0].letter == "," and any(m.norm in today.get("occasion", ()) for m in after[1:]):
        return True  # « Aujourd'hui, lors du sommet, … »
    # At the head of a sentence it sets off the present from the past, as after « est ».
    if page.text[e.start].isupper() or (before is not None and before.norm in page.words.be):
        return False
    after = marks[e.last_mark + 1 : e.last_mark + 3]
    if len(after) == 2 and after[0].letter == "a" and after[1].capital:
        return True  # « attendus aujourd'hui à Karsk »
    if before is not None and before.letter == "_" and before.norm in today.get("here", ()):
        return True
    near = [*marks[max(0, e.first_mark - 4) : e.first_mark], *marks[e.last_mark + 1 : e.last_mark + 4]]
    if any(m.norm in today["event_verbs"] for m in near):
        return True
    return says_event(marks, e.first_mark, e.last_mark, page.words)
