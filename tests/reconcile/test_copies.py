"""Copies are found whatever was cut, moved or put around them, and nothing else is taken for one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.model.documents import ReadDocument
from palabre.reconcile.copies import find_copies
from palabre.text.fingerprints import fingerprints, shared_passages, shingles, words_of
from tests.reconcile.accounts import account, at

FIRST = (
    "Les deux délégations se sont retrouvées lundi dans la capitale pour la troisième fois en dix-huit mois. "
    "La séance du matin a porté sur le tracé de la route côtière, que trois entreprises se disputent encore. "
)
SECOND = (
    "Dans l'après-midi, les experts ont repris un par un les articles du projet de convention sur la pêche. "
    "Le texte devrait être soumis aux parlements avant la fin de la saison des pluies, selon deux participants. "
)
OTHER = (
    "Un marché couvert ouvrira ses portes au printemps dans le quartier du port, après quatre années de chantier. "
    "La mairie attend plusieurs centaines de commerçants et promet des loyers modérés aux plus petits d'entre eux. "
)


def pairs(*documents: ReadDocument) -> list[list[str]]:
    copies = find_copies(documents)
    names = {d.document.id: d.document.name for d in documents}
    return sorted(sorted(names[d] for d in o.docs) for o in copies.origins if len(o.docs) > 1)


def test_a_copy_cut_reordered_retitled_and_cluttered_is_found() -> None:
    full = account("a", "Une journée de travail\n\n" + FIRST + SECOND, "2024-03-04")
    moved = account(
        "b",
        "Menu | Accueil | Sports\n\nRoute et pêche au programme\n\n" + SECOND + FIRST,
        "2024-03-05",
        clutter=["Menu | Accueil | Sports"],
    )
    cut = account("c", SECOND + "\nLaisser un commentaire", clutter=["Laisser un commentaire"])
    assert pairs(full, moved, cut, account("d", OTHER)) == [["a", "b", "c"]]


def test_case_accents_and_typography_hide_nothing() -> None:
    plain = FIRST.upper().replace("É", "E").replace("'", "’")
    assert pairs(account("a", FIRST), account("b", plain)) == [["a", "b"]]


def test_the_same_clutter_makes_no_copy() -> None:
    menu = "Accueil Monde Afrique Économie Sports Culture Opinions Vidéos Radio Télévision Newsletter Contact Publicité"
    assert (
        pairs(account("a", menu + "\n" + FIRST, clutter=[menu]), account("b", menu + "\n" + OTHER, clutter=[menu]))
        == []
    )


def test_quoting_one_speech_makes_no_copy() -> None:
    speech = (
        "nous avons décidé ensemble de rouvrir la ligne de chemin de fer et d'en confier la garde à une société "
        "commune aux deux pays"
    )
    one = f"À la tribune, le ministre a dit : « {speech} ». La salle a applaudi longuement."
    two = f"Le quotidien revient sur la phrase du jour : « {speech} ». Elle fera date, juge notre confrère du soir."
    assert pairs(account("a", one, quotes=[(speech, None)]), account("b", two, quotes=[(speech, None)])) == []


def test_a_text_made_of_two_reports_does_not_make_one_origin_of_them() -> None:
    first, second = account("a", FIRST * 1, "2024-03-04"), account("b", SECOND, "2024-03-04")
    both = account("c", FIRST + SECOND, "2024-03-06")
    found = find_copies([first, second, both])
    origins = {found.origin_of[d.document.id] for d in (first, second)}
    assert len(origins) == 2


def test_the_agency_that_is_credited_is_the_origin() -> None:
    agency = account("a", FIRST + SECOND, "2024-03-05", outlet="Agence du Littoral")
    paper = account("b", FIRST + SECOND, "2024-03-05", outlet="Le Matin", agency="Agence du Littoral")
    (origin,) = find_copies([paper, agency]).origins
    assert (origin.kind, origin.first) == ("agency", agency.document.id)
    assert origin.docs[0] == agency.document.id


def test_a_communique_goes_before_the_report_that_copies_it() -> None:
    official = account("a", FIRST + SECOND, "2024-03-05", title="Communiqué conjoint")
    paper = account("b", FIRST + SECOND, "2024-03-04")
    (origin,) = find_copies([paper, official]).origins
    assert (origin.kind, origin.first) == ("communique", official.document.id)


def test_shared_passages_lie_at_the_same_words_in_both() -> None:
    a, b = account("a", FIRST + SECOND), account("b", "Pour mémoire. " + SECOND)
    (origin,) = find_copies([a, b]).origins
    texts = {d.document.id: d.document.text for d in (a, b)}
    assert origin.shared
    for doc, here, there in origin.shared:
        assert here.text(texts[doc]) == there.text(texts[origin.first])


def test_a_span_is_followed_into_the_copy() -> None:
    a, b = account("a", FIRST + SECOND), account("b", "Pour mémoire. " + SECOND + FIRST)
    words = "le tracé de la route côtière"
    copies = find_copies([a, b])
    here, there = at(a.document.text, words), at(b.document.text, words)
    assert copies.same_place(a.document.id, here, b.document.id, there)
    assert copies.same_place(b.document.id, there, a.document.id, here)
    assert not copies.same_place(a.document.id, here, b.document.id, at(b.document.text, "trois entreprises"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_fingerprints_and_passages_inside_it(left: str, right: str) -> None:
    a, b = words_of(left), words_of(right)
    assert set(fingerprints(a)) <= {int(h) for h in shingles(a)}
    for passage in shared_passages(a, b):
        assert passage.left.end <= len(left)
        assert passage.right.end <= len(right)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=12, max_size=40),
    st.text("uvw ", max_size=60),
    st.text("xyz ", max_size=60),
)
def test_a_shared_run_of_ten_words_always_leaves_a_common_fingerprint(run: list[str], before: str, after: str) -> None:
    shared = " ".join(f"{c}{i}" for i, c in enumerate(run))
    a, b = words_of(f"{before} {shared} {after}"), words_of(f"{after} {shared} {before}")
    assert set(fingerprints(a)) & set(fingerprints(b))


def test_long_and_repetitive_texts_take_no_long_time() -> None:
    again = "Le ministre a dit que le ministre a dit que " * 20_000
    quotes = "« " * 50_000 + FIRST + " »" * 50_000
    copies = find_copies(
        [account("a", again), account("b", again + FIRST), account("c", quotes), account("d", "\x00" * 9)]
    )
    assert sum(len(o.docs) for o in copies.origins) == 4
