"""What tests of the workbench share: a dossier of the sample's texts and hostile ones, served to a client."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from palabre.app.dossiers import add_documents, new_dossier, refresh
from palabre.app.reading import Reader
from palabre.app.settings import Settings
from palabre.store.store import Store
from palabre.ui.web import create_app
from tests.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


TODAY = dt.date(2026, 1, 15)
