"""What looks like a promise and is none: aims, hoped effects, ceremonies, things done; and what is one all the same."""

from __future__ import annotations

import pytest
from tests.extract.promises import found

from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.commitments.more import RULE
from palabre.extract.commitments.vetoes import vetoed


def kept(text: str) -> list[str]:
    return [c.span.text(text) for c in found(text) if not c.negated]


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège et le Pérou ont parlé de pêche. La conférence vise à protéger les baleines du golfe.",
        "La Norvège et le Pérou ont parlé de pêche. Cette initiative a pour objectif de rapprocher les armateurs.",
        "La Norvège reçoit le Pérou. L'objectif est de collecter 12 millions d'euros pour les pêcheurs.",
        "Le Pérou entend récolter 12 millions d'euros auprès de la Norvège.",
    ],
)
def test_aims_of_things_and_of_those_who_gather_money_are_left_out(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège vise à réduire de moitié sa pêche au Pérou d'ici 2040.",
        "La Norvège compte mobiliser 12 millions d'euros pour les ports du Pérou.",
        "La Norvège s'engage à collecter les filets perdus devant Lima.",
    ],
)
def test_what_a_state_aims_at_itself_is_kept(text: str) -> None:
    assert len(kept(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège finance le port. La ligne sera bénéfique pour le Pérou.",
        "Le Pérou pourra tirer profit du port que finance la Norvège.",
        "La route norvégienne traversera le Pérou.",
        "La Norvège doublera les échanges grâce à la ligne du Pérou.",
    ],
)
def test_hoped_effects_and_descriptions_are_left_out(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La signature de la convention sur la pêche entre la Norvège et le Pérou s'est tenue à Lima.",
        "Une visite du ministre norvégien à Lima est prévue en mai.",
        "La Norvège et le Pérou vont statuer sur la pêche.",
        "La Norvège fera part de ses réserves au Pérou.",
    ],
)
def test_ceremonies_visits_and_procedure_are_left_out(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La Norvège a déjà débloqué 12 millions d'euros pour le Pérou.",
        "La Norvège avait prévu de se rendre à Lima.",
        "La Norvège n'a signé la convention sur la pêche avec le Pérou qu'en mars.",
        "Le projet de port de la Norvège au Pérou a été approuvé en principe.",
    ],
)
def test_what_is_done_or_past_is_left_out(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("La Norvège et le Pérou ont signé un accord de paix à Lima.", 0),
        ("Un accord de coopération a été signé à Lima entre la Norvège et le Pérou.", 0),
        ("La Norvège et le Pérou ont signé un accord de coopération sur la pêche.", 1),
        ("La Norvège et le Pérou ont signé à Lima un accord pour rouvrir la ligne ferroviaire.", 1),
        ("Un accord de pêche a été signé à Lima entre la Norvège et le Pérou.", 1),
    ],
)
def test_a_text_signed_counts_when_something_is_told_of_it(text: str, count: int) -> None:
    assert len(kept(text)) == count


def test_what_is_told_to_praise_promises_nothing() -> None:
    text = "Le port témoigne de la volonté de la Norvège de rouvrir la ligne avec le Pérou."
    assert kept(text) == []
    assert kept("La Norvège a réaffirmé sa volonté de rouvrir la ligne avec le Pérou.")


@pytest.mark.parametrize(
    "text",
    [
        "Le Pérou souhaitait que la Norvège s'engage à rouvrir la ligne ferroviaire.",
        "La Norvège n'avait pas l'intention de rouvrir la ligne du Pérou.",
        "Le jour où la Norvège arrêtera la chasse.",
        "La Norvège annonce négocier un accord de pêche avec le Pérou.",
    ],
)
def test_wishes_about_others_denials_conditions_and_talks_are_left_out(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(("day", "count"), [("2021-03-04", 0), ("2031-03-04", 1)])
def test_a_text_signed_years_ago_is_history(day: str, count: int) -> None:
    text = "La Norvège et le Pérou ont signé jadis un accord sur la pêche du thon."
    assert len(found(text, dates={"jadis": day})) == count


def test_a_sum_with_a_decimal_comma_stays_whole() -> None:
    text = "La Norvège a promis une aide. Un prêt de 98,6 millions d'euros va soutenir les ports du Pérou."
    assert kept(text)[-1].startswith("Un prêt de 98,6 millions")


def test_heads_counted_are_no_sums() -> None:
    text = "L'aide va aux réfugiés, nombreux au Pérou (3,5 millions) et en Norvège (un million), et promet beaucoup."
    assert [c for c in found(text) if c.cue_rule == "giver"] == []


@pytest.mark.parametrize(
    "clause",
    [
        "l'aide de la norvège ne se borne pas à des filets",
        "le pérou et la norvège partagent la même vision de l'océan",
        "l'accord de pêche repose sur la confiance des armateurs",
        "la norvège est désormais le premier bailleur des ports du pérou",
        "ces chantiers nécessitent mille soudeurs péruviens",
        "oslo recevra mardi les ministres de la pêche du pérou et du chili",
        "l'iran est le premier acheteur des thons du pérou",
        "la pêche dépend d'un accord ancien",
        "les ministres péruviens seront à oslo mardi pour deux jours",
    ],
)
def test_what_things_are_and_who_comes_is_no_promise_that_only_the_network_sees(clause: str) -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert vetoed(lex.vetoes, RULE, clause, 0, len(clause)) in ("hollow", "event")


@pytest.mark.parametrize(
    "clause",
    [
        "la norvège offre douze chalutiers au pérou",
        "oslo recevra chaque année trente étudiants péruviens",
        "la norvège sera le premier bailleur des ports du pérou",
        "le pérou doublera ce qui représente sa part avant la fin de l'année",
        "la suisse déploie cinquante secouristes au pérou",
        "la norvège versera au pérou le mois prochain 30 millions de dollars",
        "la norvège enverra ses garde-côtes, qui dépendent de bergen",
        "oslo recevra le ministre péruvien et livrera trente chalutiers en 2031",
        "l'hôpital offert par la norvège sera en service le 3 mars",
        "le chili retire de ses ports, à l'ouest le plus grand, ses vedettes",
        "la norvège est le premier pays à offrir des filets au pérou",
    ],
)
def test_deeds_and_what_will_be_are_left_to_the_network(clause: str) -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert vetoed(lex.vetoes, RULE, clause, 0, len(clause)) is None


def test_a_sum_told_again_in_another_money_is_no_second_promise() -> None:
    lex = lexicon("fr")
    assert lex is not None
    words = "la norvège versera 900 millions de couronnes, soit environ une enveloppe de 80 millions d'euros"
    start = words.index("une enveloppe")
    assert vetoed(lex.vetoes, RULE, words, start, len(words)) == "hollow"
    assert vetoed(lex.vetoes, RULE, words, 0, start) is None
    words = "oslo s'engage sur trois ans, soit 300 millions de couronnes par an"
    assert vetoed(lex.vetoes, RULE, words, words.index("300"), len(words)) is None
