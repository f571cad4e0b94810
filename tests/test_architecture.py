"""The house keeps its shape: one-way imports, small files, named things, nothing left undone or tied to one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "tools", "bench", "docs", ".ci")
TEXTUAL = frozenset({".py", ".toml", ".md", ".html", ".css", ".js", ".sh", ".cfg", ".csv", ".txt", ".json", ".ini", ""})
LONGEST = 400

# The words are cut in two here so that this file does not hold what it forbids.
FORBIDDEN = {
    "something left undone": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|NotImplemented" + r"Error)\b"),
    "a package registry's host": re.compile(
        r"\b(?:py" + r"pi\.(?:org|io)|python" + r"hosted\.org|npm" + r"js\.(?:com|org)|registry\." + r"yarnpkg)", re.I
    ),
    "a path of somebody's machine": re.compile(r"(?<![\w.\-])/(?:wor" + r"k|roo" + r"t|hom" + r"e|User" + r"s)/[\w.]"),
}


def files(*suffixes: str) -> list[Path]:
    """Return the repository's own files with one of these endings, caches left out."""
    found = [p for p in ROOT.iterdir() if p.is_file() and p.name != "LICENSE" and not p.name.startswith(".")]
    for folder in FOLDERS:
        found += (p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(p for p in found if p.suffix in suffixes)


PYTHON = files(".py")
PACKAGE = [p for p in PYTHON if (ROOT / "src") in p.parents]


def named(path: Path) -> str:
    """Return a path as a test's name."""
    return str(path.relative_to(ROOT))


def test_rooms_import_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_short() -> None:
    lengths = {named(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PYTHON}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(p) for p in PACKAGE if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert silent == []


def test_no_module_is_a_drawer_for_anything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [named(p) for p in PACKAGE if drawers & {part.removesuffix(".py") for part in p.parts}] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_that_does_not_belong(what: str) -> None:
    pattern = FORBIDDEN[what]
    hits = []
    for path in files(*TEXTUAL):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            hits.append(f"{named(path)}:{line}: {match[0]}")
    assert hits == []


def test_constraints_pin_every_requirement() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.+!]+", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9_.\-]", line)[0]).lower() for line in wanted}
    assert len(names) > 20
    assert names - pinned == set()
