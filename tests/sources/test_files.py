"""Files, folders and standard input: what is read, what is refused and with which words."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.errors import BadManifest, InputError, NotText, UnreadableFile
from palabre.model.documents import Known, RawDocument
from palabre.sources.decoding import decode
from palabre.sources.files import read_paths
from palabre.sources.manifest import read_manifest
from palabre.sources.readers import capture

WORDS = "Le ministre a reçu la délégation à Karsk.\nL’accord est signé.\n"
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Le rail à Karsk - La Voix</title>
<meta property="og:title" content="Le rail à Karsk"><meta property="og:site_name" content="La Voix des Lacs">
<meta property="article:published_time" content="2024-03-05T08:00:00+00:00"><meta name="author" content="Awa Telmis">
<link rel="canonical" href="https://lavoix.example/rail"></head>
<body><nav><a href="/">Accueil</a> <a href="/p">Politique</a></nav><article><h1>Le rail à Karsk</h1>
<p>Le ministre des Transports a reçu mardi la délégation des Lacs,
venue parler de rail et de ports pendant deux jours.</p>
<p>« Nous financerons la ligne avant la fin de l'année », a déclaré le ministre à l'issue
de la rencontre tenue à Karsk.</p>
</article><footer>Tous droits réservés</footer></body></html>"""


def one(path: Path | str, **options: object) -> RawDocument | InputError:
    found = list(read_paths([path], **options))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def text_of(item: RawDocument | InputError) -> RawDocument:
    assert isinstance(item, RawDocument), item
    return item


def test_a_plain_text_is_kept_whole(tmp_path: Path) -> None:
    file = tmp_path / "000.txt"
    file.write_bytes(b"\xef\xbb\xbf\r\n  " + WORDS.replace("\n", "\r\n").encode() + b"\r\n ")
    got = text_of(one(file))
    assert got.text == "\ufeff\n  " + WORDS + "\n "
    assert (got.name, got.path, got.media_type, got.warnings) == ("000", str(file), "text/plain", ())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(WORDS.encode(encoding))
    got = text_of(one(file))
    # The mark that opens a UTF-8 file is a character of the file like any other.
    assert got.text == ("\ufeff" if encoding == "utf-8-sig" else "") + WORDS
    assert bool(got.warnings) is (encoding != "utf-8-sig")


def test_broken_utf8_keeps_to_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((WORDS * 10).encode() + b"\xff fin")
    got = text_of(one(file))
    assert got.text == WORDS * 10 + "\ufffd fin"
    assert got.warnings == ("1 broken characters were replaced",)


