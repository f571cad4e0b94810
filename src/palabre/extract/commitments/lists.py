"""Finds promises told as a list: a verb that commits before a colon, then one line for each thing promised."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.hits import Hit, is_infinitive
from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work

_MARK = re.compile(r"(?:[-–—•*·▪‣]|\d{1,2}[.)°]|[a-z]\)) *")
_RULE = "list"
_COLON = 120
"""Code points that may stand between the verb and its colon (« ont décidé, au terme de leurs travaux : »)."""


def leads(line: Line, lex: Lexicon) -> re.Match[str] | None:
    """Return the words up to a colon that tell a list of what was decided (« Les mesures suivantes … : »), or None."""
    if ":" not in line.norm or "lists.lead" not in lex.patterns:
        return None
    match = lex.patterns["lists.lead"].search(line.norm)
    return None if match is None or lex.patterns["lists.advises"].search(line.norm, 0, match.end()) else match


def items(line: Line, lex: Lexicon, start: int) -> Iterator[tuple[int, str]]:
    """Yield where each item of a list that begins at `start` stands, and its infinitive ("" for a noun of deeds).

    Items are parted by semicolons; by commas where there is none.
    """
    if "lists.parts" not in lex.patterns:
        return
    between = lex.patterns["lists.parts" if ";" in line.norm[start:] else "lists.commas"]
    marks = [m.span() for m in between.finditer(line.norm, start)]
    for at, end in zip((start, *(b for _, b in marks)), (*(a for a, _ in marks), len(line.norm)), strict=True):
        verb = item(line, lex, at)
        if verb or (verb is not None and not lex.patterns["lists.states"].search(line.norm, at, end)):
            yield at, verb


def item(line: Line, lex: Lexicon, at: int) -> str | None:
    """Return the infinitive that an item of a list begins with, "" for a noun of deeds, None for anything else."""
    at += len(line.norm[at:]) - len(line.norm[at:].lstrip(' «"'))
    small = lex.patterns["clause.clitics"].match(line.norm, at)
    found = lex.patterns["infinitive"].match(line.norm, small.end() if small else at)
    if found and is_infinitive(line, lex, found["inf"], found.start()):
        return found["inf"]
    return "" if "lists.item" in lex.patterns and lex.patterns["lists.item"].match(line.norm, at) else None


def list_hits(line: Line, lex: Lexicon) -> Iterator[Hit]:
    """Yield what a list of the same sentence tells as decided: « Les mesures suivantes ont été prises : créer … »."""
    lead = leads(line, lex)
    for at, verb in items(line, lex, lead.end()) if lead is not None else ():
        kind = "infinitive" if verb else "deed"
        yield Hit(kind, _RULE, at, at, at, verb, _firmness(lead), Firmness.PLEDGED, impersonal=True)


def _firmness(lead: re.Match[str] | None) -> Firmness:
    return Firmness.SIGNED if lead is not None and lead["signed"] else Firmness.AGREED


def opened(line: Line, lex: Lexicon) -> Hit | None:
    """Return the hit of the verb whose complement is the list after this line, or None when no list is opened."""
    words = line.norm.rstrip()
    if not words.endswith(":"):
        return None
    if (lead := leads(line, lex)) is not None:
        return Hit(
            "infinitive", _RULE, lead.start(), lead.end(), lead.end(), "", _firmness(lead), Firmness.PLEDGED,
            impersonal=True, links=lex.text_links, listed=True,
        )  # fmt: skip
    for cue in lex.cues:
        for match in cue.verb.finditer(words, max(0, len(words) - 2 * _COLON)):
            if cue.links and len(words) - match.end() <= _COLON and not cue.noun:
                at, end = match.span()
                return Hit(
                    "infinitive", cue.name, at, end, end, "", cue.firmness, cue.single,
                    vague=cue.vague, impersonal=cue.impersonal, links=cue.links, listed=True,
                )  # fmt: skip
    return None


def listed_hits(work: Work, line: Line) -> Iterator[Hit]:
    """Yield the promise of one line of a list: its mark, the verb's link when it is repeated, an infinitive."""
    if work.listed is None:
        return
    hit = work.listed.hit
    mark = _MARK.match(line.norm)
    start = mark.end() if mark else 0
    link = re.compile(hit.links).match(line.norm, start)
    if mark is None and (link is None or link.end() == start):
        return
    at = link.end() if link else start
    verb = item(line, work.lex, at)
    if verb is not None:
        kind = "infinitive" if verb else "deed"
        yield replace(hit, kind=kind, cue=start, cue_end=start, body=start, verb=verb, impersonal=False)
