"""Finds the words that say people met or will meet. Decides nothing about who, when or where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.meetings.lexicon import Lexicon, lexicon
from palabre.model.spans import Span

if TYPE_CHECKING:
    from palabre.text.reading import Reading, Sentence, Token


_ROMAN = re.compile(r"[IVX]{1,5}")
_WITH = 6
"""Tokens after « a échangé » within which « avec » says that it was with somebody."""


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
    ceremony: bool = False
    """A signing or an opening, one of what is done on a visit."""
    told: bool = False
    """« s'est tenue », « aura lieu »: the verb says that the meeting takes place."""


def find_cues(reading: Reading, sentence: Sentence) -> list[Cue]:
    """Return the cues of one sentence, in order."""
    words = lexicon(reading.lang)
    telling = _telling(reading.lang)
    out: list[Cue] = []
    for i, token in enumerate(sentence.tokens):
        if token.norm not in telling and token.norm.rstrip("0123456789") not in words.editions:
            continue
        cue = _noun(reading, sentence, i, words)
        if cue is None or cue.weak:
            # « session de travail » is more than a session.
            cue = _phrase(reading, sentence, i, words, cue) or cue or _verb(sentence, i, words)
        if cue is not None:
            out.append(cue)
    return out


@lru_cache(maxsize=8)
def _telling(lang: str) -> frozenset[str]:
    """Return the words that may be a cue or open one; most words of a text are none."""
    words = lexicon(lang)
    nouns = words.strong | words.weak | _openers(words.phrases) | words.next
    verbs = (
        words.receive
        | words.meet
        | words.meet_reflexive
        | words.meet_with
        | words.travel
        | words.sign
        | words.stay
        | words.talk
    )
    return nouns | verbs


def _noun(reading: Reading, sentence: Sentence, i: int, words: Lexicon) -> Cue | None:
    tokens = sentence.tokens
    token = tokens[i]
    norm = token.norm
    if norm not in words.strong and norm not in words.weak:
        return None
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    two = f"{following} {tokens[i + 2].norm}" if i + 2 < len(tokens) else ""
    if (
        following in words.not_after
        or two in words.not_after
        or _verb_use(tokens, i, words)
        or _in_margins(reading, sentence, token, words)
    ):
        return None
    if norm in words.proper and (following in words.proper_never or _is_body(reading, token, i, following, words)):
        return None
    after = {t.norm for t in tokens[i + 1 : i + 4]}
    if words.postponed & {t.norm for t in tokens[i + 1 : i + 6]}:
        return None
    if any(t.norm in words.postponed and tokens[j - 1].norm in words.passive for j, t in _after(tokens, i, 16)):
        return None
    if words.put_off & {t.norm for t in tokens[max(0, i - 4) : i]}:
        return None
    near = {tokens[j].norm for j in (i - 1, i - 2, i + 1) if 0 <= j < len(tokens)}
    firm = bool(near & words.strengtheners) or any(n[:1].isdigit() and n[-1:] == "e" for n in near)
    occasion = _after_one_of(reading, sentence, token, words.occasions, 30)
    of_none = i > 0 and tokens[i - 1].norm in words.genitives | words.negators
    if of_none and words.negators & {t.norm for t in tokens[max(0, i - 4) : i]}:
        return None
    if norm in words.only_calls and not after & words.calls:
        return None
    told = _takes_place(tokens, i, words)
    weak = norm in words.weak and not after & words.calls and not firm and not told
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
        norm in words.ceremonies,
        told or _with_somebody(tokens, i, i, words),
    )


def _after(tokens: tuple[Token, ...], i: int, reach: int) -> list[tuple[int, Token]]:
    return list(enumerate(tokens[i + 1 : i + 1 + reach], i + 1))


