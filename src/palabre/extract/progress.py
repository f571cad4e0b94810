"""What has moved: something promised or begun that is under way, delivered, stalled or cancelled.

Cues are data (`lang/xx/progress.toml`); the clause around a cue is the span. What is promised for later is not found
here, nor is anything followed from one text to the next.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.line import Line, plain
from palabre.extract.commitments.scene import Scene, scene_of
from palabre.extract.dealings import is_private
from palabre.extract.progress_lexicon import progress_lexicon
from palabre.extract.prose import is_prose
from palabre.extract.sectors import sector_of
from palabre.lang.pack import pack_for
from palabre.model.annotations import ProgressMention
from palabre.model.spans import Span
from palabre.model.vocabulary import MentionForm, ProgressStatus

if TYPE_CHECKING:
    from palabre.extract.progress_lexicon import ProgressCue, ProgressLexicon
    from palabre.model.annotations import Annotations
    from palabre.text.reading import Reading

_NEAR = 40
"""Code points before the words of progress within which a word that promises makes them part of the promise."""
_WIDE = 90
"""Code points around a cue within which what it needs is looked for."""
_AFTER = 70
"""Code points after a verb within which what it acts upon is looked for."""
_SUBJECT = 3
"""Code points that must stand before a cue in its clause."""
_SHORTEST = 15
"""Code points below which words say too little to be a statement."""
_MARKS = " \t\r\n\u00a0\u202f,.;:«»“”\"'"
_CLOSING = ("»", '"')
_MOVING = (ProgressStatus.UNDER_WAY, ProgressStatus.DELIVERED)
_ABOUT = 14
"""Words « about » is cut to."""


def find_progress(reading: Reading, found: Annotations, scene: Scene | None = None) -> tuple[ProgressMention, ...]:
    """Return what a text says has moved, sorted by span, none overlapping another or a commitment found before.

    `found` holds dates, actors, mentions, quotes, meetings and commitments; `scene` is what they make of the text,
    where that is known.
    """
    lang = pack_for(reading.lang)
    lex = progress_lexicon(lang)
    if lex is None:
        return ()
    scene = scene_of(reading, found) if scene is None else scene
    out: list[ProgressMention] = []
    bias = lex.public.change if is_private(reading) else 0.0
    promised = sorted(c.cue or c.span for c in found.commitments)
    for sentence in reading.sentences:
        if not is_prose(reading, sentence.block):
            continue
        line = Line.of(reading, sentence)
        for mention in _of_line(reading, line, scene, lex, lang, bias):
            # Words that promise are no progress, though what is promised may tell of some.
            near = mention.cue or mention.span
            around = Span(max(line.span.start, near.start - _NEAR), near.end)
            at = bisect_left(promised, Span(around.end, around.end))
            held = [c for c in promised[max(0, at - 3) : at] if c.touches(around)]
            # A refusal or a rupture that is announced has happened all the same.
            if mention.status in _MOVING and any(_same_words(reading, c, near) for c in held):
                continue
            if out and out[-1].span.touches(mention.span):
                continue
            out.append(mention)
    return tuple(out)


def _same_words(reading: Reading, promise: Span, cue: Span) -> bool:
    """Tell whether a promise and the words of progress after it are of one clause."""
    return promise.touches(cue) or "," not in reading.text[promise.end : cue.start]


def _of_line(
    reading: Reading, line: Line, scene: Scene, lex: ProgressLexicon, lang: str, bias: float
) -> list[ProgressMention]:
    found: list[ProgressMention] = []
    for place, match in lex.sieve.matches(line.norm):
        mention = _mention(reading, line, match.span(), lex.cues[place], scene, lex, lang, bias)
        if mention is not None:
            found.append(mention)
    # What is surest first: a weaker reading of the same words gives way to it.
    out: list[ProgressMention] = []
    for mention in sorted(found, key=lambda m: (-m.confidence, m.cue or m.span, m.span)):
        cut = _cut(reading, line, mention, out)
        if cut is not None:
            out.append(cut)
    return sorted(out, key=lambda m: m.span)


def _cut(
    reading: Reading, line: Line, mention: ProgressMention, taken: list[ProgressMention]
) -> ProgressMention | None:
    """Return a mention without the words of those taken before, or None when its cue is theirs or little is left.

    What goes on after a quote that is taken is of the same statement.
    """
    span, cue = mention.span, mention.cue or mention.span
    for other in taken:
        if other.span.end <= cue.start:
            span = Span(max(span.start, other.span.end), span.end)
        elif other.span.start >= cue.end:
            span = Span(span.start, min(span.end, other.span.start))
        else:
            return None
    rest = span.start > mention.span.start and line.norm[span.start - line.span.start :].lstrip(" ,").startswith(
        _CLOSING
    )
    span = span.trimmed(reading.text, _MARKS)
    return replace(mention, span=span) if len(span) >= _SHORTEST and not rest else None


def _mention(
    reading: Reading,
    line: Line,
    hit: tuple[int, int],
    cue: ProgressCue,
    scene: Scene,
    lex: ProgressLexicon,
    lang: str,
    bias: float,
) -> ProgressMention | None:
    start, end = hit
    first, last = _clause(line, start, end, scene, lex)
    span = line.at(first, last).trimmed(reading.text, _MARKS)
    if len(span) < _SHORTEST or reading.in_boilerplate(span):
        return None
    words = line.norm[first:last]
    around = line.norm[max(0, first - _NEAR, start - _WIDE) : min(last + _NEAR, end + _WIDE)]
    if cue.denied is not None and cue.denied.search(words):
        return None
    if cue.needs is not None and not cue.needs.search(around):
        return None
    if cue.before is not None and not cue.before.search(line.norm[max(0, first - _NEAR) : start]):
        return None
    if cue.after is not None and not cue.after.search(line.norm[end : min(max(last, end), end + _AFTER)]):
        return None
    if cue.sided and not _side_before(line, span, line.span.start + start, scene):
        return None
    status = cue.status
    if _denied(line, first, start, end, lex):
        if status not in _MOVING:
            return None
        status = ProgressStatus.STALLED
    parties = _parties(line, span, scene)
    value = cue.worth + bias + (0.05 if parties else -0.05)
    left, right = _core(line, first, start, end, last, lex)
    about = line.norm[left : min(last, end + _NEAR)]
    before = line.norm[max(0, start - _NEAR) : start]
    supposed = line.norm[max(0, first - _NEAR) : end]
    places = {"wish": before, "meeting": about, "aside": about, "future": line.norm[left:right], "unreal": supposed}
    for name, change in lex.changes:
        if name == "meeting" and cue.meets:
            continue
        if lex.context[name].search(places.get(name, words)):
            value += change
    if value < lex.take - 0.001:
        return None
    return ProgressMention(
        span=span,
        about=_about(line, first, start, end, last, lex),
        status=status,
        sector=sector_of(((words, 1.0), (line.norm, 0.4)), lang),
        parties=parties or scene.main,
        date=_date(scene, span),
        confidence=round(min(0.95, value), 2),
        cue=line.at(start, end),
    )


def _clause(line: Line, start: int, end: int, scene: Scene, lex: ProgressLexicon) -> tuple[int, int]:
    first = 0
    for match in lex.context["start"].finditer(line.norm, 0, start):
        # A bare pronoun or nothing before the cue says too little: the clause before is taken as well.
        if start - match.end() >= _SUBJECT:
            first = match.end()
    stop = lex.context["stop"].search(line.norm, end)
    last = stop.start() if stop else len(line.norm)
    quote = scene.quote_at(line.span.start + start)
    if quote is not None:
        first = max(first, quote.span.start - line.span.start)
        last = min(last, quote.span.end - line.span.start)
    return first, max(last, end)


def _denied(line: Line, first: int, start: int, end: int, lex: ProgressLexicon) -> bool:
    """Tell whether the words of a cue are denied: « n'… pas », « aucun … n'… »."""
    if not lex.context["deny_before"].search(line.norm[max(first, start - 4) : start]):
        return False
    after = lex.context["deny_after"].search(line.norm[end : end + _NEAR])
    return after is not None or lex.context["deny_subject"].search(line.norm[first:start]) is not None


def _core(line: Line, first: int, start: int, end: int, last: int, lex: ProgressLexicon) -> tuple[int, int]:
    """Return where the words around a cue begin and end: at the nearest comma, or the conjunction before it."""
    left = max(line.norm.rfind(mark, first, start) for mark in lex.bounds)
    right = line.norm.find(",", end, last)
    return max(first, left + 1), right if right >= 0 else last


def _parties(line: Line, span: Span, scene: Scene) -> tuple[str, ...]:
    ids: list[str] = []
    for mention in scene.mentions_of(line):
        if mention.span.touches(span) and mention.form is not MentionForm.PRONOUN:
            ids.extend(scene.commits(mention.ids))
    if not ids:
        for mention in scene.mentions_of(line):
            ids.extend(scene.commits(mention.ids))
    return scene.folded(ids)


def _side_before(line: Line, span: Span, cue: int, scene: Scene) -> bool:
    """Tell whether a state or body acts: one is named, or a pronoun stands for it, in the clause before a cue."""
    return any(
        m.span.end <= cue and (m.span.touches(span) or m.span.start >= span.start) and scene.commits(m.ids)
        for m in scene.mentions_of(line)
    )


def _date(scene: Scene, span: Span) -> str | None:
    dates = scene.dates_in(span)
    return dates[0].value if dates else None


def _about(line: Line, first: int, start: int, end: int, last: int, lex: ProgressLexicon) -> str:
    """Return the words before the cue when they are the thing that moves, else those after it."""
    before = line.raw[first:start].split()
    # « Il existe une | collaboration active entre … »: what moves is in the cue and after it.
    told = len(before) >= 2 and not lex.context["determiner"].fullmatch(plain(before[-1]))
    words = before if told else line.raw[start if before else end : last].split()
    words = words or line.raw[first:last].split()
    short = " ".join(words[:_ABOUT]).strip(' ,;:.«»"“”')
    return short if plain(short).strip() else " ".join(line.raw[first:last].split()[:_ABOUT])
