"""Settles the sector of what was found, by what was learnt of clauses and of what stands around them.

The rules' own answer counts too, and stays where nothing was learnt of a language. Nothing here finds commitments or
says who promises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import plain
from palabre.extract.learnt.fields import Around, Bound, beginning, likelier_sector
from palabre.extract.sectors import bare_sum, called_for, sector_weights, sole_sector
from palabre.model.vocabulary import Sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from palabre.extract.learnt.units import Unit
    from palabre.model.annotations import CommitmentMention
    from palabre.model.spans import Span
    from palabre.text.reading import Reading

_TITLE = 200
"""Code points of the first line that are looked at."""
_TEXT = 4000
"""Code points of a text that tell what it is about."""
BACK = 3
"""Sentences before one in which a text or a deal may be told of."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole of a text says: the words of its first line, what each sector weighs, its first words."""

    title: str
    sectors: Mapping[Sector, float]
    begins: tuple[str, ...]


def whole_of(reading: Reading, lang: str) -> Whole:
    """Return what the whole of a text says."""
    title = reading.text.strip().partition("\n")[0][:_TITLE]
    text = plain(reading.text[:_TEXT])
    return Whole(plain(title), sector_weights(text, lang), beginning(text, lang))


def around_of(reading: Reading, span: Span, whole: Whole) -> Around:
    """Return what stands around a clause of a text."""
    sentence = reading.sentence_at(span.start)
    if sentence is None:
        return Around(title=whole.title, text=whole.sectors, begins=whole.begins)
    text, its = reading.text, sentence.span
    beside = plain(f"{text[its.start : span.start]} {text[span.end : max(span.end, its.end)]}")
    before = reading.sentences[sentence.index - 1].span if sentence.index else None
    said_before = plain(text[before.start : before.end]) if before else ""
    return Around(beside, said_before, whole.title, whole.sectors, whole.begins)


def bound_of(span: Span, index: int, units: Mapping[int, Sequence[Unit]]) -> Bound | None:
    """Return a clause of sentence `index` as the model of firmness sees it, None where it has no units.

    `units` are those of the sentences of a text.
    """
    own = units.get(index, ())
    inside = [i for i, u in enumerate(own) if span.start < u.end and u.start < span.end]
    before = [units.get(index - back, ()) for back in range(1, BACK + 1)]
    return Bound(own, inside[0], inside[-1] + 1, before) if inside else None


def settled(reading: Reading, mentions: Iterable[CommitmentMention], lang: str) -> Iterator[CommitmentMention]:
    """Yield each mention with its likeliest sector; those of one span that were told apart by sectors keep them."""
    mentions = tuple(mentions)
    said: dict[Span, set[Sector]] = {}
    for mention in mentions:
        said.setdefault(mention.span, set()).add(mention.sector)
    whole: Whole | None = None
    for mention in mentions:
        if len(said[mention.span]) > 1:
            # « aider … dans les domaines agricoles et énergétiques » is two that differ by their sectors alone.
            yield mention
            continue
        whole = whole or whole_of(reading, lang)
        words = plain(reading.words(mention.span))
        if mention.sector not in (Sector.FINANCE, Sector.DIPLOMACY) and bare_sum(words, lang):
            # A bare sum, which is for what the text is about.
            yield mention
            continue
        around = around_of(reading, mention.span, whole)
        if mention.sector is Sector.FINANCE and bare_sum(words, lang) and (aid := _called_for(around, lang)):
            yield replace(mention, sector=aid)
            continue
        likelier = likelier_sector(words, around, lang, mention.sector)
        if likelier is Sector.MULTI and sole_sector(words, lang) is mention.sector:
            # « la défense, notamment l'équipement militaire »: details of one thing are not several.
            likelier = mention.sector
        yield replace(mention, sector=likelier)


def _called_for(around: Around, lang: str) -> Sector | None:
    near = (sector_weights(around.sentence, lang), sector_weights(around.title, lang), around.text or {})
    return called_for(near, sector_weights(around.before, lang))
