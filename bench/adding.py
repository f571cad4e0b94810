"""Measures what one document more costs in a dossier of many: the records brought up to date in the database.

    python bench/adding.py [--most N] [--seed N] [--folder FOLDER] [--text FILE]

Documents are invented (`invented.py`); those added are taken from among the others, so each touches events that are
there. Each is added by a store opened anew, as a program that begins would. With `--text`, `palabre add` is run on that
file too, beside `palabre annotate`, which does all but the adding. `--folder` keeps the database and uses it again.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import Inventor
from palabre.app.dossiers import refresh
from palabre.model.dossier import Dossier
from palabre.store.store import Store

SIZES = (1_000, 3_000, 10_000)
ADDED = 40
AT_ONCE = 500
DOSSIER = Dossier(name="essai", title="Essai", parties=("MLI", "RUS"))


def measure(folder: Path, most: int, seed: int) -> dict[str, float]:
    """Return the seconds and processor seconds that one document more takes when `most` are there, and the sizes."""
    documents = list({d.document.id: d for d in Inventor(most + ADDED, seed).documents()}.values())
    random.Random(seed).shuffle(documents)
    there, more = documents[:-ADDED], documents[-ADDED:]
    path = folder / f"{most}.db"
    out: dict[str, float] = {"documents": most}
    if not path.exists():
        with Store.open(path) as store:
            store.create_dossier(DOSSIER)
            for at in range(0, len(there), AT_ONCE):
                store.add_documents(DOSSIER, there[at : at + AT_ONCE])
            out["stored_mb"] = path.stat().st_size / 1e6
            begun, cpu = time.perf_counter(), time.process_time()
            refresh(store, DOSSIER)
            out["first_seconds"], out["first_cpu"] = time.perf_counter() - begun, time.process_time() - cpu
    took, busy = [], []
    for read in more:
        with Store.open(path) as store:
            begun, cpu = time.perf_counter(), time.process_time()
            store.add_document(DOSSIER, read)
            refresh(store, DOSSIER)
            took.append(time.perf_counter() - begun)
            busy.append(time.process_time() - cpu)
    out["median"], out["worst"] = statistics.median(took), max(took)
    out["cpu_median"], out["cpu_worst"] = statistics.median(busy), max(busy)
    out["whole_mb"] = path.stat().st_size / 1e6
    return out


def command(folder: Path, most: int, text: Path) -> dict[str, float]:
    """Return the seconds of `palabre add` on a text, and of `palabre annotate`, which reads it and adds nothing."""
    tool = [str(Path(sys.executable).with_name("palabre"))]
    out = {}
    own = folder / f"one-{time.time_ns()}.txt"
    own.write_text(text.read_text(encoding="utf-8") + f"\n\nLu le {time.time_ns()}.\n", encoding="utf-8")
    for name, asked in (
        ("annotate", ["annotate", str(own)]),
        ("add", ["--store", str(folder / f"{most}.db"), "add", str(own)]),
    ):
        begun = time.perf_counter()
        subprocess.run([*tool, *asked], check=True, capture_output=True)
        out[name] = time.perf_counter() - begun
    return out


def main() -> None:
    """Read the command line, measure, print one line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--most", type=int, default=1_000, help="leave larger sizes out (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the databases are, and stay")
    parser.add_argument("--text", type=Path, help="a text to add with the command line")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for most in [s for s in SIZES if s <= asked.most]:
            print(json.dumps(measure(folder, most, asked.seed)), flush=True)
            if asked.text:
                print(json.dumps(command(folder, most, asked.text)), flush=True)


if __name__ == "__main__":
    main()
