"""Scores `palabre annotate` and `palabre reconcile` on every gold set there is, one by one and pooled.

The gold lies outside the repository: in `$PALABRE_SHARED`, else in `../shared` beside it. Where there is none, one
sentence says so and nothing fails. Each text is given the publication date its gold has, through a manifest.

    tools/score_all.py [--errors] [--markdown] [SET ...]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COUNTED = ("P", "R", "F1", "gold", "pred")
Figures = dict[str, dict[str, Any]]


@dataclass
class Pool:
    """Counts of one field over several sets: `right` found, `gold` to find, `shown` by the program."""

    right: int = 0
    gold: int = 0
    shown: int = 0
    side: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, row: dict[str, float]) -> None:
        """Add the counts of one set; shares are of what was found."""
        right = round(row["R"] * row["gold"])
        self.right += right
        self.gold += int(row["gold"])
        self.shown += int(row["pred"])
        for name, share in row.items():
            if name not in COUNTED:
                self.side[name] += share * right

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1 over all sets, and the shares of what was found."""
        precision = self.right / self.shown if self.shown else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        out: dict[str, float] = {"P": precision, "R": recall, "F1": f1, "gold": self.gold, "pred": self.shown}
        return out | {name: total / self.right for name, total in self.side.items() if self.right}


def shared_eval() -> Path | None:
    """Return the folder of the gold, or None."""
    folder = Path(os.environ.get("PALABRE_SHARED") or ROOT.parent / "shared") / "eval"
    return folder if (folder / "score.py").is_file() else None


def write_manifest(texts: Path, gold: Path, target: Path) -> None:
    """Write the manifest that gives each text of a set its publication date (empty where gold has none)."""
    with target.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("path", "published"))
        for path in sorted(gold.glob("[!_]*.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            date = truth.get("published") or truth.get("assumed_published") or ""
            rows.writerow((texts / f"{path.stem}.txt", date))


def run_palabre(command: str, texts: Path, manifest: Path, output: Path) -> float:
    """Run one command on a set, keep what it prints, and return the seconds it took."""
    began = time.perf_counter()
    with output.open("wb") as out:
        line = [str(Path(sys.executable).with_name("palabre")), command, str(texts), "--manifest", str(manifest)]
        done = subprocess.run(line, stdout=out, check=False)
    if done.returncode != 0:
        print(f"palabre {command} {texts.name}: exit status {done.returncode}", file=sys.stderr)
    return time.perf_counter() - began


def score_set(folder: Path, name: str, work: Path, errors: bool) -> Figures | None:
    """Run both commands on one set and return its figures, or None when they cannot be had."""
    texts, gold = folder / "texts" / name, folder / "gold" / name
    manifest, found, dossier = work / f"{name}.csv", work / f"{name}.jsonl", work / f"{name}.json"
    write_manifest(texts, gold, manifest)
    seconds = run_palabre("annotate", texts, manifest, found), run_palabre("reconcile", texts, manifest, dossier)
    line = [sys.executable, str(folder / "score.py"), "--gold", str(gold), "--texts", str(texts), "--pred", str(found)]
    if dossier.stat().st_size:
        line += ["--dossier", str(dossier)]
    print(f"\n== {name} (annotate {seconds[0]:.1f} s, reconcile {seconds[1]:.1f} s)", flush=True)
    if subprocess.run([*line, *(["--errors"] if errors else [])], check=False).returncode != 0:
        return None
    answer = subprocess.run([*line, "--json"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    figures: Figures = json.loads(answer.stdout)
    return figures


def pooled(sets: dict[str, Figures]) -> dict[str, dict[str, float]]:
    """Return each field's figures over all sets, counts added up."""
    pools: dict[str, Pool] = {}
    for figures in sets.values():
        for name, row in figures.items():
            if name != "dossier":
                pools.setdefault(name, Pool()).add(row)
    return {name: pool.figures() for name, pool in pools.items()}


def print_pool(rows: dict[str, dict[str, float]], count: int) -> None:
    """Print the pooled table in the layout of the scorer."""
    print(f"\n== all {count} sets together")
    for name, row in rows.items():
        side = "  ".join(f"{k} {v:.2f}" for k, v in row.items() if k not in COUNTED)
        counts = f"(gold {row['gold']:.0f}, shown {row['pred']:.0f})"
        print(f"{name:20} F1 {row['F1']:.3f}  P {row['P']:.3f}  R {row['R']:.3f}  {counts}  {side}")


def print_markdown(sets: dict[str, Figures], rows: dict[str, dict[str, float]]) -> None:
    """Print the figures as the tables of `docs/quality.md`."""
    names = list(sets)
    print(f"\n| F1 | {' | '.join(names)} | all | P | R | of those found |")
    print("|---" * (len(names) + 5) + "|")
    for name, row in rows.items():
        cells = [f"{sets[s][name]['F1']:.2f}" for s in names]
        side = ", ".join(f"{k} {v:.2f}" for k, v in row.items() if k not in COUNTED)
        print(f"| {name} | {' | '.join(cells)} | **{row['F1']:.2f}** | {row['P']:.2f} | {row['R']:.2f} | {side} |")
    keys = list(dict.fromkeys(key for figures in sets.values() for key in figures.get("dossier", {})))
    if keys:
        print(f"\n| across documents | {' | '.join(names)} |")
        print("|---" * (len(names) + 1) + "|")
        for key in keys:
            values = [sets[s].get("dossier", {}).get(key, "") for s in names]
            print(f"| {key} | {' | '.join(v if isinstance(v, str) else f'{v:.2f}' for v in values)} |")


def main() -> None:
    """Score the sets asked for, or every one there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="names of sets; all of them when none is given")
    parser.add_argument("--errors", action="store_true", help="list each miss and each wrong guess")
    parser.add_argument("--markdown", action="store_true", help="print tables for docs/quality.md too")
    options = parser.parse_args()
    folder = shared_eval()
    if folder is None:
        print("score: there is no gold here ($PALABRE_SHARED or ../shared), so there is nothing to score")
        return
    there = sorted(p.name for p in (folder / "gold").iterdir() if (folder / "texts" / p.name).is_dir())
    unknown = [name for name in options.sets if name not in there]
    if unknown:
        sys.exit(f"score: no such set: {', '.join(unknown)} (there are {', '.join(there)})")
    sets: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="palabre-score-") as work:
        for name in options.sets or there:
            figures = score_set(folder, name, Path(work), options.errors)
            if figures is not None:
                sets[name] = figures
    if not sets:
        sys.exit("score: no set could be scored")
    rows = pooled(sets)
    print_pool(rows, len(sets))
    if options.markdown:
        print_markdown(sets, rows)


if __name__ == "__main__":
    main()
