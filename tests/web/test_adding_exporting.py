"""Texts handed over in the browser, and what is taken away: bounded, safe in a spreadsheet, the same as shown."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from palabre.export.commitments_table import MARK, safe
from palabre.store.store import Store
from tests.web.conftest import BASE
from tests.web.desk_forms import hidden, post, served, token

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient
    from httpx import Response

TEXT = "Le ministre Tartempion s'est engagé à construire un pont de bois à Poudreville avant juin 2027."
PAGE = (
    f"<!doctype html><html><head><title>Le pont</title><script>alert(1)</script></head><body><article><h1>Le pont</h1>"
    f"<p>{TEXT}</p><img src='http://192.0.2.1/x.png' onerror='alert(1)'></article></body></html>"
)


def add(client: TestClient, fields: dict[str, str], files: list[tuple[str, bytes]]) -> Response:
    form = hidden(client.get("/d/aes/add").text, 'name="text"')
    parts: list[tuple[str, tuple[str | None, Any]]] = [(k, (None, v)) for k, v in {**form, **fields}.items()]
    parts += [("files", file) for file in files]
    answer: Response = client.post("/d/aes/add", files=parts, headers={"Origin": BASE})
    return answer


def result(client: TestClient, answer: Response) -> str:
    assert answer.status_code == 303, re.sub("<[^>]+>", " ", answer.text)[-300:]
    for _ in range(60):
        page: str = client.get(answer.headers["location"]).text
        if 'http-equiv="refresh"' not in page:
            return page
    raise AssertionError("the addition does not end")


def test_a_pasted_text_and_files_are_read(desk: TestClient, own: Path) -> None:
    fields = {"text": TEXT, "title": "Un pont\x07 à Poudreville", "published": "2026-05-04", "outlet": "Le Grin"}
    assert ">added<" in result(desk, add(desk, fields, []))
    again = result(desk, add(desk, fields, []))
    assert "already there" in again
    files = [
        ("../../etc/<b>pont</b>.html", PAGE.encode()),
        ("vide.txt", b""),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("archive.zip", b"PK\x03\x04" + b"\0" * 40),
    ]
    page = result(desk, add(desk, {"published": "2026-05-05"}, files))
    assert "<b>pont" not in page
    assert page.count("left out:") == 3
    assert "an image, not a text" in page
    desk.get("/?lang=fr")
    assert "c’est une image, pas un texte" in result(desk, add(desk, {}, files[2:3])).replace("&#39;", "’")
    with Store.open(own) as store:
        found = {d.meta.title: d for d in store.documents(store.dossier("aes"))}
    pasted, page_read = found["Un pont à Poudreville"], found["Le pont"]
    assert (str(pasted.meta.published), pasted.meta.outlet) == ("2026-05-04", "Le Grin")
    assert str(page_read.meta.published) == "2026-05-05"
    assert "alert" not in page_read.text
    assert "/" not in page_read.path.replace("</b>", "")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "  \n"},
        {"text": TEXT, "published": "hier"},
        {"text": TEXT, "url": "javascript:alert(1)"},
        {"text": TEXT, "url": "http://"},
    ],
)
def test_what_cannot_be_added_is_said_and_kept_in_the_form(desk: TestClient, fields: dict[str, str]) -> None:
    answer = add(desk, fields, [])
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    if fields.get("text", "").strip():
        assert "Poudreville" in answer.text


def test_what_is_too_large_is_refused_before_it_is_read(own: Path) -> None:
    with served(own, max_bytes=1000) as desk:
        page = result(desk, add(desk, {}, [("long.txt", b"mot " * 400), ("court.txt", TEXT.encode())]))
        assert page.count("left out:") == 1
        assert ">added<" in page
        many = [(f"{n}.txt", TEXT.encode()) for n in range(210)]
        assert add(desk, {}, many).status_code == 413
        assert add(desk, {"text": "x" * 3_500_000}, []).status_code == 413
        headers = {"Origin": BASE, "Content-Length": "99999999999", "Content-Type": "multipart/form-data; boundary=x"}
        assert desk.post("/d/aes/add", content=b"--x--", headers=headers).status_code == 413
        chunks = (part for part in (b"--x\r\n", b"--x--"))
        headers = {"Origin": BASE, "Content-Type": "multipart/form-data; boundary=x"}
        assert desk.post("/d/aes/add", content=chunks, headers=headers).status_code == 411


def test_an_addition_is_stopped_and_says_how_many_texts_are_left(desk: TestClient) -> None:
    texts = [(f"pont {n}.txt", TEXT.replace("bois", f"bois n° {n}").encode() * 30) for n in range(100)]
    answer = add(desk, {}, texts)
    place = answer.headers["location"]
    stopped = post(desk, f"{place}/stop", {"token": token(desk)})
    assert stopped.status_code == 303
    page = result(desk, answer)
    left = re.search(r"(\d+) texts were not read", page)
    assert left
    assert page.count("data-outcome=") == 100 - int(left[1]) < 100
    assert post(desk, "/d/aes/add/0000/stop", {"token": token(desk)}).status_code == 404


def test_an_addition_is_that_of_its_dossier(desk: TestClient) -> None:
    assert desk.get("/d/aes/add/0000").status_code == 404


def test_the_table_holds_what_the_register_shows(client: TestClient) -> None:
    every = client.get("/d/aes/export?format=csv&columns=all&lang=en")
    assert every.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.search(r'filename="aes-\d{4}-\d\d-\d\d\.csv"', every.headers["content-disposition"])
    assert every.content.startswith(MARK.encode())
    rows = list(csv.DictReader(io.StringIO(every.content.decode("utf-8-sig"))))
    listed = client.get("/api/v1/dossiers/aes/commitments?size=200").json()
    assert len(rows) == listed["total"]
    some = client.get("/d/aes/export?format=csv&columns=all&sector=defence&sort=due&lang=en").content.decode(
        "utf-8-sig"
    )
    same = client.get("/api/v1/dossiers/aes/commitments?sector=defence&sort=due").json()
    assert [r["id"] for r in csv.DictReader(io.StringIO(some))] == [c["id"] for c in same["items"]]
    its = same["items"][0]["id"]
    one = json.loads(client.get(f"/d/aes/export?format=json&id={its}").text)
    assert [c["id"] for c in one] == [its]
    assert client.get("/d/aes/export?format=ics").text.startswith("BEGIN:VCALENDAR")
    assert "<!doctype html>" in client.get("/d/aes/export?format=html").text
    assert "download" in client.get("/d/aes/export?format=exe").text


def table_of(client: TestClient, query: str) -> list[list[str]]:
    told = client.get(f"/d/aes/export?format=csv&lang=en&{query}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(told)))


def test_a_table_has_the_columns_the_register_shows(client: TestClient) -> None:
    usual = table_of(client, "")
    assert usual[0] == ["who", "to whom", "what", "sector", "firmness", "status", "deadline", "origins", "documents",
                        "official text"]  # fmt: skip
    # The order is that of the register whichever way they are named; what makes no sense is left out.
    chosen = table_of(client, "col=check&col=id&col=made&col=what&col=nonsense&sort=-made&firmness=signed")
    assert chosen[0] == ["what", "made on", "to check", "id"]
    listed = client.get("/api/v1/dossiers/aes/commitments?sort=-made&firmness=signed&size=200").json()["items"]
    assert [row[3] for row in chosen[1:]] == [c["id"] for c in listed]
    shown = client.get("/d/aes/register?sort=-made&firmness=signed&col=id&col=check&lang=en").text
    assert [row[3] for row in chosen[1:]] == re.findall(r'name="id" value="(c-[^"]+)"', shown)
    assert all(row[0] for row in table_of(client, "col=check&col=id&check=question"))


def test_a_selection_keeps_the_order_and_the_columns(client: TestClient) -> None:
    page = client.get("/d/aes/register?sort=-due&col=id&col=deadline").text
    form = page[page.index('<form id="chosen"') :]
    assert re.findall(r'name="col" value="(\w+)"', form) == ["deadline", "id"]
    assert 'name="sort" value="-due"' in form
    ids = re.findall(r'name="id" value="(c-[^"]+)"', page)[:6]
    shuffled = "&".join(f"id={i}" for i in reversed(ids))
    rows = table_of(client, f"sort=-due&col=id&col=deadline&{shuffled}")
    assert [row[1] for row in rows[1:]] == ids
    assert [c["id"] for c in json.loads(client.get(f"/d/aes/export?format=json&sort=-due&{shuffled}").text)] == ids


def test_a_workbook_tells_the_same_as_the_table(client: TestClient) -> None:
    query = "col=who&col=what&col=made&col=sources&sort=due&sector=defence"
    made = client.get(f"/d/aes/export?format=xlsx&lang=en&{query}")
    assert made.headers["content-disposition"].split(";")[1].strip().endswith('.xlsx"')
    book = zipfile.ZipFile(io.BytesIO(made.content))
    assert book.testzip() is None
    rows = [[value for _, value in row] for row in cells(book, 1)]
    table = table_of(client, query)
    assert rows[0] == table[0]
    assert len(rows) == len(table) > 3
    for row, told in zip(rows[1:], table[1:], strict=True):
        assert row[:3] == told[:3]
        assert row[4:] == told[4:]
    # Days are days and what counts is a number.
    kinds = {kind for row in cells(book, 1)[1:] for kind, _ in row[4:6]}
    assert kinds == {"n"}
    assert any(kind == "n" for row in cells(book, 1)[1:] for kind, _ in row[3:4])
    about = [value for row in cells(book, 2) for _, value in row]
    assert "Dialogue AES – Russie" in about
    assert any("Sector: defence" in value for value in about)
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def cells(book: zipfile.ZipFile, number: int) -> list[list[tuple[str, str]]]:
    """Return the cells of a sheet, row by row: their kind (`n` for numbers) and their value."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    shared = [
        "".join(s.itertext()) for s in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{space}si")
    ]
    return [
        [
            (c.get("t", "n"), shared[int("".join(c.itertext()))] if c.get("t") == "s" else "".join(c.itertext()))
            for c in row.iter(f"{space}c")
        ]
        for row in sheet.iter(f"{space}row")
    ]  # fmt: skip


