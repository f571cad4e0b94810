"""The sample dossier holds what its README promises: a manifest, a copy, contradictions, commitments that move."""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

SAMPLE = resources.files("palabre.sample").joinpath("aes-russie")
INVENTED = (
    "Idrissa Balafon",
    "M. Balafon",
    "Fanta Mortier",
    "Aminata Fonio",
    "Hamidou Caïlcédrat",
    "Kadidia Rossignol",
    "Maman Gommier",
)
"""The ordinary people invented for these texts: nobody else's words are quoted in them."""


def words_of(number: str) -> str:
    """Return the text whose name begins with `number`, its markup taken away."""
    name = next(p.name for p in SAMPLE.iterdir() if p.name.startswith(f"{number}-"))
    text = SAMPLE.joinpath(name).read_text(encoding="utf-8")
    return re.sub(r"<[^>]*>", " ", text) if name.endswith(".html") else text


def rows() -> list[dict[str, str]]:
    """Return the manifest's rows."""
    return list(csv.DictReader(SAMPLE.joinpath("manifest.csv").read_text(encoding="utf-8").splitlines()))


NUMBERS = tuple(row["path"][:2] for row in rows())


def test_manifest_names_every_text_once() -> None:
    texts = sorted(p.name for p in SAMPLE.iterdir() if p.name.endswith((".txt", ".html")))
    assert sorted(row["path"] for row in rows()) == texts
    assert len(texts) >= 10


def test_manifest_dates_span_both_sessions() -> None:
    dates = [dt.date.fromisoformat(row["published"]) for row in rows()]
    assert min(dates) == dt.date(2025, 4, 1)
    assert max(dates) > dt.date(2025, 9, 24)


def test_addresses_lead_nowhere() -> None:
    addresses = [row["url"] for row in rows() if row["url"]]
    addresses += re.findall(r"https?://[^\s\"]+", " ".join(words_of(n) for n in NUMBERS))
    assert addresses
    assert [a for a in addresses if not re.match(r"https://(?:[a-z-]+\.example/|schema\.org$)", a)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_texts_are_short(number: str) -> None:
    assert 120 <= len(words_of(number).split()) <= 270


@pytest.mark.parametrize("number", NUMBERS)
def test_only_invented_people_are_quoted(number: str) -> None:
    for paragraph in words_of(number).split("\n"):
        for quoted in re.findall(r"«([^»]+)»", paragraph):
            assert any(name in paragraph for name in INVENTED), quoted


def test_weekday_contradicts_the_date() -> None:
    assert dt.date(2025, 4, 3).strftime("%w") == "4"
    assert "mercredi 3 avril" in words_of("05")
    assert "jeudi 3 avril" in words_of("01")


def test_number_of_parties_disagrees() -> None:
    assert "rencontre trilatérale" in words_of("05")
    assert "réunion quadripartite" in words_of("03")


def test_pledged_against_only_discussed() -> None:
    assert "s'est engagée jeudi à former et à équiper" in words_of("03")
    assert "ont seulement été évoqués" in words_of("05")


def test_figures_disagree() -> None:
    assert "5 000 hommes" in words_of("03")
    assert "6 000 hommes" in words_of("06")
    assert "Trois textes ont été signés" in words_of("09")
    assert "quatre accords signés" in words_of("10")
    assert "tous les six mois" in words_of("09")
    assert "une fois par an" in words_of("10")


def test_one_text_copies_another() -> None:
    report, copy = words_of("03"), words_of("04")
    shared = sum(
        block.size for block in difflib.SequenceMatcher(None, report, copy, autojunk=False).get_matching_blocks()
    )
    assert shared / len(report) > 0.7
    assert report.split("\n")[0] not in copy
    assert "Source : Agence Dallol-Presse" in copy


def test_commitments_move() -> None:
    assert "se rendra à Moscou en juin prochain" in words_of("03")
    assert "a donc bien eu lieu" in words_of("09")
    assert "serait signé dans les semaines à venir" in words_of("03")
    assert "ont signé jeudi 19 juin" in words_of("08")
    assert "crée une commission intergouvernementale" in words_of("09")
    assert "a siégé pour la première fois mardi à Bamako" in words_of("12")


def test_some_commitments_go_quiet() -> None:
    assert "d'ici à la fin du mois de mai 2025" in words_of("07")
    assert "avant le 30 septembre 2025" in words_of("07")
    later = " ".join(words_of(n) for n in NUMBERS if n > "07")
    assert "Sanankoroba" not in later
    assert "Banque confédérale" not in later


@pytest.fixture(scope="module")
def reconciled() -> Any:
    with resources.as_file(SAMPLE) as folder:
        command = [str(Path(sys.executable).with_name("palabre")), "reconcile", str(folder)]
        done = subprocess.run(
            [*command, "--manifest", str(folder / "manifest.csv")], stdout=subprocess.PIPE, check=True
        )
    return json.loads(done.stdout)


def test_the_copy_is_found_and_no_other(reconciled: Any) -> None:
    assert [sorted(group) for group in reconciled["copies"]] == [["03-depeche", "04-reprise"]]


def test_the_weekday_and_the_format_are_found_to_disagree(reconciled: Any) -> None:
    against = [
        {value["value"] for value in conflict["values"]}
        for conflict in reconciled["conflicts"]
        if any(value["docs"] == ["05-critique"] for value in conflict["values"])
    ]
    assert any({"jeudi", "mercredi"} <= values for values in against)
    assert any({"à trois", "à quatre"} <= values for values in against)


def test_both_sessions_are_records(reconciled: Any) -> None:
    held = {(meeting["date"], meeting["place"]) for meeting in reconciled["meetings"]}
    assert ("2025-04-03", "Moscou") in held
    assert ("2025-09-24", "New York") in held
