"""Ids of what was found in a document: the same words found again have the same id, whatever else was found.

A mention is named after its kind, its document and its span, not after its values: a better reading of the same words
keeps the id, and with it the decisions people took about it. Nothing here looks at the text itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from palabre.model.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.annotations import Annotations
    from palabre.model.spans import Span

QUOTE = "aq"
DATE = "ad"
MEETING = "am"
COMMITMENT = "ac"
PROGRESS = "ap"
STATEMENT = "as"
BOILERPLATE = "ab"
FIGURE = "af"
ACTOR = "an"

KINDS: tuple[tuple[str, str], ...] = (
    ("boilerplate", BOILERPLATE),
    ("dates", DATE),
    ("mentions", ACTOR),
    ("quotes", QUOTE),
    ("statements", STATEMENT),
    ("meetings", MEETING),
    ("commitments", COMMITMENT),
    ("progress", PROGRESS),
    ("figures", FIGURE),
)
"""The fields of `Annotations` whose items have a span, each with the prefix of its ids (`mentions` are of actors)."""


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


def mention_id(kind: str, doc_id: str, span: Span, nth: int = 0) -> str:
    """Return the id of what was found at `span` of the document `doc_id`.

    `kind` is one of the prefixes above; `nth` (from 0) tells apart several of one kind at one and the same span.
    """
    return content_id(kind, doc_id, span.start, span.end, nth)


def ids_of(kind: str, doc_id: str, items: Sequence[_Spanned]) -> tuple[str, ...]:
    """Return the id of each item (of one kind, of one document), in the same order."""
    seen: dict[Span, int] = {}
    out: list[str] = []
    for item in items:
        nth = seen.get(item.span, 0)
        seen[item.span] = nth + 1
        out.append(mention_id(kind, doc_id, item.span, nth))
    return tuple(out)


def mention_ids(doc_id: str, annotations: Annotations) -> dict[str, tuple[str, ...]]:
    """Return the ids of everything found in a document, by field of `Annotations`.

    `mention_ids(doc, found)["commitments"][i]` is the id of `found.commitments[i]`; every field of `KINDS` is there.
    """
    return {name: ids_of(kind, doc_id, getattr(annotations, name)) for name, kind in KINDS}
