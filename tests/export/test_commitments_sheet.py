"""A workbook holds what the table tells, whatever the texts hold, in the formats it should."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from palabre.export.commitments_sheet import write_workbook
from palabre.export.commitments_table import COLUMNS, Row, Table
from palabre.lang.interface import Words
from palabre.model.records import Brief
from palabre.model.vocabulary import Firmness, FollowUpStatus, Sector
from palabre.register.replies import Replies

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book_of(
    *actions: str, columns: tuple[str, ...] = ("what", "deadline", "origins"), deadline: str | None = None
) -> zipfile.ZipFile:
    rows = [
        Row(
            Brief(
                id=f"c-{n}", promisor=("MLI",), beneficiary=(), action=action, sector=Sector.HEALTH,
                firmness=Firmness.SIGNED, deadline=deadline, amount=None, status=FollowUpStatus.ANNOUNCED,
                events=(), origins=n, official=False, vague=False,
            ),
            n,
        )
        for n, action in enumerate(actions)
    ]  # fmt: skip
    file = io.BytesIO()
    table = Table(columns, dt.date(2025, 5, 1), Words("fr"), Replies(()))
    write_workbook(file, iter(rows), table, [("Dossier", "L’essai & <co>")])
    book = zipfile.ZipFile(file)
    assert book.testzip() is None
    for part in book.namelist():
        ElementTree.fromstring(book.read(part))
    return book


def cells(book: zipfile.ZipFile) -> list[list[ElementTree.Element]]:
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [list(row.iter(f"{SPACE}c")) for row in sheet.iter(f"{SPACE}row")]


HOSTILE = (
    "=1+1", "<r><t>injected</t></r>", "a & b < c > d \"e\"", "]]>", "_x0041_", "x\x00y\ud800z\ufffe",
    "  deux\n lignes ",
    "<f>SUM(A1)</f>", "é" * 40_000,
)  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_words_stay_words(said: str) -> None:
    cell = cells(book_of(said))[1][0]
    assert cell.get("t") == "inlineStr"
    assert [e.tag.removeprefix(SPACE) for e in cell.iter()] == ["c", "is", "t"]
    shown = "".join(cell.itertext())
    printed = " ".join("".join(c if c.isprintable() else " " for c in said).split())[:32_000]
    # A spreadsheet reads _x005F_ as the low line it stands for.
    assert re.sub("_x005F_", "_", shown) == printed


def test_every_cell_stands_where_it_says() -> None:
    book = book_of(*(f"Bâtir l’école {n}" for n in range(450)), columns=COLUMNS)
    rows = cells(book)
    assert len(rows) == 451
    letters = [chr(ord("A") + n) for n in range(len(COLUMNS))]
    for number, row in enumerate(rows, 1):
        assert [c.get("r") for c in row] == [f"{letter}{number}" for letter in letters]
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert f'<dimension ref="A1:{letters[-1]}451"/>' in sheet
    assert f'<autoFilter ref="A1:{letters[-1]}451"/>' in sheet
    assert f"$A$1:${letters[-1]}$451" in book.read("xl/workbook.xml").decode()


@pytest.mark.parametrize(
    ("deadline", "number"),
    [("2025-06-30", "45838"), ("1900-01-01", "1"), ("1900-02-28", "59"), ("1900-03-01", "61"), ("1899-12-31", None),
     ("2025-06", None), ("2025-06-01/2025-06-02", None)],
)  # fmt: skip
def test_days_are_days(deadline: str, number: str | None) -> None:
    book = book_of("Livrer", deadline=deadline)
    head, row = cells(book)
    day = row[1]
    if number is None:
        assert (day.get("t"), "".join(day.itertext())) == ("inlineStr", deadline)
        return
    assert (day.get("t"), "".join(day.itertext())) == (None, number)
    styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    formats = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{SPACE}numFmt")}
    used = next(styles.iter(f"{SPACE}cellXfs")).findall(f"{SPACE}xf")
    assert formats[used[int(day.get("s", "0"))].get("numFmtId")] == "yyyy-mm-dd"
    fonts = next(styles.iter(f"{SPACE}fonts")).findall(f"{SPACE}font")
    bold = {n for n, f in enumerate(used) if fonts[int(f.get("fontId", "0"))].find(f"{SPACE}b") is not None}
    assert {int(c.get("s", "0")) in bold for c in head} == {True}
    assert {int(c.get("s", "0")) in bold for c in row} == {False}


def test_a_book_may_have_no_row() -> None:
    assert len(cells(book_of(columns=("what",)))) == 1
