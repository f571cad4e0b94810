"""Commitments as a workbook for spreadsheets (Office Open XML, ISO/IEC 29500), written row by row to a file.

Words are cells of words: no spreadsheet takes them for a formula. Days are days, what counts is a number.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from palabre.model.edtf import Precision, parse_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from palabre.export.commitments_table import Row, Table

WIDTHS = {"what": 60, "who": 22, "to_whom": 22, "conditions": 40, "check": 30, "replies": 60, "sector": 20, "id": 15}
USUAL_WIDTH = 14
"""Widths of columns, in characters."""
DAYS = frozenset({"made_on", "moved", "deadline"})
MOST_IN_A_CELL = 32_000
"""Characters of one cell; a spreadsheet takes 32,767."""


def write_workbook(file: IO[bytes], rows: Iterable[Row], table: Table, about: Iterable[tuple[str, str]]) -> None:
    """Write the table to a file, and on a second sheet what it is: `about` are names and values."""
    import xlsxwriter

    # Rows go to the disk as they come: a long register takes no more memory than a short one.
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    sheet = book.add_worksheet(_sheet_name(table.words("nav.register")))
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, WIDTHS.get(name, USUAL_WIDTH))
        sheet.write_string(0, column, table.header[column], head)
    number = 0
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(table.cells(row)):
            _write(sheet, number, column, cell, table.columns[column], plain, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, max(0, len(table.columns) - 1))
    note = book.add_worksheet(_sheet_name(table.words("export.about")))
    note.set_column(0, 0, 28)
    note.set_column(1, 1, 90)
    for line, (name, value) in enumerate(about):
        note.write_string(line, 0, _printed(name), head)
        note.write_string(line, 1, _printed(value), plain)
    book.close()


def _write(sheet: Any, row: int, column: int, cell: str | int, name: str, plain: Any, day: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, plain)
        return
    known = parse_or_none(cell) if name in DAYS and cell else None
    first = known.earliest if known is not None and known.precision is Precision.DAY and "/" not in cell else None
    # Spreadsheets know no day before 1900.
    if first is not None and first.year >= 1900:
        sheet.write_datetime(row, column, dt.datetime.combine(first, dt.time()), day)
        return
    sheet.write_string(row, column, _printed(cell), plain)


def _printed(value: str) -> str:
    """Return words a workbook can hold: on one line, without what does not print."""
    kept = "".join(c if c.isprintable() and not 0xD800 <= ord(c) < 0xE000 else " " for c in value)
    return " ".join(kept.split())[:MOST_IN_A_CELL]


def _sheet_name(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31]
