"""The pages say what the program does: commands and options named in the README exist, generated pages are fresh."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from palabre.lang.interface import Words
from palabre.ui.cli.main import COMMANDS, GLOBAL_OPTIONS, localised

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/quality.md", "docs/cli.md")
LINE = re.compile(r"^    palabre (.+?)(?:\s+#.*)?$", re.M)


def typed() -> list[list[str]]:
    """Return the commands the README tells people to type, as words."""
    return [match[1].split() for match in LINE.finditer((ROOT / "README.md").read_text(encoding="utf-8"))]


def test_readme_types_real_commands() -> None:
    tree = localised(Words("en"))
    lines = typed()
    assert len(lines) >= 8
    for words in lines:
        assert words[0] in tree.commands, words
        options = {o for p in tree.commands[words[0]].params for o in p.opts} | set(GLOBAL_OPTIONS)
        assert {w.partition("=")[0] for w in words if w.startswith("-")} <= options, words


def test_every_command_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in changelog] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8"))
    inside = [t for t in targets if "://" not in t]
    assert [t for t in inside if not (path.parent / t).exists()] == []


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
