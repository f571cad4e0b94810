"""Loads the language pipeline and parses sentences with it. The only place that knows spaCy."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from functools import cached_property, lru_cache
from importlib import resources
from itertools import islice, pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any

from palabre.errors import PipelineError
from palabre.model.spans import Span
from palabre.text.parsing import ParsedSentence, ParsedToken
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from palabre.text.parsing import Parser
    from palabre.text.reading import Token

SHIPPED: tuple[str, ...] = ("fr",)
"""Languages whose pipeline comes with the package (`lang/xx/pipeline`)."""

LONGEST_SENTENCE = 2_000
"""Code points of a sentence that are parsed; what lies beyond is read by rules alone (a table, a list of names)."""

_YOUNG = 10_000
"""Objects made before the collector of garbage looks at them: those of a few sentences."""

_BATCH = 64
"""Sentences that are worked on at once."""
_LEAST_WORDS = 32
"""Words that are worked on at once at the least."""

# The pipeline was trained on straight apostrophes, plain spaces and hyphens; the length is kept, so offsets hold.
NORMALISED = str.maketrans("’‘ʼ\u00a0\u202f\u2009\u2010\u2011\n\t", "'''   --  ")


class SpacyParser:
    """A `Parser` over one spaCy pipeline.

    The text is cut into words by `text.tokens`, not by spaCy: offsets then agree with those of every other room, the
    trees are a little better (half a point of LAS on each test corpus), and spaCy's French tokeniser, whose patterns
    take over a second to compile, is never loaded. A pipeline named by the user brings its own tokeniser.
    """

    def __init__(self, load: Callable[[], Any], lang: str | None) -> None:
        """`load` gives a spaCy `Language` when the first sentence is to be parsed.

        `lang` is the language whose words we cut ourselves, None to let it.
        """
        self._load = load
        self._lang = lang

    @cached_property
    def _nlp(self) -> Any:
        nlp = self._load()
        _with_numpy(nlp)
        return nlp

    def parse(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[tuple[ParsedSentence, ...]]:
        """Return, for each text with the spans of some sentences, one parsed sentence for each span, in their order."""
        asked = [
            (plain, Span(s.start, min(s.end, s.start + LONGEST_SENTENCE)))
            for plain, spans in ((text.translate(NORMALISED), spans) for text, spans in texts if spans)
            for s in spans
        ]
        if not asked:
            return [() for _ in texts]
        if self._lang is None:
            docs = list(self._nlp.pipe(s.text(plain) for plain, s in asked))
            starts = [[s.start + t.idx for t in doc] for doc, (_, s) in zip(docs, asked, strict=True)]
        else:
            words = [tokens(plain, s, self._lang) for plain, s in asked]
            docs = [self._doc(plain, some) for (plain, _), some in zip(asked, words, strict=True)]
            self._analyse(docs)
            starts = [[w.start for w in some] for some in words]
        parsed = iter([_sentence(doc, its, s) for doc, its, (_, s) in zip(docs, starts, asked, strict=True)])
        return [tuple(islice(parsed, len(spans))) for _, spans in texts]

    def _analyse(self, docs: list[Any]) -> None:
        # As `Language.pipe` does, without its streams: a text has one or two sentences to parse, and they cost as much.
        for first in range(0, len(docs), _BATCH):
            batch = docs[first : first + _BATCH]
            if sum(map(len, batch)) < _LEAST_WORDS:
                # Small matrices are multiplied in another order: what is parsed beside a sentence could then tell.
                batch.append(self._filling)
            for _, component in self._nlp.pipeline:
                component.set_annotations(batch, component.predict(batch))

    @cached_property
    def _filling(self) -> Any:
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=["."] * _LEAST_WORDS)

    def _doc(self, text: str, words: Sequence[Token]) -> Any:
        from spacy.tokens import Doc

        spaces = [after.start > word.end for word, after in pairwise(words)] + [False] * bool(words)
        return Doc(self._nlp.vocab, words=[text[w.start : w.end] for w in words], spaces=spaces)


def _with_numpy(nlp: Any) -> None:
    """Have a pipeline multiply its matrices with numpy, on one core: twice as fast as the library that thinc brings.

    Several threads gain nothing on matrices this small, and on a busy machine wait for each other at every product.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False


def _sentence(doc: Any, starts: Sequence[int], span: Span) -> ParsedSentence:
    placed = tuple(
        ParsedToken(
            start=start,
            end=start + len(token.text),
            text=token.text,
            lemma=token.lemma_,
            pos=token.pos_,
            dep=token.dep_,
            head=token.head.i,
            morph=str(token.morph),
        )
        for token, start in zip(doc, starts, strict=True)
    )
    return ParsedSentence(span, placed)


@lru_cache(maxsize=4)
def parser_for(lang: str, named: str | None = None) -> Parser | None:
    """Return the parser of a language, or None when the package ships none for it.

    `named` is the name or path of an installed spaCy pipeline to use instead of ours.
    Raises PipelineError when that one cannot be loaded.
    """
    if named:
        nlp = _named(named)
        return SpacyParser(lambda: nlp, None)
    return SpacyParser(lambda: _shipped(lang), lang) if lang in SHIPPED else None


def _named(named: str) -> Any:
    """Load a pipeline at once, so that a name that is none is told before any text is read."""
    with _without_commands():
        import spacy
    try:
        return spacy.load(named)
    except (OSError, ValueError, ImportError) as error:
        raise PipelineError(f"the pipeline {named!r} cannot be loaded: {error}") from error


def _shipped(lang: str) -> Any:
    """Load our own pipeline. With spaCy it takes a third of a second, which texts without a doubtful sentence save."""
    place = resources.files("palabre.lang").joinpath(lang, "pipeline")
    with resources.as_file(place) as path:
        try:
            nlp = _without_tokeniser(path)
        except (OSError, ValueError) as error:
            raise PipelineError(f"the {lang} pipeline shipped with Palabre cannot be loaded: {error}") from error
    # What is loaded stays: the collector of garbage need not look at its million objects again and again.
    gc.freeze()
    # The young have hardly a cycle among them: to look for one at every 700 objects is in vain.
    gc.set_threshold(_YOUNG, 10, 10)
    return nlp


def _without_tokeniser(path: Path) -> Any:
    """Load a pipeline's components without its language's tokeniser; they use no other rule of the language."""
    with _without_commands():
        from spacy.language import BaseDefaults, Language
        from spacy.util import load_config

    class Uncut(BaseDefaults):
        """The rules of no language: nothing is compiled to cut words by."""

        tokenizer_exceptions: dict[str, list[dict[Any, Any]]] = {}  # noqa: RUF012 (as the class it stands for)
        prefixes = suffixes = infixes = url_match = None

    class Pipeline(Language):  # type: ignore[no-untyped-call]
        lang = "xx"
        Defaults = Uncut

    config = load_config(path / "config.cfg")
    config["nlp"]["lang"] = Pipeline.lang
    # The file is complete, and was checked when it was written.
    nlp = Pipeline.from_config(config, auto_fill=False, validate=False)
    return nlp.from_disk(path, exclude=["tokenizer"])


@contextmanager
def _without_commands() -> Iterator[None]:
    """Keep spaCy from importing its command line with itself: it takes half as long again, and nothing here runs it."""
    names = ("spacy.cli", "spacy.cli.info") if "spacy" not in sys.modules else ()
    for name in names:
        sys.modules[name] = ModuleType(name)
        # What spaCy takes from there to give it again as its own.
        vars(sys.modules[name])["info"] = None
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
