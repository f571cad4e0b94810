"""What states promise, in sentences of our own, read without a tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.promises import PERSON, found, only, reading, scene

from palabre.extract.commitments import find_commitments, glance
from palabre.model.annotations import (
    Annotations,
    Quote,
)
from palabre.model.spans import Span
from palabre.model.vocabulary import Firmness, Sector
from palabre.text.parsing import ParsedSentence, ParsedToken
from palabre.text.reading import Reading


@pytest.mark.parametrize(
    ("text", "firmness", "promisor"),
    [
        ("La Norvège s’est engagée à livrer dix tracteurs au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège s'engage, selon le communiqué, à livrer dix tracteurs au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("Oslo a promis de construire un hôpital à Lima.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège a accepté de rouvrir son consulat à Lima.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège a décidé de rouvrir son consulat à Lima.", Firmness.PLEDGED, ("NOR",)),
        ("Les deux pays ont décidé de rouvrir la ligne ferroviaire.", Firmness.AGREED, ("NOR", "PER")),
        ("Oslo et Lima sont, par ailleurs, convenus de créer un comité de pêche.", Firmness.AGREED, ("NOR", "PER")),
        ("Les deux parties se sont accordées sur la création d’un fonds de pêche.", Firmness.AGREED, ("NOR", "PER")),
        ("Il a été convenu de construire un pont entre les deux rives.", Firmness.AGREED, ("NOR", "PER")),
        ("La Norvège entend financer trois écoles au Pérou.", Firmness.INTENDED, ("NOR",)),
        ("La Norvège envisage de financer trois écoles au Pérou.", Firmness.INTENDED, ("NOR",)),
        ("La Norvège se dit prête à financer trois écoles au Pérou.", Firmness.INTENDED, ("NOR",)),
        ("La Norvège est prête à verser 40 millions d’euros au Pérou.", Firmness.PLEDGED, ("NOR",)),
        ("Il a rappelé l’engagement de la Norvège à former cent pilotes péruviens.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège formera cent pilotes péruviens.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège va former cent pilotes péruviens.", Firmness.PLEDGED, ("NOR",)),
        ("La Norvège et le Pérou construiront une usine de conserves.", Firmness.AGREED, ("NOR", "PER")),
        ("Oslo et Lima ont signé un accord portant sur la pêche.", Firmness.SIGNED, ("NOR", "PER")),
        ("Un protocole relatif aux vols directs a été signé entre Oslo et Lima.", Firmness.SIGNED, ("NOR", "PER")),
        ("La Norvège a annoncé un don de 12 millions d’euros au Pérou.", Firmness.PLEDGED, ("NOR",)),
    ],
)  # fmt: skip
def test_frames(text: str, firmness: Firmness, promisor: tuple[str, ...]) -> None:
    commitment = only(text)
    assert commitment.firmness is firmness
    assert commitment.promisor == promisor
    assert commitment.cue is not None and commitment.cue_rule
    assert 0 < commitment.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège a livré dix tracteurs au Pérou.",
        "La Norvège devrait s’engager à livrer dix tracteurs.",
        "Les pêcheurs appellent la Norvège à livrer dix tracteurs.",
        "La Norvège pourrait financer trois écoles.",
        "Le prix du blé montera sans doute l’an prochain.",
        "La Norvège sera un grand pays.",
        "La ministre norvégienne arrivera jeudi à Lima.",
        "Le dossier reste ouvert.",
        "Le ministre péruvien a souligné la nécessité d’un dialogue.",
        "",
    ],
)
def test_no_commitment(text: str) -> None:
    assert found(text) == ()


def test_titles_only_repeat_the_article() -> None:
    text = "La Norvège s’engage à livrer dix tracteurs"
    assert find_commitments(reading(text, kind="title"), scene(text)) == ()


def test_what_was_said_before_is_not_said_again() -> None:
    text = (
        "La Norvège s’est engagée à former les pilotes péruviens de chasse. "
        "Plus loin, la Norvège formera les pilotes péruviens de chasse, dit-on."
    )
    assert len(found(text)) == 1


def test_two_infinitives_with_their_objects_are_two() -> None:
    text = "Les deux pays ont promis de réduire les taxes portuaires et d’ouvrir trois écoles de pêche."
    first, second = found(text)
    assert second.span.text(text) == "d’ouvrir trois écoles de pêche"
    assert first.sector is not second.sector
    assert first.promisor == second.promisor == ("NOR", "PER")


def test_two_verbs_with_one_object_are_one() -> None:
    commitment = only("La Norvège s’est engagée à former et équiper la garde côtière du Pérou.")
    assert commitment.action == "former et équiper la garde côtière du Pérou"


def test_two_futures_share_their_subject() -> None:
    first, second = found("La Norvège supprimera les taxes sur le poisson, et financera mille petits projets au Pérou.")
    assert first.promisor == second.promisor == ("NOR",)
    assert second.amount == "mille petits projets"


def test_two_sums_are_two() -> None:
    text = "La Norvège versera 210 millions d’euros en crédits et 80 millions d’aides diverses."
    assert [c.amount for c in found(text)] == ["210 millions d’euros", "80 millions"]


def test_a_share_now_and_a_share_later_are_two() -> None:
    text = "La Norvège versera la première part dès 2032 et le solde du capital, par étapes, d’ici au 31 décembre 2035."
    dates = {"2032": "2032", "31 décembre 2035": "2035-12-31"}
    assert [c.deadline for c in found(text, dates=dates)] == ["2032", "2035-12-31"]


def test_two_fields_named_are_two() -> None:
    commitments = found("La Norvège aidera le Pérou dans les domaines agricole et énergétique.")
    assert {c.sector for c in commitments} == {Sector.AGRICULTURE, Sector.ENERGY}


def test_deadlines_counted_from_publication() -> None:
    assert only("La Norvège versera 90 millions d’euros sur trois ans.").deadline == "2034"
    assert only("Au cours des deux prochaines années, la Norvège versera 90 millions d’euros.").deadline == "2033"


def test_a_past_date_is_no_deadline() -> None:
    text = "Le 3 mai 2031, la Norvège s’est engagée à livrer dix tracteurs."
    assert only(text, dates={"3 mai 2031": "2031-05-03"}).deadline is None


def test_beneficiaries() -> None:
    assert only("La Norvège s’est engagée à livrer dix tracteurs au Pérou.").beneficiary == ("PER",)
    assert only("La Norvège s’est engagée à livrer dix tracteurs.").beneficiary == ("PER",)
    assert only("Les deux pays ont convenu de créer un fonds de pêche.").beneficiary == ("NOR", "PER")


def test_a_text_signed_to_supply_somebody_binds_the_supplier() -> None:
    commitment = only("Oslo a signé deux accords avec le Pérou portant sur la fourniture de navires.")
    assert (commitment.promisor, commitment.beneficiary) == (("NOR",), ("PER",))


def test_texts_told_one_by_one_after_they_were_signed() -> None:
    text = "Oslo et Lima ont paraphé deux accords. L’un d’eux instaure un partenariat sur le nucléaire civil."
    last = found(text)[-1]
    assert (last.firmness, last.sector, last.promisor) == (Firmness.SIGNED, Sector.NUCLEAR, ("NOR", "PER"))


def test_passive_takes_who_promised_before() -> None:
    text = "La Norvège s’engage à verser 300 millions d’euros au Pérou. Dix écoles seront construites dès 2033."
    second = found(text, dates={"2033": "2033"})[1]
    assert (second.promisor, second.deadline) == (("NOR",), "2033")
    assert second.action.startswith("construire")


def test_in_a_quotation_we_are_the_speakers_state() -> None:
    text = "« Nous formerons des ingénieurs », a dit Ada Brun."
    quotes = (Quote(Span(2, 31), PERSON, False),)
    commitment = find_commitments(reading(text), scene(text, quotes=quotes))[0]
    assert commitment.promisor == ("NOR",)
    assert commitment.span.text(text) == "Nous formerons des ingénieurs"


def test_what_we_decide_binds_both() -> None:
    text = "« Nous décidons de nous revoir chaque année », a dit Ada Brun."
    quotes = (Quote(Span(2, 44), PERSON, False),)
    commitment = find_commitments(reading(text), scene(text, quotes=quotes))[0]
    assert (commitment.promisor, commitment.firmness) == (("NOR", "PER"), Firmness.AGREED)


def test_reported_promises() -> None:
    text = "Ada Brun a annoncé qu’elle se rendrait à Lima en juin prochain."
    commitment = only(text, dates={"en juin prochain": "2031-06"})
    assert (commitment.promisor, commitment.deadline, commitment.sector) == (("NOR",), "2031-06", Sector.DIPLOMACY)
    own = only("Ada Brun a fait savoir que son pays débloquera 40 millions d’euros.")
    assert own.promisor == ("NOR",)
    assert own.action.startswith("débloquer")


def test_refusals_are_kept_and_marked() -> None:
    commitment = only("La Norvège ne s’engage pas à financer trois écoles au Pérou.")
    assert commitment.negated


def test_wishes_are_marked_vague() -> None:
    assert only("La Norvège souhaite renforcer la coopération avec le Pérou.").vague
    assert only("Les deux pays entendent approfondir leur partenariat.").vague
    assert not only("La Norvège s’est engagée à livrer dix tracteurs.").vague


def test_conditions() -> None:
    text = "La Norvège s’engage à livrer dix tracteurs à condition que le port de Lima soit rouvert."
    conditions = only(text).conditions
    assert conditions is not None and conditions.startswith("à condition que")


def test_the_tree_finds_the_subject() -> None:
    text = "Autre mesure attendue, Oslo livrera dix tracteurs."
    words = [("Autre", "ADJ", "amod", 1), ("mesure", "NOUN", "dislocated", 5), ("attendue", "VERB", "acl", 1),
             (",", "PUNCT", "punct", 1), ("Oslo", "PROPN", "nsubj", 5), ("livrera", "VERB", "root", 5),
             ("dix", "NUM", "nummod", 7), ("tracteurs", "NOUN", "obj", 5), (".", "PUNCT", "punct", 5)]  # fmt: skip
    tokens, at = [], 0
    for word, pos, dep, head in words:
        at = text.index(word, at)
        tokens.append(ParsedToken(at, at + len(word), word, word, pos, dep, head, ""))
        at += len(word)
    base = reading(text)
    tree = ParsedSentence(base.sentences[0].span, tuple(tokens))
    parsed = Reading(base.text, "fr", base.meta, base.blocks, base.sentences, parses={0: tree})
    (commitment,) = find_commitments(parsed, scene(text))
    assert commitment.promisor == ("NOR",)
    assert commitment.span.text(text) == "Oslo livrera dix tracteurs"


@pytest.mark.parametrize(
    ("text", "firmness"),
    [
        ("Norway has pledged to build two hospitals in Peru.", Firmness.PLEDGED),
        ("Norway and Peru agreed to reopen the railway.", Firmness.AGREED),
        ("Norway intends to train a hundred pilots.", Firmness.INTENDED),
        ("Norway will train a hundred pilots.", Firmness.PLEDGED),
        ("Norway and Peru signed an agreement on fisheries.", Firmness.SIGNED),
    ],
)
def test_english(text: str, firmness: Firmness) -> None:
    assert only(text, "en").firmness is firmness


def test_candidates_are_those_with_a_cue() -> None:
    text = "La mer est calme ce soir. La Norvège s’engage à livrer dix tracteurs."
    assert glance(reading(text), Annotations()).doubtful == frozenset({1})


def test_a_language_without_a_pack_is_read_as_french() -> None:
    text = "La Norvège s’engage à livrer dix tracteurs."
    assert find_commitments(reading(text, "xx"), scene(text))


CUES = ["s'engage à ", "promet de ", "la Norvège ", "Pérou ", "et ", ", ", "« ", " » ", "signé un accord ", "que ",
        "sera créé ", "formera ", "40 millions d'euros ", "entend ", "qui ", "; ", "\u00a0", "\0"]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(CUES), max_size=30).map("".join)))
def test_any_text_is_safe(text: str) -> None:
    for commitment in find_commitments(reading(text), scene(text)):
        assert 0 <= commitment.span.start < commitment.span.end <= len(text)
        assert commitment.cue is None or commitment.cue.end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["\"" * 100_000, "s'engage à " * 20_000, "a, " * 50_000, "é" * 100_000, "l'engagement de " * 9_000],
)  # fmt: skip
def test_long_runs_do_not_hang(text: str) -> None:
    for commitment in find_commitments(reading(text), scene(text)):
        assert commitment.span.end <= len(text)
