"""Parties as people type them: what the interface shows is understood when it is sent back, in either language."""

from __future__ import annotations

import pycountry
import pytest

from palabre.app.party_names import known_party
from palabre.lang.interface import INTERFACES, Words


@pytest.mark.parametrize("lang", INTERFACES)
def test_every_country_is_known_by_the_name_shown(lang: str) -> None:
    words = Words(lang)
    codes = [country.alpha_3 for country in pycountry.countries]
    assert {code: known_party(words.actor(code)) for code in codes} == {code: code for code in codes}


def test_a_straight_apostrophe_does_for_a_curved_one() -> None:
    assert known_party("Côte d'Ivoire") == known_party("Côte d’Ivoire") == "CIV"


def test_what_is_no_party_is_none() -> None:
    assert known_party("le pont de bois") is None
