"""A person's decision in the interface's words, for the terminal and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.model.judgements import Verdict

if TYPE_CHECKING:
    from palabre.lang.interface import Words
    from palabre.model.judgements import Judgement, Reply


def decision_in_words(judgement: Judgement, words: Words) -> str:
    """Return a decision in a few words: « corrigé : échéance = juin 2026 », with « retirée … » when it was."""
    out = words.label("verdict", judgement.verdict)
    if judgement.verdict is Verdict.CORRECT and judgement.field:
        name = words.label("field", judgement.field)
        value = value_in_words(judgement.field, judgement.value, words)
        out += words("report.colon") + words("judge.equals", field=name, value=value)
    if judgement.reply is not None:
        said = judgement.reply
        out += words("report.colon") + words(
            "judge.replied", who=speaker_of(said, words), date=words.date(said.said_on)
        )
    if judgement.added is not None:
        out += words("report.colon") + words.label("addition", judgement.added.kind)
    if judgement.withdrawn_at is not None:
        day = words.date(judgement.withdrawn_at[:10])
        out += f" ({words('judge.withdrawn', by=judgement.withdrawn_by or '—', date=day)})"
    return out


def speaker_of(reply: Reply, words: Words) -> str:
    """Return who answers: the party, and who speaks for it when that is known."""
    party = words.actor(reply.party)
    return f"{party} ({reply.speaker})" if reply.speaker else party


def value_in_words(field: str, value: str | None, words: Words) -> str:
    """Return the value given to a field as the interface says it; a dash for none."""
    if value is None:
        return "—"
    if field in ("promisor", "beneficiary", "parties"):
        return words.actors(tuple(value.split(",")))
    if field in ("deadline", "made_on", "date"):
        return words.date(value)
    if field == "vague":
        return words.label("yes_no", value)
    # The states of meetings and of commitments are two vocabularies without a code in common.
    kinds = ("meeting", "status") if field == "status" else (field,) if field in ("sector", "firmness") else ()
    return next((words.label(k, value) for k in kinds if words.label(k, value) != value), value)
