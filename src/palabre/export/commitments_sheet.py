"""Commitments as a workbook for spreadsheets (Office Open XML, ISO/IEC 29500), written row by row to a file.

Words are cells of words: no spreadsheet takes them for a formula. Days are days, what counts is a number.

The book around the rows is xlsxwriter's. The rows, nearly all there is, are put into it here, four times as fast:
a cell is a piece of XML, and most cells of a register are like others of it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from functools import partial
from html import escape
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from palabre.model.edtf import Precision, parse_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from palabre.export.commitments_table import Row, Table

WIDTHS = {"what": 60, "who": 22, "to_whom": 22, "conditions": 40, "check": 30, "replies": 60, "sector": 20, "id": 15}
USUAL_WIDTH = 14
"""Widths of columns, in characters."""
DAYS = frozenset({"made_on", "moved", "deadline"})
MOST_IN_A_CELL = 32_000
"""Characters of one cell; a spreadsheet takes 32,767."""
PRESSED = 3
"""How hard a book is pressed (zlib's level)."""
IN_MEMORY = 4_000_000
"""Bytes of rows held in memory before they go to the disk: a long register takes no more than a short one."""
AT_ONCE = 200
"""Rows, and `PIECE` bytes of them, written at a time."""
PIECE = 256_000
MOST_ALIKE = 20_000
"""Cells remembered while a book is written."""
HEAD, PLAIN, DAY = 1, 2, 3
"""Formats, as xlsxwriter numbers them: in the order they are used in."""
BEFORE_1900 = dt.date(1899, 12, 31)
LAST_TRUE = 59
"""The number of 28 February 1900: spreadsheets give the next one to a day that never was."""
_SHEET = "xl/worksheets/sheet1.xml"
_ROWS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_EXTENT = re.compile(rb'<dimension ref="[^"]*"/>')
_CODE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


def write_workbook(file: IO[bytes], rows: Iterable[Row], table: Table, about: Iterable[tuple[str, str]]) -> None:
    """Write the table to a file, and on a second sheet what it is: `about` are names and values."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as held:
        number, lines = 0, _lines(rows, table)
        while some := list(islice(lines, AT_ONCE)):
            number += len(some)
            held.write("".join(some).encode())
        held.seek(0)
        with _book(table, number, about) as book, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=PRESSED) as made:
            for part in book.infolist():
                if part.filename != _SHEET:
                    made.writestr(part.filename, book.read(part))
            extent = f'<dimension ref="A1:{_letters(len(table.columns) - 1)}{number}"/>'
            before, after = _ROWS.split(_EXTENT.sub(extent.encode(), book.read(_SHEET)))
            with made.open(_SHEET, "w") as sheet:
                sheet.write(before + b"<sheetData>")
                for piece in iter(partial(held.read, PIECE), b""):
                    sheet.write(piece)
                sheet.write(b"</sheetData>" + after)


def _book(table: Table, number: int, about: Iterable[tuple[str, str]]) -> ZipFile:
    """Return the book whose first sheet will hold so many rows; there, each format has been used once."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    sheet = book.add_worksheet(_sheet_name(table.words("nav.register")))
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, WIDTHS.get(name, USUAL_WIDTH))
    for column, used in enumerate((head, plain, day)):
        sheet.write_blank(0, column, None, used)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number - 1, max(0, len(table.columns) - 1))
    note = book.add_worksheet(_sheet_name(table.words("export.about")))
    note.set_column(0, 0, 28)
    note.set_column(1, 1, 90)
    for line, (name, value) in enumerate(about):
        note.write_string(line, 0, _printed(name), head)
        note.write_string(line, 1, _printed(value), plain)
    book.close()
    return ZipFile(made)


def _lines(rows: Iterable[Row], table: Table) -> Iterator[str]:
    """Yield the rows of the sheet, its header first."""
    letters = [_letters(column) for column in range(len(table.columns))]
    yield _line(1, letters, [_words(name, HEAD) for name in table.header])
    days = [name in DAYS for name in table.columns]
    alike: dict[tuple[bool, str | int], str] = {}
    for number, row in enumerate(rows, 2):
        cells = []
        for key in zip(days, table.cells(row), strict=True):
            cell = alike.get(key)
            if cell is None:
                cell = _cell(*key)
                if len(alike) < MOST_ALIKE:
                    alike[key] = cell
            cells.append(cell)
        yield _line(number, letters, cells)


def _line(number: int, letters: list[str], cells: list[str]) -> str:
    placed = [f'<c r="{column}{number}"{cell}' for column, cell in zip(letters, cells, strict=True)]
    return f'<row r="{number}">{"".join(placed)}</row>'


def _cell(may_be_day: bool, value: str | int) -> str:
    """Return a cell from after its place on."""
    if isinstance(value, int):
        return f' s="{PLAIN}"><v>{value}</v></c>'
    known = parse_or_none(value) if may_be_day and value else None
    first = known.earliest if known is not None and known.precision is Precision.DAY and "/" not in value else None
    # Spreadsheets know no day before 1900.
    if first is not None and first > BEFORE_1900:
        count = (first - BEFORE_1900).days
        return f' s="{DAY}"><v>{count + (count > LAST_TRUE)}</v></c>'
    return _words(value, PLAIN)


def _words(value: str, style: int) -> str:
    shown = escape(_printed(value), quote=False)
    if not shown:
        return f' s="{style}"/>'
    # What looks like the code of a character stands for itself.
    return f' s="{style}" t="inlineStr"><is><t>{_CODE.sub("_x005F_", shown)}</t></is></c>'


def _letters(column: int) -> str:
    """Return the letters of a column, from 0 on: A to Z, then AA."""
    before, its = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + its)


def _printed(value: str) -> str:
    """Return words a workbook can hold: on one line, without what does not print."""
    if not value.isprintable():
        value = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(value.split())[:MOST_IN_A_CELL]


def _sheet_name(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31]
