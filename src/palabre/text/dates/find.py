"""Finds every calendar expression of a text and gives it its value, in the order of the text.

What the text has named before matters: « la veille », « en 2024 et une rencontre en novembre », « ce jeudi » again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from palabre.text.dates.chronology import years_told
from palabre.text.dates.forms import Expression, Form, Point, Range, Shift
from palabre.text.dates.grammar import recognise
from palabre.text.dates.lexicon import Mark, lexicon, marks_of
from palabre.text.dates.resolve import Setting, Tense, resolve_form
from palabre.text.dates.screening import HEAD, Page, befallen, is_date, is_masthead
from palabre.text.dates.tense import tense_at, tense_words
from palabre.text.dates.values import Resolved, of_day

_ENTRY = 150
"""Words of one entry of a chronology, after which « Le 4, » may yet go on from its day."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: offsets, its value with the days it covers, the rule that took it, and its tense."""

    start: int
    end: int
    resolved: Resolved
    rule: str
    tense: Tense


@dataclass(slots=True)
class _Memory:
    """What the text has named so far."""

    day: dt.date | None = None
    month: tuple[int, int] | None = None
    year: int | None = None
    weekdays: dict[int, dt.date] = field(default_factory=dict)

    def learn(self, found: Resolved, *, weekday: bool) -> None:
        """Keep a date; `weekday` when its words name one."""
        value = found.value
        if "/" in value or "X" in value:
            return
        if len(value) == 10:
            self.day = found.first
            told = found.weekday_conflict if found.weekday_conflict is not None else found.first.weekday()
            if weekday:
                self.weekdays[told] = found.first
        if len(value) >= 7 and value[5:7] <= "12":
            self.month = (found.first.year, found.first.month)
        self.year = found.first.year


@dataclass(frozen=True, slots=True)
class _Text:
    page: Page
    anchor: dt.date | None
    lean: str
    quoted: Callable[[int], bool]
    named: dict[tuple[int, int], list[tuple[int, int]]]
    told: dict[int, int]
    only_year: int | None
    this_day: Point | None


def find(
    text: str,
    lang: str = "fr",
    published: dt.date | None = None,
    *,
    lean: str = "past",
    quoted: Callable[[int], bool] = lambda _: False,
    aside: Callable[[int], bool] = lambda _: False,
) -> tuple[FoundDate, ...]:
    """Return the dates of `text`, in order, none overlapping another; offsets in code points of `text`.

    `published` is the day that « jeudi » or « l'an dernier » are counted from; without it, those that need it are left
    out, unless the text opens with a full date. `lean` is `past` (the press) or `future` (a voice assistant).
    `quoted` tells whether an offset lies inside a quotation, where « aujourd'hui » is the day of the event; `aside`
    whether it lies outside the article (menus, other headlines), where dates are left out and give no context.
    """
    lex = lexicon(lang)
    marks = marks_of(text, lex)
    expressions = _years_ahead([e for e in recognise(marks, lex, lean) if not aside(e.start)], marks)
    named: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for e in expressions:
        point = _last_point(e.form)
        if point is not None and point.year and point.month and point.day:
            named.setdefault((point.month, point.day), []).append((e.start, point.year))
            if isinstance(e.form, Range) and e.form.first.day:
                named.setdefault((e.form.first.month or point.month, e.form.first.day), []).append(
                    (e.start, point.year)
                )
    years = {year for places in named.values() for _, year in places}
    anchor = published or _dateline(text, expressions, marks)
    this_days = {
        (e.form.month, e.form.day): e.form
        for e in expressions
        if isinstance(e.form, Point) and e.form.this and e.form.month and e.form.day
    }
    this_day = next(iter(this_days.values())) if len(this_days) == 1 else None
    page = Page(text, marks, lex, tense_words(lang))
    only_year = years.pop() if len(years) == 1 else None
    whole = _Text(page, anchor, lean, quoted, named, years_told(text, expressions), only_year, this_day)
    return tuple(_resolve_all(whole, expressions))


def _years_ahead(expressions: list[Expression], marks: Sequence[Mark]) -> list[Expression]:
    """Give the members of a list the year that its last member names: « le 30 août et le 1er septembre 2015 »."""
    out = expressions[:]
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i].form, out[i + 1].form
        between = "".join(m.letter for m in marks[out[i].last_mark + 1 : out[i + 1].first_mark])
        joined = between == "&" or (
            between == "," and i + 2 < len(out) and out[i + 2].first_mark - out[i + 1].last_mark == 2
        )
        last, named = _last_point(here), _last_point(after)
        if not joined or last is None or named is None or not named.year or not last.month or not named.month:
            continue
        if last.year or last.direction or last.year_shift is not None or (last.day is None) != (named.day is None):
            continue
        dated = replace(last, year=named.year if last.month <= named.month else named.year - 1)
        out[i] = replace(out[i], form=replace(here, last=dated) if isinstance(here, Range) else dated)
    return out


