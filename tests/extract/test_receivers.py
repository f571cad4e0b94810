"""Towards whom a promise is made, in texts of our own."""

from __future__ import annotations

import pytest

from palabre.extract.annotator import annotate
from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text

MEETING = "Une rencontre entre la Norvège et le Pérou a eu lieu à Lima le 3 mars 2031.\n\n"


def receivers(text: str, lang: str = "fr") -> list[tuple[str, ...]]:
    found = annotate(read_text(RawDocument("a", "a", text, "text/plain", Metadata(lang=lang))))
    return [c.beneficiary for c in found.commitments]


@pytest.mark.parametrize(
    ("promise", "whom"),
    [
        ("La Norvège s'est engagée à livrer dix bateaux au Pérou.", ("PER",)),
        ("La Norvège s'est engagée à livrer dix bateaux avant la fin de l'année.", ("PER",)),
        ("La Norvège s'est engagée à livrer dix bateaux à la Bolivie et à l'Équateur.", ("BOL", "ECU")),
        ("La Norvège s'est engagée à plaider cette cause auprès du Canada.", ("PER",)),
        ("La Norvège s'est engagée à fournir au Pérou du gaz canadien.", ("PER",)),
        ("La Norvège s'est engagée à atteindre la neutralité carbone en 2040.", ()),
        ("La Norvège s'est engagée à organiser des élections au mois de mai.", ("NOR",)),
    ],
)
def test_whom_one_side_promises(promise: str, whom: tuple[str, ...]) -> None:
    assert receivers(MEETING + promise) == [whom]


def test_what_several_promise_together_is_for_all_of_them() -> None:
    (whom,) = receivers(MEETING + "La Norvège et le Pérou se sont engagés à ouvrir une ligne maritime en 2032.")
    assert set(whom) == {"NOR", "PER"}


def test_an_outsider_gives_to_the_one_who_receives_in_the_text() -> None:
    text = (
        MEETING + "La Norvège s'est engagée à livrer dix bateaux au Pérou. "
        "Le Canada s'est engagé à former deux cents marins."
    )
    assert receivers(text)[1] == ("PER",)
