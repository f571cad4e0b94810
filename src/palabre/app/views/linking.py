"""Reports of progress that may be about a commitment: of the texts that carry it, and of texts that hold words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.model.mentions import PROGRESS, ids_of
from palabre.model.records import Evidence
from palabre.store import listings

if TYPE_CHECKING:
    from palabre.app.views.asking import Asking
    from palabre.model.annotations import ProgressMention
    from palabre.model.records import Commitment
    from palabre.register.evidence import Passage

MOST_DOCUMENTS = 24
MOST_REPORTS = 30


@dataclass(frozen=True, slots=True)
class Report:
    """One report of progress. `moves` is the id of the commitment it is thought to move now, None for none."""

    id: str
    item: ProgressMention
    passage: Passage
    moves: str | None


def reports(asking: Asking, record: Commitment, words: str) -> tuple[Report, ...]:
    """Return reports that do not move this commitment yet: those that move nothing first, then the latest first."""
    docs = list(dict.fromkeys(e.doc for e in record.mentions))[: MOST_DOCUMENTS // 2]
    for asked in [words] if words.strip() else _telling_words(record.action):
        docs += _holding(asking, asked)
    known = asking.documents(list(dict.fromkeys(docs))[:MOST_DOCUMENTS])
    mine = {e.evidence.id for e in record.events}
    found: dict[str, tuple[ProgressMention, Evidence]] = {}
    for doc, read in asking.annotations_of(list(known)).items():
        for its, item in zip(ids_of(PROGRESS, doc, read.progress), read.progress, strict=True):
            if its not in mine:
                found[its] = (item, Evidence(its, doc, item.span))
    told = asking.ask(listings.telling, found)
    passages = {p.evidence.id: p for p in asking.passages([e for _, e in found.values()], most=4 * MOST_REPORTS)}
    made = [
        Report(its, item, passages[its], told[its][1] if its in told else None)
        for its, (item, _) in found.items()
        if its in passages
    ]
    made.sort(
        key=lambda r: (r.moves is not None, -(r.passage.published.toordinal() if r.passage.published else 0), r.id)
    )
    return tuple(made[:MOST_REPORTS])


def _holding(asking: Asking, words: str) -> tuple[str, ...]:
    """Return the documents that hold words, or that tell of the records that do, best first."""

    def found() -> tuple[str, ...]:
        return tuple(h.doc or h.id for h in asking.store.search(asking.dossier, words, MOST_DOCUMENTS // 2))

    if asking.now is None:
        return found()
    return asking.memory.get((asking.dossier.id, asking.now, asking.revision, "holding", words), found)


def _telling_words(action: str) -> list[str]:
    """Return the words of a promise that are likeliest to be found in a report about it: the longest."""
    return sorted((w for w in action.split() if len(w) > 5 and w.isalpha()), key=lambda w: (-len(w), w))[:3]
