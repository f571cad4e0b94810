"""Which sector some words speak of: a vocabulary with weights, nothing learnt.

The words of the action weigh most, the rest of the clause less, the sentence around it least; in each, what is acted
upon weighs more than the circumstances told after it. Money yields to the one thing it pays for. This module must not
look for commitments, and knows no language: the vocabulary is `lang/xx/sectors.toml`, one entry per DAC sector.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from palabre.lang.pack import table
from palabre.model.vocabulary import Sector
from palabre.text.needles import Needles

_WORD = re.compile(r"(?<![\w])[^\W_]")
_MARKS = "marks"
"""The entry of the tables that is no sector: what parts an object from its circumstances."""
_WORTH = {"strong": 3.0, "plain": 2.0, "means": 2.0, "weak": 0.75}
_FIRM = _WORTH["plain"]
_FIRST = 1.5
"""What the first word that names a sector counts: a head noun stands before its complements."""
_NEAR = 60
"""Code points of an action within which its object is named."""
_NEARBY = 1.3
_ASIDE = 0.4
"""What words among the circumstances count."""
_TALK = 0.8
"""What diplomacy's words count against any other sector's: states talk of everything they do."""
_SPOKEN = 0.5
"""What they count where one thing to speak of is named."""
_MEANS = 0.35
"""What words of money count where something to be paid for is named."""
_VAGUE = frozenset({Sector.DIPLOMACY, Sector.MULTI})
"""What names no thing that is done."""
_PLEDGED = frozenset({Sector.EDUCATION, Sector.HEALTH, Sector.HUMANITARIAN, Sector.ENVIRONMENT})
"""What donors are called together for: sums told there without an object are for it, not for the treasury."""
_CALLED, _BEFORE = 1.3, 0.6
"""The least that the likeliest of them has, of one for each place around a sum; what the sentence before counts."""
_OWN = 3
"""How many of the layers are the action's own words; the others are what stands around them."""
_WHAT = 4
"""Code points after « trois accords » within which it is told of what they are."""
_THEME = 11.0
"""What the words that name the sector a text is about weigh together, at least."""
_MOST, _APART = 0.5, 1.5
"""Its part of what all sectors' words weigh, and how many times the second one's."""
_LONGEST = 4000
"""No clause is longer; more than that is a text without full stops, and its first part is enough."""


@dataclass(frozen=True, slots=True)
class _Stem:
    """The beginning of words, or words that are `whole`, with what they are worth to each sector they name.

    `sector` is the one they name first, `most` what they are worth to it.
    """

    words: str
    whole: bool
    worth: tuple[tuple[Sector, float], ...]
    means: bool
    sector: Sector
    most: float


@dataclass(frozen=True, slots=True)
class _Tables:
    """`words` finds the places of `stems`, which are in the order in which they are tried."""

    stems: tuple[_Stem, ...]
    words: Needles
    marks: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Named:
    """A stem where it stands; `aside` when that is among the circumstances."""

    start: int
    end: int
    stem: _Stem
    aside: bool

    @property
    def sector(self) -> Sector:
        """The sector it names first."""
        return self.stem.sector

    @property
    def worth(self) -> float:
        """What it is worth to the sector it names first."""
        return self.stem.most


@lru_cache(maxsize=8)
def _tables(lang: str) -> _Tables:
    """Return the stems of a language, longest first: « aide alimentaire » before « aide »."""
    worth: dict[str, list[tuple[Sector, float]]] = {}
    means: set[str] = set()
    marks: dict[str, re.Pattern[str]] = {}
    for name, lists in table(lang, "sectors").items():
        if name == _MARKS:
            marks = {key: re.compile(pattern) for key, pattern in lists.items()}
            continue
        for strength, stems in lists.items():
            for stem in stems:
                worth.setdefault(stem, []).append((Sector(name), _WORTH[strength]))
            if strength == "means":
                means.update(stems)
    stems = tuple(
        _Stem(
            stem.removesuffix("="),
            stem.endswith("="),
            tuple(worth[stem]),
            stem in means and len(worth[stem]) == 1,
            *max(worth[stem], key=lambda w: w[1]),
        )
        for stem in sorted(worth, key=lambda s: (-len(s), s))
    )
    return _Tables(stems, Needles(stem.words for stem in stems), marks)


def _named(words: str, lang: str) -> tuple[_Named, ...]:
    """Return the stems that stand in `words`, in order; none inside another."""
    return _named_in(words[:_LONGEST], lang)


