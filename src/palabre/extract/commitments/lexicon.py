"""The patterns that commit, compiled from `lang/xx/commitments.toml`. Nothing here looks at a text.

A pattern may name a fragment (`<gap>`) of the table's `[parts]`; fragments may name others. All are read over
lower-case words with ' for ’ and one kind of space; every repetition in them is bounded, so that reading stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from palabre.extract.commitments.vetoes import Veto, vetoes_of
from palabre.extract.speech import er_forms
from palabre.lang.pack import table
from palabre.model.vocabulary import Firmness
from palabre.text.patterns import late
from palabre.text.sieve import Sieve

_NEVER = "(?!)"
SIFTED = (
    "first_pass",
    "text_relative",
    "signed_text",
    "text_signed",
    "signature_of",
    "signed_first",
    "amounts.pattern",
    "future.decided",
    "future.works",
    "future.have",
    "future.process",
    "future.happens",
    "future.passive",
    "future.going",
    "future.going_then",
    "future.done_then",
)
"""Patterns, beside those of the cues, that are tried only in the lines in which they may stand."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that commit, with the complements they take; a pattern that does not apply matches nothing.

    `infinitive`, `deed` and `clause` match the cue and run up to its complement; groups `cue` and `body` in each.
    """

    name: str
    verb: re.Pattern[str]
    infinitive: str
    deed: str
    clause: str
    links: str
    firmness: Firmness
    single: Firmness | None
    vague: bool
    noun: bool
    impersonal: bool
    purpose: bool
    gift: bool
    crowd: bool
    due: bool
    says: bool
    detail: bool
    acts: bool
    never: frozenset[str]
    money_makes: Firmness | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a language's table says of commitments. Patterns are named after the table's keys.

    `sieve` holds the patterns of the cues, three of each in a row: infinitive, deed, clause; then those of `SIFTED`.
    """

    cues: tuple[Cue, ...]
    sieve: Sieve
    patterns: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[tuple[str, str], ...]]
    stems: Mapping[str, re.Pattern[str]]
    irregular: Mapping[str, str]
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    phrases: Mapping[str, str]
    text_links: str
    text_infinitives: Mapping[str, str]
    vetoes: tuple[Veto, ...]
    conditionals: tuple[tuple[str, str], ...]
    deed_verbs: tuple[tuple[re.Pattern[str], str], ...]
    ties: tuple[tuple[str, str], ...]

    def sift(self, words: str) -> tuple[list[int], frozenset[str]]:
        """Return the places in `sieve` of the cues' patterns that may stand in `words`, and the `SIFTED` that may."""
        places, cues = self.sieve.worth_trying(words), 3 * len(self.cues)
        first = bisect_left(places, cues)
        return places[:first], frozenset(SIFTED[place - cues] for place in places[first:])

    def joined(self, links: str) -> re.Pattern[str]:
        """Return what joins a second infinitive to the first after a verb that takes `links` (« … et de »)."""
        return re.compile(rf"{self.phrases['and']} (?={links}(?:[a-zéè']{{1,4}} )?[a-zéèêâîœû'-]{{3,20}})")


class _Fragments:
    def __init__(self, parts: Mapping[str, str]) -> None:
        self.parts = parts

    def fill(self, pattern: str) -> str:
        """Replace `<name>` by the fragment; at most a few levels deep."""
        for _ in range(6):
            filled = re.sub(r"(?<!\?P)<([a-z_]+)>", lambda m: self.parts.get(m[1], m[0]), pattern)
            if filled == pattern:
                return filled
            pattern = filled
        return pattern

    def compile(self, pattern: str) -> re.Pattern[str]:
        return late(self.fill(pattern))


