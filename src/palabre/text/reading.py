"""A reading: one text cut into blocks, sentences and tokens, with what is known of it: all that extractors take."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from palabre.model.documents import Metadata
from palabre.model.spans import Span
from palabre.text.typography import plain

if TYPE_CHECKING:
    from palabre.model.annotations import Boilerplate
    from palabre.text.parsing import ParsedSentence


class Token(NamedTuple):
    """One word, number or mark. `norm` is lower case with ’ as ' (same length as the text); accents are kept.

    A named tuple, for a text has thousands.
    """

    start: int
    end: int
    norm: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `index` is its place in the reading, `block` the place of its block."""

    index: int
    block: int
    span: Span
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line that stands alone. `kind`: title, heading, paragraph, byline, credit, boilerplate."""

    index: int
    span: Span
    kind: str


@dataclass(frozen=True)
class Reading:
    """One text ready for the extractors.

    Sentences cover the article only: boilerplate, bylines and credits hold none. `parses` maps a sentence's index to
    its dependency tree, for the sentences that asked for one.
    """

    text: str
    lang: str
    meta: Metadata = field(default_factory=Metadata)
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
    parses: Mapping[int, ParsedSentence] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def plain(self) -> str:
        """The text in lower case, one typography and plain spaces, of the same length."""
        return plain(self.text)

    def words(self, span: Span) -> str:
        """Return the words at `span`, as they stand."""
        return span.text(self.text)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the code point at `offset`, or None."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].span.start <= offset:
            return self.sentences[low]
        return None

    def in_boilerplate(self, span: Span) -> bool:
        """Tell whether `span` touches text that is not the article."""
        # Boilerplate is sorted by span, and none overlaps another.
        low = bisect_right(self.boilerplate, span.start, key=lambda b: b.span.end)
        return low < len(self.boilerplate) and self.boilerplate[low].span.touches(span)