# The same clause is asked about several times over, as an action, as a clause and as what stands around another.
@lru_cache(maxsize=256)
def _named_in(words: str, lang: str) -> tuple[_Named, ...]:
    tables = _tables(lang)
    for mark in ("offices", "names"):
        words = tables.marks[mark].sub(lambda m: " " * len(m[0]), words)
    turn, aim = (tables.marks[mark].search(words, 1) for mark in ("aside", "purpose"))
    object_end, aim_at = (m.start() if m else len(words) for m in (turn, aim))
    out: list[_Named] = []
    # What money, a text or a talk is for is its object.
    bare, money = tables.marks["aim"].match(words, aim_at) is not None, False
    free = 0
    for start, place, end in sorted((s, p, e) for p, s, e in tables.words.find(words)):
        stem = tables.stems[place]
        if start < free or not _WORD.match(words, start) or (stem.whole and _goes_on(words, start, end)):
            continue
        bare = bare and (stem.means or start >= aim_at or stem.most < _FIRM or stem.sector in _VAGUE)
        money = money or stem.means
        out.append(_Named(start, end, stem, start >= object_end or (start >= aim_at and not (money or bare))))
        free = end
    return tuple(out)


def _goes_on(words: str, start: int, end: int) -> bool:
    """Tell whether what stands there is a part of a longer word (« Cap-Vert », « Port-Louis »)."""
    after = words[end : end + 2]
    return after[:1].isalnum() or (after[:1] == "-" and after[1:].isalnum()) or words[start - 1 : start] == "-"


def sector_weights(words: str, lang: str, weight: float = 1.0) -> dict[Sector, float]:
    """Return what each sector named in `words` (lower case, ' for ’) weighs, times `weight`; {} when none is."""
    return _weights(_named(words, lang), weight)


def _weights(named: tuple[_Named, ...], weight: float) -> dict[Sector, float]:
    out: dict[Sector, float] = {}
    seen: set[str] = set()
    paid = _paid_for(named)
    # A committee for one thing, a dialogue about one thing, are about that thing.
    spoken = _TALK if len({n.sector for n in named if n.worth > _FIRM and not n.aside} & paid) != 1 else _SPOKEN
    # Sums for one thing are about that thing; shared among several they are money.
    tempered = _MEANS if len(paid) == 1 else 1.0
    first = next((n for n in named if n.worth >= _FIRM and not (n.stem.means and tempered < 1.0)), None)
    armed = any(n.sector is Sector.DEFENCE and n.worth > _FIRM and not n.aside for n in named)
    for one in named:
        # The same word said again tells nothing new.
        if one.stem.words in seen:
            continue
        seen.add(one.stem.words)
        # What comes first is what is acted upon; what comes later is said about it.
        place = _ASIDE if one.aside else _FIRST if one is first else _NEARBY if one.start < _NEAR else 1.0
        for sector, value in one.stem.worth:
            kind = spoken if sector is Sector.DIPLOMACY else tempered if one.stem.means else 1.0
            if armed and sector is Sector.EDUCATION:
                # Soldiers are trained for defence, whatever the school.
                kind = _MEANS
            out[sector] = out.get(sector, 0.0) + value * weight * place * kind
    return out


def _paid_for(named: tuple[_Named, ...]) -> set[Sector]:
    """Return the sectors named outright beside the words of money, money itself and talk left out."""
    return {
        n.sector for n in named if n.worth >= _FIRM and n.sector not in (Sector.FINANCE, Sector.DIPLOMACY, Sector.MULTI)
    }


def named_sectors(words: str, lang: str, *, firmly: bool = True) -> tuple[Sector, ...]:
    """Return the sectors that `words` names outright, in the order they come, each once (a list of fields).

    With `firmly` only words that name a sector by themselves count; without it, those that point to one too.
    """
    return _outright(_named(words, lang), _WORTH["strong" if firmly else "plain"])


def _outright(named: Iterable[_Named], least: float) -> tuple[Sector, ...]:
    out: list[Sector] = []
    for one in named:
        for sector, value in one.stem.worth:
            if value >= least and sector is not Sector.MULTI and sector not in out:
                out.append(sector)
    return tuple(out)


def sector_of(layers: Iterable[tuple[str, float]], lang: str) -> Sector:
    """Return the one sector of something said.

    `layers` are words (lower case, ' for ’) with what they count, the action's own first, each wider than the one
    before. `MULTI` when its first layers name several sectors as objects, or several texts and no sector;
    `DIPLOMACY` when nothing is named: dialogue is what states do.
    """
    total: dict[Sector, float] = {}
    layers = tuple(layers)
    settled = False
    before = ""
    for rank, (words, weight) in enumerate(layers):
        if not words or (rank and words == before):
            continue
        before = words
        named = _named(words, lang)
        if not settled and rank < _OWN and (several := _several(words, named, lang)) is not None:
            return several
        if rank < _OWN and _only_money(total) and len(_paid_for(named)) == 1:
            # « un prêt » … « pour la route »: what the wider words say is paid for.
            total = {}
        for sector, value in _weights(named, weight).items():
            total[sector] = total.get(sector, 0.0) + value
        # Context decides only where the words themselves say nothing firm.
        settled = bool(total) and max(total.values()) >= _FIRM * layers[0][1] * _TALK
        if settled and not (rank < _OWN - 1 and _only_money(total)):
            break
    if not total:
        return Sector.DIPLOMACY
    order = list(Sector)
    return max(total, key=lambda s: (total[s], s is not Sector.MULTI, -order.index(s)))


