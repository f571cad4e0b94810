"""A sentence as the rules read it: its words in one plain typography, offsets kept, and its tree when there is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from palabre.model.spans import Span
from palabre.text.typography import plain as plain

if TYPE_CHECKING:
    from palabre.text.parsing import ParsedSentence
    from palabre.text.reading import Reading, Sentence

LONGEST = 2500
"""A « sentence » longer than this, in code points, is no sentence (a table, a page without full stops)."""


@dataclass(frozen=True)
class Line:
    """One sentence. Positions in `norm` are counted from the sentence's start; `at` turns two into a span."""

    index: int
    block: int
    span: Span
    raw: str
    norm: str
    tree: ParsedSentence | None

    @classmethod
    def of(cls, reading: Reading, sentence: Sentence) -> Line:
        """Return the view of a sentence of `reading`."""
        start, end = sentence.span.start, min(sentence.span.end, sentence.span.start + LONGEST)
        raw, norm = reading.text[start:end], reading.plain[start:end]
        return cls(sentence.index, sentence.block, Span(start, end), raw, norm, reading.parses.get(sentence.index))

    def at(self, start: int, end: int) -> Span:
        """Return the document's span of the positions `start` to `end`."""
        return Span(self.span.start + start, self.span.start + max(start, end))

    @cached_property
    def _by_start(self) -> dict[int, int]:
        if self.tree is None:
            return {}
        return {t.start - self.span.start: i for i, t in enumerate(self.tree.tokens)}

    def token_at(self, position: int) -> int | None:
        """Return the index in the tree of the word that starts at `position`, or None."""
        return self._by_start.get(position)

    def pos_at(self, position: int) -> str | None:
        """Return the part of speech of the word that starts at `position`, or None without a tree."""
        i = self.token_at(position)
        return None if i is None or self.tree is None else self.tree.tokens[i].pos

    def lemma_at(self, position: int) -> str | None:
        """Return the lemma of the word that starts at `position`, or None without a tree."""
        i = self.token_at(position)
        return None if i is None or self.tree is None else self.tree.tokens[i].lemma.lower()

    def last_verb_in(self, start: int, end: int) -> int | None:
        """Return the tree's index of the last verb (no auxiliary when there is a choice) between two positions."""
        if self.tree is None:
            return None
        best = None
        for i, token in enumerate(self.tree.tokens):
            if not (start <= token.start - self.span.start < end and token.pos in ("VERB", "AUX")):
                continue
            if best is None or token.pos == "VERB" or self.tree.tokens[best].pos == "AUX":
                best = i
        return best

    def subject_of(self, verb: int) -> tuple[int, int] | None:
        """Return where the subject of a verb stands (start, end), without its relative clauses, or None."""
        if self.tree is None:
            return None
        tokens = self.tree.tokens
        for _ in range(3):
            for child in self.tree.children(verb):
                if tokens[child].dep.startswith("nsubj"):
                    return self._noun_phrase(child)
            up = tokens[verb].head
            if up == verb or not tokens[verb].dep.startswith(("conj", "xcomp", "aux", "cop")):
                return None
            verb = up
        return None

    def _noun_phrase(self, head: int) -> tuple[int, int]:
        assert self.tree is not None
        tokens = self.tree.tokens
        kept = {head}
        stack = [head]
        while stack:
            i = stack.pop()
            for child in self.tree.children(i):
                if not tokens[child].dep.startswith(("acl", "advcl", "parataxis", "punct")):
                    kept.add(child)
                    stack.append(child)
        start = min(tokens[i].start for i in kept) - self.span.start
        end = max(tokens[i].end for i in kept) - self.span.start
        return max(0, start), min(len(self.norm), end)
