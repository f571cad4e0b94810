"""A team that shares the workbench: a copy of the database with accounts, and what its people write."""

from __future__ import annotations

import datetime as dt
import http.client
import shutil
import threading
import time
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from palabre.app.people import Role, add_person, set_admin, sign_in
from palabre.app.views import deciding
from palabre.store import Store, listings, people, views
from palabre.store.listings import Picked
from palabre.ui.web.access import SESSION_COOKIE, form_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "une phrase de passe assez longue"
"""The password of everybody here: the database lasts as long as the run."""
WRITTEN = 40
"""Commitments that notes and replies are written about."""


class Team:
    """Accounts in a copy of a database: `keys` opens each one's session, `pages` are those only a team has."""

    def __init__(self, path: Path, number: int) -> None:
        """`path` is the copy, in which so many people get an account; the first keeps all of them."""
        with Store.open(path) as store:
            dossier = store.dossier()
            self._base = f"/d/{quote(dossier.name)}"
            names = [f"lectrice-{n}" for n in range(number)]
            for name in names:
                add_person(store, name, SECRET, Role.EDITOR, dossier)
            set_admin(store, names[0], True)
            self.keys = [sign_in(store, name, SECRET) or "" for name in names]
            kept = [
                store.tell(views.keep, dossier.id, name, f"Vue {n}", f"sector=health&page={n}", True)
                for n, name in enumerate(names)
            ]
            ids = [a.id for a in store.ask(people.accounts)]
            self._about = [r.id for r in store.ask(listings.records, dossier.id, Picked("commitments"), limit=WRITTEN)]
        self.pages = {
            "account": ["/account"],
            "people": ["/people"],
            "person": [f"/people/{i}" for i in ids],
            "view": [f"{self._base}/views/{i}" for i in kept],
            "view shown": [f"{self._base}/register?sector=health&page={n}&view={i}" for n, i in enumerate(kept)],
        }

    def cookie(self, reader: int) -> str:
        """Return the header by which a reader is known."""
        return f"{SESSION_COOKIE}={self.keys[reader % len(self.keys)]}"

    @contextmanager
    def writing(self, port: int, every: float, taken: list[float]) -> Iterator[None]:
        """Have one of the team write something every so many seconds; how long each took goes to `taken`."""
        done = threading.Event()

        def write() -> None:
            headers = {
                "Cookie": self.cookie(0),
                "Origin": f"http://127.0.0.1:{port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            for (address, fields), about in zip(cycle(self._forms()), cycle(self._about), strict=False):
                if done.wait(every):
                    return
                form = {"token": form_token(self.keys[0]), "id": about, "seen": deciding.seen(()), **fields}
                began = time.perf_counter()
                opened = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                opened.request("POST", address, urlencode(form), headers)
                answer = opened.getresponse()
                answer.read()
                opened.close()
                taken.append(time.perf_counter() - began)
                # Somebody else has decided meanwhile: that is an answer too.
                if answer.status not in (303, 409):
                    raise SystemExit(f"{address}: {answer.status}")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            yield
        finally:
            done.set()
            writer.join()

    def _forms(self) -> list[tuple[str, dict[str, str]]]:
        reply = {"party": "RUS", "speaker": "", "words": "C’est fait.", "said_on": "2025-05-01", "source": "lettre"}
        return [
            (f"{self._base}/decide", {"verdict": "note", "reason": f"Vu le {dt.date.today()}."}),
            (f"{self._base}/views", {"name": "En passant", "query": "sector=energy"}),
            (
                f"{self._base}/decide",
                {"verdict": "reply", **{f"reply.{k}": v for k, v in reply.items()}, "reply.url": ""},
            ),
            (f"{self._base}/subscribe", {"what": "new"}),
        ]


def copied(path: Path, folder: Path) -> Path:
    """Return a copy of a database that nobody is using."""
    made = folder / "team.sqlite"
    for end in ("", "-wal"):
        held = path.with_name(path.name + end)
        if held.is_file():
            shutil.copyfile(held, made.with_name(made.name + end))
    return made
