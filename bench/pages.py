"""Measures how fast the workbench answers: every page, with its facets, sorts and searches, on a large database.

    python bench/pages.py PATH [--readers 20] [--seconds 60] [--pause 1.0] [--workers 0] [--only NAME ...]
        [--team] [--writes SECONDS]

PATH is a database that `bench/large_store.py` made. The workbench is served by a process of its own, on the loopback.
Each reader asks for a page, reads for a while (`--pause` seconds on average; 0 for readers who ask without end), asks
for another. With `--team` each reader has an account, in a copy of the database, and asks for the pages of people and
rights and for views kept under a name as well; with `--writes` one of them writes something (a note, a view, a reply, a
subscription) every so many seconds, so that what is kept of pages is made again.

Prints, page by page, milliseconds of answers to addresses the reader (in a team; else anybody) had not asked for yet
(`new`: how many, median, 95th percentile) and of those asked for again, which the workbench may have kept; the size;
then the processor time and the memory of the workbench, the processor time of the readers, and how busy the machine
was (load, before and after).
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles

from pages_team import Team, copied
from pages_there import addresses


class Readers:
    """Readers who ask for pages until an instant.

    `taken` is, by kind, how long each answer took (seconds), its size (bytes) and whether its address was a new one.
    """

    def __init__(
        self, port: int, pages: dict[str, list[str]], until: float, pause: float, team: Team | None = None
    ) -> None:
        """`pause` is in seconds on average, `until` on the monotonic clock; without a `team` nobody has an account."""
        self._team = team
        self._port = port
        self._pages = pages
        self._until = until
        self._pause = pause
        self.taken: dict[str, list[tuple[float, int, bool]]] = {name: [] for name in pages}
        self._asked: set[tuple[int, str]] = set()
        self.wrong: list[str] = []

    def read(self, seed: int) -> None:
        """Be one reader."""
        dice = random.Random(seed)
        asked = Asked(self._port, self._team.cookie(seed) if self._team else "")
        time.sleep(dice.random() * self._pause)
        while time.monotonic() < self._until and not self.wrong:
            name = dice.choice(list(self._pages))
            address = dice.choice(self._pages[name])
            known = (seed if self._team else 0, address)
            new = known not in self._asked
            self._asked.add(known)
            took, size, status = asked.get(address)
            if status != 200 and not (status == 303 and ("/r/" in address or "/views/" in address)):
                self.wrong.append(f"{address}: {status}")
            self.taken[name].append((took, size, new))
            if self._pause:
                time.sleep(dice.expovariate(1 / self._pause))

    def run(self, count: int) -> None:
        """Let so many readers read. Raises SystemExit when an answer was no page."""
        several = [threading.Thread(target=self.read, args=(seed,)) for seed in range(count)]
        for one in several:
            one.start()
        for one in several:
            one.join()
        if self.wrong:
            raise SystemExit(self.wrong[0])


class Asked:
    """A connection that is kept."""

    def __init__(self, port: int, cookie: str = "") -> None:
        """`port` is that of the workbench on the loopback; `cookie` says who asks."""
        self._headers = {"Accept-Language": "fr"} | ({"Cookie": cookie} if cookie else {})
        self._kept = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, address: str) -> tuple[float, int, int]:
        """Return how long an answer took (seconds), its size (bytes) and its status."""
        began = time.perf_counter()
        try:
            answer = self._asked(address)
        except (ConnectionError, http.client.HTTPException):
            # A connection that was idle is closed by the other end; a browser opens another.
            self._kept.close()
            answer = self._asked(address)
        content = answer.read()
        return time.perf_counter() - began, len(content), answer.status

    def _asked(self, address: str) -> http.client.HTTPResponse:
        self._kept.request("GET", address, headers=self._headers)
        return self._kept.getresponse()


def processes(first: int) -> list[int]:
    """Return a process and those it started (Linux)."""
    started = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
    return [first, *(its for one in started for its in processes(int(one)))]


def processor(first: int) -> float:
    """Return the processor time a process and those it started have used, in seconds (Linux)."""
    out = 0.0
    for its in processes(first):
        fields = Path(f"/proc/{its}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        out += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return out


def memory(first: int) -> list[int]:
    """Return the megabytes a process and those it started hold, what they share divided among them (Linux)."""
    out = []
    for its in processes(first):
        lines = Path(f"/proc/{its}/smaps_rollup").read_text(encoding="ascii").splitlines()
        out.append(next(int(line.split()[1]) // 1000 for line in lines if line.startswith("Pss:")))
    return out


def told(times: list[float]) -> str:
    """Return how many times there are, their median and their 95th percentile."""
    if len(times) < 2:
        return f"{len(times):6} {''.join(f'{t:7.0f}' for t in times) or '':>7} {'':7}"
    return f"{len(times):6} {median(times):7.0f} {quantiles(times, n=20)[-1]:7.0f}"


def wait_for(port: int, served: subprocess.Popen[bytes]) -> None:
    """Wait until the workbench answers."""
    for _ in range(600):
        try:
            Asked(port).get("/")
        except OSError:
            time.sleep(0.1)
            if served.poll() is not None:
                break
        else:
            return
    raise SystemExit("the workbench does not answer")


def main() -> None:
    """Start the workbench in a process of its own, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--settle", type=float, default=0, help="seconds from the start to the first reader")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--team", action="store_true")
    parser.add_argument("--writes", type=float, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.path.parent) as folder:
        path = copied(asked.path, Path(folder)) if asked.team else asked.path
        measure(asked, path, Team(path, asked.readers) if asked.team else None)


