"""The documents of a dossier with the origin behind each: which are official, which are copies, and of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palabre.model.documents import Document
    from palabre.model.records import Register


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One document: the id and kind of its origin (communique, agency, report), the document it copies or None."""

    document: Document
    origin: str
    kind: str
    copy_of: str | None


def sources(register: Register, documents: Mapping[str, Document]) -> tuple[SourceRow, ...]:
    """Return the documents (by id) by day of publication, undated ones last, then by name."""
    rows = [
        SourceRow(
            documents[doc],
            origin.id,
            origin.kind,
            documents[origin.first].name if doc != origin.first else None,
        )
        for origin in register.origins
        for doc in origin.docs
    ]
    return tuple(sorted(rows, key=_by_day))


def _by_day(row: SourceRow) -> tuple[str, str, str]:
    published = row.document.meta.published
    return (published.isoformat() if published else "9999", row.document.name, row.document.id)
