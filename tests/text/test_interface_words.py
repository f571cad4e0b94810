"""Words of the interface: what is typeset when it is said, and what of a text is held together."""

from __future__ import annotations

import pytest

from palabre.lang.interface import Words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Énergie, finances : deux échéances", f"Énergie, finances{NBSP}: deux échéances"),
        ("« Le papier », dit-il ?", f"«{NBSP}Le papier{NBSP}», dit-il{NBSP}?"),
        ("une force de 6 000 hommes", f"une force de 6{NBSP}000 hommes"),
        ("détenir 62 %", f"détenir 62{NBSP}%"),
        ("le 3 avril 2025 et 12 ponts", "le 3 avril 2025 et 12 ponts"),
        ("Ratio 3:1; fin", "Ratio 3:1; fin"),
        (" : seul", " : seul"),
    ],
)
def test_what_must_not_part_is_held_together(said: str, held: str) -> None:
    assert Words.held(said) == held
    assert len(held) == len(said)


def test_a_group_that_binds_itself_binds_its_members() -> None:
    assert Words("fr").beneficiaries(("AES",), ("AES",)) == "ses membres"
    assert Words("en").beneficiaries(("AES", "RUS"), ("RUS", "AES")) == "each other"
    assert Words("fr").beneficiaries(("MLI",), ("MLI",)) == "Mali"


def test_languages_are_named() -> None:
    assert (Words("fr").language("ru"), Words("en").language("fr"), Words("fr").language("zz9")) == (
        "russe",
        "French",
        "zz9",
    )


def test_labels_are_typeset_and_numbers_written_as_the_language_does() -> None:
    assert Words("fr").label("origin", "agency") == "dépêche d’agence"
    assert Words("fr").decimal(0.8) == "0,8"
    assert Words("en").decimal(0.8) == "0.8"
    assert Words("fr").label("sector", "l'inconnu") == "l'inconnu"
