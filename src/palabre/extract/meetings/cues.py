"""Finds the words that say people met or will meet. Decides nothing about who, when or where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from palabre.extract.speech import er_forms
from palabre.lang.pack import pack_for, table
from palabre.model.spans import Span

if TYPE_CHECKING:
    from palabre.text.reading import Reading, Sentence, Token


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words for meetings; phrases are tuples of normalised tokens."""

    strong: frozenset[str]
    weak: frozenset[str]
    phrases: tuple[str, ...]
    bodies: frozenset[str]
    editions: frozenset[str]
    gathered: frozenset[str]
    timely: frozenset[str]
    ellipsis: frozenset[str]
    occasions: tuple[str, ...]
    strengtheners: frozenset[str]
    telling: dict[str, str]
    bilateral: frozenset[str]
    of_town: frozenset[str]
    stay: frozenset[str]
    sign: frozenset[str]
    dated: frozenset[str]
    calls: frozenset[str]
    not_after: tuple[str, ...]
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


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """Return the words of a language (those of the fallback pack when it has none)."""
    data: dict[str, Any] = table(pack_for(lang), "meetings")
    nouns, verbs, back = data["nouns"], data["verbs"], data["anaphora"]
    single = [n for n in nouns["strong"] if " " not in n]
    return Lexicon(
        strong=frozenset(single),
        weak=frozenset(nouns["weak"]),
        phrases=tuple(n for n in nouns["strong"] if " " in n),
        bodies=frozenset(nouns["bodies"]),
        editions=frozenset(nouns["editions"]),
        gathered=frozenset(verbs["gathered"]),
        timely=frozenset(verbs["timely"]),
        ellipsis=frozenset(back["ellipsis"]),
        occasions=tuple(data["occasion"]["words"]),
        strengtheners=frozenset(nouns["strengtheners"]),
        telling=dict(nouns.get("telling", {})),
        bilateral=frozenset(nouns["bilateral"]),
        of_town=frozenset(nouns["of_town"]),
        stay=frozenset(verbs["stay"]),
        sign=frozenset(verbs["sign"]) | _er(verbs["er_sign"]),
        dated=frozenset(verbs["dated"]),
        calls=frozenset(nouns["calls"]),
        not_after=tuple(nouns["not_after"]),
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
    )


