"""What is SQLite's own: the connection, the full-text index, the copy of a database. Another database needs its like.

Must not know of dossiers or documents: it sees numbered entries and words.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from palabre.text.words import Term, Word

WAIT_SECONDS = 15.0
"""How long a connection waits for another process to end its transaction."""

_AGAIN = 0.02
"""Seconds until what was refused on the spot is tried again."""
MOST_CONNECTIONS = 40
"""Connections kept open: as many as a server has threads that answer."""
CACHE_KILOBYTES = 12_000
"""What each connection remembers of the file: enough for the upper pages of the indexes of a large one."""

HEADER = b"SQLite format 3\x00"


def engine(path: Path | None, wait: float = WAIT_SECONDS) -> sa.Engine:
    """Return an engine on the file at `path`, or on a database in memory when it is None.

    Transactions are begun here, not by the driver: those of a connection with the execution option `writes` take the
    write lock at once, so that none fails half-way for having read first.
    """
    url = sa.URL.create("sqlite", database=":memory:" if path is None else str(path))
    if path is None:
        made = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        # The connection used last is used next: it holds what was just read. None is opened anew for a crowd.
        made = sa.create_engine(
            url,
            connect_args={"check_same_thread": False, "timeout": wait},
            pool_size=MOST_CONNECTIONS,
            pool_use_lifo=True,
        )

    @event.listens_for(made, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")

    @event.listens_for(made, "begin")
    def _begun(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        if writes:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # Takes no lock and cannot fail, unlike the other: a page begins fifty of them.
            driver: Any = connection.connection.dbapi_connection
            driver.execute("BEGIN")

    return made


class Watch:
    """Tells whether a database was written to, by anybody. Opened when first asked; several threads may ask."""

    def __init__(self, made: sa.Engine) -> None:
        """Take the engine of a database that lies in a file."""
        self._engine = made
        self._lock = threading.Lock()
        self._connection: Any = None

    def version(self) -> int:
        """Return a number that is another one after every transaction that wrote something."""
        with self._lock:
            if self._connection is None:
                # A connection of its own, which never writes: it sees what any other one does.
                opened = self._engine.raw_connection()
                opened.detach()
                self._connection = opened
            return int(self._connection.cursor().execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def use_wal(made: sa.Engine, wait: float = WAIT_SECONDS) -> None:
    """Let readers read while one process writes; the mode stays with the file.

    Tried for `wait` seconds: of two who change the mode at once, one is refused on the spot, whatever time it was
    given to wait for locks.
    """
    connection = made.raw_connection()
    last = time.monotonic() + wait
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                    raise
            time.sleep(_AGAIN)
    finally:
        connection.close()


def copy(source: Path, target: Path) -> None:
    """Copy a whole database, as last committed, to a new file; nothing stays at `target` when that fails."""
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def learn(connection: sa.Connection, tables: Iterable[str]) -> None:
    """Have the database look at how the rows of these tables are spread, so that it takes the shortest way to them.

    It looks at all of them, a second for a million: from a part it would think that whatever a dossier holds is little.
    """
    connection.exec_driver_sql("PRAGMA analysis_limit = 0")
    for name in tables:
        connection.exec_driver_sql(f"ANALYZE {name}")


def index_words(connection: sa.Connection, number: int, head: Sequence[Word], body: Sequence[Word]) -> None:
    """Put an entry into the full-text index."""
    # Phrases are looked for among the stems, in order; beginnings of words among the forms, whose order is no matter.
    forms = dict.fromkeys(word.form for words in (head, body) for word in words)
    connection.execute(
        sa.text("INSERT INTO search_words (rowid, head, body, forms) VALUES (:number, :head, :body, :forms)"),
        {
            "number": number,
            "head": " ".join(word.stem for word in head),
            "body": " ".join(word.stem for word in body),
            "forms": " ".join(forms),
        },
    )


def drop_words(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Take entries out of the full-text index."""
    rows = [{"number": number} for number in numbers]
    if rows:
        connection.execute(sa.text("DELETE FROM search_words WHERE rowid = :number"), rows)


