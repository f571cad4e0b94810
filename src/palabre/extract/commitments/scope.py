"""How far a commitment's words go, how they split into several, and when: amount, deadline, condition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from palabre.extract.commitments.hits import is_infinitive
from palabre.model.edtf import last_day, of_month, of_year

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene
    from palabre.text.reading import Reading


_ABOUT = 14
"""Code points before a sum that say « environ », « près de »."""
_UNIT = 32
"""Code points after a sum within which what has that price ends (« de francs congolais, »)."""
_OWN_OBJECT = 3
"""Words a noun has at least, with its object, to be a promise of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One promise of a clause: where its words start and end, where its action begins, and its infinitive if any."""

    start: int
    end: int
    body: int
    verb: str


def clause_end(line: Line, hit: Hit, scene: Scene, lex: Lexicon) -> int:
    """Return where the clause of a hit ends: at a mark, a reporting verb, or the end of the quotation it stands in."""
    start = max(hit.cue_end, hit.body)
    end = len(line.norm.rstrip(' .!?…»"'))
    offset = line.span.start
    quote = scene.quote_at(offset + hit.cue)
    for other in scene.quotes[scene.first_quote(offset) :]:
        if other.span.start - offset > end:
            break
        first, last = other.span.start - offset, other.span.end - offset
        if quote is other:
            end = min(end, last)
        elif first >= start and not other.fragment and line.norm[start:first].strip(' «"') not in ("", "de", "à"):
            end = min(end, first)
    search_from = start
    while (stop := lex.patterns["clause.stop"].search(line.norm, search_from)) is not None:
        if stop.start() >= end:
            break
        # A comma clause right after the verb (« s'engage, selon le communiqué, à ») is an aside, not the end.
        share = lex.patterns["amounts.share"].search(stop[0]) is not None
        if stop.start() - start < 4 and stop[0].startswith(",") and not share:
            search_from = stop.end()
            continue
        end = stop.start()
        break
    if hit.kind in ("agreement", "goes_on") and hit.cue > hit.body:
        end = max(end, hit.cue_end)
    return len(line.norm[:end].rstrip(' ,.:;«"(')) if end > start else end


def parts(line: Line, hit: Hit, start: int, end: int, scene: Scene, lex: Lexicon) -> list[Part]:
    """Split a clause where two infinitives have each their own object, or two sums each their own use."""
    whole = Part(start, end, hit.body, hit.verb)
    out = [whole]
    if hit.kind == "infinitive":
        out = _by_infinitives(line, hit, whole, lex)
    if hit.kind in ("deed", "gift", "goes_on", "agreement") and not hit.listed:
        out = _by_nouns(line, hit, whole, lex)
    if hit.kind == "goes_on" and len(out) == 1:
        out = _by_prices(line, whole, lex)
    if hit.kind != "goes_on":
        out = [piece for part in out for piece in _by_sums(line, part, hit, lex)]
        out = [piece for part in out for piece in _by_dates(line, part, scene, lex)]
    return out


def _by_infinitives(line: Line, hit: Hit, whole: Part, lex: Lexicon) -> list[Part]:
    out = [whole]
    for link in lex.joined(hit.links).finditer(line.norm, hit.body, whole.end):
        at = link.end()
        lead = re.compile(hit.links).match(line.norm, at)
        rest = lead.end() if lead else at
        small = lex.patterns["clause.clitics"].match(line.norm, rest)
        rest = small.end() if small else rest
        found = lex.patterns["infinitive"].match(line.norm, rest)
        if not found or not is_infinitive(line, lex, found["inf"], found.start()):
            continue
        before = line.norm[out[-1].body : link.start()]
        if _of_purpose(before, lead[0] if lead else "", lex) or len(before.split()) < 4:
            # « former et équiper la force » is one; « afin de X et de Y » belongs to the purpose.
            continue
        out[-1] = Part(out[-1].start, link.start(), out[-1].body, out[-1].verb)
        out.append(Part(at, whole.end, at, found["inf"]))
    return out


def _by_nouns(line: Line, hit: Hit, whole: Part, lex: Lexicon) -> list[Part]:
    """Cut « la création d'un fonds, l'envoi de médecins », « un accord sur la pêche et un protocole sur le rail »."""
    out = [whole]
    texts = lex.patterns["deeds.next_text"]
    of_texts = hit.kind == "agreement" or texts.search(line.norm, max(hit.body, hit.cue_end), whole.end)
    for link in (texts if of_texts else lex.patterns["deeds.next"]).finditer(
        line.norm, max(hit.body, hit.cue_end), whole.end
    ):
        first = max(out[-1].body, hit.cue_end) if len(out) == 1 else out[-1].body
        before, after = line.norm[first : link.start()], line.norm[link.start("body") : whole.end]
        if len(before.split()) < _OWN_OBJECT or len(after.split()) < _OWN_OBJECT or _has_purpose(before, lex):
            continue
        out[-1] = Part(out[-1].start, link.start(), out[-1].body, out[-1].verb)
        out.append(Part(link.start("body"), whole.end, link.start("body"), ""))
    return out


def _of_purpose(before: str, link: str, lex: Lexicon) -> bool:
    """Tell whether an infinitive joined by `link` goes on with a purpose told before it, which takes the same link."""
    purposes = [m[0].split()[-1] for m in lex.patterns["clause.purpose"].finditer(before)]
    return any(not link or word[0] == link[0] for word in purposes)


def _has_purpose(words: str, lex: Lexicon) -> bool:
    return lex.patterns["clause.purpose"].search(words) is not None


def _by_sums(line: Line, part: Part, hit: Hit, lex: Lexicon) -> list[Part]:
    """Cut « 210 milliards en crédits et 80 milliards d'aides », « une part dès 2025 et le solde d'ici à 2028 »."""
    sums = list(lex.patterns["amounts.pattern"].finditer(line.norm, part.start, part.end))
    if not sums:
        return [part]
    for link in lex.patterns["amounts.also"].finditer(line.norm, part.start, part.end):
        at = link.end()
        after = [m for m in sums if at <= m.start() <= at + 14]
        counted = lex.patterns["amounts.count"].match(line.norm, at)
        before = [m for m in sums if m.end() <= link.start()]
        if before and (after or counted) and line.norm[at : at + 3] not in ("ou ",):
            return [
                Part(part.start, link.start(), part.body, part.verb),
                *_by_sums(line, Part(at, part.end, at, part.verb), hit, lex),
            ]
    return [part]


def _by_prices(line: Line, part: Part, lex: Lexicon) -> list[Part]:
    """Cut « une école pour 5 millions, un pont pour 9 millions », « 5 millions de prêts et 2 millions de dons »."""
    large = lex.patterns["amounts.large"]
    sums = [m for m in lex.patterns["amounts.pattern"].finditer(line.norm, part.body, part.end) if large.search(m[0])]
    out = [part]
    for one, other in pairwise(sums):
        links = [m.end() for m in lex.patterns["amounts.also"].finditer(line.norm, one.end(), other.start() + 12)]
        at = next((i for i in links if other.start() - i <= _ABOUT), None)
        at = next((i for i in links if i - one.end() <= _UNIT), None) if at is None else at
        if at is not None:
            left = len(line.norm[:at].rstrip(" ,").removesuffix(f" {lex.phrases['and_word']}").rstrip(" ,"))
            out[-1:] = [Part(out[-1].start, left, out[-1].body, out[-1].verb), Part(at, part.end, at, "")]
    return out


def _by_dates(line: Line, part: Part, scene: Scene, lex: Lexicon) -> list[Part]:
    """Cut « une part dès 2025 et le solde d'ici à 2028 »: each is due at its own time."""
    dates = [d.span.start - line.span.start for d in scene.dates_in(line.at(part.body, part.end))]
    if len(dates) < 2:
        return [part]
    for link in lex.patterns["amounts.also"].finditer(line.norm, dates[0], dates[-1]):
        at = link.end()
        # What follows must be a thing, not the date itself (« en mai et le 3 juin »).
        if all(d - at > 8 for d in dates if d >= at):
            return [Part(part.start, link.start(), part.body, part.verb), Part(at, part.end, at, part.verb)]
    return [part]


