"""Recognises the rows that say who wrote, published, dated or pictured a text. They are no part of its sentences.

A row is a credit when every piece of it, between commas, bars, dashes and brackets, is one of: a date and its label,
« par » and a name, a source, a desk, a function, an outlet beside a date. One piece of anything else and it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.text.credit_words import CreditWords, credit_words
from palabre.text.folding import folded
from palabre.text.layout import Row, first_prose, last_prose
from palabre.text.mastheads import dated, is_masthead, masthead
from palabre.text.name_shapes import DOMAIN, has_body, outlet, person
from palabre.text.pubdate import days

if TYPE_CHECKING:
    import datetime as dt

HEAD = 14
"""Rows from the top in which a credit may stand, whatever stands between."""

_PIECES = re.compile(
    r"\s*(?:[|•·—–()\[\];]|\s-\s|\s/\s|,(?!\d)|\s{2,}|\t|\n)\s*|(?<=[A-ZÀ-Ý]{2})[-/](?=[A-ZÀ-Ý][a-zà-ÿ])"
)
SITE_NOTICE = re.compile(
    r"(?:©|\(c\)|copyright)\s?(?:copyright\s?)?(?:\d{4}|[\w-]+(?:\.[\w-]+)+\W*(?:\d{4})?\W*\Z)"
    r"|[^©]{0,60}©.{0,60}\bdroits?\b|©[^©\n]{0,60}\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""How a site's own copyright notice begins, unlike a picture's credit."""
