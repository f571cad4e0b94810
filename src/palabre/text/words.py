"""The words of a text as a search sees them: without accents, without elisions, without inflections.

`analyse` is used alike on what is indexed and on what is asked, so that « etat » finds « États », « engagement » finds
« engagements » and « l'état » finds « états ». Pure: nothing is read but the language's table `words`. Any text and
any query is accepted; time grows with their length. Nothing here knows of databases.

The stemmers are those of Snowball (M. F. Porter, 2001, https://snowballstem.org), given words already without accents.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer

from palabre.lang.pack import FALLBACK, LANGUAGES, table
from palabre.model.spans import Span, merged
from palabre.text.folding import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = "2"
"""Changes with every change of the analysis: what was indexed under another version must be indexed again."""

STEMMERS: tuple[tuple[str, str], ...] = (
    ("fr", "french"),
    ("en", "english"),
    ("ru", "russian"),
    ("es", "spanish"),
    ("pt", "portuguese"),
    ("it", "italian"),
    ("de", "german"),
)
"""Languages (ISO 639-1) with a stemmer, and its name; words of any other language are folded and not stemmed."""

MOST_TERMS = 32
"""Terms of a query that are looked at."""

MOST_QUERY = 2000
"""Characters of a query that are looked at."""

_LONGEST = 64
"""Characters of a word that are looked at: no word is longer, and a text may hold a million letters in a row."""

_JOINERS = "\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINERS}])*")
_APOSTROPHES = "'’ʼ＇"
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its offsets there, its folded form, and the stem it is found under."""

    start: int
    end: int
    form: str
    stem: str


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a query asks for: a word, or several in a row.

    With `prefix`, the last of `forms` is only the beginning of a word. `excluded` asks for texts without it.
    """

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False

    def at(self, forms: Sequence[str], stems: Sequence[str], index: int) -> bool:
        """Tell whether this term stands at the word `index` of a text whose words have these forms and stems."""
        last = index + len(self.stems) - 1
        if last >= len(stems):
            return False
        if not self.prefix:
            return all(stems[index + i] == stem for i, stem in enumerate(self.stems))
        if len(self.stems) == 1:
            return forms[index].startswith(self.forms[0])
        head = all(stems[index + i] == stem for i, stem in enumerate(self.stems[:-1]))
        return head and stems[last].startswith(self.forms[-1])


class _Folding(dict[int, str]):
    """What each character folds to, worked out when first met (`str.translate` asks by code point)."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = char.casefold()
        if lower == "й":  # a letter of its own, on which Russian endings rest
            folded = lower
        else:
            apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
            folded = "".join(LETTERS.get(c, c) for c in apart if c.isalnum())
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(word: str) -> str:
    """Return a word in lower case, without accents, ligatures or anything that is neither letter nor digit."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return unicodedata.normalize("NFC", word).translate(_FOLDING)


def language(lang: str | None) -> str:
    """Return the language to analyse a text with when `lang` is what is known of it."""
    return re.split("[-_]", lang, maxsplit=1)[0].lower() or FALLBACK if lang else FALLBACK


def analyse(text: str, lang: str | None) -> Iterator[Word]:
    """Yield the words of `text` in order, elisions and clitics left out, offsets in `text`."""
    for start, end, form, its_stem in _words(text, language(lang)):
        yield Word(start, end, form, its_stem)


def _words(text: str, code: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the words of a text as `analyse` does: start, end, form, stem."""
    for start, end, form in _forms(text, code):
        yield start, end, form, stem(form, code)


