"""What has moved: something promised or begun that is under way, delivered, stalled or cancelled.

Cues are data (`lang/xx/progress.toml`); the clause around a cue is the span. What is promised for later is not found
here, nor is anything followed from one text to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import Line, is_prose, plain
from palabre.extract.commitments.scene import Scene, scene_of
from palabre.extract.sectors import sector_of
from palabre.lang.pack import pack_for, table
from palabre.model.annotations import ProgressMention
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm, ProgressStatus

if TYPE_CHECKING:
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading

_NEAR = 40
"""Code points before the words of progress within which a word that promises makes them part of the promise."""
_ABOUT = 14
"""Words « about » is cut to."""


@dataclass(frozen=True, slots=True)
class _Cue:
    status: ProgressStatus
    worth: float
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    denied: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    cues: tuple[_Cue, ...]
    context: Mapping[str, re.Pattern[str]]
    take: float


@lru_cache(maxsize=8)
def _lexicon(lang: str) -> _Lexicon | None:
    data = table(lang, "progress")
    if not data:
        return None

    def compiled(pattern: str, *, whole: bool = False) -> re.Pattern[str]:
        for _ in range(4):
            pattern = re.sub(r"(?<!\?P)<([a-z_]+)>", lambda m: data["parts"].get(m[1], m[0]), pattern)
        return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)" if whole else rf"(?:{pattern})")

    cues = tuple(
        _Cue(
            ProgressStatus(e["status"]),
            float(e["worth"]),
            compiled(e["pattern"], whole=True),
            compiled(data["needs"][e["needs"]], whole=e["needs"] != "figure") if "needs" in e else None,
            compiled(e["not"], whole=True) if "not" in e else None,
        )
        for e in data["cue"]
    )
    return _Lexicon(
        cues,
        {k: compiled(v, whole=k not in ("start", "stop")) for k, v in data["context"].items()},
        float(data["take"]),
    )


def find_progress(reading: Reading, found: Annotations) -> tuple[ProgressMention, ...]:
    """Return what a text says has moved, sorted by span, none overlapping another or a commitment found before.

    `found` holds dates, actors, mentions, quotes, meetings and commitments.
    """
    lang = pack_for(reading.lang)
    lex = _lexicon(lang)
    if lex is None:
        return ()
    scene = scene_of(reading, found)
    out: list[ProgressMention] = []
    promised = sorted(c.cue or c.span for c in found.commitments)
    for sentence in reading.sentences:
        if not is_prose(reading, sentence.block):
            continue
        line = Line.of(reading, sentence)
        for mention in _of_line(reading, line, scene, lex, lang):
            # Words that promise are no progress, though what is promised may tell of some.
            near = mention.cue or mention.span
            around = Span(max(0, near.start - _NEAR), near.end)
            at = bisect_left(promised, Span(around.end, around.end))
            if any(c.touches(around) for c in promised[max(0, at - 3) : at]):
                continue
            if out and out[-1].span.touches(mention.span):
                continue
            out.append(mention)
    return tuple(out)


def _of_line(reading: Reading, line: Line, scene: Scene, lex: _Lexicon, lang: str) -> list[ProgressMention]:
    hits: list[tuple[int, int, _Cue, float]] = []
    for cue in lex.cues:
        for match in cue.pattern.finditer(line.norm):
            if cue.denied is not None and cue.denied.search(line.norm):
                continue
            if cue.needs is not None and not cue.needs.search(
                line.norm[: match.start()] + " " + line.norm[match.end() :]
            ):
                continue
            hits.append((match.start(), match.end(), cue, cue.worth))
    out: list[ProgressMention] = []
    for start, end, cue, worth in sorted(hits, key=lambda h: (h[0], -h[3])):
        first, last = _clause(line, start, end, scene, lex)
        span = line.at(first, last).trimmed(reading.text, " \t\r\n\u00a0\u202f,.;:«»“”\"'")
        words = line.norm[first:last]
        if len(span) < 15 or any(o.span.touches(span) for o in out) or reading.in_boilerplate(span):
            continue
        parties = _parties(line, span, scene)
        value = worth + (0.05 if parties else -0.05)
        if lex.context["future"].search(words) or lex.context["wish"].search(line.norm[max(0, start - 40) : start]):
            value -= 0.3
        if lex.context["aside"].search(words):
            value -= 0.2
        if value < lex.take - 0.001:
            continue
        out.append(
            ProgressMention(
                span=span,
                about=_about(line, first, start, end, last, lex),
                status=cue.status,
                sector=sector_of(((words, 1.0), (line.norm, 0.4)), lang),
                parties=parties or scene.main,
                date=_date(scene, span),
                confidence=round(min(0.95, value), 2),
                cue=line.at(start, end),
            )
        )
    return out


def _clause(line: Line, start: int, end: int, scene: Scene, lex: _Lexicon) -> tuple[int, int]:
    first = 0
    for match in lex.context["start"].finditer(line.norm):
        if match.end() > start:
            break
        first = match.end()
    # A bare pronoun or nothing before the cue says too little: take the clause before as well.
    if start - first < 3:
        first = 0
    stop = lex.context["stop"].search(line.norm, end)
    last = stop.start() if stop else len(line.norm)
    quote = scene.quote_at(line.span.start + start)
    if quote is not None:
        first = max(first, quote.span.start - line.span.start)
        last = min(last, quote.span.end - line.span.start)
    return first, max(last, end)


def _parties(line: Line, span: Span, scene: Scene) -> tuple[str, ...]:
    ids: list[str] = []
    for mention in scene.mentions_of(line):
        if mention.span.touches(span) and mention.form is not MentionForm.PRONOUN:
            ids.extend(scene.commits(mention.ids))
    if not ids:
        for mention in scene.mentions_of(line):
            ids.extend(scene.commits(mention.ids))
    return scene.folded(ids)


def _date(scene: Scene, span: Span) -> str | None:
    dates = scene.dates_in(span)
    return dates[0].value if dates else None


def _about(line: Line, first: int, start: int, end: int, last: int, lex: _Lexicon) -> str:
    """Return the words before the cue when they are the thing that moves, else those after it."""
    before = line.raw[first:start].split()
    # « Il existe une | collaboration active entre … »: what moves is in the cue and after it.
    told = len(before) >= 2 and not lex.context["determiner"].fullmatch(plain(before[-1]))
    words = before if told else line.raw[start if before else end : last].split()
    words = words or line.raw[first:last].split()
    short = " ".join(words[:_ABOUT]).strip(' ,;:.«»"“”')
    return short if plain(short).strip() else " ".join(line.raw[first:last].split()[:_ABOUT])
