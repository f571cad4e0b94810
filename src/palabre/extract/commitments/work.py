"""What is known while one text is read for its commitments. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import plain
from palabre.extract.sectors import theme_of

if TYPE_CHECKING:
    from palabre.extract.commitments.hits import Hit
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line
    from palabre.extract.commitments.scene import Scene, Subject
    from palabre.model.annotations import Annotations, CommitmentMention
    from palabre.model.spans import Span
    from palabre.model.vocabulary import Sector
    from palabre.text.reading import Reading


_LEFT = 2000
"""How many left out are remembered: a text that has more is no article."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A verb that commits to what the lines after it list (« Ils ont décidé : »): its hit, who, and its line."""

    hit: Hit
    subject: Subject
    line: int


@dataclass(frozen=True, slots=True)
class Left:
    """Words that looked as if they committed and were left out: where, in code points of the text, by which rule, why.

    `why` is a key of the interface's `left` table.
    """

    cue: Span
    rule: str
    why: str


@dataclass
class Work:
    """One reading under way: `kept` holds the commitments so far, `stems` their words, `last` who promised last."""

    reading: Reading
    found: Annotations
    lex: Lexicon
    lang: str
    scene: Scene
    lines: dict[int, Line] = field(default_factory=dict)
    kept: list[CommitmentMention] = field(default_factory=list)
    made: list[CommitmentMention] = field(default_factory=list)
    """Those of the clause under way."""
    stems: list[frozenset[str]] = field(default_factory=list)
    last: dict[int, Subject] = field(default_factory=dict)
    signed_block: int | None = None
    signed_by: tuple[str, ...] = ()
    signed_line: int | None = None
    signed_blocks: frozenset[int] = frozenset()
    """Paragraphs that tell of a signature: what they say will be done is in the text signed."""
    listed: Listed | None = None
    left: list[Left] = field(default_factory=list)
    """What was left out, for whoever asks why."""

    @cached_property
    def theme(self) -> Sector | None:
        """What the text is about as a whole, None when it is about several things."""
        title = self.reading.meta.title or ""
        return theme_of((plain(title), *(self.lines[i].norm for i in sorted(self.lines))), self.lang)

    def leave(self, line: Line, hit: Hit, why: str) -> list[CommitmentMention]:
        """Remember why a hit is left out; return what it makes: nothing."""
        if len(self.left) < _LEFT:
            self.left.append(Left(line.at(hit.cue, hit.cue_end), hit.rule, why))
        return []

    def told(self, line: Line) -> Subject | None:
        """Return who promised last in the paragraph of a line, or in the one before."""
        return self.last.get(line.block) or self.last.get(line.block - 1)
