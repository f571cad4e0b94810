"""Measures how fast the workbench answers: every page, with its facets, sorts and searches, on a large database.

    python bench/pages.py PATH [--readers 20] [--seconds 60] [--pause 1.0] [--workers 0] [--only NAME ...]

PATH is a database that `bench/large_store.py` made. The workbench is served by a process of its own, on the loopback.
Each reader asks for a page, reads for a while (`--pause` seconds on average; 0 for readers who ask without end), asks
for another. Prints, page by page, milliseconds of answers to addresses nobody had asked for yet (`new`: how many,
median, 95th percentile) and of those asked for again, which the workbench may have kept; the size; then the processor
time and the memory of the workbench, and how busy the machine was (load, before and after).
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
import threading
import time
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from palabre.model.records import Origin
from palabre.store import Store, listings, queries
from palabre.store.listings import Picked

WORDS = ("barrage", "centrale", "école 120", "port", "usine", "ministre", "les deux pays", "route 7", "ferm*")
SEARCHED = 300
"""Records of a kind that are asked for, taken from its whole length."""
HEAVIEST = 5
"""Records of a kind that rest on most texts, which are asked for as well."""


def addresses(path: Path) -> dict[str, list[str]]:
    """Return addresses of every kind of page, several where pages differ; the heaviest records are among them."""
    with Store.open(path) as store:
        dossier = store.dossier()
        base = f"/d/{quote(dossier.name)}"

        def ids(kind: str, order: str = "ordinal") -> list[str]:
            some = store.ask(listings.records, dossier.id, Picked(kind), order=order, limit=HEAVIEST)
            count = store.ask(listings.count, dossier.id, Picked(kind))
            step = max(1, count // SEARCHED)
            more = [
                store.ask(listings.records, dossier.id, Picked(kind), limit=1, offset=n) for n in range(0, count, step)
            ]
            return [quote(r.id) for r in (*some, *(r for found in more for r in found))]

        docs = [s.id for s in store.ask(listings.sources, dossier.id, limit=SEARCHED, offset=1000)]
        origins = store.ask(listings.records, dossier.id, Picked("origins"), order="-docs", limit=SEARCHED)
        pairs = [o.docs[:2] for o in origins if isinstance(o, Origin) and len(o.docs) > 1]
        commitments, meetings = ids("commitments", "-docs"), ids("meetings", "-docs")
        statements, actors, conflicts = ids("statements", "-docs"), ids("actors", "-docs"), ids("conflicts", "-docs")
    api = f"/api/v1/dossiers/{quote(dossier.name)}"
    facets = [
        "sector=health", "sector=health&sector=energy", "status=overdue", "status=under_way&status=delivered",
        "firmness=signed", "promisor=RUS", "promisor=RUS&beneficiary=TUR", "beneficiary=TUR", "outlet=Journal+7",
        "origins=1", "origins=3", "check=contradicted", "check=question&check=overdue", "check=silent",
        "check=no_beneficiary", "since=2020-01-01&until=2020-12-31", "wishes=1",
        "promisor=RUS&sector=energy&status=overdue",
    ]  # fmt: skip
    met = ("status=planned", "party=RUS", "sessions=1", "q=Ville-7", "party=TUR&page=9")
    sorts = [f"sort={sign}{name}" for name in queries.SORTS for sign in ("", "-")]
    return {
        "dossiers": ["/"],
        "overview": [base],
        "register": [f"{base}/register?page={n}" for n in range(1, 900, 3)],
        "facets": [f"{base}/register?{a}&page={n}" for n in range(1, 12) for a in facets],
        "sorts": [f"{base}/register?{s}&page={n}" for n in (*range(1, 9), 300, 800) for s in sorts],
        "words": [f"{base}/register?q={quote(w)}" for w in WORDS],
        "to check": [f"{base}/register?sort=check&check={c}&page={n}" for n in range(1, 30) for c in queries.CHECKS],
        "largest": [f"{base}/register?size=200&page={n}" for n in range(1, 200)],
        "commitment": [f"{base}/c/{i}" for i in commitments],
        "conflicts": [f"{base}/conflicts?page={n}" for n in range(1, 130)],
        "conflict": [f"{base}/conflicts/{i}" for i in conflicts],
        "meetings": [f"{base}/meetings?page={n}" for n in range(1, 300)]
        + [f"{base}/meetings?{a}" for a in met],
        "meeting": [f"{base}/m/{i}" for i in meetings],
        "calendar": [f"{base}/calendar.ics"],
        "coverage": [f"{base}/coverage"],
        "sources": [f"{base}/sources?page={n}" for n in range(1, 2000, 17)]
        + [f"{base}/sources?order={o}&page={n}" for o in ("published", "-added", "name") for n in range(1, 2000, 90)]
        + [f"{base}/sources?outlet=Journal+{n}" for n in range(200)],
        "document": [f"{base}/t/{i}" for i in docs],
        "compare": [f"{base}/compare"],
        "accounts": [f"{base}/compare?meeting={i}" for i in meetings],
        "texts": [f"{base}/compare?a={a}&b={b}" for a, b in pairs],
        "statements": [f"{base}/statements?page={n}" for n in range(1, 600, 4)]
        + [f"{base}/statements?{a}" for a in ("q=barrage", "form=quote", "form=quote&page=90")]
        + [f"{base}/statements?speaker=Personne+{n}" for n in range(150)],
        "by id": [f"{base}/r/{i}" for i in statements],
        "actors": [f"{base}/actors?page={n}" for n in range(1, 50)]
        + [f"{base}/actors?{a}" for a in ("kind=state", "kind=person", "q=Personne+12")],
        "actor": [f"{base}/actors/{i}" for i in actors],
        "review": [f"{base}/review"],
        "asked": [f"{base}/review?at={i}" for i in commitments],
        "decisions": [f"{base}/decisions?page={n}" for n in range(1, 100)]
        + [f"{base}/decisions?author=Relecteur+{n}" for n in range(5)],
        "search": [f"{base}/search?q={quote(w)}" for w in WORDS],
        "add": [f"{base}/add"],
        "export": [f"{base}/export?{a}" for a in ("", *facets)],
        "one sheet": [f"{base}/export?format=csv&outlet=Journal+{n}" for n in range(9)],
        "workbook": [f"{base}/export?format=xlsx&outlet=Journal+{n}" for n in range(9)],
        "month": [f"{base}/calendar?month=20{y}-{m:02}" for y in range(16, 26) for m in range(1, 13)],
        "news": [f"{base}/news"],
        "api": [f"{api}/commitments?{a}" for a in facets]
        + [f"{api}/commitments?page={n}" for n in range(1, 900, 20)]
        + [f"{api}/{a}?page={n}" for a in ("meetings", "conflicts", "statements", "documents") for n in range(1, 99, 3)]
        + [f"{api}/commitments/{i}" for i in commitments],
    }  # fmt: skip


class Readers:
    """Readers who ask for pages until an instant.

    `taken` is, by kind, how long each answer took (seconds), its size (bytes) and whether its address was a new one.
    """

    def __init__(self, port: int, pages: dict[str, list[str]], until: float, pause: float) -> None:
        """`pause` is in seconds on average, `until` on the monotonic clock."""
        self._port = port
        self._pages = pages
        self._until = until
        self._pause = pause
        self.taken: dict[str, list[tuple[float, int, bool]]] = {name: [] for name in pages}
        self._asked: set[str] = set()
        self.wrong: list[str] = []

    def read(self, seed: int) -> None:
        """Be one reader."""
        dice = random.Random(seed)
        asked = Asked(self._port)
        time.sleep(dice.random() * self._pause)
        while time.monotonic() < self._until and not self.wrong:
            name = dice.choice(list(self._pages))
            address = dice.choice(self._pages[name])
            new = address not in self._asked
            self._asked.add(address)
            took, size, status = asked.get(address)
            if status != 200 and not (status == 303 and "/r/" in address):
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

    def __init__(self, port: int) -> None:
        """`port` is that of the workbench on the loopback."""
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
        self._kept.request("GET", address, headers={"Accept-Language": "fr"})
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
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    pages = {name: some for name, some in addresses(asked.path).items() if some and name in (asked.only or [name])}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()"]
    command += ["--store", str(asked.path), "serve", "--port", str(port), "--workers", str(asked.workers)]
    served = subprocess.Popen(command)
    try:
        wait_for(port, served)
        first = {name: Asked(port).get(some[0])[0] for name, some in pages.items()}
        slowest = sorted(first.items(), key=lambda item: -item[1])[:6]
        load, used, began = os.getloadavg()[0], processor(served.pid), time.monotonic()
        readers = Readers(port, pages, began + asked.seconds, asked.pause)
        readers.run(asked.readers)
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
    print(f"the workbench used {used / took:.2f} of a core and {' + '.join(map(str, held))} MB;")
    print(f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
