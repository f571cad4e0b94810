"""Tells a text's language. Languages that have a pack come first; others are told, so that a reading can say so."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from palabre.lang.pack import FALLBACK, LANGUAGES, table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")

OTHERS: tuple[str, ...] = ("ru", "es", "pt", "de", "it", "ar", "zh", "ja", "tr", "nl", "pl", "uk", "sw", "ro", "fa")
"""Languages told apart from ours: those in which the press on these dialogues is most often met."""

SHORT = 60
"""Below this number of letters only our own languages are weighed: a title of three words can look like anything."""

SAMPLE = 6000
"""Code points looked at, from the middle of a longer text: its head and foot are often menus."""


PLAIN = 40
"""Words of a text whose language its small words may tell alone, without weighing every letter."""

_MANY, _FEW = 0.2, 0.02
"""The part of all words that a language's own small words are at least, and those of our other languages at most."""


def language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it holds no letter.

    Method: naive Bayes over byte n-grams (Lui and Baldwin, langid.py, 2012; py3langid).
    """
    sample = text
    if len(text) > SAMPLE:
        start = (len(text) - SAMPLE) // 2
        sample = text[start : start + SAMPLE]
    plain = _by_small_words(sample)
    if plain is not None:
        return plain
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    sample = " ".join(sample.encode("utf-8", "ignore").decode("utf-8").split())
    latin = len(_LATIN.findall(sample))
    if letters < SHORT and latin >= letters / 2:
        return _classify(sample, LANGUAGES)
    return _classify(sample, LANGUAGES + OTHERS)


def _by_small_words(sample: str) -> str | None:
    """Return the language of ours whose own small words abound, or None when they leave any doubt."""
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    if total < PLAIN:
        return None
    parts = {lang: sum(words[w] for w in small) / total for lang, small in _small_words()}
    best = max(parts, key=lambda lang: parts[lang])
    sure = parts[best] >= _MANY and all(part <= _FEW for lang, part in parts.items() if lang != best)
    return best if sure else None


def other_tongue(words: str, lang: str) -> bool:
    """Tell whether a row of a page in `lang` is in another language: two small words of it, none of `lang`."""
    letters = sum(map(str.isalpha, words))
    if lang in LANGUAGES and letters >= 3 and not _LATIN.search(words):
        return True
    found = set(_WORD.findall(words.lower()))
    small = dict(_small_words())
    if found & set(small.get(lang, ())):
        return False
    return any(len(found & set(other)) >= 2 for code, other in small.items() if code != lang)


@lru_cache(maxsize=1)
def _small_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((lang, tuple(table(lang, "segmentation")["small_words"])) for lang in LANGUAGES)


def _classify(sample: str, among: tuple[str, ...]) -> str:
    return next((str(code) for code, _ in _identifier().rank(sample) if code in among), FALLBACK)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Loaded when first needed: numpy and the model take a fifth of a second.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