def _forms(text: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text without their stems, which take most of the time: start, end, form."""
    known: dict[str, tuple[str, bool, bool]] = {}
    inner = False
    for match in _WORD.finditer(text):
        start, end = match.span()
        written = match[0]
        read = known.get(written)
        if read is None:
            read = known[written] = _read(written[: 2 * _LONGEST], code)
        form, clitic, elided = read
        before = inner and clitic and text[start - 1] in _APOSTROPHES
        inner = True
        if not form or before:
            continue
        if elided and end + 1 < len(text) and text[end] in _APOSTROPHES and text[end + 1].isalnum():
            continue
        yield start, end, form


@lru_cache(maxsize=65536)
def _read(written: str, code: str) -> tuple[str, bool, bool]:
    """Return the form of a word as it is written, and whether it may be a clitic, or elided."""
    elisions, clitics = _cut(code)
    form = fold(written)[:_LONGEST]
    return form, form in clitics, form in elisions


@lru_cache(maxsize=65536)
def stem(form: str, lang: str) -> str:
    """Return what a folded word is found under in language `lang` (never empty unless `form` is)."""
    rules = _table(lang)
    known = rules.get("irregular", {}).get(form)
    bare = known if known else _without_endings(form, rules)
    stemmer = _stemmer(lang)
    if stemmer is None:
        return bare
    with _LOCK:  # a stemmer keeps its place in the word it works on
        return str(stemmer.stemWord(bare)) or bare


def _without_endings(form: str, rules: dict[str, Any]) -> str:
    plural = rules.get("plural")
    if plural and _ends(form, plural):
        form = form.removesuffix(plural["ending"])
    for ending, instead, before in rules.get("endings", ()):
        if form.endswith(ending) and len(form) - len(ending) >= before:
            return f"{form[: -len(ending)]}{instead}"
    verbs = rules.get("plural_verbs")
    if verbs and _ends(form, verbs):
        return f"{form.removesuffix(verbs['ending'])}{verbs['instead']}"
    return form


def _ends(form: str, rule: dict[str, Any]) -> bool:
    """Tell whether a rule of `ending`, `before` (letters it needs before it) and `except` takes this form."""
    ending: str = rule["ending"]
    long_enough = len(form) - len(ending) >= rule["before"]
    return long_enough and form.endswith(ending) and not form.endswith(tuple(rule["except"]))


def _table(lang: str) -> dict[str, Any]:
    return table(lang, "words") if lang in LANGUAGES else {}


@lru_cache(maxsize=32)
def _cut(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    rules = _table(lang)
    return frozenset(rules.get("elisions", ())), frozenset(rules.get("clitics", ()))


@lru_cache(maxsize=32)
def _stemmer(lang: str) -> Any:
    name = dict(STEMMERS).get(lang)
    return snowballstemmer.stemmer(name) if name else None


def parse_query(query: str, lang: str | None) -> tuple[Term, ...]:
    """Return what a query asks for, its words analysed as those of a text in `lang`. Never raises.

    `words` must all be there, `"a phrase"` (any quotation marks) in a row, `begin*` begins a word, `-word` or
    `-"a phrase"` must not be there; words joined by a mark (`Burkina-Faso`) are a phrase. Marks without a word are
    left out, as are terms beyond `MOST_TERMS`; a phrase left open runs to the end.
    """
    out: list[Term] = []
    for match in _TERM.finditer(query[:MOST_QUERY].translate(_QUOTES)):
        asked = match["phrase"] if match["phrase"] is not None else match["word"]
        found = tuple(analyse(asked, lang))
        if not found:
            continue
        forms, stems = tuple(w.form for w in found), tuple(w.stem for w in found)
        term = Term(forms, stems, asked.rstrip().endswith("*"), bool(match["minus"]))
        if term not in out:
            out.append(term)
        if len(out) == MOST_TERMS:
            break
    return tuple(out)


def matched(
    text: str, lang: str | None, terms: Sequence[Term], *, most: int | None = None, reach: int | None = None
) -> tuple[Span, ...]:
    """Return where the terms that are asked for (not the excluded ones) stand in `text`, sorted, none overlapping.

    A phrase is one span; what overlaps is joined. No more than `most` are looked for; once there are some, none from
    the offset `reach` on.
    """
    wanted = [term for term in terms if not term.excluded]
    alone = all(len(term.stems) == 1 for term in wanted)
    found = (_alone if alone else _phrases)(text, language(lang), wanted)
    kept: list[Span] = []
    for span in found:
        if kept and reach is not None and span.start >= reach:
            break
        kept.append(span)
        if len(kept) == most:
            break
    return merged(sorted(kept))


def _phrases(text: str, code: str, wanted: Sequence[Term]) -> Iterator[Span]:
    """Yield where terms of one word or several stand, as far as they are asked for."""
    by_stem: dict[str, list[Term]] = {}
    begun = [term for term in wanted if term.prefix and len(term.stems) == 1]
    for term in wanted:
        if term not in begun:
            by_stem.setdefault(term.stems[0], []).append(term)
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    stems: list[str] = []
    longest = max((len(term.stems) for term in wanted), default=1)

    def standing(i: int) -> Iterator[Span]:
        # Most words begin no term: they are told by one look at their stem.
        if begun or stems[i] in by_stem:
            for term in (*by_stem.get(stems[i], ()), *begun):
                if term.at(forms, stems, i):
                    yield Span(starts[i], ends[i + len(term.stems) - 1])

    for start, end, form, its_stem in _words(text, code):
        starts.append(start)
        ends.append(end)
        forms.append(form)
        stems.append(its_stem)
        if len(stems) >= longest:
            yield from standing(len(stems) - longest)
    for i in range(max(0, len(stems) - longest + 1), len(stems)):
        yield from standing(i)


def _alone(text: str, code: str, wanted: Sequence[Term]) -> Iterator[Span]:
    """Yield where terms of one word each stand: a word is looked at once, however often it is written."""
    fits: dict[str, bool] = {}
    # A stem begins as its word does, but for words whose stem a table names: most words are told by their first letter.
    initials = {term.stems[0][0] for term in wanted} | {term.forms[0][0] for term in wanted}
    irregular = _table(code).get("irregular", {})
    for start, end, form in _forms(text, code):
        fit = fits.get(form)
        if fit is None:
            like = form[0] in initials or form in irregular
            fit = fits[form] = like and any(term.at((form,), (stem(form, code),), 0) for term in wanted)
        if fit:
            yield Span(start, end)


def excerpt(text: str, marks: Sequence[Span], width: int = 240) -> Span:
    """Return the span of about `width` characters of `text` that shows most of `marks` (sorted).

    It starts and ends between words where it can. Without marks it is the text's beginning.
    """
    best = 0, 0
    low = 0
    for high, mark in enumerate(marks):
        while mark.end - marks[low].start > width * 3 // 4 and low < high:
            low += 1
        best = max(best, (high - low + 1, -low))
    first = marks[-best[1]] if marks else Span(0, 0)
    start = max(0, first.start - width // 4)
    while start > 0 and first.start - start < width // 2 and not text[start - 1].isspace():
        start -= 1
    end = min(len(text), max(start + width, first.end))
    limit = min(len(text), end + 30)
    while end < limit and not text[end].isspace():
        end += 1
    return Span(start, end).trimmed(text)
