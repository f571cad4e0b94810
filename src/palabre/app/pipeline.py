"""Loads the language pipeline and parses sentences with it. The only place that knows spaCy."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from palabre.errors import PipelineError
from palabre.text.parsing import ParsedSentence, ParsedToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palabre.model.spans import Span
    from palabre.text.parsing import Parser

SHIPPED: tuple[str, ...] = ("fr",)
"""Languages whose pipeline comes with the package (`lang/xx/pipeline`)."""

LONGEST_SENTENCE = 2_000
"""Code points of a sentence that are parsed; what lies beyond is read by rules alone (a table, a list of names)."""

# The pipeline was trained on straight apostrophes and plain spaces; each replacement keeps the length, so offsets hold.
NORMALISED = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "})


class SpacyParser:
    """A `Parser` over one spaCy pipeline."""

    def __init__(self, nlp: Any) -> None:
        """`nlp` is a loaded spaCy `Language` with a tagger, a lemmatiser and a parser."""
        self._nlp = nlp

    def parse(self, text: str, sentences: Sequence[Span]) -> tuple[ParsedSentence, ...]:
        """Return one parsed sentence for each span of `text`, in the same order, offsets in `text`."""
        cut = [span.text(text)[:LONGEST_SENTENCE].translate(NORMALISED) for span in sentences]
        return tuple(_sentence(doc, span) for doc, span in zip(self._nlp.pipe(cut), sentences, strict=True))


def _sentence(doc: Any, span: Span) -> ParsedSentence:
    tokens = tuple(
        ParsedToken(
            start=span.start + token.idx,
            end=span.start + token.idx + len(token.text),
            text=token.text,
            lemma=token.lemma_,
            pos=token.pos_,
            dep=token.dep_,
            head=token.head.i,
            morph=str(token.morph),
        )
        for token in doc
    )
    return ParsedSentence(span, tokens)


@lru_cache(maxsize=4)
def parser_for(lang: str, named: str | None = None) -> Parser | None:
    """Return the parser of a language, or None when the package ships none for it.

    `named` is the name or path of an installed spaCy pipeline to use instead of ours.
    Raises PipelineError when the pipeline cannot be loaded.
    """
    # spaCy takes about a second to import: nothing pays for it before a text must be parsed.
    import spacy

    if named:
        try:
            return SpacyParser(spacy.load(named))
        except (OSError, ValueError, ImportError) as error:
            raise PipelineError(f"the pipeline {named!r} cannot be loaded: {error}") from error
    if lang not in SHIPPED:
        return None
    place = resources.files("palabre.lang").joinpath(lang, "pipeline")
    with resources.as_file(place) as path:
        try:
            return SpacyParser(spacy.load(path))
        except (OSError, ValueError) as error:
            raise PipelineError(f"the {lang} pipeline shipped with Palabre cannot be loaded: {error}") from error