def _last_point(form: Form) -> Point | None:
    point = form.last if isinstance(form, Range) else form
    return point if isinstance(point, Point) else None


def _dateline(text: str, expressions: Sequence[Expression], marks: Sequence[Mark]) -> dt.date | None:
    """Return the full date that stands alone on a line, or before a dash, near the head of a text; else None."""
    for e in expressions[:6]:
        point = e.form
        if not isinstance(point, Point) or not (point.year and point.month and point.day) or e.start > HEAD:
            continue
        line_start = text.rfind("\n", 0, e.start) + 1
        line_end = text.find("\n", e.end)
        after = text[e.end : len(text) if line_end < 0 else line_end].strip()
        before = text[line_start : e.start].strip()
        # « Le 3 avril 2025, … » at the head of a line begins a sentence; « Publié le 3 avril 2025 » does not.
        told = not before and marks[e.first_mark].letter == "D"
        if len(before) <= 40 and (len(after) <= 40 or after[:1] in "-–—|,(") and not told:
            resolved = resolve_form(point, Setting(None))
            return resolved.first if resolved else None
    return None


def _resolve_all(whole: _Text, expressions: Sequence[Expression]) -> list[FoundDate]:
    memory = _Memory()
    out: list[FoundDate] = []
    previous: tuple[Expression, Resolved] | None = None
    for i, e in enumerate(expressions):
        near = previous[0].last_mark if previous and len(previous[1].value) == 4 else None
        if not is_date(e, whole.page, near, whole.lean) and not _heads_report(e, whole, previous):
            continue
        tense = tense_at(whole.page.marks, e.first_mark, e.last_mark, whole.page.words)
        if memory.day is None and e.rule == "from text":
            memory.day = next((d for a in expressions[i + 1 : i + 4] if (d := _day_ahead(e, a, whole))), None)
        for one in _split(e, whole):
            found = _resolve(one, whole, memory, previous, tense)
            if found is None or (whole.lean != "future" and is_masthead(one, found, whole.page, whole.anchor)):
                continue
            if _moves(one, whole, memory):
                memory.learn(found, weekday=isinstance(one.form, Point) and one.form.weekday is not None)
            previous = (one, found)
            out.append(FoundDate(one.start, one.end, found, one.rule, tense))
    return out


def _heads_report(e: Expression, whole: _Text, previous: tuple[Expression, Resolved] | None) -> bool:
    """« Karsk, le 25 juin 2025. Aujourd'hui, les délégués … »: right after the dateline, a day and not nowadays."""
    if e.rule != "deictic" or previous is None or whole.anchor is None or e.first_mark - previous[0].last_mark > 4:
        return False
    return previous[1].first == previous[1].last == whole.anchor


def _moves(e: Expression, whole: _Text, memory: _Memory) -> bool:
    """Tell whether what follows is counted from this date: « la veille », « les accords d'avril 2015 » look aside."""
    if e.rule == "from text" and isinstance(e.form, Shift):
        return e.form.count > 0
    point = e.form
    if e.rule == "deictic" and whole.quoted(e.start):
        return False  # « nous avons constaté hier soir … », a-t-il dit; « la veille » looks past his words
    if isinstance(point, Point) and point.day is None and point.weekday is None and memory.month is not None:
        before = whole.page.marks[e.first_mark - 1].letter if e.first_mark else ""
        return "d" not in (before, whole.page.marks[e.first_mark].letter)
    return True


def _day_ahead(e: Expression, after: Expression, whole: _Text) -> dt.date | None:
    """« Ils ont rompu la veille ; elle a répondu lundi »: the day that the same sentence names next, or None."""
    between = whole.page.marks[e.last_mark + 1 : after.first_mark]
    if len(between) > 40 or any(m.letter == "|" or m.norm in ".!?" for m in between):
        return None
    tense = tense_at(whole.page.marks, after.first_mark, after.last_mark, whole.page.words)
    found = resolve_form(after.form, Setting(whole.anchor, tense))
    return found.first if found is not None and len(found.value) == 10 else None