def test_cyrillic_of_old() -> None:
    words = "Министр принял делегацию и обсудил с ней строительство железной дороги."
    assert decode(words.encode("cp1251")).text == words


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (b"... --- ...", "no words in it"),
        (b"%PDF-1.7\n1 0 obj", "a PDF; this version does not read PDF yet"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image, not a text"),
        (b"PK\x03\x04\x14\0", "an archive; take the texts out of it first"),
        (b"abc\0\1\2def", "binary data, not a text"),
        (b"<!doctype html><html><body></body></html>", "an HTML page without any text to take"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, cause: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    got = one(file)
    assert isinstance(got, NotText)
    assert str(got) == f"{file}: {cause}"


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    assert str(one(file)) == f"{file}: larger than 5 MB"
    assert isinstance(one("-", stdin=io.BytesIO(b"a" * 11), max_bytes=10), NotText)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    assert str(one(tmp_path / "missing.txt")).endswith("no such file or folder")
    assert str(one(tmp_path / "gone.txt")).endswith("a link to nothing")
    assert str(one(tmp_path / "pipe.txt")).endswith("neither a file nor a folder")
    assert isinstance(one("a\0b"), UnreadableFile)
    assert isinstance(one(""), UnreadableFile)
    assert isinstance(one("x" * 5000), UnreadableFile)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_no_permission(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(WORDS)
    file.chmod(0)
    assert str(one(file)).endswith("no permission to read it")


def test_a_folder_is_read_in_order_and_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/a.txt", "a.txt", "c.txt", ".hidden/d.txt", ".e.txt"):
        (tmp_path / name).write_text(f"Texte {name}")
    (tmp_path / "meta.csv").write_text("path,published\n")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = list(read_paths([tmp_path, tmp_path / "a.txt"]))
    read = [item for item in found if isinstance(item, RawDocument)]
    assert [Path(d.path).relative_to(tmp_path).as_posix() for d in read] == ["a.txt", "b/a.txt", "c.txt"]
    assert [d.name for d in read] == ["a", "a", "c"]
    assert [type(item) for item in found if not isinstance(item, RawDocument)] == [UnreadableFile]


def test_a_folder_without_texts(tmp_path: Path) -> None:
    assert str(one(tmp_path)) == f"{tmp_path}: a folder without texts"


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(WORDS)
    kinds = [type(item) for item in read_paths([tmp_path])]
    assert kinds == [NotText, RawDocument]


def test_standard_input() -> None:
    got = text_of(one("-", stdin=io.BytesIO(WORDS.encode()), published=dt.date(2024, 3, 5)))
    assert (got.name, got.path, got.text) == ("stdin", "-", WORDS)
    assert (got.given.published, got.given.published_by) == (dt.date(2024, 3, 5), Known.GIVEN)


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_html_by_ending_and_by_content(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(PAGE, encoding="utf-8")
    got = text_of(one(file))
    assert got.media_type == "text/html"
    assert got.text.splitlines()[0] == "Le rail à Karsk"
    assert "« Nous financerons la ligne" in got.text.splitlines()[-1]
    assert "Tous droits" not in got.text
    meta = got.given
    assert (meta.title, meta.author, meta.outlet) == ("Le rail à Karsk", "Awa Telmis", "La Voix des Lacs")
    assert (meta.published, meta.url) == (dt.date(2024, 3, 5), "https://lavoix.example/rail")
    assert {meta.title_by, meta.author_by, meta.outlet_by, meta.published_by} == {Known.MARKUP}
    given = text_of(one(file, published=dt.date(2024, 4, 1))).given
    assert (given.published, given.published_by) == (dt.date(2024, 4, 1), Known.GIVEN)


def test_html_dated_by_linked_data_and_in_another_encoding() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2024-03-05T08:00:00+00:00">', "")
    page = page.replace(
        "</head>",
        '<meta charset="iso-8859-1"><script type="application/ld+json">'
        '{"@graph": [{"datePublished": "2024-03-06"}]}</script></head>',
    )
    page = page.replace("’", "'")
    got = capture(page.encode("iso-8859-1"), "p", "p.html", ".html")
    assert got.given.published == dt.date(2024, 3, 6)
    assert "a reçu mardi la délégation" in got.text


@given(st.binary(max_size=400), st.sampled_from([".txt", ".html", ".pdf", ""]))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        got = capture(data, "x", f"x{suffix}", suffix)
    except NotText:
        return
    assert got.text
    assert "\r" not in got.text


@pytest.mark.parametrize(
    "body", ["<div>" * 5000 + "mot", "<p>" + "mot " * 30_000, "<!--" * 2000, "<html " * 3000, "<table>" * 500]
)
def test_hostile_pages_are_read_or_refused(body: str) -> None:
    with contextlib.suppress(NotText):
        capture(b"<html><body>" + body.encode(), "x", "x.html", ".html")


def test_a_manifest_dates_and_names(tmp_path: Path) -> None:
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    for name in ("texts/a.txt", "texts/sub/a.txt", "texts/b.txt", "texts/c.txt"):
        (tmp_path / name).write_text(f"Texte {name}")
    table = tmp_path / "meta.csv"
    table.write_text(
        "Path;Published;Outlet;Note\ntexts/a.txt;2024-03-05;La Voix;x\n"
        "texts/sub/a.txt;06/03/2024;;\nb.txt;2024-03-07T10:00:00;Le Relais;\n",
        encoding="utf-8-sig",
    )
    found = list(read_paths([tmp_path / "texts"], manifest=read_manifest(table), published=dt.date(2020, 1, 1)))
    docs = [text_of(item) for item in found]
    assert [(d.given.published, d.given.outlet) for d in docs] == [
        (dt.date(2024, 3, 5), "La Voix"),
        (dt.date(2024, 3, 7), "Le Relais"),
        (None, None),
        (dt.date(2024, 3, 6), None),
    ]
    assert docs[0].given.published_by is Known.GIVEN


def test_faults_of_a_manifest_name_the_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Texte a")
    (tmp_path / "b.txt").write_text("Texte b")
    table = tmp_path / "meta.csv"
    table.write_text(
        "path,published,title\na.txt,2024-13-05,Le rail\nz.txt,2024-03-05,\n"
        "a.txt,2024-03-05,\n,2024-03-05,\n\nb.txt,2024-03,\n"
    )
    found = list(read_paths([tmp_path], manifest=read_manifest(table)))
    faults = [str(item).removeprefix(f"{table}: ") for item in found if isinstance(item, BadManifest)]
    assert faults == [
        "row 2: “2024-13-05” is not a day such as 2025-04-03",
        "row 4: “a.txt” stands in row 2 already; that one is kept",
        "row 5: no path",
        "row 7: “2024-03” is not a day such as 2025-04-03",
        "row 3: no text named “z.txt” among those given",
    ]
    docs = [item for item in found if isinstance(item, RawDocument)]
    assert [d.given.title for d in docs] == ["Le rail", None]


def test_a_manifest_that_is_none(tmp_path: Path) -> None:
    table = tmp_path / "meta.csv"
    table.write_text("file,date\na.txt,2024-03-05\n")
    with pytest.raises(BadManifest, match="no column “path”"):
        read_manifest(table)
    table.write_text("path,url\na.txt,https://x.example\n")
    assert "“published”" in str(read_manifest(table).faults[0])
    table.write_bytes(b"\0\1\2")
    with pytest.raises(BadManifest):
        read_manifest(table)
    with pytest.raises(UnreadableFile):
        read_manifest(tmp_path / "none.csv")
