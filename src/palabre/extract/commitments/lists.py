"""Finds promises told as a list: a verb that commits before a colon, then one line for each thing promised."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.hits import Hit, is_infinitive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.work import Work

_MARK = re.compile(r"(?:[-–—•*·▪‣]|\d{1,2}[.)°]|[a-z]\)) *")
_COLON = 120
"""Code points that may stand between the verb and its colon (« ont décidé, au terme de leurs travaux : »)."""


def opened(line: Line, lex: Lexicon) -> Hit | None:
    """Return the hit of the verb whose complement is the list after this line, or None when no list is opened."""
    words = line.norm.rstrip()
    if not words.endswith(":"):
        return None
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
    small = work.lex.patterns["clause.clitics"].match(line.norm, at)
    found = work.lex.patterns["infinitive"].match(line.norm, small.end() if small else at)
    if found and is_infinitive(line, work.lex, found["inf"], found.start()):
        yield replace(hit, cue=start, cue_end=start, body=start, verb=found["inf"], impersonal=False)
