"""Measures how fast the workbench answers: every page, with its facets, sorts and searches, on a large database.

    python bench/pages.py PATH [--readers 20] [--seconds 60] [--pause 1.0] [--only NAME ...]

PATH is a database that `bench/large_store.py` made. The workbench is served by a process of its own, on the loopback.
Each reader asks for a page, reads for a while (`--pause` seconds on average; 0 for readers who ask without end), asks
for another. Prints, page by page, how often it was asked for, milliseconds (first time, median, 95th percentile) and
the size; then the processor time of the workbench, and how busy the machine was (load, before and after).
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
SEARCHED = 40
"""Ids of a kind that are asked for."""


def addresses(path: Path) -> dict[str, list[str]]:
    """Return addresses of every kind of page, several where pages differ; the heaviest records are among them."""
    with Store.open(path) as store:
        dossier = store.dossier()
        base = f"/d/{quote(dossier.name)}"

        def ids(kind: str, order: str = "ordinal") -> list[str]:
            some = store.ask(listings.records, dossier.id, Picked(kind), order=order, limit=3)
            count = store.ask(listings.count, dossier.id, Picked(kind))
            more = [
                store.ask(listings.records, dossier.id, Picked(kind), limit=1, offset=count * n // SEARCHED)
                for n in range(SEARCHED if count else 0)
            ]
            return [quote(r.id) for r in (*some, *(r for found in more for r in found))]

        docs = [s.id for s in store.ask(listings.sources, dossier.id, limit=SEARCHED)]
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
    far = (1, 2, 3, 10, 50, 200, 500, 900)
    return {
        "dossiers": ["/"],
        "overview": [base],
        "register": [f"{base}/register?page={n}" for n in (*range(1, 20), *far)],
        "facets": [f"{base}/register?{a}&page={n}" for n in (1, 2) for a in facets],
        "sorts": [f"{base}/register?{s}&page={n}" for n in (1, 300) for s in sorts],
        "words": [f"{base}/register?q={quote(w)}" for w in WORDS],
        "to check": [f"{base}/register?sort=check&check={c}&page={n}" for n in (1, 5) for c in queries.CHECKS],
        "largest": [f"{base}/register?size=200&page={n}" for n in range(1, 9)],
        "commitment": [f"{base}/c/{i}" for i in commitments],
        "conflicts": [f"{base}/conflicts?page={n}" for n in (*range(1, 10), 100)],
        "conflict": [f"{base}/conflicts/{i}" for i in conflicts],
        "meetings": [f"{base}/meetings?page={n}" for n in (*range(1, 10), 100, 300)]
        + [f"{base}/meetings?{a}" for a in met],
        "meeting": [f"{base}/m/{i}" for i in meetings],
        "calendar": [f"{base}/calendar.ics"],
        "coverage": [f"{base}/coverage"],
        "sources": [f"{base}/sources?page={n}" for n in (*range(1, 20), 500, 2000)]
        + [f"{base}/sources?order={o}&page={n}" for o in ("published", "-added", "name") for n in (1, 2, 1000)]
        + [f"{base}/sources?outlet=Journal+{n}" for n in range(9)],
        "document": [f"{base}/t/{i}" for i in docs],
        "compare": [f"{base}/compare"],
        "accounts": [f"{base}/compare?meeting={i}" for i in meetings],
        "texts": [f"{base}/compare?a={a}&b={b}" for a, b in pairs],
        "statements": [f"{base}/statements?page={n}" for n in (*range(1, 10), 400)]
        + [f"{base}/statements?{a}" for a in ("speaker=Personne+7", "q=barrage", "form=quote", "form=quote&page=90")],
        "statement": [f"{base}/r/{i}" for i in statements],
        "actors": [f"{base}/actors?page={n}" for n in (1, 2, 3, 9, 40)]
        + [f"{base}/actors?{a}" for a in ("kind=state", "kind=person", "q=Personne+12")],
        "actor": [f"{base}/actors/{i}" for i in actors],
        "review": [f"{base}/review"],
        "asked": [f"{base}/review?at={i}" for i in commitments],
        "decisions": [f"{base}/decisions?page={n}" for n in (*range(1, 10), 90)]
        + [f"{base}/decisions?author=Relecteur+{n}" for n in range(5)],
        "search": [f"{base}/search?q={quote(w)}" for w in WORDS],
        "add": [f"{base}/add"],
        "export": [f"{base}/export?{a}" for a in ("", *facets)],
        "one sheet": [f"{base}/export?format=csv&outlet=Journal+{n}" for n in range(9)],
        "api": [f"{api}/commitments?{a}" for a in facets]
        + [f"{api}/commitments?page={n}" for n in (1, 2, 900)]
        + [f"{api}/{a}?page={n}" for a in ("meetings", "conflicts", "statements", "documents") for n in (1, 2, 20)]
        + [f"{api}/commitments/{i}" for i in commitments[:9]],
    }  # fmt: skip


class Readers:
    """Readers who ask for pages until an instant; `taken` is, by kind, how long each answer took and its size."""

    def __init__(self, port: int, pages: dict[str, list[str]], until: float, pause: float) -> None:
        """`pause` is in seconds on average, `until` on the monotonic clock."""
        self._port = port
        self._pages = pages
        self._until = until
        self._pause = pause
        self.taken: dict[str, list[tuple[float, int]]] = {name: [] for name in pages}
        self.wrong: list[str] = []

    def read(self, seed: int) -> None:
        """Be one reader."""
        dice = random.Random(seed)
        asked = Asked(self._port)
        time.sleep(dice.random() * self._pause)
        while time.monotonic() < self._until and not self.wrong:
            name = dice.choice(list(self._pages))
            address = dice.choice(self._pages[name])
            took, size, status = asked.get(address)
            if status != 200 and not (status == 303 and "/r/" in address):
                self.wrong.append(f"{address}: {status}")
            self.taken[name].append((took, size))
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
        self._kept.request("GET", address, headers={"Accept-Language": "fr"})
        answer = self._kept.getresponse()
        content = answer.read()
        return time.perf_counter() - began, len(content), answer.status


def processor(process: int) -> float:
    """Return the processor time a process has used, in seconds (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    pages = {name: some for name, some in addresses(asked.path).items() if some and name in (asked.only or [name])}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()"]
    served = subprocess.Popen([*command, "--store", str(asked.path), "serve", "--port", str(port)])
    try:
        wait_for(port, served)
        first = {name: Asked(port).get(some[0])[0] for name, some in pages.items()}
        load, used, began = os.getloadavg()[0], processor(served.pid), time.monotonic()
        readers = Readers(port, pages, began + asked.seconds, asked.pause)
        readers.run(asked.readers)
        took, used = time.monotonic() - began, processor(served.pid) - used
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(30)
    print(f"{'page':12} {'asked':>6} {'first':>7} {'median':>7} {'p95':>7} {'kB':>5}")
    answers = [(name, t, n) for name, several in readers.taken.items() for t, n in several]
    for name in (*pages, ""):
        times = [t * 1000 for kind, t, _ in answers if name in ("", kind)]
        if len(times) > 1:
            size = max(n for kind, _, n in answers if name in ("", kind)) / 1000
            known = f"{first[name] * 1000:7.0f}" if name else " " * 7
            high = quantiles(times, n=20)[-1]
            print(f"{name or 'all':12} {len(times):6} {known} {median(times):7.0f} {high:7.0f} {size:5.0f}")
    print(f"{len(answers) / took:.1f} pages a second, {used / max(1, len(answers)) * 1000:.1f} ms of processor each;")
    print(f"the workbench used {used / took:.2f} of a core; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
