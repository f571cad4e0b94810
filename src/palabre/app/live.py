"""Registers kept in memory while the program runs, so that one document more costs only what it concerns.

What is kept in the store is always what computing everything gives. When anything but new documents changed (a
decision, the dossier itself, another reading of a document), everything is computed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palabre.app.dossiers import KEPT_LANGUAGE, present
from palabre.model.documents import ReadDocument
from palabre.register.incremental import LiveRegister

if TYPE_CHECKING:
    from palabre.model.dossier import Dossier
    from palabre.model.judgements import Judgement
    from palabre.model.records import Register
    from palabre.store.store import Store

MOST_DOCUMENTS = 20_000
"""Dossiers of more documents are not kept in memory."""
MOST_NEW = 200
"""With more new documents than this, computing everything is quicker."""


@dataclass
class _Kept:
    dossier: Dossier
    judgements: tuple[Judgement, ...]
    revision: int
    live: LiveRegister
    ids: set[str]


class LiveDossiers:
    """Brings registers up to date; remembers the last dossier it did. Not to be used by two threads at once."""

    def __init__(self) -> None:
        """Start without any dossier."""
        self._kept: _Kept | None = None

    def refresh(self, store: Store, dossier: Dossier) -> Register:
        """Bring the dossier's records up to date in the store, and return them. Raises NoDossier."""
        revision = store.revision(dossier)
        judgements = store.judgements(dossier)
        ids = set(store.added(dossier))
        kept = self._kept
        if kept is None or not self._follows(kept, dossier, judgements, revision, ids):
            self._kept = None
            live = LiveRegister(
                store.read_documents(dossier),
                dossier=dossier,
                judgements=present(store, judgements),
                lang=KEPT_LANGUAGE,
            )
            kept = _Kept(dossier, judgements, revision, live, ids)
        else:
            new = sorted(ids - kept.ids)
            kept.live.take(ReadDocument(d, store.annotations(i)) for i, d in store.texts(new).items())
            kept.revision, kept.ids = revision, ids
        register = kept.live.register()
        store.save_register(dossier, register, revision)
        self._kept = kept if len(ids) <= MOST_DOCUMENTS else None
        return register

    @staticmethod
    def _follows(
        kept: _Kept, dossier: Dossier, judgements: tuple[Judgement, ...], revision: int, ids: set[str]
    ) -> bool:
        """Tell whether nothing but new documents came: each makes one revision, and so does any other change."""
        new = len(ids - kept.ids)
        same = kept.dossier == dossier and kept.judgements == judgements and kept.ids <= ids
        return same and revision - kept.revision == new and new <= MOST_NEW
