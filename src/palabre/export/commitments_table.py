"""Commitments as a table for spreadsheets and as JSON. Rows come as they are asked for: a long register fits too.

A cell that a spreadsheet would take for a formula is kept from it by an apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from palabre.export.decision_words import speaker_of
from palabre.register.follow_up import overdue
from palabre.register.replies import Replies

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from palabre.lang.interface import Words
    from palabre.model.judgements import Judgement, Reply
    from palabre.model.records import Brief, Commitment

COLUMNS = (
    "id", "who", "to_whom", "what", "sector", "firmness", "status", "made_on", "moved", "deadline", "amount",
    "conditions", "origins", "documents", "official", "vague", "check", "replies",
)  # fmt: skip
"""The columns of the whole table, `table.NAME` in words."""
MARK = "\ufeff"
"""The byte order mark by which spreadsheets know UTF-8."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def safe(value: str) -> str:
    """Return a cell no spreadsheet takes for a formula, on one line, without characters that do not print."""
    plain = value if value.isprintable() else "".join(c if c.isprintable() else " " for c in value)
    line = " ".join(plain.split())
    return f"'{line}" if line.startswith(_FORMULAS) or value[:1] in _FORMULAS else line


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment, how many documents tell of it, why it is worth a check on the day asked (codes of `check`)."""

    commitment: Commitment | Brief
    documents: int
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """How rows are told: which columns in which order, on which day, in whose words, with which replies of parties."""

    columns: tuple[str, ...]
    as_of: dt.date
    words: Words
    replies: Replies

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return [self.words(f"table.{name}") for name in self.columns]

    def cells(self, row: Row) -> list[str | int]:
        """Return the cells of a row: numbers that count are numbers, days are EDTF, codes are told in words."""
        return [_CELLS[name](row, self) for name in self.columns]


def _state(row: Row, table: Table) -> str:
    c = row.commitment
    return table.words.label("status", "overdue" if overdue(c, table.as_of) else c.status.value)


def _yes_no(value: bool, table: Table) -> str:
    return table.words.label("yes_no", "true" if value else "false")


def _replies(row: Row, table: Table) -> str:
    made = table.replies.to(row.commitment)
    return " | ".join(reply_in_words(j.reply, table.words) for j in made if j.reply is not None)


_CELLS: dict[str, Callable[[Row, Table], str | int]] = {
    "id": lambda row, _: row.commitment.id,
    "who": lambda row, table: table.words.actors(row.commitment.promisor),
    "to_whom": lambda row, table: table.words.actors(row.commitment.beneficiary) if row.commitment.beneficiary else "",
    "what": lambda row, _: row.commitment.action,
    "sector": lambda row, table: table.words.label("sector", row.commitment.sector),
    "firmness": lambda row, table: table.words.label("firmness", row.commitment.firmness),
    "status": _state,
    "made_on": lambda row, _: row.commitment.made_on or "",
    "moved": lambda row, _: (row.commitment.events[-1].date or "") if row.commitment.events else "",
    "deadline": lambda row, _: row.commitment.deadline or "",
    "amount": lambda row, _: row.commitment.amount or "",
    "conditions": lambda row, _: row.commitment.conditions or "",
    "origins": lambda row, _: row.commitment.origins,
    "documents": lambda row, _: row.documents,
    "official": lambda row, table: _yes_no(row.commitment.official, table),
    "vague": lambda row, table: _yes_no(row.commitment.vague, table),
    "check": lambda row, table: ", ".join(table.words.label("check", code) for code in row.checks),
    "replies": _replies,
}
"""What each column shows of a row."""


def csv_lines(rows: Iterable[Row], table: Table) -> Iterator[str]:
    """Yield the table line by line, its header first: commas between cells, every cell in quotation marks."""
    yield MARK + csv_line(table.header)
    for row in rows:
        yield csv_line([str(cell) for cell in table.cells(row)])


def csv_line(cells: Iterable[str]) -> str:
    """Return one line of a table, every cell safe and in quotation marks."""
    # As the library's writer has it when every cell is in quotation marks (RFC 4180), in half the time.
    quoted = '","'.join([safe(cell).replace('"', '""') for cell in cells])
    return f'"{quoted}"\r\n'


def reply_in_words(reply: Reply, words: Words) -> str:
    """Return a party's reply on one line: who, when, the words, where."""
    source = f"{reply.source}, {reply.url}" if reply.url else reply.source
    who, day = speaker_of(reply, words), words.date(reply.said_on)
    return words("judge.reply_line", who=who, date=day, words=reply.words, source=source)


def json_lines(commitments: Iterable[Commitment], as_of: dt.date, replies: Replies | None = None) -> Iterator[str]:
    """Yield a JSON array of commitments piece by piece: codes, EDTF dates, ids of documents and passages."""
    answered = replies or Replies(())
    yield "["
    for number, commitment in enumerate(commitments):
        yield ("," if number else "") + "\n" + json.dumps(as_json(commitment, as_of, answered), ensure_ascii=False)
    yield "\n]\n"


def as_json(commitment: Commitment, as_of: dt.date, replies: Replies | None = None) -> dict[str, Any]:
    """Return one commitment: codes, EDTF dates, evidence as half-open ranges of code points, what parties answered."""
    answered = replies or Replies(())
    return {
        "id": commitment.id,
        "promisor": list(commitment.promisor),
        "beneficiary": list(commitment.beneficiary),
        "action": commitment.action,
        "sector": commitment.sector.value,
        "firmness": commitment.firmness.value,
        "status": commitment.status.value,
        "overdue": overdue(commitment, as_of),
        "made_on": commitment.made_on,
        "deadline": commitment.deadline,
        "amount": commitment.amount,
        "conditions": commitment.conditions,
        "vague": commitment.vague,
        "official": commitment.official,
        "origins": commitment.origins,
        "confidence": commitment.confidence,
        "mentions": [
            {"id": e.id, "document": e.doc, "start": e.span.start, "end": e.span.end} for e in commitment.mentions
        ],
        "events": [
            {
                "document": e.evidence.doc,
                "start": e.evidence.span.start,
                "end": e.evidence.span.end,
                "date": e.date,
                "status": e.status.value,
                "about": e.about,
                "why": e.why,
            }
            for e in commitment.events
        ],
        "replies": [reply_json(j) for j in answered.to(commitment)],
    }


def reply_json(judgement: Judgement) -> dict[str, Any]:
    """Return what a party answered, and who wrote it down when."""
    reply = judgement.reply
    assert reply is not None
    return {
        "id": judgement.id,
        "party": reply.party,
        "speaker": reply.speaker,
        "words": reply.words,
        "said_on": reply.said_on,
        "source": reply.source,
        "url": reply.url,
        "recorded_by": judgement.author,
        "recorded_at": judgement.made_at,
    }
