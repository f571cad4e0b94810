"""Reads one text in full: the extractors in the order in which each can use what the others found.

Pure: the parser is given. Nothing here decides what is found; each extractor does.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from palabre.extract.actors import find_actors
from palabre.extract.commitments import Glance, find_commitments, glance
from palabre.extract.commitments.more import with_more
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
    from palabre.text.parsing import Parser
    from palabre.text.reading import Reading

EXTRACTORS_VERSION = "3"
"""Grows when the extractors change what they find; the store keeps it with each annotation."""


NO_PACK = "no-pack"
"""Note on a reading whose language has no pack."""


def annotate(reading: Reading, parser: Parser | None = None) -> Annotations:
    """Return everything found in a text. Without a parser the rules that need a tree fall back on word order."""
    return understood(reading, parser)[0]


def understood(reading: Reading, parser: Parser | None = None) -> tuple[Annotations, Reading]:
    """Return everything found in a text, and the reading with the dependency trees that were asked for."""
    found = Annotations(boilerplate=reading.boilerplate, dates=find_dates(reading))
    if reading.meta.lang is not None and reading.meta.lang not in LANGUAGES:
        # Read with another language's tables: what is found is little, and a tree of another language would mislead.
        found = replace(found, notes=(NO_PACK,))
        parser = None
    actors, mentions = find_actors(reading)
    found = replace(found, actors=actors, mentions=mentions)
    found = replace(found, quotes=find_quotes(reading, found))
    found = replace(found, mentions=resolve_pronouns(reading, found))
    seen = glance(reading, found)
    reading = _parsed(reading, seen, parser)
    found = replace(found, statements=find_statements(reading, found))
    found = replace(found, meetings=find_meetings(reading, found))
    found = replace(found, commitments=find_commitments(reading, found, seen))
    found = replace(found, progress=find_progress(reading, found))
    found = with_more(reading, found)
    return replace(found, figures=find_figures(reading, found)), reading


def _parsed(reading: Reading, seen: Glance, parser: Parser | None) -> Reading:
    """Return the reading with a tree for each sentence that may hold something; parsing is what costs most."""
    if parser is None:
        return reading
    wanted = sorted(seen.doubtful)
    trees = parser.parse(reading.text, [reading.sentences[i].span for i in wanted])
    return replace(reading, parses=MappingProxyType(dict(zip(wanted, trees, strict=True))))
