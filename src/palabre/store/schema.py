"""The tables as the code sees them. What creates them is in `migrations/`; a test keeps both in step.

Only types that SQLite and PostgreSQL share. Ids are ASCII in lower case, save those of
actors, which are names. JSON is kept as text: it is read whole, and
what is filtered on has its own column. The full-text index itself is the dialect's affair (`sqlite.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

IN_ORDER = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
"""Text that is sorted by code points, as Python does, whatever the language of the database."""

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

dossier = sa.Table(
    "dossier",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("register_revision", sa.Integer),
    sa.Column("created_at", sa.String(32), nullable=False),
)
"""`revision` grows with every change of documents or judgements; `register_revision` is that of its records."""

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("lang", sa.String(16)),
    sa.Column("published", sa.Date, index=True),
    sa.Column("title", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("outlet", sa.Text, index=True),
    sa.Column("agency", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("provenance", sa.Text, nullable=False),
)
"""`text` never changes. `length` is in code points; `provenance` is the JSON of the rest of the metadata."""

META_COLUMNS: tuple[str, ...] = ("lang", "published", "title", "author", "outlet", "agency", "url")
"""The fields of `Metadata` that have a column of their own."""

reading = sa.Table(
    "reading",
    metadata,
    sa.Column("document_id", sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("extractor", sa.String(64), nullable=False),
    sa.Column("read_at", sa.String(32), nullable=False),
    sa.Column("rest", sa.Text, nullable=False),
)
"""One for each document: what read it, when, and the JSON of what has no row in `annotation` (notes)."""

annotation = sa.Table(
    "annotation",
    metadata,
    sa.Column("document_id", sa.ForeignKey("reading.document_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(32), nullable=False, index=True),
    sa.Column("start_at", sa.Integer),
    sa.Column("end_at", sa.Integer),
    sa.Column("payload", sa.Text, nullable=False),
)
"""`kind` is the field of `Annotations`, `ordinal` the place in it; the span is null for what has none (actors)."""

former_annotation = sa.Table(
    "former_annotation",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("start_at", sa.Integer, nullable=False),
    sa.Column("end_at", sa.Integer, nullable=False),
)
"""What an earlier reading found and the present one does not, so that an id once shown still leads somewhere."""

dossier_document = sa.Table(
    "dossier_document",
    metadata,
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("document.id"), primary_key=True, index=True),
    sa.Column("added_at", sa.String(32), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("outlet", sa.Text),
    sa.Index("ix_dossier_document_added", "dossier_id", "added_at", "name", "document_id"),
    sa.Index("ix_dossier_document_published", "dossier_id", "published", "name", "document_id"),
    sa.Index("ix_dossier_document_name", "dossier_id", "name", "document_id"),
    sa.Index("ix_dossier_document_outlet", "dossier_id", "outlet", "published", "name", "document_id", "added_at"),
)
"""The documents looked at for a dossier, and the dossier's revision that each made.

What lists of documents are ordered and filtered by is here as well, so that an index has it in order: `name` and
`published` are those of the document, `outlet` its outlet, else its agency, else empty.
"""

record = sa.Table(
    "record",
    metadata,
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("place", IN_ORDER, nullable=False, server_default=""),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("date", sa.String(64)),
    sa.Column("status", sa.String(32)),
    sa.Column("sector", sa.String(32)),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("firmness", sa.String(32)),
    sa.Column("variety", sa.String(32)),
    sa.Column("about", sa.Text),
    sa.Column("day", sa.String(10)),
    sa.Column("due", sa.String(10)),
    sa.Column("moved", sa.String(10)),
    sa.Column("origins", sa.Integer),
    sa.Column("docs", sa.Integer),
    sa.Column("doubts", sa.Integer),
    sa.Column("session", sa.Integer),
    sa.Column("official", sa.Boolean),
    sa.Column("vague", sa.Boolean),
    sa.Column("confidence", sa.Float),
    sa.Index("ix_record_kind", "dossier_id", "kind", "place"),
    sa.Index("ix_record_day", "dossier_id", "kind", "day", "place"),
    sa.Index("ix_record_origins", "dossier_id", "kind", "origins", "place"),
    sa.Index("ix_record_docs", "dossier_id", "kind", "docs", "place"),
    sa.Index("ix_record_variety", "dossier_id", "kind", "variety", "place"),
    sa.Index("ix_record_due", "dossier_id", "kind", "due"),
    sa.Index("ix_record_about", "dossier_id", "about"),
    sa.Index(
        "ix_record_counted", "dossier_id", "kind", "vague", "sector", "status", "firmness", "origins", "due",
        "official", "confidence", "doubts", "day", "moved", "date", "id",
    ),
)  # fmt: skip
"""The register's records. `kind` is the field of `Register`, `date` is EDTF (a meeting's day, a commitment's deadline).

`place` is what records of a kind are ordered by.