def drop_all_words(connection: sa.Connection) -> None:
    """Empty the full-text index."""
    connection.execute(sa.text("DELETE FROM search_words"))


def expression(terms: Sequence[Term], *, head: bool = False) -> str | None:
    """Return the FTS5 query for `terms`, or None when they ask for nothing to be there.

    With `head`, words that are asked for whole must be in the heads of entries; beginnings of words may be anywhere.
    Only letters and digits come from the terms, inside quotation marks: no query can be malformed.
    """
    wanted = [_term(t, "head" if head else "{head body}") for t in terms if not t.excluded]
    if not wanted:
        return None
    refused = [_term(t) for t in terms if t.excluded]
    asked = f"({' AND '.join(wanted)})"
    return f"{asked} NOT ({' OR '.join(refused)})" if refused else asked


def _term(term: Term, where: str = "{head body}") -> str:
    if not term.prefix:
        return f'{where} : "{" ".join(term.stems)}"'
    if len(term.stems) == 1:
        return f'forms : "{term.forms[0]}" *'
    return f'{where} : "{" ".join(term.stems[:-1])}" + "{term.forms[-1]}" *'


# The score of each entry that holds the words is worked out once; then only entries of the best scores are looked at,
# down to that of the `reach`th. CROSS JOIN has SQLite look the words up first, and not once for each entry.
_FIND = """
    WITH scored AS MATERIALIZED (
      SELECT search_words.rowid AS number, bm25(search_words, 4.0, 1.0, 0.5) AS score
      FROM {among} WHERE search_words MATCH :asked {only} ORDER BY search_words.rowid DESC LIMIT :most)
    SELECT e.kind, e.owner, e.lang, scored.score AS score
    FROM scored CROSS JOIN search_entry AS e ON e.id = scored.number
    WHERE scored.score <= coalesce((SELECT score FROM scored ORDER BY score LIMIT 1 OFFSET :reach), 1e9)
      AND e.lang = :lang
      AND (e.dossier_id = :dossier OR (e.dossier_id IS NULL AND EXISTS (
           SELECT 1 FROM dossier_document AS d WHERE d.dossier_id = :dossier AND d.document_id = e.owner)))
    ORDER BY scored.score, e.owner LIMIT :limit
    """
_FIND_ANY = sa.text(_FIND.format(among="search_words", only=""))
_FIND_KIND = sa.text(
    _FIND.format(
        among="search_words CROSS JOIN search_entry AS k ON k.id = search_words.rowid", only="AND k.kind = :kind"
    )
)
_KINDS = sa.text(
    """
    SELECT DISTINCT e.kind, e.owner
    FROM search_words CROSS JOIN search_entry AS e ON e.id = search_words.rowid
    WHERE search_words MATCH :asked AND e.lang = :lang
      AND (e.dossier_id = :dossier OR (e.dossier_id IS NULL AND EXISTS (
           SELECT 1 FROM dossier_document AS d WHERE d.dossier_id = :dossier AND d.document_id = e.owner)))
    """
)
_HELD = sa.text("SELECT count(*) FROM search_words WHERE search_words MATCH :asked")
_WIDER = 20
MOST_RANKED = 20_000
"""Entries that hold the words and are all given a score: a hundred thousand would take a quarter of a second."""
MOST_COUNTED = 5_000
"""Entries that hold the words and are counted by kind: more would be the slowest part of a search."""
RANKED = 5_000
"""Of more of them, those that are: the last ones whose heads hold the words; with too few of these, the last ones."""

_Best = list[tuple[str, str, str, float]]


