"""The reader's language changes the words of what is kept, and computes nothing anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from palabre.app import dossiers
from palabre.app.dossiers import KEPT_LANGUAGE, opened
from palabre.lang.interface import INTERFACES
from palabre.reconcile.conflicts import told, told_in
from palabre.register.build import build_register
from palabre.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_contradictions_are_told_in_each_language(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("computed anew")

    with Store.open(filled) as store:
        dossier = store.dossier("aes")
        documents = tuple(store.read_documents(dossier))
        computed = {lang: build_register(documents, dossier=dossier, lang=lang).conflicts for lang in INTERFACES}
        monkeypatch.setattr(dossiers, "build_register", forbidden)
        shown = {lang: opened(store, "aes", lang).register.conflicts for lang in INTERFACES}
    assert shown == computed
    assert shown["fr"] != shown["en"]
    assert len(shown["en"]) > 3
    # From one language to the other and back, nothing is lost.
    assert told_in(shown["en"], KEPT_LANGUAGE) == shown[KEPT_LANGUAGE]
    assert all(told(c, KEPT_LANGUAGE) == c for c in shown[KEPT_LANGUAGE])
