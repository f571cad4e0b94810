"""Full-text search. What is already stored is indexed when the database is next opened."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the list of what is indexed, and on SQLite the index itself."""
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), index=True),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Index("ix_search_entry_owner", "owner"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # Words come analysed, separated by spaces; `ascii` leaves every other character inside its word.
        op.execute("CREATE VIRTUAL TABLE search_words USING fts5(head, body, forms, tokenize = 'ascii')")