def _cue(entry: Mapping[str, Any], fragments: _Fragments, links: Mapping[str, str], deeds: Mapping[str, str]) -> Cue:
    # « L'annonce », « un projet » are no verbs.
    head = rf"(?<![\w-]){'' if entry.get('noun') else deeds.get('not_after', '')}(?P<cue>{entry['pattern']})"
    taken = [links[k] for k in entry.get("links", ())]
    link = "(?:" + "|".join(taken) + ")" if taken else ""
    gap = " " if entry.get("noun") else "<gap>"
    between = "" if entry.get("noun") or "bare" in entry.get("links", ()) else deeds.get("between", "")
    wide = "<gap>" if not between else f"<aside>?(?: <adverb>){{0,3}}{between}<aside>? "
    infinitive = (
        rf"{head}{wide if between else gap}(?:[«\"] ?)?(?P<body>{link}(?:: ?)?(?:[«\"] ?)?"
        r"<inf_words>(?P<inf><infinitive>))(?![\w-])"
        if taken
        else ""
    )
    deed = ""
    if "deeds" in entry:
        wanted = entry["deeds"]
        nouns = entry.get("nouns") or deeds.get(wanted) or deeds["any"]
        by = wanted if wanted not in ("*", "thing") and wanted not in deeds else ""
        # A figure, or one of the nouns of deeds with its determiner and at most one adjective before it.
        det = f"(?:{deeds['determiner']} ?)"
        least = 1 if nouns == "<thing>" else 0
        thing = rf"[«\"]? ?{by} ?{det}{{{least},3}}(?:[«\"] ?)?(?:[\w'-]{{1,20}} )?(?:{nouns})"
        deed = rf"{head}<gap>{deeds['when']}(?:{deeds['to']})?(?P<body>{thing})(?!\w)"
    clause = rf"{head}<gap>{deeds['when']}(?:{deeds['to']})?(?P<body>{links['que']})" if entry.get("clause") else ""

    def filled(pattern: str) -> str:
        return fragments.fill(pattern) if pattern else _NEVER

    return Cue(
        name=entry["name"],
        verb=fragments.compile(head),
        infinitive=filled(infinitive),
        deed=filled(deed),
        clause=filled(clause),
        links=fragments.fill(link),
        firmness=Firmness(entry["firmness"]),
        single=Firmness(entry["single"]) if "single" in entry else None,
        vague=bool(entry.get("vague")),
        noun=bool(entry.get("noun")),
        impersonal=bool(entry.get("impersonal")),
        purpose=bool(entry.get("purpose")),
        gift=entry.get("deeds") == "gift",
        crowd=bool(entry.get("crowd")),
        due=bool(entry.get("due")),
        says=bool(entry.get("says")),
        detail=bool(entry.get("detail")),
        acts=bool(entry.get("acts")),
        never=frozenset(entry.get("not", ())),
        money_makes=Firmness(entry["money_makes"]) if "money_makes" in entry else None,
    )


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _inflected(endings: Mapping[str, str], after: Sequence[str]) -> dict[str, str]:
    """Return endings with each of what follows them; what they stand for stays as it is."""
    return {ending + more: infinitive for ending, infinitive in endings.items() for more in after}


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon | None:
    """Return a language's lexicon, or None when its pack has no table of commitments."""
    data = table(lang, "commitments")
    if not data:
        return None
    future = data["future"]
    fragments = _Fragments(
        data["parts"]
        | {f"text_{k}": data["texts"][k] for k in ("det", "which")}
        | {"agreements": data["agreements"]["texts"]}
    )
    patterns: dict[str, re.Pattern[str]] = {}
    # Some are looked for in the middle of a word or of nothing; the others begin a word.
    loose = ("stop", "gapped", "clitics", "small", "lead", "and_that", "new_subject")
    for section in ("clause", "amounts", "agreements", "future"):
        for key, value in data[section].items():
            if isinstance(value, str):
                patterns[f"{section}.{key}"] = fragments.compile(rf"(?<![\w-]){value}")
    # A whole word: « la France » opens as a future does.
    patterns["future.verb"] = fragments.compile(rf"(?<![\w-])(?:{future['verb']})(?![\w-])")
    patterns["first_pass"] = fragments.compile(data["first_pass"]["words"])
    patterns["amount_use"] = fragments.compile(data["amounts"]["use"])
    to = data["links"].get("a", data["links"].get("to", ""))
    patterns["gapped_infinitive"] = fragments.compile(rf"{to}<inf_words>(?P<inf><infinitive>)(?![\w-])")
    patterns["amounts.going"] = fragments.compile(data["amounts"]["going"])
    patterns["amounts.also"] = fragments.compile(data["amounts"]["also"])
    for key in loose:
        patterns[f"clause.{key}"] = fragments.compile(data["clause"][key])
    patterns["deadlines.duration"] = fragments.compile(rf"(?<!\w){data['deadlines']['duration']}")
    some_link = "(?:" + "|".join(data["links"].values()) + ")?"
    patterns["listed_infinitive"] = fragments.compile(
        rf"; ?(?:(?:{data['phrases']['and_word']}|enfin),? )?{some_link}<inf_words>(?P<inf><infinitive>)(?![\w-])"
    )
    patterns["infinitive"] = fragments.compile(r"(?P<inf><infinitive>)(?![\w-])")
    for key, value in data.get("givers", {}).items():
        patterns[f"givers.{key}"] = fragments.compile(value)
    patterns["vague_objects"] = fragments.compile(rf"(?<!\w){data['infinitives']['vague_objects']}(?!\w)")
    patterns["deeds.any"] = fragments.compile(rf"(?<!\w){data['deeds']['any']}(?!\w)")
    for key, value in data.get("lists", {}).items():
        patterns[f"lists.{key}"] = fragments.compile(rf"(?<![\w-]){value}" if key == "lead" else value)
    for key in ("next", "next_text"):
        patterns[f"deeds.{key}"] = fragments.compile(data["deeds"][key])
    for key in ("article", "about", "given"):
        patterns[f"deeds.{key}"] = fragments.compile(data["deeds"][key])
    patterns["clause.then_future"] = fragments.compile(
        rf"(?P<link> {data['phrases']['and_word']} )(?P<verb>{future['verb']}|{future['conditional']})(?![\w-])"
    )
    texts = data["agreements"]
    some = rf"(?:{texts['count']} ?){{0,3}}(?:[\w'-]{{1,20}} )?"
    patterns["signed_text"] = fragments.compile(
        rf"(?<![\w-])(?P<cue>{texts['signed']})(?:,[^;:.«»]{{1,160}},)?<gap>(?:[^;:.«»]{{0,120}}? )??(?:[«\"] ?)?"
        rf"(?P<body>{some}(?P<text>{texts['texts']}))(?!\w)"
    )
    if "signed_first" in texts:
        patterns["signed_first"] = fragments.compile(
            rf"^[«\" ]*(?P<cue>{texts['signed_first']})<gap>(?:[^;:.«»]{{0,80}}? )??"
            rf"(?P<body>{some}(?P<text>{texts['texts']}))(?!\w)"
        )
    patterns["text_signed"] = fragments.compile(
        rf"(?<![\w-])(?P<body>{some}(?P<text>{texts['texts']}))(?!\w)(?P<tail>[^;:.«»]{{0,160}}?) "
        rf"(?P<cue>{texts['signed_passive']})(?!\w)"
    )
    patterns["signature_of"] = fragments.compile(
        rf"(?<![\w-])(?P<cue>{texts['signature']}) (?P<body>(?:de |d'|du |des ){some}(?P<text>{texts['texts']}))(?!\w)"
    )
    said = data["texts"]
    patterns["text_subject"] = fragments.compile(said["subject"])
    forms = sorted({f for v in said["er"].split() for f in er_forms(v)[4:6]} | set(said["other"]), key=_longest_first)
    own = {er_forms(v)[10] for v in said["er"].split() if v not in said["about"]}
    acting = sorted(own | set(said["participles"]), key=_longest_first) or ["(?!)"]
    finite = "|".join(forms) or "(?!)"
    patterns["text_relative"] = fragments.compile(
        rf"(?<![\w-]){said['subject']}[^,;:.«»]{{0,60}}?,? "
        rf"(?:qui (?:<adverb> )?(?=(?:{finite})(?![\w-]))|(?=(?:{'|'.join(acting)})(?![\w-])))"
    )
    patterns["text_acts"] = fragments.compile(rf"(?:{'|'.join([*forms, *acting])})(?![\w-])")
    patterns["text_also"] = fragments.compile(rf",? {data['phrases']['and_word']} (?=(?:{finite})(?![\w-]))")
    patterns["text_gap"] = fragments.compile(said["gap"])
    patterns["text_verb"] = fragments.compile(rf"(?:{'|'.join(forms)}|{said['phrases']})(?![\w-])")
    text_links = fragments.fill("(?:" + "|".join(data["links"][k] for k in said["links"]) + ")")
    patterns["text_adverbs"] = fragments.compile(said["adverbs"])
    patterns["text_near"] = fragments.compile(said["near"])
    takes = rf"(?P<body>{text_links}<inf_words>(?P<inf><infinitive>))(?![\w-])"
    patterns["text_takes"] = fragments.compile(rf" (?:{said['before']})?{takes}")
    patterns["text_makes"] = fragments.compile(rf" (?:[^,;:.«»]{{1,70}}? )?{takes}")
    cues = tuple(_cue(e, fragments, data["links"], data["deeds"]) for e in data["cue"])
    return Lexicon(
        cues=cues,
        sieve=Sieve(
            [pattern for cue in cues for pattern in (cue.infinitive, cue.deed, cue.clause)]
            + [patterns[name].pattern if name in patterns else _NEVER for name in SIFTED]
        ),
        patterns=patterns,
        words={
            "not_infinitive": frozenset(data["infinitives"]["not"]),
            "vague": frozenset(data["infinitives"]["vague"]),
            "empty": frozenset(data["infinitives"]["empty"]),
            "not_future": frozenset(future["not"]),
            "imperfects": frozenset(future["imperfects"]),
            "not_before_verb": frozenset(said["not_before_verb"]),
            "breaks": frozenset(data["deeds"]["breaks"]),
            "text_makes": frozenset(said["makes"]),
            "text_about": frozenset(said["about"]),
            "mutual": frozenset(e["name"] for e in data["cue"] if e.get("mutual")),
        },
        endings={
            kind: tuple(sorted(_inflected(future[kind], after).items(), key=lambda p: -len(p[0])))
            for kind, after in (
                ("infinitives", future["persons"]),
                ("participles", future["agreements"]),
                ("presents", [""]),
            )
        },
        stems={
            k: late("|".join(future[k]))
            for k in ("idle", "idle_but_acts", "events", "talk", "trips", "flows", "signs", "receives")
        },
        irregular=_inflected(future["irregular"], future["persons"]),
        numbers=data["deadlines"]["numbers"],
        units=data["deadlines"]["units"],
        phrases=data["phrases"],
        text_links=text_links,
        conditionals=tuple(future["conditionals"].items()),
        deed_verbs=tuple(
            (late(rf"(?:l'|la |le |les |une? |des |son |sa |leurs? )?{noun}(?![\w-])"), verb)
            for noun, verb in data["deeds"]["verbs"].items()
        ),
        ties=tuple(data["deeds"]["ties"].items()),
        text_infinitives={f: v for v in said["er"].split() for f in (*er_forms(v)[4:6], er_forms(v)[10])}
        | said["infinitives"],
        vetoes=vetoes_of(data.get("veto", ()), fragments.compile),
    )
