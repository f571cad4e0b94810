"""Contradictions between accounts, field by field, with the documents on each side.

What cannot both be so is a contradiction; what differs in precision, scope or wording is a variant, kept and shown as
such. Each detector is a pure function of what has been compared; adding one is adding it to `DETECTORS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.lang.interface import Words
from palabre.model.ids import content_id
from palabre.model.records import Conflict, Side
from palabre.reconcile import (
    conflicts_of_commitments,
    conflicts_of_figures,
    conflicts_of_firmness,
    conflicts_of_meetings,
    conflicts_of_names,
    conflicts_of_progress,
)
from palabre.reconcile.compared import CONTRADICTION, Compared, by_value, words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from palabre.model.spans import Span
    from palabre.reconcile.compared import Finding

FIGURE = "figure"
"""The field of conflicts of figures of which nothing more is known."""

DETECTORS: tuple[Callable[[Compared], Iterator[Finding]], ...] = (
    conflicts_of_meetings.findings,
    conflicts_of_commitments.findings,
    conflicts_of_firmness.findings,
    conflicts_of_names.findings,
    conflicts_of_progress.findings,
    conflicts_of_figures.findings,
)


def find_conflicts(compared: Compared) -> tuple[Conflict, ...]:
    """Return what the accounts say differently, contradictions first, in a stable order."""
    return settled([conflict for detect in DETECTORS for conflict in found_by(detect, compared)])


def found_by(detect: Callable[[Compared], Iterator[Finding]], compared: Compared) -> list[Conflict]:
    """Return what one detector finds, as records."""
    return [_conflict(finding, compared) for finding in detect(compared)]


def settled(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Return what all detectors found, each thing once, figures told of already left out, in a stable order."""
    spans = spans_told(found)
    unique: dict[str, Conflict] = {}
    for conflict in sorted(found, key=precedence):
        if stands(conflict, spans):
            unique.setdefault(conflict.id, conflict)
    return _ordered(unique.values())


def told_in(conflicts: Iterable[Conflict], lang: str) -> tuple[Conflict, ...]:
    """Return contradictions and variants told in a language (fr or en), in that language's order."""
    return _ordered(told(c, lang) for c in conflicts)


def told(conflict: Conflict, lang: str) -> Conflict:
    """Return a contradiction or a variant told in a language (fr or en): what it is about, and each value.

    One that was kept before codes were is left as it is.
    """
    if not all(side.code for side in conflict.values):
        return conflict
    sides = [replace(side, value=_label(conflict.field, side.code, lang)) for side in conflict.values]
    what = str(words_for(lang, "what")[conflict.field]).format(**_subject(conflict.subject, lang))
    return replace(conflict, what=what, values=tuple(sorted(sides, key=lambda s: (-s.origins, s.value))))


def _ordered(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    return tuple(sorted(conflicts, key=lambda c: (c.kind != CONTRADICTION, c.field, c.what, c.id)))


def _subject(raw: Iterable[tuple[str, str]], lang: str) -> dict[str, str]:
    """Return what fills the blanks of a description, in words."""
    known = dict(raw)
    for name in ("currency", "noun"):
        if name in known:
            known[name] = str(words_for(lang, "value").get(known[name], known[name]))
    place, day, words = (known.get(f"meeting_{part}") for part in ("place", "date", "words"))
    known["meeting"] = ", ".join(p for p in (place, Words(lang).date(day) if day else None) if p) or words or ""
    return known


def precedence(conflict: Conflict) -> tuple[str, str, str]:
    """Return what orders conflicts of one id, of which the first is kept."""
    return (conflict.kind, conflict.what, repr(conflict.values))


Told = Mapping[str, "Sequence[tuple[int, Span]]"]
"""By document, the spans told of by those who know what the figures count, each with the number of the conflict."""


def spans_told(found: Iterable[Conflict]) -> Told:
    """Return which spans conflicts other than those of bare figures tell of."""
    told: dict[str, list[tuple[int, Span]]] = {}
    for n, conflict in enumerate(found):
        if conflict.field != FIGURE:
            for evidence in (e for side in conflict.values for e in side.evidence):
                told.setdefault(evidence.doc, []).append((n, evidence.span))
    return told


def stands(conflict: Conflict, told: Told) -> bool:
    """Tell whether a conflict has two sides and, when it is of bare figures, is not told of already."""
    return len(conflict.values) > 1 and (conflict.field != FIGURE or not _told_already(conflict, told))


def _told_already(figure: Conflict, told: Told) -> bool:
    """Tell whether a detector that knows what the figures count has told of these very words."""
    by_all: set[int] | None = None
    for evidence in (e for side in figure.values for e in side.evidence):
        here = {n for n, span in told.get(evidence.doc, ()) if evidence.span.touches(span)}
        by_all = here if by_all is None else by_all & here
        if not by_all:
            return False
    return bool(by_all)


def _conflict(finding: Finding, compared: Compared) -> Conflict:
    sides = []
    for code, claims in by_value(finding.claims).items():
        evidence = tuple(sorted({c.evidence for c in claims}, key=lambda e: (e.doc, e.span, e.id)))
        docs = tuple(sorted({e.doc for e in evidence}))
        sides.append(Side("", docs, evidence, compared.copies.count(docs), compared.copies.official(docs), code))
    made = Conflict(
        id=content_id("x", finding.field, finding.about, tuple(sorted(by_value(finding.claims)))),
        field=finding.field,
        what="",
        kind=finding.kind,
        about=finding.about,
        values=tuple(sides),
        subject=tuple(sorted(finding.subject.items())),
    )
    return told(made, compared.lang)


def _label(field: str, value: str, lang: str) -> str:
    """Return a value in the words of the interface's language; what a text says is left as it says it."""
    if field == "weekday":
        days: dict[str, int] = words_for(lang, "weekdays")
        return next(name for name, number in days.items() if str(number) == value)
    if value.startswith("days:"):
        number = value.removeprefix("days:")
        return f"{number} {Words(lang).noun('count.days', int(number))}"
    if field in ("date", "duration", "deadline"):
        return Words(lang).date(value)
    if field in ("equivalent", "participants", "agreements", "figure"):
        approximate, _, rest = value.rpartition(": ")
        marks = {">": "more_than", "<": "less_than", "~": "about"}
        if value[:1] in marks:
            approximate, rest = marks[value[0]], value[2:]
        form = words_for(lang, "value").get(approximate)
        return str(form).format(value=rest) if form else rest or value
    return str(words_for(lang, "value").get(value, value))
