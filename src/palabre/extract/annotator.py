"""Reads one text in full: the extractors in the order in which each can use what the others found.

Pure: the parser is given. Nothing here decides what is found; each extractor does.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from palabre.extract.actors import find_actors
from palabre.extract.commitments import Glance, glance, kept_and_left
from palabre.extract.commitments.more import Prospect, likely_clauses, prospect, with_more
from palabre.extract.commitments.scene import scene_of
from palabre.extract.dates import find_dates
from palabre.extract.figures import find_figures
from palabre.extract.meetings import find_meetings
from palabre.extract.progress import find_progress
from palabre.extract.pronouns import resolve_pronouns
from palabre.extract.quotes import find_quotes
from palabre.extract.statements import find_statements
from palabre.lang.pack import LANGUAGES
from palabre.model.annotations import Annotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.text.parsing import Parser
    from palabre.text.reading import Reading

EXTRACTORS_VERSION = "9"
"""Grows when the extractors change what they find; the store keeps it with each annotation."""


NO_PACK = "no-pack"
"""Note on a reading whose language has no pack."""


def annotate(reading: Reading, parser: Parser | None = None) -> Annotations:
    """Return everything found in a text. Without a parser the rules that need a tree fall back on word order."""
    return understood(reading, parser)[0]


def understood(reading: Reading, parser: Parser | None = None) -> tuple[Annotations, Reading]:
    """Return everything found in a text, and the reading with the dependency trees that were asked for."""
    return understood_together([(reading, parser)])[0]


def understood_together(readings: Sequence[tuple[Reading, Parser | None]]) -> list[tuple[Annotations, Reading]]:
    """Do as `understood` for each of some texts; what is parsed or weighed is so together, which costs half as much."""
    begun = [_begun(reading) for reading, _ in readings]
    parsed = _parsed(readings, [seen for _, seen in begun])
    ruled = [_ruled(reading, found, seen) for reading, (found, seen) in zip(parsed, begun, strict=True)]
    likely = iter(likely_clauses([more for _, more in ruled if more is not None]))
    ended = [found if more is None else with_more(more, next(likely)) for found, more in ruled]
    return [(replace(found, figures=find_figures(r, found)), r) for r, found in zip(parsed, ended, strict=True)]


def _begun(reading: Reading) -> tuple[Annotations, Glance]:
    """Return what is found in a text before any tree is made, and what may commit."""
    found = Annotations(boilerplate=reading.boilerplate, dates=find_dates(reading))
    if not _has_pack(reading):
        # Read with another language's tables: what is found is little.
        found = replace(found, notes=(NO_PACK,))
    actors, mentions = find_actors(reading)
    found = replace(found, actors=actors, mentions=mentions)
    found = replace(found, quotes=find_quotes(reading, found))
    found = replace(found, mentions=resolve_pronouns(reading, found))
    return found, glance(reading, found)


def _ruled(reading: Reading, found: Annotations, seen: Glance) -> tuple[Annotations, Prospect | None]:
    """Return what the rules find in a text, trees at hand, and what the learnt model may add to."""
    found = replace(found, statements=find_statements(reading, found))
    found = replace(found, meetings=find_meetings(reading, found))
    # Neither commitments nor progress change what a text is about.
    scene = scene_of(reading, found)
    commitments, left = kept_and_left(reading, found, seen, scene)
    found = replace(found, commitments=commitments)
    found = replace(found, progress=find_progress(reading, found, scene))
    return found, prospect(reading, found, scene, left)


def _parsed(readings: Sequence[tuple[Reading, Parser | None]], seen: Sequence[Glance]) -> list[Reading]:
    """Return the readings with a tree for each sentence that may hold something; parsing is what costs most."""
    out = [reading for reading, _ in readings]
    # A tree of another language than the text's would mislead.
    parsers = [None if not _has_pack(reading) else parser for reading, parser in readings]
    for parser in dict.fromkeys(p for p in parsers if p is not None):
        wanted = {i: sorted(seen[i].doubtful) for i, its in enumerate(parsers) if its is parser and seen[i].doubtful}
        asked = [(out[i].text, [out[i].sentences[n].span for n in numbers]) for i, numbers in wanted.items()]
        for (i, numbers), trees in zip(wanted.items(), parser.parse(asked), strict=True):
            out[i] = replace(out[i], parses=MappingProxyType(dict(zip(numbers, trees, strict=True))))
    return out


def _has_pack(reading: Reading) -> bool:
    return reading.meta.lang is None or reading.meta.lang in LANGUAGES
