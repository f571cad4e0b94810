"""What tests of the workbench share: a dossier of the sample's texts and hostile ones, served to a client."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from palabre.app.dossiers import add_documents, new_dossier, opened, refresh
from palabre.app.judging import decide
from palabre.app.marking import add_words
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.model.judgements import Reply, Verdict
from palabre.model.spans import Span
from palabre.store import views
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.conftest import SAMPLE
from tests.web.hostile import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from palabre.model.dossier import Dossier
    from palabre.model.records import Register

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a database with one dossier, `aes`, that holds the sample's texts."""
    path = tmp_path_factory.mktemp("web") / "p.db"
    settings = Settings(store=str(path))
    with Store.open(path) as store:
        made = new_dossier("aes", "Dialogue AES – Russie", "RUS,AES", "P1Y", "RUS,AES")
        store.create_dossier(made)
        reader = Reader.of(settings, published=None, manifest=SAMPLE / "manifest.csv", warn=lambda *_: None)
        added = list(add_documents(store, made, reader, [str(SAMPLE)]))
        assert [a for a in added if a.error] == []
        refresh(store, made)
    return path


@pytest.fixture
def client(filled: Path) -> Iterator[TestClient]:
    """Return a client of the workbench on that database, reading French."""
    with TestClient(create_app(Settings(store=str(filled), lang="fr")), base_url=BASE) as made:
        yield made


HOSTILE_NAME = "d'<b>hostile\"&"


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """Return a database of a test's own with the sample dossier in it."""
    # The forms take the address of the workbench from here.
    from tests.web.desk_forms import copy_of

    return copy_of(filled, tmp_path)


@pytest.fixture
def desk(own: Path) -> Iterator[TestClient]:
    """Return a reader of the workbench on that database."""
    from tests.web.desk_forms import served

    with served(own) as made:
        yield made


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a database in which titles, names, URLs and texts mean harm."""
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "p.db"
    settings = Settings(store=str(path))
    with Store.open(path) as store:
        made = new_dossier(HOSTILE_NAME, PAYLOADS[0], "RUS,AES", "P1Y", "RUS,AES")
        store.create_dossier(made)
        rows = ["path,published,url,outlet,title,author"]
        for number in range(0, len(PAYLOADS), 8):
            some = PAYLOADS[number : number + 8]
            name = f'<img src=x onerror="alert({number})">.txt'.replace("/", "")
            (folder / name).write_text(hostile_text(some).replace("\x00", ""), encoding="utf-8", errors="replace")
            given = [name, "2025-04-03", f"https://x.example/{some[0]}", some[1], some[2], some[3]]
            rows.append(",".join(quoted(value) for value in given))
        (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        reader = Reader.of(settings, published=None, manifest=folder / "manifest.csv", warn=lambda *_: None)
        added = list(add_documents(store, made, reader, [str(p) for p in sorted(folder.glob("*.txt"))]))
        assert [a for a in added if a.error] == []
        decided_hostile(store, made, opened(store, made.name, "fr").register)
    return path


def decided_hostile(store: Store, dossier: Dossier, register: Register) -> None:
    """Have people reply, add words and keep views with payloads for words: of the record and the text pages show."""
    record = max(register.commitments, key=lambda c: len({e.doc for e in c.mentions}))
    documents = store.documents(dossier)
    for number, payload in enumerate(PAYLOADS):
        words = "".join(c for c in payload if c.isprintable()) or "?"
        reply = Reply(words, payload or "?", "2025-05", words, speaker=words, url=f"https://x.example/{words[:40]}")
        decide(store, dossier, Verdict.REPLY, [record.id], author=words[:40], reason=payload, reply=reply)
        store.tell(views.keep, dossier.id, "", words[:60], f"q={quote(words)}", False)
        if number < len(documents):
            text = documents[number].text
            values = {"about": payload.strip() or "?", "status": "under_way", "parties": "RUS"}
            place = Span(text.index("Le 3 avril"), text.index("Le 3 avril") + 10)
            add_words(store, dossier, documents[number].id, place, "progress", values, author=words[:40])
    refresh(store, dossier)


def quoted(value: str) -> str:
    """Return a value as one field of a CSV line."""
    plain = value.replace("\x00", "").replace("\n", " ").replace('"', '""')
    return f'"{plain}"'


def hostile_text(some: Sequence[str]) -> str:
    """Return an article whose people, quotations and promises hold payloads."""
    lines = [
        f"Le 3 avril 2025, à Moscou, le ministre malien Ugo {p} Marchand a rencontré le ministre russe. "
        f"« Nous livrerons dix navires {p} au Mali », a déclaré Ugo Marchand. "
        f"La Russie s'est engagée à livrer dix navires {p} au Mali avant juin 2025."
        for p in some
    ]
    return "\n\n".join(lines) + "\n"
