"""What cannot be read is said in one sentence with its name; the rest of the run goes on; the exit status tells."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

    Palabre = Callable[..., Ran]

GOOD = "Le 3 mai 2024, le Pérou s'est engagé à livrer dix tracteurs au Ghana, a annoncé le ministre péruvien."


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "bon.txt").write_text(GOOD, encoding="utf-8")
    return folder


def _empty(folder: Path) -> None:
    (folder / "mauvais.txt").write_bytes(b"")


def _blank(folder: Path) -> None:
    (folder / "mauvais.txt").write_bytes(b" \n\t\n")


def _binary(folder: Path) -> None:
    (folder / "mauvais.txt").write_bytes(bytes(range(256)) * 40)


def _image(folder: Path) -> None:
    (folder / "mauvais.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))


def _large(folder: Path) -> None:
    with (folder / "mauvais.txt").open("wb") as file:
        file.truncate(50_000_000)


def _broken_link(folder: Path) -> None:
    (folder / "mauvais.txt").symlink_to(folder / "nulle-part")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "mauvais.txt")


@pytest.mark.parametrize("make", [_empty, _blank, _binary, _image, _large, _broken_link, _pipe])
@pytest.mark.parametrize("command", ["annotate", "reconcile", "add"])
def test_a_bad_file_is_named_and_the_rest_goes_on(
    palabre: Palabre, texts: Path, make: Callable[[Path], None], command: str
) -> None:
    palabre("init", "d")
    make(texts)
    run = palabre(command, str(texts))
    assert run.status == 3
    assert run.err.count("\n") == 1
    assert "mauvais.txt : " in run.err
    assert "Péru" in run.out or "bon.txt" in run.out or '"bon"' in run.out


def test_broken_utf8_is_read_as_it_can_be(palabre: Palabre, texts: Path) -> None:
    (texts / "latin.txt").write_bytes(GOOD.replace("dix", "treize").encode("cp1252"))
    (texts / "casse.txt").write_bytes(GOOD.encode() + b" \xff\xfe\xc3 suite.")
    palabre("init", "d")
    run = palabre("add", str(texts))
    assert run.status == 0
    assert "3 ajoutés" in run.out
    assert "latin.txt" in run.err
    assert "casse.txt" in run.err


def test_a_path_that_is_not_there(palabre: Palabre, texts: Path) -> None:
    run = palabre("annotate", str(texts), "absent.txt")
    assert run.status == 3
    assert run.err.strip().startswith("absent.txt : ")
    assert run.out.count("\n") == 1


def test_a_folder_without_texts(palabre: Palabre, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    run = palabre("annotate", "vide")
    assert run.status == 3
    assert run.err.startswith("vide : ")


def test_a_file_no_one_may_read(palabre: Palabre, texts: Path) -> None:
    closed = texts / "mauvais.txt"
    closed.write_text(GOOD, encoding="utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("whoever runs this may read every file")
    run = palabre("annotate", str(texts))
    assert run.status == 3
    assert "mauvais.txt : " in run.err


def test_a_wrong_date_and_a_wrong_party(palabre: Palabre, texts: Path) -> None:
    for arguments in (
        ("annotate", str(texts), "--published", "hier"),
        ("init", "d", "--parties", "RUS,Atlantide"),
        ("init", "d", "--cadence", "souvent"),
    ):
        run = palabre(*arguments)
        assert run.status == 1
        assert run.err.count("\n") == 1
        assert arguments[-1].split(",")[-1] in run.err


def test_a_database_of_a_later_version_is_left_alone(palabre: Palabre, texts: Path) -> None:
    palabre("init", "d")
    with sqlite3.connect("palabre.db") as base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")
    base.close()
    before = Path("palabre.db").read_bytes()
    run = palabre("add", str(texts))
    assert run.status == 1
    assert "palabre.db" in run.err
    assert run.err.count("\n") == 1
    assert Path("palabre.db").read_bytes() == before


def test_a_file_that_is_no_database(palabre: Palabre) -> None:
    Path("palabre.db").write_text("bonjour " * 1000, encoding="utf-8")
    run = palabre("status")
    assert run.status == 1
    assert "palabre.db" in run.err
    assert Path("palabre.db").read_text(encoding="utf-8").startswith("bonjour")


def test_a_report_that_cannot_be_written(palabre: Palabre, texts: Path) -> None:
    palabre("init", "d")
    palabre("add", str(texts))
    run = palabre("report", "--out", "nulle/part/r.html")
    assert run.status == 1
    assert "nulle/part/r.html" in run.err


def test_messages_are_french_unless_english_is_asked(palabre: Palabre, texts: Path) -> None:
    _empty(texts)
    french = palabre("annotate", str(texts)).err
    english = palabre("annotate", str(texts), "--lang", "en").err
    assert french != english
