"""Finds the words that may commit in one line. Who commits, to what and how far is settled elsewhere.

Every frame (a verb and its complement, a future, a signed text) gives hits; several may speak of one commitment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.hits import Hit, is_infinitive
from palabre.extract.commitments.lists import list_hits
from palabre.extract.commitments.texts import text_hits
from palabre.model.vocabulary import Firmness

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from palabre.extract.commitments.lexicon import Cue, Lexicon
    from palabre.extract.commitments.line import Line


_LONG = 6


def scan(line: Line, lex: Lexicon) -> list[Hit]:
    """Return the hits of a line, by position, the firmer frames of one place first."""
    hits: list[Hit] = []
    places, sifted = lex.sift(line.norm)
    for place in places:
        cue, frame = divmod(place, len(_FRAMES))
        for match in lex.sieve.pattern(place).finditer(line.norm):
            hits.extend(_FRAMES[frame](line, lex, lex.cues[cue], match, sifted))
    hits.extend(_agreements(line, lex, sifted))
    hits[:0] = text_hits(line, lex, sifted)
    hits.extend(list_hits(line, lex))
    if "amounts.pattern" in sifted:
        hits.extend(_sums(line, lex))
    hits.extend(_futures(line, lex, sifted))
    if "future.decided" in sifted:
        hits.extend(_decided(line, lex))
    if "future.works" in sifted:
        hits.extend(_works(line, lex))
    return sorted(hits, key=lambda h: (h.cue, -h.cue_end))


def _base(cue: Cue, kind: str, match: re.Match[str], verb: str) -> Hit:
    return Hit(
        kind=kind,
        rule=cue.name,
        cue=match.start("cue"),
        cue_end=match.end("cue"),
        body=match.start("body"),
        verb=verb,
        firmness=cue.firmness,
        single=cue.single,
        vague=cue.vague,
        noun=cue.noun,
        impersonal=cue.impersonal,
        purpose=cue.purpose,
        links=cue.links,
        money_makes=cue.money_makes,
        due=cue.due,
        detail=cue.detail,
        acts=cue.acts,
        crowd=cue.crowd,
    )


def _of_infinitive(line: Line, lex: Lexicon, cue: Cue, match: re.Match[str], sifted: frozenset[str]) -> Iterator[Hit]:
    word = match["inf"]
    if is_infinitive(line, lex, word, match.start("inf")) and word not in lex.words["empty"] | cue.never:
        hit = _base(cue, "infinitive", match, word)
        # « à : livrer … »: what is promised begins after the colon.
        yield replace(hit, body=match.start("inf")) if ":" in line.norm[hit.body : match.start("inf")] else hit
        if cue.links and not cue.noun:
            yield from _gapped(line, lex, cue, match)
            yield from _listed(line, lex, cue, match)


def _of_deed(line: Line, lex: Lexicon, cue: Cue, match: re.Match[str], sifted: frozenset[str]) -> Iterator[Hit]:
    yield _base(cue, "gift" if cue.gift else "deed", match, "")


def _of_clause(line: Line, lex: Lexicon, cue: Cue, match: re.Match[str], sifted: frozenset[str]) -> Iterator[Hit]:
    verb = _verb_of_clause(line, lex, match.end("body"), sifted)
    if verb is not None:
        yield _reported(cue, match, verb)
        yield from _joined(line, lex, cue, match, verb, sifted)
    # « a annoncé que … et que … »: each clause is one.
    for further in lex.patterns["clause.and_that"].finditer(line.norm, match.end("body")):
        verb = _verb_of_clause(line, lex, further.end(), sifted)
        if verb is not None:
            hit = _reported(cue, match, verb)
            yield replace(hit, cue=further.end(), cue_end=further.end(), subject_at=verb.cue, told=match.span("cue"))


_FRAMES = (_of_infinitive, _of_deed, _of_clause)
"""What reads a match of each of a cue's patterns, in their order in the sieve; all are told what may stand there."""


def _listed(line: Line, lex: Lexicon, cue: Cue, match: re.Match[str]) -> Iterator[Hit]:
    """Yield what else a list of the same sentence binds to (« se sont engagés à : livrer … ; former … »)."""
    if ":" not in line.norm[match.end("cue") : match.start("inf")]:
        return
    for further in lex.patterns["listed_infinitive"].finditer(line.norm, match.end()):
        if is_infinitive(line, lex, further["inf"], further.start("inf")):
            at = further.start("inf")
            hit = _base(cue, "infinitive", match, further["inf"])
            yield replace(hit, cue=at, cue_end=at, body=at, subject_at=match.start("cue"), again=True)


