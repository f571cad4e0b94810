"""The workbench in several processes: whichever answers, it is one workbench, and it ends as one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from palabre.app.people import Doorkeeper, Role, add_person
from palabre.app.settings import Settings
from palabre.store.store import Store
from palabre.ui.web import workers
from tests.conftest import ROOT
from tests.web.desk_forms import copy_of, first_commitment, hidden, second_commitment, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc/self/task")
pytestmark = pytest.mark.skipif(not PROC.exists(), reason="looks at processes as Linux shows them")
SECRET = "un mot de passe assez long"
TEXT = "Le ministre Tartempion s'est engagé à construire un pont de bois à Poudreville avant juin 2027."


@dataclass
class Server:
    """A server that runs: its own process, those that answer, its address."""

    process: subprocess.Popen[str]
    workers: tuple[int, ...]
    address: str
    temporary: Path

    def client(self) -> httpx.Client:
        """Return a browser of its own, with a connection of its own."""
        headers = {"Origin": self.address, "Accept-Language": "en"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60)


def children(process: int) -> tuple[int, ...]:
    """Return the processes that a process started and that answer: those that hold the socket it listens on."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return ()
    return tuple(int(its) for its in found if b"spawn_main" in Path(f"/proc/{its}/cmdline").read_bytes())


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(happened: object, seconds: float = 30) -> None:
    assert callable(happened)
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, happened
        time.sleep(0.05)


@contextmanager
def serving(path: Path, folder: Path) -> Iterator[Server]:
    """Serve a database with two processes that answer."""
    command = [sys.executable, "-c", "from palabre.ui.cli.main import run; run()", "--store", str(path)]
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(temporary), "PALABRE_LANG": "en"}
    options = ["serve", "--port", "0", "--workers", "2"]
    server = subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address is not None, said
        eventually(lambda: len(children(server.pid)) == 2)
        made = Server(server, children(server.pid), address[0], temporary)
        with made.client() as client:
            client.get("/login")
        yield made
    finally:
        if server.poll() is None:
            server.kill()
        server.wait(20)
        assert server.stderr is not None
        server.stderr.close()


def answering(client: httpx.Client) -> int:
    """Return which end of the server a connection has reached: the process that answers it."""
    with client.stream("GET", "/login") as answer:
        local = answer.extensions["network_stream"].get_extra_info("client_addr")[1]
        remote = answer.extensions["network_stream"].get_extra_info("server_addr")[1]
        answer.read()
    return holder(remote, local)


