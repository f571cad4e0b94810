"""Commitments as lines of a list show them, kept beside what they rest on."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FIELDS = (
    "id", "promisor", "beneficiary", "action", "sector", "firmness", "deadline", "amount", "status", "events",
    "origins", "official", "vague", "made_on", "conditions",
)  # fmt: skip
_AT_ONCE = 500


def upgrade() -> None:
    """Create the table, and fill it from the records."""
    op.create_table(
        "record_line",
        sa.Column("dossier_id", sa.String(32), primary_key=True),
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id", "record_id"], ["record.dossier_id", "record.id"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    asked = sa.text(
        "SELECT dossier_id, id, payload FROM record WHERE kind = 'commitments' AND (dossier_id, id) > (:dossier, :id)"
        " ORDER BY dossier_id, id LIMIT :most"
    )
    written = sa.text("INSERT INTO record_line (dossier_id, record_id, payload) VALUES (:dossier, :id, :payload)")
    last = {"dossier": "", "id": ""}
    while found := connection.execute(asked, {**last, "most": _AT_ONCE}).all():
        lines = [{"dossier": row.dossier_id, "id": row.id, "payload": _line(row.payload)} for row in found]
        connection.execute(written, lines)
        last = {"dossier": found[-1].dossier_id, "id": found[-1].id}


def _line(payload: str) -> str:
    known = json.loads(payload)
    line = {name: known[name] for name in _FIELDS if name in known}
    line["events"] = [{"date": event["date"]} for event in known["events"]]
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))
