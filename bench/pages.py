"""Measures how fast the workbench answers: every page, twenty readers at once, on a large database.

    python bench/pages.py PATH [--readers 20] [--seconds 20] [--pause 1.0]

PATH is a database that `bench/large_store.py` made. Each reader asks for a page, reads for a while (`--pause` seconds
on average), asks for another. Prints, page by page, the median and the 95th percentile in milliseconds, and the size.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import httpx

from palabre.store import Store, listings
from palabre.store.listings import Picked


def addresses(path: Path) -> dict[str, list[str]]:
    """Return addresses of every kind of page, several where pages differ."""
    with Store.open(path) as store:
        dossier = store.dossier()
        base = f"/d/{quote(dossier.name)}"

        def ids(kind: str) -> list[str]:
            return [r.id for r in store.ask(listings.records, dossier.id, Picked(kind), limit=40)]

        docs = [s.id for s in store.ask(listings.sources, dossier.id, limit=40)]
        commitments, meetings = ids("commitments"), ids("meetings")
        conflicts = ids("conflicts")
    words = ("barrage", "centrale", "école 120", "port", "usine")
    asked = [f"sector=health&page={n}" for n in range(1, 8)] + [
        f"promisor=RUS&firmness=signed&sort=due&page={n}" for n in (1, 2, 3)
    ]
    return {
        "dossiers": ["/"],
        "overview": [base],
        "register": [f"{base}/register?page={n}" for n in range(1, 30)],
        "filtered": [f"{base}/register?{a}" for a in asked],
        "searched": [f"{base}/register?q={quote(w)}" for w in words],
        "to check": [f"{base}/register?sort=check&check=overdue&page={n}" for n in range(1, 6)],
        "commitment": [f"{base}/c/{i}" for i in commitments],
        "meetings": [f"{base}/meetings?page={n}" for n in range(1, 10)],
        "meeting": [f"{base}/m/{i}" for i in meetings],
        "document": [f"{base}/t/{i}" for i in docs],
        "sources": [f"{base}/sources?page={n}" for n in range(1, 30)],
        "compare": [f"{base}/compare"],
        "accounts": [f"{base}/compare?meeting={i}" for i in meetings],
        "coverage": [f"{base}/coverage"],
        "actors": [f"{base}/actors"],
        "statements": [f"{base}/statements?page={n}" for n in range(1, 10)],
        "conflicts": [f"{base}/conflicts?page={n}" for n in range(1, 10)],
        "conflict": [f"{base}/conflicts/{i}" for i in conflicts],
        "search": [f"{base}/search?q={quote(w)}" for w in words],
    }


async def measure(
    url: str, pages: dict[str, list[str]], readers: int, seconds: float, pause: float
) -> dict[str, list[tuple[float, int]]]:
    """Return, for each kind of page, how long each answer took (seconds) and its size (bytes)."""
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in pages}
    end = time.monotonic() + seconds

    async def reader(seed: int) -> None:
        dice = random.Random(seed)
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            await asyncio.sleep(dice.random() * pause)
            while time.monotonic() < end:
                name = dice.choice(list(pages))
                began = time.perf_counter()
                answer = await client.get(dice.choice(pages[name]))
                took = time.perf_counter() - began
                if answer.status_code != 200:
                    raise SystemExit(f"{answer.url}: {answer.status_code}")
                taken[name].append((took, len(answer.content)))
                await asyncio.sleep(dice.expovariate(1 / pause))

    await asyncio.gather(*(reader(seed) for seed in range(readers)))
    return taken


def main() -> None:
    """Start the workbench in a process of its own, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    asked = parser.parse_args()
    pages = addresses(asked.path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()"]
    served = subprocess.Popen([*command, "--store", str(asked.path), "serve", "--port", str(port)])
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(url, timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        first = {}
        for name, some in pages.items():
            began = time.perf_counter()
            httpx.get(url + some[0], timeout=120)
            first[name] = time.perf_counter() - began
        taken = asyncio.run(measure(url, pages, asked.readers, asked.seconds, asked.pause))
    finally:
        served.terminate()
        served.wait(20)
    print(f"{'page':12} {'asked':>6} {'first':>8} {'median':>8} {'p95':>8} {'kB':>6}")
    for name, answers in taken.items():
        if len(answers) < 2:
            continue
        times = [t * 1000 for t, _ in answers]
        high = quantiles(times, n=20)[-1]
        size = max(n for _, n in answers) / 1000
        print(f"{name:12} {len(answers):6} {first[name] * 1000:8.0f} {median(times):8.0f} {high:8.0f} {size:6.0f}")


if __name__ == "__main__":
    main()