def holder(local: int, remote: int) -> int:
    """Return the process that holds a connection of the loopback, by its two ports."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    ports = [f":{port:04X}" for port in (local, remote)]
    inode = next(line[9] for line in lines if [line[1][-5:], line[2][-5:]] == ports)
    for process in (int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()):
        try:
            files = [str(f.readlink()) for f in Path(f"/proc/{process}/fd").iterdir()]
        except OSError:
            continue
        if f"socket:[{inode}]" in files:
            return process
    raise AssertionError("nobody holds this connection")


@contextmanager
def browsers(server: Server) -> Iterator[list[httpx.Client]]:
    """Give browsers whose connections lie with each of the processes, two for each."""
    some: list[httpx.Client] = []
    by: dict[int, list[httpx.Client]] = {its: [] for its in server.workers}
    try:
        # All wait while one process is held still, so that the others take them.
        for kept in server.workers:
            others = [its for its in server.workers if its != kept]
            for its in others:
                os.kill(its, signal.SIGSTOP)
            try:
                for _ in range(2):
                    client = server.client()
                    some.append(client)
                    by[answering(client)].append(client)
            finally:
                for its in others:
                    os.kill(its, signal.SIGCONT)
        assert all(len(several) == 2 for several in by.values()), {k: len(v) for k, v in by.items()}
        yield [client for pair in zip(*by.values(), strict=True) for client in pair]
    finally:
        for client in some:
            client.close()


def enter(client: httpx.Client, name: str, password: str = SECRET) -> int:
    form = hidden(client.get("/login").text, 'name="password"')
    return client.post("/login", data={**form, "name": name, "password": password}).status_code


@pytest.fixture
def team(filled: Path, tmp_path: Path) -> Path:
    path = copy_of(filled, tmp_path)
    with Store.open(path) as store:
        for name in ("eda", "ema", "ana"):
            add_person(store, name, SECRET, Role.EDITOR, store.dossier("aes"))
    return path


def test_several_processes_are_one_workbench(team: Path, tmp_path: Path) -> None:
    its, other = first_commitment(team), second_commitment(team)
    page = f"/d/aes/c/{its}"
    with serving(team, tmp_path) as server, browsers(server) as clients:
        first, second, third, fourth = clients
        # Who signs in with one process is known to the other.
        assert enter(first, "eda") == 303
        assert enter(second, "ema") == 303
        third.cookies.update(first.cookies)
        fourth.cookies.update(second.cookies)
        assert [client.get(page).status_code for client in clients] == [200] * 4

        # Two people look at one record with two processes: the second to decide is told.
        forms = [hidden(client.get(page).text, 'value="confirm"') for client in clients]
        assert first.post("/d/aes/decide", data={**forms[0], "reason": "vu par eda"}).status_code == 303
        assert "vu par eda" in second.get(page).text
        assert "vu par eda" in fourth.get("/d/aes/decisions").text
        clash = second.post("/d/aes/decide", data={**forms[1], "reason": "vu par ema"})
        assert clash.status_code == 409
        assert [s[:2] for s in standing(team)] == [("confirm", "eda")]

        # What one process answered to in the review is taken back with another.
        form = hidden(fourth.get(f"/d/aes/review?at={other}").text, 'value="confirm"')
        kept = fourth.post("/d/aes/review", data={**form, "verdict": "confirm"})
        assert kept.status_code == 303
        assert len(standing(team)) == 2
        done = kept.headers["location"].partition("done=")[2]
        token = forms[1]["token"]
        undone = second.post("/d/aes/review/undo", data={"token": token, "done": done})
        assert undone.status_code == 303
        assert len(standing(team)) == 1

        # A text is added by one process; the other shows how far it is, and what became of it.
        files = [("files", ("pont.txt", TEXT.encode())), ("files", ("vide.txt", b""))]
        added = first.post("/d/aes/add", data={"token": forms[0]["token"]}, files=files)
        assert added.status_code == 303
        shown = [""]

        def over() -> bool:
            shown[0] = second.get(added.headers["location"]).text
            return 'http-equiv="refresh"' not in shown[0]

        eventually(over, 120)
        assert ">added<" in shown[0]
        assert "pont" in shown[0]
        assert "left out:" in shown[0]
        for client in clients:
            assert "Poudreville" in client.get("/d/aes/search?q=Poudreville").text.partition("<main")[2]

        # Wrong passwords are counted together.
        tries = [enter(clients[n % 4], "ana", "faux" * 4) for n in range(Doorkeeper.FREE + 1)]
        assert tries == [403] * Doorkeeper.FREE + [429]
        assert [enter(client, "ana") for client in clients] == [429] * 4

        # It ends as one, and leaves nothing behind.
        server.process.terminate()
        assert server.process.wait(30) == 0
        assert not any(alive(w) for w in server.workers)
        assert list(server.temporary.iterdir()) == []


def test_a_process_that_dies_is_replaced_and_none_outlives_the_first(team: Path, tmp_path: Path) -> None:
    with serving(team, tmp_path) as server:
        os.kill(server.workers[0], signal.SIGKILL)
        eventually(lambda: len(set(children(server.process.pid)) - {server.workers[0]}) == 2, 60)
        now = children(server.process.pid)
        with server.client() as client:
            assert client.get("/login").status_code == 200
        server.process.kill()
        eventually(lambda: not any(alive(its) for its in now))


def test_an_interrupt_ends_all(team: Path, tmp_path: Path) -> None:
    with serving(team, tmp_path) as server:
        server.process.send_signal(signal.SIGINT)
        server.process.wait(30)
        assert not any(alive(its) for its in server.workers)


def test_how_many_processes_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = tmp_path / "small.db", tmp_path / "large.db"
    small.write_bytes(b"x")
    with large.open("wb") as file:
        file.truncate(workers.LARGE)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    assert workers.number_of_workers(0, Settings(store=str(small))) == 1
    assert workers.number_of_workers(0, Settings(store=str(tmp_path / "none.db"))) == 1
    assert workers.number_of_workers(0, Settings(store=str(large))) == 2
    assert workers.number_of_workers(3, Settings(store=str(small))) == 3
    assert workers.number_of_workers(3, Settings(store=":memory:")) == 1
    monkeypatch.setattr(workers, "cores", lambda: 64)
    assert workers.number_of_workers(0, Settings(store=str(large))) == workers.MOST_CHOSEN