def find(
    connection: sa.Connection, terms: Sequence[Term], lang: str, dossier_id: str, limit: int, kind: str | None = None
) -> _Best:
    """Return the best entries in one language, best first: (kind, owner, language, score; less is better).

    With `kind`, only those of that kind.
    Source of the score: BM25 (Robertson and Walker, 1994), as FTS5 computes it; a word of the head counts four times.
    Of more than MOST_RANKED entries that hold the words only some are looked at.
    """
    asked = expression(terms)
    if asked is None or limit < 1:
        return []
    held = connection.execute(_HELD, {"asked": asked}).scalar_one()
    if held <= MOST_RANKED:
        return _best(connection, asked, lang, dossier_id, limit, held, kind)
    best = _best(connection, expression(terms, head=True) or asked, lang, dossier_id, limit, RANKED, kind)
    if len(best) < limit:
        known = {entry[:2] for entry in best}
        more = _best(connection, asked, lang, dossier_id, limit, RANKED, kind)
        best = sorted((*best, *(entry for entry in more if entry[:2] not in known)), key=lambda e: (e[3], e[1]))[:limit]
    return best


def _best(
    connection: sa.Connection, asked: str, lang: str, dossier_id: str, limit: int, most: int, kind: str | None
) -> _Best:
    """Return the best entries of the last `most` that fit an FTS5 query."""
    reach = 2 * limit
    while True:
        values = {"asked": asked, "lang": lang, "dossier": dossier_id, "limit": limit, "reach": reach, "most": most}
        if kind is None:
            found = connection.execute(_FIND_ANY, values).all()
        else:
            found = connection.execute(_FIND_KIND, {**values, "kind": kind}).all()
        if len(found) == limit or most <= reach:
            return [(row.kind, row.owner, row.lang, float(row.score)) for row in found]
        # Other dossiers, or other languages, hold most of the best ones.
        reach *= _WIDER


def kinds(connection: sa.Connection, terms: Sequence[Term], lang: str, dossier_id: str) -> set[tuple[str, str]] | None:
    """Return the kind and owner of every entry that holds the words in one language; None for too many to count."""
    asked = expression(terms)
    if asked is None:
        return set()
    if connection.execute(_HELD, {"asked": asked}).scalar_one() > MOST_COUNTED:
        return None
    found = connection.execute(_KINDS, {"asked": asked, "lang": lang, "dossier": dossier_id})
    return {(row.kind, row.owner) for row in found}


def owners(asked: str, lang: str, dossier_id: str, kind: str) -> sa.TextualSelect:
    """Return the question which records of a kind match an FTS5 query in one language: their ids."""
    # Several may stand in one statement: each has names of its own for its values.
    its = f"{lang}_{kind}"
    written = f"""
        SELECT e.owner FROM search_words CROSS JOIN search_entry AS e ON e.id = search_words.rowid
        WHERE search_words MATCH :asked_{its} AND e.lang = :lang_{its} AND e.dossier_id = :dossier_{its}
          AND e.kind = :kind_{its}
    """
    values = {"asked": asked, "lang": lang, "dossier": dossier_id, "kind": kind}
    return sa.text(written).bindparams(**{f"{k}_{its}": v for k, v in values.items()}).columns(owner=sa.Text)


def out_of_step(connection: sa.Connection) -> int:
    """Return how many entries are listed and not indexed, or indexed and not listed."""
    lacking = "SELECT id FROM search_entry WHERE id NOT IN (SELECT rowid FROM search_words)"
    astray = "SELECT rowid FROM search_words WHERE rowid NOT IN (SELECT id FROM search_entry)"
    count = f"SELECT (SELECT count(*) FROM ({lacking})) + (SELECT count(*) FROM ({astray}))"
    return int(connection.execute(sa.text(count)).scalar_one())


def troubles(connection: sa.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file, its links between tables and its index, in its own words."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    links = connection.exec_driver_sql("PRAGMA foreign_key_check")
    found += [f"a row of {row[0]} points to a {row[2]} that is not there" for row in links]
    try:
        connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
    except sa.exc.DatabaseError as error:
        found.append(f"full-text index: {error.orig}")
    return found
