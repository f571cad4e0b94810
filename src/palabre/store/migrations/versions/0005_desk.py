"""Views of the register kept under a name; keys that open one dossier alone.

Records are worked out again at the next opening: contradictions are now kept so that any language can tell them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of views, let a key be of one dossier, and mark all records as older than their dossier."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_saved_view_dossier_id", "saved_view", ["dossier_id"])
    op.add_column("account_key", sa.Column("dossier_id", sa.String(32)))
    op.execute(sa.text("UPDATE dossier SET register_revision = NULL"))
