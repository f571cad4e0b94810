"""Texts that hardly tell of public dealings: what moves in them keeps no state's word, unless it is told at length."""

from __future__ import annotations

import datetime as dt

from palabre.extract.annotator import annotate
from palabre.extract.dealings import is_private
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.reading import Reading

MATCH = (
    "Le gardien a plongé deux fois du bon côté avant la mi-temps. L'attaquant, blessé, a quitté la pelouse sous les "
    "applaudissements. Son remplaçant a marqué de la tête sur un corner bien tiré. Le public a chanté jusqu'au bout. "
)
DEALINGS = (
    "Le gouvernement sénégalais et la Banque mondiale ont signé un accord sur l'eau. Le ministre a rappelé que l'État "
    "finance le projet avec ses partenaires. La convention entre les deux parties prévoit un programme de forages. "
)
MOVED = "Les travaux du stade ont démarré lundi. "


def reading(text: str) -> Reading:
    given = Metadata(published=dt.date(2026, 3, 10), lang="fr")
    return read_text(RawDocument("t", "t", text, "text/plain", given))


def test_a_text_on_a_match_is_private_and_one_on_an_agreement_is_not() -> None:
    assert is_private(reading(MATCH * 4))
    assert not is_private(reading(DEALINGS * 4))


def test_a_text_too_short_to_judge_is_never_private() -> None:
    assert not is_private(reading(MATCH))


def test_what_moves_counts_only_where_dealings_are_told() -> None:
    assert not annotate(reading(MATCH * 4 + MOVED), None).progress
    assert any("travaux" in p.about for p in annotate(reading(DEALINGS * 4 + MOVED), None).progress)
