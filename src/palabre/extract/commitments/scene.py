"""What one text is about: its parties, who is named where, who speaks. It decides nothing about any sentence.

The parties are those of the main meeting, or the states and bodies the text names most. Everything is looked up by
sentence or by id, so that a long text costs no more per sentence than a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from palabre.extract.commitments.aims import aim_of, brokers_of, own_of
from palabre.extract.commitments.line import plain
from palabre.extract.commitments.signers import signers_of
from palabre.extract.gazetteer import bodies
from palabre.model.vocabulary import ActorKind, MeetingStatus, MentionForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palabre.extract.commitments.line import Line
    from palabre.model.annotations import ActorEntry, ActorMention, Annotations, DateMention, Quote
    from palabre.model.spans import Span
    from palabre.text.reading import Reading

_SMALL_GROUP = 6
"""A group of at most so many members stands for them; in a larger one (a continent's union) each speaks for itself."""


_SIDES = 2
_PAIR_BACK = 5
"""Sentences back to which the two that are meant are looked up."""
_LEAD = 3
"""Sentences at the start of a text, title included, that say whom it is about."""
_LEAD_WEIGHT = 2
_HEAD = 5
"""Sentences at the start of a text, title included, that tell between whom its text is made."""


_PARTS = re.compile(r"['-]")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a verb says acts. `start` is where their words begin in the line, or None when they are understood.

    `joint` when the words name several who decide together; `own` when they are the verb's own subject here.
    """

    ids: tuple[str, ...]
    start: int | None
    joint: bool = False
    plural: bool = False
    words: str = ""


@dataclass
class Scene:
    """What one text is about, for the words that name nobody.

    `main` are the parties of the dialogue, `power` the state named most, `aim` whom the aid told of is for; `met`
    tells that the parties come from a meeting; `brokers` helped others to agree; `last` is the subject of each
    line so far.
    """

    entries: dict[str, ActorEntry]
    dates: tuple[DateMention, ...]
    quotes: tuple[Quote, ...]
    parties: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    power: str | None = None
    aim: tuple[str, ...] = ()
    met: bool = False
    brokers: frozenset[str] = frozenset()
    mentions: dict[int, tuple[ActorMention, ...]] = field(default_factory=dict)
    last: dict[int, Subject] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._groups = tuple(e for e in self.entries.values() if 1 < len(e.members) <= _SMALL_GROUP and e.matters)
        self._named = {plain(n): e.id for e in reversed(self.entries.values()) for n in (*e.names, e.id)}
        self._sides = tuple(e.id for e in self.entries.values() if e.members)
        self._date_starts = tuple(d.span.start for d in self.dates)

    def mentions_of(self, line: Line) -> tuple[ActorMention, ...]:
        """Return the mentions of a line, none inside another."""
        return self.mentions.get(line.index, ())

    def dates_in(self, span: Span) -> tuple[DateMention, ...]:
        """Return the dates that lie wholly inside `span`, in order."""
        out = []
        for date in self.dates[bisect_left(self._date_starts, span.start) :]:
            if date.span.start >= span.end:
                break
            if span.contains(date.span):
                out.append(date)
        return tuple(out)

    def kind(self, actor: str) -> ActorKind | None:
        """Return what an actor is, or None when the text's list does not hold it."""
        entry = self.entries.get(actor)
        return entry.kind if entry else None

    def members(self, actor: str) -> tuple[str, ...]:
        """Return the members of a group, () for any other actor."""
        entry = self.entries.get(actor)
        return entry.members if entry else ()

    def lends(self, actor: str) -> bool:
        """Tell whether an actor is a body that is no group of states: in a loan to a state it is the one that pays."""
        return self.kind(actor) is ActorKind.BODY and not self.region(actor) and not self.members(actor)

    def region(self, actor: str) -> bool:
        """Tell whether an actor is a part of the world, which no body speaks for."""
        return bool(bodies().get(actor, {}).get("sort") == "region")

    def commits(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the states and bodies these actors commit, each once, members of a named group left to the group."""
        out: list[str] = []
        for actor in ids:
            entry = self.entries.get(actor)
            if entry is None or entry.kind is not ActorKind.PERSON:
                # An organ (« la Commission européenne ») commits the body it belongs to.
                out.append(bodies().get(actor, {}).get("whole") or actor)
            elif entry.acts_for:
                out.extend(o for o in entry.acts_for if self.kind(o) is not ActorKind.PERSON)
            elif self.power:
                # Somebody whose state the text leaves unsaid: the state it names most, more often than not.
                out.append(self.power)
        return self.folded(out)

    def folded(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids each once, the members of a small group that is there too left to the group."""
        ids = tuple(dict.fromkeys(ids))
        if len(ids) < 2:
            return ids
        for group in self._groups:
            # All the members of a group that the text names are the group: they are one side.
            if group.id in ids or set(group.members) <= set(ids):
                ids = tuple(dict.fromkeys(group.id if i in group.members else i for i in ids))
        return ids

    def apart(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids without those who belong to a group that is there too: the sides of a dialogue."""
        ids = tuple(ids)
        inside = {m for i in ids for m in self.members(i)}
        return tuple(i for i in ids if i not in inside)

    def owners(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids with a body named after a state or group (« force conjointe de … ») given to that one."""
        out = []
        for actor in ids:
            whose = actor
            if self.kind(actor) is ActorKind.BODY and not self.members(actor):
                words = f" {_PARTS.sub(' ', plain(actor))} "
                named = [i for i in self._sides if i != actor and f" {plain(i)} " in words]
                whose = named[0] if named else actor
            out.append(whose)
        return self.folded(out)

    def others(self, promisor: tuple[str, ...]) -> tuple[str, ...]:
        """Return the parties of the scene that are not the promisor."""
        covered = {m for actor in promisor for m in (actor, *self.members(actor))}
        apart = [p for p in (*self.main, *self.parties) if p not in covered and not covered & set(self.members(p))]
        rest = tuple(p for p in self.main if p in apart)
        return rest or tuple(apart[:1])

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation at `offset`, or None."""
        at = self.first_quote(offset)
        if at < len(self.quotes) and self.quotes[at].span.start <= offset:
            return self.quotes[at]
        return None

    def first_quote(self, offset: int) -> int:
        """Return the index of the first quotation that ends after `offset`."""
        low, high = 0, len(self.quotes)
        while low < high:
            middle = (low + high) // 2
            if self.quotes[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def speaker(self, quote: Quote | None) -> tuple[str, ...]:
        """Return whom a quotation's speaker commits, () when the text does not tell."""
        if quote is None or quote.speaker is None:
            return ()
        actor = self._named.get(plain(quote.speaker))
        return self.commits((actor,)) if actor is not None else ()


def scene_of(reading: Reading, found: Annotations) -> Scene:
    """Return the scene of a text, from the actors, mentions, dates, quotes and meetings found before."""
    scene = Scene(
        entries={a.id: a for a in reversed(found.actors)},
        dates=tuple(sorted(found.dates, key=lambda d: d.span)),
        quotes=tuple(sorted(found.quotes, key=lambda q: q.span)),
    )
    by_line: dict[int, list[ActorMention]] = {}
    counts: Counter[str] = Counter()
    for mention in sorted(found.mentions, key=lambda m: (m.span.start, -m.span.end)):
        sentence = reading.sentence_at(mention.span.start)
        if sentence is not None:
            here = by_line.setdefault(sentence.index, [])
            if here and here[-1].span.contains(mention.span):
                # « le ministre du Mali » holds « Mali »: the longer one says who. A body named after two is about both.
                if len(mention.ids) > 1:
                    counts.update(mention.ids)
                continue
            here.append(mention)
            for owner in scene.commits(mention.ids):
                counts[owner] += 1 if mention.form in (MentionForm.ADJECTIVE, MentionForm.PRONOUN) else 2
                counts[owner] += _LEAD_WEIGHT if sentence.index < _LEAD and mention.form is MentionForm.NAME else 0
    scene.mentions = {k: tuple(v) for k, v in by_line.items()}
    ranked = [a for a, _ in counts.most_common(8)]
    scene.parties = scene.folded(ranked)
    held = [m for m in found.meetings if len(set(m.parties)) >= 2 and scene.commits(m.parties)]
    # The main meeting is the one whose least known party the text names most.
    weight = {id(m): min(counts[p] for p in scene.commits(m.parties)) for m in held}
    scene.power = next((a for a in ranked if scene.kind(a) is ActorKind.STATE), None)
    outer = (m for i in sorted(by_line) for m in by_line[i])
    scene.aim = aim_of(
        reading, outer, lambda m: scene.owners(i for i in m.ids if scene.kind(i) is not ActorKind.PERSON)
    )
    held.sort(key=lambda m: (m.status is not MeetingStatus.HELD, -weight[id(m)], -len(m.parties), m.span.start))
    # Sides that leave out the state named most are those of another meeting, told in passing.
    held = [m for m in held if scene.power is None or scene.power in scene.commits(m.parties)] or held
    # Without a meeting told, states and groups of states come before other bodies.
    powers = tuple(p for p in scene.parties if scene.kind(p) in (None, ActorKind.STATE) or scene.members(p))
    told = scene.commits(held[0].parties) if held else ()
    sides = tuple(i for i in told if scene.kind(i) in (None, ActorKind.STATE) or scene.members(i))
    if len(sides) >= _SIDES:
        # A house that was there, and is named less than the states are, is no side.
        least = min(counts[i] for i in sides)
        told = tuple(i for i in told if i in sides or counts[i] >= least)
    brokers = brokers_of(reading, (m for i in sorted(by_line) for m in by_line[i]), scene.commits)
    apart = tuple(i for i in told if i not in brokers)
    apart += next(((i,) for i in powers if len(apart) == 1 and i not in brokers and i not in apart), ())
    if len(apart) >= _SIDES:
        # Who helped two to agree is none of them.
        told = apart
    pair = signers_of(reading, (by_line[i] for i in sorted(by_line) if i < _HEAD), scene.commits)
    if pair and (not told or set(pair) & set(told)) and not set(pair) & brokers and len(scene.apart(pair)) == _SIDES:
        # Who was in the room when two signed is no party.
        told = pair
    powers = tuple(i for i in powers if i not in brokers) if len(set(powers) - brokers) >= _SIDES else powers
    scene.brokers = frozenset(brokers)
    scene.met = len(told) >= _SIDES
    scene.main = scene.apart(told) if told else scene.apart(powers or scene.parties)[:2]
    if brokers:
        scene.mentions = {i: tuple(_unmixed(m, i, scene) for m in there) for i, there in scene.mentions.items()}
    if scene.power in scene.aim:
        # A minister whose state the text leaves unsaid: of those who give, more often than of those who are given to.
        others = (a for a in scene.main if scene.kind(a) is ActorKind.STATE and a not in scene.aim)
        scene.power = next(others, scene.power)
    own = own_of(reading, (m for i in sorted(by_line) for m in by_line[i]))
    if own is not None and own not in scene.aim and scene.kind(own) is ActorKind.STATE:
        scene.power = own
    return scene


def _unmixed(mention: ActorMention, index: int, scene: Scene) -> ActorMention:
    """Return « les deux parties » as the two named last before it, where a mediator was taken for one of them."""
    if mention.form is not MentionForm.DESCRIPTION or len(mention.ids) != _SIDES:
        return mention
    if not set(mention.ids) & scene.brokers:
        return mention
    for back in range(index, max(-1, index - _PAIR_BACK), -1):
        before = (m for m in scene.mentions.get(back, ()) if m.span.end <= mention.span.start)
        named = (i for m in before if m.form is not MentionForm.DESCRIPTION for i in scene.commits(m.ids))
        two = tuple(dict.fromkeys(i for i in named if i not in scene.brokers))
        if len(two) == _SIDES:
            return replace(mention, ids=two)
    return replace(mention, ids=scene.main) if len(scene.main) == _SIDES else mention