def _takes_place(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    """Tell whether the noun is the subject of « s'est tenue », « aura lieu », « est prévue »: a meeting for sure."""
    if any(t.norm in words.scheduled for t in tokens[max(0, i - 2) : i]):
        return True
    for j, token in _after(tokens, i, 16):
        if token.norm in words.place and tokens[j - 1].norm in words.place_taken:
            return True
        if token.norm in words.scheduled and {t.norm for t in tokens[j - 2 : j]} & words.stay:
            return True
        if token.norm in words.open and _reflexive(tokens, j, words):
            return True
        if token.norm in words.strong or token.norm in words.weak:
            return False
    return False


def _with_somebody(tokens: tuple[Token, ...], first: int, last: int, words: Lexicon) -> bool:
    """Tell whether a noun is called by somebody or held with somebody: « une réunion convoquée par », « avec »."""
    after = [t.norm for _, t in _after(tokens, last, 6)]
    if first > 0 and tokens[first - 1].norm in words.determiners:
        return False
    if words.arranged & set(after[:4]):
        return True
    name = " ".join(t.norm for t in tokens[first : last + 1])
    return name in words.met_with and bool(words.with_whom & set(after[:3])) and not words.not_with & set(after)


def _is_body(reading: Reading, token: Token, i: int, following: str, words: Lexicon) -> bool:
    # « la Commission assurait », not « la Commission mixte »
    return i > 0 and reading.text[token.start].isupper() and following not in words.proper_unless


def _which(near: set[str], words: Lexicon) -> str:
    numbers = [n.rstrip("eèm") for n in near if n[:1].isdigit() and n[-1:] == "e"]
    return next(iter([*sorted(numbers), *(words.telling[n] for n in sorted(near) if n in words.telling)]), "")


def _phrase(reading: Reading, sentence: Sentence, i: int, words: Lexicon, noun: Cue | None) -> Cue | None:
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
        if rest[: len(parts)] == parts and (noun is None or phrase not in words.bodies):
            span = Span(token.start, tokens[i + len(parts) - 1].end)
            back = _back_reference(tokens, i, words)
            last = i + len(parts) - 1
            told = _takes_place(tokens, last, words) or _with_somebody(tokens, i, last, words)
            between = i + len(parts) < len(tokens) and tokens[i + len(parts)].norm in words.between
            return Cue(
                sentence.index,
                i,
                span,
                "noun",
                False,
                False,
                back,
                bilateral=i > 0,
                occasion=occasion,
                between=between,
                told=told,
            )
    numbered = len(rest) > 1 and (
        rest[1].isdigit() or _ROMAN.fullmatch(reading.text[tokens[i + 1].start : tokens[i + 1].end])
    )
    if stem in words.editions and (stem != token.norm or numbered):
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
    if norm in words.strong and i > 0 and tokens[i - 1].norm in words.determiners:
        # « la rencontre a été repoussée »: the noun, which its own rule has turned down.
        return None
    if words.negators & {t.norm for t in tokens[max(0, i - 2) : i]}:
        return None
    if norm in words.receive:
        if any(t.norm in words.not_received for t in tokens[i + 1 : i + 5]):
            return None
        kind = "host" if norm in words.host else "receive"
        return Cue(sentence.index, i, span, kind, False, False, "", bilateral=kind == "receive")
    if norm in words.gathered and not _reflexive(tokens, i, words) and not _placed(tokens, i, words):
        return None
    if norm in words.gathered and any(t.norm in words.met_things for t in tokens[max(0, i - 4) : i]):
        # « si les conditions sont réunies »
        return None
    if words.refused & {t.norm for t in tokens[max(0, i - 4) : i]}:
        # « a refusé de se rendre à », « refuse de rencontrer »
        return None
    if norm in words.meet or (norm in words.meet_reflexive and _reflexive(tokens, i, words)):
        return Cue(sentence.index, i, span, "meet", False, False, "")
    with_whom = any(t.norm in words.with_whom for t in tokens[i + 1 : i + _WITH])
    if with_whom and norm in words.meet_with and not norm.endswith("er"):
        return Cue(sentence.index, i, span, "meet", True, False, "")
    if norm in words.travel and not _verb_use_of_thing(tokens, i, words):
        return Cue(sentence.index, i, span, "travel", True, True, "")
    if norm in words.sign:
        return Cue(sentence.index, i, span, "sign", True, False, "")
    if norm in words.talk and _by_several(tokens, i, words):
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
    return tokens[i].norm.startswith(words.self_only) and not _reflexive(tokens, i, words)


def _by_several(tokens: tuple[Token, ...], i: int, words: Lexicon) -> bool:
    # « ont évoqué », « devraient aborder », « examineront »: one alone who speaks of something meets nobody.
    return tokens[i].norm.endswith(("ront", "èrent")) or bool(
        words.several & {t.norm for t in tokens[max(0, i - 4) : i]}
    )


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
