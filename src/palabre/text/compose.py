"""Makes a reading of a captured text: language, metadata, clutter, blocks, sentences and tokens. It extracts nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.lang.pack import pack_for
from palabre.model.documents import Known
from palabre.text.language import language
from palabre.text.reading import Block, Reading, Sentence
from palabre.text.segmentation import paragraphs, sentences
from palabre.text.tokens import tokens

if TYPE_CHECKING:
    from palabre.model.documents import RawDocument


def read_text(raw: RawDocument) -> Reading:
    """Return the reading of a captured text: what every extractor takes.

    Any text is safe input. `Reading.lang` is the code of the pack to read it with; `Reading.meta.lang` is the language
    told, which may have no pack. Offsets are code points of `raw.text`, which is kept as it is.
    """
    told = raw.given.lang or language(raw.text)
    lang = pack_for(told)
    blocks = []
    found: list[Sentence] = []
    for span in paragraphs(raw.text):
        block = Block(len(blocks), span, "paragraph")
        blocks.append(block)
        for sentence in sentences(raw.text, span, lang):
            found.append(Sentence(len(found), block.index, sentence, tokens(raw.text, sentence, lang)))
    meta = replace(
        raw.given, lang=told, published_by=raw.given.published_by or (Known.GIVEN if raw.given.published else None)
    )
    return Reading(raw.text, lang, meta, tuple(blocks), tuple(found))
