"""Writes the generated pages of `docs/` again: `cli.md` (the help of every command) and the JSON Schemas.

tools/make_docs.py            writes them
tools/make_docs.py --check    writes nothing; the exit status is 1 when a page is not what it should be
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SCHEMAS = ("annotate", "reconcile")
WIDTH = "100"

INTRODUCTION = """# The command line

<!-- Written by `make docs`: edit the help in the code, not this page. -->

In English here; `palabre --lang fr --help` says the same in French, which is the default.
"""


def palabre(*arguments: str) -> str:
    """Return what the command prints, in English, without colours, the same on every machine."""
    environment = os.environ | {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1", "TERM": "dumb"}
    command = [str(Path(sys.executable).with_name("palabre")), "--lang", "en", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.decode("utf-8").splitlines()).strip() + "\n"


def command_names() -> tuple[str, ...]:
    """Return the names of the commands in the order the help shows them."""
    from palabre.ui.cli.main import COMMANDS

    return tuple(name for name, _ in COMMANDS)


def pages() -> dict[Path, str]:
    """Return every generated page with its text."""
    parts = [INTRODUCTION, f"## palabre\n\n```text\n{palabre('--help')}```\n"]
    parts += [f"## palabre {name}\n\n```text\n{palabre(name, '--help')}```\n" for name in command_names()]
    out = {DOCS / "cli.md": "\n".join(parts)}
    for name in SCHEMAS:
        out[DOCS / "schemas" / f"{name}.schema.json"] = palabre("schema", name)
    return out


def main() -> None:
    """Write the pages, or check them."""
    stale = []
    for path, text in pages().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv[1:]:
        if stale:
            sys.exit(f"docs: out of date, run make docs: {', '.join(map(str, stale))}")
    else:
        print(f"docs: {', '.join(map(str, stale)) or 'nothing'} written")


if __name__ == "__main__":
    main()
