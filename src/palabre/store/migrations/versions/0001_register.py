"""Dossiers, documents, annotations, records and judgements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "setting",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("register_revision", sa.Integer),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "document",
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
        sa.Column("outlet", sa.Text),
        sa.Column("agency", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("provenance", sa.Text, nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("extractor", sa.String(64), nullable=False),
        sa.Column("read_at", sa.String(32), nullable=False),
        sa.Column("rest", sa.Text, nullable=False),
    )
    op.create_table(
        "annotation",
        sa.Column(
            "document_id", sa.String(32), sa.ForeignKey("reading.document_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, index=True),
        sa.Column("start_at", sa.Integer),
        sa.Column("end_at", sa.Integer),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "former_annotation",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("start_at", sa.Integer, nullable=False),
        sa.Column("end_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "dossier_document",
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("document.id"), primary_key=True, index=True),
        sa.Column("added_at", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("date", sa.String(64)),
        sa.Column("status", sa.String(32)),
        sa.Column("sector", sa.String(32)),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Index("ix_record_kind", "dossier_id", "kind", "ordinal"),
    )
    op.create_table(
        "record_mention",
        sa.Column("dossier_id", sa.String(32), primary_key=True),
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("mention_id", sa.Text, primary_key=True),
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
        sa.Index("ix_record_mention_mention", "dossier_id", "mention_id"),
        sa.Index("ix_record_mention_suffix", "dossier_id", "suffix"),
    )
    op.create_table(
        "judgement",
        sa.Column("dossier_id", sa.String(32), sa.ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
    )
