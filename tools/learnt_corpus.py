"""Read the passages that the learnt model learns from (`tools/learnt/*.txt`).

The passages are ours: invented states, people and events. Blocks are parted by an empty line. Marks:
`{firmness|sector|promisors|clause}` a commitment, `{?…}` one that readers would argue about, `<status|clause>`
progress.

Invented names are put into names that the tables know (`ROSTER`), so that the passages are read as any text is; the
learnt model masks names, and what is made here is never shown or kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from palabre.model.spans import Span

ROSTER: tuple[tuple[str, str, str], ...] = (
    ("Kembara", "Sénégal", "SEN"),
    ("Tavistan", "Japon", "JPN"),
    ("Morvay", "Brésil", "BRA"),
    ("Zandar", "Qatar", "QAT"),
    ("Irkan", "Angola", "AGO"),
    ("Valdorie", "Jordanie", "JOR"),
    ("Brénie", "Tunisie", "TUN"),
    ("Corsalie", "Colombie", "COL"),
    ("Sarmanie", "Géorgie", "GEO"),
    ("Ardovie", "Italie", "ITA"),
    ("Elmarie", "Australie", "AUS"),
    ("Ostrie", "Ukraine", "UKR"),
    ("Ubanda", "Irlande", "IRL"),
    ("Maronnes", "Seychelles", "SYC"),
    ("Alliance du Nord", "Union africaine", "UA"),
    ("ADN", "UA", "UA"),
    ("Organisation du fleuve Doré", "Organisation internationale de la Francophonie", "OIF"),
    ("OFD", "OIF", "OIF"),
    ("Banque régionale de développement", "Banque africaine de développement", "BAD"),
    ("BRD", "BAD", "BAD"),
)
"""Invented name, a known one of the same gender and first sound, its id."""

_WORDS = (
    ("Sérou", "Dakar"),
    ("Norgat", "Tokyo"),
    ("Belcastre", "Brasilia"),
    ("Mahira", "Doha"),
    ("Shadar", "Luanda"),
    ("Ostreval", "Amman"),
    ("Varsk", "Tunis"),
    ("Maréna", "Bogota"),
    ("Teslov", "Tbilissi"),
    ("Calvène", "Rome"),
    ("Ruvana", "Canberra"),
    ("Wendel", "Kiev"),
    ("Kimbe", "Dublin"),
    ("Port-Sable", "Victoria"),
    ("kembarais", "sénégalais"),
    ("tavistanais", "japonais"),
    ("morvayen", "brésilien"),
    ("zandari", "qatari"),
    ("irkanais", "angolais"),
    ("valdorien", "jordanien"),
    ("brénien", "tunisien"),
    ("corsalien", "colombien"),
    ("sarmanien", "géorgien"),
    ("ardovien", "italien"),
    ("elmarien", "australien"),
    ("ostrien", "ukrainien"),
    ("ubandais", "irlandais"),
    ("maronnais", "seychellois"),
)
_NAMES = {a: b for a, b, _ in ROSTER} | dict(_WORDS) | {a.capitalize(): b.capitalize() for a, b in _WORDS}
_IDS = {a: i for a, _, i in ROSTER}
_INVENTED = re.compile("|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)))
_MARK = re.compile(
    r"\{(?P<maybe>\??)(?P<firmness>\w+)\|(?P<sector>\w+)\|(?P<who>[^|{}]*)\|(?P<clause>[^{}]*)\}"
    r"|<(?P<status>\w+)\|(?P<moved>[^<>]*)>"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One marked clause: `kind` is commitment, maybe or progress; `label` its firmness or status."""

    kind: str
    span: Span
    label: str
    sector: str = ""
    promisor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage without its marks, and where they stood, in code points of `text`."""

    name: str
    text: str
    told: tuple[Told, ...]


def passages(folder: Path) -> Iterator[Passage]:
    """Yield the passages of all files of `folder`, in order; a mark that cannot be read raises ValueError."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())):
            yield _passage(f"{path.stem}:{number}", block)


def _passage(name: str, block: str) -> Passage:
    parts: list[str] = []
    told: list[Told] = []
    length = at = 0
    for mark in _MARK.finditer(block):
        before = known(block[at : mark.start()])
        clause = known(mark["clause"] if mark["clause"] is not None else mark["moved"])
        start = length + len(before)
        span = Span(start, start + len(clause))
        parts += [before, clause]
        length, at = span.end, mark.end()
        if mark["status"]:
            told.append(Told("progress", span, mark["status"]))
            continue
        who = tuple(_IDS.get(w.strip(), w.strip()) for w in mark["who"].split("+") if w.strip())
        told.append(Told("maybe" if mark["maybe"] else "commitment", span, mark["firmness"], mark["sector"], who))
    text = "".join(parts) + known(block[at:])
    if re.search(r"[{}|]", text):
        raise ValueError(f"{name}: a mark that cannot be read: {text!r}")
    return Passage(name, text, tuple(told))


def known(words: str) -> str:
    """Return `words` with invented names put into known ones."""
    return _INVENTED.sub(lambda m: _NAMES[m[0]], words)
