"""Tables in the terminal: one way to draw them, and the few cells that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.app.dossiers import Opened
    from palabre.lang.interface import Words
    from palabre.model.records import Evidence
    from palabre.register.evidence import Passage
    from palabre.ui.cli.session import Session

COLUMN_ROOM = 17
"""Characters a column needs on average; in a narrower window a table is unreadable."""


def table(words: Words, columns: Sequence[str], *, wide: str | None = None) -> Table:
    """Return an empty table with the interface's column names; the column `wide` takes the room that is left."""
    out = Table(box=None, pad_edge=False, header_style="bold", expand=wide is not None)
    for column in columns:
        if column == wide:
            out.add_column(words(f"column.{column}"), ratio=1, overflow="fold")
        else:
            out.add_column(words(f"column.{column}"), no_wrap=column == "id", overflow="fold")
    return out


def print_table(session: Session, rows: Table) -> None:
    """Print a table; in a window too narrow for it, each row as a few lines that lose nothing."""
    if session.out.width >= COLUMN_ROOM * len(rows.columns):
        session.out.print(rows)
        return
    cells = [[str(cell) for cell in column.cells] for column in rows.columns]
    first = next((i for i, column in enumerate(rows.columns) if column.no_wrap), 0)
    wide = next((i for i, column in enumerate(rows.columns) if column.ratio), first)
    for row in zip(*cells, strict=True):
        head = Text(row[first])
        if wide != first:
            head.append(f"  {row[wide]}", style="bold")
        if head.plain.strip():
            session.out.print(head)
        rest = [
            f"{column.header} {cell}"
            for i, (column, cell) in enumerate(zip(rows.columns, row, strict=True))
            if i not in (first, wide) and cell not in ("", "—")
        ]
        session.out.print(Padding(Text(" · ".join(rest)), (0, 0, 0, 4)))


def sources_cell(words: Words, origins: int, docs: int) -> str:
    """Return « 2 (sur 5) » when copies make the documents more numerous than the origins, else « 2 »."""
    return words("say.sources_column", origins=origins, docs=docs) if docs > origins else str(origins)


def print_passages(session: Session, passages: Iterable[Passage], indent: str = "  ", *, ids: bool = False) -> None:
    """Print each source's sentence with the words marked, under its outlet and day; `ids` adds each passage's id."""
    words = session.words
    for passage in passages:
        head = Text(indent)
        head.append(passage.outlet or words("say.unknown_outlet"), style="bold")
        day = words.date(passage.published) if passage.published else words("say.unknown_date")
        head.append(f", {day} · {passage.document.name}")
        if passage.copy_of:
            head.append(f" · {words('report.copy_of', name=passage.copy_of)}", style="italic")
        if ids:
            head.append(f" · {passage.evidence.id}", style="dim")
        session.out.print(head)
        line = Text(indent + "  ")
        line.append(one_line(passage.before))
        line.append(marked(one_line(passage.words), colour=session.out.color_system is not None), style="bold reverse")
        line.append(one_line(passage.after))
        session.out.print(line, soft_wrap=not session.out.is_terminal)


def marked(text: str, *, colour: bool) -> str:
    """Return the words as they are where colour can mark them, else between ⟦ and ⟧."""
    return text if colour else f"⟦{text}⟧"


def one_line(text: str) -> str:
    """Return the text with line breaks and control characters as spaces, so that it stays on its line."""
    return "".join(
        " " if c in "\r\n\t" or not (c.isprintable() or c in "\u00a0\u202f\u200e\u200f") else c for c in text
    )


def mentions_json(view: Opened, mentions: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Return where a record is told, as `--json` prints it: document, span (code points) and words of each mention."""
    return [
        {
            "id": e.id,
            "document": e.doc,
            "doc": view.documents[e.doc].name,
            "start": e.span.start,
            "end": e.span.end,
            "words": e.span.text(view.documents[e.doc].text),
        }
        for e in mentions
    ]
