"""Which sector words speak of."""

from __future__ import annotations

import pytest

from palabre.extract.sectors import (
    bare_sum,
    called_for,
    named_sectors,
    only_sums,
    sector_of,
    sector_weights,
    theme_of,
)
from palabre.model.vocabulary import Sector

SAID: dict[str, tuple[str, ...]] = {
    "defence": (
        "livrer deux vedettes rapides à la marine de l'île",
        "organiser des entraînements communs dans le désert",
        "vendre six avions de combat à son voisin",
        "retirer ses hommes avant la fin de l'année",
        "envoyer cinquante formateurs auprès de la garde nationale",
        "créer une école de maintenance des chars",
        "partager les images de ses radars côtiers",
        "renforcer la lutte contre la piraterie dans le golfe",
        "maintenir deux cents militaires sur l'île jusqu'en 2030",
        "neutraliser ensemble les groupes qui sévissent le long du fleuve",
        "acquérir des systèmes de surveillance pour ses côtes",
        "placer leurs unités sous un même commandement",
        "offrir une formation au tir aux recrues de l'armée de terre",
    ),
    "diplomacy": (
        "ouvrir une représentation diplomatique dans la capitale voisine",
        "se réunir deux fois par an au niveau des ministres",
        "effectuer une visite de travail au printemps",
        "appuyer la candidature du pays au conseil de sécurité",
        "rétablir leurs relations diplomatiques",
        "désigner un médiateur pour la crise",
        "mettre en place un comité mixte de suivi",
        "tenir la prochaine session dans la capitale voisine",
        "recevoir son homologue le mois prochain",
        "abolir leurs différends frontaliers par la négociation",
        "revenir dans la capitale avant l'été",
        "porter ensemble la question devant les nations unies",
        "réactiver leur grande commission de coopération",
        "rappeler son ambassadeur",
        "échanger chaque trimestre sur l'application de ces décisions",
        "accueillir le prochain sommet",
    ),
    "governance": (
        "organiser des élections libres dans les dix-huit mois",
        "adopter une loi contre la corruption avant juin",
        "appuyer la formation des magistrats et la réforme des tribunaux",
        "extrader les personnes recherchées",
        "libérer les prisonniers politiques",
        "soutenir la modernisation de l'état civil",
        "transférer davantage de compétences aux communes",
        "remettre le pouvoir aux civils au terme de la transition",
        "rendre publics les contrats passés par l'état",
        "juger les auteurs des massacres",
        "appuyer le parlement et la cour des comptes",
    ),
    "trade": (
        "lever l'interdiction d'importer des fruits du pays voisin",
        "tripler leurs échanges commerciaux en cinq ans",
        "organiser un forum d'affaires chaque année",
        "négocier un accord de libre-échange",
        "ouvrir son marché aux fleurs et aux avocats",
        "accorder l'exemption de taxes à tous les produits de l'archipel",
        "réduire de moitié ses tarifs douaniers",
        "acheter davantage de produits manufacturés à son partenaire",
        "protéger les investissements de leurs ressortissants",
        "faciliter l'accès de leurs entreprises au marché intérieur",
    ),
    "finance": (
        "prêter 300 millions d'euros au trésor de l'île",
        "effacer les arriérés du pays",
        "annuler la dette bilatérale",
        "verser un appui budgétaire de 50 millions",
        "ouvrir une banque commune d'investissement",
        "porter sa contribution à 2 milliards de dollars",
        "restructurer les créances publiques",
        "accorder 70 millions d'euros sur trois ans",
        "reporter de cinq ans le remboursement des prêts",
        "augmenter le capital de la banque régionale",
        "créer un fonds commun doté de 200 millions de dollars",
    ),
    "energy": (
        "construire trois parcs éoliens au large",
        "raccorder dix villages au réseau électrique",
        "livrer du gaz naturel liquéfié pendant quinze ans",
        "financer à hauteur de 90 millions un barrage sur la rivière",
        "explorer ensemble les champs pétroliers du bassin",
        "fournir de l'électricité à bas prix",
        "achever la ligne à haute tension entre les deux capitales",
        "allouer 40 millions d'euros à une centrale thermique",
    ),
    "nuclear": (
        "bâtir deux petits réacteurs sur le littoral",
        "former des spécialistes à la sûreté des installations nucléaires",
        "coopérer dans les usages pacifiques de l'atome",
    ),
    "mining": (
        "attribuer trois permis d'exploration à la société voisine",
        "traiter sur place le manganèse et le nickel",
        "établir une carte géologique du sud du pays",
        "exploiter le fer des montagnes du sud",
        "acheter tout le lithium extrait par la société d'état",
    ),
    "agriculture": (
        "distribuer des semences améliorées aux planteurs",
        "aménager dix mille hectares de rizières",
        "renouveler l'accord de pêche pour cinq ans",
        "moderniser les abattoirs et vacciner le bétail",
        "moderniser la filière du café",
        "construire des silos et des entrepôts pour les récoltes",
        "former des vétérinaires et des agronomes",
    ),
    "industry": (
        "installer une usine de montage de motos",
        "créer une zone industrielle près de la capitale",
        "aider deux cents petites entreprises à se lancer",
        "développer le tourisme balnéaire",
        "rouvrir la cimenterie du nord",
        "implanter une chaîne de fabrication de véhicules électriques",
        "faire travailler dix mille jeunes dans le textile",
    ),
    "transport": (
        "prolonger la voie ferrée jusqu'à la frontière",
        "bitumer quatre cents kilomètres de pistes",
        "accorder un prêt de 60 millions de dollars pour la réfection de l'aéroport",
        "ouvrir une ligne maritime directe entre les deux ports",
        "vendre douze avions à la compagnie nationale",
        "moderniser le port de pêche et le quai aux conteneurs",
        "relier les deux capitales par un train rapide",
        "prendre en charge l'élargissement de la chaussée",
        "augmenter le nombre de vols entre les deux pays",
        "consacrer 150 millions de dollars à un troisième pont",
    ),
    "digital": (
        "déployer la 5g dans les grandes villes",
        "bâtir un centre de données souverain",
        "lancer ensemble un satellite de télécommunications",
        "former mille développeurs informatiques",
        "relier les deux pays par la fibre optique",
        "protéger ensemble leurs réseaux contre les attaques informatiques",
        "équiper les écoles d'ordinateurs",
        "supprimer les frais d'itinérance",
    ),
    "education": (
        "doubler le nombre de bourses offertes aux étudiants du continent",
        "bâtir quarante salles de classe",
        "envoyer des professeurs de mathématiques",
        "ouvrir un institut de formation aux métiers du bâtiment",
        "reconnaître mutuellement leurs diplômes",
        "accueillir deux cents stagiaires par an dans ses écoles d'ingénieurs",
        "créer une université commune",
        "offrir des manuels à tous les élèves du primaire",
        "former aux métiers de l'eau et du bois cinq cents jeunes",
    ),
    "health": (
        "équiper le centre hospitalier de la région",
        "envoyer une mission de chirurgiens",
        "fournir des antipaludéens et des moustiquaires",
        "construire un laboratoire pharmaceutique",
        "verser 12 millions de dollars pour la lutte contre le choléra",
        "bâtir une unité de fabrication de vaccins",
        "prendre en charge les soins des blessés",
        "doter les maternités de couveuses",
    ),
    "culture": (
        "rendre les trésors royaux au musée de la capitale",
        "ouvrir un centre culturel",
        "organiser une saison croisée des arts",
        "bâtir un stade de 40 000 places",
        "enseigner la langue du pays partenaire",
        "coproduire des films et des séries",
        "envoyer sa troupe nationale au festival",
        "inscrire ensemble le site au patrimoine mondial",
    ),
    "media": (
        "échanger des programmes entre chaînes publiques",
        "former les journalistes de l'agence de presse nationale",
        "émettre en langue haoussa à la radio",
        "former les équipes de la télévision nationale",
    ),
    "humanitarian": (
        "expédier mille tonnes de vivres aux victimes du cyclone",
        "accueillir dix mille réfugiés supplémentaires",
        "rouvrir l'accès des secours au nord du pays",
        "débloquer 5 millions d'euros d'aide d'urgence pour les sinistrés",
        "acheminer des tentes et des médicaments vers les zones inondées",
        "soutenir les familles déplacées par les combats",
        "donner dix mille tonnes de blé aux pays touchés par la famine",
    ),
    "environment": (
        "planter un million d'arbres",
        "réduire de moitié ses rejets de carbone",
        "creuser deux cents forages dans les villages",
        "protéger les récifs et les tortues marines",
        "verser 20 millions de dollars au fonds vert pour le climat",
        "restaurer les mangroves",
        "ramener à zéro ses émissions d'ici à 2050",
        "approvisionner la ville en eau potable",
        "sauver le lac de l'assèchement",
    ),
    "migration": (
        "délivrer plus vite les visas aux hommes d'affaires",
        "reprendre ses ressortissants en situation irrégulière",
        "supprimer les visas de court séjour",
        "ouvrir des voies légales pour les travailleurs saisonniers",
        "renforcer les contrôles aux frontières et lutter contre les passeurs",
        "accueillir chaque année trois mille travailleurs saisonniers",
        "organiser le retour volontaire des sans-papiers",
        "harmoniser leurs politiques d'asile",
    ),
    "science": (
        "lancer un programme commun de recherche sur les océans",
        "envoyer un astronaute dans la station",
        "ouvrir un laboratoire commun de physique",
        "mener ensemble des expériences en orbite",
        "ouvrir leurs laboratoires aux chercheurs de l'autre pays",
    ),
    "multi": (
        "coopérer dans la santé, l'énergie, les transports et la culture",
        "signer onze mémorandums d'entente",
        "appuyer le développement des régions du nord",
        "aider le pays dans de nombreux domaines",
        "coopérer en matière de défense et de commerce",
        "renforcer la coopération dans tous les domaines",
        "travailler ensemble sur l'agriculture, l'école et la santé",
        "parapher une douzaine d'accords",
        "bâtir des logements sociaux",
    ),
}
"""Promises in our own words, by sector."""


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("former et équiper les forces armées du pays voisin", Sector.DEFENCE),
        ("instaurer un cadre de dialogue régulier", Sector.DIPLOMACY),
        ("supprimer les droits de douane sur les produits agricoles", Sector.TRADE),
        ("ouvrir une ligne de crédit de 40 millions d'euros", Sector.FINANCE),
        ("construire une centrale solaire", Sector.ENERGY),
        ("bâtir un réacteur nucléaire", Sector.NUCLEAR),
        ("exploiter un gisement de lithium", Sector.MINING),
        ("livrer des engrais et des semences", Sector.AGRICULTURE),
        ("créer cent mille emplois", Sector.INDUSTRY),
        ("réhabiliter le chemin de fer", Sector.TRANSPORT),
        ("poser un câble de fibre optique", Sector.DIGITAL),
        ("offrir deux cents bourses aux étudiants", Sector.EDUCATION),
        ("livrer un million de doses de vaccin", Sector.HEALTH),
        ("restituer des œuvres d'art au musée", Sector.CULTURE),
        ("former des journalistes de télévision", Sector.MEDIA),
        ("accueillir les réfugiés", Sector.HUMANITARIAN),
        ("lutter contre la déforestation", Sector.ENVIRONMENT),
        ("faciliter la délivrance des visas", Sector.MIGRATION),
        ("financer des laboratoires de recherche", Sector.SCIENCE),
    ],
)
def test_the_object_names_the_sector(words: str, sector: Sector) -> None:
    assert sector_of(((words, 1.0),), "fr") is sector