def _resolve(
    e: Expression, whole: _Text, memory: _Memory, previous: tuple[Expression, Resolved] | None, tense: Tense
) -> Resolved | None:
    anchor = whole.anchor
    form = e.form
    if isinstance(form, Point) and form.month and not form.year and not form.direction and befallen(e, whole.page):
        form = replace(form, direction=-1)
    if isinstance(form, Shift) and form.unit == "day" and not form.from_text and whole.quoted(e.start):
        # Spoken words: « aujourd'hui » is the day of the event that the text tells of.
        spoken = memory.day if memory.day and anchor and 0 <= (anchor - memory.day).days <= 7 else None
        anchor = spoken or anchor
    if e.rule == "bare day" and isinstance(form, Point) and whole.lean != "future":
        return _bare_day(e, form, whole, previous)
    setting = Setting(
        anchor,
        tense,
        whole.lean,
        memory.day,
        memory.month,
        memory.year,
        near_year=_near_year(e, whole, previous),
        only_year=whole.only_year,
    )
    if _day_just_named(e, whole, memory, previous) or _that_day(e, whole, memory):
        return of_day(memory.day) if memory.day else None
    known = _same_as_deictic(form, e, whole, previous) or _known_weekday(form, e, whole, memory, tense)
    if known is not None:
        return of_day(known)
    found = resolve_form(form, setting)
    return found if found is None else _same_today(form, found, whole)


def _day_just_named(e: Expression, whole: _Text, memory: _Memory, previous: tuple[Expression, Resolved] | None) -> bool:
    """« Le 3 mai, il était à Rome. Ce jour, il a signé … »: a sentence that opens so goes on from the one before."""
    form = e.form
    if not isinstance(form, Shift) or form.unit != "day" or form.count or form.from_text or previous is None:
        return False
    first = whole.page.marks[e.first_mark]
    if first.letter != "T" or not first.capital or memory.day is None or len(previous[1].value) != len("2024-05-03"):
        return False
    between = whole.page.marks[previous[0].last_mark + 1 : e.first_mark]
    return len(between) <= 40 and sum(m.letter == "." for m in between) == 1 and all(m.letter != "|" for m in between)


def _that_day(e: Expression, whole: _Text, memory: _Memory) -> bool:
    """« La réunion du 3 mai a été annulée. Ce jour convenait à tous »."""
    form = e.form
    if not isinstance(form, Shift) or form.unit != "day" or form.count or form.from_text or memory.day is None:
        return False
    after = whole.page.marks[e.last_mark + 1 : e.last_mark + 2]
    return bool(after) and after[0].norm in whole.page.words.had


def _same_as_deictic(
    form: Form, e: Expression, whole: _Text, previous: tuple[Expression, Resolved] | None
) -> dt.date | None:
    """« paraphé « demain » dimanche », « hier (lundi) »: a weekday beside « hier » or « demain » names that day."""
    if previous is None or not isinstance(form, Point) or form.weekday is None or form.day:
        return None
    before, value = previous
    gap = whole.page.marks[before.last_mark + 1 : e.first_mark]
    if before.rule != "deictic" or len(gap) > 2 or any(m.norm.isalnum() for m in gap):
        return None
    near = (value.first + dt.timedelta(days) for days in (0, 1, -1))
    return next((day for day in near if day.weekday() == form.weekday), None)


def _known_weekday(form: Form, e: Expression, whole: _Text, memory: _Memory, tense: Tense) -> dt.date | None:
    """Return the day that a bare weekday names again: « jeudi 3 avril … Le même jeudi », « jeudi »; else None."""
    if not isinstance(form, Point) or form.weekday is None or tense is Tense.FUTURE:
        return None
    if form.day or form.direction or form.from_text or form.week_shift is not None or form.later is not None:
        return None
    known = memory.weekdays.get(form.weekday)
    if known is None or whole.anchor is None:
        return known if known and "m" in _letters(e, whole) else None
    ago = (whole.anchor - known).days
    if form.this and known == memory.day and whole.quoted(e.start):
        return known  # said on the day that the text has just named
    return known if (0 if tense is Tense.PAST else -3) <= ago <= (3 if form.this else 10) else None


def _same_today(form: Form, found: Resolved, whole: _Text) -> Resolved:
    """« ce mercredi » in a text that also says « ce 3 avril », a Thursday: one day is meant, and the number wins."""
    if whole.this_day is None or not isinstance(form, Point) or not form.this or form.weekday is None or form.day:
        return found
    today = resolve_form(whole.this_day, Setting(whole.anchor))
    if today is None or today.value == found.value or abs((today.first - found.first).days) > 2:
        return found
    return replace(today, weekday_conflict=form.weekday)


