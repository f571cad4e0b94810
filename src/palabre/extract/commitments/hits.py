"""Words that may commit, as the scan of a line finds them. Nothing here decides whether they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that may commit. Positions are the line's.

    `cue` to `cue_end` are the triggering words, `body` is where what is promised begins, `verb` the infinitive (or the
    future as it stands), `kind` the frame: infinitive, deed, clause, future, passive, process, agreement, goes_on.
    `told` is the verb that reports a second clause (« … et que … »), `text_at` where the text that says it is named,
    `due` when it binds only with a date or a sum, `detail` when it tells more of what was promised just before,
    `acts` when the cue itself is what is done, `crowd` when it counts though only the number of who promise is told,
    `who` where its subject stands when the verb is left out, `again` when a list goes on whose verb was read before.
    """

    kind: str
    rule: str
    cue: int
    cue_end: int
    body: int
    verb: str
    firmness: Firmness
    single: Firmness | None = None
    vague: bool = False
    noun: bool = False
    impersonal: bool = False
    purpose: bool = False
    links: str = ""
    money_makes: Firmness | None = None
    subject_at: int | None = None
    verb_at: int | None = None
    reported: bool = False
    told: tuple[int, int] | None = None
    text_at: int | None = None
    listed: bool = False
    due: bool = False
    detail: bool = False
    acts: bool = False
    crowd: bool = False
    who: tuple[int, int] | None = None
    again: bool = False


def is_infinitive(line: Line, lex: Lexicon, word: str, position: int) -> bool:
    """Tell whether a word that looks like an infinitive is one (the tree decides, where there is one)."""
    if word in lex.words["not_infinitive"]:
        return False
    pos = line.pos_at(position)
    return (
        pos is None
        or pos in ("VERB", "AUX", "X")
        or (word[-2:] in ("er", "ir") and pos not in ("NOUN", "PROPN", "ADJ", "ADV"))
        or (
            # « d'aménager quinze routes »: an object of its own tells that the tree is wrong.
            word.endswith("er")
            and pos == "NOUN"
            and lex.patterns["deeds.article"].match(line.norm, position + len(word) + 1) is not None
            and lex.patterns["clause.governed"].search(line.norm[:position]) is not None
        )
    )
