"""Finds what a text that was signed or adopted says will be done: « L'accord prévoit de … », « La deuxième crée … ».

Only the words are found here; whether such a text was told of before, and whom it binds, is settled elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.hits import Hit, is_infinitive
from palabre.extract.commitments.lists import items
from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from palabre.extract.commitments.lexicon import Lexicon
    from palabre.extract.commitments.line import Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")
_REACH = 170
"""Code points between the text named and its verb."""
_COLON = re.compile(r"[^:;.«»]{0,60}: ?")
"""From the verb of a text to the colon that opens what it says as a list."""
_START = re.compile(r"(?:^|[;,] )[«\" ]*")


def text_hits(line: Line, lex: Lexicon, sifted: frozenset[str]) -> Iterator[Hit]:
    """Yield what a text says: kind `goes_on`, or `infinitive` when its verb takes one; rule tells how it is named.

    `sifted` are the patterns that may stand in the line.
    """
    for begin in _START.finditer(line.norm):
        subject = lex.patterns["text_subject"].match(line.norm, begin.end())
        inside = begin[0].startswith(",")
        if subject is None or (inside and (subject["pronoun"] or not _opened(line, begin.start()))):
            continue
        gap = lex.patterns["text_gap"].match(line.norm, subject.end()) if subject["ordinal"] else None
        if gap is not None:
            # « L'un prévoit une école ; l'autre, la construction d'un pont »: the verb is the one before.
            yield Hit(
                "goes_on", "text: ordinal", subject.start(), gap.end(), subject.start(), "", Firmness.SIGNED,
                text_at=subject.start(),
            )  # fmt: skip
            continue
        if inside and subject["ordinal"]:
            continue
        verb = _verb(line, lex, subject.end())
        if verb is None:
            continue
        rule = next((k for k in ("signed", "agreed", "ordinal", "pronoun") if subject[k]), "signed")
        if rule in ("ordinal", "pronoun"):
            between = line.norm[subject.end() : verb[0]].rstrip()
            if lex.patterns["text_near"].fullmatch(between) is None:
                continue
        yield from _read(line, lex, subject.start(), subject.start(), verb, rule)
        yield from _also(line, lex, subject.start(), verb[1], rule)
    if "text_relative" in sifted:
        yield from _relative(line, lex)


def _opened(line: Line, comma: int) -> bool:
    """Tell whether what stands before a comma only opens a clause (« Conclu en mai, », « Au terme du sommet, »)."""
    return ";" not in line.norm[:comma] and not any(
        line.pos_at(m.start()) == "VERB" and (line.norm[m.start() : m.end()].endswith(("ait", "ent", "ont", "ra")))
        for m in _WORD.finditer(line.norm, 0, comma)
    )


def _relative(line: Line, lex: Lexicon) -> Iterator[Hit]:
    """Yield what a text named before says: « une charte qui institue … et prévoit … », « un pacte prévoyant … »."""
    for match in lex.patterns["text_relative"].finditer(line.norm):
        acts = lex.patterns["text_acts"].match(line.norm, match.end())
        rule = "signed" if match["signed"] else "agreed"
        if acts is None or match["ordinal"] or match["pronoun"]:
            continue
        yield from _read(line, lex, match.start(), acts.start(), acts.span(), rule)
        yield from _also(line, lex, match.start(), acts.end(), rule)


def _also(line: Line, lex: Lexicon, subject: int, start: int, rule: str) -> Iterator[Hit]:
    """Yield the verbs that go on after a text's first (« … et prévoit … »)."""
    stop = lex.patterns["clause.stop"].search(line.norm, start)
    end = stop.start() if stop else len(line.norm)
    for further in lex.patterns["text_also"].finditer(line.norm, start, end):
        acts = lex.patterns["text_acts"].match(line.norm, further.end())
        if acts is not None and line.pos_at(acts.start()) in (None, "VERB", "AUX"):
            yield from _read(line, lex, subject, acts.start(), acts.span(), rule)


def _verb(line: Line, lex: Lexicon, start: int) -> tuple[int, int] | None:
    """Return where the verb of the text stands: the first of the table's that no relative clause or aside holds."""
    before = ""
    relative = False
    for match in _WORD.finditer(line.norm, start, min(len(line.norm), start + _REACH)):
        word = match[0]
        between = line.norm[start : match.start()]
        start = match.start()
        if any(mark in between for mark in ';:.!?«"'):
            return None
        if "," in between:
            relative = False
        shown = lex.patterns["text_verb"].match(line.norm, match.start())
        if shown and not relative and before not in lex.words["not_before_verb"]:
            pos = line.pos_at(match.start())
            if pos is None or pos in ("VERB", "AUX", "ADJ", "NOUN", "PRON"):
                return shown.span()
        relative = relative or lex.patterns["clause.which"].fullmatch(word) is not None
        before = word
    return None


def _read(line: Line, lex: Lexicon, subject: int, body: int, verb: tuple[int, int], rule: str) -> Iterator[Hit]:
    firmness = Firmness.AGREED if rule == "agreed" else Firmness.SIGNED
    name = f"text: {rule}"
    form = line.norm[slice(*verb)]
    makes = infinitive_of_text(form, lex) in lex.words["text_makes"]
    takes = lex.patterns["text_makes" if makes else "text_takes"].match(line.norm, verb[1])
    if takes and is_infinitive(line, lex, takes["inf"], takes.start("inf")):
        yield Hit(
            "infinitive", name, verb[0], verb[1], takes.start("body"), takes["inf"], firmness,
            links=lex.text_links, text_at=subject,
        )  # fmt: skip
        return
    whole = Hit("goes_on", name, verb[0], verb[1], body, form, firmness, text_at=subject)
    colon = _COLON.match(line.norm, verb[1])
    listed = [at for at, _ in items(line, lex, colon.end())] if colon is not None else []
    if not listed:
        yield whole
        tells = " " in form or infinitive_of_text(form, lex) in lex.words["text_about"]
        if tells and ";" in line.norm[verb[1] :]:
            # « … porte sur la création de … ; la formation de … »
            listed = [at for at, _ in items(line, lex, line.norm.index(";", verb[1]) + 1)]
    for at in listed:
        yield replace(whole, cue=at, cue_end=at, body=at, verb="")


def infinitive_of_text(form: str, lex: Lexicon) -> str:
    """Return the infinitive of a verb that a text has as its own, as the table says it, else by its ending."""
    if form in lex.text_infinitives:
        return lex.text_infinitives[form]
    for ending, infinitive in lex.endings["infinitives"]:
        if form.endswith(ending):
            return form[: len(form) - len(ending)] + infinitive
    return form
