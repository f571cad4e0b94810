"""What pages look up: actors by name, decisions by what they are about and by whom, lists in their orders."""

import json

import sqlalchemy as sa
from alembic import op

from palabre.text.words import fold

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and indexes, and fill them from what is stored."""
    op.add_column("judgement", sa.Column("author", sa.Text))
    op.create_table(
        "judgement_target",
        sa.Column("dossier_id", sa.String(32), primary_key=True),
        sa.Column("judgement_id", sa.String(32), primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id", "judgement_id"], ["judgement.dossier_id", "judgement.id"], ondelete="CASCADE"
        ),
        sa.Index("ix_judgement_target_suffix", "dossier_id", "suffix"),
    )
    op.create_index("ix_judgement_made", "judgement", ["dossier_id", "made_at", "id"])
    op.create_index("ix_judgement_author", "judgement", ["dossier_id", "author", "made_at", "id"])
    op.create_index("ix_judgement_verdict", "judgement", ["dossier_id", "verdict", "made_at", "id"])
    for name, kind in (("name", sa.Text), ("published", sa.Date), ("outlet", sa.Text)):
        op.add_column("dossier_document", sa.Column(name, kind))
    op.execute(_LISTED)
    op.drop_index("ix_dossier_document_added", "dossier_document")
    op.drop_index("ix_record_day", "record")
    for table, name, columns in _INDEXES:
        op.create_index(f"ix_{table}_{name}", table, columns)
    _judgements(op.get_bind())
    _actors(op.get_bind())
    op.execute(_UNASKED)
    if op.get_bind().dialect.name == "sqlite":
        # What was learned of the tables before said that whatever a dossier holds is little.
        for table in ("dossier_document", "record", "record_facet", "record_mention", "search_entry", "judgement"):
            op.execute(f"ANALYZE {table}")


_LISTED = """
    UPDATE dossier_document SET
      name = (SELECT name FROM document WHERE id = document_id),
      published = (SELECT published FROM document WHERE id = document_id),
      outlet = (SELECT coalesce(nullif(outlet, ''), agency, '') FROM document WHERE id = document_id)
"""
# Nobody looks these up by their documents.
_UNASKED = """
    DELETE FROM record_facet WHERE facet = 'document' AND EXISTS (
      SELECT 1 FROM record WHERE record.dossier_id = record_facet.dossier_id AND record.id = record_facet.record_id
        AND record.kind NOT IN ('commitments', 'meetings'))
"""
_INDEXES = (
    ("dossier_document", "added", ["dossier_id", "added_at", "name", "document_id"]),
    ("dossier_document", "published", ["dossier_id", "published", "name", "document_id"]),
    ("dossier_document", "name", ["dossier_id", "name", "document_id"]),
    ("dossier_document", "outlet", ["dossier_id", "outlet", "published", "name", "document_id", "added_at"]),
    ("record", "day", ["dossier_id", "kind", "day", "ordinal"]),
    ("record", "origins", ["dossier_id", "kind", "origins", "ordinal"]),
    ("record", "docs", ["dossier_id", "kind", "docs", "ordinal"]),
    ("record", "variety", ["dossier_id", "kind", "variety", "ordinal"]),
    ("search_entry", "lang", ["lang"]),
)


def _judgements(connection: sa.Connection) -> None:
    for row in connection.execute(sa.text("SELECT dossier_id, id, payload FROM judgement")).all():
        made = json.loads(row.payload)
        its = {"dossier": row.dossier_id, "judgement": row.id}
        connection.execute(
            sa.text("UPDATE judgement SET author = :author WHERE dossier_id = :dossier AND id = :judgement"),
            {**its, "author": made["author"]},
        )
        targets = [{**its, "target": t, "suffix": t.rpartition("-")[2]} for t in dict.fromkeys(made["targets"])]
        if targets:
            written = "INSERT INTO judgement_target VALUES (:dossier, :judgement, :target, :suffix)"
            connection.execute(sa.text(written), targets)


def _actors(connection: sa.Connection) -> None:
    for row in connection.execute(sa.text("SELECT dossier_id, id, payload FROM record WHERE kind = 'actors'")).all():
        names = {("actor", fold(row.id)), *(("name", fold(name)) for name in json.loads(row.payload)["names"])}
        found = [
            {"dossier": row.dossier_id, "record": row.id, "facet": facet, "value": value}
            for facet, value in names
            if value or facet == "actor"
        ]
        written = "INSERT INTO record_facet (dossier_id, record_id, facet, value)"
        connection.execute(sa.text(f"{written} VALUES (:dossier, :record, :facet, :value)"), found)
