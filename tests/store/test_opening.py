"""Opening: what is not ours, of another version, out of reach or in use is told in one sentence; ours is kept safe."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from palabre.errors import BadValue, StoreBusy, StoreDamaged, StoreError, StoreFull, StoreVersion
from palabre.model.judgements import Judgement, Verdict
from palabre.store import Store, judging, listings, opening, schema, sqlite
from palabre.store.failures import of_system, told
from tests.store.samples import DOSSIER, READ, READ_ENGLISH, register, small


def _filled(path: Path) -> Path:
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
        store.add_document(DOSSIER, READ)
    return path


def _sql(path: Path, *commands: str) -> None:
    connection = sqlite3.connect(path)
    for command in commands:
        connection.execute(command)
    connection.commit()
    connection.close()


def test_a_database_is_made_with_its_folder_and_kept(tmp_path: Path) -> None:
    path = _filled(tmp_path / "un" / "deux" / "r.db")
    with Store.open(f"sqlite:///{path}", create=False) as store:
        assert list(store.read_documents(DOSSIER)) == [READ]
        assert store.path == path


def test_the_connection_is_set_for_safety(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    with Store.open(path) as store, store._engine.connect() as connection:
        asked = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert values == ["wal", 1, 2, 15000]


def test_a_missing_database_is_not_made_when_not_wanted(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database there"):
        Store.open(tmp_path / "r.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "r.db").touch()
    assert _filled(tmp_path / "r.db").stat().st_size > 0


@pytest.mark.parametrize("url", ["postgresql://u:secret@h/d", "mysql://h/d", "https://h/d"])
def test_other_databases_are_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(BadValue, match="only SQLite") as caught:
        Store.open(url)
    assert "secret" not in str(caught.value)


def test_another_file_is_not_taken_for_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Ce n'est pas une base, mais des notes.")
    with pytest.raises(StoreDamaged, match=r"notes\.txt"):
        Store.open(path)
    assert path.read_text().startswith("Ce n'est")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    _sql(path, "CREATE TABLE recette (nom)")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_later_version_is_told_so(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    _sql(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreVersion, match=r"9999.*later") as caught:
        Store.open(path)
    assert caught.value.path == str(path)


def _counted(connection: sa.Connection) -> list[object]:
    records = connection.execute(sa.select(schema.record).order_by(schema.record.c.id)).all()
    facets = connection.execute(sa.select(schema.record_facet).order_by(*schema.record_facet.c)).all()
    lines = connection.execute(sa.select(schema.record_line).order_by(*schema.record_line.c)).all()
    assert len(facets) > 3
    assert lines
    return [*records, *facets, *lines]


WITHOUT_LINES = ("DROP TABLE record_line",)
"""What takes a database back before its step 0009."""

WITHOUT_TEAM = (
    *WITHOUT_LINES,
    "DROP TABLE attendance", "DROP TABLE people_event", "ALTER TABLE account DROP COLUMN admin",
    "ALTER TABLE account DROP COLUMN suspended_at", "ALTER TABLE account_key DROP COLUMN made_by",
)  # fmt: skip
"""What takes a database back before its step 0008."""

WITHOUT_SHELVES = (
    *WITHOUT_TEAM,
    "DROP TABLE shelf_value", "DROP TABLE shelf_place", "DROP TABLE shelf",
    *(f"DROP INDEX ix_record_{name}" for name in ("kind", "day", "origins", "docs", "variety")),
    "ALTER TABLE record DROP COLUMN place", "ALTER TABLE record ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX ix_record_kind ON record (dossier_id, kind, ordinal)",
)  # fmt: skip
"""What takes a database back before its step 0007."""

WITHOUT_LOOKUPS = (
    *WITHOUT_SHELVES,
    *(f"DROP INDEX ix_{name}" for name in (
        "judgement_made", "judgement_author", "dossier_document_published", "dossier_document_name",
        "dossier_document_outlet", "dossier_document_added", "search_entry_lang", "judgement_verdict")),
    "DROP TABLE judgement_target", "ALTER TABLE judgement DROP COLUMN author",
    *(f"ALTER TABLE dossier_document DROP COLUMN {name}" for name in ("name", "published", "outlet")),
    "CREATE INDEX ix_dossier_document_added ON dossier_document (dossier_id, added_at)",
    "CREATE INDEX ix_record_day ON record (dossier_id, kind, day)",
)  # fmt: skip
"""What takes a database back before its step 0006."""


def test_actors_and_decisions_are_found_in_a_database_of_before(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    made = Judgement(
        "j-aaaaaaaaaa", Verdict.NOTE, ("ac-bbbbbbbbbb", "ac-cccccccccc"), "Zoé", "2025-05-01T00:00:00Z", "?"
    )
    with Store.open(path) as store:
        store.add_document(DOSSIER, READ_ENGLISH)
        store.add_judgement(DOSSIER, made)
        store.save_register(DOSSIER, register(), store.revision(DOSSIER))
        counted, listed = store.ask(_counted), store.ask(listings.sources, DOSSIER.id)
    _sql(path, *WITHOUT_LOOKUPS, "DELETE FROM record_facet WHERE facet IN ('actor', 'name')",
         "UPDATE alembic_version SET version_num = '0005'")  # fmt: skip
    with Store.open(path) as store:
        assert store.ask(_counted) == counted
        assert store.ask(listings.sources, DOSSIER.id) == listed
        assert {o[0] for o in store.ask(listings.outlets, DOSSIER.id)} == {"", "La Voix des Lacs"}
        assert store.find(DOSSIER, "odile tamarin").kind == "actors"
        assert store.ask(judging.touching, DOSSIER.id, ["c-cccccccccc"]) == (made,)
        assert store.ask(judging.trail, DOSSIER.id, author="Zoé") == (made,)
        assert store.check() == []


def test_an_older_database_is_copied_then_brought_up(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    with Store.open(path) as store:
        store.add_document(DOSSIER, READ_ENGLISH)
        store.save_register(DOSSIER, register(), 2)
        counted = store.ask(_counted)
    indexes = ("ix_record_day", "ix_record_due", "ix_record_about", "ix_record_counted", "ix_document_outlet",
               "ix_dossier_document_added")  # fmt: skip
    columns = ("firmness", "variety", "about", "day", "due", "moved", "origins", "docs", "doubts", "session",
               "official", "vague", "confidence")  # fmt: skip
    _sql(path, *WITHOUT_LOOKUPS, *(f"DROP INDEX {name}" for name in indexes),
         *(f"ALTER TABLE record DROP COLUMN {c}" for c in columns),
         "DROP TABLE record_facet", "DROP TABLE document_sector",
         "DROP TABLE saved_view", "DROP TABLE account_key", "DROP TABLE account_role", "DROP TABLE account",
         "DROP TABLE search_words", "DROP TABLE search_entry", "DELETE FROM setting",
         "UPDATE alembic_version SET version_num = '0001'")  # fmt: skip
    with Store.open(path) as store:
        assert set(store.read_documents(DOSSIER)) == {READ, READ_ENGLISH}
        assert {hit.kind for hit in store.search(DOSSIER, "centrale")} >= {"document", "commitments"}
        assert [f.kind for f in store.check()] == ["stale"]
        assert store.ask(_counted) == counted
    copies = [p for p in tmp_path.iterdir() if p.name == f"r.db.before-{opening.SCHEMA[-1]}-was-0001"]
    assert len(copies) == 1
    copy = sqlite3.connect(copies[0])
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert copy.execute("SELECT count(*) FROM document").fetchone() == (2,)
    copy.close()
    assert opening.backup_path(path, "0001").name.endswith("-2")


def test_the_steps_lead_to_the_tables_the_code_sees() -> None:
    folder = Path(opening.__file__).parent / "migrations"
    steps = ScriptDirectory(str(folder))
    assert [s.revision for s in steps.walk_revisions()][::-1] == list(opening.SCHEMA)
    engine = opening.opened(None)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    shadows = ("search_words", "alembic_version")
    tables = [d for d in differences if not (d[0] == "remove_table" and d[1].name.startswith(shadows))]
    assert tables == []
    engine.dispose()


def test_the_tables_can_be_written_for_postgresql() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


def test_a_broken_file_is_told_so(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    whole = path.read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[:5000])
    with pytest.raises(StoreDamaged, match=r"cut\.db"):
        Store.open(tmp_path / "cut.db")
    (tmp_path / "mud.db").write_bytes(whole[:100] + os.urandom(len(whole) - 100))
    with pytest.raises(StoreDamaged, match=r"mud\.db"):
        Store.open(tmp_path / "mud.db")


def test_a_place_that_cannot_be_written_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Store.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written there"):
        Store.open(tmp_path / "file" / "r.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError):
            Store.open(tmp_path / "r.db")
    finally:
        tmp_path.chmod(0o700)


def test_a_database_in_use_is_told_so(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, wait=0.05) as store:
        assert list(store.read_documents(DOSSIER)) == [READ], "reading goes on meanwhile"
        with pytest.raises(StoreBusy, match="another process"):
            store.add_document(DOSSIER, small(1))
        other.execute("ROLLBACK")
        assert store.add_document(DOSSIER, small(1))
    other.close()


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    with Store.open(path) as store:
        with store._engine.connect() as connection:
            pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        done: list[str] = []
        with pytest.raises(StoreFull, match="disk is full"):
            for number in range(1000):
                store.add_document(DOSSIER, small(number))
                done.append(small(number).document.id)
    with Store.open(path) as store:
        assert {d.id for d in store.documents(DOSSIER)} == {READ.document.id, *done}
        assert [f.kind for f in store.check()] == ["stale"]
        assert store.add_document(DOSSIER, small(5000))


def test_an_error_of_the_system_is_told(tmp_path: Path) -> None:
    import errno

    with pytest.raises(StoreFull), told(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert isinstance(of_system(OSError(errno.EDQUOT, "quota"), tmp_path), StoreFull)
    assert "Permission denied" in str(of_system(PermissionError(errno.EACCES, "Permission denied"), tmp_path))


FILL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.store.samples import DOSSIER, small
from palabre.errors import StoreFull
from palabre.store import Store
path = Path(sys.argv[1]) / "r.db"
done = []
try:
    with Store.open(path) as store:
        store.create_dossier(DOSSIER)
        for number in range(100000):
            store.add_document(DOSSIER, small(number))
            done.append(small(number).document.id)
except StoreFull:
    with Store.open(path) as store:
        there = {d.id for d in store.documents(DOSSIER)}
    print("full", len(done) > 0, there == set(done))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no way to make a small disk here")
def test_a_disk_that_fills_for_good(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    small_disk = 'mount -t tmpfs -o size=900k none "$0"'
    if subprocess.run(["unshare", "-rm", "sh", "-c", small_disk, str(disk)], capture_output=True).returncode:
        pytest.skip("no way to make a small disk here")
    run = subprocess.run(
        ["unshare", "-rm", "sh", "-c", f'{small_disk} && exec "$1" -c "$2" "$0" "$3"', str(disk), sys.executable, FILL,
         str(Path(__file__).parents[2])],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.stdout == "full True True\n", run.stderr[-2000:]


def test_several_may_make_and_fill_one_database_at_once(tmp_path: Path) -> None:
    def fill(part: int) -> None:
        with Store.open(tmp_path / "r.db") as store:
            for number in range(part * 10, part * 10 + 10):
                store.add_document(DOSSIER, small(number))

    with Store.open(tmp_path / "r.db") as store:
        store.create_dossier(DOSSIER)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(4)))
    with Store.open(tmp_path / "r.db") as store:
        assert len(store.documents(DOSSIER)) == 40
        assert store.revision(DOSSIER) == 40


def test_several_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    for attempt in range(5):
        path = tmp_path / f"{attempt}.db"

        def work(_: int, path: Path = path) -> bool:
            with Store.open(path) as store:
                return store.dossiers() == ()

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(work, range(4)))


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "mud.db").write_bytes(sqlite.HEADER + b"mud" * 2000)
    with pytest.raises(sqlite3.Error):
        sqlite.copy(tmp_path / "mud.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_faults_of_ours_are_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(sa.exc.IntegrityError), told(tmp_path), sqlite.engine(None).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b NOT NULL)")
        connection.exec_driver_sql("INSERT INTO a VALUES (NULL)")


def test_a_database_tells_that_it_was_written_to(tmp_path: Path) -> None:
    path = _filled(tmp_path / "r.db")
    with Store.open(path) as store, Store.open(path) as other:
        seen = [store.version()]
        store.documents(DOSSIER)
        assert store.version() == seen[0]
        for writer in (store, other):
            writer.add_document(DOSSIER, READ_ENGLISH if writer is store else small(1))
            assert store.version() not in seen
            seen.append(store.version())
        assert store.version() == seen[-1]
    with Store.open(":memory:") as store:
        assert store.version() is None
