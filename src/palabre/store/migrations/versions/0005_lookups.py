"""What pages look up: actors by name, decisions by what they are about and by whom, records in the order of lists."""

import json

import sqlalchemy as sa
from alembic import op

from palabre.text.words import fold

revision = "0005"
down_revision = "0004"
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
    _judgements(op.get_bind())
    _actors(op.get_bind())


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
