"""Counts how much each state and body is engaged in a text: who « les deux parties » and « les trois pays » are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from palabre.extract.gazetteer import bodies, dialogue_parties, kind_of, members
from palabre.model.vocabulary import ActorKind, MentionForm

if TYPE_CHECKING:
    from palabre.extract.scanning import Line

_NAMED = (MentionForm.NAME, MentionForm.CAPITAL)


class Parties:
    """The states and bodies of one text, and how much each is engaged in it."""

    def __init__(self, lines: list[Line], lang: str) -> None:
        self.lang = lang
        self.counts: Counter[str] = Counter()
        self.groups: list[str] = []
        self.dialogue: tuple[str, ...] = ()
        kinds: dict[str, ActorKind] = {}
        for line in lines:
            for piece in line.pieces:
                if piece.kind is ActorKind.PERSON or piece.place or piece.form is MentionForm.DESCRIPTION:
                    continue
                weight = 2 if piece.form in _NAMED else 1
                if line.norm(piece.start - 1) in ("en", "in"):
                    weight = 0  # where it happens
                for each in piece.ids:
                    self.counts[each] += weight
                    kinds.setdefault(each, piece.kind)
                    if members(each) and each not in self.groups:
                        self.groups.append(each)
                    if not self.dialogue:
                        self.dialogue = dialogue_parties(each, lang)
        self.states = [i for i, _ in self.counts.most_common() if kind_of(i) is ActorKind.STATE and i not in bodies()]

    def group_of(self, size: int) -> str | None:
        """Return the group named in the text that has that many members, or None."""
        return next((g for g in self.groups if len(members(g)) == size), None)

    def sides(self) -> tuple[str, ...]:
        """Return the two sides: a dialogue's, else the two most engaged, members counted with their group."""
        if self.dialogue:
            return self.dialogue
        counts: Counter[str] = Counter()
        mine = [g for g in self.groups if 1 < len(members(g)) <= 6 and self.counts[g] > 1]
        for each, n in self.counts.items():
            group = next((g for g in mine if each in members(g)), None)
            if group is not None and sum(m in self.counts for m in members(group)) > 1:
                counts[group] += n
            elif each in self.states or each in mine or each in ("UE", "UA", "CEDEAO"):
                counts[each] += n
        top = [i for i, _ in counts.most_common(2)]
        return tuple(top) if len(top) == 2 else ()

    def several(self, size: int, near: list[str]) -> tuple[str, ...]:
        """Return the `size` states meant: a group's members (and a partner), those listed near, the most engaged."""
        if size > 2 and (group := self.group_of(size)):
            return members(group)
        if len(near) == size:
            return tuple(near)
        if size == 2:
            pair = self.states[:2]
            return tuple(pair) if len(pair) == 2 and (len(self.states) == 2 or self.counts[pair[1]] > 1) else ()
        if (group := self.group_of(size - 1)) is not None:
            other = next((s for s in self.states if s not in members(group)), None)
            return (*members(group), other) if other else ()
        return tuple(self.states[:size]) if len(self.states) == size else ()