def test_three_sectors_or_more_are_several_at_once() -> None:
    assert sector_of((("coopérer dans l'énergie, la santé, l'agriculture et la culture", 1.0),), "fr") is Sector.MULTI


def test_context_decides_only_where_the_words_say_nothing() -> None:
    assert (
        sector_of((("tenir cette promesse", 1.0), ("les hôpitaux et les médecins attendent", 0.4)), "fr")
        is Sector.HEALTH
    )
    assert sector_of((("livrer des vaccins", 1.0), ("l'armée et les soldats attendent", 0.4)), "fr") is Sector.HEALTH


def test_nothing_named_is_dialogue() -> None:
    assert sector_of((("", 1.0),), "fr") is Sector.DIPLOMACY


def test_a_whole_word_is_not_found_inside_another() -> None:
    assert Sector.MIGRATION not in sector_weights("un plan visant à cela", "fr")
    assert Sector.TRANSPORT not in sector_weights("la métropole", "fr")


def test_named_sectors_come_in_order_each_once() -> None:
    named = named_sectors("les domaines agricoles et énergétiques, l'agriculture surtout", "fr")
    assert named == (Sector.AGRICULTURE, Sector.ENERGY)


def test_english_has_its_words() -> None:
    assert sector_of((("train the joint force against terrorism", 1.0),), "en") is Sector.DEFENCE


