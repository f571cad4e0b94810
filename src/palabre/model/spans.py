"""Spans: half-open ranges of Unicode code points in a document's text (W3C TextPositionSelector)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `[start, end)`, in code points, `0 <= start <= end`.

    Raises ValueError when the bounds are not so.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def text(self, text: str) -> str:
        """Return the words at this span of `text`."""
        return text[self.start : self.end]

    def shared(self, other: Span) -> int:
        """Return how many code points both spans hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def touches(self, other: Span) -> bool:
        """Tell whether the spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def iou(self, other: Span) -> float:
        """Return intersection over union, 0.0 to 1.0 (0.0 for two empty spans)."""
        shared = self.shared(other)
        union = len(self) + len(other) - shared
        return shared / union if union else 0.0

    def cover(self, other: Span) -> float:
        """Return the shared part over the shorter of the two, 0.0 to 1.0."""
        shortest = min(len(self), len(other))
        return self.shared(other) / shortest if shortest else 0.0

    def shifted(self, by: int) -> Span:
        """Return the same range `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str, marks: str = " \t\r\n\u00a0\u202f") -> Span:
        """Return the span without the `marks` (white space unless told) at its two ends in `text`."""
        start, end = self.start, self.end
        while start < end and text[start] in marks:
            start += 1
        while end > start and text[end - 1] in marks:
            end -= 1
        return Span(start, end)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with those that overlap or touch end to end joined into one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
