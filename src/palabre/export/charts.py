"""Small charts drawn as SVG text, for pages that must stand alone. They carry their figures as text too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from babel.dates import format_date

from palabre.model.edtf import parse_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.lang.interface import Words
    from palabre.model.records import Commitment, Meeting

WIDTH = 720
LABELS = 190


@dataclass(frozen=True, slots=True)
class Stack:
    """One row: its label and how many of each state, in the order of the states."""

    label: str
    numbers: tuple[int, ...]


def stacks(rows: Sequence[Stack], states: Sequence[tuple[str, str]], title: str) -> str:
    """Return one bar a row, cut by state, with a legend of the states met; an empty string without rows.

    `states` are (code, words) in the order of the rows' numbers; the code is the class that gives the colour.
    """
    most = max((sum(r.numbers) for r in rows), default=0)
    if most == 0:
        return ""
    met = [i for i in range(len(states)) if any(r.numbers[i] for r in rows)]
    said = [f"{r.label} " + ", ".join(f"{states[i][1]} {r.numbers[i]}" for i in met if r.numbers[i]) for r in rows]
    parts = [_open(24 * len(rows) + 34, f"{title} : {' ; '.join(said)}")]
    x = LABELS
    for i in met:
        code, words = states[i]
        parts.append(f'<rect class="s-{code}" x="{x}" y="4" width="12" height="12" rx="2"/>')
        parts.append(f'<text x="{x + 17}" y="15">{escape(words)}</text>')
        x += 32 + 7 * len(words)
    for n, row in enumerate(rows):
        y = 28 + 24 * n
        parts.append(f'<text x="{LABELS - 10}" y="{y + 14}" text-anchor="end">{escape(row.label)}</text>')
        left = float(LABELS)
        for i in met:
            if not row.numbers[i]:
                continue
            length = (WIDTH - LABELS - 40) * row.numbers[i] / most
            code, words = states[i]
            told = escape(f"{row.label}, {words} : {row.numbers[i]}")
            where = f'x="{left:.1f}" y="{y}" width="{max(2.0, length - 1.5):.1f}" height="18" rx="2"'
            parts.append(f'<rect class="s-{code}" {where}><title>{told}</title></rect>')
            left += length
        parts.append(f'<text x="{left + 6:.1f}" y="{y + 14}" class="num">{sum(row.numbers)}</text>')
    return "".join(parts) + "</svg>"


def timeline(meetings: Sequence[Meeting], commitments: Sequence[Commitment], words: Words) -> str:
    """Return meetings (dots, hollow when only planned) above a time axis, and commitments per month below it.

    Dates known to the year only are left out: they have no place on the axis. Empty with fewer than two dates.
    """
    dots = [(day, m) for m in meetings if (day := _day(m.date)) is not None]
    made = [day for c in commitments if (day := _day(c.made_on)) is not None]
    days = [d for d, _ in dots] + made
    if len(set(days)) < 2:
        return ""
    # Old meetings told as background would squeeze the dossier into a corner: the axis keeps the last three years.
    last = max(days)
    first = max(min(days), last - dt.timedelta(days=3 * 366))
    first, last = first.replace(day=1), _month_after(last)
    span = (last - first).days

    def x(day: dt.date) -> float:
        return 16 + (WIDTH - 32) * (day - first).days / span

    inside = [(d, m) for d, m in dots if d >= first]
    parts = [_open(132, f"{words('report.meetings')} : {len(inside)}")]
    parts.append(f'<line class="axis" x1="8" x2="{WIDTH - 8}" y1="62" y2="62"/>')
    month, step = first, max(1, round(span / 30 / 8))
    shown = 0
    while month < last:
        if shown % step == 0:
            label = format_date(month, "MMM y" if month.month == 1 or shown == 0 else "MMM", locale=words.lang)
            parts.append(f'<line class="tick" x1="{x(month):.1f}" x2="{x(month):.1f}" y1="58" y2="66"/>')
            parts.append(f'<text class="small" x="{x(month):.1f}" y="82">{escape(label)}</text>')
        shown += 1
        month = _month_after(month)
    stacked: dict[int, int] = {}
    for day, meeting in sorted(inside, key=lambda item: (item[0], item[1].id)):
        column = round(x(day) / 12)
        level = stacked.get(column, 0)
        stacked[column] = level + 1
        kind = "held" if meeting.status == "held" else "planned"
        title = f"{words.date(meeting.date)} · {meeting.title or words('record.meeting')} · {meeting.place or ''}"
        y = 48 - 13 * min(level, 3)
        parts.append(f'<circle class="{kind}" cx="{x(day):.1f}" cy="{y}" r="5"><title>{escape(title)}</title></circle>')
    counts: dict[dt.date, int] = {}
    for day in made:
        if day >= first:
            counts[day.replace(day=1)] = counts.get(day.replace(day=1), 0) + 1
    most = max(counts.values(), default=1)
    for month, number in sorted(counts.items()):
        height = max(3.0, 30 * number / most)
        label = f"{format_date(month, 'MMMM y', locale=words.lang)} : {words.count('count.commitments', number)}"
        parts.append(
            f'<rect class="bar" x="{x(month):.1f}" y="94" width="10" height="{height:.1f}">'
            f"<title>{escape(label)}</title></rect>"
        )
    return "".join(parts) + "</svg>"


def _open(height: int, label: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">'


def _day(value: str | None) -> dt.date | None:
    parsed = parse_or_none(value)
    if parsed is None or parsed.earliest is None or parsed.precision < 3:
        return None
    return parsed.earliest


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
