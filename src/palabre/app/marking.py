"""Use case of words that no extractor understood: a person says what they are, and the records are made with them.

The document is not changed, nor what was found in it: an addition is a decision, that can be withdrawn.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from palabre.app.judging import DATE, FIELDS, PARTIES, TEXT, checked, now, party_here
from palabre.errors import BadValue, NotFound
from palabre.model.documents import Document
from palabre.model.ids import content_id
from palabre.model.judgements import Addition, Judgement, Verdict
from palabre.model.spans import Span
from palabre.model.vocabulary import ProgressStatus
from palabre.reconcile.added import added_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from palabre.model.dossier import Dossier
    from palabre.store.store import Store

_LEFT_OUT = frozenset({"status", "made_on", "vague", "level", "margins_of"})
"""Fields of records that are worked out, or too rare to be asked for: they can be corrected afterwards."""

FORMS: Mapping[str, Mapping[str, str | type[StrEnum]]] = {
    "commitments": {k: v for k, v in FIELDS["commitments"].items() if k not in _LEFT_OUT},
    "meetings": {k: v for k, v in FIELDS["meetings"].items() if k not in _LEFT_OUT - {"status"}},
    "progress": {"about": TEXT, "status": ProgressStatus, "parties": PARTIES, "date": DATE},
    "quotes": {"speaker": TEXT},
    "statements": {"speaker": TEXT},
}
"""The kinds of things that can be added (fields of `Annotations`), with their fields and what each takes."""
NEEDED: Mapping[str, frozenset[str]] = {
    "commitments": frozenset({"promisor", "action", "sector", "firmness"}),
    "meetings": frozenset({"parties", "status"}),
    "progress": frozenset({"about", "status"}),
    "quotes": frozenset(),
    "statements": frozenset(),
}
"""The fields of each kind that cannot be left empty."""
LONGEST = 2000
"""Code points of the words, and of a value."""


def add_words(
    store: Store,
    dossier: Dossier,
    doc: str,
    span: Span,
    kind: str,
    typed: Mapping[str, str],
    *,
    author: str,
    reason: str = "",
) -> Judgement:
    """Keep that the words at `span` of a document are something of that kind, and return the decision.

    `typed` are values by field of `FORMS[kind]`, as people write them; the words are taken as `whole_words` does.
    Raises NotFound for a document that is not in the dossier; BadValue for words outside its text, none or too many,
    for what was understood there already, and for a value that will not do.
    """
    if kind not in FORMS:
        raise BadValue(kind[:40], f"not one of {', '.join(FORMS)}")
    document = store.find(dossier, doc).item
    if not isinstance(document, Document):
        raise NotFound(f"{doc[:80]}: no document has this id.")
    held = whole_words(document.text, span) if span.end <= len(document.text) else None
    if held is None or not len(held):
        raise BadValue(kind, "choose words of the text first")
    if len(held) > LONGEST:
        raise BadValue(kind, f"more than {LONGEST} characters")
    values = []
    for field, takes in FORMS[kind].items():
        given = typed.get(field, "")[:LONGEST].strip()
        if not given and field in NEEDED[kind]:
            raise BadValue(field, "cannot be left empty")
        value = checked(field, takes, given, partial(party_here, store, dossier)) if given else None
        if value is not None:
            values.append((field, value))
    added = Addition(kind, document.id, held, tuple(values))
    if any(item.span == held for item in getattr(store.annotations(document.id), kind)):
        raise BadValue(held.text(document.text)[:80], "this was understood there already: correct it instead")
    target = added_id(added)
    instant = now()
    its = content_id("j", Verdict.ADD.value, (target,), author, instant, reason)
    made = Judgement(its, Verdict.ADD, (target,), author, instant, reason.strip(), added=added)
    store.add_judgement(dossier, made)
    return made


def whole_words(text: str, span: Span) -> Span:
    """Return a span of a text without the space at its ends, and with the whole of the words it cuts."""
    start, end = (held := span.trimmed(text)).start, held.end
    if not len(held):
        return held
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def places_of(text: str, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, spaces and line breaks between them aside; none for no words."""
    parts = words.split()
    if not parts:
        return ()
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"\s+".join(map(re.escape, parts)), text))