def measure(asked: argparse.Namespace, path: Path, team: Team | None) -> None:
    """Serve the database at `path`, have it read, print."""
    there = addresses(path) | (team.pages if team else {})
    pages = {name: some for name, some in there.items() if some and name in (asked.only or [name])}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()"]
    command += ["--store", str(path), "serve", "--port", str(port), "--workers", str(asked.workers)]
    served = subprocess.Popen(command)
    try:
        wait_for(port, served)
        cookie = team.cookie(0) if team else ""
        first = {name: Asked(port, cookie).get(some[0])[0] for name, some in pages.items()}
        time.sleep(asked.settle)
        slowest = sorted(first.items(), key=lambda item: -item[1])[:6]
        load, used, began, own = os.getloadavg()[0], processor(served.pid), time.monotonic(), time.process_time()
        readers, written = Readers(port, pages, began + asked.seconds, asked.pause, team), list[float]()
        with team.writing(port, asked.writes, written) if team and asked.writes else nullcontext():
            readers.run(asked.readers)
        own = time.process_time() - own
        took, used = time.monotonic() - began, processor(served.pid) - used
        held = memory(served.pid)
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(30)
    answers = [(name, *answer) for name, several in readers.taken.items() for answer in several]
    print(f"{'page':12} {'new':>6} {'median':>7} {'p95':>7} {'again':>7} {'median':>7} {'p95':>7} {'kB':>5}")
    for name in (*pages, ""):
        mine = [a for a in answers if name in ("", a[0])]
        new, again = ([t * 1000 for _, t, _, first in mine if first is kind] for kind in (True, False))
        size = max((size for _, _, size, _ in mine), default=0) / 1000
        print(f"{name or 'all':12} {told(new)} {told(again)} {size:5.0f}")
    print("slowest just after the start: " + ", ".join(f"{name} {t * 1000:.0f} ms" for name, t in slowest))
    print(f"{len(answers) / took:.1f} pages a second, {used / max(1, len(answers)) * 1000:.1f} ms of processor each;")
    print(f"the readers used {own / max(1, len(answers)) * 1000:.1f} ms of processor a page;")
    if written:
        print(f"written {len(written)} times: median, 95th percentile (ms) {told([t * 1000 for t in written])[6:]};")
    print(f"the workbench used {used / took:.2f} of a core and {' + '.join(map(str, held))} MB;")
    print(f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