`id` is the record's own; of several actors of one name, the second has `#2` after it. What follows the payload is in it
too, and there to filter, sort and count by: `variety` is the kind of a contradiction, an actor or an origin, the form
of a statement, the level of a meeting; `about` the record a contradiction is about; `day` the first day of a meeting,
or on which a commitment was made; `due` the last day of a meeting or a deadline; `moved` the day of the last change
(days are YYYY-MM-DD); `doubts` how many questions the record leaves. `ix_record_counted` holds all that is counted, so
that counting reads no payload.
"""

record_line = sa.Table(
    "record_line",
    metadata,
    sa.Column("dossier_id", sa.String(32), primary_key=True),
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
    sqlite_with_rowid=False,
)
"""Commitments as lines of a list show them: the payload of the record without what it rests on, often a tenth of it."""

record_facet = sa.Table(
    "record_facet",
    metadata,
    sa.Column("dossier_id", sa.String(32), primary_key=True),
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("facet", sa.String(16), primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
    sa.Index("ix_record_facet_value", "dossier_id", "facet", "value", "record_id"),
)
"""The values of a record's fields that hold several: promisor, beneficiary, party, speaker.

The documents of commitments and meetings are there too. An actor's id
and names are there as they are looked up (`rows.ACTOR_ID`, `rows.ACTOR_NAME`).
"""

document_sector = sa.Table(
    "document_sector",
    metadata,
    sa.Column("document_id", sa.ForeignKey("reading.document_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("sector", sa.String(32), primary_key=True),
)
"""The sectors a document names; one with an empty sector says that it was looked at."""

record_mention = sa.Table(
    "record_mention",
    metadata,
    sa.Column("dossier_id", sa.String(32), primary_key=True),
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("mention_id", sa.Text, primary_key=True),
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
    sa.Index("ix_record_mention_mention", "dossier_id", "mention_id"),
    sa.Index("ix_record_mention_suffix", "dossier_id", "suffix"),
)
"""What a record rests on, and in what `role`.

mention (an account of it), event (of its follow-up), side (of a contradiction), document (of an origin).
"""

shelf = sa.Table(
    "shelf",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.UniqueConstraint("dossier_id", "name", name="uq_shelf_name"),
)
"""What is kept of the comparison of a dossier's documents, so that one more need not be compared with all."""

shelf_value = sa.Table(
    "shelf_value",
    metadata,
    sa.Column("shelf_id", sa.ForeignKey("shelf.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The values of a shelf, as JSON."""

shelf_place = sa.Table(
    "shelf_place",
    metadata,
    sa.Column("shelf_id", sa.ForeignKey("shelf.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("day", IN_ORDER, primary_key=True),
    sa.Column("owner", IN_ORDER, primary_key=True),
    sqlite_with_rowid=False,
)
"""The ids (`owner`) that stand in order under the keys of a shelf."""

judgement = sa.Table(
    "judgement",
    metadata,
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.Column("withdrawn_at", sa.String(32)),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Index("ix_judgement_made", "dossier_id", "made_at", "id"),
    sa.Index("ix_judgement_author", "dossier_id", "author", "made_at", "id"),
    sa.Index("ix_judgement_verdict", "dossier_id", "verdict", "made_at", "id"),
)

judgement_target = sa.Table(
    "judgement_target",
    metadata,
    sa.Column("dossier_id", sa.String(32), primary_key=True),
    sa.Column("judgement_id", sa.String(32), primary_key=True),
    sa.Column("target", sa.Text, primary_key=True),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(
        ["dossier_id", "judgement_id"], ["judgement.dossier_id", "judgement.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_judgement_target_suffix", "dossier_id", "suffix"),
)
"""What judgements are about: ids of mentions or records. `suffix` is what a mention and its record have in common."""

search_entry = sa.Table(
    "search_entry",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), index=True),
    sa.Column("lang", sa.String(16), nullable=False),
    sa.Index("ix_search_entry_owner", "owner"),
    sa.Index("ix_search_entry_lang", "lang"),
)
"""What the full-text index holds under the same number: a document (no dossier), or a record in one language."""

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("password", sa.Text),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Column("closed_at", sa.String(32)),
    sa.Column("admin", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("suspended_at", sa.String(32)),
)
"""People who may sign in. `password` is an argon2 hash. An account is closed, not deleted: decisions bear its name.

`admin` is one who keeps everybody's account; one that is suspended keeps its roles and opens nothing.
"""

account_role = sa.Table(
    "account_role",
    metadata,
    sa.Column("account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
)
"""What a person may do in a dossier: reader, analyst, editor. Without a row, nothing."""

account_key = sa.Table(
    "account_key",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Column("expires_at", sa.String(32), nullable=False),
    sa.Column("dossier_id", sa.String(32)),
    sa.Column("made_by", sa.String(32)),
)
"""What opens the door without a password: a browser's session, a program's token, the address of a calendar, a link
that serves once to choose a password.

Only their SHA-256 is kept. `dossier_id` is that of a key that opens one dossier's calendar and nothing else; `made_by`
the account of who made a link for somebody else, nobody's for one made in the terminal.
"""

attendance = sa.Table(
    "attendance",
    metadata,
    sa.Column("account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("before", sa.String(32)),
    sa.Column("last", sa.String(32), nullable=False),
)
"""When a person was in a dossier: `last` about the last page of the present sitting, `before` the end of the one before
(nothing on a first one), after which things are new to them. Instants as everywhere: ISO 8601, UTC."""

people_event = sa.Table(
    "people_event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("whom", sa.Text, nullable=False),
    sa.Column("dossier_id", sa.String(32), index=True),
    sa.Column("role", sa.String(16)),
)
"""What was done to whose account, by whom (empty: in the terminal), in which dossier if in one. Only ever added to."""

saved_view = sa.Table(
    "saved_view",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("dossier_id", sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
)
"""Views of a register that people keep under a name. `query` is what its address asks for; `owner` is a person's name,
empty where nobody has an account."""
