"""The words by which a language tells that something has moved, made from its table. It reads no text.

A cue is a pattern over plain lower-case words; `<name>` in it stands for a part of the table, `<name_past>`,
`<name_now>` and `<name_inf>` for a group of verbs: participles, forms of the present and imperfect, infinitives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from palabre.extract.speech import er_forms
from palabre.lang.pack import table
from palabre.model.vocabulary import ProgressStatus
from palabre.text.patterns import late
from palabre.text.sieve import Sieve

_RAW = ("start", "stop", "deny_before", "deny_after")
_DEEP = 6
"""How deep parts may name one another."""


@dataclass(frozen=True, slots=True)
class ProgressCue:
    """Words that tell of a status; `worth` is what they are worth alone, 0 to 1.

    `needs` must stand near, `before` in the clause before them, `after` shortly after them, `denied` nowhere in the
    clause. `meets` tells that a meeting may be what has moved, `sided` that a state or body must be named before.
    """

    status: ProgressStatus
    worth: float
    needs: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    meets: bool
    sided: bool


@dataclass(frozen=True, slots=True)
class Public:
    """What tells a text of public dealings: `least` of `words` in a hundred, in a text of `enough` words or more.

    `change` is what a cue's worth is changed by in a text that has fewer.
    """

    words: frozenset[str]
    enough: int
    least: float
    change: float


@dataclass(frozen=True, slots=True)
class ProgressLexicon:
    """The cues of a language, what stands around them, and the worth from which a cue is taken.

    `sieve` holds the patterns of the cues, each at its cue's place.
    `changes` are the contexts that lift or lower a cue's worth, with how much; `bounds` the words that part clauses.
    """

    cues: tuple[ProgressCue, ...]
    sieve: Sieve
    context: Mapping[str, re.Pattern[str]]
    changes: tuple[tuple[str, float], ...]
    bounds: tuple[str, ...]
    take: float
    public: Public


@lru_cache(maxsize=8)
def progress_lexicon(lang: str) -> ProgressLexicon | None:
    """Return the lexicon of a language, or None when it has no table."""
    data = table(lang, "progress")
    if not data:
        return None
    filled = _filler({**data["parts"], **_verb_forms(data.get("verbs", {}))})
    needs: dict[str, str] = data["needs"]

    def compiled(pattern: str, whole: bool) -> re.Pattern[str]:
        return late(filled(pattern, whole))

    def near(entry: Mapping[str, Any], key: str) -> re.Pattern[str] | None:
        return compiled(needs[entry[key]], entry[key] != "figure") if key in entry else None

    cues = tuple(
        ProgressCue(
            ProgressStatus(e["status"]),
            float(e["worth"]),
            near(e, "needs"),
            near(e, "before"),
            near(e, "after"),
            compiled(e["not"], True) if "not" in e else None,
            bool(e.get("meets", False)),
            bool(e.get("sided", False)),
        )
        for e in data["cue"]
    )
    context = {k: compiled(v, k not in _RAW) for k, v in data["context"].items()}
    changes = tuple((k, float(v)) for k, v in data["changes"].items())
    sieve = Sieve([filled(e["pattern"], True) for e in data["cue"]])
    told = data.get("public", {"words": "", "enough": 0, "least": 0.0, "change": 0.0})
    public = Public(frozenset(told["words"].split()), int(told["enough"]), float(told["least"]), float(told["change"]))
    bounds = (",", "«", *data["bounds"])
    return ProgressLexicon(cues, sieve, context, changes, bounds, float(data["take"]), public)


def _filler(parts: Mapping[str, str]) -> Callable[[str, bool], str]:
    def filled(pattern: str, whole: bool) -> str:
        for _ in range(_DEEP):
            pattern = re.sub(r"(?<!\?P)<([a-z_]+)>", lambda m: parts.get(m[1], m[0]), pattern)
        # « mise en œuvre » is as often written « mise en oeuvre ».
        pattern = pattern.replace("œ", "(?:œ|oe)")
        return rf"(?<![\w-])(?:{pattern})(?!\w)" if whole else rf"(?:{pattern})"

    return filled


def _verb_forms(groups: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return `name_past`, `name_now` and `name_inf` of each group of verbs.

    `er` holds infinitives of regular verbs in -er, `past` masculine participles of others, `now` forms as they are.
    """
    out: dict[str, str] = {}
    for name, group in groups.items():
        base: list[str] = []
        past: list[str] = [f"{re.escape(p)}(?:e|s|es)?" for p in group.get("past", "").split()]
        now: list[str] = group.get("now", "").split()
        for infinitive in group.get("er", "").split():
            forms = er_forms(infinitive)
            base.append(infinitive)
            past.append(f"{re.escape(forms[0])}(?:e|s|es)?")
            now.extend(forms[4:8])
        out[f"{name}_past"] = f"(?:{'|'.join(past) or '(?!)'})"
        out[f"{name}_inf"] = f"(?:{'|'.join(map(re.escape, base)) or '(?!)'})"
        out[f"{name}_now"] = f"(?:{'|'.join(map(re.escape, now)) or '(?!)'})"
    return out
