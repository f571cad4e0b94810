"""When people were in a dossier; administrators, suspended accounts, links that serve once, the trail of rights."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and columns. Nobody becomes an administrator by it: `palabre user admin` makes one."""
    op.add_column("account", sa.Column("admin", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("account", sa.Column("suspended_at", sa.String(32)))
    op.add_column("account_key", sa.Column("made_by", sa.String(32)))
    op.create_table(
        "attendance",
        sa.Column("account_id", sa.String(32), sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("before", sa.String(32)),
        sa.Column("last", sa.String(32), nullable=False),
    )
    op.create_table(
        "people_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("dossier_id", sa.String(32)),
        sa.Column("role", sa.String(16)),
    )
    op.create_index("ix_people_event_dossier_id", "people_event", ["dossier_id"])
