"""Frames told in the present or by being announced, and what looks like a promise and is left out, with why."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.extract.promises import found, only

from palabre.app.pipeline import parser_for
from palabre.extract.annotator import understood
from palabre.extract.commitments import left_out
from palabre.model.documents import Metadata, RawDocument
from palabre.model.vocabulary import Firmness
from palabre.text.compose import read_text


@pytest.mark.parametrize(
    ("text", "firmness", "promisor"),
    [
        ("La Norvège et le Pérou ont convenu d’un cessez-le-feu immédiat.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège et le Pérou ont convenu d’un Haut Conseil annuel.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège consacre cette année 27 millions d’euros aux réfugiés.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo contribue à hauteur d’un milliard d’euros.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège a annoncé qu’elle suspendait ses livraisons d’armes.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo a confirmé que la Norvège accordait 10 millions d’euros au port de Lima.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège devrait débourser 350 millions d’euros.", Firmness.INTENDED, ("NOR",)),
        ("Un accord sur la pêche a ensuite été signé entre la Norvège et le Pérou.", Firmness.SIGNED, ("NOR", "PER")),
        ("Oslo a pris le ferme engagement de livrer dix tracteurs au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo et Lima se sont mis d’accord pour que cent marins soient formés.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège a promis livrer dix tracteurs au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège s’est engagée à ce que les pourparlers soient directs.", Firmness.PLEDGED, ("NOR",)),
    ],
)
def test_frames(text: str, firmness: Firmness, promisor: tuple[str, ...]) -> None:
    commitment = only(text)
    assert (commitment.firmness, commitment.promisor) == (firmness, promisor)


def test_a_list_of_one_sentence_binds_in_all_its_parts() -> None:
    text = "Oslo et Lima se sont engagés à : bâtir deux hôpitaux ; fixer leurs frontières ; et former cent marins."
    made = found(text)
    assert [c.action.split()[0] for c in made] == ["bâtir", "fixer", "former"]
    assert {c.promisor for c in made} == {("NOR", "PER")}


@pytest.mark.parametrize(
    ("text", "cue", "why"),
    [
        ("Les ports attendent. La Norvège livrera dix tracteurs au Pérou ? Nul ne le sait.", "livrera", "asked"),
        ("Reste à savoir combien de filets la Norvège livrera au Pérou.", "livrera", "asked"),
        ("Selon un politologue, la Norvège livrera dix tracteurs au Pérou.", "livrera", "forecast"),
        ("La Norvège entrera en vigueur avec le Pérou.", "entrera", "hollow"),
        ("Il faudra que l’on sache qui livrera les filets.", "livrera", "forecast"),
        ("Les prix reculeront au Pérou et en Norvège.", "reculeront", "idle"),
    ],
)
def test_what_is_left_out_says_why(text: str, cue: str, why: str) -> None:
    given = Metadata(published=dt.date(2031, 5, 20), lang="fr")
    read, reading = understood(read_text(RawDocument("t", "t", text, "text/plain", given)), parser_for("fr", None))
    assert read.commitments == ()
    assert (cue, why) in {(left.cue.text(reading.text), left.why) for left in left_out(reading, read)}