def test_a_word_said_again_weighs_once() -> None:
    once, twice = sector_weights("un vaccin", "fr"), sector_weights("un vaccin, un vaccin", "fr")
    assert once == twice


def test_of_many_promises_nine_in_ten_are_told_right() -> None:
    said = [(words, Sector(name)) for name, all_words in SAID.items() for words in all_words]
    wrong = [(words, sector) for words, sector in said if sector_of(((words, 1.0),), "fr") is not sector]
    assert len(wrong) <= len(said) / 10, wrong


def test_money_is_for_what_it_pays() -> None:
    assert (
        sector_of((("accorder un prêt de 40 millions d'euros pour refaire la route", 1.0),), "fr") is Sector.TRANSPORT
    )
    assert sector_of((("accorder un prêt de 40 millions d'euros", 1.0),), "fr") is Sector.FINANCE
    layers = (("accorder un prêt de 40 millions d'euros", 1.0), ("un prêt de 40 millions d'euros pour la route", 0.8))
    assert sector_of(layers, "fr") is Sector.TRANSPORT


def test_money_shared_among_several_is_money() -> None:
    words = "verser 20 millions d'euros pour la route, l'hôpital et l'université"
    assert sector_of(((words, 1.0),), "fr") is Sector.FINANCE


def test_soldiers_in_a_school_are_defence() -> None:
    assert sector_of((("former des soldats dans ses écoles", 1.0),), "fr") is Sector.DEFENCE


