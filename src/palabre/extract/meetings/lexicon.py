"""The words by which a language tells of meetings, made from its table. It reads no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from palabre.extract.speech import er_forms
from palabre.lang.pack import pack_for, table


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words for meetings; phrases are tuples of normalised tokens."""

    strong: frozenset[str]
    weak: frozenset[str]
    phrases: tuple[str, ...]
    bodies: frozenset[str]
    editions: frozenset[str]
    gathered: frozenset[str]
    met_things: frozenset[str]
    meet_with: frozenset[str]
    with_whom: frozenset[str]
    timely: frozenset[str]
    ellipsis: frozenset[str]
    occasions: tuple[str, ...]
    strengtheners: frozenset[str]
    telling: dict[str, str]
    bilateral: frozenset[str]
    ceremonies: frozenset[str]
    of_town: frozenset[str]
    stay: frozenset[str]
    present: frozenset[str]
    sign: frozenset[str]
    dated: frozenset[str]
    calls: frozenset[str]
    not_after: tuple[str, ...]
    only_calls: frozenset[str]
    in_place: frozenset[str]
    until: tuple[str, ...]
    proper: frozenset[str]
    proper_unless: frozenset[str]
    proper_never: frozenset[str]
    visits: frozenset[str]
    receive: frozenset[str]
    host: frozenset[str]
    meet: frozenset[str]
    meet_reflexive: frozenset[str]
    travel: frozenset[str]
    open: frozenset[str]
    received: frozenset[str]
    not_received: frozenset[str]
    demonstratives: frozenset[str]
    determiners: frozenset[str]
    plain: frozenset[str]
    previous: frozenset[str]
    next: frozenset[str]
    separately: tuple[str, ...]
    recurring: tuple[str, ...]
    margins: tuple[str, ...]
    planned: frozenset[str]
    postponed: frozenset[str]
    put_off: frozenset[str]
    refused: frozenset[str]
    never: re.Pattern[str]
    soon: tuple[str, ...]
    between: frozenset[str]
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    formats: tuple[str, ...]
    prepositions: frozenset[str]
    capital_of: frozenset[str]
    settlements: frozenset[str]
    not_places: frozenset[str]
    away: frozenset[str]
    where: frozenset[str]
    organs: tuple[str, ...]
    not_own: frozenset[str]
    genitives: frozenset[str]
    genitives_of: frozenset[str]
    title_stops: frozenset[str]
    title_links: frozenset[str]
    title_openers: frozenset[str]
    not_future: frozenset[str]
    reflexive: frozenset[str]
    auxiliaries: frozenset[str]
    having: frozenset[str]
    subjects: frozenset[str]
    also_verbs: frozenset[str]
    several_visits: frozenset[str]
    talk: frozenset[str]
    several: frozenset[str]
    self_only: tuple[str, ...]
    aside: frozenset[str]
    often: tuple[str, ...]
    passive: frozenset[str]
    place_taken: frozenset[str]
    place: frozenset[str]
    negators: frozenset[str]
    scheduled: frozenset[str]
    day_parts: frozenset[str]
    arranged: frozenset[str]
    met_with: frozenset[str]
    not_with: frozenset[str]
    sought: frozenset[str]
    seekers: frozenset[str]
    sought_links: frozenset[str]
    that: frozenset[str]
    bullets: frozenset[str]
    organ_of: dict[str, str]
    portfolios: frozenset[str]
    portfolio_stops: frozenset[str]
    topics: frozenset[str]
    suspended: frozenset[str]
    initially: frozenset[str]
    one_by_one: frozenset[str]
    toward: frozenset[str]
    leaving: frozenset[str]
    not_dates: tuple[str, ...]


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """Return the words of a language (those of the fallback pack when it has none)."""
    data: dict[str, Any] = table(pack_for(lang), "meetings")
    nouns, verbs, back = data["nouns"], data["verbs"], data["anaphora"]
    sought = data.get("sought", {})
    single = [n for n in nouns["strong"] if " " not in n]
    return Lexicon(
        strong=frozenset(single),
        weak=frozenset(nouns["weak"]),
        phrases=tuple(n for n in nouns["strong"] if " " in n),
        bodies=frozenset(nouns["bodies"]),
        editions=frozenset(nouns["editions"]),
        gathered=frozenset(verbs["gathered"]),
        met_things=frozenset(verbs["met_things"]),
        meet_with=_er(verbs["er_with"]),
        with_whom=frozenset(verbs["with_whom"]),
        timely=frozenset(verbs["timely"]),
        ellipsis=frozenset(back["ellipsis"]),
        occasions=tuple(data["occasion"]["words"]),
        strengtheners=frozenset(nouns["strengtheners"]),
        telling=dict(nouns.get("telling", {})),
        bilateral=frozenset(nouns["bilateral"]),
        ceremonies=frozenset(nouns["ceremonies"]),
        of_town=frozenset(nouns["of_town"]),
        stay=frozenset(verbs["stay"]),
        present=frozenset(verbs.get("present", ())),
        sign=frozenset(verbs["sign"]) | _er(verbs["er_sign"]),
        dated=frozenset(verbs["dated"]),
        calls=frozenset(nouns["calls"]),
        not_after=tuple(nouns["not_after"]),
        only_calls=frozenset(nouns.get("only_calls", ())),
        in_place=frozenset(data["parties"].get("in_place", ())),
        until=tuple(data["spread"].get("until", ())),
        proper=frozenset(nouns.get("proper", ())),
        proper_unless=frozenset(nouns.get("proper_unless", ())),
        proper_never=frozenset(nouns.get("proper_never", ())),
        visits=frozenset(data["visits"]["nouns"]),
        receive=frozenset(verbs["receive"]) | _er(verbs["er_host"]),
        host=frozenset(verbs["host"]) | _er(verbs["er_host"]),
        meet=frozenset(verbs["meet"]) | _er(verbs["er_meet"]),
        meet_reflexive=frozenset(verbs["meet_reflexive"]),
        travel=frozenset(verbs["travel"]) | _er(verbs["er_travel"]),
        open=frozenset(verbs["open"]) | _er(verbs["er_open"]),
        received=frozenset(verbs["received"]),
        not_received=frozenset(verbs["not_received"]),
        demonstratives=frozenset(back["demonstratives"]),
        determiners=frozenset(back["determiners"]),
        plain=frozenset(back["plain"]),
        previous=frozenset(back["previous"]),
        next=frozenset(back["next"]),
        separately=tuple(data["separately"]["words"]),
        recurring=tuple(data["recurring"]["words"]),
        margins=tuple(data["margins"]["words"]),
        planned=frozenset(data["planned"]["words"]),
        postponed=frozenset(data["postponed"]["words"]),
        put_off=frozenset(data["postponed"]["before"]),
        refused=frozenset(data["postponed"].get("refused", ())),
        never=re.compile("|".join(data["postponed"].get("never", ())) or "(?!)"),
        soon=tuple(data["planned"].get("soon", ())),
        between=frozenset(data["planned"].get("between", ())),
        levels=tuple((k, tuple(v)) for k, v in data["level"].items()),
        formats=tuple(data["format"]["words"]),
        prepositions=frozenset(data["place"]["prepositions"]),
        capital_of=frozenset(data["place"]["capital_of"]),
        settlements=frozenset(data["place"]["settlements"]),
        not_places=frozenset(data["place"]["not_places"]),
        away=frozenset(data["place"]["away"]),
        where=frozenset(data["place"]["where"]),
        organs=tuple(data["parties"]["organs"]),
        not_own=frozenset(data["spread"]["not_own"]),
        genitives=frozenset(data["spread"]["genitives"]),
        genitives_of=frozenset(data["spread"]["genitives_of"]),
        title_stops=frozenset(data["title"]["stops"]),
        title_links=frozenset(data["title"]["links"]),
        title_openers=frozenset(data["title"]["openers"]),
        not_future=frozenset(data["tense"]["not_future"]),
        reflexive=frozenset(data["tense"]["reflexive"]),
        auxiliaries=frozenset(data["tense"]["auxiliaries"]),
        having=frozenset(data["tense"]["having"]),
        subjects=frozenset(data["tense"]["subjects"]),
        also_verbs=frozenset(data["tense"]["also_verbs"]),
        several_visits=frozenset(data["visits"].get("several", ())),
        talk=_er(verbs.get("er_talk", [])),
        several=frozenset(verbs.get("several", ())),
        self_only=tuple(verbs.get("er_self", ())),
        aside=frozenset(verbs.get("aside", ())),
        passive=frozenset(data["postponed"].get("passive", ())),
        place_taken=frozenset(data["postponed"].get("place_taken", ())),
        place=frozenset(data["postponed"].get("place", ())),
        scheduled=frozenset(data["postponed"].get("scheduled", ())),
        day_parts=frozenset(data["spread"].get("day_parts", ())),
        negators=frozenset(data["postponed"].get("negators", ())),
        arranged=frozenset(data["postponed"].get("arranged", ())),
        met_with=frozenset(data["postponed"].get("with_whom", ())),
        not_with=frozenset(data["postponed"].get("not_with", ())),
        often=tuple(data["postponed"].get("often", ())),
        sought=frozenset(sought.get("infinitives", ())),
        seekers=frozenset(sought.get("verbs", ())),
        sought_links=frozenset(sought.get("links", ())),
        that=frozenset(sought.get("that", ())),
        bullets=frozenset(sought.get("bullets", ())),
        organ_of=dict(data["parties"].get("organ_of", {})),
        portfolios=frozenset(data["parties"].get("portfolios", ())),
        portfolio_stops=frozenset(data["parties"].get("portfolio_stops", ())),
        topics=frozenset(data["place"].get("topics", ())),
        suspended=frozenset(data["spread"].get("suspended", ())),
        initially=frozenset(data["spread"].get("initially", ())),
        one_by_one=frozenset(data["separately"].get("verbs", ())),
        toward=frozenset(data["place"].get("toward", ())),
        leaving=frozenset(data["place"].get("leaving", ())),
        not_dates=tuple(data["spread"].get("not_dates", ())),
    )


def _er(infinitives: list[str]) -> frozenset[str]:
    """Return every form of regular verbs in -er that may tell of a meeting, the conditional among them."""
    forms = {form for verb in infinitives for form in er_forms(verb)}
    return frozenset(
        forms | {f"{verb[:-1]}{end}" for verb in infinitives for end in ("rait", "raient", "ont", "aient")}
    )
