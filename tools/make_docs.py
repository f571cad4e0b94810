"""Writes the generated pages of `docs/` again: `cli.md` (the help of every command) and the JSON Schemas.

tools/make_docs.py            writes them
tools/make_docs.py --check    writes nothing; the exit status is 1 when a page is not what it should be
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SCHEMAS = ("annotate", "reconcile")

# Read by typer when it is imported: the help must be the same on every machine, in a terminal or not.
os.environ.update(COLUMNS="100", TERMINAL_WIDTH="100", NO_COLOR="1", TERM="dumb")

INTRODUCTION = """# The command line

<!-- Written by `make docs`: edit the help in the code, not this page. -->

In English here; without `--lang en` the help is in the language of `LANG`, French by default. `--store`, `--dossier`
and `--lang` may stand anywhere on the line.
"""


def palabre(*arguments: str) -> str:
    """Return what a command prints, in English, without colours."""
    from palabre.ui.cli.main import run

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        run(["--lang", "en", *arguments])
    return "\n".join(line.rstrip() for line in printed.getvalue().splitlines()).strip() + "\n"


def pages() -> dict[Path, str]:
    """Return every generated page with its text."""
    from palabre.ui.cli.main import COMMANDS

    parts = [INTRODUCTION, f"## palabre\n\n```text\n{palabre('--help')}```\n"]
    parts += [f"## palabre {name}\n\n```text\n{palabre(name, '--help')}```\n" for name in COMMANDS]
    out = {DOCS / "cli.md": "\n".join(parts)}
    for name in SCHEMAS:
        out[DOCS / "schemas" / f"{name}.schema.json"] = palabre("schema", name)
    return out


def main() -> None:
    """Write the pages, or check them."""
    check = "--check" in sys.argv[1:]
    stale = [p for p, text in pages().items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    names = ", ".join(str(p.relative_to(ROOT)) for p in stale)
    if check:
        sys.exit(f"docs: out of date, run make docs: {names}" if stale else 0)
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"docs: {names or 'nothing'} written")


if __name__ == "__main__":
    main()