def only_sums(words: str, lang: str) -> bool:
    """Tell whether `words`, which speak of money, name nothing that it is for (« verser 244 millions d'euros »)."""
    return all(n.stem.means for n in _named(words, lang) if n.worth >= _FIRM)


def sole_sector(words: str, lang: str) -> Sector | None:
    """Return the one sector that `words` names firmly, money, talk and generalities left out; None for none or more."""
    kinds = _paid_for(_named(words, lang))
    return next(iter(kinds)) if len(kinds) == 1 else None


def bare_sum(words: str, lang: str) -> bool:
    """Tell whether `words` speak of money and name neither what it is for nor anything else but talk."""
    firm = [n for n in _named(words, lang) if n.worth >= _FIRM]
    means = [n.stem.means for n in firm]
    return any(means) and all(m or n.sector is Sector.DIPLOMACY for n, m in zip(firm, means, strict=True))


def called_for(near: Iterable[Mapping[Sector, float]], before: Mapping[Sector, float]) -> Sector | None:
    """Return what donors were called together for, told by what stands around a sum; None when it does not say.

    `near` are the weights of sectors in each place around the sum, `before` those in the sentence before it. Money and
    talk do not count. The likeliest must lead the second by as much as it must weigh.
    """
    total: dict[Sector, float] = {}
    for weights, counts in (*((place, 1.0) for place in near), (before, _BEFORE)):
        real = {s: v for s, v in weights.items() if s not in (Sector.FINANCE, Sector.DIPLOMACY, Sector.MULTI)}
        for sector, value in real.items():
            total[sector] = total.get(sector, 0.0) + counts * value / sum(real.values())
    order = sorted(total, key=lambda s: (-total[s], s.value))
    if not order or order[0] not in _PLEDGED or total[order[0]] < _CALLED:
        return None
    return order[0] if len(order) == 1 or total[order[0]] >= _CALLED * total[order[1]] else None


def theme_of(texts: Iterable[str], lang: str) -> Sector | None:
    """Return what a text is about as a whole: the sector most spoken of by far; None when there is none.

    Money and talk are left out: they are about something else.
    """
    total: dict[Sector, float] = {}
    for words in texts:
        for one in _named(words, lang):
            if one.worth >= _FIRM and one.sector not in (Sector.FINANCE, Sector.DIPLOMACY, Sector.MULTI):
                total[one.sector] = total.get(one.sector, 0.0) + one.worth
    order = sorted(total, key=lambda s: (-total[s], s.value))
    if not order or total[order[0]] < _THEME or total[order[0]] < _MOST * sum(total.values()):
        return None
    second = total[order[1]] if len(order) > 1 else 0.0
    return order[0] if total[order[0]] >= _APART * second else None


def _only_money(total: Mapping[Sector, float]) -> bool:
    return total.get(Sector.FINANCE, 0.0) >= _FIRM and all(
        value < _FIRM for sector, value in total.items() if sector is not Sector.FINANCE
    )


def _several(words: str, named: tuple[_Named, ...], lang: str) -> Sector | None:
    """Return `MULTI` where words speak of several sectors at once: three named, two joined, texts only counted.

    The first one's sector where the others are the fields of its own action: « former … dans la santé, l'agriculture
    et l'industrie » is training. None when they do not speak of several.
    """
    marks = _tables(lang).marks
    objects = [n for n in named if not n.aside and n.worth >= _FIRM and n.sector is not Sector.MULTI]
    solid = [n for n in objects if n.sector is not Sector.DIPLOMACY and not n.stem.means]
    if not solid:
        texts = marks["several"].search(words)
        told = texts and any(
            texts.end() <= n.start <= texts.end() + _WHAT
            for n in named
            if n.worth >= _FIRM and n.sector is not Sector.DIPLOMACY
        )
        return Sector.MULTI if texts and not told else None
    if any(n.stem.means for n in objects):
        return None
    count = Counter(n.sector for n in solid if n.worth > _FIRM)
    head = solid[0]
    later = next((n for n in solid if n.sector is not head.sector), head)
    if (
        head.worth == _FIRM
        and len({n.sector for n in solid}) >= 3
        and marks["field"].search(words, head.end, later.start + 1)
    ):
        return head.sector
    if len(count) >= 3 and 2 * count[head.sector] < count.total():
        return Sector.MULTI
    both = len(objects) == 2 and objects[0].sector is not objects[1].sector
    return Sector.MULTI if both and marks["joins"].match(words[objects[0].end : objects[1].start]) else None
