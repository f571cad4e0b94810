"""Measures how the comparison of documents grows: time, memory, and how right it is, from 1,000 to 100,000 documents.

    python bench/scale.py [--most N] [--seed N] [--write]

Documents are invented (`invented.py`), so what is the same in them is known. Each size runs in a process of its own,
one after the other. `--most` leaves larger sizes out (3,000 take a minute); `--write` puts the curve into `docs/`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from invented import Inventor
from palabre.reconcile.actors import merge_actors
from palabre.reconcile.commitments import group_commitments
from palabre.reconcile.copies import find_copies
from palabre.reconcile.judged import decisions
from palabre.reconcile.meetings import group_meetings
from palabre.reconcile.statements import group_statements
from palabre.register.build import build_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
RATED = ("copies", "meetings", "commitments")
DOCS = Path(__file__).resolve().parent.parent / "docs"


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Return the pairs of ids that stand in one group, each in order."""
    return {pair for ids in groups for pair in combinations(sorted(ids), 2)}


def rightness(found: Iterable[Iterable[str]], true: Iterable[Iterable[str]]) -> tuple[float, float]:
    """Return the precision and recall of the pairs in `found` groups against `true` ones (1.0 where none is)."""
    got, wanted = pairs_of(found), pairs_of(true)
    both = len(got & wanted)
    return (both / len(got) if got else 1.0, both / len(wanted) if wanted else 1.0)


def measure(most: int, seed: int) -> dict[str, float]:
    """Return seconds, peak memory in MB, and precision and recall, for `most` documents. Meant for a fresh process."""
    inventor = Inventor(most, seed)
    documents = list(inventor.documents())
    held = _peak()
    out: dict[str, float] = {"documents": len(documents), "texts_mb": held}
    none = decisions(())
    begun, cpu = time.perf_counter(), time.process_time()
    step = begun

    def lap(name: str) -> None:
        nonlocal step
        now = time.perf_counter()
        out[name] = now - step
        step = now

    copies = find_copies(documents)
    lap("copies")
    actors = merge_actors(documents)
    lap("actors")
    meetings = group_meetings(documents, copies, none)
    lap("meetings")
    commitments = group_commitments(documents, copies, none)
    lap("commitments")
    statements = group_statements(documents, actors, copies, none)
    lap("statements")
    out["seconds"], out["cpu"] = time.perf_counter() - begun, time.process_time() - cpu
    out["memory_mb"] = _peak()
    truth = inventor.truth
    found = (
        ("copies", [o.docs for o in copies.origins], truth.copies),
        ("meetings", [[i.id for i in g.items] for g in meetings], truth.meetings),
        ("commitments", [[i.id for i in g.items] for g in commitments], truth.commitments),
    )
    for name, groups, true in found:
        out[f"{name}_precision"], out[f"{name}_recall"] = rightness(groups, true.values())
    out["statements_found"] = len(statements)
    return out


def measure_whole(most: int, seed: int) -> dict[str, float]:
    """Return seconds and peak memory in MB of the whole register."""
    documents = list(Inventor(most, seed).documents())
    begun, cpu = time.perf_counter(), time.process_time()
    build_register(documents)
    took, busy = time.perf_counter() - begun, time.process_time() - cpu
    return {"documents": most, "seconds": took, "cpu": busy, "memory_mb": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


KINDS: dict[str, Callable[[int, int], dict[str, float]]] = {
    "grouping": measure,
    "whole": measure_whole,
}
LARGEST_WHOLE = 10_000


def measured(kind: str, size: int, seed: int) -> dict[str, float]:
    """Return one measure, taken in a process of its own."""
    asked = [sys.executable, __file__, "--one", kind, "--most", str(size), "--seed", str(seed)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True, env={**os.environ, **ONE_CORE})
    return {k: float(v) for k, v in json.loads(done.stdout).items()}


def curve(rows: Sequence[Mapping[str, float]]) -> str:
    """Return a picture (SVG) of the seconds by number of documents, both axes logarithmic, beside a straight line."""
    left, top, wide, high = 70.0, 20.0, 480.0, 300.0
    xs, ys = (3.0, 5.0), (0.0, 3.0)

    def at(documents: float, seconds: float) -> tuple[float, float]:
        x = left + (math.log10(documents) - xs[0]) / (xs[1] - xs[0]) * wide
        y = top + high - (math.log10(max(seconds, 1.0)) - ys[0]) / (ys[1] - ys[0]) * high
        return x, y

    def line(points: Iterable[tuple[float, float]], style: str) -> str:
        return f'<polyline fill="none" {style} points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>'

    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 570 370" font-family="sans-serif" font-size="12">',
        "<title>Seconds of processor time by number of documents</title>",
        '<rect width="570" height="370" fill="white"/>',
    ]
    for documents in SIZES:
        x, y = at(documents, 1)
        out.append(f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{documents:,}</text>')
    for seconds in (1, 10, 100, 1000):
        x, y = at(1000, seconds)
        out.append(f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{seconds} s</text>')
        out.append(line([(x, y), (x + wide, y)], 'stroke="#ddd"'))
    first = rows[0]["cpu"] / rows[0]["documents"]
    out.append(line([at(n, first * n) for n in (SIZES[0], SIZES[-1])], 'stroke="#999" stroke-dasharray="5 4"'))
    points = [at(r["documents"], r["cpu"]) for r in rows]
    out.append(line(points, 'stroke="#1f5fa8" stroke-width="2"'))
    out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f5fa8"/>' for x, y in points]
    out.append('<text x="310" y="360" text-anchor="middle">documents (dashes: strictly linear)</text>')
    return "\n".join([*out, "</svg>", ""])


def table(rows: Sequence[Mapping[str, float]]) -> str:
    """Return the figures of copies and grouping as a table."""
    out = [
        "| documents | elapsed | processor | a document | memory | copies P / R | meetings P / R | commitments P / R |"
    ]
    out.append("|---" * 8 + "|")
    for r in rows:
        rates = " | ".join(f"{r[f'{k}_precision']:.3f} / {r[f'{k}_recall']:.3f}" for k in RATED)
        each = 1000 * r["cpu"] / r["documents"]
        out.append(
            f"| {r['documents']:,.0f} | {r['seconds']:.0f} s | {r['cpu']:.0f} s | {each:.1f} ms "
            f"| {r['memory_mb']:,.0f} MB | {rates} |"
        )
    return "\n".join(out)


def main() -> None:
    """Read the command line, measure, print, and write what is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--most", type=int, default=3_000, help="leave larger sizes out (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the curve to docs/scale.svg")
    parser.add_argument("--one", choices=sorted(KINDS), help="one measure of --most documents, as JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(KINDS[asked.one](asked.most, asked.seed)))
        return
    rows = []
    for size in [s for s in SIZES if s <= asked.most]:
        rows.append(measured("grouping", size, asked.seed))
        print(json.dumps(rows[-1]), file=sys.stderr)
    print(table(rows))
    print("whole", json.dumps(measured("whole", min(asked.most, LARGEST_WHOLE), asked.seed)))
    if asked.write:
        (DOCS / "scale.svg").write_text(curve(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