def amount_in(line: Line, start: int, end: int, lex: Lexicon) -> str | None:
    """Return the first amount between two positions, as written, or None."""
    for key in ("amounts.pattern", "amounts.count"):
        match = lex.patterns[key].search(line.norm, start, end)
        if match:
            return " ".join(line.raw[match.start() : match.end()].split())
    return None


def deadline_in(line: Line, start: int, own: int, end: int, scene: Scene, reading: Reading, lex: Lexicon) -> str | None:
    """Return when it is due: the last date of the clause that is not past, or a span of time counted from publication.

    `own` is where the clause's own words begin: a date before it counts only after « d'ici », « dès » and the like.
    """
    published = reading.meta.published
    span = line.at(start, end)
    dates = list(scene.dates_in(span))
    before = lex.patterns["clause.due"]
    dates = [
        d
        for d in dates
        if d.span.start - line.span.start >= own
        or before.match(line.norm, d.span.start - line.span.start)
        or before.search(line.norm[max(0, d.span.start - line.span.start - 24) : d.span.start - line.span.start])
    ]
    for date in reversed(dates):
        day = last_day(date.value)
        if published is None or day is None or day >= published:
            return date.value.split("/")[-1] if "/" in date.value and not date.value.endswith("..") else date.value
    match = lex.patterns["deadlines.duration"].search(line.norm, start, end)
    if match and published is not None:
        # « En septembre dernier, … sur trois ans »: the years run from the day told, else from publication.
        for date in scene.dates_in(line.at(0, match.start())):
            day = last_day(date.value)
            if day is not None and day < published:
                published = day
        number = lex.numbers.get(match["n"]) or (int(match["n"]) if match["n"].isdecimal() else 0)
        months = number * lex.units.get(match["unit"], 0)
        if 12 <= months <= 12 * 60:
            return of_year(published.year + months // 12)
        if 0 < months < 12:
            ahead = published.month - 1 + months
            return of_month(published.year + ahead // 12, ahead % 12 + 1)
    return None


def condition_in(line: Line, start: int, end: int, lex: Lexicon) -> str | None:
    """Return the clause a promise hangs on, as written, or None."""
    match = lex.patterns["clause.condition"].search(line.norm, start, end)
    return " ".join(line.raw[match.start() : end].split()) if match else None