def _gapped(line: Line, lex: Lexicon, cue: Cue, match: re.Match[str]) -> Iterator[Hit]:
    """Yield what one more party is bound to, the verb left out (« s'est engagé à … et la Zambie à rouvrir … »)."""
    stop = lex.patterns["clause.stop"].search(line.norm, match.end())
    end = stop.start() if stop else len(line.norm)
    for further in lex.patterns["clause.gapped"].finditer(line.norm, match.end(), end):
        first = further.start("who")
        named = line.raw[first:].removeprefix("l’").removeprefix("l'").removeprefix("la ").removeprefix("le ")
        found = lex.patterns["gapped_infinitive"].match(line.norm, further.end())
        if named[:1].isupper() and found and is_infinitive(line, lex, found["inf"], found.start("inf")):
            at = further.end()
            yield replace(
                _base(cue, "infinitive", match, found["inf"]), cue=at, cue_end=at, body=at, who=further.span("who")
            )


def _joined(
    line: Line, lex: Lexicon, cue: Cue, match: re.Match[str], first: Hit, sifted: frozenset[str]
) -> Iterator[Hit]:
    """Yield the conditionals that go on after the first (« … qu'elle livrerait des ponts et formerait … »)."""
    stop = lex.patterns["clause.stop"].search(line.norm, first.cue_end)
    end = min(stop.start() if stop else len(line.norm), first.cue_end + 260)
    for hit in _futures(line, lex, sifted, first.cue_end, end, conditional=True):
        left = line.norm[: hit.cue].rstrip()
        ties = lex.patterns["clause.ending"].search(left)
        if hit.kind == "future" and ties is not None and ties[0].strip(" ,"):
            at = (hit.cue, hit.cue_end)
            yield replace(_reported(cue, match, hit), cue=at[0], cue_end=at[1], subject_at=None, told=match.span("cue"))


def _reported(cue: Cue, match: re.Match[str], verb: Hit) -> Hit:
    """Return the future of a reported clause: « ont décidé que » binds as the deciding verb does, others as it does."""
    return replace(
        verb,
        rule=cue.name,
        cue=match.start("cue"),
        cue_end=match.end("cue"),
        reported=True,
        firmness=cue.firmness,
        single=cue.single,
        subject_at=match.start("cue") if cue.firmness is Firmness.AGREED else verb.cue,
        verb_at=verb.cue,
        impersonal=cue.impersonal,
        due=verb.due and cue.says,
    )


def _verb_of_clause(line: Line, lex: Lexicon, start: int, sifted: frozenset[str]) -> Hit | None:
    """Return the first future or conditional of a reported clause, or None when its own verb is of another tense."""
    stop = lex.patterns["clause.stop"].search(line.norm, start)
    end = min(stop.start() if stop else len(line.norm), start + 260)
    for hit in _futures(line, lex, sifted, start, end, conditional=True):
        return hit
    return None


def _futures(
    line: Line,
    lex: Lexicon,
    sifted: frozenset[str],
    start: int = 0,
    end: int | None = None,
    *,
    conditional: bool = False,
) -> list[Hit]:
    end = len(line.norm) if end is None else end
    out: list[Hit] = []
    taken: list[tuple[int, int]] = []
    p = lex.patterns

    def free(first: int, last: int) -> bool:
        return not any(a < last and first < b for a, b in taken)

    def found(name: str) -> Iterable[re.Match[str]]:
        return p[name].finditer(line.norm, start, end) if name in sifted else ()

    for match in found("future.have"):
        verb = match[0].split()[0]
        out.append(_future("future", match, match.start() + len(verb), verb, "have"))
        taken.append(match.span())
    for match in found("future.process"):
        out.append(_future("process", match, match.end(), match[0].split()[-1]))
        taken.append(match.span())
    for match in found("future.happens") if conditional else ():
        out.append(_future("process", match, match.end(), "happens"))
        taken.append(match.span())
    for match in found("future.passive"):
        if match[0].startswith("serai") and not conditional:
            taken.append(match.span())
            continue
        deed = p["future.passive_deeds"].match(line.norm, match.start("part"))
        if deed or not p["future.passive_not"].match(line.norm, match.start("part")):
            rule = "" if deed else "passive, in detail"
            hit = _future("passive", match, deed.end() if deed else match.end(), match["part"], rule)
            must = match["must"] is not None
            # « Devraient être versés » only foresees, « doivent être versés » binds when it says by when.
            sure = Firmness.INTENDED if must and "rai" in match["must"] else hit.firmness
            out.append(replace(hit, detail=not deed or must, due=must and sure is hit.firmness, firmness=sure))
        taken.append(match.span())
    for match in found("future.going"):
        if free(*match.span()) and is_infinitive(line, lex, match["inf"], match.start("inf")):
            if match["inf"] not in lex.words["empty"]:
                out.append(_future("future", match, match.start("inf"), match["inf"]))
            taken.append(match.span())
    for match in found("future.going_then") if conditional else ():
        if free(*match.span()) and match["inf"] not in lex.words["empty"]:
            out.append(_future("future", match, match.start("inf"), match["inf"]))
            taken.append(match.span())
    for match in found("future.done_then") if conditional else ():
        if free(*match.span()) and _whole(line, match):
            out.append(replace(_future("future", match, match.start(), match[0]), due=True))
            taken.append(match.span())
    forms = [p["future.verb"]] + ([p["future.conditional"]] if conditional else [])
    for form in forms:
        for match in form.finditer(line.norm, start, end):
            word = match[0]
            if not free(*match.span()) or not _whole(line, match) or not _is_future(line, lex, match):
                continue
            out.append(_future("future", match, match.start(), word))
            taken.append(match.span())
    return sorted(out, key=lambda h: h.cue)


