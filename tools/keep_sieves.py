"""Writes `src/palabre/text/sieved.json`: which strings each pattern of the language tables cannot do without.

    python tools/keep_sieves.py

To be run when patterns of `lang/xx/commitments.toml`, `lang/xx/progress.toml` or of dates have changed. Nothing is
wrong until then: what is not kept is worked out at every start, a thousandth of a second or more for each pattern.
"""

from __future__ import annotations

import json
from pathlib import Path

from palabre.extract.commitments.lexicon import lexicon
from palabre.extract.progress_lexicon import progress_lexicon
from palabre.lang.pack import LANGUAGES
from palabre.text.dates.grammar import RULES
from palabre.text.sieve import KEPT, checksum, needed

TARGET = Path(__file__).resolve().parent.parent / "src" / "palabre" / "text" / KEPT


def patterns() -> list[str]:
    """Return every pattern that is sifted, in every language, each once."""
    out = [rule.pattern.pattern for rule in RULES]
    for lang in LANGUAGES:
        out += [p for lex in (lexicon(lang), progress_lexicon(lang)) if lex is not None for p in lex.sieve.sources]
    return list(dict.fromkeys(out))


def kept(sources: list[str]) -> str:
    """Return the file's text: one line for each pattern, so that a change of one shows as such."""
    strings = {checksum(p): None if (held := needed(p)) is None else sorted(held) for p in sources}
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in sorted(strings.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(kept(patterns()), encoding="utf-8")