_TIME = re.compile(
    r"\b\d{1,2}\s?(?:h|:|heures?)\s?\d{0,2}(?::\d{2})?(?:\s?min)?(?:\b|(?=m[aio]|publi))|\b\d{1,3}\s?min\b|\b(?:gmt|utc)\s?[+-]?\d*",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(r"\s*(?:[,à|-]?\s*\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?)?\s*(?:\s[-–—|]\s|\|)\s*(?=\S)")
_NUMBERS = re.compile(r"[\d/.:h-]+\Z")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w’' .-]{1,40}?)(?:\s?\([^()\n]{2,30}\)(?=,))?(?:\s?[,/]\s?(?P<when>[^()\n–—:]{3,40}?))?"
    r"\s?(?:\((?P<agency>[^()\n]{2,40})\))?\s?(?:[–—]|--|-(?=\s))\s?(?=[«“\"]?\s?[^\W_a-zà-ÿ])"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one row, or a part of it, says of the text. `kind`: byline, source, date, photo, header, dateline.

    `month` is the first day of the month that a header files the text under; `late` marks a date of change.
    A dateline stays a part of its sentence.
    """

    span: Span
    kind: str
    author: str | None = None
    outlet: str | None = None
    agency: str | None = None
    date: dt.date | None = None
    month: dt.date | None = None
    late: bool = False


def index_header(text: str) -> Credit | None:
    """Return the header a collection's index put before the text (`date 2025-04`), or None."""
    match = credit_words().header.match(text)
    if match is None:
        return None
    import datetime as dt

    try:
        month = dt.date(int(match[1]), int(match[2]), 1)
        day = dt.date(int(match[1]), int(match[2]), int(match[3])) if match[3] else None
    except ValueError:
        return None
    return Credit(Span(*match.span()).trimmed(text), "header", date=day, month=month)


def credits_of(text: str, rows: tuple[Row, ...]) -> tuple[Credit, ...]:
    """Return the credits among the rows of a text, in order, none overlapping but for a dateline, which stays prose."""
    top, bottom = first_prose(rows), last_prose(rows)
    out: list[Credit] = []
    signed = False
    for i, row in enumerate(rows):
        near_top, near_end = i < max(HEAD, min(top + 3, 40)), bottom < i <= bottom + HEAD or i >= len(rows) - 4
        if not (near_top or near_end) or len(row.words) > 900:
            continue
        found = _opened(rows, i, out)
        if found is None and len(row.words) <= 220:
            found = _row_credit(text, row.span, row.words, near_top=i < 8, signature=False)
        if found is None and near_top and i < 8:
            found = _inside(text, row)
        if found is None and i < 3 and i < top and not any(c.outlet for c in out):
            name_alone = masthead(rows, i)
            found = Credit(row.span, "source", outlet=name_alone) if name_alone else None
        if found is not None and found.kind == "photo" and i > bottom and "©" in row.words:
            name = row.words.lstrip("© ")
            found = Credit(row.span, "source", agency=name if outlet(name) else None)
        if found is None and (i <= top + 1 or i < 8) and (row.prose or len(row.words) > 60):
            found = _dateline(text, row)
        if found is None and not signed and _signature_place(i, rows, top, bottom):
            found = _signature(text, rows, i)
            signed = found is not None
        under_name = bool(out) and out[-1].kind == "byline" and rows[i - 1].span == out[-1].span
        if found is None and under_name and out[-1].author and not out[-1].outlet and is_masthead(row):
            found = Credit(row.span, "source", outlet=row.words)
        if found is None and under_name and (row.key.rstrip(".") in credit_words().roles or row.key == rows[i - 1].key):
            found = Credit(row.span, "byline")
        if found is not None:
            out.append(found)
    return tuple(out)


def _opened(rows: tuple[Row, ...], i: int, out: list[Credit]) -> Credit | None:
    """Return the byline written on two rows, « par » and the name under it: this is the one or the other."""
    known = credit_words()
    if rows[i].key in known.by and rows[i].key not in known.by_weak and i + 1 < len(rows):
        return Credit(rows[i].span, "byline") if _bare_name(rows[i + 1]) else None
    opened = bool(out) and i > 0 and out[-1].span == rows[i - 1].span and out[-1].kind == "byline"
    if opened and not out[-1].author and rows[i - 1].key in known.by and _bare_name(rows[i]):
        return Credit(rows[i].span, "byline", author=rows[i].words)
    return None


def _bare_name(row: Row) -> bool:
    return len(row.words.split()) <= 4 and not row.stopped and all(c.isalpha() or c in " -'’.\u00a0" for c in row.words)


@dataclass(slots=True)
class _Findings:
    """What the pieces of one row have given so far."""

    author: str | None = None
    outlet: str | None = None
    agency: str | None = None
    role: bool = False
    dated: bool = False
    loose: list[str] = field(default_factory=list)


def _row_credit(text: str, span: Span, words: str, *, near_top: bool, signature: bool) -> Credit | None:
    """Return the credit that the whole of `span` is, or None."""
    table_ = credit_words()
    whole = days(text, span)
    rest = words
    for day in reversed(whole):
        a, b = day.span.start - span.start, day.span.end - span.start
        rest = rest[:a] + " | " + rest[b:]
    late = folded(rest).startswith(table_.updates)
    got = _Findings(dated=bool(whole))
    if _photo(rest, table_):
        return Credit(span, "photo")
    for piece in _PIECES.split(_TIME.sub(" ", rest)):
        if folded(piece).startswith(table_.other):
            break  # « Mots clés : … » ends what concerns us
        if not _piece(piece.strip(" :.-\u00a0\u202f\t"), piece, got, table_, near_top=near_top or signature):
            return None
    if len(got.loose) > 2:
        return None
    _place_loose(got, bool(whole), words)
    if got.loose:
        return None
    date = whole[0].date if whole else None
    if got.author:
        return Credit(span, "byline", got.author, got.outlet, got.agency, date, late=late)
    if whole:
        return Credit(span, "date", None, got.outlet, got.agency, date, late=late)
    if got.outlet or got.agency or _credits_nobody(words):
        return Credit(span, "source", None, got.outlet, got.agency)
    return Credit(span, "date", late=late) if late and any(c.isdigit() for c in words) else None


def _credits_nobody(words: str) -> bool:
    """Tell whether a row is « (avec agences) »: a source without a name."""
    known, key = credit_words(), folded(words).strip("() .")
    return any(key == f"{lead} {name}" for lead in known.source for name in known.unnamed)


def _photo(words: str, known: CreditWords) -> bool:
    key = folded(words)
    if SITE_NOTICE.match(key):
        return False
    if key.startswith(known.photo_opens) and len(words) <= 80:
        return True
    for lead in known.photo:
        if key.startswith(lead):
            after = key[len(lead) :]
            if lead in ("©", "(c)") or (after[:1] in (":", "/", "-") or after[:2] in (" :", " /", " -", " ©")):
                return len(words) <= 160
    return False


def _piece(piece: str, raw: str, got: _Findings, known: CreditWords, *, near_top: bool) -> bool:
    """Take one piece of a row into `got`; False when it belongs to no credit."""
    key = folded(piece)
    if key in known.by and key not in known.by_weak:
        got.role = True  # the name is the next piece
        return True
    if (
        not key
        or key in known.labels
        or key in known.filler
        or all(w in known.filler or w in known.labels or _NUMBERS.match(w) for w in key.split())
    ):
        return True
    for label in known.label_order if key.startswith(known.label_heads) else ():
        if len(label) > 2 and key.startswith(label + " "):
            return _piece(piece[len(label) :].strip(" :"), raw, got, known, near_top=near_top)
    for label in known.labels if key.endswith(known.label_tails) else ():
        if (len(label) > 4 or got.dated) and key.endswith(" " + label):
            return _piece(piece[: -len(label)].rstrip(), raw, got, known, near_top=near_top)
    if all(w in known.sections for w in key.split()):
        return True
    where = next((lead for lead in known.at if key.startswith(lead)), "")
    if where and person(piece[len(where) :], alone=True):
        return True  # « Par X, à Bamako »
    if key.startswith(known.editions):
        return True
    for lead in known.by if key.startswith(known.by_heads) else ():
        if key.startswith((lead + " ", lead + ":")):
            name = piece[len(lead) :].strip(" :\u00a0")
            named, _, agency = _joined(name, known)
            if (
                named
                and (has_body(named) or DOMAIN.match(named))
                and outlet(named)
                and got.outlet is None
                and lead not in known.by_weak
            ):
                got.outlet = named
                return True
            if got.dated and named.isalpha() and lead not in known.by_weak:
                got.author = got.author or named  # « par awa le mardi 3 mai 2022 »: a pseudonym has no capital
                return True
            if named and person(named, alone=lead not in known.by_weak) and (near_top or lead not in known.by_weak):
                got.author, got.agency = got.author or named, got.agency or agency
                return True
            if folded(name).rstrip(".") in known.desks:
                got.author = got.author or name
                return True
            if key.startswith(lead + ":"):
                break
    for lead in known.source if key.startswith(known.source_heads) else ():
        if key.startswith((lead + " ", lead + ":")):
            if key[len(lead) :].strip(" :") in known.unnamed:
                return True
            colon = piece[len(lead) :].lstrip(" \u00a0\u202f").startswith(":")
            name = piece[len(lead) :].strip(" :\u00a0\u202f")
            if (outlet(name) and (colon or lead in known.source_weak)) or (colon and 0 < len(name.split()) <= 3):
                if colon and not got.outlet:
                    got.outlet = name
                else:
                    got.agency = name
                return True
    if key.rstrip(".") in known.desks:
        got.author = got.author or piece
        return True
    if any(key == role or key.startswith(role + " ") for role in known.roles):
        got.role = True
        return True
    if outlet(piece):
        got.loose.append(piece)
        return True
    return False


def _joined(name: str, known: CreditWords) -> tuple[str, str, str | None]:
    """Split « Awa Traoré avec AFP » into the name, the joining word and the agency."""
    name = name.removesuffix(" et").removesuffix(" and")
    for join in known.joins:
        before, mark, after = name.partition(f" {join} ")
        if mark and join != "et" and join != "and" and outlet(after):
            return before, join, after
    return name, "", None


def _place_loose(got: _Findings, dated: bool, words: str) -> None:
    """Decide what the unlabelled names of a row are: beside a date an outlet, beside an author too, else nothing."""
    if got.role and not got.author and len(got.loose) == 1 and person(got.loose[0], alone=False):
        got.author = got.loose.pop()
    if not got.loose or not (dated or got.author or got.agency or got.outlet):
        return
    if len(got.loose) > 1 and any(not DOMAIN.match(n) for n in got.loose):
        got.loose = [n for n in got.loose if not DOMAIN.match(n)]  # « Grands-Lacs FM (site.example) »: named already
    names = got.loose
    if got.role and got.author and not dated and len(names) == 1 and names[0].isalpha():
        got.loose = []  # « Par X (Rome, correspondante) »: a town
        return
    if dated and got.outlet and len(names) == 1 and names[0].isalpha():
        got.loose = []  # « 3 avril 2025 - Karsk - Par : lavoix.example »: a town
        return
    if got.outlet and not got.author and len(names) == 1 and person(names[0], alone=False):
        got.author = names.pop()  # « Source : L'Écho / Awa Traoré »
        return
    if dated and not got.author and len(names) == 1 and _is_place_line(words, names[0]):
        got.loose = []
        return
    if not got.author and len(names) == 2:
        people = [n for n in names if person(n, alone=False)]
        if len(people) == 1:
            got.author = people[0]
            names = [n for n in names if n not in people]
    if len(names) == 1 and not got.outlet:
        named, _, agency = _joined(names[0], credit_words())
        got.outlet, got.agency = named, got.agency or agency
        got.loose = []
    elif not names:
        got.loose = []


def _is_place_line(words: str, name: str) -> bool:
    """Tell whether a row is « Bamako, le 3 avril 2025 »: a town, not an outlet."""
    after = words[words.find(name) + len(name) :].lstrip()
    return (
        words.startswith(name)
        and after.startswith(",")
        and len(name.split()) == 1
        and not DOMAIN.match(name)
        and not has_body(name)
    )


def _inside(text: str, row: Row) -> Credit | None:
    """Return the credit at the end of a longer row: after a date's label, or after the full stop of a summary."""
    for match in credit_words().label_start.finditer(row.words):
        span = Span(row.span.start + match.start(), row.span.end)
        if len(span) <= 200:
            found = _row_credit(text, span, span.text(text), near_top=True, signature=False)
            if found is not None and found.date:
                return found
    dated = days(text, row.span)
    if dated and dated[0].span.start == row.span.start:
        after = _AFTER_DATE.match(text, dated[0].span.end, row.span.end)
        if after is not None and row.span.end - after.end() >= 15:
            return Credit(Span(row.span.start, after.end()).trimmed(text), "date", date=dated[0].date)
    for day in dated[-1:]:
        before = text[row.span.start : day.span.start].rstrip()
        if before[-1:] in (".", "…", "!", "?") and row.span.end - day.span.start <= 80:
            span = Span(day.span.start, row.span.end)
            found = _row_credit(text, span, span.text(text), near_top=True, signature=False)
            if found is not None:
                return found
    return None


def _dateline(text: str, row: Row) -> Credit | None:
    """Return the dateline that opens a row (« Bamako, le 3 avril 2025 (Agence) – »), or None."""
    match = _DATELINE.match(row.words[:160])
    if match is None or not (match["when"] or match["agency"]) or not match["place"][0].isupper():
        return None
    if len(match["place"].split()) > 4 or not any(p[0].isupper() for p in match["place"].split()[-1:]):
        return None
    span = Span(row.span.start, row.span.start + match.end()).trimmed(text)
    when = days(text, span)
    if match["when"] and not when and not any(c.isdigit() for c in match["when"]):
        return None
    return Credit(span, "dateline", agency=match["agency"], date=when[0].date if when else None)


def _signature_place(i: int, rows: tuple[Row, ...], top: int, bottom: int) -> bool:
    """Tell whether an unlabelled signature may stand at row `i`: just after the article, or just under its title."""
    over_date = i < max(top + 4, 12) and i + 1 < len(rows) and dated(rows[i + 1])
    return bottom < i <= bottom + 3 or (0 < i < min(top + 2, 7)) or over_date


def _signature(text: str, rows: tuple[Row, ...], i: int) -> Credit | None:
    row = rows[i]
    if len(row.words) > 70:
        return None
    known = credit_words()
    if row.key.rstrip(".") in known.desks:
        return Credit(row.span, "byline", author=row.words.rstrip(". "))
    after = rows[i + 1].key if i + 1 < len(rows) else ""
    at_end = i > last_prose(rows)
    name = row.words.rstrip(". ")
    pieces = [p for p in _PIECES.split(name) if p.strip()]
    if at_end and 1 <= len(pieces) <= 2 and folded(name).startswith(("agence ", "agency ")) and outlet(pieces[0]):
        return Credit(row.span, "source", agency=pieces[0])
    if at_end and len(pieces) == 2:
        for who, where in (pieces, reversed(pieces)):
            if person(who, alone=False) and (where.isupper() or has_body(where) or DOMAIN.match(where)):
                return Credit(row.span, "byline", author=who, outlet=where)
    if person(name, alone=False) and not any(w in known.widgets for w in folded(name).split()):
        parts = [p for p in name.split() if folded(p) not in known.particles]
        below = rows[i + 1] if i + 1 < len(rows) else None
        if not at_end and below is not None and is_masthead(below):
            return Credit(row.span, "byline", author=name)
        if not at_end and all(p.isupper() for p in parts):
            return None
        last = i + 1 == len(rows) or (i + 2 == len(rows) and DOMAIN.match(rows[i + 1].words) is not None)
        surname = any(p.isupper() and len(p) >= 3 for p in parts[1:]) or (
            parts[0].isupper() and len(parts[0]) >= 3 and not parts[-1].isupper()
        )
        followed = after in known.roles or after == row.key or (below is not None and dated(below))
        if surname or followed or (at_end and last and len(parts) <= 4 and not row.stopped):
            return Credit(row.span, "byline", author=name)
    return None