def _future(kind: str, match: re.Match[str], body: int, verb: str, rule: str = "") -> Hit:
    return Hit(kind, rule or kind, match.start(), match.end(), body, verb, Firmness.PLEDGED)


def _whole(line: Line, match: re.Match[str]) -> bool:
    after = line.norm[match.end() : match.end() + 1]
    return not (
        after.isalnum() or (after == "-" and line.norm[match.end() + 1 : match.end() + 3] not in ("t-", "il", "el"))
    )


def _is_future(line: Line, lex: Lexicon, match: re.Match[str]) -> bool:
    word = match[0]
    if word in lex.words["not_future"] or word in lex.words["imperfects"]:
        return False
    raw = line.raw[match.start()]
    if raw.isupper() and match.start() > 0:
        return False
    pos = line.pos_at(match.start())
    if pos is None or pos in ("VERB", "AUX"):
        return True
    # A verb the tree has not seen: long, and nothing before it that a noun would take.
    before = line.norm[: match.start()].split()
    return len(word) >= _LONG and bool(before) and before[-1] not in lex.words["not_before_verb"]


def _sums(line: Line, lex: Lexicon) -> Iterator[Hit]:
    """Yield the sums told as promised: « les 360 milliards promis par Untel », « … qu'il avait promis »."""
    for amount in lex.patterns["amounts.pattern"].finditer(line.norm):
        promised = lex.patterns["clause.promised"].match(line.norm, amount.end() + 1)
        if not promised and (share := _share(line, lex, amount)) is not None:
            yield share
        if promised and lex.patterns["amounts.large"].search(amount[0]):
            yield Hit(
                "sum",
                "promised sum",
                promised.start(),
                promised.end(),
                amount.start(),
                "",
                Firmness.PLEDGED,
            )


def _share(line: Line, lex: Lexicon, amount: re.Match[str]) -> Hit | None:
    """Return the part of a sum that « dont » tells, or where it goes (« … dont 60 millions pour … »), or None."""
    if not lex.patterns["amounts.large"].search(amount[0]):
        return None
    before = lex.patterns["amounts.share"].search(line.norm, max(0, amount.start() - 30), amount.start())
    after = "amount_use" if before is not None and before.end() == amount.start() else "amounts.going"
    use = lex.patterns[after].match(line.norm, amount.end())
    if use is None:
        return None
    return Hit("sum", "share", amount.end(), use.end(), amount.start(), "", Firmness.PLEDGED)


def _decided(line: Line, lex: Lexicon) -> Iterator[Hit]:
    """Yield what is told as decided, promised or planned by a passive, with what it is about before it."""
    for match in lex.patterns["future.decided"].finditer(line.norm):
        if lex.patterns["future.decided_of"].search(line.norm, max(0, match.start() - 120), match.start()):
            firmness = next(f for f in (Firmness.AGREED, Firmness.PLEDGED, Firmness.INTENDED) if match[f.value])
            yield Hit("passive", "decided", match.start(), match.end(), match.end(), "", firmness)


def _works(line: Line, lex: Lexicon) -> Iterator[Hit]:
    """Yield when works or deliveries are to begin: « les travaux devraient démarrer en … »."""
    for match in lex.patterns["future.works"].finditer(line.norm):
        if lex.patterns["future.works_of"].search(line.norm[max(0, match.start() - 140) : match.start()].rstrip()):
            yield Hit(
                "process", "works", match.start(), match.end(), match.end(), "", Firmness.INTENDED, due=True
            )  # fmt: skip


def _agreements(line: Line, lex: Lexicon, sifted: frozenset[str]) -> Iterator[Hit]:
    for name in ("signed_text", "signed_first", "text_signed", "signature_of"):
        for match in lex.patterns[name].finditer(line.norm) if name in sifted else ():
            before = line.norm[max(0, match.start() - 20) : match.start()]
            if name == "signature_of" and (
                lex.patterns["clause.prepositions"].search(before)
                or lex.patterns["future.process"].search(line.norm, match.end())
            ):
                continue
            yield Hit(
                "agreement",
                name,
                match.start("cue"),
                match.end("cue"),
                match.start("body"),
                "",
                Firmness.INTENDED if lex.patterns["clause.coming"].search(before) else Firmness.SIGNED,
                impersonal=name != "signed_text",
            )
