"""The names of states and bodies of one language, ready to be looked up. It reads tables only, no text.

States: CLDR names (Babel) under ISO 3166-1 alpha-3 codes (pycountry), completed by `lang/xx/states.toml`; bodies and
their members over time: `lang/bodies.toml`. See ISO 3166-1:2020 and Unicode CLDR, Territories.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pycountry
from babel import Locale

from palabre.lang.pack import LANGUAGES, shared_table, table
from palabre.model.vocabulary import ActorKind
from palabre.text.names import MOST_COMMON, Trie, fold

_SKIPPED = frozenset({"ATA", "BVT", "HMD", "UMI", "CCK", "CXR", "NFK", "PCN", "SJM", "IOT", "ATF", "SGS", "BES", "ALA"})


_SESSIONS = 41
"""One more than the sessions of a conference that are known by number (« COP28 »)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for. `sort`: name, capital, adjective, acronym; `several` when the ids are candidates."""

    ids: tuple[str, ...]
    kind: ActorKind
    sort: str
    name: str
    ambiguous: bool = False
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's membership of a group: ISO dates, `until` empty while it goes on."""

    state: str
    since: str
    until: str


@dataclass(frozen=True)
class Gazetteer:
    """The lookup tables of one language. `common` are words met that name nothing: most are, again and again."""

    names: Trie[Known]
    adjectives: dict[str, Known]
    prefixes: dict[str, str]
    common: set[str] = field(default_factory=set)

    def may_name(self, norm: str) -> bool:
        """Tell whether a token may open a name, or be an adjective or a compound of names."""
        if norm in self.common:
            return False
        may = norm[0].isalnum() and (self.names.opens(norm) or "-" in norm or fold(norm) in self.adjectives)
        if not may and len(self.common) < MOST_COMMON:
            self.common.add(norm)
        return may


@lru_cache(maxsize=8)
def gazetteer(lang: str) -> Gazetteer:
    """Return the tables of a language that has a pack."""
    data = table(lang, "states")
    names: Trie[Known] = Trie()
    _states(lang, data, names)
    _bodies(lang, names)
    for code, capitals in data.get("capitals", {}).items():
        kind = ActorKind.BODY if code in bodies() else ActorKind.STATE
        for capital in capitals:
            names.add(capital, Known((code,), kind, "capital", capital))
    prefixes = {fold(k): region_id(v, lang) for k, v in data.get("prefixes", {}).items()}
    return Gazetteer(names, _adjectives(lang, data), prefixes)


def _states(lang: str, data: dict[str, dict[str, list[str]]], names: Trie[Known]) -> None:
    territories = Locale.parse(lang).territories
    guarded = data.get("guarded", {})
    ambiguous = data.get("ambiguous", {})
    for country in pycountry.countries:
        code = country.alpha_3
        name = territories.get(country.alpha_2)
        if name is None or code in _SKIPPED:
            continue
        if name not in ambiguous:
            names.add(name, Known((code,), ActorKind.STATE, "name", name, guards=tuple(guarded.get(code, ()))))
    for code, aliases in data.get("aliases", {}).items():
        for alias in aliases:
            sort = "acronym" if alias.isupper() and len(alias) <= 4 else "name"
            names.add(alias, Known((code,), ActorKind.STATE, sort, alias))
    for name, codes in ambiguous.items():
        if name[0].isupper():
            names.add(name, Known(tuple(codes), ActorKind.STATE, "name", name, ambiguous=True))


def _bodies(lang: str, names: Trie[Known]) -> None:
    for entry in bodies().values():
        ids = (region_id(entry["id"], lang),)
        for language in (lang, *(other for other in LANGUAGES if other != lang)):
            for name in entry.get(language, ()):
                names.add(name, Known(ids, ActorKind.BODY, "name", name))
            if entry.get("sort") == "region":
                break
        for acronym in (entry["id"], *entry.get("acronyms", ())):
            sort = "acronym" if " " not in acronym and acronym.isupper() else "name"
            names.add(acronym, Known(ids, ActorKind.BODY, sort, acronym))
        if entry.get("sort") == "event":
            for session in (f"{entry['id']}{n}" for n in range(1, _SESSIONS)):
                names.add(session, Known((session,), ActorKind.BODY, "acronym", session))