def test_a_workbook_takes_whatever_texts_hold(hostile: Path) -> None:
    with served(hostile) as client, Store.open(hostile) as store:
        name = quote(store.dossier().name, safe="")
        made = client.get(f"/d/{name}/export?format=xlsx&columns=all")
    book = zipfile.ZipFile(io.BytesIO(made.content))
    assert len(cells(book, 1)) > 1
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-2 %", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\x00=1", "|calc"])
def test_no_cell_is_a_formula(value: str) -> None:
    assert safe(value).startswith("'")


def test_cells_stay_on_their_line() -> None:
    assert safe('a\r\nb;"c"') == 'a b;"c"'
    assert safe("") == ""


def test_the_programs_interface_pages_and_describes_itself(client: TestClient) -> None:
    first = client.get("/api/v1/dossiers/aes/commitments?size=2&sort=made").json()
    assert (first["page"], first["size"], len(first["items"])) == (1, 2, 2)
    seen = [c["id"] for c in first["items"]]
    page = first
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [c["id"] for c in page["items"]]
    assert len(seen) == len(set(seen)) == first["total"]
    document = client.get("/api/v1/dossiers/aes/documents").json()["items"][0]
    whole = client.get(f"/api/v1/dossiers/aes/documents/{document['id']}").json()
    assert len(whole["text"]) == whole["length"]
    for kind in ("meetings", "conflicts", "statements"):
        listed = client.get(f"/api/v1/dossiers/aes/{kind}").json()
        assert listed["total"] >= len(listed["items"]) > 0
        its = listed["items"][0]["id"]
        assert client.get(f"/api/v1/dossiers/aes/{kind}/{its}").json()["id"] == its
        assert client.get(f"/api/v1/dossiers/aes/commitments/{its}").status_code == 404
    states = client.get("/api/v1/dossiers/aes/actors?kind=state&q=Russie").json()
    assert [(a["id"], a["kind"]) for a in states["items"]] == [("RUS", "state")]
    hits = client.get("/api/v1/dossiers/aes/search?q=Moscou&kind=document").json()
    assert {h["kind"] for h in hits} == {"document"}
    for hit in hits:
        text = client.get(f"/api/v1/dossiers/aes/documents/{hit['document']}").json()["text"]
        assert text[hit["start"] : hit["end"]] == hit["excerpt"]
        assert {text[start:end].casefold() for start, end in hit["marks"]} <= {"moscou"}
    assert len(client.get("/api/v1/dossiers/aes/search?q=Moscou").json()) > len(hits)
    assert client.get("/api/v1/dossiers/aes/search").json() == []
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    listing = described["paths"]["/dossiers/{dossier}/commitments"]["get"]
    assert {"sector", "status", "page", "as_of"} <= {p["name"] for p in listing["parameters"]}
    missing = client.get("/api/v1/dossiers/rien")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    assert client.post("/api/v1/dossiers").status_code == 405
    assert client.get("/api/v1/nowhere").json()["status"] == 404
    odd = client.get("/api/v1/dossiers/aes/commitments?page=-1&size=x&sector=<b>&since=hier&sort=;drop").json()
    assert odd["page"] == 1