def _bare_day(
    e: Expression, form: Point, whole: _Text, previous: tuple[Expression, Resolved] | None
) -> Resolved | None:
    """« le 3 avril à Paris, le 5 à Rome »: the month is that of the date named just before in the same sentence."""
    if previous is None or form.day is None or len(previous[1].value) not in (10, 21):
        return None
    between = whole.page.marks[previous[0].last_mark + 1 : e.first_mark]
    before = previous[1].last
    if len(previous[1].value) == 21:
        # « du 23 au 25 avril … Il sera reçu le 24 »
        inside = len(between) <= 150 and previous[1].first.day <= form.day <= before.day
        if not inside or previous[1].first.month != before.month:
            return None
    elif form.day <= before.day:
        return None
    elif len(between) > 12 or any(m.letter == "|" or m.norm in ".!?;" for m in between):
        # « Le 4, le chef de la commission annonce … »: a day that opens a sentence goes on from the one before.
        after = whole.page.marks[e.last_mark + 1 : e.last_mark + 2]
        opens = between and (between[-1].letter in "|." and bool(after) and after[0].letter == ",")
        if not opens or len(between) > _ENTRY:
            return None
    return resolve_form(Point(before.year, before.month, form.day), Setting(whole.anchor))


def _letters(e: Expression, whole: _Text) -> str:
    return "".join(m.letter for m in whole.page.marks[e.first_mark : e.last_mark + 1])


def _near_year(e: Expression, whole: _Text, previous: tuple[Expression, Resolved] | None) -> int | None:
    """Return the year that the text itself gives a day or month named without one, or None."""
    point = e.form.last if isinstance(e.form, Range) else e.form
    if (
        not isinstance(point, Point)
        or point.month is None
        or point.year
        or point.direction
        or point.year_shift is not None
    ):
        return None
    if point.day is not None:
        places = whole.named.get((point.month, point.day), [])
        before_here = [year for start, year in places if start < e.start]
        if len({year for _, year in places}) == 1 or before_here:
            return before_here[-1] if before_here else places[0][1]
    told = whole.told.get(e.start)
    if told is not None and (whole.anchor is None or told != whole.anchor.year):
        return told
    if previous is None or whole.lean == "future":
        return None
    before, before_value = previous
    between = whole.page.marks[before.last_mark + 1 : e.first_mark]
    if len(between) > 30 or any(m.letter == "|" or m.norm in ".!?;" for m in between):
        return None
    if any(m.norm in ("–", "—", "-", ")") for m in between):
        return None  # « la décision de 1962 – rendue ici – …, inscrite début juillet »
    named = _last_point(before.form)
    if named is None or named.year is None:
        return None
    if point.day is not None and named.month is None:
        return None
    if whole.anchor is not None and named.year >= whole.anchor.year:
        return None
    # The text goes forward: « décidée fin 2023, confirmée à la mi-mars » is not March of that year.
    here = resolve_form(replace(point, year=named.year), Setting(None))
    if here is not None and here.last < before_value.first:
        return None
    if point.day is not None and whole.anchor is not None:
        close = resolve_form(point, Setting(whole.anchor))
        if close is not None and abs((close.first - whole.anchor).days) <= 31:
            return None
    return named.year


def _split(e: Expression, whole: _Text) -> tuple[Expression, ...]:
    """Cut « les 3 et 10 avril » in two; days that follow each other stay one interval."""
    form = e.form
    if not isinstance(form, Range) or not form.listed:
        return (e,)
    first, last = form.first, form.last
    if first.day is not None and last.day is not None:
        months = (first.month or last.month or 0, last.month or 0)
        if (months[0] == months[1] and last.day - first.day == 1) or "," in _letters(e, whole):
            return (e,)
    elif first.weekday is not None and last.weekday is not None and (last.weekday - first.weekday) % 7 == 1:
        return (e,)
    left = replace(
        first,
        month=first.month or last.month,
        year=first.year or last.year,
        direction=first.direction or last.direction,
    )
    joint = next(
        (i for i in range(e.last_mark, e.first_mark, -1) if whole.page.marks[i].letter == "&"), e.first_mark + 1
    )
    return (
        Expression(e.start, whole.page.marks[joint - 1].end, left, e.rule, e.first_mark, joint - 1),
        Expression(whole.page.marks[joint + 1].start, e.end, last, e.rule, joint + 1, e.last_mark),
    )
