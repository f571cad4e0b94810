"""Pages of plain text, read."""

from __future__ import annotations

from palabre.model.documents import Metadata, RawDocument
from palabre.text.compose import read_text
from palabre.text.reading import Reading


def read(text: str, given: Metadata | None = None) -> Reading:
    """Read a page with what was given of it."""
    return read_text(RawDocument("page", "page.txt", text, "text/plain", given or Metadata()))


TITLE = "Le rail au cœur des entretiens de Karsk"
FIRST = (
    "Le ministre velonien des Transports a reçu mardi à Karsk une délégation de la Confédération des Lacs, "
    "venue parler de rail. Les deux parties ont retenu trois chantiers, qui seront ouverts avant l'hiver prochain."
)
LAST = (
    "La prochaine session se tiendra au printemps dans la capitale des Lacs, d'après le communiqué publié mercredi "
    "par les deux délégations. Une somme de douze millions a été inscrite au budget de la Confédération."
)


def clutter(reading: Reading) -> list[str]:
    return [row for b in reading.boilerplate for row in b.span.text(reading.text).split("\n") if row]
