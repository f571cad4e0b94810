"""A sentence as the learnt models see it: units, with names, dates and numbers masked.

What is masked is what a text is about, not how it speaks: a model that never sees names holds for any dialogue.
`tools/train_learnt.py` learns from what this makes. Nothing here decides anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import snowballstemmer

from palabre.lang.pack import table
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from palabre.model.annotations import ActorMention, DateMention, Quote
    from palabre.model.spans import Span
    from palabre.text.reading import Sentence

LONGEST = 400
"""Units of a sentence that are looked at: longer ones are tables, or texts without full stops."""
_LONGEST_WORD = 40
_QUOTES = 40
_STEMMERS = {"fr": "french", "en": "english"}
_NUMBER = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_KINDS = {ActorKind.STATE: "@s", ActorKind.BODY: "@b", ActorKind.PERSON: "@p"}
_SEVERAL = "@@"
_DATE = "#d"
NUMBER = "0"


class Named(Protocol):
    """What must be known of a text: who is named where (by sentence), what is quoted, in order, and its dates."""

    @property
    def mentions(self) -> Mapping[int, tuple[ActorMention, ...]]:
        """The mentions of each sentence, none inside another."""
        ...

    @property
    def quotes(self) -> Sequence[Quote]:
        """The quotations."""
        ...

    def kind(self, actor: str) -> ActorKind | None:
        """Return what an actor is."""
        ...

    def first_quote(self, offset: int) -> int:
        """Return the index of the first quotation that ends after `offset`."""
        ...

    def dates_in(self, span: Span) -> tuple[DateMention, ...]:
        """Return the dates that lie wholly inside `span`, in order."""
        ...


class Unit(NamedTuple):
    """A word, a mark, or a whole name or date. `word` stands for it, and so do `stem` and `tense`.

    A named tuple, for a text has thousands.
    """

    start: int
    end: int
    word: str
    stem: str
    tense: str
    quoted: bool

    @property
    def named(self) -> bool:
        """Tell whether it stands for a name."""
        return self.word[0] == "@"


@dataclass(frozen=True, slots=True)
class Forms:
    """What `lang/xx/learnt.toml` says of words."""

    lang: str
    auxiliaries: frozenset[str]
    tenses: tuple[tuple[str, re.Pattern[str]], ...]
    never: dict[str, frozenset[str]]
    verbs: frozenset[str]
    passives: frozenset[str]
    havings: frozenset[str]
    presents: tuple[str, ...]
    joint: tuple[str, ...]
    both: frozenset[str]
    binding: tuple[str, ...]
    small: frozenset[str]

    def present(self, word: str) -> bool:
        """Tell whether a word after a name looks like a verb in the present."""
        return _tense(word, self.lang) in ("x", "ent") and word.endswith(self.presents)


@lru_cache(maxsize=4)
def forms(lang: str) -> Forms | None:
    """Return what is known of a language's words, or None when nothing was learnt of it."""
    said, known = table(lang, "learnt"), table(lang, "commitments")
    if not said or not known:
        return None
    return Forms(
        lang,
        frozenset(said["auxiliaries"]),
        tuple((name, re.compile(pattern)) for name, pattern in said["tenses"]),
        {
            "fut": frozenset(known["future"]["not"]),
            "cond": frozenset(known["future"]["imperfects"]),
            "inf": frozenset(known["infinitives"]["not"]),
        },
        frozenset(said["verbs"]),
        frozenset(said["passives"]),
        frozenset(said["havings"]),
        tuple(said["presents"]),
        tuple(said["joint"]),
        frozenset(said["both"]),
        tuple(said["binding"]),
        frozenset(said["small"]),
    )


@lru_cache(maxsize=30000)
def _tense(word: str, lang: str) -> str:
    known = forms(lang)
    if known is None:
        return "x"
    if word in known.auxiliaries:
        return "aux"
    for name, pattern in known.tenses:
        if word not in known.never.get(name, ()) and pattern.fullmatch(word):
            return name
    return "x"


@lru_cache(maxsize=4)
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[lang])


@lru_cache(maxsize=30000)
def stem_of(word: str, lang: str) -> str:
    """Return the stem of a word in small letters; its first letters where the language has no stemmer."""
    return str(_stemmer(lang).stemWord(word)) if lang in _STEMMERS else word[:6]


def units_of(sentence: Sentence, named: Named, lang: str) -> tuple[Unit, ...]:
    """Return the units of a sentence, in order, none overlapping; at most `LONGEST`."""
    masks = _masks(sentence, named)
    said = _quoted(sentence, named)
    out: list[Unit] = []
    at = 0
    for start, end, norm in sentence.tokens:
        while at < len(masks) and masks[at][0].end <= start:
            at += 1
        inside = at < len(masks) and masks[at][0].start <= start
        if inside and out and out[-1].start >= masks[at][0].start:
            out[-1] = out[-1]._replace(end=end)
            continue
        if len(out) == LONGEST:
            break
        quoted = bool(said) and any(q.start <= start < q.end for q in said)
        if inside:
            word = masks[at][1]
            out.append(Unit(start, end, word, word, word[0], quoted))
        else:
            read = _read if len(norm) <= _LONGEST_WORD else _read.__wrapped__
            out.append(Unit(start, end, *read(norm, lang), quoted))
    return tuple(out)


@lru_cache(maxsize=30000)
def _read(norm: str, lang: str) -> tuple[str, str, str]:
    """Return what stands for a token that is no name: word, stem and tense."""
    if _NUMBER.search(norm):
        return NUMBER, NUMBER, "#"
    word = norm[:_LONGEST_WORD]
    if _LETTER.match(norm):
        return word, stem_of(word, lang), _tense(word, lang)
    return word, word, "p"


def _quoted(sentence: Sentence, named: Named) -> list[Span]:
    """Return where quotations stand in a sentence, at most as many as a sentence of the press may hold."""
    first = named.first_quote(sentence.span.start)
    return [q.span for q in named.quotes[first : first + _QUOTES] if q.span.start < sentence.span.end]


def _masks(sentence: Sentence, named: Named) -> list[tuple[Span, str]]:
    """Return what stands for the names and dates of a sentence, in order; a date inside a name is the name's."""
    found: list[tuple[Span, str]] = []
    for mention in named.mentions.get(sentence.index, ()):
        if mention.form in (MentionForm.PRONOUN, MentionForm.ADJECTIVE):
            continue
        kind = named.kind(mention.ids[0]) if mention.ids else None
        found.append((mention.span, _SEVERAL if len(mention.ids) > 1 else _KINDS[kind or ActorKind.STATE]))
    found.extend((date.span, _DATE) for date in named.dates_in(sentence.span))
    found.sort(key=lambda m: (m[0].start, -m[0].end))
    out: list[tuple[Span, str]] = []
    for mask in found:
        if not out or mask[0].start >= out[-1][0].end:
            out.append(mask)
    return out
