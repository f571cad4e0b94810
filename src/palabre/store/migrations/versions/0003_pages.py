"""What pages filter, sort and count records by. What is stored is filled in at the next opening."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ADDED = (
    ("firmness", sa.String(32)),
    ("variety", sa.String(32)),
    ("about", sa.Text),
    ("day", sa.String(10)),
    ("due", sa.String(10)),
    ("moved", sa.String(10)),
    ("origins", sa.Integer),
    ("docs", sa.Integer),
    ("doubts", sa.Integer),
    ("session", sa.Integer),
    ("official", sa.Boolean),
    ("vague", sa.Boolean),
    ("confidence", sa.Float),
)


def upgrade() -> None:
    """Add the columns, the tables of facets and of sectors, and forget how the index was made so that all is redone."""
    for name, kind in _ADDED:
        op.add_column("record", sa.Column(name, kind))
    op.create_index("ix_record_day", "record", ["dossier_id", "kind", "day"])
    op.create_index("ix_record_due", "record", ["dossier_id", "kind", "due"])
    op.create_index("ix_record_about", "record", ["dossier_id", "about"])
    op.create_index(
        "ix_record_counted",
        "record",
        ["dossier_id", "kind", "vague", "sector", "status", "firmness", "origins", "due", "official", "confidence",
         "doubts", "day", "moved", "date", "id"],
    )  # fmt: skip
    op.create_table(
        "record_facet",
        sa.Column("dossier_id", sa.String(32), primary_key=True),
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("facet", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
        sa.Index("ix_record_facet_value", "dossier_id", "facet", "value", "record_id"),
    )
    op.create_table(
        "document_sector",
        sa.Column(
            "document_id", sa.String(32), sa.ForeignKey("reading.document_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("sector", sa.String(32), primary_key=True),
    )
    op.create_index("ix_document_outlet", "document", ["outlet"])
    op.create_index("ix_dossier_document_added", "dossier_document", ["dossier_id", "added_at"])
    op.execute(sa.text("DELETE FROM setting WHERE name = 'analysis'"))
