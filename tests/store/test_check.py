"""What the doctor is told of a database that somebody or something damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from palabre.errors import StoreDamaged
from palabre.store import Finding, Store
from tests.store.samples import DOSSIER, READ, READ_ENGLISH, register

DAMAGE: tuple[tuple[str, str], ...] = (
    ("UPDATE document SET text = 'autre' WHERE lang = 'fr'", "text"),
    ("UPDATE annotation SET end_at = 99999 WHERE kind = 'dates'", "span"),
    ("UPDATE annotation SET payload = '{}' WHERE kind = 'dates'", "row"),
    ("UPDATE annotation SET payload = 'pas du JSON' WHERE kind = 'dates'", "row"),
    ("UPDATE record SET payload = '[]' WHERE kind = 'meetings'", "row"),
    ("UPDATE record SET payload = replace(payload, '\"end\":', '\"end\":9999') WHERE kind = 'meetings'", "span"),
    ("UPDATE record SET kind = 'recettes' WHERE kind = 'meetings'", "row"),
    ("DELETE FROM reading WHERE document_id IN (SELECT id FROM document WHERE lang = 'en')", "row"),
    ("DELETE FROM dossier_document WHERE document_id IN (SELECT id FROM document WHERE lang = 'en')", "row"),
    ("DELETE FROM search_words WHERE rowid = 1", "search"),
    ("DELETE FROM search_entry WHERE id = 1", "search"),
    ("INSERT INTO search_words (rowid, head, body, forms) VALUES (999, 'a', 'a', 'a')", "search"),
    ("UPDATE setting SET value = '0'", "search"),
    ("DELETE FROM document WHERE lang = 'en'", "file"),
    ("UPDATE alembic_version SET version_num = '0001'", "schema"),
    ("UPDATE dossier SET revision = revision + 1", "stale"),
)


def _filled(path: Path) -> Store:
    store = Store.open(path)
    store.create_dossier(DOSSIER)
    store.add_documents(DOSSIER, (READ, READ_ENGLISH))
    store.save_register(DOSSIER, register(), store.revision(DOSSIER))
    return store


def test_nothing_is_wrong_with_a_sound_database(tmp_path: Path) -> None:
    with _filled(tmp_path / "r.db") as store:
        assert store.check() == []


@pytest.mark.parametrize(("command", "kind"), DAMAGE)
def test_damage_is_found(tmp_path: Path, command: str, kind: str) -> None:
    with _filled(tmp_path / "r.db") as store:
        connection = sqlite3.connect(tmp_path / "r.db")
        connection.execute(command)
        connection.commit()
        connection.close()
        found = store.check()
    assert kind in {f.kind for f in found}
    assert all(f.subject and f.message for f in found)
    assert all(f.broken != (f.kind == "stale") for f in found)


def test_an_index_out_of_step_is_put_right_by_making_it_again(tmp_path: Path) -> None:
    with _filled(tmp_path / "r.db") as store:
        connection = sqlite3.connect(tmp_path / "r.db")
        connection.execute("DELETE FROM search_words")
        connection.commit()
        connection.close()
        assert {f.kind for f in store.check()} == {"search"}
        store.rebuild_search()
        assert store.check() == []


def test_a_row_that_is_not_ours_is_told_when_read(tmp_path: Path) -> None:
    with _filled(tmp_path / "r.db") as store:
        connection = sqlite3.connect(tmp_path / "r.db")
        connection.execute("UPDATE annotation SET payload = '{}' WHERE kind = 'dates'")
        connection.execute("UPDATE record SET payload = 'pas du JSON' WHERE kind = 'meetings'")
        connection.commit()
        connection.close()
        with pytest.raises(StoreDamaged, match="doctor"):
            list(store.read_documents(DOSSIER))
        with pytest.raises(StoreDamaged, match="doctor"):
            store.register(DOSSIER)


def test_pages_of_noise_are_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    _filled(path).close()
    whole = bytearray(path.read_bytes())
    half = len(whole) // 2
    whole[half : half + 40_000] = b"\xa5" * len(whole[half : half + 40_000])
    path.write_bytes(bytes(whole))
    try:
        with Store.open(path) as store:
            found = store.check()
    except StoreDamaged:
        return
    assert found
    assert all(isinstance(f, Finding) for f in found)
