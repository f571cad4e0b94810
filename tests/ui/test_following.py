"""Following a dialogue from the command line: the timeline, the coverage, what to check, who said what, the sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from palabre.model.documents import ReadDocument
from palabre.model.dossier import Cadence, Dossier
from palabre.model.vocabulary import Sector
from palabre.store.store import Store
from tests.reconcile.accounts import account, commitment, meeting, person, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.conftest import Ran

    Palabre = Callable[..., Ran]

BOTH = ("TUR", "MLI")
DOSSIER = Dossier("essai", "Essai", BOTH, Cadence.parse("P1Y"), BOTH)
LISTINGS = ("timeline", "coverage", "todo", "statements", "sources")


def texts() -> tuple[ReadDocument, ...]:
    """Return a session, its promises (one with a deadline), a visit announced, then what became of them."""
    return (
        account(
            "01-session",
            "La réunion d'Ankara s'est tenue mardi. La Turquie formera cent policiers du Mali avant juin 2024. "
            "Elle livrera des semences. « L'école passe avant tout », a dit Leyla Demir. "
            "Une visite à Gao est prévue en mai.",
            "2024-01-17",
            outlet="Le Courrier du Karité",
            meetings=[
                meeting("La réunion d'Ankara", date="2024-01-16", place="Ankara", parties=BOTH, title="réunion"),
                meeting("Une visite à Gao", date="2024-05", place="Gao", parties=BOTH, status="planned"),
            ],
            commitments=[
                commitment("formera cent policiers", ["TUR"], ["MLI"], sector="defence", deadline="2024-06",
                           action="former cent policiers"),
                commitment("livrera des semences", ["TUR"], ["MLI"], sector="agriculture",
                           action="livrer des semences"),
            ],
            quotes=[("L'école passe avant tout", "Leyla Demir")],
            people=[person("Leyla Demir", "Mme Demir", acts_for=["TUR"])],
        ),
        account(
            "02-suite",
            "Les semences sont arrivées, la Turquie en a livré dix tonnes au Mali.",
            "2024-03-10",
            outlet="Radio Kapokier FM",
            moves=[progress("la Turquie en a livré dix tonnes", parties=BOTH, sector=Sector.AGRICULTURE,
                            about="semences")],
        ),
        account(
            "03-retard",
            "Bulletin du soir. Il n'y avait rien de neuf à Bamako sur le reste.",
            "2024-09-01",
            outlet="Radio Kapokier FM",
        ),
    )  # fmt: skip


def fill(documents: Iterable[ReadDocument], dossier: Dossier = DOSSIER) -> None:
    with Store.open("palabre.db") as store:
        if dossier.name not in {d.name for d in store.dossiers()}:
            store.create_dossier(dossier)
        store.add_documents(dossier, documents)


@pytest.fixture
def desk(palabre: Palabre) -> Palabre:
    """Return the program with a small dossier in its store."""
    fill(texts())
    return palabre


def data(palabre: Palabre, *arguments: str) -> Any:
    run = palabre(*arguments, "--json")
    assert run.status == 0, run.err
    return json.loads(run.out)


def kinds(palabre: Palabre, as_of: str) -> list[tuple[str, str, str | None]]:
    return [(e["date"], e["kind"], e["mark"]) for e in data(palabre, "timeline", "--as-of", as_of)["entries"]]


def test_the_timeline_is_one_dated_list(desk: Palabre) -> None:
    assert kinds(desk, "2024-02-01") == [
        ("2024-01-16", "meeting", None),
        ("2024-01-16", "made", None),
        ("2024-01-16", "made", None),
        ("2024-03-10", "event", None),
        ("2024-05", "meeting", None),
        ("2024-06", "deadline", None),
        ("2025-01-16", "next_session", None),
    ]


def test_what_passed_without_a_report_is_marked_at_the_day_asked(desk: Palabre) -> None:
    assert ("2024-05", "meeting", None) in kinds(desk, "2024-05-31")
    assert ("2024-05", "meeting", "unreported") in kinds(desk, "2024-06-01")
    assert ("2024-06", "deadline", None) in kinds(desk, "2024-06-30")
    assert ("2024-06", "deadline", "overdue") in kinds(desk, "2024-07-01")
    assert ("2025-01-16", "next_session", "late") in kinds(desk, "2025-01-20")
    assert "passée sans compte rendu" in desk("timeline", "--as-of", "2024-06-01").out


def test_the_next_session_says_when_and_whose_turn(desk: Palabre) -> None:
    said = desk("timeline", "--as-of", "2025-01-20").out.replace("\u00a0", " ")
    assert "Prochaine session attendue : 16 janvier 2025, hôte attendu : Mali (en retard de 4 jours)" in said
    assert data(desk, "timeline")["framework"]["next_host"] == "MLI"


def test_coverage_tells_what_is_promised_from_what_is_only_talked_about(desk: Palabre) -> None:
    found = data(desk, "coverage")
    rows = {r["sector"]: r for r in found["sectors"]}
    assert (rows["defence"]["promised"], rows["agriculture"]["moving"]) == (1, 1)
    assert rows["education"]["discussed"] == 1
    assert "education" in found["without_commitment"]
    assert (found["first_seen"], found["last_seen"]) == ("2024-01-17", "2024-09-01")
    mine = {r["sector"]: r["promised"] for r in data(desk, "coverage", "--party", "Sénégal")["sectors"]}
    assert set(mine.values()) == {0}
    assert desk("coverage", "--party", "Mali,Niger").status == 1
    assert data(desk, "coverage", "--since", "2024-08-01")["sectors"] == []


def test_new_themes_are_those_since_the_last_session(desk: Palabre) -> None:
    again = account(
        "04-session",
        "La deuxième réunion s'est tenue à Bamako. La Turquie bâtira un hôpital.",
        "2025-01-20",
        meetings=[meeting("La deuxième réunion", date="2025-01-19", place="Bamako", parties=BOTH)],
        commitments=[commitment("bâtira un hôpital", ["TUR"], ["MLI"], sector="health", action="bâtir un hôpital")],
    )
    fill([again])
    new = data(desk, "coverage")["new"]
    assert (new["since"], new["promised"]) == ("2025-01-19", ["health"])
    assert "health" in new["named"]
    assert "agriculture" not in new["named"]


def test_nothing_found_is_not_the_same_as_not_looked_at(desk: Palabre) -> None:
    def states() -> dict[str, str]:
        return {c["about"]: c["look"]["state"] for c in data(desk, "todo", "--as-of", "2025-06-01")}

    def state_of(sector: str) -> str:
        return states()[next(c["id"] for c in data(desk, "register") if c["sector"] == sector)]

    assert state_of("defence") == "nothing_found"
    late = account(
        "05-encore",
        "La Turquie répète qu'elle formera cent policiers du Mali.",
        "2024-10-01",
        commitments=[commitment("formera cent policiers", ["TUR"], ["MLI"], sector="defence", firmness="signed",
                                action="former cent policiers")],
    )  # fmt: skip
    fill([late])
    assert state_of("defence") == "not_looked"
    assert "pas regardé depuis le 1er octobre 2024" in desk("todo", "--as-of", "2025-06-01").out
    assert "rien trouvé depuis" in desk("todo", "--as-of", "2025-06-01").out


def test_what_to_check_comes_worst_first_with_an_id_to_show(desk: Palabre) -> None:
    found = data(desk, "todo", "--as-of", "2025-02-01")
    assert found[0]["why"][0] == "overdue"
    why = {c["about"]: c["why"] for c in found}
    assert any("unreported" in codes for codes in why.values())
    assert any("session_late" in codes for codes in why.values())
    for check in found:
        assert desk("show", check["about"]).status == 0
    first = desk("todo", "--as-of", "2025-02-01", "--limit", "1").out
    assert found[0]["about"] in first
    assert "palabre todo --all" in first
    assert found[-1]["about"] in desk("todo", "--as-of", "2025-02-01", "--all").out


def test_a_confirmed_record_is_no_longer_thin(desk: Palabre) -> None:
    its = next(c["id"] for c in data(desk, "register") if c["sector"] == "defence")

    def why() -> list[str]:
        checks = data(desk, "todo", "--as-of", "2024-02-01")
        return next((c["why"] for c in checks if c["about"] == its), [])

    assert why() == ["one_origin"]
    assert desk("judge", "confirm", its, "--author", "A. Diallo").status == 0
    assert why() == []


def test_a_contradiction_is_settled_by_a_correction_and_open_again_without_it(desk: Palabre) -> None:
    def contradicted() -> list[str]:
        return [c["about"] for c in data(desk, "todo", "--as-of", "2024-02-01") if "contradicted" in c["why"]]

    other = account(
        "06-autre",
        "Selon le ministère, la Turquie formera cent policiers du Mali avant octobre 2024.",
        "2024-01-20",
        outlet="La Calebasse du soir",
        commitments=[commitment("formera cent policiers", ["TUR"], ["MLI"], sector="defence", deadline="2024-10",
                                action="former cent policiers")],
    )  # fmt: skip
    fill([other])
    (its,) = contradicted()
    made = desk("judge", "correct", its, "--field", "deadline", "--value", "2024-10", "--author", "A.", "--json")
    assert contradicted() == []
    (kept,) = data(desk, "conflicts")
    assert (kept["about"], kept["settled_by"]) == (its, json.loads(made.out)["id"])
    assert "tranchée par A." in desk("conflicts").out
    assert "tranchée par A." in desk("report", "-o", "-").out
    desk("judge", "withdraw", json.loads(made.out)["id"])
    assert contradicted() == [its]


def test_an_undated_document_is_to_be_checked(desk: Palabre) -> None:
    fill([account("07-nu", "Un texte sans jour, où rien n'est promis.")])
    assert any(c["kind"] == "document" and c["why"] == ["no_date"] for c in data(desk, "todo"))


def test_scores_follow_the_rule_and_leave_out_what_is_not_due(desk: Palabre) -> None:
    def scores(as_of: str) -> dict[str, int | None]:
        return {c["sector"]: c["score"] for c in data(desk, "register", "--scores", "--as-of", as_of)}

    assert scores("2024-06-30") == {"defence": None, "agriculture": 0}
    assert scores("2024-07-01") == {"defence": -1, "agriculture": 0}
    said = desk("register", "--scores", "--as-of", "2024-07-01").out.replace("\u00a0", " ")
    assert "−0,50 sur 2 engagements" in said
    assert "score" not in data(desk, "register")[0]


def test_statements_go_by_speaker_whatever_the_accents(desk: Palabre) -> None:
    (one,) = data(desk, "statements")
    assert (one["speaker"], one["text"]) == ("Leyla Demir", "L'école passe avant tout")
    assert one["mentions"][0]["words"] == one["text"]
    assert data(desk, "statements", "--speaker", "démir") == [one]
    assert data(desk, "statements", "--speaker", "Personne") == []
    assert "Leyla Demir" in desk("statements").out
    assert "Aucun propos" in desk("statements", "--speaker", "Personne").out


def test_sources_say_outlet_day_origin_and_copies(desk: Palabre) -> None:
    copy = account("08-reprise", texts()[0].document.text, "2024-01-18", outlet="Le Grin du Net", url="urn:essai:8")
    fill([copy])
    rows = data(desk, "sources")
    assert [r["doc"] for r in rows] == ["01-session", "08-reprise", "02-suite", "03-retard"]
    assert rows[1]["copy_of"] == "01-session"
    assert (rows[0]["copy_of"], rows[0]["outlet"]) == (None, "Le Courrier du Karité")
    assert all(r["added"] for r in rows)
    assert "même texte que 01-session" in desk("sources").out.replace("\n", " ") or "01-session" in desk("sources").out


def test_the_calendar_is_written_whole(desk: Palabre) -> None:
    assert desk("calendar").status == 0
    text = Path("essai.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 4
    assert text.endswith("END:VCALENDAR\r\n")
    assert desk("calendar", "-o", "-", "--as-of", "2024-02-01").out.startswith("BEGIN:VCALENDAR")
    assert desk("calendar", "-o", "nulle/part.ics").status == 1


def test_the_report_shows_the_frame_the_matrix_what_is_late_and_who_decided(desk: Palabre) -> None:
    late = next(c["id"] for c in data(desk, "register") if c["sector"] == "defence")
    desk(
        "judge", "correct", late, "--field", "amount", "--value", "2 M€", "--author", "A. Diallo <&>", "--reason", "vu"
    )
    assert desk("report", "-o", "r.html", "--as-of", "2025-01-20").status == 0
    html = Path("r.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert html.index("À regarder d’abord") < html.index(f'href="#{late}"') < html.index('id="secteurs"')
    assert "hôte attendu : Mali" in html
    assert '<th scope="row">défense et sécurité</th>' in html
    assert "A. Diallo &lt;&amp;&gt;" in html
    assert "Échéance passée depuis 204 jours" in html
    quiet = desk("report", "-o", "-", "--as-of", "2024-02-01").out
    assert "À regarder d’abord" not in quiet


@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_listing_reads_well_full_and_empty(palabre: Palabre, listing: str, lang: str) -> None:
    fill((), Dossier("vide", "Vide"))
    empty = palabre(listing, "--lang", lang)
    assert empty.status == 0
    assert empty.out.strip()
    json.loads(palabre(listing, "--json").out)
    fill(texts())
    full = palabre(listing, "-d", "essai", "--lang", lang)
    assert full.status == 0
    assert "{" not in full.out


def test_a_narrow_window_loses_nothing(desk: Palabre, monkeypatch: pytest.MonkeyPatch) -> None:
    def words_of(listing: str) -> set[str]:
        return set(desk(listing).out.replace(":", " ").split())

    wide = {listing: words_of(listing) for listing in ("register", "meetings", "timeline", "sources")}
    monkeypatch.setattr("palabre.ui.cli.session.PLAIN_WIDTH", 60)
    for listing, words in wide.items():
        assert words - words_of(listing) <= {"—", "qui", "quoi", "intitulé", "n°", "document", "auteur"}, listing


@pytest.mark.parametrize("command", ["timeline", "todo", "calendar", "report"])
def test_a_wrong_day_is_named(desk: Palabre, command: str) -> None:
    run = desk(command, "--as-of", "demain")
    assert run.status == 1
    assert "demain" in run.err
