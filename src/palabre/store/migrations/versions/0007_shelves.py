"""What is kept of comparisons; records ordered by a text of their own, filled in at the next opening."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_IN_ORDER = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

_ORDERS = ("day", "origins", "docs", "variety")
"""What lists of records are put in order by, their own order after it."""


def upgrade() -> None:
    """Create the tables, and forget how the index was made so that the order of records is filled in with it."""
    op.create_table(
        "shelf",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.UniqueConstraint("dossier_id", "name", name="uq_shelf_name"),
    )
    op.create_table(
        "shelf_value",
        sa.Column("shelf_id", sa.Integer, sa.ForeignKey("shelf.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shelf_place",
        sa.Column("shelf_id", sa.Integer, sa.ForeignKey("shelf.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("day", _IN_ORDER, primary_key=True),
        sa.Column("owner", _IN_ORDER, primary_key=True),
        sqlite_with_rowid=False,
    )
    for name in ("kind", *_ORDERS):
        op.drop_index(f"ix_record_{name}", "record")
    op.drop_column("record", "ordinal")
    op.add_column("record", sa.Column("place", _IN_ORDER, nullable=False, server_default=""))
    op.create_index("ix_record_kind", "record", ["dossier_id", "kind", "place"])
    for name in _ORDERS:
        op.create_index(f"ix_record_{name}", "record", ["dossier_id", "kind", name, "place"])
    op.execute(sa.text("DELETE FROM setting WHERE name = 'analysis'"))
