"""Other figures told differently of one thing: the length of a pipeline, the strength of a force, the count of a list.

Two figures are of one thing when they have the same unit, are near each other, stand among the same words, and come
from texts of one time and of two origins. What another detector has told already is left to it (`conflicts.py`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.reconcile.commitments import party_words
from palabre.reconcile.compared import CONTRADICTION, Claim, Compared, Finding, place_in, words_for
from palabre.reconcile.figures import Figure, figures_in
from palabre.reconcile.grouping import blocked_pairs
from palabre.reconcile.items import sentence_around
from palabre.reconcile.words import Features, features, likeness, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from palabre.model.documents import ReadDocument
    from palabre.reconcile.shelves import Place

TOGETHER_DAYS = 14
REACH = 80
"""Code points of the sentence looked at on each side of a figure."""
ALIKE = 0.3
LEAST_SHARED = 1.0
"""What the words around must share: a whole concept, or several words."""
FARTHEST = 1.6
"""Figures further apart than this, as a ratio, are of two things."""
SMALLEST = 3


@dataclass(frozen=True)
class Told:
    """One figure of a document with the words it stands among. `unit` is a currency's code or a noun's stem.

    The id ends with the value, so that figures too different are told without reading their documents.
    """

    id: str
    read: ReadDocument
    figure: Figure
    unit: str
    about: Features
    span: Span

    @property
    def day(self) -> str:
        """Return the day the document was published, or nothing."""
        published = self.read.document.meta.published
        return published.isoformat() if published else ""

    @property
    def words(self) -> str:
        """Return the figure with its unit, as written."""
        text = self.read.document.text
        end = self.span.end
        if self.figure.noun:
            at = text.lower().find(self.figure.noun, end, end + 40)
            end = at + len(self.figure.noun) if at >= 0 else end
        return " ".join(text[self.span.start : end].split())


Values = dict[str, set[tuple[str, float]]]
"""Of each document, by id, the figures it gives, as (unit, value)."""


def findings(compared: Compared) -> Iterator[Finding]:
    """Yield the figures that two origins give differently for one thing."""
    told = {t.id: t for read in compared.documents for t in figures_told(read)}
    values = values_of(told.values())
    keys = {i: figure_keys(t) for i, t in told.items()}
    pairs = blocked_pairs(keys, {i: t.day for i, t in told.items()})
    origin: Callable[[str], str | None] = compared.copies.origin_of.get
    yield from findings_among((told[a], told[b]) for a, b in pairs if apart(told[a], told[b], origin, values))


def values_of(told: Iterable[Told]) -> Values:
    """Return the figures by document."""
    values: Values = {}
    for t in told:
        values.setdefault(t.read.document.id, set()).add((t.unit, t.figure.value))
    return values


def figure_keys(told: Told) -> set[str]:
    """Return the blocking keys of a figure: its unit with each word around it."""
    return {f"{told.unit}|{k}" for k in told.about.weights}


def findings_among(pairs: Iterable[tuple[Told, Told]]) -> Iterator[Finding]:
    """Yield what figures that are told apart (in pairs) come to: one finding for the same two values of a unit."""
    found: dict[tuple[str, float, float], dict[str, Told]] = {}
    for a, b in pairs:
        low, high = sorted((a.figure.value, b.figure.value))
        found.setdefault((a.unit, low, high), {}).update({a.id: a, b.id: b})
    for _, members in sorted(found.items(), key=lambda f: f[0]):
        ordered = [members[i] for i in sorted(members)]
        claims = tuple(Claim(_value(t), place_in(t.read, t.span)) for t in ordered)
        yield Finding("figure", CONTRADICTION, None, claims, {"words": _around(ordered[0])})


def figures_told(read: ReadDocument) -> Iterator[Told]:
    """Yield the figures of a document that can be compared."""
    text, lang = read.document.text, read.document.meta.lang or "fr"
    aside = [b.span for b in read.annotations.boilerplate] + [d.span for d in read.annotations.dates]
    units: Mapping[str, list[str]] = words_for(lang, "length", "units")
    times = {stem(word, lang) for names in units.values() for word in names}
    leave_out = party_words(read)
    for figure in figures_in(text, lang):
        unit = figure.currency or (stem(figure.noun, lang) if figure.noun else None)
        if unit is None or unit in times or figure.value < SMALLEST or any(a.touches(figure.span) for a in aside):
            continue
        sentence = sentence_around(text, figure.span)
        near = Span(max(sentence.start, figure.span.start - REACH), min(sentence.end, figure.span.end + REACH))
        about = features(near.text(text), lang, leave_out)
        its = f"{read.document.id}:{figure.span.start:09d}:{figure.value!r}"
        yield Told(its, read, figure, unit, about, figure.span)


def apart(a: Told, b: Told, origin: Callable[[str], str | None], values: Values) -> bool:
    """Tell whether two origins give these figures for one thing. `origin` gives that of a document."""
    docs = a.read.document.id, b.read.document.id
    if docs[0] == docs[1] or a.unit != b.unit or not a.figure.excludes(b.figure):
        return False
    if far_apart((a.day, a.id), (b.day, b.id)):
        return False
    if origin(docs[0]) == origin(docs[1]):
        return False
    # A text that gives both figures tells of two things.
    if (b.unit, b.figure.value) in values[docs[0]] or (a.unit, a.figure.value) in values[docs[1]]:
        return False
    alike = likeness(a.about, b.about)
    return alike.score >= ALIKE and alike.shared_weight >= LEAST_SHARED


def far_apart(a: Place, b: Place) -> bool:
    """Tell whether two figures, given by day ("" for one that is not known) and id, cannot be of one thing."""
    low, high = sorted(float(its.rpartition(":")[2]) for _, its in (a, b))
    if high > FARTHEST * low:
        return True
    return bool(a[0] and b[0]) and abs((_day(a[0]) - _day(b[0])).days) > TOGETHER_DAYS


@lru_cache(maxsize=4_096)
def _day(value: str) -> dt.date:
    return dt.date.fromisoformat(value)


def _value(told: Told) -> str:
    return f"{told.figure.approximate}: {told.words}" if told.figure.approximate else told.words


def _around(told: Told) -> str:
    text = told.read.document.text
    sentence = sentence_around(text, told.span)
    near = Span(max(sentence.start, told.span.start - 50), min(sentence.end, told.span.end + 50))
    words = " ".join(near.text(text).split())
    return ("…" if near.start > sentence.start else "") + words + ("…" if near.end < sentence.end else "")
