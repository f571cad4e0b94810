"""What a parsed sentence looks like, and what a parser must do. The pipeline itself is loaded in `app`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from palabre.model.spans import Span


class ParsedToken(NamedTuple):
    """One word: `start`/`end` are offsets in the document; `head` is the index of its governor in the sentence.

    `pos` and `dep` follow Universal Dependencies; the root's head is itself. `morph` is `Feat=Val|…`. A named tuple,
    for a text has thousands.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str

    def has(self, feature: str) -> bool:
        """Tell whether the morphology holds `Feat=Val` (`VerbForm=Inf`)."""
        return feature in self.morph.split("|")


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its dependency tree."""

    span: Span
    tokens: tuple[ParsedToken, ...]

    def children(self, index: int) -> Iterator[int]:
        """Yield the indices of the direct dependents of token `index`, in order."""
        for i, token in enumerate(self.tokens):
            if token.head == index and i != index:
                yield i

    def subtree(self, index: int) -> tuple[int, ...]:
        """Return the sorted indices of token `index` and everything below it."""
        below: dict[int, list[int]] = {}
        for i, token in enumerate(self.tokens):
            if token.head != i:
                below.setdefault(token.head, []).append(i)
        out: set[int] = set()
        stack = [index]
        while stack:
            i = stack.pop()
            if i not in out:
                out.add(i)
                stack.extend(below.get(i, ()))
        return tuple(sorted(out))


class Parser(Protocol):
    """Parses sentences of one language."""

    def parse(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[tuple[ParsedSentence, ...]]:
        """Return, for each text with the spans of some sentences, one parsed sentence for each span, in their order.

        Offsets are those of the text. A sentence's tree does not hang on what is parsed beside it.
        """
        ...