def _er(infinitives: list[str]) -> frozenset[str]:
    """Return every form of regular verbs in -er that may tell of a meeting, the conditional among them."""
    forms = {form for verb in infinitives for form in er_forms(verb)}
    return frozenset(
        forms | {f"{verb[:-1]}{end}" for verb in infinitives for end in ("rait", "raient", "ont", "aient")}
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """One word that says a meeting, at index `token` of its sentence; `back` when it may refer to one already told.

    `kind`: noun, receive, host, meet, travel, stay, sign. `firm` nouns say which session they are (« neuvième »);
    `bilateral` ones are between two parties; `occasion` marks what « au terme de », « lors de » lead to: the whole
    clause happens there. `weak` cues need a date and parties or a place of their own.
    """

    sentence: int
    token: int
    span: Span
    kind: str
    weak: bool
    visit: bool
    back: str
    """`demonstrative` (« cette réunion »), `definite` (« la réunion »), `previous`, `next` or empty."""
    firm: bool = False
    bilateral: bool = False
    occasion: bool = False
    which: str = ""
    """Which session its adjective tells: « 45 » for « 45e sommet », « x » for an extraordinary one."""
    between: bool = False
    """« une rencontre entre A et B »."""


def find_cues(reading: Reading, sentence: Sentence) -> list[Cue]:
    """Return the cues of one sentence, in order."""
    words = lexicon(reading.lang)
    telling = _telling(reading.lang)
    out: list[Cue] = []
    for i, token in enumerate(sentence.tokens):
        if token.norm not in telling and token.norm.rstrip("0123456789") not in words.editions:
            continue
        cue = _noun(reading, sentence, i, words) or _phrase(reading, sentence, i, words) or _verb(sentence, i, words)
        if cue is not None:
            out.append(cue)
    return out


@lru_cache(maxsize=8)
def _telling(lang: str) -> frozenset[str]:
    """Return the words that may be a cue or open one; most words of a text are none."""
    words = lexicon(lang)
    nouns = words.strong | words.weak | _openers(words.phrases) | words.next
    return nouns | words.receive | words.meet | words.meet_reflexive | words.travel | words.sign | words.stay


def _noun(reading: Reading, sentence: Sentence, i: int, words: Lexicon) -> Cue | None:
    tokens = sentence.tokens
    token = tokens[i]
    norm = token.norm
    if norm not in words.strong and norm not in words.weak:
        return None
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    if following in words.not_after or _verb_use(tokens, i, words) or _in_margins(reading, sentence, token, words):
        return None
    after = {t.norm for t in tokens[i + 1 : i + 4]}
    if words.postponed & {t.norm for t in tokens[i + 1 : i + 6]}:
        return None
    if words.put_off & {t.norm for t in tokens[max(0, i - 4) : i]}:
        return None
    near = {tokens[j].norm for j in (i - 1, i - 2, i + 1) if 0 <= j < len(tokens)}
    firm = bool(near & words.strengtheners) or any(n[:1].isdigit() and n[-1:] == "e" for n in near)
    occasion = _after_one_of(reading, sentence, token, words.occasions, 30)
    weak = norm in words.weak and not after & words.calls and not firm
    back = _back_reference(tokens, i, words)
    if norm in words.bodies and not firm and not occasion:
        if i > 1 and {tokens[i - 1].norm, tokens[i - 2].norm} & words.genitives_of:
            # « les coordonnateurs du Forum »: a body, not one of its meetings.
            return None
        weak = weak or (not back and following not in words.genitives)
    return Cue(
        sentence.index,
        i,
        Span(token.start, token.end),
        "noun",
        weak,
        norm in words.visits,
        back,
        firm,
        norm in words.bilateral,
        occasion,
        _which(near, words),
        following in words.between,
    )


def _which(near: set[str], words: Lexicon) -> str:
    numbers = [n.rstrip("eèm") for n in near if n[:1].isdigit() and n[-1:] == "e"]
    return next(iter([*sorted(numbers), *(words.telling[n] for n in sorted(near) if n in words.telling)]), "")


def _phrase(reading: Reading, sentence: Sentence, i: int, words: Lexicon) -> Cue | None:
    """Return the cue of a noun of several words (« tête à tête »), an edition (« Ticad 8 ») or « la prochaine »."""
    tokens = sentence.tokens
    token = tokens[i]
    stem = token.norm.rstrip("0123456789")
    if token.norm not in _openers(words.phrases) and stem not in words.editions and token.norm not in words.next:
        return None
    rest = [t.norm for t in tokens[i : i + 5]]
    occasion = _after_one_of(reading, sentence, token, words.occasions, 30)
    for phrase in words.phrases:
        parts = phrase.split()
        if rest[: len(parts)] == parts:
            span = Span(token.start, tokens[i + len(parts) - 1].end)
            back = _back_reference(tokens, i, words)
            return Cue(sentence.index, i, span, "noun", False, False, back, bilateral=i > 0, occasion=occasion)
    if stem in words.editions and (stem != token.norm or (len(rest) > 1 and rest[1].isdigit())):
        span = Span(token.start, token.end if stem != token.norm else tokens[i + 1].end)
        return Cue(sentence.index, i, span, "noun", False, False, "", firm=True, occasion=occasion)
    elliptic = len(rest) > 1 and (rest[1] in words.reflexive or rest[1] in words.ellipsis)
    if elliptic and token.norm in words.next and i > 0 and tokens[i - 1].norm in words.plain:
        # « La prochaine se tiendra à … », « la prochaine fois à … »: the noun is that of the meeting just told.
        return Cue(sentence.index, i, Span(token.start, token.end), "noun", False, False, "next")
    return None


@lru_cache(maxsize=8)
def _openers(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def _verb(sentence: Sentence, i: int, words: Lexicon) -> Cue | None:
    tokens = sentence.tokens
    token = tokens[i]
    norm = token.norm
    span = Span(token.start, token.end)
    if norm in words.receive:
        if any(t.norm in words.not_received for t in tokens[i + 1 : i + 5]):
            return None
        kind = "host" if norm in words.host else "receive"
        return Cue(sentence.index, i, span, kind, False, False, "", bilateral=kind == "receive")
    if norm in words.gathered and not _reflexive(tokens, i, words) and not _placed(tokens, i, words):
        return None
    if words.refused & {t.norm for t in tokens[max(0, i - 4) : i]}:
        # « a refusé de se rendre à », « refuse de rencontrer »
        return None
    if norm in words.meet or (norm in words.meet_reflexive and _reflexive(tokens, i, words)):
        return Cue(sentence.index, i, span, "meet", False, False, "")
    if norm in words.travel and not _verb_use_of_thing(tokens, i, words):
        return Cue(sentence.index, i, span, "travel", True, True, "")
    if norm in words.sign:
        return Cue(sentence.index, i, span, "sign", True, False, "")
    if norm in words.stay:
        return Cue(sentence.index, i, span, "stay", True, True, "")
    return None


def _in_margins(reading: Reading, sentence: Sentence, token: Token, words: Lexicon) -> bool:
    """Tell whether « en marge de » leads to the noun: the event is then the frame of another meeting."""
    before = reading.text[max(sentence.span.start, token.start - 24) : token.start].casefold().replace("’", "'")
    return any(phrase in before for phrase in words.margins)


def _after_one_of(reading: Reading, sentence: Sentence, token: Token, phrases: tuple[str, ...], reach: int) -> bool:
    """Tell whether one of the phrases stands in the `reach` code points before a token."""
    before = reading.text[max(sentence.span.start, token.start - reach) : token.start].casefold().replace("’", "'")
    return any(phrase in before for phrase in phrases)


def _placed(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    # « réunis à Bamako », « réunies vendredi »: a participle alone may only say « put together ».
    return i + 1 < len(tokens) and tokens[i + 1].norm in words.prepositions | words.timely


def _verb_use(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    # « il visite », « elle rencontre son homologue »: a form that is also a noun, after a subject pronoun.
    return tokens[i].norm in words.also_verbs and i > 0 and tokens[i - 1].norm in words.subjects


def _verb_use_of_thing(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    # « a rendu possible », « rend hommage »: « rendre » goes somewhere only with its reflexive pronoun.
    return tokens[i].norm.startswith("rend") and not _reflexive(tokens, i, words)


def _reflexive(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    # « se sont déjà réunis », but « se sont engagés à réunir »: an infinitive needs its own pronoun.
    reach = 1 if tokens[i].norm.endswith(("er", "ir", "re")) else 3
    return any(t.norm in words.reflexive for t in tokens[max(0, i - reach) : i])


def _back_reference(tokens: tuple[Token, ...], i: int, words: Lexicon) -> str:
    around = {tokens[j].norm for j in (i - 1, i - 2, i + 1) if 0 <= j < len(tokens)}
    if around & words.previous:
        return "previous"
    if around & words.next:
        return "next"
    for j in (i - 1, i - 2, i - 3):
        if j < 0:
            break
        norm = tokens[j].norm
        if norm in words.demonstratives:
            return "demonstrative"
        if norm in words.plain:
            return "definite"
        if norm in ("une", "un", "d'", "de", "a", "an", ","):
            break
    return ""
