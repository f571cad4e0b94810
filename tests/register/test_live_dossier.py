"""A dossier kept in memory follows the store: new documents at small cost, anything else from the beginning."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from palabre.app import live
from palabre.app.live import LiveDossiers
from palabre.model.judgements import Verdict
from palabre.register.build import build_register
from palabre.register.incremental import LiveRegister
from palabre.store.store import Store
from tests.register.test_build import DOSSIER, decision, mention, samples


def test_the_store_holds_what_computing_everything_gives() -> None:
    kept = LiveDossiers()
    with Store.open(":memory:") as store, patch.object(live, "LiveRegister", wraps=LiveRegister) as begun:
        store.create_dossier(DOSSIER)
        for n, read in enumerate(samples(), 1):
            store.add_document(DOSSIER, read)
            kept.refresh(store, DOSSIER)
            assert store.register(DOSSIER) == build_register(samples()[:n], dossier=DOSSIER)
            assert not store.is_stale(DOSSIER)
        assert begun.call_count == 1
        judged = decision(Verdict.REJECT, mention("a", "commitments"))
        store.add_judgement(DOSSIER, judged)
        kept.refresh(store, DOSSIER)
        assert begun.call_count == 2
        assert store.register(DOSSIER) == build_register(samples(), dossier=DOSSIER, judgements=[judged])


def test_another_reading_is_seen() -> None:
    kept = LiveDossiers()
    with Store.open(":memory:") as store:
        store.create_dossier(DOSSIER)
        store.add_documents(DOSSIER, samples()[:3])
        kept.refresh(store, DOSSIER)
        read = samples()[0]
        other = replace(read, annotations=replace(read.annotations, meetings=()))
        store.replace_annotations(read.document.id, other.annotations)
        store.add_document(DOSSIER, samples()[3])
        kept.refresh(store, DOSSIER)
        assert store.register(DOSSIER) == build_register([other, *samples()[1:4]], dossier=DOSSIER)
