"""Whether a text tells of dealings between states and bodies at all: on football, little is a kept promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.extract.progress_lexicon import progress_lexicon
from palabre.extract.prose import is_prose
from palabre.lang.pack import pack_for

if TYPE_CHECKING:
    from palabre.text.reading import Reading


def is_private(reading: Reading) -> bool:
    """Tell whether hardly a word of a text is of public dealings; never of a text too short to judge by its words."""
    lex = progress_lexicon(pack_for(reading.lang))
    if lex is None:
        return False
    norms = [t.norm for s in reading.sentences if is_prose(reading, s.block) for t in s.tokens if t.norm[0].isalpha()]
    if len(norms) < lex.public.enough:
        return False
    told = sum(norm in lex.public.words for norm in norms)
    return 100 * told < lex.public.least * len(norms)