def test_the_fields_of_an_action_told_by_itself_do_not_change_it() -> None:
    words = "former mille jeunes dans la santé, l'agriculture et l'énergie"
    assert sector_of(((words, 1.0),), "fr") is Sector.EDUCATION


def test_texts_counted_and_not_told_apart_are_several() -> None:
    assert sector_of((("signer sept accords", 1.0),), "fr") is Sector.MULTI
    assert sector_of((("signer sept accords de défense", 1.0),), "fr") is Sector.DEFENCE


def test_an_office_does_not_name_the_sector() -> None:
    words = "le ministre de la santé inaugurera la route"
    assert sector_of(((words, 1.0),), "fr") is Sector.TRANSPORT


def test_a_place_is_no_object() -> None:
    assert Sector.TRANSPORT not in sector_weights("aller à port-louis", "fr")
    assert Sector.AGRICULTURE not in sector_weights("se retrouver à cotonou", "fr")


def test_circumstances_weigh_less_than_the_object() -> None:
    words = "livrer des vaccins dans le cadre de la lutte contre le terrorisme"
    assert sector_of(((words, 1.0),), "fr") is Sector.HEALTH


def test_what_a_text_is_about_as_a_whole() -> None:
    aid = ["les réfugiés manquent de tentes", "l'aide humanitaire arrive", "des camps de réfugiés", "secours d'urgence"]
    assert theme_of(aid, "fr") is Sector.HUMANITARIAN
    assert theme_of([*aid, "la frégate, le missile, les soldats, les casernes et les munitions"], "fr") is None
    assert theme_of(["ils ont parlé de tout"], "fr") is None


def test_sums_alone_say_nothing_of_what_they_are_for() -> None:
    assert only_sums("verser 244 millions d'euros", "fr")
    assert not only_sums("verser 244 millions d'euros aux hôpitaux", "fr")
    assert not only_sums("ouvrir un consulat", "fr")


def test_sums_promised_to_donors_who_were_called_together_are_for_what_they_were_called_for() -> None:
    aid = {Sector.HUMANITARIAN: 9.0, Sector.FINANCE: 20.0, Sector.DEFENCE: 1.0}
    assert called_for((aid, {Sector.HUMANITARIAN: 3.0}), {}) is Sector.HUMANITARIAN
    assert called_for((aid,), {}) is None
    assert called_for((aid, {Sector.HUMANITARIAN: 3.0}, {Sector.DEFENCE: 3.0}), {Sector.DEFENCE: 2.0}) is None
    # A railway is a loan's purpose, not what donors are called together for: money stays money.
    assert called_for(({Sector.TRANSPORT: 9.0}, {Sector.TRANSPORT: 3.0}), {}) is None
    assert called_for(({}, {}), {}) is None


def test_a_sum_is_bare_when_only_money_and_talk_are_named() -> None:
    assert bare_sum("l'ambassadeur promet 27 millions d'euros", "fr")
    assert not bare_sum("27 millions d'euros pour les hôpitaux", "fr")
    assert not bare_sum("l'ambassadeur reviendra", "fr")
