"""How what was promised is worded: verbs in the infinitive, nouns with a verb put before them."""

from __future__ import annotations

import pytest
from tests.extract.promises import only

from palabre.extract.commitments.action import infinitive_of, verb_of_cue
from palabre.extract.commitments.lexicon import lexicon

FUTURES = """
accueillir accueillera accueilleront accueillerait, revoir reverrons, voir verraient, prévoir prévoira,
recevoir recevront, maintenir maintiendra, obtenir obtiendraient, recourir recourra, acquérir acquerra,
conclure conclura, reconduire reconduira, détruire détruira, souscrire souscrira, interdire interdira,
agrandir agrandira, approfondir approfondiront, lire lira, établir établiraient, refaire referont, satisfaire satisfera,
chauffer chauffera, réadmettre réadmettra, combattre combattra, reprendre reprendraient, restreindre restreindra,
dissoudre dissoudra, poursuivre poursuivra, vaincre vaincra, reconnaître reconnaîtra, croire croira, renvoyer renverra,
déployer déploieront, payer paierait, appuyer appuiera, renouveler renouvellera,
projeter projettera, regretter regrettera,
acheter achètera, compléter complètera, accélérer accélèrera, céder cèdera, intégrer intègrera, créer créeront,
ratifier ratifiera, offrir offrira, nourrir nourrira, investir investira, suffire suffira, envoyer enverrait
"""
PARTICIPLES = """
revoir revus, recevoir reçue, maintenir maintenu, reprendre reprises, rendre rendue, suspendre suspendu,
répandre répandue,
résoudre résolues, dissoudre dissoute, rompre rompue, convaincre convaincus, battre battu, conclure conclue,
inclure incluse, élire élues, reconduire reconduite, inscrire inscrites, interdire interdits, faire faite,
admettre admis, rouvrir rouverte, offrir offertes, acquérir acquise, contraindre contraint, joindre jointe,
poursuivre poursuivie, reconnaître reconnus, accroître accrue, secourir secourus, accueillir accueillie,
garantir garanties, créer créées, rapatrier rapatriés
"""
CUES = """
octroyer octroie, déployer déploient, payer paie, lever lève, geler gèle, offrir offrent, ouvrir ouvre,
renouveler renouvelle, suspendre suspend, augmenter augmente, débloquer débloquent
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [(form, verb) for verb, *forms in map(str.split, table.split(",")) for form in forms]


@pytest.mark.parametrize(("form", "infinitive"), pairs(FUTURES))
def test_a_future_or_a_conditional_has_its_infinitive(form: str, infinitive: str) -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert infinitive_of(form, lex, None, "future") == infinitive


@pytest.mark.parametrize(("form", "infinitive"), pairs(PARTICIPLES))
def test_a_participle_has_its_infinitive(form: str, infinitive: str) -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert infinitive_of(form, lex, None, "passive") == infinitive


@pytest.mark.parametrize(("form", "infinitive"), pairs(CUES))
def test_the_verb_of_a_cue_has_its_infinitive(form: str, infinitive: str) -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert verb_of_cue(form, lex) == infinitive


def test_small_words_are_no_verbs() -> None:
    lex = lexicon("fr")
    assert lex is not None
    assert verb_of_cue("a promis une", lex) == ""


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("La Norvège a promis 50 millions de dollars.", "apporter 50 millions de dollars"),
        ("La Norvège a promis au Pérou une aide de 20 millions d'euros.", "apporter une aide de 20 millions d'euros"),
        ("La Norvège a promis un nouveau traité au Pérou.", "assurer un nouveau traité au Pérou"),
    ],
)
def test_money_is_brought_and_other_things_are_ensured(text: str, action: str) -> None:
    assert only(text).action == action