def _adjectives(lang: str, data: dict[str, dict[str, str]]) -> dict[str, Known]:
    out: dict[str, Known] = {}
    ambiguous = {fold(k): tuple(v) for k, v in data.get("ambiguous", {}).items()}

    def enter(form: str, ids: tuple[str, ...], kind: ActorKind) -> None:
        form = fold(form)
        known = Known(ambiguous.get(form, ids), kind, "adjective", form, ambiguous=form in ambiguous)
        plurals = (form,) if form[-1] in "sx" else (form, form + "s")
        for each in plurals:
            out.setdefault(each, known)
        if ids[0] == "TUR" and form == "turc":
            out.setdefault("turcs", known)

    for code, forms in data.get("demonyms", {}).items():
        for form in forms.split():
            enter(form, (code,), ActorKind.STATE)
    for form, codes in data.get("ambiguous", {}).items():
        if not form[0].isupper() or lang == "en":
            enter(form, tuple(codes), ActorKind.STATE)
    for form, body in shared_table("bodies").get("adjectives", {}).get(lang, {}).items():
        for each in _genders(form):
            enter(each, (region_id(body, lang),), ActorKind.BODY)
    return out


def _genders(form: str) -> tuple[str, ...]:
    if form.endswith("ien"):
        return (form, form + "ne")
    return (form, form + "ne") if form.endswith("en") else (form, form + "e")


@lru_cache(maxsize=1)
def bodies() -> dict[str, dict[str, Any]]:
    """Return the shared tables of bodies by id: those of `bodies.toml`, then those told in one line (`houses.toml`)."""
    told = {entry["id"]: entry for entry in shared_table("bodies")["body"]}
    for group in shared_table("houses").values():
        for line in group["names"].splitlines():
            first, *others = (name.strip() for name in line.split("|"))
            if first and first not in told:
                told[first] = {"id": first, "fr": others}
            elif first:
                told[first] = {**told[first], "fr": [*told[first].get("fr", ()), *others]}
    return told


def whole_of(actor_id: str) -> str:
    """Return what a body is an organ of, else the body: who heads the European Commission speaks for the Union."""
    return str(bodies().get(actor_id, {}).get("whole", actor_id))


@lru_cache(maxsize=4096)
def kind_of(actor_id: str) -> ActorKind:
    """Return the kind of an id that is no person's: a state for an ISO 3166-1 alpha-3 code, else a body."""
    if len(actor_id) == 3 and actor_id.isupper() and (actor_id == "XKX" or pycountry.countries.get(alpha_3=actor_id)):
        return ActorKind.STATE
    return ActorKind.BODY


def region_id(body: str, lang: str) -> str:
    """Return the id of a continent in a text of this language (« Africa » in an English one); other ids unchanged."""
    regions = shared_table("bodies").get("regions", {}).get(lang, {})
    return str(regions.get(body, body))


def canonical(actor_id: str) -> str:
    """Return the one id under which documents of all languages meet: « Africa » gives « Afrique »."""
    for regions in shared_table("bodies").get("regions", {}).values():
        for home, other in regions.items():
            if other == actor_id:
                return str(home)
    return actor_id


@lru_cache(maxsize=1024)
def memberships(body: str) -> tuple[Membership, ...]:
    """Return the memberships of a group over time; empty for a body whose members are not in the table."""
    return tuple(Membership(*row) for row in shared_table("bodies").get("members", {}).get(body, ()))


@lru_cache(maxsize=1024)
def members(body: str, on: str | None = None) -> tuple[str, ...]:
    """Return the states that belong to a group on a day (ISO date, year or month; today's members without one)."""
    out = []
    for row in memberships(body):
        if on is None:
            if not row.until:
                out.append(row.state)
        elif row.since <= on and (not row.until or on <= row.until):
            out.append(row.state)
    return tuple(out)


def dialogue_parties(body: str, lang: str) -> tuple[str, ...]:
    """Return the two sides of a standing dialogue (FOCAC: China and Africa), or nothing."""
    entry = bodies().get(body, {})
    return tuple(region_id(str(p), lang) for p in entry.get("parties", ()))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the given names of all tables, folded."""
    return frozenset(fold(n) for n in shared_table("given_names")["names"].split())
