"""The command line as a person uses it: a dossier from nothing to a report, in both languages, and every listing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

    Palabre = Callable[..., Ran]

LISTINGS = ("status", "register", "meetings", "conflicts")


@pytest.fixture
def dossier(palabre: Palabre, tmp_path_factory: pytest.TempPathFactory) -> Palabre:
    """Return the program, with the sample dossier in its store (read once for all the tests of a process)."""
    kept = tmp_path_factory.getbasetemp() / "essai.db"
    if not kept.exists():
        assert palabre("init", "essai", "--parties", "RUS,AES", "--cadence", "P1Y", "--hosts", "RUS,AES").status == 0
        added = palabre("add", str(SAMPLE), "--manifest", str(SAMPLE / "manifest.csv"))
        assert added.status == 0, added.err
        shutil.copy("palabre.db", kept)
    shutil.copy(kept, "palabre.db")
    return palabre


def test_a_dossier_from_nothing_to_a_report(dossier: Palabre) -> None:
    register = dossier("register")
    assert register.status == 0
    assert "Russie" in register.out
    assert "défense" in register.out
    first = json.loads(dossier("register", "--json").out)[0]
    shown = dossier("show", first["id"])
    assert shown.status == 0
    assert first["mentions"][0]["words"].split("\n")[0] in shown.out
    report = dossier("report", "--out", "r.html")
    assert "r.html" in report.out
    html = Path("r.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert first["id"] in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_adding_twice_changes_nothing(dossier: Palabre) -> None:
    before = [dossier(name, "--json").out for name in LISTINGS]
    again = dossier("add", str(SAMPLE), "--manifest", str(SAMPLE / "manifest.csv"))
    assert again.status == 0
    assert "0 ajoutés" in again.out
    assert [dossier(name, "--json").out for name in LISTINGS] == before


def test_every_listing_gives_json(dossier: Palabre) -> None:
    for name in (*LISTINGS, "doctor"):
        run = dossier(name, "--json")
        assert run.status == 0, name
        json.loads(run.out)
    assert json.loads(dossier("search", "etat", "--json").out)


def test_every_record_shows_its_exact_words(dossier: Palabre) -> None:
    records = json.loads(dossier("register", "--json", "--all").out) + json.loads(dossier("meetings", "--json").out)
    assert len(records) > 10
    for record in records:
        for mention in record["mentions"]:
            text = json.loads(dossier("show", mention["doc"], "--json").out)["text"]
            assert text[mention["start"] : mention["end"]] == mention["words"]


def test_the_interface_is_french_unless_english_is_asked(dossier: Palabre, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "qui" in dossier("register").out.split()
    assert "who" in dossier("register", "--lang", "en").out.split()
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert "who" in dossier("register").out.split()


def test_the_start_of_an_id_is_enough(dossier: Palabre) -> None:
    first = json.loads(dossier("register", "--json").out)[0]["id"]
    assert first in dossier("show", first[:8]).out


def test_an_unknown_id_is_said_in_one_sentence(dossier: Palabre) -> None:
    run = dossier("show", "c-zzzzzzzzzz")
    assert run.status == 1
    assert run.err.count("\n") == 1
    assert "c-zzzzzzzzzz" in run.err


def test_search_finds_whatever_the_accents_and_endings(dossier: Palabre) -> None:
    assert "⟦" in dossier("search", "etat").out
    assert "⟦" in dossier("search", "engagement").out
    assert "Rien trouvé" in dossier("search", "xylophone").out


def test_filters_narrow_the_register(dossier: Palabre) -> None:
    everything = json.loads(dossier("register", "--json").out)
    for sector in {r["sector"] for r in everything}:
        kept = json.loads(dossier("register", "--json", "--sector", sector).out)
        assert kept == [r for r in everything if r["sector"] == sector]


def test_a_deadline_that_passed_is_overdue_at_the_day_asked(dossier: Palabre) -> None:
    late = json.loads(dossier("register", "--json", "--as-of", "2035-01-01").out)
    early = json.loads(dossier("register", "--json", "--as-of", "2025-04-02").out)
    assert any(r["overdue"] for r in late)
    assert not any(r["overdue"] for r in early)


def test_several_dossiers_ask_which(palabre: Palabre) -> None:
    palabre("init", "un")
    palabre("init", "deux")
    run = palabre("status")
    assert run.status == 1
    assert "deux" in run.err
    assert "un" in run.err
    assert palabre("status", "-d", "un").status == 0


def test_no_dossier_yet_says_what_to_do(palabre: Palabre) -> None:
    run = palabre("register")
    assert run.status == 1
    assert "palabre init" in run.err


def test_help_is_complete_in_both_languages(palabre: Palabre) -> None:
    from palabre.lang.interface import Words
    from palabre.ui.cli.main import COMMANDS

    for lang in ("fr", "en"):
        words = Words(lang)
        for name in COMMANDS:
            run = palabre(name, "--help", "--lang", lang)
            assert run.status == 0
            assert "help.help" not in run.out and f"help.{name}" not in run.out
            assert words(f"help.{name}").split()[0] in run.out


def test_both_languages_have_the_same_keys() -> None:
    from palabre.lang.pack import table

    french, english = table("fr", "interface"), table("en", "interface")
    assert {k: set(v) for k, v in french.items()} == {k: set(v) for k, v in english.items()}


def test_explain_tells_what_was_found_and_why(dossier: Palabre) -> None:
    first = json.loads(dossier("register", "--json").out)[0]["mentions"][0]
    text = next(p for p in SAMPLE.iterdir() if p.stem == first["doc"])
    if text.suffix == ".txt":
        run = dossier("explain", str(text), "--at", str(first["start"]))
        assert run.status == 0
        assert "engagement" in run.out
        assert "déclenché par" in run.out


def test_explain_tells_what_was_left_out_and_why(palabre: Palabre, tmp_path: Path) -> None:
    text = tmp_path / "question.txt"
    text.write_text(
        "Les ports attendent. La Norvège livrera dix tracteurs au Pérou ? Nul ne le sait.", encoding="utf-8"
    )
    run = palabre("explain", str(text), "--at", "30")
    assert run.status == 0
    assert "livrera  future" in run.out
    assert "rien n’est promis" in run.out


def test_explain_does_not_call_left_out_what_was_found(palabre: Palabre, tmp_path: Path) -> None:
    text = tmp_path / "promesse.txt"
    text.write_text("Les ports attendent. La Norvège livrera dix tracteurs au Pérou. Oslo paiera.", encoding="utf-8")
    run = palabre("explain", str(text), "--at", "30")
    assert "engagement  La Norvège livrera dix tracteurs" in run.out
    assert "Écarté" not in run.out


def test_the_version_is_told_without_a_command(palabre: Palabre) -> None:
    run = palabre("--version")
    assert run.status == 0
    assert run.out.startswith("palabre ")


def test_reading_commands_make_no_database(palabre: Palabre) -> None:
    run = palabre("--store", "faute/base.db", "register")
    assert run.status == 1
    assert "faute/base.db" in run.err
    assert not Path("faute").exists()


def test_a_setting_that_makes_no_sense_is_named(palabre: Palabre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALABRE_MAX_BYTES", "beaucoup")
    run = palabre("status")
    assert run.status == 1
    assert "PALABRE_MAX_BYTES=beaucoup" in run.err
    assert run.err.count("\n") == 1


def test_a_period_is_bounded(palabre: Palabre) -> None:
    run = palabre("init", "d", "--cadence", "P99999Y")
    assert run.status == 1
    assert "P99999Y" in run.err


def test_texts_without_a_date_are_pointed_out_and_can_be_dated_later(palabre: Palabre, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(
        "Jeudi dernier, le Chili a promis de livrer dix navires au Ghana.\n", encoding="utf-8"
    )
    palabre("init", "d")
    assert "--published" in palabre("add", "t.txt").out
    again = palabre("add", "t.txt", "--published", "2024-05-04")
    assert "--published" not in again.out
    assert json.loads(palabre("show", "t", "--json").out)["published"] == "2024-05-04"


def test_only_the_command_that_is_named_is_brought_in() -> None:
    from palabre.ui.cli.main import COMMANDS, asked_commands, global_first

    assert asked_commands(["annotate", "add.txt"]) == ("annotate",)
    assert asked_commands(["--store", "add", "--lang=en", "show", "x"]) == ("show",)
    assert asked_commands(global_first(["annotate", "-d", "add", "x"])) == ("annotate",)
    for line in ([], ["--help"], ["--store"], ["anotate", "add"], ["--", "add"], ["--version", "add"]):
        assert asked_commands(line) == COMMANDS


def test_what_a_command_has_no_use_for_is_not_loaded(tmp_path: Path) -> None:
    """What needs no database loads none; words that promise nothing need no parser."""
    path = tmp_path / "t.txt"
    path.write_text("La route est longue. Les champs sont verts.\n", encoding="utf-8")
    program = (
        "import sys\nfrom palabre.ui.cli.main import run\n"
        f"try:\n    run(['annotate', {str(path)!r}])\n"
        "except SystemExit:\n    print(*sorted({'sqlalchemy', 'spacy', 'fastapi'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert '"commitments":[]' in done.stdout


def test_the_tour_runs_its_commands_to_the_report(palabre: Palabre, tmp_path: Path) -> None:
    ran = palabre("demo", "--folder", str(tmp_path / "tour"))
    assert ran.status == 0, ran.err
    for command in ("init", "add", "register", "meetings", "conflicts", "coverage", "todo", "status", "report"):
        assert f"$ palabre {command}" in ran.out
    assert (tmp_path / "tour" / "rapport.html").stat().st_size > 10_000
